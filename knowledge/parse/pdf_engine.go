package parse

import (
	_ "embed" // the engine for PDF, compressed

	"github.com/klauspost/compress/zstd"
)

// The engine as the module in go.mod brings it, compressed: a third of its size.
//
//go:generate sh -c "zstd -19 -q -f -o pdfium.wasm.zst $(go list -m -f '{{.Dir}}' github.com/klippa-app/go-pdfium)/internal/pdfium_wasm/pdfium.wasm"
//go:embed pdfium.wasm.zst
var pdfEngine []byte

func unpackedEngine() ([]byte, error) {
	r, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(pdfEngine, nil)
}
