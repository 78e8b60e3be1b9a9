package wechat

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/chat"
)

// attachment makes an Attachment of a message that is a file; nil where it is
// none.
func (c *Channel) attachment(s *session, m *openwechat.Message) *chat.Attachment {
	if m.MsgType != openwechat.MsgTypeApp || m.AppMsgType != openwechat.AppMsgTypeAttach || m.MediaId == "" {
		return nil
	}
	size, _ := strconv.ParseInt(m.FileSize, 10, 64) // 0 where WeChat does not say
	return &chat.Attachment{Name: clean(m.FileName), Size: size, Fetch: func(ctx context.Context, most int64) ([]byte, error) {
		return s.fetch(ctx, c.fileCaller(s), m, most)
	}}
}

// fetch gets the whole of a file.
func (s *session) fetch(ctx context.Context, caller *openwechat.Caller, m *openwechat.Message, most int64) (data []byte, err error) {
	err = chat.Guard(func() error {
		resp, err := caller.Client.WebWxGetMedia(ctx, m, s.info)
		if err != nil {
			return meaning(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return errStrange
		}
		data, err = io.ReadAll(io.LimitReader(resp.Body, most+1))
		if err == nil && int64(len(data)) > most {
			err = chat.ErrFileTooLarge
		}
		return err
	})
	return data, err
}

// fileTimeout is for one request with a file or half a megabyte of one.
const fileTimeout = 2 * time.Minute

// fileCaller makes requests with files: for them openwechat wants to see its own
// cookie jar, so it gets a copy of ours.
func (c *Channel) fileCaller(s *session) *openwechat.Caller {
	caller := openwechat.DefaultCaller()
	openwechat.Desktop.Prepare(&openwechat.Bot{Caller: caller})
	caller.Client.MaxRetryTimes, caller.Client.Domain = 1, s.caller.Client.Domain
	cookies := openwechat.NewJar()
	for _, host := range []string{caller.Client.Domain.FileHost(), caller.Client.Domain.BaseHost()} {
		if u, err := url.Parse(host); err == nil {
			cookies.SetCookies(u, s.jar.Cookies(u))
		}
	}
	client := caller.Client.HTTPClient()
	client.Transport, client.Jar, client.Timeout = c.transport, cookies, fileTimeout
	return caller
}

// SendFile sends a file, which goes out under its name. It fails as Send does;
// while it is being carried over nothing has gone out.
func (c *Channel) SendFile(ctx context.Context, to chat.Target, name string, data []byte) (chat.Receipt, error) {
	return c.Deliver(func(s *session) (chat.Receipt, error) {
		return s.sendFile(ctx, c.fileCaller(s), to, filepath.Base(name), data)
	})
}

func (s *session) sendFile(ctx context.Context, caller *openwechat.Caller, to chat.Target, name string, data []byte) (chat.Receipt, error) {
	user, err := s.roster.find(to)
	if err != nil {
		return chat.Receipt{}, err
	}
	media, err := s.upload(ctx, caller, user, name, data)
	if err != nil {
		if !chat.NotSent(err) {
			err = fmt.Errorf("%w (upload)", chat.ErrUnreachable)
		}
		return chat.Receipt{}, err
	}
	content, err := xml.Marshal(fileMessage(name, media, int64(len(data))))
	if err != nil {
		return chat.Receipt{}, err
	}
	message := openwechat.NewSendMessage(openwechat.AppMessage, string(content), s.roster.self, user, "")
	sent, err := s.caller.WebWxSendAppMsg(ctx, message, s.request)
	if err != nil {
		return chat.Receipt{}, meaning(err)
	}
	if sent.MsgId == "" {
		return chat.Receipt{}, errStrange
	}
	return chat.Receipt{ID: sent.MsgId, At: time.Now()}, nil
}

// upload carries the bytes over and gives the handle of them. openwechat's own
// UploadMedia needs a file on disk and gives its path away as the name.
func (s *session) upload(ctx context.Context, caller *openwechat.Caller, user, name string, data []byte) (string, error) {
	sum := md5.Sum(data) // as WeChat wants it
	resp, err := caller.Client.WebWxUploadMediaByChunk(ctx, bytes.NewReader(data), &openwechat.ClientWebWxUploadMediaByChunkOptions{
		FromUserName: s.roster.self, ToUserName: user, BaseRequest: s.request, LoginInfo: s.info, Filename: name,
		FileMD5: hex.EncodeToString(sum[:]), FileSize: int64(len(data)), LastModifiedDate: time.Now()})
	if err != nil {
		return "", meaning(err)
	}
	defer resp.Body.Close()
	var answer openwechat.UploadResponse
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&answer); err != nil {
		return "", errStrange
	}
	if err := answer.BaseResponse.Err(); err != nil {
		return "", meaning(err)
	}
	if answer.MediaId == "" {
		return "", errStrange
	}
	return answer.MediaId, nil
}

// appMessage is a file as the web client sends it.
type appMessage struct {
	XMLName xml.Name `xml:"appmsg"`
	AppID   string   `xml:"appid,attr"`
	Version string   `xml:"sdkver,attr"`
	Title   string   `xml:"title"`
	Des     string   `xml:"des"`
	Action  string   `xml:"action"`
	Type    int      `xml:"type"`
	Content string   `xml:"content"`
	URL     string   `xml:"url"`
	LowURL  string   `xml:"lowurl"`
	Total   int64    `xml:"appattach>totallen"`
	Attach  string   `xml:"appattach>attachid"`
	Ext     string   `xml:"appattach>fileext"`
	Info    string   `xml:"extinfo"`
}

func fileMessage(name, media string, size int64) appMessage {
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")
	return appMessage{AppID: "wxeb7ec651dd0aefa9", Title: name, Type: 6, Total: size, Attach: media, Ext: ext}
}
