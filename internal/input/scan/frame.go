package scan

import (
	"cmp"
	"slices"

	"telepay/internal/query"
)

// frame is the rows of a batch as typed columns. Only the columns that the
// program asks for are filled.
type frame struct {
	rows      int
	day       []int32  // civil day of the start; badDay where it cannot be read
	agent     []uint32 // code; 0 none, odd not known
	cell      []uint32 // agent × 32 + day of the month; 0 for rows that do not count
	words     [len(wordFields)][]uint32
	ids       [][]uint64 // as fields.ids
	filled    [][]byte
	nums      [len(numberFields)][]int32
	own       [][]int64 // numbers of the company's own, in their units
	connected []byte
	paid      []int32 // talk for sums: as nums, less what belongs to another agent
	counts    []int32 // calls that a row stands for; nil: each row is one
	conn      []int32 // first connect of the call, −1 for none
	sums      []int32 // paid of rows that stand for many calls
	masks     [][]byte
	every     []byte // the mask of everyRow
	none      []byte // and of noRow
	faults    []fault
}

// fault is a cell that cannot be read; it makes its row an error.
type fault struct {
	row  int32
	why  reason
	col  int32
	word uint32 // code of an odd word
	at   int32  // word field
}

func newFrame(f fields) frame {
	return frame{ids: make([][]uint64, len(f.ids)), filled: make([][]byte, len(f.ids)), own: make([][]int64, len(f.own))}
}

// faultsByRow returns the faults in the order of the rows, those of a row in the
// order of the columns: the first ones of a file are the ones that are shown.
func (f *frame) faultsByRow() []fault {
	byRow := func(a, b fault) int { return cmp.Compare(a.row, b.row) }
	if !slices.IsSortedFunc(f.faults, byRow) {
		slices.SortStableFunc(f.faults, byRow)
	}
	return f.faults
}

// decoder turns cells into columns for one worker and export: it remembers
// spellings.
type decoder struct {
	e      *engine
	x      *export
	agents spellings
	words  [len(wordFields)]spellings
	codes  codeReader
	texts  []ownTexts
	dates  dateReader
}

func newDecoder(e *engine, x *export) *decoder {
	return &decoder{e: e, x: x, codes: codeReader{coder: e.coder}, texts: make([]ownTexts, len(e.fields.ids)-len(idFields))}
}

// instants reads the column of the start, or of the answer, into day and clock.
func (d *decoder) instants(b *batch, f *frame) {
	f.day = grown(f.day, b.rows)
	clock := grown(f.nums[numClock], b.rows)
	f.nums[numClock] = clock
	if d.x.when == noColumn {
		fill(f.day, badDay)
		fill(clock, missing)
		return
	}
	d.dates.column(b, d.x.when, d.x.layouts, f.day, clock)
}

func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}

// weekdays derives 1 Monday to 7 Sunday from the days; 1970-01-01 was a Thursday.
func (f *frame) weekdays() {
	out := grown(f.nums[numWeekday], f.rows)
	f.nums[numWeekday] = out
	for r, d := range f.day[:f.rows] {
		out[r] = missing
		if d != badDay {
			out[r] = ((d+3)%7+7)%7 + 1
		}
	}
}

func (d *decoder) people(b *batch, f *frame) {
	out := grown(f.agent, b.rows)
	f.agent = out
	if d.x.agent == noColumn {
		clear(out)
		return
	}
	d.agents.column(b, d.x.agent, out, func(cell []byte) uint32 { return d.e.people.cell(b, cell) })
}

// wordsOf reads a word field; words that the export's values do not know are faults.
func (d *decoder) wordsOf(b *batch, f *frame, field int) {
	out := grown(f.words[field], b.rows)
	f.words[field] = out
	col := d.x.words[field]
	if col == noColumn {
		clear(out)
		return
	}
	d.words[field].column(b, col, out, func(cell []byte) uint32 { return d.ask(b.bare(cell), field) })
	for r, code := range out {
		if code >= odd {
			f.faults = append(f.faults, fault{int32(r), unknownWord, int32(col), code, int32(field)})
			out[r] = 0
		}
	}
}

func (d *decoder) ask(raw string, field int) uint32 {
	text, values := query.Normal(raw), d.x.values[field]
	if text == "" || values == nil {
		return d.e.words[field].code(text)
	}
	if code, ok := values[text]; ok {
		return code
	}
	return d.e.words[field].oddCode(raw)
}

// idsOf codes an id field, and notes the texts behind hashes where there is a log for them.
func (d *decoder) idsOf(b *batch, f *frame, field int, texts *textLog) {
	out := grown(f.ids[field], b.rows)
	f.ids[field] = out
	col := d.x.ids[field]
	if col == noColumn {
		clear(out)
		return
	}
	d.codes.texts = texts
	if field < len(idFields) {
		d.codes.column(b, col, out)
	} else {
		d.texts[field-len(idFields)].column(&d.codes, b, col, out)
	}
}

// filledOf tells where an id field is not empty.
func (d *decoder) filledOf(b *batch, f *frame, field int) {
	out := grown(f.filled[field], b.rows)
	f.filled[field] = out
	col := d.x.ids[field]
	if col == noColumn {
		clear(out)
		return
	}
	cells := b.column(col)
	for r := range out {
		from, to := cells.cell(r)
		switch {
		case from == to:
			out[r] = 0
		case b.buf[from] > ' ' && b.buf[from] < 0x80 && b.buf[from] != '"':
			out[r] = 1
		default:
			out[r] = bit(query.Normal(b.bare(b.buf[from:to])) != "")
		}
	}
}

// countsOf reads how many calls each row stands for.
func (d *decoder) countsOf(b *batch, f *frame) {
	if d.x.count == noColumn {
		f.counts = nil
		return
	}
	f.counts = grown(f.counts, b.rows)
	for r := range f.counts {
		from, to := b.bounds(r, d.x.count)
		if f.counts[r] = readNumber(b, from, to); f.counts[r] < 0 {
			f.faults = append(f.faults, fault{row: int32(r), why: badNumberCell, col: int32(d.x.count)})
			f.counts[r] = 0
		}
	}
}

// apart keeps the talk of rows that stand for many calls for sums alone: how long
// any one of them was, and at what hour, nobody knows, so no filter passes on it.
func (f *frame) apart() {
	if f.counts == nil {
		return
	}
	f.sums = append(f.sums[:0], f.nums[numTalk]...)
	f.paid = f.sums
	for _, i := range []int{numTalk, numRing, numClock} {
		for r := range f.nums[i] {
			f.nums[i][r] = missing
		}
	}
}

// numbersOf reads talk or ring; what is no number is a fault.
func (d *decoder) numbersOf(b *batch, f *frame, field int) {
	out := grown(f.nums[field], b.rows)
	f.nums[field] = out
	col := d.x.nums[field]
	if col == noColumn {
		fill(out, missing)
		return
	}
	cells := b.column(col)
	for r := 0; r < len(out); r++ {
		if r += wholes(&cells, out[r:], r); r == len(out) {
			return
		}
		from, to := cells.cell(r)
		if out[r] = readNumber(b, from, to); out[r] == badNumber {
			f.faults = append(f.faults, fault{row: int32(r), why: badNumberCell, col: int32(col)})
			out[r] = missing
		}
	}
}
