// Package sheet makes every report of a run a table of typed cells: a
// statement.Run and a language come in; a Table per report goes out, exact to
// the last place. Formats (csv, xlsx) only render it. It never writes a file,
// never rounds what it hands on, and never computes pay: it adds up figures that
// stand in the run. Rows are made while they are walked, so that a report of
// ten thousand people takes no memory.
package sheet

import (
	"iter"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// Kind says what a column or cell holds.
type Kind uint8

const (
	Text     Kind = iota
	ID            // text that must never be read as a number
	Money         // an amount in the run's currency
	Number        // a count, factor or quotient
	Percent       // a quotient shown × 100 and %
	Duration      // seconds, shown h:mm:ss
	Date          // a civil day
	Month         // a month, 2026-10
)

// Where says in which outputs a column appears.
type Where uint8

const (
	Everywhere Where = iota
	InFiles          // data files only: what a workbook says once in its head
	InWorkbook       // workbook only: what people need to recognise a row
)

// Column is one column. Key is its stable name in data files.
type Column struct {
	Key   string
	Title lang.Text
	Kind  Kind
	Where Where
	Width int  // most characters before text wraps; 0: it stays on one line
	Sum   bool // whether the totals row adds it up
}

// Table is one report. Rows may be walked any number of times; a row is valid
// until the next one is taken, and has one cell per column.
type Table struct {
	Name    string // of the data file, without ending
	Title   lang.Text
	Columns []Column
	Freeze  int    // columns that stay in view
	Head    string // stands above every printed page
	Rows    iter.Seq[[]Cell]
	Totals  []Cell // nil: no totals row
}

// Cell is one value. The zero value is empty.
type Cell struct {
	Kind  Kind
	Set   bool
	Text  string // as people read it
	Code  string // the stable word that data files have instead, if any
	Value money.Ratio
	Exact bool // of a measure: data files do not fill up its places, money or not
	Day   period.Day
}

// Words is a cell of text.
func Words(s string) Cell { return Cell{Kind: Text, Text: s, Set: s != ""} }

// Coded is a cell that data files write as code and people read as s.
func Coded(code, s string) Cell {
	if s == "" {
		s = code
	}
	return Cell{Kind: Text, Code: code, Text: s, Set: code != ""}
}

// Key is a cell with an id.
func Key(id string) Cell { return Cell{Kind: ID, Text: id, Set: id != ""} }

// Amount is a cell of money.
func Amount(d money.Decimal) Cell { return Cell{Kind: Money, Value: money.Of(d), Set: true} }

// AmountIf is a cell of money, empty for nil.
func AmountIf(d *money.Decimal) Cell {
	if d == nil {
		return Cell{}
	}
	return Amount(*d)
}

// Count is a cell of a whole number.
func Count(n int64) Cell { return Cell{Kind: Number, Value: money.Whole(n), Set: true} }

// CountIf is a cell of a whole number, empty for 0.
func CountIf(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return Count(int64(n))
}

// Figure is a cell of a measure in its unit.
func Figure(v money.Ratio, u statement.Unit) Cell {
	return Cell{Kind: kindOf(u), Value: v, Exact: true, Set: true}
}

// FigureIf is a cell of a measure in its unit, empty for nil.
func FigureIf(v *money.Ratio, u statement.Unit) Cell {
	if v == nil {
		return Cell{}
	}
	return Figure(*v, u)
}

// On is a cell of a day, empty for period.NoDay.
func On(d period.Day) Cell { return Cell{Kind: Date, Day: d, Set: d != period.NoDay} }

// In is a cell of a month, empty for no month.
func In(m period.Month) Cell {
	return Cell{Kind: Month, Text: m.String(), Set: m != 0}
}

func kindOf(u statement.Unit) Kind {
	switch u {
	case statement.Money:
		return Money
	case statement.Percent:
		return Percent
	case statement.Duration:
		return Duration
	}
	return Number
}

// total returns the totals row: the sum of every column that is to be added up,
// empty where no row has a figure, and the word for total in the first column
// that shows.
func (t Table) total(l lang.Lang) []Cell {
	sums := make([]Cell, len(t.Columns))
	for row := range t.Rows {
		for i, c := range row {
			if t.Columns[i].Sum && c.Set {
				sums[i] = Cell{Kind: c.Kind, Value: sums[i].Value.Add(c.Value), Set: true}
			}
		}
	}
	for i, c := range t.Columns {
		if c.Where != InFiles {
			sums[i] = Words(lang.T("合计", "Total").In(l))
			break
		}
	}
	return sums
}
