package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// cellXML and sheetXML read a workbook's parts with the standard library alone.
type cellXML struct {
	Ref  string `xml:"r,attr"`
	Type string `xml:"t,attr"`
	V    string `xml:"v"`
	F    *struct {
		Text string `xml:",chardata"`
	} `xml:"f"`
	Text string `xml:"is>t"`
}

type sheetXML struct {
	Rows []struct {
		Cells []cellXML `xml:"c"`
	} `xml:"sheetData>row"`
}

type workbookXML struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
	} `xml:"sheets>sheet"`
}

func part(t *testing.T, files map[string]*zip.File, name string, into any) {
	t.Helper()
	f := files[name]
	if f == nil {
		t.Fatalf("the workbook has no %s", name)
	}
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestWorkbookReadBack reads register.xlsx with another reader than the one that
// wrote it: every sheet is there, no text is a formula, and the register holds
// the very digits of register.csv.
func TestWorkbookReadBack(t *testing.T) {
	dir := exampleProject(t)
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	out := filepath.Join(dir, "out", "2026-10")
	z, err := zip.OpenReader(filepath.Join(out, "register.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[f.Name] = f
	}
	var book workbookXML
	part(t, files, "xl/workbook.xml", &book)
	var names []string
	for _, s := range book.Sheets {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, " "); got != "汇总 问题 工资表 扣款 发放月 明细 指标 排名 待裁 异常 周报 通话汇总 回访 晋升参考 异常应发 纪律提示 加班 发薪日 数据行" {
		t.Fatalf("sheets %s", got)
	}
	want := read(t, filepath.Join(out, "data", "register.csv"))
	for i, name := range names {
		var sheet sheetXML
		part(t, files, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), &sheet)
		for _, row := range sheet.Rows {
			for _, c := range row.Cells {
				if c.F != nil {
					t.Errorf("%s!%s is a formula", name, c.Ref)
				}
			}
		}
		if name == "工资表" {
			registerReads(t, sheet, want)
		}
	}
}

func registerReads(t *testing.T, sheet sheetXML, want [][]string) {
	if len(sheet.Rows) != len(want)+1 {
		t.Fatalf("%d rows in the register, want %d and the totals", len(sheet.Rows), len(want))
	}
	for i, row := range want[1:] {
		cells := map[string]cellXML{}
		for _, c := range sheet.Rows[i+1].Cells {
			cells[strings.TrimRight(c.Ref, "0123456789")] = c
		}
		for j, text := range row {
			c := cells[columnName(j)]
			if c.Type == "inlineStr" || c.Type == "str" {
				if c.Text != text {
					t.Errorf("%s reads %q, want %q", c.Ref, c.Text, text)
				}
				continue
			}
			if text == "" && c.V == "" {
				continue
			}
			if number(c.V).Cmp(number(text)) != 0 {
				t.Errorf("%s reads %s, want %s", c.Ref, c.V, text)
			}
		}
	}
}

func columnName(i int) string {
	if i >= 26 {
		return string(rune('A'+i/26-1)) + string(rune('A'+i%26))
	}
	return string(rune('A' + i))
}
