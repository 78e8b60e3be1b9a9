package console

import (
	"cmp"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"zujian/knowledge"
	"zujian/knowledge/catalogue"
)

// Limits of what is uploaded, in bytes.
const (
	largestDocument = 50 << 20
	largestUpload   = 200 << 20 // several together
)

// document is one as it is listed.
type document struct {
	*knowledge.Document
	Own     bool
	Entry   *catalogue.Entry // nil: it ships
	Asks    int
	Instead []string // what it seems to replace
}

func (s *Server) showDocuments(w http.ResponseWriter, r *http.Request, who *session) error {
	l, _, state, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	var all []document
	for _, d := range l.Documents {
		all = append(all, documentOf(d, state))
	}
	slices.SortStableFunc(all, func(a, b document) int { return cmp.Compare(rank(a), rank(b)) })
	var refused []string
	for _, f := range state.Folder {
		if f.Problem != "" {
			refused = append(refused, f.Problem)
		}
	}
	slices.Sort(refused)
	s.render(w, r, http.StatusOK, "documents", who, map[string]any{"All": all, "Refused": refused,
		"Expiring": state.Expiring(s.now().In(beijing).Format(time.DateOnly))})
	return nil
}

// rank puts what answers first, then the digests, then what holds no more.
func rank(d document) int {
	switch {
	case d.Validity != knowledge.InForce:
		return 2
	case d.Kind == knowledge.Digest:
		return 1
	}
	return 0
}

func documentOf(d *knowledge.Document, state *catalogue.State) document {
	v := document{Document: d, Entry: state.Entry(d.ID), Own: !d.Shipped}
	for _, a := range d.Asked {
		v.Asks += len(a.Asks)
	}
	if v.Entry != nil {
		v.Instead = state.Instead(d.ID)
	}
	return v
}

func (s *Server) showDocument(w http.ResponseWriter, r *http.Request, who *session) error {
	l, _, state, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	d := l.Document(r.PathValue("id"))
	if d == nil {
		return Told("没有这份文件。")
	}
	var older []*knowledge.Document
	for _, o := range l.Documents {
		if o != d && o.Validity == knowledge.InForce && o.Kind != knowledge.Digest {
			older = append(older, o)
		}
	}
	body := map[string]any{"D": documentOf(d, state), "Others": older, "Below": s.opts.Office.About().Below}
	if old := l.Document(r.URL.Query().Get("against")); old != nil {
		body["Against"], body["Differences"] = old, catalogue.Diff(old, d)
	}
	s.render(w, r, http.StatusOK, "document", who, body)
	return nil
}

// showPage gives the picture of a page that a scan was recognised on.
func (s *Server) showPage(w http.ResponseWriter, r *http.Request, _ *session) error {
	_, cat, state, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	e := state.Entry(r.PathValue("id"))
	page, err := strconv.Atoi(r.PathValue("page"))
	if e == nil || err != nil {
		return Told("没有这一页。")
	}
	picture, err := os.ReadFile(cat.Picture(*e, page))
	if err != nil {
		return Told("没有留下这一页的图，请看原件。")
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_, err = w.Write(picture)
	return err
}

// addDocuments takes in uploaded files, all of them in one change.
func (s *Server) addDocuments(w http.ResponseWriter, r *http.Request, who *session) error {
	dir, paths, fields, err := s.upload(w, r)
	if dir != "" {
		defer os.RemoveAll(dir)
	}
	if err != nil {
		return err
	}
	r.PostForm = url.Values{} // for the form to be shown again
	for name, value := range fields {
		r.PostForm.Set(name, value)
	}
	if len(paths) == 0 {
		return Told("请先选文件。")
	}
	_, cat, _, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	given := catalogue.Given{By: cmp.Or(fields["by"], "网页"), Source: fields["source"]}
	for _, g := range strings.FieldsFunc(fields["groups"], func(r rune) bool { return strings.ContainsRune("，,、\n", r) }) {
		given.Groups = append(given.Groups, strings.TrimSpace(g))
	}
	outcomes, err := cat.Add(paths, given, s.now(), nil)
	if err != nil {
		return Told("没有加成，什么也没有改：" + err.Error() + "。")
	}
	s.opts.Office.Changed()
	bad := slices.ContainsFunc(outcomes, func(o catalogue.Outcome) bool { return o.Status == catalogue.Refused })
	who.tell(bad, "%s", sayOutcomes(outcomes))
	to := "/documents"
	if fields["from"] == "start" {
		to = "/start#try"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// sayOutcomes says what became of each file.
func sayOutcomes(all []catalogue.Outcome) string {
	var lines []string
	for _, o := range all {
		switch o.Status {
		case catalogue.Added:
			lines = append(lines, "收了：《"+o.Title+"》，"+strconv.Itoa(o.Clauses)+" 句。请点开核对一遍。")
		case catalogue.Held:
			lines = append(lines, "已经有了："+filepath.Base(o.File)+"，"+o.Say+"。")
		case catalogue.Refused:
			lines = append(lines, "没有收："+o.Say)
		}
		for _, d := range o.Doubts {
			lines = append(lines, "请看一眼："+d)
		}
		for _, id := range o.Instead {
			lines = append(lines, "像是替代了 "+id+"。是的话，请点开新的一份，选“替代”。")
		}
	}
	return strings.Join(lines, "\n")
}

// upload writes uploaded files into a folder of their own, under names that
// lead nowhere else, and gives the other fields of the form. The caller removes
// the folder.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) (dir string, paths []string, fields map[string]string, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, largestUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, nil, broken(err)
	}
	if dir, err = os.MkdirTemp("", "zujian-*"); err != nil {
		return "", nil, nil, err
	}
	fields = map[string]string{}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return dir, paths, fields, nil
		}
		if err != nil {
			return dir, nil, nil, broken(err)
		}
		if p.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(p, 4<<10))
			if err != nil {
				return dir, nil, nil, broken(err)
			}
			if len(fields) < 20 {
				fields[p.FormName()] = strings.TrimSpace(string(value))
			}
			continue
		}
		if len(paths) == 50 {
			return dir, nil, nil, Told("一次最多传五十份，请分几次传；更多的，请放进数据文件夹里的 documents。")
		}
		path, err := write(dir, len(paths), p)
		if err != nil {
			return dir, nil, nil, err
		}
		paths = append(paths, path)
	}
}

// write writes one uploaded file. Each has a folder of its own, so that two of
// one name do not meet.
func write(dir string, n int, p *multipart.Part) (string, error) {
	path := filepath.Join(dir, strconv.Itoa(n), fileName(p.FileName()))
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	size, err := io.Copy(f, io.LimitReader(p, largestDocument+1))
	if err != nil {
		return "", broken(err)
	}
	if size > largestDocument {
		return "", Told("《" + fileName(p.FileName()) + "》超过 50 MB，没有收。请另存一份小一点的，比如去掉图片。")
	}
	return path, nil
}

// fileName is an uploaded name as a name in a folder of ours: no path, nothing
// invisible, not too long.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimLeft(name, ".")
	if runes := []rune(name); len(runes) > 60 { // a name in UTF-8 may have 255 bytes
		ext := []rune(filepath.Ext(name))
		name = string(runes[:60-min(len(ext), 10)]) + string(ext[:min(len(ext), 10)])
	}
	return cmp.Or(name, "未命名")
}

// changeDocument retires a document, has it hold again, or has it replace
// another.
func (s *Server) changeDocument(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	l, cat, _, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	id, old := r.PathValue("id"), r.PostFormValue("old")
	switch d := l.Document(id); {
	case d == nil:
		return Told("没有这份文件。")
	case d.From != "":
		return Told("没有改：《" + d.Title + "》是" + d.From + "给的，只有那边能改。")
	}
	today := s.now().In(beijing).Format(time.DateOnly)
	did, err := cat.Do(s.now(), func(state *catalogue.State) (string, error) {
		switch r.PostFormValue("do") {
		case "retire":
			return id + " 标为废止", state.Retire(id, cmp.Or(r.PostFormValue("on"), today))
		case "restore":
			return id + " 恢复为现行", state.Restore(id)
		case "replace":
			if l.Document(old) == nil {
				return "", Told("请选被替代的是哪一份。")
			}
			return id + " 替代 " + old, state.Replace(id, old, s.now())
		case "share":
			return id + " 给下级看", state.Share(id, nil)
		case "unshare":
			return id + " 不再给下级看", state.Unshare(id)
		}
		return "", Told("不知道要做什么。请在文件的页面上选。")
	})
	if err != nil {
		return Told("没有改成：" + strings.TrimRight(err.Error(), "。") + "。")
	}
	s.opts.Office.Changed()
	return s.done(w, r, who, "/documents", "记下了："+did+"。不对的话，点“撤回上一次改动”。")
}

// undo takes the last change of the catalogue back.
func (s *Server) undo(w http.ResponseWriter, r *http.Request, who *session) error {
	_, cat, _, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	undone, err := cat.Undo(s.now())
	if err != nil {
		return Told(err.Error() + "。")
	}
	s.opts.Office.Changed()
	return s.done(w, r, who, "/documents", "撤回了："+undone+"。")
}
