package office

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/knowledge"
)

// figures are the numbers of the service that are watched from outside. None of
// them names anybody.
func (s *Service) figures(ctx context.Context) []console.Figure {
	f, asked := s.runner.Figures(), s.runner.Asked()
	var out []console.Figure
	for _, status := range slices.Sorted(maps.Keys(asked.ByStatus)) {
		out = append(out, console.Figure{Name: "zujian_questions_total", Help: "Messages that were dealt with, by status.",
			Label: fmt.Sprintf("status=%q", status), Number: float64(asked.ByStatus[status])})
	}
	out = append(out,
		console.Figure{Name: "zujian_answer_seconds_sum", Help: "Time spent on them.", Number: asked.Seconds},
		console.Figure{Name: "zujian_answer_seconds_max", Help: "The longest of them.", Gauge: true, Number: asked.Longest},
		console.Figure{Name: "zujian_limited_total", Help: "Messages over a person's limit, or to a full queue.",
			Number: float64(f.Limited)},
		console.Figure{Name: "zujian_not_stored_total", Help: "Turns that could not be written down.", Number: float64(f.NotStored)},
		console.Figure{Name: "zujian_waiting", Help: "Messages that wait to be worked on.", Gauge: true, Number: float64(asked.Waiting)},
		console.Figure{Name: "zujian_panics_total", Help: "Panics that were caught.", Number: float64(chat.Panics() + knowledge.Panics())})
	if counts, err := s.DB.Counts(ctx); err == nil {
		for _, status := range slices.Sorted(maps.Keys(counts)) {
			out = append(out, console.Figure{Name: "zujian_outbox", Help: "Messages of the outbox, by state.", Gauge: true,
				Label: fmt.Sprintf("state=%q", string(status)), Number: float64(counts[status])})
		}
	}
	for _, t := range s.Posts() {
		up := 0.0
		if t.channel.Report().State == chat.Online {
			up = 1
		}
		out = append(out, console.Figure{Name: "zujian_channel_up", Help: "Whether a channel is online.", Gauge: true,
			Label: fmt.Sprintf("channel=%q", t.channel.Name()), Number: up})
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return append(out,
		console.Figure{Name: "zujian_memory_bytes", Help: "Memory taken from the system.", Gauge: true, Number: float64(m.Sys)},
		console.Figure{Name: "zujian_heap_bytes", Help: "Memory in use.", Gauge: true, Number: float64(m.HeapAlloc)},
		console.Figure{Name: "zujian_goroutines", Help: "Goroutines.", Gauge: true, Number: float64(runtime.NumGoroutine())})
}
