package convert

import (
	"strings"

	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
)

// Use says what a field is made of.
type Use struct {
	Field   profile.Field
	Headers []string  // columns of the file; empty for constants and formulas
	How     lang.Text // what else is done to them
}

// Uses lists the fields that go out.
func (r *Reader) Uses() (all []Use) {
	for _, i := range r.fields {
		b := &r.binds[i]
		u := Use{Field: b.field, How: r.how(b)}
		for _, c := range b.cols {
			u.Headers = append(u.Headers, strings.TrimSpace(r.heads[c]))
		}
		all = append(all, u)
	}
	return all
}

func (r *Reader) how(b *bind) lang.Text {
	switch {
	case b.Formula != nil:
		return lang.Same("= " + b.Formula.Source)
	case b.Is != "":
		return lang.F("都是 %s", "always %s", b.Is)
	}
	var zh, en []string
	say := func(t lang.Text) { zh, en = append(zh, t.ZH), append(en, t.EN) }
	if b.Pattern != nil {
		say(lang.F("取 %s", "the part %s", b.Pattern))
	}
	if b.ByName {
		say(lang.T("按姓名", "by name"))
	}
	if b.Unit != "" {
		say(lang.F("单位 %s", "in %s", b.Unit))
	}
	if t := profile.TypeOf(b.field.Value); t.Kind == expr.Number && (b.field.Value == profile.Day || b.field.Value == profile.Instant) {
		var words []string
		for _, l := range r.layouts(b) {
			words = append(words, l.Words)
		}
		if len(b.Dates)+len(r.prof.Dates) > 0 {
			say(lang.Same(strings.Join(words, " | ")))
		}
	}
	return lang.T(strings.Join(zh, ", "), strings.Join(en, ", "))
}

// HeaderLine is the line or row of the header, or of the first row of data where
// the file has no header.
func (r *Reader) HeaderLine() int { return r.head.Line }

// Headless tells whether the profile names the columns, not the file.
func (r *Reader) Headless() bool { return r.unnamed }

// Read counts the columns of the file that the profile reads.
func (r *Reader) Read() int {
	used := map[int]bool{}
	for _, b := range r.binds {
		for _, c := range append([]int{b.zone, b.team}, b.cols...) {
			if c >= 0 {
				used[c] = true
			}
		}
	}
	return len(used) + len(r.days)
}

// Unread lists the columns of the file that nothing reads.
func (r *Reader) Unread() (names []string) {
	used := map[int]bool{}
	for _, b := range r.binds {
		for _, c := range append([]int{b.zone, b.team}, b.cols...) {
			used[c] = true
		}
	}
	for _, own := range r.extra {
		used[own.col] = true
	}
	for _, c := range r.days {
		used[c] = true
	}
	for i, h := range r.heads[:r.width()] {
		if h = strings.TrimSpace(h); !used[i] && h != "" {
			names = append(names, h)
		}
	}
	return names
}
