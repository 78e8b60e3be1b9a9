package console

import (
	"net/http"
	"strings"
)

const longestSearch = 4000 // characters of a question that is looked at from inside

func (s *Server) showSearch(w http.ResponseWriter, r *http.Request, who *session) error {
	question := strings.TrimSpace(r.URL.Query().Get("q"))
	body := map[string]any{"Question": question}
	if question != "" {
		if len([]rune(question)) > longestSearch {
			return Told("写得太长了，请短一点。")
		}
		look, err := s.opts.Office.Look(r.Context(), question)
		if err != nil {
			return err
		}
		body["Look"], body["Status"] = look, statusWords[string(look.Answer.Status)]
		n := min(len(look.Seen), mostOpen)
		body["First"], body["Rest"] = look.Seen[:n], look.Seen[n:]
	}
	s.render(w, r, http.StatusOK, "search", who, body)
	return nil
}

// mostOpen is how many sentences are shown before the others, which are folded.
const mostOpen = 8

// statusWords are the statuses of an answer in Chinese.
var statusWords = map[string]string{
	"answered": "答上了", "unsure": "没有把握，列了最接近的", "not_stated": "文件没有写到",
	"out_of_scope": "不在范围里", "private": "涉及个人信息", "secret": "有密级标志",
	"urgent": "有人有危险", "too_long": "太长，没有看", "dialog": "开始组建对话", "error": "出了问题",
}
