package answer

import (
	"slices"
	"strings"

	"zujian/knowledge"
)

// aside gives the digest of a public rule that a question is about, where the
// documents themselves do not answer. It is told beside the answer and never as
// one: it is another organisation's rule, in our words.
func (a *Answerer) aside(q string) (ref, bool) {
	for _, d := range a.library.Documents {
		if d.Kind != knowledge.Digest || d.Validity != knowledge.InForce {
			continue
		}
		if slices.ContainsFunc(d.About, func(words string) bool { return hasAll(q, words) }) {
			return ref{doc: d, clause: 0}, true
		}
	}
	return ref{}, false
}

// hasAll says whether a text has every word; 甲|乙 stands for either.
func hasAll(q, words string) bool {
	for _, w := range strings.Fields(words) {
		if !slices.ContainsFunc(strings.Split(w, "|"), func(o string) bool { return strings.Contains(q, o) }) {
			return false
		}
	}
	return true
}

// withAside puts the digest behind an answer that the documents do not give.
func (a *Answerer) withAside(f found, q string) found {
	if f.status != NotStated && f.status != OutOfScope {
		return f
	}
	r, ok := a.aside(q)
	if !ok {
		return f
	}
	if f.status == OutOfScope {
		f.status, f.say, f.far, f.searched = NotStated, sayNotOurs, true, false
	}
	f.aside = &r
	return f
}

const (
	sayNotOurs = "这件事手里的文件没有写。"
	sayAside   = "另有一条公开规定的摘编，管的是%s，不是妇联组织的标准：\n%s（%s%s。这是摘编，请核对原文：%s）"
)
