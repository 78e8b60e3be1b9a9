package rule

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"zujian/knowledge/text"
)

// worder words one value of a fact in speech. Each form stands alone, with no
// punctuation of its own.
type worder struct {
	fact  string
	forms map[string][]string // value → ways of saying it
	cells map[string][]string // value → ways of writing it in a ledger's column
}

// worders are the facts that a description tells in clauses of their own. %d is
// a number of women that the value allows.
var worders = []worder{
	{"in_park", map[string][]string{"yes": {"在开发区", "在高新区里头", "位于工业园", "就在园区里"}, "no": {"不在园区", "没进园区", "不在高新区", "在园区外头", "不属于哪个园区"}},
		map[string][]string{"yes": {"是", "高新区", "在工业园", "√"}, "no": {"否", "不在高新区", "园区外", "未入园"}}},
	{"party_org", map[string][]string{"yes": {"有党支部", "建了支部", "支部是有的", "有党组织", "已经成立了党支部"}, "no": {"没有党支部", "无党组织", "还没建支部", "支部没有", "支部已经撤了", "尚无支部", "一个党组织都没有"},
		"partial": {"跟隔壁公司是联合支部", "挂靠在商会的联合党支部"}},
		map[string][]string{"yes": {"有", "已建党支部", "有党支部", "是"}, "no": {"无", "无支部", "尚无支部", "支部已撤销", "正在申请成立支部", "没有"}, "partial": {"联合支部", "与某公司联合党支部"}}},
	{"women", map[string][]string{"many": {"女工%d个", "女的有%d人", "女员工%d多人", "一共%d名女职工", "固定女工%d"}, "few": {"女工%d个", "女的就%d个", "只有%d个女的", "女员工%d人"}, "none": {"没有女的", "女工一个也没有", "一个女的都没有", "员工清一色男的"}}, nil},
	{"woman_on_party_committee", map[string][]string{"yes": {"支部书记是女的", "副书记是个女同志", "支委里有个女的", "党支部班子有女委员"}, "no": {"支委全是男的", "党支部班子里没有女的", "支委里没女的", "支部班子清一色男同志"}},
		map[string][]string{"yes": {"有", "副书记（女）", "女1名", "有女委员"}, "no": {"无", "女0名", "暂缺女委员", "全是男同志"}}},
	{"union_women_committee", map[string][]string{"yes": {"有女职委", "工会女职工委员会成立了", "女工委是有的"}, "no": {"没有女职委", "工会没建", "女职工委员会还没成立", "没有工会"}},
		map[string][]string{"yes": {"已成立", "有女职委", "有"}, "no": {"未成立", "没有女职委", "无", "尚未建立"}}},
	{"supervisor", map[string][]string{"yes": {"业务主管单位是民政局", "有业务主管单位", "归教育局管"}, "no": {"没有业务主管单位", "没有主管单位", "无主管单位"}},
		map[string][]string{"yes": {"民政局", "有", "县教育局"}, "no": {"无", "没有主管单位", "无业务主管单位"}}},
	{"registered", map[string][]string{"yes": {"民政登记了", "已经登记", "注册过的"}, "no": {"没登记", "还没注册", "没有登记"}},
		map[string][]string{"yes": {"已登记", "是"}, "no": {"未登记", "否", "没登记"}}},
}

// kindWords name a kind in front, as people begin.
var kindWords = map[string][]string{"企业": {"我们公司", "一家电子厂", "有个服装厂", "镇上的食品厂"}, "律师": {"一家律所", "律师事务所"}, "社会组织": {"一家社工机构", "公益服务中心"}, "个体工商户": {"一个小卖部", "开理发店的"}}

// described is one drawn organisation.
type described struct {
	facts Facts
	women int // the number that is said
	parts []string
}

func pickOne(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// draw makes an organisation with three to all of the facts.
func draw(r *rand.Rand) described {
	d := described{facts: Facts{}}
	kinds := []string{"企业", "律师", "社会组织", "个体工商户"}
	d.facts["kind"] = pickOne(r, kinds)
	for _, i := range r.Perm(len(worders))[:3+r.IntN(len(worders)-2)] {
		w := worders[i]
		value := pickOne(r, keys(w.forms))
		if w.fact == "woman_on_party_committee" && d.facts["party_org"] == "no" || w.fact == "party_org" && value == "no" && d.facts["woman_on_party_committee"] != "" {
			continue // it would contradict itself
		}
		if (w.fact == "supervisor" || w.fact == "registered") && d.facts["kind"] != "社会组织" {
			continue
		}
		d.facts[w.fact] = value
		d.parts = append(d.parts, d.word(r, w, value))
	}
	return d
}

func keys(m map[string][]string) []string {
	var out []string
	for _, k := range []string{"yes", "no", "partial", "many", "few", "none"} {
		if m[k] != nil {
			out = append(out, k)
		}
	}
	return out
}

// word words a fact; now and then it is first said otherwise and put right.
func (d *described) word(r *rand.Rand, w worder, value string) string {
	said := d.number(r, pickOne(r, w.forms[value]), value)
	if r.IntN(12) > 0 || w.fact == "women" && value == "none" {
		return said
	}
	values := keys(w.forms)
	other := values[(indexOf(values, value)+1)%len(values)]
	if w.fact == "women" || other == value || w.fact == "woman_on_party_committee" {
		return said
	}
	wrong := pickOne(r, w.forms[other])
	return wrong + "，" + pickOne(r, []string{"说错了，", "哦不对，", "不对不对，"}) + said
}

func indexOf(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return 0
}

// number puts a number of women in, in digits or characters.
func (d *described) number(r *rand.Rand, form, value string) string {
	if !strings.Contains(form, "%d") {
		return form
	}
	n := 31 + r.IntN(600)
	if value == "few" {
		n = 2 + r.IntN(8)
	}
	if strings.Contains(form, "%d多") {
		n = n / 10 * 10
	}
	d.women = n
	if said := text.Chinese(n); r.IntN(2) == 0 {
		return strings.ReplaceAll(form, "%d", said)
	}
	return strings.ReplaceAll(form, "%d", fmt.Sprint(n))
}

// text strings the parts together, with punctuation or as speech without any.
func (d *described) text(r *rand.Rand) string {
	by := "，"
	if r.IntN(2) == 0 {
		by = ""
	}
	parts := append([]string(nil), d.parts...)
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return pickOne(r, kindWords[d.facts["kind"]]) + by + strings.Join(parts, by)
}

// TestGeneratedDescriptions reads 5,000 descriptions of ten seeds made by a grammar, half of
// them without punctuation, with denials, corrections and any order: no fact may
// be read as another value than was said, and few may go unread.
func TestGeneratedDescriptions(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 5,000 descriptions, one after another: needs a run without -short")
	}
	b := shipped(t)
	told, unread, wrong := 0, 0, 0
	var r *rand.Rand
	for i := range 5000 {
		if i%500 == 0 {
			r = rand.New(rand.NewPCG(uint64(i), 11))
		}
		d := draw(r)
		said := d.text(r)
		got := b.Read(said).Facts
		for fact, want := range d.facts {
			told++
			switch have := got[fact]; have {
			case want:
			case "", Unknown:
				if unread++; unread <= 40 {
					t.Logf("unread %s=%s: %s", fact, want, said)
				}
			default:
				if wrong++; wrong <= 40 {
					t.Errorf("%s=%s is read as %s: %s", fact, want, have, said)
				}
			}
		}
	}
	t.Logf("of %d facts %d unread (%.3f), %d wrong", told, unread, float64(unread)/float64(told), wrong)
	if float64(unread) > 0.05*float64(told) {
		t.Error("too many facts go unread")
	}
}

// TestGeneratedCells writes the same facts as ledger cells and reads them back.
func TestGeneratedCells(t *testing.T) {
	b := shipped(t)
	for _, w := range worders {
		for value, cells := range w.cells {
			for _, cell := range cells {
				if got := b.ReadCell(w.fact, cell); got.Value != value {
					t.Errorf("%s: %s is read as %+v", w.fact, cell, got)
				}
			}
		}
	}
}
