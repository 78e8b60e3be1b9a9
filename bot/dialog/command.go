package dialog

import (
	"slices"
	"strings"

	"zujian/knowledge/rule"
)

type action func(*Machine, Session) (Session, Reply)

// commands are the words that steer the conversation, taken only when they are
// the whole message.
var commands = []struct {
	words []string
	do    action
}{
	{[]string{"退出", "结束", "不问了", "取消", "算了", "停", "结束对话", "算了不问了", "先不弄了", "不弄了", "先不问了", "先这样", "先这样吧",
		"改天再说", "回头再说", "不用了", "先到这", "先到这里", "不搞了", "先放放", "算了吧"}, (*Machine).quit},
	{[]string{"谢谢", "谢谢您", "谢谢了", "多谢", "谢了", "好的谢谢", "知道了谢谢", "感谢", "明白了谢谢", "辛苦了", "谢谢啊"}, (*Machine).thanks},
	{[]string{"组建", "组建妇联", "我要组建", "换一家", "下一家", "另一家", "再来一家", "再问一家", "还有一家", "换个单位", "换一个", "问下一家", "新的一家", "再看一家"}, (*Machine).anew},
	{[]string{"重来", "重新来", "重新开始", "从头来", "重新问", "再来一遍"}, (*Machine).again},
	{[]string{"上一步", "返回", "上一题", "退一步", "回上一步", "返回上一步", "上一个问题"}, (*Machine).backOne},
	{[]string{"跳过", "下一题", "略过", "这个跳过", "先跳过", "不清楚", "不知道", "不晓得", "说不准", "不确定", "不太清楚", "我不清楚", "没统计",
		"不好说", "还不清楚", "不了解", "记不清", "不详"}, (*Machine).unsure},
	{[]string{"为什么问这个", "为啥问这个", "问这个干什么", "问这个干嘛", "为什么要问", "为什么问", "为啥问", "为什么要问这个", "问这个做什么", "啥",
		"啥呀", "什么", "什么呀", "啥意思", "什么意思", "没懂", "不懂", "看不懂", "听不懂", "不明白", "没看懂", "没听懂", "这是问啥",
		"问的啥"}, (*Machine).whyAsk},
	{[]string{"为什么是这个结论", "为什么", "为啥", "依据", "理由", "为什么这么说", "依据是什么", "怎么得出的", "凭什么", "为什么是这样", "依据呢", "看依据", "全部依据"}, (*Machine).whyThis},
	{[]string{"导出", "导出结论", "复制", "留底", "导出来"}, (*Machine).export},
	{[]string{"结论", "先给结论", "看结论", "直接给结论"}, (*Machine).sofar},
}

func command(text string) action {
	t := bare(text)
	for _, c := range commands {
		if slices.Contains(c.words, t) {
			return c.do
		}
	}
	return nil
}

// bare takes away blanks and the punctuation around a message.
func bare(text string) string {
	return strings.Trim(text, " \t\r\n\u3000\u00a0。.，,！!？?；;：:、“”\"'~～…")
}

func (m *Machine) quit(s Session) (Session, Reply) {
	s.Ended = true
	return s, Reply{Text: "好的，这次先到这里，没有留下您单位的名称和人名。要重新问，请回“组建”。", Ended: true}
}

func (m *Machine) again(s Session) (Session, Reply) {
	return m.put(Session{At: s.At}, "好的，从头来。")
}

func (m *Machine) backOne(s Session) (Session, Reply) {
	t, ok := s.back()
	if !ok {
		return m.put(s, "已经是第一步了。")
	}
	return m.put(t, "好的，退回一步。")
}

func (m *Machine) unsure(s Session) (Session, Reply) {
	q := m.Open(s)
	if q == nil {
		return m.put(s, "")
	}
	return m.put(s.with(Answer{Fact: q.Fact, Value: rule.Unknown, Turn: s.Turn, Asked: true}), "")
}

func (m *Machine) whyAsk(s Session) (Session, Reply) {
	q := m.Open(s)
	if q == nil {
		return m.put(s, "没有要问的了。")
	}
	return m.put(s, q.Why)
}

func (m *Machine) whyThis(s Session) (Session, Reply) {
	q := m.Open(s)
	if q != nil {
		return m.put(s, q.Why)
	}
	r := rule.Decide(m.Book, s.Facts())
	return s, Reply{Text: m.Book.Explain(r), Recommendation: &r}
}

// sofar concludes from what there is; the open question stays open.
func (m *Machine) sofar(s Session) (Session, Reply) {
	q := m.Open(s)
	if q == nil {
		return m.put(s, "")
	}
	r := rule.Decide(m.Book, s.Facts())
	return s, Reply{Text: lines(r.Short, r.Open, "还想问一句："+q.Question), Question: q}
}

func (m *Machine) export(s Session) (Session, Reply) {
	r := rule.Decide(m.Book, s.Facts())
	text := lines(
		"妇联组织组建建议（"+s.At.Format("2006年1月2日")+"）",
		"单位情况："+m.Book.Describe(s.Facts())+"。",
		r.Short, "依据：", m.Book.Explain(r),
	)
	return s, Reply{Text: text, Question: m.Open(s), Recommendation: &r}
}
