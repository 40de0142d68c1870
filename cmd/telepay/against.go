package main

import (
	"fmt"
	"sort"

	"telepay/internal/diag"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// paid is what was really paid, by agent id, read from a table with an id and an
// amount column.
func (w *workspace) paid(path string) (map[string]money.Decimal, error) {
	t, problems, err := table.Open(path, path, table.Options{})
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, w.app.tell(w.lang, problems)
	}
	id, amount := column(t.Header.Cells, "agent", "工号", "员工编号", "id"), column(t.Header.Cells, "amount", "金额", "应发", "应发工资", "payable")
	if id < 0 || amount < 0 {
		problems = append(problems, t.Close()...)
		problems = append(problems, diag.Problem{Code: "missing-column", Pos: diag.Pos{File: path}, Found: lang.F("列 %v", "the columns %v", t.Header.Cells), Want: lang.T("agent (工号) 和 amount (金额) 两列", "the columns agent and amount"), Mend: lang.T("改列名", "rename the columns")})
		return nil, w.app.tell(w.lang, problems)
	}
	out := map[string]money.Decimal{}
	for {
		row, ok := t.Next()
		if !ok {
			break
		}
		if p, bad := w.paidRow(t, row, id, amount, out); bad {
			problems = append(problems, p)
		}
	}
	problems = append(problems, t.Problems()...)
	problems = append(problems, t.Close()...)
	var l diag.List
	l.AddAll(problems)
	if l.Len() > 0 && l.Worst() != diag.Note {
		return nil, w.app.tell(w.lang, problems)
	}
	return out, t.Err()
}

func (w *workspace) paidRow(t *table.Table, row table.Row, id, amount int, into map[string]money.Decimal) (diag.Problem, bool) {
	agent, known := w.roster.Known(row.Cells[id])
	if !known {
		return diag.Problem{Code: "unknown-agent", Pos: t.Pos(row, id), Found: lang.F("工号 %s", "agent %s", diag.Quote(row.Cells[id])), Want: lang.T("花名册里的工号", "an id of the roster")}, true
	}
	v, err := money.Parse(row.Cells[amount])
	if err != nil {
		return diag.Problem{Code: "bad-amount", Pos: t.Pos(row, amount), Found: lang.F("金额 %s", "amount %s", diag.Quote(row.Cells[amount])), Want: lang.T("1200.50 这样的纯数字", "a plain number such as 1200.50")}, true
	}
	into[agent] = into[agent].Add(v)
	return diag.Problem{}, false
}

func column(header []string, names ...string) int {
	for i, h := range header {
		for _, n := range names {
			if h == n {
				return i
			}
		}
	}
	return -1
}

// against prints mine, yours and the difference per person, biggest first, each
// with its largest line.
func (w *workspace) against(r statement.Run, paid map[string]money.Decimal) {
	type row struct {
		id, name, line string
		mine, yours    money.Decimal
	}
	var rows []row
	for _, st := range r.Statements {
		rows = append(rows, row{st.Person.ID, st.Person.Name, largest(st, w.lang), st.Totals.Payable, paid[st.Person.ID]})
		delete(paid, st.Person.ID)
	}
	for id, v := range paid {
		rows = append(rows, row{id, "", lang.T("本月没有工资单", "no statement this month").In(w.lang), money.Zero, v})
	}
	sort.Slice(rows, func(i, j int) bool {
		a, b := rows[i].mine.Sub(rows[i].yours).Abs(), rows[j].mine.Sub(rows[j].yours).Abs()
		if c := a.Cmp(b); c != 0 {
			return c > 0
		}
		return rows[i].id < rows[j].id
	})
	t := newTable(lang.T("工号", "agent"), lang.T("姓名", "name"), lang.T("telepay 应发", "telepay"), lang.T("实际", "yours"), lang.T("差额", "difference"), lang.T("最大的一项", "largest line"))
	t.right(2, 3, 4)
	var mine, yours money.Decimal
	for _, x := range rows {
		mine, yours = mine.Add(x.mine), yours.Add(x.yours)
		t.add(x.id, x.name, statement.WriteMoney(x.mine), statement.WriteMoney(x.yours), statement.WriteMoney(x.mine.Sub(x.yours)), x.line)
	}
	t.add(lang.T("合计", "total").In(w.lang), "", statement.WriteMoney(mine), statement.WriteMoney(yours), statement.WriteMoney(mine.Sub(yours)), "")
	t.print(w.app.out, w.lang)
}

// largest names the line that moves a person's pay most.
func largest(st statement.Statement, l lang.Lang) string {
	var best statement.Line
	for _, x := range st.Lines {
		if x.Amount.Abs().Cmp(best.Amount.Abs()) > 0 {
			best = x
		}
	}
	return fmt.Sprintf("%s %s", best.Title.In(l), statement.WriteMoney(best.Amount))
}
