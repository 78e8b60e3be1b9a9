package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zujian/bot/answer"
	"zujian/bot/engine"
	"zujian/bot/office"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// documentsIn reads every file of a folder as a document, its id the file's
// name. It fails with the file that cannot be read.
func documentsIn(folder string) ([]*knowledge.Document, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, office.Refuse("文件夹 %s 打不开：%v", folder, err)
	}
	var out []*knowledge.Document
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		data, err := readFile(filepath.Join(folder, f.Name()))
		if err != nil {
			return nil, err
		}
		d, err := parse.Parse(f.Name(), data)
		if err != nil {
			return nil, office.Refuse("%v", err)
		}
		d.ID, d.Validity = f.Name(), knowledge.InForce
		out = append(out, d)
	}
	return out, nil
}

// besideDocuments gives the documents that are held, and those of folders
// beside them.
func besideDocuments(p *office.Office, folders []string) (*knowledge.Library, error) {
	l, err := p.Library()
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		more, err := documentsIn(folder)
		if err != nil {
			return nil, err
		}
		for _, d := range more {
			if err := l.Add(d); err != nil {
				return nil, office.Refuse("%v", err)
			}
		}
	}
	return l, nil
}

// answererBeside makes an answerer over a library with its index in memory.
func answererBeside(p *office.Office, l *knowledge.Library) (*answer.Answerer, error) {
	w, err := p.ReadWords()()
	if err != nil {
		return nil, err
	}
	return p.InMemory(l, w)
}

type trainCmd struct {
	Sets   []string `arg:"" name:"文件夹或题目" help:"一个文件夹（里面有 docs 和 questions.jsonl），或者一个问讲话的题目文件"`
	Output string   `short:"o" placeholder:"文件" help:"权重写到哪里；不写就只报成绩"`
	Check  bool     `help:"只用现有的权重算一遍成绩，不重新学"`
	Alone  []string `help:"这几套里的文件，还一份一份单独收着量一遍" placeholder:"文件夹"`
	Held   string   `help:"学完再拿没有学过的一套来考，不轮流留出" placeholder:"文件夹"`
}

// Run learns the weights from judged questions, says how well they do on those
// left out, and writes them. Each folder is held by itself beside the office's own
// documents, as an office would; questions on those are asked beside the first folder
// before them, or alone.
func (c *trainCmd) Run(p *office.Office) error {
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
func (c *trainCmd) examine(p *office.Office, lessons []*engine.Lesson, beside []string) error {
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
	data, err := readFile(questions)
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

func (c *trainCmd) check(p *office.Office, lessons []*engine.Lesson) error {
	m, err := engine.ShippedModel()
	if err != nil {
		return office.Refuse("%v", err)
	}
	all, parts := engine.Rank(m, lessons, (*engine.Lesson).Part)
	printRankings(p, all, parts)
	return nil
}

func (c *trainCmd) learn(p *office.Office, lessons []*engine.Lesson) error {
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
