package statement

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Reports are what a run tells of a month's facts beside pay; nothing in them
// moves an amount.
type Reports struct {
	Exceptions []Exception  // by agent, then kind, then day
	Weeks      FigureTable  // the weeks of the month, for teams, sites and the company
	Calls      FigureTable  // each person's and team's calls
	Callbacks  FigureTable  // who was called back
	Promotion  []Attainment // months at target
	Counted    []Stopped    // people of a partner: counted and ranked, not paid
}

// Exception is something that somebody has to look at. It names no customer.
type Exception struct {
	Agent  string
	Kind   string // a KPI, or a check: missing_punch, blank_field, overdue, …
	Title  lang.Text
	Date   period.Day     // the day, or the first of several
	Count  int64          // how often
	Ref    string         // deal
	Amount *money.Decimal // of money
	Age    int            // days since it was due; 0 where nothing was
	Detail lang.Text      // which days, which fields, which figures
	At     record.Source
}

// FigureTable is some KPIs of some scopes and spans of days.
type FigureTable struct {
	KPIs []FigureColumn
	Rows []FigureRow
}

// FigureColumn is one KPI.
type FigureColumn struct {
	KPI   string
	Title lang.Text
	Unit  Unit
}

// FigureRow is the figures of a scope over From to To, both in; nil: no base.
type FigureRow struct {
	Scope    string
	ID       string
	Team     string // of an agent
	From, To period.Day
	Values   []*money.Ratio
}

// Attainment says in how many months a person reached a target: what a promotion
// is considered by, and never decided.
type Attainment struct {
	Agent string
	Team  string
	Grade string
	KPI   string
	Title lang.Text
	Known int // months with a target and a figure, of the last six
	Met   int
	InRow int // months up to now without a miss
}
