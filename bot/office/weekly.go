package office

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"zujian/bot/store"
)

// week is what an operator reads of some days.
type week struct {
	Days int       `json:"days"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	store.Figures
	Unanswered []asked `json:"unanswered"` // the most frequent first
}

type asked struct {
	Question string `json:"question"`
	Times    int    `json:"times"` // since it was first asked
}

// mostUnanswered is how many questions that were not answered are listed.
const mostUnanswered = 5

func WeekOf(ctx context.Context, db *store.DB, now time.Time, days int) (week, error) {
	w := week{Days: days, From: now.AddDate(0, 0, -days), To: now, Unanswered: []asked{}}
	var err error
	if w.Figures, err = db.Figures(ctx, w.From, w.To); err != nil {
		return w, err
	}
	all, err := db.Unanswered(ctx, 1000)
	for _, q := range all {
		if len(w.Unanswered) < mostUnanswered && !q.Last.Before(w.From) {
			w.Unanswered = append(w.Unanswered, asked{q.Text, q.Times})
		}
	}
	return w, err
}

// String is the summary as it is read.
func (w week) String() string {
	lines := []string{
		fmt.Sprintf("最近%d天：问了%d次，答了%d次，文件没有写到%d次，其余%d次。", w.Days, w.Asked, w.Answered, w.NotStated, w.Asked-w.Answered-w.NotStated),
		fmt.Sprintf("说有用的%d次，说没用的%d次。", w.Useful, w.Useless),
	}
	for _, why := range w.Whys {
		lines = append(lines, "没用："+why)
	}
	if len(w.Unanswered) > 0 {
		lines = append(lines, "问得多、文件没有写到的：")
	}
	for i, q := range w.Unanswered {
		lines = append(lines, fmt.Sprintf("%d. %s（%d次）", i+1, q.Question, q.Times))
	}
	return strings.Join(lines, "\n")
}

var feedbackWords = regexp.MustCompile(`^(有用|没用|没有用|没啥用)(?:[，,：:。\s]+(.{1,200}))?$`)

const (
	sayThanks = "记下了，谢谢。"
	sayWhy    = "记下了。哪里不对可以再说一句，比如“没用，答的不是我问的”。"
)

// feedback takes 有用 and 没用, with a word why, from anybody.
func (o *Front) feedback(ctx context.Context, text string) (say string, known bool, err error) {
	m := feedbackWords.FindStringSubmatch(text)
	if m == nil {
		return "", false, nil
	}
	useful := m[1] == "有用"
	if say = sayThanks; !useful && m[2] == "" {
		say = sayWhy
	}
	return say, true, o.DB.KeepFeedback(ctx, useful, m[2], o.Office.Now())
}
