//go:build race

package main

// raced says that the race detector is on, which makes everything several times
// slower and larger.
const raced = true
