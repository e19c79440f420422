// What the cluster's test runs in pods: `probe serve` answers HTTP on port 8080,
// `probe get URL` asks until it gets an answer, for at most 30 s, and prints it.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func main() {
	switch {
	case len(os.Args) == 2 && os.Args[1] == "serve":
		serve()
	case len(os.Args) == 3 && os.Args[1] == "get":
		get(os.Args[2])
	default:
		fail("usage: probe serve | probe get URL")
	}
}

func serve() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })
	fail(http.ListenAndServe(":8080", nil))
}

func get(url string) {
	client := http.Client{Timeout: 2 * time.Second}
	var last error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		response, err := client.Get(url)
		if err == nil {
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err == nil {
				fmt.Printf("answer: %s\n", body)
				return
			}
		}
		last = err
		time.Sleep(200 * time.Millisecond)
	}
	fail(last)
}

func fail(why any) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
