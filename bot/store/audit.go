package store

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"zujian/bot/chat"
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
		stamp(t.At), t.Key.Channel, db.Person(t.Key.Channel, t.Key.Speaker), chat.Mask(a.Question), a.Status, strings.Join(a.Clauses, "\n"), a.Version)
	if err != nil {
		return fmt.Errorf("keep the audit line: %w", err)
	}
	return nil
}

// ExportAudit writes the lines of [from, to) as CSV with a header in Chinese,
// oldest first, and gives their number. It begins with a byte order mark, as
// Excel wants it.
func (db *DB) ExportAudit(ctx context.Context, w io.Writer, from, to time.Time) (int, error) {
	rows, err := db.sql.QueryContext(ctx, "SELECT at, channel, person, question, status, clauses, version FROM audit WHERE at >= ? AND at < ? ORDER BY id", stamp(from), stamp(to))
	if err != nil {
		return 0, fmt.Errorf("read the audit: %w", err)
	}
	defer rows.Close()
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("write the audit: %w", err)
	}
	out := csv.NewWriter(w)
	out.Write([]string{"时间", "渠道", "提问人（代号）", "问题", "结果", "依据", "资料版本"})
	n := 0
	for ; rows.Next(); n++ {
		var at int64
		line := make([]string, 7)
		if err := rows.Scan(&at, &line[1], &line[2], &line[3], &line[4], &line[5], &line[6]); err != nil {
			return n, fmt.Errorf("read the audit: %w", err)
		}
		line[0] = unstamp(at).Format(time.DateTime)
		line[3] = inert(line[3])
		line[5] = strings.ReplaceAll(line[5], "\n", " ")
		out.Write(line)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return n, fmt.Errorf("write the audit: %w", err)
	}
	return n, rows.Err()
}

// inert keeps a spreadsheet from taking a question for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
