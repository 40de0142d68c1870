package scale

import (
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

// Context is what a scale is evaluated with. X is what is rated, read by bounds
// that name no measure; it is nil where nothing is rated.
type Context struct {
	Env   expr.Env
	Month period.Month
	X     *money.Ratio
}

// Hit is one choice on the way to a value: a key that fitted, or a bound that
// was reached, with the bound that comes next.
type Hit struct {
	Field expr.Def // of a key: the field; of a bound: the measure, no name for what is rated
	Key   string
	Value money.Ratio // of the measure
	Bound *Bound      // nil where even the first bound was not reached
	Next  *Bound
}

// Miss says why a scale has no value.
type Miss struct {
	Scale *Scale
	Field expr.Def
	Value string // the value that no case has; empty: the measure has no base
}

// Text says a miss in words.
func (m *Miss) Text() lang.Text {
	if m.Value == "" {
		return lang.F("%s 没有基数 (—)", "%s has no base (—)", m.Field.Title)
	}
	return lang.F("%s 为 %s, 表中没有这一行", "%s is %s, which the table does not list", m.Field.Title, m.Value)
}

// Value evaluates a scale that yields one value: amounts, factors, scores, grades.
func (s *Scale) Value(c Context) (expr.Value, []Hit, *Miss) {
	switch {
	case s.Leaf != nil:
		return s.Leaf.Eval(c.Env), nil, nil
	case s.Word != "":
		return expr.TextOf(s.Word), nil, nil
	case s.Dated != nil:
		return s.dated(c.Month).Value(c)
	case s.Keys != nil:
		child, hits, miss := s.key(c)
		if miss != nil {
			return expr.None, nil, miss
		}
		v, more, miss := child.Value(c)
		return v, append(hits, more...), miss
	case s.Steps != nil:
		return s.stepValue(c)
	case s.Grid != nil:
		return s.gridValue(c)
	}
	return expr.NumberOf(money.Ratio{}), nil, nil
}

func (s *Scale) dated(m period.Month) *Scale {
	at := &Scale{Node: s.Node, Ended: true}
	for _, d := range s.Dated {
		if d.Since <= m {
			at = d.Scale
		}
	}
	return at
}

// key finds the case that fits with the most values that are not any.
func (s *Scale) key(c Context) (*Scale, []Hit, *Miss) {
	best, bestAt := -1, -1
	values := make([]string, len(s.Keys.Fields))
	var hits []Hit
	for i, f := range s.Keys.Fields {
		values[i] = c.Env(f.Name).Text
		hits = append(hits, Hit{Field: f, Key: values[i]})
	}
	for i, cs := range s.Keys.Cases {
		if n := fits(cs.Values, values); n > best {
			best, bestAt = n, i
		}
	}
	if bestAt < 0 {
		f, v := s.Keys.Fields[0], values[0]
		if v == "" {
			v = "(空)"
		}
		return nil, nil, &Miss{Scale: s, Field: f, Value: v}
	}
	return s.Keys.Cases[bestAt].Scale, hits, nil
}

// fits returns how many values of a case are met by name, −1 where it does not fit.
func fits(want, have []string) int {
	n := 0
	for i, w := range want {
		switch w {
		case Any:
		case have[i]:
			n++
		default:
			return -1
		}
	}
	return n
}

func (s *Scale) measure(c Context) (money.Ratio, bool) {
	if s.Steps.Measure.Name == "" {
		if c.X == nil {
			return money.Ratio{}, false
		}
		return *c.X, true
	}
	v := c.Env(s.Steps.Measure.Name)
	return v.Num, !v.NoBase
}

// reached returns the place of the last bound that x has reached, −1 for none.
func (st *Steps) reached(x money.Ratio) int {
	at := -1
	for i := range st.Steps {
		if st.Steps[i].Bound.Reached(x) {
			at = i
		}
	}
	return at
}

// StepOf returns the bound that a figure has reached, nil below the first, and
// whether all figures within the step are worth the same.
func (st *Steps) StepOf(x money.Ratio) (b *Bound, flat bool) {
	if at := st.reached(x); at >= 0 {
		b = &st.Steps[at].Bound
	}
	mode, _ := st.modeAt(x)
	return b, mode != Interpolated
}

func (st *Steps) hit(x money.Ratio, at int) Hit {
	h := Hit{Field: st.Measure, Value: x}
	if at >= 0 {
		h.Bound = &st.Steps[at].Bound
	}
	if at+1 < len(st.Steps) {
		h.Next = &st.Steps[at+1].Bound
	}
	return h
}

func (st *Steps) modeAt(x money.Ratio) (mode Mode, from *Bound) {
	for i := range st.Modes {
		if i == 0 || st.Modes[i].Bound.Reached(x) {
			mode, from = st.Modes[i].Mode, &st.Modes[i].Bound
		}
	}
	return mode, from
}

func (s *Scale) stepValue(c Context) (expr.Value, []Hit, *Miss) {
	x, ok := s.measure(c)
	if !ok {
		return expr.None, nil, &Miss{Scale: s, Field: s.Steps.Measure}
	}
	at := s.Steps.reached(x)
	hits := []Hit{s.Steps.hit(x, at)}
	if at < 0 {
		return expr.NumberOf(money.Ratio{}), hits, nil
	}
	v, more, miss := s.Steps.Steps[at].Scale.Value(c)
	if mode, _ := s.Steps.modeAt(x); miss == nil && mode == Interpolated && at+1 < len(s.Steps.Steps) {
		v, miss = s.between(c, x, at, v)
	}
	return v, append(hits, more...), miss
}

// between draws the straight line from the reached bound to the next.
func (s *Scale) between(c Context, x money.Ratio, at int, low expr.Value) (expr.Value, *Miss) {
	a, b := s.Steps.Steps[at], s.Steps.Steps[at+1]
	high, _, miss := b.Scale.Value(c)
	if miss != nil || low.NoBase || high.NoBase {
		return expr.None, miss
	}
	part := x.Sub(a.Bound.At).Div(b.Bound.At.Sub(a.Bound.At))
	return expr.NumberOf(low.Num.Add(high.Num.Sub(low.Num).Mul(part))), nil
}

func (s *Scale) gridValue(c Context) (expr.Value, []Hit, *Miss) {
	g := s.Grid
	down, across := c.Env(g.Down.Name), c.Env(g.Across.Name)
	if down.NoBase {
		return expr.None, nil, &Miss{Scale: s, Field: g.Down}
	}
	if across.NoBase {
		return expr.None, nil, &Miss{Scale: s, Field: g.Across}
	}
	row, col := -1, -1
	for i := range g.Rows {
		if g.Rows[i].Bound.Reached(down.Num) {
			row = i
		}
	}
	for i := range g.Columns {
		if g.Columns[i].Reached(across.Num) {
			col = i
		}
	}
	hits := []Hit{{Field: g.Down, Value: down.Num}, {Field: g.Across, Value: across.Num}}
	if row < 0 || col < 0 {
		return expr.NumberOf(money.Ratio{}), hits, nil
	}
	hits[0].Bound, hits[1].Bound = &g.Rows[row].Bound, &g.Columns[col]
	return g.Rows[row].Cells[col].Eval(c.Env), hits, nil
}

// Next returns the scale that s leads to in a context, one choice further on;
// nil where s is an end, has no value, or is a line between two bounds.
func (s *Scale) Next(c Context) *Scale {
	switch {
	case s.Dated != nil:
		return s.dated(c.Month)
	case s.Keys != nil:
		child, _, _ := s.key(c)
		return child
	case s.Steps != nil:
		x, ok := s.measure(c)
		if !ok {
			return nil
		}
		at := s.Steps.reached(x)
		if mode, _ := s.Steps.modeAt(x); at < 0 || mode == Interpolated {
			return nil
		}
		return s.Steps.Steps[at].Scale
	}
	return nil
}

// None tells whether a scale ends at none in a context: there is no value, which
// is not 0.
func (s *Scale) None(c Context) bool {
	for s != nil && !s.Ended {
		s = s.Next(c)
	}
	return s != nil
}
