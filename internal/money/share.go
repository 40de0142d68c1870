package money

import "strings"

// ParseShare reads a part of a whole as people write it: 60% or 1/3, from 0 to the
// whole. It is exact; a third stays a third.
func ParseShare(text string) (Ratio, bool) {
	var part Ratio
	if percent, ok := strings.CutSuffix(text, "%"); ok {
		d, err := Parse(percent)
		if err != nil {
			return part, false
		}
		part = Quotient(d, Int(100))
	} else {
		a, b, ok := strings.Cut(text, "/")
		num, err := Parse(a)
		den, errDen := Parse(b)
		if !ok || err != nil || errDen != nil || den.Sign() <= 0 {
			return part, false
		}
		part = Quotient(num, den)
	}
	return part, part.Sign() >= 0 && part.Cmp(One) <= 0
}
