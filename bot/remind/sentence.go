package remind

import (
	"strings"
	"unicode"
)

const mostRunes = 200

// folds maps other writings of the words of the grammar to one, rune for rune.
var folds = strings.NewReplacer(
	"：", ":", "，", ",", "。", ".", "；", ";", "、", "、", "～", "~", "—", "-", "－", "-", "–", "-", "／", "/",
	"（", "(", "）", ")", "．", ".", "·", ".",
	"週", "周", "點", "点", "號", "号", "後", "后", "個", "个", "節", "节", "農", "农", "曆", "历", "兩", "两", "時", "时", "鐘", "钟", "鍾", "钟",
	"間", "间", "從", "从", "隔", "隔", "禮", "礼", "陰", "阴", "臘", "腊", "興", "兴", "壹", "一", "贰", "二", "叁", "三", "來", "来", "群", "群", "羣", "群",
	"國", "国", "慶", "庆", "婦", "妇", "連", "连", "續", "续", "過", "过", "遇", "遇", "順", "顺", "長", "长", "這", "这", "們", "们", "給", "给", "請", "请",
	"際", "际", "勞", "劳", "動", "动", "兒", "儿", "聖", "圣", "誕", "诞", "陽", "阳", "軍", "军", "師", "师", "黨", "党",
	"[", "(", "]", ")", "【", "(", "】", ")",
)

// sentence is a text folded for matching, without spaces, that can give back
// the original words of any part.
type sentence struct {
	src  []rune
	norm string
	at   []int // byte of norm → rune of src; one more for the end
}

func fold(text string) sentence {
	s := sentence{src: []rune(text)}
	var b strings.Builder
	for i, r := range s.src {
		folded := folds.Replace(string(narrow(r)))
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			if !s.parts(i) {
				continue
			}
			folded = ","
		}
		b.WriteString(folded)
		for range len(folded) {
			s.at = append(s.at, i)
		}
	}
	s.norm = b.String()
	s.at = append(s.at, len(s.src))
	return s
}

// parts reports whether a space keeps two numbers apart: 3/8 15:00.
func (s *sentence) parts(i int) bool {
	return i > 0 && i+1 < len(s.src) && unicode.IsDigit(s.src[i-1]) && unicode.IsDigit(s.src[i+1])
}

// narrow gives the ASCII form of full-width letters and digits, in lower case.
func narrow(r rune) rune {
	if r >= '０' && r <= '９' || r >= 'ａ' && r <= 'ｚ' || r >= 'Ａ' && r <= 'Ｚ' {
		r -= '０' - '0'
	}
	return unicode.ToLower(r)
}

// original is the text of a part of norm, trimmed of space.
func (s *sentence) original(from, to int) string {
	if from >= to {
		return ""
	}
	end := s.at[to]
	return strings.TrimSpace(string(s.src[s.at[from]:end]))
}

// around is the text before and after a part of norm.
func (s *sentence) around(from, to int) (before, after string) {
	end := s.at[to]
	if from == to && to > 0 { // stay with the word before, not beyond a space
		end = s.at[to-1] + 1
	}
	start := end
	if from < to {
		start = s.at[from]
	}
	return string(s.src[:start]), string(s.src[end:])
}
