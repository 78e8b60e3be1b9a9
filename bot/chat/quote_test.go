package chat

import "testing"

func TestUnquote(t *testing.T) {
	const dashes = "\n- - - - - - - - - - - - - - -\n"
	for in, want := range map[string][2]string{
		"「李姐：律所归谁管」" + dashes + "@组建助手 这个怎么答":       {"@组建助手 这个怎么答", "律所归谁管"},
		"「组建助手：第一行\n第二行：有冒号」" + dashes + "为什么":      {"为什么", "第一行\n第二行：有冒号"},
		"「甲：「乙：里面」" + dashes + "外面」" + dashes + "答": {"答", "「乙：里面」" + dashes + "外面"},
		"「没有名字」\n—————————\n好的":                     {"好的", "没有名字"},
		"「李姐：只引没回」" + dashes:                        {"", "只引没回"},
		"「两个负责」是什么":                                 {"「两个负责」是什么", ""},
		"「两个负责」\n是什么":                               {"「两个负责」\n是什么", ""},
		"没有引用 - - - - -\n的话":                        {"没有引用 - - - - -\n的话", ""},
	} {
		if reply, quote := Unquote(in); reply != want[0] || quote != want[1] {
			t.Errorf("%q: %q, %q", in, reply, quote)
		}
	}
}
