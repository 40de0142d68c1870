package plan

import (
	"slices"
	"sort"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// names returns every name that a rule reads.
func names(r *rule.Rule) []string {
	var ns []string
	for _, f := range []*expr.Formula{r.For, r.When, r.Where, r.Of} {
		if f != nil {
			ns = append(ns, f.Names()...)
		}
	}
	for _, s := range []*scale.Scale{r.Rate, r.Amount, r.PerUnit, r.Plus, r.Times, r.AtLeast.Month, r.AtMost.Month, r.AtLeast.Deal, r.AtMost.Deal, r.AtLeast.Day, r.AtMost.Day} {
		if s != nil {
			ns = append(ns, s.Names()...)
		}
	}
	return ns
}

// reads returns the rules that a rule reads.
func reads(r *rule.Rule) []string {
	out := append([]string(nil), r.OfRules...)
	if r.Against != "" {
		out = append(out, r.Against)
	}
	for _, n := range names(r) {
		if at := strings.LastIndex(n, "earned."); at >= 0 && (at == 0 || n[at-1] == '.') {
			out = append(out, n[at+len("earned."):])
		}
	}
	return out
}

// inOrder puts rules into the order of calculation: by stage, and within a stage
// after the rules they read. A rule that reads a later stage, or a circle, is refused.
func inOrder(r *yamldoc.Reader, rules []*rule.Rule) []*rule.Rule {
	byName := map[string]*rule.Rule{}
	for _, x := range rules {
		byName[x.Name] = x
	}
	state := map[string]int{}
	var path []*rule.Rule // the rules that are being visited, each read by the one before
	var out []*rule.Rule
	var visit func(x *rule.Rule)
	visit = func(x *rule.Rule) {
		state[x.Name], path = 1, append(path, x)
		for _, name := range reads(x) {
			y := byName[name]
			switch {
			case y == nil:
				r.Bad(x.Node, "unknown-rule", lang.F("%s 提到的规则 %s", "%s, which names the rule %s", x.Path, name), lang.T("方案里的规则", "a rule of the plan"), nearestRule(name, rules))
			case y.Stage > x.Stage:
				r.Bad(x.Node, "reads-later", lang.F("%s (%s) 用到更晚才算的 %s (%s)", "%s (%s), which reads %s (%s), computed later", x.Path, x.Stage.String(), y.Path, y.Stage.String()), lang.T("只用已经算出的项", "only what is computed before"), lang.Text{})
			case state[name] == 1:
				r.Problems.Add(round(path[slices.Index(path, y):]))
			case state[name] == 0 && y.Stage == x.Stage:
				visit(y)
			}
		}
		state[x.Name], path = 2, path[:len(path)-1]
		out = append(out, x)
	}
	sorted := append([]*rule.Rule(nil), rules...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Stage < sorted[j].Stage })
	for _, x := range sorted {
		if state[x.Name] == 0 {
			visit(x)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Stage < out[j].Stage })
	return out
}

// round tells a circle of rules, each of which reads the next.
func round(rules []*rule.Rule) diag.Problem {
	var way []string
	for _, x := range rules {
		way = append(way, x.Path)
	}
	way = append(way, way[0])
	p := rules[0].Node.Problem("circle", lang.F("规则绕圈: %s", "rules in a circle: %s", strings.Join(way, " → ")), lang.T("不绕圈的规则", "rules without a circle"), lang.T("让其中一条不用下一条来算", "compute one of them without the next"))
	for _, x := range rules[1:] {
		p.See = append(p.See, x.Node.Pos())
	}
	return p
}

func nearestRule(name string, rules []*rule.Rule) lang.Text {
	var all []string
	for _, x := range rules {
		all = append(all, x.Name)
	}
	return lang.Same(diag.Nearest(name, all))
}

// checkPaying asks for the seconds of effective calls where pay depends on them (semantics 36).
func (p *Plan) checkPaying(r *yamldoc.Reader) {
	told := map[string]bool{}
	need := func(at *yamldoc.Node, name string) {
		if k := p.KPIs.Unwritten(name); k != nil && !told[k.Name] {
			told[k.Name] = true
			r.Bad(at, "plan-writes", lang.F("%s 用 %s 计酬, 而方案没有写它的 %s", "%s, which pays by %s, whose %s the plan does not write", at.Path, name, k.Writes), lang.T("由方案写明", "it written in the plan"), lang.F("kpis: {%s: {%s: talk >= 60s}}", "kpis: {%s: {%s: talk >= 60s}}", k.Name, k.Writes))
		}
	}
	for _, x := range p.Rules {
		for _, n := range names(x) {
			need(x.Node, n)
		}
	}
	for _, c := range p.Measures.Cards {
		for _, it := range c.Items {
			need(c.Node, it.KPI.Name)
		}
	}
}

// unfiled notes rules for some sites, regions or teams alone that name no filing:
// a branch may add rules of its own, but has to file them.
func (p *Plan) unfiled(r *yamldoc.Reader) {
	for _, x := range p.Rules {
		if x.For == nil || x.Filed != "" || !slices.ContainsFunc(x.For.Names(), func(n string) bool { return n == "site" || n == "region" }) {
			continue
		}
		note := x.Node.Problem("not-filed", lang.F("%s 只适用于部分职场或大区, 没有备案号", "%s for some sites or regions only, without a filing reference", x.Path),
			lang.T("分支机构自定的规则写 filed", "filed, where a branch made a rule of its own"), lang.Same("filed: KM-2026-03"))
		note.Reach = diag.Note
		r.Problems.Add(note)
	}
}

// chargedTwice refuses a lateness that costs by a rule of its own and in a bonus.
func (p *Plan) chargedTwice(r *yamldoc.Reader) {
	figures := map[string][]string{"late": {"late_times", "late_minutes"}, "early": {"early_times"}, "missing_punch": {"missing_punches"}, "absence": {"absent_days"}}
	for _, d := range p.Rules {
		for _, figure := range figures[d.Each] {
			for _, e := range p.Rules {
				if e.Kind.Section == "earnings" && e.Amount != nil && slices.Contains(e.Amount.Names(), figure) {
					r.Bad(e.Node, "charged-twice", lang.F("%s 和 %s 里的 %s", "%s and, in %s, %s", d.Path, e.Path, figure), lang.T("一次只扣一回", "it charged once"), lang.T("删去其中一处", "take one out"))
				}
			}
		}
	}
}

// spans refuses what a longer span cannot say: a rate of money of other months,
// which would be paid again, and different customers added up over months.
func (p *Plan) spans(r *yamldoc.Reader) {
	for _, x := range p.Rules {
		if x.Of != nil {
			for _, name := range x.Of.Names() {
				if kpi.Span(name) != "" && !(x.Kind.Name == "commission" && kpi.ToDate(name) != "") {
					r.Bad(x.Node.Get("of"), "span-rated", lang.F("%s: %s", "%s: %s", x.Path, name), lang.T("本月的指标; 别的月份可以挑档位 (by), 不能再计一次", "a measure of this month; other months may pick a step (by), not be rated again"), spanMend(name))
				}
			}
		}
		for _, name := range names(x) {
			if kpi.ManyMonths(name) && p.KPIs.Distinct(name) {
				r.Bad(x.Node, "distinct-span", lang.F("%s: %s", "%s: %s", x.Path, name), lang.T("不跨月的不重复数: 各月的不能相加", "a distinct count within one month: those of months do not add up"), lang.Text{})
			}
		}
	}
}

// spanMend says what may have been meant: money to date is settled by a
// commission, which pays the difference; another month's figure picks a step.
func spanMend(name string) lang.Text {
	if kpi.ToDate(name) != "" {
		return lang.F("累计结算用 rule: commission (发累计应得减已发); 只用累计来挑档位时, of 写本月的, rate 里写 by %s", "to settle to date: rule: commission, which pays what is due less what was paid; to pick a step alone: the month's measure in of, and by %s inside rate", name)
	}
	return lang.F("of 写本月的, rate 里写 by %s", "the month's measure in of, and by %s inside rate", name)
}
