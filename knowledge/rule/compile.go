package rule

import (
	"fmt"
	"math"
	"strings"
)

// compile makes a condition ready, or says in Chinese what is wrong with it.
func (b *Book) compile(c Condition) (node, error) {
	switch {
	case c.shapes() != 1:
		return node{}, fmt.Errorf("条件只能有一种写法：always、all、any、not，或者 fact 加一个判断")
	case c.Always:
		return node{op: opTrue}, nil
	case c.Not != nil:
		return b.compileKids(opNot, []Condition{*c.Not})
	case c.All != nil:
		return b.compileKids(opAll, c.All)
	case c.Any != nil:
		return b.compileKids(opAny, c.Any)
	}
	return b.compileLeaf(c)
}

func (c Condition) shapes() int {
	n := 0
	for _, has := range []bool{c.Always, c.All != nil, c.Any != nil, c.Not != nil, c.Fact != ""} {
		if has {
			n++
		}
	}
	return n
}

func (b *Book) compileKids(o op, kids []Condition) (node, error) {
	if len(kids) == 0 {
		return node{}, fmt.Errorf("all 和 any 里至少要有一个条件")
	}
	n := node{op: o}
	for _, k := range kids {
		kid, err := b.compile(k)
		if err != nil {
			return node{}, err
		}
		n.kids = append(n.kids, kid)
	}
	return n, nil
}

func (b *Book) compileLeaf(c Condition) (node, error) {
	i, ok := b.facts[c.Fact]
	if !ok {
		return node{}, fmt.Errorf("没有叫“%s”的事实，现有的是：%s", c.Fact, b.factIDs())
	}
	n := node{fact: i, said: c.Said}
	f := &b.Facts[i]
	switch {
	case c.Unknown:
		n.op = opUnknown
	case c.Above != nil || c.Upto != nil:
		n.op, n.lo, n.hi = opRange, 0, math.MaxInt32
		if c.Above != nil {
			n.lo = int32(*c.Above) + 1
		}
		if c.Upto != nil {
			n.hi = int32(*c.Upto)
		}
		if !f.Number {
			return n, fmt.Errorf("事实“%s”不是数字，不能用 above、upto", c.Fact)
		}
	default:
		n.op = opSet
		set, err := f.set(c)
		n.set = set
		return n, err
	}
	return n, nil
}

// set gives the values a leaf names, as bits.
func (f *Fact) set(c Condition) (uint64, error) {
	var out uint64
	values := c.In
	if c.Value != "" {
		values = append([]string{c.Value}, values...)
	}
	for _, v := range values {
		i := f.index(v)
		if i < 0 {
			return 0, fmt.Errorf("事实“%s”没有“%s”这个值，现有的是：%s", f.ID, v, f.valueList())
		}
		out |= 1 << i
	}
	for i, v := range f.Values {
		for _, g := range v.Groups {
			if c.Group != "" && g == c.Group {
				out |= 1 << i
			}
		}
	}
	if out == 0 {
		return 0, fmt.Errorf("事实“%s”没有一个值属于“%s”这一类", f.ID, c.Group)
	}
	return out, nil
}

func (f *Fact) valueList() string {
	return listed(f.Values, func(v Value) string { return v.Value })
}

func (b *Book) factIDs() string { return listed(b.Facts, func(f Fact) string { return f.ID }) }

// listed names all of a list.
func listed[T any](list []T, name func(T) string) string {
	var out []string
	for _, x := range list {
		out = append(out, name(x))
	}
	return strings.Join(out, "、")
}
