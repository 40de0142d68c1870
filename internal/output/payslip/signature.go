package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// signature is 七: the law asks that the person sees and signs, and may object.
func (p pen) signature(s statement.Statement) box {
	b := p.section(7, lang.T("确认与异议", "Receipt and objection"))
	b.append(p.choices())
	b.append(p.signatures())
	if s.Objection != period.NoDay && s.Objection != 0 {
		b.append(p.note(lang.F("异议请于 %s 前书面交主管或人事；签收不等于放弃异议。",
			"Objections in writing by %s; signing waives nothing.", s.Objection), mm(51)))
	}
	return b
}

// choices are the two boxes to tick, with lines to write on.
func (p pen) choices() box {
	b := box{height: mm(169)}
	y := mm(74)
	x := leftEdge
	for _, t := range []lang.Text{lang.T("已阅，无异议", "read, no objection"), lang.T("有异议", "I object to")} {
		b.add(page.Rect{X: x, Y: mm(49), W: mm(31), H: mm(31), Stroke: 80, Outline: ink})
		x = p.both(&b, x+mm(46), y, t, textStyle, smallStyle) + mm(65)
	}
	x = max(x-mm(20), mm(931))
	b.line(x, rightEdge, mm(82), 60, ink)
	b.line(x, rightEdge, mm(169), 60, ink)
	return b
}

func (p pen) signatures() box {
	b := box{height: mm(109)}
	y := mm(98)
	for _, f := range []struct {
		at, line, end int
		t             lang.Text
	}{
		{160, 453, 842, lang.T("本人签名", "Signature")},
		{873, 1033, 1292, lang.T("日期", "Date")},
		{1333, 1541, 1940, lang.T("人事复核", "HR")},
	} {
		x := p.both(&b, mm(f.at), y, f.t, textStyle, smallStyle)
		b.line(max(x+mm(15), mm(f.line)), mm(f.end), mm(110), 60, ink)
	}
	return b
}
