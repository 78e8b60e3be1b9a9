package rule

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// Answered reads a short answer to a fact's question as one of its options: an
// option in its words, a word cadres use for a value, or plain yes and no. It
// gives false for anything longer, which is to be read as a description.
func (b *Book) Answered(fact, said string) (Option, bool) {
	f, ok := b.Fact(fact)
	if !ok {
		return Option{}, false
	}
	t := text.Normalise(said)
	for _, o := range f.choices() {
		if o.Say == t {
			return o, true
		}
	}
	if v, err := f.understand(t); err == nil && v != "" {
		return b.Meant(fact, v), true
	}
	if len([]rune(t)) > 6 || f.index("yes") < 0 {
		return Option{}, false
	}
	v, ok := yesNo(t)
	return b.Meant(fact, v), ok
}

var (
	yesWords = strings.Fields(`有 有的 在 在的 是 是的 对 对的 成立了 嗯 嗯嗯 有啊 当然有 都有 已经有了 有了 在里面 里面 在里头 能 可以 好像有 成立过 登记了 有一个 有呢 在呢 yes y 建了 已建 有支部 有女的
		成熟 是党员 已成立 已经成立`)
	noWords = strings.Fields(`没有 没 无 不在 不是 否 没呢 没有呢 还没 还没有 没成立 未成立 没有的 没建 还没建 未建 外面 在外面 外头 不能 没有啊 都没有 没有成立 没登记 no n 木有 没得 不在里面 一个没有 都是男的
		全是男的 暂时没有 暂无 目前没有 没有女的`)
)

func yesNo(t string) (string, bool) {
	t = strings.TrimRight(t, "啊呀的呢哦嘛吧了")
	switch {
	case matches(yesWords, t):
		return "yes", true
	case matches(noWords, t):
		return "no", true
	}
	return "", false
}

func matches(list []string, t string) bool {
	return slices.ContainsFunc(list, func(w string) bool {
		return w == t || strings.TrimRight(w, "啊呀的呢哦嘛吧了") == t && t != ""
	})
}
