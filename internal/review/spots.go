package review

import (
	"maps"
	"slices"

	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/internal/yamldoc"
)

// cardSpots are the bounds of the grades of scorecards that the rule pays by.
func (b Bench) cardSpots(r *rule.Rule) []spot {
	var out []spot
	for i := range b.Plan.Measures.Cards {
		c := &b.Plan.Measures.Cards[i]
		for _, head := range []string{"factor", "grade", "score"} {
			if !slices.Contains(names(r), head+"."+c.Name) {
				continue
			}
			total := expr.Def{Name: "score." + c.Name, Title: c.Title, Type: expr.Type{Kind: expr.Number}}
			for _, s := range []*scale.Scale{c.Grade, c.Factor} {
				for _, at := range spotsOf(s, spot{since: b.Plan.Since}) {
					at.measure = total
					out = append(out, at)
				}
			}
			break
		}
	}
	return out
}

// spot is a bound with what leads to it.
type spot struct {
	path    string
	fits    map[string]string      // fields, as the tables around it ask
	outer   map[string]money.Ratio // measures of steps around it
	measure expr.Def               // no name: what is rated
	at      scale.Bound
	node    *yamldoc.Node // of what holds from the bound on
	since   period.Month
}

// spotsOf lists the bounds of a scale in the order of the file.
func spotsOf(s *scale.Scale, in spot) []spot {
	if s == nil {
		return nil
	}
	var out []spot
	for _, d := range s.Dated {
		next := in
		next.path, next.since = in.path+".since "+d.Since.String(), max(in.since, d.Since)
		out = append(out, spotsOf(d.Scale, next)...)
	}
	switch {
	case s.Keys != nil:
		for _, c := range s.Keys.Cases {
			next := in
			next.path, next.fits = c.Scale.Node.Path, maps.Clone(in.fits)
			if next.fits == nil {
				next.fits = map[string]string{}
			}
			for i, f := range s.Keys.Fields {
				if c.Values[i] != scale.Any {
					next.fits[f.Name] = c.Values[i]
				}
			}
			out = append(out, spotsOf(c.Scale, next)...)
		}
	case s.Steps != nil:
		for _, st := range s.Steps.Steps {
			next := in
			next.path, next.measure, next.at, next.node = st.Scale.Node.Path, s.Steps.Measure, st.Bound, st.Scale.Node
			out = append(out, next)
			inner := in
			inner.path, inner.outer = st.Scale.Node.Path, maps.Clone(in.outer)
			if inner.outer == nil {
				inner.outer = map[string]money.Ratio{}
			}
			inner.outer[s.Steps.Measure.Name] = st.Bound.At
			out = append(out, spotsOf(st.Scale, inner)...)
		}
	case s.Grid != nil:
		out = append(out, gridSpots(s, in)...)
	}
	return out
}

// gridSpots are the bounds of a two-way table, each with the other side at its last.
func gridSpots(s *scale.Scale, in spot) []spot {
	var out []spot
	g := s.Grid
	for _, row := range g.Rows {
		next := in
		next.path, next.measure, next.at = in.path+".from "+row.Bound.Text, g.Down, row.Bound
		next.outer = map[string]money.Ratio{g.Across.Name: g.Columns[len(g.Columns)-1].At}
		out = append(out, next)
	}
	for _, column := range g.Columns {
		next := in
		next.path, next.measure, next.at = in.path+".from."+column.Text, g.Across, column
		next.outer = map[string]money.Ratio{g.Down.Name: g.Rows[len(g.Rows)-1].Bound.At}
		out = append(out, next)
	}
	return out
}
