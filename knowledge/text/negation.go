package text

import (
	"strings"
)

// Polarity is what is said of a thing: that it is there, that it is not, or
// neither.
type Polarity int

// What may be said of a thing.
const (
	Silent Polarity = iota
	Affirmed
	Denied
)

// Words that may stand between a predicate and its thing, and that do not
// change what it says.
const (
	adverbs = `(?:也|都|还|就|倒|又|并|尚|至今|目前|现在|当前|肯定|当然|绝对|的确|一律|统统|一(?:个|家|户|名|处)(?:也|都)|暂时|暂|一直|压根儿?|根本|从来|确实|好像|均|全|更|才|已经|已|早就|早|刚刚?` +
		`|其实|反正|真|眼下|如今|到现在|这边|那边|咱|我们|自己|本身|早就)`
	filling = `(?:有|建立|建成|建|成立|设立|设|组建|搞|办|弄|挂|过|起来|起|一个|半个|一|个|自己|独立|单独|本单位|单位|本|任何|什么|啥子|啥|正式|像样|专门|专职|那种|这个|那个|这种|统一|的|了|到|我们|这边` +
		`|在民政|民政|工商|里|去|入|进|属于?|位于|开始|在|向|办理|联合|别的|哪个|所谓|营业|工会的?)`
)

var (
	deniedBefore = NewPattern(adverbs + `*(?:没有|没得|没能|没让|没打算|没想|不让|不肯|不愿意?|不想|不打算|不准备|不同意|不许|没|无|未能|未|不曾|尚缺|暂缺|缺少|缺|不存在|不在|不属于?|不归` +
		`|不是|不算|非|不设|不用|不需要?|不必|免)` + filling + `*$`)
	affirmedBefore = NewPattern(adverbs + `*(?:有|是|在|位于|属于|归|设有|建有|建立?了|建好了?|设了|成立了|组建了|配了|已建立?|已成立|已有|进驻|入驻|加入|编入|挂靠)` + filling + `*$`)
	askedBefore    = NewPattern(`(?:有没有|有没|有无|是不是|在不在|能不能|归不归|无论|不管|是否)` + filling + `*$`)
	civil          = NewPattern(`民非` + filling + `*$`) // 民办非企业, which denies nothing
	twice          = NewPattern(`(?:不是|并不是|不能说|不会|并非|谁说|哪能|不可能|难道)$`)

	deniedAfter = NewPattern(`^` + adverbs + `*(?:是)?(?:没有|没得|没|无|未)(?:有|建|成立|设立?|搞|弄|办|组建|登记|注册|起来|立|过|了|的|呢|啊|吧|哈|呀|哦|嘛|完|好)*(?:$` +
		`|[，。；、])`)
	neverMade     = NewPattern(`^` + adverbs + `*(?:没|未|没有)(?:建立|建成|建|成立|设立|组建|登记|注册)(?:起来|过|好)?(?:[^多几立]|$)`)
	goneAfter     = NewPattern(`^` + adverbs + `*(?:给|被)?(?:谈不上|别提了?|没影|没戏|没这回事|不存在|撤销|撤了|撤掉|撤并|解散|取消|注销|散了|没了|黄了|吊销|停了|拆了)`)
	affirmedAfter = NewPattern(`^` + adverbs + `*(?:是)?(?:有|建立?了|建好了?|成立了?|设了|在的|在里面|健全|齐全|搞了|办了|登记了|注册了)(?:的|了|呢|啊|吧|哈|呀|哦|嘛)*(?:$` +
		`|[，。；、])`)
	askedAfter = NewPattern(`^` + adverbs + `*(?:有没有|有无|是不是|有没|在不在|是否|成立没|建没建|建了没|成立了没)`)
)

// Before gives what the stretch just before a thing says of it, and where in
// the stretch that predicate begins: what stands before that speaks of something
// else. 没有, 有, 是, 不在 bind to the thing that follows them. What asks, 有没有,
// says nothing; what is denied twice is affirmed.
func Before(s string) (p Polarity, from int) {
	if at := askedBefore.FindStringIndex(s); at != nil && !strings.HasSuffix(s[:at[0]], "没") { // 没有没登记 asks nothing
		return Silent, at[0]
	}
	if at := deniedBefore.FindStringIndex(s); at != nil && !civil.MatchString(s) {
		if before := twice.FindStringIndex(s[:at[0]]); before != nil {
			return Affirmed, before[0]
		}
		return Denied, at[0]
	}
	if at := affirmedBefore.FindStringIndex(s); at != nil {
		return Affirmed, at[0]
	}
	return Silent, len(s)
}

// After gives what the stretch just after a thing says of it, and where that
// ends: 支部没有, 支部是有的, 支部撤销了. A predicate with an object of its own,
// 支部没有女的, says nothing.
func After(s string) (p Polarity, to int) {
	if at := askedAfter.FindStringIndex(s); at != nil {
		return Silent, at[1]
	}
	for _, try := range []struct {
		form *Pattern
		says Polarity
	}{{deniedAfter, Denied}, {neverMade, Denied}, {goneAfter, Denied}, {affirmedAfter, Affirmed}} {
		if at := try.form.FindStringIndex(s); at != nil {
			return try.says, at[1]
		}
	}
	return Silent, 0
}

// BothWays says whether a thing is affirmed before it and denied after it, as in
// 有支部没有: that asks, or says two things.
func BothWays(clause string, from, to int) bool {
	before, _ := Before(clause[:from])
	after, _ := After(clause[to:])
	return before == Affirmed && after == Denied && !goneAfter.MatchString(clause[to:])
}

// Negated says whether what stands at [from, to) of a clause is denied there,
// by what stands before it or, where that is silent, after it.
func Negated(clause string, from, to int) bool {
	if p, _ := Before(clause[:from]); p != Silent {
		return p == Denied
	}
	p, _ := After(clause[to:])
	return p == Denied
}
