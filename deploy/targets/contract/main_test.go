// Package contract tests every target against the contract in the README. It
// runs the real binaries as processes and does not use their code.
package contract

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// frameworks are the targets that must all give the same answers. A new one is
// added only here.
var frameworks = []string{"gin", "chi", "echo", "fiber", "buffalo"}

// binaries is the directory with one executable per directory below cmd.
var binaries string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "targets")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binaries = folder

	build := exec.Command("go", "build", "-o", folder, "./cmd/...")
	build.Dir = ".."
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n%s", build, err, output)
		return 1
	}
	return m.Run()
}

// readSources walks all sources of the binaries, so that go test repeats these
// tests when one of them has changed. Otherwise go test would show a cached
// result, because it does not know what a subprocess reads. It only watches
// files that are read while a test runs, so TestMain cannot do this.
var readSources = sync.OnceFunc(func() {
	for _, folder := range []string{"../cmd", "../internal"} {
		_ = filepath.WalkDir(folder, func(string, fs.DirEntry, error) error { return nil })
	}
	_, _ = os.Stat("../go.mod")
})

// forEachFramework runs the test against all frameworks in parallel.
func forEachFramework(t *testing.T, test func(t *testing.T, framework string)) {
	t.Parallel()
	for _, framework := range frameworks {
		t.Run(framework, func(t *testing.T) {
			t.Parallel()
			test(t, framework)
		})
	}
}
