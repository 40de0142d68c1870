package plan

import (
	"testing"

	"telepay/internal/lang"
	"telepay/internal/rule"
)

// TestRulesPay works rules of a plan on a person's figures: rates, factors, limits, prizes.
func TestRulesPay(t *testing.T) {
	const (
		scored   = "  performance:\n    amount: 1500\n    times: {by score.monthly: {from 60: score.monthly / 100, from 90: 1, above 100: 1 + 2 * (score.monthly - 100) / 100}}\n"
		banded   = "  pay: {rule: bonus, amount: 1500, plus: {by collected: {from 8万: 500, from 15万: 1000, from 20万: 2000}}}\n"
		straight = "  prize: {rule: bonus, amount: 3000, times: {by attainment.collected: {mode: interpolated, from 80%: 0.5, from 100%: 1, from 120%: 1.6}}}\n"
		task     = "  commission: {of: collected, when: collected >= 6万, rate: {by source: {公司: 3%, 自拓: 8%}}}\n"
		points   = "  commission: {of: collected, rate: {mode: whole, from 0: 1%, above 30万: 1.5%}, plus: {by customer: {new: 0.5%, any: 0%}}}\n"
		daily    = "  daily_calls: {rule: bonus, each: workday, of: effective_calls - 160 * day_worked, per_unit: 1, at_most: {per day: 20}}\n"
		clash    = "deductions:\n  dispute: {rate: {by level: {settled: 0%, manager: 30%, leadership: 50%}}}\n"
		late     = "  full_attendance: {amount: 200}\ndeductions:\n  late:\n    where: nth > 3 and minutes <= 30\n    amount: {by minutes: {from 1: 1 * minutes, from 11: 20, from 21: 30}}\n    against: full_attendance\n"
		floor    = "  newcomer: {rule: guarantee, of: [base, commission], amount: 5000}\n  commission: {of: collected, rate: 1%}\n"
		full     = "  full_attendance: {amount: 200 - 50 * late_times, when: absent_days = 0}\n"
		capped   = "  commission: {of: collected, rate: 10%, at_most: {per deal: 500}}\n"
		rounded  = "  commission: {of: collected, rate: 0.5%, round: down}\n"
		byPerson = "  commission: {for: 技能 = 高, of: collected, rate: 1%}\n"
		dated    = "  commission: {of: collected, rate: 1%, since: 2026-10, until: 2026-10}\n"
		ended    = "  commission: {of: collected, rate: 1%, until: 2026-09}\n"
		attained = "  commission: {of: collected, rate: {by attainment.collected: {mode: marginal, from 0%: 0.4%, from 100%: 0.5%}}}\n"
		byRow    = "  commission: {of: collected, rate: 10%, times: {by product: {体验课: 0.3, any: 1}}}\n"
		perDay   = "  prize: {rule: bonus, each: deal, amount: 50, at_most: {per day: 80}}\n"
		mixed    = "  commission: {of: collected, rate: {mode: marginal, from 0: {by source: {公司: 2%, any: 4%}}, from 5万: {by source: {公司: 4%, any: 8%}}}}\n"
	)
	row := func(kv ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = kv[i+1]
		}
		return m
	}
	type rows = []map[string]string
	for _, c := range []struct {
		name, plan, rule string
		values           map[string]string
		rows             rows
		want             string
	}{
		{"score below 60", scored, "performance", row("score.monthly", "59"), nil, "0.00"}, {"score of 80", scored, "performance", row("score.monthly", "80"), nil, "1200.00"}, {"score of 89.5 lies in no hole", scored, "performance", row("score.monthly", "89.5"), nil, "1342.50"}, {"score of 95", scored, "performance", row("score.monthly", "95"), nil, "1500.00"}, {"score of 100", scored, "performance", row("score.monthly", "100"), nil, "1500.00"}, {"score of 110", scored, "performance", row("score.monthly", "110"), nil, "1800.00"},
		{"base moves with the band, below", banded, "pay", row("collected", "79999.99"), nil, "1500.00"}, {"base moves with the band, at", banded, "pay", row("collected", "80000"), nil, "2000.00"}, {"base moves with the band, top", banded, "pay", row("collected", "200000"), nil, "3500.00"},
		{"line below its foot", straight, "prize", row("attainment.collected", "79.99%"), nil, "0.00"}, {"line at 110%", straight, "prize", row("attainment.collected", "110%"), nil, "3900.00"}, {"line beyond 120%", straight, "prize", row("attainment.collected", "130%"), nil, "4800.00"}, {"line without a base", straight, "prize", row("attainment.collected", "—"), nil, "no-base"},
		{"one task for both, met", task, "commission", row("collected", "70000"), rows{row("collected", "50000", "source", "公司"), row("collected", "20000", "source", "自拓")}, "3100.00"}, {"one task for both, a fen short", task, "commission", row("collected", "59999.99"), rows{row("collected", "59999.99", "source", "自拓")}, "0.00"}, {"a source that the table lacks", task, "commission", row("collected", "70000"), rows{row("collected", "70000", "source", "转介绍")}, "lookup-missing"},
		{"new customers half a point more", points, "commission", row("collected", "400000"), rows{row("collected", "300000", "customer", "old"), row("collected", "100000", "customer", "new")}, "6500.00"},
		{"a day below the target", daily, "daily_calls", row("effective_calls", "150"), rows{row("day_worked", "1")}, "-10.00"}, {"a day far above it", daily, "daily_calls", row("effective_calls", "185"), rows{row("day_worked", "1")}, "20.00"}, {"half a day", daily, "daily_calls", row("effective_calls", "85"), rows{row("day_worked", "0.5")}, "5.00"}, {"no day", daily, "daily_calls", nil, nil, "0.00"},
		{"settled", clash, "dispute", row("base", "4000"), rows{row("level", "settled")}, "0.00"}, {"to the manager", clash, "dispute", row("base", "4000"), rows{row("level", "manager")}, "-1200.00"}, {"to the leadership", clash, "dispute", row("base", "4000"), rows{row("level", "leadership")}, "-2000.00"}, {"two of them", clash, "dispute", row("base", "4000"), rows{row("level", "manager"), row("level", "leadership")}, "-3200.00"}, {"without a base", clash, "dispute", row("base", "—"), rows{row("level", "manager")}, "no-base"},
		{"three are free", late, "late", row("earned.full_attendance", "200"), rows{row("minutes", "15", "nth", "3")}, "0.00"}, {"the fourth, 10.5 minutes", late, "late", row("earned.full_attendance", "200"), rows{row("minutes", "10.5", "nth", "4")}, "-10.50"}, {"11 minutes", late, "late", row("earned.full_attendance", "200"), rows{row("minutes", "11", "nth", "4")}, "-20.00"}, {"30 minutes", late, "late", row("earned.full_attendance", "200"), rows{row("minutes", "30", "nth", "4")}, "-30.00"}, {"31 minutes are another rule's", late, "late", row("earned.full_attendance", "200"), rows{row("minutes", "31", "nth", "4")}, "0.00"}, {"more than the bonus it comes off", late, "late", row("earned.full_attendance", "25"), rows{row("minutes", "30", "nth", "4")}, "-25.00"}, {"a bonus that was not earned", late, "late", nil, rows{row("minutes", "30", "nth", "4")}, "0.00"},
		{"topped up", floor, "newcomer", row("earned.base", "3000", "earned.commission", "1000"), nil, "1000.00"}, {"a fen short", floor, "newcomer", row("earned.base", "3000", "earned.commission", "1999.99"), nil, "0.01"}, {"reached exactly", floor, "newcomer", row("earned.base", "3000", "earned.commission", "2000"), nil, "0.00"},
		{"twice late", full, "full_attendance", row("late_times", "2"), nil, "100.00"}, {"five times late, at least 0", full, "full_attendance", row("late_times", "5"), nil, "0.00"}, {"absent", full, "full_attendance", row("absent_days", "0.5"), nil, "0.00"},
		{"a cap per deal, met exactly", capped, "commission", row("collected", "5000"), rows{row("deal", "D1", "collected", "5000")}, "500.00"}, {"a cap per deal", capped, "commission", row("collected", "9000"), rows{row("deal", "D1", "collected", "6000"), row("deal", "D2", "collected", "3000")}, "800.00"}, {"a cap on two payments of one deal", capped, "commission", row("collected", "6000"), rows{row("deal", "D1", "collected", "3000"), row("deal", "D1", "collected", "3000")}, "500.00"},
		{"cut, not rounded", rounded, "commission", row("collected", "1999.99"), nil, "9.99"},
		{"for those with a column", byPerson, "commission", row("技能", "高", "collected", "100"), nil, "1.00"}, {"not for others", byPerson, "commission", row("技能", "中", "collected", "100"), nil, "0.00"},
		{"in its only month", dated, "commission", row("collected", "100"), nil, "1.00"}, {"after its last month", ended, "commission", row("collected", "100"), nil, "0.00"},
		{"slices cut at bound × target", attained, "commission", row("collected", "1200000", "attainment.collected", "120%"), nil, "5000.00"}, {"a slice below the target", attained, "commission", row("collected", "500000", "attainment.collected", "50%"), nil, "2000.00"},
		{"a factor of each row", byRow, "commission", row("collected", "2000"), rows{row("collected", "1000", "product", "体验课"), row("collected", "1000", "product", "年卡")}, "130.00"},
		{"a cap on what a day gives", perDay, "prize", nil, rows{row("deal", "D1"), row("deal", "D2")}, "80.00"},
		{"slices shared out by the mix", mixed, "commission", row("collected", "100000"), rows{row("collected", "25000", "source", "公司"), row("collected", "75000", "source", "自拓")}, "5250.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := readPlan(t, head+"kpis: {effective_calls: {where: talk >= 90s}}\n"+scorecard+"earnings:\n  base: {amount: 4000}\n"+c.plan)
			if got := pay(p, c.rule, given{values: c.values, rows: c.rows}); got != c.want {
				t.Errorf("pays %s, want %s", got, c.want)
			}
		})
	}
}

func TestContests(t *testing.T) {
	const (
		contest = "  champion: {rule: contest, board: sales, prizes: [2000, 1000, 500]}\nrankings: {sales: {by: collected}}\n"
		each    = "  champion: {rule: contest, board: sales, prizes: [2000, 1000, 500], ties: each}\nrankings: {sales: {by: collected}}\n"
	)
	for _, c := range []struct {
		name, plan string
		place      rule.Place
		want       string
	}{
		{"first", contest, rule.Place{Place: 1, Tied: 1, Of: 9}, "2000.00"}, {"two tied first", contest, rule.Place{Place: 1, Tied: 2, Of: 9}, "1500.00"}, {"third after them", contest, rule.Place{Place: 3, Tied: 1, Of: 9}, "500.00"}, {"two tied third", contest, rule.Place{Place: 3, Tied: 2, Of: 9}, "250.00"}, {"three tied first", contest, rule.Place{Place: 1, Tied: 3, Of: 9}, "1166.67"}, {"two tied first, each the prize", each, rule.Place{Place: 1, Tied: 2, Of: 9}, "2000.00"}, {"fourth", contest, rule.Place{Place: 4, Tied: 1, Of: 9}, "0.00"}, {"not ranked", contest, rule.Place{}, "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := readPlan(t, head+"earnings:\n  base: {amount: 4000}\n"+c.plan)
			c.place.Title = lang.Same("sales")
			if got := pay(p, "champion", given{place: c.place}); got != c.want {
				t.Errorf("pays %s, want %s", got, c.want)
			}
		})
	}
}

// TestWeeks: the prizes of a month's weeks are one line, rounded once.
func TestWeeks(t *testing.T) {
	p := readPlan(t, head+"earnings:\n  base: {amount: 4000}\n  champion: {rule: contest, board: sales, prizes: [100, 50]}\nrankings: {sales: {by: deals / headcount, when: days_worked >= 3, each: week}}\n")
	third := rule.Place{Place: 1, Tied: 3, Of: 9} // (100 + 50) ÷ 3 = 50; of seconds 50 ÷ 3
	second := rule.Place{Place: 2, Tied: 3, Of: 9}
	for _, c := range []struct {
		name  string
		weeks []rule.Place
		want  string
	}{
		{"two weeks", []rule.Place{{Place: 1, Tied: 1, Of: 2}, third}, "150.00"}, {"thirds that are rounded once", []rule.Place{second, second}, "33.33"}, {"a week before the first month", []rule.Place{{Unknown: true}, {Place: 2, Tied: 1, Of: 9}}, "50.00"},
		{"behind the prizes", []rule.Place{{Place: 3, Tied: 1, Of: 9}, {}}, "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pay(p, "champion", given{place: c.weeks[0], weeks: c.weeks[1:]}); got != c.want {
				t.Errorf("pays %s, want %s", got, c.want)
			}
		})
	}
}

// TestLeaderWithoutOwnSales is the leader whose base moves with what his members collect.
func TestLeaderWithoutOwnSales(t *testing.T) {
	p := readPlan(t, head+`earnings:
  base:
    amount: 4500
    plus: {by members.collected: {from 50万: -1000, from 100万: 0}}
    times: {by members.collected: {from 0: 0.5, from 50万: 1}}
  override: {of: members.collected, rate: {mode: marginal, from 100万: 1%}}
`)
	for _, c := range []struct{ name, collected, base, override string }{
		{"1,250,000", "1250000", "4500.00", "2500.00"}, {"a yuan short of 100万", "999999", "3500.00", "0.00"}, {"480,000", "480000", "2250.00", "0.00"}, {"at 50万", "500000", "3500.00", "0.00"}, {"at 100万", "1000000", "4500.00", "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := given{values: map[string]string{"members.collected": c.collected}}
			g.days.EmployedDays, g.days.MonthDays, g.days.MonthWorkdays, g.days.EmployedWorkdays = 31, 31, 18, 18
			if base, override := pay(p, "base", g), pay(p, "override", g); base != c.base || override != c.override {
				t.Errorf("base %s and override %s, want %s and %s", base, override, c.base, c.override)
			}
		})
	}
}
