package review

import (
	"maps"
	"slices"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/kpi"
)

// Bound is one bound of a rule's steps with what is paid just below it, at it and
// just above it. One unit beside is 0.01 of money or of a score, 0.01 of a per
// cent, one piece, one second.
type Bound struct {
	Rule  *rule.Rule
	Path  string // earnings.commission.rate.from 5万
	Of    lang.Text
	At    scale.Bound
	Unit  statement.Unit
	Fits  map[string]string // what the tables around it ask of the person
	Tries []Try             // below, at, above
	Score bool              // what comes out is a score, not money
	Why   lang.Text         // why nothing could be tried; empty where it was
}

// Try is one figure with what the rule then pays.
type Try struct {
	X    money.Ratio
	Pays money.Decimal
	All  money.Decimal // what the whole month pays
	Why  lang.Text     // of a person that a problem stops
}

// mostBounds is how many bounds of one rule are tried: of a table of thousands the
// first ones, and how many are left is said.
const mostBounds = 120

// Bounds tries every bound of a rule's steps.
func (b Bench) Bounds(r *rule.Rule) []Bound {
	var spots []spot
	for _, k := range scales(r) {
		spots = append(spots, spotsOf(k.scale, spot{path: r.Path + "." + k.key, since: b.Plan.Since})...)
	}
	spots = append(spots, b.cardSpots(r)...)
	var out []Bound
	t, ok := b.Sample(r)
	for _, s := range spots[:min(len(spots), mostBounds)] {
		x := Bound{Rule: r, Path: s.path, At: s.at, Fits: s.fits}
		x.Of, x.Unit = b.nameOf(r, s)
		if !ok {
			x.Why = lang.T("没有人能同时满足 for 和 when", "nobody was found whom for and when both fit")
			out = append(out, x)
			continue
		}
		x.Tries, x.Why = b.tries(t, r, s)
		out = append(out, x)
	}
	if left := len(spots) - mostBounds; left > 0 {
		s := spots[mostBounds]
		of, unit := b.nameOf(r, s)
		out = append(out, Bound{Rule: r, Path: s.path, Of: of, Unit: unit, At: s.at, Fits: s.fits, Why: lang.F("从这个界限起还有 %d 个没有试, 用算例试", "this bound and those after it, %d, were not tried; try them by cases", left)})
	}
	return out
}

// ItemBounds tries every bound of the items of scorecards: what comes out is the
// item's score.
func (b Bench) ItemBounds() []Bound {
	var out []Bound
	for _, c := range b.Plan.Measures.Cards {
		t := Trial{Month: b.Plan.Since, Who: person("T1", usual()), Values: map[string]expr.Value{}}
		b.fitTables(&t)
		reached := c.For == nil || b.meet(&t, c.For)
		for _, it := range c.Items {
			k := it.KPI
			for _, s := range spotsOf(it.Score, spot{path: c.Node.Path + ".items." + k.Name + ".score"}) {
				x := Bound{Path: s.path, Of: k.Title, At: s.at, Unit: k.Unit(), Score: true}
				if s.measure.Name != "" || !reached {
					x.Why = lang.T("这个界限要用算例来试", "this bound has to be tried by a case")
				} else {
					x.Tries = b.scores(t, it, s)
				}
				out = append(out, x)
			}
		}
	}
	return out
}

// scores gives an item's KPI the figures around a bound and returns what it scores.
func (b Bench) scores(t Trial, it kpi.Item, s spot) []Try {
	step := beside(it.KPI.Unit(), it.KPI.Type.Unit == expr.Count)
	var out []Try
	for _, x := range []money.Ratio{s.at.At.Sub(step), s.at.At, s.at.At.Add(step)} {
		try := Try{X: x, Why: lang.T("没有工资单", "no statement")}
		if st := statementOf(b.Run(t.with(it.KPI.Name, expr.NumberOf(x))), t.Who.ID); st != nil {
			for _, row := range st.KPIs {
				if row.KPI == it.KPI.Name && row.Score != nil {
					try.Pays, try.Why = row.Score.Round(2, money.HalfUp), lang.Text{}
				}
			}
		}
		out = append(out, try)
	}
	return out
}

func (b Bench) nameOf(r *rule.Rule, s spot) (lang.Text, statement.Unit) {
	if s.measure.Name != "" {
		return s.measure.Title, rule.UnitOf(s.measure.Type)
	}
	if r.Of == nil {
		return r.Title, statement.Plain
	}
	return b.Say(r.Of), rule.UnitOf(r.Of.Type())
}

// beside is the smallest step that a figure of a unit makes.
func beside(u statement.Unit, count bool) money.Ratio {
	switch {
	case u == statement.Percent:
		return money.Of(money.New(1, 4))
	case u == statement.Duration || count:
		return money.One
	}
	return money.Of(money.New(1, 2))
}

func (b Bench) tries(t Trial, r *rule.Rule, s spot) ([]Try, lang.Text) {
	t.Month = max(t.Month, s.since)
	t.Values = maps.Clone(t.Values)
	for field, value := range s.fits {
		if r.Each == "" || !b.ofRow(r.Each, field) {
			t.setField(field, value)
		}
	}
	for name, v := range s.outer {
		if name != "" {
			t.Values[name] = expr.NumberOf(v)
		}
	}
	if r.For != nil && !r.For.Eval(t.value).Yes {
		return nil, lang.T("for 不让这一档的人得这一项", "for leaves out whom this line of the table is for")
	}
	_, unit := b.nameOf(r, s)
	count := s.measure.Type.Unit == expr.Count && (r.Each == "" || s.measure.Name == "nth" || !b.ofRow(r.Each, s.measure.Name)) || s.measure.Name == "" && r.Of != nil && r.Of.Type().Unit == expr.Count
	step := beside(unit, count)
	var out []Try
	for _, x := range []money.Ratio{s.at.At.Sub(step), s.at.At, s.at.At.Add(step)} {
		at, ok := b.at(t, r, s, x)
		if !ok {
			return nil, lang.T("这个界限要用算例来试", "this bound has to be tried by a case")
		}
		out = append(out, b.pays(at, r, x))
	}
	return out, lang.Text{}
}

// at lets the trial's figure stand at x.
func (b Bench) at(t Trial, r *rule.Rule, s spot, x money.Ratio) (Trial, bool) {
	t.Values = maps.Clone(t.Values)
	name := s.measure.Name
	switch {
	case r.Each != "" && b.ofRow(r.Each, name):
		figures := map[string]money.Ratio{name: x}
		if level, ok := s.fits["level"]; ok {
			t.Values["level"] = expr.TextOf(level)
		}
		for _, f := range b.Plan.RowFields(r.Each) {
			if f.Name != name && f.Name != "nth" && f.Type.Kind == expr.Number {
				figures[f.Name] = money.Whole(10)
			}
		}
		t.rowsOf(r, figures, b)
		return t, x.Sign() >= 0
	case name != "" && r.Each == "workday" && slices.Contains(r.Of.Names(), name):
		t.Days = []map[string]expr.Value{{name: expr.NumberOf(x)}}
	case name != "":
		if kpi.Head(name) == "score" { // grade and factor follow from it
			_, card, _ := strings.Cut(name, ".")
			delete(t.Values, "factor."+card)
			delete(t.Values, "grade."+card)
		}
		t.Values[name] = expr.NumberOf(x)
	default:
		return t, r.Of != nil && b.let(&t, r, x)
	}
	return t, true
}

// pays computes a trial and returns what the rule, and the whole month, pay.
func (b Bench) pays(t Trial, r *rule.Rule, x money.Ratio) Try {
	run := b.Run(t)
	out := Try{X: x}
	st := statementOf(run, t.Who.ID)
	if st == nil {
		out.Why = lang.T("没有工资单", "no statement")
		for _, p := range run.Problems {
			out.Why = p.Found
		}
		return out
	}
	out.All = st.Totals.Payable
	for _, l := range st.Lines {
		if l.Rule == r.Name {
			if out.Pays = out.Pays.Add(l.Amount); l.Class.Guarded() {
				out.Pays = out.Pays.Sub(l.Amount).Add(l.Nominal)
			}
		}
	}
	return out
}
