package scan

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// joined is the connects of some parts of the ids, found by the id of their call.
// Ids of one bucket, the first bits of a hash, stand side by side; 0 ends them
// where there is room left. Where the connects pass the budget, the calls are read
// once for every few parts, and only the calls of these parts count in that reading.
type joined struct {
	from, to int // parts
	shift    uint
	base     int      // bucket of the first part
	begins   []uint32 // of the buckets, and the end of the last one
	codes    []uint64
	who      []uint64 // agent and talk; see chained
	more     []uint64 // ring and intent; nil as next and file where nothing asks for them
	next     []uint64
	file     []uint32
	seen     []uint32 // four bits for each connect: what the calls with its id came to

	again     []uint64  // ids that several connects have
	chains    []connect // their connects
	conflicts []conflict
}

// Ids are spread over parts by the first bits of the same hash.
const (
	joinBits  = 4
	joinParts = 1 << joinBits
)

func joinHash(code uint64) uint64 { return code * 0x9e3779b97f4a7c15 }

func partOf(code uint64) int { return int(joinHash(code) >> (64 - joinBits)) }

// chained stands for the agent of a call with several connects; the place of the
// first among chains for its talk, noConnect where none of them can be used.
const chained = odd

// What the calls of a connect came to; several calls of one id unite theirs.
const (
	callCounted = 1 << iota
	callOtherMonth
	callOut
)

// load makes ready to join the parts from one on, as many as the budget holds.
func (e *engine) load(from int) error {
	if j := e.joined; j != nil && from == 0 && j.to == joinParts && j.from == 0 {
		clear(j.seen) // all of it is still here
		return nil
	}
	e.joined = nil // before the next one is made
	to := e.partsWithin(from)
	for {
		j := e.table(from, to)
		if 2*chainBytes*len(j.again) <= e.opt.budget || to == from+1 {
			e.joined = j
			break
		}
		to = from + (to-from)/2
	}
	if from == 0 && to == joinParts {
		e.chunks = nil
		if len(e.joined.codes) > 1<<20 {
			runtime.GC() // their memory is used again while the calls are read
		}
	}
	return e.readChains()
}

// chainBytes is the memory of a connect among chains.
const chainBytes = 72

// partsWithin returns the end of the parts that the budget holds.
func (e *engine) partsWithin(from int) int {
	size := 0
	for to := from; to < joinParts; to++ {
		if size += 8 * e.wordsIn(to); size > e.opt.budget && to > from {
			return to
		}
	}
	return joinParts
}

func (e *engine) wordsIn(part int) (n int) {
	for i := range e.chunks {
		n += e.chunks[i].begins[part+1] - e.chunks[i].begins[part]
	}
	return n
}

// table puts the connects of some parts in their places.
func (e *engine) table(from, to int) *joined {
	width := e.prog.connectWidth(len(e.connects))
	sizes, all := make([]int, to-from+1), 0
	for p := range to - from {
		sizes[p+1] = sizes[p] + e.wordsIn(from+p)/width
	}
	for p := range joinParts {
		all += e.wordsIn(p) / width
	}
	rows := sizes[to-from]
	bucketBits := max(joinBits, bits.Len(uint(all/8)))
	perPart := 1 << (bucketBits - joinBits)
	j := &joined{from: from, to: to, shift: uint(64 - bucketBits), base: from * perPart, begins: make([]uint32, (to-from)*perPart+1),
		codes: make([]uint64, rows), who: make([]uint64, rows), seen: make([]uint32, rows/8+1)}
	if width == fullConnect {
		j.more, j.next, j.file = make([]uint64, rows), make([]uint64, rows), make([]uint32, rows)
	}
	again := make([][]uint64, e.opt.workers)
	var wait sync.WaitGroup
	for first := range e.opt.workers {
		wait.Go(func() {
			for p := first; p < to-from; p += e.opt.workers {
				buckets := j.begins[p*perPart : (p+1)*perPart]
				e.eachConnect(from+p, width, func(row []uint64) { buckets[j.bucket(row[0])-p*perPart]++ })
				at := uint32(sizes[p])
				for b, n := range buckets {
					buckets[b], at = at, at+n
				}
				e.eachConnect(from+p, width, func(row []uint64) {
					if !j.place(row) {
						again[first] = append(again[first], row[0])
					}
				})
			}
		})
	}
	wait.Wait()
	j.begins[(to-from)*perPart] = uint32(rows)
	j.again = slices.Concat(again...)
	slices.Sort(j.again)
	j.again = slices.Compact(j.again)
	return j
}

func (e *engine) eachConnect(part, width int, f func(row []uint64)) {
	for i := range e.chunks {
		e.chunks[i].each(part, func(rows []uint64) {
			for at := 0; at < len(rows); at += width {
				f(rows[at : at+width])
			}
		})
	}
}

// place puts a row where its bucket has room; false: its id stands there already.
func (j *joined) place(row []uint64) bool {
	i := j.begins[j.bucket(row[0])]
	for ; j.codes[i] != 0; i++ {
		if j.codes[i] == row[0] {
			return false
		}
	}
	j.codes[i], j.who[i] = row[0], row[1]
	if j.more != nil {
		j.more[i], j.next[i], j.file[i] = row[2], row[3], uint32(row[4])
	}
	return true
}

func (j *joined) bucket(code uint64) int { return int(joinHash(code)>>j.shift) - j.base }

// has tells whether the connects of an id would be here.
func (j *joined) has(code uint64) bool {
	p := partOf(code)
	return p >= j.from && p < j.to
}

// find returns the connect of an id, noConnect where there is none.
func (j *joined) find(code uint64) int32 {
	b := j.bucket(code)
	for i := j.begins[b]; i < j.begins[b+1] && j.codes[i] != 0; i++ {
		if j.codes[i] == code {
			return int32(i)
		}
	}
	return noConnect
}

// first returns the first connect of a call among chains; false where the call
// has one connect alone.
func (j *joined) first(c int32) (at int32, ok bool) {
	return int32(uint32(j.who[c])), uint32(j.who[c]>>32) == chained
}

// stated returns what a call's connect says, or the first of several.
func (j *joined) stated(c int32) stated {
	if at, ok := j.first(c); ok {
		return j.chains[at].stated
	}
	s := stated{agent: uint32(j.who[c] >> 32), talk: int32(uint32(j.who[c]))}
	if j.more != nil {
		s.ring, s.intent, s.next = int32(uint32(j.more[c]>>32)), uint32(j.more[c]), j.next[c]
	}
	return s
}

func (j *joined) note(c int32, what uint32) {
	word, bits := &j.seen[c/8], what<<(c%8*4)
	if atomic.LoadUint32(word)&bits == 0 {
		atomic.OrUint32(word, bits)
	}
}

// close puts every connect of these parts in its bucket, now that the calls are known.
func (j *joined) close(late *tallies) {
	late.conflicts = append(late.conflicts, j.conflicts...)
	for c, code := range j.codes {
		if code == 0 {
			continue
		}
		why := bucketOf(j.seen[c/8] >> (c % 8 * 4))
		at, several := j.first(int32(c))
		switch {
		case several:
			for ; at != noConnect; at = j.chains[at].link {
				late.files[j.chains[at].place.file].rows[why]++
			}
		case j.file != nil:
			late.files[j.file[c]].rows[why]++
		default:
			late.files[0].rows[why]++
		}
	}
	for i := range j.chains {
		if c := &j.chains[i]; c.fate != fine {
			late.files[c.place.file].rows[c.fate]++
		}
	}
}

// bucketOf is where a connect goes by what its calls came to.
func bucketOf(seen uint32) reason {
	switch {
	case seen&callCounted != 0:
		return fine
	case seen&callOtherMonth != 0:
		return otherMonth
	case seen&callOut != 0:
		return callLeftOut
	}
	return noCall
}
