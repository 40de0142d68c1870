// Package rule is the frame that all rules of a plan share: for whom, of what,
// how much, when, within which limits. A rule's YAML comes in, a Rule goes out;
// Subject is what a rule may look at when it is computed for one person. The
// kinds themselves live in commission and penalties.
package rule

import (
	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Kind is a kind of rule: its row of the catalogue and how it is computed.
type Kind struct {
	catalogue.Kind
	// Pay computes the rule for one person. It returns no line where the rule
	// pays nothing, and then says why in the outcome.
	Pay func(r *Rule, s *Subject) Outcome
	// Check looks at what the frame cannot: combinations of fields.
	Check func(rd *yamldoc.Reader, r *Rule)
	// Together computes the rule for a group of people at once, in their order,
	// instead of Pay: a pool is shared out among those who are there.
	Together func(r *Rule, group []*Subject) []Outcome
}

// Rule is one rule of the plan.
type Rule struct {
	Name    string
	Kind    *Kind
	Node    *yamldoc.Node
	Path    string // earnings.commission
	Title   lang.Text
	Clause  string
	Ground  string
	Filed   string
	Stage   statement.Stage
	For     *expr.Formula
	When    *expr.Formula
	Where   *expr.Formula
	Each    string // workday, deal, late, dispute or a kind of event
	Of      *expr.Formula
	ToDate  string // span of Of where it runs to date: what is due is earned to date less paid to date
	OfRules []string
	OfScope bool // whether Of is of a team, site, region or the company, and so the same for all of them
	Rate    *scale.Scale
	Amount  *scale.Scale
	PerUnit *scale.Scale
	Plus    *scale.Scale
	Times   *scale.Scale
	ByRow   bool // whether Times looks at fields of a row, and so multiplies each by itself
	AtLeast Limit
	AtMost  Limit
	Once    string // ever, year, quarter
	Per     string // of a pool: team, site, region, company
	Pay     Pay
	Round   money.Mode
	Class   statement.Class
	Against string
	Nature  string // what the money is for, where the minimum wage asks
	Recover *Recover
	Since   period.Month
	Until   period.Month

	PartMonth string
	Board     string
	Prizes    []money.Decimal
	Ties      string
	Parts     []Part
	Share     money.Ratio // of a pool
	Lasts     int         // of a release, in months; 0: for ever
	Leaver    string      // keep, forfeit, write_off, or empty
	LeaverPay *money.Ratio
}

// Limit is a least or most amount: of the month's line, and of each deal or day.
type Limit struct {
	Month *scale.Scale
	Deal  *scale.Scale
	Day   *scale.Scale
}

// Pay says when a component is paid: Months after the performance month, on Day.
type Pay struct {
	Months int
	Day    int // 0: not said
}

// Part is one share of a pool, or one stage of a release.
type Part struct {
	Node    *yamldoc.Node
	Share   money.Ratio
	For     *expr.Formula // of a pool: who is given it
	When    *expr.Formula // of a pool: who, by his month; of a release: when it is paid
	ProRata *expr.Formula // of a pool: in proportion to it; nil: alike
	Where   *expr.Formula // of a release: on the deal
	After   []string      // of a release: milestones of the deal, by kind of event
	Days    int           // of a release: so many days after the money
}

// Row is one thing that a rule looks at by itself: a credit, a deal, a day, a
// late arrival, a dispute, an event.
type Row struct {
	Amount money.Ratio
	Env    expr.Env // fields of the row; what is no field is the month's measure
	Date   period.Day
	Deal   string
	Ref    lang.Text // how the row is called on the statement
	Source record.Source
	Credit Credit // what it is money of; zero where the row is none
}

// Credit names the money that a deal brought one owner in a month.
type Credit struct {
	Owner string
	Deal  string
	Month period.Month
}

// IsZero tells whether it names none.
func (c Credit) IsZero() bool { return c == Credit{} }

// Subject is one person in one month, as rules see him.
type Subject struct {
	Month   period.Month
	Person  record.Person
	Station record.Station // of his last day in the month
	Value   expr.Env       // every measure by name
	Title   func(name string) lang.Text
	// Balance is what a rule has outstanding with the person from earlier months: a draw.
	Balance func(rule string) money.Decimal
	// Before is what a rule paid in the earlier months of a span to date; false
	// where a month of it is not known.
	Before   func(rule, span string) (money.Decimal, bool)
	Rows     func(measure string) ([]Row, bool) // rows behind a measure of money; false where there are none
	Each     func(kind string) []Row
	Days     attendance.Month
	Places   func(board string) []Place              // of the month one, of a board of weeks one for each
	Amounts  func(rule string) (money.Decimal, bool) // what a rule of an earlier stage paid
	Segments func() []Segment
}

// Segment is a part of the month with one station.
type Segment struct {
	Station  record.Station
	Days     period.Span
	Workdays int
}

// Env puts the columns of the segment's station before the month's measures.
func (s Segment) Env(month expr.Env) expr.Env {
	return func(name string) expr.Value {
		if text, ok := s.Station.Field(name); ok {
			return expr.TextOf(text)
		}
		return month(name)
	}
}

// Place is a person's place on a board, in the month or in one of its weeks.
type Place struct {
	Place int // 0: not ranked
	Tied  int // how many share the place, himself in
	Of    int
	Title lang.Text // of the board, with the days of the week
	// Unknown is a week of which some days lie before the first month: nobody is ranked.
	Unknown bool
}

// Outcome is what a rule gave one person: lines, or the reason for none.
// Problem stops the person: a table without his grade, an attainment without target.
type Outcome struct {
	Lines   []Earned
	Why     []statement.Step
	Problem *Trouble
}

// Earned is a line together with what of it belongs to which credit.
type Earned struct {
	Line   statement.Line
	Shares map[Credit]money.Ratio // its weight in the line
	Deals  map[string]money.Ratio // deal → its weight in a prize that was paid on deals
	AnyOf  []string               // deals of which one was enough for the prize
}

// Trouble is a person problem of a rule.
type Trouble struct {
	Code  string
	Node  *yamldoc.Node
	Found lang.Text
	Want  lang.Text
	Mend  lang.Text
}
