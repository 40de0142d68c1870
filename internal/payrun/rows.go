package payrun

import (
	"slices"
	"strings"

	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/kpi"
)

// each returns what a rule counts one by one for a person: his workdays, deals,
// late arrivals, disputes, events.
func (r *Run) each(e *kpi.Engine, p *record.Person, m period.Month, kind string) []rule.Row {
	env := e.Env(p, m)
	a := e.Months[m].Attendance[p.ID]
	switch kind {
	case "workday":
		return r.workdays(e, p, m, env)
	case "deal":
		return dealRows(e.Set, e.Months[m], p, env)
	case "late":
		return incidents(a.Lates, "minutes", lang.T("迟到", "late"), env)
	case "early":
		return incidents(a.Earlies, "minutes", lang.T("早退", "left early"), env)
	case "missing_punch":
		return incidents(a.Missing, "count", lang.T("缺卡", "missing punch"), env)
	case "leave":
		return leaveRows(a.Leaves, env)
	case "overtime":
		return overtimeRows(a.Overtime, env)
	case "absence":
		return incidents(a.Absences, "days", lang.T("旷工", "absent"), env)
	case "dispute":
		return r.disputeRows(p, m, env)
	case "escalation":
		return escalations(r.disputeRows(p, m, env))
	}
	return eventRows(e, m, p.ID, kind, env)
}

// fields puts the fields of a row before the month's measures.
func fields(env expr.Env, own map[string]expr.Value) expr.Env {
	return func(name string) expr.Value {
		if v, ok := own[name]; ok {
			return v
		}
		return env(name)
	}
}

func incidents(is []attendance.Incident, size string, ref lang.Text, env expr.Env) []rule.Row {
	var rows []rule.Row
	for _, i := range is {
		own := map[string]expr.Value{size: {Kind: expr.Number, Num: i.Size, NoBase: i.NoSize}, "nth": expr.NumberOf(money.Whole(int64(i.Nth)))}
		rows = append(rows, rule.Row{Env: fields(env, own), Date: i.Date, Ref: ref, Source: i.Source})
	}
	return rows
}

func leaveRows(is []attendance.Incident, env expr.Env) []rule.Row {
	var rows []rule.Row
	for _, i := range is {
		own := map[string]expr.Value{"days": expr.NumberOf(i.Size), "word": expr.TextOf(i.Word), "nth": expr.NumberOf(money.Whole(int64(i.Nth)))}
		rows = append(rows, rule.Row{Env: fields(env, own), Date: i.Date, Ref: lang.Same(i.Word), Source: i.Source})
	}
	return rows
}

var dayKinds = map[string]lang.Text{"workday": lang.T("工作日加班", "overtime on a workday"), "rest_day": lang.T("休息日加班", "overtime on a day off"), "holiday": lang.T("法定节假日加班", "overtime on a legal holiday")}

// overtimeRows are the hours that were approved; others are never paid by themselves.
func overtimeRows(os []attendance.Overtime, env expr.Env) []rule.Row {
	var rows []rule.Row
	for _, o := range os {
		if o.Approved {
			own := map[string]expr.Value{"hours": expr.NumberOf(o.Hours), "day": expr.TextOf(o.Kind)}
			rows = append(rows, rule.Row{Env: fields(env, own), Date: o.Date, Ref: dayKinds[o.Kind], Source: o.Source})
		}
	}
	return rows
}

// workdays gives each day's own KPI values; ratios and formulas stay the month's.
func (r *Run) workdays(e *kpi.Engine, p *record.Person, m period.Month, env expr.Env) []rule.Row {
	var rows []rule.Row
	for i, d := range e.Months[m].Attendance[p.ID].Days {
		day := d
		figures, given, there := e.Given.Day(i, p.ID, m)
		if !there {
			break
		}
		rows = append(rows, rule.Row{Date: d.Date, Ref: lang.T("工作日", "workday"), Source: d.Source, Env: func(name string) expr.Value {
			if v, ok := figures[name]; ok {
				return v
			}
			if name == "day_worked" {
				return expr.NumberOf(day.Worked)
			}
			if k := e.Set.ByName[name]; k != nil && k.Formula == nil && !given {
				return e.Within(k, p.ID, m, period.Span{From: day.Date, To: day.Date + 1}).Expr()
			}
			return env(name)
		}})
	}
	return rows
}

// dealRows are a person's deals of the month, one row each; of a deal with several
// lines the fields are those of the largest.
func dealRows(set *kpi.Set, d *kpi.Data, p *record.Person, env expr.Env) []rule.Row {
	var rows []rule.Row
	place, most := map[string]int{}, map[string]money.Decimal{}
	for _, s := range d.Sales {
		if s.Agent != p.ID || s.Held {
			continue
		}
		at, again := place[s.Deal]
		if !again {
			at = len(rows)
			place[s.Deal] = at
			rows = append(rows, rule.Row{Date: s.Date, Deal: s.Deal, Ref: lang.Same(s.Deal), Source: s.At})
		}
		rows[at].Amount = rows[at].Amount.Add(money.Of(s.Amount))
		if !again || s.Amount.Cmp(most[s.Deal]) > 0 {
			most[s.Deal] = s.Amount
			rows[at].Env = dealEnv(set, s, env)
		}
	}
	for i := range rows {
		rows[i].Env = fields(rows[i].Env, map[string]expr.Value{"signed": expr.NumberOf(rows[i].Amount)})
	}
	return rows
}

func dealEnv(set *kpi.Set, s crediting.Sale, env expr.Env) expr.Env {
	credit := kpi.SaleEnv(s)
	own := map[string]expr.Value{}
	for _, f := range set.Fields("deals") {
		own[f.Name] = credit(f.Name)
	}
	return fields(env, own)
}

func eventRows(e *kpi.Engine, m period.Month, agent, kind string, env expr.Env) []rule.Row {
	var rows []rule.Row
	for _, ev := range e.Months[m].Events {
		if ev.Agent != agent || kind != "event" && ev.Kind != kind {
			continue
		}
		own := map[string]expr.Value{"amount": expr.NumberOf(money.Of(ev.Amount)), "score": expr.NumberOf(money.Of(ev.Score)), "level": expr.TextOf(ev.Level), "kind": expr.TextOf(ev.Kind)}
		for _, column := range e.Set.Own.Columns["events"] {
			own[column.Name] = e.Set.Own.Event(ev, column)
		}
		rows = append(rows, rule.Row{Env: fields(env, own), Date: ev.Date, Deal: ev.Deal, Ref: lang.Same(ev.Ground), Source: ev.At})
	}
	return rows
}

// disputeRows are the disputes ruled, or settled, in the month that a person was
// a party to and is not cleared of, and events that say so directly.
func (r *Run) disputeRows(p *record.Person, m period.Month, env expr.Env) []rule.Row {
	span := r.in.Project.Cut.Span(m)
	var rows []rule.Row
	for _, d := range r.book.Disputes() {
		if !party(d, p.ID) || slices.Contains(d.Innocent, p.ID) || d.Level == "" || !span.Has(d.Ruled) {
			continue
		}
		own := map[string]expr.Value{"level": expr.TextOf(d.Level)}
		rows = append(rows, rule.Row{Env: fields(env, own), Date: d.Ruled, Deal: d.Deal, Ref: lang.Same(d.ID), Source: d.At})
	}
	return append(rows, eventRows(r.engine, m, p.ID, "dispute", env)...)
}

// escalations has a row for each level that a dispute went through: who took it
// to the leadership took it to the manager first.
func escalations(disputes []rule.Row) []rule.Row {
	var rows []rule.Row
	for _, d := range disputes {
		if d.Env("level").Text == "leadership" {
			first := d
			first.Env = fields(d.Env, map[string]expr.Value{"level": expr.TextOf("manager")})
			rows = append(rows, first)
		}
		rows = append(rows, d)
	}
	return rows
}

func party(d record.Dispute, agent string) bool { return slices.Contains(d.Agents, agent) }

// accepted tells whether a decision accepts the exception of a row.
func (m *month) accepted(at record.Source) bool {
	for _, d := range m.facts.Decisions {
		if d.What == "accept" && sameRow(d.Ref, at) {
			return true
		}
	}
	return false
}

// sameRow: a decision names a row by file#row, with or without the folder.
func sameRow(ref string, at record.Source) bool {
	full := at.String()
	return ref == full || strings.HasSuffix(full, "/"+ref)
}
