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

// Value is a KPI's value, for ratios with both sides. NoBase marks a ratio over nothing.
type Value struct {
	Num    money.Ratio
	Den    money.Ratio
	Ratio  bool
	NoBase bool
}

// Expr returns the value as formulas read it: the quotient, or no base.
func (v Value) Expr() expr.Value {
	switch {
	case v.NoBase || v.Ratio && v.Den.IsZero():
		return expr.None
	case v.Ratio:
		return expr.NumberOf(v.Num.Div(v.Den))
	}
	return expr.NumberOf(v.Num)
}

// Value computes a KPI over a scope and months. Days, where given, narrows the months to some days.
func (e *Engine) Value(k *KPI, s Scope, months []period.Month) Value {
	if v, ok := e.Given.scoped("", k.Name, s, months); ok {
		return Value{Num: v.Num, NoBase: v.NoBase}
	}
	if len(months) == 1 && e.Months[months[0]] != nil {
		return e.inMonth(k, s, months[0])
	}
	return e.compute(k, s, months)
}

// inMonth remembers what it computed: ratios, attainments and scores ask for the
// same figures over and over.
func (e *Engine) inMonth(k *KPI, s Scope, m period.Month) Value {
	d := e.Months[m]
	key := valueKey{k, s}
	v, ok := d.values[key]
	if !ok {
		v = e.compute(k, s, []period.Month{m})
		d.values[key] = v
	}
	return v
}

func (e *Engine) compute(k *KPI, s Scope, months []period.Month) Value {
	if k.Formula != nil {
		return e.formula(k, s, months)
	}
	acc := accumulator{kpi: k}
	for _, m := range months {
		if d := e.Months[m]; d != nil {
			acc.add(d, e.over(s, m), s.Kind == "agent")
		}
	}
	return acc.value()
}

// Within computes a KPI that is no formula over some days of one agent's month.
func (e *Engine) Within(k *KPI, agent string, m period.Month, days period.Span) Value {
	acc := accumulator{kpi: k}
	acc.add(e.Months[m], newGroup([]query.Stretch{{Agent: agent, Days: days}}), true)
	return acc.value()
}

func (e *Engine) formula(k *KPI, s Scope, months []period.Month) Value {
	env := func(name string) expr.Value { return e.scoped(name, s, months) }
	num, den, ok := k.Formula.Ratio()
	if !ok {
		v := k.Formula.Eval(env)
		return Value{Num: v.Num, NoBase: v.NoBase}
	}
	a, b := num.Eval(env), den.Eval(env)
	if a.NoBase || b.NoBase {
		return Value{NoBase: true, Ratio: true}
	}
	return Value{Num: a.Num, Den: b.Num, Ratio: true}
}

// accumulator gathers one KPI over stretches and months.
type accumulator struct {
	kpi  *KPI
	sum  money.Ratio
	rows int64
	max  money.Ratio
	keys map[string]struct{}
}

func (a *accumulator) value() Value {
	switch a.kpi.Op {
	case "count":
		return Value{Num: money.Whole(a.rows)}
	case "sum":
		return Value{Num: a.sum}
	case "max":
		return Value{Num: a.max}
	case "average":
		return Value{Num: a.sum, Den: money.Whole(a.rows), Ratio: true}
	}
	if a.kpi.Of == "calls" {
		return Value{Num: money.Whole(a.rows)}
	}
	return Value{Num: money.Whole(int64(len(a.keys)))}
}

func (a *accumulator) add(d *Data, over *group, own bool) {
	switch a.kpi.Of {
	case "calls":
		a.calls(d, over)
	case "credits":
		eachOf(over, d.credits, func(i int) { a.credit(d.Credits[i], over, own) })
	case "deals":
		eachOf(over, d.sales, func(i int) { a.sale(d, d.Sales[i], over, own) })
	case "events":
		eachOf(over, d.events, func(i int) {
			ev := d.Events[i]
			if over.has(ev.Agent, ev.Date) {
				a.row(eventEnv(ev), ev.Kind, eventNumber(ev, a.kpi.Field))
			}
		})
	}
}

// eachOf calls f for the rows of every agent of a group, each row once.
func eachOf(over *group, rows map[string][]int, f func(i int)) {
	for _, agent := range over.agents {
		for _, i := range rows[agent] {
			f(i)
		}
	}
}

func (a *accumulator) calls(d *Data, over *group) {
	if d.Table == nil || !d.Table.Has(a.kpi.Name) {
		return
	}
	if a.kpi.Op == "distinct" {
		a.rows += d.Table.Distinct(a.kpi.Name, over.list)
		return
	}
	v := d.Table.Value(a.kpi.Name, over.list)
	switch a.kpi.Op {
	case "count":
		a.rows += v
	case "max":
		a.max = money.MaxRatio(a.max, money.Whole(v))
	case "average":
		a.sum = a.sum.Add(money.Whole(v))
		a.rows += d.Table.Value(a.kpi.Name+"#rows", over.list)
	default:
		a.sum = a.sum.Add(money.Whole(v))
	}
}

// counts tells whether a credit belongs to a scope: held ones to nobody, and to
// a team where every claimant is in it (semantics 29).
func counts(c crediting.Credit, over *group, own bool) bool {
	if !c.Held {
		return over.has(c.Agent, c.Date)
	}
	if own {
		return false
	}
	for _, claimant := range append([]string{c.Agent}, c.Claimants...) {
		if !over.has(claimant, c.Date) {
			return false
		}
	}
	return true
}

func (a *accumulator) credit(c crediting.Credit, over *group, own bool) {
	if counts(c, over, own) {
		a.row(CreditEnv(c, "collected"), c.Deal, creditNumber(c, a.kpi.Field))
	}
}

func creditNumber(c crediting.Credit, field string) money.Ratio {
	if field == "value" {
		return money.Of(c.Value)
	}
	return money.Of(c.Amount)
}

func (a *accumulator) sale(d *Data, s crediting.Sale, over *group, own bool) {
	if !counts(s.Credit, over, own) || a.kpi.Match != nil && !a.matched(d, s) {
		return
	}
	key := s.Deal
	if a.kpi.Field == "buyer" {
		key = s.Key
	}
	env := CreditEnv(s.Credit, "signed")
	a.row(func(name string) expr.Value {
		switch name {
		case "buyer":
			return expr.TextOf(s.Key)
		case "referred":
			return expr.Truth(s.Source == "转介绍")
		}
		return env(name)
	}, key, creditNumber(s.Credit, a.kpi.Field))
}

func (a *accumulator) matched(d *Data, s crediting.Sale) bool {
	if d.Table == nil {
		return false
	}
	for _, at := range d.Table.MomentsOf(a.kpi.Name, s.Key) {
		if at.Day > s.Date && at.Day <= s.Date+period.Day(a.kpi.Match.Within) {
			return true
		}
	}
	return false
}

func (a *accumulator) row(env expr.Env, key string, number money.Ratio) {
	if a.kpi.Where != nil && !a.kpi.Where.Eval(env).Yes {
		return
	}
	a.rows++
	a.sum = a.sum.Add(number)
	a.max = money.MaxRatio(a.max, number)
	if a.kpi.Op == "distinct" && key != "" {
		if a.keys == nil {
			a.keys = map[string]struct{}{}
		}
		a.keys[key] = struct{}{}
	}
}

// CreditEnv gives the fields of a credit; amount is the name of its money.
func CreditEnv(c crediting.Credit, amount string) expr.Env {
	return func(name string) expr.Value {
		switch name {
		case amount:
			return expr.NumberOf(money.Of(c.Amount))
		case "value":
			return expr.NumberOf(money.Of(c.Value))
		case "deal":
			return expr.TextOf(c.Deal)
		case "product":
			return expr.TextOf(c.Product)
		case "source":
			return expr.TextOf(c.Source)
		case "channel":
			return expr.TextOf(c.Channel)
		case "customer":
			return expr.TextOf(c.Customer)
		}
		return expr.TextOf(c.Fields[name])
	}
}

func eventEnv(ev record.Event) expr.Env {
	return func(name string) expr.Value {
		switch name {
		case "kind":
			return expr.TextOf(ev.Kind)
		case "level":
			return expr.TextOf(ev.Level)
		case "score":
			if !ev.HasScore {
				return expr.None
			}
			return expr.NumberOf(money.Of(ev.Score))
		}
		return expr.NumberOf(money.Of(ev.Amount))
	}
}

func eventNumber(ev record.Event, field string) money.Ratio {
	if field == "amount" {
		return money.Of(ev.Amount)
	}
	return money.Of(ev.Score)
}

// figure adds up an attendance figure over the people of a scope, each by the
// days on which he belonged to it.
func (e *Engine) figure(of func(attendance.Month) money.Ratio, s Scope, months []period.Month) money.Ratio {
	var sum money.Ratio
	for _, m := range months {
		for _, st := range e.over(s, m).list {
			sum = sum.Add(of(e.Months[m].Attendance[st.Agent].Within(st.Days)))
		}
	}
	return sum
}
