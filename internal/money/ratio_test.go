package money

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyRatio draws quotients as months make them: amounts over days, targets, thirds.
func anyRatio() *rapid.Generator[Ratio] {
	return rapid.Custom(func(t *rapid.T) Ratio {
		num := New(rapid.Int64Range(-10_000_000_000, 10_000_000_000).Draw(t, "num"), 2)
		return Quotient(num, Int(rapid.Int64Range(1, 5000).Draw(t, "den")))
	})
}

func ratOf(t interface{ Fatalf(string, ...any) }, r Ratio) *big.Rat {
	return new(big.Rat).Quo(rat(t, r.Num()), rat(t, r.Den()))
}

func TestRatioAgainstBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRatio().Draw(t, "a"), anyRatio().Draw(t, "b")
		x, y := ratOf(t, a), ratOf(t, b)
		cases := map[string][2]*big.Rat{
			"a+b": {ratOf(t, a.Add(b)), new(big.Rat).Add(x, y)},
			"a-b": {ratOf(t, a.Sub(b)), new(big.Rat).Sub(x, y)},
			"a*b": {ratOf(t, a.Mul(b)), new(big.Rat).Mul(x, y)},
			"-a":  {ratOf(t, a.Neg()), new(big.Rat).Neg(x)},
			"min": {ratOf(t, MinRatio(a, b)), smaller(x, y)},
			"max": {ratOf(t, MaxRatio(a, b).Neg()), smaller(new(big.Rat).Neg(x), new(big.Rat).Neg(y))},
		}
		if !b.IsZero() {
			cases["a/b"] = [2]*big.Rat{ratOf(t, a.Div(b)), new(big.Rat).Quo(x, y)}
		}
		for name, c := range cases {
			if c[0].Cmp(c[1]) != 0 {
				t.Fatalf("%s of %s and %s is %s, want %s", name, x, y, c[0], c[1])
			}
		}
		if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() {
			t.Fatalf("%s and %s compare as %d", x, y, a.Cmp(b))
		}
		if got, want := rat(t, a.Round(2, HalfUp)), rounded(x, 2, HalfUp); got.Cmp(want) != 0 {
			t.Fatalf("%s rounds to %s, want %s", x, got, want)
		}
	})
}

func TestRatio(t *testing.T) {
	third := Quotient(Int(1), Int(3))
	for _, c := range []struct {
		name string
		got  Ratio
		want string
	}{
		{"a third stays a pair", third, "1/3"},
		{"three thirds are one", third.Mul(Whole(3)), "1"},
		{"a third and two thirds", third.Add(third).Add(third), "1"},
		{"an exact quotient is a decimal", Quotient(Int(1), Int(8)), "0.125"},
		{"a negative divisor moves its sign", Quotient(Int(1), Int(-3)), "-1/3"},
		{"the zero value is 0", Ratio{}, "0"},
		{"4000 over 21.75", Quotient(Int(4000), MustParse("21.75")).Mul(Of(MustParse("21.75"))), "4000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := c.got.MarshalText()
			if string(got) != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	if third.IsDecimal() || !One.IsDecimal() {
		t.Error("IsDecimal tells a third from 1")
	}
	if got := third.Round(2, Up).String(); got != "0.34" {
		t.Errorf("a third rounded up is %s", got)
	}
}
