package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// Edges of the bar: 0 to 130%.
var (
	barLeft  = mm(1120)
	barRight = mm(1390)
	barWhole = barLeft + (barRight-barLeft)*100/130
)

// scorecard is 二: each KPI against its target, and what the scores come to.
func (p pen) scorecard(s statement.Statement) table {
	t := table{title: p.section(2, lang.T("绩效得分", "KPIs against target, and the month's score"))}
	if len(s.KPIs) == 0 {
		t.rows = []box{p.nothing(lang.T("本月没有指标。", "No KPIs this month."))}
	} else {
		p.legend(&t.title)
		t.head = p.scorecardHead()
	}
	for _, k := range s.KPIs {
		t.rows = append(t.rows, p.kpiRow(s, k))
	}
	for _, sc := range s.Scores {
		t.foot.append(p.scoreBand(sc))
	}
	return t
}

// legend explains the bars; each language's words are as long as they are, so
// it is set from the right.
func (p pen) legend(b *box) {
	y := mm(70)
	x := rightEdge - mm(5)
	last := lang.T("上月", "last month")
	x -= p.bothWidth(last, noteStyle, smallStyle)
	p.both(b, x, y, last, noteStyle, smallStyle)
	x -= mm(22)
	b.text(x, y, noteStyle.in(ink), page.Center, "▲")
	for _, e := range []struct {
		say     lang.Text
		reached bool
	}{{lang.T("未达标", "below"), false}, {lang.T("达标", "reached"), true}} {
		x -= mm(45) + p.bothWidth(e.say, noteStyle, smallStyle)
		p.both(b, x, y, e.say, noteStyle, smallStyle)
		x -= mm(65)
		b.add(bar(x, y-mm(22), mm(54), mm(26), e.reached))
	}
}

func bar(x, y, w, h int, reached bool) page.Rect {
	if reached {
		return page.Rect{X: x, Y: y, W: w, H: h, Filled: true, Fill: accent}
	}
	return page.Rect{X: x, Y: y, W: w, H: h, Filled: true, Fill: light, Stroke: 70, Outline: accent}
}

func (p pen) scorecardHead() box {
	b := box{height: mm(80)}
	wide := mm(300)
	p.head(&b, column{leftEdge, wide, page.Left}, lang.T("指标", "KPI"))
	p.head(&b, column{mm(800), wide, page.Right}, lang.T("实际", "Counted"))
	p.head(&b, column{mm(830), wide, page.Left}, lang.T("目标", "Target"))
	b.text(barWhole, mm(37), style{size: 720, floor: 600, bold: true, color: ink}, page.Center, "100%")
	p.head(&b, column{mm(1530), wide, page.Right}, lang.T("达成", "Attained"))
	p.head(&b, column{mm(1695), wide, page.Right}, lang.T("得分", "Score"))
	p.head(&b, column{mm(1790), mm(82), page.Right}, lang.T("权重", "Weight"))
	p.head(&b, column{rightEdge, wide, page.Right}, lang.T("计分", "Points"))
	return b
}

func (p pen) kpiRow(s statement.Statement, k statement.KPIRow) box {
	var b box
	b.line(leftEdge, rightEdge, 0, thin, hairline)
	y := mm(38)
	last := p.write(&b, column{leftEdge, mm(300), page.Left}, y, para{textBold, p.main(k.Title)}, para{smallStyle, p.small(k.Title)})
	value, under := p.counted(s, k)
	last = max(last, p.write(&b, column{mm(800), mm(330), page.Right}, y, para{textStyle, value}, para{smallStyle, under}))
	target := "—"
	if k.Target != nil {
		target = phrase.Figure(*k.Target, k.Unit, p.l)
	}
	how := joinNotEmpty(" · ", p.main(k.TargetHow), p.main(k.How))
	last = max(last, p.write(&b, column{mm(830), mm(275), page.Left}, y, para{textStyle, target}, para{smallStyle, how}))
	last = max(last, p.attained(&b, k, y))
	p.scored(&b, k, y)
	b.height = max(mm(92), last+mm(21))
	p.bars(&b, k)
	return b
}

// counted is the value, with the quotient it comes from, and what it counts.
func (p pen) counted(s statement.Statement, k statement.KPIRow) (value, under string) {
	value = phrase.Figure(k.Value, k.Unit, p.l)
	if k.Num != nil && k.Den != nil {
		quotient := phrase.Figure(*k.Num, k.NumUnit, p.l) + " ÷ " + phrase.Figure(*k.Den, k.NumUnit, p.l)
		if !k.HasBase {
			return quotient, p.pair(lang.T("无基数", "no base"))
		}
		value = quotient + " = " + value
	}
	if !k.HasBase {
		return "—", p.pair(lang.T("无基数", "no base"))
	}
	under = p.main(k.Define)
	if pair := p.pair(k.Define); p.Width(pair, smallStyle.size, false) <= mm(250) {
		under = pair
	}
	switch {
	case under != "":
	case k.Unit == statement.Duration:
		under = p.pair(lang.T("时:分:秒", "h:m:s"))
	case k.Unit == statement.Money && s.Currency != "" && s.Currency != "CNY":
		under = s.Currency
	case k.Unit == statement.Money:
		under = p.pair(lang.T("元", "CNY"))
	}
	return value, under
}

func (p pen) attained(b *box, k statement.KPIRow, y int) int {
	say, last := "—", ""
	if k.Attained != nil {
		say = phrase.FixedPercent(*k.Attained)
	}
	if k.Last != nil {
		was := phrase.FixedPercent(*k.Last)
		if k.Attained == nil && k.Unit != statement.Percent {
			was = phrase.Figure(*k.Last, k.Unit, p.l)
		}
		last = p.main(lang.T("上月", "last")) + " " + was
	}
	return p.write(b, column{mm(1530), mm(135), page.Right}, y, para{textBold, say}, para{smallStyle, last})
}

func (p pen) scored(b *box, k statement.KPIRow, y int) {
	if k.Score == nil && k.Points == nil && k.Weight == nil {
		b.text(rightEdge, y, noteStyle, page.Right, p.pair(lang.T("不计分", "not scored")))
		return
	}
	if k.Score != nil {
		p.at(b, mm(1625), y, textStyle, score(*k.Score))
	}
	if k.Weight != nil {
		b.text(mm(1790), y, textStyle, page.Right, phrase.Figure(*k.Weight, statement.Percent, p.l))
	}
	if k.Points != nil {
		p.at(b, mm(1868), y, textStyle, score(*k.Points))
	}
}

// score has two places, or four where two are not exact, like money.
func score(r money.Ratio) string { return phrase.Money(r.Round(4, money.HalfUp)) }

// bars draws how much of the target was reached, a mark for last month, and the
// piece of the 100% line that crosses the row.
func (p pen) bars(b *box, k statement.KPIRow) {
	if share, ok := ofTarget(k.Attained, k.Value, k); ok && k.HasBase {
		if w := barLength(share); w > 0 {
			b.add(bar(barLeft, mm(23), w, mm(34), share.Cmp(money.One) >= 0))
		}
	}
	b.add(page.Line{X1: barWhole, Y1: 0, X2: barWhole, Y2: b.height, Width: 60, Color: ink})
	if k.Last == nil {
		return
	}
	var was *money.Ratio
	if k.Attained != nil {
		was = k.Last
	}
	if share, ok := ofTarget(was, *k.Last, k); ok {
		b.text(barLeft+barLength(share), mm(82), style{size: 600, floor: 600, color: ink}, page.Center, "▲")
	}
}

// ofTarget is an attainment, or a value's share of the target where there is none.
func ofTarget(attained *money.Ratio, value money.Ratio, k statement.KPIRow) (money.Ratio, bool) {
	switch {
	case attained != nil:
		return *attained, true
	case k.Target != nil && k.Target.Sign() > 0:
		return value.Div(*k.Target), true
	}
	return money.Ratio{}, false
}

// barLength cuts what lies outside the scale: the figure stands beside the bar.
func barLength(share money.Ratio) int {
	most := money.Of(money.New(13, 1))
	share = money.MaxRatio(money.Ratio{}, money.MinRatio(share, most))
	n, _ := share.Mul(money.Whole(int64(barWhole-barLeft))).Round(0, money.HalfUp).Int64()
	return int(n)
}

// scoreBand is the outcome of a scorecard: score → grade → factor.
func (p pen) scoreBand(sc statement.Score) box {
	b := box{height: mm(67)}
	b.fill(leftEdge, 0, fullWidth, b.height, panel)
	total := score(sc.Total)
	say := lang.T("总分 "+total, "Score "+total)
	gloss := lang.T("总分", "score")
	if sc.Grade != "" {
		say = lang.T(say.ZH+" → "+sc.Grade+" 级", say.EN+" → grade "+sc.Grade)
		gloss = lang.T(gloss.ZH+"、等级", gloss.EN+", grade")
	}
	if sc.Factor != nil {
		f := phrase.Figure(*sc.Factor, statement.Plain, p.l)
		say = lang.T(say.ZH+" → 系数 "+f, say.EN+" → factor "+f)
		gloss = lang.T(gloss.ZH+"、系数", gloss.EN+", factor")
	}
	st := style{size: 920, floor: 700, bold: true, color: ink}
	x := mm(181)
	if !sc.Title.IsEmpty() {
		x = p.both(&b, x, mm(43), sc.Title, textBold, smallStyle) + mm(40)
	}
	b.text(x, mm(43), st, page.Left, p.main(say))
	b.text(x+p.Width(p.main(say), st.size, true)+mm(20), mm(43), smallStyle, page.Left, p.small(gloss))
	b.text(rightEdge, mm(43), textBold, page.Right, total)
	b.line(leftEdge, rightEdge, b.height, thin, hairline)
	if !sc.How.IsEmpty() {
		b.append(p.note(sc.How, mm(41)))
	}
	return b
}
