package engine

import "zujian/knowledge/text"

// modality is how binding a stretch is.
type modality int

const (
	none modality = iota
	forbids
	frees // it need not be, or does not matter
	obliges
	permits
	urges   // 提倡, 鼓励
	several // more than one of these
)

var modalities = []struct {
	is modality
	re *text.Pattern
}{
	{forbids, text.NewPattern(`不领取|不领|不得|不能|不可以|不准|不许|严禁|禁止|不予|不再|不享受|不接受|不受理|不发|不安排|不列入|不属于|不适用|不纳入|不计入|不占|不兼任|不参加` +
		`|不退|不办理|不补|不报销|不视为|不在.{0,4}范围|不作|不奖补|不享有|不支持|不收|暂不|不记|不评|不排|不转`)},
	{frees, text.NewPattern(`不需要|不需|无须|无需|不必|不用|可以不|可不|不受.{0,14}限制|不影响|自愿|均可|免于|不要求|有权不`)},
	{obliges, text.NewPattern(`应当|必须|须|一律|方可|才能|应(?:在|于|按|由|向|提|先|附)`)},
	{permits, text.NewPattern(`可以|可(?:按|由|在|向|申|报|凭|用|直|享|参|先|兼)|允许|准予|有权|予以受理|也予受理`)},
	{urges, text.NewPattern(`提倡|鼓励|倡导`)},
}

// modalityOf gives the one modality of a stretch.
func modalityOf(s string) modality {
	got := none
	for _, m := range modalities {
		if !m.re.MatchString(s) {
			continue
		}
		if got != none {
			return several
		}
		got = m.is
		s = m.re.ReplaceAllString(s, "＊") // 不得 is no 得, 可以不 no 可以
	}
	return got
}
