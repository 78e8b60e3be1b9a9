package console

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/ledger"
)

// ledgerJob is one ledger that is being worked on, or is done. It is in memory
// only and goes when it is replaced, forgotten or its session ends.
type ledgerJob struct {
	name string
	data []byte
	stop context.CancelFunc
	over chan struct{} // closed when there is a result or a problem

	done, of atomic.Int64

	mu      sync.Mutex
	running bool
	result  *ledger.Result
	out     []byte
	given   string // the name of the result
	problem string
}

// ledgerLasts is how long a result waits to be fetched.
const ledgerLasts = 30 * time.Minute

// ledgerShown is what the page says of a job.
type ledgerShown struct {
	Name       string
	Running    bool
	Done, Of   int64
	Problem    string
	Tables     ledger.Mapping
	Summary    *ledger.Summary
	Roles      []string
	Ready      bool
	ResultName string
}

func (s *Server) showLedger(w http.ResponseWriter, r *http.Request, who *session) error {
	who.mu.Lock()
	job := who.file
	who.mu.Unlock()
	var v *ledgerShown
	if job != nil {
		if r.URL.Query().Get("wait") != "" { // a script waits instead of looking again and again
			job.wait(r.Context())
		}
		v = job.show()
		if v.Running { // without scripts the page looks again by itself
			w.Header().Set("Refresh", "1")
		}
	}
	s.render(w, r, http.StatusOK, "ledger", who, map[string]any{"Job": v})
	return nil
}

// longestLook is how long a request waits for a result.
const longestLook = 20 * time.Second

// wait waits until there is a result or a problem, or long enough.
func (j *ledgerJob) wait(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, longestLook)
	defer stop()
	select {
	case <-j.over:
	case <-ctx.Done():
	}
}

func (j *ledgerJob) show() *ledgerShown {
	j.mu.Lock()
	defer j.mu.Unlock()
	v := &ledgerShown{Name: j.name, Running: j.running, Done: j.done.Load(), Of: j.of.Load(),
		Problem: j.problem, Ready: j.out != nil, ResultName: j.given}
	if j.result != nil {
		v.Tables, v.Summary, v.Roles = j.result.Mapping, &j.result.Summary, ledger.Roles()
	}
	return v
}

// takeLedger begins to work on an uploaded ledger.
func (s *Server) takeLedger(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, largestDocument+64<<10)
	parts, err := r.MultipartReader()
	if err != nil {
		return broken(err)
	}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			r.PostForm = url.Values{}
			return Told("请先选台账文件。")
		}
		if err != nil {
			return broken(err)
		}
		if p.FormName() != "file" || p.FileName() == "" {
			continue
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return broken(err)
		}
		s.begin(who, fileName(p.FileName()), data, nil)
		return s.done(w, r, who, "/ledger", "")
	}
}

// setColumns has what a person says of the columns stand, and works again.
func (s *Server) setColumns(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 256<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	who.mu.Lock()
	job := who.file
	who.mu.Unlock()
	if job == nil {
		return Told("台账已经不在了，请再传一次。")
	}
	job.mu.Lock()
	mapping := ledger.Mapping(nil)
	if job.result != nil {
		mapping = job.result.Mapping
	}
	job.mu.Unlock()
	s.begin(who, job.name, job.data, func(f *ledger.File) {
		for _, t := range mapping {
			for _, c := range t.Columns {
				if say := r.PostFormValue(t.Sheet + "!" + c.Letter); say != "" && say != c.Say {
					f.Set(t.Sheet, c.Letter, say)
				}
			}
		}
	})
	return s.done(w, r, who, "/ledger", "按您说的重新判断了。")
}

// begin works on a ledger aside; the page shows how far it is.
func (s *Server) begin(who *session, name string, data []byte, set func(*ledger.File)) {
	ctx, stop := context.WithTimeout(s.ctx, ledgerLasts)
	job := &ledgerJob{name: name, data: data, stop: stop, over: make(chan struct{}), running: true}
	who.mu.Lock()
	if who.file != nil {
		who.file.stop()
	}
	who.file = job
	who.mu.Unlock()
	b := s.opts.Office.Book()
	s.doors.work.Go(func() {
		if b.Fault != "" {
			job.finish(nil, Told(b.Fault))
			return
		}
		f, err := ledger.Read(b, name, data, nil)
		var res *ledger.Result
		if err == nil {
			if set != nil {
				set(f)
			}
			res, err = f.Check(ctx, func(done, of int) { job.done.Store(int64(done)); job.of.Store(int64(of)) })
		}
		job.finish(res, err)
	})
	context.AfterFunc(ctx, func() { who.forget(job) })
}

// finish writes the result, or what was wrong.
func (j *ledgerJob) finish(res *ledger.Result, err error) {
	name, out := "", []byte(nil)
	if err == nil {
		name, out, err = res.Give()
	}
	defer close(j.over)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.running, j.result, j.out, j.given = false, res, out, name
	if err != nil && !errors.Is(err, context.Canceled) {
		j.problem = strings.TrimSuffix(err.Error(), "。") + "。"
	}
}

// forget lets go of a job that is still the session's.
func (x *session) forget(job *ledgerJob) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file == job {
		x.file = nil
	}
}

// forgetFile lets go of whatever the session uploaded.
func (x *session) forgetFile() {
	x.mu.Lock()
	job := x.file
	x.file = nil
	x.mu.Unlock()
	if job != nil {
		job.stop()
	}
}

func (s *Server) forgetLedger(w http.ResponseWriter, r *http.Request, who *session) error {
	who.forgetFile()
	return s.done(w, r, who, "/ledger", "台账和结果都不留了。")
}

// giveLedger gives the result as a file.
func (s *Server) giveLedger(w http.ResponseWriter, _ *http.Request, who *session) error {
	who.mu.Lock()
	job := who.file
	who.mu.Unlock()
	if job == nil {
		return Told("结果已经不在了，请把台账再传一次。")
	}
	job.mu.Lock()
	out, name := job.out, job.given
	job.mu.Unlock()
	if out == nil {
		return Told("还没有结果，请等一会儿。")
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, err := w.Write(out)
	return err
}
