// Package rules holds the facts, questions and rules of formation that ship,
// as one file that a cadre who knows the speech can read against it.
package rules

import _ "embed"

// Formation is formation.yaml as it ships.
//
//go:embed formation.yaml
var Formation []byte
