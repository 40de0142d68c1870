package review

import (
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/scale"
)

// happen adds a row of what the rule is computed for each of.
func (t *Trial) happen(r *rule.Rule, b Bench) {
	if r.Each == "" || r.Each == "workday" {
		return
	}
	figures := map[string]money.Ratio{}
	for _, k := range scales(r) {
		k.scale.Walk(func(s *scale.Scale) {
			if s.Steps != nil {
				figures[s.Steps.Measure.Name] = s.Steps.Steps[0].Bound.At.Add(money.One)
			}
		})
	}
	if r.Where != nil {
		w := Trial{Who: t.Who, Values: map[string]expr.Value{}}
		b.meet(&w, r.Where)
		for name, v := range w.Values {
			if _, fixed := figures[name]; !fixed || !r.Where.Eval(func(n string) expr.Value {
				if n == name {
					return expr.NumberOf(figures[name])
				}
				return w.value(n)
			}).Yes {
				figures[name] = v.Num
			}
		}
	}
	for _, f := range b.Plan.RowFields(r.Each) {
		if _, ok := figures[f.Name]; !ok && f.Type.Kind == expr.Number && f.Name != "nth" {
			figures[f.Name] = money.Whole(10)
			if f.Name == "days" {
				figures[f.Name] = money.One
			}
		}
	}
	t.rowsOf(r, figures, b)
}

// rowsOf gives the rows of one happening of a kind with its figures; nth asks for
// so many of them.
func (t *Trial) rowsOf(r *rule.Rule, figures map[string]money.Ratio, b Bench) {
	span := b.Project.Cut.Span(t.Month)
	n := 1
	if v, ok := figures["nth"]; ok {
		if whole, ok := v.Round(0, money.Up).Int64(); ok && whole >= 0 && whole < 20 {
			n = int(whole)
		}
	}
	size := func(name string) money.Decimal { return figures[name].Round(4, money.HalfUp) }
	g := given{caseReader: &caseReader{Bench: b}, span: span}
	t.Facts.Attendance, t.Facts.Events, t.Facts.Deals, t.Facts.Payments = nil, nil, nil, nil
	for i := range n {
		day := present(t.Who, g.workdate(i))
		day.At = record.Source{File: "attendance", Row: i + 1}
		switch r.Each {
		case "late":
			day.Late, day.HasLate = size("minutes"), true
		case "early":
			day.Early, day.HasEarly = size("minutes"), true
		case "missing_punch":
			day.MissingOut = true
		case "absence":
			day.Status = "absent"
		case "overtime":
			day.Overtime, day.Approved = size("hours"), true
		case "leave":
			day.Status = "事假"
		case "deal":
			t.Facts.Deals = append(t.Facts.Deals, record.Deal{ID: "D1", Agent: t.Who.ID, Customer: "K1", Value: size("value"), Signed: span.From + 9, Status: "signed", At: day.At})
			continue
		default:
			level := t.field("level")
			if level == "" {
				level = firstKey(r, "level")
			}
			t.Facts.Events = append(t.Facts.Events, record.Event{Date: period.Day(int(span.From) + 9), Agent: t.Who.ID, Kind: r.Each, Level: level,
				Amount: size("amount"), Score: size("score"), HasScore: true, Author: "—", At: day.At})
			continue
		}
		t.Facts.Attendance = append(t.Facts.Attendance, day)
	}
	delete(t.Values, "level")
}

// firstKey is the last line of the rule's own table by a field: the first one is
// often the one that costs nothing.
func firstKey(r *rule.Rule, field string) string {
	out := ""
	for _, k := range scales(r) {
		k.scale.Walk(func(s *scale.Scale) {
			if s.Keys != nil && s.Keys.Fields[0].Name == field {
				for _, c := range s.Keys.Cases {
					if c.Values[0] != scale.Any {
						out = c.Values[0]
					}
				}
			}
		})
	}
	return out
}
