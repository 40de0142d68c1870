package kpi

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Plan is what a plan says of targets, scorecards and boards.
type Plan struct {
	Targets map[string]TargetRule
	Cards   []Card
	Boards  []Board
}

// TargetRule is the plan's target for a KPI: an amount, or so much per workday.
type TargetRule struct {
	Scale      *scale.Scale
	PerWorkday bool
}

// Target is a target with how it was made.
type Target struct {
	Value money.Ratio
	Has   bool
	How   lang.Text
}

// Expr returns the target as formulas read it.
func (t Target) Expr() expr.Value {
	if !t.Has {
		return expr.None
	}
	return expr.NumberOf(t.Value)
}

// ReadTargets reads the plan's section targets.
func ReadTargets(r *yamldoc.Reader, n *yamldoc.Node, set *Set, voc expr.Vocabulary) map[string]TargetRule {
	out := map[string]TargetRule{}
	if n == nil {
		return out
	}
	for _, e := range n.Entries {
		k := set.ByName[e.Key.Text]
		if k == nil {
			r.Bad(e.Key, "unknown-measure", lang.F("targets 里的 %s", "%s in targets", e.Key.Text), lang.T("一个 KPI", "a KPI"), nearest(e.Key.Text, set.Names))
			continue
		}
		t := TargetRule{}
		at := e.Value
		if at.Kind == yamldoc.Map && len(at.Entries) == 1 && strings.HasPrefix(at.Entries[0].Key.Text, "per ") {
			if at.Entries[0].Key.Text != "per workday" {
				r.UnknownKey(at.Entries[0].Key, at.Path, []string{"per workday"})
				continue
			}
			t.PerWorkday, at = true, at.Entries[0].Value
		}
		t.Scale = scale.Read(r, at, scale.Spec{Want: wantOf(k), Voc: voc})
		out[k.Name] = t
	}
	return out
}

func nearest(w string, words []string) lang.Text {
	return lang.Same(diag.Nearest(w, words))
}

// wantOf says what a target of a KPI may be: its own unit.
func wantOf(k *KPI) scale.Want {
	switch k.Type.Unit {
	case expr.Percent:
		return scale.Rate
	case expr.Money:
		return scale.Amount
	case expr.Time:
		return scale.Time
	}
	return scale.Points
}

// Target returns the target of a scope for some months: the sum of the months'.
// A target in an export wins over the plan's. The plan's are prorated by
// workdays for joiners and leavers, save percentages.
func (e *Engine) Target(name string, s Scope, months []period.Month) Target {
	k := e.Set.ByName[name]
	if k == nil {
		return Target{}
	}
	if v, ok := e.Given.scoped("target", name, s, months); ok {
		return Target{Value: v.Num, Has: !v.NoBase}
	}
	var sum Target
	for i, m := range months {
		t := e.monthTarget(k, s, m)
		if !t.Has {
			return Target{}
		}
		if i == 0 || k.Type.Unit == expr.Percent {
			sum = t
			continue
		}
		sum.Value, sum.How = sum.Value.Add(t.Value), lang.Text{}
	}
	return sum
}

func (e *Engine) monthTarget(k *KPI, s Scope, m period.Month) Target {
	d := e.Months[m]
	if d == nil {
		return Target{}
	}
	if t, ok := d.targets[targetKey{k.Name, s}]; ok {
		return Target{Value: money.Of(t.Value), Has: true, How: lang.T("任务表", "targets export")}
	}
	rule, ok := e.Plan.Targets[k.Name]
	if s.Kind == "agent" && ok {
		return e.planTarget(k, rule, e.byID[s.ID], m, d.Span)
	}
	if s.Kind == "agent" || k.Type.Unit == expr.Percent {
		return Target{}
	}
	return e.sumTarget(k, s, m)
}

type targetKey struct {
	kpi   string
	scope Scope
}

// Handed is the sum of what the targets export gives the people of a scope, by
// their last day. It is false where one cannot be added up, where nobody has one,
// or where somebody has his target from the plan.
func (e *Engine) Handed(name string, s Scope, m period.Month) (sum money.Ratio, any bool) {
	k, d := e.Set.ByName[name], e.Months[m]
	if k == nil || k.Type.Unit == expr.Percent {
		return sum, false
	}
	for i := range e.People {
		p := &e.People[i]
		own := Scope{"agent", p.ID}
		if p.Employed(d.Span).Days() == 0 || e.scopeOf(s.Kind, p, m) != s {
			continue
		}
		t, ok := d.targets[targetKey{name, own}]
		if !ok && e.Target(name, own, []period.Month{m}).Has {
			return sum, false
		}
		if ok {
			sum, any = sum.Add(money.Of(t.Value)), true
		}
	}
	return sum, any
}

// sumTarget adds up the targets of a scope's people where the scope has none of
// its own, each for the days on which he belonged to it.
func (e *Engine) sumTarget(k *KPI, s Scope, m period.Month) Target {
	sum := Target{How: lang.T("成员任务之和", "sum of the members' targets")}
	for _, st := range e.over(s, m).list {
		if t := e.targetWithin(k, e.byID[st.Agent], m, st.Days); t.Has {
			sum.Value, sum.Has = sum.Value.Add(t.Value), true
		}
	}
	return sum
}

// targetWithin is a person's target for some days of a month: his own in an
// export by its share of his workdays, else the plan's.
func (e *Engine) targetWithin(k *KPI, p *record.Person, m period.Month, days period.Span) Target {
	a := e.Months[m].Attendance[p.ID]
	if t, ok := e.Months[m].targets[targetKey{k.Name, Scope{"agent", p.ID}}]; ok && a.EmployedWorkdays > 0 {
		part := money.Quotient(money.Int(int64(a.Workdays(days))), money.Int(int64(a.EmployedWorkdays)))
		return Target{Value: money.Of(t.Value).Mul(part), Has: true}
	}
	rule, ok := e.Plan.Targets[k.Name]
	if !ok {
		return Target{}
	}
	return e.planTarget(k, rule, p, m, days)
}

// planTarget is the plan's target for some days of a month: where grade or team changes within the month,
// each segment's own by its workdays (semantics 12).
func (e *Engine) planTarget(k *KPI, rule TargetRule, p *record.Person, m period.Month, within period.Span) Target {
	if p == nil {
		return Target{}
	}
	a := e.Months[m].Attendance[p.ID]
	var t Target
	var days int
	for i := range p.Spans {
		n := a.Workdays(stationDays(p, i).And(within))
		if n == 0 {
			continue
		}
		one, how, ok := e.segmentTarget(rule, p, i, m)
		if !ok {
			return Target{}
		}
		t.Value, t.How, t.Has, days = t.Value.Add(one.Mul(money.Whole(int64(n)))), how, true, days+n
		if k.Type.Unit == expr.Percent {
			t.Value = one // a rate is not prorated; the last one holds
		}
	}
	if !t.Has || k.Type.Unit == expr.Percent {
		return t
	}
	mean := t.Value.Div(money.Whole(int64(days)))
	switch {
	case rule.PerWorkday:
		t.How = lang.F("%s × %s 工作日", "%s × %s", lang.Same(statement.Write(mean, k.Unit())), lang.Count(days, "workday", "workdays"))
	case days == a.MonthWorkdays:
		t.Value = mean
	default:
		t.Value = t.Value.Div(money.Whole(int64(a.MonthWorkdays)))
		t.How = lang.F("%s × %d/%d 工作日", "%s × %d/%d workdays", lang.Same(statement.Write(mean, k.Unit())), days, a.MonthWorkdays)
	}
	return t
}

// segmentTarget is the target as one of a person's stations has it.
func (e *Engine) segmentTarget(rule TargetRule, p *record.Person, i int, m period.Month) (money.Ratio, lang.Text, bool) {
	env := e.Env(p, m)
	c := scale.Context{Month: m, Env: func(name string) expr.Value {
		if text, ok := p.Spans[i].Field(name); ok {
			return expr.TextOf(text)
		}
		return env(name)
	}}
	v, hits, miss := rule.Scale.Value(c)
	if miss != nil || v.NoBase || rule.Scale.None(c) {
		return money.Ratio{}, lang.Text{}, false
	}
	var how lang.Text
	for _, h := range hits {
		how = lang.Same(h.Key)
	}
	return v.Num, how, true
}

// Attainment returns value ÷ target, or no base where either is missing.
func (e *Engine) Attainment(name string, s Scope, months []period.Month) expr.Value {
	if v, ok := e.Given.scoped("attainment", name, s, months); ok {
		return v
	}
	k := e.Set.ByName[name]
	t := e.Target(name, s, months)
	v := e.Value(k, s, months).Expr()
	if !t.Has || t.Value.IsZero() || v.NoBase {
		return expr.None
	}
	return expr.NumberOf(v.Num.Div(t.Value))
}
