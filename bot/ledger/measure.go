package ledger

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// What a workbook may hold. It is counted while its parts stream by, before
// anything of them is kept: a small file may unpack to more than a machine has.
const (
	mostUnpacked = 250 << 20 // bytes of all its parts
	mostMarkup   = 80 << 20  // bytes of those that are read: all but pictures
	mostLines    = 1_100_000 // rows as they stand, the empty ones too: a page has no more
	mostCells    = 600_000
)

// measure fails with ErrTooLarge for a workbook that holds too much, and with
// errDamaged for one that cannot be unpacked.
func measure(z *zip.Reader) error {
	var all, markup uint64
	var n tally
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))
		all += f.UncompressedSize64
		switch path.Ext(name) {
		case ".xml", ".rels", ".vml":
			markup += f.UncompressedSize64
		}
		if f.UncompressedSize64 > mostUnpacked || all > mostUnpacked || markup > mostMarkup {
			return ErrTooLarge
		}
		if !strings.HasPrefix(name, "xl/worksheets/") || path.Ext(name) != ".xml" {
			continue
		}
		if err := n.add(f); err != nil {
			return err
		}
	}
	return nil
}

// tally counts the rows and cells of worksheets.
type tally struct{ rows, cells int }

func (n *tally) add(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return errDamaged
	}
	defer r.Close()
	chunk := make([]byte, 64<<10)
	kept := 0 // of a tag that goes on in the next chunk
	for {
		got, err := io.ReadFull(r, chunk[kept:])
		text := chunk[:kept+got]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		kept = copy(chunk, n.count(text, last))
		switch {
		case n.rows > mostLines || n.cells > mostCells:
			return ErrTooLarge
		case last:
			return nil
		case err != nil:
			return errDamaged
		}
	}
}

// longestTag is how much of a tag is looked at for its name, in bytes.
const longestTag = 64

// count counts the tags that open a row or a cell, and gives the rest that may be
// the beginning of one.
func (n *tally) count(text []byte, last bool) []byte {
	for {
		at := bytes.IndexByte(text, '<')
		if at < 0 {
			return nil
		}
		text = text[at:]
		if len(text) < longestTag && !last {
			return text
		}
		name := text[1:min(len(text), longestTag)]
		if end := bytes.IndexAny(name, " />\t\r\n"); end >= 0 {
			name = name[:end]
		}
		if colon := bytes.IndexByte(name, ':'); colon >= 0 {
			name = name[colon+1:]
		}
		switch string(name) {
		case "row":
			n.rows++
		case "c":
			n.cells++
		}
		text = text[1:]
	}
}
