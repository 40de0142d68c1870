package payslip

import "telepay/internal/output/page"

// box is a finished piece of a page: items whose x is the page's and whose y
// counts from the upper edge of the box.
type box struct {
	items  []page.Item
	height int
}

func (b *box) add(items ...page.Item) { b.items = append(b.items, items...) }

func (b *box) line(x1, x2, y, width int, c page.RGB) {
	b.add(page.Line{X1: x1, Y1: y, X2: x2, Y2: y, Width: width, Color: c})
}

func (b *box) fill(x, y, w, h int, c page.RGB) {
	b.add(page.Rect{X: x, Y: y, W: w, H: h, Filled: true, Fill: c})
}

func (b *box) text(x, y int, st style, align page.Align, s string) {
	if s != "" {
		b.add(page.Text{X: x, Y: y, Size: st.size, Bold: st.bold, Color: st.color, Align: align, S: s})
	}
}

// append puts other below what is there.
func (b *box) append(other box) {
	for _, it := range other.items {
		b.items = append(b.items, lowered(it, b.height))
	}
	b.height += other.height
}

func stack(boxes ...box) box {
	var all box
	for _, b := range boxes {
		all.append(b)
	}
	return all
}

// space is an empty box.
func space(height int) box { return box{height: height} }

func lowered(it page.Item, dy int) page.Item {
	switch it := it.(type) {
	case page.Text:
		it.Y += dy
		return it
	case page.Rect:
		it.Y += dy
		return it
	case page.Line:
		it.Y1 += dy
		it.Y2 += dy
		return it
	}
	return it
}

// cut parts a box so that the upper part is no taller than height. Texts stay
// whole: each goes with its baseline, and the lower part begins with room for
// the first of them.
func (b *box) cut(height int) (upper, lower box) {
	at, room := 0, mm(40)
	for _, it := range b.items {
		if t, ok := it.(page.Text); ok && t.Y <= height-mm(15) {
			at = max(at, t.Y)
		}
	}
	if at <= room { // so that each cut brings the end nearer
		at = height - mm(15)
	}
	for _, it := range b.items {
		if top(it) <= at {
			upper.add(it)
		} else {
			lower.add(lowered(it, room-at))
		}
	}
	upper.height, lower.height = height, b.height-at+room
	return upper, lower
}

func top(it page.Item) int {
	switch it := it.(type) {
	case page.Text:
		return it.Y
	case page.Rect:
		return it.Y
	case page.Line:
		return min(it.Y1, it.Y2)
	}
	return 0
}
