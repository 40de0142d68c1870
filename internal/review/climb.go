package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// cliffs walks up every figure of sales that pay depends on, for each kind of
// person on the roster, and looks at what the whole month pays.
func (b Bench) cliffs(c Checked) []finding {
	falls, jumps := map[string]cliff{}, map[string]cliff{}
	var order []string
	note := func(into map[string]cliff, x cliff) {
		was, seen := into[x.node.Path]
		if !seen {
			order = append(order, x.node.Path)
		}
		if !seen || was.size().Cmp(x.size()) < 0 {
			into[x.node.Path] = x
		}
	}
	for _, name := range b.climbing() {
		for _, t := range b.kindsOfPeople(c) {
			for _, x := range b.climb(t, name) {
				switch diff := x.high.all.Sub(x.low.all); {
				case diff.Sign() < 0:
					note(falls, x)
				case x.near && kpi.Head(name) == "" && diff.Cmp(c.Jump) > 0:
					note(jumps, x)
				}
			}
		}
	}
	var out []finding
	slices.Sort(order)
	for _, path := range slices.Compact(order) {
		if x, ok := falls[path]; ok {
			out = append(out, at(x.node, diag.Row, "pay-falls", x.say(), lang.T("多做不少拿", "pay that does not fall as more is done"), lang.T("改档位或条件", "change the steps or the condition")))
		}
		if x, ok := jumps[path]; ok {
			out = append(out, at(x.node, diag.Note, "pay-jumps", x.say(), lang.F("差一分不超过 %s", "at most %s for one cent", statement.WriteMoney(c.Jump)), lang.T("改用 marginal (超额), 或分细档位", "use marginal, or finer steps")))
		}
	}
	return out
}

// cliff is what two figures next to each other pay.
type cliff struct {
	name      lang.Text
	unit      statement.Unit
	who       string
	node      *yamldoc.Node
	near      bool // the figures are one smallest step apart
	low, high point
}

type point struct {
	x     money.Ratio
	nodes []*yamldoc.Node // of the bounds that the figure stands at
	all   money.Decimal
	rules map[string]money.Decimal
}

func (c cliff) size() money.Decimal { return c.high.all.Sub(c.low.all).Abs() }

func (c cliff) say() lang.Text {
	write := func(r money.Ratio) lang.Text { return lang.Same(statement.Write(r, c.unit)) }
	return lang.F("%s%s %s 时应发 %s, %s 时 %s", "%s%s of %s, which pays %s, and of %s, which pays %s", whoText(c.who), c.name, write(c.low.x), statement.WriteMoney(c.low.all), write(c.high.x), statement.WriteMoney(c.high.all))
}

func whoText(who string) lang.Text {
	if who == "" {
		return lang.Text{}
	}
	return lang.F("%s: ", "%s: ", who)
}

// climbing are the figures that pay should rise with: what is sold and collected,
// in any scope, and scores.
func (b Bench) climbing() []string {
	seen := map[string]bool{}
	for _, r := range b.Plan.Rules {
		if r.Kind.Section != "earnings" {
			continue
		}
		for _, name := range names(r) {
			sources := b.Plan.KPIs.Sources(name)
			sold := slices.Contains(sources, "credits") || slices.Contains(sources, "deals")
			d, _ := b.Plan.Everywhere().Find(name)
			switch head := kpi.Head(name); {
			case kpi.Span(name) != "" || head == "target" || head == "place" || head == "earned":
			case head == "score", head == "factor" || head == "grade":
				_, card, _ := strings.Cut(name, ".")
				seen["score."+card] = true
			case sold && head == "attainment" && b.targeted(strings.TrimPrefix(name, "attainment.")):
				seen[strings.TrimPrefix(name, "attainment.")] = true // it follows from the figure
			case sold && (head == "" && d.Type.Unit != expr.Percent || head == "attainment"):
				seen[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// mostKinds is how many kinds of people are tried.
const mostKinds = 40

// kindsOfPeople are trials of one person for each set of fields that the plan asks for.
func (b Bench) kindsOfPeople(c Checked) []Trial {
	var fields []string
	for _, r := range b.Plan.Rules {
		fields = append(fields, names(r)...)
	}
	for _, t := range b.Plan.Measures.Targets {
		fields = append(fields, t.Scale.Names()...)
	}
	slices.Sort(fields)
	fields = slices.Compact(fields)
	seen := map[string]bool{}
	var out []Trial
	for _, p := range c.People {
		span := p.Employed(b.Project.Cut.Span(c.Month))
		if span.Days() == 0 || len(out) == mostKinds {
			continue
		}
		st := p.On(span.Last())
		service := int64(c.Month-b.Project.Cut.MonthOf(p.Hire)) + 1
		key := fmt.Sprint(min(service, 24))
		if !slices.Contains(fields, "service_month") {
			key = ""
		}
		for _, f := range fields {
			v, _ := st.Field(f)
			key += "\x00" + v
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		t := Trial{Month: c.Month, Who: person(p.ID, st), Values: map[string]expr.Value{"service_month": expr.NumberOf(money.Whole(service))}}
		t.Who.Name = p.Name
		for _, r := range b.Plan.Rules {
			b.neutral(&t, names(r))
		}
		out = append(out, t)
	}
	return out
}

// climb pays a person at every figure around the bounds of a measure, rising, and
// returns each pair of neighbours of which the higher pays otherwise than the lower.
func (b Bench) climb(t Trial, name string) []cliff {
	d, _ := b.Plan.Everywhere().Find(name)
	spots := b.spotsBy(t, name)
	if b.targeted(name) {
		delete(t.Values, "attainment."+name)
		spots = b.attained(t, name, spots)
	}
	if len(spots) == 0 {
		return nil
	}
	t.Values = maps.Clone(t.Values)
	for _, r := range b.Plan.Rules { // other conditions are met, so that they hide nothing
		if r.When != nil && !slices.Contains(r.When.Names(), name) && (r.For == nil || r.For.Eval(t.value).Yes) {
			b.meet(&t, r.When)
		}
	}
	unit := rule.UnitOf(d.Type)
	step := beside(unit, d.Type.Unit == expr.Count)
	points := around(spots, step)
	switch kpi.Head(name) {
	case "attainment":
		t = b.sold(t)
	case "score":
		t = b.sold(t)
		_, card, _ := strings.Cut(name, ".")
		delete(t.Values, "factor."+card)
		delete(t.Values, "grade."+card)
	}
	for i := range points {
		st := statementOf(b.Run(t.with(name, expr.NumberOf(points[i].x))), t.Who.ID)
		if st == nil {
			return nil
		}
		points[i].all, points[i].rules = st.Totals.Payable, map[string]money.Decimal{}
		for _, l := range st.Lines {
			points[i].rules[l.Rule] = points[i].rules[l.Rule].Add(l.Amount)
		}
	}
	var out []cliff
	for i := 1; i < len(points); i++ {
		low, high := points[i-1], points[i]
		if low.all.Cmp(high.all) != 0 {
			out = append(out, cliff{name: d.Title, unit: unit, who: t.Who.ID, near: high.x.Sub(low.x).Cmp(step) <= 0, low: low, high: high, node: b.cause(low, high)})
		}
	}
	return out
}

// cause is where the plan makes the difference: of the rule whose amount moves
// most the bound that was passed, or the rule itself; a scorecard's grade where
// that is what was passed.
func (b Bench) cause(low, high point) *yamldoc.Node {
	var mover *rule.Rule
	var most money.Decimal
	for _, r := range b.Plan.Rules {
		if diff := high.rules[r.Name].Sub(low.rules[r.Name]).Abs(); mover == nil || diff.Cmp(most) > 0 {
			mover, most = r, diff
		}
	}
	for _, n := range append(slices.Clone(high.nodes), low.nodes...) {
		if strings.HasPrefix(n.Path, mover.Path+".") || strings.HasPrefix(n.Path, "scorecards.") {
			return n
		}
	}
	return mover.Node
}

// attained adds the bounds of a figure's attainment, as figures of the person's target.
func (b Bench) attained(t Trial, name string, spots []bound) []bound {
	st := statementOf(b.Run(t), t.Who.ID)
	if st == nil {
		return spots
	}
	for _, row := range st.KPIs {
		if row.KPI == name && row.Target != nil {
			for _, at := range b.spotsBy(t, "attainment."+name) {
				spots = append(spots, bound{at.x.Mul(*row.Target), at.node})
			}
		}
	}
	slices.SortStableFunc(spots, func(a, b bound) int { return a.x.Cmp(b.x) })
	return spots
}

// targeted tells whether the plan has a target for a KPI.
func (b Bench) targeted(name string) bool {
	_, ok := b.Plan.Measures.Targets[name]
	return ok
}

// sold gives the trial something to earn on while its score climbs.
func (b Bench) sold(t Trial) Trial {
	for _, name := range b.climbing() {
		if d, _ := b.Plan.Everywhere().Find(name); d.Type.Unit == expr.Money {
			t = t.with(name, expr.NumberOf(money.Whole(100000)))
		}
	}
	return t
}

// bound is a figure at which something changes, with where the plan says so.
type bound struct {
	x    money.Ratio
	node *yamldoc.Node
}

// spotsBy are the bounds of a measure in rules that are for a person: of steps by
// it, of what is rated by it, of conditions on it, of a scorecard's grades.
func (b Bench) spotsBy(t Trial, name string) []bound {
	var out []bound
	for _, r := range b.Plan.Rules {
		if r.For != nil && !r.For.Eval(t.value).Yes {
			continue
		}
		rated := r.Of != nil && slices.Contains(r.Of.Names(), name)
		for _, k := range scales(r) {
			k.scale.Walk(func(s *scale.Scale) {
				if s.Steps == nil || s.Steps.Measure.Name != name && !(s.Steps.Measure.Name == "" && rated) {
					return
				}
				for _, st := range s.Steps.Steps {
					out = append(out, bound{st.Bound.At, st.Scale.Node})
				}
			})
		}
		if r.When != nil && slices.Contains(r.When.Names(), name) {
			for _, n := range r.When.Numbers() {
				out = append(out, bound{n, r.Node.Get("when")})
			}
		}
		if rated && len(out) == 0 {
			out = append(out, bound{money.Whole(100000), nil})
		}
	}
	for _, c := range b.Plan.Measures.Cards {
		if name != "score."+c.Name {
			continue
		}
		for _, s := range []*scale.Scale{c.Grade, c.Factor} {
			for _, at := range spotsOf(s, spot{}) {
				out = append(out, bound{at.at.At, at.node})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b bound) int { return a.x.Cmp(b.x) })
	return out[:min(len(out), mostBounds)]
}

// around returns the figures to try, rising and each once: below, at and above
// each bound, half way to the next one, and beyond the last.
func around(bounds []bound, step money.Ratio) []point {
	var xs []money.Ratio
	two := money.Whole(2)
	for i, at := range bounds {
		next := at.x.Mul(two)
		if i+1 < len(bounds) {
			next = bounds[i+1].x
		}
		xs = append(xs, at.x.Sub(step), at.x, at.x.Add(step), at.x.Add(next).Div(two))
	}
	xs = append(xs, bounds[len(bounds)-1].x.Mul(money.Whole(3)))
	slices.SortFunc(xs, money.Ratio.Cmp)
	var out []point
	for i, x := range xs {
		if x.Sign() < 0 || i > 0 && x.Cmp(xs[i-1]) == 0 {
			continue
		}
		p := point{x: x}
		for _, at := range bounds {
			if at.node != nil && x.Cmp(at.x) >= 0 && x.Cmp(at.x.Add(step)) <= 0 {
				p.nodes = append(p.nodes, at.node)
			}
		}
		out = append(out, p)
	}
	return out
}
