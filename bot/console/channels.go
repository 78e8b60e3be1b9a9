package console

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"rsc.io/qr"
)

// channelShown is a channel with its code as a picture.
type channelShown struct {
	ChannelState
	Code template.URL
}

// channels gives the channels, and whether one waits to be scanned.
func (s *Server) channels(r *http.Request) (channels []channelShown, waits bool, err error) {
	all, err := s.opts.Office.ListChannels(r.Context())
	for _, c := range all {
		v := channelShown{ChannelState: c}
		if c.Scan != "" {
			waits, v.Code = true, drawn(c.Scan)
		}
		channels = append(channels, v)
	}
	return channels, waits, err
}

func (s *Server) showChannels(w http.ResponseWriter, r *http.Request, who *session) error {
	channels, waits, err := s.channels(r)
	if err != nil {
		return err
	}
	counts, messages, err := s.opts.Office.Messages(r.Context())
	if err != nil {
		return err
	}
	body := map[string]any{"Channels": channels, "Counts": counts, "Messages": messages}
	if r.Method == http.MethodPost {
		code, minutes, err := s.opts.Office.Code(r.Context())
		if err != nil {
			return err
		}
		body["PairCode"], body["Minutes"] = code, minutes
	} else if waits { // the code is old after minutes, and gone once it was scanned
		w.Header().Set("Refresh", "10")
	}
	s.render(w, r, http.StatusOK, "channels", who, body)
	return nil
}

// drawn gives a QR code as the data address of an SVG.
func drawn(text string) template.URL {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return ""
	}
	const quiet = 4 // modules of white around it, as the standard wants
	size := code.Size + 2*quiet
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%[1]dv%[2]dH0z"/><path d="`, size, size)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(b.Bytes())) //nolint:gosec // drawn here
}

func (s *Server) relogin(w http.ResponseWriter, r *http.Request, who *session) error {
	say, err := s.opts.Office.Relogin(r.Context(), r.PathValue("name"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/channels", say)
}

func (s *Server) settle(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return Told("没有这条消息。")
	}
	say, err := s.opts.Office.Settle(r.Context(), id, r.PostFormValue("do"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/channels", say)
}
