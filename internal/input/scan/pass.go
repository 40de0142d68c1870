package scan

import "sync"

// count reads all calls, once or, where the connects pass the budget, once for
// every few parts of them. Rows whose id is in aside are compared with each other.
func (e *engine) count(aside *codeSet) (*pass, error) {
	p := e.newPass(e.calls, aside)
	if e.extra == nil {
		if err := p.run((*worker).calls); err != nil {
			return nil, err
		}
		p.settleAside()
		return p, p.addable()
	}
	e.extra.late = newTallies(len(e.connects))
	for from := 0; from < joinParts; from = e.joined.to {
		if err := e.load(from); err != nil {
			return nil, err
		}
		if err := p.run((*worker).calls); err != nil {
			return nil, err
		}
		for _, w := range p.workers { // the next reading meets the rows of a file in order again
			p.past, w.tally = append(p.past, w.tally), newTallies(len(p.exports))
		}
		p.settleAside()
		e.joined.close(e.extra.late)
	}
	return p, p.addable()
}

func (e *engine) newPass(exports []*export, aside *codeSet) *pass {
	p := &pass{e: e, exports: exports, aside: aside, late: newTallies(len(exports))}
	for range e.opt.workers {
		p.workers = append(p.workers, newWorker(p))
	}
	return p
}

// run has every worker read until nothing is left.
func (p *pass) run(read func(*worker, *feed)) error {
	f := &feed{exports: p.exports, opt: p.e.opt}
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
