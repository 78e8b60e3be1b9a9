package index

import (
	"flag"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var update = flag.Bool("update", false, "write data/sounds.txt again from the library it comes from")

// TestSounds holds that the embedded table is what the library gives.
func TestSounds(t *testing.T) {
	const name = "data/sounds.txt"
	want := makeSounds(t)
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Errorf("%s is stale: go test ./index -run TestSounds -update", name)
	}
}

// makeSounds lists the characters of GB 2312 by syllable.
func makeSounds(t *testing.T) string {
	t.Helper()
	args := pinyin.NewArgs()
	args.Heteronym = true
	by := map[string][]rune{}
	for _, r := range gb2312(t) {
		for _, readings := range pinyin.Pinyin(string(r), args) {
			seen := map[string]bool{}
			for _, s := range readings {
				s = strings.ReplaceAll(s, "ü", "v")
				if !seen[s] && s != "" {
					seen[s] = true
					by[s] = append(by[s], r)
				}
			}
		}
	}
	var names []string
	for s := range by {
		names = append(names, s)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, s := range names {
		b.WriteString(s + " " + string(by[s]) + "\n")
	}
	return b.String()
}

func gb2312(t *testing.T) []rune {
	t.Helper()
	var raw []byte
	for hi := byte(0xB0); hi <= 0xF7; hi++ {
		for lo := byte(0xA1); lo <= 0xFE; lo++ {
			raw = append(raw, hi, lo)
		}
	}
	s, err := simplifiedchinese.GBK.NewDecoder().String(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	var out []rune
	for _, r := range s {
		if r >= 0x4E00 && r <= hanLast {
			out = append(out, r)
		}
	}
	return out
}

// TestThesaurusIsCompact holds that the words of the thesaurus are as they are
// looked up, so that a start need not make them so.
func TestThesaurusIsCompact(t *testing.T) {
	for _, g := range shippedThesaurus().groups {
		for _, w := range slices.Concat(g.said, g.written) {
			if Compact(w) != w {
				t.Errorf("%s should be written %s", w, Compact(w))
			}
		}
	}
}
