package dialog

import (
	"strconv"
	"strings"
	"time"

	"zujian/knowledge/rule"
)

// Machine takes the turns. It holds no state of a conversation.
type Machine struct {
	Book   *rule.Book
	Expiry time.Duration // how long a session waits for an answer; 0 means for ever
}

// Start opens a conversation with a description, which may be empty.
func (m *Machine) Start(description string, now time.Time) (Session, Reply) {
	return m.StartHeard(description, nil, now)
}

// StartHeard is Start with what somebody else read out of the description. What
// can be trusted of it is said back and asked for; none of it counts by itself.
func (m *Machine) StartHeard(description string, heard []Heard, now time.Time) (Session, Reply) {
	if all := Several(m.Book, description); len(all) > 1 {
		return m.tellSeveral(Session{At: now}, all)
	}
	heard = Trusted(m.Book, description, heard)
	reading := m.Book.Read(description)
	s := m.about(reading.Facts, now)
	s.Heard = values(heard)
	if len(reading.Conflicts) > 0 {
		s.Clash = reading.Conflicts[0].Fact
	}
	return m.put(s, lines(reading.Echo(), sayHeard(m.Book, heard), reading.Clash()))
}

// Step takes one message. The session given is not changed; the one returned
// is to be stored before the reply is sent.
func (m *Machine) Step(s Session, text string, now time.Time) (Session, Reply) {
	if s.Ended {
		return s, Reply{Text: "这次组建对话已经结束。要重新问，请回“组建”。", Ended: true}
	}
	if m.Expiry > 0 && now.Sub(s.At) > m.Expiry {
		s.Ended = true
		return s, Reply{Text: "上次的组建对话隔得太久（超过" + span(m.Expiry) + "），已经作废。要重新问，请回“组建”。", Ended: true, Expired: true}
	}
	s.At = now
	s.Turn++
	if s.Pending != nil {
		if t, r, done := m.decidePending(s, text); done {
			return t, r
		}
		s.Pending = nil
	}
	if do := command(text); do != nil {
		s.Missed = 0
		return do(m, s)
	}
	if len(s.Units) > 0 {
		if t, r, done := m.pickUnit(s, text); done {
			return t, r
		}
		s.Units = nil
	}
	if all := Several(m.Book, text); len(all) > 1 {
		return m.tellSeveral(Session{At: now}, all)
	}
	return m.take(s, text)
}

// Open gives the question that is open, nil where nothing is worth asking or
// five were asked.
func (m *Machine) Open(s Session) *rule.Question {
	if s.Ended || s.asked() >= MostQuestions {
		return nil
	}
	f := s.Facts()
	if s.Clash != "" && f[s.Clash] == "" {
		q := m.Book.Question(s.Clash)
		return &q
	}
	return rule.Next(m.Book, f)
}

// put gives the next question, or the conclusion, under a lead line.
func (m *Machine) put(s Session, lead string) (Session, Reply) {
	if q := m.Open(s); q != nil {
		return s, Reply{Text: lines(lead, m.ask(s, q)), Question: q}
	}
	r := rule.Decide(m.Book, s.Facts())
	return s, Reply{Text: m.conclude(lead, s.Facts(), r), Recommendation: &r}
}

// ask words the question that is open, with what was heard of it.
func (m *Machine) ask(s Session, q *rule.Question) string {
	if v := s.Heard[q.Fact]; v != "" {
		return ask(q, "听您的话像是："+m.Book.ValueName(q.Fact, v)+"。对就回“对”，不对请选：")
	}
	return ask(q)
}

func ask(q *rule.Question, heard ...string) string {
	out := append([]string{q.Question}, heard...)
	if len(q.Options) > 1 {
		for i, o := range q.Options {
			out = append(out, strconv.Itoa(i+1)+" "+o)
		}
		out = append(out, sayChoose)
	} else {
		out = append(out, "不知道就回“不清楚”。")
	}
	return strings.Join(out, "\n")
}

const sayChoose = "回数字或者直接说都行。"

// Offered gives what a reply's last question lets people choose from, by number
// from 1; nil where it is no such question.
func Offered(reply string) (options []string) {
	all := strings.Split(strings.TrimSpace(reply), "\n")
	if all[len(all)-1] != sayChoose {
		return nil
	}
	for _, line := range all {
		if option, found := strings.CutPrefix(line, strconv.Itoa(len(options)+1)+" "); found {
			options = append(options, option)
		}
	}
	return options
}

func lines(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

func span(d time.Duration) string {
	if h := int(d.Hours()); h >= 1 {
		return strconv.Itoa(h) + "小时"
	}
	return strconv.Itoa(int(d.Minutes())) + "分钟"
}
