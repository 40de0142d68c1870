package scan

import (
	"encoding/binary"
	"hash/maphash"
	"maps"
	"sync"
	"sync/atomic"

	"telepay/internal/query"
)

// coder gives ids their codes for one run; all workers share it.
type coder struct {
	shapes atomic.Pointer[map[shapeKey]uint64] // numbers in place; a map is never changed once it is here
	mu     sync.Mutex                          // for another map
	seed   maphash.Seed
	weak   bool // hashes have eight bits, so that ids meet (tests)
}

func newCoder() *coder {
	c := &coder{seed: maphash.MakeSeed()}
	c.shapes.Store(&map[shapeKey]uint64{})
	return c
}

// code returns the code of an id in any spelling, 0 for an empty one, and notes the
// text behind it where it is a hash.
func (c *coder) code(id string, texts *textLog) uint64 {
	text := []byte(query.Normal(id))
	if len(text) == 0 {
		return 0
	}
	if s, key, ok := shapeOf(text); ok {
		if high := c.shapeNumber(key); high != 0 {
			return high | s.value(text)
		}
	}
	return c.hashed(text, texts)
}

// shapeNumber returns the number of a shape in its place, 0 where all are taken.
func (c *coder) shapeNumber(key shapeKey) uint64 {
	known := *c.shapes.Load()
	if n, ok := known[key]; ok || len(known) == lastShape {
		return n
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known = *c.shapes.Load()
	n, ok := known[key]
	if !ok && len(known) < lastShape {
		n = uint64(len(known)+1) << shapeBits
		more := maps.Clone(known)
		more[key] = n
		c.shapes.Store(&more)
	}
	return n
}

// codeReader is one worker's way to codes: the shapes it met, the last one first.
type codeReader struct {
	coder  *coder
	texts  *textLog // behind hashes; nil where nobody asks for the proof
	shapes []shape
	last   int
	odd    map[string]uint64 // cells that are not plain ASCII
	lower  [maxPlain]byte
}

const (
	maxSpelled = 48      // spellings of shapes that a worker tries before it asks
	maxOddIDs  = 1 << 16 // cells that it keeps the codes of
)

// column codes the cells of a column. Most ids have the shape of the one before.
func (w *codeReader) column(b *batch, c int, out []uint64) {
	cells := b.column(c)
	for r := 0; r < len(out); r++ {
		if w.last < len(w.shapes) {
			if r += w.shapes[w.last].run(&cells, out[r:], r); r == len(out) {
				return
			}
		}
		if r += w.uuids(&cells, out[r:], r); r == len(out) {
			return
		}
		from, to := cells.cell(r)
		out[r] = w.read(b, from, to)
	}
}

// read codes the cell buf[from:to], which stands in quotes or not.
func (w *codeReader) read(b *batch, from, to int) uint64 {
	at, end := from, to
	if from < to && !b.plain && b.buf[from] == '"' {
		at, end = from+1, to-1
	}
	if at >= end {
		return 0
	}
	plain := w.fold(b.buf, at, end)
	if plain && shapeless(w.lower[:end-at]) {
		return w.coder.hashed(w.lower[:end-at], w.texts)
	}
	for i := range w.shapes {
		if code, ok := w.shapes[i].read(b.buf, at, end); ok {
			w.last = i
			return code
		}
	}
	if plain {
		return w.plain(b.buf[at:end], w.lower[:end-at])
	}
	if code, ok := w.odd[string(b.buf[from:to])]; ok {
		return code
	}
	return w.oddCode(b, b.buf[from:to])
}

// plain codes an id of printable ASCII, given in lower case too.
func (w *codeReader) plain(id, lower []byte) uint64 {
	s, key, ok := shapeOf(lower)
	if !ok {
		return w.coder.hashed(lower, w.texts)
	}
	high := w.coder.shapeNumber(key)
	if high == 0 {
		return w.coder.hashed(lower, w.texts)
	}
	if len(w.shapes) < maxSpelled {
		spelled, _, _ := shapeOf(id)
		spelled.high = high
		w.shapes = append(w.shapes, spelled)
	}
	return high | s.value(lower)
}

func (w *codeReader) oddCode(b *batch, cell []byte) uint64 {
	code := w.coder.code(b.bare(cell), w.texts)
	if len(w.odd) < maxOddIDs {
		if w.odd == nil {
			w.odd = map[string]uint64{}
		}
		w.odd[string(cell)] = code
	}
	return code
}

// maxPlain is the size, in bytes, up to which ids are coded without a copy.
const maxPlain = 64

// fold writes buf[at:end] to w.lower in lower case; false where it is long or holds
// anything but printable ASCII without blanks and quotes.
func (w *codeReader) fold(buf []byte, at, end int) bool {
	if end-at > maxPlain {
		return false
	}
	odd := uint64(0)
	for i := 0; at+i < end; i += 8 {
		keep := firstBytes[min(8, end-at-i)]
		x := load(buf, at+i)&keep | 'a'*eachByte&^keep
		odd |= unprintable(x) | zeroBytes(x^' '*eachByte) | zeroBytes(x^'"'*eachByte)
		binary.LittleEndian.PutUint64(w.lower[i:], lowered(x))
	}
	return odd == 0
}
