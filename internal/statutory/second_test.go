package statutory

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"telepay/internal/money"
	"telepay/internal/period"
)

// The second computation shares no code and no method with the first: whole fen in
// math/big, tax added up slice by slice instead of by quick deductions.

// yearBands are the edges of the annual table in yuan, and the rate above each, in per cent.
var yearBands = [][2]int64{{0, 3}, {36000, 10}, {144000, 20}, {300000, 25}, {420000, 30}, {660000, 35}, {960000, 45}}

// sliced is the tax on a taxable amount in fen, exact.
func sliced(taxable *big.Int) *big.Rat {
	sum := new(big.Rat)
	for i, b := range yearBands {
		lo, hi := big.NewInt(b[0]*100), taxable
		if i+1 < len(yearBands) {
			if edge := big.NewInt(yearBands[i+1][0] * 100); edge.Cmp(hi) < 0 {
				hi = edge
			}
		}
		if hi.Cmp(lo) > 0 {
			sum.Add(sum, new(big.Rat).SetFrac(new(big.Int).Mul(new(big.Int).Sub(hi, lo), big.NewInt(b[1])), big.NewInt(100)))
		}
	}
	return sum
}

// halfUp rounds a figure that is not negative to a whole number.
func halfUp(r *big.Rat) *big.Int {
	n := new(big.Int).Add(new(big.Int).Mul(r.Num(), big.NewInt(2)), r.Denom())
	return n.Div(n, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
}

func fen(d money.Decimal) *big.Int {
	n, ok := d.Mul(money.Int(100)).Int64()
	if !ok {
		panic("not whole fen: " + d.String())
	}
	return big.NewInt(n)
}

// TestWagesBySlices: random years of wages with reversals, late joiners, leavers
// and bonuses. What is withheld up to any month is the year's tax to date, or
// what was withheld before where that is more.
func TestWagesBySlices(t *testing.T) {
	l := loaded(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		hire := month("2025-06") + draw(t, "hire", 0, 14)
		first := rapid.Bool().Draw(t, "first job")
		leave := hire + draw(t, "leave", 0, 24)
		var s State
		withheld, base := new(big.Int), new(big.Int)
		for m := max(hire, month("2026-01")); m <= month("2026-12"); m++ {
			p := Payment{By: Wage, Month: m, Hire: hire, Leave: leave, FirstJob: first,
				Income: money.New(rapid.Int64Range(-500000, 20000000).Draw(t, "income"), 2), Special: money.New(rapid.Int64Range(0, 500000).Draw(t, "special"), 2), Additional: money.New(rapid.Int64Range(0, 500000).Draw(t, "additional"), 2)}
			r, _ := For(l, Settings{Tax: true}, "", m)
			charges, next, ps := r.Tax(s, p)
			if len(ps) > 0 || len(charges) != 1 {
				t.Fatalf("%v %v", charges, ps)
			}
			base.Add(base, fen(p.Income)).Sub(base, fen(p.Special)).Sub(base, fen(p.Additional))
			counted := int64(0)
			for x := month("2026-01"); x <= m && x <= leave; x++ { // month by month
				if x >= hire || first {
					counted++
				}
			}
			taxable := new(big.Int).Sub(base, big.NewInt(counted*500000))
			want := new(big.Int)
			if taxable.Sign() > 0 {
				want = halfUp(sliced(taxable))
			}
			if want.Sub(want, withheld); want.Sign() < 0 {
				want.SetInt64(0)
			}
			if got := fen(charges[0].Amount); got.Cmp(want) != 0 {
				t.Fatalf("%s: withheld %s fen, want %s", m, got, want)
			}
			withheld.Add(withheld, want)
			if fen(next.Withheld).Cmp(withheld) != 0 {
				t.Fatalf("%s: state says %s, want %s", m, next.Withheld, withheld)
			}
			s = next
		}
	})
}

func draw(t *rapid.T, label string, least, most int32) period.Month {
	return period.Month(rapid.Int32Range(least, most).Draw(t, label))
}

// TestBonusBySlices: a bonus' tax is the tax of its twelfth's band on the whole,
// less the month's quick deduction; the band is found here by counting edges.
func TestBonusBySlices(t *testing.T) {
	l := loaded(t, nil)
	quick := []int64{0, 21000, 141000, 266000, 441000, 716000, 1516000}
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Int64Range(1, 200000000).Draw(t, "bonus")
		if rapid.Bool().Draw(t, "at an edge") {
			f = yearBands[rapid.IntRange(1, 6).Draw(t, "edge")][0]*100 + rapid.Int64Range(-2, 2).Draw(t, "beside")
		}
		at := 0
		for i, b := range yearBands {
			if f > b[0]*100 {
				at = i
			}
		}
		want := halfUp(new(big.Rat).Sub(big.NewRat(f*yearBands[at][1], 100), big.NewRat(quick[at], 1)))
		r, _ := For(l, Settings{Tax: true}, "", month("2026-01"))
		charges, _, _ := r.Tax(State{}, Payment{By: Wage, Month: month("2026-01"), Hire: month("2020-01"), Bonus: money.New(f, 2)})
		if got := fen(charges[0].Amount); got.Cmp(want) != 0 {
			t.Fatalf("%d fen: %s, want %s", f, got, want)
		}
	})
}

// TestLabourBySlices: each payment by itself, slice by slice: 20%, 30% above
// 20,000, 40% above 50,000 of what is left after its cost.
func TestLabourBySlices(t *testing.T) {
	l := loaded(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Int64Range(0, 20000000).Draw(t, "income")
		taxable := big.NewRat(f*8, 10)
		if f <= 400000 {
			taxable = big.NewRat(max(f-80000, 0), 1)
		}
		want := new(big.Rat).Mul(taxable, big.NewRat(1, 5))
		for _, edge := range []int64{2000000, 5000000} {
			if over := new(big.Rat).Sub(taxable, big.NewRat(edge, 1)); over.Sign() > 0 {
				want.Add(want, over.Mul(over, big.NewRat(1, 10)))
			}
		}
		r, _ := For(l, Settings{Tax: true}, "", month("2026-01"))
		charges, _, _ := r.Tax(State{}, Payment{By: Labour, Month: month("2026-01"), Income: money.New(f, 2)})
		if got := fen(charges[0].Amount); got.Cmp(halfUp(want)) != 0 {
			t.Fatalf("%d fen: %s, want %s", f, got, halfUp(want))
		}
	})
}

// TestInsuranceByFen: random averages in Shanghai 2026 and Kunming, from rates
// written out here in hundredths of a per cent.
func TestInsuranceByFen(t *testing.T) {
	l := loaded(t, nil)
	type city struct {
		name               string
		least, most        int64 // yuan
		employee, employer []int64
		fundLeast, fundMax int64
		fund               int64 // per cent
	}
	cities := []city{
		{"上海", 7546, 37731, []int64{800, 200, 50, 0}, []int64{1600, 900, 50, 20}, 2740, 37731, 7},
		{"昆明", 4403, 22017, []int64{800, 200, 0, 30, 0}, []int64{1600, 700, 90, 70, 20}, 2270, 1 << 40, 12},
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cities).Draw(t, "city")
		average := rapid.Int64Range(0, 6000000).Draw(t, "average")
		r, ps := For(l, Settings{Insurance: true, Fund: map[string]FundRate{"": {Rate: money.Of(money.New(c.fund, 2))}}}, c.name, month("2026-10"))
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		a := money.New(average, 2)
		got, ps := r.Insurance(Insured{Average: &a})
		if len(ps) > 0 || len(got.Items) != len(c.employee)+1 {
			t.Fatal(got, ps)
		}
		base := min(max(average, c.least*100), c.most*100)
		sums := [2]*big.Int{new(big.Int), new(big.Int)}
		for i := range c.employee {
			for side, rate := range []int64{c.employee[i], c.employer[i]} {
				sums[side].Add(sums[side], halfUp(big.NewRat(base*rate, 10000)))
			}
		}
		fundBase := min(max(average, c.fundLeast*100), c.fundMax*100)
		fund := halfUp(big.NewRat(fundBase*c.fund, 10000)) // whole yuan
		for side := range sums {
			sums[side].Add(sums[side], fund.Mul(fund, big.NewInt([]int64{100, 1}[side])))
		}
		if fen(got.Employee()).Cmp(sums[0]) != 0 || fen(got.Employer()).Cmp(sums[1]) != 0 {
			t.Fatalf("%s on %d fen: %s and %s, want %s and %s fen", c.name, average, got.Employee(), got.Employer(), sums[0], sums[1])
		}
	})
}
