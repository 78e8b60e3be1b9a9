package wecom

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	simulator "zujian/bot/simulator/wecom"
)

func TestRender(t *testing.T) {
	for text, want := range map[string]string{
		"律所由司法行业综合党委管。":  "律所由司法行业综合党委管。",
		"1. 第一条\n2. 第二条": "1. 第一条  \n2. 第二条",
		"一\n\n二":         "一\n\n二",
		"3~5人，*重点*":      `3\~5人，\*重点\*`,
		"国办发[2023]15号":   "国办发[2023]15号",
		"[看](http://x)":  `[看\](http://x)`,
		"# 号":            `\# 号`,
		"#号":             "#号",
		"- 一":            `\- 一`,
		"-1":             "-1",
		"> 一":            `\> 一`,
		"---":            `\---`,
		"| a | b |":      `\| a | b |`,
		"a_b_c，_斜_":      `a_b_c，\_斜\_`,
		"<b>，1<2，&amp;":  `\<b>，1<2，\&amp;`,
		"    缩进":         "　缩进",
		`C:\new\*`:       `C:\new\\\*`,
		"2 * 3 * 4":      "2 * 3 * 4",
		"x":              "x",
	} {
		if got := render(text); got != want {
			t.Errorf("render(%q) = %q, want %q", text, got, want)
		}
	}
}

// read is what a person should read of a text: only blanks at the ends of
// lines are not as they were.
func read(text string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "�")), "\n")
	for i, line := range lines {
		body := strings.TrimSpace(line)
		if body != "" && strings.TrimLeftFunc(line, unicode.IsSpace) != line {
			body = "　" + body
		}
		lines[i] = body
	}
	return strings.Join(lines, "\n")
}

// TestRenderedIsReadAsWritten writes texts full of markup: whoever reads their
// Markdown reads the text.
func TestRenderedIsReadAsWritten(t *testing.T) {
	piece := rapid.OneOf(
		rapid.SampledFrom(strings.Split("* _ ~ ` \\ [ ] ( ) < > & # - + = | ! : . ; 1 a 文 。 😀 \n \n\n \t ** __ ~~ ``` --- === *** ](x) <b> </b> <!-- &amp; &#65; #\u3000 1. 2) - > ", " ")),
		rapid.Just(" "), rapid.StringN(0, 3, -1))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		if strings.ContainsFunc(text, func(r rune) bool { return r >= 0xe000 && r <= 0xe07f }) {
			t.Skip("the simulator's own marks")
		}
		rendered := render(text)
		if got, want := simulator.Shown(rendered), read(text); got != want {
			t.Fatalf("%q became %q, is read as %q, want %q", text, rendered, got, want)
		}
	})
}

// TestLongestFits holds that a message of longest runes is never over the
// narrowest limit.
func TestLongestFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(longest, longest, -1).Draw(t, "text")
		if n := len(render(text)); n > 4096 {
			t.Fatalf("%d bytes", n)
		}
	})
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte(`{"cmd":"aibot_msg_callback","headers":{"req_id":"cb1"},"body":{"msgid":"m1","chatid":"wr","chattype":"group","msgtype":"text","from":{"userid":"li"},"text":{"content":"@a b"},"create_time":1,"quote":{"msgtype":"mixed","mixed":{"msg_item":[{}]}}}}`))
	f.Add([]byte(`{"cmd":"aibot_event_callback","body":{"event":{"eventtype":"disconnected_event"}}}`))
	f.Add([]byte(`{"errcode":0,"headers":{"req_id":"x"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		fr, err := decode(data)
		if err != nil {
			return
		}
		if fr.Cmd == "" && fr.Code == nil {
			t.Error("a frame that is nothing was taken")
		}
		decodeEvent(fr.Body)
		m, err := decodeMessage(fr.Body)
		if err != nil {
			return
		}
		if m.From.User == "" {
			t.Error("a message from nobody was taken")
		}
		if text, _ := m.text("组建助手"); text != strings.TrimSpace(text) {
			t.Errorf("blanks around %q", text)
		}
		if at := m.sent(); !at.IsZero() && at.Year() > 2300 {
			t.Errorf("written in %d", at.Year())
		}
	})
}
