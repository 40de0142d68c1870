// Package xlsx renders tables as one workbook: numbers are numbers with the very
// digits of the run, text is never a formula, every sheet prints on A4.
package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/sheet"
)

// Write writes a workbook with a sheet for each table.
func Write(w io.Writer, tables []sheet.Table, l lang.Lang) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	s, err := newStyles(f)
	if err != nil {
		return err
	}
	for i, t := range tables {
		name := t.Title.In(l)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = fill(f, name, t, s, l)
		}
		if err != nil {
			return fmt.Errorf("xlsx: sheet %s: %w", name, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return err
	}
	return inOrder(w, b.Bytes())
}

// inOrder writes the parts of a workbook again, by name: the library writes
// streamed sheets in whatever order its map gives them, and the same run has to
// give the same bytes.
func inOrder(w io.Writer, data []byte) error {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	sort.Slice(in.File, func(i, j int) bool { return in.File[i].Name < in.File[j].Name })
	out := zip.NewWriter(w)
	for _, f := range in.File {
		if err := out.Copy(f); err != nil {
			return err
		}
	}
	return out.Close()
}

type styles struct{ head, headRight, text, money, number, total, totalMoney int }

func newStyles(f *excelize.File) (styles, error) {
	var s styles
	cash, exact := "#,##0.00;[Red]-#,##0.00", "General"
	top := []excelize.Border{{Type: "top", Color: "16485C", Style: 1}}
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.head, heading("left")},
		{&s.headRight, heading("right")},
		{&s.text, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.money, excelize.Style{CustomNumFmt: &cash}},
		{&s.number, excelize.Style{CustomNumFmt: &exact}},
		{&s.total, excelize.Style{Font: &excelize.Font{Bold: true}, Border: top}},
		{&s.totalMoney, excelize.Style{Font: &excelize.Font{Bold: true}, Border: top, CustomNumFmt: &cash}},
	} {
		id, err := f.NewStyle(&x.style)
		if err != nil {
			return s, err
		}
		*x.id = id
	}
	return s, nil
}

func heading(align string) excelize.Style {
	return excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"16485C"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: align}}
}

func fill(f *excelize.File, name string, t sheet.Table, s styles, l lang.Lang) error {
	if err := layout(f, name, t); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i := range t.Columns {
		if err := w.SetColWidth(i+1, i+1, columnWidth(width(t, i, l))); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, XSplit: frozen(t), TopLeftCell: cellName(frozen(t), 1), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	head := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		style := s.head
		if c.Kind != sheet.Text {
			style = s.headRight
		}
		head[i] = excelize.Cell{StyleID: style, Value: Escape(c.Title.In(l))}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if err := w.SetRow("A"+strconv.Itoa(i+2), values(row, t.Columns, s, false)); err != nil {
			return err
		}
	}
	if t.Totals != nil {
		if err := w.SetRow("A"+strconv.Itoa(len(t.Rows)+2), values(t.Totals, t.Columns, s, true)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// frozen columns: the names of people stay in sight in wide tables.
func frozen(t sheet.Table) int {
	if t.Name == "register" {
		return 3
	}
	return 0
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		panic("xlsx: a column out of range: " + err.Error())
	}
	return name
}

// layout says how a sheet prints; a streamed sheet takes it only before its rows.
func layout(f *excelize.File, name string, t sheet.Table) error {
	landscape, a4, one, many, yes := "landscape", 9, 1, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	if len(t.Rows) > 0 {
		if err := f.AutoFilter(name, "A1:"+cellName(len(t.Columns)-1, len(t.Rows)), nil); err != nil {
			return err
		}
	}
	// after the filter, which makes the sheet's properties anew
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
}

func values(row []sheet.Cell, columns []sheet.Column, s styles, total bool) []any {
	out := make([]any, len(row))
	for i, c := range row {
		style := s.text
		switch {
		case total && c.Set:
			style = s.totalMoney
		case total:
			style = s.total
		case columns[i].Kind == sheet.Money:
			style = s.money
		case columns[i].Kind != sheet.Text:
			style = s.number
		}
		out[i] = excelize.Cell{StyleID: style, Value: value(c)}
	}
	return out
}

// value gives a number only where the workbook then holds the same digits; a
// number of more digits than a workbook can keep stays text, whole.
func value(c sheet.Cell) any {
	if !c.Set {
		if c.Text == "" {
			return nil
		}
		return Escape(c.Text)
	}
	text := c.Number.String()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || strconv.FormatFloat(v, 'f', -1, 64) != text {
		short := c.Number.Round(6, money.HalfUp).String()
		if v, err = strconv.ParseFloat(short, 64); err != nil || strconv.FormatFloat(v, 'f', -1, 64) != short {
			return text
		}
	}
	return v
}

// longest is the most characters that a cell holds.
const longest = 32000

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// Escape keeps text as it is: an _x0041_ that would be read as a letter is
// escaped itself, and what a cell cannot hold is shortened visibly.
func Escape(s string) string {
	s = escaped.ReplaceAllStringFunc(s, func(m string) string { return "_x005F" + m })
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + " …"
	}
	return s
}

// width fits a column to its content, Han characters counted twice, 6 to 60.
func width(t sheet.Table, i int, l lang.Lang) int {
	n := cells(t.Columns[i].Title.In(l))
	for _, row := range t.Rows[:min(len(t.Rows), 500)] {
		text := row[i].Text
		if row[i].Set {
			text = row[i].Number.String() + "   "
		}
		n = max(n, cells(text))
	}
	return min(60, max(6, n+2))
}

func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}

// columnWidth is the one figure that the library wants as a float: no pay.
func columnWidth(n int) (w float64) { return float64(n) }
