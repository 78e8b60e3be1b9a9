package office

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"zujian/bot/desk"
	"zujian/knowledge"
)

// lookAtConfig takes over the configuration where it, or a file of secrets that
// it names, was changed since it was read. seen is what it gave the last time; ""
// is for the first.
func (s *Service) lookAtConfig(ctx context.Context, seen string) string {
	secrets := stampOf(s.Office.Config().secretFiles()...)
	if seen == "" {
		seen = s.Office.configRead + secrets
	}
	now := stampOf(s.Office.ConfigFile) + secrets
	if seen == now {
		return now
	}
	if s.Office.beingWritten() {
		return seen
	}
	s.reload(ctx)
	return now
}

// beingWritten says whether somebody may not be done with the configuration: it
// was changed just now and cannot be used.
func (p *Office) beingWritten() bool {
	info, err := os.Stat(p.ConfigFile)
	if err != nil {
		return false
	}
	_, wrong := configIn(p.ConfigFile)
	age := time.Since(info.ModTime())
	return age >= 0 && age < time.Second && (wrong != nil || info.Size() == 0)
}

// stampOf changes when one of the files does.
func stampOf(files ...string) string {
	var b strings.Builder
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			fmt.Fprintf(&b, "%s %d %s\n", f, info.Size(), info.ModTime().Format(time.RFC3339Nano))
		}
	}
	return b.String() + "."
}

// secretFiles are the files in which secrets are, some of them "".
func (c Config) secretFiles() []string {
	all := []string{c.Wecom.SecretFile, c.Official.KeysFile, c.Kf.KeysFile, c.LLM.KeyFile}
	for _, w := range c.Wecom.Webhooks {
		all = append(all, w.URLFile)
	}
	return all
}

// reload has the service follow its configuration as it is written now. Where
// that is wrong everything stays, and the operators are told where the fault is.
func (s *Service) reload(ctx context.Context) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	if s.closing {
		return
	}
	p, old := s.Office, s.Office.Config()
	fault, later := p.faultOf(p.ConfigFile), []string(nil)
	err := p.lastGood(p.ConfigFile, func(file string) error {
		c, err := configIn(file)
		if err != nil {
			return err
		}
		for _, change := range p.changes {
			change(&c)
		}
		later = c.stay(old)
		if err := s.usable(c); err != nil {
			return err
		}
		p.config.Store(&c)
		return nil
	})
	if err != nil {
		p.setFault(p.ConfigFile, err)
	}
	if now := p.faultOf(p.ConfigFile); now != "" {
		if now != fault {
			s.tell(ctx, "", now+"\n现在照旧用改以前的，改好以后几秒钟就用上。")
		}
		return
	}
	s.sayReloaded(fault != "", s.follow(ctx, old, p.Config()), later)
}

func (s *Service) sayReloaded(mended bool, done, later []string) {
	say := ""
	if mended {
		say = "设置改好了。"
	}
	if len(done) > 0 {
		say += "设置改了的，已经用上：" + strings.Join(done, "、") + "。"
	}
	if len(later) > 0 {
		say += "停下再启动才用上：" + strings.Join(later, "、") + "。"
	}
	s.Log.Info("the configuration was read again", "followed", len(done), "waiting", len(later))
	if say != "" {
		s.line("%s", say)
	}
}

// stay puts back what only a start may change, and says in Chinese what that is.
func (c *Config) stay(old Config) (names []string) {
	if !reflect.DeepEqual(c.Console, old.Console) {
		c.Console, names = old.Console, append(names, "网页")
	}
	if c.Store != old.Store {
		c.Store, names = old.Store, append(names, "记录放在哪里")
	}
	if c.LLM != old.LLM && c.LLM.EmbedModel+old.LLM.EmbedModel != "" {
		c.LLM, names = old.LLM, append(names, "算向量的语言模型")
	}
	if slices.ContainsFunc(c.Configured(), c.simulated) != slices.ContainsFunc(old.Configured(), old.simulated) {
		c.Wechat, c.Ilink, c.Wecom, c.Official, c.Kf = old.Wechat, old.Ilink, old.Wecom, old.Official, old.Kf
		names = append(names, "接模拟渠道")
	}
	return names
}

// usable refuses a configuration that is written well and cannot be followed: a
// document that is not held, a secret that is not there.
func (s *Service) usable(c Config) error {
	if err := c.knowGroupDocuments(s.shelf.library()); err != nil {
		return err
	}
	for _, name := range c.Configured() {
		if err := c.readable(name); err != nil {
			return Refuse("%v", err)
		}
	}
	if c.LLM.BaseURL == "" {
		return nil
	}
	_, err := c.LLM.key()
	return err
}

// follow has everything that stands on the configuration follow it, and says in
// Chinese what that was.
func (s *Service) follow(ctx context.Context, old, c Config) (names []string) {
	changed := func(name string, was, is any) bool {
		differs := !reflect.DeepEqual(was, is)
		if differs {
			names = append(names, name)
		}
		return differs
	}
	changed("叫法", [2]any{old.Wechat.Name, old.Wechat.Wake}, [2]any{c.Wechat.Name, c.Wechat.Wake})
	changed("限额和保留", old.Desk, c.Desk)
	s.desk.Adjust(c.habits())
	if changed("提醒", old.Remind, c.Remind) {
		policy := c.Remind.Policy()
		s.phrases.Calendar.Quiet(policy.QuietFrom, policy.QuietTo)
		s.reminders.Follow(policy)
	}
	model := changed("语言模型", s.model, c.LLM.asRead())
	if model {
		s.model = c.LLM.asRead()
		s.Office.forgetModel()
	}
	contact := changed("找谁", old.Contact, c.Contact)
	if changed("群", old.Groups, c.Groups) || contact || model {
		if err := s.refill(true); err != nil {
			s.Log.Error("the documents stay as they were", "error", err.Error())
		}
	}
	return append(names, s.followChannels(ctx, c)...)
}

// asRead is a model's configuration with the state of the file of its key.
func (c llmConfig) asRead() any { return [2]any{c, stampOf(c.KeyFile)} }

// forgetModel has the client of the language model be made anew.
func (p *Office) forgetModel() {
	p.helpLock.Lock()
	defer p.helpLock.Unlock()
	p.helper = nil
}

// habits are those of the desk.
func (c Config) habits() desk.Habits {
	return desk.Habits{Name: c.Wechat.Name, Wake: c.Wechat.Wake, NoWelcome: c.Desk.NoWelcome, PerMinute: c.Desk.PerMinute,
		QueueSize: c.Desk.Queue, SessionFor: c.Desk.dialogExpiry() + 24*time.Hour}
}

// madeOf is all of the configuration that a channel is made of.
func (c Config) madeOf(channel string) any {
	switch robot := c.Wecom; channel {
	case ilinkChannel:
		return c.Ilink
	case robotChannel:
		robot.Webhooks = nil
		return [2]any{robot, stampOf(robot.SecretFile)}
	case WebhookChannel:
		var files []string
		for _, w := range robot.Webhooks {
			files = append(files, w.URLFile)
		}
		return [2]any{robot.Webhooks, stampOf(files...)}
	case officialChannel:
		return [2]any{c.Official, stampOf(c.Official.KeysFile)}
	case serviceChannel:
		return [2]any{c.Kf, stampOf(c.Kf.KeysFile)}
	}
	return c.Wechat.BaseURL
}

// followChannels stops the channels that are configured otherwise or no longer,
// and starts those that are now; the others go on. It gives their names.
func (s *Service) followChannels(ctx context.Context, c Config) (names []string) {
	wanted := c.Configured()
	for _, t := range s.Posts() {
		name := t.channel.Name()
		if !slices.Contains(wanted, name) || !reflect.DeepEqual(t.made, c.madeOf(name)) {
			s.end(t)
			names = append(names, channelNames[name])
		}
	}
	for _, name := range wanted {
		if slices.ContainsFunc(s.Posts(), func(t *post) bool { return t.channel.Name() == name }) {
			continue
		}
		if !slices.Contains(names, channelNames[name]) {
			names = append(names, channelNames[name])
		}
		t, err := s.post(name, c)
		if err != nil {
			s.Log.Error("a channel could not be started", "channel", name, "error", err.Error())
			s.tell(ctx, name, channelNames[name]+"没有接上："+err.Error())
			s.line("%s没有接上：%v", channelNames[name], err)
			continue
		}
		s.begin(ctx, t)
	}
	return names
}

// begin starts a channel beside those that run.
func (s *Service) begin(ctx context.Context, t *post) {
	s.runner.Serve(t.channel.Name(), t.channel.Can().Longest)
	s.router.Add(t.pump)
	s.run(ctx, t)
	s.postsLock.Lock()
	defer s.postsLock.Unlock()
	s.posts = append(slices.Clone(s.posts), t)
}

// end stops a channel. What waits to be sent waits for it to come back, or goes
// by another.
func (s *Service) end(t *post) {
	name := t.channel.Name()
	s.postsLock.Lock()
	s.posts = slices.DeleteFunc(slices.Clone(s.posts), func(o *post) bool { return o == t })
	s.postsLock.Unlock()
	s.runner.Leave(name)
	s.router.Remove(name)
	t.finish(leaveFor)
	t.done.Wait()
}

// leaveFor is how long a channel that is stopped alone may go on sending.
const leaveFor = 3 * time.Second

// knowGroupDocuments refuses a group's document that is not held.
func (c Config) knowGroupDocuments(l *knowledge.Library) error {
	for _, g := range c.Groups {
		for _, id := range g.Documents {
			if l.Document(id) == nil {
				return Refuse("配置里群“%s”的文件“%s”没有。现有：%s。", g.Name, id, strings.Join(ids(l), "、"))
			}
		}
	}
	return nil
}
