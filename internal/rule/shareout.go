package rule

import (
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Given is a pool shared out: amounts by place in the group.
type Given struct {
	amounts map[int]money.Decimal
	steps   map[int][]statement.Step
}

// Total is what was given out; parts that nobody met are left out.
func (g Given) Total() money.Decimal {
	var sum money.Decimal
	for _, v := range g.amounts {
		sum = sum.Add(v)
	}
	return sum
}

// Of is what one of the group is given.
func (g Given) Of(i int) Amounted { return Amounted{Value: money.Of(g.amounts[i]), Steps: g.steps[i]} }

// ShareOut gives a sum to a group by the rule's parts, each by largest remainder;
// ties go to the larger share, then by the order of the group.
func (r *Rule) ShareOut(total money.Decimal, group []*Subject) Given {
	g := Given{amounts: map[int]money.Decimal{}, steps: map[int][]statement.Step{}}
	shares := make([]money.Ratio, len(r.Parts))
	for i, p := range r.Parts {
		shares[i] = p.Share
	}
	sums := money.Split(total, shares, 2)
	for k, p := range r.Parts {
		var at []int
		var weights []money.Ratio
		var all money.Ratio
		for i, s := range group {
			if w := p.weight(s); w.Sign() > 0 {
				at, weights, all = append(at, i), append(weights, w), all.Add(w)
			}
		}
		if len(at) == 0 {
			continue
		}
		for n, v := range money.Split(sums[k], weights, 2) {
			i := at[n]
			g.amounts[i] = g.amounts[i].Add(v)
			g.steps[i] = append(g.steps[i], statement.S("pool_part", statement.Figure(money.Of(total), statement.Money), statement.Figure(p.Share, statement.Percent), statement.Figure(money.Of(sums[k]), statement.Money),
				statement.Figure(weights[n], statement.Plain), statement.Figure(all, statement.Plain), statement.Figure(money.Of(v), statement.Money)))
		}
	}
	return g
}

// weight is a person's weight in a part: 0 where it is not for him.
func (p Part) weight(s *Subject) money.Ratio {
	if p.For != nil && !p.For.Eval(s.Value).Yes || p.When != nil && !p.When.Eval(s.Value).Yes {
		return money.Ratio{}
	}
	if p.ProRata == nil {
		return money.One
	}
	v := p.ProRata.Eval(s.Value)
	if v.NoBase {
		return money.Ratio{}
	}
	return v.Num
}
