package payslip

import (
	"fmt"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

// ranks is 六: the person's places, two boards side by side, and what is near.
func (p pen) ranks(s statement.Statement) box {
	b := p.section(6, lang.T("排名与荣誉", "Rank and honours"))
	if len(s.Ranks) == 0 {
		b.append(p.nothing(lang.T("本月没有排名。", "No rankings this month.")))
	}
	for i := 0; i < len(s.Ranks); i += 2 {
		row := p.rank(s.Ranks[i], leftEdge)
		if i+1 < len(s.Ranks) {
			right := p.rank(s.Ranks[i+1], mm(1062))
			row.items = append(row.items, right.items...)
			row.height = max(row.height, right.height)
		}
		b.append(row)
	}
	if len(s.Next) > 0 {
		b.append(p.next(s.Next))
	}
	return b
}

func (p pen) rank(r statement.Rank, left int) box {
	var b box
	text := left + mm(110)
	place := "—"
	if r.Place > 0 {
		place = fmt.Sprint(r.Place)
	}
	p.write(&b, column{left, mm(105), page.Left}, mm(91), para{style{size: 2400, floor: 1200, bold: true, color: accent}, place})
	c := column{text, mm(750), page.Left}
	of := lang.F("%d 人参评", "of %d", r.Of)
	if r.Team {
		of = lang.F("%s 队参评", "of %s", lang.Count(r.Of, "team", "teams"))
	}
	title := p.main(r.Title)
	last := p.write(&b, column{text, mm(480), page.Left}, mm(46), para{textBold, title})
	if last == mm(46) {
		x := text + p.Width(title, textBold.size, true) + mm(16)
		b.text(x, last, style{size: 700, floor: 600, color: ink}, page.Left, p.main(of))
		x += p.Width(p.main(of), 700, false) + mm(14)
		if small := p.small(r.Title); x+p.Width(small, smallStyle.size, false) <= text+c.width {
			b.text(x, last, smallStyle, page.Left, small)
		} else {
			last = p.write(&b, c, last+mm(32), para{smallStyle, small})
		}
	} else {
		last = p.write(&b, c, last+mm(35), para{style{size: 700, floor: 600, color: ink}, p.main(of)})
	}
	last += mm(45)
	honour := style{size: 980, floor: 800, bold: true, color: ink}
	x := text
	if r.Honour != "" {
		b.text(x, last, honour, page.Left, r.Honour)
		x += p.Width(r.Honour, honour.size, true) + mm(24)
	}
	moved := p.main(movement(r))
	b.text(x, last, style{size: 700, floor: 600, color: ink}, page.Left, moved)
	if r.Honour == "" && moved == "" {
		last -= mm(45)
	}
	last = p.write(&b, c, last+mm(38), para{style{size: 740, floor: 620, color: ink}, p.main(standing(r))})
	last = p.write(&b, c, last+mm(32), para{style{size: 660, floor: 560, color: grey}, p.main(r.Rule)})
	b.height = last + mm(25)
	return b
}

// movement is ▲4 上月第 6 名.
func movement(r statement.Rank) lang.Text {
	if r.Place == 0 || r.Previous == 0 {
		return lang.Text{}
	}
	mark := "▲" + fmt.Sprint(r.Previous-r.Place)
	switch {
	case r.Previous == r.Place:
		mark = "="
	case r.Previous < r.Place:
		mark = "▼" + fmt.Sprint(r.Place-r.Previous)
	}
	return lang.F("%s  上月第 %d 名", "%s  last month %d", mark, r.Previous)
}

// standing is the value, and how far the first is away, or why there is no place.
func standing(r statement.Rank) lang.Text {
	say := func(v money.Ratio, l lang.Lang) string { return phrase.Figure(v, r.Unit, l) }
	zh := joinNotEmpty(" ", r.Measure.In(lang.ZH), say(r.Value, lang.ZH))
	en := joinNotEmpty(" ", r.Measure.In(lang.EN), say(r.Value, lang.EN))
	if r.Behind != nil && r.Behind.Sign() > 0 {
		first := r.Value.Add(*r.Behind)
		zh += "，距第 1 名 " + say(first, lang.ZH) + " − " + say(r.Value, lang.ZH) + " = " + say(*r.Behind, lang.ZH)
		en += ", to the first " + say(first, lang.EN) + " − " + say(r.Value, lang.EN) + " = " + say(*r.Behind, lang.EN)
	}
	if r.Place == 0 {
		zh = joinNotEmpty("；", zh, "未参评", r.WhyNot.In(lang.ZH))
		en = joinNotEmpty("; ", en, "not ranked", r.WhyNot.In(lang.EN))
	}
	return lang.T(zh, en)
}

// next is what is near: the next tier, in sums.
func (p pen) next(all []statement.Step) box {
	var b box
	p.both(&b, mm(198), mm(37), lang.T("下月", "Next month"), textBold.in(accent), smallStyle)
	left := mm(482)
	c := column{left, rightEdge - left, page.Left}
	st := style{size: 780, floor: 780, color: ink}
	y, last := mm(37), mm(37)
	for _, s := range all {
		say := lang.T(phrase.Step(s, lang.ZH), phrase.Step(s, lang.EN))
		last = p.write(&b, c, y, para{st, p.main(say)}, para{smallStyle, p.small(say)})
		y = last + mm(42)
	}
	b.height = last + mm(13)
	b.fill(leftEdge, 0, mm(10), b.height, light)
	b.height += mm(20)
	return b
}
