package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// addSheet makes sheet i of the workbook, all but its rows.
func addSheet(f *excelize.File, i int, g *grid) error {
	var err error
	if i == 0 {
		err = f.SetSheetName("Sheet1", g.name)
	} else {
		_, err = f.NewSheet(g.name)
	}
	if err != nil {
		return err
	}
	last := min(g.rows, g.most) + 1
	for _, step := range []func() error{
		func() error { return f.SetSheetDimension(g.name, "A1:"+at(len(g.shows)-1, g.last())) },
		func() error { return f.AutoFilter(g.name, "A1:"+at(len(g.shows)-1, last), nil) },
		func() error { return setWidths(f, g) },
		func() error { return freeze(f, g) },
		func() error { return printing(f, g) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// setWidths hands over widths; a column width is the one figure that the
// library wants as a float, and it is no pay.
func setWidths(f *excelize.File, g *grid) error {
	for n, w := range g.widths {
		name := column(n)
		if err := f.SetColWidth(g.name, name, name, float64(min(w, excelize.MaxColumnWidth))); err != nil {
			return err
		}
	}
	return nil
}

func freeze(f *excelize.File, g *grid) error {
	p := excelize.Panes{Freeze: true, YSplit: 1, XSplit: g.frozen, TopLeftCell: at(g.frozen, 2), ActivePane: "bottomRight"}
	if g.frozen == 0 {
		p.ActivePane = "bottomLeft"
	}
	return f.SetPanes(g.name, &p)
}

// printing puts a sheet on A4 across, one page wide, with its header row on
// every page. It comes after the filter, which makes the sheet's properties anew.
func printing(f *excelize.File, g *grid) error {
	across, a4, one, many, yes := "landscape", 9, 1, 0, true
	if err := f.SetPageLayout(g.name, &excelize.PageLayoutOptions{Orientation: &across, Size: &a4, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	if err := f.SetSheetProps(g.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	head := excelize.HeaderFooterOptions{OddHeader: "&L" + printed(g.t.Head) + "&R&A", OddFooter: "&C&P / &N"}
	if err := f.SetHeaderFooter(g.name, &head); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + g.name + "'!$1:$1", Scope: g.name})
}

// printed is text for a page header, which has its own code sign and limit.
func printed(s string) string {
	if r := []rune(s); len(r) > 80 {
		s = string(r[:79]) + "…"
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	return strings.ReplaceAll(s, "&", "&&")
}

func column(n int) string {
	name, err := excelize.ColumnNumberToName(n + 1)
	if err != nil {
		panic("xlsx: a table of more columns than a workbook has: " + err.Error())
	}
	return name
}

// at names a cell: column n counted from 0, row counted from 1.
func at(n, row int) string { return fmt.Sprintf("%s%d", column(n), row) }
