package office

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zujian/bot/chat"
	"zujian/bot/ledger"
	"zujian/bot/picture"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

const (
	sayFilesOperators = "文件只收管理员发来的台账。要问政策，请打字问；要加文件，请交给管理员。"
	sayFileLost       = "文件没有取到，请再发一次。还不行的，请在网页的“台账”里传。"
	sayFileLarge      = "文件太大了，没有收。请分成几份再发，或者在网页的“台账”里传。"
	sayNoFiles        = "这个渠道发不了文件。请在网页的“台账”里传，结果也在那里下载。"
	sayLedger         = "%s 像是台账（一行一家单位），不是文件。" +
		"要逐家给建议，请用 bot ledger %s -o 结果.xlsx；确实要当文件收，请加 --as-document。"
)

// takeFile works a ledger through that an operator sent in a direct chat, and
// sends it back. Nothing of it is kept, here or in the outbox.
func (o *Front) takeFile(ctx context.Context, in chat.Inbound, operator func() bool) string {
	if !operator() {
		return sayFilesOperators
	}
	sender := o.fileSender(in.Channel)
	if sender == nil {
		return sayNoFiles
	}
	data, err := in.File.Fetch(ctx, chat.LargestFile)
	if errors.Is(err, chat.ErrFileTooLarge) {
		return sayFileLarge
	}
	if err != nil {
		o.Log.Warn("a file could not be fetched", "channel", in.Channel)
		return sayFileLost
	}
	res, err := o.workThrough(ctx, in.File.Name, data)
	if err != nil {
		return fmt.Sprintf("%v。", err)
	}
	name, out, err := res.Give()
	if err == nil {
		_, err = sender.SendFile(ctx, in.Target(), name, out)
	}
	if err != nil {
		return "结果没有发回去：" + chat.Explain(err)
	}
	return LedgerWords(res.Summary) + doubtsOf(res.Mapping) + "结果发给您了，这里没有留。"
}

func (o *Front) workThrough(ctx context.Context, name string, data []byte) (*ledger.Result, error) {
	b := o.shelf.rules()
	if b.Fault != "" {
		return nil, errors.New(strings.TrimSuffix(b.Fault, "。"))
	}
	f, err := ledger.Read(b, name, data, nil)
	if err != nil {
		return nil, err
	}
	return f.Check(ctx, nil)
}

// doubtsOf says which columns were taken for something without being sure.
func doubtsOf(m ledger.Mapping) string {
	var lines []string
	for _, c := range m.Doubts() {
		lines = append(lines, fmt.Sprintf("%s列“%s”按“%s”理解，请看一眼。\n", c.Letter, c.Heading, c.Say))
	}
	return strings.Join(lines[:min(len(lines), 3)], "")
}

// fileSender gives the channel where it can send files, or nil.
func (o *Front) fileSender(channel string) chat.FileSender {
	if o.service == nil {
		return nil
	}
	for _, t := range o.service.Posts() {
		if s, ok := t.channel.(chat.FileSender); ok && t.channel.Name() == channel {
			return s
		}
	}
	return nil
}

func LedgerWords(s ledger.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "一共%d家单位：给出建议%d家，不在两新组织范围的%d家，已建妇联%d家，情况齐全的%d家，有情况要看一眼的%d家。\n",
		s.Organisations, s.Recommended, s.OutOfScope, s.Built, s.Complete, s.Remarked)
	if s.Hidden > 0 {
		fmt.Fprintf(&b, "其中%d家在隐藏的行里，也作了建议。\n", s.Hidden)
	}
	for i, m := range s.Missing {
		if i == 3 {
			break
		}
		fmt.Fprintf(&b, "缺“%s”的%d家。\n", m.Name, m.N)
	}
	if s.Groups > 0 {
		fmt.Fprintf(&b, "可以联合组建的配成了%d组，只供参考，见“联合组建建议”。\n", s.Groups)
	}
	for _, d := range s.Doubts {
		fmt.Fprintln(&b, "请看一眼："+d)
	}
	return b.String()
}

// ProgressOf draws how many organisations of each township have a women's
// federation; where the ledger names no township, of each park.
func ProgressOf(s ledger.Summary) *picture.Picture {
	title, places := "各乡镇（街道）组建进度", s.Townships
	if len(places) == 0 {
		title, places = "各园区组建进度", s.Parks
	}
	if len(places) == 0 {
		title, places = "组建进度", []ledger.Place{{Name: "台账里的全部单位", Units: s.Organisations, Built: s.Built}}
	}
	var done []picture.Done
	for _, p := range places {
		done = append(done, picture.Done{Name: p.Name, Built: p.Built, Units: p.Units})
	}
	return picture.Progress(title, done)
}

// WithoutLedgers leaves out of files those that are ledgers, and says of each what to
// do with it.
func (p *Office) WithoutLedgers(files []string) (rest []string, ledgers []catalogue.Outcome, err error) {
	var b *rule.Book // read with the first table
	for _, file := range files {
		if ext := strings.ToLower(filepath.Ext(file)); ext != ".xlsx" && ext != ".csv" {
			rest = append(rest, file)
			continue
		}
		if b == nil {
			if _, b, err = p.Rules(); err != nil {
				return nil, nil, err
			}
		}
		if isLedger(b, file) {
			say := fmt.Sprintf(sayLedger, filepath.Base(file), file)
			ledgers = append(ledgers, catalogue.Outcome{File: file, Status: catalogue.Refused, Say: say})
		} else {
			rest = append(rest, file)
		}
	}
	return rest, ledgers, nil
}

// isLedger says whether a file is a table of organisations; what cannot be read is for
// whoever takes it in to say.
func isLedger(b *rule.Book, file string) bool {
	info, err := os.Stat(file)
	if err != nil || info.Size() > ledger.Largest {
		return false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	f, err := ledger.Read(b, file, data, nil)
	return err == nil && f.Known()
}
