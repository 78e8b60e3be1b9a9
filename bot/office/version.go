package office

import "runtime/debug"

// Commit is the one that a release is of; the release script sets it.
var Commit string

// Version names the program by the commit that it was built from.
func Version() string {
	if Commit != "" {
		return Commit
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return "没有记下"
}
