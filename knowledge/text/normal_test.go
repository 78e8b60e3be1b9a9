package text

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/longbridgeapp/opencc"
)

var update = flag.Bool("update", false, "write simplified.txt again from the library it comes from")

// TestSimplified holds that the embedded table is what the library gives.
func TestSimplified(t *testing.T) {
	want := makeSimplified(t)
	if *update {
		if err := os.WriteFile("simplified.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if simplifiedPairs != want {
		t.Error("simplified.txt is stale: go test ./knowledge/text -run TestSimplified -update")
	}
}

func makeSimplified(t *testing.T) string {
	t.Helper()
	cc, err := opencc.New("t2s")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for r := rune(hanFirst); r <= hanLast; r++ {
		s, err := cc.Convert(string(r))
		if err != nil {
			t.Fatal(err)
		}
		if to := []rune(s); len(to) == 1 && to[0] != r && to[0] >= hanFirst && to[0] <= hanLast {
			b.WriteString(string(r) + s)
		}
	}
	return b.String()
}
