package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// held is 四: what is in dispute, in no sum above.
func (p pen) held(s statement.Statement) box {
	b := p.section(4, lang.T("待裁，未计入", "Held: in dispute, in no sum above"))
	if len(s.Held) == 0 {
		b.append(p.nothing(lang.T("本月没有待裁的成交。", "No deal is in dispute.")))
		return b
	}
	for i, h := range s.Held {
		row := p.heldRow(h, s.Month)
		if i > 0 {
			row.line(leftEdge, rightEdge, 0, thin, hairline)
		}
		b.append(row)
	}
	return b
}

func (p pen) heldRow(h statement.HeldRow, m period.Month) box {
	var b box
	y := mm(42)
	last := p.write(&b, column{leftEdge, mm(125), page.Left}, y, para{tableStyle, dayIn(h.Date, m)})
	last = max(last, p.write(&b, column{mm(290), mm(205), page.Left}, y, para{tableStyle, h.Deal}))
	last = max(last, p.write(&b, column{mm(505), mm(285), page.Left}, y, para{tableStyle, h.Product}))
	last = max(last, p.write(&b, column{mm(800), mm(500), page.Left}, y, para{noteStyle, p.main(h.Why)}))
	p.write(&b, column{mm(1475), mm(165), page.Right}, y, para{figureText, phrase.Money(h.Amount)})
	p.bothRight(&b, mm(1755), y, lang.T("提成最多", "up to"), noteStyle, smallStyle)
	p.write(&b, column{rightEdge, mm(170), page.Right}, y, para{amountStyle, phrase.Money(h.UpTo)})
	for _, st := range h.Steps {
		last = p.write(&b, column{mm(290), mm(1650), page.Left}, last+mm(39), para{noteStyle, phrase.Step(st, p.l)})
	}
	b.height = last + mm(27)
	return b
}
