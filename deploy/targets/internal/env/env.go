// Package env reads a target's settings from its environment. Every error names
// the variable, the allowed values and the actual value, because it is the only
// log line of a failed container.
package env

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Int reads an integer from lowest to highest; unset or empty means fallback.
func Int(name string, fallback, lowest, highest int) (int, error) {
	text := os.Getenv(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < lowest || n > highest {
		return 0, fmt.Errorf("%s must be a whole number from %d to %d, but it is %q", name, lowest, highest, text)
	}
	return n, nil
}

// Bool reads true or false; unset or empty means false.
func Bool(name string) (bool, error) {
	switch text := os.Getenv(name); text {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, fmt.Errorf("%s must be true or false, but it is %q", name, text)
	}
}

// Duration reads a positive duration such as 100ms or 2s; unset or empty means fallback.
func Duration(name string, fallback time.Duration) (time.Duration, error) {
	text := os.Getenv(name)
	if text == "" {
		return fallback, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%s must be a positive duration such as 100ms or 2s, but it is %q", name, text)
	}
	return d, nil
}

// OneOf reads one of the given words; unset or empty means the first of them.
func OneOf(name string, words ...string) (string, error) {
	text := os.Getenv(name)
	if text == "" {
		return words[0], nil
	}
	if !slices.Contains(words, text) {
		return "", fmt.Errorf("%s must be one of %s, but it is %q", name, strings.Join(words, ", "), text)
	}
	return text, nil
}

// Path reads an absolute URL path; unset or empty means fallback.
func Path(name, fallback string) (string, error) {
	text := os.Getenv(name)
	if text == "" {
		return fallback, nil
	}
	if !strings.HasPrefix(text, "/") {
		return "", fmt.Errorf("%s must be a path that begins with /, but it is %q", name, text)
	}
	return text, nil
}
