package judge

import (
	"os"
	"path/filepath"

	"zujian/bot/answer"
	"zujian/bot/office"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// documentsIn reads every file of a folder as a document, its id the file's
// name. It fails with the file that cannot be read.
func documentsIn(folder string) ([]*knowledge.Document, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, office.Refuse("文件夹 %s 打不开：%v", folder, err)
	}
	var out []*knowledge.Document
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		data, err := office.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			return nil, err
		}
		d, err := parse.Parse(f.Name(), data)
		if err != nil {
			return nil, office.Refuse("%v", err)
		}
		d.ID, d.Validity = f.Name(), knowledge.InForce
		out = append(out, d)
	}
	return out, nil
}

// besideDocuments gives the documents that are held, and those of folders
// beside them.
func besideDocuments(p *office.Office, folders []string) (*knowledge.Library, error) {
	l, err := p.Library()
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		more, err := documentsIn(folder)
		if err != nil {
			return nil, err
		}
		for _, d := range more {
			if err := l.Add(d); err != nil {
				return nil, office.Refuse("%v", err)
			}
		}
	}
	return l, nil
}

// answererBeside makes an answerer over a library with its index in memory.
func answererBeside(p *office.Office, l *knowledge.Library) (*answer.Answerer, error) {
	w, err := p.ReadWords()()
	if err != nil {
		return nil, err
	}
	return p.InMemory(l, w)
}
