package console

import (
	"net/http"

	"zujian/bot/handbook"
)

// showHelp shows a page of the handbook, the first one where none is named.
func (s *Server) showHelp(w http.ResponseWriter, r *http.Request, who *session) error {
	page, ok := handbook.Find(r.PathValue("name"))
	if !ok {
		page = handbook.Pages()[0]
	}
	text, err := page.HTML()
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "help", who, map[string]any{"Pages": handbook.Pages(), "Page": page, "Text": text})
	return nil
}
