package statement

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Statement is one person's month.
type Statement struct {
	Company   lang.Text
	Plan      string // name of the plan
	Filed     string // its filing reference
	Month     period.Month
	PayMonth  period.Month
	PlanHash  string // first hex digits of the plan's digest
	RunHash   string // first hex digits of the run's digest
	Version   string
	Draft     bool
	Currency  string
	Language  lang.Lang
	Person    record.Person
	Station   record.Station // of the month's last day in employment
	Worked    money.Ratio    // days
	Scheduled money.Ratio
	Lines     []Line // in the order of the stages
	Unpaid    []Step // rules that paid nothing and why, one step each, the rule's title first
	Silent    []Silent
	KPIs      []KPIRow
	Scores    []Score
	Credits   []CreditRow
	Held      []HeldRow
	Guard     *GuardSummary
	Ranks     []Rank
	Next      []Step     // what is near: the next tier
	Objection period.Day // last day to object
	Notes     []Step     // provisional figures, carried balances of open months, assumptions
	Totals    Totals
}

// Totals are sums of the rounded lines that the reader sees (semantics 39).
type Totals struct {
	Gross      money.Decimal // earning lines
	Deductions money.Decimal // deduction lines as applied, ≤ 0
	CarriedIn  money.Decimal
	CarriedOut money.Decimal
	Payable    money.Decimal  // 应发
	Statutory  money.Decimal  // ≤ 0
	Net        *money.Decimal // 实发; nil where the plan has no statutory part
	HeldUpTo   money.Decimal  // claims in dispute, in no total
	CarryNext  money.Decimal  // what waits for next month, ≥ 0
}

// KPIRow is one KPI of the person: counted, target, attained, scored.
type KPIRow struct {
	KPI       string
	Title     lang.Text
	Define    lang.Text // short definition: 成交客户 ÷ 有效通话客户
	Unit      Unit
	HasBase   bool         // false: no base, printed —
	Value     money.Ratio  // value
	Num, Den  *money.Ratio // of a ratio, else nil
	NumUnit   Unit
	Target    *money.Ratio
	TargetHow lang.Text // 180 × 18 工作日
	Attained  *money.Ratio
	Last      *money.Ratio // last month's attainment, or value where no target
	Weight    *money.Ratio
	Score     *money.Ratio
	Points    *money.Ratio // weight × score
	How       lang.Text    // 满 5% 100 分, 满 3% 60 分
}

// Score is the outcome of one scorecard.
type Score struct {
	Name   string
	Title  lang.Text
	Total  money.Ratio
	Grade  string
	Factor *money.Ratio
	How    lang.Text // the table of grades and factors
}

// CreditRow is one payment, or deal, credited to the person.
type CreditRow struct {
	Date       period.Day
	Deal       string
	Payment    string
	Product    string
	Why        lang.Text     // part of a split, referral, refund …; empty for the plain case
	Amount     money.Decimal // of the whole payment
	Share      money.Ratio
	Credited   money.Decimal
	Commission *money.Decimal // of the deal, on its last row; nil on its other rows
	Source     record.Source
}

// HeldRow is one claim in dispute: in no sum above.
type HeldRow struct {
	Date    period.Day
	Deal    string
	Product string
	Why     lang.Text
	Amount  money.Decimal
	UpTo    money.Decimal // what it would add to pay if wholly won
	Steps   []Step
}

// GuardSummary is the limit that the law put on this month's deductions.
type GuardSummary struct {
	Wage    money.Decimal // the month's wage
	Percent money.Ratio
	Limit   money.Decimal
	Minimum money.Decimal // minimum wage of the site
	Article lang.Text
	Basis   lang.Text // by whose choice discipline deductions are applied
	Rows    []GuardRow
	Nominal money.Decimal
	Applied money.Decimal
	Carried money.Decimal
}

// GuardRow is one deduction under the limit, oldest first. Figures are ≥ 0.
type GuardRow struct {
	Title   lang.Text
	Class   Class
	Ground  lang.Text
	Nominal money.Decimal
	Article lang.Text     // by which it is limited
	Percent money.Ratio   // of the wage that its class may take
	Limit   money.Decimal // for its class and all that was taken before it
	Left    money.Decimal // of the limit, before this row
	Applied money.Decimal
	Carried money.Decimal
}

// Rank is the person's place on one board.
type Rank struct {
	Board    string
	Title    lang.Text // with the days of the week, on a board of weeks
	Week     string    // 2026-10-05/2026-10-11; empty: the month
	Place    int       // 0: not ranked
	Of       int
	Honour   string
	Previous int // place last month, 0: none
	Value    money.Ratio
	Unit     Unit
	Measure  lang.Text
	Behind   *money.Ratio // to the first
	Rule     lang.Text    // by what, then by what, minimum
	WhyNot   lang.Text    // why not ranked
	Team     bool
}

// Silent is a rule that paid nothing, with all the steps that say why; it is
// shown by explain, not on paper.
type Silent struct {
	Rule     string
	PlanPath string
	Title    lang.Text
	Steps    []Step
}
