package kpi

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// TestDefinitionsRun runs the example of every shipped KPI.
func TestDefinitionsRun(t *testing.T) {
	r := &yamldoc.Reader{}
	set := ReadSet(r, nil, Own{})
	if ps := r.Problems.All(); len(ps) > 0 || len(set.Names) < 30 {
		t.Fatalf("%d KPIs are shipped, with problems %v", len(set.Names), ps)
	}
	for _, name := range set.Names {
		t.Run(name, func(t *testing.T) {
			k := set.ByName[name]
			example := Shipped()[name].Node.Get("example")
			if example.Get("value") == nil || example.Get("rows") == nil && example.Get("given") == nil {
				t.Fatal("no example that runs")
			}
			if k.Title.ZH == k.Title.EN || k.Define.ZH == "" || k.Define.EN == "" {
				t.Errorf("titles %v, definition %v: want both languages", k.Title, k.Define)
			}
			want, _, fault := expr.Literal(example.Get("value").Text)
			if fault != nil {
				t.Fatal(fault)
			}
			got := worked(t, k, example)
			if got.NoBase || got.Num.Cmp(want) != 0 {
				text, _ := got.Num.MarshalText()
				t.Errorf("got %s (no base: %v), want %s", text, got.NoBase, example.Get("value").Text)
			}
		})
	}
}

// worked computes an example.
func worked(t *testing.T, k *KPI, example *yamldoc.Node) expr.Value {
	if k.Formula != nil {
		v := k.Formula.Eval(env(t, example.Get("given")))
		if k.Daily && v.Kind == expr.YesNo && v.Yes { // the example is one day
			return expr.NumberOf(money.One)
		}
		return v
	}
	rows := example.Get("rows").Items
	switch {
	case k.Match != nil && k.Of != "calls":
		return matchedExample(t, k, rows)
	case k.Of == "calls":
		return callsExample(t, k, rows)
	}
	acc := accumulator{kpi: k}
	for _, row := range rows {
		e := env(t, row)
		key := ""
		if k.Op == "distinct" {
			key = e(k.Field).Text
		}
		acc.row(e, key, e(k.Field).Num)
	}
	return acc.value().Expr()
}

// partnered says by plain loops over the example which of its rows have the
// partner that match asks for, or come late enough within their group.
func partnered(t *testing.T, k *KPI, rows []*yamldoc.Node, i int) bool {
	me := env(t, rows[i])
	if k.Group != "" {
		nth := int64(0)
		for _, r := range rows[:i+1] {
			e := env(t, r)
			if e(k.Group).Text == me(k.Group).Text && e("day").Num.Cmp(me("day").Num) == 0 && (k.Where == nil || k.Where.Eval(e).Yes) {
				nth++
			}
		}
		return nth > k.Beyond
	}
	m := k.Match
	if m == nil {
		return true
	}
	if m.Numbers != "" { // listed: the day on which the number was put on the list
		listed := me("listed_on")
		return !listed.NoBase && me("day").Num.Cmp(listed.Num) > 0
	}
	for _, r := range rows {
		e := env(t, r)
		apart, _ := e("day").Num.Sub(me("day").Num).Num().Int64()
		if e(m.Calls).Text == me(m.Calls).Text && int(apart) >= m.From && int(apart) <= m.To && m.Where.Eval(e).Yes {
			return true
		}
	}
	return false
}

// env gives the keys of a node as values: numbers, yes, and words. What is not there is nothing.
func env(t *testing.T, n *yamldoc.Node) expr.Env {
	return func(name string) expr.Value {
		v := n.Get(name)
		switch {
		case v == nil && slices.Contains(sources["calls"].words(), name):
			return expr.TextOf("")
		case v == nil:
			return expr.Value{Kind: expr.Number, NoBase: true}
		case v.Text == "yes":
			return expr.Truth(true)
		}
		if r, _, fault := expr.Literal(v.Text); fault == nil {
			return expr.Value{Kind: expr.Number, Num: r, Text: v.Text}
		}
		return expr.TextOf(v.Text)
	}
}

// callsExample answers by the compiled query, and holds every row's filter against the condition.
func callsExample(t *testing.T, k *KPI, rows []*yamldoc.Node) expr.Value {
	f, fault := (Own{}).filter(k.Where)
	if fault != nil {
		t.Fatal(fault)
	}
	var sum, most money.Ratio
	keys := map[string]bool{}
	n := int64(0)
	for i, row := range rows {
		e := env(t, row)
		in := k.Where == nil || k.Where.Eval(e).Yes
		if passes(f, e) != in {
			t.Errorf("row %d: the query says %v, the condition %v", i+1, !in, in)
		}
		if !in || !partnered(t, k, rows, i) {
			continue
		}
		v := e(k.Field)
		sum, most = sum.Add(v.Num), money.MaxRatio(most, v.Num)
		n++
		if v.Text != "" {
			keys[v.Text] = true
		}
	}
	switch k.Op {
	case "count":
		return expr.NumberOf(money.Whole(n))
	case "sum":
		return expr.NumberOf(sum)
	case "max":
		return expr.NumberOf(most)
	case "average":
		return expr.NumberOf(sum.Div(money.Whole(n)))
	}
	return expr.NumberOf(money.Whole(int64(len(keys))))
}

// passes says by package query's own words whether a row passes a filter.
func passes(f *query.Filter, e expr.Env) bool {
	if f == nil {
		return true
	}
	v := expr.Value{}
	if f.Field != "" {
		v = e(f.Field)
	}
	number, _ := v.Num.Round(0, money.Down).Int64()
	switch f.Op {
	case query.And:
		return !slices.ContainsFunc(f.Kids, func(k *query.Filter) bool { return !passes(k, e) })
	case query.Or:
		return slices.ContainsFunc(f.Kids, func(k *query.Filter) bool { return passes(k, e) })
	case query.Not:
		return !passes(f.Kids[0], e)
	case query.Equal:
		return v.Text != "" && slices.Contains(f.Texts, v.Text)
	case query.Has:
		return v.Text != ""
	case query.Is:
		return v.Yes
	}
	if v.NoBase {
		return false
	}
	return map[query.Op]bool{query.Less: number < f.Number, query.AtMost: number <= f.Number, query.More: number > f.Number, query.AtLeast: number >= f.Number}[f.Op]
}

// matchedExample makes deals or follow-ups of the rows, with a call so many days after each.
func matchedExample(t *testing.T, k *KPI, rows []*yamldoc.Node) expr.Value {
	month := period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))
	set := query.Set{Moments: []query.Moments{{Name: k.Name, Field: k.Match.Calls}}}
	d := &Data{Month: period.MustMonth("2026-10"), Span: month, Table: query.NewTable(set, []string{"A"}, month), Lists: Lists{Present: map[string]bool{"followups": true}}}
	var at []query.Moment
	for i, row := range rows {
		customer := "customer " + strconv.Itoa(i)
		if k.Of == "followups" {
			d.Lists.FollowUps = append(d.Lists.FollowUps, record.FollowUp{Agent: "A", Customer: customer, Due: month.From + 10, Kind: row.Get("kind").Text})
		} else {
			d.Sales = append(d.Sales, crediting.Sale{Credit: crediting.Credit{Agent: "A", Deal: row.Get("deal").Text, Date: month.From + 10}, Key: customer})
		}
		if after := row.Get("called_after"); after != nil {
			days, _, _ := expr.Literal(after.Text)
			n, _ := days.Num().Int64()
			at = append(at, query.Moment{Agent: "A", Key: customer, Day: month.From + 10 + period.Day(n)})
		}
	}
	d.Table.SetMoments(k.Name, at)
	acc := accumulator{kpi: k}
	acc.add(d.Index(), newGroup([]query.Stretch{{Agent: "A", Days: month}}), true)
	return acc.value().Expr()
}

// TestFilters: conditions over calls and their queries pass the same rows.
func TestFilters(t *testing.T) {
	rows, ps := yamldoc.Parse("rows", []byte(strings.Join([]string{
		"- {direction: out, result: answered, talk: 60, connected: yes, weekday: 5, clock: 32400, next_contact: 2026-11-02}",
		"- {direction: out, result: no_answer, talk: 0, weekday: 6, clock: 64800}",
		"- {direction: in, result: answered, talk: 59, connected: yes, weekday: 7}",
		"- {direction: in}",
		"- {talk: 61}"}, "\n")))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	for _, c := range []struct{ name, where, want string }{
		{"equal", "direction = out", "12"}, {"not equal passes the empty", "direction != out", "345"}, {"in", "result in (answered, no_answer)", "123"}, {"not empty", "next_contact != ''", "1"}, {"empty", "next_contact = ''", "2345"},
		{"at least, at the second", "talk >= 60s", "15"}, {"above, at the second", "talk > 60s", "5"}, {"below", "talk < 60s", "23"}, {"at most", "talk <= 60s", "123"}, {"exactly", "talk = 60s", "1"}, {"not exactly", "talk != 60s", "2345"},
		{"flag", "connected", "13"}, {"not flag", "not connected", "245"}, {"and", "direction = out and connected", "1"}, {"or with brackets", "direction = in and (connected or talk > 60s)", "3"}, {"weekday", "weekday >= 6", "23"}, {"a list of times", "talk in (60s, 61s)", "15"}, {"not in a list of days", "not (weekday in (5, 7))", "245"}, {"hours", "clock < 9h or clock >= 18h", "2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, fault := expr.Compile(c.where, sources["calls"].vocabulary())
			if fault != nil {
				t.Fatal(fault)
			}
			q, fault := (Own{}).filter(f)
			if fault != nil {
				t.Fatal(fault)
			}
			got := ""
			for i, row := range rows.Items {
				if passes(q, env(t, row)) {
					got += string(rune('1' + i))
				}
			}
			if got != c.want {
				t.Errorf("rows %s pass, want %s", got, c.want)
			}
		})
	}
	for name, where := range map[string]string{"a sum": "talk + ring > 60s", "half a second": "talk > 0.5s", "a list with a sum": "talk in (60s, ring + 1s)", "a value first": "60s < talk"} {
		t.Run("refused: "+name, func(t *testing.T) {
			f, fault := expr.Compile(where, sources["calls"].vocabulary())
			if fault != nil {
				return // refused earlier still
			}
			if _, fault = (Own{}).filter(f); fault == nil || fault.Code != "query" {
				t.Errorf("taken: %s (%v)", where, fault)
			}
		})
	}
}
