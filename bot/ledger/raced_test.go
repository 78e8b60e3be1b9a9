//go:build race

package ledger_test

// raced says that the race detector is on, which makes everything several times
// slower and larger.
const raced = true
