package scan

import (
	"slices"
	"sync"
)

// count reads all calls once. Rows whose id is in aside are kept for settleAside.
func (e *engine) count(aside *codeSet) (*pass, error) {
	p := &pass{e: e, exports: e.calls, aside: aside, late: newTallies(len(e.calls))}
	return p, p.run((*worker).calls)
}

// run has every worker read until nothing is left.
func (p *pass) run(read func(*worker, *feed)) error {
	f := &feed{exports: p.exports, opt: p.e.opt}
	for range p.e.opt.workers {
		p.workers = append(p.workers, newWorker(p))
	}
	var wait sync.WaitGroup
	for _, w := range p.workers {
		wait.Go(func() { read(w, f) })
	}
	wait.Wait()
	return f.err
}

// lineOf returns the file's own line of a place.
func (p *pass) lineOf(t *tallies, at place) int {
	if at.block < 0 {
		return int(at.line)
	}
	line := p.exports[at.file].src.FirstLine + int(at.line)
	for _, h := range t.files[at.file].heights {
		if h.block >= at.block {
			break
		}
		line += int(h.lines)
	}
	return line
}

// seenBy unites what the workers noted of the calls of each connect.
func (p *pass) seenBy() []uint8 {
	seen := slices.Clone(p.workers[0].seen)
	for _, w := range p.workers[1:] {
		for i, s := range w.seen {
			seen[i] |= s
		}
	}
	return seen
}

// closeConnects puts every connect in its bucket, now that the calls are known.
func (p *pass) closeConnects() {
	j, extra := p.e.joined, p.e.extra
	seen := p.seenBy()
	for _, head := range j.slots {
		if head == 0 || j.list[head-1].fate != fine {
			continue
		}
		why := bucketOf(seen[head-1])
		for i := head - 1; i != noConnect; i = j.list[i].link {
			extra.late.files[j.list[i].place.file].rows[why]++
		}
	}
	for i := range j.list {
		if c := &j.list[i]; c.fate != fine {
			extra.late.files[c.place.file].rows[c.fate]++
		}
	}
}

// bucketOf is where a connect goes by what its calls came to.
func bucketOf(seen uint8) reason {
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
