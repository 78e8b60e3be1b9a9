package answer

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"zujian/knowledge/text"
)

//go:embed manners.yaml
var mannersFile []byte

// Manners tells small talk from a question and has something to say to it. The
// kinds, phrases and sentences are in manners.yaml.
type Manners struct {
	*talk
	contact   *strings.Replacer // whom to turn to for a person
	reachable bool              // there is somebody
}

// talk is what manners.yaml has.
type talk struct {
	kinds   []mannerKind
	letters string         // all that small talk is written with
	around  *regexp.Regexp // a message of words that say nothing

	compiled func() error // makes kinds and around, when a message first may be small talk
}

type mannersData struct {
	Around    []string `yaml:"around"`
	Fillers   []string `yaml:"fillers"`
	Asking    []string `yaml:"asking"`
	Particles string   `yaml:"particles"`
	Kinds     []struct {
		Kind     string   `yaml:"kind"`
		Courtesy bool     `yaml:"courtesy"` // comes with a question too
		Words    string   `yaml:"words"`
		Heard    []string `yaml:"heard"`
		Says     []string `yaml:"says"`
		With     []string `yaml:"with"` // where the office configured whom to turn to
	} `yaml:"kinds"`
}

type mannerKind struct {
	name  string
	heard *regexp.Regexp // a message that has one of its phrases and only phrases beside
	told  *regexp.Regexp // a message that has one of its words and only fillers beside
	says  []string
	with  []string // where there is somebody to turn to; none: says
}

// The kinds of small talk that an answerer treats apart. To the first three
// Reply says nothing: they lean on the last answer.
const (
	MannerSimpler   = "simpler"
	MannerAgain     = "again"
	MannerWhy       = "why"
	MannerHuman     = "human"
	MannerComplaint = "complaint"
	MannerFragment  = "fragment"

	mannerOpening = "opening"
	mannerEmoji   = "emoji"
	mannerPuzzled = "puzzled"
)

// longestManner is how many characters small talk has at most.
const longestManner = 40

// NewManners knows the phrases that come with the program. body and telephone
// are whom to turn to for a person, as the office configured it; where either is
// empty, nobody is named.
func NewManners(body, telephone string) (*Manners, error) {
	t, err := shippedTalk()
	if err != nil {
		return nil, err
	}
	return &Manners{t, strings.NewReplacer("{单位}", body, "{电话}", telephone), body != "" && telephone != ""}, nil
}

// shippedTalk is read once.
var shippedTalk = sync.OnceValues(func() (*talk, error) {
	var f mannersData
	if err := text.ReadYAML(mannersFile, &f); err != nil {
		return nil, fmt.Errorf("寒暄的说法写得不对：%w", err)
	}
	m := &talk{letters: f.letters()}
	m.compiled = sync.OnceValue(func() error { return m.compile(f) })
	return m, nil
})

// compile makes what recognises the kinds.
func (m *talk) compile(f mannersData) (err error) {
	around, phrases, fillers := f.beside()
	asking := either(append(f.Asking, fillers)) + "*"
	if m.around, err = whole(around); err != nil {
		return err
	}
	for _, k := range f.Kinds {
		kind := mannerKind{name: k.Kind, says: k.Says, with: k.With}
		besidePhrase, besideWord := phrases, asking
		if k.Kind == MannerFragment {
			besidePhrase = around
		}
		if k.Courtesy {
			besideWord = fillers
		}
		if kind.heard, err = anywhere(k.Heard, besidePhrase); err != nil {
			return err
		}
		if kind.told, err = anywhere([]string{k.Words}, besideWord); err != nil {
			return err
		}
		m.kinds = append(m.kinds, kind)
	}
	return nil
}

// letters are all that the phrases are written with: what has another one is no
// small talk.
func (f mannersData) letters() string {
	all := f.Particles + strings.Join(f.Around, "") + strings.Join(f.Fillers, "") + strings.Join(f.Asking, "")
	for _, k := range f.Kinds {
		all += strings.Join(k.Heard, "") + k.Words
	}
	return all
}

// beside gives what may stand beside a fragment, beside a phrase and beside a
// word that gives a kind away.
func (f mannersData) beside() (around, phrases, fillers string) {
	nothing := append(f.Around, "["+f.Particles+"]")
	heard, told := nothing, append(f.Fillers, nothing...)
	for _, k := range f.Kinds {
		if k.Kind != MannerFragment {
			heard = append(heard, k.Heard...)
		}
		if k.Words != "" {
			told = append(told, k.Words)
		}
	}
	return either(nothing) + "*", either(heard) + "*", either(told) + "*"
}

// anywhere is a message that has one of these with nothing but what may stand
// beside it; nil where there are none.
func anywhere(phrases []string, beside string) (*regexp.Regexp, error) {
	if either(phrases) == "(?:)" {
		return nil, nil
	}
	return whole(beside, either(phrases), beside)
}

func either(phrases []string) string { return "(?:" + strings.Join(phrases, "|") + ")" }

// whole is what a whole message has to be.
func whole(patterns ...string) (*regexp.Regexp, error) {
	re, err := regexp.Compile("^" + strings.Join(patterns, "") + "$")
	if err != nil {
		return nil, fmt.Errorf("寒暄的说法写得不对：%w", err)
	}
	return re, nil
}

// Reply says what a message that is small talk and nothing else gets. before is
// how often the same person had a reply of this kind today: the next one is
// worded otherwise. kind is the kind's name in manners.yaml; say is empty for
// those that lean on the last answer. ok is false for everything else: a
// question with courtesies around it is passed on whole, a number opens
// something, a bare keyword is a question.
func (m *Manners) Reply(text string, before int) (say, kind string, ok bool) {
	kind, ok = m.kind(text)
	if !ok || m.compiled() != nil {
		return "", "", false
	}
	for _, k := range m.kinds {
		says := k.says
		if m.reachable && len(k.with) > 0 {
			says = k.with
		}
		if k.name == kind && len(says) > 0 {
			say = m.contact.Replace(says[max(before, 0)%len(says)])
		}
	}
	return say, kind, true
}

// kind gives the first kind whose phrase is in a message that is small talk.
func (m *talk) kind(text string) (string, bool) {
	bare := spokenWords(text)
	switch {
	case bare == "" && hasPicture(text):
		return mannerEmoji, true
	case bare == "":
		return mannerPuzzled, strings.TrimSpace(text) != ""
	case oneCharacter(bare) && !strings.Contains(m.letters, bare):
		return MannerFragment, true
	case utf8.RuneCountInString(bare) > longestManner || strings.Trim(bare, m.letters) != "":
		return "", false
	}
	if m.compiled() != nil { // the test of the phrases would have told
		return "", false
	}
	for _, k := range m.kinds {
		if k.heard != nil && k.heard.MatchString(bare) || k.told != nil && k.told.MatchString(bare) {
			return k.name, true
		}
	}
	if oneCharacter(bare) {
		return MannerFragment, true
	}
	return mannerOpening, m.around.MatchString(bare)
}

// oneCharacter is a lone character that is no number (those open something) and
// asks nothing.
func oneCharacter(bare string) bool {
	r, size := utf8.DecodeRuneInString(bare)
	return size == len(bare) && unicode.Is(unicode.Han, r) && !strings.ContainsRune("一二两三四五六七八九十谁咋啥哪几", r)
}

var (
	// [微笑], [强], [OK]: how WeChat writes its own pictures.
	pictureName = text.NewPattern(`\[[\p{Han}A-Za-z]{1,6}\]`)
	mentioned   = text.NewPattern(`^@\S+\s`)
)

// spokenWords is a message without marks, blanks, pictures and whom it mentions,
// in small letters, with 您 as 你.
func spokenWords(text string) string {
	text = mentioned.ReplaceAllString(pictureName.ReplaceAllString(text, ""), "")
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case r == '您' || r == '妳':
			return '你'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// hasPicture says whether a message has an emoji or a picture by its name.
func hasPicture(text string) bool {
	return pictureName.MatchString(text) || strings.IndexFunc(text, func(r rune) bool {
		return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1
	}) >= 0
}
