package scan

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"sync"
)

// idLog is the call ids of the rows that count, block by block. Ids mostly
// ascend; such a block is kept as its first id and the steps from one to the
// next, a byte or two a row at most.
type idLog struct {
	runs  []idRun
	held  int    // bytes in memory
	steps []byte // of the block at hand
	room  []byte // for steps of blocks to come
}

type idRun struct {
	first, last uint64 // the smallest and the largest
	rows        int
	ascending   bool
	steps       []byte   // of a strictly ascending block
	codes       []uint64 // of any other

	away *scratch // where steps or codes are instead
	at   int64
	size int // bytes of the steps
}

func (l *idLog) bytes() int { return l.held }

// spill writes what is in memory to the scratch file.
func (l *idLog) spill(s *scratch) error {
	for i := range l.runs {
		r := &l.runs[i]
		if r.away != nil {
			continue
		}
		at, err := s.reserve(int64(len(r.steps) + 8*len(r.codes)))
		if err != nil {
			return err
		}
		if r.ascending {
			_, err = s.file.WriteAt(r.steps, at)
		} else {
			w := s.writer(at)
			w.write(r.codes)
			err = w.flush()
		}
		if err != nil {
			return fmt.Errorf("a temporary file: %w", err)
		}
		r.away, r.at, r.size, r.steps, r.codes = s, at, len(r.steps), nil, nil
	}
	l.held, l.room = 0, nil
	return nil
}

// add notes the ids of the rows whose cell is not 0.
func (l *idLog) add(ids []uint64, cells []uint32) {
	run := idRun{}
	ascending := true
	for r, id := range ids {
		if cells[r] == 0 || id == 0 {
			continue
		}
		if run.rows == 0 {
			run.first = id
		} else if id <= run.last {
			ascending = false
			break
		}
		run.last = id
		run.rows++
	}
	switch {
	case !ascending:
		run = anyRun(ids, cells)
	case run.rows > 0:
		run.ascending, run.steps = true, l.stepsOf(ids, cells, run)
	}
	if run.rows > 0 {
		l.held += len(run.steps) + 8*len(run.codes)
		l.runs = append(l.runs, run)
	}
}

func anyRun(ids []uint64, cells []uint32) (run idRun) {
	run.codes, run.first = make([]uint64, 0, len(ids)), ^uint64(0)
	for r, id := range ids {
		if cells[r] != 0 && id != 0 {
			run.codes = append(run.codes, id)
			run.first, run.last = min(run.first, id), max(run.last, id)
		}
	}
	run.rows = len(run.codes)
	return run
}

// stepsOf writes a step for each row after the first; where more than one is equal
// to the one before, a 0 and how many. It takes no more room than that needs.
func (l *idLog) stepsOf(ids []uint64, cells []uint32, run idRun) []byte {
	steps, last, step, same := l.steps[:0], run.first, uint64(0), uint64(0)
	if between := run.last - run.first; between > 0 && between == uint64(run.rows-1) { // each is one more than the one before
		steps, step, same = append(steps, 1), 1, between-1
		ids = nil
	}
	for r, id := range ids {
		if cells[r] == 0 || id == 0 || id == last {
			continue
		}
		if id-last == step {
			same++
		} else {
			steps = appendSame(steps, step, same)
			step, same = id-last, 0
			steps = binary.AppendUvarint(steps, step)
		}
		last = id
	}
	steps = appendSame(steps, step, same)
	if l.steps = steps; len(steps) > len(l.room) {
		l.room = make([]byte, max(64<<10, len(steps)))
	}
	n := copy(l.room, steps)
	steps, l.room = l.room[:n:n], l.room[n:]
	return steps
}

func appendSame(steps []byte, step, same uint64) []byte {
	if same < 2 {
		for range same {
			steps = binary.AppendUvarint(steps, step)
		}
		return steps
	}
	return binary.AppendUvarint(append(steps, 0), same)
}

// each calls f with every id of the run.
func (r *idRun) each(f func(id uint64)) {
	if !r.ascending {
		all := func(codes []uint64) {
			for _, c := range codes {
				f(c)
			}
		}
		if all(r.codes); r.away != nil {
			r.away.words(r.at, r.rows, all)
		}
		return
	}
	steps := r.steps
	if r.away != nil {
		if steps = make([]byte, r.size); !r.away.read(steps, r.at) {
			return
		}
	}
	id, step := r.first, uint64(0)
	f(id)
	for at := 0; at < len(steps); {
		v, n := binary.Uvarint(steps[at:])
		at += n
		times := uint64(1)
		if v > 0 {
			step = v
		} else {
			times, n = binary.Uvarint(steps[at:])
			at += n
		}
		for range times {
			id += step
			f(id)
		}
	}
}

// takeIDs returns the ids of all workers, who keep none.
func (p *pass) takeIDs() (runs []idRun) {
	for _, w := range p.workers {
		runs = append(runs, w.ids.runs...)
		w.ids = idLog{}
	}
	return runs
}

// repeated returns the ids that occur more than once, exactly, some of them several
// times. Blocks that ascend and do not overlap cannot hold any: then nothing is looked
// up. Ids that lie close to each other, as numbers do that are counted up, have a bit
// each. Any others are gone through part by part, as many parts at once as budget holds.
func repeated(runs []idRun, workers, budget int) (all []uint64) {
	if disjoint(runs) {
		return nil
	}
	rows := 0
	for i := range runs {
		rows += runs[i].rows
	}
	if s := spansOf(runs); s.words <= uint64(min(rows, budget/8/workers)) {
		return s.repeated(runs, workers)
	}
	group := max(1, idParts*budget/max(budget, 8*rows))
	for from := 0; from < idParts; from += group {
		all = append(all, repeatedIn(runs, from, min(from+group, idParts), workers)...)
	}
	return all
}

// repeatedIn looks into the parts from one to another. Every worker takes its share
// of them out of the runs by itself.
func repeatedIn(runs []idRun, from, to, workers int) []uint64 {
	found := make([][]uint64, workers)
	share := func(w int) int { return from + (to-from)*w/workers }
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var slots []uint64
			for _, ids := range partition(runs, share(w), share(w+1)) {
				found[w], slots = appendRepeated(found[w], ids, slots)
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
}

// appendRepeated appends those of ids that were there before; slots is used again.
func appendRepeated(found, ids, slots []uint64) (more, room []uint64) {
	size := 64
	for size < 2*len(ids) {
		size *= 2
	}
	slots = grown(slots, size)
	clear(slots)
	for _, id := range ids {
		i := int(spread(id)) & (size - 1)
		for slots[i] != 0 && slots[i] != id {
			i = (i + 1) & (size - 1)
		}
		if slots[i] == id {
			found = append(found, id)
		}
		slots[i] = id
	}
	return found, slots
}

// spans is the range of ids of each shape, with a bit for each number in it.
type spans struct {
	low, high [hashedKind + 1]uint64
	begin     [hashedKind + 1]uint64 // of the shape's words
	words     uint64                 // of all bits; more than there is memory where a block has several shapes
}

func spansOf(runs []idRun) (s spans) {
	for i := range runs {
		r := &runs[i]
		kind := r.first >> shapeBits
		if r.last>>shapeBits != kind {
			return spans{words: ^uint64(0)}
		}
		if s.low[kind] == 0 || r.first < s.low[kind] {
			s.low[kind] = r.first
		}
		s.high[kind] = max(s.high[kind], r.last)
	}
	for kind := range s.begin {
		s.begin[kind] = s.words
		s.words += (s.high[kind]-s.low[kind])/64 + 1
	}
	return s
}

// repeated has every worker set the bits of its share of the runs. A bit that is
// set before, or by two workers, is of a repeated id.
func (s *spans) repeated(runs []idRun, workers int) []uint64 {
	found, bitmaps := make([][]uint64, workers), make([][]uint64, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			bitmaps[w] = make([]uint64, s.words)
			var room []uint64
			for i := w; i < len(runs); i += workers {
				room = runs[i].all(room)
				found[w] = s.mark(bitmaps[w], room, found[w])
			}
		})
	}
	wait.Wait()
	return append(slices.Concat(found...), s.common(bitmaps)...)
}

// mark sets the bits of ids, and appends those that were set.
func (s *spans) mark(bitmap, ids, found []uint64) []uint64 {
	for _, id := range ids {
		kind := id >> shapeBits & hashedKind // no id has more; the mask spares a check
		at := id - s.low[kind]
		word, bit := &bitmap[s.begin[kind]+at/64], uint64(1)<<(at%64)
		if *word&bit != 0 {
			found = append(found, id)
		}
		*word |= bit
	}
	return found
}

// common returns the ids whose bits are set in several of the bitmaps.
func (s *spans) common(bitmaps [][]uint64) (found []uint64) {
	for kind, begin := range s.begin {
		for i := range (s.high[kind]-s.low[kind])/64 + 1 {
			any, twice := uint64(0), uint64(0)
			for _, b := range bitmaps {
				twice |= any & b[begin+i]
				any |= b[begin+i]
			}
			for ; twice != 0; twice &= twice - 1 {
				found = append(found, s.low[kind]+64*i+uint64(bits.TrailingZeros64(twice)))
			}
		}
	}
	return found
}

func disjoint(runs []idRun) bool {
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b idRun) int {
		if a.first < b.first {
			return -1
		}
		return 1
	})
	for i, r := range sorted {
		if !r.ascending || i > 0 && r.first <= sorted[i-1].last {
			return false
		}
	}
	return true
}

// idParts is how many parts ids are spread over, equal ids into the same.
const (
	idPartBits = 8
	idParts    = 1 << idPartBits
)

// partition gathers the ids of the parts from one to another.
func partition(runs []idRun, from, to int) [][]uint64 {
	var room []uint64
	sizes := make([]int, to-from)
	for i := range runs {
		room = runs[i].all(room)
		for _, id := range room {
			if p := partOfID(id) - from; uint(p) < uint(len(sizes)) {
				sizes[p]++
			}
		}
	}
	parts := make([][]uint64, len(sizes))
	for i, n := range sizes {
		parts[i] = make([]uint64, 0, n)
	}
	for i := range runs {
		room = runs[i].all(room)
		for _, id := range room {
			if p := partOfID(id) - from; uint(p) < uint(len(parts)) {
				parts[p] = append(parts[p], id)
			}
		}
	}
	return parts
}

func partOfID(id uint64) int { return int(id * 0x9e3779b97f4a7c15 >> (64 - idPartBits)) }

// all writes the ids of the run into room.
func (r *idRun) all(room []uint64) []uint64 {
	if room = room[:0]; r.codes != nil {
		return append(room, r.codes...)
	}
	r.each(func(id uint64) { room = append(room, id) })
	return room
}

// codeSet is a set of codes.
type codeSet struct{ slots []uint64 }

func newCodeSet(codes []uint64) *codeSet {
	size := 64
	for size < 2*len(codes) {
		size *= 2
	}
	s := &codeSet{make([]uint64, size)}
	for _, c := range codes {
		i := int(spread(c)) & (size - 1)
		for s.slots[i] != 0 && s.slots[i] != c {
			i = (i + 1) & (size - 1)
		}
		s.slots[i] = c
	}
	return s
}

func (s *codeSet) has(code uint64) bool {
	mask := len(s.slots) - 1
	for i := int(spread(code)) & mask; s.slots[i] != 0; i = (i + 1) & mask {
		if s.slots[i] == code {
			return true
		}
	}
	return false
}
