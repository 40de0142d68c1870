package kpi

import (
	"sort"
	"strconv"

	"telepay/internal/attendance"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// months returns the months that a span means, ending with m.
func (e *Engine) months(span string, m period.Month, p *record.Person) []period.Month {
	from := m
	switch span {
	case "last_month":
		return []period.Month{m - 1}
	case "last_year":
		return []period.Month{m - 12}
	case "quarter_to_date":
		from = m.Quarter()
	case "year_to_date":
		from = m.January()
	case "since_hire":
		if p != nil {
			from = e.Cut.MonthOf(p.Hire)
		}
	default:
		if x := lastMonths.FindStringSubmatch(span); x != nil {
			n, _ := strconv.Atoi(x[1])
			from = m.Add(1 - n)
		}
	}
	var ms []period.Month
	for x := from; x <= m; x++ {
		ms = append(ms, x)
	}
	return ms
}

// Env gives every measure of a person in a month.
func (e *Engine) Env(p *record.Person, m period.Month) expr.Env {
	return func(text string) expr.Value {
		if v, ok := e.Given.of(text, p.ID, m); ok {
			return v
		}
		x := parseMeasure(text)
		if x.scope == "" && x.span == "" && x.head == "" {
			if v, ok := e.personal(x.name, p, m); ok {
				return v
			}
		}
		scope := e.scopeOf(x.scope, p, m)
		return e.measure(x, scope, e.months(x.span, m, p), p)
	}
}

// scoped gives a measure of any scope, as KPI formulas and boards need it.
func (e *Engine) scoped(text string, s Scope, months []period.Month) expr.Value {
	x := parseMeasure(text)
	if x.span != "" && len(months) > 0 {
		months = e.months(x.span, months[len(months)-1], e.byID[s.ID])
	}
	if x.scope == "company" {
		s = Scope{Kind: "company"}
	}
	return e.measure(x, s, months, e.byID[s.ID])
}

func (e *Engine) personal(name string, p *record.Person, m period.Month) (expr.Value, bool) {
	st := e.Station(p, m)
	if _, ok := e.Set.ByName[name]; ok {
		return expr.None, false
	}
	switch name {
	case "base", "day_rate", "hour_rate":
		return e.rate(name, p, m), true
	case "month_wage":
		return expr.NumberOf(e.Wage(m, p.ID)), true
	case "service_month":
		return expr.NumberOf(money.Whole(int64(m-e.Cut.MonthOf(p.Hire)) + 1)), true
	case "quarter_ends":
		return expr.Truth(m.Month()%3 == 0), true
	case "year_ends":
		return expr.Truth(m.Month() == 12), true
	}
	text, ok := st.Field(name)
	if !ok {
		return expr.None, false
	}
	if d, err := money.Parse(text); err == nil && !isWordField(name) {
		return expr.Value{Kind: expr.Number, Num: money.Of(d), Text: text}, true
	}
	return expr.TextOf(text), true
}

func isWordField(name string) bool {
	_, ok := findIn(PersonFields, name)
	return ok
}

// rate: base is the contract base, prorated by workdays for joiners and leavers
// only; day and hour rates are of the whole base (÷ 21.75, ÷ 8).
func (e *Engine) rate(name string, p *record.Person, m period.Month) expr.Value {
	whole, ok := e.Base(m, p)
	if !ok {
		return expr.None
	}
	days := money.Of(money.New(2175, 2))
	switch name {
	case "day_rate":
		return expr.NumberOf(whole.Div(days))
	case "hour_rate":
		return expr.NumberOf(whole.Div(days).Div(money.Whole(8)))
	}
	a := e.Months[m].Attendance[p.ID]
	if a.MonthWorkdays > 0 && a.EmployedWorkdays < a.MonthWorkdays {
		whole = whole.Mul(money.Whole(int64(a.EmployedWorkdays))).Div(money.Whole(int64(a.MonthWorkdays)))
	}
	return expr.NumberOf(whole)
}

func (e *Engine) measure(x measure, s Scope, months []period.Month, p *record.Person) expr.Value {
	last := months[len(months)-1]
	if v, ok := e.Given.scoped(x.head, x.name, s, months); ok {
		return v
	}
	if !e.known(months, s, p) {
		return e.fromOpening(x, s, months)
	}
	switch x.head {
	case "target":
		return e.Target(x.name, s, months).Expr()
	case "attainment":
		return e.Attainment(x.name, s, months)
	case "score", "factor", "grade":
		return e.scoreMeasure(x.head, x.name, p, last)
	case "place":
		return e.placeMeasure(x.name, p, last)
	case "earned":
		return e.earned(x.name, s, months)
	}
	if k := e.Set.ByName[x.name]; k != nil {
		return e.Value(k, s, months).Expr()
	}
	if x.name == "headcount" {
		return expr.NumberOf(money.Whole(int64(e.Headcount(s, last))))
	}
	for _, f := range attendance.Figures {
		if f.Name == x.name {
			return expr.NumberOf(e.figure(f.Of, s, months))
		}
	}
	if p != nil {
		v, _ := e.personal(x.name, p, last)
		return v
	}
	return expr.None
}

// known tells whether every month of a span is there. What is missing is not 0;
// only months before a person's own hire are nothing to him.
func (e *Engine) known(months []period.Month, s Scope, p *record.Person) bool {
	for _, m := range months {
		if e.Months[m] == nil && !(s.Kind == "agent" && p != nil && m < e.Cut.MonthOf(p.Hire)) {
			return false
		}
	}
	return true
}

// fromOpening adds what opening.csv says of the months before the first one to
// those that are known; without it there is no base.
func (e *Engine) fromOpening(x measure, s Scope, months []period.Month) expr.Value {
	k := e.Set.ByName[x.name]
	if x.head != "" || s.Kind != "agent" || k == nil || k.Formula != nil || e.Opening == nil {
		return expr.None
	}
	at := 0
	for at < len(months) && e.Months[months[at]] == nil {
		at++
	}
	if at == len(months) {
		return expr.None
	}
	before, ok := e.Opening(s.ID, k.Name, months[0], months[at])
	v := e.Value(k, s, months[at:])
	if !ok || v.NoBase || v.Ratio {
		return expr.None
	}
	return expr.NumberOf(v.Num.Add(before))
}

func (e *Engine) earned(rule string, s Scope, months []period.Month) expr.Value {
	var sum money.Ratio
	for _, m := range months {
		for _, agent := range e.over(s, m).agents {
			if v, ok := e.Earned(m, agent, rule); ok {
				sum = sum.Add(money.Of(v))
			}
		}
	}
	return expr.NumberOf(sum)
}

// CreditRow is a credit behind a measure, of a month of its span; a refund is of
// the month of the money that it takes back.
type CreditRow struct {
	crediting.Credit
	Month  period.Month
	Number money.Ratio // what the measure counts of it: the KPI's field, times its factor
}

// CreditRows returns the credits behind a measure of a person; false where the
// measure is not made of credits.
func (e *Engine) CreditRows(text string, p *record.Person, m period.Month) ([]CreditRow, bool) {
	if _, given := e.Given.of(text, p.ID, m); given || !e.Set.OfCredits(text) {
		return nil, false
	}
	x := parseMeasure(text)
	k := e.Set.ByName[x.name]
	scope := e.scopeOf(x.scope, p, m)
	months := e.months(x.span, m, p)
	if !e.known(months, scope, p) {
		return nil, false
	}
	var rows []CreditRow
	for _, at := range months {
		d := e.Months[at]
		if d == nil {
			continue
		}
		over := e.over(scope, at)
		acc := accumulator{e: e, kpi: k, month: at}
		take := func(c crediting.Credit, of period.Month) {
			env := CreditEnv(c, "collected")
			if counts(c, over, scope.Kind == "agent") && (k.Where == nil || k.Where.Eval(env).Yes) {
				rows = append(rows, CreditRow{c, of, creditNumber(c, k, env).Num.Mul(acc.factor(env))})
			}
		}
		var places []int
		eachOf(over, d.credits, func(i int) { places = append(places, i) })
		sort.Ints(places)
		for _, i := range places {
			take(d.Credits[i], at)
		}
		eachOf(over, d.nettings, func(i int) {
			if n := d.Nettings[i]; len(months) > 1 && n.Origin >= months[0] {
				take(n.Credit, n.Origin)
			}
		})
		if acc.none {
			return nil, false
		}
	}
	return rows, true
}
