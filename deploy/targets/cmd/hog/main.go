// Command hog replaces the worker in a test: it only allocates memory until it
// is OOM-killed.
package main

import "podium.bench/targets/internal/memory"

func main() { memory.Fill() }
