package scan

// agentLog is words by agent, code × 32 + day, in chunks: adding one is a store,
// without looking anything up. Ids are mostly numbered in turn, so the upper halves
// of one agent's words are equal: a chunk keeps its own once, and of each word the
// lower half. Where they are not, the log goes over to chunks of whole words.
type agentLog struct {
	pieces []*logPiece
	chunks int
	tails  []tail // by agent
	wide   bool   // from now on chunks are of whole words
	lost   int    // halves of chunks that were left for another upper half
	away   []away
}

// logPiece is as many chunks as are allocated at a time.
type logPiece [pieceSize]logChunk

type logChunk struct {
	words  [chunkSize]uint32
	high   uint32
	before int32 // chunk of the same agent before this one, −1 for none
	used   int32 // halves; of an agent's last chunk its tail knows
	wide   bool
}

// tail is where an agent's next word goes.
type tail struct {
	words       *[chunkSize]uint32 // of its chunk, nil before the first word
	chunk, used int32
	high        uint32
}

const (
	chunkSize = 128 // halves of words
	pieceSize = 120 // 64 KiB
)

var noTail = tail{chunk: -1, used: chunkSize}

func (l *agentLog) room(agents int) {
	for len(l.tails) < agents {
		l.tails = append(l.tails, noTail)
	}
}

// bytes is the memory that the words take.
func (l *agentLog) bytes() int { return l.chunks * chunkSize * 4 }

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
	if !l.wide && l.lost > patience+l.chunks*chunkSize/2 {
		l.wide = true
		for i := range l.tails {
			l.endChunk(&l.tails[i])
		}
		return
	}
	if l.chunks%pieceSize == 0 {
		piece := new(logPiece)
		for i := range piece {
			piece[i].used = chunkSize // a fresh page that is read before it is written costs two faults, the second with both cores stopped
		}
		l.pieces = append(l.pieces, piece)
	}
	before := t.chunk
	t.chunk, t.used, t.high = int32(l.chunks), 0, high
	l.chunks++
	c := l.chunk(t.chunk)
	c.high, c.before, c.wide = high, before, l.wide
	t.words = &c.words
}

func (l *agentLog) chunk(i int32) *logChunk { return &l.pieces[i/pieceSize][i%pieceSize] }

// patience is how many halves may be lost before it is asked whether it pays.
const patience = 64 << 10

// endChunk has an agent's next word begin a chunk.
func (l *agentLog) endChunk(t *tail) {
	if t.used < chunkSize {
		l.lost += chunkSize - int(t.used)
		l.chunk(t.chunk).used, t.used = t.used, chunkSize
	}
}

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
	l.eachChunk(agent, func(c *logChunk, used int32) { f(c.whole(used, p.words[:0])) })
}

// whole puts the words of a chunk together.
func (c *logChunk) whole(used int32, into []uint64) []uint64 {
	halves := c.words[:used]
	if c.wide {
		for i := 0; i < len(halves); i += 2 {
			into = append(into, uint64(halves[i+1])<<32|uint64(halves[i]))
		}
		return into
	}
	high := uint64(c.high) << 32
	for _, low := range halves {
		into = append(into, high|uint64(low))
	}
	return into
}

func (l *agentLog) eachChunk(agent int, f func(c *logChunk, used int32)) {
	t := l.tails[agent]
	for i := t.chunk; i >= 0; {
		c := l.chunk(i)
		used := c.used
		if i == t.chunk && t.used < chunkSize {
			used = t.used
		}
		f(c, used)
		i = c.before
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
	l.eachChunk(agent, func(c *logChunk, used int32) {
		if c.wide {
			used /= 2
		}
		n += int(used)
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
	l.pieces, l.chunks, l.lost, l.away = nil, 0, 0, append(l.away, a)
	for agent := range l.tails {
		l.tails[agent] = noTail
	}
	return w.flush()
}
