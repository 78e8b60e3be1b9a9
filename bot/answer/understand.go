package answer

import (
	"context"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge/rule"
	"zujian/knowledge/text"
)

// spoken knows the words of the ways of asking by their sound, to read a
// question that is typed in letters (fulian zenme jian).
type spoken struct {
	words map[string]spokenWord
}

type spokenWord struct {
	text  string
	count int
}

const (
	longestSpoken = 4    // characters of a word
	newWord       = -9.0 // what each word of a reading costs, so that few long ones win
	mostlySpelled = 0.8  // of a question's letters have to be syllables
	fewestSounds  = 4    // syllables
)

// listen collects the words of texts: every run of up to four characters.
func listen(texts []string) *spoken {
	counts := map[string]int{}
	for _, t := range texts {
		for _, run := range hanRuns(t) {
			for from := range run {
				for to := from + 1; to <= min(len(run), from+longestSpoken); to++ {
					w := string(run[from:to])
					counts[w]++
				}
			}
		}
	}
	s := &spoken{words: make(map[string]spokenWord, len(counts))}
	for w, n := range counts {
		for _, sound := range index.Sounds(w) {
			if best := s.words[sound]; n > best.count || n == best.count && w < best.text {
				s.words[sound] = spokenWord{w, n}
			}
		}
	}
	return s
}

// hanRuns cuts a text into its runs of characters.
func hanRuns(text string) [][]rune {
	var out [][]rune
	var run []rune
	for _, r := range index.Normalise(text) + " " {
		if unicode.Is(unicode.Han, r) {
			run = append(run, r)
			continue
		}
		if len(run) > 0 {
			out = append(out, run)
			run = nil
		}
	}
	return out
}

// read gives the likeliest words for sounds; false where some have none.
func (s *spoken) read(sounds []rune) (string, bool) {
	type step struct {
		from  int
		score float64
		text  string
	}
	at := make([]step, len(sounds)+1)
	for to := 1; to <= len(sounds); to++ {
		at[to].score = math.Inf(-1)
		for from := max(0, to-longestSpoken); from < to; from++ {
			w, ok := s.words[string(sounds[from:to])]
			if !ok {
				continue
			}
			if x := at[from].score + newWord + math.Log(float64(w.count)); x > at[to].score {
				at[to] = step{from, x, w.text}
			}
		}
	}
	if math.IsInf(at[len(sounds)].score, -1) {
		return "", false
	}
	out := ""
	for to := len(sounds); to > 0; to = at[to].from {
		out = at[to].text + out
	}
	return out, true
}

// heard gives a question that is spelled in letters in characters; any other
// as it is.
func (a *Answerer) heard(q string) string {
	sounds, share := index.Spoken(q)
	if share < mostlySpelled || len([]rune(sounds)) < fewestSounds || !mostlyLetters(q) {
		return q
	}
	if text, ok := a.spoken().read([]rune(sounds)); ok {
		return text
	}
	return q
}

func mostlyLetters(q string) bool {
	han, letters := 0, 0
	for _, r := range q {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > han
}

// longestShared gives the longest stretch that two texts share.
func longestShared(q, text string) string {
	r := []rune(q)
	best := ""
	for i := range r {
		for n := utf8.RuneCountInString(best) + 1; i+n <= len(r); n++ {
			s := string(r[i : i+n])
			if !strings.Contains(text, s) {
				break
			}
			best = s
		}
	}
	return best
}

var (
	// whoQuestion asks who leads, or what to do, with an organisation.
	whoQuestion = text.NewPattern(`归谁|归哪|归啥|归什么|谁管|谁来管|哪个管|哪个来管|谁负责|谁来负责|谁牵头|谁来牵头|找谁|找哪|找啥人|该谁|由谁|由哪|谁指导|谁推动|谁来推|谁来指导` +
		`|咋弄|咋整|咋办|咋搞|怎么弄|怎么办|怎么搞|怎么整|怎么建|如何建|怎么组建|如何组建|点样|点办`)
	// anyQuestion is a question of any kind.
	anyQuestion = text.NewPattern(`[?？吗么]|^那.*呢|谁|哪|怎|咋|啥|什么|(?:^|[^十百千好])几[^十百千万乎]|多少|能不能|可不可以|可以不|行不|中不|得不得|是不是|要不要` +
		`|有没有|为何|为什么|凭什么|干嘛|如何|不$|么$|对吧|对不对|边个|点样|乜|还是|咩|伐$|呗$|嘛$|啵$|咯$|哩$|喽$|没$|不咯|啦$|怎|咗未|未呀|否$|岂|难道|是[^，,]{2,}吧$`)
	// otherWish wants something else than to be told who leads.
	// A wish to set one up, which asks nothing.
	wish      = text.NewPattern(`(?:想|要|打算|准备|计划|帮我|给我|带我|陪我).{0,12}(?:组建|成立|建立|建|搞|办|走一遍).{0,4}(?:妇联|组建)`)
	otherWish = text.NewPattern(`写|发我|发给|给我[^们]|查|列|告诉|说说|讲讲|统计|汇总|提供|申请|办理|报名|介绍|忽略|规则|直接说|必须|规定`)
	// tellMe asks to have a matter looked at that is told with it.
	tellMe = text.NewPattern(`(?:帮|给|替)(?:我|我们|俺|咱)(?:们)?(?:看看|看一下|看下|判断|推荐|分析|评估|参谋|捋|拿个主意|出个主意|想想|算算)`)
	// toLead asks for the dialog itself.
	toLead = text.NewPattern(`^(?:我要|我想|我们要|我们想|开始|请|帮我|来)?(?:组建|组建妇联|问组建|组建咨询|组建建议|组建推荐)[。！!]?$|^(?:帮|给|替)(?:我|我们|俺` +
		`|咱)?(?:们)?(?:看|看看|看一下|判断|推荐|分析|评估|参谋|算算|捋捋|拿个主意)[^？?]{0,8}(?:这家|一家|我们单位|我们公司|单位)[^？?]{0,8}(?:谁|牵头|组建|怎么建|妇联)[^？?]{0,6}$`)
)

// described gives what a question says of one organisation, and whether that
// is enough to decide by.
func (a *Answerer) described(q string) (rule.Reading, bool) {
	if a.book == nil {
		return rule.Reading{}, false
	}
	r := a.book.Read(q)
	n := 0
	for _, v := range r.Facts {
		if v != rule.Unknown {
			n++
		}
	}
	return r, n >= 2
}

// opensDialog says whether a message is an organisation told, not a question:
// then it is the first word of the lead dialog.
func (a *Answerer) opensDialog(ctx context.Context, q string) bool {
	if a.book == nil {
		return false
	}
	if toLead.MatchString(q) {
		return true
	}
	if tellMe.MatchString(q) && tells(a.book.Read(q).Facts, "kind") {
		return true
	}
	if anyQuestion.MatchString(q) || eitherOr(q) {
		return false
	}
	if otherWish.MatchString(q) {
		return false
	}
	if wish.MatchString(q) {
		return true
	}
	if gap := a.nearestGap(ctx, q); gap >= askedBefore {
		return false
	}
	r := a.book.Read(q)
	return tells(r.Facts, "kind") && len(r.Facts) >= 2
}

// eitherOr says whether a text asks by putting a word beside its denial, as in
// 好不好.
func eitherOr(q string) bool {
	r := []rune(q)
	for i := 0; i+2 < len(r); i++ {
		if r[i] == r[i+2] && strings.ContainsRune("不勿唔没弗未", r[i+1]) {
			return true
		}
	}
	return false
}

// askedBefore is how near a known gap has to be for a message to be a question
// about it, and not an organisation told.
const askedBefore = 0.60

func (a *Answerer) nearestGap(ctx context.Context, q string) float64 {
	if a.engine == nil {
		return 0
	}
	best := 0.0
	for _, x := range a.engine.AsksLike(ctx, q) {
		if x.Target.Gap != nil {
			best = max(best, x.Like)
		}
	}
	return best
}

// Description is what of a message that opens the lead dialog describes the
// organisation: nothing, where it only asks for the dialog.
func Description(message string) string {
	if toLead.MatchString(strings.TrimSpace(message)) {
		return ""
	}
	return message
}

// ruled gives the sentences by which the rules answer who leads the described
// organisation, in the order of the layers, and whether two of them guide.
func (a *Answerer) ruled(q, last string) (refs []ref, both bool) {
	r, enough := a.described(q)
	if !enough || a.book.Fault != "" || !whoQuestion.MatchString(last) && !whoQuestion.MatchString(q) {
		return nil, false
	}
	guides := map[string]bool{}
	for _, x := range rule.Decide(a.book, r.Facts).Reasons {
		if !settled(x, r.Facts) {
			continue
		}
		if c, ok := a.find(x.Citation.Document, x.Citation.Quote); ok {
			c.label = a.book.Say(x.Result)
			refs = addRef(refs, c)
			if x.Layer == "guide" && x.Inference == "" {
				guides[x.Result] = true
			}
		}
	}
	return refs, len(guides) > 1
}

// settled says whether a reason is about this organisation and not about every
// one: it rests on something told beside the kind, or on a kind that is named in
// the rule itself, and none of its condition is open.
func settled(x rule.Reason, told rule.Facts) bool {
	switch x.Layer {
	case "owner", "scope":
		return false
	case "form":
		return tells(told, "women") || tells(told, "units") || tells(told, "industry_chain")
	}
	if len(x.Open) > 0 {
		return false
	}
	for fact := range x.Facts {
		if fact != "kind" && tells(told, fact) {
			return true
		}
	}
	return x.Layer == "guide" && len(x.Facts) == 1 && tells(told, "kind")
}

func tells(told rule.Facts, fact string) bool {
	v, ok := told[fact]
	return ok && v != rule.Unknown
}

// find gives the clause of a document that a citation names.
func (a *Answerer) find(title, quote string) (ref, bool) {
	for _, d := range a.library.Documents {
		if d.Title != title || !searched(d) {
			continue
		}
		for i, c := range d.Clauses {
			if strings.Contains(c.Text, quote) {
				return ref{doc: d, clause: i, piece: quote}, true
			}
		}
	}
	return ref{}, false
}
