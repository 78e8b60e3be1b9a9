package chat

import "zujian/knowledge/text"

// Mask takes numbers of telephones, papers and cards out of a message.
func Mask(s string) string { return text.Mask(s) }
