package payslip

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// Edges of the small table of slices.
var (
	howLeft     = mm(880)
	howWidth    = mm(860)
	sliceAmount = mm(1260)
	sliceRate   = mm(1280)
	sliceEquals = mm(1394)
	slicePoint  = mm(1540)
	sliceEnd    = mm(1650)
)

// derivation writes how a line came about: sentences, and slices as a table
// whose columns can be added up. It returns the last baseline.
func (p pen) derivation(b *box, line statement.Line, y int) int {
	d := deriver{pen: p, b: b, next: y, last: y}
	sliced := hasSlices(line.Steps)
	var words, other []statement.Step
	for _, s := range line.Steps {
		if sliced && tabular(s) {
			d.sentences(words)
			words = nil
			d.row(s)
			continue
		}
		words = append(words, s)
		if phrase.Step(s, lang.ZH) != phrase.Step(s, lang.EN) {
			other = append(other, s) // a bare sum reads alike in both languages
		}
	}
	d.sentences(words)
	d.small(p.small(steps(other)), smallStyle)
	if !line.Class.Guarded() && line.Kind != statement.Employer { // the source stands by the person's own share
		d.small(p.main(line.Ground), noteStyle)
	}
	for _, n := range line.Notes {
		d.small(phrase.Step(n, p.l), noteStyle)
	}
	return d.last
}

// deriver keeps the place while a derivation is written: next is the baseline
// that the next text takes, last the one written last.
type deriver struct {
	pen
	b          *box
	next, last int
}

// sentences writes steps as text, their clauses filled into lines; a clause too
// long for a line wraps at the size of the others.
func (d *deriver) sentences(all []statement.Step) {
	between := "；"
	if d.l == lang.EN {
		between = "; "
	}
	line := ""
	for _, s := range all {
		for clause := range strings.SplitSeq(phrase.Step(s, d.l), between) {
			joined := joinNotEmpty(between, line, clause)
			if line != "" && d.Width(joined, textStyle.size, false) > howWidth {
				d.text(line, textStyle)
				joined = clause
			}
			line = joined
		}
	}
	d.text(line, textStyle)
}

func (d *deriver) text(s string, st style) {
	if s == "" {
		return
	}
	d.last = d.write(d.b, column{howLeft, howWidth, page.Left}, d.next, para{st, s})
	d.next = d.last + mm(44)
}

// small writes small print, closer to what is above it.
func (d *deriver) small(s string, st style) {
	if d.next > d.last {
		d.next = d.last + st.lead()
	}
	d.text(s, st)
}

// hasSlices tells whether a derivation is drawn with a table.
func hasSlices(all []statement.Step) bool {
	for _, s := range all {
		if (s.Key == "slice" || s.Key == "group") && tabular(s) {
			return true
		}
	}
	return false
}

// tabular tells whether a step has what a row of the table needs.
func tabular(s statement.Step) bool {
	figures := func(from, to int) bool {
		if len(s.Terms) != to {
			return false
		}
		for _, t := range s.Terms[from:to] {
			if !t.Figure {
				return false
			}
		}
		return true
	}
	switch s.Key {
	case "slice", "group":
		return figures(1, 4)
	case "times":
		return figures(0, 2)
	case "sum":
		return figures(0, 1)
	}
	return false
}

// row writes one step as a row: label, amount × rate = product.
func (d *deriver) row(s statement.Step) {
	y := d.next
	say := func(t statement.Term) string { return phrase.Figure(t.Value, t.Unit, d.l) }
	label, width := s.Terms[0].Text, mm(220)
	switch s.Key {
	case "sum":
		y += mm(8)
		d.b.line(howLeft-mm(1), sliceEnd, y-mm(37), thin, hairline)
		label = lang.T(joinNotEmpty(" ", "合计 sum", label.ZH), joinNotEmpty(" ", "sum 合计", label.EN))
		d.at(d.b, slicePoint, y, textBold, say(s.Terms[0]))
	case "times":
		width = mm(390)
		d.b.text(sliceRate, y, textStyle, page.Left, "× "+say(s.Terms[0]))
		d.b.text(sliceEquals, y, textStyle, page.Left, "=")
		d.at(d.b, slicePoint, y, textBold, say(s.Terms[1]))
	default:
		amount := joinNotEmpty(" ", d.main(s.Terms[1].Text), say(s.Terms[1]))
		d.b.text(sliceAmount, y, textStyle, page.Right, amount)
		width = min(width, sliceAmount-d.Width(amount, textStyle.size, false)-mm(15)-howLeft)
		d.write(d.b, column{sliceRate, mm(105), page.Left}, y, para{textStyle, "× " + joinNotEmpty(" ", say(s.Terms[2]), d.main(s.Terms[2].Text))})
		d.b.text(sliceEquals, y, textStyle, page.Left, "=")
		d.at(d.b, slicePoint, y, textStyle, say(s.Terms[3]))
	}
	d.last = max(y, d.write(d.b, column{howLeft, width, page.Left}, y, para{noteStyle, d.main(label)}))
	d.next = d.last + mm(42)
}
