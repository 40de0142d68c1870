package scan

// agentLog is words by agent, code × 32 + day, in chunks: adding one is a store,
// without looking anything up. Ids are mostly numbered in turn, so the upper halves
// of one agent's words are equal: a chunk keeps its own once, and of each word the
// lower half. Where they are not, the log goes over to chunks of whole words.
type agentLog struct {
	pieces [][]uint32 // pieceSize chunks each
	heads  []chunkHead
	tails  []tail // by agent
	wide   bool   // from now on chunks are of whole words
	lost   int    // halves of chunks that were left for another upper half
	away   []away
}

// chunkHead is what a chunk has beside its words.
type chunkHead struct {
	high   uint32
	before int32 // chunk of the same agent before this one, −1 for none
	used   int32 // halves; of an agent's last chunk its tail knows
	wide   bool
}

// tail is where an agent's next word goes.
type tail struct {
	words       *[chunkSize]uint32 // chunk, nil before the first word
	chunk, used int32
	high        uint32
}

// A chunk is 128 halves: 512 bytes.
const (
	chunkSize = 128
	pieceSize = 128
)

var noTail = tail{chunk: -1, used: chunkSize}

func (l *agentLog) room(agents int) {
	for len(l.tails) < agents {
		l.tails = append(l.tails, noTail)
	}
}

// bytes is the memory that the words take.
func (l *agentLog) bytes() int { return len(l.heads) * chunkSize * 4 }

// add notes code and day of the rows that mask passes, if there is one, and that
// have a cell and a code.
func (l *agentLog) add(codes []uint64, cells []uint32, mask []byte) {
	if l.wide {
		l.addWide(codes, cells, mask)
		return
	}
	codes = codes[:len(cells)]
	for r, c := range cells {
		keep := bit(codes[r] != 0) & bit(c != 0)
		if mask != nil {
			keep &= mask[r]
		}
		word := codes[r]<<dayBits | uint64(c&(maxDays-1))
		t := &l.tails[c>>dayBits]
		if t.used == chunkSize || t.high != uint32(word>>32) {
			if keep == 0 {
				continue
			}
			if l.another(t, uint32(word>>32)); l.wide {
				l.addWide(codes[r:], cells[r:], mask[min(r, len(mask)):])
				return
			}
		}
		// A word that is not kept is overwritten by the next one.
		t.words[t.used&(chunkSize-1)] = uint32(word)
		t.used += int32(keep)
	}
}

// addWide is add for whole words, in two halves.
func (l *agentLog) addWide(codes []uint64, cells []uint32, mask []byte) {
	codes = codes[:len(cells)]
	for r, c := range cells {
		keep := bit(codes[r] != 0) & bit(c != 0)
		if len(mask) > 0 {
			keep &= mask[r]
		}
		word := codes[r]<<dayBits | uint64(c&(maxDays-1))
		t := &l.tails[c>>dayBits]
		if t.used == chunkSize {
			if keep == 0 {
				continue
			}
			l.another(t, 0)
		}
		at := t.used & (chunkSize - 2)
		t.words[at], t.words[at+1] = uint32(word), uint32(word>>32)
		t.used += 2 * int32(keep)
	}
}

// another gives an agent a chunk for words with this upper half. Once half of what
// is held is lost in chunks that were left, all chunks to come are wide.
func (l *agentLog) another(t *tail, high uint32) {
	l.endChunk(t)
	if !l.wide && l.lost > patience+len(l.heads)*chunkSize/2 {
		l.wide = true
		for i := range l.tails {
			l.endChunk(&l.tails[i])
		}
		return
	}
	l.heads = append(l.heads, chunkHead{high: high, before: t.chunk, used: chunkSize, wide: l.wide})
	t.chunk, t.high = int32(len(l.heads)-1), high
	t.words, t.used = l.newChunk(), 0
}

// patience is how many halves may be lost before it is asked whether it pays.
const patience = 64 << 10

// endChunk has an agent's next word begin a chunk.
func (l *agentLog) endChunk(t *tail) {
	if t.used < chunkSize {
		l.lost += chunkSize - int(t.used)
		l.heads[t.chunk].used, t.used = t.used, chunkSize
	}
}

// newChunk cuts chunks from pieces, so that there are few allocations.
func (l *agentLog) newChunk() *[chunkSize]uint32 {
	at := (len(l.heads) - 1) % pieceSize
	if at == 0 {
		piece := make([]uint32, pieceSize*chunkSize)
		for at := 0; at < len(piece); at += pageHalves {
			piece[at] = 0 // a fresh page that is read before it is written costs two faults, the second with both cores stopped
		}
		l.pieces = append(l.pieces, piece)
	}
	last := l.pieces[len(l.pieces)-1]
	return (*[chunkSize]uint32)(last[at*chunkSize:])
}

// pageHalves is at most what a page of memory holds.
const pageHalves = 1024

// each calls f with the words of an agent, piece by piece. f keeps none of them.
func (l *agentLog) each(agent int, f func(words []uint64)) {
	for _, a := range l.away {
		if agent+1 < len(a.begins) {
			a.scratch.words(a.at+int64(8*a.begins[agent]), a.begins[agent+1]-a.begins[agent], f)
		}
	}
	l.eachHeld(agent, f)
}

func (l *agentLog) eachHeld(agent int, f func(words []uint64)) {
	if agent >= len(l.tails) {
		return
	}
	p := pages.Get().(*page)
	defer pages.Put(p)
	l.eachChunk(agent, func(h *chunkHead, halves []uint32) { f(h.words(halves, p.words[:0])) })
}

// words puts the words of a chunk together.
func (h *chunkHead) words(halves []uint32, into []uint64) []uint64 {
	if h.wide {
		for i := 0; i < len(halves); i += 2 {
			into = append(into, uint64(halves[i+1])<<32|uint64(halves[i]))
		}
		return into
	}
	high := uint64(h.high) << 32
	for _, low := range halves {
		into = append(into, high|uint64(low))
	}
	return into
}

func (l *agentLog) eachChunk(agent int, f func(h *chunkHead, halves []uint32)) {
	t := l.tails[agent]
	for chunk := t.chunk; chunk >= 0; chunk = l.heads[chunk].before {
		h := &l.heads[chunk]
		used := h.used
		if chunk == t.chunk && t.used < chunkSize {
			used = t.used
		}
		at := int(chunk) % pieceSize * chunkSize
		f(h, l.pieces[chunk/pieceSize][at:at+int(used)])
	}
}

// size is how many words an agent has.
func (l *agentLog) size(agent int) int {
	n := l.held(agent)
	for _, a := range l.away {
		if agent+1 < len(a.begins) {
			n += a.begins[agent+1] - a.begins[agent]
		}
	}
	return n
}

func (l *agentLog) held(agent int) (n int) {
	if agent >= len(l.tails) {
		return 0
	}
	l.eachChunk(agent, func(h *chunkHead, halves []uint32) {
		if h.wide {
			n -= len(halves) / 2
		}
		n += len(halves)
	})
	return n
}

// away is a log that was written to the scratch file, sorted by agent.
type away struct {
	scratch *scratch
	at      int64
	begins  []int // of each agent's words, and the end of the last one's
}

// spill writes the log to the scratch file and begins anew.
func (l *agentLog) spill(s *scratch) error {
	a := away{scratch: s, begins: make([]int, len(l.tails)+1)}
	for agent := range l.tails {
		a.begins[agent+1] = a.begins[agent] + l.held(agent)
	}
	var err error
	if a.at, err = s.reserve(int64(8 * a.begins[len(l.tails)])); err != nil {
		return err
	}
	w := s.writer(a.at)
	for agent := range l.tails {
		l.eachHeld(agent, w.write)
	}
	l.pieces, l.heads, l.lost, l.away = nil, nil, 0, append(l.away, a)
	for agent := range l.tails {
		l.tails[agent] = noTail
	}
	return w.flush()
}
