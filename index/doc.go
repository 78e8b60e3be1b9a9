// Package index finds the passages that a Chinese question is about. It is
// the only user of bleve, which holds the index; the Chinese analysis, the
// scoring and the judging of search quality are its own.
//
// Question and text go through one normal form (Normalise). A question may
// besides be repaired and widened by Words: slips of speech-to-text and
// pinyin input, synonyms, everyday words for the field's own. An Index holds
// passages on disk and is disposable: it is built aside, swapped in by a
// rename, and built again when it does not fit or does not open. A Matcher
// compares a question with some thousands of short texts in memory.
package index
