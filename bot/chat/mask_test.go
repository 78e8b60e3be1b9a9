package chat

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
		"138，1234，5678":             "［电话］",
		"138,1234,5678找我":           "［电话］找我",
		"1\u200b381234\u2060 5678":  "［电话］",
		"１３８ 1234 ５６７８":             "［电话］",
		"我电话幺三八零一二三四五六七":            "我电话［电话］",
		"周一一三八零零一一二二三三打":            "周一［电话］打",
		"一三八，零零一一，二二三三":             "［电话］",
		"①③⑧①②③④⑤⑥⑦⑧":               "［电话］",
		"1️⃣3️⃣8️⃣12345678":         "［电话］",
		"邮箱zhangsan@qq.com发我":       "邮箱［邮箱］发我",
		"护照E12345678要填吗":            "护照［证件号］要填吗",
		"车牌陕A12345":                 "车牌［车牌］",
		"京AD12345的新能源车":             "［车牌］的新能源车",
		"我微信号是xiaomei1988":          "我微信号是［号码］",
		"我叫陈小梅，住在幸福小区3号楼2单元501":     "我叫［姓名］，住在［住址］",
		"我家住城关镇南街村五组门牌27号":          "我家住［住址］",
		"我叫你去查一下":                   "我叫你去查一下",
		"公司住所在建设路12号":               "公司住所在建设路12号",
		"1,3,5,7,9,11,13,15,17":     "1,3,5,7,9,11,13,15,17",
		"100,200,300,400,500,600":   "100,200,300,400,500,600",
		"第一、二、三、四、五、六、七、八、九点":       "第一、二、三、四、五、六、七、八、九点",
		"二〇二六年三月八日一共一百三十五人":         "二〇二六年三月八日一共一百三十五人",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskLeavesNoMobile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
		number = spelled(number, rapid.IntRange(0, len(spellings)).Draw(t, "spelling"))
		around := rapid.StringMatching(`[a-z丈-龥，。 ]{0,6}`)
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

// spellings are ways to write the ten digits.
var spellings = []string{"０１２３４５６７８９", "零一二三四五六七八九", "〇幺二三四五六七八九", "⓪①②③④⑤⑥⑦⑧⑨", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹"}

// spelled writes a number in one of the spellings; beyond them, as it is.
func spelled(number string, way int) string {
	if way >= len(spellings) {
		return number
	}
	digits := []rune(spellings[way])
	return strings.Map(func(r rune) rune { return digits[r-'0'] }, number)
}

func TestOfficesAreNoPersons(t *testing.T) {
	for in, want := range map[string]bool{
		"0912-3521234是区妇联的值班电话吗": false,
		"报名表发到nvgong@163.com对吗":  false,
		"有问题打12338还是110":         false,
		"地址是滨河路28号行政中心3号楼412室":   false,
		"我家电话0912-3521234":       true,
		"zhangsan@qq.com加我":      true,
		"值班室李姐13812345678":       true,
	} {
		if got := GivesPersonal(in); got != want {
			t.Errorf("%s: %v", in, got)
		}
	}
}
