package sheet

import (
	"fmt"
	"iter"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// EvidenceShown is how many sources a cell lists before it only says how many there are.
const EvidenceShown = 20

// Lines has one row per line of every statement. The sum of amount over a
// person is his net, or his payable where there is no statutory part.
func Lines(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn,
		{Key: "fact_month", Title: lang.T("业绩月", "Performance month"), Kind: Month},
		{Key: "pay_month", Title: lang.T("发放月", "Pay month"), Kind: Month},
		agentColumn, shown(nameColumn), shown(teamColumn),
		number("line_no", "行号", "Line"), text("stage", "阶段", "Stage"), text("rule", "规则", "Rule"),
		text("kind", "类别", "Kind"), text("class", "扣款性质", "Class"), text("title", "项目", "Title"),
		number("base", "基数", "Base"), number("rate", "比例", "Rate"), number("quantity", "数量", "Quantity"),
		sum("nominal", "名义金额", "Nominal"), sum("limit", "限额", "Limit"), sum("amount", "金额", "Amount"), sum("carried", "结转", "Carried"),
		filed(text("currency", "币种", "Currency")),
		prose("ground", "依据", "Ground", 34), text("evidence", "凭证", "Evidence"), text("plan_path", "方案", "Plan path")}
	t := Table{Name: "lines", Title: lang.T("明细", "Lines"), Columns: columns, Freeze: 6}
	t.Rows = eachLine(run, func(row []Cell, s *statement.Statement, l *statement.Line) []Cell {
		return append(row, In(run.Month), In(l.FactMonth), In(l.PayMonth),
			Key(s.Person.ID), Words(s.Person.Name), Words(s.Station.Team),
			Count(int64(l.No)), w.stage(l.Stage), Words(l.Rule), w.kind(l.Kind), w.class(l.Class), w.say(l.Title),
			FigureIf(l.Base, statement.Plain), FigureIf(l.Rate, statement.Plain), FigureIf(l.Quantity, statement.Plain),
			Amount(l.Nominal), AmountIf(l.Limit), Amount(l.Amount), Amount(l.Carried),
			Words(currency(run, s)), w.oneLine(l.Ground), Words(Evidence(l.Evidence)), Words(l.PlanPath))
	})
	return t
}

// eachLine walks the lines of a run; fill appends a row for one of them, or
// returns an empty row to leave it out.
func eachLine(run *statement.Run, fill func([]Cell, *statement.Statement, *statement.Line) []Cell) iter.Seq[[]Cell] {
	return func(yield func([]Cell) bool) {
		var row []Cell
		for i := range run.Statements {
			s := &run.Statements[i]
			for j := range s.Lines {
				row = fill(row[:0], s, &s.Lines[j])
				if len(row) > 0 && !yield(row) {
					return
				}
			}
		}
	}
}

func currency(run *statement.Run, s *statement.Statement) string {
	if s.Currency != "" {
		return s.Currency
	}
	return run.Currency
}

// Evidence lists sources as deals.csv#12; deals.csv#40, at most EvidenceShown
// of them, then how many there are in all.
func Evidence(sources []record.Source) string {
	var b strings.Builder
	for i, s := range sources {
		if i == EvidenceShown {
			fmt.Fprintf(&b, "; … (%d)", len(sources))
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(s.String())
	}
	return b.String()
}
