package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Promotion says in how many of the last six months everybody reached his money
// targets. It decides nothing: grades come from the roster.
func Promotion(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn, agentColumn, nameColumn, teamColumn, text("grade", "职级", "Grade"), text("kpi", "指标", "KPI"),
		number("known", "有任务的月数", "Months known"), number("met", "达标月数", "Months at target"), number("in_row", "连续达标", "In a row")}
	names := people(run)
	t := Table{Name: "promotion", Title: lang.T("晋升参考", "Promotion"), Columns: columns, Freeze: 4}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Reports.Promotion {
			a := &run.Reports.Promotion[i]
			if !yield([]Cell{In(run.Month), Key(a.Agent), Words(names[a.Agent]), Words(a.Team), Words(a.Grade), w.coded(a.KPI, a.Title),
				Count(int64(a.Known)), Count(int64(a.Met)), Count(int64(a.InRow))}) {
				return
			}
		}
	}
	return t
}
