package judge

import (
	"fmt"
	"slices"

	"zujian/bot/answer"
	"zujian/bot/engine"
	"zujian/bot/office"
	"zujian/index"
)

// howFar says how much of the evidence an answer had.
func howFar(v answer.Verdict) string {
	switch {
	case v.First:
		return "第一条对，依据不全"
	case v.Any:
		return "第一条不对，后面有对的"
	case v.Shown:
		return "对的只在相关里"
	}
	return "没有亮出来"
}

func printWrong(p *office.Office, wrong []answer.Verdict) {
	for _, v := range wrong {
		fmt.Fprintf(p.Err, "%s %s 应%s 得%s，%s：%v\n", v.Case.ID, v.Case.Kind, v.Case.Expect, v.Answer.Status, howFar(v), v.Case.Turns)
	}
}

// Print writes the figures in words.
func (r Report) Print(p *office.Office) {
	if q := r.Questions; q != nil {
		printQuestions(p, "题目", *q)
	}
	if m := r.Model; m != nil {
		m.print(p)
	}
	for i, h := range r.Halves {
		printQuestions(p, []string{"单数行", "双数行"}[i], h)
	}
	if o := r.Organisations; o != nil {
		fmt.Fprintf(p.Out, "单位 %d 家：按事实全对 %.3f，按描述全对 %.3f，最多问 %d 个问题，平均 %.2f 个\n",
			o.N, o.FromFacts, o.FromDescription, o.MostQuestions, o.MeanQuestions)
	}
	for _, s := range r.Retrieval {
		printRetrieval(p, s)
		if s.Plain != nil {
			printRetrieval(p, *s.Plain)
		}
		for _, x := range s.Meanings {
			printRetrieval(p, x)
		}
		for _, h := range s.Halves {
			printRetrieval(p, h)
		}
	}
}

func printRetrieval(p *office.Office, s index.Report) {
	fmt.Fprintf(p.Out,
		"检索 %s，%d 问：hit@1 %.3f，hit@5 %.3f，hit@10 %.3f，MRR@10 %.3f，recall@10 %.3f，p50 %.1f ms，p99 %.1f ms，每秒建 %.0f 条，索引 %.0f MB\n",
		s.Set, s.N, s.Hit1, s.Hit5, s.Hit10, s.MRR10, s.Recall10, s.P50, s.P99, s.IndexPerS, s.IndexMB)
}

func printQuestions(p *office.Office, name string, q answer.Report) {
	fmt.Fprintf(p.Out, "%s %d 道：第一条对 %.3f，有一条对 %.3f，依据全 %.3f，亮出 %.3f，有把握 %.3f，该说没有的说了 %.3f，误答 %.3f，中位 %.2f 毫秒，99%% 在 %.2f 毫秒内\n",
		name, q.N, q.First, q.Any, q.All, q.Shown, q.Sure, q.Refused, q.FalseAnswers, q.P50, q.P99)
}

func printRankings(p *office.Office, all engine.Ranking, parts map[string]engine.Ranking) {
	line := func(name string, r engine.Ranking) {
		fmt.Fprintf(p.Out, "%s %d 道：第一条对 %.3f，前三条有 %.3f，前五条有 %.3f，文件对 %.3f\n", name, r.N, r.First, r.Three, r.Five, r.Document)
	}
	line("全部", all)
	var names []string
	for n := range parts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		line("　"+n, parts[n])
	}
}

func printDecisions(p *office.Office, name string, f engine.DecisionFigures) {
	fmt.Fprintf(p.Out, "判断，%s（轮流留出，有答案 %d 道，没有 %d 道）：有把握而且对 %.3f，有把握却错 %.3f，没有却有把握 %.3f，没有也说没有 %.3f\n",
		name, f.Answerable, f.Others, f.Right, f.Wrong, f.False, f.Refused)
}
