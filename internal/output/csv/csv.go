// Package csv renders tables as CSV files: UTF-8 with a byte order mark, so that
// Excel opens them, exact numbers, no totals rows. Text that a spreadsheet would
// run as a formula is made harmless; numbers stay bare.
package csv

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
	"unicode"

	"telepay/internal/money"
	"telepay/internal/output/sheet"
)

// Write writes a table.
func Write(w io.Writer, t sheet.Table) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(b)
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Guard(c.Key)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	record := make([]string, len(t.Columns))
	for _, row := range t.Rows {
		for i, cell := range row {
			record[i] = Cell(cell, t.Columns[i].Kind)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return b.Flush()
}

// Cell writes one value: money with two places, other numbers in full.
func Cell(c sheet.Cell, kind sheet.Kind) string {
	switch {
	case !c.Set:
		return Guard(c.Text)
	case kind == sheet.Money:
		return c.Number.Round(2, money.HalfUp).Fixed(2)
	}
	return c.Number.String()
}

// triggers begin a formula in one spreadsheet or another.
const triggers = "=+-@\t\r\n＝＋－＠"

// Guard puts an apostrophe before text that a spreadsheet would run: that begins,
// after blanks, with a sign of a formula, or has one after ; or a tab, where
// Excel may split the cell.
func Guard(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

func risky(s string) bool {
	start := true
	for _, r := range s {
		switch {
		case start && strings.ContainsRune(triggers, r):
			return true
		case r == ';' || r == '\t':
			start = true
		case !unicode.IsSpace(r):
			start = false
		}
	}
	return false
}
