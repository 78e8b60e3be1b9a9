package text

import "time"

// Beijing is the time of all offices. It has had no summer time since 1991, so
// that a fixed zone is right for every later date.
var Beijing = time.FixedZone("Asia/Shanghai", 8*60*60)
