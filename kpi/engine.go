package kpi

import (
	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Data is one month's facts in the form that KPIs count.
type Data struct {
	Month      period.Month
	Span       period.Span
	Table      *query.Table // nil where the month has no calls export
	Credits    []crediting.Credit
	Nettings   []Netting // refunds of this month of credits of earlier ones
	Sales      []crediting.Sale
	Events     []record.Event
	Lists      Lists
	Targets    []record.Target
	Attendance map[string]attendance.Month
	Out        map[string]bool // people without a statement: not ranked

	credits  map[string][]int
	nettings map[string][]int
	held     []int
	sales    map[string][]int
	rows     map[string]map[string][]row // of the other sources, by agent
	since    map[string]map[string]period.Day
	over     map[Scope]*group
	values   map[Scope]map[*KPI]Value
	daily    map[daysKey][]dayValue
	passed   map[*KPI]map[string][]int
	targets  map[targetKey]record.Target
	scores   map[string]Score
	boards   map[string][]Place
}

// Netting is a refund of a credit of an earlier month, as a negative credit. It
// enters no figure of its own month, only those to date whose span holds the
// month of the credit as well (semantics 26).
type Netting struct {
	crediting.Credit
	Origin period.Month
}

// Index prepares Data for look-ups; call it once the rows are set.
func (d *Data) Index() *Data {
	d.held = nil
	d.credits, d.sales, d.nettings = map[string][]int{}, map[string][]int{}, map[string][]int{}
	for i, n := range d.Nettings {
		d.nettings[n.Agent] = append(d.nettings[n.Agent], i)
	}
	d.daily, d.passed = map[daysKey][]dayValue{}, map[*KPI]map[string][]int{}
	d.over, d.values, d.scores, d.boards = map[Scope]*group{}, map[Scope]map[*KPI]Value{}, map[string]Score{}, map[string][]Place{}
	for i, c := range d.Credits {
		d.credits[c.Agent] = append(d.credits[c.Agent], i)
		if c.Held {
			d.held = append(d.held, i)
		}
	}
	for i, s := range d.Sales {
		d.sales[s.Agent] = append(d.sales[s.Agent], i)
	}
	d.targets = map[targetKey]record.Target{}
	for _, t := range d.Targets {
		if t.Month == d.Month {
			d.targets[targetKey{t.KPI, Scope{t.Scope, t.ID}}] = t
		}
	}
	d.small()
	return d
}

// CreditsOf returns the places of a person's credits, held ones too.
func (d *Data) CreditsOf(agent string) []int { return d.credits[agent] }

// HeldCredits returns the places of the credits that are in dispute.
func (d *Data) HeldCredits() []int { return d.held }

// Scope is whose figures are meant.
type Scope struct {
	Kind string // agent, team, members, level2, site, region, company
	ID   string
}

// Scopes are the prefixes of measures, beside a person's own.
var Scopes = []string{"team", "members", "level2", "site", "region", "company"}

// Engine answers for measures of one plan over the months that are known.
type Engine struct {
	Set    *Set
	Plan   Plan
	Months map[period.Month]*Data
	People []record.Person
	Cut    period.Cut
	// Earned is what a rule paid a person in a month; false where it is not computed yet.
	Earned func(m period.Month, agent, rule string) (money.Decimal, bool)
	// Base is a person's contract base in a month, whole.
	Base func(m period.Month, p *record.Person) (money.Ratio, bool)
	// Wage is the month's wage so far, for month_wage.
	Wage func(m period.Month, agent string) money.Ratio
	// Opening is what opening.csv says a KPI of a person came to from one month to
	// before another (to_date); false where it does not say.
	Opening func(agent, kpi string, from, before period.Month) (money.Ratio, bool)
	// Given stands before what the months hold; nil outside worked examples.
	Given *Given

	byID map[string]*record.Person
}

// Start prepares the engine's look-ups.
func (e *Engine) Start() *Engine {
	e.byID = map[string]*record.Person{}
	for i := range e.People {
		e.byID[e.People[i].ID] = &e.People[i]
	}
	return e
}

// Person returns the roster's entry of an id.
func (e *Engine) Person(id string) *record.Person { return e.byID[id] }

// over returns who belongs to a scope on which days of a month: teams by the
// team of the day, members by the leader of the day.
func (e *Engine) over(s Scope, m period.Month) *group {
	d := e.Months[m]
	if d == nil {
		return &group{}
	}
	if o, ok := d.over[s]; ok {
		return o
	}
	if s.Kind == "agent" {
		return newGroup([]query.Stretch{{Agent: s.ID, Days: d.Span}})
	}
	var out []query.Stretch
	for i := range e.People {
		p := &e.People[i]
		for j, st := range p.Spans {
			// money that comes after somebody left still belongs to his last team
			days := stationDays(p, j).And(d.Span)
			if days.Days() > 0 && e.belongs(p, st, s, days) {
				out = append(out, query.Stretch{Agent: p.ID, Days: days})
			}
		}
	}
	d.over[s] = newGroup(out)
	d.over[s].all = s.Kind == "company"
	return d.over[s]
}

// group is who belongs to a scope on which days.
type group struct {
	list   []query.Stretch
	agents []string // each once
	all    bool     // the company: what is nobody's belongs to it
	days   map[string][]period.Span
}

func newGroup(list []query.Stretch) *group {
	g := &group{list: list}
	if len(list) == 1 {
		g.agents = []string{list[0].Agent}
		return g
	}
	g.days = make(map[string][]period.Span, len(list))
	for _, s := range list {
		if g.days[s.Agent] == nil {
			g.agents = append(g.agents, s.Agent)
		}
		g.days[s.Agent] = append(g.days[s.Agent], s.Days)
	}
	return g
}

// has tells whether an agent belongs to the group on a day.
func (g *group) has(agent string, day period.Day) bool {
	if len(g.list) == 1 {
		return g.list[0].Agent == agent && g.list[0].Days.Has(day)
	}
	for _, s := range g.days[agent] {
		if s.Has(day) {
			return true
		}
	}
	return false
}

// stationDays returns the days on which the j-th station of p holds.
func stationDays(p *record.Person, j int) period.Span {
	days := period.Span{From: p.Spans[j].Since, To: period.Day(1 << 30)}
	if j == 0 {
		days.From = period.NoDay
	}
	if j+1 < len(p.Spans) {
		days.To = p.Spans[j+1].Since
	}
	return days
}

func (e *Engine) belongs(p *record.Person, st record.Station, s Scope, days period.Span) bool {
	switch s.Kind {
	case "team":
		return st.Team == s.ID
	case "site":
		return st.Site == s.ID
	case "region":
		return st.Region == s.ID
	case "company":
		return true
	case "members":
		return st.Leader == s.ID && p.ID != s.ID
	case "level2":
		leader := e.byID[st.Leader]
		return leader != nil && leader.On(days.Last()).Leader == s.ID && p.ID != s.ID && leader.ID != p.ID
	}
	return false
}

// scopeOf turns a prefix into the scope of a person, by his last day of the month.
func (e *Engine) scopeOf(prefix string, p *record.Person, m period.Month) Scope {
	st := e.Station(p, m)
	switch prefix {
	case "team":
		return Scope{"team", st.Team}
	case "site":
		return Scope{"site", st.Site}
	case "region":
		return Scope{"region", st.Region}
	case "company":
		return Scope{Kind: "company"}
	case "members", "level2":
		return Scope{prefix, p.ID}
	}
	return Scope{"agent", p.ID}
}

// Station returns what holds for a person on his last day of a month.
func (e *Engine) Station(p *record.Person, m period.Month) record.Station {
	span := p.Employed(e.Cut.Span(m))
	if span.Days() == 0 {
		return p.On(e.Cut.Span(m).Last())
	}
	return p.On(span.Last())
}

// Headcount returns how many people a scope has on the month's last day, or had until they left in it.
func (e *Engine) Headcount(s Scope, m period.Month) int {
	seen := map[string]bool{}
	for _, st := range e.over(s, m).list {
		p := e.byID[st.Agent]
		if st.Days.Has(p.Employed(e.Cut.Span(m)).Last()) {
			seen[st.Agent] = true
		}
	}
	return len(seen)
}
