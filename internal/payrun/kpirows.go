package payrun

import (
	"iter"
	"slices"

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

// KPIs computes KPIs of every scope of a kind (agent, team, site, region, company;
// empty: of all kinds), scope by scope: those that are named or, where none is,
// every one that an export of the month answers.
func (r *Run) KPIs(kind string, names []string) iter.Seq[statement.KPIValue] {
	m := r.last
	return func(yield func(statement.KPIValue) bool) {
		asked := m.asked(names)
		for s, team := range m.scopes(kind) {
			for _, k := range asked {
				if !yield(m.kpiValue(k, s, team)) {
					return
				}
			}
		}
	}
}

// kpiTable is every KPI of every scope.
func (m *month) kpiTable() []statement.KPIValue {
	scopes := 0
	for range m.scopes("") {
		scopes++
	}
	return slices.AppendSeq(make([]statement.KPIValue, 0, scopes*len(m.asked(nil))), m.run.KPIs("", nil))
}

func (m *month) asked(names []string) (out []*kpi.KPI) {
	e := m.run.engine
	for _, name := range names {
		out = append(out, e.Set.ByName[name])
	}
	for _, name := range e.Set.Names {
		if k := e.Set.ByName[name]; len(names) == 0 && e.Answered(k, m.month) {
			out = append(out, k)
		}
	}
	return out
}

// scopes yields the scopes of a kind with the team of an agent: people first.
func (m *month) scopes(kind string) iter.Seq2[kpi.Scope, string] {
	return func(yield func(kpi.Scope, string) bool) {
		if kind == "" || kind == "agent" {
			for _, w := range m.everybody() {
				if !yield(kpi.Scope{Kind: "agent", ID: w.Agent}, w.Team) {
					return
				}
			}
		}
		for _, unit := range []string{"team", "site", "region"} {
			if kind != "" && kind != unit {
				continue
			}
			for _, id := range m.run.engine.Units(unit, m.month) {
				if !yield(kpi.Scope{Kind: unit, ID: id}, "") {
					return
				}
			}
		}
		if kind == "" || kind == "company" {
			yield(kpi.Scope{Kind: "company"}, "")
		}
	}
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

// boardOf is one ranking: a board in a month or week, within a group.
type boardOf struct {
	group string
	week  period.Span
}

// rankings computes every board with last month's places; boards of weeks have none before.
func (m *month) rankings() []statement.Ranking {
	e := m.run.engine
	var out []statement.Ranking
	for i := range m.run.in.Plan.Measures.Boards {
		b := &m.run.in.Plan.Measures.Boards[i]
		_, places := e.Board(b.Name, m.month)
		at := map[boardOf]int{}
		for _, p := range places {
			j, ok := at[boardOf{p.Group, p.Week}]
			if !ok {
				j = len(out)
				at[boardOf{p.Group, p.Week}] = j
				out = append(out, statement.Ranking{Board: b.Name, Title: titleOf(b, p.Week), Of: b.Of, Group: p.Group, Week: weekText(p.Week), Measure: b.Measure(), Unit: unitOf(b), Rule: b.Rule()})
			}
			entry := statement.RankEntry{Place: p.Place, ID: p.ID, Name: p.ID, Previous: previousPlace(e, b, p.ID, m.month-1), Honour: p.Honour, Value: ratio(p.Value.NoBase, p.Value.Num)}
			if person := e.Person(p.ID); b.Of == "agents" && person != nil {
				entry.Name = person.Name
				days := m.data.Attendance[p.ID]
				entry.Part = days.EmployedWorkdays < days.MonthWorkdays
			}
			if s := m.byAgent[p.ID]; p.WhyNot != nil && b.Of == "agents" && s != nil {
				entry.WhyNot = s.subject.Show(p.WhyNot, figuresOf(p, s))
			} else if p.WhyNot != nil {
				entry.WhyNot = lang.Same(p.WhyNot.Source)
			}
			out[j].Entries = append(out[j].Entries, entry)
		}
	}
	return out
}
