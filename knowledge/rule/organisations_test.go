package rule

import (
	"slices"
	"strings"
	"testing"
)

// org is an organisation and who should lead, as the speech has it. Push is
// 内 (its own), 上 (the upper); guide 行, 园, 镇; first the form that comes
// first (单, 联, 行, 区, 新, or nothing where the speech is silent); head 兼,
// 列, 工; no guide at all is out of scope.
type org struct{ facts, push, guide, first, head string }

var letters = map[string]string{
	"本单位党组织": "内", "上级党组织": "上", "行业综合党委": "行", "园区": "园", "乡镇街道村社区": "镇",
	"单独组建": "单", "联合组建": "联", "行业妇联": "行", "区域妇联": "区", "新业态妇联": "新",
	"女性班子成员兼任": "兼", "非党员负责人列席": "列", "与女职工委员会分设并用": "工",
}

func brief(results []string) string {
	var out []string
	for _, x := range results {
		out = append(out, letters[x])
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

func parseFacts(t *testing.T, b *Book, text string) Facts {
	t.Helper()
	long := map[string]string{}
	for id, s := range short {
		long[s] = id
	}
	raw := map[string]any{}
	for i, word := range strings.Fields(text) {
		key, value, ok := strings.Cut(word, "=")
		if !ok && i == 0 {
			key, value = "kind", word
		}
		if long[key] == "" && key != "kind" {
			t.Fatalf("%s: what is %s", text, key)
		}
		if key != "kind" {
			key = long[key]
		}
		raw[key] = value
	}
	f, err := b.TakeFacts(raw)
	if err != nil {
		t.Fatal(err)
	}
	if f[kindFact] == "" {
		t.Fatalf("%s: the kind is not understood", text)
	}
	return f
}

func checkOrganisations(t *testing.T, table []org) {
	t.Helper()
	b := shipped(t)
	for _, c := range table {
		r := Decide(b, parseFacts(t, b, c.facts))
		first := ""
		if len(r.Form) > 0 {
			first = letters[r.Form[0]]
		}
		got := org{c.facts, brief(r.Push), brief(r.Guide), first, brief(r.Head)}
		if got != c {
			t.Errorf("%s\n got push %s guide %s form %s head %s\nwant push %s guide %s form %s head %s", c.facts,
				got.push, got.guide, got.first, got.head, c.push, c.guide, c.first, c.head)
		}
	}
}

// Point 2, sentence 3: the industries' committees guide lawyers, accountants,
// tax agents, private hospitals and schools directly, in a park or not; in a
// park point 3, sentence 2, stands beside it.
func TestIndustryOrganisations(t *testing.T) {
	checkOrganisations(t, []org{
		{"律师事务所 park=no party=yes women=many", "内", "行", "单", "列"},
		{"律师事务所 park=yes party=yes women=few", "内", "园行", "联", "列"},
		{"律所 park=unknown party=no women=few", "上", "园行", "联", ""},
		{"会计师事务所 park=no party=partial women=few", "上内", "行", "联", "列"},
		{"会计师 park=yes party=no women=unknown", "上", "园行", "联", ""},
		{"税务师事务所 park=no party=unknown women=few", "上内", "行", "联", ""},
		{"民办医院 park=no party=yes women=many wpc=yes union=yes", "内", "行", "单", "兼工"},
		{"民营医院 park=yes party=yes women=many base=good ready=yes", "内", "园行", "单", "列"},
		{"民办学校 park=no party=yes women=many wpc=no member=no", "内", "行", "单", "列"},
		{"民办幼儿园 park=no party=no women=many", "上", "行", "联", ""},
		{"培训机构 park=yes party=no women=few", "上", "园行", "联", ""},
		{"诊所 park=no party=no women=few super=no", "上", "行", "联", ""},
		{"律师 park=no party=no women=none", "", "行", "", ""},
		{"民办学校 park=no push=no party=yes women=many", "内", "行", "单", "列"},
	})
}

// Point 2, sentence 2, and point 4, sentence 2: an industry's own social
// organisations to its committee, those without a supervising unit and those
// that need not register to township and village.
func TestSocialOrganisations(t *testing.T) {
	checkOrganisations(t, []org{
		{"基金会 park=no party=yes women=few super=yes", "内", "行", "联", "列"},
		{"基金会 park=no party=no women=few super=no", "上", "镇", "联", ""},
		{"社会服务机构 park=no party=no women=many super=yes reg=yes", "上", "行", "联", ""},
		{"社工站 park=no party=no women=few super=unknown", "上", "行镇", "联", ""},
		{"养老院 park=no party=partial women=few super=yes", "上内", "行", "联", "列"},
		{"养老院 park=yes party=no women=few super=no", "上", "园镇", "联", ""},
		{"行业协会 park=no party=yes women=few super=yes role=self", "内", "行", "联", "列"},
		{"行业协会 park=no party=yes women=few super=yes role=platform", "内", "行", "行", "列"},
		{"商会 park=no party=no women=few super=no role=platform", "上", "镇", "行", ""},
		{"商会 park=yes party=yes women=few super=yes role=self", "内", "园行", "联", "列"},
		{"社会团体 park=no party=no women=few super=no role=self", "上", "镇", "联", ""},
		{"合唱队 park=no party=no women=many reg=no", "上", "镇", "联", ""},
		{"老年协会 park=no party=unknown women=few reg=no", "上内", "镇", "联", ""},
		{"广场舞队 park=no party=no women=few units=3 reg=no", "上", "镇", "联", ""},
		{"志愿者协会 park=no party=no women=few super=yes reg=no", "上", "镇", "联", ""},
		{"公益组织 park=no party=no women=none super=yes", "", "行", "", ""},
	})
}

// Points 3 and 4: firms in a park to the park, outside to township and village
// unless the industry's department can; small ones there as last resort.
func TestFirms(t *testing.T) {
	checkOrganisations(t, []org{
		{"企业 park=yes party=yes women=many wpc=yes", "内", "园", "单", "兼"},
		{"企业 park=no party=yes women=many", "内", "镇", "单", "列"},
		{"企业 park=no party=no women=many", "上", "镇", "联", ""},
		{"企业 park=no party=unknown women=few", "上内", "镇", "联", ""},
		{"企业 park=yes party=yes women=unknown", "内", "园", "单", "列"},
		{"企业 park=unknown party=yes women=few", "内", "园镇", "联", "列"},
		{"企业 park=no push=yes party=yes women=few", "内", "行", "联", "列"},
		{"企业 park=yes push=yes party=yes women=few", "内", "园", "联", "列"},
		{"企业 park=yes party=yes women=many base=weak", "内", "园", "联", "列"},
		{"企业 park=yes party=yes women=many ready=no", "内", "园", "联", "列"},
		{"企业 park=yes party=yes women=none", "内", "园", "", "列"},
		{"外资企业 park=yes party=no women=many union=yes", "上", "园", "联", "工"},
		{"合资企业 park=yes party=partial women=many wpc=yes", "上内", "园", "单", "兼"},
		{"农民专业合作社 park=no party=no women=few", "上", "镇", "联", ""},
		{"小微企业 park=no party=no women=few", "上", "镇", "联", ""},
		{"小微企业 park=yes party=no women=few", "上", "园镇", "联", ""},
		{"个体工商户 park=no party=no women=few", "上", "镇", "联", ""},
		{"个体户 park=no party=no women=few bldg=yes", "上", "镇", "联", ""},
		{"企业 park=no party=yes women=few bldg=yes", "内", "镇", "联", "列"},
		{"国企", "", "", "", ""},
		{"公立医院 women=many party=yes", "", "", "", ""},
		{"公办学校 park=yes", "", "", "", ""},
		{"村委会", "", "", "", ""},
	})
}

// Points 2 to 4 on several units: up to five jointly, an industrial chain as
// an industry's federation, concentrated areas as an area's, new forms as
// their own.
func TestSeveralUnits(t *testing.T) {
	checkOrganisations(t, []org{
		{"企业群 park=yes party=no women=few units=5", "上", "园", "联", ""},
		{"企业群 park=yes party=no women=few units=6", "上", "园", "区", ""},
		{"产业链企业 park=yes party=partial women=few units=9", "上内", "园", "行", "列"},
		{"产业链企业 park=no party=no women=few units=3", "上", "镇", "行", ""},
		{"企业 park=yes party=yes women=many chain=yes base=good ready=yes units=1", "内", "园", "单", "列"},
		{"批发市场 park=no party=yes women=few units=60", "内", "镇", "区", "列"},
		{"写字楼 park=no party=partial women=few units=20", "上内", "镇", "区", "列"},
		{"写字楼 park=yes party=partial women=many units=20", "上内", "园", "区", "列"},
		{"步行街 park=no party=no women=few units=40", "上", "镇", "区", ""},
		{"快递 park=no party=no women=few", "上", "镇", "新", ""},
		{"快递 park=no party=no women=few units=12", "上", "镇", "新", ""},
		{"直播 park=yes party=yes women=many base=good ready=yes", "内", "园", "单", "列"},
		{"外卖 park=no party=partial women=few units=3", "上内", "镇", "联", "列"},
		{"网约车 park=no push=yes party=no women=few", "上", "行", "新", ""},
		{"平台企业 park=yes party=yes women=few", "内", "园", "新", "列"},
		{"律师 park=no party=partial women=few units=4", "上内", "行", "联", "列"},
		{"民办幼儿园 park=no party=no women=few units=7", "上", "行", "区", ""},
	})
}
