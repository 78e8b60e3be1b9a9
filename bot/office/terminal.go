package office

import (
	"bufio"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"zujian/knowledge/text"
)

// Progress tells over one line how far something is, and ends it when it is done;
// nil where nobody watches, or quiet is wanted.
func (p *Office) Progress(what string, quiet bool) func(done, all int) {
	if quiet || !IsTerminal(p.Err) {
		return nil
	}
	return func(done, all int) {
		fmt.Fprintf(p.Err, "\r%s %d/%d", what, done, all)
		if done == all {
			fmt.Fprintln(p.Err)
		}
	}
}

// Agrees asks for a word that nobody types by accident.
func (p *Office) Agrees(word string) bool {
	fmt.Fprintf(p.Out, "要%s，请打“%[1]s”再回车：", word)
	line, _ := bufio.NewReader(p.In).ReadString('\n')
	return strings.TrimSpace(line) == word
}

var lastDays = regexp.MustCompile(`^(\d{1,5})(?:天|d)?$`)

// Since reads a day in Beijing, or a number of days back from now; empty is the very
// beginning.
func (p *Office) Since(typed string) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	now := p.Now().In(text.Beijing)
	if m := lastDays.FindStringSubmatch(typed); m != nil {
		n, err := strconv.Atoi(m[1])
		return now.AddDate(0, 0, -n), err
	}
	for _, form := range []string{time.DateOnly, "2006/1/2", "2006年1月2日"} {
		if day, err := time.ParseInLocation(form, typed, now.Location()); err == nil {
			return day, nil
		}
	}
	return time.Time{}, Misuse("看不懂日期“%s”，要像 2026-03-01 或者 30天 这样。看说明：bot audit --help", typed)
}
