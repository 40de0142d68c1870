package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"telepay/internal/money"
)

// book builds a workbook from the XML of its rows, so that every oddity can be said.
func book(rows string, change func(parts map[string]string)) string {
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="隐藏" sheetId="2" state="hidden" r:id="r2"/><sheet name="成交" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r3" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r4" Type="http://x/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>单号</t></si><si><t>金额</t></si><si><r><t xml:space="preserve">张 </t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></si><si><t>a&amp;b_x0041_</t></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; hh:mm"/><numFmt numFmtId="166" formatCode="[h]:mm:ss"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="21"/><xf numFmtId="166"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	if change != nil {
		change(parts)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		io.WriteString(w, text)
	}
	z.Close()
	return b.String()
}

const header = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`

func TestCells(t *testing.T) {
	rows := []struct{ name, cell, want string }{
		{"shared text", `t="s"><v>2</v>`, "张 三"},
		{"entity and escape", `t="s"><v>3</v>`, "a&bA"},
		{"inline text", `t="inlineStr"><is><t>x</t></is>`, "x"},
		{"formula with text", `t="str"><f>A1</f><v>y</v>`, "y"},
		{"formula with number", `><f>1+1</f><v>2</v>`, "2"},
		{"yes", `t="b"><v>1</v>`, "TRUE"},
		{"whole", `><v>1200</v>`, "1200"},
		{"noise", `><v>6399.9999999999991</v>`, "6400"},
		{"noise below", `><v>0.28499999999999998</v>`, "0.285"},
		{"small", `><v>1E-3</v>`, "0.001"},
		{"negative", `><v>-12.5</v>`, "-12.5"},
		{"fifteen digits", `><v>123456789012345</v>`, "123456789012345"},
		{"seventeen digits", `><v>1.2345678901234501E+16</v>`, "1.23456789012345E+16"},
		{"leading zeros shown", `s="3"><v>42</v>`, "000042"},
		{"date", `s="1"><v>46326</v>`, "2026-10-31"},
		{"date with a fraction", `s="1"><v>46326.5</v>`, "2026-10-31 12:00:00"},
		{"date and time", `s="2"><v>46326.378587962965</v>`, "2026-10-31 09:05:10"},
		{"date and time at midnight", `s="2"><v>46326</v>`, "2026-10-31 00:00:00"},
		{"Chinese date", `s="4"><v>46326.378472222219</v>`, "2026-10-31 09:05:00"},
		{"last second of the day", `s="2"><v>46326.999988425923</v>`, "2026-10-31 23:59:59"},
		{"time", `s="5"><v>0.378587962962963</v>`, "09:05:10"},
		{"elapsed", `s="6"><v>1.0416666666666667</v>`, "25:00:00"},
		{"day 60", `s="1"><v>60</v>`, "60"},
		{"day 1", `s="1"><v>1</v>`, "1900-01-01"},
		{"past the year 9999", `s="1"><v>2958466</v>`, "2958466"},
		{"ISO date", `t="d"><v>2026-10-31T09:05:10</v>`, "2026-10-31 09:05:10"},
		{"ISO day", `t="d"><v>2026-10-31T00:00:00</v>`, "2026-10-31"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			content := book(header+`<row r="2"><c r="A2"><v>1</v></c><c r="B2" `+row.cell+`</c></row>`, nil)
			got, problems := read(t, content, Options{})
			want := [][]string{{"单号", "金额"}, {"1", row.want}}
			if !reflect.DeepEqual(got, want) || problems != nil {
				t.Errorf("rows %q, problems %q; want %q", got, problems, want)
			}
		})
	}
}

func TestWorkbookShapes(t *testing.T) {
	two := [][]string{{"单号", "金额"}, {"1", "2"}}
	rows := []struct {
		name, rows string
		change     func(map[string]string)
		want       [][]string
		problems   []string
	}{
		{"no positions", `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>`, nil, two, nil},
		{"gaps", header + `<row r="5"><c r="B5"><v>2</v></c></row>`, nil, [][]string{two[0], {"", "2"}}, nil},
		{"blank rows first", `<row r="1"/><row r="2"><c r="A2" s="1"/></row><row r="3"><c r="A3" t="s"><v>0</v></c></row>`, nil, [][]string{{"单号"}}, nil},
		{"cell beside the header", header + `<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>2</v></c></row>`, nil, two[:1], []string{"deals.csv!成交!A2 ragged-row"}},
		{"empty sheet", "", nil, nil, []string{"deals.csv empty-file"}},
		{"rows out of order", header + `<row r="1"/>`, nil, two[:1], []string{"deals.csv damaged-workbook"}},
		{"formula in the header", `<row r="1"><c r="A1"><f>X</f></c></row>`, nil, nil, []string{"deals.csv!成交!A1 formula-without-value"}},
		{"cut short", header + `<row r="2"><c r="A2">`, func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.TrimSuffix(p["xl/worksheets/sheet1.xml"], `</sheetData></worksheet>`)
		}, two[:1], []string{"deals.csv damaged-workbook"}},
		{"entity", header, func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + p["xl/worksheets/sheet1.xml"]
		}, nil, []string{"deals.csv damaged-workbook"}},
		{"no end of the rows", header, func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.TrimSuffix(p["xl/worksheets/sheet1.xml"], `</sheetData></worksheet>`)
		}, two[:1], []string{"deals.csv damaged-workbook"}},
		{"entity of its own", header + `<row r="2"><c r="A2" t="str"><v>&x;</v></c></row>`, nil, two[:1], []string{"deals.csv damaged-workbook"}},
		{"attribute without quotes", header + `<row r=2><c r="A2"><v>1</v></c></row>`, nil, two[:1], []string{"deals.csv damaged-workbook"}},
		{"another encoding", header, func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<?xml version="1.0" encoding="GBK"?>` + p["xl/worksheets/sheet1.xml"]
		}, nil, []string{"deals.csv damaged-workbook"}},
		{"prefixes, comments, sections, quotes of the other kind", "<!-- > --><x:row r='1'><x:c a='\"' r='A1' t='str'><x:v><![CDATA[单号]]></x:v></x:c><c b=\"x>y'\" t=\"str\"><v>金&#x989D;</v></c></x:row>", nil, two[:1], nil},
		{"no workbook", header, func(p map[string]string) { delete(p, "xl/workbook.xml") }, nil, []string{"deals.csv damaged-workbook"}},
		{"parts of one name", header, func(p map[string]string) { p["XL/workbook.xml"] = "" }, nil, []string{"deals.csv damaged-workbook"}},
		{"second sheet", header + `<row r="2"><c><v>1</v></c><c><v>2</v></c></row>`, func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="说明" r:id="r9"/></sheets>`, 1)
		}, two, []string{"deals.csv other-sheets"}},
		{"1904", `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>44864</v></c></row>`, func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
		}, [][]string{{"单号"}, {"2026-10-31"}}, nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, problems := read(t, book(row.rows, row.change), Options{})
			if !reflect.DeepEqual(got, row.want) || !reflect.DeepEqual(problems, row.problems) {
				t.Errorf("rows %q, problems %q; want %q, %q", got, problems, row.want, row.problems)
			}
		})
	}
}

func TestCellFaults(t *testing.T) {
	rows := []struct{ name, cell, code string }{
		{"formula without a value", `><f>1+1</f>`, "formula-without-value"},
		{"error", `t="e"><v>#REF!</v>`, "error-cell"},
		{"bad pointer", `t="s"><v>99</v>`, "damaged-cell"},
		{"good", `><v>1</v>`, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			content := book(header+`<row r="2"><c r="B2" `+row.cell+`</c></row>`, nil)
			tab, ps, err := Open(write(t, "deals.csv", content), "deals.csv", Options{})
			if tab == nil {
				t.Fatal(ps, err)
			}
			defer tab.Close()
			r, ok := tab.Next()
			if !ok || tab.Fault(r, 0) != nil {
				t.Fatalf("row %v, %v", r, ok)
			}
			p := tab.Fault(r, 1)
			switch {
			case p == nil && row.code == "":
			case p == nil || p.Code != row.code || p.Pos.String() != "deals.csv!成交!B2":
				t.Errorf("problem %+v, want %s", p, row.code)
			default:
				checkProblem(t, *p)
			}
		})
	}
}

func TestBombs(t *testing.T) {
	many := func(p map[string]string) {
		for i := range maxParts {
			p[fmt.Sprint("x", i)] = ""
		}
	}
	big := func(p map[string]string) { p["xl/big.xml"] = strings.Repeat("a", 12<<20) }
	for name, change := range map[string]func(map[string]string){"parts": many, "ratio": big} {
		_, problems := read(t, book(header, change), Options{})
		if want := []string{"deals.csv workbook-too-large"}; !reflect.DeepEqual(problems, want) {
			t.Errorf("%s: problems %q, want %q", name, problems, want)
		}
	}
}

// TestDeclaredSizeLies cuts the size that the directory states for a part.
func TestDeclaredSizeLies(t *testing.T) {
	content := book(header+strings.Repeat(" ", 300), nil)
	z, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			size := fmt.Sprintf("%c%c\x00\x00", f.UncompressedSize64&0xff, f.UncompressedSize64>>8)
			lie := fmt.Sprintf("%c%c\x00\x00", 20, 0)
			size, lie = latin1(size), latin1(lie)
			at := strings.LastIndex(content, "PK\x01\x02")
			for at >= 0 && !strings.HasPrefix(content[at+46:], f.Name) {
				at = strings.LastIndex(content[:at], "PK\x01\x02")
			}
			if content[at+24:at+28] != size {
				t.Fatalf("directory says % x, want % x", content[at+24:at+28], size)
			}
			content = content[:at+24] + lie + content[at+28:]
		}
	}
	_, problems := read(t, content, Options{})
	if len(problems) != 1 || !strings.HasSuffix(problems[0], "damaged-workbook") {
		t.Errorf("problems %q, want one damaged-workbook", problems)
	}
}

func latin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

// TestAgainstExcelize reads back what another library writes.
func TestAgainstExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	cells := map[string]any{
		"A1": "单号", "B1": "签约日", "C1": "合同额",
		"A2": "D001", "B2": time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), "C2": 1200.5,
		"A3": "D<&>2", "B3": time.Date(2026, 10, 1, 9, 5, 10, 0, time.UTC), "C3": 3,
	}
	for at, v := range cells {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, problems := read(t, string(content), Options{})
	want := [][]string{{"单号", "签约日", "合同额"}, {"D001", "2026-10-31", "1200.5"}, {"D<&>2", "2026-10-01 09:05:10", "3"}}
	if !reflect.DeepEqual(got, want) || problems != nil {
		t.Errorf("rows %q, problems %q; want %q", got, problems, want)
	}
}

func TestColumnNames(t *testing.T) {
	for col, name := range map[int]string{0: "A7", 25: "Z7", 26: "AA7", 701: "ZZ7", 702: "AAA7"} {
		if got := cellName(col, 7); got != name {
			t.Errorf("column %d is %s, want %s", col, got, name)
		}
		if got := columnOf([]byte(name)); got != col {
			t.Errorf("%s is column %d, want %d", name, got, col)
		}
	}
	for _, bad := range []string{"", "A", "7", "7A", "a7"} {
		if got := columnOf([]byte(bad)); got != -1 {
			t.Errorf("%q is column %d, want none", bad, got)
		}
	}
}

// TestRandomWorkbooks writes random texts and numbers with another library and reads them back.
func TestRandomWorkbooks(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		want := [][]string{{"h", "h", "h"}}
		f.SetSheetRow("Sheet1", "A1", &[]any{"h", "h", "h"})
		for i := range rapid.IntRange(0, 5).Draw(rt, "rows") {
			text := rapid.StringMatching(`[a-z<>&"'张 =+-]{1,8}`).Draw(rt, "text")
			whole := rapid.Int64Range(-1e14, 1e14).Draw(rt, "whole")
			cents := rapid.Int64Range(1, 99999).Draw(rt, "cents")
			amount := money.New(cents, 2).String()
			at := fmt.Sprint("A", i+2)
			f.SetSheetRow("Sheet1", at, &[]any{text, whole, nil})
			f.SetCellDefault("Sheet1", fmt.Sprint("C", i+2), amount)
			want = append(want, []string{text, fmt.Sprint(whole), amount})
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			rt.Fatal(err)
		}
		path := filepath.Join(dir, "x.xlsx")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			rt.Fatal(err)
		}
		tab, ps, err := Open(path, "x.xlsx", Options{})
		if tab == nil {
			rt.Fatal(ps, err)
		}
		defer tab.Close()
		got := [][]string{tab.Header.Cells}
		for r, ok := tab.Next(); ok; r, ok = tab.Next() {
			got = append(got, r.Cells)
		}
		if !reflect.DeepEqual(got, want) || len(tab.Problems()) > 0 {
			rt.Fatalf("rows %q, want %q; problems %v", got, want, tab.Problems())
		}
	})
}

// FuzzSheet: no XML of a sheet makes the reader panic or run for ever.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{header, header + `<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>`, `<row><c t="inlineStr"><is><t>a</t></is></c></row>`, `<!-- x --><row r='3'/>`, `<row><c><v>&#65;</v></c>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, xml string) {
		s := &sheet{file: "x.xlsx", name: "s", xml: newMarkup(strings.NewReader("<sheetData>"+xml+"</sheetData>"), "sheet1.xml")}
		for last := 0; ; {
			row, p, err := s.next(2)
			if p != nil || err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if row.Line <= last {
				t.Fatalf("row %d after row %d", row.Line, last)
			}
			last = row.Line
		}
	})
}
