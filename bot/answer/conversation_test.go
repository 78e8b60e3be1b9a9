package answer

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// turnsOfAllSorts are questions, references, what is asked of a document
// itself, corrections and follow-ups.
var turnsOfAllSorts = []string{
	"园区里的企业建妇联归谁管", "律所谁来指导", "联合组建最多几家", "《在全市党建带妇建工作推进会上的讲话》还有效吗", "这个讲话的文号是多少",
	"讲话是哪天印发的", "第三点第二句是什么", "第九点说什么", "末段最后一句", "第二个呢", "前一个具体怎么做", "后者呢", "原话念一下", "出处在哪句",
	"不对，它在园区外面", "那没有党组织的呢", "为什么", "那谁来当主席", "多少钱", "四个带是哪四个", "两个负责是什么", "1", "3", "。", "👍", "好的谢谢",
	"《关于进一步推进非公有制经济组织和社会组织妇联组织组建工作的通知》写了什么", "《不存在的办法》第三条", "第十条之一", "按2022年的通知怎么说", "必须建妇联吗",
}

// TestConversations puts turns together at random, up to six, and holds that
// nothing panics and every quotation is verbatim.
func TestConversations(t *testing.T) {
	a := newAnswerer(t, false)
	random := rand.New(rand.NewPCG(5, 8))
	for range 40 {
		turns := make([]string, 2+random.IntN(5))
		for i := range turns {
			turns[i] = turnsOfAllSorts[random.IntN(len(turnsOfAllSorts))]
		}
		got := a.Answer(context.Background(), turns)
		for _, c := range slices.Concat(got.Citations, got.Related) {
			if !a.isVerbatim(c) {
				t.Errorf("%v: %q is not in %s", turns, c.Quote, c.Document)
			}
		}
		if got.Text == "" {
			t.Errorf("%v: nothing is said", turns)
		}
	}
}

// TestMetadataThenSecond is the sequence in which a citation that is no clause
// was taken for one.
func TestMetadataThenSecond(t *testing.T) {
	a := newAnswerer(t, false)
	for _, second := range []string{"第二个呢", "前一个具体怎么做", "原话", "为什么"} {
		if got := a.Answer(context.Background(), []string{"《在全市党建带妇建工作推进会上的讲话》还有效吗", second}); got.Text == "" {
			t.Errorf("%s: nothing is said", second)
		}
	}
}

// standsIn says whether a quotation stands in a document, or in what is known
// of it.
func (a *Answerer) standsIn(d *knowledge.Document, quote string) bool {
	if strings.Contains(d.Title+"\n"+d.Number+"\n"+d.DateLine+"\n"+d.Issuer, quote) {
		return true
	}
	for line := range strings.SplitSeq(quote, "\n") {
		whole := ""
		for _, c := range d.Clauses {
			whole += c.Text
		}
		if !strings.Contains(whole, line) {
			return false
		}
	}
	return true
}

func (a *Answerer) isVerbatim(c knowledge.Citation) bool {
	return slices.ContainsFunc(a.library.Documents, func(d *knowledge.Document) bool { return d.Title == c.Document && a.standsIn(d, c.Quote) })
}

// TestDegreeIsNotTakenFromOneSentence asks whether it is a must: no answer may
// rest on a word that one sentence lacks.
func TestDegreeIsNotTakenFromOneSentence(t *testing.T) {
	a := newAnswerer(t, false)
	for _, q := range []string{"必须建妇联吗", "建妇联是强制的吗", "是不是一定要建妇联", "非得成立妇联不可吗"} {
		if got := a.Answer(context.Background(), []string{q}); strings.Contains(got.Text, "没有写“") {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
}

// TestGapsSpeakOfWhatWasAsked holds that no gap is told whose own word is not in
// the question.
func TestGapsSpeakOfWhatWasAsked(t *testing.T) {
	a := newAnswerer(t, false)
	for q, never := range map[string]string{
		"需要什么材料": "账户", "怎么用": "牌子", "我想了解一下政策": "心理", "转人工": "福利", "有什么要注意的": "账户", "帮我看看这个": "福利",
	} {
		if got := a.Answer(context.Background(), []string{q}); strings.Contains(strings.SplitN(got.Text, "\n", 2)[0], never) {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
}

// TestNoQuestionIsDropped asks two things in one message.
func TestNoQuestionIsDropped(t *testing.T) {
	got := newAnswerer(t, false).Answer(context.Background(), []string{"园区里的企业建妇联归谁管？联合组建最多覆盖几家单位？"})
	var quotes string
	for _, c := range got.Citations {
		quotes += c.Quote
	}
	for _, want := range []string{"园区内的两新组织", "不超过5个"} {
		if !strings.Contains(quotes, want) {
			t.Errorf("nothing of %s in\n%s", want, got.Text)
		}
	}
}

// TestUnrelatedQuestionsAnswerAsAlone asks pairs of questions in a row that have
// nothing to do with each other: the second one, whole as it is, is answered as if
// it had been asked alone.
func TestUnrelatedQuestionsAnswerAsAlone(t *testing.T) {
	a := newAnswerer(t, false)
	random := rand.New(rand.NewPCG(18, 300))
	ways := a.pool.AskTexts()
	pairs := 300
	if testing.Short() {
		pairs = 30
	}
	for range pairs {
		first, second := ways[random.IntN(len(ways))], ways[random.IntN(len(ways))]
		if leans(a.clean(second)) || wordsAgain.MatchString(second) || ordinal.MatchString(second) {
			continue
		}
		alone, after := a.Answer(t.Context(), []string{second}), a.Answer(t.Context(), []string{first, second})
		if alone.Status == OutOfScope {
			continue // what is of no field by itself may lean on the one before
		}
		alone.Text = strings.Replace(alone.Text, "\n"+a.library.Document("speech").Note, "", 1) // said once
		if alone.Text != after.Text || alone.Status != after.Status {
			t.Errorf("%s, then %s:\n%s\nalone:\n%s", first, second, after.Text, alone.Text)
		}
	}
}

// TestSmallTalkQuotesNothing says none of what leans on an answer with a quotation
// where there is no answer, and looks through small talk to the question before it.
func TestSmallTalkQuotesNothing(t *testing.T) {
	a := newAnswerer(t, false)
	n := 0
	for _, messages := range smallTalk {
		for _, m := range messages {
			n++
			if got := a.Answer(t.Context(), []string{m}); len(got.Citations)+len(got.Related) > 0 || strings.Contains(got.Text, "讲话第") {
				t.Errorf("%s: %s", m, got.Text)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d turns", n)
	}
	const question = "联合组建最多覆盖几个单位"
	first := a.Answer(t.Context(), []string{question})
	shorter := a.Answer(t.Context(), []string{question, "谢谢", "说简单点"})
	if shorter.Text != first.Lead || utf8.RuneCountInString(shorter.Text) >= utf8.RuneCountInString(first.Text) {
		t.Errorf("shorter: %s", shorter.Text)
	}
	if again := a.Answer(t.Context(), []string{question, "好的", "再说一遍"}); again.Lead != first.Lead || !strings.HasPrefix(first.Text, again.Text) {
		t.Errorf("again: %s", again.Text)
	}
	if outside := a.Answer(t.Context(), []string{"园区里的企业归谁管", "谢谢", "那园区外的呢"}); len(outside.Citations) == 0 || !strings.Contains(outside.Citations[0].Quote, "园区外的两新组织") {
		t.Errorf("outside: %s", outside.Text)
	}
}

// TestALeaningTurnStaysWithItsNotice has a turn that leans on an answer from a notice
// and finds words in another only: they may be another office's.
func TestALeaningTurnStaysWithItsNotice(t *testing.T) {
	one, two := &knowledge.Document{ID: "one"}, &knowledge.Document{ID: "two"}
	shipped := &knowledge.Document{ID: "speech", Shipped: true}
	from := func(d *knowledge.Document) found {
		return found{status: Answered, cited: []ref{{doc: d}}, text: "答", lead: "答"}
	}
	for name, c := range map[string]struct {
		before, after *knowledge.Document
		want          Status
	}{"another notice": {one, two, Unsure}, "the same": {one, one, Answered}, "the office's own before": {shipped, one, Answered}} {
		got := new(Answerer).inPlace(from(c.before), from(c.after))
		if got.status != c.want || c.want == Unsure && (len(got.cited) > 0 || len(got.related) != 1 || got.text != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestALeaningTurnIsShownWhatItsNoticeHas has what is near in the notice that was
// spoken of shown, and nothing of another that came nearer.
func TestALeaningTurnIsShownWhatItsNoticeHas(t *testing.T) {
	f := nearOf(Unsure, 0.5, 0, 0.3, 3)
	spoken := *f.related[0].doc
	spoken.ID = "spoken of"
	f.related[1].doc, f.query = &spoken, "书屋押金收据谁保管"
	got := newAnswerer(t, false).inPlace(found{status: Answered, cited: []ref{{doc: &spoken}}}, f)
	if got.status != Unsure || len(got.related) != 1 || got.related[0].doc != &spoken || !strings.HasPrefix(got.text, "没有把握，可能是这一句：书屋押金由村委会保管（") {
		t.Errorf("%s %d: %s", got.status, len(got.related), got.text)
	}
}

// TestANumberOpensWhatWasListed holds what a number does: it opens what was listed, and
// says so where nothing was, or less.
func TestANumberOpensWhatWasListed(t *testing.T) {
	a := answererOver(t, officeLibrary(t))
	for _, c := range []struct {
		turns []string
		want  string
	}{
		{[]string{"1"}, sayNoneListed},
		{[]string{"你好", "2"}, sayNoneListed},
		{[]string{"联合组建最多覆盖几个单位", "1"}, "一般不超过5个"},
		{[]string{"活动经费怎么报销", "回1"}, "原文是："},
		{[]string{"活动经费怎么报销", "回9"}, "上面只列了"},
		{[]string{"活动经费怎么报销", "12"}, "上面只列了"},
		{[]string{"西山工业园妇联经费管理办法", "第二条"}, "2025年6月1日起施行"}, // a place, no choice
		{[]string{"联合组建最多覆盖几个单位", "为什么"}, sayNoReason},
	} {
		if got := a.Answer(t.Context(), c.turns); !strings.Contains(got.Text, c.want) {
			t.Errorf("%v: %s %s", c.turns, got.Status, got.Text)
		}
	}
}

// TestShorterStaysUnsure holds that what may be the answer is not told as the answer
// when it is asked for in short.
func TestShorterStaysUnsure(t *testing.T) {
	a, n := answererOver(t, officeLibrary(t)), 0
	for _, q := range []string{"活动经费怎么报销", "园区一年补助几百", "经费归谁审核", "园区办法哪天开始施行"} {
		got := a.Answer(t.Context(), []string{q})
		if got.Status != Unsure || got.Lead == "" {
			continue
		}
		n++
		short := a.Answer(t.Context(), []string{q, "说简单点"})
		if !strings.HasPrefix(got.Lead, sayLikely) || !strings.HasPrefix(short.Text, sayLikely) || !strings.HasPrefix(got.Text, strings.TrimSuffix(got.Lead, "。")) {
			t.Errorf("%s: %s\n%s\n%s", q, got.Lead, got.Text, short.Text)
		}
	}
	if n == 0 {
		t.Error("none of them is unsure")
	}
}

// TestALastAnswerIsNotGivenAgain asks after an answer for what a sentence near it has.
func TestALastAnswerIsNotGivenAgain(t *testing.T) {
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	d, err := parse.Parse("救助.txt", []byte("河口县困难妇女救助办法\n第一条　中央专项每人一次救助1万元。\n第二条　县级配套每人另发3000元。\n第三条　申请表交到村里。\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(d); err != nil {
		t.Fatal(err)
	}
	a := answererOver(t, l)
	got := a.Answer(t.Context(), []string{"河口困难妇女中央专项一次救助多少", "县级配套呢"})
	told := slices.Concat(got.Citations, got.Related)
	if len(told) == 0 || !strings.Contains(told[0].Quote, "3000元") {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}

// TestANarrowerQuestionIsAnother holds that the short answer to what is asked of one
// kind of 妇联 is not given to what is asked of all.
func TestANarrowerQuestionIsAnother(t *testing.T) {
	a := newAnswerer(t, false)
	for question, want := range map[string]bool{"是不是必须建": false, "行业妇联是不是必须建": true, "行业妇联必须建吗": true} {
		if got := a.saysAll(index.Normalise(question), "行业妇联是不是必须建"); got != want {
			t.Errorf("%s: %v", question, got)
		}
	}
}
