package rule

import (
	"telepay/internal/expr"
	"telepay/internal/period"
)

// Waiting is what a release looks at to tell whether a part is due.
type Waiting struct {
	Earned     *Subject // the person in the month it was earned in
	Now        *Subject // and now
	Deal       expr.Env // fields of the deal, with what was collected on it by now; nil where it is of no deal
	Money      period.Day
	Today      period.Day
	Milestones map[string]bool // events of the deal, or of the person, by now
}

// Due tells whether a part of a release is to be paid.
func (p Part) Due(w Waiting, toDate func(measure string) string) bool {
	if p.Days > 0 && w.Today < w.Money+period.Day(p.Days) {
		return false
	}
	for _, kind := range p.After {
		if !w.Milestones[kind] {
			return false
		}
	}
	if p.Where != nil && w.Deal != nil && !p.Where.Eval(w.Deal).Yes {
		return false
	}
	if p.When == nil {
		return true
	}
	return p.When.Eval(func(name string) expr.Value {
		if toDate(name) != "" {
			return w.Now.Value(name)
		}
		return w.Earned.Value(name)
	}).Yes
}

// Waits tells whether a part can ever have to wait.
func (p Part) Waits() bool {
	return p.Days > 0 || len(p.After) > 0 || p.Where != nil || p.When != nil
}
