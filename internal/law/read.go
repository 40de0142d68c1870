package law

import (
	"slices"
	"strconv"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// reader reads one data file.
type reader struct{ *yamldoc.Reader }

// Origin says where a figure was taken from, and how sure it is.
type Origin struct {
	Source     string
	Confidence string // high, medium, low: low is to be checked before it is relied on
}

func (r reader) origin(n *yamldoc.Node) Origin {
	return Origin{r.Word(n.Get("source")), r.OneOf(n.Get("confidence"), "high", "medium", "low")}
}

// row is what holds from since to until, both months in; until 0 is open.
type row[T any] struct {
	since, until period.Month
	value        T
	at           *yamldoc.Node
}

// table is the rows of one name, by rising month.
type table[T any] []row[T]

// at returns what holds in m. A row holds until the next begins, or until its
// own last month; after that nothing does, however new it is.
func (t table[T]) at(m period.Month) (T, bool) {
	for _, r := range slices.Backward(t) {
		if r.since <= m {
			if r.until != 0 && r.until < m {
				break
			}
			return r.value, true
		}
	}
	var none T
	return none, false
}

// spans says which months the rows hold for: 2025-07 to 2026-06, from 2026-07.
func (t table[T]) spans() lang.Text {
	var zh, en []string
	for i, r := range t {
		until := r.until
		if i+1 < len(t) && (until == 0 || until >= t[i+1].since) {
			until = t[i+1].since - 1
		}
		span := lang.F("%s 起", "from %s", r.since.String())
		if until != 0 {
			span = lang.F("%s 至 %s", "%s to %s", r.since.String(), until.String())
		}
		zh, en = append(zh, span.ZH), append(en, span.EN)
	}
	return lang.T(strings.Join(zh, ", "), strings.Join(en, ", "))
}

// rows reads the keys "since MONTH" of n; its other keys have to be among known.
// A row that is a group of keys may say until, the last month that it holds in.
func rows[T any](r reader, n *yamldoc.Node, read func(*yamldoc.Node) T, known ...string) table[T] {
	if n == nil {
		return nil
	}
	if n.Kind != yamldoc.Map {
		r.WantShape(n, lang.T("since 2026-07: …", "since 2026-07: …"))
		return nil
	}
	var t table[T]
	for _, e := range n.Entries {
		text, isRow := strings.CutPrefix(e.Key.Text, "since ")
		m, err := period.ParseMonth(strings.TrimSpace(text))
		switch {
		case !isRow && slices.Contains(known, e.Key.Text):
			continue
		case !isRow && len(known) > 0:
			r.UnknownKey(e.Key, n.Path, append([]string{"since"}, known...))
			continue
		case !isRow || err != nil:
			r.Bad(e.Key, "since", lang.F("%s: %s", "%s: %s", e.Key.Text, e.Value.Text), lang.T("since 2026-07: …", "since 2026-07: …"), lang.Text{})
			continue
		case len(t) > 0 && t[len(t)-1].since >= m:
			r.Bad(e.Key, "since-order", lang.F("%s 在 %s 之后", "%s after %s", e.Key.Text, t[len(t)-1].since.String()), lang.T("月份从早到晚", "months that rise"), lang.Text{})
			continue
		}
		t = append(t, row[T]{since: m, until: r.month(e.Value.Get("until")), value: read(e.Value), at: e.Key})
	}
	return t
}

func (r reader) month(n *yamldoc.Node) period.Month {
	if n == nil {
		return 0
	}
	m, err := period.ParseMonth(r.Word(n))
	if err != nil {
		r.Bad(n, "month", lang.Same(n.Text), lang.T("2026-06 这样的月份", "a month such as 2026-06"), lang.Text{})
	}
	return m
}

// number reads a plain number; share reads a percentage.
func (r reader) number(n *yamldoc.Node) money.Ratio { return r.literal(n, false) }
func (r reader) share(n *yamldoc.Node) money.Ratio  { return r.literal(n, true) }

func (r reader) literal(n *yamldoc.Node, percent bool) money.Ratio {
	if n == nil {
		return money.Ratio{}
	}
	v, unit, fault := expr.Literal(n.Text)
	if n.Kind != yamldoc.Scalar || fault != nil || (unit == expr.Percent) != percent || v.Sign() < 0 {
		want := lang.T("一个数, 如 2540", "a number such as 2540")
		if percent {
			want = lang.T("百分比, 如 8%", "a percentage such as 8%")
		}
		r.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), want, lang.Text{})
		return money.Ratio{}
	}
	return v
}

func (r reader) amount(n *yamldoc.Node) money.Decimal { return r.number(n).Round(2, money.HalfUp) }

func (r reader) whole(n *yamldoc.Node) int {
	if n == nil {
		return 0
	}
	v, err := strconv.Atoi(r.Word(n))
	if err != nil || v < 0 {
		r.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个整数", "a whole number"), lang.Text{})
		return 0
	}
	return v
}

// need reports the keys that a row cannot do without.
func (r reader) need(n *yamldoc.Node, keys ...string) {
	for _, k := range keys {
		if n.Kind == yamldoc.Map && n.Get(k) == nil {
			r.Bad(n, "missing-key", lang.F("%s 没有 %s", "no %[2]s in %[1]s", n.Path, k), lang.F("键 %s", "the key %s", k), lang.Text{})
		}
	}
}
