package parse

import (
	"errors"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"zujian/knowledge/text"
)

// Where the systems that government sites run on keep the text of a page.
var articles = []string{"#UCAP-CONTENT", ".TRS_Editor", ".TRS_UEDITOR", ".pages_content", "#zoom", "#Zoom", ".article-content",
	".article_content", "#articleContent", ".news_content", ".content_main", "#content", "article"}

var (
	htmlTag   = text.NewPattern(`(?i)<(?:!doctype html|html|head|body|meta|div|table)[\s>]`)
	titleTail = text.NewPattern(`\s*[_|]\s*[^_|]*$|\s+[-–—]+\s*[^-]*$`)
	blanks    = text.NewPattern(`[ \t\r\n]+`)
)

func isHTML(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 2000)])
	return strings.HasPrefix(head, "<") && htmlTag.MatchString(head) || strings.Contains(strings.ToLower(head), "<html")
}

func readHTML(html string) (*source, error) {
	page, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		return nil, ErrDamaged
	}
	if post := page.Find(`[id^=postmessage_]`).First(); post.Length() > 0 {
		return forumPost(page, post), nil
	}
	page.Find("script, style, noscript, nav, header, footer, iframe, button, select, del, [hidden]").Remove()
	page.Find(".share, .breadcrumb, .crumb, .nav, .header, .footer, .foot, .bottom").Remove()
	page.Find("[style]").Each(func(_ int, s *goquery.Selection) {
		style := strings.ToLower(squeezed(s.AttrOr("style", "")))
		if text.HasAny(style, "display:none", "visibility:hidden") {
			s.Remove()
		}
	})
	s := &source{Format: "HTML", Title: pageTitle(page)}
	s.Issuer, _ = page.Find(`meta[name="ContentSource" i]`).Attr("content")
	if s.Lines, err = htmlLines(article(page)); err != nil {
		return nil, err
	}
	if len(strings.Join(s.Lines, "")) == 0 {
		return nil, ErrEmpty
	}
	return s, nil
}

// ownTitle is what a site, not a page, is called.
var ownTitle = text.NewPattern(`门户网站|政府网|官方网站|官网$|^首页$|网站首页`)

func pageTitle(page *goquery.Document) string {
	candidates := []string{
		page.Find(`meta[name="ArticleTitle" i]`).AttrOr("content", ""),
		page.Find("h1").First().Text(),
		page.Find(".article-title, .title, .tit").First().Text(),
	}
	page.Find("h2, h3").Each(func(_ int, h *goquery.Selection) {
		if t := squeezed(h.Text()); complete(t) && len(candidates) == 3 {
			candidates = append(candidates, t)
		}
	})
	candidates = append(candidates, titleTail.ReplaceAllString(strings.TrimSpace(page.Find("title").First().Text()), ""))
	for _, t := range candidates {
		if t = blanks.ReplaceAllString(strings.TrimSpace(t), ""); t != "" && runes(t) <= 160 && !ownTitle.MatchString(t) {
			return t
		}
	}
	return ""
}

// article gives the element that holds the text: where a known system keeps
// it, else the innermost that has most of what the page says outside links.
func article(page *goquery.Document) *goquery.Selection {
	for _, selector := range articles {
		if s := page.Find(selector).First(); runes(s.Text()) > 20 && 2*spoken(s) > spoken(page.Find("body")) {
			return s
		}
	}
	best := page.Find("body")
	whole := spoken(best)
	for {
		var inner *goquery.Selection
		best.Children().Each(func(_ int, s *goquery.Selection) {
			if !s.Is("p, table, ul, ol, h1, h2, h3, h4") && 10*spoken(s) >= 9*whole {
				inner = s
			}
		})
		if inner == nil {
			return best
		}
		best = inner
	}
}

// spoken is how much an element says outside links.
func spoken(s *goquery.Selection) int {
	n := runes(squeezed(s.Text()))
	s.Find("a").Each(func(_ int, a *goquery.Selection) { n -= runes(squeezed(a.Text())) })
	return n
}

// chrome is a line that a site puts around every page.
var chrome = text.NewPattern(`版权所有|ICP备|公网安备|网站标识码|^(?:上一篇|下一篇)[：:]|^(?:打印|关闭|收藏|分享|返回)(?:本页|窗口|到|顶部|[ 　|【】\[\]])*$|[【\[]字体[：:]` +
	`|^(?:发布|更新)(?:日期|时间)[：:].*(?:浏览|点击|阅读)|^(?:责任编辑|扫一扫|手机扫)`)

// htmlLines gives the text with a line for each block and each row of a table.
func htmlLines(s *goquery.Selection) ([]string, error) {
	var cells budget
	var failed error
	s.Find("table").Each(func(_ int, t *goquery.Selection) {
		if t.Find("table").Length() > 0 || t.Find("tr").Length() < 2 {
			return
		}
		rows, err := htmlRows(t, &cells)
		failed = errors.Join(failed, err)
		t.SetText("\x01" + strings.Join(tableLines(rows), "\x01") + "\x01")
	})
	if failed != nil {
		return nil, ErrTooLarge
	}
	s.Find("br").ReplaceWithHtml("\x01")
	s.Find("p, div, li, tr, h1, h2, h3, h4, h5, section").Each(func(_ int, b *goquery.Selection) {
		b.PrependHtml("\x01")
		b.AppendHtml("\x01")
	})
	var lines []string
	for l := range strings.SplitSeq(blanks.ReplaceAllString(s.Text(), " "), "\x01") {
		if l = strings.Trim(l, " \u00a0\u3000"); l != "" && !chrome.MatchString(l) && !breadcrumb.MatchString(plainly(l)) {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// htmlRows gives the rows of a table; a cell that spans columns or rows stands
// in each of its places. It fails where that would be too many.
func htmlRows(t *goquery.Selection, cells *budget) ([][]string, error) {
	var rows [][]string
	type under struct {
		text string
		more int // rows that it still covers
	}
	var above []under // what hangs down into each column
	var failed error
	t.Find("tr").Each(func(_ int, r *goquery.Selection) {
		var row []string
		hang := func() {
			for len(row) < len(above) && above[len(row)].more > 0 {
				above[len(row)].more--
				if err := cells.take(1, above[len(row)].text); err != nil {
					failed = err
					return
				}
				row = append(row, above[len(row)].text)
			}
		}
		r.Find("td, th").Each(func(_ int, c *goquery.Selection) {
			hang()
			text := cellText(c)
			across, down := spanOf(c, "colspan"), spanOf(c, "rowspan")
			if err := cells.take(across, text); err != nil {
				failed = err
				return
			}
			for range across {
				for len(above) <= len(row) {
					above = append(above, under{})
				}
				above[len(row)] = under{text, down - 1}
				row = append(row, text)
			}
		})
		hang()
		rows = append(rows, row)
	})
	return rows, failed
}

func spanOf(c *goquery.Selection, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(c.AttrOr(name, "1")))
	if err != nil {
		return 1
	}
	return max(1, min(n, 200))
}

// cellText gives a cell with a line for each of its blocks.
func cellText(c *goquery.Selection) string {
	c.Find("br").ReplaceWithHtml("\x01")
	c.Find("p, div, li").Each(func(_ int, b *goquery.Selection) { b.AppendHtml("\x01") })
	lines := strings.Split(blanks.ReplaceAllString(c.Text(), " "), "\x01")
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
