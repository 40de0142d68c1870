package scan

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"telepay/internal/query"
)

// setAside is a row whose call id occurs more than once. It would count.
type setAside struct {
	code    uint64
	id      string // as ids are compared: codes may be hashes
	at      place
	content string // the cells of engine.compared, bare, each ended by cellMark
}

// cellMark is no byte of UTF-8.
const cellMark = '\xff'

// setAside takes the rows whose id is in ids out of the count and keeps them.
func (w *worker) setAside(b *batch, f *frame, ids *codeSet) {
	x, t := w.p.exports[b.file], &w.tally.files[b.file]
	for r, code := range f.ids[idCall][:b.rows] {
		if f.cell[r] == 0 || !ids.has(code) {
			continue
		}
		w.set = append(w.set, setAside{code: code, id: query.Normal(b.text(r, x.ids[idCall])), at: b.place(r), content: w.content(b, r, x)})
		t.rows[fine]--
		f.cell[r] = 0
		if w.p.e.joined != nil {
			f.conn[r] = noConnect
		}
	}
}

func (s setAside) cells() []string { return strings.Split(s.content, string([]byte{cellMark})) }

// content joins the cells of a row in the order of engine.compared.
func (w *worker) content(b *batch, r int, x *export) string {
	text := w.scratch[:0]
	for _, field := range w.p.e.compared {
		if c := columnOf(x.src, field); c != noColumn {
			from, to := b.bounds(r, c)
			begin := len(text)
			if b.plain {
				text = append(text, b.buf[from:to]...)
			} else {
				text = appendBare(text, b.buf[from:to])
			}
			text = append(text[:begin], bytes.TrimSpace(text[begin:])...)
		}
		text = append(text, cellMark)
	}
	w.scratch = text
	return string(text)
}

// settleAside compares the rows of each id: the first of equal rows counts, the
// others are duplicates; where any two differ, all are in error.
func (p *pass) settleAside() {
	var rows []setAside
	for _, w := range p.workers {
		rows = append(rows, w.set...)
		w.set = nil
	}
	slices.SortFunc(rows, func(a, b setAside) int {
		return cmp.Or(strings.Compare(a.id, b.id), a.at.compare(b.at))
	})
	var first []setAside
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].id == rows[0].id {
			n++
		}
		if equalRows(rows[:n]) {
			first = append(first, rows[0])
			for _, r := range rows[1:n] {
				p.late.files[r.at.file].rows[duplicateRow]++
			}
		} else {
			p.conflict(rows[:n])
		}
		rows = rows[n:]
	}
	p.countFirst(first)
}

func equalRows(rows []setAside) bool {
	for _, r := range rows[1:] {
		if r.content != rows[0].content {
			return false
		}
	}
	return true
}

// conflict puts all rows of an id in error.
func (p *pass) conflict(rows []setAside) {
	id := rows[0].cells()[slices.Index(p.e.compared, "call_id")]
	places := make([]place, len(rows))
	for i, r := range rows {
		p.late.files[r.at.file].rows[duplicateCall]++
		places[i] = r.at
	}
	p.late.conflicts = append(p.late.conflicts, conflict{why: duplicateCall, id: id, places: places})
	if j := p.e.joined; j != nil {
		if c := j.find(rows[0].code); c != noConnect {
			j.note(c, callOut)
		}
	}
}

// countFirst counts the rows that stand for their id, by file.
func (p *pass) countFirst(rows []setAside) {
	w := p.workers[0]
	slices.SortFunc(rows, func(a, b setAside) int { return a.at.compare(b.at) })
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].at.file == rows[0].at.file && n < 4096 {
			n++
		}
		w.batch(w.p.asideBatch(rows[:n]), nil, false)
		rows = rows[n:]
	}
}

// asideBatch writes rows of one file as a batch with the columns of that file.
func (p *pass) asideBatch(rows []setAside) *batch {
	file := int(rows[0].at.file)
	src := p.exports[file].src
	b := &batch{file: file, width: src.Width, buf: make([]byte, pad), absolute: true}
	b.begin()
	fieldAt := make([]int, b.width)
	for c := range fieldAt {
		fieldAt[c] = noColumn
	}
	for i, field := range p.e.compared {
		if c := columnOf(src, field); c != noColumn {
			fieldAt[c] = i
		}
	}
	for _, row := range rows {
		cells := row.cells()
		for _, i := range fieldAt {
			if i != noColumn {
				b.buf = append(b.buf, cells[i]...)
			}
			b.endCell()
		}
		b.endRow(0, fine, b.width)
	}
	b.buf = append(b.buf, make([]byte, slack)...)
	return b
}
