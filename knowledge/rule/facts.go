package rule

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// ReadFacts takes a facts file: one JSON object from fact to value. It fails,
// in Chinese, on a key or value the book does not have; a kind of organisation
// in words nobody foresaw counts as not asked yet.
func (b *Book) ReadFacts(data []byte) (Facts, error) {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil || raw == nil {
		return nil, fmt.Errorf("要是一个 JSON 对象，如 {\"kind\": \"企业\", \"in_park\": \"yes\"}，%s", whereBroken(data, err))
	}
	if key := doubled(data); key != "" {
		return nil, fmt.Errorf("“%s”写了两次，只能留一个", key)
	}
	return b.TakeFacts(raw)
}

// whereBroken says where a facts file stops being JSON.
func whereBroken(data []byte, err error) string {
	var broken *json.SyntaxError
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return "现在是空的"
	case errors.As(err, &broken) && broken.Offset >= int64(len(data)):
		return "现在没有写完，看看是不是少了引号或者 }"
	case errors.As(err, &broken):
		return fmt.Sprintf("第%d行读不下去，看看引号、逗号和括号", 1+bytes.Count(data[:broken.Offset], []byte("\n")))
	}
	return "现在不是对象"
}

// doubled gives the first key that stands twice in a JSON object, or "".
func doubled(data []byte) string {
	d := json.NewDecoder(bytes.NewReader(data))
	seen := map[string]bool{}
	if _, err := d.Token(); err != nil {
		return ""
	}
	for d.More() {
		key, err := d.Token()
		name, ok := key.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return ""
		}
		if seen[name] {
			return name
		}
		seen[name] = true
	}
	return ""
}

// TakeFacts takes facts as they come from JSON. It fails as ReadFacts does.
func (b *Book) TakeFacts(raw map[string]any) (Facts, error) {
	out := Facts{}
	for key, v := range raw {
		f, ok := b.Fact(key)
		if !ok {
			return nil, fmt.Errorf("“%s”不认识，可以写的是：%s", key, b.factIDs())
		}
		value, err := b.take(&f, v)
		if err != nil {
			return nil, err
		}
		if value != "" {
			out[key] = value
		}
	}
	b.implied(out)
	return out, nil
}

func (b *Book) take(f *Fact, v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case bool:
		if v {
			return f.understand("yes")
		}
		return f.understand("no")
	case float64:
		if f.Number && v >= 0 && v == math.Trunc(v) && v < 1<<30 {
			return strconv.Itoa(int(v)), nil
		}
	case int:
		if f.Number && v >= 0 {
			return strconv.Itoa(v), nil
		}
	case string:
		if f.ID == kindFact {
			return b.takeKind(v), nil
		}
		return f.understand(strings.TrimSpace(v))
	}
	return "", fmt.Errorf("“%s”的值 %v 不认识%s", f.ID, v, f.allowed())
}

// understand gives the value a word stands for.
func (f *Fact) understand(word string) (string, error) {
	switch word {
	case "":
		return "", nil
	case Unknown, "不清楚", "不知道", "未知":
		return Unknown, nil
	}
	if f.Number {
		if n, ok := text.Count(word); ok {
			return strconv.Itoa(n.N), nil
		}
	}
	if f.index(word) >= 0 {
		return word, nil
	}
	for _, v := range f.Values {
		if v.Name == word || v.Option == word || slices.Contains(v.Say, word) {
			return v.Value, nil
		}
	}
	return "", fmt.Errorf("“%s”的值“%s”不认识%s", f.ID, word, f.allowed())
}

func (f *Fact) allowed() string {
	if f.Number {
		return "，要写一个数"
	}
	return "，可以写的是：" + f.valueList() + "、unknown"
}

func (b *Book) takeKind(word string) string {
	i := b.facts[kindFact]
	if v, err := b.Facts[i].understand(strings.TrimSpace(word)); err == nil {
		return v
	}
	return b.Read(word).Facts[kindFact]
}

// implied adds the facts that come with a kind, where nobody said otherwise.
func (b *Book) implied(f Facts) {
	fact, _ := b.Fact(kindFact)
	i := fact.index(f[kindFact])
	if i < 0 {
		return
	}
	for k, v := range fact.Values[i].Also {
		if f[k] == "" || f[k] == Unknown {
			f[k] = v
		}
	}
}
