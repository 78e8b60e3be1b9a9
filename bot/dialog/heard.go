package dialog

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/rule"
)

// Heard is a fact that somebody else, such as a language model, read out of a
// description, with the words it rests on.
type Heard struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
	Words string `json:"words"`
}

const (
	mostHeard  = 3
	leastWords = 2
	mostWords  = 20
)

// Trusted gives what may be asked back of what was heard, in the order of the
// book. Of each it demands: the book asks for the fact and has the value; its
// words stand in the description; our own reading is silent on it; wherever the
// words stand, a denial and the value agree, and nothing is asked, supposed or
// doubted there.
func Trusted(b *rule.Book, description string, heard []Heard) []Heard {
	own := b.Read(description).Facts
	var out []Heard
	for _, f := range b.Facts {
		if f.Number || f.Ask != nil && !*f.Ask || own[f.ID] != "" || len(out) == mostHeard {
			continue
		}
		for _, h := range heard {
			if h.Fact == f.ID && hasValue(f, h.Value) && saysSo(description, h) {
				out = append(out, h)
				break
			}
		}
	}
	return out
}

func hasValue(f rule.Fact, value string) bool {
	return slices.ContainsFunc(f.Values, func(v rule.Value) bool { return v.Value == value })
}

var (
	denials = []string{"没", "无", "不", "未", "非", "否", "别", "缺", "零", "冇", "莫"}
	doubts  = []string{"吗", "么", "呢", "有没有", "有无", "是否", "是不是", "要不要", "能不能", "会不会", "如果", "要是", "假如", "万一", "即使",
		"打算", "准备", "计划", "想", "以后", "将来", "可能", "也许", "好像", "听说", "大概", "说不准", "不清楚", "不知道", "不确定", "？", "?"}
)

// saysSo looks at every place where the words stand.
func saysSo(description string, h Heard) bool {
	n := utf8.RuneCountInString(h.Words)
	if n < leastWords || n > mostWords || !strings.Contains(description, h.Words) {
		return false
	}
	for rest := description; ; {
		i := strings.Index(rest, h.Words)
		if i < 0 {
			return true
		}
		at := len(description) - len(rest) + i
		if !agrees(around(description, at, at+len(h.Words)), h.Value) {
			return false
		}
		rest = rest[i+len(h.Words):]
	}
}

// around gives the part of a sentence that a stretch stands in, with the mark
// it ends in.
func around(s string, from, to int) string {
	const marks = "，,。；;！!？?\n：:"
	if i := strings.LastIndexAny(s[:from], marks); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		s, to = s[i+size:], to-i-size
	}
	if i := strings.IndexAny(s[to:], marks); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[to+i:])
		s = s[:to+i+size]
	}
	return s
}

// agrees says whether a denial stands there exactly where the value is one. What
// is few may be said either way.
func agrees(part, value string) bool {
	if containsAny(part, doubts) {
		return false
	}
	switch value {
	case "few":
		return true
	case "no", "none":
		return containsAny(part, denials)
	}
	return !containsAny(part, denials)
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func values(heard []Heard) map[string]string {
	if len(heard) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, h := range heard {
		out[h.Fact] = h.Value
	}
	return out
}

// sayHeard says what was heard back, and that it does not count yet.
func sayHeard(b *rule.Book, heard []Heard) string {
	if len(heard) == 0 {
		return ""
	}
	var parts []string
	for _, h := range heard {
		parts = append(parts, b.ValueName(h.Fact, h.Value)+"（从“"+h.Words+"”猜的）")
	}
	return "我理解还像是：" + strings.Join(parts, "，") + "。没有算进去，问到时请您定。"
}

// settle takes an answer to a question that what was heard is shown with. What
// could mean two things is asked again; done is false where the answer is like
// any other.
func (m *Machine) settle(s Session, q *rule.Question, text string) (Session, Reply, bool) {
	heard, t := s.Heard[q.Fact], bare(text)
	switch {
	case slices.Contains([]string{"对", "对的", "对对", "对啊", "对呀", "没错", "正是", "就是这样"}, t):
		s = s.with(Answer{Fact: q.Fact, Value: heard, Turn: s.Turn, Asked: true})
		s, r := m.put(s, "")
		return s, r, true
	case slices.Contains([]string{"不对", "不是", "不是的", "错了", "不"}, t):
		s.Heard = maps.Clone(s.Heard)
		delete(s.Heard, q.Fact)
		s, r := m.put(s, "好的，请选一个。")
		return s, r, true
	case slices.Contains([]string{"是", "是的", "嗯", "嗯嗯", "是啊", "是呀"}, t):
		if o, ok := m.answer(q.Fact, text); !ok || o.Value != heard {
			s, r := m.put(s, "请回“对”或者数字，免得弄错。")
			return s, r, true
		}
	}
	return s, Reply{}, false
}
