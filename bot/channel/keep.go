package channel

import (
	"encoding/json"

	"zujian/knowledge/text"
)

// Keep replaces a file by what as JSON, as a whole, so that the old one stays
// where the program is killed or the disk is full. It holds keys of accounts:
// it is for its owner only.
func Keep(file string, what any) error {
	data, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return text.WriteWhole(file, data)
}
