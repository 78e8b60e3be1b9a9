//go:build !race

package due

const raced = false
