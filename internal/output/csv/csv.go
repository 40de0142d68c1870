// Package csv renders tables as CSV files: a sheet.Table comes in; UTF-8 with a
// byte order mark goes out, so that Excel opens it, with exact numbers and no
// totals row. Text that a spreadsheet would run as a formula is made harmless,
// and text that one might cut stands in quotes; numbers stay bare. It never
// rounds and never leaves out a row.
package csv

import (
	"bufio"
	"io"
	"strings"

	"telepay/internal/output/sheet"
)

// Write writes a table: a header of keys, then its rows.
func Write(w io.Writer, t sheet.Table) error {
	out := bufio.NewWriter(w)
	columns := filed(t.Columns)
	out.WriteString("\ufeff")
	for n, i := range columns {
		separate(out, n)
		out.WriteString(quote(Guard(t.Columns[i].Key)))
	}
	out.WriteByte('\n')
	for row := range t.Rows {
		for n, i := range columns {
			separate(out, n)
			out.WriteString(field(row[i]))
		}
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return out.Flush() // a bufio.Writer keeps its first error
}

// filed are the places of the columns that data files have.
func filed(all []sheet.Column) (at []int) {
	for i, c := range all {
		if c.Where != sheet.InWorkbook {
			at = append(at, i)
		}
	}
	return at
}

func separate(out *bufio.Writer, n int) {
	if n > 0 {
		out.WriteByte(',')
	}
}

// field writes one value.
func field(c sheet.Cell) string {
	if c.IsText() {
		return quote(Guard(strings.ToValidUTF8(c.Data(), "\ufffd")))
	}
	return c.Data()
}

// quote puts text in quotes where a reader might cut it: it has the sign of a
// list in one country or another, a line end, a blank at an end, or was guarded.
func quote(s string) string {
	if !strings.ContainsAny(s, "\",;\t\r\n") && !strings.HasPrefix(s, "'") && strings.TrimSpace(s) == s {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
