package text

import "strings"

// Shares finds the parts of a whole that a text names, in order and in hundredths:
// 七成, 60%, 三分之二, 一半.
func Shares(s string) []int {
	var out []int
	runes, _ := split(s)
	for i := 0; i < len(runes); {
		percent, n := shareAt(runes, i)
		if n > 0 {
			out = append(out, percent)
		}
		i += max(n, 1)
	}
	return out
}

var halves = []struct {
	say     string
	percent int
}{
	{"一多半", 60}, {"一大半", 60}, {"一小半", 40}, {"大半", 60}, {"小半", 40}, {"少半", 40}, {"过半", 55}, {"半数以上", 55}, {"一半以上", 55}, {"一半多", 55},
	{"一半", 50}, {"半数", 50}, {"对半", 50}, {"各半", 50}, {"百分之百", 100}, {"绝大多数", 80}, {"大多数", 70}, {"多数", 60}, {"少数", 20},
}

func shareAt(r []rune, at int) (percent, n int) {
	rest := string(r[at:min(len(r), at+8)])
	for _, h := range halves {
		if strings.HasPrefix(rest, h.say) {
			return h.percent, len([]rune(h.say))
		}
	}
	if strings.HasPrefix(rest, "百分之") {
		if c, k := readPlain(r[at+3:]); k > 0 && c.lo <= 100 {
			return c.lo, k + 3
		}
	}
	c, k := readPlain(r[at:])
	if k == 0 || at+k >= len(r) {
		return 0, 0
	}
	switch after := r[at+k]; {
	case after == '%' && c.lo <= 100:
		return c.lo, k + 1
	case after == '成' && c.lo <= 10 && !(at+k+1 < len(r) && strings.ContainsRune("立为员功建", r[at+k+1])):
		return c.lo * 10, k + 1
	case after == '分' && at+k+1 < len(r) && r[at+k+1] == '之' && c.lo > 0:
		if p, m := readPlain(r[at+k+2:]); m > 0 && p.lo <= c.lo {
			return p.lo * 100 / c.lo, k + 2 + m
		}
	}
	return 0, 0
}
