package kpi

import (
	"slices"

	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Lists are a month's small exports beside deals and money.
type Lists struct {
	Numbers     []record.Number
	Leads       []record.Lead
	FollowUps   []record.FollowUp
	Reports     []record.Report
	Receivables []crediting.Receivable
	Present     map[string]bool     // kinds of export that were there; what is missing is not 0
	Shift       attendance.Settings // the hours in which a pause is idle
}

// row is one small fact as KPIs count it: whose, when, about whom, and its fields.
type row struct {
	date  period.Day
	key   string
	field func(e *Engine, name string) expr.Value
}

// needs says which export a source comes from, where its absence is no 0.
var needs = map[string]string{"leads": "leads", "followups": "followups", "reports": "reports", "receivables": "deals.due"}

// small puts events and lists into rows by source and agent.
func (d *Data) small() {
	d.rows = map[string]map[string][]row{}
	for _, ev := range d.Events {
		d.add("events", ev.Agent, row{ev.Date, ev.Kind, func(e *Engine, name string) expr.Value { return e.eventField(ev, name) }})
	}
	for _, l := range d.Lists.Leads {
		d.add("leads", l.Agent, row{d.Span.From, l.Phone, func(_ *Engine, name string) expr.Value { return leadField(l, name) }})
	}
	for _, f := range d.Lists.FollowUps {
		d.add("followups", f.Agent, row{f.Due, f.Customer, func(_ *Engine, name string) expr.Value { return followUpField(f, name) }})
	}
	for _, p := range d.Lists.Reports {
		d.add("reports", p.Agent, row{p.Date, p.Kind, func(e *Engine, name string) expr.Value { return e.reportField(p, d.Month, name) }})
	}
	for _, r := range d.Lists.Receivables {
		d.add("receivables", r.Agent, row{d.Span.Last(), r.Deal, func(_ *Engine, name string) expr.Value { return receivableField(r, name) }})
	}
	d.since = map[string]map[string]period.Day{}
	for _, n := range d.Lists.Numbers {
		if d.since[n.List] == nil {
			d.since[n.List] = map[string]period.Day{}
		}
		d.since[n.List][n.Number] = n.Since
	}
}

func (d *Data) add(source, agent string, r row) {
	if !d.Span.Has(r.date) {
		return
	}
	if d.rows[source] == nil {
		d.rows[source] = map[string][]row{}
	}
	d.rows[source][agent] = append(d.rows[source][agent], r)
}

// there tells whether the export behind a source was there.
func (d *Data) there(source string) bool {
	kind, ok := needs[source]
	return !ok || d.Lists.Present == nil || d.Lists.Present[kind]
}

func (e *Engine) eventField(ev record.Event, name string) expr.Value {
	switch {
	case name == "kind":
		return expr.TextOf(ev.Kind)
	case name == "level":
		return expr.TextOf(ev.Level)
	case name == "score" && ev.HasScore:
		return expr.NumberOf(money.Of(ev.Score))
	case name == "hours" && ev.HasHours:
		return expr.NumberOf(money.Of(ev.Hours).Mul(money.Whole(3600)))
	case name == "amount":
		return expr.NumberOf(money.Of(ev.Amount))
	}
	if column, ok := findIn(e.Set.Own.Columns["events"], name); ok {
		return e.Set.Own.Event(ev, column)
	}
	return expr.None
}

func leadField(l record.Lead, name string) expr.Value {
	return expr.TextOf(map[string]string{"phone": l.Phone, "lead": l.Lead, "source": l.Source, "batch": l.Batch, "grade": l.Grade}[name])
}

func followUpField(f record.FollowUp, name string) expr.Value {
	switch name {
	case "kind":
		return expr.TextOf(f.Kind)
	case "kept":
		return expr.Truth(f.Kept)
	}
	return expr.TextOf(f.Customer)
}

func receivableField(r crediting.Receivable, name string) expr.Value {
	switch name {
	case "amount":
		return expr.NumberOf(money.Of(r.Amount))
	case "age":
		return expr.NumberOf(money.Whole(int64(r.Age)))
	case "product":
		return expr.TextOf(r.Product)
	}
	return expr.TextOf(r.Deal)
}

func (e *Engine) reportField(p record.Report, m period.Month, name string) expr.Value {
	switch name {
	case "kind":
		return expr.TextOf(p.Kind)
	case "submitted":
		return expr.Truth(p.Submitted != period.NoDay)
	case "differs":
		return expr.Truth(len(e.Unlike(p, m)) > 0)
	case "delay":
		if p.Submitted == period.NoDay {
			return expr.None
		}
		return expr.NumberOf(money.Whole(int64(p.Submitted-p.Date)*86400 + int64(p.Clock)))
	}
	if v, ok := p.Figures[name]; ok {
		return expr.NumberOf(money.Of(v))
	}
	return expr.None
}

// Unlike returns the KPIs that a daily report states otherwise than the exports
// do, in the order of their names.
func (e *Engine) Unlike(p record.Report, m period.Month) []*KPI {
	var out []*KPI
	for _, name := range e.Set.Names {
		claimed, ok := p.Figures[name]
		if !ok || p.Kind != "daily" {
			continue
		}
		v := e.OnDay(e.Set.ByName[name], p.Agent, m, p.Date)
		if !v.NoBase && v.Num.Cmp(money.Of(claimed)) != 0 {
			out = append(out, e.Set.ByName[name])
		}
	}
	return out
}

// slotsName is the measure behind half_hours.
const slotsName = "half_hours#slots"

// halfHoursOf counts the half hours of the shift on whole days worked on which the
// person had a call at all: a leader's day without calls is no gap.
func (a *accumulator) halfHoursOf(d *Data, over *group) {
	if d.Table == nil || !d.Table.Has(slotsName) {
		a.none = true
		return
	}
	for _, agent := range over.agents {
		for _, day := range d.Attendance[agent].Days {
			if day.Worked.Cmp(money.One) < 0 || !over.has(agent, day.Date) {
				continue
			}
			bits := d.Table.Value(slotsName, []query.Stretch{{Agent: agent, Days: period.Span{From: day.Date, To: day.Date + 1}}})
			if bits == 0 {
				continue
			}
			for _, n := range d.Lists.Shift.HalfHours(day.Shift) {
				called := bits>>n&1 == 1
				a.row(func(string) expr.Value { return expr.Truth(called) }, "", money.Ratio{})
			}
		}
	}
}

// dealCalls counts the calls to the customer of a deal so many days after it; a
// call that follows two deals counts once.
func (a *accumulator) dealCalls(d *Data, over *group) {
	signed := map[string][]period.Day{}
	for _, s := range d.Sales {
		signed[s.Key] = append(signed[s.Key], s.Date)
	}
	m := a.kpi.Match
	for customer, days := range signed {
		for _, at := range d.Table.MomentsOf(a.kpi.Name, customer) {
			after := func(day period.Day) bool { n := int(at.Day - day); return n >= m.From && n <= m.To }
			if over.has(at.Agent, at.Day) && slices.ContainsFunc(days, after) {
				a.rows++
			}
		}
	}
}

// listCalls counts the calls to numbers that stood on a list before their day.
func (a *accumulator) listCalls(d *Data, over *group) {
	for number, since := range d.since[a.kpi.Match.List] {
		for _, at := range d.Table.MomentsOf(a.kpi.Name, number) {
			if over.has(at.Agent, at.Day) && (since == period.NoDay || at.Day > since) {
				a.rows++
			}
		}
	}
}
