package scale

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telepay/internal/money"
)

// ladder is a drawn list of bounds in fen, rising from 0, with rates in hundredths of a per cent.
type ladder struct {
	bounds []int64
	rates  []int64
}

func drawLadder(t *rapid.T, rising bool) ladder {
	n := rapid.IntRange(1, 5).Draw(t, "steps")
	l := ladder{bounds: []int64{0}, rates: []int64{rapid.Int64Range(0, 1000).Draw(t, "rate")}}
	for i := 1; i < n; i++ {
		l.bounds = append(l.bounds, l.bounds[i-1]+rapid.Int64Range(1, 10_000_000).Draw(t, "width"))
		least := int64(0)
		if rising {
			least = l.rates[i-1]
		}
		l.rates = append(l.rates, least+rapid.Int64Range(0, 1000).Draw(t, "rate"))
	}
	return l
}

func (l ladder) yaml(mode string) string {
	steps := []string{"mode: " + mode}
	for i, b := range l.bounds {
		steps = append(steps, fmt.Sprintf("from %s: %s%%", money.New(b, 2).Fixed(2), money.New(l.rates[i], 2).Fixed(2)))
	}
	return "{" + strings.Join(steps, ", ") + "}"
}

// exact is what a scale pays on fen, unrounded.
func exact(t *rapid.T, s *Scale, fen int64) money.Ratio {
	x := money.Of(money.New(fen, 2))
	cuts, miss := s.Cuts(Context{X: &x})
	if miss != nil {
		t.Fatal(miss.Text().EN)
	}
	var sum money.Ratio
	for _, c := range cuts {
		sum = sum.Add(c.Width().Mul(c.Value.Num))
	}
	return sum
}

// near draws a total near a bound as often as anywhere.
func (l ladder) near(t *rapid.T) int64 {
	at := rapid.SampledFrom(l.bounds).Draw(t, "bound") + rapid.Int64Range(-1, 1).Draw(t, "off")
	return max(0, rapid.OneOf(rapid.Just(at), rapid.Int64Range(0, 60_000_000)).Draw(t, "total"))
}

// TestMarginalLaws is P3: nothing of nothing; monotone; no jump at any bound; convex where rates rise.
func TestMarginalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLadder(t, false)
		s := read(t, rateSpec, l.yaml("marginal"))
		if !exact(t, s, 0).IsZero() {
			t.Fatal("nothing pays something")
		}
		x := l.near(t)
		step := exact(t, s, x+1).Sub(exact(t, s, x))
		var most int64
		for _, r := range l.rates {
			most = max(most, r)
		}
		if step.Sign() < 0 || step.Cmp(money.Of(money.New(most, 6))) > 0 {
			t.Fatalf("a fen more at %d fen pays %s more", x, step.Round(8, money.HalfUp))
		}
		up := drawLadder(t, true)
		u := read(t, rateSpec, up.yaml("marginal"))
		y := up.near(t) + 1
		if first, second := exact(t, u, y).Sub(exact(t, u, y-1)), exact(t, u, y+1).Sub(exact(t, u, y)); second.Cmp(first) < 0 {
			t.Fatalf("rising rates, and the fen after %d pays less than the one before", y)
		}
	})
}

// TestWholeLaws is P4: it jumps at bounds only, by bound × the difference of the
// rates; the slope between is the rate; the bound belongs to from, not to above.
func TestWholeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLadder(t, false)
		s := read(t, rateSpec, l.yaml("whole"))
		above := read(t, rateSpec, strings.ReplaceAll(l.yaml("whole"), "from ", "above "))
		for i, b := range l.bounds {
			at, rate := money.Of(money.New(b, 2)), money.Of(money.New(l.rates[i], 4))
			if exact(t, s, b).Cmp(at.Mul(rate)) != 0 {
				t.Fatalf("at the bound of %d fen the rate is not its own", b)
			}
			if i == 0 {
				continue
			}
			before := money.Of(money.New(l.rates[i-1], 4))
			if exact(t, above, b).Cmp(at.Mul(before)) != 0 {
				t.Fatalf("exactly at above %d fen the rate is not the one before", b)
			}
			fen := money.Of(money.New(1, 2))
			jump := exact(t, s, b).Sub(exact(t, s, b-1)).Sub(fen.Mul(before))
			if want := at.Mul(rate.Sub(before)); jump.Cmp(want) != 0 {
				t.Fatalf("at %d fen it jumps by %s, want %s", b, jump.Round(8, money.HalfUp), want.Round(8, money.HalfUp))
			}
		}
		last := l.bounds[len(l.bounds)-1]
		x := last + rapid.Int64Range(0, 10_000_000).Draw(t, "beyond")
		if slope := exact(t, s, x+1).Sub(exact(t, s, x)); slope.Cmp(money.Of(money.New(l.rates[len(l.rates)-1], 6))) != 0 {
			t.Fatalf("beyond the last bound a fen pays %s", slope.Round(8, money.HalfUp))
		}
	})
}

// TestOneTier is P5: one step, marginal or whole, is the flat rate.
func TestOneTier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := money.New(rapid.Int64Range(0, 2000).Draw(t, "rate"), 2).Fixed(2)
		fen := rapid.Int64Range(0, 1_000_000_000).Draw(t, "total")
		flat := exact(t, read(t, rateSpec, rate+"%"), fen)
		for _, mode := range []string{"whole", "marginal"} {
			if got := exact(t, read(t, rateSpec, "{mode: "+mode+", from 0: "+rate+"%}"), fen); got.Cmp(flat) != 0 {
				t.Fatalf("%s of %d fen pays %s, flat %s", mode, fen, got.Round(8, money.HalfUp), flat.Round(8, money.HalfUp))
			}
		}
	})
}

// TestScaling is P12: all money and bounds times k pays k times as much.
func TestScaling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, k := drawLadder(t, false), rapid.Int64Range(2, 50).Draw(t, "k")
		big := ladder{rates: l.rates}
		for _, b := range l.bounds {
			big.bounds = append(big.bounds, b*k)
		}
		x, mode := l.near(t), rapid.SampledFrom([]string{"whole", "marginal"}).Draw(t, "mode")
		a, b := exact(t, read(t, rateSpec, l.yaml(mode)), x).Mul(money.Whole(k)), exact(t, read(t, rateSpec, big.yaml(mode)), x*k)
		if a.Cmp(b) != 0 {
			t.Fatalf("%s: %d × %d fen pays %s, not %s", mode, k, x, b.Round(8, money.HalfUp), a.Round(8, money.HalfUp))
		}
	})
}
