package engine

import (
	"zujian/index"
	"zujian/knowledge"
)

// Answerer answers questions from the documents in force.
type Answerer struct {
	pool      *pool
	finder    Finder
	thesaurus *index.Thesaurus
	words     *index.Words
	u         *understander
}

func searched(d *knowledge.Document) bool {
	return d.Validity == knowledge.InForce && d.Kind != knowledge.Digest
}
