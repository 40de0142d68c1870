package record

import (
	"telepay/internal/money"
	"telepay/internal/period"
)

// AttendanceDay is one person's day on the attendance sheet. Only scheduled days
// have a row, and rest days may. Minutes and clock times are −1 where the sheet says nothing.
type AttendanceDay struct {
	Agent      string
	Date       period.Day
	Status     string        // present, absent, rest, or a leave word (病假, 事假, …)
	In, Out    int           // second of the day of the first and last punch
	Late       money.Decimal // minutes; HasLate false where the sheet has no such figure
	HasLate    bool
	Early      money.Decimal
	HasEarly   bool
	MissingIn  bool
	MissingOut bool
	LeaveHours money.Decimal
	Overtime   money.Decimal // hours
	Approved   bool          // lateness excused, overtime ordered
	Shift      string        // name of the day's shift; empty where the sheet has none
	Hours      money.Decimal // hours worked; HasHours false where the sheet has no such figure
	HasHours   bool
	At         Source
}

// AttendanceMonth is one person's month as a system sums it up, without days.
// Counts are of times, minutes or days as their names say.
type AttendanceMonth struct {
	Agent        string
	Month        period.Month
	Scheduled    money.Decimal
	Worked       money.Decimal
	Absent       money.Decimal // days
	LateTimes    money.Decimal
	LateMinutes  money.Decimal
	EarlyTimes   money.Decimal
	EarlyMinutes money.Decimal
	Missing      money.Decimal            // punches
	Leave        map[string]money.Decimal // leave word → days
	Overtime     map[string]money.Decimal // workday, rest_day, holiday → approved hours
	At           Source
}

// Event is what somebody noted of a person: a quality score, a complaint, a
// warning, a loss. Author and Ground are always there.
type Event struct {
	Date     period.Day
	Agent    string
	Kind     string
	Score    money.Decimal
	HasScore bool
	Level    string
	Hours    money.Decimal // until a complaint was answered, of a training; HasHours false where not stated
	HasHours bool
	Amount   money.Decimal
	Deal     string
	Author   string
	Ground   string
	Fields   map[string]string         // columns of the company's own that a profile names, text
	Numbers  map[string]*money.Decimal // and numbers; nil: an empty cell
	At       Source
}

// Target is what a person, team, site, region or the company was to reach.
type Target struct {
	Month      period.Month
	Scope      string // agent, team, site, region, company
	ID         string
	KPI        string
	Value      money.Decimal // seconds for times, 0.08 for 8%
	ApprovedBy string
	ApprovedOn period.Day
	At         Source
}

// Decision is what a person of the company decided, signed and dated.
type Decision struct {
	Date   period.Day
	Author string
	What   string // ruling, accept, one_off, write_off, release, void, exclude, reassign
	Ref    string // file#row, deal, dispute or agent that it is about
	Agent  string
	Amount money.Decimal
	Shares []Share
	Reason string
	At     Source
}

// Opening is what months before the first one left (期初).
type Opening struct {
	Agent  string
	What   string // held, holdback, staged, draw, debt, carried_deduction, earned_on_credit, to_date, tax_…, known_customer
	Ref    string // deal, rule or KPI
	Month  period.Month
	Amount money.Decimal
	At     Source
}

// TaxDeductions is what the tax client says of a person for a month of payment.
type TaxDeductions struct {
	Agent      string
	Month      period.Month  // of payment
	Additional money.Decimal // special additional deductions of the year to date
	Other      money.Decimal // other lawful deductions of the month
	At         Source
}
