package rule

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// judgedReading counts how a reading agrees with what was said.
type judgedReading struct{ told, right, unread, wrong, invented int }

// judgeFacts compares the facts that were read with those that were told. What
// is read beside them is invented, but for what hangs together with a number or
// comes with the kind.
func judgeFacts(b *Book, told, got Facts) (j judgedReading, notes []string) {
	for fact, want := range told {
		j.told++
		switch have := got[fact]; have {
		case want:
			j.right++
		case "", Unknown:
			j.unread++
			notes = append(notes, "unread "+short[fact]+"="+want)
		default:
			j.wrong++
			notes = append(notes, "WRONG "+short[fact]+"="+have+" is "+want)
		}
	}
	implied := Facts{kindFact: got[kindFact]}
	b.implied(implied)
	for fact, have := range got {
		if told[fact] == "" && fact != countFact && fact != unitsFact && have != Unknown && implied[fact] != have {
			j.invented++
			notes = append(notes, "invented "+short[fact]+"="+have)
		}
	}
	return j, notes
}

// TestSpokenDescriptions reads descriptions in cadres' voices that were written,
// with what they tell, before the reader was tried on them; those of voices.tsv have
// no punctuation at all.
func TestSpokenDescriptions(t *testing.T) {
	readSpoken(t, "testdata/spoken.tsv", 2, 0.97)
	readSpoken(t, "testdata/voices.tsv", 3, 0.92)
}

func readSpoken(t *testing.T, file string, mostWrong int, leastRight float64) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := shipped(t)
	var all judgedReading
	lines, whole := 0, 0
	for in := bufio.NewScanner(f); in.Scan(); lines++ {
		text, facts, _ := strings.Cut(in.Text(), "\t")
		j, notes := judgeFacts(b, parseFacts(t, b, facts), b.Read(text).Facts)
		all.told, all.right, all.unread, all.wrong, all.invented = all.told+j.told, all.right+j.right, all.unread+j.unread, all.wrong+j.wrong, all.invented+j.invented
		if len(notes) == 0 {
			whole++
		} else {
			t.Logf("%s: %s", text, strings.Join(notes, ", "))
		}
	}
	t.Logf("%d descriptions, %d read whole; of %d facts %d right, %d unread, %d wrong, %d invented", lines, whole, all.told, all.right, all.unread, all.wrong, all.invented)
	if all.wrong > mostWrong || float64(all.right) < leastRight*float64(all.told) {
		t.Error(file, "too little is read, or too much wrongly")
	}
}
