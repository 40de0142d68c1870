package money

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Mode says what happens to the digits that are cut.
type Mode uint8

const (
	HalfUp Mode = iota // 四舍五入: half away from zero, alike for negatives
	Down               // 舍去: towards zero
	Up                 // 进位: away from zero
)

// Round returns d with at most places digits after the point, places from 0 to 18.
func (d Decimal) Round(places int, mode Mode) Decimal {
	if d.wide == nil {
		if int(d.scale) <= places {
			return d
		}
		cut := uint64(pow10[int(d.scale)-places])
		m := magnitude(d.coef)
		return signed(roundQuotient(m/cut, m%cut, cut, mode), d.coef < 0, places)
	}
	return d.DivRound(Int(1), places, mode)
}

// DivRound returns d ÷ e rounded once to places digits. It panics where e is 0:
// callers decide what no base means before they divide.
func (d Decimal) DivRound(e Decimal, places int, mode Mode) Decimal {
	if e.IsZero() {
		panic("money: division by zero; a missing base must be handled before dividing")
	}
	if d.wide == nil && e.wide == nil {
		if q, ok := divSmall(d, e, places, mode); ok {
			return q
		}
	}
	return divBig(d, e, places, mode)
}

// divSmall divides in 128 bits: (d.coef × 10^shift) ÷ e.coef.
func divSmall(d, e Decimal, places int, mode Mode) (Decimal, bool) {
	shift := places + int(e.scale) - int(d.scale)
	num, den := magnitude(d.coef), magnitude(e.coef)
	var hi, lo uint64
	switch {
	case shift >= 0 && shift <= maxScale:
		hi, lo = bits.Mul64(num, uint64(pow10[shift]))
	case shift < 0 && -shift <= maxScale:
		var over uint64
		over, den = bits.Mul64(den, uint64(pow10[-shift]))
		if over != 0 {
			return Zero, false
		}
		lo = num
	default:
		return Zero, false
	}
	if hi >= den {
		return Zero, false
	}
	q, r := bits.Div64(hi, lo, den)
	if q >= math.MaxInt64 { // before it is rounded, since 2^64−1 rounded up would wrap to 0
		return Zero, false
	}
	q = roundQuotient(q, r, den, mode)
	return signed(q, (d.coef < 0) != (e.coef < 0), places), true
}

func divBig(d, e Decimal, places int, mode Mode) Decimal {
	a, b := d.toBig(), e.toBig()
	num, den := new(big.Int).Abs(a.Coefficient()), new(big.Int).Abs(b.Coefficient())
	shift := int64(places) + int64(a.Exponent()) - int64(b.Exponent())
	power := new(big.Int).Exp(ten, big.NewInt(abs64(shift)), nil)
	if shift >= 0 {
		num.Mul(num, power)
	} else {
		den.Mul(den, power)
	}
	q, r := new(big.Int).QuoRem(num, den, new(big.Int))
	if up := roundsUp(r.Sign() != 0, r.Lsh(r, 1).Cmp(den) >= 0, mode); up {
		q.Add(q, big.NewInt(1))
	}
	if a.Sign()*b.Sign() < 0 {
		q.Neg(q)
	}
	return fromBig(decimal.NewFromBigInt(q, -int32(places)))
}

func roundQuotient(q, r, den uint64, mode Mode) uint64 {
	if roundsUp(r != 0, r >= den-r, mode) {
		return q + 1
	}
	return q
}

func roundsUp(rest, half bool, mode Mode) bool {
	switch mode {
	case Down:
		return false
	case Up:
		return rest
	}
	return rest && half
}

func signed(m uint64, negative bool, places int) Decimal {
	if m > math.MaxInt64 {
		d := decimal.NewFromBigInt(new(big.Int).SetUint64(m), -int32(places))
		if negative {
			d = d.Neg()
		}
		return fromBig(d)
	}
	if negative {
		return Decimal{coef: -int64(m), scale: uint8(places)}
	}
	return Decimal{coef: int64(m), scale: uint8(places)}
}

func abs64(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
