package sheet

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Exceptions has one row for everything that somebody has to look at. It names
// deals and days, never customers.
func Exceptions(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		text("kind", "种类", "Kind"), {Key: "date", Title: lang.T("日期", "Date"), Kind: Date}, number("count", "次数", "Count"),
		text("ref", "单号", "Deal"), sum("amount", "金额", "Amount"), number("age", "逾期天数", "Days overdue"),
		prose("detail", "说明", "Detail", 60), text("evidence", "凭证", "Evidence")}
	t := Table{Name: "exceptions", Title: lang.T("异常", "Exceptions"), Columns: columns, Freeze: 4}
	names, teams := people(run), teamsOf(run)
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Reports.Exceptions {
			x := &run.Reports.Exceptions[i]
			row := []Cell{In(run.Month), Key(x.Agent), Words(names[x.Agent]), Words(teams[x.Agent]), w.coded(x.Kind, x.Title), On(x.Date), Count(x.Count),
				Words(x.Ref), AmountIf(x.Amount), CountIf(x.Age), w.say(x.Detail), Words(source(x))}
			if !yield(row) {
				return
			}
		}
	}
	return t
}

func source(x *statement.Exception) string {
	if x.At.File == "" {
		return ""
	}
	return x.At.String()
}

// teamsOf are the teams of all agents of a run.
func teamsOf(run *statement.Run) map[string]string {
	teams := make(map[string]string, len(run.Statements)+len(run.Stopped))
	for _, s := range slices.Concat(run.Stopped, run.Reports.Counted) {
		teams[s.Agent] = s.Team
	}
	for i := range run.Statements {
		teams[run.Statements[i].Person.ID] = run.Statements[i].Station.Team
	}
	return teams
}
