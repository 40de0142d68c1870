package payslip

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// deductions is 五: what the plan asks, what the law leaves, what is applied and
// what is carried, oldest first.
func (p pen) deductions(s statement.Statement) box {
	t := table{title: p.section(5, lang.T("扣款与法定限额", "Deductions under the legal limit"))}
	if s.Guard == nil || len(s.Guard.Rows) == 0 {
		t.rows = []box{p.nothing(lang.T("本月没有受法定限额约束的扣款。", "No deduction under the legal limit this month."))}
		return t.whole()
	}
	t.head = p.deductionsHead()
	for _, r := range s.Guard.Rows {
		t.rows = append(t.rows, p.deductionRow(r))
	}
	t.foot = p.deductionsTotal(*s.Guard)
	return t.whole()
}

func (p pen) deductionsHead() box {
	b := box{height: mm(80)}
	wide := mm(300)
	p.head(&b, column{leftEdge, wide, page.Left}, lang.T("事由", "What"))
	p.head(&b, column{mm(640), wide, page.Left}, lang.T("依据", "Ground"))
	p.head(&b, column{mm(1420), wide, page.Right}, lang.T("名义", "Nominal"))
	p.head(&b, column{mm(1595), wide, page.Right}, lang.T("限额余", "Limit left"))
	p.head(&b, column{mm(1770), wide, page.Right}, lang.T("本月扣", "Applied"))
	p.head(&b, column{rightEdge, wide, page.Right}, lang.T("结转", "Carried"))
	return b
}

var classNames = map[statement.Class]lang.Text{
	statement.Absence:     lang.T("缺勤类", "absence"),
	statement.NotEarnedCl: lang.T("未挣得", "not earned"),
	statement.Loss:        lang.T("赔偿类", "loss"),
	statement.Discipline:  lang.T("纪律类", "discipline"),
	statement.Recovery:    lang.T("追回类", "recovery"),
	statement.Court:       lang.T("司法扣划", "court order"),
	statement.StatutoryCl: lang.T("法定代扣", "statutory"),
}

func (p pen) deductionRow(r statement.GuardRow) box {
	var b box
	b.line(leftEdge, rightEdge, 0, thin, hairline)
	y := mm(39)
	class := classNames[r.Class]
	if class.IsEmpty() {
		class = lang.Same(string(r.Class))
	}
	what := joinNotEmpty(" · ", p.pair(class), p.small(r.Title))
	last := p.write(&b, column{leftEdge, mm(465), page.Left}, y, para{textBold, p.main(r.Title)}, para{smallStyle, what})
	// The first line of a ground is the rule, what follows is the case.
	rule, detail, _ := strings.Cut(p.main(r.Ground), "\n")
	last = max(last, p.write(&b, column{mm(640), mm(615), page.Left}, y, para{tableStyle, rule}, para{noteStyle, detail}))
	room := mm(160)
	last = max(last, p.write(&b, column{mm(1420), room, page.Right}, y, para{figureText, phrase.Money(r.Nominal)}))
	last = max(last, p.write(&b, column{mm(1595), room, page.Right}, y, para{figureText, phrase.Money(r.Left)}))
	last = max(last, p.write(&b, column{mm(1770), room, page.Right}, y, para{textBold, phrase.Money(r.Applied)}))
	last = max(last, p.write(&b, column{rightEdge, room, page.Right}, y, para{figureText, phrase.Money(r.Carried)}))
	b.height = max(mm(92), last+mm(21))
	return b
}

func (p pen) deductionsTotal(g statement.GuardSummary) box {
	var b box
	b.line(leftEdge, rightEdge, 0, normal, accent)
	y := mm(41)
	p.both(&b, leftEdge, y, lang.T("合计", "Total"), itemStyle, smallStyle)
	p.write(&b, column{mm(1420), mm(340), page.Right}, y, para{amountStyle, phrase.Money(g.Nominal)})
	p.write(&b, column{mm(1770), mm(340), page.Right}, y, para{amountStyle, phrase.Money(g.Applied)})
	p.write(&b, column{rightEdge, mm(160), page.Right}, y, para{amountStyle, phrase.Money(g.Carried)})
	limit := limitSum(g)
	last := p.write(&b, column{leftEdge, fullWidth, page.Left}, y+mm(50), para{tableStyle, p.main(limit)})
	between := ""
	if p.l == lang.EN {
		between = " "
	}
	basis := joinNotEmpty(between, p.main(g.Article), p.main(g.Basis))
	if basis != "" {
		last = p.write(&b, column{leftEdge, fullWidth, page.Left}, last+mm(38), para{noteStyle, basis})
	}
	b.height = last + mm(23)
	return b
}

// limitSum writes the limit as the sum that gives it, and what is left of the
// wage; a sum that does not give it is not written.
func limitSum(g statement.GuardSummary) lang.Text {
	wage, limit, minimum := phrase.Money(g.Wage), phrase.Money(g.Limit), phrase.Money(g.Minimum)
	rate := phrase.Figure(g.Percent, statement.Percent, lang.ZH)
	share := money.Of(g.Wage).Mul(g.Percent).Round(2, money.Down)
	var t lang.Text
	switch {
	case share.Equal(g.Limit):
		t = lang.F("限额 = 当月工资 %s × %s = %s", "Limit = month's wage %s × %s = %s", wage, rate, limit)
	case g.Wage.Sub(g.Minimum).Equal(g.Limit):
		t = lang.F("限额 = 当月工资 %s − 最低工资 %s = %s", "Limit = month's wage %s − minimum wage %s = %s", wage, minimum, limit)
	default:
		t = lang.F("限额 %s（当月工资 %s，比例 %s，最低工资 %s）", "Limit %s (month's wage %s, share %s, minimum wage %s)", limit, wage, rate, minimum)
	}
	rest := g.Wage.Sub(g.Applied)
	if g.Minimum.Sign() > 0 && rest.Cmp(g.Minimum) >= 0 {
		more := lang.F("；扣后 %s − %s = %s，不低于当地最低工资 %s", "; after it %s − %s = %s, not below the local minimum wage %s",
			wage, phrase.Money(g.Applied), phrase.Money(rest), minimum)
		t = lang.T(t.ZH+more.ZH, t.EN+more.EN)
	}
	return t
}
