package record

import (
	"telepay/internal/money"
	"telepay/internal/period"
)

// Person is one entry of the roster. Spans are sorted, do not overlap, and
// cover hire to leave; a change of team, role, grade, status or base starts a new one.
type Person struct {
	ID    string
	Name  string
	Hire  period.Day
	Leave period.Day // last day of employment; NoDay while employed
	Tax   string     // wage, labour, platform, student, none; empty where the roster does not say
	// FirstJob: no wage earlier in the tax year, by the employee's own statement.
	// SixtyThousand: here in every month of last year, with at most 60,000, by HR.
	FirstJob, SixtyThousand bool
	Language                string // of his statement: zh-CN, en; empty = the project's
	Account                 string // bank account, as text
	Spans                   []Station
	At                      Source
}

// Station is what holds for a person from Since to before Until.
type Station struct {
	Since, Until period.Day // Until is out; NoDay where open
	Team         string
	Site         string
	Region       string
	Leader       string // id of the leader
	Role         string
	Grade        string
	Status       string // 试用, 正式
	Employment   string // full_time, part_time, partner
	Base         money.Decimal
	HasBase      bool // whether the roster states a base
	Insured      Insured
	Fields       map[string]string // the company's own columns, by their header
	At           Source
}

// Insured is what the roster says of a person's insurance, fund and tax. Nil
// where the column is empty.
type Insured struct {
	Insurance     string         // none; empty: insured
	InsuranceBase *money.Decimal // declared
	AverageWage   *money.Decimal // of last year, a month
	Fund          string         // none, first (joined this month, never had one); empty: a member
	FundBase      *money.Decimal
	FundRate      *money.Decimal // the person's own share, 0.07 for 7%
	Local         bool           // local registered resident
	Additional    *money.Decimal // special additional deductions a month
}

// Employed returns the days of m on which p was employed.
func (p Person) Employed(m period.Span) period.Span {
	e := m
	e.From = max(e.From, p.Hire)
	if p.Leave != period.NoDay {
		e.To = min(e.To, p.Leave+1)
	}
	if e.To < e.From {
		e.To = e.From
	}
	return e
}

// On returns the station that holds on d: the last one that started by then,
// or the first one for a day before all.
func (p Person) On(d period.Day) Station {
	st := p.Spans[0]
	for _, s := range p.Spans[1:] {
		if s.Since <= d {
			st = s
		}
	}
	return st
}

// Field returns a person's column by the name that plans use, as text.
func (s Station) Field(name string) (string, bool) {
	switch name {
	case "team":
		return s.Team, true
	case "site":
		return s.Site, true
	case "region":
		return s.Region, true
	case "leader":
		return s.Leader, true
	case "role":
		return s.Role, true
	case "grade":
		return s.Grade, true
	case "status":
		return s.Status, true
	case "employment":
		return s.Employment, true
	}
	v, ok := s.Fields[name]
	return v, ok
}
