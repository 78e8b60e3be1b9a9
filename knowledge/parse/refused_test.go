package parse

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDamagedBinaries cuts real files short at many places and turns bits in
// them: each is read or refused, and none brings the program down.
func TestDamagedBinaries(t *testing.T) {
	for _, name := range []string{"2-measures.doc", "3-plan.ofd", "3-plan-cmap.pdf"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile("testdata/round/" + name)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 60 {
				cut := data[:len(data)*i/60]
				turned := bytes.Clone(data)
				for j := i; j < len(turned); j += 997 {
					turned[j] ^= byte(1 << (i % 8))
				}
				for _, b := range [][]byte{cut, turned} {
					if _, err := Parse("a", b); err != nil && !ours(err) {
						t.Errorf("%d: %v", i, err)
					}
				}
			}
		})
	}
}

func ours(err error) bool {
	for _, own := range []error{ErrDamaged, ErrEmpty, ErrPassword, ErrScanned, ErrTooLarge, ErrUnsupported, ErrSecret} {
		if errors.Is(err, own) {
			return true
		}
	}
	return false
}

// TestPDFOfPictures is a page that has objects and no text.
func TestPDFOfPictures(t *testing.T) {
	page := "q 100 0 0 100 0 0 cm\nBI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(page), page)} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	b.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	if _, err := Parse("扫描.pdf", []byte(b.String())); !errors.Is(err, ErrScanned) {
		t.Errorf("a page of one picture gave %v", err)
	}
}

// TestEncryptedDOC has the bit of encryption set.
func TestEncryptedDOC(t *testing.T) {
	data, err := os.ReadFile("testdata/round/2-measures.doc")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("\xec\xa5"))
	if at < 0 {
		t.Fatal("no file information block")
	}
	data[at+11] |= 1
	if _, err := Parse("a.doc", data); !errors.Is(err, ErrPassword) {
		t.Errorf("%v", err)
	}
}
