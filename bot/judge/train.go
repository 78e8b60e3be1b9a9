package judge

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zujian/bot/engine"
	"zujian/bot/office"
	"zujian/knowledge"
)

// Lesson is what is learned from, and what becomes of it.
type Lesson struct {
	Sets   []string // folders with docs and questions.jsonl, or files of questions on the first folder's documents
	Output string   // where the weights are written; empty: only the figures
	Check  bool     // the figures of the weights there are
	Alone  []string // sets whose documents are held one by one as well
	Held   string   // a set that is examined and not learned from
}

// Learn learns the weights from judged questions, says how well they do on those
// left out, and writes them. Each folder is held by itself beside the office's own
// documents, as an office would; questions on those are asked beside the first folder
// before them, or alone.
func (c Lesson) Learn(p *office.Office) error {
	var lessons []*engine.Lesson
	var beside []string // the first folder's documents
	for _, s := range c.Sets {
		folders, questions := setIn(s, beside)
		if beside == nil {
			beside = folders
		}
		some, err := measured(p, folders, questions)
		if err != nil {
			return err
		}
		lessons = append(lessons, some...)
	}
	for _, s := range c.Alone {
		some, err := measuredAlone(p, s)
		if err != nil {
			return err
		}
		lessons = append(lessons, some...)
	}
	switch {
	case c.Check:
		return c.check(p, lessons)
	case c.Held != "":
		return c.examine(p, lessons, beside)
	}
	return c.learn(p, lessons)
}

// measuredAlone measures the questions of a set with each document held alone
// beside the office's own, as by an office that has but one notice.
func measuredAlone(p *office.Office, set string) ([]*engine.Lesson, error) {
	folder, questions := setIn(set, nil)
	judged, err := judgedIn(questions)
	if err != nil {
		return nil, err
	}
	documents, err := documentsIn(folder[0])
	if err != nil {
		return nil, err
	}
	var out []*engine.Lesson
	for _, d := range documents {
		l, err := p.Library()
		if err != nil {
			return nil, err
		}
		if err := l.Add(d); err != nil {
			return nil, office.Refuse("%v", err)
		}
		own := slices.DeleteFunc(slices.Clone(judged), func(j engine.Judged) bool { return j.Document != d.ID })
		some, err := measuredOver(p, l, own)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// setIn gives where a set has its documents and its questions; one that is a file
// of questions is asked beside other documents.
func setIn(set string, beside []string) (folders []string, questions string) {
	if info, err := os.Stat(set); err == nil && info.IsDir() {
		return []string{filepath.Join(set, "docs")}, filepath.Join(set, "questions.jsonl")
	}
	return beside, set
}

// examine learns from the lessons and says how well that does on a set of which
// nothing was learned, held beside the first folder.
func (c Lesson) examine(p *office.Office, lessons []*engine.Lesson, beside []string) error {
	folders, questions := setIn(c.Held, nil)
	held, err := measured(p, append(folders, beside...), questions)
	if err != nil {
		return err
	}
	away, home := engine.Apart(engine.DecisionCases(lessons, engine.ByDocument(lessons)))
	m := engine.LearnRanking(lessons)
	m.Decide, m.Home = engine.LearnDecision(away, engine.WantedRates), engine.LearnDecision(home, engine.HomeRates)
	all, parts := engine.Rank(m, held, func(l *engine.Lesson) string { return l.Kind })
	printRankings(p, all, parts)
	printDecisions(p, "没有学过的", engine.Decided(m, held))
	return nil
}

// measured reads judged questions and measures them over the documents that are
// held and those of the folders.
func measured(p *office.Office, folders []string, questions string) ([]*engine.Lesson, error) {
	judged, err := judgedIn(questions)
	if err != nil {
		return nil, err
	}
	l, err := besideDocuments(p, folders)
	if err != nil {
		return nil, err
	}
	return measuredOver(p, l, judged)
}

// judgedIn reads judged questions; those that name no document are on the speech.
func judgedIn(questions string) ([]engine.Judged, error) {
	data, err := office.ReadFile(questions)
	if err != nil {
		return nil, err
	}
	judged, err := engine.ReadJudged(bytes.NewReader(data))
	if err != nil {
		return nil, office.Refuse("文件 %s：%v", questions, err)
	}
	for i := range judged {
		if judged[i].Document == "" {
			judged[i].Document = "speech"
		}
	}
	return judged, nil
}

// measuredOver measures judged questions over a library.
func measuredOver(p *office.Office, l *knowledge.Library, judged []engine.Judged) ([]*engine.Lesson, error) {
	a, err := answererBeside(p, l)
	if err != nil {
		return nil, err
	}
	lessons, err := a.Engine().Measure(p.Ctx, judged, func(done, of int) {
		if done%50 == 0 || done == of {
			fmt.Fprintf(p.Err, "\r量题目 %d/%d   ", done, of)
		}
	})
	fmt.Fprintln(p.Err)
	if err != nil {
		return nil, office.Refuse("%v", err)
	}
	return lessons, nil
}

func (c Lesson) check(p *office.Office, lessons []*engine.Lesson) error {
	m, err := engine.ShippedModel()
	if err != nil {
		return office.Refuse("%v", err)
	}
	all, parts := engine.Rank(m, lessons, (*engine.Lesson).Part)
	printRankings(p, all, parts)
	return nil
}

func (c Lesson) learn(p *office.Office, lessons []*engine.Lesson) error {
	all, parts := engine.CrossValidate(lessons, engine.ByDocument(lessons), (*engine.Lesson).Part)
	fmt.Fprintln(p.Out, "按文件轮流留出：")
	printRankings(p, all, parts)
	byPart, each := engine.CrossValidate(lessons, engine.ByPart(lessons), (*engine.Lesson).Part)
	fmt.Fprintln(p.Out, "按部分轮流留出：")
	printRankings(p, byPart, each)
	cases := engine.DecisionCases(lessons, engine.ByDocument(lessons))
	away, home := engine.Apart(cases)
	figures, _ := engine.TryDecision(away, engine.WantedRates, 5)
	printDecisions(p, "通知在前", figures)
	own, _ := engine.TryDecision(home, engine.HomeRates, 5)
	printDecisions(p, "讲话在前", own)
	if c.Output == "" {
		return nil
	}
	m := engine.LearnRanking(lessons)
	m.Decide, m.Home = engine.LearnDecision(away, engine.WantedRates), engine.LearnDecision(home, engine.HomeRates)
	m.Figures = map[string]float64{"first": all.First, "any": all.Three, "shown": all.Five, "document": all.Document,
		"sure, right": figures.Right, "sure, wrong": figures.Wrong, "sure, nothing answers": figures.False,
		"home: sure, right": own.Right, "home: sure, wrong": own.Wrong, "home: sure, nothing answers": own.False}
	for _, s := range c.Sets {
		m.On = append(m.On, filepath.Base(strings.TrimRight(s, "/")))
	}
	data, err := engine.WriteModel(m, p.Now())
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Output, data, 0o644); err != nil {
		return office.Refuse("权重写不进 %s：%v", c.Output, err)
	}
	fmt.Fprintf(p.Out, "权重写进了 %s，%d 项。\n", c.Output, len(m.Rank))
	return nil
}
