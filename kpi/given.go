package kpi

import (
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
)

// Given are figures of one person in one month that stand in the place of what
// would be counted: a worked example says "collected 12万" and needs no payments.
// Every figure of the engine passes this one door.
type Given struct {
	Agent  string
	Month  period.Month
	Values map[string]expr.Value   // by the name that a plan uses: collected, score.monthly, team.collected
	Days   []map[string]expr.Value // of his scheduled days in turn, for rules of each workday
}

// of returns what is given for a name, as the agent's own plan would read it.
func (g *Given) of(name, agent string, m period.Month) (expr.Value, bool) {
	if g == nil || m != g.Month || agent != g.Agent {
		return expr.Value{}, false
	}
	v, ok := g.Values[name]
	return v, ok
}

// scoped returns what is given for a figure of a scope in one month.
func (g *Given) scoped(head, name string, s Scope, months []period.Month) (expr.Value, bool) {
	if g == nil || len(months) != 1 || months[0] != g.Month || s.Kind == "agent" && s.ID != g.Agent {
		return expr.Value{}, false
	}
	if head != "" {
		name = head + "." + name
	}
	if s.Kind != "agent" {
		name = s.Kind + "." + name
	}
	v, ok := g.Values[name]
	return v, ok
}

// Day returns the figures of the n-th scheduled day, where days are given at
// all; then there are no others.
func (g *Given) Day(n int, agent string, m period.Month) (figures map[string]expr.Value, given, there bool) {
	if g == nil || m != g.Month || agent != g.Agent || len(g.Days) == 0 {
		return nil, false, true
	}
	if n >= len(g.Days) {
		return nil, true, false
	}
	return g.Days[n], true, true
}

// places puts the agent on the place that is given. Alone on a board, and without
// one given, he has none: a place says nothing where nobody else is.
func (g *Given) places(board string, ps []Place) []Place {
	if g == nil {
		return ps
	}
	v, given := g.Values["place."+board]
	for i := range ps {
		if ps[i].ID == g.Agent && (given || len(ps) == 1) {
			n, _ := v.Num.Round(0, money.HalfUp).Int64()
			ps[i].Place, ps[i].Tied, ps[i].Of, ps[i].WhyNot = int(n), 1, max(ps[i].Of, int(n)), nil
		}
	}
	return ps
}
