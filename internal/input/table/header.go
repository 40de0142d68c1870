package table

import (
	"io"
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
		return nil, nil
	}
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

func (t *Table) noteTitles() {
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
