// Package money holds the exact numbers of telepay: decimals and ratios of
// decimals. Text comes in, text goes out; no number ever passes through a
// float, and nothing is rounded unless Round, DivRound or Split is called.
package money

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// maxScale is the most decimal places that the fast form keeps.
const maxScale = 18

var pow10 = [maxScale + 1]int64{
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
}

// Decimal is an exact decimal number: coefficient × 10^-scale. What does not
// fit 64 bits becomes a shopspring decimal and comes back when it fits again,
// so a Decimal is never wrong, only slower. The zero value is 0. Decimals are
// compared with Cmp; == does not compile, since 1.10 and 1.1 are one number.
type Decimal struct {
	_     [0]func()
	coef  int64
	scale uint8
	wide  *decimal.Decimal
}

// Zero is 0.
var Zero Decimal

// Int returns the whole number n.
func Int(n int64) Decimal { return New(n, 0) }

// New returns coef × 10^-scale, scale from 0 to 18.
func New(coef int64, scale uint8) Decimal {
	if coef == math.MinInt64 {
		return fromBig(decimal.New(coef, -int32(scale)))
	}
	return Decimal{coef: coef, scale: scale}
}

// fromBig brings a shopspring decimal back into the fast form where it fits.
func fromBig(d decimal.Decimal) Decimal {
	exp := -int64(d.Exponent())
	c := d.Coefficient()
	if exp < 0 || exp > maxScale || !c.IsInt64() {
		d = shorten(d)
		exp, c = -int64(d.Exponent()), d.Coefficient()
	}
	if exp < 0 || exp > maxScale || !c.IsInt64() || c.Int64() == math.MinInt64 {
		return Decimal{wide: &d}
	}
	return Decimal{coef: c.Int64(), scale: uint8(exp)}
}

// shorten drops trailing zeros after the point and writes out zeros before it.
func shorten(d decimal.Decimal) decimal.Decimal {
	exp := d.Exponent()
	if exp > 0 {
		return d.Add(decimal.New(0, 0))
	}
	c, rest := d.Coefficient(), new(big.Int)
	for exp < 0 && c.Sign() != 0 {
		q, _ := new(big.Int).QuoRem(c, ten, rest)
		if rest.Sign() != 0 {
			break
		}
		c, exp = q, exp+1
	}
	if c.Sign() == 0 {
		exp = 0
	}
	return decimal.NewFromBigInt(c, exp)
}

var ten = big.NewInt(10)

func (d Decimal) toBig() decimal.Decimal {
	if d.wide != nil {
		return *d.wide
	}
	return decimal.New(d.coef, -int32(d.scale))
}

// Add returns d + e.
func (d Decimal) Add(e Decimal) Decimal {
	if d.wide == nil && e.wide == nil {
		a, b, scale, ok := align(d, e)
		sum := a + b
		if ok && (sum > a) == (b > 0) && sum != math.MinInt64 {
			return Decimal{coef: sum, scale: scale}
		}
	}
	return fromBig(d.toBig().Add(e.toBig()))
}

// Sub returns d − e.
func (d Decimal) Sub(e Decimal) Decimal { return d.Add(e.Neg()) }

// Neg returns −d.
func (d Decimal) Neg() Decimal {
	if d.wide == nil {
		return Decimal{coef: -d.coef, scale: d.scale}
	}
	return fromBig(d.wide.Neg())
}

// Abs returns the distance of d from 0.
func (d Decimal) Abs() Decimal {
	if d.Sign() < 0 {
		return d.Neg()
	}
	return d
}

// Mul returns d × e.
func (d Decimal) Mul(e Decimal) Decimal {
	if d.wide == nil && e.wide == nil && int(d.scale)+int(e.scale) <= maxScale {
		hi, lo := bits.Mul64(magnitude(d.coef), magnitude(e.coef))
		if hi == 0 && lo <= math.MaxInt64 {
			c := int64(lo)
			if (d.coef < 0) != (e.coef < 0) {
				c = -c
			}
			return Decimal{coef: c, scale: d.scale + e.scale}
		}
	}
	return fromBig(d.toBig().Mul(e.toBig()))
}

// Cmp returns −1, 0 or +1 as d is below, equal to or above e.
func (d Decimal) Cmp(e Decimal) int {
	if d.wide == nil && e.wide == nil {
		if a, b, _, ok := align(d, e); ok {
			switch {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		}
	}
	return d.toBig().Cmp(e.toBig())
}

// Equal tells whether d and e are one number.
func (d Decimal) Equal(e Decimal) bool { return d.Cmp(e) == 0 }

// Sign returns −1, 0 or +1.
func (d Decimal) Sign() int {
	if d.wide != nil {
		return d.wide.Sign()
	}
	switch {
	case d.coef < 0:
		return -1
	case d.coef > 0:
		return 1
	}
	return 0
}

// IsZero tells whether d is 0.
func (d Decimal) IsZero() bool { return d.Sign() == 0 }

// IsWhole tells whether d has nothing after the point.
func (d Decimal) IsWhole() bool { return d.Cmp(d.Round(0, Down)) == 0 }

// Int64 returns d as a whole number; ok is false where d is none or too large.
func (d Decimal) Int64() (n int64, ok bool) {
	w := d.Round(0, Down)
	if w.wide != nil || w.Cmp(d) != 0 {
		return 0, false
	}
	return w.coef, true
}

// Min returns the smaller of d and e.
func Min(d, e Decimal) Decimal {
	if d.Cmp(e) <= 0 {
		return d
	}
	return e
}

// Max returns the larger of d and e.
func Max(d, e Decimal) Decimal {
	if d.Cmp(e) >= 0 {
		return d
	}
	return e
}

// Sum adds up ds.
func Sum(ds ...Decimal) Decimal {
	var s Decimal
	for _, d := range ds {
		s = s.Add(d)
	}
	return s
}

// align brings both coefficients to the larger scale; ok is false on overflow.
func align(d, e Decimal) (a, b int64, scale uint8, ok bool) {
	a, b = d.coef, e.coef
	switch {
	case d.scale < e.scale:
		a, ok = widen(a, e.scale-d.scale)
		return a, b, e.scale, ok
	case d.scale > e.scale:
		b, ok = widen(b, d.scale-e.scale)
		return a, b, d.scale, ok
	}
	return a, b, d.scale, true
}

func widen(c int64, places uint8) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(c), uint64(pow10[places]))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if c < 0 {
		return -int64(lo), true
	}
	return int64(lo), true
}

func magnitude(c int64) uint64 {
	if c < 0 {
		return uint64(-c)
	}
	return uint64(c)
}

// String returns d in full, without trailing zeros after the point: 1.1, −0.005 as "-0.005".
func (d Decimal) String() string {
	if d.wide != nil {
		return shorten(d.toBig()).String()
	}
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef, d.scale = d.coef/10, d.scale-1
	}
	return d.narrow(0)
}

// narrow writes coefficient and scale, with zeros up to so many places.
func (d Decimal) narrow(places int) string {
	var room [64]byte
	b, size := room[:0], d.coef
	if size < 0 {
		b, size = append(b, '-'), -size // never −2^63
	}
	begin, scale := len(b), int(d.scale)
	for b = strconv.AppendInt(b, size, 10); len(b)-begin <= scale; {
		b = slices.Insert(b, begin, '0')
	}
	if scale > 0 || places > 0 {
		b = slices.Insert(b, len(b)-scale, '.')
	}
	for ; scale < places; scale++ {
		b = append(b, '0')
	}
	return string(b)
}

// Fixed returns d with exactly places digits after the point. It panics where
// d has more, since printing must never round: Round first.
func (d Decimal) Fixed(places int) string {
	if d.Round(places, Down).Cmp(d) != 0 {
		panic(fmt.Sprintf("money: %s printed with %d places would be rounded", d, places))
	}
	if d.wide != nil || places < int(d.scale) {
		return d.toBig().StringFixed(int32(places))
	}
	return d.narrow(places)
}
