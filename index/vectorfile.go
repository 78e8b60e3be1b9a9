package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"zujian/knowledge/text"
)

// The file of vectors, all little-endian: vectorMagic; the length of the
// model's name (2 bytes) and the name; dimensions and count (4 bytes each); the
// keys, 16 bytes each; the scales, 4 bytes each; the vectors, a signed byte a
// dimension; and the CRC-32C of all before it.
const vectorMagic = "zujian vectors 1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// save writes the file aside and renames it.
func (v *Vectors) save() error {
	if v.file == "" {
		return nil
	}
	if err := text.WriteWhole(v.file, v.encode()); err != nil {
		return fmt.Errorf("存向量：%w", err)
	}
	return nil
}

func (v *Vectors) encode() []byte {
	v.mu.RLock()
	defer v.mu.RUnlock()
	b := make([]byte, 0, len(vectorMagic)+len(v.model)+20*len(v.keys)+len(v.data)+14)
	b = append(b, vectorMagic...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(v.model)))
	b = append(b, v.model...)
	b = binary.LittleEndian.AppendUint32(b, uint32(v.dim))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(v.keys)))
	for _, k := range v.keys {
		b = append(b, k[:]...)
	}
	for _, s := range v.scales {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s))
	}
	b = append(b, v.data...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// load reads the file. Whatever is wrong with it, nothing is taken of it.
func (v *Vectors) load() error {
	b, err := os.ReadFile(v.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	damaged := fmt.Errorf("%w：%s", errDamaged, filepath.Base(v.file))
	n := len(b) - 4
	if n < 0 || crc32.Checksum(b[:n], castagnoli) != binary.LittleEndian.Uint32(b[n:]) {
		return damaged
	}
	rest, ok := bytes.CutPrefix(b[:n], []byte(vectorMagic))
	if !ok || len(rest) < 2 {
		return damaged
	}
	name := int(binary.LittleEndian.Uint16(rest))
	if rest = rest[2:]; len(rest) < name+8 || string(rest[:name]) != v.model {
		return damaged
	}
	dim, count := int(binary.LittleEndian.Uint32(rest[name:])), int(binary.LittleEndian.Uint32(rest[name+4:]))
	if rest = rest[name+8:]; len(rest) != count*(20+dim) {
		return damaged
	}
	v.take(rest, dim, count)
	return nil
}

func (v *Vectors) take(rest []byte, dim, count int) {
	scales := rest[16*count:]
	v.dim, v.data, v.changed = dim, scales[4*count:], 1
	v.signs = make([]uint64, 0, count*signWords(dim))
	for i := range count {
		v.signs = appendSigns(v.signs, v.row(int32(i)))
		k := vectorKey(rest[16*i:])
		v.keys, v.at[k] = append(v.keys, k), int32(i)
		v.scales = append(v.scales, math.Float32frombits(binary.LittleEndian.Uint32(scales[4*i:])))
	}
}
