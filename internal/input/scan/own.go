package scan

import (
	"fmt"
	"math"
	"strings"

	"telepay/internal/query"
)

// noOwn is the value of a cell of an own number that says nothing: below every
// number, as missing is.
const noOwn = int64(math.MinInt64)

// ownTexts reads a text column of the company's own for one worker. Its values are
// coded as ids are, one to one however many there are. Mostly there are few: then
// a cell as it is written is looked up in a table.
type ownTexts struct {
	cells spellings
	codes []uint64 // by what cells says
	found []uint32
}

// tooMuch is the first sum that a counter cannot hold.
const tooMuch = uint64(math.MaxInt64) + 1

// fewTexts is how many spellings of a column are looked up; where there are more
// it is read as any id.
const fewTexts = 1 << 12

func (t *ownTexts) column(ids *codeReader, b *batch, c int, out []uint64) {
	if len(t.codes) > fewTexts {
		ids.column(b, c, out)
		return
	}
	t.found = grown(t.found, len(out))
	t.cells.column(b, c, t.found, func(cell []byte) uint32 {
		t.codes = append(t.codes, ids.coder.code(b.bare(cell), ids.texts))
		return uint32(len(t.codes) - 1)
	})
	for r, i := range t.found {
		out[r] = t.codes[i]
	}
}

// ownNumbers reads a number column of the company's own in its unit; what is no
// number or has more places is a fault. It returns what the sizes of all numbers
// come to with those before, for addable.
func (d *decoder) ownNumbers(b *batch, f *frame, own int, sizes uint64) uint64 {
	out := grown(f.own[own], b.rows)
	f.own[own] = out
	col := d.x.nums[len(numberFields)+own]
	if col == noColumn {
		fill(out, noOwn)
		return sizes
	}
	places := d.e.fields.own[own].Places
	cells := b.column(col)
	for r := range out {
		from, to := cells.inner(r)
		v, why := readOwn(b.buf[from:to], places)
		if why != fine {
			if v, why = slowOwn(b.text(r, col), places); why != fine {
				f.faults = append(f.faults, fault{row: int32(r), why: why, col: int32(col)})
			}
		}
		out[r] = v
		if v != noOwn {
			sizes = min(sizes+uint64(max(v, -v)), tooMuch)
		}
	}
	return sizes
}

// readOwn reads 12, -12 or 12.5 as a whole number of 10^-places. Zeros behind the
// last place do not count.
func readOwn(cell []byte, places int) (v int64, why reason) {
	if len(cell) == 0 {
		return noOwn, fine
	}
	negative := cell[0] == '-'
	if negative {
		cell = cell[1:]
	}
	whole, fraction, more := 0, -1, false // digits before the point and behind it, and whether more than places
	for _, c := range cell {
		switch {
		case c == '.' && fraction < 0 && whole > 0:
			fraction = 0
			continue
		case !isDigit(c):
			return noOwn, badNumberCell
		case fraction < 0:
			if whole++; whole > query.OwnDigits {
				return noOwn, badNumberCell
			}
		case fraction == places:
			more = more || c != '0'
			continue
		default:
			fraction++
		}
		v = v*10 + int64(c-'0')
	}
	switch {
	case whole == 0 || cell[len(cell)-1] == '.':
		return noOwn, badNumberCell
	case more:
		return noOwn, tooManyPlaces
	}
	v *= int64(tens[places-max(fraction, 0)])
	if negative {
		v = -v
	}
	return v, fine
}

// slowOwn reads what may have blanks around it, or zeros before its digits.
func slowOwn(text string, places int) (int64, reason) {
	text = strings.TrimSpace(text)
	sign := ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "-", rest
	}
	for len(text) > 1 && text[0] == '0' && isDigit(text[1]) {
		text = text[1:]
	}
	return readOwn([]byte(sign+text), places)
}

// addable tells whether the sums of all own numbers fit 64 bits, however the rows
// are picked.
func (p *pass) addable() error {
	for i, c := range p.e.fields.own {
		all := uint64(0)
		for _, w := range p.workers {
			if all += w.sizes[i]; all >= tooMuch || w.sizes[i] >= tooMuch {
				return fmt.Errorf("scan: the numbers of column %q add up to more than 64 bits hold", c.Name)
			}
		}
	}
	return nil
}
