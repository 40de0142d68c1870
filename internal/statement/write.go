package statement

import (
	"fmt"
	"strings"

	"telepay/internal/money"
)

// Write prints a figure as papers show it: money with thousands separators and
// two places where that is exact, else at most four; percentages with %; times
// as h:mm:ss; everything else with at most four places. The minus is U+2212.
func Write(v money.Ratio, u Unit) string {
	switch u {
	case Money:
		d := v.Round(4, money.HalfUp)
		places := 2
		for places < 4 && d.Round(places, money.Down).Cmp(d) != 0 {
			places++
		}
		return group(d.Fixed(places))
	case Percent:
		return group(v.Mul(money.Whole(100)).Round(2, money.HalfUp).String()) + "%"
	case Duration:
		return clock(v)
	}
	return group(v.Round(4, money.HalfUp).String())
}

// WriteMoney prints an amount that is rounded already.
func WriteMoney(d money.Decimal) string { return Write(money.Of(d), Money) }

func clock(v money.Ratio) string {
	seconds, _ := v.Round(0, money.HalfUp).Int64()
	sign := ""
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	return fmt.Sprintf("%s%d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
}

// group puts a comma between thousands and prints −0 as 0.
func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, frac, point := strings.Cut(s, ".")
	if strings.Trim(s, "0.") == "" {
		sign = ""
	}
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if point {
		b.WriteString("." + frac)
	}
	return sign + b.String()
}
