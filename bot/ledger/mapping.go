package ledger

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Mapping is what every column of every table was taken for.
type Mapping []TableMapping

// TableMapping is that of one table.
type TableMapping struct {
	Sheet   string   `json:"sheet"`
	Header  int      `json:"header"` // row of the headings, the last of them, counted from 1
	Rows    int      `json:"rows"`   // organisations under it
	Columns []Column `json:"columns"`
}

// Column is one column and what it was taken for.
type Column struct {
	Letter  string  `json:"column"` // A, B, …
	Heading string  `json:"heading"`
	Role    string  `json:"role"` // id in headings.yaml; empty: not recognised
	Say     string  `json:"say"`  // the role in Chinese
	Sure    float64 `json:"sure"` // 0 to 1
	Doubt   string  `json:"doubt,omitempty"`
	Hidden  bool    `json:"hidden,omitempty"`

	at    int  // column, counted from 0
	fixed bool // a person said what it is
}

// Doubts gives the columns that a person should look at.
func (m Mapping) Doubts() []Column {
	var out []Column
	for _, t := range m {
		for _, c := range t.Columns {
			if c.Doubt != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

// Used reports whether the column gives something to the recommendation or the
// summary.
func (c Column) Used() bool {
	return !slices.Contains([]string{roleNone, roleSerial, rolePersonal, roleUnused}, c.Role)
}

// saved is a mapping as it is kept in a file: what each heading stands for,
// wherever the column is.
type saved struct {
	Columns map[string]string `json:"列"`
}

// Save gives the mapping as JSON, for Load, with Chinese names on both sides so
// that it can be put right in a text editor.
func (m Mapping) Save() ([]byte, error) {
	out := saved{map[string]string{}}
	for _, t := range m {
		for _, c := range t.Columns {
			if c.Heading == "" {
				continue
			}
			out.Columns[c.Heading] = "不用"
			if c.Role != roleNone && c.Role != roleUnused {
				out.Columns[c.Heading] = roleSays(c.Role)
			}
		}
	}
	data, err := json.MarshalIndent(out, "", "  ")
	return append(data, '\n'), err
}

// Fixed is a saved mapping: what each heading is to be taken for. None is well.
type Fixed map[string]string

// LoadMapping reads what Save wrote. It fails in Chinese on what is no mapping.
func LoadMapping(data []byte) (Fixed, error) {
	var file saved
	if err := json.Unmarshal(data, &file); err != nil || len(file.Columns) == 0 {
		return nil, fmt.Errorf(`要像 {"列": {"企业名称": "单位名称"}} 这样，用 --save-mapping 可以存出一份来改`)
	}
	fixed := Fixed{}
	for head, say := range file.Columns {
		role, ok := roleNamed(say)
		if !ok {
			return nil, fmt.Errorf("“%s”写成了“%s”，不认识。可以写的是：%s", head, say, strings.Join(Roles(), "、"))
		}
		fixed[bareHeading(head)] = role
	}
	return fixed, nil
}

// Set takes a column for something else; say is one of Roles. It gives false
// where it is not.
func (f *File) Set(sheet string, letter, say string) bool {
	role, ok := roleNamed(say)
	if !ok {
		return false
	}
	done := false
	for _, t := range f.tables {
		for i := range t.cols {
			if c := &t.cols[i]; t.sheet.name == sheet && c.Letter == letter {
				c.take(role, 1, "")
				c.fixed, done = true, true
			}
		}
	}
	return done
}

func (c *Column) take(role string, sure float64, doubt string) {
	c.Role, c.Sure, c.Doubt = role, sure, doubt
	c.Say = roleSays(role)
}

// Mapping gives what the columns are taken for.
func (f *File) Mapping() Mapping {
	out := Mapping{}
	for _, t := range f.tables {
		out = append(out, TableMapping{Sheet: t.sheet.name, Header: t.header + 1, Rows: len(t.rows), Columns: slices.Clone(t.cols)})
	}
	return out
}

// Text says the mapping for people, a line each column.
func (m Mapping) Text() string {
	var b strings.Builder
	for _, t := range m {
		fmt.Fprintf(&b, "“%s”，表头在第%d行，%d家单位：\n", t.Sheet, t.Header, t.Rows)
		for _, c := range t.Columns {
			note := ""
			if c.Doubt != "" {
				note = "（请看一眼：" + c.Doubt + "）"
			}
			if c.Hidden {
				note += "（这一列是隐藏的）"
			}
			fmt.Fprintf(&b, "  %s %s → %s%s\n", c.Letter, orBlank(c.Heading), c.Say, note)
		}
	}
	return b.String()
}

func orBlank(heading string) string {
	if heading == "" {
		return "（没有列名）"
	}
	return heading
}

// Ask lets a person look at the columns that are in doubt.
func (f *File) Ask(from io.Reader, out io.Writer) {
	in := bufio.NewScanner(from)
	for _, t := range f.Mapping() {
		for _, col := range t.Columns {
			if col.Doubt == "" {
				continue
			}
			fmt.Fprintf(out, "%s列“%s”按“%s”理解：%s。\n对的直接回车；不对的请写应当是什么（写“？”看有哪些）：", col.Letter, col.Heading, col.Say, col.Doubt)
			for in.Scan() {
				say := strings.TrimSpace(in.Text())
				if say == "" || f.Set(t.Sheet, col.Letter, say) {
					break
				}
				fmt.Fprintf(out, "可以写：%s\n请再写一次，不改就直接回车：", strings.Join(Roles(), "、"))
			}
		}
	}
}
