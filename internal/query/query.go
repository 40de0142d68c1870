// Package query says what to count over calls, as data, and holds the table
// that comes back. It reads nothing: package input runs queries over files, and
// an engine that holds the calls could run the same ones.
package query

import (
	"slices"

	"telepay/internal/money"
)

// Op is the operation of a filter node.
type Op uint8

const (
	And     Op = iota // all of Kids
	Or                // any of Kids
	Not               // not the one of Kids
	Equal             // Field = one of Texts, as normalised text
	Has               // Field is not empty
	Less              // Field < Number
	AtMost            // Field <= Number
	More              // Field > Number
	AtLeast           // Field >= Number
	Is                // the yes/no field Field is yes
)

// Filter picks rows. Every atom is two-valued: a row whose field is missing
// never passes an atom on it, and Not of an atom that fails passes.
type Filter struct {
	Op     Op
	Field  string
	Texts  []string
	Number int64 // of a column of the company's own: in its unit
	Kids   []*Filter
}

// Fields of a call row that filters and measures may name. Text: call_id, agent,
// phone, line, lead, customer, direction, result, intent, hangup, next_contact, note,
// recording. Numbers: talk, ring (whole seconds), clock (second of the day the call
// started), weekday (1 Monday to 7 Sunday). Yes/no: connected.
//
// connected is yes where the connects export has the call id; without such an
// export, where result is answered, or, without a result column, where talk > 0.
// talk, ring, intent and next_contact are the connect's where it states them.
var (
	TextFields   = []string{"call_id", "agent", "phone", "line", "lead", "customer", "direction", "result", "intent", "hangup", "next_contact", "note", "recording"}
	NumberFields = []string{"talk", "ring", "clock", "weekday"}
	FlagFields   = []string{"connected"}
)

// Column is a column of the company's own that calls carry. Its numbers are whole
// numbers of 10^-Places, of either sign and at most MostOwn from 0: 12.50 with two
// places is 1250. What more than Places digits after the point would be needed for
// is no value of the column.
type Column struct {
	Name   string
	Text   bool // else it holds numbers
	Places int  // 0 to 6
}

// MostOwn is the largest value of an own number, in whole numbers of 10^-Places;
// OwnDigits is how many digits it may have before the point.
const (
	MostOwn   = 999_999_999_999_999
	OwnDigits = 9
)

// PlainPlaces is how many places an own number has that is no money; money has those
// of its currency.
const PlainPlaces = 6

// Counter is a number as the column's counters have it; false where the column
// cannot hold it exactly.
func (c Column) Counter(v money.Ratio) (int64, bool) {
	units := v.Div(money.Of(money.New(1, uint8(c.Places))))
	n, whole := units.Round(0, money.HalfUp).Int64()
	return n, whole && money.Whole(n).Cmp(units) == 0 && max(n, -n) <= MostOwn
}

// Value is the number that a counter stands for.
func (c Column) Value(counter int64) money.Ratio {
	return money.Of(money.New(counter, uint8(c.Places)))
}

// Lift stands above the values of a Max over own numbers in the counters of a
// table: negative ones count, too, and 0 means that no row passed.
const Lift = MostOwn + 1

// Kind is how a measure gathers rows.
type Kind uint8

const (
	Count Kind = iota // rows
	Sum               // of a number field; missing numbers add nothing
	Max               // of a number field
	Slots             // of clock: bit n is set where a row started in half hour n of the day
)

// Slot is the length of a slot in seconds.
const Slot = 1800

// Measure is one number per agent and day.
type Measure struct {
	Name  string // unique in its set
	Kind  Kind
	Field string  // for Sum, Max and Slots
	Where *Filter // nil: every row
}

// Distinct counts different values of a text field, exactly, never empty ones.
type Distinct struct {
	Name  string
	Field string
	Where *Filter
}

// Moments lists when each of Keys occurs in a text field among the rows that
// pass: the question behind "called again within seven days".
type Moments struct {
	Name  string
	Field string
	Where *Filter
	Keys  []string
}

// Repeats counts, per agent and day, the rows beyond the first Allowed ones that
// name one value of Field on one day: calls too many to one number.
type Repeats struct {
	Name    string
	Field   string
	Where   *Filter
	Allowed int64
}

// Near counts, per agent and day, the rows whose value of Field stands in a row
// of anybody that passes Other, From to To days after their own day: 1 to 1 is the
// next day, −31 to −1 any earlier day of the month. 0 is not among them.
type Near struct {
	Name     string
	Field    string
	Where    *Filter
	Other    *Filter
	From, To int
}

// Set is all that one pass over the calls has to answer.
type Set struct {
	Own       []Column // the company's own columns that the others may name
	Measures  []Measure
	Distincts []Distinct
	Moments   []Moments
	Repeats   []Repeats
	Near      []Near
}

// LiftOf returns what stands above the values of a measure in a table's counters.
func (s Set) LiftOf(m Measure) int64 {
	if m.Kind == Max && s.OwnNumber(m.Field) {
		return Lift
	}
	return 0
}

// OwnNumber tells whether a field is a number of the company's own.
func (s Set) OwnNumber(field string) bool {
	return slices.ContainsFunc(s.Own, func(c Column) bool { return c.Name == field && !c.Text })
}
