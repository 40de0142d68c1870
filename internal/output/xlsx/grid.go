package xlsx

import (
	"telepay/internal/lang"
	"telepay/internal/output/sheet"
)

// grid is a table as a sheet of the workbook shows it: without the columns that
// only data files have, with widths by content.
type grid struct {
	t      sheet.Table
	name   string
	shows  []int // places of the columns in the table
	frozen int   // of the columns shown
	widths []int
	wraps  []bool
	rows   int // of the table; more than fits is said in the last row
	most   int // rows that fit below the header and above a last row
	style  styles
	l      lang.Lang
}

func newGrid(t sheet.Table, st styles, l lang.Lang, most int) *grid {
	g := &grid{t: t, name: t.Title.In(l), style: st, l: l, most: most - 2}
	for i, c := range t.Columns {
		if c.Where == sheet.InFiles {
			continue
		}
		if i < t.Freeze {
			g.frozen++
		}
		g.shows = append(g.shows, i)
	}
	g.measure()
	return g
}

// Widths in characters.
const (
	narrowest = 7
	textWidth = 40 // of text that stays on one line; what is longer is cut in view, not in the cell
	filter    = 4  // the button in the header and the indent
	margin    = 3  // around what a cell holds
)

// measure counts the rows and fits columns to their content; text beyond what a
// column of prose may take wraps.
func (g *grid) measure() {
	g.widths, g.wraps = make([]int, len(g.shows)), make([]bool, len(g.shows))
	for n, i := range g.shows {
		g.widths[n] = max(narrowest, cells(g.title(i))+filter)
	}
	for row := range g.t.Rows {
		g.rows++
		g.fit(row)
	}
	if g.t.Totals != nil {
		g.fit(g.t.Totals)
	}
	for n, i := range g.shows {
		switch c := g.t.Columns[i]; {
		case c.Kind != sheet.Text:
		case c.Width > 0 && g.widths[n] > c.Width:
			g.widths[n], g.wraps[n] = c.Width, true
		default:
			g.widths[n] = min(g.widths[n], textWidth)
		}
	}
}

func (g *grid) fit(row []sheet.Cell) {
	for n, i := range g.shows {
		if c := row[i]; c.Set {
			g.widths[n] = max(g.widths[n], breadth(c)+margin)
		}
	}
}

// breadth is the width of a cell as it is drawn.
func breadth(c sheet.Cell) int {
	switch c.Kind {
	case sheet.Text, sheet.ID, sheet.Month:
		return min(cells(c.Text), 200)
	case sheet.Duration:
		return len("100:00:00")
	}
	n := len(c.Data())
	switch c.Kind {
	case sheet.Money:
		n += n / 4 // commas
	case sheet.Percent:
		n = min(n, len("1,000.00%"))
	}
	return n
}

func (g *grid) title(i int) string {
	c := g.t.Columns[i]
	if s := c.Title.In(g.l); s != "" {
		return s
	}
	return c.Key
}

// cells is the width of text, Han and full-width characters counted twice.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && r != '—' && r != '…' && (r < 0x2010 || r > 0x2e7f) {
			n++
		}
	}
	return n
}
