package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge/text"
)

// question is the last of some turns as it was understood.
type question struct {
	turns []string // in normal form
	last  string   // the one that is asked
	text  string   // all of them
	short bool     // the last is too short to stand by itself

	kinds    []*kind
	values   []*text.Pattern // what measures a number that is asked for
	units    []unit
	aspect   []string // the words beside the question word
	place    place
	numbers  []quantity
	digits   map[string]bool
	sides    []side
	yesNo    bool
	inherits bool // what is asked for was said in an earlier turn
}

// unit is a word to be looked for.
type unit struct {
	word   string
	weight float64 // how much of the question it is; less in earlier turns
	last   bool    // the last turn has it
}

func (q *question) several() bool { return len(q.turns) > 1 }

func (q *question) is(names ...string) bool {
	return slices.ContainsFunc(q.kinds, func(k *kind) bool { return slices.Contains(names, k.name) })
}

// The words that say nothing of what is asked about.
var empty = wordSet(`的 了 吗 呢 吧 啊 呀 嘛 哦 哈 么 我 你 您 他 她 它 我们 你们 他们 咱 咱们 俺 俺们 我家 这 那 这个 那个 这边 那边 这种 那种 这样 那样 这儿 那儿 这里 那里 这次 这回 那回 上回 这份 那份
 是 在 有 会 就 都 也 还 又 再 才 只 很 太 挺 来 去 上 下 里 中 到 从 向 往 给 被 把 让 叫 跟 和 与 或 或者 以及 但 但是 可是 不过 因为 所以 如果 要是 假如 万一 的话 对 对吧 对不 是吧 是不是
 请问 你好 您好 麻烦 问下 问一下 想问 想问下 打听 看看 帮 帮我 帮忙 一下 下子 来着 到底 究竟 其实 现在 今年 大概 可能 应该 感觉 觉得 知道 听说 说 讲 看 想 要 得 能 可以 可 行 不 没 没有 别 不是
 什么 啥 哪 哪个 哪些 哪里 哪儿 谁 怎么 咋 怎样 如何 多少 几 几个 好多 多 个 些 点 点儿 一 一个 两 大家 人家 自己 别人 有人 东西 事 事儿 事情 时候 地方 方面 情况 问题 之类 等等 而且 然后 后来
 已经 正在 刚 刚刚 一直 老是 总是 经常 突然 实在 非 非得 必须 一定 直接 另外 真的 真 好 好的 行不行 行不 中不中 成不 能不能 可不可以 要不要 用不用 有没有 算不算 呃 额 嗯 哎 唉 嘿 欸 诶 喂 亲 老师 姐 哥 大哥
 主任 同志 麻烦您 谢谢 求 求助 急 在线等 弄 搞 整 做 办 干 用 拿 给我 我的 你看 咱这 我这 我想 我是 我就 就是 还是 不能 不会 不要 那么 这么 每 等 等于 及 其 之 为 于 以 所 者 则 即 若 且 而 第 号 年 月 日 块
 只能 简单 大概讲 说说 告诉 告诉我 帮我看看 里头 里面 当中 关于 按 按照 照 根据 文件里 文件 通知里 规定 办法里 办法 通知 方案 细则 指南 规则 文件说`)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	numeral = `(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾半]+)`

	filler = text.NewPattern(`你好|您好|请问|麻烦问(?:一?下)?|我?想?问(?:一)?下|我想问问?|打听(?:一)?下|帮我看看|你帮我|来着|的说|到底|究竟|哈$|哦|噢|呀|啊|呃|嗯`)
	asking = text.NewPattern(`多少钱|多少|好多|几多|几个|几[天年月家份张次届倍分号名人岁户回桌台期步成票日]|几|多久|多长时间|多大|什么时候|啥时候|哪天|哪年|什么|啥|怎么样|怎么` +
		`|咋样|咋整|咋个?|啷个|如何|怎样|哪里|哪个|哪些|哪儿|哪几|哪|谁|能不能|可不可以|要不要|用不用|算不算|有没有|是不是|行不行|行不|最晚|最迟|最多|最高|最少|至少|截止|名额|材料`)
	follows   = text.NewPattern(`^(?:那|要是|如果).{1,12}呢?$`)
	counted   = text.NewPattern(`^(?:第|附件)?[（(]?` + numeral + `(?:[)）])?[个名人家户岁分元块万天日年月条款项章部点回次来多期张份]{0,2}$`)
	keptCount = wordSet(`半年 一次性 一次 两委 三八 一样 两癌 两新 百日 一线 三资`)
	runs      = text.NewPattern(`[\x{3400}-\x{9FFF}]+|[a-z@]+|\d+(?:\.\d+)?`)
	ends      = text.NewPattern(`[?？。!！~ ]+$`)
	asks      = text.NewPattern(`^(?:` + asking.String() + `)$`)
	loose     = `的了吗呢我你这那是有不个就都还在要会来去给把到得么啥哪几人一推选能`
)

// understander makes questions of turns.
type understander struct {
	thesaurus *index.Thesaurus
	words     *index.Words
	known     func(string) bool // some document has the stretch
}

func (u *understander) understand(turns []string) *question {
	q := &question{digits: map[string]bool{}}
	for _, t := range turns {
		normal, _ := u.words.Rewrite(t)
		q.turns = append(q.turns, normal)
	}
	q.last = ends.ReplaceAllString(q.turns[len(q.turns)-1], "")
	q.text = strings.Join(q.turns, "。")
	q.short = utf8.RuneCountInString(strings.ReplaceAll(q.last, " ", "")) <= 9
	q.findKinds()
	u.findUnits(q)
	q.findAspect()
	q.place = placeOf(q.text, q.last)
	q.numbers = quantitiesIn(q.last)
	for _, d := range digitRuns.FindAllString(q.text, -1) {
		q.digits[d] = true
	}
	q.findSides()
	q.yesNo = q.is("permit", "oblige", "isit")
	return q
}

func kindsOf(s string) []*kind {
	s = ends.ReplaceAllString(s, "")
	var out []*kind
	for i := range kinds {
		if kinds[i].askedRE.MatchString(s) {
			out = append(out, &kinds[i])
		}
	}
	return out
}

// findKinds tells what is asked for. A turn without a question word of its own
// asks for what the one before did.
func (q *question) findKinds() {
	q.kinds = kindsOf(q.last)
	own := slices.ContainsFunc(q.kinds, func(k *kind) bool { return k.name != "list" && k.name != "compare" && k.name != "isit" })
	src := q.last
	if q.several() && (!own || follows.MatchString(q.last) && !asking.MatchString(q.last)) {
		for i := len(q.turns) - 2; i >= 0; i-- {
			earlier := kindsOf(q.turns[i])
			if len(earlier) == 0 {
				continue
			}
			q.inherits = true
			for _, k := range earlier {
				if !slices.Contains(q.kinds, k) {
					q.kinds = append(q.kinds, k)
				}
			}
			break
		}
	}
	if !own && q.several() {
		src = strings.Join(q.turns[len(q.turns)-2:], "。")
	}
	for _, m := range measuresRE {
		if m.asked.MatchString(src) {
			q.values = append(q.values, m.value)
		}
	}
}

// cutWords gives the words of a text with where each begins.
func (u *understander) cutWords(text string) (words []string, at []int) {
	for _, m := range runs.FindAllStringIndex(text, -1) {
		run := text[m[0]:m[1]]
		if run[0] < utf8.RuneSelf {
			words, at = append(words, run), append(at, m[0])
			continue
		}
		from := m[0]
		for _, w := range index.Cut(run, u.thesaurus.Knows) {
			words, at = append(words, w), append(at, from)
			from += len(w)
		}
	}
	return words, at
}

// How much a turn counts that is not the last.
const (
	earlierTurn      = 0.5
	earlierThanShort = 0.75
)

func (u *understander) findUnits(q *question) {
	weights, order := map[string]float64{}, []string{}
	for i, t := range q.turns {
		weight := 1.0
		switch {
		case i == len(q.turns)-1:
		case q.short:
			weight = earlierThanShort
		default:
			weight = earlierTurn
		}
		words, at := u.cutWords(filler.ReplaceAllString(t, "　"))
		for k := 0; k < len(words); {
			w, n := u.joined(words, at, k)
			k += n
			x := weight * u.worth(w)
			if x == 0 {
				continue
			}
			if weights[w] == 0 {
				order = append(order, w)
			}
			weights[w] = max(weights[w], x)
		}
	}
	for _, w := range order {
		q.units = append(q.units, unit{w, weights[w], strings.Contains(strings.ReplaceAll(q.last, " ", ""), w)})
	}
}

// joined gives the word at k, and how many pieces it is: single characters that
// the documents know as one string are a name.
func (u *understander) joined(words []string, at []int, k int) (string, int) {
	single := func(i int) bool {
		return utf8.RuneCountInString(words[i]) == 1 && words[i][0] >= utf8.RuneSelf
	}
	if !single(k) {
		return words[k], 1
	}
	end := k + 1
	for end < len(words) && end < k+6 && single(end) && at[end] == at[end-1]+len(words[end-1]) {
		end++
	}
	for ; end > k+1; end-- {
		s := strings.Join(words[k:end], "")
		if u.thesaurus.Knows(s) {
			return s, end - k
		}
		plain := !strings.ContainsAny(s, loose) && !slices.ContainsFunc(words[k:end], func(w string) bool { return empty[w] })
		if plain && u.known(s) {
			return s, end - k
		}
	}
	return words[k], 1
}

// worth is how much a word says of what is asked about; 0 where nothing.
func (u *understander) worth(w string) float64 {
	n := utf8.RuneCountInString(w)
	switch {
	case empty[w], counted.MatchString(w) && !keptCount[w] && !isDigits(w), isDigits(w) && len(w) < 2:
		return 0
	case n == 1 && w[0] >= utf8.RuneSelf && !u.thesaurus.Knows(w):
		return 0
	case w == "截止" || w == "名额" || w == "材料":
		return 1
	case asks.MatchString(w):
		if !u.thesaurus.Knows(w) {
			return 0
		}
		return 0.25
	case asking.MatchString(w):
		return 0.3
	case n == 1:
		return 0.5
	}
	return 1
}

func isDigits(w string) bool { return strings.Trim(w, "0123456789.") == "" }

// How far from the question word, in characters, a word still says what is
// asked of the thing.
const (
	asideBefore = 7
	asideBehind = 6
)

// findAspect takes the words beside the question word; the last ones where
// there is none.
func (q *question) findAspect() {
	last := strings.ReplaceAll(q.last, " ", "")
	if m := questionWord(last); m != nil {
		type near struct {
			word string
			far  int
		}
		var left, right []near
		for _, u := range q.units {
			at := strings.Index(last, u.word)
			switch {
			case at < 0:
			case at+len(u.word) <= m[0]+3 && utf8.RuneCountInString(last[min(at+len(u.word), m[0]):m[0]]) <= asideBefore:
				left = append(left, near{u.word, m[0] - at - len(u.word)})
			case at >= m[1]-3 && utf8.RuneCountInString(last[m[1]:max(at, m[1])]) <= asideBehind:
				right = append(right, near{u.word, at - m[1]})
			}
		}
		for _, side := range [][]near{left, right} {
			slices.SortStableFunc(side, func(a, b near) int { return a.far - b.far })
			for _, x := range side[:min(2, len(side))] {
				q.aspect = append(q.aspect, x.word)
			}
		}
	}
	if len(q.aspect) > 0 {
		return
	}
	for _, u := range q.units {
		if u.last {
			q.aspect = append(q.aspect, u.word)
		}
	}
	q.aspect = q.aspect[max(0, len(q.aspect)-3):]
}

// questionWord gives where the word stands that asks; nil where there is none.
func questionWord(s string) []int {
	all := asking.FindAllStringIndex(s, -1)
	switch {
	case len(all) == 0:
		return nil
	case len(all) == 1:
		return all[0]
	case all[len(all)-1][0] > 3:
		return all[len(all)-1]
	}
	return all[0]
}
