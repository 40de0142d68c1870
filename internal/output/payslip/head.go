package payslip

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// firstHead is the head of the first page: whose money, which month, by which
// rules and run, and the four questions asked first.
func (p pen) firstHead(s statement.Statement) []box {
	return []box{stack(p.masthead(s), p.identity(s), space(mm(37)), p.figures(s), p.notNet(s))}
}

func (p pen) masthead(s statement.Statement) box {
	var b box
	width := mm(700)
	company := companyStyle
	company.size, _ = p.Fit(p.main(s.Company), company.size, company.floor, true, width)
	if p.bothWidth(s.Company, company, sectionSmall) <= width {
		p.both(&b, leftEdge, mm(150), s.Company, company, sectionSmall)
	} else {
		p.write(&b, column{leftEdge, width, page.Left}, mm(118), para{company, p.main(s.Company)}, para{smallStyle, p.small(s.Company)})
	}
	title := titleStyle
	if p.l == lang.EN {
		title.size = 1800 // to leave room for the stamp
	}
	p.both(&b, leftEdge, mm(246), lang.T("薪酬结算单", "Pay statement"), title, titleSmall)
	b.text(rightEdge, mm(150), monthStyle, page.Right, p.main(monthName(s.Month)))
	filed := lang.Same("")
	if s.Filed != "" {
		filed = lang.F("（备案 %s）", " (filed %s)", s.Filed)
	}
	last := p.write(&b, column{rightEdge, mm(640), page.Right}, mm(191),
		para{noteStyle, p.pair(lang.T("发放月", "Pay month")) + "  " + s.PayMonth.String()},
		para{noteStyle, p.pair(lang.T("方案", "Plan")) + "  " + s.Plan + p.main(filed)},
		para{noteStyle, p.pair(lang.T("方案摘要", "plan")) + " " + s.PlanHash + "   " + p.pair(lang.T("运算摘要", "run")) + " " + s.RunHash})
	b.height = max(mm(289), last+mm(34))
	b.line(leftEdge, rightEdge, b.height, normal, accent)
	return b
}

// pair says a label in both languages, the paper's first.
func (p pen) pair(t lang.Text) string {
	return strings.TrimSpace(p.main(t) + " " + p.small(t))
}

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

func monthName(m period.Month) lang.Text {
	return lang.T(lang.F("%d 年 %d 月", "", m.Year(), m.Month()).ZH,
		lang.F("", "%s %d", monthNames[m.Month()-1], m.Year()).EN)
}

// identity is the strip that says who.
func (p pen) identity(s statement.Statement) box {
	var b box
	worked := phrase.Figure(s.Worked, statement.Plain, p.l) + " / " + phrase.Figure(s.Scheduled, statement.Days, p.l)
	rank, grade := lang.T("职级", "Grade"), s.Station.Grade
	if grade == "" { // a company without grades
		rank, grade = lang.T("岗位", "Role"), s.Station.Role
	}
	last := 0
	edges := []int{160, 520, 760, 1050, 1370, 1690, 1960}
	for i, f := range []struct {
		label lang.Text
		value string
	}{
		{lang.T("姓名", "Name"), s.Person.Name},
		{lang.T("工号", "ID"), s.Person.ID},
		{rank, grade},
		{lang.T("团队", "Team"), s.Station.Team},
		{lang.T("职场", "Site"), s.Station.Site},
		{lang.T("出勤", "Days worked"), worked},
	} {
		x, width := mm(edges[i]), mm(edges[i+1]-edges[i]-20)
		p.both(&b, x, mm(46), f.label, noteStyle, smallStyle)
		if f.value == "" {
			f.value = "—"
		}
		last = max(last, p.write(&b, column{x, width, page.Left}, mm(101), para{identity, f.value}))
	}
	b.height = last + mm(51)
	b.line(leftEdge, rightEdge, b.height, thin, hairline)
	return b
}

// figures is the panel: what is paid, and beside it gross, deducted, carried, held.
func (p pen) figures(s statement.Statement) box {
	b := box{height: mm(268)}
	b.fill(leftEdge, 0, fullWidth, b.height, panel)
	b.fill(leftEdge, 0, mm(15), b.height, accent)
	x := mm(225)
	payable := lang.T("应发", "Payable")
	b.text(x, mm(68), payableWord, page.Left, p.main(payable))
	gloss := p.small(payable) + ", before insurance, fund and tax"
	if p.l == lang.EN {
		gloss = p.small(payable) + "，社保、公积金、个税之前"
	}
	b.text(x+p.Width(p.main(payable), payableWord.size, true)+mm(20), mm(68), style{size: 760, floor: 600, color: grey}, page.Left, gloss)
	p.write(&b, column{x, mm(850), page.Left}, mm(204), para{payableStyle, currencySign(s.Currency) + " " + phrase.Money(s.Totals.Payable)})
	for _, at := range []int{1109, 1526} {
		b.add(page.Line{X1: mm(at), Y1: mm(28), X2: mm(at), Y2: mm(239), Width: thin, Color: light})
	}
	deducted := s.Totals.Payable.Sub(s.Totals.Gross)
	p.figure(&b, mm(1160), 0, lang.T("应得合计", "Gross"), figureStyle, s.Totals.Gross)
	p.figure(&b, mm(1160), mm(116), lang.T("本月扣款", "Deducted"), figureStyle, deducted)
	next := s.Month.Add(1)
	carried := lang.T("结转下月扣", "Carried to "+monthNames[next.Month()-1][:3])
	p.figure(&b, mm(1559), 0, carried, figurePlain, s.Totals.CarryNext)
	before := ""
	if s.Totals.HeldUpTo.Sign() != 0 {
		before = p.pair(lang.T("最多", "up to"))
	}
	b.text(mm(1559), mm(222), noteStyle, page.Left, before)
	st := figurePlain
	st.size, _ = p.Fit(phrase.Money(s.Totals.HeldUpTo), st.size, 600, false, mm(310)-p.Width(before, noteStyle.size, false))
	p.figure(&b, mm(1559), mm(116), lang.T("待裁，未计入", "Held, not included"), st, s.Totals.HeldUpTo)
	return b
}

func (p pen) figure(b *box, x, top int, label lang.Text, st style, d money.Decimal) {
	p.both(b, x, top+mm(55), label, noteStyle, smallStyle)
	p.write(b, column{x + mm(329), mm(315), page.Right}, top+mm(107), para{st, phrase.Money(d)})
}

func currencySign(c string) string {
	if c == "" || c == "CNY" {
		return "¥"
	}
	return c
}

// net is what reaches the account, and how it follows from the figure above it.
func (p pen) net(s statement.Statement) box {
	b := box{height: mm(88)}
	x, y := mm(225), mm(58)
	net := p.main(lang.T("实发", "Net pay")) + " " + currencySign(s.Currency) + " " + phrase.Money(*s.Totals.Net)
	b.text(x, y, payableWord, page.Left, net)
	how := lang.F("%s − 代扣社保、公积金、个税 %s", "%s less insurance, fund and tax %s", phrase.Money(s.Totals.Payable), phrase.Money(s.Totals.Statutory.Neg()))
	b.text(x+p.Width(net, payableWord.size, true)+mm(30), y, noteStyle, page.Left, p.main(how))
	b.text(rightEdge, y, smallStyle, page.Right, p.small(lang.T("实发", "Net pay"))+": "+p.small(how))
	return b
}

// notNet says that 应发 is not what reaches the account or, where the plan has
// a statutory part, what does.
func (p pen) notNet(s statement.Statement) box {
	t := lang.T("本单只算到应发，不是实发：社会保险、住房公积金、个人所得税由薪资部门另行结算。",
		"Insurance, housing fund and tax are settled by payroll.")
	if p.l == lang.EN {
		t.EN = "This paper ends at payable, not at net pay: insurance, housing fund and tax are settled by payroll."
		t.ZH = "社会保险、住房公积金、个人所得税由薪资部门另行结算。"
	}
	if s.Totals.Net != nil {
		return p.net(s)
	}
	b := p.note(t, mm(40))
	b.height -= mm(12)
	return b
}
