package payslip

import "telepay/internal/output/page"

// Colours. Black and white print stays readable: negative figures have a sign,
// a missed target has an outlined bar.
var (
	ink      = page.Hex(0x1D2227)
	grey     = page.Hex(0x5A646D)
	accent   = page.Hex(0x16485C)
	light    = page.Hex(0xC3D3DA)
	hairline = page.Hex(0xCDD4D8)
	panel    = page.Hex(0xF3F6F7)
	stampRed = page.Hex(0x9C2F22) // of drafts only
)

// style is how a text is set: size in hundredths of a point, and the floor it
// may shrink to before it wraps. Names then wrap at the floor, prose at its size.
type style struct {
	size, floor int
	bold        bool
	color       page.RGB
	prose       bool
}

var (
	titleStyle   = style{size: 2000, floor: 1400, bold: true, color: ink}
	titleSmall   = style{size: 1000, floor: 800, color: grey}
	monthStyle   = style{size: 1400, floor: 1000, bold: true, color: accent}
	companyStyle = style{size: 900, floor: 700, bold: true, color: grey}
	payableStyle = style{size: 3300, floor: 2000, bold: true, color: accent}
	payableWord  = style{size: 1150, floor: 900, bold: true, color: accent}
	figureStyle  = style{size: 1200, floor: 800, bold: true, color: ink}
	figurePlain  = style{size: 1200, floor: 800, color: ink}
	identity     = style{size: 1040, floor: 750, bold: true, color: ink}
	sectionStyle = style{size: 1100, floor: 900, bold: true, color: accent}
	sectionSmall = style{size: 720, floor: 600, color: grey}
	headStyle    = style{size: 760, floor: 600, bold: true, color: ink}
	itemStyle    = style{size: 860, floor: 700, bold: true, color: ink}
	textStyle    = style{size: 820, floor: 640, color: ink, prose: true}
	figureText   = style{size: 820, floor: 500, color: ink} // figures never wrap before they are hard to read
	textBold     = style{size: 820, floor: 500, bold: true, color: ink}
	amountStyle  = style{size: 900, floor: 500, bold: true, color: ink}
	tableStyle   = style{size: 760, floor: 600, color: ink}
	noteStyle    = style{size: 680, floor: 600, color: grey, prose: true}
	smallStyle   = style{size: 620, floor: 540, color: grey, prose: true}
	footStyle    = style{size: 600, floor: 540, color: grey}
)

// in gives a style another colour.
func (s style) in(c page.RGB) style { s.color = c; return s }

// lead is the distance between baselines.
func (s style) lead() int { return s.size * 3 / 2 }

// Edges of the page, in hundredths of a point.
var (
	leftEdge  = page.MM(160)
	rightEdge = page.MM(1940)
	fullWidth = rightEdge - leftEdge
	bottom    = page.MM(2818) // content ends here
	footRule  = page.MM(2835)
)

// mm is page.MM under a short name: layout is full of tenths of millimetres.
func mm(tenths int) int { return page.MM(tenths) }

var (
	thin   = 50  // hairlines: half a point
	normal = 70  // lines of the accent colour
	thick  = 120 // under a total
)
