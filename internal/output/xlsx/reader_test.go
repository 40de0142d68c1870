package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"telepay/internal/lang"
	"telepay/internal/output/sheet"
)

// The second reader: a workbook read with nothing but zip and xml.

type cell struct {
	Ref    string `xml:"r,attr"`
	Type   string `xml:"t,attr"`
	Style  int    `xml:"s,attr"`
	Value  string `xml:"v"`
	Inline string `xml:"is>t"`
}

type worksheet struct {
	Views struct {
		Pane struct {
			X     int    `xml:"xSplit,attr"`
			Y     int    `xml:"ySplit,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheetView>pane"`
	} `xml:"sheetViews"`
	Fit struct {
		On string `xml:"fitToPage,attr"`
	} `xml:"sheetPr>pageSetUpPr"`
	Cols []struct {
		Width string `xml:"width,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		Number int    `xml:"r,attr"`
		Cells  []cell `xml:"c"`
	} `xml:"sheetData>row"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Page struct {
		Size   int    `xml:"paperSize,attr"`
		Across string `xml:"orientation,attr"`
		Wide   string `xml:"fitToWidth,attr"`
		High   string `xml:"fitToHeight,attr"`
	} `xml:"pageSetup"`
	Header string `xml:"headerFooter>oddHeader"`
}

// book is a workbook as the second reader sees it.
type book struct {
	parts  map[string]string
	names  []string
	titles []string // ranges of rows that repeat in print
	sheets []worksheet
	styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Fonts []struct {
			Bold *struct{} `xml:"b"`
		} `xml:"fonts>font"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
			Font   int `xml:"fontId,attr"`
			Fill   int `xml:"fillId,attr"`
		} `xml:"cellXfs>xf"`
	}
}

func write(t *testing.T, tables []sheet.Table, l lang.Lang) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, tables, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t *testing.T, data []byte) *book {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	b := &book{parts: map[string]string{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if b.parts[f.Name] != "" {
			t.Errorf("two parts %s", f.Name)
		}
		b.parts[f.Name] = string(content)
	}
	var w struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name string `xml:"name,attr"`
			Is   string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	b.parse(t, "xl/workbook.xml", &w)
	b.parse(t, "xl/styles.xml", &b.styles)
	for i, s := range w.Sheets {
		b.names = append(b.names, s.Name)
		var ws worksheet
		b.parse(t, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), &ws)
		b.sheets = append(b.sheets, ws)
	}
	for _, n := range w.Names {
		if n.Name == "_xlnm.Print_Titles" {
			b.titles = append(b.titles, n.Is)
		}
	}
	return b
}

func (b *book) parse(t *testing.T, part string, into any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(b.parts[part]), into); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
}

// format is the number format of a cell.
func (b *book) format(c cell) string {
	id := b.styles.Cells[c.Style].Format
	for _, f := range b.styles.Formats {
		if f.ID == id {
			return f.Code
		}
	}
	return strconv.Itoa(id)
}

// rows are the cells of a sheet by column: numbers as their digits, text after
// an apostrophe, nothing for an empty cell.
func (w worksheet) rows(t *testing.T) (rows [][]string) {
	t.Helper()
	for n, r := range w.Rows {
		if r.Number != n+1 {
			t.Errorf("row %d stands in place %d", r.Number, n+1)
		}
		var row []string
		for _, c := range r.Cells {
			name := strings.TrimRight(c.Ref, "0123456789")
			if c.Ref != name+strconv.Itoa(r.Number) {
				t.Errorf("cell %s in row %d", c.Ref, r.Number)
			}
			for column(len(row)) != name {
				row = append(row, "")
			}
			switch {
			case c.Type == "inlineStr":
				row = append(row, "'"+unescape(c.Inline))
			case c.Type == "":
				row = append(row, c.Value)
			default:
				t.Errorf("cell %s has type %q", c.Ref, c.Type)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

var escape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape reads text as a spreadsheet does.
func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil {
			panic(err)
		}
		return string(utf16.Decode([]uint16{uint16(n)}))
	})
}
