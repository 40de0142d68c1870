package table

import (
	"io"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// maxTitles is how many lines before the header may be titles.
const maxTitles = 50

// readHeader takes the separator from the header line, or from the line
// "sep=;" that some programs put before it.
func (t *Table) readHeader(comma byte) (*diag.Problem, error) {
	if t.opts.Whole {
		return t.wholeText(comma)
	}
	for {
		line, err := t.text.peekLine()
		if err != nil && err != io.EOF {
			return nil, err
		}
		if sep, ok := strings.CutPrefix(line, "sep="); ok && len(sep) == 1 {
			comma = sep[0]
			t.text.skipLine()
			continue
		}
		if t.Comma = comma; comma == 0 {
			t.Comma = separator(line)
		}
		t.text.comma = t.Comma
		row, p, err := t.text.next()
		switch {
		case err == io.EOF:
			return emptyFile(t.file.name), nil
		case err != nil || p != nil && p.Reach == diag.Stop:
			return p, err
		case p != nil:
			p.Reach = diag.Stop
			return p, nil
		case row.blank() || t.isTitle(row):
			continue
		}
		t.Header, t.headerEnd = row, t.text.line
		if t.secondRow() {
			t.headerEnd = t.text.line
		}
		return nil, nil
	}
}

// peeked is what was read behind the header, to see whether it belongs to it.
type peeked struct {
	row Row
	p   *diag.Problem
	err error
}

// secondRow joins a header of two rows into one, as people make it by merging
// cells: groups above, their columns below, and nothing below a column that has no
// group. No row of data has cells exactly there. Any other row is kept for Next.
func (t *Table) secondRow() bool {
	var next peeked
	next.p, next.err = t.read()
	next.row = t.row.settled()
	heads := TwoRows(t.Header.Cells, next.row.Cells)
	if next.p != nil || next.err != nil || len(next.row.fault) > 0 || heads == nil {
		t.peeked = &next
		return false
	}
	t.Header.Cells, t.twoRows = heads, true
	return true
}

// TwoRows returns the names of the columns under two header rows, or nil where the
// second one is none. A column is called as it is below, with its group where
// another one is called the same.
func TwoRows(first, second []string) []string {
	first, second = trimmed(first, len(second)), trimmed(second, len(first))
	names, group := slices.Clone(first), make([]string, len(first))
	for i := 0; i < len(first); {
		end := i + 1
		for end < len(first) && first[end] == "" {
			end++
		}
		switch below := second[i:end]; {
		case strings.Join(below, "") == "" && end == i+1:
		case first[i] == "" || end == i+1 || slices.Contains(below, ""):
			return nil
		default:
			copy(names[i:], below)
			for j := i; j < end; j++ {
				group[j] = first[i]
			}
		}
		i = end
	}
	if slices.Equal(names, first) {
		return nil
	}
	times := map[string]int{}
	for _, n := range names {
		times[n]++
	}
	for i, n := range names {
		if group[i] != "" && times[n] > 1 {
			names[i] = group[i] + " > " + n
		}
	}
	return names
}

// trimmed returns cells without blanks around them, and empty ones up to a width.
func trimmed(cells []string, width int) []string {
	all := make([]string, max(width, len(cells)))
	for i, c := range cells {
		all[i] = strings.TrimSpace(c)
	}
	return all
}

// wholeText takes the separator that stands most often in the first lines.
func (t *Table) wholeText(comma byte) (*diag.Problem, error) {
	if t.Comma = comma; comma == 0 {
		head, err := t.text.src.Peek(64 << 10)
		if err != nil && err != io.EOF {
			return nil, err
		}
		t.Comma = separator(string(head))
	}
	t.text.comma, t.headerEnd = t.Comma, t.text.line
	return nil, nil
}

// isTitle tells whether a row before the header has too few cells to be one.
func (t *Table) isTitle(r Row) bool {
	filled := 0
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled >= t.opts.Narrowest || len(t.titles) == maxTitles {
		return false
	}
	t.titles = append(t.titles, r)
	return true
}

// noteHeader says what stands before the header, and that it has two rows.
func (t *Table) noteHeader() {
	if t.twoRows {
		p := note(t.info.Name, "two-row-header", at{}, lang.T("两行的表头，按下面一行的列名读取", "a header of two rows; columns are called as in the lower one"), lang.Text{})
		p.Pos = t.Pos(t.Header, -1)
		t.problems = append(t.problems, p)
	}
	if len(t.titles) > 0 {
		p := note(t.info.Name, "title-lines", at{}, lang.F("表头之前的 %d 行说明文字，已跳过", "text before the header, passed over; lines: %d", len(t.titles)), lang.Text{})
		p.Pos = t.Pos(t.titles[0], -1)
		t.problems = append(t.problems, p)
	}
}

// separator returns the separator that stands most often in the header line,
// outside quotes; comma where there is none.
func separator(line string) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', '\t', ';'} {
		n, quoted := 0, false
		for i := range len(line) {
			switch {
			case line[i] == '"':
				quoted = !quoted
			case line[i] == c && !quoted:
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}
