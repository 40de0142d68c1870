package payslip

import (
	"slices"
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
	between := ""
	if p.l == lang.EN {
		between = " "
	}
	last := y + mm(12)
	for i, r := range limitsOf(g) {
		limit := limitSum(g, r)
		if i == 0 {
			limit = limitAndRest(g, limit)
		}
		last = p.write(&b, column{leftEdge, fullWidth, page.Left}, last+mm(38), para{tableStyle, p.main(limit)})
		if len(limitsOf(g)) > 1 {
			last = p.write(&b, column{leftEdge, fullWidth, page.Left}, last+mm(38), para{noteStyle, joinNotEmpty(between, p.main(classNames[r.Class]), p.main(articleOf(r)))})
		}
	}
	article := ""
	if len(limitsOf(g)) == 1 {
		article = p.main(g.Article)
	}
	if basis := joinNotEmpty(between, article, p.main(g.Basis)); basis != "" {
		last = p.write(&b, column{leftEdge, fullWidth, page.Left}, last+mm(38), para{noteStyle, basis})
	}
	b.height = last + mm(23)
	return b
}

func articleOf(r statement.GuardRow) lang.Text {
	return lang.F("限额依据%s。", "Limit by %s. ", r.Article)
}

// limitsOf returns a row for each limit that the deductions stand under: one,
// where the classes share it.
func limitsOf(g statement.GuardSummary) []statement.GuardRow {
	var out []statement.GuardRow
	for _, r := range g.Rows {
		if !slices.ContainsFunc(out, func(x statement.GuardRow) bool {
			return x.Limit.Equal(r.Limit) && x.Percent.Cmp(r.Percent) == 0 && x.Article == r.Article
		}) {
			out = append(out, r)
		}
	}
	return out
}

// limitSum writes a limit as the sum that gives it; a sum that does not give it
// is not written.
func limitSum(g statement.GuardSummary, r statement.GuardRow) lang.Text {
	wage, limit, minimum := phrase.Money(g.Wage), phrase.Money(r.Limit), phrase.Money(g.Minimum)
	rate := phrase.Figure(r.Percent, statement.Percent, lang.ZH)
	share := money.Of(g.Wage).Mul(r.Percent).Round(2, money.Down)
	switch {
	case share.Equal(r.Limit):
		return lang.F("限额 = 当月工资 %s × %s = %s", "Limit = month's wage %s × %s = %s", wage, rate, limit)
	case g.Wage.Sub(g.Minimum).Equal(r.Limit):
		return lang.F("限额 = 当月工资 %s − 最低工资 %s = %s", "Limit = month's wage %s − minimum wage %s = %s", wage, minimum, limit)
	}
	return lang.F("限额 %s（当月工资 %s，比例 %s，最低工资 %s）", "Limit %s (month's wage %s, share %s, minimum wage %s)", limit, wage, rate, minimum)
}

// limitAndRest adds what is left of the wage, where it stands above the minimum.
func limitAndRest(g statement.GuardSummary, t lang.Text) lang.Text {
	rest := g.Wage.Sub(g.Applied)
	if g.Minimum.Sign() <= 0 || rest.Cmp(g.Minimum) < 0 {
		return t
	}
	return lang.F("%s；扣后 %s − %s = %s，不低于当地最低工资 %s", "%s; after it %s − %s = %s, not below the local minimum wage %s",
		t, phrase.Money(g.Wage), phrase.Money(g.Applied), phrase.Money(rest), phrase.Money(g.Minimum))
}
