package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Held has one row per claim in dispute and per amount held back for later. It
// has no totals: two people may claim the same money, and none of it is paid.
func Held(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		text("kind", "类别", "Kind"), {Key: "date", Title: lang.T("日期", "Date"), Kind: Date},
		text("deal", "单号", "Deal"), text("product", "产品", "Product"), prose("why", "原因", "Why", 40),
		{Key: "amount", Title: lang.T("涉及金额", "Amount"), Kind: Money},
		{Key: "up_to", Title: lang.T("最多可得", "Up to"), Kind: Money}}
	t := Table{Name: "held", Title: lang.T("待裁", "Held"), Columns: columns, Freeze: 4}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Statements {
			for _, row := range w.held(run, &run.Statements[i]) {
				if !yield(row) {
					return
				}
			}
		}
	}
	return t
}

func (w words) held(run *statement.Run, s *statement.Statement) (rows [][]Cell) {
	person := func(rest ...Cell) []Cell {
		return append([]Cell{In(run.Month), Key(s.Person.ID), Words(s.Person.Name), Words(s.Station.Team)}, rest...)
	}
	for _, h := range s.Held {
		rows = append(rows, person(w.coded("claim", lang.T("争议", "Claim")), On(h.Date), Key(h.Deal), Words(h.Product), w.say(h.Why),
			Amount(h.Amount), Amount(h.UpTo)))
	}
	for _, l := range s.Lines {
		if l.Kind == statement.HeldBack {
			rows = append(rows, person(w.kind(l.Kind), Cell{}, Cell{}, Cell{}, w.say(l.Title), Cell{}, Amount(l.Nominal)))
		}
	}
	return rows
}
