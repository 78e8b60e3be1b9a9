package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge/text"
)

// slots measures whether a value of the asked kind stands in the same stretch
// as the words it is asked of.
func (e *evidence) slots() {
	has, best := e.slot(e.best)
	e.together = has && best > 0.5
	wanted := one64(len(e.slotPatterns()) > 0)
	e.set("value: asked", wanted)
	e.set("value: there", one64(has))
	e.set("value: missing", wanted*one64(!has))
	e.set("value: beside the asked", best)
}

// toldByValue are the kinds whose answers are told by their form.
var toldByValue = []string{"money", "percent", "count", "days", "date", "freq", "who", "where", "phone", "materials",
	"penalty", "define", "reason"}

// slotPatterns tell a value of what is asked for.
func (e *evidence) slotPatterns() []func(string) bool {
	var out []func(string) bool
	for _, p := range e.c.q.values {
		out = append(out, p.MatchString)
	}
	if len(out) > 0 {
		return out
	}
	for _, k := range e.c.q.kinds {
		re := k.strictRE
		if re == nil {
			re = k.valueRE
		}
		if re != nil && slices.Contains(toldByValue, k.name) {
			out = append(out, re.MatchString)
		}
	}
	return out
}

// slot says whether an entry has a value of what is asked for, and how much of
// the words beside the question word stands with it at best.
func (e *evidence) slot(x *candidate) (has bool, best float64) {
	patterns := e.slotPatterns()
	v := x.view
	v.prepare()
	for i, seg := range v.segments {
		if len(patterns) > 0 && !slices.ContainsFunc(patterns, func(f func(string) bool) bool { return f(seg) }) {
			continue
		}
		has = true
		best = max(best, e.beside(v, i))
	}
	return has, best
}

// beside says how much of the words beside the question word stands in a
// segment: all of it there, less of it before it or above it.
func (e *evidence) beside(v *view, i int) float64 {
	met, total := 0.0, 0.0
	for k := range e.words {
		w := &e.words[k]
		if !slices.Contains(e.c.q.aspect, w.word) {
			continue
		}
		g := max(w.presence(v.joined[i]), 0.75*max(w.presence(v.path.text()), w.presence(v.lead.text())))
		met += w.weigh * g
		total += w.weigh
	}
	if total == 0 {
		return 0.5
	}
	return met / total
}

// explained measures how much of the stretch with the value asked for, and of
// the whole entry, the question speaks of: a value of something else stands
// among words that were not asked about.
func (e *evidence) explained() {
	known := strings.Builder{}
	known.WriteString(strings.ReplaceAll(e.c.q.text, " ", "") + "|")
	for _, w := range e.words {
		for _, n := range w.near[1:] {
			if n.Weight >= 0.45 {
				known.WriteString(n.Word + "|")
			}
		}
	}
	patterns, v := e.slotPatterns(), e.best.view
	all, with, least := 0.0, 0.0, 1.0
	for _, s := range v.segments {
		share := spokenOf(s, known.String())
		all += share / float64(len(v.segments))
		if len(patterns) > 0 && slices.ContainsFunc(patterns, func(f func(string) bool) bool { return f(s) }) {
			with, least = max(with, share), min(least, share)
		}
	}
	e.set("explained: entry", all)
	e.set("explained: stretch with value", with)
	e.set("explained: least stretch with value", least)
}

func spokenOf(s, known string) float64 {
	met, n := 0.0, 0.0
	for _, g := range index.Grams(index.Compact(s)) {
		if utf8.RuneCountInString(g) == 2 {
			n++
			met += one64(strings.Contains(known, g))
		}
	}
	return met / (n + 1)
}

// named says whether the question asks to be told names, and whether the entry
// can give some: by listing several, or by a name behind a colon.
func (e *evidence) named() {
	t := e.best.view.entry.Text
	asked := one64(namesAsked.MatchString(e.c.q.last))
	lists := one64(strings.Count(t, "、") >= 2 || e.best.view.entry.Kind == "list")
	e.set("names: asked", asked)
	e.set("names: asked, listed", asked*lists)
	e.set("names: asked, counted only", asked*(1-lists)*one64(countOnly.MatchString(t)))
	e.set("names: asked, called", asked*one64(calledSo.MatchString(t)))
}

var (
	namesAsked = text.NewPattern(`哪(?:几|些|[一二两三四五六七八九十\d]+)|哪(?:家|位|所|个)|叫(?:啥|什么)|姓(?:啥|什么)|是谁|名单|名字|有谁`)
	countOnly  = text.NewPattern(`(?:\d+|[一二两三四五六七八九十百]+)(?:个|家|位|人|名|所|条|项|类|种|户|支)`)
	calledSo   = text.NewPattern(`(?:联系人|负责人|主任|组长|所长|电话)[：:]|同志|“[^”]+”|由[^，。；]{2,16}(?:负责|承担|主持|担任)`)
)
