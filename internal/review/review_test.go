package review

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
)

const head = "plan: 试算\nsince: 2026-01\napproval: {discussed: 2025-12-01, announced: 2025-12-02, signed: 2025-12-03}\n"

// one runs the only case of a text under a plan.
func one(t *testing.T, planText, caseText string) Result {
	t.Helper()
	b := benchFrom(t, head+planText)
	cases, problems := b.ReadCases("plan_test.yaml", []byte(caseText))
	for _, p := range problems {
		t.Fatal(p.Format(lang.EN))
	}
	return b.Test(cases[0])
}

const plain = "earnings:\n  base: {amount: 3000}\n  commission: {of: collected, rate: {mode: whole, from 0: 3%, from 5万: 5%, above 10万: 8%}}\n"

// TestCasesFail: what does not come out is told, with what came out.
func TestCasesFail(t *testing.T) {
	for name, x := range map[string]struct{ text, got string }{
		"amount":  {"- {it: a, given: {collected: 5万}, expect: {commission: 2500.01}}", "2,500.00"},
		"total":   {"- {it: a, given: {collected: 5万}, expect: {payable: 5500.01}}", "5,500.00"},
		"silent":  {"- {it: a, expect: {commission: 1.00}}", "0.00"},
		"problem": {"- {it: a, expect: {problem: lookup-missing}}", "no problem"},
		"net":     {"- {it: a, expect: {net: 3000.00}}", "the plan has no statutory part, so no net"},
	} {
		t.Run(name, func(t *testing.T) {
			r := one(t, plain, x.text)
			if len(r.Failed) != 1 || r.Failed[0].Got.EN != x.got {
				t.Errorf("failed %+v, want one: %s", r.Failed, x.got)
			}
		})
	}
	if r := one(t, plain, "- {it: a, given: {collected: 5万}, expect: {commission: 2500.00, base: 3000.00, payable: 5500.00, gross: 5500.00, deductions: 0.00, carried: 0.00}}"); !r.OK() {
		t.Errorf("failed %+v", r.Failed)
	}
}

// TestStoppedPerson: a person without a statement fails every figure, with the reason.
func TestStoppedPerson(t *testing.T) {
	r := one(t, "earnings:\n  base: {amount: {by grade: {初级: 3000}}}\n", "- {it: a, who: {grade: 高级}, expect: {base: 3000.00}}")
	if len(r.Failed) != 1 || !strings.Contains(r.Failed[0].Got.EN, "[lookup-missing]") {
		t.Errorf("failed %+v", r.Failed)
	}
}

// TestWorkdays: days given one by one are all there are: 150 calls −10, 185 at most +20, a half day of 85 +5.
func TestWorkdays(t *testing.T) {
	r := one(t, "kpis: {effective_calls: {where: talk >= 90s}}\nearnings:\n  base: {amount: 3000}\n  daily: {rule: bonus, each: workday, of: effective_calls - 160 * day_worked, per_unit: 1, at_most: {per day: 20}}\n",
		"- it: a\n  rows: {workdays: [{effective_calls: 150, day_worked: 1}, {effective_calls: 185, day_worked: 1}, {effective_calls: 85, day_worked: 0.5}]}\n  expect: {daily: 15.00}\n")
	if !r.OK() {
		t.Errorf("failed %+v", r.Failed)
	}
}

// TestCapOfEachDeal: the cap is of each deal of the rows; a figure that is given has none.
func TestCapOfEachDeal(t *testing.T) {
	capped := "earnings:\n  base: {amount: 3000}\n  commission: {of: collected, rate: 10%, at_most: {per deal: 500}}\n"
	for text, want := range map[string]string{
		"- {it: a, rows: {payments: [{amount: 1万}, {amount: 1000}]}, expect: {commission: 600.00}}": "600.00",
		"- {it: a, given: {collected: 1万}, expect: {commission: 1000.00}}":                          "1000.00",
	} {
		if r := one(t, capped, text); !r.OK() {
			t.Errorf("%s: %+v, want %s", text, r.Failed, want)
		}
	}
}

// TestMistakesInCases: every mistake in plan_test.yaml is told with its place.
func TestMistakesInCases(t *testing.T) {
	b := benchFrom(t, head+plain)
	for text, want := range map[string]string{
		"- {it: a, givn: {collected: 1}, expect: {base: 1.00}}":     "plan_test.yaml:1:11: error[unknown-key]",
		"- {it: a, given: {colected: 1}, expect: {base: 1.00}}":     "plan_test.yaml:1:19: error[unknown-measure]",
		"- {it: a, given: {connect_rate: 5}, expect: {base: 1.00}}": "plan_test.yaml:1:33: error[units]",
		"- {it: a, who: {grad: x}, expect: {base: 1.00}}":           "plan_test.yaml:1:17: error[unknown-key]",
		"- {it: a, who: {hire: x}, expect: {base: 1.00}}":           "plan_test.yaml:1:23: error[date]",
		"- {it: a, month: 2025-12, expect: {base: 1.00}}":           "plan_test.yaml:1:18: error[month]",
		"- {it: a, expect: {bas: 1.00}}":                            "plan_test.yaml:1:20: error[unknown-rule]",
		"- {it: a, expect: {base: 1.001}}":                          "plan_test.yaml:1:26: error[too-many-places]",
		"- {it: a, expect: {base: 5%}}":                             "plan_test.yaml:1:26: error[amount-unit]",
		"- {it: a, expect: {base: {nominl: 1}}}":                    "plan_test.yaml:1:27: error[unknown-key]",
		"- {it: a, expect: {problem: lookup-mising}}":               "plan_test.yaml:1:29: error[unknown-word]",
		"- {it: a}": "plan_test.yaml:1:3: error[missing-key]",
		"it: a":     "plan_test.yaml:1:1: error[shape]",
		"- {it: a, rows: {call: [{}]}, expect: {base: 1.00}}":                                   "plan_test.yaml:1:18: error[unknown-key]",
		"- {it: a, rows: {payments: [{amont: 1}]}, expect: {base: 1.00}}":                       "plan_test.yaml:1:30: error[unknown-key]",
		"- {it: a, rows: {deals: [{deal: D1}]}, expect: {base: 1.00}}":                          "plan_test.yaml:1:26: error[missing-key]",
		"- {it: a, rows: {events: [{level: manager}]}, expect: {base: 1.00}}":                   "plan_test.yaml:1:27: error[missing-key]",
		"- {it: a, rows: {deals: [{value: 1, shares: {T1: half}}]}, expect: {base: 1.00}}":      "plan_test.yaml:1:50: error[bad-share]",
		"- {it: a, rows: {targets: [{kpi: colected, target: 1}]}, expect: {base: 1.00}}":        "plan_test.yaml:1:28: error[unknown-kpi]",
		"- {it: a, rows: {opening: [{what: debt, month: x, amount: 1}]}, expect: {base: 1.00}}": "plan_test.yaml:1:48: error[month]",
		"- {it: a, rows: {payments: {amount: 1}}, expect: {base: 1.00}}":                        "plan_test.yaml:1:28: error[shape]",
	} {
		_, problems := b.ReadCases("plan_test.yaml", []byte(text))
		said := ""
		for _, p := range problems {
			said += p.Format(lang.EN) + "\n"
		}
		if !strings.HasPrefix(said, want) {
			t.Errorf("%s\nsays %s\nwant %s", text, said, want)
		}
	}
}

// TestBounds: what is paid below, at and above each bound, by hand.
func TestBounds(t *testing.T) {
	for name, x := range map[string]struct {
		plan string
		rule string
		want []string // below, at, above
	}{
		"whole":     {plain, "commission", []string{"0.00 0.00 0.00", "1500.00 2500.00 2500.00", "5000.00 5000.00 8000.00"}},
		"by grade":  {"earnings:\n  base: {amount: {by grade: {甲: 1, 乙: 2}}}\n  commission: {of: collected, rate: {by grade: {甲: {mode: whole, from 1万: 1%}, 乙: {mode: whole, from 2万: 2%}}}}\n", "commission", []string{"0.00 100.00 100.00", "0.00 400.00 400.00"}},
		"other's":   {"earnings:\n  base: {amount: 1}\n  commission: {of: collected, rate: {by team.collected: {from 0: 4%, from 100万: 5%}}}\n", "commission", []string{"0.00 4000.00 4000.00", "4000.00 5000.00 5000.00"}},
		"condition": {"earnings:\n  base: {amount: 1}\n  commission: {for: role = leader and status = 正式, when: deals >= 3, of: collected, rate: {mode: whole, from 1万: 1%}}\n", "commission", []string{"0.00 100.00 100.00"}},
		"grid":      {"targets: {collected: 1万}\nearnings:\n  base: {amount: 1}\n  performance:\n    amount: 1000\n    times:\n      by attainment.collected, collection_rate:\n        from: [0%, 80%]\n        from 0%: [0, 0.5]\n        from 90%: [0.5, 1]\n", "performance", []string{"0.00 500.00 500.00", "500.00 1000.00 1000.00", "0.00 500.00 500.00", "500.00 1000.00 1000.00"}},
		"formula":   {"earnings:\n  base: {amount: 1}\n  x: {rule: bonus, of: collected - 1000, rate: {mode: whole, from 1000: 10%}}\n", "x", []string{"0.00 100.00 100.00"}},
		"score":     {"scorecards:\n  m:\n    items: {dials: {weight: 100%}}\n    grade: {from 0: D, from 60: C}\n    factor: {by grade.m: {D: 0.5, C: 1}}\nearnings:\n  base: {amount: 1}\n  x: {rule: bonus, amount: 100, times: factor.m}\n", "x", []string{"0.00 50.00 50.00", "50.00 100.00 100.00"}},
		"each row":  {"earnings:\n  base: {amount: 1000}\ndeductions:\n  late: {amount: {by minutes: {from 5: 10, from 10: 20}}, against: base}\n", "late", []string{"0.00 -10.00 -10.00", "-10.00 -20.00 -20.00"}},
		"nth":       {"earnings:\n  base: {amount: 1000}\ndeductions:\n  late: {amount: {by nth: {from 1: 0, from 3: 20}}, against: base}\n", "late", []string{"0.00 0.00 0.00", "0.00 -20.00 -40.00"}},
		"since":     {"earnings:\n  base: {amount: 1}\n  commission: {of: collected, rate: {mode: whole, from 0: {since 2026-01: 1%, since 2026-07: 2%}, from 1万: 3%}}\n", "commission", []string{"0.00 0.00 0.00", "100.00 300.00 300.00"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := benchFrom(t, head+x.plan)
			bounds := b.Bounds(b.Plan.Rule(x.rule))
			if len(bounds) != len(x.want) {
				t.Fatalf("%d bounds, want %d", len(bounds), len(x.want))
			}
			for i, at := range bounds {
				var got []string
				for _, try := range at.Tries {
					got = append(got, try.Pays.Fixed(2)+try.Why.EN)
				}
				if s := strings.Join(got, " ") + at.Why.EN; s != x.want[i] {
					t.Errorf("%s pays %s, want %s", at.Path, s, x.want[i])
				}
			}
		})
	}
}

// TestItemBounds: what an item of a scorecard scores below, at and above its bounds.
func TestItemBounds(t *testing.T) {
	b := benchFrom(t, head+"scorecards:\n  m:\n    for: role = agent\n    items:\n      intent_rate: {weight: 50%, score: {from 3%: 60, above 5%: 100}}\n      dials: {weight: 50%, score: {from 100: 50, from 200: 90}, at_least: 60}\nearnings: {base: {amount: 1}}\n")
	var got []string
	for _, x := range b.ItemBounds() {
		for _, try := range x.Tries {
			got = append(got, try.Pays.String()+try.Why.EN)
		}
		got = append(got, x.Path+";")
	}
	want := "0 60 60 scorecards.m.items.intent_rate.score.from 3%; 60 60 100 scorecards.m.items.intent_rate.score.above 5%; 0 0 0 scorecards.m.items.dials.score.from 100; 0 90 90 scorecards.m.items.dials.score.from 200;"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("scores %s\nwant %s", s, want)
	}
}

// TestBoundNobodyReaches says so instead of trying.
func TestBoundNobodyReaches(t *testing.T) {
	b := benchFrom(t, head+"earnings:\n  base: {amount: 1}\n  commission: {for: role = agent and role = leader, of: collected, rate: {mode: whole, from 1万: 1%}}\n")
	if x := b.Bounds(b.Plan.Rule("commission")); len(x) != 1 || x[0].Why.IsEmpty() || len(x[0].Tries) > 0 {
		t.Errorf("%+v", x)
	}
}

// TestGivenIsOnlyTheAgents: what is given of one person is nobody else's.
func TestGivenIsOnlyTheAgents(t *testing.T) {
	b := benchFrom(t, head+plain)
	cases, _ := b.ReadCases("plan_test.yaml", []byte("- {it: a, given: {collected: 5万}, rows: {deals: [{value: 100, agent: T2}]}, expect: {base: 3000.00}}"))
	for _, st := range b.Run(cases[0].Trial).Statements {
		want := money.MustParse("5500")
		if st.Person.ID == "T2" {
			want = money.MustParse("3000")
		}
		if st.Totals.Payable.Cmp(want) != 0 {
			t.Errorf("%s is paid %s, want %s", st.Person.ID, st.Totals.Payable, want)
		}
	}
}

// TestManyTiers: a plan of thousands of steps is reviewed in bounded time.
func TestManyTiers(t *testing.T) {
	tiers := func(rate string) string {
		var s strings.Builder
		s.WriteString(head + "earnings:\n  base: {amount: 3000}\n  commission:\n    of: collected\n    rate:\n      mode: marginal\n")
		for i := range 10000 {
			fmt.Fprintf(&s, "      from %d: %s\n", i*100, rate)
		}
		return s.String()
	}
	old, now := benchFrom(t, tiers("3%")), benchFrom(t, tiers("4%"))
	if n := len(old.Bounds(old.Plan.Rule("commission"))); n != mostBounds+1 {
		t.Errorf("%d bounds tried", n)
	}
	if n := len(old.Diff(now)[0].Lines); n != 10000 {
		t.Errorf("%d lines differ", n)
	}
	if d := old.Explain(nil); len(d.Blocks) < 10 {
		t.Error("nothing is said")
	}
}
