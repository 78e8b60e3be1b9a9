package parse

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// Lines that sites and forms put above a document, or that stand with its head.
var (
	breadcrumb = text.NewPattern(`^(?:您?(?:现在|当前|所在)?的?(?:所在)?位置[：:]|首页 ?[>＞»›/])`)
	adopted    = text.NewPattern(`^[（(].*(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年.*(?:[）)]|通过|修订|修正|印发)$`)
	madeBy     = text.NewPattern(`^[（(]?([^，。；：:（( ]{3,40}?)(?:编印|编写|编|整理|印制|制定|制|发布)[， ]{0,2}((?:19` +
		`|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)[）)]?$`)
	afterTitle = text.NewPattern(`^[（(][^）)]{1,20}[）)]$`)
	blankRun   = text.NewPattern(`[\s\x{3000}\x{00a0}]{2,}|[；;\t]`)
)

// What the tables above a document on a government's site call its parts, by which
// part of it they are; "" is none that is kept.
var metaNames = func() map[string]string {
	out := map[string]string{}
	for part, names := range map[string]string{
		"title":  `标题 名称 信息名称 文件名称`,
		"issuer": `发文机关 发布机构 发布单位 发文单位 制发单位 信息来源 公开单位 责任部门 发布部门`,
		"number": `发文字号 文号 发文号 文件编号`,
		"day":    `成文日期 发布日期 发文日期 发布时间 生成日期 印发日期 公开日期 制发日期`,
		"": `索引号 主题分类 公开方式 公开形式 公开类别 公开范围 公开时限 有效性 有效期 时效 主题词 信息分类 组配分类 体裁分类 服务对象 分类 废止日期 失效日期 生效日期 来源 浏览次数 点击数
			阅读次数 作者 责任编辑 审核 内容概述 概述 语种 公文种类 密级 保管期限 关键词 字号 字体`,
	} {
		for _, name := range strings.Fields(names) {
			out[name] = part
		}
	}
	return out
}()

// headMost is how many lines may stand above the body.
const headMost = 40

// header reads what stands above the body.
type header struct {
	*official
	parts   []string // of the title
	blocks  []int    // the block, between blank lines, of each part
	numbers int      // where the document's number stood among the parts; -1: nowhere
	block   int
	kept    []string // lines among them that belong to the body
}

// head takes what stands above the body.
func (o *official) head(lines []string) []string {
	h := &header{official: o, numbers: -1}
	i := 0
	ended := false // the head ended where its own last part stands
	for ; i < min(len(lines), headMost) && !ended; i++ {
		if strings.TrimSpace(lines[i]) == "" {
			h.block++
			continue
		}
		if n := h.note(lines[i:]); n > 0 {
			i += n - 1
			continue
		}
		var more bool
		if more, ended = h.line(lines[i]); !more {
			break
		}
	}
	rest := h.settle(ended)
	return append(append(rest, h.kept...), lines[i:]...)
}

// note takes a remark on who adopted the document when, which may run over
// several lines, and gives how many it took.
func (h *header) note(lines []string) int {
	whole := ""
	for i, l := range lines[:min(len(lines), 4)] {
		if whole += plainly(l); whole == "" || !strings.ContainsAny(whole[:min(3, len(whole))], "（(") {
			return 0
		}
		if !adopted.MatchString(whole) || !strings.ContainsAny(whole, "）)") {
			continue
		}
		if len(h.parts)+len(h.title) == 0 || runes(whole) > 150 || dayIn(whole) == "" {
			return 0
		}
		if h.issued == "" {
			h.issued, h.dateLine = dayIn(whole), strings.Trim(whole, "（）()")
		}
		return i + 1
	}
	return 0
}

// line takes one line of the head. more is false where the line is the body's;
// ended says that the body begins behind it.
func (h *header) line(raw string) (more, ended bool) {
	l := plainly(raw)
	named := len(h.parts) > 0 || h.title != ""
	switch {
	case breadcrumb.MatchString(l), chrome.MatchString(l), h.meta(raw), h.numberLine(l):
	case len(h.parts) == 0 && runes(l) >= 4 && strings.Contains(squeezed(h.title), squeezed(l)): // a line of the title the file gave
	case headLine.MatchString(l) && (!officialTitle.MatchString(l) || strings.HasSuffix(l, "便函") && !named):
		h.redHead(l)
	case named && dayLine.MatchString(l):
		h.issued, h.dateLine = dayIn(l), strings.Trim(l, "（）() ")
	case named && madeBy.MatchString(l):
		m := madeBy.FindStringSubmatch(l)
		h.issuer, h.dateLine, h.issued = m[1], m[2], dayIn(m[2])
	case named && addressee.MatchString(l) && !numbered(l) && !leadIn.MatchString(l):
		h.addressee = strings.TrimRight(l, "：:")
		return true, true
	case !h.mayBeTitle(raw, l) && (h.title == "" || h.number != "" || !organ.MatchString(l)): // bodies of a joint issue
		return false, false
	default:
		h.parts, h.blocks = append(h.parts, l), append(h.blocks, h.block)
	}
	return true, false
}

// leadIn is a line that ends in a colon and opens a list, not a letter.
var leadIn = text.NewPattern(`(?:下列|以下|如下|包括|其中|分别是|要求|材料|条件|标准|情形|程序|流程|内容|事项|方式|不|应当|可以)[^、]{0,12}[：:]$|^(?:问|答|甲方|乙方|附件?|注|说明)[：:]`)

func squeezed(l string) string { return strings.Join(strings.Fields(l), "") }

// redHead takes a line such as “某县妇女联合会文件”. What stood above it are
// the other bodies that issue it.
func (h *header) redHead(l string) {
	name, ok := strings.CutSuffix(strings.TrimSuffix(squeezed(l), "便函"), "文件")
	if !ok && name == squeezed(l) {
		return
	}
	bodies := []string{}
	for _, p := range h.parts {
		bodies = append(bodies, strings.Fields(p)...)
	}
	h.parts, h.blocks = nil, nil
	h.issuer = strings.Join(append(bodies, name), "、")
}

// numberLine takes the document's number, and a day that stands behind it.
func (h *header) numberLine(l string) bool {
	m := documentNumber.FindStringSubmatch(l)
	if m == nil {
		return false
	}
	if m[4] != "" && dayIn(m[4]) == "" {
		return false
	}
	if h.number == "" {
		h.number, h.numbers = m[1]+"〔"+m[2]+"〕"+m[3]+"号", len(h.parts)
	}
	if day := dayIn(m[4]); day != "" && h.issued == "" {
		h.issued = day
		if dayLine.MatchString(m[4]) {
			h.dateLine = m[4]
		}
	}
	return true
}

// meta takes a line of the table above a document on a site: every part of it
// is a name with its value.
func (h *header) meta(raw string) bool {
	parts := blankRun.Split(strings.TrimSpace(spacedName.ReplaceAllString(raw, "$1$2$3")), -1)
	label, any := "", false
	found := map[string]string{}
	for _, p := range parts {
		p = strings.TrimSpace(p)
		name, v, ok := cutColon(p)
		_, known := metaNames[squeezed(name)]
		switch {
		case ok && known:
			label, any = metaNames[squeezed(name)], true
			found[label] = strings.TrimSpace(v)
		case !ok && metaNames[squeezed(p)] != "" || !ok && isMeta(p):
			label, any = metaNames[squeezed(p)], true
		case !ok && any && found[label] == "" && p != "":
			found[label] = p
		case p != "":
			return false
		}
	}
	if !any {
		return false
	}
	h.takeMeta(found)
	return true
}

// spacedName is a name of two or three characters drawn apart: 索 引 号, 标　　题.
var spacedName = text.NewPattern(`(\p{Han})[\s\x{3000}]+(\p{Han})[\s\x{3000}]*(\p{Han}?[：:])`)

func isMeta(p string) bool { _, ok := metaNames[squeezed(p)]; return ok }

func cutColon(p string) (name, value string, ok bool) {
	if name, value, ok = strings.Cut(p, "："); ok {
		return name, value, ok
	}
	return strings.Cut(p, ":")
}

func (h *header) takeMeta(found map[string]string) {
	if v := found["title"]; v != "" && h.title == "" && officialTitle.MatchString(v) {
		h.title = v
	}
	if v := found["issuer"]; v != "" && h.issuer == "" {
		h.issuer = v
	}
	if v := dayIn(plainly(found["day"])); v != "" && h.issued == "" {
		h.issued = v
	}
	if v := found["number"]; v != "" {
		h.numberLine(plainly(v))
	}
}

// mayBeTitle says whether a line begins or continues the title, as it stands so
// far: titles run over several lines and end in what the document is.
func (h *header) mayBeTitle(raw, l string) bool {
	whole := strings.Join(h.parts, "") + l
	if h.title != "" || runes(whole) > 160 || runes(l) > 60 || numbered(l) {
		return false
	}
	if strings.ContainsAny(l, "。；;？?！!") || text.EndsAny(l, "：", ":") {
		return false
	}
	if len(h.parts) == 0 {
		return !attachmentHead.MatchString(l)
	}
	if strings.HasPrefix(l, "【") { // the first of several notices under one title
		return false
	}
	if complete(strings.Join(h.parts, "")) {
		return afterTitle.MatchString(l) && dayIn(l) == ""
	}
	return len(h.parts) < 8 && !(strings.HasPrefix(raw, "\u3000\u3000") && !strings.HasPrefix(raw, "\u3000\u3000\u3000"))
}

// complete says whether a title is whole: it ends in what the document is, and
// every bracket in it is closed.
func complete(title string) bool {
	closed := strings.Count(title, "《") == strings.Count(title, "》") && strings.Count(title, "“") == strings.Count(title, "”")
	return closed && officialTitle.MatchString(title)
}

// settle makes the title of its lines and gives those that are the body's after
// all.
func (h *header) settle(ended bool) (rest []string) {
	if h.title != "" || len(h.parts) == 0 {
		return h.parts
	}
	// Bodies above the number are who issues it; the title stands below.
	noOrgan := func(p string) bool { return !organ.MatchString(p) }
	if n := h.numbers; n > 0 && n < len(h.parts) && !complete(strings.Join(h.parts[:n], "")) && !slices.ContainsFunc(h.parts[:n], noOrgan) {
		if h.issuer == "" {
			h.issuer = strings.Join(strings.Fields(strings.Join(h.parts[:n], " ")), "、")
		}
		h.parts, h.blocks = h.parts[n:], h.blocks[n:]
	}
	end := len(h.parts)
	if !complete(strings.Join(h.parts, "")) && !ended {
		end = 1
		for end < len(h.parts) && h.blocks[end] == h.blocks[0] && h.block > h.blocks[0] && runes(h.parts[end]) <= 40 {
			end++
		}
	}
	h.title = joinTitle(h.parts[:end])
	if bodies, _, ok := strings.Cut(h.title, "关于"); ok && h.issuer == "" && organ.MatchString(bodies) {
		h.issuer = strings.Join(strings.Fields(bodies), "、")
	}
	return h.parts[end:]
}

// joinTitle joins the lines of a title; bodies of a joint issue keep a blank
// between them.
func joinTitle(parts []string) string {
	title := ""
	for i, p := range parts {
		if i > 0 && organ.MatchString(p) && organ.MatchString(parts[i-1]) {
			title += " "
		}
		title = glue(title, p)
	}
	return title
}
