package remind

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Ambiguous is a sentence that can be read in several ways, or lacks
// something: the person is asked, nothing is guessed. Error gives the question
// with its options numbered.
type Ambiguous struct {
	Question string
	Options  []string // what to choose from; empty where only the person knows

	// Before and After are the sentence around the place that an answer goes.
	Before, After string
	// Fill is what each option puts there; empty: the option itself.
	Fill []string
	// Example is an answer where there are no options.
	Example string
}

func (a *Ambiguous) Error() string {
	var b strings.Builder
	b.WriteString(a.Question)
	for i, o := range a.Options {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + o)
	}
	return b.String()
}

// With is the whole sentence with the answer put in: the number of an option,
// an option, or what the person wrote instead. Parse reads it like any other.
func (a *Ambiguous) With(answer string) string {
	answer = strings.TrimSpace(answer)
	for i, o := range a.Options {
		if answer == o || number(answer) == i+1 {
			answer = o
			if i < len(a.Fill) {
				answer = a.Fill[i]
			}
			break
		}
	}
	return a.Before + answer + a.After
}

// First is the whole sentence with the first option put in.
func (a *Ambiguous) First() string {
	if len(a.Options) == 0 {
		return a.With(a.Example)
	}
	return a.With(a.Options[0])
}

const example = "例如：每月最后一个工作日上午十点提醒园区妇建群报送组建进度。"

// What is wrong with a sentence. Parse gives errors that wrap one of these and
// say in Chinese what it is and how to write it.
var (
	ErrNoTime  = errors.New("没有看到什么时候提醒。" + example)
	ErrNoText  = errors.New("没有看到提醒什么。" + example)
	ErrPast    = errors.New("这个时间已经过了。请写一个还没有到的时间。")
	ErrUnclear = errors.New("时间没有看懂。" + example)
	ErrNoSuch  = errors.New("没有这个时间。")
	ErrTooLong = errors.New("这句话太长了。请用一句话写一件事，两百个字以内。")
)

// Worded reports whether an error is one of this package's, in words for the
// person.
func Worded(err error) bool {
	return errors.As(err, new(*Ambiguous)) || slices.ContainsFunc([]error{ErrNoTime, ErrNoText, ErrPast, ErrUnclear, ErrNoSuch, ErrTooLong},
		func(kind error) bool { return errors.Is(err, kind) })
}

type problem struct {
	kind error
	text string
}

func (p *problem) Error() string { return p.text }
func (p *problem) Unwrap() error { return p.kind }

func unclear(part string) error {
	return &problem{ErrUnclear, "没有看懂“" + part + "”。请换个写法，" + example}
}

func noSuch(what, right string) error {
	return &problem{ErrNoSuch, "没有“" + what + "”。请改正，例如：" + right + "。"}
}
