package parse

import "zujian/knowledge/text"

// A mark of secrecy as 《党政机关公文格式》 has it: the grade with a star and a
// term, or the grade alone at the head of a line; and internal papers that are
// not to be passed on.
var secretMark = text.NewScreen(`(?m)(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆*]` +
	`|^[\s　]*(?:密级[：:]\s*)?(?:绝\s*密|机\s*密|秘\s*密)[\s　]*(?:[\d一二三四五六七八九十]+\s*(?:年|个月)|长期)?[\s　]*$` +
	`|内部(?:资料|文件|材料)[）)】，,、;；。！!　 ]*(?:不得外传|严禁外传|请勿外传|切勿外传|不得转发|禁止转发|请勿转发|注意保密|注意保存|妥善保管|不得公开)`)

// Secret says whether a text bears a mark of secrecy.
func Secret(said string) bool { return secretMark.MatchString(said) }
