package scan

import (
	"encoding/hex"
	"hash/maphash"
	"sync"
)

// coder numbers ids for one run; all workers share it.
type coder struct {
	mu     sync.Mutex
	shapes map[string]uint64 // key of a shape → its number
	seed   maphash.Seed      // spreads over shards only; codes are exact
	shards [64]shard
}

// shard holds a part of the ids that have no shape.
type shard struct {
	mu    sync.Mutex
	words map[string]uint64
	hexes map[[16]byte]uint64
}

func newCoder() *coder {
	c := &coder{shapes: map[string]uint64{}, seed: maphash.MakeSeed()}
	for i := range c.shards {
		c.shards[i].words, c.shards[i].hexes = map[string]uint64{}, map[[16]byte]uint64{}
	}
	return c
}

// code returns the code of an id as it is written; 0 for an empty one. spelled is
// the shape to read the next such id with, if its size is not 0.
func (c *coder) code(id string) (code uint64, spelled shape) {
	text := normal(id)
	if text == "" {
		return 0, shape{}
	}
	if s, key, ok := shapeOf(text); ok {
		if high := c.shapeNumber(key); high != 0 {
			if raw, _, plain := shapeOf(id); plain && len(id) == len(text) {
				spelled, spelled.high = raw, high
			}
			return high | s.value(text), spelled
		}
	}
	if raw, kind, ok := hexOf(text); ok {
		return kind<<shapeBits | c.hexNumber(raw), shape{}
	}
	return wordKind<<shapeBits | c.wordNumber(text), shape{}
}

// shapeNumber returns the number of a shape in its place, 0 where all are taken.
func (c *coder) shapeNumber(key string) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.shapes[key]
	if !ok && len(c.shapes) < lastShape {
		n = uint64(len(c.shapes)+1) << shapeBits
		c.shapes[key] = n
	}
	return n
}

// hexOf reads 32 hexadecimal digits, with hyphens as in a UUID or without any.
func hexOf(text string) (raw [16]byte, kind uint64, ok bool) {
	kind = hexKind
	if len(text) == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' {
		text, kind = text[:8]+text[9:13]+text[14:18]+text[19:23]+text[24:], uuidKind
	}
	if len(text) != 32 {
		return raw, 0, false
	}
	_, err := hex.Decode(raw[:], []byte(text))
	return raw, kind, err == nil
}

func (c *coder) hexNumber(raw [16]byte) uint64 {
	i := maphash.Bytes(c.seed, raw[:]) % uint64(len(c.shards))
	s := &c.shards[i]
	s.mu.Lock()
	defer s.mu.Unlock()
	return number(s.hexes, raw, i)
}

func (c *coder) wordNumber(text string) uint64 {
	i := maphash.String(c.seed, text) % uint64(len(c.shards))
	s := &c.shards[i]
	s.mu.Lock()
	defer s.mu.Unlock()
	return number(s.words, text, i)
}

// number gives each key its own number, no other shard's.
func number[K comparable](m map[K]uint64, key K, shard uint64) uint64 {
	n, ok := m[key]
	if !ok {
		n = uint64(len(m))<<6 | shard
		m[key] = n
	}
	return n
}

// codeReader is one worker's way to codes: the shapes it met, the last one first.
type codeReader struct {
	coder  *coder
	shapes []shape
	last   int
}

// maxSpelled is how many spellings of shapes a worker tries before it asks.
const maxSpelled = 48

// column codes the cells of a column. Most ids have the shape of the one before.
func (w *codeReader) column(b *batch, c int, out []uint64) {
	cells := b.column(c)
	for r := 0; r < len(out); r++ {
		if w.last < len(w.shapes) {
			if r += w.shapes[w.last].run(&cells, out[r:], r); r == len(out) {
				return
			}
		}
		from, to := cells.cell(r)
		out[r] = w.read(b, from, to)
	}
}

// read codes the cell buf[from:to], which stands in quotes or not.
func (w *codeReader) read(b *batch, from, to int) uint64 {
	if from == to {
		return 0
	}
	at, end := from, to
	if !b.plain && b.buf[from] == '"' {
		at, end = from+1, to-1
	}
	if w.last < len(w.shapes) {
		if code, ok := w.shapes[w.last].read(b.buf, at, end); ok {
			return code
		}
	}
	for i := range w.shapes {
		if code, ok := w.shapes[i].read(b.buf, at, end); ok {
			w.last = i
			return code
		}
	}
	code, spelled := w.coder.code(b.bare(b.buf[from:to]))
	if spelled.size > 0 && len(w.shapes) < maxSpelled {
		w.shapes = append(w.shapes, spelled)
	}
	return code
}
