package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zujian/knowledge/text"
)

// lastGoodFolder is where in the data folder settings are as they were last read well.
const lastGoodFolder = "last-good"

// lastGood reads a file of settings that the office edits, and where it is
// written wrong, what it held when it was last read well: a typo must not take
// the answers away. The fault is told at the terminal and by doctor. It fails
// where there is nothing to fall back on.
func (p *Office) lastGood(path string, read func(path string) error) error {
	name := filepath.Base(path)
	if filepath.Dir(path) != filepath.Clean(p.Data) { // another place may have one of that name
		sum := sha256.Sum256([]byte(path))
		name = hex.EncodeToString(sum[:4]) + "-" + name
	}
	kept := filepath.Join(p.Data, lastGoodFolder, name)
	err := read(path)
	if err == nil && empty(path) && !empty(kept) {
		err = fmt.Errorf("%s 不见了，或者是空的。有意删的，请把 %s 也删掉", path, kept)
	}
	if err == nil {
		keepGood(path, kept)
		p.setFault(path, nil)
		return nil
	}
	if !exists(kept) || read(kept) != nil {
		return err
	}
	p.setFault(path, err)
	return nil
}

// empty says whether there is nothing in a file, or no file.
func empty(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Size() == 0
}

// keepGood keeps a file that was read well. That it cannot is no reason to stop.
func keepGood(path, kept string) {
	data, err := os.ReadFile(path)
	if err != nil {
		return
	}
	if before, err := os.ReadFile(kept); err == nil && bytes.Equal(before, data) {
		return
	}
	_ = text.WriteWhole(kept, data)
}

// setFault notes what is wrong with a file of settings, and says it once.
func (p *Office) setFault(path string, err error) {
	p.faultsLock.Lock()
	defer p.faultsLock.Unlock()
	before := p.faults[path]
	if err == nil {
		delete(p.faults, path)
		return
	}
	if p.faults == nil {
		p.faults = map[string]string{}
	}
	p.faults[path] = err.Error()
	if before != err.Error() {
		fmt.Fprintf(p.Err, "%v\n这次用的是它上一次读得出来的样子，改好以后会接着用新的。\n", err)
	}
}

// faultOf says what is wrong with a file of settings; empty: nothing.
func (p *Office) faultOf(path string) string {
	p.faultsLock.Lock()
	defer p.faultsLock.Unlock()
	return p.faults[path]
}

// checkSettings says which files of settings are not used as they are written.
func (p *Office) checkSettings() []finding {
	p.faultsLock.Lock()
	defer p.faultsLock.Unlock()
	var all []finding
	for path, say := range p.faults {
		all = append(all, finding{What: filepath.Base(path), Say: strings.TrimRight(say, "。") + "。现在用的是它上一次读得出来的样子"})
	}
	return all
}
