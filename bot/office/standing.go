package office

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// standing is how a channel stands, seen from outside the service.
type standing struct {
	Configured bool      `json:"configured"`
	Running    bool      `json:"running"`
	State      string    `json:"state,omitempty"` // the last that is known; empty where it never ran
	Since      time.Time `json:"since,omitzero"`

	report chat.Report
}

// standing looks at the configuration, whether a program serves the data
// folder, and what it last wrote down of the channel.
func (p *Office) standing(ctx context.Context, db *store.DB, channel string) (standing, error) {
	s := standing{Configured: slices.Contains(p.Config().Configured(), channel)}
	var err error
	if s.Running, err = store.Served(p.State()); err != nil {
		return s, err
	}
	r, ok, err := db.Report(ctx, channel)
	if ok {
		s.report, s.State, s.Since = r, r.State.String(), r.Since
	}
	return s, err
}

// well reports whether nobody has to do anything.
func (s standing) well() bool {
	return !s.Configured || s.Running && !s.report.State.Down() && s.report.State != chat.WaitingScan
}

// unused reports whether nothing runs there, and nothing is meant to.
func (s standing) unused() bool { return !s.Configured && (!s.Running || s.State == "") }

// words says how it is, and what to do.
func (s standing) words(now time.Time) string {
	switch {
	case s.unused():
		return "没有接，不影响在终端里用。要接，看 bot run"
	case !s.Running && s.State == "":
		return "配置好了，还没有运行过。请用 bot run 启动"
	case !s.Running:
		return fmt.Sprintf("程序没有在运行。最后是%s（%s）。请用 bot run 启动", s.State, text.Moment(s.Since, now))
	case s.State == "":
		return "正在启动"
	}
	return stateWords(s.report, now)
}
