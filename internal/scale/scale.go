// Package scale is a value that depends: on a key, on a bound that a measure
// reaches, on the month. One construct says rates, amounts, factors, scores and
// grades. A piece of YAML comes in, values with the bounds and keys they came
// from go out; what is rated and who is paid is not known here.
package scale

import (
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Mode says what a reached bound does (计法).
type Mode uint8

const (
	Whole        Mode = iota // 全额: the reached value holds for everything
	Marginal                 // 超额: each slice has its own value
	Interpolated             // 插值: straight lines between the bounds
)

// Scale is one value that depends. Exactly one of Leaf, Word, Keys, Steps, Grid
// and Dated says how; an ended value (none) has none of them.
type Scale struct {
	Node  *yamldoc.Node
	Leaf  *expr.Formula
	Word  string // a grade or another word
	Keys  *Keys
	Steps *Steps
	Grid  *Grid
	Dated []Dated // by rising month
	Ended bool
}

// Keys looks a value up by fields of the person, deal or row.
type Keys struct {
	Fields []expr.Def
	Cases  []Case
}

// Case holds for rows whose fields are Values, in order; Any matches everything.
type Case struct {
	Values []string
	Scale  *Scale
}

// Any is the word that matches every value of a field.
const Any = "any"

// Steps are rising lower bounds of Measure, or of what is rated where Measure
// has no name. Below the first bound the value is 0.
type Steps struct {
	Measure expr.Def
	// OfAttainment: Measure is the attainment of what is rated, so that slices may be
	// cut at bound × target.
	OfAttainment bool
	Steps        []Step
	Modes        []ModeFrom // by rising bound; one without a bound where the mode never changes
}

// Bound is a lower bound: from X has X in, above X has it out.
type Bound struct {
	At    money.Ratio
	Above bool
	Text  string // as the plan writes it: 5万, 80%
}

// Step is what holds from a bound on.
type Step struct {
	Bound Bound
	Scale *Scale
}

// ModeFrom is the mode that holds from a bound on.
type ModeFrom struct {
	Bound Bound
	Mode  Mode
}

// Grid is a two-way table: Down picks the row, Across the column.
type Grid struct {
	Down, Across expr.Def
	Columns      []Bound
	Rows         []GridRow
}

// GridRow is one row of a grid, a cell for each column.
type GridRow struct {
	Bound Bound
	Cells []*expr.Formula
}

// Dated is the value that holds since a month.
type Dated struct {
	Since period.Month
	Scale *Scale
}

// Reached tells whether x has reached b.
func (b Bound) Reached(x money.Ratio) bool {
	c := x.Cmp(b.At)
	return c > 0 || c == 0 && !b.Above
}

// Label says the bound in words: 满 5万, 超过 100%.
func (b Bound) Label() lang.Text {
	if b.Above {
		return lang.F("超过 %s", "above %s", b.Text)
	}
	return lang.F("满 %s", "from %s", b.Text)
}

// Constant tells whether the scale is one value, the same for everybody and always.
func (s *Scale) Constant() bool { return s.Leaf != nil && s.Leaf.Constant() }

// Names returns every measure and field that the scale reads.
func (s *Scale) Names() []string {
	var names []string
	s.walk(func(x *Scale) {
		switch {
		case x.Leaf != nil:
			names = append(names, x.Leaf.Names()...)
		case x.Keys != nil:
			for _, f := range x.Keys.Fields {
				names = append(names, f.Name)
			}
		case x.Steps != nil && x.Steps.Measure.Name != "":
			names = append(names, x.Steps.Measure.Name)
		case x.Grid != nil:
			names = append(names, x.Grid.Down.Name, x.Grid.Across.Name)
			for _, r := range x.Grid.Rows {
				for _, c := range r.Cells {
					names = append(names, c.Names()...)
				}
			}
		}
	})
	return names
}

// Leaves calls f for every formula at the ends of the scale.
func (s *Scale) Leaves(f func(*expr.Formula)) {
	s.walk(func(x *Scale) {
		if x.Leaf != nil {
			f(x.Leaf)
		}
	})
}

// Walk calls f for the scale and every scale inside it.
func (s *Scale) Walk(f func(*Scale)) { s.walk(f) }

func (s *Scale) walk(f func(*Scale)) {
	if s == nil {
		return
	}
	f(s)
	if s.Keys != nil {
		for _, c := range s.Keys.Cases {
			c.Scale.walk(f)
		}
	}
	if s.Steps != nil {
		for _, st := range s.Steps.Steps {
			st.Scale.walk(f)
		}
	}
	for _, d := range s.Dated {
		d.Scale.walk(f)
	}
}
