package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"time"

	"zujian/bot/answer"
	"zujian/bot/dialog"
	"zujian/bot/store"
)

// sessionLife is how long an open dialog waits for an answer.
const sessionLife = 2 * time.Hour

// talk is one person's conversation in the terminal: questions, and the lead
// dialog where one is open. The dialog is stored after every turn, so that it
// goes on after the program was stopped.
type talk struct {
	answerer *answer.Answerer
	machine  *dialog.Machine
	db       *store.DB
	now      func() time.Time
	turns    []string // the last questions, for those that lean on them
}

// terminal is whose session a conversation in the terminal is.
var terminal = store.Key{Channel: "terminal", Chat: "terminal", Speaker: "terminal"}

// talk opens the conversation of this terminal.
func (p *program) talk() (*talk, error) {
	l, err := p.library()
	if err != nil {
		return nil, err
	}
	b, err := p.book(l)
	if err != nil {
		return nil, err
	}
	a, err := p.answererWith(l, b)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(filepath.Join(p.data, "zujian.db"))
	if err != nil {
		return nil, refuse("%v", err)
	}
	return &talk{answerer: a, machine: &dialog.Machine{Book: b, Expiry: sessionLife}, db: db, now: p.now}, nil
}

// Say takes one message and gives the replies, in order.
func (t *talk) Say(ctx context.Context, text string) ([]string, error) {
	s, open, err := t.session(ctx)
	if err != nil {
		return nil, err
	}
	if !open {
		return t.ask(ctx, text)
	}
	next, reply := t.machine.Step(s, text, t.now())
	if err := t.keep(ctx, next, reply.Ended || reply.Expired); err != nil {
		return nil, err
	}
	if reply.Expired {
		rest, err := t.ask(ctx, text)
		return append([]string{reply.Text}, rest...), err
	}
	if reply.Aside {
		return []string{t.answerer.Answer(ctx, append(t.turns, text)).Text, reply.Text}, nil
	}
	return []string{reply.Text}, nil
}

// ask answers a question; one that is an organisation told opens the dialog.
func (t *talk) ask(ctx context.Context, text string) ([]string, error) {
	t.turns = append(t.turns, text)
	if len(t.turns) > turnsKept {
		t.turns = t.turns[len(t.turns)-turnsKept:]
	}
	out := t.answerer.Answer(ctx, t.turns)
	if out.Status != answer.Dialog {
		return []string{out.Text}, nil
	}
	s, reply := t.machine.Start(answer.Description(text), t.now())
	return []string{reply.Text}, t.keep(ctx, s, reply.Ended)
}

func (t *talk) session(ctx context.Context) (dialog.Session, bool, error) {
	var s dialog.Session
	kept, err := t.db.Session(ctx, terminal, t.now())
	if err != nil || kept == nil {
		return s, false, err
	}
	if err := json.Unmarshal(kept.State, &s); err != nil {
		return s, false, nil // of an older form: begin anew
	}
	return s, true, nil
}

func (t *talk) keep(ctx context.Context, s dialog.Session, ended bool) error {
	kept := &store.Session{Updated: t.now(), Expires: t.now().Add(24 * time.Hour)}
	if !ended {
		state, err := json.Marshal(s)
		if err != nil {
			return err
		}
		kept.State = state
	}
	return t.db.Record(ctx, store.Turn{Key: terminal, Session: kept})
}

// Close lets go of the store.
func (t *talk) Close() error { return t.db.Close() }
