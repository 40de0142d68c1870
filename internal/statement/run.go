package statement

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Run is everything that one run of a month yields, for every output.
type Run struct {
	Company    lang.Text
	Month      period.Month
	Currency   string
	Plan       string
	Filed      string
	PlanHash   string // full hex digest of the plan file
	Version    string
	Draft      bool
	Statements []Statement // by team, then agent id
	Stopped    []Stopped   // people without a statement, and why
	Rules      []Column    // one per rule that the plan has, in the plan's order
	KPIs       []KPIValue
	Rankings   []Ranking
	Rows       []record.Bucket
	Problems   []diag.Problem
	Settings   []Setting // what the plan left to defaults, for the Summary
	Law        []Setting // rows of statutory data that were relied on: what, source, confidence
	Suggested  []Suggestion
	Odd        []Odd
	PayDays    []PayDay
	Overtime   []Overtime
	Reports    Reports
}

// Column is a component of the register.
type Column struct {
	Rule  string
	Title lang.Text
	Kind  Kind
}

// Stopped is a person who got no statement.
type Stopped struct {
	Agent string
	Name  string
	Team  string
	Code  string
}

// KPIValue is one KPI of one scope.
type KPIValue struct {
	Scope      string // agent, team, site, region, company
	ID         string
	Team       string // of an agent
	KPI        string
	Title      lang.Text
	Num        money.Ratio
	Den        *money.Ratio // of a ratio
	HasBase    bool
	Value      money.Ratio
	Unit       Unit
	Target     *money.Ratio
	Attainment *money.Ratio
}

// Ranking is one board with everybody on it.
type Ranking struct {
	Board   string
	Title   lang.Text
	Of      string // agents, teams, sites
	Group   string // the team, site or region it is ranked within; empty: the company
	Week    string // of a board of weeks: 2026-10-05/2026-10-11; empty: the month
	Measure lang.Text
	Unit    Unit
	Rule    lang.Text
	Entries []RankEntry
}

// RankEntry is one place on a board. Place 0: not ranked, WhyNot says why.
type RankEntry struct {
	Place    int
	ID       string
	Name     string
	Value    *money.Ratio // nil: no base
	Previous int
	Honour   string
	WhyNot   lang.Text
	Part     bool // employed for part of the month only
}

// Setting is a choice that stands behind the figures, with where it comes from.
type Setting struct {
	Name  lang.Text
	Value lang.Text
	From  string // plan path, or default
}

// Suggestion is what the discipline ladder says of a person; people decide.
type Suggestion struct {
	Agent    string
	Name     string
	Team     string
	Counts   lang.Text // which events still count, and how many this year
	Next     lang.Text // the rung that is suggested; empty: none yet
	Evidence []record.Source
}

// Odd is a pay that somebody should look at before it is paid.
type Odd struct {
	Agent  string
	Name   string
	Team   string
	Code   string // moved, zero, capped, account
	Why    lang.Text
	Now    money.Decimal
	Before *money.Decimal // payable of last month, where there was one
}

// PayDay is a day on which components are paid.
type PayDay struct {
	Month  period.Month
	Day    period.Day // NoDay where the plan does not say
	Holds  lang.Text  // what is paid on it
	Kind   lang.Text  // workday, day off, legal holiday
	PaidBy period.Day // the last workday up to it
}

// Overtime is a piece of overtime; what nobody approved is not paid, and may be
// owed all the same.
type Overtime struct {
	Agent    string
	Name     string
	Team     string
	Date     period.Day
	Kind     string // workday, rest_day, holiday
	Hours    money.Ratio
	Approved bool
	Worth    money.Ratio // at the rates of the law, on the contract's hour rate
	Source   record.Source
}
