package scan

import (
	"encoding/binary"
	"slices"
	"sync"
)

// idLog is the call ids of the rows that count, block by block. Ids mostly
// ascend; such a block is kept as its first id and the steps from one to the
// next, a byte or two a row.
type idLog struct {
	runs []idRun
}

type idRun struct {
	first, last uint64
	rows        int
	steps       []byte   // of a strictly ascending block
	codes       []uint64 // of any other
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
		run.steps = stepsOf(ids, cells, run)
	}
	if run.rows > 0 {
		l.runs = append(l.runs, run)
	}
}

func anyRun(ids []uint64, cells []uint32) (run idRun) {
	run.codes = make([]uint64, 0, len(ids))
	for r, id := range ids {
		if cells[r] != 0 && id != 0 {
			run.codes = append(run.codes, id)
		}
	}
	run.rows = len(run.codes)
	return run
}

func stepsOf(ids []uint64, cells []uint32, run idRun) []byte {
	steps := make([]byte, 0, 2*run.rows)
	last := run.first
	for r, id := range ids {
		if cells[r] != 0 && id != 0 && id != last {
			steps = binary.AppendUvarint(steps, id-last)
			last = id
		}
	}
	return steps
}

// each calls f with every id of the run.
func (r *idRun) each(f func(id uint64)) {
	if r.steps == nil && r.codes == nil {
		f(r.first)
		return
	}
	for _, c := range r.codes {
		f(c)
	}
	if r.codes != nil {
		return
	}
	id := r.first
	f(id)
	for at := 0; at < len(r.steps); {
		step, n := binary.Uvarint(r.steps[at:])
		id, at = id+step, at+n
		f(id)
	}
}

func (p *pass) idLogs() (runs []idRun) {
	for _, w := range p.workers {
		runs = append(runs, w.ids.runs...)
	}
	return runs
}

// repeated returns the ids that occur more than once, exactly. Blocks that
// ascend and do not overlap cannot hold any: then nothing is looked up.
func repeated(runs []idRun, workers int) []uint64 {
	if disjoint(runs) {
		return nil
	}
	parts := partition(runs)
	found := make([][]uint64, len(parts))
	var wait sync.WaitGroup
	for first := range workers {
		wait.Go(func() {
			var seen wordCounts
			for i := first; i < len(parts); i += workers {
				seen.begin(len(parts[i]))
				for _, id := range parts[i] {
					seen.add(id)
				}
				seen.each(func(id uint64, times int64) {
					if times > 1 {
						found[i] = append(found[i], id)
					}
				})
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
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
		if r.codes != nil || i > 0 && r.first <= sorted[i-1].last {
			return false
		}
	}
	return true
}

// partition spreads ids over 256 parts, equal ids into the same.
func partition(runs []idRun) [][]uint64 {
	part := func(id uint64) int { return int(id * 0x9e3779b97f4a7c15 >> 56) }
	var sizes [256]int
	for i := range runs {
		runs[i].each(func(id uint64) { sizes[part(id)]++ })
	}
	parts := make([][]uint64, len(sizes))
	for i, n := range sizes {
		parts[i] = make([]uint64, 0, n)
	}
	for i := range runs {
		runs[i].each(func(id uint64) { parts[part(id)] = append(parts[part(id)], id) })
	}
	return parts
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
