package penalties

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// claim is a deduction as a test writes it: what it takes, and its class.
type claim struct {
	amount string
	class  statement.Class
}

// pass sends claims through the guard and writes "applied/carried" for each, oldest first.
func pass(g Guard, old, now []claim) (string, []Debt) {
	var debts []Debt
	for i, c := range old {
		debts = append(debts, Debt{Rule: "old", Class: c.class, Month: period.MustMonth("2026-01").Add(i), Amount: money.MustParse(c.amount)})
	}
	var lines []*statement.Line
	for _, c := range now {
		lines = append(lines, &statement.Line{Rule: "now", Class: c.class, FactMonth: g.Month, Nominal: money.MustParse(c.amount).Neg()})
	}
	_, left, sum := g.Pass(claims(debts, lines))
	var out []string
	if sum != nil {
		for _, r := range sum.Rows {
			out = append(out, r.Applied.String()+"/"+r.Carried.String())
		}
	}
	return strings.Join(out, " "), left
}

func claims(debts []Debt, lines []*statement.Line) []Claim {
	var out []Claim
	for i := range debts {
		out = append(out, Claim{Debt: &debts[i]})
	}
	for _, l := range lines {
		out = append(out, Claim{Line: l})
	}
	return out
}

// national is the law of the whole country, with another share for all classes.
func national(t testing.TB, share string) law.Profile {
	t.Helper()
	l, ps := law.Load(map[string][]byte{"jurisdictions.yaml": []byte(strings.ReplaceAll(testLaw, "SHARE", share))})
	for _, p := range ps {
		t.Fatal(p.Format(lang.EN))
	}
	p, ok := l.Jurisdiction("CN", period.MustMonth("2026-10"))
	if !ok {
		t.Fatal("no law")
	}
	return p
}

const testLaw = `CN:
  title: {zh: 全国, en: national}
  since 1995-01:
    loss: {treat: cap, percent: SHARE, leaves: minimum_wage, article: {zh: 甲, en: A}, source: s, confidence: high}
    discipline: {treat: report_only, percent: SHARE, leaves: minimum_wage, article: {zh: 乙, en: B}, source: s, confidence: high}
    recovery: {treat: cap, percent: SHARE, leaves: minimum_wage, article: {zh: 丙, en: C}, source: s, confidence: high}
`

func TestGuard(t *testing.T) {
	fifth := national(t, "20%")
	guard := func(wage, minimum string, apply bool) Guard {
		choice := map[statement.Class]string{statement.Discipline: "report_only"}
		if apply {
			choice[statement.Discipline] = "apply"
		}
		return Guard{Profile: fifth, Choice: choice, Wage: money.MustParse(wage), Minimum: money.MustParse(minimum), Month: period.MustMonth("2026-10")}
	}
	discipline, loss := statement.Discipline, statement.Loss
	for _, c := range []struct {
		name     string
		g        Guard
		old, now []claim
		want     string
	}{
		{"30% of 4,000 on 8,000", guard("8000", "2270", true), nil, []claim{{"1200", discipline}}, "1200/0"},
		{"50% of 4,000 on 8,000", guard("8000", "2270", true), nil, []claim{{"2000", discipline}}, "1600/400"},
		{"400 carried, 1,000 of loss, 1,200 of a clash", guard("8000", "2270", true), []claim{{"400", discipline}}, []claim{{"1000", loss}, {"1200", discipline}}, "400/0 1000/0 200/1000"},
		{"the limit exactly", guard("8000", "2270", true), nil, []claim{{"1600", discipline}}, "1600/0"}, {"a fen above it", guard("8000", "2270", true), nil, []claim{{"1600.01", discipline}}, "1600/0.01"},
		{"rounded down to the fen", guard("8000.04", "2270", true), nil, []claim{{"5000", loss}}, "1600/3400"},
		{"the minimum wage is the nearer limit", guard("2500", "2270", true), nil, []claim{{"500", loss}}, "230/270"}, {"at the minimum", guard("2270", "2270", true), nil, []claim{{"500", loss}}, "0/500"}, {"below the minimum", guard("1000", "2270", true), nil, []claim{{"500", loss}}, "0/500"}, {"no minimum known", guard("1000", "0", true), nil, []claim{{"500", loss}}, "200/300"}, {"no wage", guard("0", "0", true), nil, []claim{{"500", loss}}, "0/500"}, {"a negative month", guard("-50", "0", true), nil, []claim{{"500", loss}}, "0/500"},
		{"discipline without a ground is shown only", guard("8000", "2270", false), nil, []claim{{"1200", discipline}, {"300", loss}}, "0/0 300/0"},
		{"older before newer", guard("1000", "0", true), []claim{{"150", loss}, {"150", loss}}, []claim{{"10", loss}}, "150/0 50/100 0/10"},
		{"nothing", guard("8000", "2270", true), nil, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := pass(c.g, c.old, c.now); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestDebtsRunOut: 5,000 over months of 8,000 is recovered 1,600, 1,600, 1,600, 200.
func TestDebtsRunOut(t *testing.T) {
	g := Guard{Profile: national(t, "20%"), Wage: money.Int(8000), Month: period.MustMonth("2026-10")}
	debts := []Debt{{Class: statement.Loss, Month: period.MustMonth("2026-09"), Amount: money.Int(5000)}}
	var took []string
	for range 5 {
		lines, left, _ := g.Pass(claims(debts, nil))
		for _, l := range lines {
			took = append(took, l.Amount.String())
		}
		debts = left
	}
	if got := strings.Join(took, " "); got != "-1600 -1600 -1600 -200" {
		t.Errorf("took %s", got)
	}
}

// TestGuardLaws is P17: never below the floor, nothing lost, oldest first.
func TestGuardLaws(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		fen := func(name string, most int64) money.Decimal {
			return money.New(rapid.Int64Range(0, most).Draw(t, name), 2)
		}
		percent := rapid.Int64Range(0, 100).Draw(t, "percent")
		g := Guard{Profile: national(outer, fmt.Sprintf("%d%%", percent)), Choice: map[statement.Class]string{statement.Discipline: "apply"},
			Wage: fen("wage", 2_000_000), Minimum: fen("minimum", 300_000), Month: period.MustMonth("2026-10")}
		draw := func(name string) []claim {
			var out []claim
			for i := range rapid.IntRange(0, 4).Draw(t, name) {
				out = append(out, claim{fen(fmt.Sprint(name, i), 300_000).Add(money.New(1, 2)).String(), rapid.SampledFrom([]statement.Class{statement.Loss, statement.Discipline, statement.Recovery}).Draw(t, "class")})
			}
			return out
		}
		old, now := draw("old"), draw("now")
		text, left := pass(g, old, now)
		var wished, applied, carried money.Decimal
		for _, c := range append(append([]claim(nil), old...), now...) {
			wished = wished.Add(money.MustParse(c.amount))
		}
		waits := false
		for _, row := range strings.Fields(text) {
			a, c, _ := strings.Cut(row, "/")
			took, wait := money.MustParse(a), money.MustParse(c)
			if waits && took.Sign() > 0 {
				t.Fatalf("a later one took %s while an older one waits: %s", took, text)
			}
			waits = waits || wait.Sign() > 0
			applied, carried = applied.Add(took), carried.Add(wait)
		}
		if !applied.Add(carried).Equal(wished) {
			t.Fatalf("%s wished, %s applied, %s carried", wished, applied, carried)
		}
		share := money.Of(g.Wage).Mul(money.Of(money.New(percent, 2)))
		if money.Of(applied).Cmp(share) > 0 || applied.Sign() > 0 && g.Wage.Sub(applied).Cmp(g.Minimum) < 0 {
			t.Fatalf("%s taken of %s, minimum %s", applied, g.Wage, g.Minimum)
		}
		var owed money.Decimal
		for _, d := range left {
			owed = owed.Add(d.Amount)
		}
		if !owed.Equal(carried) {
			t.Fatalf("%s carried, %s in the debts", carried, owed)
		}
	})
}
