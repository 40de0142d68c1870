// Package review looks at a plan itself: it runs worked examples, says the plan
// in words, shows what changed between two plans, makes its schema, and finds
// cliffs and traps by computing. Plans, projects and examples come in; results
// and documents go out. All pay is computed by payrun, and nothing here prints.
package review

import (
	"maps"
	"slices"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/payrun"
	"telepay/internal/period"
	"telepay/internal/plan"
	"telepay/internal/project"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/statement"
	"telepay/kpi"
)

// Bench computes an invented person's month under a plan.
type Bench struct {
	Plan    *plan.Plan
	Project *project.Project
	Law     *law.Law
}

// Alone is the project of a plan that lies in no project folder: no site, so no
// minimum wage, and the law of CN.
func Alone() *project.Project {
	return &project.Project{Company: lang.T("试算", "Trial"), Language: lang.ZH, Currency: "CNY", Places: 2, Cut: period.Cut{StartDay: 1},
		Jurisdiction: "CN", Objection: 7, Sites: map[string]project.Site{}, Profiles: map[string][]string{}}
}

// Trial is one person's month as somebody says it was.
type Trial struct {
	Month   period.Month
	Who     record.Person
	Others  []record.Person // named in the rows
	Values  map[string]expr.Value
	Days    []map[string]expr.Value
	Facts   record.Facts
	Calls   []query.Row
	Opening []record.Opening
	house   []string // names in the agent column that are nobody
}

// exports are the kinds of export that a trial stands for.
var exports = []string{"calls", "deals", "payments", "disputes", "attendance", "events", "targets", "decisions", "connects", "numbers", "leads", "followups"}

// Run computes a trial. The month is the project's first, so that nothing before
// it is missed; a sum or count of earlier months that is not given is 0, and a
// workday without an attendance row is a whole day.
func (b Bench) Run(t Trial) statement.Run {
	p := *b.Project
	p.First = t.Month
	f := t.Facts
	f.Month, f.Present = t.Month, map[string]bool{}
	for _, kind := range append(b.Plan.KPIs.CallColumns(), exports...) {
		f.Present[kind] = true
	}
	for _, name := range b.Plan.History() {
		if _, given := t.Values[name]; !given {
			t = t.with(name, expr.NumberOf(money.Ratio{}))
		}
	}
	people := append([]record.Person{t.Who}, t.Others...)
	var ids []string
	for _, x := range people {
		ids = append(ids, x.ID)
	}
	calls := query.Answer(b.Plan.KPIs.Queries(&f, &f), ids, p.Cut.Span(t.Month), t.Calls) // what is not given did not happen
	f.Attendance = wholeDays(people, p.Cut.Span(t.Month), b.Law, f.Attendance)
	return payrun.Compute(payrun.Input{Project: &p, Plan: b.Plan, Law: b.Law, People: people, Opening: b.opening(t, people),
		Months: []payrun.MonthInput{{Facts: &f, Table: calls}}, Version: "review",
		Given: &kpi.Given{Agent: t.Who.ID, Month: t.Month, Values: t.Values, Days: t.Days}}).Papers()
}

// opening adds that nothing was paid or taxed before, where the plan asks for it,
// unless the trial says otherwise.
func (b Bench) opening(t Trial, people []record.Person) []record.Opening {
	out := slices.Clone(t.Opening)
	for _, r := range b.Plan.Rules {
		for _, p := range people {
			said := slices.ContainsFunc(t.Opening, func(o record.Opening) bool { return o.Agent == p.ID && o.What == "to_date" && o.Ref == r.Name })
			if (r.Once != "" || r.ToDate != "") && !said {
				out = append(out, record.Opening{Agent: p.ID, What: "to_date", Ref: r.Name, Month: t.Month - 1})
			}
		}
	}
	if b.Plan.Statutory.Tax {
		for _, p := range people {
			for _, what := range []string{"tax_income", "tax_deducted", "tax_withheld"} {
				if !slices.ContainsFunc(t.Opening, func(o record.Opening) bool { return o.Agent == p.ID && o.What == what }) {
					out = append(out, record.Opening{Agent: p.ID, What: what, Month: t.Month})
				}
			}
		}
	}
	return out
}

// wholeDays adds a whole day for every workday that has no row.
func wholeDays(people []record.Person, month period.Span, l *law.Law, rows []record.AttendanceDay) []record.AttendanceDay {
	type day struct {
		agent string
		date  period.Day
	}
	have := map[day]bool{}
	for _, r := range rows {
		have[day{r.Agent, r.Date}] = true
	}
	out := slices.Clone(rows)
	for _, p := range people {
		span := p.Employed(month)
		for d := span.From; d < span.To; d++ {
			if l.DayKind(d) == law.Workday && !have[day{p.ID, d}] {
				out = append(out, present(p, d))
			}
		}
	}
	return out
}

// present is a whole day; of somebody without a schedule, eight hours.
func present(p record.Person, d period.Day) record.AttendanceDay {
	free := p.On(d).Employment == "part_time" || p.On(d).Employment == "partner"
	return record.AttendanceDay{Agent: p.ID, Date: d, Status: "present", In: -1, Out: -1, Hours: money.Int(8), HasHours: free, At: record.Source{File: "attendance", Row: int(d)}}
}

// with returns the trial with one more figure given.
func (t Trial) with(name string, v expr.Value) Trial {
	t.Values = maps.Clone(t.Values)
	if t.Values == nil {
		t.Values = map[string]expr.Value{}
	}
	t.Values[name] = v
	return t
}

// person returns somebody who has been here for long, on one station, with
// neither insurance nor tax: a plan's rules are looked at before them.
func person(id string, st record.Station) record.Person {
	hire := period.DayOf(2015, 1, 1)
	st.Since, st.Insured = hire, record.Insured{Insurance: "none", Fund: "none"}
	return record.Person{ID: id, Name: id, Hire: hire, Leave: period.NoDay, Tax: "none", Spans: []record.Station{st}}
}

// usual is the station of somebody of whom nothing special is said.
func usual() record.Station {
	return record.Station{Team: "团队", Role: "agent", Status: "正式", Employment: "full_time", Until: period.NoDay, Fields: map[string]string{}}
}
