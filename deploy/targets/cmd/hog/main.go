// Command hog takes the place of a worker's program in a test: it takes memory
// until it is ended for that, and does nothing else.
package main

import "podium.bench/targets/internal/memory"

func main() { memory.Fill() }
