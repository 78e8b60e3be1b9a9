package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"打13812345678找我":            "打［电话］找我",
		"电话：138 1234 5678。":         "电话：［电话］。",
		"138-1234-5678":             "［电话］",
		"１３８１２３４５６７８":               "［电话］",
		"+86 13812345678":           "+［电话］",
		"0912-3456789":              "［电话］",
		"（0912）3456789":             "（［电话］",
		"010 8888 6666 转":           "［电话］ 转",
		"身份证11010519491231002X":     "身份证［证件号］",
		"110105 19491231 002x，女":    "［证件号］，女",
		"130503670401001":           "［证件号］",
		"卡号6222021234567890123":     "卡号［号码］",
		"2023年第15条，共50人":            "2023年第15条，共50人",
		"打12338或者110":               "打12338或者110",
		"第1点第3句 1.2.3":              "第1点第3句 1.2.3",
		"13812345678 13912345678":   "［电话］ ［电话］",
		"13812345678、0912-34567890": "［电话］、［电话］",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskLeavesNoMobile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
		around := rapid.StringMatching(`[a-z一-龥，。 ]{0,6}`)
		s := around.Draw(t, "before") + number + around.Draw(t, "after")
		once := Mask(s)
		if strings.Contains(once, number) {
			t.Fatalf("%q kept the number: %q", s, once)
		}
		if Mask(once) != once {
			t.Fatalf("masking %q again changed it", once)
		}
	})
}
