package convert

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

// rowOf is one row while it is converted. Columns are converted when they are
// first asked for, so that a row that is dropped is not refused for a cell that
// nobody reads.
type rowOf struct {
	r      *Reader
	raw    table.Row
	cells  []string
	day    int // column of the day, −1
	done   []bool
	values []value
	at     expr.Places // gives formulas the values of columns
	faults []diag.Problem
}

// value is a converted cell: its text, and what it is in formulas. Values are
// written where they stay: there are many, and they are large.
type value struct {
	text string
	expr.Value
}

// say makes v a text, which formulas know by a word.
func (v *value) say(text, word string) {
	*v = value{}
	v.text, v.Kind, v.Text = text, expr.Word, word
}

// count makes v a number.
func (v *value) count(text string, n money.Ratio) {
	*v = value{}
	v.text, v.Num = text, n
}

// rowsOf returns the row, or one row per day column.
func (r *Reader) rowsOf(raw table.Row) []*rowOf {
	all := r.rows[:0]
	if len(r.days) == 0 {
		all = append(all, r.newRow(raw, raw.Cells, -1))
	}
	for i, col := range r.days {
		cells := append(append([]string(nil), raw.Cells...), (r.period[0] + period.Day(i)).String(), raw.Cells[col])
		all = append(all, r.newRow(raw, cells, col))
	}
	r.rows = all
	return all
}

func (r *Reader) newRow(raw table.Row, cells []string, day int) *rowOf {
	if x := r.spare; x != nil {
		r.spare = nil
		clear(x.done)
		x.raw, x.cells, x.day, x.faults = raw, cells, day, nil
		return x
	}
	x := &rowOf{r: r, raw: raw, cells: cells, day: day, done: make([]bool, len(r.binds)), values: make([]value, len(r.binds))}
	x.at = x.valueAt
	return x
}

// free lets the next row have this one's memory.
func (r *Reader) free(x *rowOf) { r.spare = x }

// convert decides over the row; false where it does not go out.
func (x *rowOf) convert() bool {
	for i, d := range x.r.lay.Drop {
		if x.r.drops[i].Holds(x.at) {
			if !x.r.quiet && len(x.r.lay.Totals) > 0 {
				x.sum(false)
			}
			x.leave(Fate{Reason: d.Reason})
			return false
		}
		if len(x.faults) > 0 {
			break
		}
	}
	if x.isNobody() {
		x.leave(Fate{Reason: "not_a_person"})
		return false
	}
	for _, i := range x.r.fields {
		x.get(i)
	}
	if len(x.faults) > 0 {
		if !x.r.quiet {
			x.r.problems = append(x.r.problems, x.faults...)
		}
		x.leave(Fate{x.faults[0].Code, true})
		return false
	}
	return true
}

func (x *rowOf) leave(f Fate) {
	if !x.r.quiet {
		x.r.leave(f, x.amount())
	}
}

// amount is the kind's main amount, 0 where it cannot be read.
func (x *rowOf) amount() money.Decimal {
	i, ok := x.r.at[mainAmount[x.r.kind.Name]]
	if !ok {
		return zero
	}
	before := len(x.faults)
	v := x.get(i)
	if len(x.faults) > before || v.NoBase || !v.Num.IsDecimal() {
		x.faults = x.faults[:before]
		return zero
	}
	return v.Num.Num()
}

// mainAmount is the field whose sum the coverage of a kind shows.
var mainAmount = map[string]string{"deals": "value", "payments": "amount", "events": "amount"}

// isNobody tells whether the agent's column names a switchboard or a system user.
func (x *rowOf) isNobody() bool {
	i, ok := x.r.at["agent"]
	if !ok || len(x.r.lay.NotPeople) == 0 {
		return false
	}
	name := profile.Fold(x.get(i).text)
	for _, n := range x.r.lay.NotPeople {
		if n == name {
			return true
		}
	}
	return false
}

// sum adds the row to the totals that the file may state: of the rows that count,
// or, where a total has a condition, of all rows that meet it, dropped ones too.
func (x *rowOf) sum(counts bool) {
	for len(x.r.sums) < len(x.r.lay.Totals) {
		x.r.sums = append(x.r.sums, zero)
	}
	before := len(x.faults)
	for i, t := range x.r.lay.Totals {
		if t.When == nil && !counts || t.When != nil && !x.r.totals[i].Holds(x.at) {
			continue
		}
		if v := x.get(x.r.at[t.Field]); !v.NoBase && v.Num.IsDecimal() && len(x.faults) == before {
			x.r.sums[i] = x.r.sums[i].Add(v.Num.Num())
		}
	}
	x.faults = x.faults[:before]
}

func (x *rowOf) valueAt(place int) *expr.Value {
	if place < 0 {
		return &none
	}
	return &x.get(place).Value
}

var none = expr.None

func (x *rowOf) get(i int) *value {
	v := &x.values[i]
	if !x.done[i] {
		x.done[i] = true
		x.read(&x.r.binds[i], v)
	}
	return v
}

// read makes the value of a column.
func (x *rowOf) read(b *bind, v *value) {
	if b.Formula != nil {
		b.sum.Eval(x.at, &v.Value)
		x.r.written(b, v)
	} else {
		text := x.text(b)
		if text == "" {
			text = b.Else
		}
		if !x.r.parse(b, text, x.zone(b), v) {
			x.refuse(b, text)
			return
		}
	}
	switch {
	case b.field.Value != profile.Agent:
	case b.ByName:
		x.person(b, v)
	case x.r.opts.Alias != nil && v.text != "":
		if id, ok := x.r.opts.Alias(v.text, x.dayOf()); ok {
			v.say(id, id)
		}
	}
}

// text joins and cleans the cells that a column reads.
func (x *rowOf) text(b *bind) string {
	if b.Is != "" {
		return b.Is
	}
	text := ""
	for _, col := range b.cols {
		if x.raw.Faulty() {
			if p := x.r.Table.Fault(x.raw, col); p != nil {
				x.faults = append(x.faults, *p)
				return ""
			}
		}
		switch part := x.r.clean(b, x.cells[col]); {
		case text == "":
			text = part
		case part != "":
			text += b.With + part
		}
	}
	if b.Pattern != nil && text != "" {
		m := b.Pattern.FindStringSubmatch(text)
		switch {
		case m == nil:
			return ""
		case len(m) > 1:
			return strings.TrimSpace(m[1])
		}
		return strings.TrimSpace(m[0])
	}
	return text
}

// clean takes off what stands around a cell's value; cells that say nothing are empty.
func (r *Reader) clean(b *bind, cell string) string {
	cell = strings.TrimSpace(cell)
	for _, prefix := range r.lay.Strip {
		if rest, ok := strings.CutPrefix(cell, prefix); ok {
			if strings.HasSuffix(prefix, `"`) {
				rest = strings.TrimSuffix(rest, `"`)
			}
			cell = strings.TrimSpace(rest)
		}
	}
	for _, list := range [][]string{r.lay.Empty, b.Empty} {
		for _, empty := range list {
			if cell == empty {
				return ""
			}
		}
	}
	return cell
}

// person resolves a name, of the first of its columns that the roster knows. Where
// it knows none, what stands in the first filled one stays.
func (x *rowOf) person(b *bind, v *value) {
	if x.r.opts.Person == nil {
		return
	}
	team := ""
	if b.team >= 0 {
		team = strings.TrimSpace(x.cells[b.team])
	}
	names := x.others(b)
	if v.text != "" {
		names = append([]string{v.text}, names...)
	}
	for _, name := range names {
		if id, ok := x.r.opts.Person(name, team, x.dayOf()); ok {
			v.say(id, id)
			return
		}
	}
	if v.text == "" && len(names) > 0 {
		v.say(names[0], names[0])
	}
}

// others are what the other columns say of who it is: an account first, then a name.
func (x *rowOf) others(b *bind) (names []string) {
	for _, col := range b.rest {
		if name := profile.Show(x.r.clean(b, x.cells[col])); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// dayOf is the day of the row's own date, NoDay where it has none.
func (x *rowOf) dayOf() period.Day {
	for _, name := range []string{"date", "started", "answered", "signed", "paid", "opened"} {
		if i, ok := x.r.at[name]; ok {
			before := len(x.faults)
			v := x.get(i)
			x.faults = x.faults[:min(before, len(x.faults))]
			if d, err := period.ParseDay(firstBytes(v.text, 10)); err == nil {
				return d
			}
		}
	}
	return period.NoDay
}

func firstBytes(s string, n int) string { return s[:min(n, len(s))] }

// refuse notes a cell that cannot be converted.
func (x *rowOf) refuse(b *bind, text string) {
	w := x.r.wants(b)
	col := b.first()
	if x.day >= 0 && col == len(x.r.heads)-1 {
		col = x.day
	}
	for _, f := range x.faults {
		if f.Pos == x.r.Table.Pos(x.raw, col) && col >= 0 { // two columns may read one cell
			return
		}
	}
	found := lang.F("%[2]s（列“%[1]s”）", "%[2]s in the column %[1]q", x.r.headerOf(b), diag.Quote(text))
	if b.field.Personal {
		found = lang.F("列“%s”的值（属个人信息，不显示）", "a value of the column %q (personal, not shown)", x.r.headerOf(b))
	}
	x.faults = append(x.faults, diag.Problem{Code: w.code, Reach: diag.Row, Pos: x.r.Table.Pos(x.raw, col), Found: found, Want: w.want, Mend: w.mend,
		Line: x.r.Table.Excerpt(x.raw, x.r.public)})
}

// public tells whether a column of the file may be shown: something reads it, and
// nothing that is personal does.
func (r *Reader) public(col int) bool {
	read := false
	for i := range r.binds {
		for _, c := range r.binds[i].cols {
			if c == col {
				if r.binds[i].field.Personal {
					return false
				}
				read = true
			}
		}
	}
	return read
}

func (r *Reader) headerOf(b *bind) string {
	var names []string
	for _, c := range b.cols {
		names = append(names, strings.TrimSpace(r.heads[c]))
	}
	if len(names) == 0 {
		return b.Name
	}
	return strings.Join(names, " + ")
}

// ownColumn is a column of the company's own.
type ownColumn struct {
	col    int
	number bool // or money
}

// ownCell is a cell as it stands; a number is written as everywhere. What is none is
// for its reader to tell.
func (x *rowOf) ownCell(own ownColumn) string {
	text := strings.TrimSpace(x.cells[own.col])
	if own.number {
		if d, ok := decimalOf(text, x.r.lay.Decimal); ok {
			return d.String()
		}
	}
	return text
}

// finished is the row as it goes out.
func (x *rowOf) finished() table.Row {
	cells := x.r.cells[:0]
	if !x.r.opts.Lend {
		cells = make([]string, 0, x.r.Width())
	}
	for _, i := range x.r.fields {
		cells = append(cells, x.get(i).text)
	}
	for _, own := range x.r.extra {
		cells = append(cells, x.ownCell(own))
	}
	x.r.cells = cells
	if x.day < 0 {
		return x.raw.With(cells, x.r.from)
	}
	from := slices.Clone(x.r.from)
	for i, col := range from[:len(x.r.fields)] {
		if col >= len(x.raw.Cells) {
			from[i] = x.day
		}
	}
	return x.raw.With(cells, from)
}
