package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"zujian/bot/chat"
)

// Question is one that the documents did not answer, masked.
type Question struct {
	Text        string
	Times       int
	First, Last time.Time
}

// mostKept is how many characters are kept of what somebody wrote.
const mostKept = 200

// kept is what is kept of what somebody wrote: masked, then cut.
func kept(text string) string {
	r := []rune(strings.TrimSpace(chat.MaskKept(text)))
	return string(r[:min(len(r), mostKept)])
}

func keepUnanswered(ctx context.Context, tx *sql.Tx, question string, at time.Time) error {
	if question = kept(question); question == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO unanswered (question, times, first, last) VALUES (?, 1, ?, ?)
		ON CONFLICT (question) DO UPDATE SET times = unanswered.times + 1, last = excluded.last`, question, stamp(at), stamp(at))
	if err != nil {
		return fmt.Errorf("keep an unanswered question: %w", err)
	}
	return nil
}

// Unanswered lists unanswered questions, the most frequent first.
func (db *DB) Unanswered(ctx context.Context, limit int) ([]Question, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT question, times, first, last FROM unanswered "+
		"ORDER BY times DESC, last DESC LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("list unanswered questions: %w", err)
	}
	defer rows.Close()
	var list []Question
	for rows.Next() {
		var q Question
		var first, last int64
		if err := rows.Scan(&q.Text, &q.Times, &first, &last); err != nil {
			return nil, fmt.Errorf("read an unanswered question: %w", err)
		}
		q.First, q.Last = unstamp(first), unstamp(last)
		list = append(list, q)
	}
	return list, rows.Err()
}
