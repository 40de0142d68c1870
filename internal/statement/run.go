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
