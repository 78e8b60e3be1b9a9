package parse

import (
	"bytes"
	"errors"
	"io"

	"github.com/richardlehane/mscfb"
)

// readCompound tells the formats that are OLE2 compound files apart by their
// streams: Word and WPS 97–2003, a workbook, and a modern file behind a
// password.
func readCompound(data []byte) (s *source, err error) {
	defer func() {
		if thrown := recover(); thrown != nil { // the tables of Word index what a damaged file says
			s, err = nil, caught(thrown, ErrDamaged)
		}
	}()
	streams, err := compoundStreams(data)
	if err != nil {
		return nil, err
	}
	switch {
	case streams["EncryptedPackage"] != nil:
		return nil, ErrPassword
	case streams["WordDocument"] != nil:
		return readDOC(streams)
	case streams["Workbook"] != nil, streams["Book"] != nil:
		return nil, errOldSheet
	case streams["PowerPoint Document"] != nil:
		return nil, errSlides
	}
	return nil, errResave
}

func compoundStreams(data []byte) (streams map[string][]byte, err error) {
	defer func() {
		if thrown := recover(); thrown != nil { // mscfb indexes what a damaged file says
			streams, err = nil, caught(thrown, ErrDamaged)
		}
	}()
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, ErrDamaged
	}
	streams = map[string][]byte{}
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return streams, nil
		}
		if err != nil {
			return nil, ErrDamaged
		}
		if len(e.Path) > 0 {
			continue // of a document that is embedded in this one
		}
		switch e.Name {
		case "WordDocument", "0Table", "1Table":
			data, err := io.ReadAll(io.LimitReader(e, Largest))
			if err != nil {
				return nil, ErrDamaged
			}
			streams[e.Name] = data
		case "EncryptedPackage", "Workbook", "Book", "PowerPoint Document":
			streams[e.Name] = []byte{}
		}
	}
}
