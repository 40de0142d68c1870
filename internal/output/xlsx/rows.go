package xlsx

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/sheet"
)

// digits is how many significant digits a workbook keeps of a number.
const digits = 15

// last is the number of the last row of the sheet.
func (g *grid) last() int {
	n := 1 + min(g.rows, g.most)
	if g.rows > g.most || g.t.Totals != nil {
		n++
	}
	return n
}

// write writes the rows of the sheet: header, rows, and a totals row; where not
// all rows fit, the last row says so instead. Errors stay in out until Flush.
func (g *grid) write(out *bufio.Writer) {
	columns := make([]string, len(g.shows))
	for n := range columns {
		columns[n] = column(n)
	}
	g.header(out, columns)
	n := 1
	for row := range g.t.Rows {
		if n > g.most {
			break
		}
		n++
		g.row(out, columns, n, row, false)
	}
	switch {
	case g.rows > g.most:
		more := lang.F("还有 %s 行，见 data/%s.csv", "%s in data/%s.csv", lang.Count(g.rows-g.most, "more row", "more rows"), g.t.Name).In(g.l)
		g.open(out, n+1, nil)
		text(out, columns[0]+strconv.Itoa(n+1), g.style.of[look{kind: sheet.Text}], Escape(more, g.l))
		out.WriteString("</row>")
	case g.t.Totals != nil:
		g.row(out, columns, n+1, g.t.Totals, true)
	}
}

func (g *grid) header(out *bufio.Writer, columns []string) {
	out.WriteString(`<row r="1" ht="21" customHeight="1">`)
	for n, i := range g.shows {
		style := g.style.head
		if figures[g.t.Columns[i].Kind] {
			style = g.style.headRight
		}
		text(out, columns[n]+"1", style, Escape(g.title(i), g.l))
	}
	out.WriteString("</row>")
}

func (g *grid) row(out *bufio.Writer, columns []string, number int, row []sheet.Cell, total bool) {
	g.open(out, number, row)
	name := strconv.Itoa(number)
	for n, i := range g.shows {
		c := row[i]
		l := look{kind: c.Kind, wraps: g.wraps[n] && c.Kind == sheet.Text, total: total}
		ref := columns[n] + name
		switch {
		case !c.Set && !total:
		case !c.Set:
			begin(out, ref, g.style.of[l])
			out.WriteString("/>")
		default:
			g.cell(out, ref, c, l)
		}
	}
	out.WriteString("</row>")
}

// cell writes a figure as a number where a workbook keeps all of its digits, and
// as text where it would not.
func (g *grid) cell(out *bufio.Writer, ref string, c sheet.Cell, l look) {
	switch {
	case c.Kind == sheet.Date:
		// a workbook counts days from 1899-12-30, telepay from 1970-01-01
		number(out, ref, g.style.of[l], strconv.Itoa(int(c.Day)+25569))
	case c.Kind == sheet.Duration:
		l.right = true
		text(out, ref, g.style.of[l], c.Clock())
	case c.IsNumber():
		figure, fits := figure(c)
		if fits {
			number(out, ref, g.style.of[l], figure)
			return
		}
		l.right = true
		text(out, ref, g.style.of[l], figure)
	default:
		text(out, ref, g.style.of[l], Escape(c.Text, g.l))
	}
}

// figure returns the digits of a number and whether a workbook keeps them all. A
// quotient without end, which is rounded in any case, is rounded to what fits.
func figure(c sheet.Cell) (s string, fits bool) {
	s = c.Data()
	for places := sheet.Places - 1; significant(s) > digits && !c.Value.IsDecimal() && places >= 0; places-- {
		s = c.Value.Round(places, money.HalfUp).String()
	}
	return s, significant(s) <= digits
}

// significant counts the digits of a number from its first that is not 0.
func significant(s string) int {
	s = strings.TrimLeft(strings.TrimPrefix(s, "-"), "0.")
	return len(s) - strings.Count(s, ".")
}

// Heights of rows in points. Programs differ in whether they fit a row to text
// that wraps, so that such rows say their height.
const (
	lineHeight = 17
	tallest    = 409 // that a workbook allows
)

func (g *grid) open(out *bufio.Writer, number int, row []sheet.Cell) {
	lines := 1
	if row != nil {
		for n, i := range g.shows {
			if g.wraps[n] && row[i].Set && row[i].Kind == sheet.Text {
				lines = max(lines, wrapped(row[i].Text, g.widths[n]-margin))
			}
		}
	}
	fmt.Fprintf(out, `<row r="%d" ht="%d" customHeight="1">`, number, min(lines*lineHeight, tallest))
}

func begin(out *bufio.Writer, ref string, style int) {
	out.WriteString(`<c r="`)
	out.WriteString(ref)
	out.WriteString(`" s="`)
	out.WriteString(strconv.Itoa(style))
	out.WriteByte('"')
}

func number(out *bufio.Writer, ref string, style int, digits string) {
	begin(out, ref, style)
	out.WriteString(`><v>`)
	out.WriteString(digits)
	out.WriteString(`</v></c>`)
}

// text writes text that is escaped already.
func text(out *bufio.Writer, ref string, style int, s string) {
	begin(out, ref, style)
	out.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
	out.WriteString(s)
	out.WriteString(`</t></is></c>`)
}
