// Package phrase says in words what a statement holds as data: a step of a
// derivation becomes a sentence in Chinese or English, a figure becomes text.
// It never computes, and it never leaves out a figure or a word it was given.
package phrase

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Minus is the sign of negative figures: as wide as a digit, unlike the hyphen.
const Minus = "−"

// Money writes an amount: thousands separated, two places where that is exact,
// up to four where it is not.
func Money(d money.Decimal) string { return decimal(d.Round(4, money.HalfUp), 2) }

// Figure writes a number as its unit asks. Money has two places, or up to four
// where two would not be exact; Percent at most two; Plain at most four; a
// Duration, in seconds, is h:mm:ss. What has more places is rounded half up.
func Figure(v money.Ratio, u statement.Unit, l lang.Lang) string {
	switch u {
	case statement.Money:
		return Money(v.Round(4, money.HalfUp))
	case statement.Percent:
		return decimal(percent(v), 0) + "%"
	case statement.Duration:
		return duration(v)
	case statement.Days:
		return days(v, l)
	}
	return decimal(v.Round(4, money.HalfUp), 0)
}

// FixedPercent writes a percentage with two places whatever it is, for columns
// that are read downwards: 115.00%.
func FixedPercent(v money.Ratio) string { return decimal(percent(v), 2) + "%" }

func percent(v money.Ratio) money.Decimal {
	return v.Mul(money.Whole(100)).Round(2, money.HalfUp)
}

func duration(v money.Ratio) string {
	whole, ok := v.Round(0, money.HalfUp).Int64()
	if !ok {
		return decimal(v.Round(0, money.HalfUp), 0)
	}
	sign := ""
	if whole < 0 {
		sign, whole = Minus, -whole
	}
	two := func(n int64) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return sign + decimal(money.Int(whole/3600), 0) + ":" + two(whole/60%60) + ":" + two(whole%60)
}

func days(v money.Ratio, l lang.Lang) string {
	n := decimal(v.Round(4, money.HalfUp), 0)
	switch {
	case l != lang.EN:
		return n + " 天"
	case n == "1":
		return n + " day"
	}
	return n + " days"
}

// decimal writes d in full with at least places digits after the point.
func decimal(d money.Decimal, places int) string {
	whole, frac, _ := strings.Cut(d.Abs().String(), ".")
	for len(frac) < places {
		frac += "0"
	}
	var b strings.Builder
	if d.Sign() < 0 {
		b.WriteString(Minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if frac != "" {
		b.WriteString("." + frac)
	}
	return b.String()
}
