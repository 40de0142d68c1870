package convert

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"telepay/internal/input/profile"
)

var update = flag.Bool("update", false, "write what the samples become")

// TestShippedProfiles converts the invented sample of every shipped profile. A
// sample is kept as readable text; its name says as what it is read: .gb18030 and
// .cp1252 are encoded, .xlsx becomes a workbook whose sheet is called like the
// folder says in its first line.
func TestShippedProfiles(t *testing.T) {
	for _, p := range profile.Shipped() {
		t.Run(p.Name, func(t *testing.T) {
			dir := filepath.Join("..", "..", "..", "fixtures", "profiles", p.Name)
			file := sampleOf(t, dir)
			got := converts(t, p, file)
			want := filepath.Join(dir, "want.csv")
			if *update {
				if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(want)
			if err != nil || strings.ReplaceAll(string(data), "\r\n", "\n") != got {
				t.Errorf("becomes\n%s\nwant\n%s(%v)", got, data, err)
			}
			if lines := strings.Count(got, "\n"); lines < 3 {
				t.Errorf("the sample shows %d lines only", lines)
			}
		})
	}
}

// sampleOf writes the sample as the system would and returns the file.
func sampleOf(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "sample.*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s has %d samples, want one", dir, len(found))
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	name := filepath.Base(found[0])
	switch {
	case strings.Contains(name, ".gb18030."):
		text, err = simplifiedchinese.GB18030.NewEncoder().String(text)
	case strings.Contains(name, ".cp1252."):
		text, err = charmap.Windows1252.NewEncoder().String(text)
	case strings.Contains(name, ".xlsx."):
		return workbookOf(t, text)
	}
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// workbookOf makes a workbook of CSV text: the first line names the sheet; a cell
// such as n:0.25 is a number, one such as t:0.25 a number shown as a time.
func workbookOf(t *testing.T, text string) string {
	t.Helper()
	sheet, rest, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(rest))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetName("Sheet1", "notes")
	f.NewSheet(sheet)
	clock, err := f.NewStyle(&excelize.Style{NumFmt: 21})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, cell := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.HasPrefix(cell, "n:"), strings.HasPrefix(cell, "t:"):
				f.SetCellDefault(sheet, at, cell[2:])
				if cell[0] == 't' {
					f.SetCellStyle(sheet, at, at, clock)
				}
			case cell != "":
				f.SetCellStr(sheet, at, cell)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "export.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// converts writes the rows that go out, then where the others went, then what is
// wrong with them.
func converts(t *testing.T, p *profile.Profile, file string) string {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	k, _ := profile.Lookup(p.Kind)
	r, problems, err := Open(file, "sample", k, p, Options{Zone: zone})
	if err != nil || r == nil {
		t.Fatal(err, problems)
	}
	defer r.Table.Close()
	var b strings.Builder
	w := csv.NewWriter(&b)
	head := []string{"line"}
	for _, f := range k.Fields {
		if _, ok := r.Mapping().Columns[f.Name]; ok {
			head = append(head, f.Name)
		}
	}
	w.Write(head)
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		w.Write(append([]string{fmt.Sprint(row.Line)}, row.Cells...))
	}
	w.Flush()
	var left []string
	for f, l := range r.Left() {
		left = append(left, strings.TrimSpace(fmt.Sprintf("# %s: %d %s", f.Reason, l.Rows, strings.TrimPrefix(l.Amount.String(), "0"))))
	}
	slices.Sort(left)
	for _, l := range left {
		b.WriteString(l + "\n")
	}
	for _, p := range r.Problems() {
		b.WriteString("# " + p.Pos.String() + " " + p.Code + "\n")
	}
	return b.String()
}
