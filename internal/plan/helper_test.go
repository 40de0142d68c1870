package plan

import (
	"strconv"
	"strings"
	"testing"

	"telepay/internal/attendance"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
)

const head = "plan: 试算\nsince: 2026-01\napproval: {discussed: 2025-12-01, announced: 2025-12-02, signed: 2025-12-30, filed: T-1}\n"

// scorecard lets plans name score.monthly, grade.monthly and factor.monthly.
const scorecard = "scorecards:\n  monthly:\n    items: {dials: {weight: 100%}}\n    grade: {from 0: D, from 60: C}\n    factor: {by grade.monthly: {D: 0.8, C: 1}}\n"

// readPlan reads a plan that has no fault.
func readPlan(t *testing.T, text string) *Plan {
	t.Helper()
	p, ps := Read("plan.yaml", []byte(text), Context{Columns: map[string]expr.Kind{"技能": expr.Word, "津贴": expr.Number}})
	for _, x := range ps {
		t.Fatalf("%s\nin\n%s", x.Format(lang.EN), text)
	}
	return p
}

// codes returns the codes of a plan's problems.
func codes(ps []diag.Problem) string {
	var all []string
	for _, p := range ps {
		all = append(all, p.Code)
	}
	return strings.Join(all, " ")
}

// given is one person's month by its figures: numbers as a plan writes them, words for the rest.
type given struct {
	values map[string]string
	rows   []map[string]string
	place  rule.Place
	weeks  []rule.Place // behind place, of a board of weeks
	days   attendance.Month
}

func valueOf(text string) expr.Value {
	if text == "—" {
		return expr.None
	}
	if v, _, fault := expr.Literal(text); fault == nil {
		return expr.NumberOf(v)
	}
	return expr.TextOf(text)
}

func (m given) value(name string) expr.Value {
	if text, ok := m.values[name]; ok {
		return valueOf(text)
	}
	if name == "role" {
		return expr.TextOf("leader")
	}
	return expr.NumberOf(money.Ratio{})
}

func (m given) subject() *rule.Subject {
	at := period.MustMonth("2026-10")
	s := &rule.Subject{Before: func(string, string) (money.Decimal, bool) { return money.Zero, true }, Month: at, Value: m.value, Title: lang.Same, Days: m.days}
	s.Rows = func(string) ([]rule.Row, bool) { return m.eachRow(), len(m.rows) > 0 }
	s.Each = func(string) []rule.Row { return m.eachRow() }
	s.Places = func(string) []rule.Place { return append([]rule.Place{m.place}, m.weeks...) }
	s.Amounts = func(name string) (money.Decimal, bool) {
		v := m.value("earned." + name)
		return v.Num.Round(2, money.HalfUp), true
	}
	s.Segments = func() []rule.Segment {
		return []rule.Segment{{Station: record.Station{Grade: m.values["grade"]}, Days: period.Cut{StartDay: 1}.Span(at), Workdays: 18}}
	}
	return s
}

// eachRow makes rows; the money of one is its collected.
func (m given) eachRow() []rule.Row {
	var out []rule.Row
	for i, fields := range m.rows {
		out = append(out, rule.Row{Amount: valueOf(fields["collected"]).Num, Deal: fields["deal"], Credit: rule.Credit{Deal: strconv.Itoa(i)}, Env: func(name string) expr.Value {
			if text, ok := fields[name]; ok {
				return valueOf(text)
			}
			return m.value(name)
		}})
	}
	return out
}

// pay computes a rule: the line's nominal amount, 0.00 where it pays nothing, or the code of the problem.
func pay(p *Plan, name string, m given) string {
	r := p.Rule(name)
	out := r.Kind.Pay(r, m.subject())
	switch {
	case out.Problem != nil:
		return out.Problem.Code
	case len(out.Lines) == 0:
		return "0.00"
	case out.Lines[0].Line.Class.Guarded():
		return out.Lines[0].Line.Nominal.Fixed(2)
	}
	return out.Lines[0].Line.Amount.Fixed(2)
}

// flow writes a node as YAML on one line.
func flow(n *yamldoc.Node) string {
	switch n.Kind {
	case yamldoc.Scalar:
		return `"` + strings.ReplaceAll(n.Text, `"`, `\"`) + `"`
	case yamldoc.Empty:
		return ""
	}
	var parts []string
	for _, e := range n.Entries {
		parts = append(parts, `"`+e.Key.Text+`": `+flow(e.Value))
	}
	for _, i := range n.Items {
		parts = append(parts, flow(i))
	}
	if n.Kind == yamldoc.List {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// texts reads a map of words.
func texts(n *yamldoc.Node) map[string]string {
	out := map[string]string{}
	if n != nil {
		for _, e := range n.Entries {
			out[e.Key.Text] = e.Value.Text
		}
	}
	return out
}
