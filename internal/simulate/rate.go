package simulate

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// leastBase is the least amount on which a whole tenth of a percent is no chance hit.
var leastBase = money.Whole(1000)

// otherRate finds a line whose amount becomes the others' by a rate in tenths of
// a percent: of all that was rated, or of one slice. Without a title it asks all
// rules but those for which the others have a column of their own.
func (s *search) otherRate(title lang.Text, off money.Decimal) lang.Text {
	for _, l := range s.st.Lines {
		if title.IsEmpty() && s.told[l.Rule] || !title.IsEmpty() && l.Title != title {
			continue
		}
		theirs := l.Amount.Add(off)
		if l.Base != nil && l.Rate != nil {
			if rate, ok := rateOf(*l.Base, money.Of(theirs)); ok && l.Base.Mul(rate).Round(2, money.HalfUp).Equal(theirs) {
				return lang.F("“%s”：对方按 %s 计，telepay 按 %s", "%q: they pay %s, telepay %s", l.Title, percent(rate), percent(*l.Rate))
			}
		}
		if says := otherSlice(l, theirs); !says.IsEmpty() {
			return says
		}
	}
	return lang.Text{}
}

// rateOf is what amount is of base, if that is a rate that people use: whole
// percents, and halves and tenths where base is no round sum, of which any round
// difference would be some tenth of a percent.
func rateOf(base, amount money.Ratio) (money.Ratio, bool) {
	if base.Cmp(leastBase) < 0 {
		return money.Ratio{}, false
	}
	rate := money.Of(amount.Div(base).Round(3, money.HalfUp))
	least := 1
	switch {
	case base.Div(money.Whole(1000)).Round(6, money.HalfUp).IsWhole():
		least = 3
	case base.Div(money.Whole(100)).Round(6, money.HalfUp).IsWhole():
		least = 2
	}
	return rate, rate.Sign() > 0 && rate.Cmp(money.One) <= 0 && roundness(rate) >= least
}

// twoPoints is the square of 2%: of a full slice, which is a round sum, a rate
// farther off would be a chance hit.
var twoPoints = money.Quotient(money.Int(4), money.Int(10000))

// slice is a step of a line that is computed in slices.
type slice struct {
	label       lang.Text
	width, rate money.Ratio
}

// slicesOf returns the slices of a line, and their sum; none where something else
// than their sum makes the amount, as a factor does.
func slicesOf(l statement.Line) (all []slice, width, sum money.Ratio) {
	for _, x := range l.Steps {
		if x.Key == "slice" && len(x.Terms) == 4 && x.Terms[1].Unit == statement.Money {
			all = append(all, slice{x.Terms[0].Text, x.Terms[1].Value, x.Terms[2].Value})
			width, sum = width.Add(x.Terms[1].Value), sum.Add(x.Terms[1].Value.Mul(x.Terms[2].Value))
		}
	}
	if len(all) < 2 || !sum.Round(2, money.HalfUp).Equal(l.Amount) {
		return nil, width, sum
	}
	return all, width, sum
}

// otherSlice: the others may pay one rate on everything (全额) where the plan has
// slices (超额), or another rate on one of them.
func otherSlice(l statement.Line, theirs money.Decimal) lang.Text {
	slices, width, sum := slicesOf(l)
	if len(slices) == 0 {
		return lang.Text{}
	}
	for _, x := range slices {
		if width.Cmp(leastBase) >= 0 && width.Mul(x.rate).Round(2, money.HalfUp).Equal(theirs) {
			return lang.F("“%s”：对方全部按 %s 计，telepay 分段计", "%q: they pay %s on all of it, telepay by slices", l.Title, percent(x.rate))
		}
	}
	var best lang.Text
	roundest := 0
	for i, x := range slices {
		rest := sum.Sub(x.width.Mul(x.rate))
		rate, ok := rateOf(x.width, money.Of(theirs).Sub(rest))
		if full := i+1 < len(slices); full && rate.Sub(x.rate).Mul(rate.Sub(x.rate)).Cmp(twoPoints) > 0 {
			continue
		}
		if n := roundness(rate); ok && n > roundest && rest.Add(x.width.Mul(rate)).Round(2, money.HalfUp).Equal(theirs) {
			roundest = n
			best = lang.F("“%s”：%s 这一段对方按 %s 计，telepay 按 %s", "%q: in the slice %s they pay %s, telepay %s", l.Title, x.label, percent(rate), percent(x.rate))
		}
	}
	return best
}

// roundness tells likely rates from unlikely ones: 6% from 5.5% from 5.4%.
func roundness(rate money.Ratio) int {
	for n, steps := range []int64{100, 200} {
		if rate.Mul(money.Whole(steps)).Round(6, money.HalfUp).IsWhole() {
			return 3 - n
		}
	}
	return 1
}

func percent(r money.Ratio) string {
	return r.Mul(money.Whole(100)).Round(2, money.HalfUp).String() + "%"
}

// rounded: the others round every amount to the yuan or the jiao, or at other steps.
func (s *search) rounded(off, yours money.Decimal) lang.Text {
	switch {
	case off.Abs().Cmp(money.Int(1)) < 0 && yours.IsWhole():
		return lang.T("对方取整到元", "they round to whole units")
	case off.Abs().Cmp(money.New(1, 1)) < 0 && yours.Equal(yours.Round(1, money.Down)):
		return lang.T("对方取整到角", "they round to tenths")
	case off.Abs().Cmp(money.New(int64(max(1, len(s.st.Lines)+len(s.st.Credits))), 2)) <= 0:
		return lang.F("舍入：%s 项各自四舍五入到分的次序不同", "rounding: %s rounded at other steps", lang.Count(len(s.st.Lines)+len(s.st.Credits), "item is", "items are"))
	}
	return lang.Text{}
}
