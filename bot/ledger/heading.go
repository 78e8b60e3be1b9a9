package ledger

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/width"

	"zujian/knowledge/text"
)

// What a column may be taken for beside the facts of the rule book.
const (
	roleNone     = "" // not recognised
	roleSerial   = "serial"
	rolePersonal = "personal" // never read
	roleUnused   = "unused"   // recognised and of no use here
	roleName     = "name"
	roleKind     = "kind"
	roleSize     = "size"
	roleIndustry = "industry"
	roleTownship = "township"
	roleVillage  = "village"
	rolePark     = "park"
	roleInPark   = "in_park"
	roleWomen    = "women"
	roleShare    = "women_share"
	roleStaff    = "staff"
	roleBuilt    = "built"
	roleRemark   = "remark"
)

// heading is one way a column may be headed, as headings.yaml has it.
type heading struct {
	ID     string     `yaml:"id"`
	Say    string     `yaml:"say"`
	Is     []string   `yaml:"is"`
	Has    [][]string `yaml:"has"`
	Not    []string   `yaml:"not"`
	Fact   string     `yaml:"fact"`
	Doubt  bool       `yaml:"doubt"`
	Why    string     `yaml:"why"`
	Unused bool       `yaml:"unused"`
}

//go:embed headings.yaml
var headingsFile []byte

// headings gives the ways columns are headed, in the order they are tried.
var headings = sync.OnceValue(func() []heading {
	var file struct {
		Roles []heading `yaml:"roles"`
	}
	if err := text.ReadYAML(headingsFile, &file); err != nil {
		panic(fmt.Sprintf("headings.yaml: %v", err)) // it ships; a test reads it
	}
	for i := range file.Roles {
		if file.Roles[i].Unused {
			file.Roles[i].ID = roleUnused
		}
	}
	return file.Roles
})

// roleSays gives the Chinese name of a role, and the role of a Chinese name.
func roleSays(role string) string {
	if role == roleNone {
		return "没认出来（不用）"
	}
	for _, h := range headings() {
		if h.ID == role {
			return h.Say
		}
	}
	return role
}

func roleNamed(say string) (string, bool) {
	say = strings.TrimSpace(say)
	if say == "不用" || say == roleSays(roleNone) {
		return roleUnused, true
	}
	for _, h := range headings() {
		if h.Say == say || h.ID == say {
			return h.ID, true
		}
	}
	return "", false
}

// Roles gives everything that a column can be taken for, in Chinese, each once.
func Roles() []string {
	var out []string
	seen := map[string]bool{}
	for _, h := range headings() {
		if !seen[h.ID] && h.ID != roleUnused {
			seen[h.ID] = true
			out = append(out, h.Say)
		}
	}
	return append(out, "不用")
}

// match is how well a heading's words say what the column is.
type match struct {
	*heading
	sure float64 // 1 the very words, less where words are only among others
}

const (
	sureFixed = 2 // a person said so
	sureExact = 1
	surePart  = 0.9
)

// recognise tells a column by its heading alone: as a person said, else by its
// words; ok is false where they say nothing. What stands alone as a known heading
// wins over what only holds the words of one.
func (f Fixed) recognise(text string) (match, bool) {
	bare, whole := bareHeading(text), strings.ToLower(squeeze(text))
	list := headings()
	if role, ok := f[bare]; ok {
		i := slices.IndexFunc(list, func(h heading) bool { return h.ID == role })
		return match{&list[max(i, 0)], sureFixed}, true
	}
	for i := range list {
		for _, w := range list[i].Is {
			if bare == w {
				return match{&list[i], sureExact}, true
			}
		}
	}
	for i := range list {
		if list[i].hasAll(bare) || list[i].hasAll(whole) {
			return match{&list[i], surePart}, true
		}
	}
	return match{}, false
}

func (h *heading) hasAll(text string) bool {
	for _, w := range h.Not {
		if strings.Contains(text, w) {
			return false
		}
	}
	for _, words := range h.Has {
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			return true
		}
	}
	return false
}

var (
	brackets  = regexp.MustCompile(`[（(\[【〔][^）)\]】〕]*[）)\]】〕]`)
	numbering = regexp.MustCompile(`^(?:[0-9]{1,2}[.、．]|[一二三四五六七八九十]{1,3}、|[*★※#]+)`)
)

// besides are signs and words that say nothing in a heading.
const besides = "/／*★:：、，,-_.。?？“”及的"

// bareHeading is a heading without what is only beside it: spaces, a number in
// front, brackets and signs.
func bareHeading(text string) string {
	t := strings.ToLower(squeeze(text))
	t = numbering.ReplaceAllString(t, "")
	if b := brackets.ReplaceAllStringFunc(t, keepTelling); strings.Trim(b, "（）()") != "" {
		t = b
	} else {
		t = strings.Trim(t, "（）()[]【】〔〕")
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(besides, r) {
			return -1
		}
		return r
	}, t)
}

// keepTelling keeps what stands in brackets where it says whose number or mark
// it is: 职工数（女）, 负责人（是否党员）.
func keepTelling(s string) string {
	inner := strings.Trim(s, "（）()[]【】〔〕")
	if utf8.RuneCountInString(inner) <= 8 && telling.MatchString(inner) {
		return inner
	}
	return ""
}

var telling = regexp.MustCompile(`[女男]|党员|性别|政治面貌`)

// squeeze takes out blanks and line breaks and makes full-width letters and
// digits half-width.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\u3000', '\u00a0', '\u200b', '\ufeff', '\u2002', '\u2003', '\u2005':
			return -1
		}
		if r >= 0xff01 && r <= 0xff5e && !strings.ContainsRune("（），：；？！", r) {
			return []rune(width.Narrow.String(string(r)))[0]
		}
		return r
	}, text)
}
