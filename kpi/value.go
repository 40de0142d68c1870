package kpi

import (
	"slices"

	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
)

// Value is a KPI's value, for ratios with both sides. NoBase marks a ratio over
// nothing, Missing what no export answers.
type Value struct {
	Num     money.Ratio
	Den     money.Ratio
	Ratio   bool
	NoBase  bool
	Missing bool
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
	of := d.values[s]
	if of == nil {
		of = map[*KPI]Value{}
		d.values[s] = of
	}
	v, ok := of[k]
	if !ok {
		v = e.compute(k, s, []period.Month{m})
		of[k] = v
	}
	return v
}

func (e *Engine) compute(k *KPI, s Scope, months []period.Month) Value {
	switch {
	case k.Daily:
		return e.daily(k, s, months)
	case k.Formula != nil:
		return e.formula(k, s, months)
	}
	acc := accumulator{e: e, kpi: k}
	for _, m := range months {
		if d := e.Months[m]; d != nil {
			acc.add(d, e.over(s, m), s.Kind == "agent")
		}
	}
	if k.Of == "credits" {
		for _, m := range months {
			acc.net(e.Months[m], e.over(s, m), s.Kind == "agent", months)
		}
	}
	return acc.value()
}

// net takes off what the months of a span refunded of each other's credits.
func (a *accumulator) net(d *Data, over *group, own bool, months []period.Month) {
	if d == nil || len(months) == 1 {
		return
	}
	eachOf(over, d.nettings, func(i int) {
		if n := d.Nettings[i]; n.Origin >= months[0] && a.kpi.Op == "sum" {
			a.credit(n.Credit, over, own)
		}
	})
}

// Within computes a KPI that is no formula over some days of one agent's month.
func (e *Engine) Within(k *KPI, agent string, m period.Month, days period.Span) Value {
	acc := accumulator{e: e, kpi: k}
	acc.add(e.Months[m], newGroup([]query.Stretch{{Agent: agent, Days: days}}), true)
	return acc.value()
}

// Answered tells whether the exports of a month answer a KPI at all.
func (e *Engine) Answered(k *KPI, m period.Month) bool {
	if k.Formula == nil {
		return !e.Value(k, Scope{Kind: "company"}, []period.Month{m}).Missing
	}
	for _, name := range k.Formula.Names() {
		if other := e.Set.ByName[name]; other != nil && other != k && !e.Answered(other, m) {
			return false
		}
	}
	return true
}

func (e *Engine) formula(k *KPI, s Scope, months []period.Month) Value {
	return evaluate(k, func(name string) expr.Value { return e.scoped(name, s, months) })
}

// evaluate keeps a quotient in two.
func evaluate(k *KPI, env expr.Env) Value {
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
	e       *Engine
	kpi     *KPI
	sum     money.Ratio
	rows    int64
	max     *money.Ratio  // nil: no row yet
	numbers []money.Ratio // of a median
	keys    map[string]struct{}
	none    bool // an export or column behind it is not there
	month   period.Month
}

func (a *accumulator) value() Value {
	if a.none {
		return Value{NoBase: true, Missing: true, Ratio: a.kpi.Op == "average"}
	}
	switch a.kpi.Op {
	case "count":
		return Value{Num: money.Whole(a.rows)}
	case "sum":
		return Value{Num: a.sum}
	case "max":
		if a.max == nil {
			return Value{}
		}
		return Value{Num: *a.max}
	case "median":
		return a.median()
	case "average":
		return Value{Num: a.sum, Den: money.Whole(a.rows), Ratio: true}
	}
	if a.kpi.Of == "calls" {
		return Value{Num: money.Whole(a.rows)}
	}
	return Value{Num: money.Whole(int64(len(a.keys)))}
}

// median is the middle value, or the mean of the two in the middle.
func (a *accumulator) median() Value {
	n := len(a.numbers)
	if n == 0 {
		return Value{NoBase: true}
	}
	slices.SortFunc(a.numbers, money.Ratio.Cmp)
	return Value{Num: a.numbers[(n-1)/2].Add(a.numbers[n/2]).Div(money.Whole(2))}
}

func (a *accumulator) add(d *Data, over *group, own bool) {
	a.month = d.Month
	switch a.kpi.Of {
	case "calls":
		a.calls(d, over)
	case "credits":
		eachOf(over, d.credits, func(i int) { a.credit(d.Credits[i], over, own) })
	case "deals":
		if !a.partnerless(d) {
			eachOf(over, a.passing(d), func(i int) { a.sale(d.Sales[i], over, own) })
		}
	case "half_hours":
		a.halfHoursOf(d, over)
	default:
		a.small(d, over)
	}
}

// partnerless tells, and notes, that the calls a match asks for were not there.
func (a *accumulator) partnerless(d *Data) bool {
	if a.kpi.Match == nil || d.Table != nil && d.Table.Has(a.kpi.Name) {
		return false
	}
	a.none = true
	return true
}

// eachOf calls f for the rows of every agent of a group, each row once.
func eachOf[T any](over *group, rows map[string][]T, f func(T)) {
	for _, agent := range over.agents {
		for _, i := range rows[agent] {
			f(i)
		}
	}
}

// small counts the rows of events and lists. What is nobody's is the company's.
func (a *accumulator) small(d *Data, over *group) {
	if !d.there(a.kpi.Of) {
		a.none = true
		return
	}
	if a.partnerless(d) {
		return
	}
	rows := d.rows[a.kpi.Of]
	count := func(r row) {
		if a.kpi.Match != nil && !a.matched(d, r.key, r.date) {
			return
		}
		env := func(name string) expr.Value { return r.field(a.e, name) }
		v := env(a.kpi.Field)
		if v.NoBase && a.kpi.Field != "" {
			return
		}
		a.row(env, v.Text, v.Num)
	}
	for _, agent := range over.agents {
		for _, r := range rows[agent] {
			if over.has(agent, r.date) {
				count(r)
			}
		}
	}
	if over.all {
		for _, r := range rows[""] {
			count(r)
		}
	}
}

func (a *accumulator) calls(d *Data, over *group) {
	if d.Table == nil || !d.Table.Has(a.kpi.Name) {
		a.none = true
		return
	}
	switch m := a.kpi.Match; {
	case m != nil && m.Numbers != "":
		a.listCalls(d, over)
		return
	case m != nil && m.Deals != "":
		a.dealCalls(d, over)
		return
	}
	if a.kpi.Op == "distinct" {
		a.rows += d.Table.Distinct(a.kpi.Name, over.list)
		return
	}
	counter, known := d.Table.Known(a.kpi.Name, over.list)
	v := a.e.Set.Own.value(a.kpi.Field, counter)
	switch a.kpi.Op {
	case "count":
		a.rows += counter
	case "max":
		if known {
			a.larger(v)
		}
	case "average":
		a.sum = a.sum.Add(v)
		a.rows += d.Table.Value(a.kpi.Name+"#rows", over.list)
	default:
		a.sum = a.sum.Add(v)
	}
}

// counts tells whether a credit belongs to a scope: held ones to nobody, and to
// a team where every claimant is in it (semantics 29).
func counts(c crediting.Credit, over *group, own bool) bool {
	if c.Overlay && !own {
		return false // it would double what the owners have
	}
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
		env := CreditEnv(c, "collected")
		if a.kpi.Where == nil || a.kpi.Where.Eval(env).Yes {
			key := c.Deal
			switch {
			case a.kpi.Op == "distinct":
				key = env(a.kpi.Field).Text
			case c.Payment != "":
				key = c.Payment
			}
			a.owned(key, creditNumber(c, a.kpi, env), env)
		}
	}
}

// creditNumber is what of a credit a KPI takes: its own money, or another figure
// of the deal; a sum takes the owner's part of it, so that owners add up to the deal.
func creditNumber(c crediting.Credit, k *KPI, env expr.Env) expr.Value {
	switch k.Field {
	case "", "collected", "signed", "deal", "buyer":
		return expr.NumberOf(money.Of(c.Amount))
	}
	v := env(k.Field)
	if k.Field == "value" && k.Op == "sum" && c.Row != nil {
		v = expr.NumberOf(money.Of(c.Row.Value)) // of its line, where the deal has several
	}
	if k.Op == "sum" {
		v.Num = v.Num.Mul(c.Share)
	}
	return v
}

// owned counts a row of one of a deal's owners. What is no sum counts a deal once,
// however many of a team share it.
func (a *accumulator) owned(key string, v expr.Value, env expr.Env) {
	if v.NoBase {
		return
	}
	if a.kpi.Op != "sum" && a.kpi.Op != "distinct" && !a.first(key) {
		return
	}
	a.take(key, v.Num.Mul(a.factor(env)))
}

// first tells whether a key comes for the first time.
func (a *accumulator) first(key string) bool {
	if a.keys == nil {
		a.keys = map[string]struct{}{}
	}
	_, seen := a.keys[key]
	a.keys[key] = struct{}{}
	return !seen
}

func (a *accumulator) sale(s crediting.Sale, over *group, own bool) {
	if !counts(s.Credit, over, own) {
		return
	}
	env, key := SaleEnv(s), s.Deal
	if a.kpi.Op == "distinct" {
		key = env(a.kpi.Field).Text
	}
	a.owned(key, creditNumber(s.Credit, a.kpi, env), env)
}

// passing returns the places of a person's deals that a KPI counts, each judged
// once for all scopes.
func (a *accumulator) passing(d *Data) map[string][]int {
	if a.kpi.Where == nil && a.kpi.Match == nil {
		return d.sales
	}
	found, ok := d.passed[a.kpi]
	if ok {
		return found
	}
	found = map[string][]int{}
	for i, s := range d.Sales {
		if (a.kpi.Where == nil || a.kpi.Where.Eval(SaleEnv(s)).Yes) && (a.kpi.Match == nil || a.matched(d, s.Key, s.Date)) {
			found[s.Agent] = append(found[s.Agent], i)
		}
	}
	d.passed[a.kpi] = found
	return found
}

// matched tells whether a call about key came as many days after day as asked.
func (a *accumulator) matched(d *Data, key string, day period.Day) bool {
	m := a.kpi.Match
	for _, at := range d.Table.MomentsOf(a.kpi.Name, key) {
		if after := int(at.Day - day); after >= m.From && after <= m.To {
			return true
		}
	}
	return false
}

func (a *accumulator) row(env expr.Env, key string, number money.Ratio) {
	if a.kpi.Where == nil || a.kpi.Where.Eval(env).Yes {
		a.take(key, number)
	}
}

// take counts a row that passed.
func (a *accumulator) take(key string, number money.Ratio) {
	a.rows++
	a.sum = a.sum.Add(number)
	a.larger(number)
	if a.kpi.Op == "median" {
		a.numbers = append(a.numbers, number)
	}
	if a.kpi.Op == "distinct" && key != "" {
		a.first(key)
	}
}

func (a *accumulator) larger(v money.Ratio) {
	if a.max == nil || v.Cmp(*a.max) > 0 {
		a.max = &v
	}
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
