package rule

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// stretch is a part of a description that speaks of one thing. Speech has no
// punctuation, so that a clause is cut wherever the thing spoken of changes.
type stretch struct {
	text  string
	fixes bool // stands after 说错了, 不对: it puts right what went before
}

// topic is what a stretch speaks of.
type topic string

const (
	aboutPark       topic = "in_park"
	aboutParty      topic = "party_org"
	aboutLeaders    topic = "woman_on_party_committee"
	aboutWomen      topic = "women"
	aboutUnion      topic = "union_women_committee"
	aboutSupervisor topic = "supervisor"
	aboutRegister   topic = "registered"
	aboutCondition  topic = "condition"
	aboutNothing    topic = "" // words that only look like one
)

// named are the words that stand for a topic where a clause leans on the one
// before.
var named = map[topic]string{
	aboutPark: "园区", aboutParty: "支部", aboutLeaders: "支部班子", aboutWomen: "女工", aboutUnion: "女职工委员会",
	aboutSupervisor: "主管单位", aboutRegister: "登记", aboutCondition: "条件",
}

// mention is where a topic's word stands in a clause.
type mention struct {
	topic    topic
	from, to int
}

// part is a clause with the mark it ends in.
type part struct {
	text  string
	mark  rune
	fixes bool
}

var (
	mended = text.NewPattern(`(?:我)?(?:刚才|刚刚|前面)?(?:说|讲|记|写|搞|弄|算)错了(?:啊|哈|呀)?|(?:哦|噢|啊|哎|喔|唉)?不对不对|(?:哦|噢|啊|哎|喔|唉)不对|^不对(?:啊|呀)?` +
		`|不对(?:啊|呀)?(?:应该)?是|更正(?:一下)?|纠正(?:一下)?|(?:哎|哦)?不是不是`)
	sighed = text.NewPattern(`^(?:哎|哦|噢|唉|咦|啊|诶|欸|喔)+(?:呀|哟)?((?:是)?有(?:的|了|啊)?|没有(?:的|了|啊)?|在(?:的|里面)|不在(?:的)?|建了的?|成立了的?|没建|没成立)`)
	ofYear = text.NewPattern(`([个人名位号十百千两一二三四五六七八九\d多余来])((?:今年|去年|前年)[^，。]{0,6}[\d一二三四五六七八九十两百几])`)
	parted = "，,。；;！!？?\n\r：:"
)

// parts cuts a text at its punctuation and where somebody puts himself right.
func parts(s string) []part {
	var out []part
	s = ofYear.ReplaceAllString(s, "${1}，${2}")
	for len(s) > 0 {
		i := strings.IndexAny(s, parted)
		one, mark := s, rune(0)
		if i >= 0 {
			n := 0
			mark, n = utf8.DecodeRuneInString(s[i:])
			one, s = s[:i], s[i+n:]
		} else {
			s = ""
		}
		out = append(out, mend(one, mark)...)
	}
	return out
}

// mend parts a clause at 说错了 and the like; an empty one hands its mark on.
func mend(one string, mark rune) []part {
	var out []part
	fixes := false
	for {
		at := mended.FindStringIndex(one)
		if at == nil {
			break
		}
		if at[0] > 0 {
			out = append(out, part{one[:at[0]], ',', fixes})
		}
		one, fixes = one[at[1]:], true
	}
	if one != "" || fixes {
		out = append(out, part{one, mark, fixes})
	}
	return out
}

// cut gives the stretches of a description.
func (r *reader) cut(all []part) []stretch {
	var out []stretch
	last, fixes := aboutNothing, false
	for i := 0; i < len(all); i++ {
		p := all[i]
		fixes = fixes || p.fixes
		if p.text == "" {
			continue // 说错了 alone: what follows puts it right
		}
		if m := sighed.FindStringSubmatch(p.text); m != nil && last != aboutNothing && len(r.mentions(p.text)) == 0 {
			p.text, fixes = named[last]+m[1], true
		}
		found := r.mentions(p.text)
		leans := fixes || last == aboutWomen && yearOf(p.text) > 0 && len(text.Numbers(p.text)) > 0
		now := nowSo.MatchString(p.text)
		if (now || fixes && startsNumber(p.text)) && last == aboutWomen && len(found) > 0 && !staffed(found) {
			p.text = named[last] + strings.TrimLeft(p.text, "是应该就")
			found = r.mentions(p.text)
		}
		if len(found) == 0 && leans && last != aboutNothing {
			p.text = named[last] + strings.TrimLeft(p.text, "是应该只有就")
			found = r.mentions(p.text)
		}
		if fixes && last == aboutLeaders && len(found) == 1 && found[0].topic == aboutWomen && !staff(p.text, found[0]) {
			p.text = named[last] + p.text
			found = r.mentions(p.text)
		}
		p, i = r.answered(all, i, p, found)
		for j, s := range r.cutClause(p.text) {
			out = append(out, stretch{s, fixes && j == 0})
		}
		if len(found) > 0 {
			last = found[len(found)-1].topic
		}
		fixes = false
	}
	return out
}

// staffed says whether any mention is of the staff.
func staffed(found []mention) bool {
	return slices.ContainsFunc(found, func(m mention) bool { return m.topic == aboutWomen })
}

// nowSo says how many there are today: 今年裁得只剩九个.
var nowSo = text.NewPattern(`^(?:今年|现在|目前|眼下|如今)[^，家户]{0,6}?[\d一二三四五六七八九十两百几]+(?:多|来|余)?(?:个|人|名|位)`)

func startsNumber(s string) bool {
	s = strings.TrimLeft(s, "是应该就")
	all := text.Numbers(s)
	return len(all) > 0 && all[0].From == 0
}

var openQuestion = text.NewPattern(`^(?:那|至于|说到|要说)?(?:有没有|有无|有)?(.*?)(?:有没有|有吗|呢|吗|嘛|的话)?$`)

// answered joins a thing that is named in a question or before a colon with the
// short clause after it, which says what is so: 女职委？没听说过; 党组织：无.
func (r *reader) answered(all []part, i int, p part, found []mention) (part, int) {
	if len(found) != 1 || i+1 >= len(all) || !strings.ContainsRune("？?：:，,", p.mark) || utf8.RuneCountInString(p.text) > 12 {
		return p, i
	}
	next := all[i+1]
	if next.fixes || len(r.mentions(next.text)) > 0 || utf8.RuneCountInString(next.text) > 10 {
		return p, i
	}
	m := openQuestion.FindStringSubmatch(p.text)
	bare := p.text
	if m != nil && strings.ContainsRune("？?", p.mark) {
		bare = m[1]
	}
	if !onlyNames(bare, r.mentions(bare)) || !says(next.text) {
		return p, i
	}
	return part{bare + next.text, next.mark, p.fixes}, i + 1
}

// onlyNames says whether a clause names a thing and says nothing of it.
func onlyNames(s string, found []mention) bool {
	if len(found) != 1 {
		return false
	}
	from, to := found[0].from, found[0].to
	return utf8.RuneCountInString(s[:from]+s[to:]) <= 3 && !text.Negated(s, from, to)
}

// says says whether a clause without a thing of its own says something of one:
// 没有, 有的, 没听说过, 六十人.
func says(s string) bool {
	p, _ := text.After(s)
	return p != text.Silent || text.MoodOf(s) == text.Doubted || len(text.Numbers(s)) == 1 || slices.Contains([]string{"是", "否", "无",
		"有", "在", "不在", "没", "√", "×"}, s)
}

// mentions finds the topics' words of a clause, the longest at each place.
func (r *reader) mentions(c string) []mention {
	var out []mention
	for at := 0; at < len(c); {
		if to := len(governedAt.FindString(c[at:])); to > 0 {
			out, at = append(out, mention{aboutSupervisor, at, at + to}), at+to
			continue
		}
		w, ok := r.l.topicAt(c[at:])
		if !ok {
			_, n := utf8.DecodeRuneInString(c[at:])
			at += n
			continue
		}
		m := mention{w.topic, at, at + len(w.say)}
		at = m.to
		if m.topic == aboutNothing {
			continue
		}
		out = join(out, m, c)
	}
	return out
}

// governedAt reads 归教育局管, which names who is in charge.
var governedAt = text.NewPattern(`^(?:归|由)[\p{Han}]{1,8}?(?:局|委|厅|办|部|联)(?:来|在)?(?:主管|管|指导)`)

// leaderIs holds what may stand between who leads the party organisation and
// whether it is a woman.
var leaderIs = text.NewPattern(`^[^，。]{0,24}$`)

// join adds a mention, or lengthens the last where both are one thing:
// 支部+书记, 工会+女职委, 书记…女的.
func join(list []mention, m mention, c string) []mention {
	if len(list) == 0 {
		return append(list, m)
	}
	last := &list[len(list)-1]
	gap := c[last.to:m.from]
	switch {
	case gap == "" && (last.topic == m.topic || m.topic == aboutLeaders && last.topic == aboutParty):
		last.to, last.topic = m.to, m.topic
	case last.topic == aboutLeaders && m.topic == aboutWomen && !text.HasAny(c[last.from:last.to], "女",
		"男") && leaderIs.MatchString(gap) && !staff(c, m):
		last.to = m.to
	case last.topic == aboutParty && m.topic == aboutWomen && (gap == "的" || amongThem.MatchString(gap)) && !staff(c, m):
		last.to, last.topic = m.to, aboutLeaders
	default:
		return append(list, m)
	}
	return list
}

// amongThem leads from a party organisation to those who sit on it.
var amongThem = text.NewPattern(`^(?:班子)?(?:成员|委员)?(?:里面?|里头|当?中|班子)(?:也|都|还|就|一个|半个)*(?:没有|没|无|有|全是|都是)?(?:一个|半个|个|一位)?(?:也|都)?$`)

// staff says whether a mention of women is of the staff: the word says so, or a
// number follows it.
func staff(c string, m mention) bool {
	word := c[m.from:m.to]
	if text.HasAny(word, "工", "员", "技师", "老师", "护士", "律师") {
		return true
	}
	at := countFollows.FindStringIndex(c[m.to:])
	if at == nil {
		return false
	}
	count, after := c[m.to:m.to+at[1]], c[m.to+at[1]:]
	if strings.HasSuffix(count, "一个") && after != "" {
		return false // 女的一个党组织也没有
	}
	return !text.StartsAny(strings.TrimPrefix(after, "固定"), "女", "男", "姑娘") || text.StartsAny(after, "女工委", "女职委", "女职工委")
}

var countFollows = text.NewPattern(`^(?:的|大概|大约|约|有|就|才|只|也|共|一共|总共|得有|差不多)*[0-9一二三四五六七八九十两百几好上]{1,6}(?:多|来|余|几)?(?:个|人|名|位|号)`)

// cutClause cuts a clause where the thing spoken of changes.
func (r *reader) cutClause(c string) []string {
	found := r.mentions(c)
	var out []string
	from := 0
	for i := 0; i+1 < len(found); i++ {
		a, b := found[i], found[i+1]
		end := len(c)
		if i+2 < len(found) {
			end = found[i+2].from
		}
		if p, _ := text.Before(c[a.to:b.from]); p == text.Silent && a.topic == b.topic && twoSided(a.topic) {
			continue // 党支部跟街道挂靠的
		}
		at := r.boundary(c, from, end, a, b)
		if at > from {
			out = append(out, c[from:at])
			from = at
		}
	}
	return append(out, c[from:])
}
