package sheet

import (
	"cmp"
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Register has one row per statement and one column per component: the signed
// amounts of a rule's lines, so that the components of a row add up to its net,
// or to its payable where there is no statutory part; statutory and net are then
// empty, not 0. The sheet has the very columns of the file.
func Register(r statement.Run, l lang.Lang) Table {
	run := &r
	columns := []Column{everywhere(monthColumn), agentColumn, nameColumn, teamColumn,
		sum("gross", "应得", "Gross"), sum("deductions", "扣款", "Deductions"),
		sum("carried_in", "上月结转", "Carried in"), sum("carried_out", "结转下月", "Carried out"),
		sum("payable", "应发", "Payable"), sum("statutory", "社保个税", "Statutory"), sum("net", "实发", "Net")}
	rules := components(run)
	at := make(map[string]int, len(rules))
	for _, r := range rules {
		at[r.Rule] = len(columns)
		columns = append(columns, sum("c:"+r.Rule, r.Title.ZH, r.Title.EN))
	}
	t := Table{Name: "register", Title: lang.T("工资表", "Register"), Columns: columns, Freeze: 4}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Statements {
			if !yield(registerRow(run, &run.Statements[i], at, len(columns))) {
				return
			}
		}
	}
	t.Totals = t.total(l)
	t.Totals[1] = Words(lang.F("%s 人", "%s", lang.Count(len(run.Statements), "person", "people")).In(l))
	return t
}

func registerRow(run *statement.Run, s *statement.Statement, at map[string]int, width int) []Cell {
	row := make([]Cell, 0, width)
	t := s.Totals
	row = append(row, In(run.Month), Key(s.Person.ID), Words(s.Person.Name), Words(s.Station.Team),
		Amount(t.Gross), Amount(t.Deductions), Amount(t.CarriedIn), Amount(t.CarriedOut),
		Amount(t.Payable), statutory(t), AmountIf(t.Net))
	for len(row) < width {
		row = append(row, Amount(money.Zero))
	}
	for _, l := range s.Lines {
		if l.Kind == statement.Employer {
			continue // in no sum of the person's
		}
		c := &row[at[l.Rule]]
		c.Value = c.Value.Add(money.Of(l.Amount))
	}
	return row
}

func statutory(t statement.Totals) Cell {
	if t.Net == nil {
		return Cell{}
	}
	return Amount(t.Statutory)
}

// components are the plan's rules and after them what lines came from besides,
// such as the carrying forward, in the order of calculation.
func components(run *statement.Run) []statement.Column {
	rules := slices.Clone(run.Rules)
	known := map[string]bool{}
	for _, r := range rules {
		known[r.Rule] = true
	}
	var more []statement.Line
	for i := range run.Statements {
		for _, l := range run.Statements[i].Lines {
			if !known[l.Rule] && l.Kind != statement.Employer {
				known[l.Rule] = true
				more = append(more, l)
			}
		}
	}
	slices.SortFunc(more, func(a, b statement.Line) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Rule, b.Rule))
	})
	for _, l := range more {
		rules = append(rules, statement.Column{Rule: l.Rule, Title: l.Title, Kind: l.Kind})
	}
	return rules
}
