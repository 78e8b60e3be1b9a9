package console

import (
	"net/http"
	"net/url"
	"strings"

	"zujian/knowledge"
)

func (s *Server) showQuestions(w http.ResponseWriter, r *http.Request, who *session) error {
	body, err := s.questions(r, strings.TrimSpace(r.URL.Query().Get("q")))
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "questions", who, body)
	return nil
}

// mostSeen is how many sentences an operator may choose from.
const mostSeen = 8

// questions gives what the page shows, with one question looked at where it is not
// empty.
func (s *Server) questions(r *http.Request, question string) (map[string]any, error) {
	all, err := s.opts.Office.Unanswered(r.Context())
	if err != nil {
		return nil, err
	}
	done, err := s.opts.Office.Improvements()
	if err != nil {
		return nil, err
	}
	l, _, _, err := s.opts.Office.Held()
	if err != nil {
		return nil, err
	}
	var documents []*knowledge.Document
	for _, d := range l.Documents {
		if d.Validity == knowledge.InForce && d.Kind != knowledge.Digest {
			documents = append(documents, d)
		}
	}
	body := map[string]any{"All": all, "Done": done, "Documents": documents}
	if question != "" {
		look, err := s.opts.Office.Look(r.Context(), question)
		if err != nil {
			return nil, err
		}
		look.Seen = look.Seen[:min(len(look.Seen), mostSeen)]
		body["Question"], body["Look"] = question, look
	}
	return body, nil
}

// improve takes in what an operator adds for a question, or shows what it would come
// to.
func (s *Server) improve(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	i := improvement(r.PostForm)
	if r.PostForm.Has("look") {
		return s.preview(w, r, who, i)
	}
	say, err := s.opts.Office.Improve(r.Context(), i)
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/questions", say)
}

// improvement reads a form.
func improvement(form url.Values) Improvement {
	field := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	i := Improvement{Kind: field("kind"), Question: field("question"), Document: field("document"), Topic: field("topic"),
		Answer: field("answer"), Source: field("source"), Insist: form.Has("insist"),
		Verdict: strings.FieldsFunc(field("verdict"), func(r rune) bool { return strings.ContainsRune("、，, 　", r) })}
	for _, p := range form["piece"] {
		if p = strings.TrimSpace(p); p != "" {
			i.Pieces = append(i.Pieces, p)
		}
	}
	for _, word := range []string{field("word"), field("same")} {
		if word != "" {
			i.Words = append(i.Words, word)
		}
	}
	return i
}

// preview shows what an improvement would come to, with all that was typed, to be
// kept with one click.
func (s *Server) preview(w http.ResponseWriter, r *http.Request, who *session, i Improvement) error {
	p, err := s.opts.Office.Preview(r.Context(), i)
	if err != nil {
		return err
	}
	body, err := s.questions(r, i.Question)
	if err != nil {
		return err
	}
	r.PostForm.Del("look")
	body["Preview"], body["Form"] = p, r.PostForm
	who.mu.Lock()
	who.typed = r.PostForm
	who.mu.Unlock()
	s.render(w, r, http.StatusOK, "questions", who, body)
	return nil
}

func (s *Server) dropImprovement(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	say, err := s.opts.Office.DropImprovement(r.Context(), r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/questions", say)
}
