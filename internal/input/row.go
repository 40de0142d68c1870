package input

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
)

// row is a data row while it is turned into a fact. Each reading of a field
// checks it; the first fault decides the bucket, all faults are reported.
type row struct {
	*source
	table.Row
	fault   string        // code of the first problem
	faults  int           // how many there are
	content []byte        // what was read so far, to tell repeated rows from others
	amount  money.Decimal // the row's main amount
}

// col returns the column of a field, −1 where the file has none.
func (r *row) col(field string) int {
	if col, ok := r.columns.Columns[field]; ok {
		return col
	}
	return -1
}

// excerpt is the user's own line with all columns covered that are personal or not read.
func (r *row) excerpt(faulty int) string {
	shown := map[int]bool{faulty: true}
	for _, f := range r.kind.Fields {
		if col := r.col(f.Name); col >= 0 && !f.Personal {
			shown[col] = true
		}
	}
	if f, ok := r.fieldAt(faulty); ok && f.Personal {
		delete(shown, faulty)
	}
	return r.table.Excerpt(r.Row, func(col int) bool { return shown[col] })
}

func (r *row) fieldAt(col int) (profile.Field, bool) {
	for _, f := range r.kind.Fields {
		if c := r.col(f.Name); c >= 0 && c == col {
			return f, true
		}
	}
	return profile.Field{}, false
}

// bad reports a field of the row: value as the user wrote it, or covered where it is personal.
func (r *row) bad(field, code string, want, mend lang.Text) {
	col := r.col(field)
	if r.list.Full(r.shown, code) {
		r.tell(diag.Problem{Code: code, Reach: diag.Row, Pos: r.table.Pos(r.Row, col)})
		return
	}
	f, _ := r.kind.Field(field)
	header := field
	if col >= 0 {
		header = r.heading(col)
	}
	found := lang.F("列“%s”为空", "no value in the column %q", header)
	if v := r.raw(field); strings.TrimSpace(v) != "" && !f.Personal {
		found = lang.F("%[2]s（列“%[1]s”）", "%[2]s in the column %[1]q", header, diag.Quote(v))
	} else if strings.TrimSpace(v) != "" {
		found = lang.F("列“%s”的值（属个人信息，不显示）", "a value of the column %q (personal, not shown)", header)
	}
	r.report(col, code, found, want, mend)
}

func (r *row) report(col int, code string, found, want, mend lang.Text) {
	r.tell(r.problem(col, code, found, want, mend))
}

func (r *row) problem(col int, code string, found, want, mend lang.Text) diag.Problem {
	return diag.Problem{Code: code, Reach: diag.Row, Pos: r.table.Pos(r.Row, col), Line: r.excerpt(col), Found: found, Want: want, Mend: mend}
}

// tell notes a problem that sends the row to the errors. One of the roster
// concerns its person.
func (r *row) tell(p diag.Problem) {
	r.spoil(p.Code)
	if r.kind.Name == "roster" {
		p.Reach, p.Agent = diag.Person, profile.Show(r.raw("agent"))
	}
	r.list.Add(p)
}

// spoil sends the row to the errors.
func (r *row) spoil(code string) {
	r.faults++
	if r.fault == "" {
		r.fault = code
	}
}

func (r *row) raw(field string) string {
	if col := r.col(field); col >= 0 {
		return r.Cells[col]
	}
	return ""
}

// cell returns the trimmed cell of a field; ok is false where it is empty or
// holds no usable value. An empty cell of a required field is a problem.
func (r *row) cell(field string) (text string, ok bool) {
	col := r.col(field)
	if col < 0 {
		return "", false
	}
	if p := r.table.Fault(r.Row, col); p != nil {
		r.tell(*p)
		return "", false
	}
	if text = unformula(strings.TrimSpace(r.Cells[col])); text != "" {
		return text, true
	}
	if f, _ := r.kind.Field(field); f.Required {
		r.bad(field, "missing-value", lang.T("一个值", "a value"), lang.T("补上；若是合计行，删去这一行", "fill it in; if this is a row of totals, delete it"))
	}
	return "", false
}

// note adds a value to the content of the row.
func (r *row) note(v string) string {
	r.content = append(append(r.content, v...), 0)
	return v
}

// text reads a short text: a product, a team.
func (r *row) text(field string) string {
	v, _ := r.cell(field)
	if w, ok := r.columns.Words[field][profile.Fold(v)]; ok && v != "" {
		v = w
	}
	return r.note(r.intern(profile.Show(v)))
}

// intern returns one copy of a text that comes again and again, so that facts
// do not hold on to whole rows.
func (src *source) intern(v string) string {
	if known, ok := src.texts[v]; ok {
		return known
	}
	v = strings.Clone(v)
	if len(src.texts) < mostTexts {
		src.texts[v] = v
	}
	return v
}

// mostTexts is how many texts of a file are remembered.
const mostTexts = 10000

// prose reads a text that is only shown: a reason, a note.
func (r *row) prose(field string) string {
	v, _ := r.cell(field)
	return r.note(strings.Clone(v))
}

// unformula takes a text out of ="0012", the way in which exports keep spreadsheets
// from making a number of it.
func unformula(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && len(inner) > 1 && strings.IndexByte(inner, '"') == len(inner)-1 {
		return strings.TrimSpace(inner[:len(inner)-1])
	}
	return s
}

var exponent = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)

// id reads an id; what a spreadsheet or an invisible character has spoiled is refused.
func (r *row) id(field string) string {
	v, ok := r.cell(field)
	if !ok {
		return r.note("")
	}
	id := r.checkID(field, v)
	r.note(profile.Fold(id))
	return id
}

func (r *row) checkID(field, v string) string {
	v = strings.Clone(profile.Show(v))
	if v != "" && v[0] <= '9' && exponent.MatchString(v) {
		r.bad(field, "id-exponent", lang.T("完整的编号", "the id in full"), lang.T("表格软件把长编号变成了科学计数。从原系统重新导出，并把这一列设为文本", "a spreadsheet turned a long id into a number. Export it again from its system, with this column as text"))
	}
	for _, c := range v {
		if c >= 0x80 && (unicode.Is(unicode.Cf, c) || c == unicode.ReplacementChar) {
			r.bad(field, "hidden-character", lang.T("不含隐形字符的编号", "an id without invisible characters"), lang.F("删去字符 U+%04X", "delete the character U+%04X", c))
			break
		}
	}
	return v
}

// agent reads an id of the roster, in the roster's spelling.
func (r *row) agent(field string) string {
	v, ok := r.cell(field)
	if !ok {
		return r.note("")
	}
	return r.note(r.resolve(field, v))
}

func (r *row) resolve(field, v string) string {
	if r.kind.Name == "deals" && slices.ContainsFunc(r.opts.House, func(h string) bool { return profile.Fold(h) == profile.Fold(v) }) {
		return v
	}
	before := r.faults
	id := r.checkID(field, v)
	if r.faults != before {
		return ""
	}
	if known, ok := r.roster.KnownOn(id, r.ownDay()); ok {
		r.respelt(v, known, r.table.Pos(r.Row, r.col(field)))
		return known
	}
	if who := r.roster.byName(id); who != "" {
		r.meant(field, id, who)
		return who
	}
	if r.roster.absent() {
		return id
	}
	if r.roster.Waits(id) {
		// The roster's own problem is told there once, not at every row of the person.
		r.spoil("agent-not-readable")
		return ""
	}
	r.stranger(field, v, id)
	return ""
}

// badPart is bad for a part of a cell, such as one of several agents.
func (r *row) badPart(field, part, code string, want, mend lang.Text) {
	col := r.col(field)
	r.report(col, code, r.quoted(col, part), want, mend)
}

func (r *row) quoted(col int, part string) lang.Text {
	return lang.F("%[2]s（列“%[1]s”）", "%[2]s in the column %[1]q", r.heading(col), diag.Quote(part))
}

// word reads one of the field's words in its canonical form.
func (r *row) word(field string) string {
	v, ok := r.cell(field)
	if !ok {
		return r.note("")
	}
	if w, ok := r.columns.Words[field][profile.Fold(v)]; ok {
		return r.note(w)
	}
	f, _ := r.kind.Field(field)
	if f.Value == profile.OpenWord {
		return r.note(r.intern(profile.Show(v)))
	}
	var known []string
	for w := range f.Words {
		known = append(known, w)
	}
	known = sortedCopy(known)
	r.bad(field, "unknown-word", lang.F("其中之一：%s", "one of: %s", strings.Join(known, ", ")),
		lang.F("改写，或在导入配置的 values 里写明它的意思，即 values: {%[1]s: {其中一个词: [%[2]s]}}", "write one of them, or say under values in a profile which one it means: values: {%[1]s: {one of the words: [%[2]s]}}", field, v))
	return ""
}

func (r *row) yes(field string) bool { return r.word(field) == "yes" }

// sum reads money: plain digits, no more places than the currency has.
func (r *row) sum(field string) (d money.Decimal, ok bool) {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return d, false
	}
	d, err := money.Parse(v)
	switch {
	case err != nil:
		r.bad(field, "bad-amount", lang.T("纯数字的金额，如 1200 或 1200.50", "a plain amount such as 1200 or 1200.50"), mendAmount(v, field, r.heading(r.col(field))))
		return money.Zero, false
	case !d.Equal(d.Round(r.opts.Places, money.Down)):
		r.bad(field, "too-many-places", lang.F("最多 %s 位小数", "at most %s", lang.Count(r.opts.Places, "decimal place", "decimal places")), lang.T("按应付的实际金额填写", "enter the amount as it is really due"))
		return money.Zero, false
	}
	r.note(d.String())
	if field == mainAmount[r.kind.Name] {
		r.amount = d
	}
	return d, true
}
