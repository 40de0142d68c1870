package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
	"telepay/kpi"
)

// kpis lists the KPIs of the person's scorecards, then others that have a target.
func (m *month) kpis(st *statement.Statement, s *sheet) {
	e := m.run.engine
	seen := map[string]bool{}
	for _, c := range m.run.in.Plan.Measures.Cards {
		score, ok := e.Score(c.Name, s.person, m.month)
		if !ok {
			continue
		}
		for _, it := range score.Items {
			row := m.kpiRow(it.Item.KPI, s)
			weight, points, sc := it.Item.Weight, it.Points, it.Score
			row.Weight, row.Points, row.Score, row.How = &weight, &points, &sc, it.How
			st.KPIs = append(st.KPIs, row)
			seen[it.Item.KPI.Name] = true
		}
		out := statement.Score{Name: c.Name, Title: c.Title, Total: score.Total, Grade: score.Grade, How: c.How()}
		if score.HasFactor {
			f := score.Factor
			out.Factor = &f
		}
		st.Scores = append(st.Scores, out)
	}
	for _, name := range e.Set.Names {
		_, planned := m.run.in.Plan.Measures.Targets[name]
		own := e.Target(name, kpi.Scope{Kind: "agent", ID: s.person.ID}, []period.Month{m.month})
		if !seen[name] && (planned || own.Has) && own.Has {
			st.KPIs = append(st.KPIs, m.kpiRow(e.Set.ByName[name], s))
		}
	}
}

func (m *month) kpiRow(k *kpi.KPI, s *sheet) statement.KPIRow {
	e := m.run.engine
	own := kpi.Scope{Kind: "agent", ID: s.person.ID}
	now := []period.Month{m.month}
	v := e.Value(k, own, now)
	x := v.Expr()
	row := statement.KPIRow{KPI: k.Name, Title: k.Title, Define: k.Define, Unit: k.Unit(), HasBase: !x.NoBase, Value: x.Num}
	if v.Ratio {
		num, den := v.Num, v.Den
		row.Num, row.Den, row.NumUnit = &num, &den, ratioUnit(k)
	}
	if t := e.Target(k.Name, own, now); t.Has {
		target := t.Value
		row.Target, row.TargetHow = &target, t.How
	}
	row.Attained = ratio(e.Attainment(k.Name, own, now).NoBase, e.Attainment(k.Name, own, now).Num)
	if last := m.month - 1; e.Months[last] != nil {
		before := []period.Month{last}
		a := e.Attainment(k.Name, own, before)
		if row.Target == nil {
			a = e.Value(k, own, before).Expr()
		}
		row.Last = ratio(a.NoBase, a.Num)
	}
	return row
}

// ratioUnit says how the sides of a ratio are written: money over money as money.
func ratioUnit(k *kpi.KPI) statement.Unit {
	if k.Formula == nil {
		return k.Unit()
	}
	if num, _, ok := k.Formula.Ratio(); ok {
		return unitOfType(num.Type)
	}
	return statement.Plain
}

func ratio(none bool, v money.Ratio) *money.Ratio {
	if none {
		return nil
	}
	return &v
}

// kpiTable computes every KPI of every scope, for kpis.csv and the KPI sheet; not
// those that no export of the month answers.
func (m *month) kpiTable() []statement.KPIValue {
	e := m.run.engine
	var out []statement.KPIValue
	var answered []*kpi.KPI
	for _, name := range e.Set.Names {
		if k := e.Set.ByName[name]; e.Answered(k, m.month) {
			answered = append(answered, k)
		}
	}
	add := func(s kpi.Scope, team string) {
		for _, k := range answered {
			out = append(out, m.kpiValue(k, s, team))
		}
	}
	for _, w := range m.everybody() {
		add(kpi.Scope{Kind: "agent", ID: w.Agent}, w.Team)
	}
	for _, kind := range []string{"team", "site", "region"} {
		for _, id := range e.Units(kind, m.month) {
			add(kpi.Scope{Kind: kind, ID: id}, "")
		}
	}
	add(kpi.Scope{Kind: "company"}, "")
	return out
}

func (m *month) kpiValue(k *kpi.KPI, s kpi.Scope, team string) statement.KPIValue {
	e := m.run.engine
	now := []period.Month{m.month}
	v := e.Value(k, s, now)
	x := v.Expr()
	out := statement.KPIValue{Scope: s.Kind, ID: s.ID, Team: team, KPI: k.Name, Title: k.Title, Num: v.Num, HasBase: !x.NoBase, Value: x.Num, Unit: k.Unit()}
	if v.Ratio {
		den := v.Den
		out.Den = &den
	}
	if t := e.Target(k.Name, s, now); t.Has {
		target := t.Value
		out.Target = &target
	}
	a := e.Attainment(k.Name, s, now)
	out.Attainment = ratio(a.NoBase, a.Num)
	return out
}

// rankings computes every board with last month's places.
func (m *month) rankings() []statement.Ranking {
	e := m.run.engine
	var out []statement.Ranking
	for i := range m.run.in.Plan.Measures.Boards {
		b := &m.run.in.Plan.Measures.Boards[i]
		_, places := e.Board(b.Name, m.month)
		at := map[string]int{}
		for _, p := range places {
			j, ok := at[p.Group]
			if !ok {
				j = len(out)
				at[p.Group] = j
				out = append(out, statement.Ranking{Board: b.Name, Title: b.Title, Of: b.Of, Group: p.Group, Measure: b.Measure(), Unit: unitOf(b), Rule: b.Rule()})
			}
			entry := statement.RankEntry{Place: p.Place, ID: p.ID, Name: p.ID, Previous: previousPlace(e, b.Name, p.ID, m.month-1), Honour: p.Honour, Value: ratio(p.Value.NoBase, p.Value.Num)}
			if person := e.Person(p.ID); b.Of == "agents" && person != nil {
				entry.Name = person.Name
				days := m.data.Attendance[p.ID]
				entry.Part = days.EmployedWorkdays < days.MonthWorkdays
			}
			if s := m.byAgent[p.ID]; p.WhyNot != nil && b.Of == "agents" && s != nil {
				entry.WhyNot = s.subject.Show(p.WhyNot, s.subject.Value)
			} else if p.WhyNot != nil {
				entry.WhyNot = lang.Same(p.WhyNot.Source)
			}
			out[j].Entries = append(out[j].Entries, entry)
		}
	}
	return out
}
