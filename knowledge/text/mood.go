package text

// Mood is what a clause does: state something, or only ask, plan, recall,
// suppose, report or doubt it. Only what is stated is a fact.
type Mood int

// The moods of a clause.
const (
	Stated   Mood = iota
	Asked         // 有没有, 啥叫, 吗
	Planned       // 打算, 筹建, 正在申请
	Past          // 以前, 原来
	Reported      // 听说, 据说
	Doubted       // 不清楚, 说不准, 没听说过
	Supposed      // 如果, 要是
)

var moods = []struct {
	mood Mood
	form *Pattern
}{
	{Doubted, NewPattern(`不清楚|说不准|不知道|不晓得|不确定|不好说|拿不准|吃不准|说不清|记不清|搞不清|弄不清|没听说过?|没打听|没核实|没问过|没底|没数|不详|不明|待核实|不太了解|不了解`)},
	{Asked, NewPattern(`[?？]|(?:吗|么|呢)$|有没有|有无|是不是|在不在|是否|能不能|要不要|算不算|(?:啥|什么|咋|怎么|哪)(?:叫|是|算|回事|样)|(?:是|叫)(?:啥|什么)|^(?:谁|哪)|(?:了没` +
		`|没有啊|不啊)$`)},
	{Supposed, NewPattern(`如果|要是|假如|万一|假设|倘若|的话`)},
	{Reported, NewPattern(`听说|据说|传说|有人说|听人讲|说是要`)},
	{Planned, NewPattern(`准备|打算|计划|拟(?:建|成立|组建|设|于|进|入|迁|搬)|筹建|筹备|申请成立|正在申请|报批|等批复?|批复还?没|(?:想|要|正在|将要?|即将|快要?|待)(?:建|成立|组建|设立|搬|进驻` +
		`|入驻|进)|还在(?:批|建|申请)`)},
	{Past, NewPattern(`以前|原来|原先|曾经|过去|早先|从前|早些年|前几年|那会儿|当年`)},
}

// MoodOf gives the mood of a clause; the first of the list above that shows
// wins, doubt before all.
func MoodOf(clause string) Mood {
	for _, m := range moods {
		if m.form.MatchString(clause) {
			return m.mood
		}
	}
	return Stated
}
