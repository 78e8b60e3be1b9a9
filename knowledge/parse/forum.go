package parse

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"zujian/knowledge/text"
)

// The marks that Discuz leaves on every page of every forum, by which the post
// is told from the chrome around it: the copy-link after the subject, the
// reading bar above the post, the log-in prompt below it.
var (
	copyLink   = text.NewPattern(`^\[复制链接\]$`)
	readingBar = text.NewPattern(`发表于 \d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?.*(?:显示全部楼层|只看该作者)`)
	postEnd    = text.NewPattern(`^(?:您需要登录后才可以回帖|回复\s*$|举报\s*$|使用道具|本版积分规则|上一主题|下一主题|本帖子中包含更多资源)`)
)

func isForumText(text string) bool { return readingBar.MatchString(text) }

// readForumText reads a page of a Discuz forum as a browser copies it. Only
// the first post is the document: what others reply below it is not.
func readForumText(text string) (*source, error) {
	var lines []string
	title, previous, in := "", "", false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(strings.Trim(line, "\u00a0"))
		switch {
		case line == "":
			continue
		case in && (postEnd.MatchString(line) || readingBar.MatchString(line)):
			return &source{Format: "网页文字", Title: title, Lines: lines}, nil
		case in:
			lines = append(lines, line)
		case copyLink.MatchString(line):
			title = previous
		case readingBar.MatchString(line):
			in = true
		}
		previous = line
	}
	return &source{Format: "网页文字", Title: title, Lines: lines}, nil
}

// forumPost reads the first post of a Discuz page.
func forumPost(page *goquery.Document, post *goquery.Selection) *source {
	post.Find("font.jammer, .pstatus, .quote, script, style, .attach_nopermission").Remove()
	post.Find("br, p, div").Each(func(_ int, s *goquery.Selection) { s.AfterHtml("\n") })
	title := strings.TrimSpace(page.Find("#thread_subject").First().Text())
	return &source{Format: "HTML", Title: title, Lines: strings.Split(post.Text(), "\n")}
}
