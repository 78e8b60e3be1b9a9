package channel_test

import (
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/bot/answer"
	"zujian/bot/desk"
)

// guard is the desk's guard as the program has it.
func guard(text string) (desk.Answer, bool) {
	r := answer.Guard(text)
	return desk.Answer{Status: string(r.Status), Text: r.Say}, r.Status != ""
}

// guarded has people write what may not be answered, short and long: each gets
// the words of its kind, whatever stands around it, and nothing of it is kept.
func guarded(h *program) {
	var want, kept []string
	ask := func(text string) {
		_, sent, _ := strings.Cut(text, "　") // what must not be found on the disk
		kept = append(kept, sent)
		want = append(want, answer.Guard(text).Say)
		h.ask(1, text)
		pass(time.Minute)
	}
	for _, text := range []string{"　救命他拿刀追我", "　机密★三年关于排查的通知", "　我的手机13812345678记一下", "　李主任家住哪里"} {
		ask(text)
		ask(filler(1001-utf8.RuneCountInString(text)) + text)
	}
	ask(filler(20_000) + "　救命他打我") // one that is cut into pieces on its way, if any is
	ask("　只是太长" + filler(1001))
	h.wantTexts(1, want)
	h.keepsNone(kept)
}

// filler is a harmless text of so many characters.
func filler(runes int) string {
	return string([]rune(strings.Repeat("园区里的两新组织由园区负责指导。", runes/16+1))[:runes])
}

// keepsNone looks into every file for what may not be there.
func (h *program) keepsNone(texts []string) {
	files, err := filepath.Glob(filepath.Join(filepath.Dir(h.path), "*"))
	if err != nil || len(files) == 0 {
		h.t.Fatal("no files", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, text := range texts {
			if strings.Contains(string(data), text) {
				h.t.Errorf("%s holds %.60s", filepath.Base(f), text)
			}
		}
	}
}
