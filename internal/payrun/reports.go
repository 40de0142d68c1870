package payrun

import (
	"cmp"
	"slices"

	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
	"telepay/kpi"
)

// reports are what HR wants of the facts beside pay.
func (m *month) reports() statement.Reports {
	return statement.Reports{Exceptions: m.exceptions(), Weeks: m.weeks(), Calls: m.callSummary(), Callbacks: m.callbacks(), Counted: m.counted(), Promotion: m.promotion()}
}

// What the tables of figures show.
var (
	weekly = []string{"dials", "connects", "connect_rate", "talk", "effective_calls", "intent_customers", "deals", "signed", "collected", "new_customers"}
	called = []string{"dials", "connects", "connect_rate", "morning_connect_rate", "afternoon_connect_rate", "answered_calls", "talk", "average_talk", "longest_call", "effective_calls", "effective_talk", "inbound", "missed_inbound",
		"invalid_rate", "off_hours", "repeat_calls", "short_calls", "agent_hangup_rate", "note_rate", "next_contact_rate", "recording_rate", "idle_half_hours", "logged_days", "long_talk_days"}
	calledBack = []string{"deals", "called_back", "callback_coverage", "callbacks_due", "callbacks_kept", "callback_kept_rate", "next_day_rate"}
)

func (m *month) columns(names []string) (kpis []*kpi.KPI, columns []statement.FigureColumn) {
	for _, name := range names {
		if k := m.run.engine.Set.ByName[name]; k != nil {
			kpis = append(kpis, k)
			columns = append(columns, statement.FigureColumn{KPI: k.Name, Title: k.Title, Unit: k.Unit()})
		}
	}
	return kpis, columns
}

// weeks shows the weeks of the month, Monday to Sunday, cut at its ends.
func (m *month) weeks() statement.FigureTable {
	kpis, columns := m.columns(weekly)
	t := statement.FigureTable{KPIs: columns}
	for _, s := range m.units() {
		for from := m.span.From; from < m.span.To; {
			to := min(from+period.Day((7-from.Weekday())%7+1), m.span.To)
			days := period.Span{From: from, To: to}
			row := statement.FigureRow{Scope: s.Kind, ID: s.ID, From: from, To: to - 1}
			for _, k := range kpis {
				row.Values = append(row.Values, figure(m.run.engine.Part(k, s, days)))
			}
			t.Rows = append(t.Rows, row)
			from = to
		}
	}
	return t
}

// units are the teams, sites and regions of the month and the company.
func (m *month) units() []kpi.Scope {
	var out []kpi.Scope
	for _, kind := range []string{"team", "site", "region"} {
		for _, id := range m.run.engine.Units(kind, m.month) {
			out = append(out, kpi.Scope{Kind: kind, ID: id})
		}
	}
	return append(out, kpi.Scope{Kind: "company"})
}

func figure(v kpi.Value) *money.Ratio {
	x := v.Expr()
	return ratio(x.NoBase, x.Num)
}

func (m *month) callSummary() statement.FigureTable { return m.monthly(called, "calls") }

func (m *month) callbacks() statement.FigureTable { return m.monthly(calledBack, "deals") }

// monthly shows the month of everybody, then of teams, sites and the company;
// nothing where the export behind it is not there.
func (m *month) monthly(names []string, export string) statement.FigureTable {
	kpis, columns := m.columns(names)
	t := statement.FigureTable{KPIs: columns}
	if !m.facts.Present[export] {
		return t
	}
	add := func(s kpi.Scope, team string) {
		row := statement.FigureRow{Scope: s.Kind, ID: s.ID, Team: team, From: m.span.From, To: m.span.Last()}
		for _, k := range kpis {
			row.Values = append(row.Values, figure(m.run.engine.Value(k, s, []period.Month{m.month})))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, w := range m.everybody() {
		add(kpi.Scope{Kind: "agent", ID: w.Agent}, w.Team)
	}
	for _, s := range m.units() {
		add(s, "")
	}
	return t
}

// everybody lists who works in the month, by team and id: those with a sheet, and
// those of a partner, who are counted and not paid.
func (m *month) everybody() []statement.Stopped {
	var out []statement.Stopped
	for _, s := range m.sheets {
		out = append(out, statement.Stopped{Agent: s.person.ID, Name: s.person.Name, Team: s.station.Team})
	}
	out = append(out, m.counted()...)
	slices.SortStableFunc(out, func(a, b statement.Stopped) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Agent, b.Agent))
	})
	return out
}

// counted are the people of a partner.
func (m *month) counted() []statement.Stopped {
	var out []statement.Stopped
	for i := range m.run.in.People {
		p := &m.run.in.People[i]
		if m.byAgent[p.ID] == nil && p.Employed(m.span).Days() > 0 {
			out = append(out, statement.Stopped{Agent: p.ID, Name: p.Name, Team: m.run.engine.Station(p, m.month).Team})
		}
	}
	return out
}

// looked is how many months back a promotion looks.
const looked = 6

// promotion counts the months at target of everybody's money targets.
func (m *month) promotion() []statement.Attainment {
	var out []statement.Attainment
	e := m.run.engine
	for _, s := range m.sheets {
		own := kpi.Scope{Kind: "agent", ID: s.person.ID}
		for _, name := range e.Set.Names {
			k := e.Set.ByName[name]
			if k.Unit() != statement.Money || !e.Target(name, own, []period.Month{m.month}).Has {
				continue
			}
			a := statement.Attainment{Agent: s.person.ID, Team: s.station.Team, Grade: s.station.Grade, KPI: name, Title: k.Title}
			running := true
			for at := m.month; at > m.month-looked; at-- {
				if e.Months[at] == nil {
					break
				}
				v := e.Attainment(name, own, []period.Month{at})
				if v.NoBase {
					running = false
					continue
				}
				a.Known++
				if v.Num.Cmp(money.One) < 0 {
					running = false
					continue
				}
				a.Met++
				if running {
					a.InRow++
				}
			}
			if a.Known > 0 {
				out = append(out, a)
			}
		}
	}
	return out
}
