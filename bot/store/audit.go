package store

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
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
	_, err := tx.ExecContext(ctx,
		"INSERT INTO audit (at, channel, person, question, status, clauses, version) VALUES (?, ?, ?, ?, ?, ?, ?)",
		stamp(t.At), t.Key.Channel, db.Person(t.Key.Channel, t.Key.Speaker), kept(a.Question), a.Status,
		strings.Join(a.Clauses, "\n"), a.Version)
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

// auditPage is how many lines are read at once: between two pages others write.
const auditPage = 500

// EachAuditLine calls each with the lines of [from, to), oldest first, until it
// fails. However many there are and however slow each is, only a page of them is
// in memory and nobody waits.
func (db *DB) EachAuditLine(ctx context.Context, from, to time.Time, each func(Line) error) error {
	for after := int64(0); ; {
		lines, last, err := db.auditLines(ctx, from, to, after)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, l := range lines {
			if err := each(l); err != nil {
				return err
			}
		}
		after = last
	}
}

// auditLines gives a page of the lines behind an id, and the id of its last.
func (db *DB) auditLines(ctx context.Context, from, to time.Time, after int64) (lines []Line, last int64, err error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT id, at, channel, person, question, status, clauses, version FROM audit "+
		"WHERE id > ? AND at >= ? AND at < ? ORDER BY id LIMIT ?",
		after, stamp(from), stamp(to), auditPage)
	if err != nil {
		return nil, 0, fmt.Errorf("read the audit: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l Line
		var at int64
		var clauses string
		if err := rows.Scan(&last, &at, &l.Channel, &l.Person, &l.Question, &l.Status, &clauses, &l.Version); err != nil {
			return nil, 0, fmt.Errorf("read the audit: %w", err)
		}
		l.At, l.Clauses = unstamp(at), strings.Fields(clauses)
		lines = append(lines, l)
	}
	return lines, last, rows.Err()
}

// ExportAudit writes the lines of [from, to) as CSV with a header in Chinese,
// oldest first, and gives their number. It begins with a byte order mark, as
// Excel wants it.
func (db *DB) ExportAudit(ctx context.Context, w io.Writer, from, to time.Time) (n int, err error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"时间", "渠道", "提问人（代号）", "问题", "结果", "依据", "资料版本"}); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	err = db.EachAuditLine(ctx, from, to, func(l Line) error {
		n++
		return out.Write([]string{l.At.Format(time.DateTime), l.Channel, l.Person, inert(l.Question),
			l.Status, strings.Join(l.Clauses, " "), l.Version})
	})
	out.Flush()
	if err := errors.Join(err, out.Error()); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	return n, nil
}

// inert keeps a spreadsheet from taking a question for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
