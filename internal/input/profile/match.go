package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// Header is the header line of a file, with the places of its cells.
type Header struct {
	Cells []string
	Pos   func(col int) diag.Pos // col −1: the line
	Line  string                 // for the excerpt; empty where there is none
}

// Mapping says which column of a file is which field, and what its words mean.
type Mapping struct {
	Columns map[string]int
	Extra   map[string]int               // the company's own columns, by header
	ExtraAs map[string]string            // of them, those that are no text: number, money
	Words   map[string]map[string]string // field → folded raw word → canonical word
	Layouts []Moment
}

// All returns the columns of fields and of the company's own columns by name.
func (m Mapping) All() map[string]int {
	all := maps.Clone(m.Columns)
	maps.Copy(all, m.Extra)
	return all
}

// Match finds the fields of a kind in a header. Stop problems say that the
// file cannot be read; a note lists the columns that are not used.
func Match(k Kind, p Profile, h Header) (Mapping, []diag.Problem) {
	m := matcher{kind: k, profile: p, header: h, used: map[int]bool{}}
	m.out = Mapping{Columns: map[string]int{}, Extra: map[string]int{}, ExtraAs: p.ExtraAs, Words: Words(k, p), Layouts: p.Dates}
	if len(p.Dates) == 0 {
		m.out.Layouts = Standard
	}
	m.index()
	for _, own := range []bool{true, false} { // what the profile names is nobody else's
		for _, f := range k.Fields {
			if _, named := p.Columns[f.Name]; named == own {
				m.find(f)
			}
		}
	}
	m.extra()
	m.missing()
	m.unused()
	return m.out, m.problems
}

type matcher struct {
	kind     Kind
	profile  Profile
	header   Header
	byKey    map[string]int   // whole header → column
	byName   map[string][]int // header without its unit → columns
	used     map[int]bool
	misfit   map[string]bool // fields whose column has the wrong unit
	out      Mapping
	problems []diag.Problem
}

func (m *matcher) add(code string, col int, found, want, mend lang.Text) *diag.Problem {
	m.problems = append(m.problems, diag.Problem{Code: code, Reach: diag.Stop, Pos: m.header.Pos(col), Line: m.header.Line, Found: found, Want: want, Mend: mend})
	return &m.problems[len(m.problems)-1]
}

// index lists the headers; one that stands there twice is an error.
func (m *matcher) index() {
	m.byKey, m.byName, m.misfit = map[string]int{}, map[string][]int{}, map[string]bool{}
	for col, h := range m.header.Cells {
		key := headerKey(h)
		if key == "" {
			continue
		}
		if first, ok := m.byKey[key]; ok {
			p := m.add("doubled-column", col, lang.F("列名 %s 出现两次", "the header %s twice", diag.Quote(strings.TrimSpace(h))), lang.T("每个列名只出现一次", "each header once"),
				lang.T("删去或改名其中一列", "delete one of the columns, or give it another name"))
			p.See = []diag.Pos{m.header.Pos(first)}
			m.used[col] = true // said once
			continue
		}
		m.byKey[key] = col
		name, _ := splitUnit(h)
		m.byName[name] = append(m.byName[name], col)
	}
}

// find takes the profile's headers for a field, else the dictionary's. Two
// columns that could both be a number, an amount or a date are never chosen
// between; of two texts the likelier one is taken and the other one noted.
func (m *matcher) find(f Field) {
	headers, own := m.profile.Columns[f.Name]
	if !own {
		headers = append([]string{f.Name}, f.Headers...)
	}
	var found []int
	for _, h := range headers {
		for _, col := range m.columnsOf(h, own) {
			if !m.used[col] && !slices.Contains(found, col) {
				found = append(found, col)
			}
		}
	}
	if len(found) == 0 {
		return
	}
	if len(found) > 1 && !own && exact(f.Value) {
		m.ambiguous(f, found)
	}
	if m.unitFits(f, found[0]) {
		m.out.Columns[f.Name] = found[0]
		m.used[found[0]] = true
	}
}

func (m *matcher) ambiguous(f Field, found []int) {
	first, second := found[0], found[1]
	p := m.add("two-columns", second, lang.F("两列都像 %s：%s 和 %s", "two columns that may be %s: %s and %s", f.Name, m.quoted(first), m.quoted(second)), lang.T("只有一列", "one of them"),
		lang.F("在导入配置里写明，例如 columns: {%s: %s}", "say which in a profile, as in columns: {%s: %s}", f.Name, strings.TrimSpace(m.header.Cells[first])))
	p.See = []diag.Pos{m.header.Pos(first)}
	for _, col := range found[1:] {
		m.used[col] = true // said once
	}
}

// columnsOf returns the columns that a name may mean; a profile's is meant in full.
func (m *matcher) columnsOf(header string, own bool) []int {
	if own {
		if col, ok := m.byKey[headerKey(header)]; ok {
			return []int{col}
		}
		return nil
	}
	return m.byName[headerKey(header)]
}

// exact tells whether a wrong choice would change amounts without a word.
func exact(v Value) bool {
	switch v {
	case Day, Instant, Money, Number, Seconds, Minutes, Hours:
		return true
	}
	return false
}

// unitFits refuses 通话时长(分钟) where seconds are wanted. A header that the
// profile names itself has to carry the right unit, too.
func (m *matcher) unitFits(f Field, col int) bool {
	_, word := splitUnit(m.header.Cells[col])
	if word == "" || !exact(f.Value) {
		return true
	}
	if v, ok := unitOf(word); ok && (v == f.Value || f.Value == Number) {
		return true
	}
	for _, u := range units {
		if u.value != f.Value {
			continue
		}
		mend := lang.T("换算后改列名", "convert the column and rename it")
		if f.Value == Seconds {
			mend = lang.T("换算成秒后改列名；时长也可以写成 0:01:30", "convert it to seconds and rename it; a length of time may also be written 0:01:30")
		}
		m.add("wrong-unit", col, lang.F("列名 %s，单位是%s", "the header %s, in %s", m.quoted(col), word), lang.F("以%s为单位的列", "a column in %s", lang.T(u.titles[0], u.titles[len(u.titles)-1])), mend)
		m.used[col], m.misfit[f.Name] = true, true
		return false
	}
	return true
}

func (m *matcher) quoted(col int) string { return diag.Quote(strings.TrimSpace(m.header.Cells[col])) }

// extra takes the company's own columns that the profile names.
func (m *matcher) extra() {
	for _, h := range append(append([]string(nil), m.profile.Extra...), m.profile.Planned...) {
		col, ok := m.byKey[headerKey(h)]
		if !ok {
			var hints []lang.Text
			if near := m.nearest([]string{h}); near != "" {
				hints = []lang.Text{lang.Same(diag.Quote(near) + " → " + h)}
			}
			m.add("missing-column", -1, m.found(), m.wantExtra(h), mendMissing(hints))
			continue
		}
		if field := m.fieldAt(col); field != "" && slices.Contains(m.profile.Extra, h) {
			m.problems = append(m.problems, AlreadyRead(h, field, m.header.Pos(col), m.header.Line))
		}
		m.out.Extra[h] = col
		m.used[col] = true
	}
}

func (m *matcher) fieldAt(col int) string {
	for field, at := range m.out.Columns {
		if at == col {
			return field
		}
	}
	return ""
}

// AlreadyRead is the problem of an own column that is read as a field.
func AlreadyRead(header, field string, at diag.Pos, line string) diag.Problem {
	return diag.Problem{Code: "own-column", Reach: diag.Stop, Pos: at, Line: line, Found: lang.F("extra 里的列 %s，已作为 %s 读取", "the column %s under extra, which is read as %s", diag.Quote(header), field),
		Want: lang.T("每列只用一次", "each column once"), Mend: lang.F("从 extra 里删去，方案里写 %s", "take it out of extra: plans name it %s", field)}
}

// wantExtra says who asks for a column of the company's own: the profile, or the plan.
func (m *matcher) wantExtra(h string) lang.Text {
	if slices.Contains(m.profile.Planned, h) {
		return lang.F("还含有列 %s 的表头（方案 crediting 用到）", "a header that also has %s (crediting in the plan names it)", diag.Quote(h))
	}
	return lang.F("还含有列 %s 的表头（导入配置 %s 的 extra）", "a header that also has %s (extra of the profile %s)", diag.Quote(h), m.profile.Name)
}

// missing reports the required fields without a column, all in one message.
func (m *matcher) missing() {
	var wanted []lang.Text
	var hints []lang.Text
	for _, f := range m.kind.Fields {
		if _, ok := m.out.Columns[f.Name]; ok || !f.Required || m.misfit[f.Name] {
			continue
		}
		headers, own := m.profile.Columns[f.Name]
		if !own {
			headers = f.Headers
		}
		name := called(f.Name, headers, own)
		wanted = append(wanted, name)
		if near := m.nearest(append([]string{f.Name}, headers...)); near != "" {
			hints = append(hints, lang.F("%s → %s", "%s → %s", lang.Same(diag.Quote(near)), name))
		}
	}
	if len(wanted) > 0 {
		m.add("missing-column", -1, m.found(), lang.F("还含有这些列的表头：%s", "a header that also has %s", joined(wanted)), mendMissing(hints))
	}
}

// called is a field with its header: the profile's own, else the likeliest one of
// each language where there is one.
func called(field string, headers []string, own bool) lang.Text {
	zh, en := field, field
	if own && len(headers) > 0 {
		return lang.Same(fmt.Sprintf("%s (%s)", headers[0], field))
	}
	for _, h := range headers {
		plain := true
		for i := range len(h) {
			plain = plain && h[i] < 0x80
		}
		if plain && en == field {
			en = fmt.Sprintf("%s (%s)", h, field)
		}
		if !plain && zh == field {
			zh = fmt.Sprintf("%s (%s)", h, field)
		}
	}
	return lang.T(zh, en)
}

func joined(ts []lang.Text) lang.Text {
	var zh, en []string
	for _, t := range ts {
		zh, en = append(zh, t.In(lang.ZH)), append(en, t.In(lang.EN))
	}
	return lang.T(strings.Join(zh, ", "), strings.Join(en, ", "))
}

func mendMissing(hints []lang.Text) lang.Text {
	if len(hints) > 0 {
		return lang.F("也许是：%s。改列名，或在导入配置的 columns 里写明", "perhaps: %s. Rename the column, or say so under columns in a profile", joined(hints))
	}
	return lang.T("补上，或在导入配置的 columns 里写明叫什么；telepay check 文件 会说明它像哪种系统的导出", "add them, or say under columns in a profile what they are called; telepay check FILE says which system's export it looks like")
}

func (m *matcher) found() lang.Text {
	var hs []string
	for i, h := range m.header.Cells {
		if i == 30 {
			hs = append(hs, "…")
			break
		}
		hs = append(hs, strings.TrimSpace(h))
	}
	return lang.F("表头 %s", "the header %s", strings.Join(hs, " | "))
}

// nearest returns the unused column that has one of the names inside it, else
// the one that looks most like one.
func (m *matcher) nearest(names []string) string {
	for _, n := range names {
		for col, h := range m.header.Cells {
			if key := headerKey(h); !m.used[col] && len([]rune(n)) > 1 && strings.Contains(key, headerKey(n)) {
				return strings.TrimSpace(h)
			}
		}
	}
	for _, n := range names {
		for col, h := range m.header.Cells {
			if m.used[col] || headerKey(h) == "" {
				continue
			}
			key, _ := splitUnit(h)
			if diag.Nearest(headerKey(n), []string{key}) != "" {
				return strings.TrimSpace(h)
			}
		}
	}
	return ""
}

func (m *matcher) unused() {
	var names []string
	for col, h := range m.header.Cells {
		if !m.used[col] && headerKey(h) != "" {
			names = append(names, strings.TrimSpace(h))
		}
	}
	if len(names) > 0 {
		m.problems = append(m.problems, diag.Problem{Code: "unused-columns", Reach: diag.Note, Pos: m.header.Pos(-1),
			Found: lang.F("未使用的列：%s", "columns that are not used: %s", strings.Join(names, ", ")),
			Mend:  lang.T("若方案要用，把列名写进导入配置的 extra", "if the plan needs one, list it under extra in a profile")})
	}
}

// Words joins the dictionary's words and the profile's, which win: field → folded
// raw word → canonical word.
func Words(k Kind, p Profile) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, f := range k.Fields {
		m := map[string]string{}
		for _, source := range []map[string][]string{f.Words, p.Values[f.Name]} {
			for canonical, raws := range source {
				for _, raw := range raws {
					m[Fold(raw)] = canonical
				}
			}
		}
		for canonical := range f.Words {
			if _, ok := m[Fold(canonical)]; !ok {
				m[Fold(canonical)] = canonical
			}
		}
		for canonical := range p.Values[f.Name] {
			if _, ok := m[Fold(canonical)]; !ok {
				m[Fold(canonical)] = canonical
			}
		}
		if len(m) > 0 {
			all[f.Name] = m
		}
	}
	return all
}
