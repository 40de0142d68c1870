package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// credits is 三: every payment that was credited, the rows of one deal together,
// with the deal's commission on its last row.
func (p pen) credits(s statement.Statement) table {
	t := table{title: p.section(3, lang.T("计入的成交与回款", "Deals and payments credited to you"))}
	if len(s.Credits) == 0 {
		t.rows = []box{p.nothing(lang.T("本月没有计入的成交与回款。", "No deals or payments were credited this month."))}
		return t
	}
	t.head = p.creditsHead()
	for i := 0; i < len(s.Credits); {
		n := sameDeal(s.Credits[i:])
		t.rows = append(t.rows, p.deal(s.Credits[i:i+n], s.Month))
		i += n
	}
	t.foot = p.creditsTotal(s, len(t.rows))
	return t
}

// sameDeal counts the rows at the beginning that belong to one deal.
func sameDeal(rows []statement.CreditRow) int {
	n := 1
	for n < len(rows) && rows[n].Deal != "" && rows[n].Deal == rows[0].Deal {
		n++
	}
	return n
}

func (p pen) creditsHead() box {
	b := box{height: mm(80)}
	wide := mm(300)
	p.head(&b, column{leftEdge, wide, page.Left}, lang.T("收款日", "Paid on"))
	p.head(&b, column{mm(290), wide, page.Left}, lang.T("单号", "Deal"))
	p.head(&b, column{mm(505), wide, page.Left}, lang.T("产品", "Product"))
	p.head(&b, column{mm(800), wide, page.Left}, lang.T("说明", "Why"))
	p.head(&b, column{mm(1475), wide, page.Right}, lang.T("实收", "Collected"))
	p.head(&b, column{mm(1570), wide, page.Right}, lang.T("份额", "Share"))
	p.head(&b, column{mm(1755), wide, page.Right}, lang.T("计入", "Credited"))
	p.head(&b, column{rightEdge, wide, page.Right}, lang.T("分摊提成", "Commission"))
	return b
}

// deal is the rows of one deal under one hairline; number and product stand
// once, in the first.
func (p pen) deal(rows []statement.CreditRow, m period.Month) box {
	var all box
	for i, r := range rows {
		var b box
		if i == 0 {
			b.line(leftEdge, rightEdge, 0, thin, hairline)
		}
		y := mm(35)
		last := p.write(&b, column{leftEdge, mm(125), page.Left}, y, para{tableStyle, dayIn(r.Date, m)})
		if i == 0 {
			last = max(last, p.write(&b, column{mm(290), mm(205), page.Left}, y, para{tableStyle, r.Deal}))
		}
		if i == 0 || r.Product != rows[i-1].Product {
			last = max(last, p.write(&b, column{mm(505), mm(285), page.Left}, y, para{tableStyle, r.Product}))
		}
		last = max(last, p.write(&b, column{mm(800), mm(500), page.Left}, y, para{noteStyle, p.main(r.Why)}))
		last = max(last, p.write(&b, column{mm(1475), mm(165), page.Right}, y, para{figureText, phrase.Money(r.Amount)}))
		last = max(last, p.write(&b, column{mm(1570), mm(85), page.Right}, y, para{figureText, share(r.Share)}))
		last = max(last, p.write(&b, column{mm(1755), mm(170), page.Right}, y, para{figureText, phrase.Money(r.Credited)}))
		if r.Commission != nil {
			last = max(last, p.write(&b, column{rightEdge, mm(170), page.Right}, y, para{figureText, phrase.Money(*r.Commission)}))
		}
		b.height = max(mm(51), last+mm(16))
		all.append(b)
	}
	return all
}

// share is a percentage, or the fraction it is where that has no end: 1/3.
func share(r money.Ratio) string {
	if !r.IsDecimal() {
		return r.Num().String() + "/" + r.Den().String()
	}
	return phrase.Figure(r, statement.Percent, lang.ZH)
}

// dayIn leaves out the year where it is the statement's.
func dayIn(d period.Day, m period.Month) string {
	s := d.String()
	if len(s) > 5 && s[:5] == m.String()[:5] {
		return s[5:]
	}
	return s
}

func (p pen) creditsTotal(s statement.Statement, deals int) box {
	var b box
	var collected, credited, commission money.Decimal
	paid := false
	for _, r := range s.Credits {
		collected, credited = collected.Add(r.Amount), credited.Add(r.Credited)
		if r.Commission != nil {
			commission, paid = commission.Add(*r.Commission), true
		}
	}
	b.line(leftEdge, rightEdge, 0, normal, accent)
	y := mm(44)
	count := lang.F("合计  %s 单 %s 笔", "Total  %s, %s", lang.Count(deals, "deal", "deals"), lang.Count(len(s.Credits), "row", "rows"))
	p.both(&b, leftEdge, y, count, itemStyle, smallStyle)
	p.write(&b, column{mm(1475), mm(260), page.Right}, y, para{amountStyle, phrase.Money(collected)})
	p.write(&b, column{mm(1755), mm(270), page.Right}, y, para{amountStyle, phrase.Money(credited)})
	if !paid {
		b.height = y + mm(23)
		return b
	}
	p.write(&b, column{rightEdge, mm(175), page.Right}, y, para{amountStyle, phrase.Money(commission)})
	b.height = y
	b.append(p.note(spread(s, commission), mm(41)))
	return b
}

// spread says which line the column adds up to.
func spread(s statement.Statement, commission money.Decimal) lang.Text {
	for i, line := range s.Lines {
		if line.Stage != statement.Rate || !line.Amount.Equal(commission) {
			continue
		}
		no := line.No
		if no == 0 {
			no = i + 1
		}
		return lang.F("分摊提成：提成总额按各单计入额分摊，最大余数法，合计等于第 %d 行；日后退款按此数扣回。",
			"Line %d spread over the deals by largest remainder", no)
	}
	return lang.T("分摊提成：各项提成按各单计入额分摊，最大余数法；日后退款按此数扣回。",
		"Commission spread over the deals by largest remainder")
}
