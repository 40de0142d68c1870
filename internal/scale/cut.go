package scale

import (
	"telepay/internal/expr"
	"telepay/internal/money"
)

// Cut is a part of what is rated with the value that holds on it. The cuts of a
// total are disjoint and cover it.
type Cut struct {
	Lo, Hi money.Ratio // of what is rated
	From   *Bound      // the bound that this cut starts at, nil below all bounds
	Value  expr.Value
	Hits   []Hit
}

// Width returns how much of the total the cut is.
func (c Cut) Width() money.Ratio { return c.Hi.Sub(c.Lo) }

// Cuts evaluates a scale over a total that may be sliced. A total of 0 or below
// reaches no bound: it gives one cut, with the scale's value where it has no bounds, else 0.
func (s *Scale) Cuts(c Context) ([]Cut, *Miss) {
	return s.cuts(c, money.Ratio{}, *c.X, nil)
}

func (s *Scale) cuts(c Context, lo, hi money.Ratio, hits []Hit) ([]Cut, *Miss) {
	switch {
	case s.Dated != nil:
		return s.dated(c.Month).cuts(c, lo, hi, hits)
	case s.Keys != nil:
		child, more, miss := s.key(c)
		if miss != nil {
			return nil, miss
		}
		return child.cuts(c, lo, hi, append(hits, more...))
	case s.Steps != nil:
		return s.stepCuts(c, lo, hi, hits)
	}
	v, more, miss := s.Value(c)
	return []Cut{{Lo: lo, Hi: hi, Value: v, Hits: append(hits, more...)}}, miss
}

func (s *Scale) stepCuts(c Context, lo, hi money.Ratio, hits []Hit) ([]Cut, *Miss) {
	x, ok := s.measure(c)
	if !ok {
		return nil, &Miss{Scale: s, Field: s.Steps.Measure}
	}
	mode, from := s.Steps.modeAt(x)
	switch {
	case mode == Interpolated:
		v, more, miss := s.stepValue(c)
		return []Cut{{Lo: lo, Hi: hi, Value: v, Hits: append(hits, more...)}}, miss
	case mode == Whole || s.Steps.Measure.Name != "" && !s.Steps.OfAttainment || x.Sign() <= 0:
		return s.wholeCut(c, x, lo, hi, hits)
	}
	unit := money.One // what a bound of 1 is of what is rated
	if s.Steps.OfAttainment && c.X != nil {
		unit = c.X.Div(x)
	}
	if from.At.Sign() > 0 {
		at := from.At.Mul(unit)
		below, miss := s.wholeCut(c, from.At, lo, money.MinRatio(hi, at), hits)
		if miss != nil {
			return nil, miss
		}
		above, miss := s.slices(c, money.MaxRatio(lo, at), hi, unit, hits)
		return append(below, above...), miss
	}
	return s.slices(c, lo, hi, unit, hits)
}

// wholeCut gives everything from lo to hi the value of the bound that x reached.
func (s *Scale) wholeCut(c Context, x, lo, hi money.Ratio, hits []Hit) ([]Cut, *Miss) {
	at := s.Steps.reached(x)
	hits = append(append([]Hit(nil), hits...), s.Steps.hit(x, at))
	if at < 0 {
		return []Cut{{Lo: lo, Hi: hi, Value: expr.NumberOf(money.Ratio{}), Hits: hits}}, nil
	}
	cuts, miss := s.Steps.Steps[at].Scale.cuts(c, lo, hi, hits)
	for i := range cuts {
		if cuts[i].From == nil {
			cuts[i].From = &s.Steps.Steps[at].Bound
		}
	}
	return cuts, miss
}

// slices gives each part of lo to hi the value of its own bounds, a bound of 1 being unit.
func (s *Scale) slices(c Context, lo, hi, unit money.Ratio, hits []Hit) ([]Cut, *Miss) {
	var out []Cut
	steps := s.Steps.Steps
	for i := -1; i < len(steps); i++ {
		from, to := lo, hi
		if i >= 0 {
			from = money.MaxRatio(lo, steps[i].Bound.At.Mul(unit))
		}
		if i+1 < len(steps) {
			to = money.MinRatio(hi, steps[i+1].Bound.At.Mul(unit))
		}
		if from.Cmp(to) >= 0 {
			continue
		}
		h := append(append([]Hit(nil), hits...), s.Steps.hit(hi.Div(unit), i))
		if i < 0 {
			out = append(out, Cut{Lo: from, Hi: to, Value: expr.NumberOf(money.Ratio{}), Hits: h})
			continue
		}
		cuts, miss := steps[i].Scale.cuts(c, from, to, h)
		if miss != nil {
			return nil, miss
		}
		for j := range cuts {
			if cuts[j].From == nil {
				cuts[j].From = &steps[i].Bound
			}
		}
		out = append(out, cuts...)
	}
	return out, nil
}
