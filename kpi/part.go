package kpi

import (
	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Part computes a KPI of a scope over some days, which may be of two months that
// are known; formulas are of the same days, and what a formula reads of other
// months has no base. Refunds of an earlier month's money enter no part of a month.
func (e *Engine) Part(k *KPI, s Scope, days period.Span) Value {
	if k.Formula != nil && !k.Daily {
		return evaluate(k, func(name string) expr.Value { return e.partOf(name, s, days) })
	}
	acc, sum := accumulator{e: e, kpi: k}, Value{NoBase: true}
	for m := e.Cut.MonthOf(days.From); m <= e.Cut.MonthOf(days.Last()); m++ {
		over := e.over(s, m).during(days)
		if k.Daily {
			v := e.dailyOver(k, m, over)
			sum = Value{Num: sum.Num.Add(v.Num), NoBase: sum.NoBase && v.NoBase}
			continue
		}
		acc.add(e.Months[m], over, s.Kind == "agent")
	}
	if k.Daily {
		return sum
	}
	return acc.value()
}

// partOf is what a name means over some days: a KPI, or a figure of attendance,
// which has no base where a month's summary stands for its days.
func (e *Engine) partOf(name string, s Scope, days period.Span) expr.Value {
	if k := e.Set.ByName[name]; k != nil {
		return e.Part(k, s, days).Expr()
	}
	last := e.Cut.MonthOf(days.Last())
	if name == "headcount" {
		return expr.NumberOf(money.Whole(int64(e.Headcount(s, last))))
	}
	for _, f := range attendance.Figures {
		if f.Name != name {
			continue
		}
		var sum money.Ratio
		for m := e.Cut.MonthOf(days.From); m <= last; m++ {
			for _, st := range e.over(s, m).during(days).list {
				a := e.Months[m].Attendance[st.Agent]
				if a.Summed {
					return expr.None
				}
				sum = sum.Add(f.Of(a.Within(st.Days)))
			}
		}
		return expr.NumberOf(sum)
	}
	return expr.None
}

// during is the group on some days only.
func (g *group) during(days period.Span) *group {
	var list []query.Stretch
	for _, s := range g.list {
		if s.Days = s.Days.And(days); s.Days.Days() > 0 {
			list = append(list, s)
		}
	}
	out := newGroup(list)
	out.all = g.all
	return out
}

// Hit is a row that a KPI counted.
type Hit struct {
	Date period.Day
	Deal string
	At   record.Source
}

// Hits lists the deals behind a KPI of a person in a month.
func (e *Engine) Hits(k *KPI, agent string, m period.Month) []Hit {
	var out []Hit
	d, acc := e.Months[m], accumulator{e: e, kpi: k}
	for _, i := range acc.passing(d)[agent] {
		if s := d.Sales[i]; !s.Held {
			out = append(out, Hit{s.Date, s.Deal, s.At})
		}
	}
	return out
}

// Unmatched lists the deals of a person that have no such call as the KPI's match
// asks for, and whose time for it lies in the month whole.
func (e *Engine) Unmatched(k *KPI, agent string, m period.Month) []Hit {
	var out []Hit
	d, acc := e.Months[m], accumulator{e: e, kpi: k}
	if k.Match == nil || acc.partnerless(d) {
		return nil
	}
	for _, i := range d.sales[agent] {
		s := d.Sales[i]
		if !s.Held && d.Span.Has(s.Date+period.Day(k.Match.To)) && !acc.matched(d, s.Key, s.Date) {
			out = append(out, Hit{s.Date, s.Deal, s.At})
		}
	}
	return out
}

// Missed lists the follow-ups of a person that a KPI's match found no call for.
func (e *Engine) Missed(k *KPI, m period.Month) []record.FollowUp {
	var out []record.FollowUp
	d, acc := e.Months[m], accumulator{e: e, kpi: k}
	if k.Match == nil || acc.partnerless(d) {
		return nil
	}
	for _, f := range d.Lists.FollowUps {
		in := func(name string) expr.Value { return followUpField(f, name) }
		if d.Span.Has(f.Due) && (k.Where == nil || k.Where.Eval(in).Yes) && !acc.matched(d, f.Customer, f.Due) {
			out = append(out, f)
		}
	}
	return out
}

// Daily returns a KPI of one person for each day of a month on which it is above 0.
func (e *Engine) Daily(k *KPI, agent string, m period.Month) (days []period.Day, counts []int64) {
	d := e.Months[m]
	if v := e.Value(k, Scope{"agent", agent}, []period.Month{m}); v.NoBase || v.Num.Sign() <= 0 {
		return nil, nil
	}
	for day := d.Span.From; day < d.Span.To; day++ {
		if v := e.OnDay(k, agent, m, day); !v.NoBase && v.Num.Sign() > 0 {
			n, _ := v.Num.Round(0, money.HalfUp).Int64()
			days, counts = append(days, day), append(counts, n)
		}
	}
	return days, counts
}

// SaleEnv gives the fields of a deal.
func SaleEnv(s crediting.Sale) expr.Env {
	env := CreditEnv(s.Credit, "signed")
	return func(name string) expr.Value {
		switch name {
		case "buyer":
			return expr.TextOf(s.Key)
		case "referred":
			return expr.Truth(s.Source == "转介绍")
		}
		return env(name)
	}
}
