package scan

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"sync"
	"sync/atomic"
)

// Ids without a shape, UUIDs above all, are as many as there are rows. Their code is
// a hash of 54 bits under a seed that is drawn for the run, so that a row costs no
// table and no lock. A hash alone is not exact: the texts are kept, part by part of
// the hashes, and once all is read they are compared. Where two met in one code,
// about once in 350 months of ten million such ids, the month is counted again under
// another seed. Call ids without connects need no texts: equal codes only choose the
// rows whose ids are compared in full; see aside.go.

// hashedKind is the number of hashes, where shapes have theirs.
const hashedKind = lastShape + 1

// A packed text is a kind and the text; of the most frequent long ones the last 32
// hexadecimal digits are 16 bytes.
const (
	asItIs    = iota
	endsInHex // 32 digits
	endsInUUID
)

// met is the error of two ids with one code.
type met struct{}

func (met) Error() string { return "two ids have one code" }

// textLog is the packed texts of one worker by the first bits of their hashes.
type textLog struct {
	parts  [textParts]textPart
	shared *textRoom
}

// textRoom is what the logs of all workers share.
type textRoom struct {
	held    atomic.Int64 // bytes in memory
	budget  int64
	scratch *scratch
}

type textPart struct {
	rows  int
	last  []byte // size and packed text, one after the other
	pages []textPage
}

type textPage struct {
	texts []byte
	at    int64 // in the scratch file, of size bytes
	size  int
}

const (
	textPartBits = 8
	textParts    = 1 << textPartBits
	textPageSize = 8 << 10
)

// hashed returns the code of a normalised text.
func (c *coder) hashed(text []byte, log *textLog) uint64 {
	var room [maxPlain + 1]byte
	packed := pack(room[:0], text)
	code := c.hash(packed)
	if log != nil {
		log.add(packed, code)
	}
	return code
}

func (c *coder) hash(packed []byte) uint64 {
	h := maphash.Bytes(c.seed, packed) >> (64 - shapeBits)
	if c.weak {
		h &= 0xff
	}
	return hashedKind<<shapeBits | h
}

// pack appends the packed form of a normalised text: equal ones are of equal texts.
func pack(into, text []byte) []byte {
	kind, rest := byte(asItIs), text
	var raw rawID
	if n := len(text); n >= 36 {
		if id, ok := readUUID(text[n-36:]); ok {
			kind, rest, raw = endsInUUID, text[:n-36], id
		}
	}
	if n := len(text); n >= 32 && kind == asItIs {
		if id, ok := readHex(load(text, n-32), load(text, n-24), load(text, n-16), load(text, n-8)); ok {
			kind, rest, raw = endsInHex, text[:n-32], id
		}
	}
	into = append(append(into, kind), rest...)
	if kind != asItIs {
		into = append(into, raw[:]...)
	}
	return into
}

// rawID is 32 hexadecimal digits, in an order of its own.
type rawID [16]byte

// readHex reads 32 hexadecimal digits, small or capital.
func readHex(a, b, c, d uint64) (raw rawID, ok bool) {
	w, ok1 := eightHex(a)
	x, ok2 := eightHex(b)
	y, ok3 := eightHex(c)
	z, ok4 := eightHex(d)
	binary.LittleEndian.PutUint64(raw[:], uint64(w)|uint64(x)<<32)
	binary.LittleEndian.PutUint64(raw[8:], uint64(y)|uint64(z)<<32)
	return raw, ok1 && ok2 && ok3 && ok4
}

// readUUID reads 36 characters as 32 hexadecimal digits and four hyphens.
func readUUID(u []byte) (raw rawID, ok bool) {
	u = u[:36]
	raw, ok = readHex(load(u, 0), load(u, 9)&0xffffffff|load(u, 14)<<32, load(u, 19)&0xffffffff|load(u, 24)<<32, load(u, 28))
	return raw, ok && u[8] == '-' && u[13] == '-' && u[18] == '-' && u[23] == '-'
}

// uuids codes cells from cell first on, as long as they are UUIDs, and returns how many.
func (w *codeReader) uuids(cells *column, out []uint64, first int) int {
	packed := [1 + len(rawID{})]byte{endsInUUID}
	for r := range out {
		from, to := cells.inner(first + r)
		if to-from != 36 {
			return r
		}
		raw, ok := readUUID(cells.buf[from:to])
		if !ok {
			return r
		}
		copy(packed[1:], raw[:])
		out[r] = w.coder.hash(packed[:])
		if w.texts != nil {
			w.texts.add(packed[:], out[r])
		}
	}
	return len(out)
}

func (l *textLog) add(packed []byte, code uint64) {
	p := &l.parts[code>>(shapeBits-textPartBits)&(textParts-1)]
	if need := len(packed) + binary.MaxVarintLen64; len(p.last)+need > textPageSize && len(p.last) > 0 {
		l.endPage(p)
	}
	p.rows++
	p.last = append(binary.AppendUvarint(p.last, uint64(len(packed))), packed...)
}

// endPage puts the last page of a part away: in memory, or beyond the budget in the scratch file.
func (l *textLog) endPage(p *textPart) {
	page := textPage{size: len(p.last)}
	if room := l.shared; room.held.Add(int64(page.size)) <= room.budget {
		page.texts, p.last = p.last, make([]byte, 0, textPageSize)
	} else {
		room.held.Add(-int64(page.size))
		page.at = room.scratch.put(p.last)
		p.last = p.last[:0]
	}
	p.pages = append(p.pages, page)
}

// proveCodes compares the texts behind all hashes of the set, the calls and the
// connects. Workers take part after part.
func (e *engine) proveCodes(calls *pass) error {
	logs := []*textLog{&e.texts}
	for _, p := range []*pass{calls, e.extra} {
		for i := 0; p != nil && i < len(p.workers); i++ {
			logs = append(logs, &p.workers[i].texts)
		}
	}
	var next atomic.Int64
	var clash atomic.Bool
	var wait sync.WaitGroup
	for range e.opt.workers {
		wait.Go(func() {
			var table textTable
			for p := next.Add(1) - 1; p < textParts && !clash.Load(); p = next.Add(1) - 1 {
				if !e.oneToOne(logs, int(p), &table) {
					clash.Store(true)
				}
			}
		})
	}
	wait.Wait()
	if err := e.scratch.failure(); err != nil || !clash.Load() {
		return err
	}
	return met{}
}

// textTable finds the texts of a part by their codes; it is used again for part after part.
type textTable struct {
	texts []byte
	slots []uint64 // some bits of the code, and above them where the text begins; 0 is free
}

// slotBits is how many bits of a code a slot has.
const slotBits = 24

// oneToOne tells whether no two texts of a part have one code.
func (e *engine) oneToOne(logs []*textLog, part int, t *textTable) bool {
	rows := e.gather(logs, part, t)
	size := 64
	for size < 2*rows {
		size *= 2
	}
	t.slots = grown(t.slots, size)
	clear(t.slots)
	for at := 0; at < len(t.texts); {
		packed, next := t.text(at)
		if !e.enter(t, packed, at) {
			return false
		}
		at = next
	}
	return true
}

// text returns the text at a place, and where the next one is.
func (t *textTable) text(at int) (packed []byte, next int) {
	n, head := binary.Uvarint(t.texts[at:])
	next = at + head + int(n)
	return t.texts[at+head : next], next
}

// enter gives a text a slot, if it has none; false where another text has its code.
func (e *engine) enter(t *textTable, packed []byte, at int) bool {
	code, mask := e.coder.hash(packed), len(t.slots)-1
	slot := code&(1<<slotBits-1) | uint64(at+1)<<slotBits
	for i := int(spread(code)) & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s == 0 {
			t.slots[i] = slot
			return true
		}
		if (s^slot)&(1<<slotBits-1) != 0 {
			continue
		}
		other, _ := t.text(int(s>>slotBits) - 1)
		if bytes.Equal(other, packed) {
			return true
		}
		if e.coder.hash(other) == code {
			return false
		}
	}
}

// gather brings the texts of a part together, and tells how many there are.
func (e *engine) gather(logs []*textLog, part int, t *textTable) (rows int) {
	t.texts = t.texts[:0]
	for _, l := range logs {
		p := &l.parts[part]
		for _, page := range p.pages {
			if page.texts != nil {
				t.texts = append(t.texts, page.texts...)
				continue
			}
			n := len(t.texts)
			t.texts = slices.Grow(t.texts, page.size)[:n+page.size]
			e.scratch.read(t.texts[n:], page.at)
		}
		t.texts = append(t.texts, p.last...)
		rows += p.rows
		*p = textPart{} // what is proved is needed no more
	}
	return rows
}
