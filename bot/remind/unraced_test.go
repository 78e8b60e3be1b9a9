//go:build !race

package remind

const raced = false
