// Package page is the display list: pages of text, rectangles and lines at
// exact places, in whole hundredths of a point, with y running down from the
// top. Layout fills it through Metrics, which knows how wide text is and where
// it may break; a back end (package pdf) draws it. Nothing here knows a file
// format, and nothing is ever cut off: text that does not fit shrinks, then wraps.
package page

// A4 in hundredths of a point.
const (
	A4Width  = 59528
	A4Height = 84189
)

// MM turns tenths of a millimetre into hundredths of a point, rounded to the
// nearest: MM(160) is 16 mm.
func MM(tenths int) int {
	const num, den = 7200, 254 // 72 points of 100 an inch, 254 tenths of a mm an inch
	if tenths < 0 {
		return -MM(-tenths)
	}
	return (tenths*num + den/2) / den
}

// Pt turns tenths of a point into hundredths: Pt(82) is 8.2 pt.
func Pt(tenths int) int { return tenths * 10 }

// Document is the pages of one paper.
type Document struct {
	Width, Height int
	Pages         []Page
}

// Page is drawn in the order of its items.
type Page struct{ Items []Item }

// Item is a Text, a Rect or a Line.
type Item interface{ item() }

// RGB is a colour.
type RGB struct{ R, G, B uint8 }

// Hex reads a colour written as 0x1D2227.
func Hex(c uint32) RGB { return RGB{uint8(c >> 16), uint8(c >> 8), uint8(c)} }

// Align says which point of a text stands at X.
type Align uint8

const (
	Left Align = iota
	Right
	Center
)

// Text is one line of text; Y is its baseline. Turned text runs upwards, and X
// is its baseline then.
type Text struct {
	X, Y   int
	Size   int // hundredths of a point
	Bold   bool
	Color  RGB
	Align  Align
	Turned bool
	S      string
}

// Rect is a rectangle with its upper left corner at X, Y: filled, outlined
// (Stroke is the width of the outline, lying half inside), or both.
type Rect struct {
	X, Y, W, H int
	Filled     bool
	Fill       RGB
	Stroke     int
	Outline    RGB
}

// Line is a straight line.
type Line struct {
	X1, Y1, X2, Y2 int
	Width          int
	Color          RGB
}

func (Text) item() {}
func (Rect) item() {}
func (Line) item() {}

// Add appends items.
func (p *Page) Add(items ...Item) { p.Items = append(p.Items, items...) }
