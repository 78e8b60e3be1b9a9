package chat

import "testing"

// TestMaskKept masks the name behind a word that announces one, in whatever
// writing a number is, and leaves what only looks like it.
func TestMaskKept(t *testing.T) {
	for in, want := range map[string]string{
		"我是陈玉珍，在东河厂上班":         "我是［姓名］，在东河厂上班",
		"我叫刁春花，想问组建":           "我叫［姓名］，想问组建",
		"姓名：阿依古丽·买买提":          "姓名：［姓名］",
		"我叫什么都行":               "我叫什么都行",
		"我叫大家去":                "我叫大家去",
		"她叫孙丽萍":                "她叫［姓名］",
		"负责人叫吴翠莲。女工多":          "负责人叫［姓名］。女工多",
		"联系人：周美玲 电话另给":         "联系人：［姓名］ 电话另给",
		"家庭地址是光明巷5号":           "家庭地址是［住址］",
		"壹叁捌壹贰叁肆伍陆捌叁":          "［电话］",
		"幺三八幺两个号":              "幺三八幺两个号",
		"幺三拐幺洞洞四五勾八三":          "［电话］",
		"我是高新区，两家律所":           "我是高新区，两家律所",
		"我是程序员，想问问":            "我是程序员，想问问",
		"负责人是党员":               "负责人是党员",
		"负责人是女同志，有支部":          "负责人是女同志，有支部",
		"第壹条、第贰条":              "第壹条、第贰条",
		"我们单位地址在开发区，归谁管":       "我们单位地址在开发区，归谁管",
		"她是王书记的同事":             "她是王书记的同事",
		"我住建设路66号，归哪个社区妇联管":    "我住［住址］，归哪个社区妇联管",
		"地址：建设路66号行政中心，材料交到那里": "地址：建设路66号行政中心，材料交到那里",
	} {
		got := MaskKept(in)
		if got != want {
			t.Errorf("%s → %s, want %s", in, got, want)
		}
		if again := MaskKept(got); again != got {
			t.Errorf("%s changes again to %s", got, again)
		}
	}
}
