package rule

import (
	"strings"

	"zujian/knowledge/text"
)

// Dialects deny with their own words. They are put into the common ones before
// anything is read, so that each fact's reading knows one set only. A negator
// before a word for “at” denies the place, one that means 没有 denies a thing,
// and the rest only count before a verb, as 弗 and 勿 stand in names too.
var dialects = []struct {
	from *text.Pattern
	to   string
}{
	{text.NewPattern(`(?:唔系|毋是|弗是|勿是|勿系|唔是|毋系)`), "不是"},
	{text.NewPattern(`(?:唔|毋|勿|弗|冇得|冇有|冇|嘸没|嘸|呒没|呒|莫得|没得|木得|木有|莫)(?:勒拉|勒海|勒浪|来拉|来海|勒|喺|佇|伫|搁|嘞|拉|来|在)`), "不在"},
	{text.NewPattern(`(?:无|没|不)(?:喺|佇|伫|搁|勒拉|勒海)`), "不在"},
	{text.NewPattern(`(?:冇得|冇有|冇|嘸没|嘸不|嘸|呒没|呒不|呒|莫得|没得|木得|木有|弗有|唔有|毋有|勿有|无得)`), "没有"},
	{text.NewPattern(`(?:唔|毋|勿|弗)(属|归|算|够|多|清|知|晓|进|入|登|建|成|懂|愿|肯|管|曾|到)`), "不$1"},
	{text.NewPattern(`[喺佇伫]`), "在"},
	{text.NewPattern(`(?:哪里有|哪儿有|哪有|哪来|何来|上哪儿?找)(?:什么|啥|的)?`), "没有"}, // 哪有什么支部 asks nothing
	{text.NewPattern(`(?:没有|没|无)(?:哪)?一[家个户](?:单位|企业)?(?:有|建了?|成立了?|设了?)`), "都没有"},
}

var written = strings.NewReplacer("嘅", "的", "廿", "二十", "卅", "三十",
	"壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九",
	"拾", "十", "佰", "百", "仟", "千")

// plain puts dialect and formal numerals into common words.
func plain(text string) string {
	text = written.Replace(text)
	for _, d := range dialects {
		text = d.from.ReplaceAllString(text, d.to)
	}
	return text
}
