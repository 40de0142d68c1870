package sheet

import (
	"iter"
	"slices"

	"telepay/internal/lang"
	"telepay/internal/statement"
)

// KPIs has one row per value: a KPI of an agent, team, site, region or the company.
// Without a base, value and attainment are empty, and so is the numerator of what
// is no quotient; attainment is a share: 1.15.
func KPIs(r statement.Run, values iter.Seq[statement.KPIValue], l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn,
		text("scope", "范围", "Scope"), {Key: "id", Title: lang.T("对象", "Id"), Kind: ID}, shown(nameColumn), teamColumn,
		text("kpi", "指标", "KPI"),
		number("numerator", "分子", "Numerator"), number("denominator", "分母", "Denominator"), number("value", "数值", "Value"),
		text("unit", "单位", "Unit"), number("target", "目标", "Target"),
		{Key: "attainment", Title: lang.T("完成率", "Attainment"), Kind: Percent}}
	month, names := In(run.Month), people(run)
	t := Table{Name: "kpis", Title: lang.T("指标", "KPIs"), Columns: columns, Freeze: 4}
	t.Rows = func(yield func([]Cell) bool) {
		for k := range values {
			if !yield(w.kpi(month, &k, names)) {
				return
			}
		}
	}
	return t
}

func (w words) kpi(month Cell, k *statement.KPIValue, names map[string]string) []Cell {
	name, part := "", statement.Plain
	if k.Scope == "agent" {
		name = names[k.ID]
	}
	if k.Den == nil {
		part = k.Unit // the numerator is the value itself
	}
	row := []Cell{month, w.scope(k.Scope), Key(k.ID), Words(name), Words(k.Team), w.coded(k.KPI, k.Title),
		Figure(k.Num, part), FigureIf(k.Den, statement.Plain), {}, w.unit(k.Unit), FigureIf(k.Target, k.Unit), {}}
	switch {
	case k.HasBase:
		row[8] = Figure(k.Value, k.Unit)
		row[11] = FigureIf(k.Attainment, statement.Percent)
	case k.Den == nil:
		row[6] = Cell{}
	}
	return row
}

// people are the names of all agents of a run, with or without a statement.
func people(run *statement.Run) map[string]string {
	names := make(map[string]string, len(run.Statements)+len(run.Stopped))
	for _, s := range slices.Concat(run.Stopped, run.Reports.Counted) {
		names[s.Agent] = s.Name
	}
	for i := range run.Statements {
		p := &run.Statements[i].Person
		names[p.ID] = p.Name
	}
	return names
}
