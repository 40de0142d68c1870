package review

import (
	"fmt"
	"slices"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// callKeys are the columns of a call in a case: as in the exports, with date for its
// day, and times for how many such calls there are.
var callKeys = slices.Concat([]string{"date", "times", "connected"}, query.TextFields, query.NumberFields)

// call reads calls of one kind: an outgoing one at ten on a day of the month,
// answered where it has talk, to a number of its own.
func (g *given) call(t *Trial) {
	row := query.Row{Agent: g.agent("agent", t), Day: g.date("date"), Texts: map[string]string{"direction": "out"}, Numbers: map[string]int64{"clock": 10 * 3600}, Flags: map[string]bool{}}
	for _, field := range query.TextFields {
		if v := g.word(field, ""); v != "" && field != "agent" {
			row.Texts[field] = v
		}
	}
	for _, field := range query.NumberFields {
		if n := g.n.Get(field); n != nil {
			row.Numbers[field] = g.seconds(n)
		}
	}
	g.ownOfCall(&row)
	row.Numbers["weekday"] = int64(row.Day.Weekday()+6)%7 + 1
	if _, stated := row.Texts["result"]; !stated {
		row.Texts["result"] = map[bool]string{true: "answered", false: "no_answer"}[row.Numbers["talk"] > 0]
	}
	row.Flags["connected"] = g.word("connected", row.Texts["result"]) == "answered" || g.word("connected", "") == "true"
	times := int64(1)
	if n := g.n.Get("times"); n != nil {
		times, _ = g.number(n).Int64()
	}
	if times < 1 || times > mostCalls {
		g.Bad(g.n, "number", lang.F("%s.times", "%s.times", g.n.Path), lang.F("1 到 %d", "1 to %d", mostCalls), lang.Text{})
		return
	}
	for i := range times {
		one := row
		if one.Texts["phone"] == "" {
			one.Texts = withText(row.Texts, "phone", fmt.Sprintf("%s %d.%d", g.at.File, g.at.Row, i+1))
		}
		t.Calls = append(t.Calls, one)
	}
}

// ownOfCall reads the company's own columns of a call.
func (g *given) ownOfCall(row *query.Row) {
	for _, c := range g.Plan.KPIs.Own.Calls() {
		n := g.n.Get(c.Name)
		switch {
		case n == nil:
		case c.Text:
			row.Texts[c.Name] = g.word(c.Name, "")
		default:
			v, unit, fault := expr.Literal(g.Word(n))
			counter, exact := c.Counter(v)
			if fault != nil || !exact || unit == expr.Time || unit == expr.Percent {
				g.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), kpi.NumberWant(c), lang.Text{})
			}
			row.Numbers[c.Name] = counter
		}
	}
}

// mostCalls is how many calls one line of a case may stand for.
const mostCalls = 100000

func withText(texts map[string]string, key, value string) map[string]string {
	out := map[string]string{key: value}
	for k, v := range texts {
		if k != key {
			out[k] = v
		}
	}
	return out
}

// seconds reads 90s, 2min or a bare count of seconds.
func (g *given) seconds(n *yamldoc.Node) int64 {
	v, unit, fault := expr.Literal(g.Word(n))
	s, whole := v.Round(6, money.HalfUp).Int64()
	if fault != nil || !whole || unit != expr.Plain && unit != expr.Time {
		g.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("整秒, 如 90s", "whole seconds such as 90s"), lang.Text{})
	}
	return s
}

func (g *given) number(n *yamldoc.Node) money.Decimal {
	v, _, fault := expr.Literal(g.Word(n))
	if fault != nil {
		g.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个数", "a number"), lang.Text{})
	}
	return v.Round(6, money.HalfUp)
}

func (g *given) lead(t *Trial) {
	l := record.Lead{Lead: g.word("lead", ""), Phone: g.word("phone", ""), Agent: g.agent("agent", t), Given: g.span.From, Source: g.word("source", ""), Batch: g.word("batch", ""), Grade: g.word("grade", ""), At: g.at}
	if g.n.Get("given") != nil {
		l.Given = g.date("given")
	}
	t.Facts.Leads = append(t.Facts.Leads, l)
}

func (g *given) followUp(t *Trial) {
	t.Facts.FollowUps = append(t.Facts.FollowUps, record.FollowUp{Agent: g.agent("agent", t), Customer: g.word("customer", ""), Due: g.date("due"), Kind: g.word("kind", "callback"), Kept: g.word("kept", "true") == "true", At: g.at})
}
