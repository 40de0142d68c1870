package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/output/page"
)

// sheet fills pages from top to bottom. Boxes are never cut.
type sheet struct {
	pages []page.Page
	y     int
	top   int // where content begins on a page after the first
}

// place puts a box on the page, on a new one where it does not fit.
func (s *sheet) place(b box) { s.placeUnder(box{}, b) }

// placeUnder is place for a row of a table whose head every new page repeats.
// Only a row taller than a whole page is cut, between two lines of text.
func (s *sheet) placeUnder(head, b box) {
	if len(s.pages) == 0 {
		s.pages = append(s.pages, page.Page{})
	}
	tall := s.tall(head, b)
	if roomy := bottom-s.y > enough; s.y+b.height > bottom && s.y > s.top && !(tall && roomy) {
		s.turn(head)
	}
	for s.y+b.height > bottom {
		upper, lower := b.cut(bottom - s.y)
		s.put(upper)
		s.turn(head)
		b = lower
	}
	s.put(b)
}

func (s *sheet) tall(head, b box) bool {
	return b.height > bottom-s.top-tableTop-head.height
}

var (
	tableTop = mm(20)  // above a repeated head
	enough   = mm(600) // for the beginning of a row that no page can hold
)

func (s *sheet) turn(head box) {
	s.pages = append(s.pages, page.Page{})
	s.y = s.top
	if head.height > 0 {
		s.put(space(tableTop))
		s.put(head)
	}
}

func (s *sheet) put(b box) {
	p := &s.pages[len(s.pages)-1]
	for _, it := range b.items {
		p.Add(lowered(it, s.y))
	}
	s.y += b.height
}

// table is rows under a head that every page repeats. The foot stays with the
// last row, the title with the first.
type table struct {
	title box
	head  box
	rows  []box
	foot  box
}

// placeTable puts a table on the page, breaking between its rows.
func (s *sheet) placeTable(t table) {
	if len(t.rows) < 2 {
		s.place(t.whole())
		return
	}
	start, first := stack(t.title, t.head), t.rows[0].height
	if s.tall(t.head, t.rows[0]) {
		first = enough
	}
	if s.y+start.height+first > bottom {
		s.turn(box{})
	}
	s.place(start)
	for i, r := range t.rows {
		if i == len(t.rows)-1 {
			r = stack(r, t.foot)
		}
		s.placeUnder(t.head, r)
	}
}

// whole is a table as one box, for sections that stay together.
func (t table) whole() box {
	return stack(t.title, t.head, stack(t.rows...), t.foot)
}

// finish puts head, foot and draft marks on the pages, whose number is now known.
func (s *sheet) finish(p pen, f frame) {
	for i := range s.pages {
		pg := &s.pages[i]
		if i > 0 {
			pg.Add(p.nextHead(f).items...)
		}
		if f.draft {
			stampAt := mm(887)
			stampTop := mm(124)
			if i > 0 {
				stampAt, stampTop = rightEdge-stampWidth, mm(79)
			}
			var b box
			p.stamp(&b, stampAt, stampTop)
			pg.Add(b.items...)
			pg.Add(p.margin(f))
		}
		pg.Add(p.foot(f, i+1, len(s.pages)).items...)
	}
}

// frame is what stands on every page.
type frame struct {
	draft    bool
	name, id string
	month    string
	program  string // telepay 0.1
	plan     string // digests
	run      string
}

// nextHead is the head of the pages after the first.
func (p pen) nextHead(f frame) box {
	var b box
	y := mm(150)
	who := style{size: 920, floor: 700, bold: true, color: ink}
	size, lines := p.Fit(f.name, who.size, 500, true, mm(500))
	who.size = size
	x := leftEdge
	for i, l := range lines {
		b.text(leftEdge, y-(len(lines)-1-i)*mm(30), who, page.Left, l)
		x = max(x, leftEdge+p.Width(l, size, true))
	}
	x += mm(21)
	b.text(x, y, textStyle, page.Left, f.id)
	x += p.Width(f.id, textStyle.size, false) + mm(42)
	p.both(&b, x, y, lang.T("薪酬结算单", "Pay statement"), noteStyle, noteStyle)
	x += p.bothWidth(lang.T("薪酬结算单", "Pay statement"), noteStyle, noteStyle) + mm(10)
	b.text(x, y, noteStyle, page.Left, f.month)
	b.line(leftEdge, rightEdge, mm(211), thick, accent)
	return b
}

func (p pen) foot(f frame, n, of int) box {
	var b box
	b.line(leftEdge, rightEdge, footRule, thin, hairline)
	y, x := mm(2869), leftEdge
	if f.draft {
		b.text(x, y, style{size: 600, floor: 540, bold: true, color: stampRed}, page.Left, p.draftWord())
		x += p.Width(p.draftWord(), 600, true) + mm(25)
	}
	for _, s := range []string{f.program, f.id, f.month, "方案 plan " + f.plan, "运算 run " + f.run} {
		b.text(x, y, footStyle, page.Left, s)
		x += p.Width(s, footStyle.size, false) + mm(16)
	}
	number := lang.F("第 %d 页 / 共 %d 页", "Page %d of %d", n, of)
	p.bothRight(&b, rightEdge, y, number, footStyle, footStyle)
	return b
}
