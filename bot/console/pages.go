package console

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
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

// place is a page of the menu; a keeper's is for whoever looks after the program.
type place struct {
	path, name, title string
	keeper            bool
}

// places are the pages in the order of the menu: those that cadres work with, and
// those that whoever looks after the program does.
var places = []place{
	{"/", "overview", "总览", false},
	{"/talk", "talk", "问一问", false},
	{"/lead", "lead", "牵头建议", false},
	{"/ledger", "ledger", "台账", false},
	{"/reminders", "reminders", "提醒", false},
	{"/help", "help", "帮助", false},
	{"/documents", "documents", "文件", true},
	{"/questions", "questions", "没答上的", true},
	{"/channels", "channels", "渠道", true},
	{"/record", "record", "记录", true},
	{"/search", "search", "检索试验", true},
	{"/settings", "settings", "设置", true},
}

// others are the pages that are in no menu.
var others = map[string]string{"enter": "登录", "refused": "没有办成", "document": "文件", "start": "开始用", "restarts": "正在重新启动",
	"member": "单位"}

func loadPages() map[string]*page {
	layout := template.Must(template.New("layout.html").
		Funcs(template.FuncMap{"moment": moment, "day": day, "percent": percent, "fieldWith": fieldWith}).
		ParseFS(pageFiles, "pages/layout.html", "pages/parts.html"))
	out := map[string]*page{}
	add := func(name, title string) {
		t := template.Must(template.Must(layout.Clone()).ParseFS(pageFiles, "pages/"+name+".html"))
		out[name] = &page{title, t}
	}
	for _, p := range append(slices.Clone(places), cityPlaces...) {
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
	Title  string
	Office string // what the office is called
	Menu   []link
	Keeper []link // the menu of whoever looks after the program
	Kept   bool   // this page is one of that menu
	Told   string // what is said once, on top
	Bad    bool
	Body   any
}

// render writes a page. who is nil for those that need no session.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, who *session, body any) {
	p := s.pages[name]
	v := shown{Title: p.title, Body: body}
	if who != nil {
		v.Office = s.name()
		v.addMenu(s.places(), r.URL.Path)
		v.Told, v.Bad = who.takeTold()
		typed := who.takeTyped()
		if m, ok := body.(map[string]any); ok {
			m["Typed"] = typed
		}
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

// name is what the page is headed.
func (s *Server) name() string {
	if s.opts.City != nil {
		return s.opts.City.Name()
	}
	return s.opts.Office.About().Name
}

// places are the pages of the menu.
func (s *Server) places() []place {
	if s.opts.City != nil {
		return cityPlaces
	}
	return places
}

// addMenu adds the places, with the one marked that a path belongs to.
func (v *shown) addMenu(all []place, path string) {
	for _, x := range all {
		at := link{x.path, x.title, x.path == path || x.path != "/" && strings.HasPrefix(path, x.path+"/")}
		if x.keeper {
			v.Keeper, v.Kept = append(v.Keeper, at), v.Kept || at.Here
		} else {
			v.Menu = append(v.Menu, at)
		}
	}
}

// refuse says why something was not done: as a page, or to a script in a line.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, say string) {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		http.Error(w, say, status)
		return
	}
	s.render(w, r, status, "refused", nil, map[string]string{"Say": say, "Back": s.back(r)})
}

// back is where a reader goes on after something was refused.
func (s *Server) back(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	for _, p := range s.places() {
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

// percent gives a share of 100 for a likeness between 0 and 1.
func percent(x float64) int { return int(max(0, min(1, x))*100 + 0.5) }
