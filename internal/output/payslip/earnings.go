package payslip

import (
	"fmt"
	"slices"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// earnings is 一: one row per line of the statement, with the sum that a reader
// can type into a calculator.
func (p pen) earnings(s statement.Statement) table {
	t := table{title: p.section(1, lang.T("工资怎么来的", "How your pay was made")), head: p.earningsHead(s)}
	once := lang.T("每行只在最后四舍五入一次，到分", "each line rounded once, to the fen")
	p.bothRight(&t.title, rightEdge, mm(70), once, noteStyle, noteStyle)
	net := s.Totals.Net != nil
	groups := [4][]box{}
	for i, line := range s.Lines {
		no := line.No
		if no == 0 {
			no = i + 1
		}
		g := groupOf(line.Kind)
		groups[g] = append(groups[g], p.earningsRow(s, line, no))
	}
	t.rows = append(groups[0], p.sumBand(lang.T("应得合计", "Gross"), s.Totals.Gross))
	t.rows = append(t.rows, groups[1]...)
	t.rows = append(t.rows, p.totalBand(lang.T("应发合计", "Payable"), s.Totals.Payable))
	t.rows = append(t.rows, groups[2]...)
	if net {
		t.rows = append(t.rows, p.totalBand(lang.T("实发合计", "Net pay"), *s.Totals.Net))
	}
	if len(groups[3]) > 0 {
		t.rows = append(t.rows, p.outside())
		t.rows = append(t.rows, groups[3]...)
	}
	return t
}

// groupOf says where a line stands: 0 above gross, 1 between gross and payable,
// 2 between payable and net, 3 outside all sums.
func groupOf(k statement.Kind) int {
	switch k {
	case statement.Earning:
		return 0
	case statement.Deduction, statement.CarriedIn, statement.CarriedOut:
		return 1
	case statement.Withholding:
		return 2
	}
	return 3
}

func (p pen) earningsHead(s statement.Statement) box {
	b := box{height: mm(57)}
	y := mm(40)
	p.both(&b, mm(205), y, lang.T("项目", "Item"), headStyle, smallStyle)
	p.both(&b, mm(560), y, lang.T("条款", "Clause, plan path"), headStyle, smallStyle)
	p.both(&b, mm(880), y, lang.T("怎么算", "How, with your numbers"), headStyle, smallStyle)
	currency := s.Currency
	if currency == "" {
		currency = "CNY"
	}
	p.bothRight(&b, rightEdge, y, lang.T("金额", "Amount, "+currency), headStyle, smallStyle)
	return b
}

func (p pen) earningsRow(s statement.Statement, line statement.Line, no int) box {
	var b box
	b.line(leftEdge, rightEdge, 0, thin, hairline)
	y := mm(40)
	b.text(leftEdge, y, noteStyle, page.Left, fmt.Sprint(no))
	under := p.small(line.Title)
	if line.FactMonth != 0 && line.FactMonth != s.Month {
		under = joinNotEmpty(" · ", under, line.FactMonth.String())
	}
	if line.Incomplete {
		under = joinNotEmpty(" · ", under, p.pair(lang.T("暂定", "provisional")))
	}
	last := p.write(&b, column{mm(205), mm(335), page.Left}, y, para{itemStyle, p.main(line.Title)}, para{smallStyle, under})
	clause := line.Clause
	if clause == "" {
		clause = "—"
	}
	last = max(last, p.write(&b, column{mm(560), mm(305), page.Left}, y, para{textStyle, clause}, para{smallStyle, line.PlanPath}))
	last = max(last, p.write(&b, column{rightEdge, mm(205), page.Right}, y, p.amount(line)))
	last = max(last, p.derivation(&b, line, y))
	b.height = max(mm(96), last+mm(22))
	return b
}

// amount is what the line adds to pay; a line outside all sums shows its figure
// in grey.
func (p pen) amount(line statement.Line) para {
	if groupOf(line.Kind) == 3 {
		return para{textStyle.in(grey), phrase.Money(line.Nominal)}
	}
	return para{amountStyle, phrase.Money(line.Amount)}
}

// sumBand is 应得合计, totalBand 应发合计.
func (p pen) sumBand(t lang.Text, d money.Decimal) box {
	b := box{height: mm(67)}
	b.fill(leftEdge, 0, fullWidth, b.height, panel)
	p.both(&b, mm(205), mm(45), t, amountStyle, smallStyle)
	b.text(rightEdge, mm(45), amountStyle, page.Right, phrase.Money(d))
	return b
}

func (p pen) totalBand(t lang.Text, d money.Decimal) box {
	b := box{height: mm(82)}
	st := style{size: 1050, floor: 800, bold: true, color: accent}
	b.fill(leftEdge, 0, fullWidth, b.height, panel)
	b.line(leftEdge, rightEdge, 0, normal, accent)
	b.line(leftEdge, rightEdge, b.height, thick, accent)
	p.both(&b, mm(205), mm(53), t, st, smallStyle)
	b.text(rightEdge, mm(53), st, page.Right, phrase.Money(d))
	return b
}

// outside heads the lines that are in no sum above.
func (p pen) outside() box {
	b := box{height: mm(60)}
	p.both(&b, mm(205), mm(42), lang.T("不计入以上合计", "In no sum above"), headStyle.in(grey), smallStyle)
	return b
}

// remarks are the small print under the lines: what paid nothing and why, and
// what the reader has to know of the run.
func (p pen) remarks(s statement.Statement) []box {
	var out []box
	if len(s.Unpaid) > 0 {
		out = append(out, p.note(p.unpaid(s.Unpaid), mm(40)))
	}
	for i, n := range s.Notes {
		top := mm(40)
		if i+len(s.Unpaid) > 0 {
			top = mm(17)
		}
		out = append(out, p.note(steps([]statement.Step{n}), top))
	}
	if len(out) == 0 {
		out = append(out, space(mm(23)))
	}
	return out
}

// unpaid says which rules paid nothing and why; the other language names them.
func (p pen) unpaid(all []statement.Step) lang.Text {
	var why, names []string
	for _, s := range all {
		why = append(why, phrase.Step(s, p.l))
		if len(s.Terms) > 0 {
			names = append(names, phrase.Term(s.Terms[0], p.l.Other()))
		}
	}
	if p.l == lang.EN {
		return lang.T("本月无金额："+strings.Join(names, "、"), "Nothing due: "+strings.Join(why, "; "))
	}
	return lang.T("本月无金额："+strings.Join(why, " · "), "Nothing due: "+strings.Join(names, ", "))
}

// joinNotEmpty joins the words that say something.
func joinNotEmpty(between string, words ...string) string {
	said := slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.Join(said, between)
}
