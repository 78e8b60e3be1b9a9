package parse

import (
	"encoding/csv"
	"path/filepath"
	"strings"
)

func isTabular(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".csv" || ext == ".tsv"
}

// readCSV reads a table in text, as questions and answers where its headings or
// its cells say that it is one.
func readCSV(text string) (*source, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator(text), true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, errFrom(ErrDamaged, "表格里的引号没有配成对")
	}
	var cells budget
	width := 0
	for _, row := range rows {
		width = max(width, min(len(row), mostColumns))
	}
	if err := cells.take(width*len(rows), ""); err != nil {
		return nil, err
	}
	for i, row := range rows {
		rows[i] = widened(row, width)
	}
	s := &source{Format: "CSV"}
	s.takeSheet(rows)
	s.Lines = append(s.Lines, faqLines(s.Asked)...)
	return s, nil
}

// separator is what the first line has most of.
func separator(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	best, most := ',', 0
	for _, r := range ",\t;，|" {
		if n := strings.Count(first, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}
