package scale

import (
	"regexp"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/yamldoc"
)

// steps reads bounds; measure has no name where they are bounds of what is rated.
func (r reader) steps(n *yamldoc.Node, s *Scale, measure expr.Def) {
	if measure.Name == "" && !r.HasRated {
		key := n
		if len(n.Entries) > 0 {
			key = n.Entries[0].Key
		}
		r.Bad(key, "bounds-of-nothing", lang.F("%s 的界限没有说明是什么的界限", "bounds in %s that are bounds of nothing", n.Path), lang.T("by 指标, 里面写 from", "by MEASURE, with from inside it"), lang.Text{})
		return
	}
	st := &Steps{Measure: measure}
	unit := r.Rated
	if measure.Name != "" {
		unit = measure.Type
	}
	var modeNode *yamldoc.Node
	for _, e := range n.Entries {
		if e.Key.Text == "mode" {
			modeNode = e.Value
			continue
		}
		if isRange(e.Key) {
			r.tierTo(n, e, modeNode)
			continue
		}
		b, ok := r.bound(n, e.Key, unit)
		if !ok {
			continue
		}
		if k := len(st.Steps); k > 0 && !rises(st.Steps[k-1].Bound, b) {
			r.order(e.Key, st.Steps[k-1], n)
			continue
		}
		st.Steps = append(st.Steps, Step{b, r.read(e.Value)})
	}
	r.modes(n, modeNode, st, unit)
	r.fromZero(n, st)
	s.Steps = st
}

// fromZero refuses bounds below 0 where slices are cut: those begin at 0, and a
// figure below it reaches none. A measure that only picks, as growth, may be negative.
func (r reader) fromZero(n *yamldoc.Node, st *Steps) {
	for _, s := range st.Steps {
		if m, _ := st.modeAt(s.Bound.At); r.Slices && m == Marginal && s.Bound.At.Sign() < 0 {
			key := n.KeyOf(s.Scale.Node)
			r.Bad(key, "bound-below-zero", lang.F("%s: %s, 而 marginal (超额) 从 0 开始分段", "%s: %s, where slices (marginal) begin at 0", n.Path, key.Text), lang.T("不小于 0 的界限", "bounds of 0 or more"),
				lang.T("从 from 0 写起; 负数不进任何一段", "begin with from 0; a negative figure is in no slice"))
		}
	}
}

func rises(a, b Bound) bool {
	c := a.At.Cmp(b.At)
	return c < 0 || c == 0 && !a.Above && b.Above
}

func (r reader) order(key *yamldoc.Node, before Step, n *yamldoc.Node) {
	p := key.Problem("tier-order", lang.F("%s 写在 from %s 之后 (%s)", "%s after from %s in %s", key.Text, before.Bound.Text, n.Path), lang.T("从低到高的界限", "rising bounds"), lang.Text{})
	p.See = []diag.Pos{n.KeyOf(before.Scale.Node).Pos()}
	r.Problems.Add(p)
}

var rangeKey = regexp.MustCompile(`^(from |above )?\s*([0-9.]+[千万亿%‰]?)\s*(-|–|—|~|～|至|到|to)\s*([0-9.]+[千万亿%‰]?)`)

func (r reader) bound(n, key *yamldoc.Node, want expr.Type) (Bound, bool) {
	if isRange(key) {
		r.tierTo(n, yamldoc.Entry{Key: key}, nil)
		return Bound{}, false
	}
	word, text, _ := strings.Cut(key.Text, " ")
	text = strings.TrimSpace(text)
	if word != "from" && word != "above" || text == "" {
		r.unknownStep(n, key, word, text)
		return Bound{}, false
	}
	at, unit, fault := expr.Literal(text)
	if fault != nil {
		r.fault(key, fault)
		return Bound{}, false
	}
	if unit != want.Unit && !(unit == expr.Plain && (want.Unit == expr.Count || want.Unit == expr.Money)) {
		r.Bad(key, "bound-unit", lang.F("%s: %s", "%s: %s", n.Path, key.Text), want.Describe(), boundMend(want.Unit, word, text))
		return Bound{}, false
	}
	return Bound{At: at, Above: word == "above", Text: text}, true
}

// unknownStep reports a key that is no step; its first word may be one misspelt.
func (r reader) unknownStep(n, key *yamldoc.Node, word, text string) {
	mend := lang.Text{}
	if near := diag.Nearest(word, stepWords); near != "" && word != near {
		mend = lang.Same(strings.TrimSpace(near + " " + text))
	}
	r.Bad(key, "unknown-key", lang.F("%s 里的 %s", "%[2]s in %[1]s", n.Path, key.Text), lang.F("它的键之一: %s", "one of its keys: %s", strings.Join(stepWords, ", ")), mend)
}

var stepWords = []string{"from", "above", "mode", "by", "since"}

func boundMend(u expr.Unit, word, text string) lang.Text {
	switch u {
	case expr.Percent:
		return lang.Same(word + " " + text + "%")
	case expr.Time:
		return lang.Same(word + " " + text + "s")
	}
	return lang.Text{}
}

func isRange(key *yamldoc.Node) bool {
	return rangeKey.MatchString(key.Text) || key.Text == "to" || strings.HasPrefix(key.Text, "to ")
}

// tierTo refuses a step that is written as a range, and says what its upper end
// would earn by either reading.
func (r reader) tierTo(n *yamldoc.Node, e yamldoc.Entry, mode *yamldoc.Node) {
	want := lang.T("只写下限", "lower bounds only")
	mend := lang.T("只写下限: from 5万 (满) 或 above 5万 (超过)", "write lower bounds only: from 5万 or above 5万")
	if m := rangeKey.FindStringSubmatch(e.Key.Text); m != nil {
		low, high := m[2], m[4]
		mend = lang.F("写 from %s; 下一档写 from %s (满) 或 above %s (超过)", "write from %s, and the next step as from %s (included) or above %s (not)", low, high, high)
		at, from, above := r.readings(n, e, high)
		switch slices := r.Slices && mode != nil && mode.Kind == yamldoc.Scalar && r.mode(mode) == Marginal; {
		case from != "" && slices:
			want = lang.F("只写下限; 超额计法下, 恰好 %s 两种读法一样", "lower bounds only; by slices exactly %s earns the same either way", at)
		case from != "":
			want = lang.F("只写下限: 恰好 %[1]s, 按 from %[2]s (满) 得 %[3]s, 按 above %[2]s (超过) 得 %[4]s", "lower bounds only: exactly %[1]s earns %[3]s by from %[2]s (included), %[4]s by above %[2]s (not)", at, high, from, above)
		}
	}
	r.Bad(e.Key, "tier-to", lang.F("%s: %q", "%s: %q", n.Path, e.Key.Text), want, mend)
}

// readings says what the upper end of a range earns: by the next step's value, and
// by the range's own. Both are empty where the file does not say.
func (r reader) readings(n *yamldoc.Node, e yamldoc.Entry, high string) (at, from, above string) {
	x, unit, fault := expr.Literal(high)
	if fault != nil || e.Value == nil {
		return "", "", ""
	}
	at = high
	if unit == expr.Plain {
		at = x.Round(2, money.HalfUp).String()
	}
	for _, next := range n.Entries {
		if next.Key != e.Key && firstNumber.FindString(next.Key.Text) == high {
			from, above = r.earns(x, next.Value), r.earns(x, e.Value)
		}
	}
	if from == "" || above == "" {
		return at, "", ""
	}
	return at, from, above
}

var firstNumber = regexp.MustCompile(`[0-9.]+[千万亿%‰]?`)

// earns is what x earns at a value, as the file has it where it is no rate.
func (r reader) earns(x money.Ratio, value *yamldoc.Node) string {
	v, unit, fault := expr.Literal(value.Text)
	switch {
	case fault != nil, r.Want == Rate && unit != expr.Percent:
		return ""
	case r.Want == Rate:
		return x.Mul(v).Round(2, money.HalfUp).Fixed(2)
	}
	return value.Text
}

// modes reads mode, and demands it where slices are possible.
func (r reader) modes(n, mode *yamldoc.Node, st *Steps, unit expr.Type) {
	switch {
	case mode == nil && r.Slices && st.Measure.Name == "" && len(st.Steps) > 0:
		r.modeMissing(n, st)
	case mode == nil:
		st.Modes = []ModeFrom{{Mode: Whole}}
	case mode.Kind == yamldoc.Map:
		for _, e := range mode.Entries {
			if b, ok := r.bound(mode, e.Key, unit); ok {
				st.Modes = append(st.Modes, ModeFrom{b, r.mode(e.Value)})
			}
		}
	default:
		st.Modes = []ModeFrom{{Mode: r.mode(mode)}}
	}
	for _, m := range st.Modes {
		if m.Mode == Marginal && (!r.Slices || st.Measure.Name != "" && !r.ofAttainment(st.Measure.Name)) {
			r.Bad(mode, "mode", lang.F("%s: marginal", "%s: marginal", n.Path), lang.T("whole (全额); 这里没有可以分段的金额", "whole (全额): there is nothing here to cut into slices"), lang.Text{})
		}
	}
}

func (r reader) mode(n *yamldoc.Node) Mode {
	switch r.OneOf(n, "whole", "marginal", "interpolated", "全额", "超额", "插值") {
	case "marginal", "超额":
		return Marginal
	case "interpolated", "插值":
		return Interpolated
	}
	return Whole
}

// modeMissing shows what both readings would pay, a fifth above the last bound.
func (r reader) modeMissing(n *yamldoc.Node, st *Steps) {
	found := lang.F("%s: 有档位的比例, 没有 mode", "%s: a rate with bounds and no mode", n.Path)
	want := lang.T("whole (全额) 或 marginal (超额)", "whole (全额) or marginal (超额)")
	x := st.Steps[len(st.Steps)-1].Bound.At.Mul(money.Of(money.New(12, 1)))
	st.Modes = []ModeFrom{{Mode: Whole}}
	whole, ok := paid(st, x)
	st.Modes[0].Mode = Marginal
	marginal, ok2 := paid(st, x)
	if ok && ok2 && x.Sign() > 0 {
		want = lang.F("whole (全额) 或 marginal (超额): %s 得 %s 或 %s", "whole (全额) or marginal (超额): %s earns %s or %s", x.Round(2, money.HalfUp), whole, marginal)
	}
	r.Bad(n, "mode-missing", found, want, lang.T("加上 mode: whole 或 mode: marginal", "add mode: whole or mode: marginal"))
}

func paid(st *Steps, x money.Ratio) (money.Decimal, bool) {
	for _, s := range st.Steps {
		if !s.Scale.Constant() {
			return money.Zero, false
		}
	}
	cuts, miss := (&Scale{Steps: st}).Cuts(Context{X: &x})
	if miss != nil {
		return money.Zero, false
	}
	var sum money.Ratio
	for _, c := range cuts {
		sum = sum.Add(c.Width().Mul(c.Value.Num))
	}
	return sum.Round(2, money.HalfUp), true
}

// grid reads a two-way table: a list of column bounds, then a row of cells for each row bound.
func (r reader) grid(n *yamldoc.Node, s *Scale, down, across expr.Def) {
	g := &Grid{Down: down, Across: across}
	width := 0
	if len(n.Entries) < 2 {
		r.Bad(n, "grid-shape", lang.F("%s 没有一行格子", "%s without a row of cells", n.Path), lang.T("第一行 from: [各列的下限], 以下每行 from 下限: [格]", "a first row from: [lower bounds of the columns], then rows from BOUND: [cells]"), lang.Text{})
		return
	}
	for i, e := range n.Entries {
		if e.Value.Kind != yamldoc.List {
			r.WantShape(e.Value, lang.T("一行单元格, 如 [0, 0.8, 1]", "a row of cells such as [0, 0.8, 1]"))
			return
		}
		if i == 0 {
			if e.Key.Text != "from" && e.Key.Text != "above" {
				r.Bad(e.Key, "grid-shape", lang.Same(e.Key.Text), lang.T("第一行 from: [各列的下限]", "a first row from: [lower bounds of the columns]"), lang.Text{})
				return
			}
			width = len(e.Value.Items)
			r.columns(e, g)
			continue
		}
		r.gridRow(n, e, g, width)
	}
	s.Grid = g
}

func (r reader) columns(e yamldoc.Entry, g *Grid) {
	for _, item := range e.Value.Items {
		key := *item
		key.Text = e.Key.Text + " " + item.Text
		b, ok := r.bound(e.Value, &key, g.Across.Type)
		if !ok {
			continue
		}
		if k := len(g.Columns); k > 0 && !rises(g.Columns[k-1], b) {
			r.Bad(item, "tier-order", lang.F("%s 在 %s 之后", "%s after %s", item.Text, g.Columns[k-1].Text), lang.T("从低到高的界限", "rising bounds"), lang.Text{})
			continue
		}
		g.Columns = append(g.Columns, b)
	}
}

func (r reader) gridRow(n *yamldoc.Node, e yamldoc.Entry, g *Grid, width int) {
	b, ok := r.bound(n, e.Key, g.Down.Type)
	if !ok {
		return
	}
	if len(e.Value.Items) != width {
		r.Bad(e.Value, "grid-hole", lang.F("%s 有 %s 格", "%[2]s in %[1]s", e.Key.Text, lang.Count(len(e.Value.Items), "cell", "cells")), lang.F("%d 格, 每列一格", "%d, one a column", width), lang.Text{})
		return
	}
	if k := len(g.Rows); k > 0 && !rises(g.Rows[k-1].Bound, b) {
		r.Bad(e.Key, "tier-order", lang.F("%s 在 %s 之后", "%s after %s", e.Key.Text, g.Rows[k-1].Bound.Text), lang.T("从低到高的界限", "rising bounds"), lang.Text{})
		return
	}
	row := GridRow{Bound: b}
	for _, item := range e.Value.Items {
		cell := &Scale{Node: item}
		r.leaf(item, cell)
		row.Cells = append(row.Cells, cell.Leaf)
	}
	g.Rows = append(g.Rows, row)
}
