package xlsx

import (
	"github.com/xuri/excelize/v2"

	"telepay/internal/lang"
	"telepay/internal/output/sheet"
)

// look is how a cell is drawn.
type look struct {
	kind  sheet.Kind
	wraps bool // text that may take several lines
	right bool // text that stands for a figure
	total bool
}

// styles are the numbers that the workbook has for looks.
type styles struct {
	head, headRight int
	of              map[look]int
}

// fonts have Latin figures and, for Chinese, Han characters on one line; where a
// machine lacks one it takes its own.
var fonts = map[lang.Lang]string{lang.ZH: "Microsoft YaHei", lang.EN: "Calibri"}

const (
	accent = "16485C"
	panel  = "F3F6F7"
)

func newStyles(f *excelize.File, l lang.Lang) (styles, error) {
	s := styles{of: map[look]int{}}
	font := fonts[l]
	err := f.SetDefaultFont(font)
	add := func(st excelize.Style) int {
		id, e := f.NewStyle(&st)
		if err == nil {
			err = e
		}
		return id
	}
	s.head, s.headRight = add(heading(font, "left")), add(heading(font, "right"))
	for kind := sheet.Text; kind <= sheet.Month; kind++ {
		for _, total := range []bool{false, true} {
			for _, l := range []look{{kind, false, false, total}, {kind, true, false, total}, {kind, false, true, total}} {
				s.of[l] = add(drawn(font, l))
			}
		}
	}
	return s, err
}

func heading(font, align string) excelize.Style {
	return excelize.Style{
		Font:      &excelize.Font{Family: font, Bold: true, Color: "FFFFFF", Size: 11},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{accent}},
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: align, Indent: 1},
	}
}

func drawn(font string, l look) excelize.Style {
	format := formats[l.kind]
	st := excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.wraps, Horizontal: "left", Indent: 1}}
	if l.right || figures[l.kind] {
		st.Alignment.Horizontal = "right"
	}
	if l.total {
		st.Font = &excelize.Font{Family: font, Bold: true, Size: 11}
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{panel}}
		st.Border = []excelize.Border{{Type: "top", Color: accent, Style: 1}}
	}
	return st
}

// formats are number formats; @ keeps what is typed over an id text.
var formats = map[sheet.Kind]string{
	sheet.Text: "General", sheet.ID: "@", sheet.Money: "#,##0.00", sheet.Number: "General",
	sheet.Percent: "0.00%", sheet.Duration: "General", sheet.Date: "yyyy-mm-dd", sheet.Month: "@",
}

// figures are the kinds that stand to the right.
var figures = map[sheet.Kind]bool{sheet.Money: true, sheet.Number: true, sheet.Percent: true, sheet.Duration: true}
