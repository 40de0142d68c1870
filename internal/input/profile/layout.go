package profile

import (
	"regexp"
	"time"

	"telepay/internal/expr"
	"telepay/internal/lang"
)

// Layout is how a file is cut into rows and how its cells become telepay's own
// columns, where that takes more than other names for columns. Package convert
// does what it says, stage by stage in the order of these fields.
type Layout struct {
	Otherwise string   // encoding of what is no UTF-8; empty: gb18030
	Lenient   bool     // text after a closing quote belongs to the cell
	Strip     []string // what cells begin with and does not count: a backtick, an apostrophe, =" with its closing quote

	Sheet  string // of a workbook; empty: the first one that has the header
	Header Head
	Until  *regexp.Regexp // the table ends before the row whose first filled cell matches
	Pad    bool           // short rows end in empty cells, and empty cells too many are cut
	Empty  []string       // cells that say nothing: -, /, NULL

	Period *regexp.Regexp // first and last day of the period, in the lines before the header
	Days   *Days

	Decimal byte           // what stands before the fraction of numbers
	Zone    *time.Location // of instants that state none; nil: the project's

	Also    []Column // columns of the file that only formulas and conditions use, and computed ones
	Columns []Column // the kind's fields, in its order

	Drop      []Drop
	NotPeople []string // what the agent's column says where nobody is meant, folded
	Collapse  *Collapse
	Totals    []Total
}

// Head says which line names the columns.
type Head struct {
	Names []string // no line does: the columns are called so, in their order
	Least int      // of Names, how many columns a row has at least
	Find  []string // the first line that has all of these; empty: the first one with enough columns
	Rows  int      // 2: a second line names the parts of merged cells
	Join  string   // between the two
}

// Days are the columns of which each is one day: a row becomes a row per day.
type Days struct {
	Headers *regexp.Regexp // of the columns, in the order of the days
	Date    string         // name of the day, as a column of its own
	Cell    string         // name of the day's cell
}

// Column says where a field's text comes from and how it is read. One of Of,
// Join, Is and Formula is set.
type Column struct {
	Name    string
	Value   Value
	Of      []string // headers; the first one that the file has counts
	Join    []string // headers of several columns
	With    string   // what stands between them; a blank if nothing is said
	Is      string   // the same for every row
	Formula *expr.Formula

	Pattern *regexp.Regexp // its first group is the value; a cell that does not match is empty
	Empty   []string       // besides those of the layout
	Else    string         // what an empty cell stands for
	HasElse bool           // the file may lack the column: it is as if every cell were empty
	Dates   []Moment       // tried in this order and no other; empty: those of the profile
	Zone    *time.Location
	ZoneOf  string // header of the column that names the zone
	Zones   map[string]*time.Location
	Unit    string // of a length of time: s, ms, min, h, day, mm:ss; empty: as the field's, or H:MM:SS
	ByName  bool   // the agent is known by name,
	Team    string // inside this column's team
}

// Drop is rows that do not count, and the reason under which they are listed.
type Drop struct {
	Reason string
	When   *expr.Formula
}

// Collapse makes one row of those that agree in Key.
type Collapse struct {
	Key  []string
	Take Pick            // the row that stays
	With map[string]Pick // fields taken from other rows of the group
}

// Pick chooses a row: the first or last one, or that with the highest or lowest value of a column.
type Pick struct {
	How string // first, last, highest, lowest
	Of  string
}

// Total is a sum that the file itself states, in the lines before or after its
// table. It is compared and told, and decides nothing.
type Total struct {
	Field string
	When  *expr.Formula // of the rows that are summed; nil: all that count
	Find  *regexp.Regexp
}

// TypeOf is what a value is in a formula: money, a number, a time in seconds (of
// instants since 1970, of a time of day since midnight), yes or no, else text.
func TypeOf(v Value) expr.Type {
	switch v {
	case Money:
		return expr.Type{Kind: expr.Number, Unit: expr.Money}
	case Number:
		return expr.Type{Kind: expr.Number, Unit: expr.Plain}
	case Seconds, Minutes, Hours, Day, Instant, Clock:
		return expr.Type{Kind: expr.Number, Unit: expr.Time}
	case YesNo:
		return expr.Type{Kind: expr.YesNo}
	}
	return expr.Type{Kind: expr.Word}
}

// asWords are the values that columns beside the kind's fields may have.
var asWords = map[string]Value{"text": Text, "money": Money, "number": Number, "time": Seconds, "instant": Instant, "day": Day, "clock": Clock, "yes": YesNo}

// Called is the title, or the profile's name where it has none.
func (p *Profile) Called() lang.Text {
	if p.Title.IsEmpty() {
		return lang.Same(p.Name)
	}
	return p.Title
}

// Column returns a column of the layout by its name.
func (l *Layout) Column(name string) (*Column, bool) {
	for _, list := range [][]Column{l.Also, l.Columns} {
		for i := range list {
			if list[i].Name == name {
				return &list[i], true
			}
		}
	}
	return nil, false
}

// Spelled is the profile with a layout that says in full what was found in a header.
func (p *Profile) Spelled(k Kind, m Mapping, header []string) *Profile {
	full := *p
	full.Layout = &Layout{Decimal: '.'}
	for _, f := range k.Fields {
		if col, ok := m.Columns[f.Name]; ok {
			full.Layout.Columns = append(full.Layout.Columns, Column{Name: f.Name, Value: f.Value, Of: []string{header[col]}})
			full.Layout.Header.Find = append(full.Layout.Header.Find, header[col])
		}
	}
	return &full
}
