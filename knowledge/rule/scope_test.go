package rule

import (
	"strings"
	"testing"
)

// TestDenialReachesItsOwnThing reads speech without punctuation: a denial, a
// number or a man belongs to the thing that follows or precedes it, and to no
// other; a question, a plan or hearsay is no fact.
func TestDenialReachesItsOwnThing(t *testing.T) {
	checkRead(t, []said{
		{"三十几个女的没有党组织", "party=no women=many n=30"},
		{"女律师十二个有支部书记是男的", "kind=律师 party=yes n=12"},
		{"没有支部女工五十个", "party=no women=many n=50"},
		{"女工五十个支部没有工会也没有", "party=no women=many union=no n=50"},
		{"不在园区没有党组织女的就三个", "park=no party=no women=few n=3"},
		{"支部有工会没有", "party=yes union=no"},
		{"有支部没有工会女职委", "party=yes union=no"},
		{"在开发区有支部书记是女的女工两百", "park=yes party=yes women=many wpc=yes n=200"},
		{"不是没有支部", "party=yes"},
		{"女职委？没听说过", "union=unknown"},
		{"女职委没听说过", "union=unknown"},
		{"啥叫党组织", ""},
		{"什么是女职工委员会", ""},
		{"党组织：无", "party=no"},
		{"支部？有的", "party=yes"},
		{"支部已撤销", "party=no"},
		{"听说有个支部", ""},
		{"有支部没有", ""},
		{"老板不让建支部", "party=no"},
		{"党组织更谈不上", "party=no"},
		{"园区没进", "park=no"},
		{"园区也没进支部有的", "park=no party=yes"},
		{"要是有支部", ""},
		{"女工两百，说错了是二十", "n=20"},
		{"女工两百说错了二十个", "n=20"},
		{"在园区哦不对去年搬出来了", "park=no"},
		{"没有支部，哎有的", "party=yes"},
		{"去年女工五十人，今年三十五人女工", "women=many n=35"},
		{"车间女工三十，办公室女的五个，一共女的三十五", "kind=企业 women=many n=35"},
	})
}

// TestConflictsAreNamed holds that what is said in two ways is no fact and is
// told as said twice.
func TestConflictsAreNamed(t *testing.T) {
	b := shipped(t)
	for text, fact := range map[string]string{"没有党组织，党支部书记是女的": "party_org", "有女职委，工会女职委没有": "union_women_committee"} {
		r := b.Read(text)
		if len(r.Conflicts) != 1 || r.Conflicts[0].Fact != fact || r.Facts[fact] != "" {
			t.Errorf("%s: %+v %v", text, r.Conflicts, r.Facts)
		}
	}
}

// TestUnknownIsWordedAsIf holds that what hangs on a fact nobody spoke of is
// never given as its reason.
func TestUnknownIsWordedAsIf(t *testing.T) {
	b := shipped(t)
	r := Decide(b, Facts{"kind": "企业", "in_park": "yes", "party_org": "yes", "women": "many", "woman_on_party_committee": "no"})
	for _, x := range r.Reasons {
		if x.Rule == "head-attend-later" && len(x.Open) == 0 {
			t.Error("it is drawn as certain")
		}
	}
	text := b.Explain(r) + r.Text
	if strings.Contains(text, "因为将来") || !strings.Contains(text, "如果将来的负责人不是党员") {
		t.Error(text)
	}
}

// TestNoLineIsEmpty holds that a layer the documents say nothing of says so.
func TestNoLineIsEmpty(t *testing.T) {
	b := shipped(t)
	r := Decide(b, Facts{"kind": "企业", "in_park": "no", "party_org": "no", "women": "none"})
	if strings.Contains(r.Text, "：。") || !strings.Contains(r.Text, "推动：讲话没有写") {
		t.Error(r.Text)
	}
	for kind, body := range map[string]string{"律师": "县以上司法行业综合党委", "民办医院": "县以上卫健行业综合党委", "民办学校": "县以上教育行业综合党委"} {
		if r := Decide(b, Facts{"kind": kind, "in_park": "no", "party_org": "yes", "women": "few"}); !strings.Contains(r.Text, body) {
			t.Errorf("%s:\n%s", kind, r.Text)
		}
	}
}
