package scan

import (
	"cmp"
	"slices"
)

// reason is why a row does not count; fine is none.
type reason uint8

const (
	fine reason = iota
	otherMonth
	duplicateRow
	noAgent
	noCall      // connects
	callLeftOut // connects
	raggedRow
	strayQuote
	longRow
	badTime
	noCallID
	unknownAgent
	agentWaits
	badNumberCell
	tooManyPlaces
	unknownWord
	duplicateCall
	duplicateConnect
	reasons
)

// firstError is the first reason that is an error; those before exclude.
const firstError = raggedRow

// words of the reasons in buckets and as problem codes.
var reasonWords = [reasons]string{
	otherMonth: "other_month", duplicateRow: "duplicate", noAgent: "no_agent", noCall: "no_call", callLeftOut: "call_left_out",
	raggedRow: "ragged-row", strayQuote: "stray-quote", longRow: "long-row", badTime: "bad-time", noCallID: "no-call-id",
	unknownAgent: "unknown-agent", agentWaits: "agent-not-readable", badNumberCell: "bad-number", tooManyPlaces: "too-many-places", unknownWord: "unknown-word",
	duplicateCall: "duplicate-call", duplicateConnect: "duplicate-connect",
}

// place is where a row stands: the line within its block, or, with block −1,
// the file's own number.
type place struct{ file, block, line int32 }

func (a place) compare(b place) int {
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.block, b.block), cmp.Compare(a.line, b.line))
}

func (b *batch) place(r int) place {
	p := place{int32(b.file), int32(b.seq), b.line(r)}
	if b.absolute {
		p.block = -1
	}
	return p
}

// sample is one faulty row that a message may show.
type sample struct {
	at     place
	col    int    // character in the line, 0 where not known
	column int    // of the faulty cell
	found  string // what stands in it
	cells  int    // of a ragged row
}

// maxSamples is how many rows of one kind and file are shown.
const maxSamples = 20

// named is one odd word or agent and the rows that have it.
type named struct {
	rows  int64
	first place
	col   int
}

// oddKey is an odd spelling: the field (−1 for agents) and its code.
type oddKey struct {
	why   reason
	field int
	code  uint32
}

// fileTally is where the rows of one file went, as one worker saw it.
type fileTally struct {
	rows    [reasons]int64
	samples [reasons][]sample
	odds    map[oddKey]*named
	heights []height
}

// height is how many lines a block has.
type height struct{ block, lines int32 }

// conflict is rows with one key and different content.
type conflict struct {
	why    reason
	id     string
	places []place
}

// tallies is one fileTally per export.
type tallies struct {
	files     []fileTally
	conflicts []conflict
}

func newTallies(files int) *tallies {
	t := &tallies{files: make([]fileTally, files)}
	for i := range t.files {
		t.files[i].odds = map[oddKey]*named{}
	}
	return t
}

func (t *tallies) height(b *batch) {
	f := &t.files[b.file]
	if !b.absolute {
		f.heights = append(f.heights, height{int32(b.seq), int32(b.height)})
	}
}

// add counts a row under why. A worker meets the rows of a file in order, so its
// first samples are its earliest.
func (t *fileTally) add(why reason, b *batch, r, col int) {
	t.rows[why]++
	if why < firstError || len(t.samples[why]) == maxSamples {
		return
	}
	s := sample{at: b.place(r), column: col}
	if why == raggedRow {
		s.cells = int(b.found[r])
	}
	if col != noColumn {
		s.found, s.col = b.text(r, col), b.character(r, col)
	}
	t.samples[why] = append(t.samples[why], s)
}

// named counts a row under an odd spelling.
func (t *fileTally) named(why reason, code uint32, field int, b *batch, r, col int) {
	t.rows[why]++
	key := oddKey{why, field, code}
	n := t.odds[key]
	if n == nil {
		n = &named{first: b.place(r), col: b.character(r, col)}
		t.odds[key] = n
	}
	n.rows++
}

// tallied merges the workers' tallies.
func (p *pass) tallied() *tallies {
	all := newTallies(len(p.exports))
	all.conflicts = p.late.conflicts
	parts := append(p.past, p.late)
	for _, w := range p.workers {
		parts = append(parts, w.tally)
	}
	for _, part := range parts {
		for i := range part.files {
			all.files[i].merge(&part.files[i])
		}
	}
	for i := range all.files {
		all.files[i].sort()
	}
	return all
}

func (t *fileTally) merge(o *fileTally) {
	t.heights = append(t.heights, o.heights...)
	for why := range t.rows {
		t.rows[why] += o.rows[why]
		t.samples[why] = append(t.samples[why], o.samples[why]...)
	}
	for key, n := range o.odds {
		have := t.odds[key]
		if have == nil {
			copied := *n
			t.odds[key] = &copied
			continue
		}
		have.rows += n.rows
		if n.first.compare(have.first) < 0 {
			have.first, have.col = n.first, n.col
		}
	}
}

func (t *fileTally) sort() {
	slices.SortFunc(t.heights, func(a, b height) int { return cmp.Compare(a.block, b.block) })
	for why := range t.samples {
		slices.SortFunc(t.samples[why], func(a, b sample) int { return a.at.compare(b.at) })
		t.samples[why] = t.samples[why][:min(maxSamples, len(t.samples[why]))]
	}
}
