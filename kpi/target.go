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
	for _, t := range d.Targets {
		if t.KPI == k.Name && t.Scope == s.Kind && t.ID == s.ID && t.Month == m {
			return Target{Value: money.Of(t.Value), Has: true, How: lang.T("任务表", "targets export")}
		}
	}
	rule, ok := e.Plan.Targets[k.Name]
	if s.Kind == "agent" && ok {
		return e.planTarget(k, rule, e.byID[s.ID], m)
	}
	if s.Kind == "agent" || k.Type.Unit == expr.Percent {
		return Target{}
	}
	return e.sumTarget(k, s, m)
}

// sumTarget adds up the targets of a scope's people where the scope has none of its own.
func (e *Engine) sumTarget(k *KPI, s Scope, m period.Month) Target {
	sum := Target{How: lang.T("成员任务之和", "sum of the members' targets")}
	for _, agent := range e.over(s, m).agents {
		if t := e.monthTarget(k, Scope{"agent", agent}, m); t.Has {
			sum.Value, sum.Has = sum.Value.Add(t.Value), true
		}
	}
	return sum
}

func (e *Engine) planTarget(k *KPI, rule TargetRule, p *record.Person, m period.Month) Target {
	if p == nil {
		return Target{}
	}
	v, hits, miss := rule.Scale.Value(scale.Context{Env: e.Env(p, m), Month: m})
	if miss != nil || v.NoBase || rule.Scale.Ended {
		return Target{}
	}
	t := Target{Value: v.Num, Has: true}
	for _, h := range hits {
		t.How = lang.Same(h.Key)
	}
	a := e.Months[m].Attendance[p.ID]
	days := money.Whole(int64(a.EmployedWorkdays))
	one := statement.Write(v.Num, k.Unit())
	switch {
	case rule.PerWorkday:
		t.Value = v.Num.Mul(days)
		t.How = lang.F("%s × %d 工作日", "%s × %d workdays", lang.Same(one), a.EmployedWorkdays)
	case k.Type.Unit != expr.Percent && a.MonthWorkdays > 0 && a.EmployedWorkdays < a.MonthWorkdays:
		t.Value = v.Num.Mul(days).Div(money.Whole(int64(a.MonthWorkdays)))
		t.How = lang.F("%s × %d/%d 工作日", "%s × %d/%d workdays", lang.Same(one), a.EmployedWorkdays, a.MonthWorkdays)
	}
	return t
}

// Attainment returns value ÷ target, or no base where either is missing.
func (e *Engine) Attainment(name string, s Scope, months []period.Month) expr.Value {
	k := e.Set.ByName[name]
	t := e.Target(name, s, months)
	v := e.Value(k, s, months).Expr()
	if !t.Has || t.Value.IsZero() || v.NoBase {
		return expr.None
	}
	return expr.NumberOf(v.Num.Div(t.Value))
}
