package table

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// sheet reads the rows of one worksheet.
type sheet struct {
	file     string
	name     string
	others   []string // names of the other visible sheets
	notes    []diag.Problem
	date1904 bool
	shared   texts
	formats  []format // by style number
	xml      *markup
	line     int      // number of the last row
	ended    bool     // the end of the rows was met
	cells    [][]byte // of the last row: in shared, in the buffer of xml or in made
	made     []byte   // texts that stand so in neither
}

// cellFault is why a cell of a workbook holds no usable value.
type cellFault struct {
	code  string
	found lang.Text
	mend  lang.Text
}

// cellName returns C17 for column 2, row 17; columns count from 0.
func cellName(col, row int) string {
	s := ""
	for col++; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s + strconv.Itoa(row)
}

// columnOf reads the column of a cell's name, from 0; −1 for no name.
func columnOf(ref []byte) int {
	col := 0
	for i, c := range ref {
		switch {
		case c >= 'A' && c <= 'Z' && i < 3:
			col = col*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && i > 0:
			return col - 1
		default:
			return -1
		}
	}
	return -1
}

// next reads a row; it is widened with empty cells to width. Rows come in the
// order of their numbers, else the workbook is damaged. The bytes of the row are
// valid until the next one is read.
func (s *sheet) next(width int) (Row, *diag.Problem, error) {
	s.cells, s.made = s.cells[:0], s.made[:0]
	if line, ok := s.quickRow(); ok {
		return s.widened(Row{Line: line}, width), nil, nil
	}
	s.cells, s.made = s.cells[:0], s.made[:0]
	for {
		e, err := s.xml.next()
		switch {
		case err == io.EOF && s.ended:
			return Row{}, nil, io.EOF
		case err == io.EOF:
			return s.fail(damaged(s.xml.part, "no end of the rows"))
		case err != nil:
			return s.fail(err)
		case e.ends("sheetData"):
			s.ended = true
		case e.starts("row") && !s.ended:
			row := Row{}
			if err := s.row(&row, e); err != nil {
				return s.fail(err)
			}
			return s.widened(row, width), nil, nil
		}
	}
}

func (s *sheet) widened(row Row, width int) Row {
	for len(s.cells) < width {
		s.cells = append(s.cells, nil)
	}
	row.Bytes = s.cells
	return row
}

// numberOf returns the row's number: as it says, else the one after the last.
func (s *sheet) numberOf(e event) (int, error) {
	r := s.xml.attr(e, "r")
	if r == nil {
		return s.line + 1, nil
	}
	n, err := strconv.Atoi(string(r))
	if err != nil || n <= s.line {
		return 0, damaged(s.xml.part, "row %s after row %d", r, s.line)
	}
	return n, nil
}

func (s *sheet) fail(err error) (Row, *diag.Problem, error) {
	if d, ok := err.(damage); ok {
		p := damagedWorkbook(s.file, d)
		p.Pos.Sheet = s.name
		return Row{}, p, nil
	}
	return Row{}, nil, err
}

// row reads up to the end of the row; empty cells at its end are dropped.
func (s *sheet) row(row *Row, start event) (err error) {
	if row.Line, err = s.numberOf(start); err != nil {
		return err
	}
	s.line = row.Line
	for col := 0; ; {
		e, err := s.xml.next()
		switch {
		case err == io.EOF:
			return damaged(s.xml.part, "row %d is cut short", row.Line)
		case err != nil:
			return err
		case e.ends("row"):
			return nil
		case !e.starts("c"):
			continue
		}
		if ref := s.xml.attr(e, "r"); ref != nil {
			at := columnOf(ref)
			if at < col {
				return damaged(s.xml.part, "cell %s out of order in row %d", ref, row.Line)
			}
			col = at
		}
		if col >= maxColumns {
			return damaged(s.xml.part, "more than %d columns in row %d", maxColumns, row.Line)
		}
		if err := s.cell(row, col, e); err != nil {
			return err
		}
		col++
	}
}

// put adds the cell of a column to the row, behind empty ones.
func (s *sheet) put(col int, text []byte) {
	for len(s.cells) < col {
		s.cells = append(s.cells, nil)
	}
	s.cells = append(s.cells, text)
}

// keep holds a text that was made for this row.
func (s *sheet) keep(text string) []byte {
	from := len(s.made)
	s.made = append(s.made, text...)
	return s.made[from:]
}

// content is what stands between <c> and </c>.
type content struct {
	kind     string // the t attribute
	style    int
	value    []byte
	hasValue bool
	formula  bool
}

func (s *sheet) cell(row *Row, col int, e event) error {
	c := content{kind: string(s.xml.attr(e, "t"))}
	if st := s.xml.attr(e, "s"); st != nil {
		c.style, _ = strconv.Atoi(string(st)) // a style that is no number is no date style either
	}
	if err := s.content(&c); err != nil {
		return err
	}
	text, fault := s.text(c)
	if text == "" && fault == nil {
		return nil
	}
	s.put(col, s.keep(text))
	if fault != nil {
		if row.fault == nil {
			row.fault = map[int]*cellFault{}
		}
		row.fault[col] = fault
	}
	return nil
}

func (s *sheet) content(c *content) error {
	in := false
	for {
		e, err := s.xml.next()
		switch {
		case err == io.EOF:
			return damaged(s.xml.part, "a cell is cut short")
		case err != nil:
			return err
		case e.ends("c"):
			return nil
		case e.kind == charData && in:
			if c.value = append(c.value, e.text...); len(c.value) > maxField {
				return damaged(s.xml.part, "a cell above 1 MiB in row %d", s.line)
			}
		case e.starts("is"):
			c.hasValue = true
			text, err := s.xml.richText("is")
			if err != nil {
				return err
			}
			c.value = []byte(text)
		case e.kind != charData:
			in = e.starts("v")
			c.hasValue = c.hasValue || in
			c.formula = c.formula || e.starts("f")
		}
	}
}

// text returns what a person sees in the cell, as far as it matters.
func (s *sheet) text(c content) (string, *cellFault) {
	text, fault := s.shown(c)
	if at := control(text); at >= 0 {
		return "", &cellFault{"control-character", lang.F("控制字符 U+%04X", "the control character U+%04X", text[at]), lang.T("删去该字符", "delete the character")}
	}
	return text, fault
}

func (s *sheet) shown(c content) (string, *cellFault) {
	value := string(c.value)
	switch {
	case c.formula && !c.hasValue:
		return "", &cellFault{"formula-without-value", lang.T("公式还没有算出结果", "a formula without its result"),
			lang.T("用 Excel 或 WPS 打开并保存一次，或把公式粘贴为数值", "open and save the workbook once in Excel or WPS, or paste the formulas as values")}
	case c.kind == "e":
		return value, &cellFault{"error-cell", lang.F("错误值 %s", "the error value %s", value), lang.T("改正公式，或填入真正的值", "mend the formula, or enter the value itself")}
	case c.kind == "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= s.shared.len() {
			return "", &cellFault{"damaged-cell", lang.F("指向不存在的文字（%s）", "a pointer to a text that does not exist (%s)", value), lang.T("用 Excel 或 WPS 另存一次", "save the workbook again in Excel or WPS")}
		}
		return string(s.shared.at(i)), nil
	case c.kind == "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value], nil
	case c.kind == "str":
		return unescape(value), nil
	case c.kind == "inlineStr":
		return value, nil
	case c.kind == "d":
		return strings.TrimSuffix(strings.Replace(value, "T", " ", 1), " 00:00:00"), nil
	}
	return s.number(c.style, value), nil
}

// number shows a number as a date where its style is one, else in plain digits.
func (s *sheet) number(style int, value string) string {
	f := format{}
	if style >= 0 && style < len(s.formats) {
		f = s.formats[style]
	}
	if f == (format{}) && isPlain(value) {
		return value
	}
	n, ok := parseNumber(value)
	if !ok {
		return value
	}
	if f.kind != plainNumber {
		if text, ok := f.moment(n, s.date1904); ok {
			return text
		}
	}
	return pad(n.String(), f.digits)
}

// pad gives back the leading zeros that a format such as 000000 shows.
func pad(s string, digits int) string {
	if strings.ContainsAny(s, "-.E") || len(s) >= digits {
		return s
	}
	return strings.Repeat("0", digits-len(s)) + s
}

// unescape undoes _x0041_, the way workbooks write characters that XML forbids.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+7 <= len(s) && s[i:i+2] == "_x" && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Faulty tells whether any cell of the row holds no usable value.
func (r *Row) Faulty() bool { return len(r.fault) > 0 }

// Fault returns the problem of a workbook's cell that holds no usable value,
// or nil. Whoever reads the column reports it; unused columns may hold anything.
func (t *Table) Fault(r Row, col int) *diag.Problem {
	f := r.fault[col]
	if f == nil {
		return nil
	}
	return &diag.Problem{Code: f.code, Reach: diag.Row, Pos: t.Pos(r, col), Found: f.found, Want: lang.T("一个值", "a value"), Mend: f.mend}
}

// headerFault reports the first column name that is no value.
func (s *sheet) headerFault(r Row) *diag.Problem {
	for col := range r.Cells {
		if f := r.fault[col]; f != nil {
			return &diag.Problem{Code: f.code, Reach: diag.Stop, Pos: diag.Pos{File: s.file, Sheet: s.name, Cell: cellName(col, r.Line), Line: r.Line},
				Found: f.found, Want: lang.T("列名", "a column name"), Mend: f.mend}
		}
	}
	panic(fmt.Sprintf("table: row %d has no faulty cell", r.Line))
}
