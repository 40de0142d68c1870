package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// Deductions has one row per deduction: what the plan asked for, what the law
// allowed, what was applied and what waits, with its ground.
func Deductions(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		{Key: "fact_month", Title: lang.T("业绩月", "Performance month"), Kind: Month},
		text("rule", "规则", "Rule"), text("title", "项目", "Title"), text("class", "性质", "Class"),
		sum("nominal", "名义金额", "Nominal"), {Key: "limit", Title: lang.T("限额余", "Limit left"), Kind: Money},
		sum("applied", "本月扣", "Applied"), sum("carried", "结转下月", "Carried"),
		prose("how", "怎么算", "How", 60), prose("ground", "依据", "Ground", 34), text("clause", "条款", "Clause"), prose("evidence", "凭证", "Evidence", 50)}
	t := Table{Name: "deductions", Title: lang.T("扣款", "Deductions"), Columns: columns, Freeze: 4}
	t.Rows = eachLine(run, func(row []Cell, s *statement.Statement, l *statement.Line) []Cell {
		if l.Kind != statement.Deduction {
			return row
		}
		return append(row, In(run.Month), Key(s.Person.ID), Words(s.Person.Name), Words(s.Station.Team),
			In(l.FactMonth), Words(l.Rule), w.say(l.Title), w.class(l.Class),
			Amount(l.Nominal), AmountIf(l.Limit), Amount(l.Amount), Amount(l.Carried), Words(phrase.Steps(l.Steps, w.l)), w.oneLine(l.Ground), Words(l.Clause), Words(Evidence(l.Evidence)))
	})
	t.Totals = t.total(l)
	return t
}
