package main

import (
	"fmt"
	"io"
	"strings"

	"telepay/internal/lang"
)

// columns is text in columns for the terminal. Widths are counted in cells, Han
// characters as two, whatever the locale says.
type columns struct {
	head  []lang.Text
	rows  [][]string
	align map[int]bool // column → right
}

func newTable(head ...lang.Text) *columns { return &columns{head: head, align: map[int]bool{}} }

func (t *columns) right(columns ...int) {
	for _, c := range columns {
		t.align[c] = true
	}
}

func (t *columns) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *columns) print(w io.Writer, l lang.Lang) {
	head := make([]string, len(t.head))
	for i, h := range t.head {
		head[i] = h.In(l)
	}
	widths := make([]int, len(head))
	for _, row := range append([][]string{head}, t.rows...) {
		for i, c := range row {
			widths[i] = max(widths[i], cells(c))
		}
	}
	t.line(w, head, widths)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = strings.Repeat("-", widths[i])
	}
	t.line(w, rule, widths)
	for _, row := range t.rows {
		t.line(w, row, widths)
	}
}

func (t *columns) line(w io.Writer, row []string, widths []int) {
	var b strings.Builder
	for i, c := range row {
		pad := strings.Repeat(" ", widths[i]-cells(c))
		if i > 0 {
			b.WriteString("  ")
		}
		if t.align[i] {
			b.WriteString(pad + c)
		} else {
			b.WriteString(c + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// cells returns the width of a text in terminal cells. Only characters that are
// wide in every locale count two; · × ÷ − and the like count one.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 || r >= 0x20000) {
			n++
		}
	}
	return n
}
