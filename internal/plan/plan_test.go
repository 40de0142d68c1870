package plan

import (
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/period"
)

func TestRefused(t *testing.T) {
	const base = "earnings:\n  base: {amount: 4000}\n"
	for _, c := range []struct{ name, text, codes string }{
		{"nothing but a name", "plan: x\n", "missing-key approval-missing missing-key"}, {"a list", "- a\n", "shape missing-key missing-key approval-missing missing-key"},
		{"an unknown section", head + base + "earning: {}\n", "unknown-key"}, {"a month", strings.Replace(head, "2026-01", "January", 1) + base, "month missing-key"}, {"no approval", "plan: x\nsince: 2026-01\n" + base, "approval-missing"},
		{"a bare rate", head + base + "  commission: {of: collected, rate: 5}\n", "rate-unit"}, {"a percentage as money", head + "earnings:\n  base: {amount: 30%}\n", "amount-unit"}, {"a misspelt key", head + base + "  commission: {of: collected, rate: 5%, tmes: 2}\n", "unknown-key"},
		{"no of", head + base + "  commission: {rate: 5%}\n", "missing-key"}, {"no rate", head + base + "  commission: {of: collected}\n", "missing-key"}, {"rate and per unit", head + base + "  commission: {of: deals, rate: 5%, per_unit: 5}\n", "missing-key"}, {"of a condition", head + base + "  commission: {of: quarter_ends, rate: 5%}\n", "kinds"},
		{"an unknown kind", head + base + "  prize: {amount: 5}\n", "unknown-rule"}, {"a kind that is misspelt", head + base + "  prize: {rule: bonsu, amount: 5}\n", "unknown-rule"}, {"a rule that is no group", head + base + "  commission: 5%\n", "shape"}, {"a name in both sections", head + base + "  late: {rule: bonus, amount: 5}\ndeductions:\n  late: {amount: 5, class: discipline}\n", "name-twice"},
		{"a month's figure for a row", head + base + "  commission: {of: collected, where: collected >= 6万, rate: 5%}\n", "scope"}, {"a month's figure where", head + base + "  commission: {of: collected, where: deals >= 6, rate: 5%}\n", "scope"}, {"a month's figure for", head + base + "  commission: {for: collected >= 6万, of: collected, rate: 5%}\n", "scope"}, {"where without each", head + base + "  prize: {rule: bonus, amount: 5, where: deal = D1}\n", "scope"},
		{"an unknown measure", head + base + "  commission: {of: colected, rate: 5%}\n", "unknown-measure"}, {"a number as when", head + base + "  commission: {of: collected, when: deals, rate: 5%}\n", "kinds"}, {"until before since", head + base + "  prize: {rule: bonus, since: 2026-09, until: 2026-06, amount: 5}\n", "since-order"}, {"each of rows that a KPI counts", head + base + "  prize: {rule: bonus, each: payment, amount: 5}\n", "unknown-word"}, {"each of a word misspelt", head + base + "  prize: {rule: bonus, each: worksday, amount: 5}\n", "unknown-word"}, {"a board that is not there", head + base + "  prize: {rule: contest, board: sales, prizes: [5]}\n", "unknown-word"}, {"prizes with %", head + base + "  prize: {rule: contest, board: s, prizes: [5%]}\nrankings: {s: {by: deals}}\n", "amount-unit"}, {"no prizes", head + base + "  prize: {rule: contest, board: s, prizes: 5}\nrankings: {s: {by: deals}}\n", "shape"},
		{"pay day", head + base + "  commission: {of: collected, rate: 5%, pay: next month}\n", "pay"}, {"the 32nd", head + base + "  commission: {of: collected, rate: 5%, pay: +1 month on 32}\n", "pay"},
		{"late charged twice", head + base + "  full_attendance: {amount: 200 - 50 * late_times}\ndeductions:\n  late: {amount: 10, against: full_attendance}\n", "charged-twice"}, {"no class", head + base + "deductions:\n  fine: {rule: penalty, amount: 5}\n", "missing-key"}, {"recovery", head + base + "deductions:\n  fine: {rule: penalty, class: recovery, amount: 5}\n", "class"}, {"a rate of nothing", head + base + "deductions:\n  fine: {rule: penalty, class: discipline, rate: 5%}\n", "missing-key"},
		{"off a rule that is not there", head + base + "deductions:\n  late: {amount: 5, against: bonus}\n", "unknown-rule"}, {"earned of a rule that is not there", head + base + "  a: {rule: bonus, amount: earned.b}\n", "unknown-measure"}, {"a circle", head + base + "  a: {rule: bonus, amount: earned.b}\n  b: {rule: bonus, amount: earned.a}\n", "circle"}, {"of a later stage", head + base + "  a: {rule: bonus, amount: earned.base}\n", "reads-later"}, {"a guarantee of one word", head + base + "  g: {rule: guarantee, of: base, amount: 5}\n", "shape"},
		{"effective talk without its seconds", head + base + "  t: {rule: bonus, of: effective_talk / 60s, per_unit: 1}\n", "plan-writes"}, {"close rate that pays", head + base + "  t: {rule: bonus, amount: 5, when: close_rate > 8%}\n", "plan-writes"},
		{"another month's money", head + base + "  commission: {of: last_month.collected, rate: 5%}\n", "span-rated"}, {"distinct over months", head + base + "  t: {rule: bonus, amount: 5, when: quarter_to_date.connected_customers > 5}\n", "distinct-span"},
		{"weights", head + base + "scorecards: {m: {items: {dials: {weight: 60%}, deals: {weight: 30%}}}}\n", "weights"}, {"a weight without %", head + base + "scorecards: {m: {items: {dials: {weight: 1}}}}\n", "rate-unit"}, {"no items", head + base + "scorecards: {m: {title: x}}\n", "missing-key"}, {"an item that is no KPI", head + base + "scorecards: {m: {items: {dial: {weight: 100%}}}}\n", "unknown-measure weights"},
		{"a target of no KPI", head + base + "targets: {dail: 5}\n", "unknown-measure"}, {"per week", head + base + "targets: {dials: {per week: 5}}\n", "unknown-key"}, {"a target of a rate", head + base + "targets: {close_rate: 8}\n", "rate-unit"}, {"a target of a time", head + base + "targets: {talk: 120}\n", "units"},
		{"no by", head + base + "rankings: {s: {of: agents}}\n", "missing-key"}, {"ranked animals", head + base + "rankings: {s: {of: cats, by: deals}}\n", "unknown-word"}, {"discipline", head + base + "protections: {discipline: yes}\n", "unknown-word"},
		{"a board of days", head + base + "rankings: {b: {by: deals, each: day}}\n", "unknown-word"}, {"a week by a target", head + base + "targets: {deals: 5}\nrankings: {b: {by: attainment.deals, each: week}}\n", "unknown-measure"}, {"a week by another month", head + base + "rankings: {b: {by: last_month.collected, each: week}}\n", "unknown-measure"}, {"a week by a KPI of months", head + base + "rankings: {b: {by: growth, each: week}}\n", "unknown-measure"}, {"a week by somebody's column", head + base + "rankings: {b: {by: deals, when: grade = x, each: week}}\n", "unknown-measure"},
		{"a week by different customers", head + base + "rankings: {b: {by: dials, then: [connected_customers], each: week}}\n", "distinct-span"}, {"a week by a rate over them", head + base + "rankings: {b: {by: intent_rate, each: week}}\n", "distinct-span"}, {"the one place of many weeks", head + base + "  prize: {rule: bonus, amount: 5, when: place.b = 1}\nrankings: {b: {by: deals, each: week}}\n", "unknown-measure"},
		{"a KPI of nothing", head + base + "kpis: {x: {title: x}}\n", "missing-key"}, {"a KPI of unknown rows", head + base + "kpis: {x: {count: cals}}\n", "unknown-word"}, {"a KPI of an unknown field", head + base + "kpis: {x: {of: calls, sum: tlak}}\n", "unknown-measure"}, {"a KPI that leads back", head + base + "kpis: {x: {formula: y + 1}, y: {formula: x + 1}}\n", "circle"}, {"a condition that calls cannot answer", head + base + "kpis: {x: {count: calls, where: talk > 0.5s}}\n", "query"}, {"a formula that is no number", head + base + "kpis: {x: {formula: deals > 1}}\n", "kinds"},
		{"shift", head + base + "attendance: {shift: 9-18}\n", "clock"}, {"a shift of no length", head + base + "attendance: {shift: 09:00-09:00}\n", "clock"}, {"several shifts and none for other days", head + base + "attendance: {shift: {晚班: 12:00-21:00}}\n", "missing-key"}, {"free without its unit", head + base + "attendance: {free: 5}\n", "units"}, {"leave without %", head + base + "attendance: {leave: {病假: 60}}\n", "rate-unit"}, {"leave above 100%", head + base + "attendance: {leave: {病假: 160%}}\n", "rate-unit"},
		{"owner without seller", head + base + "crediting: {owner: [ruling]}\n", "owner-last"}, {"an owner that is not known", head + base + "crediting: {owner: [luck, seller]}\n", "unknown-word"}, {"basis", head + base + "crediting: {basis: cash}\n", "unknown-word"}, {"referral", head + base + "crediting: {referral: {lasts: a year}}\n", "lasts"}, {"within", head + base + "crediting: {dispute: {within: soon}}\n", "lasts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Read("plan.yaml", []byte(c.text), Context{})
			if got := codes(ps); got != c.codes {
				t.Errorf("got %q, want %q", got, c.codes)
				for _, p := range ps {
					t.Log(p.Format(lang.ZH))
				}
			}
		})
	}
}

// TestCircles: a circle is told once, with all who are in it, and nothing that
// follows from it; what is wrong beside it is told too.
func TestCircles(t *testing.T) {
	const base = head + "earnings:\n  base: {amount: 4000}\n"
	for _, c := range []struct{ name, text, codes, way string }{
		{"three KPIs, one before them, one beside", base + "kpis: {a: {formula: b + 1}, b: {formula: c + 1}, c: {formula: a + 1}, Z: {formula: a + 5%}, q: {formula: colected}}\n", "circle unknown-measure", "a → b → c → a"},
		{"a KPI and a shipped one", base + "kpis: {dials: {formula: connect_rate * 2}}\n", "circle", "dials → connect_rate → dials"},
		{"a KPI of itself, that pays", base + "  prize: {rule: bonus, amount: 5, when: a >= 5%}\nkpis: {a: {formula: a + 1}}\n", "circle", "a → a"},
		{"three rules", base + "  a: {rule: bonus, amount: earned.b}\n  b: {rule: bonus, amount: earned.c}\n  c: {rule: bonus, amount: earned.a}\n", "circle", "earnings.a → earnings.b → earnings.c → earnings.a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Read("plan.yaml", []byte(c.text), Context{})
			if got := codes(ps); got != c.codes {
				t.Errorf("got %q, want %q", got, c.codes)
			}
			for _, p := range ps {
				if said := p.Format(lang.EN); p.Code == "circle" && !strings.Contains(said, ": "+c.way+";") {
					t.Errorf("%s\nwant the circle %s", said, c.way)
				}
			}
		})
	}
}

// TestMendsByTitle: who writes what stands on paper is told the name behind it.
func TestMendsByTitle(t *testing.T) {
	const base = head + "earnings:\n  base: {amount: 4000}\n"
	for _, c := range []struct{ name, text, mend string }{
		{"a measure", base + "  commission: {of: 回款, rate: 5%}\n", "collected"}, {"in English", base + "  commission: {of: collected, rate: 5%, when: Dials > 5}\n", "dials"}, {"a kind", base + "  提成: {of: collected, rate: 5%}\n", "rule: commission"}, {"a shipped rule", base + "  x: {rule: 全勤奖, amount: 5}\n", "rule: full_attendance"},
		{"a prize each week", base + "  prize: {rule: bonus, amount: 5, each: week}\n", "rankings: {BOARD: {each: week, by: …}}, then rule: contest with board"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, ps := Read("plan.yaml", []byte(c.text), Context{}); len(ps) != 1 || ps[0].Mend.EN != c.mend {
				t.Errorf("got %+v, want the mend %s", ps, c.mend)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	p := readPlan(t, head+`earnings:
  guarantee: {of: [base, commission], amount: 5000}
  base: {amount: 4000}
  second: {rule: bonus, amount: earned.first / 2}
  first: {rule: bonus, amount: earned.commission / 2}
  commission: {of: collected, rate: 5%}
deductions:
  fine: {rule: penalty, class: discipline, amount: 5}
  absence: {rate: 100%}
  off: {rule: penalty, amount: 5, against: first}
`)
	var names []string
	for _, r := range p.Ordered {
		names = append(names, r.Name)
	}
	if got, want := strings.Join(names, " "), "commission first second base absence guarantee off fine"; got != want {
		t.Errorf("computed in the order %s, want %s", got, want)
	}
}

func TestCovers(t *testing.T) {
	p := readPlan(t, "plan: x\nsince: 2026-03\nuntil: 2026-05\napproval: {discussed: 2025-12-01, announced: 2025-12-02, signed: 2025-12-30}\nearnings: {base: {amount: 1}}\n")
	for month, in := range map[string]bool{"2026-02": false, "2026-03": true, "2026-05": true, "2026-06": false} {
		if p.Covers(period.MustMonth(month)) != in {
			t.Errorf("the plan holds in %s: %v", month, !in)
		}
	}
}

func TestNeeds(t *testing.T) {
	for _, c := range []struct{ name, rules, want string }{
		{"base only", "base: {amount: 1}", ""}, {"collected", "commission: {of: collected, rate: 1%}", "deals payments"}, {"calls", "prize: {rule: bonus, amount: 1, when: dials > 1}", "calls"}, {"attendance", "full_attendance: {amount: 1, when: absent_days = 0}", "attendance"}, {"a rate of both", "prize: {rule: bonus, amount: 1, when: connect_rate > 1% and deals > 1}", "calls deals"},
	} {
		t.Run(c.name, func(t *testing.T) {
			needs := readPlan(t, head+"earnings: {"+c.rules+"}\n").Needs()
			var got []string
			for _, k := range []string{"attendance", "calls", "deals", "payments"} {
				if needs[k] {
					got = append(got, k)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("needs %v, want %s", got, c.want)
			}
		})
	}
}

// FuzzRead: no bytes make the reader of plans panic, and a plan is there or a problem is.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "earnings:\n  base: {amount: {by grade: {a: 1}}}\n"))
	f.Add([]byte(head + "earnings:\n  c: {rule: commission, of: collected, rate: {mode: {from 0: whole, above 5: marginal}, from 0: 3%}}\nrankings: {s: {by: deals, then: [x]}}\n"))
	f.Add([]byte(head + "kpis: {x: {of: deals, count: deals, match: {calls: customer, within: 7d}}}\nscorecards: {m: {items: {x: {weight: 100%, score: {from 0: 1}}}}}\nearnings: {}\n"))
	f.Add([]byte("earnings:\n  base:\n    amount:\n      by a, b:\n        from: [1]\n        from 0: [1]\n"))
	f.Add([]byte("earnings:\n  a: {rule: bonus, at_most: {}, amount: {}, times: {by: 1}, plus: {since: 1}}\n  b: {rule: contest, board: {}, prizes: [[1]]}\n  c: {rule: guarantee, of: [[a]], amount: []}\n  d: {rule: {}}\n  e: {rule: base, amount: {by grade, team: {}}}\n"))
	f.Add([]byte("kpis: []\ntargets: []\nscorecards: x\ncrediting: [a]\nearnings: {a: {at_most: {}, prizes: [[1]], of: {}}}\ndeductions: {b: }\nrankings: {c: }\nattendance: {leave: [a]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, ps := Read("plan.yaml", data, Context{})
		if p == nil && len(ps) == 0 {
			t.Error("neither a plan nor a problem")
		}
		for _, x := range ps {
			if x.Format(lang.ZH) == "" || x.Code == "" {
				t.Errorf("a problem without words: %+v", x)
			}
		}
	})
}
