// Package sheet makes every report of a run a table of typed cells, exact to the
// last place. Formats (csv, xlsx) only render it; nothing is computed here but
// the sums of a totals row.
package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/money"
)

// Kind says how the cells of a column are written.
type Kind uint8

const (
	Text Kind = iota
	Money
	Number  // exact, at most 10 places
	Percent // 0.05 is 5%
	Count
)

// Column is a column of a table. Key is its stable name in CSV files.
type Column struct {
	Key   string
	Title lang.Text
	Kind  Kind
}

// Cell is one value: text, or a number, or nothing.
type Cell struct {
	Text   string
	Number money.Decimal
	Set    bool // whether Number is meant
}

// Table is one report.
type Table struct {
	Name    string // of the CSV file
	Title   lang.Text
	Columns []Column
	Rows    [][]Cell
	Totals  []Cell // for the eye; CSV files have none
}

// T, N, D make cells: a text, a ratio at 10 places, money.
func T(s string) Cell        { return Cell{Text: s} }
func D(d money.Decimal) Cell { return Cell{Number: d, Set: true} }
func N(r money.Ratio) Cell   { return Cell{Number: r.Round(10, money.HalfUp), Set: true} }

// Optional is N, or nothing where there is no number.
func Optional(r *money.Ratio) Cell {
	if r == nil {
		return Cell{}
	}
	return N(*r)
}

func whole(n int) Cell { return D(money.Int(int64(n))) }

func text(key, zh, en string) Column   { return Column{key, lang.T(zh, en), Text} }
func cash(key, zh, en string) Column   { return Column{key, lang.T(zh, en), Money} }
func number(key, zh, en string) Column { return Column{key, lang.T(zh, en), Number} }
func count(key, zh, en string) Column  { return Column{key, lang.T(zh, en), Count} }
