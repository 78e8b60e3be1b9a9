//go:build ignore

// Make writes words1.txt to words4.txt from jieba's dictionary (dict.txt: a
// word, its frequency and its part of speech a line), which Debian's package
// python3-jieba and the module go-ego/gse hold:
//
//	go run index/data/make.go DICT.TXT
//
// Each file holds the words of that many characters, sorted by their bytes,
// each followed by one letter for how common it is: a for e^0 to e^0.5, b for
// e^0.5 to e^1, and so on. Words met fewer than five times and names of persons
// are left out.
package main

import (
	"bufio"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run index/data/make.go DICT.TXT")
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	words := make([][]string, 5)
	for s := bufio.NewScanner(f); s.Scan(); {
		p := strings.Fields(s.Text())
		if len(p) != 3 || strings.HasPrefix(p[2], "nr") {
			continue
		}
		n, err := strconv.Atoi(p[1])
		r := []rune(p[0])
		if err != nil || n < 5 || len(r) > 4 || slices.ContainsFunc(r, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF }) {
			continue
		}
		class := min(25, int(2*math.Log(float64(n))))
		words[len(r)] = append(words[len(r)], p[0]+string(rune('a'+class)))
	}
	for n := 1; n <= 4; n++ {
		slices.Sort(words[n])
		name := filepath.Join("index", "data", fmt.Sprintf("words%d.txt", n))
		if err := os.WriteFile(name, []byte(strings.Join(words[n], "")), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
