package kpi

import (
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
)

type daysKey struct {
	kpi   *KPI
	agent string
}

// dayValue is a formula's value on one day of the month, once it is known.
type dayValue struct {
	expr.Value
	known bool
}

// OnDay computes a KPI, or a formula over KPIs, for one person and day.
func (e *Engine) OnDay(k *KPI, agent string, m period.Month, day period.Day) expr.Value {
	if k.Formula == nil {
		return e.Within(k, agent, m, period.Span{From: day, To: day + 1}).Expr()
	}
	d, key := e.Months[m], daysKey{k, agent}
	if !d.Span.Has(day) {
		return e.formulaOn(k, agent, m, day)
	}
	days := d.daily[key]
	if days == nil {
		days = make([]dayValue, d.Span.Days())
		d.daily[key] = days
	}
	v := &days[day-d.Span.From]
	if !v.known {
		*v = dayValue{e.formulaOn(k, agent, m, day), true}
	}
	return v.Value
}

func (e *Engine) formulaOn(k *KPI, agent string, m period.Month, day period.Day) expr.Value {
	missing := false
	v := k.Formula.Eval(func(name string) expr.Value {
		x := expr.None
		if other := e.Set.ByName[name]; other != nil {
			x = e.OnDay(other, agent, m, day)
		} else if name == "day_worked" {
			x = expr.NumberOf(e.Months[m].Attendance[agent].Within(period.Span{From: day, To: day + 1}).Worked)
		}
		missing = missing || x.NoBase
		return x
	})
	switch {
	case missing:
		return expr.None
	case v.Kind == expr.YesNo && v.Yes:
		return expr.NumberOf(money.One)
	case v.Kind == expr.YesNo:
		return expr.NumberOf(money.Ratio{})
	}
	return v
}

// daily adds up a formula of each person and day; days on which it has no base
// add nothing, and where none has one there is none.
func (e *Engine) daily(k *KPI, s Scope, months []period.Month) Value {
	var sum Value
	for i, m := range months {
		v := e.dailyOver(k, m, e.over(s, m))
		sum = Value{Num: sum.Num.Add(v.Num), NoBase: v.NoBase && (i == 0 || sum.NoBase)}
	}
	return sum
}

func (e *Engine) dailyOver(k *KPI, m period.Month, over *group) Value {
	var sum money.Ratio
	with, without := 0, 0
	for _, st := range over.list {
		days := st.Days.And(e.Months[m].Span)
		for day := days.From; day < days.To; day++ {
			if v := e.OnDay(k, st.Agent, m, day); v.NoBase {
				without++
			} else {
				sum = sum.Add(v.Num)
				with++
			}
		}
	}
	return Value{Num: sum, NoBase: with == 0 && without > 0}
}
