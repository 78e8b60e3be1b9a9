package parse

// What all the tables of one document may come to. A few bytes of a file can
// ask for millions of cells, so they are counted before they are made.
const (
	mostCells    = 400_000
	mostCellText = mostText // bytes
)

// budget is what is left for a document's tables.
type budget struct{ cells, bytes int }

// take counts n cells of one text, and fails where they are too many.
func (b *budget) take(n int, text string) error {
	b.cells += n
	b.bytes += n * len(text)
	if b.cells > mostCells || b.bytes > mostCellText {
		return ErrTooLarge
	}
	return nil
}
