package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestOneWorkbook moves roster, targets, decisions and opening of the example into
// one workbook: everybody is paid the same.
func TestOneWorkbook(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	want := registerOf(t, dir, "init", dir)
	f := excelize.NewFile()
	defer f.Close()
	for sheet, files := range map[string][]string{"人员": {"roster.csv"}, "目标": {"exports/2026-09/targets.csv", "exports/2026-10/targets.csv"}, "签批": {"exports/2026-10/decisions.csv"}, "结转": {"opening.csv"}} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, file := range files {
			appendTable(t, f, sheet, filepath.Join(dir, filepath.FromSlash(file)), i > 0)
		}
	}
	if err := f.SaveAs(filepath.Join(dir, "公司.xlsx")); err != nil {
		t.Fatal(err)
	}
	if got := registerOf(t, dir, "version"); got != want {
		t.Errorf("register\n%s\nwant\n%s", got, want)
	}
}

// appendTable puts a CSV into a sheet as text, and removes the file.
func appendTable(t *testing.T, f *excelize.File, sheet, path string, headless bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if headless {
		rows = rows[1:]
	}
	before, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, len(before)+i+1)
		if err == nil {
			err = f.SetSheetRow(sheet, at, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// registerOf runs a command and the example's month, and returns the register.
func registerOf(t *testing.T, dir string, first ...string) string {
	t.Helper()
	for _, args := range [][]string{first, {"-C", dir, "--quiet", "run"}} {
		var out, errs strings.Builder
		if status := runWith(args, &out, &errs); status != exitDone {
			t.Fatalf("%v ended with %d: %s", args, status, errs.String())
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", "2026-10", "data", "register.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
