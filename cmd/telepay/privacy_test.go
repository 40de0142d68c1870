package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// customerKeys is what the example calls its customers, their phones and leads.
var customerKeys = regexp.MustCompile(`KH\d{8}|XS\d{8}|\b1990000\d{4}\b|\b199\d{8}\b`)

// TestOutputsNameNoCustomer: no result of a run names a customer, a phone or a
// lead, however the results are packed.
func TestOutputsNameNoCustomer(t *testing.T) {
	dir := exampleProject(t)
	for _, file := range []string{"deals.csv", "calls.csv"} {
		rows := read(t, filepath.Join(dir, "exports", "2026-10", file))
		for _, row := range rows[1:10] {
			if !customerKeys.MatchString(strings.Join(row, ",")) {
				t.Fatalf("%s names nobody: %q", file, row)
			}
		}
	}
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	checked := 0
	err := filepath.WalkDir(filepath.Join(dir, "out"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".pdf" { // papers hold what statements.jsonl holds
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Ext(path) == ".xlsx" {
			data = unpacked(t, data)
		}
		checked++
		if found := customerKeys.Find(data); found != nil {
			t.Errorf("%s names %s", filepath.Base(path), found)
		}
		return nil
	})
	if err != nil || checked < 12 {
		t.Fatalf("%d files looked at (%v)", checked, err)
	}
}

// unpacked is the text of all parts of a workbook.
func unpacked(t *testing.T, data []byte) (all []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, part...), '\n')
	}
	return all
}
