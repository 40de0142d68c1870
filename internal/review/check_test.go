package review

import (
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/payrun"
	"telepay/internal/period"
	"telepay/internal/record"
)

// checked runs a month of two people without rows, and checks the plan on it.
func checked(t *testing.T, planText string, jump string, decisions ...record.Decision) string {
	t.Helper()
	b := benchFrom(t, head+planText)
	m := period.MustMonth("2026-01")
	station := usual()
	station.Grade = "初级"
	leader := usual()
	leader.Role, leader.Grade = "leader", "主管"
	people := []record.Person{person("A", station), person("L", leader)}
	project := *b.Project
	project.First = m
	present := map[string]bool{}
	for _, kind := range exports {
		present[kind] = true
	}
	facts := &record.Facts{Month: m, Present: present, Decisions: decisions, Attendance: wholeDays(people, project.Cut.Span(m), b.Law, nil)}
	run := payrun.Compute(payrun.Input{Project: &project, Plan: b.Plan, Law: b.Law, People: people, Months: []payrun.MonthInput{{Facts: facts}}, Digest: "x"})
	var out []string
	for _, p := range b.Check(Checked{Month: m, People: people, Run: run, Report: run.Report(), Decisions: decisions, Jump: money.MustParse(jump)}) {
		ref := strings.Split(strings.Split(p.Mend.EN, "plan.yaml#")[1], ",")[0]
		out = append(out, p.Code+" "+ref)
		if p.Format(lang.EN) == "" || p.Mend.ZH == "" {
			t.Error("nothing is said")
		}
	}
	return strings.Join(out, ", ")
}

// TestCheck: cliffs and traps are found, by rule and by bound; sound plans have none.
func TestCheck(t *testing.T) {
	const base = "earnings:\n  base: {amount: 3000}\n  commission: {for: role = agent, of: collected, "
	for name, x := range map[string]struct{ plan, want string }{
		"sound, marginal":    {base + "rate: {mode: marginal, from 0: 3%, from 5万: 5%, from 10万: 8%}}\n", ""},
		"sound, small jumps": {base + "rate: {mode: whole, from 0: 3%, from 1万: 5%}}\n", ""},
		"falls":              {base + "rate: {mode: whole, from 0: 3%, from 5万: 2%}}\n", "pay-falls earnings.commission.rate.from 5万"},
		"falls above":        {base + "rate: {mode: whole, from 0: 3%, above 5万: 2%}}\n", "pay-falls earnings.commission.rate.above 5万"},
		"falls in between":   {base + "rate: 5%, at_most: 10万 - collected}\n", "pay-falls earnings.commission"},
		"jumps":              {base + "rate: {mode: whole, from 0: 3%, from 10万: 5%}}\n", "pay-jumps earnings.commission.rate.from 10万"},
		"a gate jumps":       {base + "rate: 5%, when: collected >= 6万}\n", "pay-jumps earnings.commission.when, rule-unreached earnings.commission"},
		"a gate falls":       {base + "rate: 5%, when: collected <= 6万}\n", "pay-falls earnings.commission.when"},
		"base falls":         {base + "rate: 1%}\n  extra: {rule: bonus, amount: {by collected: {from 0: 2000, from 5万: 1000}}}\n", "pay-falls earnings.extra.amount.by collected.from 5万"},
		"attainment falls":   {"targets: {collected: 10万}\n" + base + "rate: 1%, times: {by attainment.collected: {from 0%: 1, from 100%: 0.5}}}\n", "pay-falls earnings.commission.times.by attainment.collected.from 100%"},
		"score falls":        {"scorecards:\n  m:\n    items: {dials: {weight: 100%}}\n    grade: {from 0: D, from 60: C}\n    factor: {by grade.m: {D: 1, C: 0.8}}\n" + base + "rate: 5%, times: factor.m}\n", "pay-falls scorecards.m.grade.from 60"},
		"team falls":         {base + "rate: 1%}\n  override: {for: role = leader, of: members.collected, rate: {mode: whole, from 0: 1%, from 100万: 0.5%}}\n", "pay-falls earnings.override.rate.from 100万"},
		"nobody's":           {base + "rate: 1%}\n  x: {rule: bonus, for: role = director, amount: 1}\n", "rule-unreached earnings.x"},
		"never met":          {base + "rate: 1%}\n  x: {rule: bonus, when: deals >= 1000, amount: 1}\n", "rule-unreached earnings.x"},
		"capped":             {base + "rate: 5%, at_most: 1000}\n  x: {rule: guarantee, of: [commission], amount: 1500}\n", "cap-below-guarantee earnings.commission.at_most"},
		"capped enough":      {base + "rate: 5%, at_most: 1500}\n  x: {rule: guarantee, of: [commission], amount: 1500}\n", ""},
		"penalty rises":      {base + "rate: 1%}\ndeductions:\n  late: {amount: {by minutes: {from 1: 10, from 20: 50}}, against: base}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := checked(t, x.plan, "1000"); got != x.want {
				t.Errorf("finds %q, want %q", got, x.want)
			}
		})
	}
}

// TestCheckAccepted: what a decision accepts by its path is not told, and a smaller
// jump is told where it is asked for.
func TestCheckAccepted(t *testing.T) {
	text := "earnings:\n  base: {amount: 3000}\n  commission: {of: collected, rate: {mode: whole, from 0: 3%, from 5万: 2%, from 10万: 3%}}\n"
	falls, jumps := "earnings.commission.rate.from 5万", "earnings.commission.rate.from 10万"
	if got := checked(t, text, "999.99"); got != "pay-jumps "+jumps+", pay-falls "+falls {
		t.Errorf("finds %q", got)
	}
	if got := checked(t, text, "1000"); got != "pay-falls "+falls {
		t.Errorf("finds %q", got)
	}
	d := record.Decision{What: "accept", Ref: "plan.yaml#" + falls, Reason: "agreed"}
	if got := checked(t, text, "1000", d); got != "" {
		t.Errorf("finds %q", got)
	}
	d.Ref = "plan.yaml#" + jumps
	if got := checked(t, text, "1000", d); got != "pay-falls "+falls {
		t.Errorf("another's acceptance: finds %q", got)
	}
}
