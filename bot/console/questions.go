package console

import (
	"net/http"
	"strings"

	"zujian/knowledge"
)

func (s *Server) showQuestions(w http.ResponseWriter, r *http.Request, who *session) error {
	all, err := s.opts.Office.Unanswered(r.Context())
	if err != nil {
		return err
	}
	done, err := s.opts.Office.Improvements()
	if err != nil {
		return err
	}
	l, _, _, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	var documents []*knowledge.Document
	for _, d := range l.Documents {
		if d.Validity == knowledge.InForce && d.Kind != knowledge.Digest {
			documents = append(documents, d)
		}
	}
	body := map[string]any{"All": all, "Done": done, "Documents": documents}
	if q := strings.TrimSpace(r.URL.Query().Get("q")); q != "" {
		look, err := s.opts.Office.Look(r.Context(), q)
		if err != nil {
			return err
		}
		look.Seen = look.Seen[:min(len(look.Seen), 8)]
		body["Question"], body["Look"] = q, look
	}
	s.render(w, r, http.StatusOK, "questions", who, body)
	return nil
}

// improve takes in what an operator adds for a question.
func (s *Server) improve(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	i := Improvement{Kind: field("kind"), Question: field("question"), Piece: field("piece"), Document: field("document"),
		Topic: field("topic"), Answer: field("answer"), Source: field("source")}
	for _, word := range []string{field("word"), field("same")} {
		if word != "" {
			i.Words = append(i.Words, word)
		}
	}
	say, err := s.opts.Office.Improve(r.Context(), i)
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/questions", say)
}

func (s *Server) dropImprovement(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	say, err := s.opts.Office.DropImprovement(r.Context(), r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/questions", say)
}
