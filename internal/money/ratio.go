package money

// Ratio is an exact quotient of two decimals, kept as the pair: attainments,
// daily rates and thirds are never rounded before they are used. The zero
// value is 0.
type Ratio struct {
	num Decimal
	den Decimal // 0 stands for 1, so that the zero value works
}

// One is 1.
var One = Of(Int(1))

// Of returns d as a ratio.
func Of(d Decimal) Ratio { return Ratio{num: d} }

// Whole returns n as a ratio.
func Whole(n int64) Ratio { return Of(Int(n)) }

// Quotient returns num ÷ den. It panics where den is 0.
func Quotient(num, den Decimal) Ratio { return Of(num).Div(Of(den)) }

// Num and Den return the pair as it is kept; Den is never 0 and never negative.
func (r Ratio) Num() Decimal { return r.num }
func (r Ratio) Den() Decimal {
	if r.den.IsZero() {
		return Int(1)
	}
	return r.den
}

// IsDecimal tells whether r is kept without a denominator.
func (r Ratio) IsDecimal() bool { return r.den.IsZero() }

// Add returns r + s.
func (r Ratio) Add(s Ratio) Ratio {
	if r.den.Cmp(s.den) == 0 {
		return reduce(r.num.Add(s.num), r.Den())
	}
	return reduce(r.num.Mul(s.Den()).Add(s.num.Mul(r.Den())), r.Den().Mul(s.Den()))
}

// Sub returns r − s.
func (r Ratio) Sub(s Ratio) Ratio { return r.Add(s.Neg()) }

// Neg returns −r.
func (r Ratio) Neg() Ratio { return Ratio{num: r.num.Neg(), den: r.den} }

// Mul returns r × s.
func (r Ratio) Mul(s Ratio) Ratio {
	if r.den.IsZero() && s.den.IsZero() {
		return Of(r.num.Mul(s.num))
	}
	return reduce(r.num.Mul(s.num), r.Den().Mul(s.Den()))
}

// Div returns r ÷ s. It panics where s is 0.
func (r Ratio) Div(s Ratio) Ratio {
	if s.Sign() == 0 {
		panic("money: division by zero; a missing base must be handled before dividing")
	}
	return reduce(r.num.Mul(s.Den()), r.Den().Mul(s.num))
}

// reduce keeps the denominator positive and drops it where the quotient is a
// decimal of at most 18 places.
func reduce(num, den Decimal) Ratio {
	if den.Sign() < 0 {
		num, den = num.Neg(), den.Neg()
	}
	if num.IsZero() || den.Cmp(Int(1)) == 0 {
		return Of(num)
	}
	if q := num.DivRound(den, 12, Down); q.Mul(den).Cmp(num) == 0 {
		return Of(q)
	}
	return Ratio{num: num, den: den}
}

// Cmp returns −1, 0 or +1, by multiplying out.
func (r Ratio) Cmp(s Ratio) int {
	if r.den.IsZero() && s.den.IsZero() {
		return r.num.Cmp(s.num)
	}
	return r.num.Mul(s.Den()).Cmp(s.num.Mul(r.Den()))
}

// Sign returns −1, 0 or +1.
func (r Ratio) Sign() int { return r.num.Sign() }

// IsZero tells whether r is 0.
func (r Ratio) IsZero() bool { return r.num.IsZero() }

// Round divides once and rounds to places digits after the point.
func (r Ratio) Round(places int, mode Mode) Decimal {
	if r.den.IsZero() {
		return r.num.Round(places, mode)
	}
	return r.num.DivRound(r.den, places, mode)
}

// MinRatio and MaxRatio return the smaller and the larger of two ratios.
func MinRatio(r, s Ratio) Ratio {
	if r.Cmp(s) <= 0 {
		return r
	}
	return s
}

func MaxRatio(r, s Ratio) Ratio {
	if r.Cmp(s) >= 0 {
		return r
	}
	return s
}

// MarshalText writes a ratio as "num/den" or, without a denominator, as a decimal.
func (r Ratio) MarshalText() ([]byte, error) {
	if r.den.IsZero() {
		return r.num.MarshalText()
	}
	return []byte(r.num.String() + "/" + r.den.String()), nil
}
