package sheet

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Problems has one row per problem of the run. Messages quote only the faulty
// field; the user's line, which may name customers, is never copied. A place in a
// workbook is FILE!Sheet!C17 in file, 17 in line and 3 in column.
func Problems(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	columns := []Column{
		text("reach", "影响", "Reach"), text("code", "代码", "Code"), text("file", "文件", "File"),
		number("line", "行", "Line"), number("column", "列", "Column"),
		prose("message", "问题", "Message", 60), prose("mend", "改法", "Mend", 50),
		agentColumn, text("see", "另见", "See"), shown(prose("means", "代码含义", "What the code means", 34))}
	t := Table{Name: "problems", Title: lang.T("问题", "Problems"), Columns: columns, Freeze: 2}
	t.Rows = func(yield func([]Cell) bool) {
		for _, p := range run.Problems {
			if !yield(w.problem(p)) {
				return
			}
		}
	}
	return t
}

func (w words) problem(p diag.Problem) []Cell {
	file, line, column := p.Pos.File, p.Pos.Line, p.Pos.Col
	if p.Pos.Cell != "" {
		file = p.Pos.String()
		line, column = place(p.Pos.Cell)
	}
	message := p.Message(w.l)
	if p.Another > 0 {
		message += lang.F(" (同类还有 %d 处)", " (and %d more)", p.Another).In(w.l)
	}
	var see []string
	for _, s := range p.See {
		see = append(see, s.String())
	}
	return []Cell{w.coded(p.Reach.String(), reachWords[p.Reach]), Words(p.Code), Words(file),
		CountIf(line), CountIf(column), Words(message), Words(diag.Clean(p.Mend.In(w.l))),
		Key(p.Agent), Words(strings.Join(see, "; ")), w.say(meaning(p.Code))}
}

// place returns the row and column of a cell such as C17; 0 and 0 for other text.
func place(cell string) (row, column int) {
	for _, r := range cell {
		switch {
		case r >= 'A' && r <= 'Z' && row == 0 && column < 20000:
			column = column*26 + int(r-'A') + 1
		case r >= '0' && r <= '9' && column > 0 && row < 10_000_000:
			row = row*10 + int(r-'0')
		default:
			return 0, 0
		}
	}
	return row, column
}
