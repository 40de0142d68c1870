package main

import (
	"errors"
	"fmt"
	"io/fs"

	"telepay/internal/diag"
	"telepay/internal/input"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/simulate"
	"telepay/internal/statement"
)

// explained is how many differences are explained in words.
const explained = 10

// against reads what was really paid and returns what prints the comparison.
func (w *workspace) against(r statement.Run, path string) (func(), error) {
	mine := map[string]money.Decimal{}
	for _, st := range r.Statements {
		mine[st.Person.ID] = st.Totals.Payable
	}
	paid, problems, err := input.ReadPaid(path, path, w.roster, mine)
	if errors.Is(err, fs.ErrNotExist) {
		problems, err = []diag.Problem{{Code: "file-missing", Pos: diag.Pos{File: path}, Found: lang.T("没有这个文件", "no such file"), Want: lang.T("公司自己的工资表", "the company's own payroll table"), Mend: lang.T("路径从当前文件夹算起，不是从项目文件夹", "the path counts from the folder you are in, not from the project's")}}, nil
	}
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, w.app.tell(w.lang, problems)
	}
	theirs := map[string]simulate.Paid{}
	for _, row := range append(paid.Rows, paid.Strangers...) {
		p := simulate.Paid{Amount: row.Amount}
		for _, x := range row.Parts {
			p.Parts = append(p.Parts, simulate.Part(x))
		}
		theirs[row.Agent] = p
	}
	net := paid.Net && statutory(r)
	if paid.Net && !net {
		paid.Taken = lang.F("%s；这是实发，而方案没有社保和个税的部分，下面拿 telepay 的应发比", "%s; they are after insurance and tax, which the plan does not compute: they are held against telepay's gross", paid.Taken)
	}
	facts := w.data.months[len(w.data.months)-1].Facts
	gaps := simulate.Against(r, facts, theirs, net)
	return func() { w.printGaps(gaps, paid.Taken, net) }, nil
}

// statutory tells whether the statements go on to what is left after insurance and tax.
func statutory(r statement.Run) bool {
	for _, st := range r.Statements {
		if st.Totals.Net != nil {
			return true
		}
	}
	return false
}

// printGaps prints mine, yours and the difference per person, biggest first, then
// the cause of the largest ones, a sentence each.
func (w *workspace) printGaps(gaps []simulate.Gap, taken lang.Text, net bool) {
	out := w.app.out
	fmt.Fprintln(out, taken.In(w.lang))
	mineTitle := lang.T("telepay 应发", "telepay gross")
	if net {
		mineTitle = lang.T("telepay 实发", "telepay net")
	}
	t := newTable(lang.T("工号", "agent"), lang.T("姓名", "name"), mineTitle, lang.T("对方", "theirs"), lang.T("差额", "difference"))
	t.right(2, 3, 4)
	var mine, yours money.Decimal
	same := 0
	for _, g := range gaps {
		mine, yours = mine.Add(g.Mine), yours.Add(g.Yours)
		if g.Difference().IsZero() {
			same++
			continue
		}
		t.add(g.ID, g.Name, statement.WriteMoney(g.Mine), statement.WriteMoney(g.Yours), statement.WriteMoney(g.Difference()))
	}
	t.add(lang.T("合计", "total").In(w.lang), "", statement.WriteMoney(mine), statement.WriteMoney(yours), statement.WriteMoney(yours.Sub(mine)))
	t.print(out, w.lang)
	fmt.Fprintln(out, lang.F("%s 人一分不差", "to the cent the same: %s", lang.Count(same, "person", "people")).In(w.lang))
	for i, g := range gaps {
		if i == explained || g.Difference().IsZero() {
			break
		}
		fmt.Fprintln(out, lang.F("%d. %s %s %s：%s", "%d. %s %s %s: %s", i+1, g.ID, g.Name, statement.WriteMoney(g.Difference()), g.Why).In(w.lang))
	}
}
