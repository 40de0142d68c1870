// Package xlsx renders tables as one workbook: sheet.Tables come in, a file goes
// out. Numbers hold the very digits of the run, text is never a formula and never
// changed, every sheet prints on A4, and the same tables give the same bytes. The
// library makes everything but the rows: it would carry numbers as floats, cut
// text without a word and keep large sheets in the machine's temp folder.
package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"telepay/internal/lang"
	"telepay/internal/output/sheet"
)

// MaxRows is how many rows a sheet of a workbook holds.
const MaxRows = 1 << 20

// Write writes a workbook with a sheet for each table.
func Write(w io.Writer, tables []sheet.Table, l lang.Lang) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	st, err := newStyles(f, l)
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	out := newSplicer(w)
	for i, t := range tables {
		g := newGrid(t, st, l, MaxRows)
		if err := addSheet(f, i, g); err != nil {
			return fmt.Errorf("xlsx: sheet %s: %w", g.name, err)
		}
		out.rows[part(i)] = g.write
	}
	describe(f)
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return out })
	_, err = f.WriteTo(io.Discard)
	return err
}

// part is the name inside the workbook that the library gives to sheet i.
func part(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

// describe says which program made the file, and nothing that changes by itself.
func describe(f *excelize.File) {
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	f.Pkg.Store("docProps/app.xml", []byte(head+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>telepay</Application></Properties>`))
	f.Pkg.Store("docProps/core.xml", []byte(head+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>telepay</dc:creator></cp:coreProperties>`))
}
