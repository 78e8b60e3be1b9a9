package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
)

// plainInGaps are words of many gaps' topics that no single one is about.
var plainInGaps = strings.Fields("标准 要求 规定 条件 具体 组织 组建 成立 建立 单独 联合 单位 工作 怎么 怎样 可以 能不能 是否 有没有 要不要 妇联 妇女 女性 两新 企业 讲话 文件 情况 问题 办理 方式 方法 内容 安排 名称 办法 时候 时间 需要 材料")

// namesGap says whether a question has a word of what a gap is about, or one
// near to it. Likeness of sound alone ("怎么用", "我想了解") is no reason to speak
// of something that was never asked.
func (a *Answerer) namesGap(last, q string, gap candidate) bool {
	topic := index.Normalise(a.targets[gap.target].gap.Topic)
	words := slices.DeleteFunc(index.Cut(strings.ReplaceAll(topic, " ", ""), a.thesaurus.Knows), func(w string) bool {
		return utf8.RuneCountInString(w) < 2 || slices.Contains(plainInGaps, w)
	})
	if len(words) == 0 || gap.score >= wordForWord {
		return true
	}
	said := strings.ReplaceAll(index.Normalise(q+" "+last), " ", "")
	known, _ := a.words.Concepts(said)
	return slices.ContainsFunc(words, func(w string) bool {
		near := func(n index.Near) bool { return strings.Contains(said, n.Word) }
		concepts, _ := a.words.Concepts(w)
		shared := slices.ContainsFunc(concepts, func(c string) bool { return slices.Contains(known, c) && !slices.Contains(plainInGaps, c) })
		return strings.Contains(said, w) || shared || slices.ContainsFunc(a.thesaurus.Near(w), near) || pieceOf(w, said)
	})
}

// pieceOf says whether a text has two neighbouring characters of a longer word.
func pieceOf(word, text string) bool {
	r := []rune(word)
	for i := 0; len(r) > 2 && i+2 <= len(r); i++ {
		if strings.Contains(text, string(r[i:i+2])) {
			return true
		}
	}
	return false
}
