package ledger

import (
	"regexp"
	"slices"
	"strings"
)

// A kind of organisation is told from three columns: its type, its line of
// business and its name. What the type says plainly stands; where it only says
// 企业 or 社会组织, business and name say which.

// limited is the legal form of a company in its name.
var limited = regexp.MustCompile(`(?:有限(?:责任)?公司|股份公司|集团公司|分公司|集团)(?:[（(].*)?$`)

// private are words by which a type says that nobody's office owns it.
var private = []string{"民办", "民营", "私营", "私人", "非公", "民非", "社会组织", "个体", "社会团体", "社会服务机构", "两新"}

// kindOf gives the kind and a remark where the columns speak against each
// other; "" where nothing says it.
func (f *File) kindOf(typed, size, industry, name string) (kind, remark string) {
	t := f.readKind(typed)
	if t == "" && limited.MatchString(name) {
		t = "企业"
	}
	if small(size) && (t == "" || t == "企业") {
		t = "小微企业"
	}
	if t != "" && !coarse(t) {
		return t, ""
	}
	own := ""
	if coarse(t) || containsAny(typed, private...) {
		own = "民办，"
	}
	named, lined := f.readKind(own+name), f.readKind(industry)
	if industry != "" && (named == "" || coarse(named)) {
		if v := f.readKind(own + industry); v != "" && !coarse(v) {
			lined = v
		}
	}
	if t == "" {
		return firstFine(named, lined), ""
	}
	for _, k := range []string{named, lined} {
		if f.refines(t, k) {
			return k, ""
		}
	}
	if f.group(named, "范围外") {
		remark = "名称像“" + f.book.ValueName("kind", named) + "”，类型写的是“" + typed + "”，按类型算的，请核实"
	}
	return t, remark
}

func firstFine(kinds ...string) string {
	coarseOne := ""
	for _, k := range kinds {
		if k != "" && !coarse(k) {
			return k
		}
		if coarseOne == "" {
			coarseOne = k
		}
	}
	return coarseOne
}

func (f *File) readKind(text string) string {
	if text == "" {
		return ""
	}
	if k, ok := f.kinds[text]; ok {
		return k
	}
	facts, err := f.book.TakeFacts(map[string]any{"kind": text})
	if err != nil {
		return ""
	}
	f.kinds[text] = facts["kind"]
	return facts["kind"]
}

// coarse kinds leave open what exactly it is.
func coarse(kind string) bool {
	return slices.Contains([]string{"企业", "社会组织", "社会团体"}, kind)
}

// small is the size that makes an enterprise one of the 小微企业.
func small(size string) bool {
	return containsAny(size, "小微", "微型", "小型") && !strings.Contains(size, "中")
}

func (f *File) group(kind string, groups ...string) bool {
	fact, _ := f.book.Fact("kind")
	for _, v := range fact.Values {
		if v.Value == kind {
			return slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(v.Groups, g) })
		}
	}
	return false
}

// refines says whether a finer kind agrees with what the type says: an
// enterprise may turn out a law firm, a private school or of a new business
// form; a social organisation may be any kind of those.
func (f *File) refines(t, k string) bool {
	switch {
	case k == "" || k == t || coarse(k):
		return false
	case t == "企业":
		return f.group(k, "实体性社会组织", "新业态") || k == "农民合作社"
	}
	return f.group(k, "实体性社会组织", "社会组织")
}
