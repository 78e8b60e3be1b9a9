package store

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"
)

// Audit is the record of one answer. The question is masked before it is
// kept; leave it empty where it must not be kept at all.
type Audit struct {
	Question string
	Status   string
	Clauses  []string // as document#clause
	Version  string   // of the library
}

func (db *DB) keepAudit(ctx context.Context, tx *sql.Tx, t Turn) error {
	if t.Audit == nil {
		return nil
	}
	a := t.Audit
	_, err := tx.ExecContext(ctx, "INSERT INTO audit (at, channel, person, question, status, clauses, version) VALUES (?, ?, ?, ?, ?, ?, ?)",
		stamp(t.At), t.Key.Channel, db.Person(t.Key.Channel, t.Key.Speaker), kept(a.Question), a.Status, strings.Join(a.Clauses, "\n"), a.Version)
	if err != nil {
		return fmt.Errorf("keep the audit line: %w", err)
	}
	return nil
}

// Line is one line of the audit as it is exported.
type Line struct {
	At       time.Time `json:"at"`
	Channel  string    `json:"channel"`
	Person   string    `json:"person"` // see DB.Person
	Question string    `json:"question"`
	Status   string    `json:"status"`
	Clauses  []string  `json:"clauses"`
	Version  string    `json:"version"`
}

// AuditLines gives the lines of [from, to), oldest first.
func (db *DB) AuditLines(ctx context.Context, from, to time.Time) ([]Line, error) {
	rows, err := db.sql.QueryContext(ctx, "SELECT at, channel, person, question, status, clauses, version FROM audit WHERE at >= ? AND at < ? ORDER BY id", stamp(from), stamp(to))
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		var l Line
		var at int64
		var clauses string
		if err := rows.Scan(&at, &l.Channel, &l.Person, &l.Question, &l.Status, &clauses, &l.Version); err != nil {
			return nil, fmt.Errorf("read the audit: %w", err)
		}
		l.At, l.Clauses = unstamp(at), strings.Fields(clauses)
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

// ExportAudit writes the lines of [from, to) as CSV with a header in Chinese,
// oldest first, and gives their number. It begins with a byte order mark, as
// Excel wants it.
func (db *DB) ExportAudit(ctx context.Context, w io.Writer, from, to time.Time) (int, error) {
	lines, err := db.AuditLines(ctx, from, to)
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	out := csv.NewWriter(w)
	out.Write([]string{"时间", "渠道", "提问人（代号）", "问题", "结果", "依据", "资料版本"})
	for _, l := range lines {
		out.Write([]string{l.At.Format(time.DateTime), l.Channel, l.Person, inert(l.Question), l.Status, strings.Join(l.Clauses, " "), l.Version})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	return len(lines), nil
}

// inert keeps a spreadsheet from taking a question for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
