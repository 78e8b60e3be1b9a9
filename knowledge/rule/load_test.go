package rule

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"zujian/knowledge/rules"
)

// tiny is a whole book of its own, one line for each thing that can be broken.
const tiny = `layers:
  - {id: scope, name: 范围, optional: true}
  - {id: owner, name: 责任主体}
  - {id: push, name: 内部推动, exclusive: true}
  - {id: guide, name: 外部指导, optional: true, exclusive: true}
  - {id: form, name: 形式, optional: true}
  - {id: head, name: 负责人, optional: true}
facts:
  - {id: kind, name: 类型, question: 哪一类？, why: 要分, values: [{value: 企业, say: [企业]}, {value: 协会, say: [协会]}]}
  - {id: party_org, name: 党组织, question: 有没有？, why: 要分, values: [{value: "yes"}, {value: "no"}]}
  - {id: units, name: 家数, question: 几家？, why: 要分, number: true}
rules:
  - id: owner
    layer: owner
    when: {always: true}
    result: 本级妇联
    given: 所有
    document: speech
    sentence: 各级妇联是当之无愧的责任主体
  - id: own
    layer: push
    when: {fact: party_org, value: "yes"}
    result: 本单位党组织
    given: 有
    document: speech
    sentence: 两新组织已建立党组织的,党组织负责推动建立妇联组织
  - id: upper
    layer: push
    when: {fact: party_org, value: "no"}
    result: 上级党组织
    given: 没有
    document: speech
    sentence: 上级党组织要负责督促指导建立妇联组织
    to: 2030-12-31
`

// TestLoadRefuses breaks the book in one place each and wants the line, a
// column and an explanation. The broken place is the line that holds the mark.
func TestLoadRefuses(t *testing.T) {
	tiny := strings.Replace(tiny, "    to: 2030-12-31\n", "", 1)
	docs := documents(t)
	if _, err := Load(File{"本地.yaml", []byte(tiny)}, docs); err != nil {
		t.Fatalf("the whole book: %v", err)
	}
	for _, c := range []struct{ name, old, new, mark, want string }{
		{"unknown fact", `{fact: party_org, value: "yes"}`, `{fact: partyorg, value: "yes"}`, "partyorg", "没有叫“partyorg”的事实，现有的是：kind、party_org、units"},
		{"unknown value", `{fact: party_org, value: "no"}`, `{fact: party_org, value: nope}`, "nope", "没有“nope”这个值"},
		{"unknown group", `{fact: party_org, value: "no"}`, `{fact: party_org, group: 某类}`, "某类", "没有一个值属于“某类”"},
		{"not a number", `{fact: party_org, value: "no"}`, `{fact: party_org, above: 5}`, "above", "不是数字"},
		{"no condition", `{fact: party_org, value: "no"}`, `{said: true}`, "said", "条件只能有一种写法"},
		{"two shapes", `{fact: party_org, value: "no"}`, `{always: true, fact: party_org, value: "no"}`, "always: true, fact", "条件只能有一种写法"},
		{"empty all", `{fact: party_org, value: "no"}`, `{all: []}`, "all:", "至少要有一个条件"},
		{"sentence", "上级党组织要负责督促指导建立妇联组织", "上级党组织必须建立妇联组织", "必须", "里没有这句话"},
		{"document", "document: speech\n    sentence: 上级", "document: notice\n    sentence: 上级", "notice", "没有编号是“notice”的文件"},
		{"layer", "layer: push\n    when: {fact: party_org, value: \"no\"}", "layer: pull\n    when: {fact: party_org, value: \"no\"}", "pull", "没有叫“pull”的层"},
		{"never fires", `{fact: party_org, value: "no"}`, `{all: [{fact: party_org, value: "no"}, {fact: party_org, value: "yes"}]}`, "all:", "规则“upper”永远不会用上"},
		{"never fires by date", "result: 上级党组织", "result: 上级党组织\n    from: 2031-01-01\n    to: 2030-12-31", "from", "from 在 to 之后"},
		{"bad date", "result: 上级党组织", "result: 上级党组织\n    to: 2030年底", "id: upper", "“2030年底”要写成"},
		{"empty layer", `{fact: party_org, value: "no"}`, `{all: [{fact: party_org, value: "no"}, {fact: kind, value: 企业}]}`, "id: upper", "“内部推动”这一层没有结果：kind=协会，party_org=no"},
		{"empty from a day on", "result: 上级党组织", "result: 上级党组织\n    to: 2030-12-31", "id: own\n", "这一层没有结果：party_org=no"},
		{"contradiction", `{fact: party_org, value: "no"}`, `{always: true}`, "id: upper", "“upper”和“own”给出不同的结果，又没有写明两可"},
		{"unknown key", "given: 没有", "gaven: 没有", "gaven", "不认识的键“gaven”"},
		{"wrong type", "optional: true, exclusive: true}", "optional: 也许}", "也许", "要的是true 或者 false"},
		{"double key", "given: 没有", "given: 没有\n    given: 也没有", "given: 也没有", "键“given”重复"},
		{"not YAML", "{always: true}", "{always: true", "", "YAML 写得不对"},
		{"double rule", "id: upper", "id: own\n    modality: 要", "id: own\n    modality", "也不能重复：“own”"},
		{"no result unsaid", "result: 上级党组织", `result: ""`, "id: upper", "要在 inference 里说明"},
		{"fact without question", "question: 几家？, ", "", "id: units", "要写 name、question 和 why"},
		{"value said twice", "say: [协会]", "say: [企业]", "id: kind", "“企业”同时是"},
		{"double fact", "id: units", "id: kind", "id: kind, name: 家数", "也不能重复：“kind”"},
		{"layer missing", "  - {id: head, name: 负责人, optional: true}\n", "", "", "layers 里缺“head”"},
		{"double layer", "id: head,", "id: form,", "", "“form”写了两次"},
		{"name of no result", "rules:", "names: {上级支部: 某某}\nrules:", "names", "“上级支部”不是任何规则的结果"},
		{"words nobody reads", "rules:", "words: {parks: [园区]}\nrules:", "words", "没有叫“parks”的词表"},
		{"headcount below one", "rules:", "headcount: {women: 0, document: speech, sentence: x}\nrules:", "headcount", "正整数"},
		{"headcount without source", "rules:", "headcount: {women: 20, document: speech, sentence: 女性满20人}\nrules:", "headcount", "里没有这句话"},
		{"tie without words", "rules:", "ties: [{id: t, layer: push, when: {always: true}}]\nrules:", "ties", "要写 say"},
		{"also", "say: [协会]", "say: [协会], also: {party_org: 也许}", "id: kind", "不是已有的事实和值"},
		{"presume", "number: true", "number: true, presume: {value: 许多}", "id: units", "presume 值“许多”"},
		{"option", "id: kind,", "id: kind, options: [{say: 店, value: 店}],", "id: kind", "指的值“店”不在 values 里"},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(tiny, c.old, c.new, 1)
			if broken == tiny {
				t.Fatal("nothing is broken")
			}
			_, err := Load(File{"本地.yaml", []byte(broken)}, docs)
			refused(t, err, "本地.yaml", lineOf(broken, c.mark), c.want)
		})
	}
}

func lineOf(text, mark string) int {
	i := strings.Index(text, mark)
	if mark == "" || i < 0 {
		return 0
	}
	return 1 + strings.Count(text[:i], "\n")
}

var place = regexp.MustCompile(`第(\d+)行第(\d+)列：`)

// refused wants the file, the line (0 for any) and the explanation.
func refused(t *testing.T, err error, file string, line int, want string) {
	t.Helper()
	if err == nil {
		t.Fatal("it was taken")
	}
	m := place.FindStringSubmatch(err.Error())
	if m == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("got %q, want a place and %q", err, want)
	}
	if line > 0 && (m[1] != fmt.Sprint(line) || m[2] == "0" || !strings.HasPrefix(err.Error(), file)) {
		t.Errorf("%q is not at line %d of %s", err, line, file)
	}
}

// TestOverlay lays an office's own file over the rules that ship.
func TestOverlay(t *testing.T) {
	b := shipped(t, File{"own.yaml", []byte(`
facts:
  - id: kind
    values:
      - {value: 民办剧团, industry: 文旅, groups: [实体性社会组织], say: [民办剧团, 私人剧团]}
      - {value: 律师, say: [法律服务所]}
names: {行业综合党委: 市委社会工作部牵头, 园区: 高新区党工委}
contact: 妇联组织部电话见通讯录
words: {park: [智谷]}
rules:
  - id: head-union
    layer: head
    when: {fact: union_women_committee, value: "yes"}
    result: 与女职工委员会分设并用
    given: 已经成立工会女职工委员会（本地）
    document: speech
    sentence: 妇联组织可以与工会女职工委员会机构分设、人员并用
    from: 2026-01-01
`)})
	r := Decide(b, b.Read("智谷里一家私人剧团，有党支部").Facts)
	if strings.Join(r.Guide, " ") != "行业综合党委 园区" || !strings.Contains(r.Text, "行业综合党委（市委社会工作部牵头）") {
		t.Errorf("the new industry: %v\n%s", r.Guide, r.Text)
	}
	if got := b.Read("一家法律服务所").Facts[kindFact]; got != "律师" {
		t.Errorf("a new word for a kind is read as %q", got)
	}
	if got := b.Read("国有控股公司").Facts; !strings.Contains(Decide(b, got).Text, "通讯录") {
		t.Errorf("the contact is not given: %s", Decide(b, got).Text)
	}
	union := Facts{kindFact: "企业", "union_women_committee": "yes"}
	before, after := b.On(day("2025-12-31")), b.On(day("2026-01-01"))
	if n, m := len(Decide(before, union).Head), len(Decide(after, union).Head); n != 0 || m != 1 {
		t.Errorf("the rule in its place holds before its day (%d) or not after (%d)", n, m)
	}
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// TestHeadcount sets a number with a sentence as its source: the number then
// decides, over the program's own reading, and is named with its source.
func TestHeadcount(t *testing.T) {
	const own = "headcount: {women: 20, document: speech, sentence: 覆盖单位一般不超过5个}"
	with, without := shipped(t, File{"own.yaml", []byte(own)}), shipped(t)
	for _, c := range []struct {
		women        string
		with, absent string
	}{{"19", "few", ""}, {"20", "many", ""}, {"9", "few", "few"}, {"31", "many", "many"}, {"0", "none", "none"}} {
		for want, b := range map[string]*Book{c.with: with} {
			if got := womenOf(b, c.women); got != want {
				t.Errorf("%s women under a headcount are %q, want %q", c.women, got, want)
			}
		}
		if got := womenOf(without, c.women); got != c.absent {
			t.Errorf("%s women without one are %q, want %q", c.women, got, c.absent)
		}
	}
	f := with.Read("园区里一家电子厂，女工19人，有党支部").Facts
	if e := Check(with, f); e.Single != "不够" || !strings.Contains(e.Text, "女性20人") || !strings.Contains(e.Text, "第3点第3句") {
		t.Errorf("the check does not name the headcount and its source: %s", e.Text)
	}
	if e := Check(without, f); strings.Contains(e.Text, "20") || !strings.Contains(e.Text, "没有写") {
		t.Errorf("the check names a number nobody set: %s", e.Text)
	}
}

func womenOf(b *Book, n string) string {
	s := b.state(Facts{countFact: n})
	i := b.facts[womenFact]
	if s.val[i] < 0 {
		return ""
	}
	return b.Facts[i].decode(s.val[i])
}

// TestOverlayRefused names the office's file, not the one that ships.
func TestOverlayRefused(t *testing.T) {
	base := string(rules.Formation)
	for _, c := range []struct{ own, want string }{
		{"names:\n  区委: 某某", "“区委”不是任何规则的结果"},
		{"rules:\n  - {id: push-own, layer: push, when: {fact: party_org, value: \"yes\"}, result: 本单位党组织, given: 有, document: speech, sentence: 没有的话}", "里没有这句话"},
		{"ties:\n  - {id: industry-in-park, layer: guide, when: {fact: in_park, value: maybe}, say: x}", "没有“maybe”这个值"},
		{"rules:\n  - {id: own, layer: push, when: {fact: kind, value: 企业}, result: 某局, given: 企业, document: speech, sentence: 各级妇联是当之无愧的责任主体}", "没有写明两可"},
	} {
		_, err := Load(File{"formation.yaml", []byte(base)}, documents(t), File{"own.yaml", []byte(c.own)})
		refused(t, err, "own.yaml", 2, c.want)
	}
}
