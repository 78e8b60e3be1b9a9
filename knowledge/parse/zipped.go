package parse

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// mostUnpacked is how many bytes all the parts read of one archive may have:
// beyond it the archive is a bomb, or a book of pictures.
const mostUnpacked = 120 << 20

// archive reads parts of a zip file within a limit.
type archive struct {
	files map[string]*zip.File
	left  int64
}

func openArchive(data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged
	}
	a := &archive{files: map[string]*zip.File{}, left: mostUnpacked}
	for _, f := range r.File {
		a.files[strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/")] = f
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[name] != nil }

// read gives a part whole; ErrPassword where it is encrypted, ErrTooLarge
// beyond the limit, ErrDamaged where it is missing or does not unpack.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, ErrDamaged
	}
	if f.Flags&1 != 0 {
		return nil, ErrPassword
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.left+1))
	if int64(len(data)) > a.left {
		return nil, ErrTooLarge
	}
	if err != nil {
		return nil, ErrDamaged
	}
	a.left -= int64(len(data))
	return data, nil
}

// readZipped tells the formats that are zip archives apart by their parts.
func readZipped(data []byte) (*source, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	switch {
	case a.has("word/document.xml"):
		return readDOCX(a)
	case a.has("xl/workbook.xml"):
		return readXLSX(a, data)
	case a.has("OFD.xml"):
		return readOFD(a)
	case a.has("content.xml"):
		return readODT(a)
	case a.has("ppt/presentation.xml"):
		return nil, errSlides
	}
	for _, f := range a.files {
		if f.Flags&1 != 0 {
			return nil, ErrPassword
		}
	}
	return nil, errFrom(ErrUnsupported, "这是压缩包。请解压以后，把里面的文件一份一份放")
}
