package ledger

import (
	"slices"
	"strconv"
	"strings"
)

// sheet is one page of a workbook, or a CSV file.
type sheet struct {
	name     string
	path     string     // its part of the package; "" for CSV
	grid     [][]string // values as they are shown, trimmed; a merged value in each of its places
	merged   []area     // in the order of the file
	byColumn map[int][]area
	hiddenR  map[int]bool
	hiddenC  map[int]bool
	comments map[[2]int]bool // cells with a note, row and column
	formulas int             // cells whose formula had no result and was worked out
	listed   bool            // holds a table object of its own (“超级表”)
	raw      *skeleton
	fixed    Fixed // what a person said of headings
}

// area is a range of cells, counted from 0, the ends included.
type area struct{ r0, c0, r1, c1 int }

func (a area) has(r, c int) bool { return a.r0 <= r && r <= a.r1 && a.c0 <= c && c <= a.c1 }

func (s *sheet) cell(r, c int) string {
	if r < 0 || r >= len(s.grid) || c < 0 || c >= len(s.grid[r]) {
		return ""
	}
	return s.grid[r][c]
}

// mergedAt gives the merged area a cell is in.
func (s *sheet) mergedAt(r, c int) (area, bool) {
	if s.byColumn == nil {
		s.indexMerged()
	}
	list := s.byColumn[c]
	i, found := slices.BinarySearchFunc(list, r, func(a area, r int) int { return a.r0 - r })
	if !found {
		i--
	}
	if i >= 0 && list[i].has(r, c) {
		return list[i], true
	}
	return area{}, false
}

// indexMerged sorts the merged areas by column and first row; areas do not
// overlap.
func (s *sheet) indexMerged() {
	s.byColumn = map[int][]area{}
	for _, a := range s.merged {
		for c := a.c0; c <= min(a.c1, mostColumns); c++ {
			s.byColumn[c] = append(s.byColumn[c], a)
		}
	}
	for _, list := range s.byColumn {
		slices.SortFunc(list, func(a, b area) int { return a.r0 - b.r0 })
	}
}

// mostSpread is how many cells of a page merged values may be written into.
const mostSpread = 3_000_000

// tooSpread says whether the merged areas cover more than anybody fills in.
func (s *sheet) tooSpread() bool {
	n := 0
	for _, a := range s.merged {
		n += (min(a.r1, len(s.grid)-1) - a.r0 + 1) * (min(a.c1, mostColumns-1) - a.c0 + 1)
		if n > mostSpread {
			return true
		}
	}
	return false
}

// spread writes a merged value into each of its places.
func (s *sheet) spread() {
	for _, a := range s.merged {
		v := s.cell(a.r0, a.c0)
		if v == "" {
			continue
		}
		for r := a.r0; r <= min(a.r1, len(s.grid)-1); r++ {
			for c := a.c0; c <= min(a.c1, mostColumns-1); c++ {
				for len(s.grid[r]) <= c {
					s.grid[r] = append(s.grid[r], "")
				}
				s.grid[r][c] = v
			}
		}
	}
}

// trim tidies the values, and forgets rows that are empty to the end.
func (s *sheet) trim() {
	last := 0
	for i, row := range s.grid {
		if len(row) > mostColumns {
			row = row[:mostColumns]
		}
		for c := range row {
			if row[c] = tidy(row[c]); row[c] != "" {
				last = i + 1
			}
		}
		s.grid[i] = row
	}
	s.grid = s.grid[:last]
}

// tidy trims a value, also of the blanks that Go does not count as such.
func tidy(v string) string {
	return strings.Trim(v, " \t\r\n\u3000\u00a0\u200b\ufeff")
}

// letter names a column: A, B, …, AA.
func letter(c int) string {
	out := ""
	for c++; c > 0; c = (c - 1) / 26 {
		out = string(rune('A'+(c-1)%26)) + out
	}
	return out
}

// position reads a cell's name, AB12, counted from 0.
func position(ref string) (r, c int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' {
		c = c*26 + int(ref[i]-'A') + 1
		i++
	}
	n, err := strconv.Atoi(ref[i:])
	return n - 1, c - 1, err == nil && i > 0 && n > 0
}

// areaOf reads a range, A1:C3 or A1.
func areaOf(ref string) (area, bool) {
	from, to, found := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !found {
		to = from
	}
	r0, c0, ok0 := position(from)
	r1, c1, ok1 := position(to)
	return area{min(r0, r1), min(c0, c1), max(r0, r1), max(c0, c1)}, ok0 && ok1
}

func (a area) ref() string {
	return letter(a.c0) + strconv.Itoa(a.r0+1) + ":" + letter(a.c1) + strconv.Itoa(a.r1+1)
}
