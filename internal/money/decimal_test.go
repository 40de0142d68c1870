package money

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// rat is the oracle: what d is, read back from its text.
func rat(t interface{ Fatalf(string, ...any) }, d Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		t.Fatalf("%s is no number for math/big", d)
	}
	return r
}

// anyDecimal draws decimals of all sizes, the edges of 64 bits among them.
func anyDecimal() *rapid.Generator[Decimal] {
	edges := []int64{0, 1, -1, 5, -5, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, 1 << 62, -(1 << 62)}
	return rapid.Custom(func(t *rapid.T) Decimal {
		coef := rapid.OneOf(rapid.SampledFrom(edges), rapid.Int64(), rapid.Int64Range(-100000, 100000)).Draw(t, "coef")
		return New(coef, uint8(rapid.IntRange(0, 6).Draw(t, "scale")))
	})
}

func TestArithmeticAgainstBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal().Draw(t, "a"), anyDecimal().Draw(t, "b")
		x, y := rat(t, a), rat(t, b)
		for _, c := range []struct {
			name string
			got  Decimal
			want *big.Rat
		}{
			{"a+b", a.Add(b), new(big.Rat).Add(x, y)},
			{"a-b", a.Sub(b), new(big.Rat).Sub(x, y)},
			{"a*b", a.Mul(b), new(big.Rat).Mul(x, y)},
			{"-a", a.Neg(), new(big.Rat).Neg(x)},
			{"|a|", a.Abs(), new(big.Rat).Abs(x)},
			{"min", Min(a, b), smaller(x, y)},
			{"max", Max(a, b), new(big.Rat).Neg(smaller(new(big.Rat).Neg(x), new(big.Rat).Neg(y)))},
			{"sum", Sum(a, b, a), new(big.Rat).Add(new(big.Rat).Add(x, y), x)},
		} {
			if rat(t, c.got).Cmp(c.want) != 0 {
				t.Fatalf("%s of %s and %s is %s, want %s", c.name, a, b, c.got, c.want.FloatString(20))
			}
		}
		if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() || a.Equal(b) != (x.Cmp(y) == 0) {
			t.Fatalf("comparison of %s and %s: Cmp %d, Sign %d", a, b, a.Cmp(b), a.Sign())
		}
		if n, ok := a.Int64(); ok != (x.IsInt() && x.Num().IsInt64() && x.Num().Int64() != math.MinInt64) || ok && n != x.Num().Int64() {
			t.Fatalf("Int64 of %s is %d, %v", a, n, ok)
		}
	})
}

func smaller(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) <= 0 {
		return x
	}
	return y
}

func TestArithmeticAgainstShopspring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal().Draw(t, "a"), anyDecimal().Draw(t, "b")
		x, y := decimal.RequireFromString(a.String()), decimal.RequireFromString(b.String())
		for _, c := range []struct {
			name string
			got  Decimal
			want decimal.Decimal
		}{{"a+b", a.Add(b), x.Add(y)}, {"a-b", a.Sub(b), x.Sub(y)}, {"a*b", a.Mul(b), x.Mul(y)}} {
			if !decimal.RequireFromString(c.got.String()).Equal(c.want) {
				t.Fatalf("%s of %s and %s is %s, want %s", c.name, a, b, c.got, c.want)
			}
		}
	})
}

// rounded is the oracle of rounding: the whole numbers of units below and above, and the rule.
func rounded(x *big.Rat, places int, mode Mode) *big.Rat {
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	units := new(big.Rat).Quo(new(big.Rat).Abs(x), unit)
	q, r := new(big.Int).QuoRem(units.Num(), units.Denom(), new(big.Int))
	twice := new(big.Int).Mul(r, big.NewInt(2))
	if mode == Up && r.Sign() > 0 || mode == HalfUp && twice.Cmp(units.Denom()) >= 0 {
		q.Add(q, big.NewInt(1))
	}
	out := new(big.Rat).Mul(new(big.Rat).SetInt(q), unit)
	if x.Sign() < 0 {
		out.Neg(out)
	}
	return out
}

func TestRoundingAgainstBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal().Draw(t, "a"), anyDecimal().Draw(t, "b")
		places, mode := rapid.IntRange(0, 12).Draw(t, "places"), rapid.SampledFrom([]Mode{HalfUp, Down, Up}).Draw(t, "mode")
		if got, want := rat(t, a.Round(places, mode)), rounded(rat(t, a), places, mode); got.Cmp(want) != 0 {
			t.Fatalf("%s rounded to %d places is %s, want %s", a, places, got.FloatString(20), want.FloatString(20))
		}
		if b.IsZero() {
			return
		}
		exact := new(big.Rat).Quo(rat(t, a), rat(t, b))
		if got, want := rat(t, a.DivRound(b, places, mode)), rounded(exact, places, mode); got.Cmp(want) != 0 {
			t.Fatalf("%s ÷ %s to %d places is %s, want %s", a, b, places, got.FloatString(20), want.FloatString(20))
		}
	})
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     string
		places int
		mode   Mode
		want   string
	}{
		{"half up below the half", "1.004", 2, HalfUp, "1"},
		{"half up at the half", "1.005", 2, HalfUp, "1.01"},
		{"half up above the half", "1.0051", 2, HalfUp, "1.01"},
		{"negative below the half", "-1.004", 2, HalfUp, "-1"},
		{"negative at the half goes away from zero", "-1.005", 2, HalfUp, "-1.01"},
		{"a refund undoes its payment", "-2.675", 2, HalfUp, "-2.68"},
		{"down cuts", "1.009", 2, Down, "1"},
		{"down cuts negatives towards zero", "-1.009", 2, Down, "-1"},
		{"up of the least rest", "1.000001", 2, Up, "1.01"},
		{"up of negatives away from zero", "-1.000001", 2, Up, "-1.01"},
		{"up of an exact one", "1.01", 2, Up, "1.01"},
		{"fewer places than asked", "1.5", 2, HalfUp, "1.5"},
		{"to the yuan", "0.5", 0, HalfUp, "1"},
		{"carries through nines", "999.995", 2, HalfUp, "1000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MustParse(c.in).Round(c.places, c.mode).String(); got != c.want {
				t.Errorf("%s is %s, want %s", c.in, got, c.want)
			}
		})
	}
}

func TestEdgesOf64Bits(t *testing.T) {
	most, least := Int(math.MaxInt64), Int(math.MinInt64)
	for _, c := range []struct {
		name string
		got  Decimal
		want string
	}{
		{"largest", most, "9223372036854775807"},
		{"smallest", least, "-9223372036854775808"},
		{"largest and one", most.Add(Int(1)), "9223372036854775808"},
		{"smallest less one", least.Sub(Int(1)), "-9223372036854775809"},
		{"back again", most.Add(Int(1)).Sub(Int(1)), "9223372036854775807"},
		{"minus smallest", least.Neg(), "9223372036854775808"},
		{"size of smallest", least.Abs(), "9223372036854775808"},
		{"smallest from a sum", Int(math.MinInt64 + 1).Sub(Int(1)), "-9223372036854775808"},
		{"largest squared", most.Mul(most), "85070591730234615847396907784232501249"},
		{"largest widened by a fen", most.Add(MustParse("0.01")), "9223372036854775807.01"},
		{"scales that do not align", New(math.MaxInt64, 0).Add(New(1, 18)), "9223372036854775807.000000000000000001"},
		{"a quotient just under 2^64 units", Int(8116567392432202711).DivRound(Int(44), 2, HalfUp), "184467440737095516.16"},
		{"a wide number rounded", most.Mul(Int(10)).Add(MustParse("0.005")).Round(2, HalfUp), "92233720368547758070.01"},
		{"smallest with places", New(math.MinInt64, 2).Round(1, HalfUp), "-92233720368547758.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.got.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		name, in string
		places   int
		want     string
	}{
		{"whole", "5", 2, "5.00"}, {"one place", "5.1", 2, "5.10"}, {"exactly two", "5.12", 2, "5.12"},
		{"negative", "-0.5", 2, "-0.50"}, {"no places", "12", 0, "12"}, {"zero", "0", 2, "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MustParse(c.in).Fixed(c.places); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	t.Run("panics rather than round", func(t *testing.T) {
		defer func() {
			if recover() == nil {
				t.Error("1.005 was printed with two places")
			}
		}()
		_ = MustParse("1.005").Fixed(2)
	})
}

func TestDivisionByZeroPanics(t *testing.T) {
	for name, divide := range map[string]func(){
		"decimal": func() { Int(1).DivRound(Zero, 2, HalfUp) },
		"ratio":   func() { One.Div(Ratio{}) },
		"pair":    func() { Quotient(Int(1), MustParse("0.00")) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("a division by 0 gave a number")
				}
			}()
			divide()
		})
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, in, want string // want empty: refused
	}{
		{"whole", "1200", "1200"}, {"places", "1200.50", "1200.5"}, {"negative", "-25.10", "-25.1"}, {"leading zeros", "007", "7"},
		{"fifteen digits", "999999999999999", "999999999999999"}, {"six places", "0.000001", "0.000001"}, {"minus nothing", "-0.00", "0"},
		{"sixteen digits", "1000000000000000", ""}, {"seven places", "0.0000001", ""},
		{"separator", "1,200", ""}, {"full-width separator", "1，200", ""}, {"currency", "¥1200", ""}, {"word", "1.2万", ""},
		{"exponent", "1e3", ""}, {"plus", "+5", ""}, {"brackets", "(5)", ""}, {"trailing minus", "5-", ""}, {"two minuses", "--5", ""},
		{"not a number", "NaN", ""}, {"infinite", "Inf", ""}, {"blank", " 5", ""}, {"empty", "", ""}, {"only a point", ".", ""}, {"no whole", ".5", ""},
		{"no places", "5.", ""}, {"full-width digits", "５", ""}, {"two points", "1.2.3", ""}, {"formula error", "#REF!", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Parse(c.in)
			switch {
			case c.want == "" && err == nil:
				t.Errorf("%q was read as %s", c.in, d)
			case c.want != "" && (err != nil || d.String() != c.want):
				t.Errorf("%q is %s (%v), want %s", c.in, d, err, c.want)
			}
		})
	}
}

// TestParseAndPrint is P25 for amounts.
func TestParseAndPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New(rapid.Int64Range(-999999999999999, 999999999999999).Draw(t, "coef"), uint8(rapid.IntRange(0, 6).Draw(t, "scale")))
		back, err := Parse(d.String())
		if err != nil || !back.Equal(d) {
			t.Fatalf("%s comes back as %s (%v)", d, back, err)
		}
		text, _ := anyDecimal().Draw(t, "wide").MarshalText()
		var kept Decimal
		if err := kept.UnmarshalText(text); err != nil || kept.String() != string(text) {
			t.Fatalf("%s comes back from JSON as %s (%v)", text, kept, err)
		}
	})
}

// FuzzParse: what is read prints as the same number, and nothing panics.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-0.00", "1200.50", "1,200", "999999999999999.999999", "１２", "1e9", "", "-", ".", "9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok || rat(t, d).Cmp(want) != 0 {
			t.Errorf("%q was read as %s", s, d)
		}
		if back, err := Parse(d.String()); err != nil || !back.Equal(d) {
			t.Errorf("%q prints as %s, which reads as %s (%v)", s, d, back, err)
		}
	})
}

// FuzzArithmetic holds sums, products and quotients of any two numbers against math/big.
func FuzzArithmetic(f *testing.F) {
	f.Add(int64(1), int64(3), uint8(2), uint8(0), uint8(2))
	f.Add(int64(math.MinInt64), int64(-1), uint8(0), uint8(0), uint8(0))
	f.Add(int64(8116567392432202711), int64(44), uint8(0), uint8(0), uint8(2))
	f.Fuzz(func(t *testing.T, a, b int64, sa, sb, places uint8) {
		x, y := New(a, sa%19), New(b, sb%19)
		if got, want := rat(t, x.Add(y)), new(big.Rat).Add(rat(t, x), rat(t, y)); got.Cmp(want) != 0 {
			t.Errorf("%s + %s is %s", x, y, x.Add(y))
		}
		if got, want := rat(t, x.Mul(y)), new(big.Rat).Mul(rat(t, x), rat(t, y)); got.Cmp(want) != 0 {
			t.Errorf("%s × %s is %s", x, y, x.Mul(y))
		}
		if y.IsZero() {
			return
		}
		n := int(places % 19)
		if got, want := rat(t, x.DivRound(y, n, HalfUp)), rounded(new(big.Rat).Quo(rat(t, x), rat(t, y)), n, HalfUp); got.Cmp(want) != 0 {
			t.Errorf("%s ÷ %s to %d places is %s, want %s", x, y, n, x.DivRound(y, n, HalfUp), want.FloatString(20))
		}
	})
}

// TestPrintAgainstShopspring prints coefficients of every size at every scale both ways.
func TestPrintAgainstShopspring(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 200_000 {
		coef, scale := int64(r.Uint64())>>r.IntN(64), r.IntN(maxScale+1)
		for range r.IntN(4) {
			coef = coef / 10 * 10
		}
		d, other := New(coef, uint8(scale)), decimal.New(coef, -int32(scale))
		if got, want := d.String(), shorten(other).String(); got != want {
			t.Fatalf("%d e-%d is %s, want %s", coef, scale, got, want)
		}
		if places := scale + r.IntN(4); d.Fixed(places) != other.StringFixed(int32(places)) {
			t.Fatalf("%d e-%d with %d places is %s, want %s", coef, scale, places, d.Fixed(places), other.StringFixed(int32(places)))
		}
	}
}
