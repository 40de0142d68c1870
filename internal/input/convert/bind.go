package convert

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
)

var zero money.Decimal

// bind is a column of the layout with the file's columns that it reads.
type bind struct {
	profile.Column
	field profile.Field // of the kind; only its value for other columns
	words map[string]string
	cols  []int
	rest  []int // of an agent by name: the other columns that may say who it is
	zone  int   // column that names the zone, −1 for none
	team  int
	sum   expr.Bound // Formula, where there is one
	usual bool       // instants may be written as telepay writes them, and then mean nothing else
}

// bind finds the file's columns. Problems say that the file cannot be read.
func (r *Reader) bind() []diag.Problem {
	if p := r.bindDays(); p != nil {
		return []diag.Problem{*p}
	}
	r.binds, r.at, r.fields, r.extra, r.from, r.misfits = nil, map[string]int{}, nil, nil, nil, nil
	r.mapping = profile.Mapping{Columns: map[string]int{}, Extra: map[string]int{}, ExtraAs: r.prof.ExtraAs, Words: profile.Words(r.kind, *r.prof), Layouts: profile.Standard}
	var missing []string
	for _, c := range r.lay.Also {
		if b, ok := r.column(c, profile.Field{Name: c.Name, Value: c.Value}); ok || c.HasElse {
			r.add(b)
		} else {
			missing = append(missing, wanted(c))
		}
	}
	for _, f := range r.kind.Fields {
		c, ok := r.lay.Column(f.Name)
		if !ok {
			c, ok = r.byDictionary(f)
		}
		if !ok {
			if f.Required {
				missing = append(missing, f.Name)
			}
			continue
		}
		b, ok := r.column(*c, f)
		switch {
		case ok || c.HasElse:
			r.mapping.Columns[f.Name] = len(r.fields)
			r.fields = append(r.fields, r.add(b))
		case f.Required || r.used(f.Name):
			missing = append(missing, wanted(*c))
		}
	}
	for _, h := range r.prof.Extra {
		if col := indexOf(r.heads, h); col >= 0 {
			if field := r.fieldOf(col); field != "" {
				r.misfits = append(r.misfits, profile.AlreadyRead(h, field, r.Table.Pos(r.head, col), ""))
			}
			r.mapping.Extra[h] = len(r.fields) + len(r.extra)
			r.extra = append(r.extra, ownColumn{col, r.prof.ExtraAs[h] != ""})
		} else {
			missing = append(missing, h)
		}
	}
	if len(missing) > 0 {
		return []diag.Problem{r.missingColumns(missing)}
	}
	r.bindFormulas()
	for _, i := range r.fields {
		r.from = append(r.from, r.binds[i].first())
	}
	for _, own := range r.extra {
		r.from = append(r.from, own.col)
	}
	return r.misfits
}

// bindFormulas looks up the names in formulas; those that the file does not have are
// none.
func (r *Reader) bindFormulas() {
	place := func(name string) int {
		if i, ok := r.at[name]; ok {
			return i
		}
		return -1
	}
	for i := range r.binds {
		if b := &r.binds[i]; b.Formula != nil {
			b.sum = b.Formula.Bind(place)
		}
	}
	r.drops, r.totals = make([]expr.Bound, len(r.lay.Drop)), make([]expr.Bound, len(r.lay.Totals))
	for i, d := range r.lay.Drop {
		r.drops[i] = d.When.Bind(place)
	}
	for i, t := range r.lay.Totals {
		if t.When != nil {
			r.totals[i] = t.When.Bind(place)
		}
	}
}

// first is the first column of the file that b reads, −1 for none.
func (b *bind) first() int {
	if len(b.cols) == 0 {
		return -1
	}
	return b.cols[0]
}

// fieldOf returns the field that a column is read as, as it stands.
func (r *Reader) fieldOf(col int) string {
	for _, i := range r.fields {
		if b := &r.binds[i]; slices.Equal(b.cols, []int{col}) && b.Pattern == nil && len(b.rest) == 0 {
			return b.Name
		}
	}
	return ""
}

// byDictionary is a column that the company's own profile does not name, under
// one of the names that every export of the kind may use. Profiles that come with
// telepay name all they read.
func (r *Reader) byDictionary(f profile.Field) (*profile.Column, bool) {
	if r.prof.Shipped || len(r.lay.Header.Names) > 0 {
		return nil, false
	}
	for _, h := range append([]string{f.Name}, f.Headers...) {
		if indexOf(r.heads, h) >= 0 {
			return &profile.Column{Name: f.Name, Value: f.Value, Of: []string{h}}, true
		}
	}
	return nil, false
}

// used tells whether a formula or condition needs a field: then it has to be there.
func (r *Reader) used(name string) bool {
	for _, d := range r.lay.Drop {
		for _, n := range d.When.Names() {
			if n == name {
				return true
			}
		}
	}
	for _, list := range [][]profile.Column{r.lay.Also, r.lay.Columns} {
		for _, c := range list {
			if c.Formula == nil {
				continue
			}
			for _, n := range c.Formula.Names() {
				if n == name {
					return true
				}
			}
		}
	}
	if c := r.lay.Collapse; c != nil {
		for _, n := range c.Key {
			if n == name {
				return true
			}
		}
	}
	return false
}

func (r *Reader) add(b bind) int {
	layouts := r.layouts(&b)
	if layouts[0].Go == "2006-01-02" && len(layouts) > 1 {
		layouts = layouts[1:]
	}
	b.usual = layouts[0].Go == "2006-01-02 15:04:05"
	r.at[b.Name] = len(r.binds)
	r.binds = append(r.binds, b)
	return len(r.binds) - 1
}

// column finds the columns of the file that c reads; ok is false where one is not there.
func (r *Reader) column(c profile.Column, f profile.Field) (b bind, ok bool) {
	b = bind{Column: c, field: f, words: r.mapping.Words[c.Name], zone: -1, team: -1}
	if c.ZoneOf != "" {
		if b.zone = indexOf(r.heads, c.ZoneOf); b.zone < 0 {
			return b, false
		}
	}
	if c.Team != "" {
		b.team = indexOf(r.heads, c.Team)
	}
	switch {
	case c.Formula != nil || c.Is != "":
		return b, true
	case len(c.Join) > 0:
		for _, h := range c.Join {
			col := indexOf(r.heads, h)
			if col < 0 {
				b.cols = nil
				return b, false
			}
			b.cols = append(b.cols, col)
		}
		return b, true
	}
	for _, h := range c.Of {
		switch col := indexOf(r.heads, h); {
		case col < 0:
		case b.cols == nil:
			b.cols = []int{col}
			r.unitOf(&b, r.heads[col])
		case c.ByName:
			b.rest = append(b.rest, col)
		}
	}
	return b, b.cols != nil
}

// unitOf takes the unit of a length of time, or of an amount, from the header,
// where it states one; the profile may not state another.
func (r *Reader) unitOf(b *bind, head string) {
	word := profile.HeaderUnit(head)
	unit := profile.UnitsOf(b.Value)[word]
	switch {
	case unit != "" && b.Unit == "":
		b.Unit = unit
	case unit != "" && b.Unit != unit:
		r.misfits = append(r.misfits, *r.stopped("wrong-unit", lang.F("列名 %s，而导入配置写的是 unit: %s", "the header %s, where the profile says unit: %s", diag.Quote(strings.TrimSpace(head)), b.Unit), lang.F("unit: %s", "unit: %s", unit),
			lang.T("改导入配置的 unit，或删去它，按列名里的单位读", "mend the unit of the profile, or take it out: then the header's counts")))
	case b.Value == profile.Money && (word == "万" || word == "万元"):
		r.misfits = append(r.misfits, *r.stopped("wrong-unit", lang.F("列名 %s", "the header %s", diag.Quote(strings.TrimSpace(head))), lang.T("以元为单位的列", "a column in yuan"), lang.T("换算成元后改列名", "convert it to yuan and rename it")))
	}
}

func wanted(c profile.Column) string {
	names := append(append([]string(nil), c.Of...), c.Join...)
	if len(names) == 0 {
		return c.Name
	}
	return strings.Join(names, "/") + " (" + c.Name + ")"
}

func (r *Reader) missingColumns(missing []string) diag.Problem {
	var found []string
	for _, h := range r.heads {
		found = append(found, strings.TrimSpace(h))
	}
	return diag.Problem{Code: "missing-column", Reach: diag.Stop, Pos: r.Table.Pos(r.head, -1), Found: lang.F("表头 %s", "the header %s", firstCharacters(strings.Join(found, " | "), 600)),
		Want: lang.F("还含有这些列的表头：%s (导入配置 %s)", "a header that also has %s (profile %s)", strings.Join(missing, ", "), r.prof.Name),
		Mend: lang.T("重新导出并包含这些列；或把导入配置复制到 profiles/ 里，改成文件里的列名", "export again with these columns; or copy the profile into profiles/ and write the file's own headers")}
}

// notesOfHeader lists the columns that nothing reads, and says where the profile
// was made without a real file.
func (r *Reader) notesOfHeader() []diag.Problem {
	names := r.Unread()
	var notes []diag.Problem
	if len(names) > 0 && !r.unnamed {
		notes = append(notes, diag.Problem{Code: "unused-columns", Reach: diag.Note, Pos: r.Table.Pos(r.head, -1), Found: lang.F("未使用的列：%s", "columns that are not used: %s", strings.Join(names, ", ")),
			Mend: lang.T("若方案要用，把列名写进导入配置的 extra", "if the plan needs one, list it under extra in a profile")})
	}
	if r.prof.Shipped && !r.prof.Verified {
		notes = append(notes, diag.Problem{Code: "unverified-profile", Reach: diag.Note, Pos: diag.Pos{File: r.name}, Found: lang.F("按导入配置 %s（%s）读取；它只按文档写成，没有用真实文件核对过", "a file read by the profile %s (%s), which was made from documentation and never held against a real file", r.prof.Name, r.prof.Called()),
			Mend: lang.T("用 telepay check 文件 看头几行对不对，再抽查几个人的数", "look at the first rows with telepay check FILE, and check some people's figures")})
	}
	if len(r.before) > 0 {
		notes = append(notes, diag.Problem{Code: "title-lines", Reach: diag.Note, Pos: diag.Pos{File: r.name, Line: 1}, Found: lang.F("表头之前的 %d 行说明文字，已跳过", "text before the header, passed over; lines: %d", len(r.before))})
	}
	return notes
}
