package parse

import (
	"bytes"
)

// Kind is what a file is by its content.
type Kind int

// The kinds that callers outside this package tell apart.
const (
	kindOther     Kind = iota
	KindEmpty          // nothing but blanks
	KindText           // text in some encoding
	KindZip            // a zip archive, as modern office files are
	KindEncrypted      // a modern office file behind a password
	KindOldSheet       // a workbook of Excel 97–2003 or WPS
	KindDamaged        // cut short, or not what it begins as
)

// Sniff tells what a file is by how it begins.
func Sniff(data []byte) Kind {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))) == 0:
		return KindEmpty
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return KindZip
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return sniffCompound(data)
	case bytes.HasPrefix(data, []byte("\x09\x08")), bytes.HasPrefix(data, []byte("\x09\x04")), bytes.HasPrefix(data, []byte("\x09\x02")):
		return KindOldSheet // a bare BIFF stream of Excel 2 to 5
	case bytes.HasPrefix(data, []byte("%PDF-")), bytes.HasPrefix(data, []byte("{\\rtf")), picture(data) != "":
		return kindOther
	}
	if _, err := decode(data); err != nil {
		return kindOther
	}
	return KindText
}

func sniffCompound(data []byte) Kind {
	streams, err := compoundStreams(data)
	switch {
	case err != nil:
		return KindDamaged
	case streams["EncryptedPackage"] != nil:
		return KindEncrypted
	case streams["Workbook"] != nil, streams["Book"] != nil:
		return KindOldSheet
	}
	return kindOther
}

// Text gives a text file's text, whatever its encoding, with plain line breaks.
// It fails with ErrUnsupported where it is none.
func Text(data []byte) (string, error) { return decode(data) }
