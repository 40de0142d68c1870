package input

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"telepay/internal/input/convert"
	"telepay/internal/input/profile"
	"telepay/internal/money"
)

// drafting is the begin of a file while a profile is written for it.
type drafting struct {
	kind    profile.Kind
	heads   []string
	rows    [][]string
	columns map[string]int    // field → column
	units   map[string]string // of columns whose header has another unit
	comma   bool              // numbers have a decimal comma
	prefix  string            // of nearly all cells
}

// otherUnits takes columns that the dictionary knows but for their unit: 通话时长(分).
func (d *drafting) otherUnits() {
	d.units = map[string]string{}
	for _, f := range d.kind.Fields {
		if _, known := d.columns[f.Name]; known || profile.UnitsOf(f.Value) == nil {
			continue
		}
		for col, h := range d.heads {
			unit := profile.UnitsOf(f.Value)[profile.HeaderUnit(h)]
			if unit != "" && f.Named(profile.HeaderName(h)) {
				d.columns[f.Name], d.units[f.Name] = col, unit
				break
			}
		}
	}
}

// prefixes are what exports put before a cell to keep it a text.
var prefixes = []string{"`", "'", `="`}

// findPrefix takes the prefix that nearly all filled cells have.
func (d *drafting) findPrefix() {
	var all []string
	for col := range d.heads {
		all = append(all, d.cells(col)...)
	}
	for _, p := range prefixes {
		if mostly(all, func(s string) bool { return strings.HasPrefix(s, p) }) {
			d.prefix = p
			return
		}
	}
}

// cells are the filled cells of a column.
func (d *drafting) cells(col int) (all []string) {
	for _, row := range d.rows {
		if col < len(row) {
			c := strings.TrimPrefix(strings.TrimSpace(row[col]), d.prefix)
			if d.prefix == `="` {
				c = strings.TrimSuffix(c, `"`)
			}
			if c = strings.TrimSpace(c); c != "" {
				all = append(all, c)
			}
		}
	}
	return all
}

// column says how the column of a field is read, and why.
func (d *drafting) column(f profile.Field, col int) (text, note string) {
	head, cells := strings.TrimSpace(d.heads[col]), d.cells(col)
	plain := fmt.Sprintf("%q", head)
	if unit := d.units[f.Name]; unit != "" {
		return fmt.Sprintf("{of: %q, unit: %q}", head, unit), ""
	}
	switch f.Value {
	case profile.Money, profile.Number:
		return d.number(f, head, plain, cells)
	case profile.Seconds, profile.Minutes, profile.Hours:
		return span(f, head, plain, cells)
	case profile.Day, profile.Instant:
		return moment(f, head, plain, cells)
	case profile.Agent:
		if mostly(cells, looksLikeName) {
			return fmt.Sprintf("{of: %q, by: name}", head), "   # 写的是姓名 / names"
		}
	}
	return plain, ""
}

var totalsRow = regexp.MustCompile(`^(合计|总计|小计|Total)`)

// hasTotals tells whether the last of the rows is one of totals.
func (d *drafting) hasTotals() bool {
	if len(d.rows) < 2 {
		return false
	}
	for _, c := range d.rows[len(d.rows)-1] {
		if c = strings.TrimSpace(c); c != "" {
			return totalsRow.MatchString(c)
		}
	}
	return false
}

// mostly tells whether nine of ten cells are so; the others are mistakes of their own.
func mostly(cells []string, is func(string) bool) bool {
	n := 0
	for _, c := range cells {
		if is(c) {
			n++
		}
	}
	return len(cells) > 0 && n*10 >= len(cells)*9
}

// looksLikeName tells names of people from ids.
func looksLikeName(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.Contains(s, " ") && !strings.ContainsAny(s, "0123456789")
}

func isPlain(s string) bool {
	_, err := money.Parse(strings.TrimSuffix(s, "%"))
	return err == nil
}

// number finds marks of thousands, signs of currency and the decimal comma.
func (d *drafting) number(f profile.Field, head, plain string, cells []string) (text, note string) {
	if len(cells) == 0 || mostly(cells, isPlain) {
		return plain, ""
	}
	c := profile.Column{Value: f.Value}
	for _, point := range []byte{'.', ','} {
		if mostly(cells, func(s string) bool { return convert.Reads(c, point, s) }) {
			d.comma = d.comma || point == ','
			return fmt.Sprintf("{of: %q}", head), "   # 认千分位和货币符号 / separators and signs of currency"
		}
	}
	return plain, ""
}

var fraction = regexp.MustCompile(`^0(\.[0-9]+)?$`)

// span finds minutes and seconds, and fractions of a day.
func span(f profile.Field, head, plain string, cells []string) (text, note string) {
	unit := ""
	switch {
	case len(cells) == 0:
	case mostly(cells, func(s string) bool {
		return strings.Count(s, ":") == 1 && convert.Reads(profile.Column{Value: f.Value, Unit: "mm:ss"}, '.', s)
	}):
		unit, note = "mm:ss", fmt.Sprintf("   # %s 是几分几秒; 若是几时几分, 请换算 / minutes and seconds; hours and minutes have to be converted", slices.Max(cells))
	case mostly(cells, fraction.MatchString) && f.Value == profile.Seconds:
		unit, note = "day", "   # 一天的几分之几 / fractions of a day"
	}
	if unit == "" {
		return plain, ""
	}
	return fmt.Sprintf("{of: %q, unit: %q}", head, unit), note
}

// layouts that a draft tries where the standard ones do not fit; those of one
// group may fit the same cells and are never chosen between.
var layouts = func() (groups [][]string) {
	for _, clock := range []string{"", " hh:mm", " hh:mm:ss", " h:mm am", " h:mm:ss am"} {
		for _, sep := range []string{"/", "-", "."} {
			groups = append(groups, []string{"m" + sep + "d" + sep + "yyyy" + clock, "d" + sep + "m" + sep + "yyyy" + clock})
		}
	}
	return append(groups, []string{"yyyymmdd"}, []string{"yyyymmdd hhmmss"}, []string{"yyyymmddhhmmss"}, []string{"yyyymmdd hh:mm:ss"}, []string{"epoch"}, []string{"epoch ms"}, []string{"excel"})
}()

// serialDigits are how many digits a number has that is a date of our days.
var serialDigits = map[string]int{"epoch": 10, "epoch ms": 13, "excel": 5}

func readsDay(words, s string) bool {
	m, ok := profile.ParseLayout(words)
	if whole, _, _ := strings.Cut(s, "."); m.Serial != "" && len(whole) != serialDigits[words] {
		return false
	}
	return ok && convert.Reads(profile.Column{Value: profile.Instant, Dates: []profile.Moment{m}}, '.', s)
}

// moment finds how dates are written; a question where that can be read in two ways.
func moment(f profile.Field, head, plain string, cells []string) (text, note string) {
	if len(cells) == 0 || mostly(cells, func(s string) bool { return convert.Reads(profile.Column{Value: f.Value}, '.', s) }) {
		return plain, ""
	}
	for _, group := range layouts {
		var fit []string
		for _, words := range group {
			if mostly(cells, func(s string) bool { return readsDay(words, s) }) {
				fit = append(fit, words)
			}
		}
		switch len(fit) {
		case 1:
			return fmt.Sprintf("{of: %q, dates: [%q]}", head, fit[0]), ""
		case 2:
			return fmt.Sprintf("{of: %q, dates: [%q]}", head, profile.Unanswered), fmt.Sprintf("   # %s 是哪种? which is it? %s | %s", cells[0], fit[0], fit[1])
		}
	}
	return plain, ""
}

// perhaps names the columns that may be a field, by what stands in them: a choice
// that somebody else makes.
func (d *drafting) perhaps(f profile.Field) string {
	taken := map[int]bool{}
	for _, other := range d.kind.Fields {
		if col, ok := d.columns[other.Name]; ok && (other.Required || f.Value != profile.ID || other.Value != profile.ID) { // a contract's number may be the deal's
			taken[col] = true
		}
	}
	var names []string
	for col, h := range d.heads {
		if cells := d.cells(col); !taken[col] && oneLine(h) != "" && len(cells) > 0 && len(names) < 4 && mayBe(f, cells) {
			names = append(names, oneLine(h))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; 也许 / perhaps: " + strings.Join(names, " | ")
}

// mayBe tells whether cells could be what a field holds.
func mayBe(f profile.Field, cells []string) bool {
	isDay := mostly(cells, func(s string) bool {
		if convert.Reads(profile.Column{Value: profile.Day}, '.', s) {
			return true
		}
		return dayLast.MatchString(s)
	})
	switch f.Value {
	case profile.Day, profile.Instant:
		return isDay
	case profile.Money, profile.Number:
		return mostly(cells, func(s string) bool { return convert.Reads(profile.Column{Value: profile.Money}, '.', s) })
	}
	return !isDay
}

// unknownWords are words of a column that telepay does not know.
func (d *drafting) unknownWords(f profile.Field) (words []string) {
	col, ok := d.columns[f.Name]
	if !ok || f.Value != profile.Word {
		return nil
	}
	known := profile.Words(d.kind, profile.Profile{})[f.Name]
	seen := map[string]bool{}
	for _, c := range d.cells(col) {
		if _, ok := known[profile.Fold(c)]; !ok && !seen[c] && len(words) < 12 {
			seen[c] = true
			words = append(words, oneLine(profile.Show(c)))
		}
	}
	return words
}
