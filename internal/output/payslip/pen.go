package payslip

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// pen writes into boxes in the person's language, with the other one small beside it.
type pen struct {
	page.Metrics
	l lang.Lang
}

// main is a text in the language of the paper.
func (p pen) main(t lang.Text) string { return t.In(p.l) }

// small is the text in the other language; empty where that says the same.
func (p pen) small(t lang.Text) string {
	if other := t.In(p.l.Other()); other != t.In(p.l) {
		return other
	}
	return ""
}

// both writes a text in both languages on one line and returns where it ends.
func (p pen) both(b *box, x, y int, t lang.Text, main, small style) int {
	b.text(x, y, main, page.Left, p.main(t))
	x += p.Width(p.main(t), main.size, main.bold)
	if s := p.small(t); s != "" {
		x += main.size / 2
		b.text(x, y, small, page.Left, s)
		x += p.Width(s, small.size, small.bold)
	}
	return x
}

// bothWidth is how wide both writes.
func (p pen) bothWidth(t lang.Text, main, small style) int {
	var b box
	return p.both(&b, 0, 0, t, main, small)
}

// bothRight is both, ending at x.
func (p pen) bothRight(b *box, x, y int, t lang.Text, main, small style) {
	p.both(b, x-p.bothWidth(t, main, small), y, t, main, small)
}

// para is a text of a column with its style.
type para struct {
	st style
	s  string
}

// column is a place that texts are written into, one under the other.
type column struct {
	x, width int // x is the left edge, or the right one of an Align Right
	align    page.Align
}

// write puts texts into a column, the first with its baseline at y. Each shrinks
// to its floor, then wraps. It returns the last baseline, y where nothing was written.
func (p pen) write(b *box, c column, y int, paras ...para) int {
	last, first := y, true
	for _, t := range paras {
		if t.s == "" {
			continue
		}
		size, lines := p.Fit(t.s, t.st.size, t.st.floor, t.st.bold, c.width)
		if len(lines) > 1 && t.st.prose {
			size, lines = t.st.size, p.Wrap(t.s, t.st.size, t.st.bold, c.width)
		}
		set := t.st
		set.size = size
		for i, l := range lines {
			switch {
			case first:
				first = false
			case i == 0:
				last += t.st.lead()
			default:
				last += set.lead()
			}
			b.text(c.x, last, set, c.align, strings.TrimRight(l, " "))
		}
	}
	return last
}

// at writes s with its decimal point at x.
func (p pen) at(b *box, x, y int, st style, s string) {
	whole, _, _ := strings.Cut(s, ".")
	b.text(x-p.Width(whole, st.size, st.bold), y, st, page.Left, s)
}

// head writes the two lines of a table's head: both languages, one under the other.
func (p pen) head(b *box, c column, t lang.Text) {
	p.write(b, c, mm(37), para{headStyle, p.main(t)})
	p.write(b, c, mm(64), para{smallStyle, p.small(t)})
}

// note is a line of small print: the language of the paper at the left, the
// other at the right or, where both do not fit, below.
func (p pen) note(t lang.Text, top int) box {
	var b box
	main, small := p.main(t), p.small(t)
	room := fullWidth - p.Width(small, smallStyle.size, false) - mm(40)
	if small != "" && p.Width(main, noteStyle.size, false) <= room {
		b.text(leftEdge, top, noteStyle, page.Left, main)
		b.text(rightEdge, top, smallStyle, page.Right, small)
		b.height = top + mm(23)
		return b
	}
	last := p.write(&b, column{leftEdge, fullWidth, page.Left}, top, para{noteStyle, main}, para{smallStyle, small})
	b.height = last + mm(23)
	return b
}

// steps says steps in both languages.
func steps(all []statement.Step) lang.Text {
	return lang.T(phrase.Steps(all, lang.ZH), phrase.Steps(all, lang.EN))
}

// section numbers a heading: 一 to 七, or 1 to 7.
func (p pen) section(n int, t lang.Text) box {
	var b box
	number := string([]rune("一二三四五六七")[n-1])
	if p.l == lang.EN {
		number = string(rune('0' + n))
	}
	y := mm(70)
	b.text(leftEdge, y, sectionStyle, page.Left, number)
	p.both(&b, leftEdge+mm(60), y, t, sectionStyle, sectionSmall)
	b.height = mm(90)
	b.line(leftEdge, rightEdge, b.height, normal, accent)
	return b
}

// nothing is the one row of a section that is empty this month.
func (p pen) nothing(t lang.Text) box {
	var b box
	p.both(&b, leftEdge, mm(44), t, tableStyle.in(grey), smallStyle)
	b.height = mm(67)
	return b
}
