package answer

import (
	"slices"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// from names the documents of an answer with what a reader weighs them by,
// where it has several.
func from(cited []ref) []ref {
	if !several(cited) {
		return cited
	}
	out := slices.Clone(cited)
	for i := range out {
		if d := out[i].doc; out[i].label == "" {
			out[i].label = origin(d)
		}
	}
	return out
}

func several(cited []ref) bool {
	return slices.ContainsFunc(cited, func(r ref) bool { return r.doc != cited[0].doc })
}

// origin is who issued a document, on what level, and when.
func origin(d *knowledge.Document) string {
	var parts []string
	if d.Issuer != "" {
		parts = append(parts, d.Issuer)
	}
	if l := level(d); l != "" {
		parts = append(parts, l)
	}
	if d.Issued != "" {
		parts = append(parts, longDay(d.Issued))
	}
	return d.Name() + strings.TrimSuffix("（"+strings.Join(parts, "，")+"）", "（）")
}

// levels are read off the issuer's name, the narrowest first.
var levels = []struct {
	name string
	is   *text.Pattern
}{
	{"乡镇街道", text.NewPattern(`镇|乡|街道`)},
	{"县级", text.NewPattern(`[县旗]|[^园开发新自治地社]区(?:委|妇|政|两|司|民|人|总)`)},
	{"市级", text.NewPattern(`市`)},
	{"省级", text.NewPattern(`省|自治区`)},
	{"全国", text.NewPattern(`中共中央|中央|国务院|全国|中华|民政部|司法部|最高`)},
}

// level says on which level a document was issued, where its issuer tells.
func level(d *knowledge.Document) string {
	for _, l := range levels {
		if l.is.MatchString(d.Issuer) {
			return l.name
		}
	}
	return ""
}

var (
	asksNation = text.NewPattern(`全国|国家(?:层面|规定|有没有|要求|政策|怎么)|中央(?:层面|规定|文件|怎么|有没有|要求)|全国统一`)
	locally    = text.NewPattern(`[我本全](?:省|市|县|区|镇|乡|街道)`)
)

const sayLocal = "下面是地方的文件，不是全国的规定。"

// local warns a reader who asks for what holds in the whole country that the
// words were written for one place.
func local(q string, cited []ref) string {
	if !asksNation.MatchString(q) || len(cited) == 0 {
		return ""
	}
	for _, r := range cited {
		if level(r.doc) == "全国" || strings.Contains(r.text(), "全国") {
			return ""
		}
	}
	for _, r := range cited {
		if l := level(r.doc); l != "" || r.doc.Scope != "" || locally.MatchString(r.text()) {
			return sayLocal
		}
	}
	return ""
}
