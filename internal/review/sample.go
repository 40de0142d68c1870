package review

import (
	"slices"

	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/kpi"
)

// Sample makes a person and a month for which a rule pays: somebody whom its for
// fits, figures that meet its when, and something to work on. It serves worked
// sums and the trying of bounds. False where nobody was found.
func (b Bench) Sample(r *rule.Rule) (Trial, bool) {
	t := Trial{Month: max(b.Plan.Since, r.Since), Who: person("T1", usual()), Values: map[string]expr.Value{}}
	b.fitTables(&t)
	if !slices.ContainsFunc(b.Plan.Rules, func(x *rule.Rule) bool { return x.Kind.Name == "base" }) {
		t.Who.Spans[0].Base, t.Who.Spans[0].HasBase = money.Int(4000), true // the plan leaves it to the roster
	}
	for _, x := range b.Plan.Rules {
		b.neutral(&t, names(x))
	}
	if r.Of != nil {
		b.something(&t, r)
	}
	for _, name := range r.OfRules {
		if x := b.Plan.Rule(name); x != nil && x.Of != nil && r.Kind.Name != "guarantee" { // which wants less than it guarantees
			b.something(&t, x)
		}
		if x := b.Plan.Rule(name); x != nil && x.For != nil {
			b.meet(&t, x.For)
		}
	}
	b.highest(&t, r)
	for _, f := range []*expr.Formula{r.For, r.When} {
		if f != nil && !b.meet(&t, f) {
			return t, false
		}
	}
	b.fitRule(&t, r)
	if r.Board != "" {
		t = t.with("place."+r.Board, expr.NumberOf(money.One))
	}
	t.happen(r, b)
	return t, true
}

// scales are the scales of a rule with the key that each stands under.
func scales(r *rule.Rule) []keyed {
	var out []keyed
	for _, k := range []keyed{{"amount", r.Amount}, {"rate", r.Rate}, {"per_unit", r.PerUnit}, {"plus", r.Plus}, {"times", r.Times},
		{"at_least", r.AtLeast.Month}, {"at_most", r.AtMost.Month}, {"at_most", r.AtMost.Deal}, {"at_most", r.AtMost.Day}} {
		if k.scale != nil {
			out = append(out, k)
		}
	}
	return out
}

// names returns every name that a rule reads.
func names(r *rule.Rule) []string {
	var out []string
	for _, f := range []*expr.Formula{r.For, r.When, r.Where, r.Of} {
		if f != nil {
			out = append(out, f.Names()...)
		}
	}
	for _, k := range scales(r) {
		out = append(out, k.scale.Names()...)
	}
	return out
}

type keyed struct {
	key   string
	scale *scale.Scale
}

// fitTables gives the person fields that as many tables of the plan as possible list.
func (b Bench) fitTables(t *Trial) {
	votes := map[string]map[string]int{}
	order := map[string][]string{}
	vote := func(each string, s *scale.Scale) {
		s.Walk(func(x *scale.Scale) {
			if x.Keys == nil || len(x.Keys.Fields) != 1 || takesAny(x.Keys) || each != "" && b.ofRow(each, x.Keys.Fields[0].Name) {
				return
			}
			field := x.Keys.Fields[0].Name
			if votes[field] == nil {
				votes[field] = map[string]int{}
			}
			for _, c := range x.Keys.Cases {
				if votes[field][c.Values[0]] == 0 {
					order[field] = append(order[field], c.Values[0])
				}
				votes[field][c.Values[0]]++
			}
		})
	}
	for _, r := range b.Plan.Rules {
		for _, k := range scales(r) {
			vote(r.Each, k.scale)
		}
	}
	for field, values := range order {
		now := t.field(field)
		if votes[field][now] > 0 {
			continue
		}
		best := ""
		for _, v := range values {
			if best == "" || votes[field][v] > votes[field][best] {
				best = v
			}
		}
		if best != "" {
			t.setField(field, best)
		}
	}
}

func takesAny(k *scale.Keys) bool {
	return slices.ContainsFunc(k.Cases, func(c scale.Case) bool { return c.Values[0] == scale.Any })
}

// ofRow tells whether a name is a field of one row of a kind.
func (b Bench) ofRow(each, name string) bool {
	return slices.ContainsFunc(b.Plan.RowFields(each), func(d expr.Def) bool { return d.Name == name })
}

// fitRule lets the person fit the rule's own tables: the first line of each.
func (b Bench) fitRule(t *Trial, r *rule.Rule) {
	for _, k := range scales(r) {
		k.scale.Walk(func(x *scale.Scale) {
			if x.Keys == nil || r.Each != "" && b.ofRow(r.Each, x.Keys.Fields[0].Name) {
				return
			}
			fits := slices.ContainsFunc(x.Keys.Cases, func(c scale.Case) bool {
				for i, v := range c.Values {
					if v != scale.Any && v != t.field(x.Keys.Fields[i].Name) {
						return false
					}
				}
				return true
			})
			if fits {
				return
			}
			for i, f := range x.Keys.Fields {
				if v := x.Keys.Cases[0].Values[i]; v != scale.Any {
					t.setField(f.Name, v)
				}
			}
		})
	}
}

// field returns a text of the trial: of the person, or given.
func (t *Trial) field(name string) string {
	if v, ok := t.Values[name]; ok {
		return v.Text
	}
	v, _ := t.Who.Spans[0].Field(name)
	return v
}

// setField gives the person a field of the roster, or the month a text.
func (t *Trial) setField(name, value string) {
	st := &t.Who.Spans[0]
	words := map[string]*string{"team": &st.Team, "site": &st.Site, "region": &st.Region, "leader": &st.Leader, "role": &st.Role, "grade": &st.Grade, "status": &st.Status, "employment": &st.Employment}
	if w := words[name]; w != nil {
		*w = value
		return
	}
	t.Values[name] = expr.TextOf(value)
}

// neutral gives ratios and factors that rules read their plain value, so that a
// month without calls and targets does not stop the person.
func (b Bench) neutral(t *Trial, names []string) {
	for _, name := range names {
		if _, given := t.Values[name]; given {
			continue
		}
		switch kpi.Head(name) {
		case "factor", "attainment":
			t.Values[name] = expr.NumberOf(money.One)
		case "score":
			t.Values[name] = expr.NumberOf(money.Whole(100))
		case "grade":
			t.Values[name] = expr.TextOf("")
		default:
			d, ok := b.Plan.Everywhere().Find(name)
			switch {
			case ok && d.Type.Unit == expr.Percent:
				t.Values[name] = expr.NumberOf(money.One)
			case ok && b.Plan.KPIs.ByName[kpi.NameOf(name)] != nil:
				t.Values[name] = expr.NumberOf(money.Ratio{})
			}
		}
	}
}

// highest gives every measure that picks a step of the rule its last bound.
func (b Bench) highest(t *Trial, r *rule.Rule) {
	for _, k := range scales(r) {
		k.scale.Walk(func(s *scale.Scale) {
			if s.Steps == nil || s.Steps.Measure.Name == "" || r.Each != "" && b.ofRow(r.Each, s.Steps.Measure.Name) || r.Of != nil && slices.Contains(r.Of.Names(), s.Steps.Measure.Name) {
				return
			}
			if head := kpi.Head(s.Steps.Measure.Name); head == "" || head == "attainment" {
				t.Values[s.Steps.Measure.Name] = expr.NumberOf(s.Steps.Steps[len(s.Steps.Steps)-1].Bound.At)
			}
		})
	}
}

// something gives what the rule works on a usual size: a fifth above its last
// bound, else 100,000 of money or 10 of anything.
func (b Bench) something(t *Trial, r *rule.Rule) {
	x := money.Whole(10)
	if r.Of.Type().Unit == expr.Money {
		x = money.Whole(100000)
	}
	for _, k := range scales(r) {
		k.scale.Walk(func(s *scale.Scale) {
			if s.Steps != nil && s.Steps.Measure.Name == "" && (k.key == "rate" || k.key == "per_unit") {
				if last := s.Steps.Steps[len(s.Steps.Steps)-1].Bound.At; last.Sign() > 0 {
					x = last.Mul(money.Of(money.New(12, 1)))
				}
			}
		})
	}
	b.let(t, r, x)
}

// let gives what the rule works on a size. Of a formula it is the first name that
// is solved for, as far as the formula is straight in it.
func (b Bench) let(t *Trial, r *rule.Rule, x money.Ratio) bool {
	names := r.Of.Names()
	if r.Each != "" && r.Each != "workday" || len(names) == 0 {
		return false
	}
	at := func(v money.Ratio) expr.Value {
		return r.Of.Eval(func(name string) expr.Value {
			if name == names[0] {
				return expr.NumberOf(v)
			}
			return t.value(name)
		})
	}
	zero, one := at(money.Ratio{}), at(money.One)
	slope := one.Num.Sub(zero.Num)
	if zero.NoBase || one.NoBase || slope.IsZero() {
		return false
	}
	v := x.Sub(zero.Num).Div(slope)
	if at(v).Num.Cmp(x) != 0 {
		return false
	}
	if r.AtMost.Deal != nil && names[0] == "collected" { // a cap of each deal needs one
		amount := v.Round(2, money.HalfUp)
		day, src := b.Project.Cut.Span(t.Month).From+9, record.Source{File: "payments", Row: 1}
		t.Facts.Deals = []record.Deal{{ID: "D1", Agent: t.Who.ID, Customer: "K1", Value: amount, Signed: day, Status: "signed", At: src}}
		t.Facts.Payments = []record.Payment{{ID: "P1", Deal: "D1", Paid: day, Cleared: period.NoDay, Amount: amount, Kind: "payment", At: src}}
		delete(t.Values, "collected")
		return amount.Sign() > 0
	}
	if r.Each == "workday" {
		t.Days = []map[string]expr.Value{{names[0]: expr.NumberOf(v)}}
		return true
	}
	t.Values[names[0]] = expr.NumberOf(v)
	return true
}
