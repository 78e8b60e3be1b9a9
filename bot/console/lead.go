package console

import (
	"cmp"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"zujian/bot/dialog"
	"zujian/bot/picture"
	"zujian/knowledge/rule"
)

// field is one fact of the form.
type field struct {
	ID, Name, Question, Value string
	Number                    bool
	Options                   []rule.Option
}

// recommendation is what the form leads to.
type recommendation struct {
	rule.Recommendation
	Known   []string // what is known, in words
	Check   rule.Eligibility
	Picture template.URL // SVG as a data address
	Next    *rule.Question
}

// showLead shows the form, and with facts or a description what they lead to.
// Nothing of it is kept or put into an address.
func (s *Server) showLead(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	b := s.opts.Office.Book()
	if b.Fault != "" {
		return Told(b.Fault)
	}
	description := strings.TrimSpace(r.PostFormValue("description"))
	raw := map[string]any{}
	for _, f := range b.Facts {
		if v := strings.TrimSpace(r.PostFormValue(f.ID)); v != "" {
			raw[f.ID] = v
		}
	}
	body := map[string]any{"Description": description, "Fields": fieldsOf(b, raw)}
	given, err := b.TakeFacts(raw)
	switch {
	case err != nil:
		body["Wrong"] = err.Error()
	case len(raw) > 0 || description != "":
		body["R"] = recommend(b, given, description)
	}
	name := "lead"
	if r.Header.Get("X-Part") != "" { // a script wants what changes
		s.renderPart(w, name, "result", body)
		return nil
	}
	s.render(w, r, http.StatusOK, name, who, body)
	return nil
}

func recommend(b *rule.Book, given rule.Facts, description string) recommendation {
	facts := b.Read(description).Facts
	for k, v := range given {
		facts[k] = v
	}
	r := rule.Decide(b, facts)
	out := recommendation{Recommendation: r, Check: rule.Check(b, facts)}
	if asked := dialog.Lead(b, given, description); asked.Ask != nil {
		out.Next = asked.Ask
	}
	for _, f := range b.Facts {
		if v, ok := facts[f.ID]; ok {
			out.Known = append(out.Known, f.Name+"："+b.ValueName(f.ID, v))
		}
	}
	svg := picture.Path(b, facts, r).SVG()
	out.Picture = template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)) //nolint:gosec // drawn here
	return out
}

// fieldsOf gives the facts that are asked for, in the order of the book.
func fieldsOf(b *rule.Book, raw map[string]any) []field {
	var out []field
	for _, f := range b.Facts {
		if f.Ask != nil && !*f.Ask {
			continue
		}
		v, _ := raw[f.ID].(string)
		x := field{ID: f.ID, Name: f.Name, Question: cmp.Or(f.Question, f.Name), Value: v, Number: f.Number}
		for _, value := range f.Values {
			x.Options = append(x.Options, rule.Option{Say: value.Name, Value: value.Value})
		}
		out = append(out, x)
	}
	return out
}

// renderPart writes one part of a page, for a script that puts it in.
func (s *Server) renderPart(w http.ResponseWriter, name, part string, body any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := s.pages[name].template.ExecuteTemplate(w, part, body); err != nil {
		s.log.Error("a part of a page cannot be written", "page", name, "cause", err.Error())
	}
}
