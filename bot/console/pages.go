package console

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"zujian/knowledge/text"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed static
var staticTree embed.FS

func staticFiles() http.Handler {
	tree, err := fs.Sub(staticTree, "static")
	if err != nil {
		panic(err) // it is embedded
	}
	return http.FileServerFS(tree)
}

// page is one page of the console.
type page struct {
	title    string
	template *template.Template
}

// places are the pages in the order of the menu.
var places = []struct{ path, name, title string }{
	{"/", "talk", "对话"},
	{"/lead", "lead", "牵头建议"},
	{"/ledger", "ledger", "台账"},
	{"/documents", "documents", "文件"},
	{"/reminders", "reminders", "提醒"},
	{"/questions", "questions", "没答上的"},
	{"/search", "search", "检索试验"},
	{"/channels", "channels", "渠道"},
	{"/record", "record", "记录"},
	{"/settings", "settings", "设置"},
	{"/help", "help", "帮助"},
}

// others are the pages that are in no menu.
var others = map[string]string{"enter": "登录", "refused": "没有办成", "document": "文件"}

func loadPages() map[string]*page {
	layout := template.Must(template.New("layout.html").Funcs(template.FuncMap{"moment": moment, "day": day, "bar": bar}).ParseFS(pageFiles, "pages/layout.html"))
	out := map[string]*page{}
	add := func(name, title string) {
		t := template.Must(template.Must(layout.Clone()).ParseFS(pageFiles, "pages/"+name+".html"))
		out[name] = &page{title, t}
	}
	for _, p := range places {
		add(p.name, p.title)
	}
	for name, title := range others {
		add(name, title)
	}
	return out
}

// link is one entry of the menu.
type link struct {
	Path, Title string
	Here        bool
}

// shown is what the layout is given.
type shown struct {
	Title string
	Menu  []link
	In    bool   // somebody has a session
	Told  string // what is said once, on top
	Bad   bool
	Body  any
}

// render writes a page. who is nil for those that need no session.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, who *session, body any) {
	p := s.pages[name]
	v := shown{Title: p.title, In: who != nil, Body: body}
	if who != nil {
		for _, x := range places {
			v.Menu = append(v.Menu, link{x.path, x.title, x.path == r.URL.Path || x.path != "/" && strings.HasPrefix(r.URL.Path, x.path+"/")})
		}
		v.Told, v.Bad = who.takeTold()
	}
	var b bytes.Buffer
	if err := p.template.Execute(&b, v); err != nil {
		s.log.Error("a page cannot be written", "page", name, "cause", err.Error())
		http.Error(w, "这一页写不出来。请看看日志。", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // whoever left does not read it
}

// refuse says why something was not done: as a page, or to a script in a line.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, say string) {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		http.Error(w, say, status)
		return
	}
	s.render(w, r, status, "refused", nil, map[string]string{"Say": say, "Back": back(r)})
}

// back is where a reader goes on after something was refused.
func back(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	for _, p := range places {
		if p.path == "/"+first {
			return p.path
		}
	}
	return "/"
}

// tell leaves a word for the next page of the session.
func (x *session) tell(bad bool, format string, args ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.told, x.bad = fmt.Sprintf(format, args...), bad
}

func (x *session) takeTold() (string, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	told := x.told
	x.told = ""
	return told, x.bad
}

// done leaves a word and leads to a page, so that loading it again does nothing
// twice.
func (s *Server) done(w http.ResponseWriter, r *http.Request, who *session, to, say string) error {
	if say != "" {
		who.tell(false, "%s", say)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// beijing is the zone in which times are said.
var beijing = text.Beijing

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(beijing).Format("2006年1月2日 15:04")
}

func day(t time.Time) string { return t.In(beijing).Format("1月2日") }

// bar gives a share of 100 for a likeness between 0 and 1.
func bar(x float64) int { return int(max(0, min(1, x))*100 + 0.5) }
