package office

import (
	"slices"
	"strings"
)

// tomlLines is a configuration as its lines: a value is changed and everything
// else, comments too, stays as it was typed. What it makes of unusual writing may
// be wrong; whoever uses it reads the outcome again and compares.
type tomlLines []string

// tomlBlock is a table: the lines of its header and values, [from, to). Those of
// one name that stand in [[…]] are counted from 0.
type tomlBlock struct {
	name     string
	nth      int
	from, to int
	entries  []tomlEntry
}

// tomlEntry is one value, which may go over several lines.
type tomlEntry struct {
	key      string
	from, to int
}

// blocks gives the tables in their order, the nameless one on top first.
func (t tomlLines) blocks() []tomlBlock {
	all := []tomlBlock{{}}
	seen := map[string]int{}
	for i := 0; i < len(t); {
		line := strings.TrimSpace(t[i])
		last := &all[len(all)-1]
		switch {
		case line == "" || line[0] == '#':
			i++
		case line[0] == '[':
			name := tomlName(strings.Trim(line[:tomlEnd(line)], "[] \t"))
			i++
			all = append(all, tomlBlock{name: name, nth: seen[name], from: i - 1, to: i})
			seen[name]++
		default:
			e := tomlEntry{from: i, to: i + t.height(i)}
			key, _, _ := strings.Cut(line, "=")
			e.key = tomlName(key)
			i = e.to
			last.entries, last.to = append(last.entries, e), i
		}
	}
	return all
}

// tomlName is a key or a name of a table without quotes and spaces.
func tomlName(s string) string {
	return strings.NewReplacer(`"`, "", "'", "").Replace(strings.TrimSpace(s))
}

// tomlEnd gives where the comment of a line begins, or its end.
func tomlEnd(line string) int {
	var s tomlScan
	return s.line(line)
}

// height gives how many lines the value goes over that begins at line i.
func (t tomlLines) height(i int) int {
	var s tomlScan
	for n, line := range t[i:] {
		if s.line(line); s.depth <= 0 && s.long == "" {
			return n + 1
		}
	}
	return len(t) - i
}

// tomlScan goes through a value: how deep in brackets it is, and in which long
// string, if in any.
type tomlScan struct {
	depth int
	long  string
}

// line takes one line and gives where its comment begins, or its length.
func (s *tomlScan) line(line string) int {
	for i := 0; i < len(line); i++ {
		rest := line[i:]
		switch {
		case s.long != "":
			at := strings.Index(rest, s.long)
			if at < 0 {
				return len(line)
			}
			i, s.long = i+at+2, ""
		case strings.HasPrefix(rest, `"""`), strings.HasPrefix(rest, `'''`):
			s.long, i = rest[:3], i+2
		case rest[0] == '"' || rest[0] == '\'':
			i += quoted(rest)
		case rest[0] == '#':
			return i
		case rest[0] == '[' || rest[0] == '{':
			s.depth++
		case rest[0] == ']' || rest[0] == '}':
			s.depth--
		}
	}
	return len(line)
}

// quoted gives where the string ends that s begins with.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[0] == '"':
			i++
		case s[i] == s[0]:
			return i
		}
	}
	return len(s)
}

// set gives the lines with a value of the nth table of that name; "" takes the
// value out. A table that is not there is put at the end.
func (t tomlLines) set(table string, nth int, key, value string) tomlLines {
	all := t.blocks()
	at := slices.IndexFunc(all, func(b tomlBlock) bool { return b.name == table && b.nth == nth })
	if at < 0 {
		if value == "" {
			return t
		}
		return t.add("["+table+"]", tomlKey(key)+" = "+value)
	}
	b := all[at]
	for _, e := range b.entries {
		if e.key == key {
			return slices.Concat(t[:e.from], t.rewritten(e, value), t[e.to:])
		}
	}
	if value == "" {
		return t
	}
	return slices.Concat(t[:b.to], tomlLines{tomlKey(key) + " = " + value}, t[b.to:])
}

// rewritten gives the lines of an entry with another value, its comments kept.
func (t tomlLines) rewritten(e tomlEntry, value string) tomlLines {
	var notes tomlLines
	for _, line := range t[e.from : e.to-1] {
		if note := line[tomlEnd(line):]; note != "" {
			notes = append(notes, note)
		}
	}
	last := t[e.to-1]
	note := last[tomlEnd(last):]
	if value == "" {
		if note != "" {
			notes = append(notes, note)
		}
		return notes
	}
	before, _, _ := strings.Cut(t[e.from], "=")
	line := strings.TrimRight(before, " ") + " = " + value
	if note != "" {
		code := last[:len(last)-len(note)]
		line += code[len(strings.TrimRight(code, " \t")):] + note
	}
	return append(notes, line)
}

// add puts a table at the end.
func (t tomlLines) add(lines ...string) tomlLines {
	end := len(t)
	for end > 0 && strings.TrimSpace(t[end-1]) == "" {
		end--
	}
	if end > 0 {
		lines = append([]string{""}, lines...)
	}
	return append(slices.Concat(t[:end], tomlLines(lines)), "")
}

// drop takes the nth table of a name out.
func (t tomlLines) drop(table string, nth int) tomlLines {
	for _, b := range t.blocks() {
		if b.name == table && b.nth == nth {
			return slices.Concat(t[:b.from], t[b.to:])
		}
	}
	return t
}

// tomlKey writes a key, in quotes where it is not plain.
func tomlKey(key string) string {
	for _, r := range key {
		if r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return tomlText(key)
		}
	}
	return key
}

// tomlText writes a text in quotes, on one line.
func tomlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// tomlTexts writes several texts.
func tomlTexts(all []string) string {
	var out []string
	for _, s := range all {
		out = append(out, tomlText(s))
	}
	return "[" + strings.Join(out, ", ") + "]"
}
