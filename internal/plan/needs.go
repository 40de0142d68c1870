package plan

import (
	"regexp"

	"telepay/internal/expr"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// Needs tells which kinds of export the plan's pay depends on: calls, deals,
// payments, attendance.
func (p *Plan) Needs() map[string]bool {
	needs := map[string]bool{}
	if p.Attendance.Written {
		needs["attendance"] = true
	}
	needs["calls"] = p.KPIs.Renews != nil
	for _, name := range p.paying() {
		for _, source := range p.KPIs.Sources(name) {
			switch source {
			case "credits":
				needs["deals"] = true
				if p.Crediting.Basis == "collected" {
					needs["payments"] = true
				}
			case "deals", "calls", "attendance":
				needs[source] = true
			}
		}
	}
	return needs
}

// History returns the sums and counts of months before that rules, scorecards and
// boards read, such as last_month.collected.
func (p *Plan) History() []string {
	var out []string
	for _, name := range p.paying() {
		k := p.KPIs.ByName[kpi.NameOf(name)]
		if kpi.Span(name) != "" && kpi.ToDate(name) == "" && kpi.Head(name) == "" && k != nil && (k.Op == "sum" || k.Op == "count" || k.Op == "distinct") {
			out = append(out, name)
		}
	}
	return out
}

// paying returns every measure that rules, scorecards and boards read.
func (p *Plan) paying() []string {
	var out []string
	for _, r := range p.Rules {
		out = append(out, names(r)...)
	}
	for _, c := range p.Measures.Cards {
		for _, it := range c.Items {
			out = append(out, it.KPI.Name)
		}
	}
	for _, b := range p.Measures.Boards {
		out = append(out, boardNames(b)...)
	}
	return out
}

func boardNames(b kpi.Board) []string {
	var out []string
	for _, f := range append([]*expr.Formula{b.By, b.When}, b.Then...) {
		if f != nil {
			out = append(out, f.Names()...)
		}
	}
	return out
}

// measureName is a name as plans write it.
var measureName = regexp.MustCompile(`[\pL_][\pL\pN_.]*`)

// Ask has only the named KPIs counted over calls, and what the plan itself may pay
// by: whatever any of its texts names.
func (p *Plan) Ask(kpis []string) {
	p.KPIs.Ask(kpis)
	p.KPIs.Ask(p.paying())
	if p.Root == nil {
		return
	}
	for _, e := range p.Root.Entries {
		if e.Key.Text != "kpis" {
			p.askNamed(e.Value)
		}
	}
}

func (p *Plan) askNamed(n *yamldoc.Node) {
	p.KPIs.Ask(measureName.FindAllString(n.Text, -1))
	for _, item := range n.Items {
		p.askNamed(item)
	}
	for _, e := range n.Entries {
		p.KPIs.Ask(measureName.FindAllString(e.Key.Text, -1))
		p.askNamed(e.Value)
	}
}
