package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Weeks has one row for each week of the month and each team, site, region and
// the company; the first and last week are cut at the month's ends.
func Weeks(r statement.Run, l lang.Lang) Table {
	return figures(&r, l, "weeks", lang.T("周报", "Weeks"), &r.Reports.Weeks)
}

// Calls has one row for each person's calls, then for teams, sites and the company.
func Calls(r statement.Run, l lang.Lang) Table {
	return figures(&r, l, "calls", lang.T("通话汇总", "Calls"), &r.Reports.Calls)
}

// Callbacks has one row for each person's calls back, then for teams, sites and
// the company.
func Callbacks(r statement.Run, l lang.Lang) Table {
	return figures(&r, l, "callbacks", lang.T("回访", "Callbacks"), &r.Reports.Callbacks)
}

// figures has one column for each KPI of a table; what has no base is empty.
func figures(run *statement.Run, l lang.Lang, name string, title lang.Text, of *statement.FigureTable) Table {
	w := words{l}
	columns := []Column{monthColumn, {Key: "from", Title: lang.T("自", "From"), Kind: Date}, {Key: "to", Title: lang.T("至", "To"), Kind: Date},
		text("scope", "范围", "Scope"), {Key: "id", Title: lang.T("对象", "Id"), Kind: ID}, shown(nameColumn), teamColumn}
	for _, k := range of.KPIs {
		columns = append(columns, Column{Key: k.KPI, Title: k.Title, Kind: kindOf(k.Unit)})
	}
	names := people(run)
	t := Table{Name: name, Title: title, Columns: columns, Freeze: 6}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range of.Rows {
			r := &of.Rows[i]
			agent := ""
			if r.Scope == "agent" {
				agent = names[r.ID]
			}
			row := []Cell{In(run.Month), On(r.From), On(r.To), w.scope(r.Scope), Key(r.ID), Words(agent), Words(r.Team)}
			for j, v := range r.Values {
				row = append(row, FigureIf(v, of.KPIs[j].Unit))
			}
			if !yield(row) {
				return
			}
		}
	}
	return t
}
