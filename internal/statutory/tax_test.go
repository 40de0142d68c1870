package statutory

import (
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/phrase"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// taxRules are the rules of tax alone in a month.
func taxRules(t *testing.T, m period.Month) *Rules {
	t.Helper()
	r, ps := For(loaded(t, nil), Settings{Tax: true}, "", m)
	for _, p := range ps {
		t.Fatal(p.Format(lang.EN))
	}
	return r
}

func withhold(t *testing.T, s State, p Payment) ([]Charge, State) {
	t.Helper()
	charges, next, ps := taxRules(t, p.Month).Tax(s, p)
	for _, x := range ps {
		t.Fatal(x.Format(lang.EN))
	}
	return charges, next
}

// months pays p in each month from p.Month to last, change changing single months,
// and returns what is withheld in each.
func months(t *testing.T, p Payment, last string, change func(*Payment)) []string {
	t.Helper()
	var s State
	var out []string
	for m := p.Month; m <= month(last); m++ {
		pay := p
		pay.Month = m
		if change != nil {
			change(&pay)
		}
		var charges []Charge
		charges, s = withhold(t, s, pay)
		out = append(out, withheld(charges).String())
	}
	return out
}

func total(amounts []string) string {
	var sum money.Decimal
	for _, a := range amounts {
		sum = sum.Add(dec(a))
	}
	return sum.String()
}

func wage(income, special, additional string) Payment {
	return Payment{By: Wage, Month: month("2026-01"), Income: dec(income), Special: dec(special), Additional: dec(additional), Hire: month("2020-03")}
}

func firstJob(p Payment) Payment {
	p.Month, p.Hire, p.FirstJob = month("2026-07"), month("2026-07"), true
	return p
}

// TestPublishedWages: examples of the tax administration, of exams and of guides.
func TestPublishedWages(t *testing.T) {
	sixty := wage("8000", "2000", "0")
	sixty.SixtyThousand = true
	fell := wage("4000", "0", "0")
	fell.SixtyThousand = true
	january := func(p *Payment) {
		if p.Month == month("2026-01") {
			p.Income = dec("10000")
		}
	}
	newcomer := firstJob(wage("10000", "2000", "0"))
	newcomer.FirstJob = false
	for _, c := range []struct {
		name   string
		p      Payment
		last   string
		change func(*Payment)
		want   string // of the first months
		year   string // empty: not published
	}{
		{"OFF-01", wage("10000", "1500", "1000"), "2026-12", nil, "75 75 75 75 75 75 75 75 75 75 75 75", "900"},
		{"OFF-02", wage("30000", "4500", "2000"), "2026-03", nil, "555 625 1850", ""},
		{"OFF-03, 60,000 rule", fell, "2026-12", january, "0 0 0 0 0 0 0 0 0 0 0 0", "0"},
		{"OFF-03, without it", wage("4000", "0", "0"), "2026-01", january, "150", ""},
		{"OFF-04, 60,000 rule", sixty, "2026-12", nil, "0 0 0 0 0 0 0 0 0 0 180 180", "360"},
		{"OFF-05, first job in July", firstJob(wage("10000", "2000", "0")), "2026-07", nil, "0", ""},
		{"OFF-05, not by the first-job rule", newcomer, "2026-09", nil, "90 90 90", ""},
		{"EX-02", wage("20000", "2000", "400"), "2026-12", nil, "378 378 504", "13320"},
		{"GD-01", wage("20000", "4480", "2000"), "2026-12", nil, "255.6 255.6 255.6 255.6 717.6", "7704"},
		{"GD-02", wage("25000", "450", "1000"), "2026-12", nil, "556.5 633.5 1855 1855", "27600"},
		{"GD-03", wage("12000", "2800", "2000"), "2026-12", nil, "66 66 66 66 66 66 66 66 66 66 66 66", "792"},
		{"rounding 171.4875", wage("10716.25", "0", "0"), "2026-01", nil, "171.49", ""},
		{"rounding 328.2975", wage("15943.25", "0", "0"), "2026-01", nil, "328.3", ""},
		{"rounding 455.7975", wage("20193.25", "0", "0"), "2026-01", nil, "455.8", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := months(t, c.p, c.last, c.change)
			if text := strings.Join(got, " "); !strings.HasPrefix(text+" ", c.want+" ") {
				t.Errorf("withheld %s, want %s", text, c.want)
			}
			if c.year != "" && total(got) != c.year {
				t.Errorf("the year's tax is %s, want %s", total(got), c.year)
			}
		})
	}
	if got := months(t, wage("20000", "2000", "400"), "2026-12", nil); got[11] != "1980" {
		t.Errorf("EX-02: December %s, want 1980", got[11])
	}
	if got := months(t, wage("15000", "0", "0"), "2026-06", nil); total(got) != "3480" || got[5] != "1000" {
		t.Errorf("GD-04: %s to June, %s in June; want 3480, 1000", total(got), got[5])
	}
}

// TestMonthsOfDeduction: the published rows of month counting, and the cases beside them.
func TestMonthsOfDeduction(t *testing.T) {
	for _, c := range []struct {
		name, hire, leave, paid string
		first, sixty            bool
		want                    string
	}{
		{"OFF-07", "2018-10", "", "2019-05", false, false, "25000"},
		{"OFF-08", "2019-02", "", "2019-05", false, false, "20000"},
		{"OFF-09, left in April, paid in May", "2018-09", "2019-04", "2019-05", false, false, "20000"},
		{"paid in the month of leaving", "2025-09", "2026-05", "2026-05", false, false, "25000"},
		{"paid half a year after leaving", "2025-09", "2026-01", "2026-07", false, false, "5000"},
		{"left last year, paid this year", "2025-09", "2025-12", "2026-01", false, false, "0"},
		{"hired this month", "2026-05", "", "2026-05", false, false, "5000"},
		{"first job in July", "2026-07", "", "2026-07", true, false, "35000"},
		{"first job in January", "2026-01", "", "2026-01", true, false, "5000"},
		{"first job, the year after", "2025-07", "", "2026-02", true, false, "10000"},
		{"first job, left in September, paid in October", "2026-07", "2026-09", "2026-10", true, false, "45000"},
		{"EX-01, 60,000 rule in March", "2020-01", "", "2026-03", false, true, "60000"},
		{"60,000 rule in December", "2020-01", "", "2026-12", false, true, "60000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Payment{By: Wage, Month: month(c.paid), Income: dec("10000"), Hire: month(c.hire), FirstJob: c.first, SixtyThousand: c.sixty}
			if c.leave != "" {
				p.Leave = month(c.leave)
			}
			charges, _ := withhold(t, State{}, p)
			if got := charges[0].Basic; got.String() != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestPublishedBonuses: separately taxed bonuses, at and beside the cliffs.
func TestPublishedBonuses(t *testing.T) {
	for _, c := range []struct {
		bonus, want string
		cliff       bool
	}{
		{"37000", "3490", true}, {"60000", "5790", false}, {"36000", "1080", false}, {"36012", "3391.2", true}, {"144000", "14190", false}, {"144001", "27390.2", true},
		{"38566.66", "3646.67", true}, {"38566.67", "3646.67", false}, {"20000", "600", false}, {"300000", "58590", false}, {"300001", "72340.25", true}, {"960000", "328840", false}, {"960001", "416840.45", true},
	} {
		p := Payment{By: Wage, Month: month("2026-01"), Bonus: dec(c.bonus), Hire: month("2020-01")}
		charges, s := withhold(t, State{}, p)
		if len(charges) != 2 || charges[0].Rule != "tax_bonus" || charges[0].Amount.String() != c.want || charges[1].Amount.Sign() != 0 || !s.Bonus || !s.Withheld.IsZero() {
			t.Errorf("%s: %+v, want %s", c.bonus, charges, c.want)
		}
		if got := len(charges[0].Notes) > 0; got != c.cliff {
			t.Errorf("%s: warned of the cliff: %v, want %v", c.bonus, got, c.cliff)
		}
	}
	// BON-08: January 8,000, additional 1,000, bonus 20,000: 60 + 600
	p := wage("8000", "0", "1000")
	p.Bonus = dec("20000")
	charges, s := withhold(t, State{}, p)
	if charges[0].Amount.String() != "600" || charges[1].Amount.String() != "60" || withheld(charges).String() != "660" || s.Income.String() != "8000" {
		t.Errorf("BON-08: %+v", charges)
	}
}

// TestSecondBonus: one bonus a year is taxed apart, the next is income; the year after it is apart again.
func TestSecondBonus(t *testing.T) {
	p := wage("8000", "0", "0")
	p.Bonus = dec("20000")
	_, s := withhold(t, State{}, p)
	p.Month = month("2026-02")
	charges, s := withhold(t, s, p) // (8,000 + 8,000 + 20,000 − 10,000) × 3% − 90
	if len(charges) != 1 || charges[0].Amount.String() != "690" || s.Income.String() != "36000" || len(charges[0].Notes) != 1 {
		t.Errorf("the second bonus: %+v", charges)
	}
	p.Month = month("2027-01")
	if charges, _ = withhold(t, s, p); len(charges) != 2 || withheld(charges).String() != "690" {
		t.Errorf("the next year's bonus: %+v", charges)
	}
}

// TestMerged: the employee may choose to have the bonus merged; it is then simply income.
func TestMerged(t *testing.T) {
	p := wage("8000", "0", "1000")
	p.Income = p.Income.Add(dec("20000")) // (28,000 − 5,000 − 1,000) × 3%
	if charges, s := withhold(t, State{}, p); len(charges) != 1 || charges[0].Amount.String() != "660" || s.Bonus {
		t.Errorf("merged: %+v", charges)
	}
}

// TestPublishedLabour: labour remuneration by payment, at each edge; interns and platform workers cumulatively.
func TestPublishedLabour(t *testing.T) {
	for _, c := range []struct{ name, by, income, want string }{
		{"LAB-01", Labour, "2000", "240"}, {"LAB-02", Labour, "40000", "7600"}, {"LAB-03, intern by payment", Labour, "3000", "440"}, {"LAB-05, intern cumulative", Student, "3000", "0"},
		{"under the cost", Labour, "700", "0"}, {"at the cost", Labour, "800", "0"}, {"at 4,000", Labour, "4000", "640"}, {"above 4,000", Labour, "4000.01", "640"}, {"at 20,000 taxable", Labour, "25000", "4000"}, {"at 50,000 taxable", Labour, "62500", "13000"}, {"above", Labour, "100000", "25000"},
		{"nothing", Labour, "0", "0"}, {"a taking back", Labour, "-500", "0"}, {"platform, first month", Platform, "10000", "90"}, {"not taxed here", Untaxed, "100000", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			charges, s := withhold(t, State{}, Payment{By: c.by, Month: month("2026-03"), Income: dec(c.income), Hire: month("2026-03")})
			if c.want == "" {
				if len(charges) != 0 {
					t.Errorf("got %+v", charges)
				}
				return
			}
			if len(charges) != 1 || charges[0].Amount.String() != c.want {
				t.Errorf("got %+v, want %s", charges, c.want)
			}
			if c.by == Labour && (s.Month != 0 || !s.Income.IsZero()) {
				t.Errorf("labour by payment leaves a state: %+v", s)
			}
		})
	}
}

// TestPlatform: months count while they are unbroken, income over the year.
func TestPlatform(t *testing.T) {
	var s State
	pay := func(m, income string) Charge {
		t.Helper()
		charges, next := withhold(t, s, Payment{By: Platform, Month: month(m), Income: dec(income)})
		s = next
		if len(charges) == 0 {
			return Charge{}
		}
		return charges[0]
	}
	if c := pay("2026-01", "10000"); c.Amount.String() != "90" || c.Months != 1 { // (8,000 − 5,000) × 3%
		t.Errorf("January %+v", c)
	}
	if c := pay("2026-01", "1000"); c.Amount.String() != "24" || c.Months != 1 { // two payments of a month: (8,800 − 5,000) × 3% − 90
		t.Errorf("January again %+v", c)
	}
	if c := pay("2026-02", "9000"); c.Amount.String() != "66" || c.Months != 2 { // (16,000 − 10,000) × 3% − 114
		t.Errorf("February %+v", c)
	}
	if c := pay("2026-03", "0"); c.Title.EN != "" || s.Months != 2 {
		t.Errorf("a month without pay is no payment: %+v", c)
	}
	if c := pay("2026-04", "5000"); c.Amount.String() != "270" || c.Months != 1 || len(c.Notes) != 1 { // (20,000 − 5,000) × 3% − 180
		t.Errorf("April after a gap %+v", c)
	}
	if c := pay("2027-01", "5000"); c.Amount.Sign() != 0 || c.Months != 1 || len(c.Notes) != 0 {
		t.Errorf("a new year %+v", c)
	}
}

// TestYearTurns: December's performance paid in January begins the next year, and
// what an earlier way of being taxed came to does not enter.
func TestYearTurns(t *testing.T) {
	p := wage("30000", "0", "0")
	p.Month = month("2025-12")
	_, s := withhold(t, State{}, p)
	p.Month = month("2026-01")
	charges, s := withhold(t, s, p) // (30,000 − 5,000) × 3%
	if charges[0].Amount.String() != "750" || charges[0].Months != 1 || s.Income.String() != "30000" || s.Withheld.String() != "750" {
		t.Errorf("January: %+v, %+v", charges, s)
	}
	intern := Payment{By: Student, Month: month("2026-02"), Income: dec("10000"), Hire: month("2026-02")}
	_, s = withhold(t, State{}, intern)
	p.Month, p.Hire = month("2026-03"), month("2026-03")
	if charges, s = withhold(t, s, p); charges[0].Taxable.String() != "25000" || s.By != Wage {
		t.Errorf("hired after the internship: %+v, %+v", charges, s)
	}
}

// TestBelowZero: what was withheld too much is not given back inside the year, and is not forgotten.
func TestBelowZero(t *testing.T) {
	got := months(t, wage("8000", "0", "0"), "2026-04", func(p *Payment) {
		switch p.Month {
		case month("2026-02"):
			p.Income = dec("-3000") // a reversal
		case month("2026-04"):
			p.Income = dec("20000")
		}
	})
	// to date: 3,000 90 · −5,000 0 · −2,000 0 · 13,000 390, of which 90 is withheld
	if strings.Join(got, " ") != "90 0 0 300" {
		t.Errorf("withheld %v", got)
	}
}

// TestAdditionalToDate: the tax client's figure of the year takes the place of what was added up.
func TestAdditionalToDate(t *testing.T) {
	p := wage("10000", "0", "1000")
	_, s := withhold(t, State{}, p)
	p.Month, p.AdditionalToDate = month("2026-02"), ptr("5000") // (20,000 − 10,000 − 5,000) × 3% − 120
	if charges, s := withhold(t, s, p); charges[0].Amount.String() != "30" || s.Additional.String() != "5000" {
		t.Errorf("%+v, %+v", charges, s)
	}
}

// TestRestOfTheFormula: exempt income, other deductions and relief each come off where they should.
func TestRestOfTheFormula(t *testing.T) {
	p := wage("20000", "2000", "1000")
	p.Exempt, p.Other, p.Relief = dec("500"), dec("300"), dec("100") // (20,000 − 500 − 5,000 − 2,000 − 1,000 − 300) × 3% − 100
	if charges, _ := withhold(t, State{}, p); charges[0].Amount.String() != "236" || charges[0].Taxable.String() != "11200" {
		t.Errorf("%+v", charges)
	}
}

// TestSeverance: three times the local average wage is free; the rest is taxed by itself.
func TestSeverance(t *testing.T) {
	for _, c := range []struct{ severance, want string }{{"300000", "0"}, {"300000.01", "0"}, {"340000", "1480"}, {"250000", "0"}} {
		p := Payment{By: Wage, Month: month("2026-03"), Hire: month("2020-01"), Severance: dec(c.severance), AverageWage: dec("100000")}
		charges, s := withhold(t, State{}, p)
		if charges[0].Rule != "tax_severance" || charges[0].Amount.String() != c.want || !s.Income.IsZero() {
			t.Errorf("%s: %+v, want %s", c.severance, charges[0], c.want)
		}
	}
}

// TestTaxDataThatStop: what contradicts itself, or is not in force any more, stops the person.
func TestTaxDataThatStop(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Payment
		want string // empty: taken
	}{
		{"60,000 rule, there since January of last year", Payment{Hire: month("2025-01"), SixtyThousand: true}, ""},
		{"60,000 rule, hired in February of last year", Payment{Hire: month("2025-02"), SixtyThousand: true}, "roster.csv:3: error[tax-data]: found sixty_thousand: yes, hired 2025-02; want somebody employed since 2025-01"},
		{"severance without the average wage", Payment{Hire: month("2020-01"), Severance: dec("1")}, "error[tax-data]: found severance of 1 without the local average wage of last year"},
	} {
		c.p.By, c.p.Month, c.p.Income, c.p.At = Wage, month("2026-03"), dec("5000"), diag.Pos{File: "roster.csv", Line: 3}
		_, _, ps := taxRules(t, c.p.Month).Tax(State{}, c.p)
		if (len(ps) > 0) != (c.want != "") || len(ps) > 0 && (!strings.HasPrefix(ps[0].Format(lang.EN)[len("roster.csv:3: "):], strings.TrimPrefix(c.want, "roster.csv:3: ")) || ps[0].Reach != diag.Person) {
			t.Errorf("%s: %v", c.name, ps)
		}
	}
	bonus := Payment{By: Wage, Month: month("2028-01"), Bonus: dec("20000"), Hire: month("2020-01")}
	if _, _, ps := taxRules(t, bonus.Month).Tax(State{}, bonus); len(ps) != 1 || !strings.Contains(ps[0].Format(lang.EN), "found bonus only 2019-01 to 2027-12, not 2028-01") {
		t.Errorf("a bonus after the end of its rule: %v", ps)
	}
	early := Payment{By: Platform, Month: month("2025-09"), Income: dec("1")}
	if _, _, ps := taxRules(t, early.Month).Tax(State{}, early); len(ps) != 1 || ps[0].Code != "law-missing" {
		t.Errorf("platform work before its rule: %v", ps)
	}
	if _, ps := For(loaded(t, nil), Settings{Tax: true}, "", month("2018-12")); len(ps) != 1 || ps[0].Code != "law-missing" {
		t.Errorf("wages before the cumulative method: %v", ps)
	}
}

// TestPaymentsInTheirOrder: at, before and after the month that the state has come to.
func TestPaymentsInTheirOrder(t *testing.T) {
	p := wage("5000", "0", "0")
	for state, want := range map[string]string{"2025-12": "", "2026-01": "", "2026-02": "error[tax-data]: found a tax year that has come to 2026-02, and a payment in 2026-01"} {
		_, _, ps := taxRules(t, p.Month).Tax(State{Month: month(state)}, p)
		if (len(ps) > 0) != (want != "") || len(ps) > 0 && !strings.Contains(ps[0].Format(lang.EN), want) {
			t.Errorf("a state of %s: %v", state, ps)
		}
	}
}

func TestTaxExplainsItself(t *testing.T) {
	p := wage("30000", "4500", "2000")
	_, s := withhold(t, State{}, p)
	p.Month = month("2026-02")
	charges, _ := withhold(t, s, p)
	l := charges[0].Line(month("2026-01"), month("2026-02"))
	want := "income of the year 30,000.00 + 30,000.00 = 60,000.00; deduction 5,000.00 × 2 months (2026-01 to 2026-02) = 10,000.00; " +
		"taxable to date 60,000.00 − deduction 10,000.00 − insurance and fund 9,000.00 − additional deductions 4,000.00 = 37,000.00; tax 37,000.00 × 10% − quick deduction 2,520.00 = 1,180.00; tax 1,180.00 − withheld 555.00: now 625.00"
	if got := phrase.Steps(l.Steps, lang.EN); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if l.Amount.String() != "-625" || l.Kind != statement.Withholding || l.Stage != statement.Statutory || l.PlanPath != "statutory.tax" || !strings.Contains(l.Ground.ZH, "2018年第61号") {
		t.Errorf("line %+v", l)
	}
	platform, _ := withhold(t, State{}, Payment{By: Platform, Month: month("2026-03"), Income: dec("10000")})
	if got := phrase.Steps(platform[0].Steps, lang.ZH); !strings.Contains(got, "费用 10,000.00 × 20% = 2,000.00") || !strings.Contains(platform[0].Article.ZH, "2025年第16号") {
		t.Errorf("got %s", got)
	}
	job, _ := withhold(t, State{}, firstJob(wage("10000", "2000", "0")))
	if got := phrase.Steps(job[0].Steps, lang.EN); !strings.Contains(got, "deduction 5,000.00 × 7 months (2026-01 to 2026-07) = 35,000.00, STA announcement 2020 No. 13, item 1") {
		t.Errorf("got %s", got)
	}
}

// withheld is the sum of charges.
func withheld(charges []Charge) money.Decimal {
	var sum money.Decimal
	for _, c := range charges {
		sum = sum.Add(c.Amount)
	}
	return sum
}
