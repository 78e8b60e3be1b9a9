package store

import (
	"context"
	"fmt"
	"time"
)

// Figures are what was asked and answered in a time.
type Figures struct {
	Asked     int      `json:"asked"`
	Answered  int      `json:"answered"`
	NotStated int      `json:"not_stated"`
	Useful    int      `json:"useful"`
	Useless   int      `json:"useless"`
	Whys      []string `json:"whys"` // why answers were useless, the latest first, masked
}

// KeepFeedback writes down that an answer was useful, or was not and why.
func (db *DB) KeepFeedback(ctx context.Context, useful bool, why string, at time.Time) error {
	_, err := db.sql.ExecContext(ctx, "INSERT INTO feedback (at, useful, why) VALUES (?, ?, ?)", stamp(at), useful, kept(why))
	if err != nil {
		return fmt.Errorf("keep feedback: %w", err)
	}
	return nil
}

// mostWhys is how many reasons are given.
const mostWhys = 10

// Figures gives what was asked and answered in [from, to).
func (db *DB) Figures(ctx context.Context, from, to time.Time) (Figures, error) {
	f := Figures{Whys: []string{}}
	row := db.reads.QueryRowContext(ctx, `SELECT COUNT(*),
		count(*) FILTER (WHERE status = 'answered'), count(*) FILTER (WHERE status IN ('not_stated', 'unsure'))
		FROM audit WHERE at >= ? AND at < ? AND status <> 'dialog'`, stamp(from), stamp(to))
	if err := row.Scan(&f.Asked, &f.Answered, &f.NotStated); err != nil {
		return f, fmt.Errorf("count the answers: %w", err)
	}
	rows, err := db.reads.QueryContext(ctx, "SELECT useful, why FROM feedback WHERE at >= ? AND at < ? ORDER BY id DESC",
		stamp(from), stamp(to))
	if err != nil {
		return f, fmt.Errorf("read the feedback: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var useful bool
		var why string
		if err := rows.Scan(&useful, &why); err != nil {
			return f, fmt.Errorf("read the feedback: %w", err)
		}
		switch {
		case useful:
			f.Useful++
		default:
			f.Useless++
			if why != "" && len(f.Whys) < mostWhys {
				f.Whys = append(f.Whys, why)
			}
		}
	}
	return f, rows.Err()
}
