package answer

import "testing"

// TestVerdict gives a yes or no only where one stretch of a clause says one thing
// of the very act that is asked.
func TestVerdict(t *testing.T) {
	a := newAnswerer(t, false)
	for _, x := range []struct{ question, clause, want string }{
		{"食堂的剩菜能不能带回家", "用餐应当节约，不得将剩菜带回家。", "不能"},
		{"叫邻居代签行不行", "签收须本人到场，不得由他人代签。", "不可以"},
		{"外地户口可以报名吗", "外地户籍人员可以报名，凭居住证办理。", "可以"},
		{"志愿服务时长算不算加分", "志愿服务时长不计入加分。", "不算"},
		{"培训要不要交培训费", "参加培训的学员不用交培训费。", "不用"},
		{"参加合唱团是不是必须唱得好", "提倡唱得好的妇女参加合唱团。", "不是必须"},
		{"讲课有没有津贴", "单位内部人员讲课的，不安排津贴。", "没有"},
		// an exception, a condition, a number that the question does not have, another act
		{"外地户口可以报名吗", "外地户籍人员不得报名，但在本地就业的除外。", ""},
		{"满六十岁的能不能报名", "年满七十周岁的，不得报名。", ""},
		{"住了四个月就搬走，押金要退吗", "住满六个月以上搬走的不退，不满六个月的按月折算退回。", ""},
		{"合作社能不能牵头", "如不能单独办的，由合作社牵头。", ""},
		{"街道要管这些店吗", "不需要登记的小店，街道要管起来。", ""},
		{"能不能借用会议室", "会议室不得用于举办婚宴。", ""},
		{"能不能带孩子", "可以提前预约，不得带宠物。", ""},
		{"报名截止到几号，能不能延期", "报名不得延期。", ""},
		{"不交材料行不行", "材料不得缺少。", ""},
	} {
		got := ""
		if asked := yesNo(x.question); asked != "" {
			if s, sure := a.decisive(x.question, x.clause); sure {
				got = s.answers(asked)
			}
		}
		if got != x.want {
			t.Errorf("%s of %s: %q, want %q", x.question, x.clause, got, x.want)
		}
	}
}

// TestPieces cuts a long sentence to what answers, and leaves no limit and no
// explanation out.
func TestPieces(t *testing.T) {
	a := newAnswerer(t, false)
	const sentence = "各村要备好桌椅，村医负责量血压，血压超过一百六十的，由村医当天送到镇卫生院，但孕妇除外；要做到“两个到位”，即人员到位，药品到位。"
	for _, x := range []struct{ question, want string }{
		{"谁来量血压", "村医负责量血压，血压超过一百六十的，由村医当天送到镇卫生院，但孕妇除外"},
		{"血压超过一百六十的送到哪", "村医负责量血压，血压超过一百六十的，由村医当天送到镇卫生院，但孕妇除外"},
		{"两个到位要做到啥", "要做到“两个到位”，即人员到位，药品到位"},
	} {
		if got := a.piecesOf(x.question, sentence, 40, true); got != x.want {
			t.Errorf("%s: %q, want %q", x.question, got, x.want)
		}
	}
}
