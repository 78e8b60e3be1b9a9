package index

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// judged is a set of passages and questions whose answers are known.
type judged struct {
	name      string
	passages  []Passage
	questions []judgedQuestion
}

type judgedQuestion struct {
	Text string
	Gold [][]string // groups of passage ids
}

func readJudged(passagesFile, queriesFile string) (*judged, error) {
	set := &judged{name: setName(passagesFile)}
	ids := map[string]bool{}
	err := eachLine(passagesFile, func(line []byte) error {
		p, err := readPassage(line)
		if err != nil {
			return err
		}
		if ids[p.ID] {
			return fmt.Errorf("id %s 前面已经有了", p.ID)
		}
		ids[p.ID] = true
		set.passages = append(set.passages, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(queriesFile, func(line []byte) error {
		q, err := readQuestion(line)
		set.questions = append(set.questions, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	switch {
	case len(set.passages) == 0:
		return nil, fmt.Errorf("文件 %s 里没有段落", passagesFile)
	case len(set.questions) == 0:
		return nil, fmt.Errorf("文件 %s 里没有问题", queriesFile)
	}
	return set, nil
}

func readPassage(line []byte) (Passage, error) {
	var p struct {
		ID                    json.RawMessage
		Title, Sec, Art, Text string
	}
	if err := json.Unmarshal(line, &p); err != nil {
		return Passage{}, errLine
	}
	if len(p.ID) == 0 || p.Text == "" {
		return Passage{}, errors.New("段落要有 id 和 text")
	}
	return Passage{ID: string(p.ID), Title: p.Title, Section: p.Sec, Label: p.Art, Text: p.Text}, nil
}

// readQuestion takes a question without words as it is: nothing is found for
// it, and the set's figures count that.
func readQuestion(line []byte) (judgedQuestion, error) {
	var q struct {
		Q    *string
		Gold [][]json.RawMessage
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return judgedQuestion{}, errLine
	}
	if q.Q == nil || len(q.Gold) == 0 {
		return judgedQuestion{}, errors.New("问题要有 q 和 gold")
	}
	out := judgedQuestion{Text: *q.Q}
	for _, group := range q.Gold {
		var ids []string
		for _, id := range group {
			ids = append(ids, string(id))
		}
		out.Gold = append(out.Gold, ids)
	}
	return out, nil
}

var errLine = errors.New("不是一个完整的 JSON 对象")

// longestLine bounds a line of a judged file, in bytes.
const longestLine = 16 << 20

// eachLine calls f with every line of a file, unpacked, that is not empty.
func eachLine(file string, f func([]byte) error) error {
	h, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("没有找到文件 %s，请看看路径写对了没有", file)
	}
	if err != nil {
		return fmt.Errorf("文件 %s 打不开：%w", file, err)
	}
	defer h.Close()
	r, err := unpacked(h)
	if err != nil {
		return fmt.Errorf("文件 %s 解压不了：%w", file, err)
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\xEF\xBB\xBF")))
		if len(line) == 0 {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("文件 %s 第%d行：%w", file, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("文件 %s 第%d行之后读不下去：%w", file, n, err)
	}
	return nil
}

// unpacked looks at the first bytes, not at the name, to tell a gzip file.
func unpacked(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if magic, _ := b.Peek(2); bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		return gzip.NewReader(b)
	}
	return b, nil
}
