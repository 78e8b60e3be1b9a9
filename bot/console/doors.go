package console

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"zujian/bot/chat"
)

// How long and for how many the doors stay open.
const (
	sessionLasts = 12 * time.Hour // without a request, where others reach the page
	localLasts   = 30 * 24 * time.Hour
	mostSessions = 50
	cookieOffice = "zujian"
	cookieCity   = "zujian-city" // both may be open in one browser: cookies know no ports
)

// How often a session may ask. Pages ask a few times each.
var (
	perSession = rate.Every(100 * time.Millisecond)
	burst      = 120
)

// doors keeps who has come in. A restart leaves the doors open; what was said
// and uploaded goes with it.
type doors struct {
	now    func() time.Time
	knocks *knocks
	lasts  time.Duration
	cookie string // what its cookie is called
	file   string // where it is written who may come in; empty: nowhere
	salt   string // goes into what is written: with another password no door opens

	mu   sync.Mutex
	all  map[string]*session
	work sync.WaitGroup // what sessions have begun
}

// session is one person at one browser. What he wrote and what he uploaded stay
// here and go with it.
type session struct {
	id    string
	seen  time.Time
	limit *rate.Limiter

	turn sync.Mutex // one message of the conversation at a time
	mu   sync.Mutex
	said []line
	file *ledgerJob // nil: none
	told string     // what the next page says once
	bad  bool       // what it says is that something failed

	typed url.Values // what stood in a form that was refused
}

// randomWord gives 32 random bytes in letters.
func randomWord() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// open lets somebody in and gives the session's name for the cookie.
func (d *doors) open() string {
	name := randomWord()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tidy()
	d.all[d.key(name)] = newSession(d.now())
	d.save()
	return name
}

func newSession(seen time.Time) *session {
	return &session{id: randomWord()[:16], seen: seen, limit: rate.NewLimiter(perSession, burst)}
}

// tidy shuts what was not used for long, and the oldest where there are many.
func (d *doors) tidy() {
	oldest := ""
	for name, x := range d.all {
		if d.now().Sub(x.seen) > d.lasts {
			d.shutOne(name)
		} else if oldest == "" || x.seen.Before(d.all[oldest].seen) {
			oldest = name
		}
	}
	if len(d.all) >= mostSessions {
		d.shutOne(oldest)
	}
}

func (d *doors) shutOne(name string) {
	d.all[name].forgetFile()
	delete(d.all, name)
}

func (d *doors) shut(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all[d.key(name)] != nil {
		d.shutOne(d.key(name))
		d.save()
	}
}

// find gives the session of a cookie, or nil.
func (d *doors) find(r *http.Request) *session {
	c, err := r.Cookie(d.cookie)
	if err != nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.all[d.key(c.Value)]
	if x == nil || d.now().Sub(x.seen) > d.lasts {
		return nil
	}
	long := d.now().Sub(x.seen) > time.Hour
	if x.seen = d.now(); long {
		d.save()
	}
	return x
}

// wait waits for what sessions have begun.
func (d *doors) wait() { d.work.Wait() }

// same compares two secrets in a time that says nothing of either.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// headers are set for every answer: nothing from outside is loaded, nothing of
// ours is shown inside another page, and nothing is kept by the browser.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// caught logs a panic in a page, and says that the page failed.
func (s *Server) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := chat.Guard(func() error { next.ServeHTTP(w, r); return nil })
		if err != nil {
			s.explain(w, r, err)
		}
	})
}

// within lets those through who have a session, and words what goes wrong.
func (s *Server) within(do action) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if key := r.URL.Query().Get("token"); key != "" {
			s.enterBy(w, r, key)
			return
		}
		who := s.doors.find(r)
		if who == nil {
			s.toDoor(w, r)
			return
		}
		if !who.limit.Allow() {
			s.refuse(w, r, http.StatusTooManyRequests, "点得太快了，请过几秒钟再试。")
			return
		}
		s.doors.work.Add(1)
		defer s.doors.work.Done()
		if err := do(w, r, who); err != nil && !s.again(w, r, who, err) {
			s.explain(w, r, err)
		}
	})
}

// toDoor sends a reader to the door; a request that would change something is
// refused there and then.
func (s *Server) toDoor(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		s.refuse(w, r, http.StatusForbidden, "请先登录。登录过的，可能是太久没有用了，请用启动时给出的网址再进一次。")
		return
	}
	http.Redirect(w, r, "/enter", http.StatusSeeOther)
}

// showEnter says how to get in.
func (s *Server) showEnter(w http.ResponseWriter, r *http.Request) {
	s.render(w, r, http.StatusOK, "enter", nil, map[string]any{"Local": s.local})
}

// enter takes a key that was typed.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	s.enterBy(w, r, strings.TrimSpace(r.PostFormValue("key")))
}

// enterBy opens a session for the right key: the token of this start, or the
// password.
func (s *Server) enterBy(w http.ResponseWriter, r *http.Request, key string) {
	guessed := !(s.local && same(key, s.token)) // nobody guesses the token: it is 32 random bytes
	if guessed && !s.doors.knocks.take(r.RemoteAddr) {
		s.log.Warn("too many keys are tried at the console", "from", neighbourhood(r.RemoteAddr).String())
		s.refuse(w, r, http.StatusTooManyRequests, "试得太多了，请过一会儿再试。再试错，要等得更久。")
		return
	}
	if guessed && !fits(s.opts.Password, key) {
		s.log.Warn("a wrong key at the console", "from", neighbourhood(r.RemoteAddr).String())
		s.refuse(w, r, http.StatusForbidden, "口令不对。本机的口令每次启动都换，请用启动时给出的网址。")
		return
	}
	s.doors.knocks.right(r.RemoteAddr)
	http.SetCookie(w, &http.Cookie{Name: s.doors.cookie, Value: s.doors.open(), Path: "/", HttpOnly: true,
		Secure: s.certificate != nil, SameSite: http.SameSiteStrictMode, MaxAge: int(s.doors.lasts.Seconds())})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) leave(w http.ResponseWriter, r *http.Request, _ *session) error {
	if c, err := r.Cookie(s.doors.cookie); err == nil {
		s.doors.shut(c.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: s.doors.cookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/enter", http.StatusSeeOther)
	return nil
}

// Told is an error whose text is for the reader.
type Told string

func (t Told) Error() string { return string(t) }

// explain words an error for the reader; what is not for him is logged.
func (s *Server) explain(w http.ResponseWriter, r *http.Request, err error) {
	var told Told
	large := &http.MaxBytesError{}
	switch {
	case errors.As(err, &told):
		s.refuse(w, r, http.StatusUnprocessableEntity, string(told))
	case errors.As(err, &large):
		s.refuse(w, r, http.StatusRequestEntityTooLarge, "传上来的东西太大了，没有收。一份文件或者台账请不要超过 50 MB，一次加几份的不要超过 200 MB。")
	case errors.Is(err, context.Canceled):
	default:
		s.log.Error("a page failed", "page", r.Pattern, "cause", err.Error(), chat.Stack(err))
		s.refuse(w, r, http.StatusInternalServerError, "没有办成，是程序的问题。请到“设置”里点“检查一遍”，再试一次。")
	}
}
