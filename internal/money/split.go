package money

import "sort"

// Split cuts total into parts in proportion to weights, each part a multiple of
// 10^-places, by largest remainder (最大余数法); ties go to the larger weight, then
// to the earlier one. The parts add up to total exactly, and Split of −total is
// the negative of Split of total. Weights are not negative; where all are 0 every
// part is 0 but the first, which takes all.
func Split(total Decimal, weights []Ratio, places int) []Decimal {
	parts := make([]Decimal, len(weights))
	if len(weights) == 0 {
		return parts
	}
	var whole Ratio
	for _, w := range weights {
		whole = whole.Add(w)
	}
	if whole.IsZero() {
		parts[0] = total
		return parts
	}
	size, left := total.Abs(), total.Abs()
	rests := make([]Ratio, len(weights))
	for i, w := range weights {
		exact := Of(size).Mul(w).Div(whole)
		parts[i] = exact.Round(places, Down)
		rests[i] = exact.Sub(Of(parts[i]))
		left = left.Sub(parts[i])
	}
	giveLeft(parts, rests, weights, left, New(1, uint8(places)))
	if total.Sign() < 0 {
		for i := range parts {
			parts[i] = parts[i].Neg()
		}
	}
	return parts
}

// giveLeft hands out what rounding down left over, a unit each, largest rest first.
func giveLeft(parts []Decimal, rests, weights []Ratio, left, unit Decimal) {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		if c := rests[order[a]].Cmp(rests[order[b]]); c != 0 {
			return c > 0
		}
		return weights[order[a]].Cmp(weights[order[b]]) > 0
	})
	for _, i := range order {
		if left.Cmp(unit) < 0 {
			break
		}
		parts[i], left = parts[i].Add(unit), left.Sub(unit)
	}
	parts[order[0]] = parts[order[0]].Add(left) // a total finer than places: the rest below one unit
}
