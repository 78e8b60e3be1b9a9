package office

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"zujian/bot/console"
	"zujian/knowledge/text"
)

// settingsChange is what a form of the page makes of the configuration: nothing is
// written before all of it is right.
type settingsChange struct {
	office  *Office
	was, is Config
	lines   tomlLines
	secrets map[string][]byte // by the file they go into
}

// ChangeSettings takes in what was typed for one group of settings; those that
// are not in the form stay. Told says what is wrong, and then nothing is changed.
func (g pages) ChangeSettings(group string, form url.Values) (string, error) {
	g.Office.settingsLock.Lock()
	defer g.Office.settingsLock.Unlock()
	at := slices.IndexFunc(settingGroups, func(s settingGroup) bool { return s.id == group })
	if at < 0 {
		return "", console.Told("没有这一组设置。")
	}
	c, err := g.Office.beginChange()
	if err != nil {
		return "", told(err)
	}
	for _, x := range settingGroups[at].all {
		if err := c.take(x, form); err != nil {
			return "", console.Told("“" + x.title + "”" + err.Error() + "。没有改。")
		}
	}
	if err := c.write(); err != nil {
		return "", told(err)
	}
	g.follow()
	return "写好了，几秒钟就用上。", nil
}

func (p *Office) beginChange() (*settingsChange, error) {
	data, err := os.ReadFile(p.ConfigFile)
	if err != nil && !os.IsNotExist(err) {
		return nil, Refuse("配置文件 %s 打不开：%v", p.ConfigFile, err)
	}
	c := &settingsChange{office: p, secrets: map[string][]byte{}}
	c.lines = strings.Split(strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\ufeff"), "\n")
	if c.was, err = configFrom(p.ConfigFile, data); err == nil {
		c.is, err = configFrom(p.ConfigFile, data) // shares nothing with the other
	}
	return c, err
}

// take takes what the form says of one setting.
func (c *settingsChange) take(x setting, form url.Values) error {
	for _, part := range x.secrets {
		if secret := strings.TrimSpace(form.Get("secret:" + x.key + ":" + part)); secret != "" {
			if err := c.keepSecret(x, part, secret); err != nil {
				return err
			}
			form.Set(x.key, c.office.secretFile(x.key))
			form.Set(strings.TrimSuffix(x.key, "_file")+"_env", "")
		}
	}
	if !form.Has(x.key) {
		return nil
	}
	return c.set(x.key, strings.TrimSpace(strings.ReplaceAll(form.Get(x.key), "\r", "")))
}

// keepSecret puts a secret, or one of several, into the file of its setting.
func (c *settingsChange) keepSecret(x setting, part, secret string) error {
	file := c.office.secretFile(x.key)
	switch {
	case x.key == "console.password_file":
		if !console.Fit(secret) {
			return fmt.Errorf("口令至少 %d 个字符", console.ShortestPassword)
		}
		c.secrets[file] = []byte(console.Hide(secret) + "\n")
	case part == "":
		c.secrets[file] = []byte(secret + "\n")
	default:
		before := c.secrets[file]
		if before == nil {
			before, _ = os.ReadFile(file) // the others of them
		}
		c.secrets[file] = []byte(strings.Join(tomlLines(strings.Split(string(before), "\n")).set("", 0, part, tomlText(secret)), "\n"))
	}
	return nil
}

// set has a key stand for what was typed, in the values and in the lines.
func (c *settingsChange) set(key, typed string) error {
	if typed == settingText(&c.is, key) {
		return nil
	}
	table, name := "", key
	if at := strings.LastIndex(key, "."); at >= 0 {
		table, name = key[:at], key[at+1:]
	}
	value := ""
	switch v := fieldOf(&c.is, key).Addr().Interface().(type) {
	case *bool:
		*v = typed == "true"
		value = either(*v, "true", "")
	case *int:
		n, err := strconv.Atoi(strings.Map(text.Narrow, either(typed == "", "0", typed)))
		if err != nil {
			return fmt.Errorf("要写一个数，现在是“%s”", typed)
		}
		*v, value = n, either(n == 0, "", strconv.Itoa(n))
	case *string:
		*v, value = typed, either(typed == "", "", tomlText(typed))
	case *[]string:
		*v = listed(typed)
		value = either(len(*v) == 0, "", tomlTexts(*v))
	default:
		return c.setLines(key, typed)
	}
	c.lines = c.lines.set(table, 0, name, value)
	return nil
}

// setLines takes what is typed one a line, a name and what it stands for.
func (c *settingsChange) setLines(key, typed string) error {
	names, said, err := namedLines(typed)
	if err != nil {
		return err
	}
	switch v := fieldOf(&c.is, key).Addr().Interface().(type) {
	case *map[string]string:
		c.setTable(key, keysOf(*v), names, func(name string) string { return tomlText(said[name]) })
		*v = said
	case *map[string][]string:
		c.setTable(key, keysOf(*v), names, func(name string) string { return tomlTexts(listed(said[name])) })
		*v = map[string][]string{}
		for name, s := range said {
			(*v)[name] = listed(s)
		}
	case *[]groupConfig:
		*v, err = setTables(c, key, *v, func(g groupConfig) string { return g.Name }, names, said, groupSaid)
	case *[]webhookConfig:
		*v, err = setTables(c, key, *v, func(w webhookConfig) string { return w.Name }, names, said, c.webhookSaid)
	}
	return err
}

// groupSaid reads what is typed for a group: its documents, and behind a semicolon
// the channels that reach it.
func groupSaid(name, said string, _ groupConfig) (groupConfig, [][2]string, error) {
	documents, reach, _ := strings.Cut(strings.ReplaceAll(said, ";", "；"), "；")
	g := groupConfig{name, listed(documents), listed(reach)}
	return g, [][2]string{{"documents", tomlTexts(g.Documents)}, {"reach", tomlTexts(g.Reach)}}, nil
}

// webhookSaid reads the address of a webhook, which goes into a file of its own.
func (c *settingsChange) webhookSaid(name, said string, before webhookConfig) (webhookConfig, [][2]string, error) {
	if said == stored {
		return before, nil, nil
	}
	if u, err := url.Parse(said); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return before, nil, fmt.Errorf("里群“%s”的地址要像 https://… 这样，照企业微信里群机器人的地址抄", name)
	}
	w := webhookConfig{Name: name, URLFile: c.webhookFile()}
	c.secrets[w.URLFile] = []byte(said + "\n")
	return w, [][2]string{{"url_file", tomlText(w.URLFile)}, {"url_env", ""}}, nil
}

// webhookFile is a file that holds no address of a webhook yet.
func (c *settingsChange) webhookFile() string {
	for n := 1; ; n++ {
		file := c.office.secretFile(fmt.Sprintf("webhook-%d", n))
		if c.secrets[file] == nil && !exists(file) {
			return file
		}
	}
}

// setTable has the lines of a table say what each name stands for.
func (c *settingsChange) setTable(table string, before, names []string, value func(name string) string) {
	for _, name := range before {
		if !slices.Contains(names, name) {
			c.lines = c.lines.set(table, 0, name, "")
		}
	}
	for _, name := range names {
		c.lines = c.lines.set(table, 0, name, value(name))
	}
}

// setTables has the tables of one name be those that are named, each as read makes it
// of what was typed: itself and its values but the name.
func setTables[T any](c *settingsChange, table string, before []T, nameOf func(T) string, names []string, said map[string]string,
	read func(name, said string, before T) (T, [][2]string, error)) (all []T, err error) {
	for i, x := range slices.Backward(before) {
		if !slices.Contains(names, nameOf(x)) {
			c.lines = c.lines.drop(table, i)
			before = slices.Delete(slices.Clone(before), i, i+1)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(before, func(x T) bool { return nameOf(x) == name }) {
			var none T
			before = append(slices.Clone(before), none)
			c.lines = c.lines.add("[["+table+"]]", "name = "+tomlText(name))
		}
	}
	added := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(before, func(x T) bool { return nameOf(x) == name })
	})
	for i, x := range before {
		name := nameOf(x)
		if name == "" {
			name, added = added[0], added[1:]
		}
		x, values, err := read(name, said[name], x)
		if err != nil {
			return nil, err
		}
		for _, v := range values {
			c.lines = c.lines.set(table, i, v[0], either(v[1] == "[]" || v[1] == "", "", v[1]))
		}
		all = append(all, x)
	}
	return all, nil
}

// write checks everything as the command line does, and writes the secrets and then
// the file, each whole.
func (c *settingsChange) write() error {
	if wrong := c.is.check(); wrong != "" {
		return Refuse("%s没有改。", inTitles(wrong))
	}
	data := []byte(strings.Join(c.lines, "\n"))
	again, err := configFrom(c.office.ConfigFile, data)
	if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", c.is) {
		return Refuse("配置文件里这一项的写法比较特别，在这里改会改坏别的，没有改。请在“整份配置”里改。")
	}
	if err := c.reads(); err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(c.secrets)) {
		if err := text.WriteWhole(file, c.secrets[file]); err != nil {
			return Refuse("密钥没有存下来，设置也没有改：%v", err)
		}
	}
	if reflect.DeepEqual(c.was, c.is) {
		return nil
	}
	return c.office.writeConfig(data)
}

// follow has the service look at once at what was written.
func (g pages) follow() {
	if g.service != nil {
		g.service.LookAgain()
	}
}

// inTitles names settings as the page does, where a check names their keys.
func inTitles(wrong string) string {
	table, _, _ := strings.Cut(wrong, " ")
	for _, g := range settingGroups {
		for _, x := range g.all {
			name := strings.TrimPrefix(x.key, table+".")
			if name == x.key {
				continue
			}
			title := "“" + x.title + "”"
			wrong = strings.ReplaceAll(wrong, table+" 里的 "+name+" ", title)
			wrong = regexp.MustCompile(` ?\b`+name+`\b ?`).ReplaceAllString(wrong, title)
		}
	}
	return strings.Replace(wrong, table+" 里", "", 1)
}

// writeConfig puts the configuration into its place, with the ends of lines that
// it had: an old Notepad shows those of others in one line.
func (p *Office) writeConfig(data []byte) error {
	if before, _ := os.ReadFile(p.ConfigFile); bytes.Contains(before, []byte("\r\n")) || before == nil && runtime.GOOS == "windows" {
		data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	}
	if err := text.WriteWhole(p.ConfigFile, data); err != nil {
		return Refuse("配置文件 %s 写不进去，没有改：%v", p.ConfigFile, err)
	}
	return nil
}

// reads says which document or file a start would miss that is named by now.
func (c *settingsChange) reads() error {
	if l, err := c.office.Library(); err == nil {
		if err := c.is.knowGroupDocuments(l); err != nil {
			return err
		}
	}
	for _, g := range settingGroups {
		for _, x := range g.all {
			file := settingText(&c.is, x.key)
			if len(x.secrets) > 0 && file != settingText(&c.was, x.key) && file != "" && c.secrets[file] == nil && !exists(file) {
				return Refuse("“%s”写的 %s 没有这个文件。没有改。", x.title, file)
			}
		}
	}
	return nil
}

// WriteConfig takes in the whole configuration as it was typed, once it is right.
func (g pages) WriteConfig(typed string) (string, error) {
	g.Office.settingsLock.Lock()
	defer g.Office.settingsLock.Unlock()
	data := []byte(strings.TrimRight(strings.ReplaceAll(typed, "\r\n", "\n"), "\n") + "\n")
	is, err := configFrom(g.Office.ConfigFile, data)
	if err == nil {
		err = (&settingsChange{office: g.Office, is: is, was: g.Office.Config()}).reads()
	}
	if err == nil {
		err = g.Office.writeConfig(data)
	}
	if err != nil {
		return "", told(err)
	}
	if aside := g.Office.ConfigFile + ".txt"; exists(aside) { // it was not meant to have that name
		_ = os.Rename(aside, filepath.Join(filepath.Dir(aside), "old-"+filepath.Base(aside)))
	}
	g.follow()
	return "写好了，几秒钟就用上。", nil
}

// namedLines reads lines such as 群名 = 编号.
func namedLines(typed string) (names []string, said map[string]string, err error) {
	said = map[string]string{}
	for line := range strings.Lines(typed) {
		if line = strings.TrimSpace(strings.ReplaceAll(line, "＝", "=")); line == "" {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case !found || name == "" || value == "":
			return nil, nil, fmt.Errorf("里“%s”要像 名字 = 内容 这样，一行一个", line)
		case said[name] != "":
			return nil, nil, fmt.Errorf("里“%s”写了两遍，请合成一行", name)
		}
		names, said[name] = append(names, name), value
	}
	return names, said, nil
}

// listed reads several words with 、 or a comma between them.
func listed(typed string) (all []string) {
	for _, s := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("、，,", r) }) {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func keysOf[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
