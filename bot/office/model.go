package office

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"zujian/bot/dialog"
	"zujian/bot/llm"
	"zujian/knowledge/rule"
	"zujian/knowledge/text"
)

// Model gives the client of the language model, or nil where none is
// configured. It does not connect.
func (p *Office) Model() (*llm.Client, error) {
	if p.Config().LLM.BaseURL == "" || p.Alone {
		return nil, nil
	}
	p.helpLock.Lock()
	defer p.helpLock.Unlock()
	if p.helper != nil {
		return p.helper, nil
	}
	m, err := p.newModel(p.Config().LLM.EmbedModel, time.Duration(p.Config().LLM.Seconds)*time.Second)
	p.helper = m
	return m, err
}

// newModel makes a client that waits so long for one call; 0 is the usual time.
func (p *Office) newModel(embed string, deadline time.Duration) (*llm.Client, error) {
	c := p.Config().LLM
	key, err := c.key()
	if err != nil {
		return nil, err
	}
	m := llm.New(llm.Options{BaseURL: c.BaseURL, Model: c.Model, EmbedModel: embed, Key: key, Deadline: deadline, FirstToken: deadline,
		Daily: c.Daily, Now: p.Now, Spent: p.spending(), Sent: p.sent})
	p.Closers = append(p.Closers, m)
	return m, nil
}

// spending is where the calls of a day are counted.
func (p *Office) spending() *spent {
	if p.spent == nil {
		p.spent = &spent{file: filepath.Join(p.State(), "llm.json")}
	}
	return p.spent
}

// sent writes down that something left for the model: how much, never what.
func (p *Office) sent(what string, characters int) {
	if log := p.leaving.Load(); log != nil {
		log.Info("a request left for the language model", "what", what, "characters", characters)
	}
}

// Listen has the model, where there is one, read what our own reading of a
// description is silent on.
func (p *Office) Listen(ctx context.Context, b *rule.Book, description string) []dialog.Heard {
	m, err := p.Model()
	if err != nil || m == nil {
		return nil
	}
	return dialog.Listen(ctx, m, b, description)
}

// key reads the key from where the configuration says it is.
func (c llmConfig) key() (string, error) {
	switch {
	case c.KeyFile != "":
		data, err := os.ReadFile(c.KeyFile)
		if err != nil {
			return "", Refuse("配置里 llm 的 key_file 打不开：%v", err)
		}
		return strings.TrimSpace(string(data)), nil
	case c.KeyEnv != "":
		key := os.Getenv(c.KeyEnv)
		if key == "" {
			return "", Refuse("配置里 llm 的 key_env 是 %s，可是环境变量里没有它。", c.KeyEnv)
		}
		return key, nil
	}
	return "", nil
}

// spent counts the calls of a day in a file, so that a limit holds over starts.
// It holds numbers only.
type spent struct {
	mu   sync.Mutex
	file string
}

type spentToday struct {
	Day        string `json:"day"`
	Calls      int    `json:"calls"` // of those that are limited
	Embedded   int    `json:"embedded,omitempty"`
	Characters int    `json:"characters,omitempty"` // that left, masked
}

// Take counts one call unless the day is over its limit; most below 0 is none.
func (s *spent) Take(day string, most, characters int) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.read()
	if err != nil {
		return false, err
	}
	if t.Day != day {
		t = spentToday{Day: day}
	}
	switch {
	case most < 0:
		t.Embedded++
	case t.Calls >= most:
		return false, nil
	default:
		t.Calls++
	}
	t.Characters += characters
	data, err := json.Marshal(t)
	if err != nil {
		return false, err
	}
	if err := text.WriteWhole(s.file, data); err != nil {
		return false, err
	}
	return true, nil
}

func (s *spent) read() (spentToday, error) {
	var t spentToday
	data, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err == nil && json.Unmarshal(data, &t) != nil {
		return spentToday{}, nil // a count that cannot be read begins anew
	}
	return t, err
}

// checkModel tries the language model.
func (p *Office) checkModel() finding {
	f := finding{What: "语言模型", OK: true}
	m, err := p.Model()
	if err != nil {
		return finding{What: f.What, Say: err.Error()}
	}
	if m == nil {
		f.Unused, f.Say = true, "没有接，不影响回答。要接，看 bot help 语言模型"
		return f
	}
	began := time.Now()
	if _, err := m.Ask(p.Ctx, "只回答一个字：好", "在吗"); err != nil {
		return finding{What: f.What, Say: fmt.Sprintf("%s 的 %s 没有答上来：%s。这时照样用原句回答；请看看地址、模型名、密钥", p.Config().LLM.BaseURL,
			p.Config().LLM.Model, ModelTrouble(err))}
	}
	f.Say = fmt.Sprintf("%s 能答，用了 %.1f 秒", p.Config().LLM.Model, time.Since(began).Seconds())
	if t, err := p.spending().read(); err == nil && t.Day == p.Now().Format(time.DateOnly) {
		f.Say += fmt.Sprintf("。今天问了 %d 次，算向量 %d 次，一共送出 %d 个字，电话、证件号、人名、单位名都遮住了", t.Calls, t.Embedded, t.Characters)
		f.Detail = t
	}
	return f
}

// ModelTrouble names a failure without its text, which may hold the key or what
// was asked.
func ModelTrouble(err error) string {
	if r := (*llm.Refusal)(nil); errors.As(err, &r) {
		return "对方说没有办成（" + r.Code + "）"
	}
	switch {
	case errors.Is(err, llm.ErrPage):
		return "回来的是一个网页，多半是代理、上网登录页，或者地址写错了"
	case errors.Is(err, llm.ErrForbidden):
		return "这个地址是云主机自己的管理地址，不能用"
	case errors.Is(err, llm.ErrDaily):
		return "今天的次数用完了"
	case errors.Is(err, llm.ErrBusy), errors.Is(err, llm.ErrResting):
		return "正忙"
	case llm.Status(err) == 401, llm.Status(err) == 403:
		return "密钥不对"
	case llm.Status(err) == 404:
		return "没有这个地址或者模型"
	case llm.Status(err) == 429:
		return "对方说太频繁"
	case llm.Status(err) > 0:
		return fmt.Sprintf("对方出错（%d）", llm.Status(err))
	case llm.TimedOut(err):
		return "等不到"
	case errors.Is(err, llm.ErrUnfinished):
		return "答得不完整，或者是空的"
	case errors.As(err, new(*net.DNSError)):
		return "找不到这个主机名，请看看地址写对没有、网络通不通"
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return "对方的证书不认得，多半是代理换了证书，或者这台机器的时间不准"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "那个地址上没有程序在听，请看看模型开着没有"
	}
	return "连不上，或者中间断了"
}
