package official

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"zujian/knowledge"
)

const (
	clockOff    = 5 * time.Minute  // by which the far end's clock may differ from ours
	retriesLast = 30 * time.Second // WeChat asks three times, five seconds apart
	mostBody    = 256 << 10        // bytes; a callback has a few hundred
)

// door lets callbacks in that are the far end's, encrypted (安全模式), new, and
// for this account. Everything else gets an empty 403 and leaves nothing behind.
type door struct {
	token, key, id string // as the administration page has them; id: appid or corpid
	open           func(w http.ResponseWriter, r *http.Request, message []byte)

	mu   sync.Mutex
	seen map[string]time.Time // when a signature was first met
}

func newDoor(token, key, id string, open func(http.ResponseWriter, *http.Request, []byte)) *door {
	return &door{token: token, key: key, id: id, open: open, seen: map[string]time.Time{}}
}

// ServeHTTP takes one callback.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if thrown := recover(); thrown != nil {
			knowledge.Caught(thrown)
			w.WriteHeader(http.StatusForbidden)
		}
	}()
	var message []byte
	ok := false
	switch r.Method {
	case http.MethodGet:
		d.echo(w, r)
		return
	case http.MethodPost:
		message, ok = d.read(r)
	}
	if !ok {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	d.open(w, r, message)
}

// echo answers the check that the far end makes when the address is entered:
// signed over the text alone (公众号), or over an encrypted one (企业微信).
func (d *door) echo(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	text := q.Get("echostr")
	if text == "" || len(text) > 1000 || !d.fresh(q.Get("timestamp")) {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if q.Has("msg_signature") {
		plain, ok := d.decrypt(q.Get("msg_signature"), q.Get("timestamp"), q.Get("nonce"), text)
		if !ok {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		text = string(plain)
	} else if !same(q.Get("signature"), util.Signature(d.token, q.Get("timestamp"), q.Get("nonce"))) {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, text)
}

// read gives the message of a callback.
func (d *door) read(r *http.Request) ([]byte, bool) {
	q := r.URL.Query()
	if !d.fresh(q.Get("timestamp")) {
		return nil, false
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, mostBody+1))
	var sealed struct {
		Encrypt string `xml:"Encrypt"`
	}
	if err != nil || len(body) > mostBody || xml.Unmarshal(body, &sealed) != nil || sealed.Encrypt == "" {
		return nil, false
	}
	message, ok := d.decrypt(q.Get("msg_signature"), q.Get("timestamp"), q.Get("nonce"), sealed.Encrypt)
	return message, ok && d.first(q.Get("msg_signature"))
}

// decrypt opens what was signed with our token and encrypted with our key for
// our account.
func (d *door) decrypt(signature, timestamp, nonce, sealed string) ([]byte, bool) {
	if !same(signature, util.Signature(d.token, timestamp, nonce, sealed)) {
		return nil, false
	}
	_, message, err := util.DecryptMsg(d.id, sealed, d.key)
	return message, err == nil
}

// same compares two signatures in a time that tells nothing of them.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// fresh reports whether a timestamp is of now.
func (d *door) fresh(timestamp string) bool {
	n, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || n < 0 || n > 1<<33 {
		return false
	}
	off := time.Since(time.Unix(n, 0))
	return off < clockOff && off > -clockOff
}

// first reports whether a signature is new, or so young that the far end itself
// may be asking again. What is older than any that is fresh is forgotten.
func (d *door) first(signature string) bool {
	now := time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	for s, at := range d.seen {
		if now.Sub(at) > 3*clockOff {
			delete(d.seen, s)
		}
	}
	at, met := d.seen[signature]
	if !met {
		d.seen[signature] = now
	}
	return !met || now.Sub(at) < retriesLast
}

// seal encrypts an answer as the far end wants it.
func (d *door) seal(plain []byte) ([]byte, error) {
	sealed, err := util.EncryptMsg([]byte(rand.Text()[:16]), plain, d.id, d.key)
	if err != nil {
		return nil, err
	}
	timestamp, nonce := strconv.FormatInt(time.Now().Unix(), 10), rand.Text()
	return xml.Marshal(struct {
		XMLName   xml.Name `xml:"xml"`
		Encrypt   string
		Signature string `xml:"MsgSignature"`
		TimeStamp string
		Nonce     string
	}{Encrypt: string(sealed), Signature: util.Signature(d.token, timestamp, nonce, string(sealed)), TimeStamp: timestamp, Nonce: nonce})
}
