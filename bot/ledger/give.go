package ledger

import (
	"path/filepath"
	"strings"
)

// Give gives the result as the kind of file that the ledger came as, under its
// name with 建议 added.
func (res *Result) Give() (name string, data []byte, err error) {
	ext, write := ".xlsx", res.XLSX
	switch {
	case res.File.CSV():
		ext, write = ".csv", res.CSV
	case res.File.Macros():
		ext = ".xlsm"
	}
	data, err = write()
	base := filepath.Base(res.File.name)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-建议" + ext, data, err
}
