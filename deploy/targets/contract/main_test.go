// Package contract holds every target to the contract in the README. It runs
// the real binaries as processes of their own and knows nothing of their code.
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

// frameworks are the targets that must all answer alike. A new one is added
// here, and nowhere else in the tests.
var frameworks = []string{"gin", "chi", "echo", "fiber", "buffalo"}

// binaries is the folder with one executable per folder below cmd.
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

// noteSources walks all that the binaries are built from. Go then repeats these
// tests when any of it changed; it cannot know what a subprocess reads, and
// would show a cached result. It only watches what is read while a test runs,
// which is why TestMain cannot do this.
var noteSources = sync.OnceFunc(func() {
	for _, folder := range []string{"../cmd", "../internal"} {
		_ = filepath.WalkDir(folder, func(string, fs.DirEntry, error) error { return nil })
	}
	_, _ = os.Stat("../go.mod")
})

// forEachFramework runs the test against every framework at the same time.
func forEachFramework(t *testing.T, test func(t *testing.T, framework string)) {
	t.Parallel()
	for _, framework := range frameworks {
		t.Run(framework, func(t *testing.T) {
			t.Parallel()
			test(t, framework)
		})
	}
}
