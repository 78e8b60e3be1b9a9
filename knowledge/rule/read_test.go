package rule

import (
	"strings"
	"testing"
)

// said is a description and all the facts that may be read from it, in the
// book's order; nothing else may be.
type said struct{ text, want string }

func (b *Book) brief(f Facts) string {
	var out []string
	for _, fact := range b.Facts {
		if v := f[fact.ID]; v != "" {
			out = append(out, short[fact.ID]+"="+v)
		}
	}
	return strings.Join(out, " ")
}

// short are names of facts for the tables.
var short = map[string]string{
	"kind": "kind", "in_park": "park", "party_org": "party", "women": "women", "units": "units",
	"supervisor": "super", "role": "role", "woman_on_party_committee": "wpc", "union_women_committee": "union",
	"head_party_member": "member", "industry_can_push": "push", "industry_chain": "chain", "in_building": "bldg",
	"registered": "reg", "party_base": "base", "ready": "ready", "women_count": "n",
}

func checkRead(t *testing.T, table []said) {
	t.Helper()
	b := shipped(t)
	for _, c := range table {
		if got := b.brief(b.Read(c.text).Facts); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestReadNumbers(t *testing.T) {
	checkRead(t, []said{
		{"女工六百来人", "women=many n=600"},
		{"两百来个摊位，女的多", "kind=个体工商户 women=many units=200"},
		{"三百多个铺面，女的一百来个", "women=many units=300 n=100"},
		{"女职工23名", "n=23"},
		{"女职工有三四十个", "women=many n=30"},
		{"女工百十号人", "women=many n=90"},
		{"女工一万二", "women=many n=12000"},
		{"女职工1.2万人", "women=many n=12000"},
		{"女员工一千五百人", "women=many n=1500"},
		{"女员工两千多", "women=many n=2000"},
		{"女的二十来个", "n=20"},
		{"女同志七八个", "women=few n=7"},
		{"女员工仨", "women=few n=3"},
		{"女职工一百零五人", "women=many n=105"},
		{"女工一百二", "women=many n=120"},
		{"女工１２０人", "women=many n=120"},
		{"女的不到十个", "women=few n=9"},
		{"女工好几十", "women=many n=40"},
		{"女工好几百号", "women=many n=300"},
		{"女工上百人", "women=many n=100"},
		{"女工十几个", "n=11"},
		{"女工近百人", "women=many n=80"},
		{"女员工廿三个", "n=23"},
		{"女员工卅五人", "women=many n=35"},
		{"女职工壹佰贰拾人", "women=many n=120"},
		{"员工一百人，女的占七成", "women=many n=70"},
		{"员工八十人，女的占一半", "women=many n=40"},
		{"员工一百人，男六十女四十", "women=many n=40"},
		{"女性占60%", "women=many"},
		{"三四十家厂子", "kind=企业 units=30"},
		{"六家企业合建", "kind=企业 units=6"},
		{"十二户商户", "kind=个体工商户 units=12"},
		{"八九家小店", "kind=个体工商户 units=8"},
		{"和隔壁两家公司一起建", "kind=企业 units=3"},
		{"公司在三楼，成立于2015年", "kind=企业"},
		{"女厂长今年45岁", ""},
		{"协会有会员企业四十家", "kind=商会协会"},
		{"两家诊所、一家民办医院一起", "kind=民办医院 units=3"},
		{"合作社社员八十户", "kind=农民合作社"},
		{"外包女工两百，固定女员工十二个", "n=12"},
		{"一百人的厂，女的六成", "kind=企业 women=many n=60"},
		{"员工四百，女的占两成", "women=many n=80"},
		{"女的占一半，总共40个人", "n=20"},
		{"公司下面有12家门店", "kind=企业"},
	})
}

func TestReadPark(t *testing.T) {
	checkRead(t, []said{
		{"开发区里一家公司", "kind=企业 park=yes"},
		{"我们公司不在园区", "kind=企业 park=no"},
		{"没进园区的小作坊", "kind=小微企业 park=no"},
		{"园区外头的厂子", "kind=企业 park=no"},
		{"紧挨着开发区的一家厂，不在里头", "kind=企业 park=no"},
		{"勿勒园区里", "park=no"},
		{"阿拉公司勿勒拉园区", "kind=企业 park=no"},
		{"我哋公司唔喺园区", "kind=企业 park=no"},
		{"弗来园区里", "park=no"},
		{"阮厂无佇园区内", "kind=企业 park=no"},
		{"冇入园区", "park=no"},
		{"俺们厂没搁园区里", "kind=企业 park=no"},
		{"公司冇在园区", "kind=企业 park=no"},
		{"莫得在园区，公司在镇上", "kind=企业 park=no"},
		{"唔系喺园区嘅公司", "kind=企业 park=no"},
		{"嘸勒海园区里", "park=no"},
		{"公司毋在工业园", "kind=企业 park=no"},
		{"以前在园区，去年搬出来了", "park=no"},
		{"打算搬进高新区", ""},
		{"在不在园区还不清楚", "park=unknown"},
		{"园区管委会说要建", ""},
		{"高新区一家公司", "kind=企业 park=yes"},
		{"公司在街道上，不归园区管", "kind=企业 park=no"},
		{"公司位于经济技术开发区", "kind=企业 park=yes"},
		{"是不是园区的，我也说不准", "park=unknown"},
		{"离园区还有两公里的一家厂", "kind=企业 park=no"},
		{"不挨着工业园的一家厂", "kind=企业 park=no"},
		{"镇上没有园区", "park=no"},
		{"非园区企业", "kind=企业 park=no"},
	})
}

func TestReadParty(t *testing.T) {
	checkRead(t, []said{
		{"有党支部", "party=yes"},
		{"去年建了党总支", "party=yes"},
		{"没有党支部", "party=no"},
		{"没得党支部", "party=no"},
		{"冇党支部", "party=no"},
		{"莫得支部", "party=no"},
		{"嘸没党支部", "party=no"},
		{"弗有党组织", "party=no"},
		{"呒没支部", "party=no"},
		{"无党组织", "party=no"},
		{"党员一个没有", "party=no"},
		{"各楼没统一的支部", "party=no"},
		{"支部书记是厂里的会计，她是女的", "kind=企业 party=yes wpc=yes"},
		{"支部是跟楼下公司合建的", "kind=企业 party=partial"},
		{"党支部成立了没有", ""},
		{"哪来的支部", "party=no"},
		{"总部没在这边成立党支部", "party=no"},
		{"没有一家建了支部", "party=no"},
		{"五家里没一个有党组织", "party=no"},
		{"支部唔有", "party=no"},
		{"党支部还没建", "party=no"},
		{"尚未成立党组织", "party=no"},
		{"党支部正在筹建", "party=no"},
		{"一个党员都没有", "party=no"},
		{"有没有党支部不清楚", "party=unknown"},
		{"有没有党支部", ""},
		{"你们有党支部吗", ""},
		{"支部建了没", ""},
		{"没有党支部能建吗", "party=no"},
		{"跟旁边一家合了个党支部", "party=partial"},
		{"班子五个人，其中两个女委员", "wpc=yes"},
		{"支部班子全是爷们", "party=yes wpc=no"},
		{"和别家合建的联合支部", "party=partial"},
		{"三家里头一家有支部，其余没有", "party=partial"},
		{"有的有支部有的没有", "party=partial"},
		{"党员挂在社区支部", "party=partial"},
		{"街道党工委很支持", ""},
		{"有团支部", ""},
		{"上级党委要求建", ""},
		{"副书记是女的", "party=yes wpc=yes"},
		{"支部书记是女同志", "party=yes wpc=yes"},
		{"支委里没女的", "party=yes wpc=no"},
		{"党支部班子里清一色男同志", "party=yes wpc=no"},
		{"村书记是女的", ""},
		{"团支部书记是女的", ""},
		{"有党委，纪检委员是位大姐", "party=yes wpc=yes"},
		{"班子里冇女嘅", "wpc=no"},
		{"党建基础薄弱，有支部", "party=yes base=weak"},
		{"支部是五星支部，条件成熟", "party=yes base=good ready=yes"},
		{"条件还不成熟", "ready=no"},
	})
}
