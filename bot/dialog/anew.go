package dialog

import (
	"regexp"
	"strings"
	"time"

	"zujian/knowledge/rule"
)

// about opens a session that knows these facts.
func (m *Machine) about(f rule.Facts, at time.Time) Session {
	s := Session{At: at}
	for _, fact := range m.Book.Facts {
		if v := f[fact.ID]; v != "" {
			s.Answers = append(s.Answers, Answer{Fact: fact.ID, Value: v})
		}
	}
	return s
}

func (m *Machine) anew(s Session) (Session, Reply) {
	if s.Asked != nil {
		return m.put(m.about(s.Asked, s.At), "好的，看您刚才问的这家："+m.Book.Describe(s.Asked)+"。")
	}
	return m.put(Session{At: s.At}, "好的，换一家来看。")
}

// TellsOf says whether a text names an organisation and says something of it.
func (m *Machine) TellsOf(text string) bool {
	f := m.Book.Read(text).Facts
	return f["kind"] != "" && len(f) > 1
}

func (m *Machine) thanks(s Session) (Session, Reply) {
	s.Ended = true
	return s, Reply{Text: "不客气，这次先到这里。要再问一家，请回“组建”。", Ended: true}
}

var anotherOne = regexp.MustCompile(`^(?:(?:对了|哦对|哦|噢|嗯|哎|那个|顺便|还想问|再有)[，,。 ]*)?` +
	`(?:还有|另外|另|再问|再看|再来|那|下)(?:的)?(?:有)?(?:一家|一个|个)|^换(?:一家|个单位|一个)|^下一家|^第[二三四五六七八九]家`)

// another says whether what was read after a conclusion is of another
// organisation: plainly, perhaps, or not.
func another(before, read rule.Facts, text string) (plain, perhaps bool) {
	kind := read["kind"]
	switch {
	case anotherOne.MatchString(strings.TrimSpace(text)):
		return true, true
	case kind == "":
		return false, false
	case kind != before["kind"] && before["kind"] != "":
		return len(read) > 2, true
	}
	differs := 0
	for k, v := range read {
		if before[k] != "" && before[k] != v {
			differs++
		}
	}
	return false, differs > 1
}

// addsAnother says whether a message in the middle of the questions opens with
// another organisation, and not with one that joins in.
func (m *Machine) addsAnother(s Session, text string) bool {
	opens := anotherOne.MatchString(strings.TrimSpace(text)) && !together.MatchString(text)
	return opens && s.Facts()["kind"] != "" && m.Book.Read(text).Facts["kind"] != ""
}

// elsewhere takes a message after the conclusion that speaks of another
// organisation: a session of its own, or the question whether it is one.
func (m *Machine) elsewhere(s Session, text string) (Session, Reply, bool) {
	r := m.Book.Read(text)
	plain, perhaps := another(s.Facts(), r.Facts, text)
	switch {
	case plain:
		t, reply := m.StartHeard(anotherOne.ReplaceAllString(strings.TrimSpace(text), ""), nil, s.At)
		reply.Text = lines("好的，这是另一家，从头看。", reply.Text)
		return t, reply, true
	case perhaps:
		s.Pending = r.Facts
		return s, Reply{Text: lines(r.Echo(), "这是另一家吗？", "1 是，另一家", "2 不是，还是刚才那家")}, true
	}
	return s, Reply{}, false
}

// decidePending takes the answer to 这是另一家吗.
func (m *Machine) decidePending(s Session, text string) (Session, Reply, bool) {
	pending := s.Pending
	s.Pending = nil
	switch t := bare(text); {
	case strings.HasPrefix(t, "1"), strings.HasPrefix(t, "是"), strings.HasPrefix(t, "对"), strings.HasPrefix(t, "另"):
		t, r := m.put(m.about(pending, s.At), "好的，按另一家看。")
		return t, r, true
	case strings.HasPrefix(t, "2"), strings.HasPrefix(t, "不"), strings.HasPrefix(t, "还是"), strings.HasPrefix(t, "刚才"):
		t, r := m.learnFacts(s, nil, pending, "好的，改到刚才那家上。")
		return t, r, true
	}
	return s, Reply{}, false
}
