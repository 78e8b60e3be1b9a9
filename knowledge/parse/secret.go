package parse

import "regexp"

// A mark of secrecy as 《党政机关公文格式》 has it: the grade with a star and a
// term, or the grade alone at the head of a line.
var secretMark = regexp.MustCompile(`(?m)(?:绝密|机密|秘密)\s*[★☆*]|^\s*(?:绝密|机密|秘密)\s*(?:\d+年)?\s*$|(?:内部资料|内部文件)[，,、 ]*(?:不得外传|严禁外传|请勿外传|注意保密)`)

// Secret says whether a text bears a mark of secrecy.
func Secret(text string) bool { return secretMark.MatchString(text) }
