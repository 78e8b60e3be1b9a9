package index

import "strings"

// question is a question made ready for retrieval and comparison.
type question struct {
	runes      []rune
	grams      []string  // what is looked up, each once
	weights    []float64 // the rarity of grams, the rarest first; filled by retrieval, as is
	allWeights float64   // their sum

	normal  string
	at      map[rune][]int // where a character stands
	counted []bool         // the character says what is asked about, not that one asks
	chars   map[rune]float64
	total   float64 // of chars
}

// asking are the phrases by which a question shows that it is one. They say
// nothing of what it is about, so they are neither looked up nor compared.
var asking = strings.Fields(`什么时候 什么 怎么办 怎么 怎样 如何 是否 可不可以 可以 可否 能不能 能否 会不会 要不要 需不需要 有没有 是不是
 哪些 哪个 哪里 哪儿 哪种 哪一 谁来 请问 应当 应该 多少 多久 几个 吗 呢 吧 啊 么 的`)

func (s searched) ask(normal string) *question {
	q := &question{normal: normal, runes: []rune(normal), at: map[rune][]int{}, chars: map[rune]float64{}}
	q.markAsking()
	q.lookUp(normal)
	for i, r := range q.runes {
		if r == ' ' || i > 1<<10 {
			continue
		}
		q.at[r] = append(q.at[r], i)
		if _, ok := q.chars[r]; !ok && q.counted[i] {
			q.chars[r] = s.stats.body().idf(s.chars[r])
			q.total += q.chars[r]
		}
	}
	return q
}

// markAsking finds what is not counted. A question that is nothing else is
// counted whole.
func (q *question) markAsking() {
	q.counted = make([]bool, len(q.runes))
	left := 0
	for i := 0; i < len(q.runes); {
		n := askingAt(q.runes[i:])
		if n == 0 {
			q.counted[i] = q.runes[i] != ' '
			left++
			i++
		}
		i += n
	}
	if left == 0 {
		for i, r := range q.runes {
			q.counted[i] = r != ' '
		}
	}
}

func askingAt(text []rune) int {
	for _, a := range asking {
		p := []rune(a)
		if len(text) >= len(p) && string(text[:len(p)]) == a {
			return len(p)
		}
	}
	return 0
}

// mostGrams bounds what a very long text looks up.
const mostGrams = 256

func (q *question) lookUp(normal string) {
	seen := map[string]bool{}
	at := runeStarts(normal)
	eachGram(normal, func(from, to int) {
		g := normal[from:to]
		if seen[g] || len(q.grams) >= mostGrams || !q.tells(at[from], len([]rune(g))) {
			return
		}
		seen[g] = true
		q.grams = append(q.grams, g)
	})
}

// tells says that a gram of n characters has something that is counted.
func (q *question) tells(from, n int) bool {
	for i := from; i < from+n; i++ {
		if !q.counted[i] {
			return false
		}
	}
	return true
}

func runeStarts(s string) map[int]int {
	m, n := make(map[int]int, len(s)), 0
	for i := range s {
		m[i] = n
		n++
	}
	return m
}
