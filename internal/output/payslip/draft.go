package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/output/page"
)

var (
	stampWidth  = mm(353)
	stampHeight = mm(112)
)

func (p pen) draftWord() string {
	if p.l == lang.EN {
		return "DRAFT 草稿"
	}
	return "草稿 DRAFT"
}

// stamp says on every page of a draft that nothing on it binds yet.
func (p pen) stamp(b *box, x, y int) {
	const gap = 210 // between the two frames
	b.add(page.Rect{X: x, Y: y, W: stampWidth, H: stampHeight, Stroke: 100, Outline: stampRed})
	b.add(page.Rect{X: x + gap, Y: y + gap, W: stampWidth - 2*gap, H: stampHeight - 2*gap, Stroke: 50, Outline: stampRed})
	mid := x + stampWidth/2
	b.text(mid, y+mm(53), style{size: 1100, floor: 900, bold: true, color: stampRed}, page.Center, p.draftWord())
	say := "未结账，可能变动 not closed"
	if p.l == lang.EN {
		say = "not closed, may change 未结账"
	}
	b.text(mid, y+mm(88), style{size: 600, floor: 540, color: stampRed}, page.Center, say)
}

// margin is the line along the right edge of a draft, so that a copy of part of
// a page still shows what it is.
func (p pen) margin(f frame) page.Text {
	say := "草稿 DRAFT · 未结账，可能变动 · "
	if p.l == lang.EN {
		say = "DRAFT 草稿 · not closed, may change · "
	}
	return page.Text{X: mm(2033), Y: mm(1795), Size: 600, Color: stampRed, Turned: true,
		S: say + f.id + " · " + f.month}
}
