package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	simulator "zujian/bot/simulator/wechat"
)

// quotations are of messages that are not what the person says now.
var quotations = []string{"", "王秀英：救命，老公打我", "李干部：机密★三年，电话13812345678", "王秀英：没用", "王秀英：管理 状态", "李干部：@组建助手 在吗", "组建助手：答：早先的一问"}

// mentions are how people call us, whose name has a blank and an emoji, and none.
var mentions = []string{"@🌼 小助手\u2005", "@🌼\ufe0f 小助手 ", "＠🌼 小助手 ", "@组建助手 ", "@🌼 别人 ", ""}

// TestGeneratedConversations has two people in a group and one in a direct chat
// quote, mention us and take questions back, at random. Whoever asks is answered
// with what he asked, once; nobody else is, and no quotation counts.
func TestGeneratedConversations(t *testing.T) {
	turns := 400
	if testing.Short() || raceDetector {
		turns = 80
	}
	draw := rand.New(rand.NewPCG(7, 23))
	guard := func(text string) (Answer, bool) {
		bad := strings.Contains(text, "救命") || strings.Contains(text, "机密")
		return Answer{Status: statusUrgent, Text: "先打110"}, bad
	}
	inHouse(t, func(o *Options) { o.Guard, o.PerMinute = guard, 1000 }, func(t *testing.T, h *house) {
		h.sim.AddGroup(simulator.Group{Key: "bei", Name: "北河群", Me: "🌼 小助手", Members: []simulator.Member{{Key: "li", Nick: "李桂芳"}, {Key: "wang", Nick: "🌼 别人"}}})
		pass(2 * time.Minute)
		var want, got []string
		for n := range turns {
			quote, mention := quotations[draw.IntN(len(quotations))], mentions[draw.IntN(len(mentions))]
			q := fmt.Sprintf("第%d句", n)
			direct, recalled, call := draw.IntN(3) == 0, draw.IntN(5) == 0, mentions[0]
			if direct {
				mention, call = "", ""
			}
			say := func(text string) string {
				if quote != "" {
					text = "「" + quote + "」\n- - - - - - - - - - - - - - -\n" + text
				}
				if direct {
					return h.sim.SayDirect("zhao", text)
				}
				return h.sim.Say("bei", []string{"li", "wang"}[draw.IntN(2)], text)
			}
			from := len(h.sim.Sent())
			if recalled { // it waits behind another
				say(call + "慢的" + q)
				want = append(want, "答：慢的"+q)
			}
			id := say(mention + q)
			pass(time.Second)
			switch {
			case recalled && direct:
				h.sim.Recall("zhao", id)
			case recalled:
				h.sim.Recall("bei", id)
			case direct || mention != "" && !strings.Contains(mention, "别人"):
				want = append(want, "答："+q)
			}
			pass(20 * time.Second)
			got = append(got, slices.DeleteFunc(texts(h.sim, from), func(s string) bool { return s == sayLooking })...)
		}
		for i := range max(len(want), len(got)) {
			if i >= len(want) || i >= len(got) || want[i] != got[i] {
				t.Fatalf("%d replies, want %d; the first that is wrong is %d: %q, want %q", len(got), len(want), i, got[min(i, len(got)-1)], want[min(i, len(want)-1)])
			}
		}
		t.Logf("%d messages, %d answered", turns, len(got))
	})
}
