package text

import "time"

// Beijing is the time of all offices. It has had no summer time since 1991, so
// that a fixed zone is right for every later date.
var Beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Moment names a time in Beijing as shortly as is clear now.
func Moment(t, now time.Time) string {
	t, now = t.In(Beijing), now.In(Beijing)
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		return "今天" + t.Format("15:04")
	case t.Format(time.DateOnly) == now.AddDate(0, 0, -1).Format(time.DateOnly):
		return "昨天" + t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("1月2日15:04")
	}
	return t.Format("2006年1月2日15:04")
}
