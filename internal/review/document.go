package review

import (
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Document is a paper to read: a title and blocks in their order, in both
// languages. What renders it is not known here.
type Document struct {
	Title  lang.Text
	Blocks []Block
}

// Block is one piece of a document; one of its parts is filled.
type Block struct {
	Heading lang.Text
	Level   int    // of a heading: 1 a section, 2 a rule
	Note    string // of a heading: the path in the plan
	Text    lang.Text
	Table   *Table
	Sum     *Sum
	Sign    []lang.Text // lines to fill in by hand
}

// Table is a table of words; the last Right columns are figures.
type Table struct {
	Head  []lang.Text
	Rows  [][]lang.Text
	Right int
	Fits  []map[string]string // of each row: the fields, with the values that its lookups ask for
}

// Sum is a worked sum: for whom and with which figures, and the steps of the line.
type Sum struct {
	Given lang.Text
	Steps []statement.Step
	Comes lang.Text // what it comes to
}

func (d *Document) heading(level int, t lang.Text, path string) {
	d.Blocks = append(d.Blocks, Block{Heading: t, Level: level, Note: path})
}

func (d *Document) text(t lang.Text) {
	if !t.IsEmpty() {
		d.Blocks = append(d.Blocks, Block{Text: t})
	}
}

func (d *Document) table(t *Table) {
	if t != nil && len(t.Rows) > 0 {
		d.Blocks = append(d.Blocks, Block{Table: t})
	}
}
