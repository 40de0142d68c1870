package rule

import (
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
)

// EachRow computes the rule for every row of its kind that passes where, and sums.
func (r *Rule) EachRow(s *Subject) (Amounted, []record.Source, *Trouble) {
	a, evidence, _, t := r.EachDeal(s)
	return a, evidence, t
}

// EachDeal is EachRow, and what each deal gave.
func (r *Rule) EachDeal(s *Subject) (Amounted, []record.Source, map[string]money.Ratio, *Trouble) {
	deals := map[string]money.Ratio{}
	var sum Amounted
	var evidence []record.Source
	ofDay := map[period.Day]money.Ratio{}
	for _, row := range s.Each(r.Each) {
		if r.Where != nil && !r.Where.Eval(row.Env).Yes {
			continue
		}
		a, t := r.OnRow(s, row.Env)
		if t == nil && r.ByRow {
			a, t = r.Multiply(s, row.Env, a)
		}
		if t == nil {
			a, t = r.dayLimit(s, a, ofDay[row.Date])
		}
		ofDay[row.Date] = ofDay[row.Date].Add(a.Value)
		if t != nil {
			return sum, nil, nil, t
		}
		if a.Value.IsZero() {
			continue
		}
		sum.Value = sum.Value.Add(a.Value)
		sum.Steps = append(sum.Steps, statement.S("event", statement.Word(row.Ref), statement.Word(lang.Same(row.Date.String())), statement.Word(lang.Text{}), statement.Figure(a.Value, statement.Money)))
		sum.Steps = append(sum.Steps, a.Steps...)
		evidence = append(evidence, row.Source)
		if r.Each == "deal" {
			deals[row.Deal] = deals[row.Deal].Add(a.Value)
		}
	}
	if len(sum.Steps) == 0 {
		sum.Steps = []statement.Step{statement.S("no_rows", statement.Word(r.Title))}
	}
	return sum, evidence, deals, nil
}

// OnRow computes a rule on one row: its amount, or its rate or amount per unit of what it works on.
func (r *Rule) OnRow(s *Subject, env expr.Env) (Amounted, *Trouble) {
	if r.Amount != nil {
		return r.AmountOf(s, env)
	}
	of := r.Of.Eval(env)
	if of.NoBase {
		return Amounted{}, &Trouble{Code: "no-base", Node: r.Node, Found: lang.F("%s: %s 没有基数 (—)", "%s: %s has no base (—)", r.Path, lang.Same(r.Of.Source)), Want: lang.T("有基数的指标", "a measure with a base")}
	}
	cuts, miss := r.rateScale().Cuts(scale.Context{Env: env, Month: s.Month, X: &of.Num})
	if miss != nil {
		return Amounted{}, Missing(r.Path, miss)
	}
	var a Amounted
	unit := UnitOf(r.Of.Type())
	if r.Of.Root.Op != expr.OpName && !r.Of.Constant() { // what is rated is itself a sum: say which
		a.Steps = append(a.Steps, statement.S("formula", statement.Word(s.Show(r.Of, env)), statement.Figure(of.Num, unit)))
	}
	for _, c := range cuts {
		width := c.Width()
		if len(cuts) == 1 {
			width = of.Num
		}
		product := width.Mul(c.Value.Num)
		a.Value = a.Value.Add(product)
		label := cutLabel(group{}, c, false)
		for _, h := range c.Hits {
			if h.Key != "" {
				label = Word(h.Key)
			}
		}
		if label.IsEmpty() {
			label = s.Show(r.Of, env)
		}
		a.Steps = append(a.Steps, statement.S("group", statement.Word(label), statement.Figure(width, unit), statement.Figure(c.Value.Num, r.rateUnit()), statement.Figure(product, statement.Money)))
	}
	return a, nil
}

// dayLimit brings what a day gives within at_most: {per day: …}; the rows of the
// day before this one have given so much already.
func (r *Rule) dayLimit(s *Subject, a Amounted, before money.Ratio) (Amounted, *Trouble) {
	if r.AtMost.Day == nil {
		return a, nil
	}
	limit, t := r.worth(s, s.Value, r.AtMost.Day, statement.Money, r.Title)
	left := money.MaxRatio(money.Ratio{}, limit.Value.Sub(before))
	if t == nil && a.Value.Cmp(left) > 0 {
		a.Steps = append(a.Steps, statement.S("at_most", statement.Figure(limit.Value, statement.Money), statement.Figure(before.Add(a.Value), statement.Money), statement.Figure(limit.Value, statement.Money)))
		a.Value = left
	}
	return a, t
}

// PrizeOf returns the prize of a place: where several share it, the mean of the
// prizes of the places they take, or the prize to each.
func (r *Rule) PrizeOf(p Place) money.Ratio {
	if p.Tied < 2 || r.Ties == "each" {
		return money.Of(r.Prizes[p.Place-1])
	}
	var sum money.Decimal
	for i := p.Place; i < p.Place+p.Tied && i <= len(r.Prizes); i++ {
		sum = sum.Add(r.Prizes[i-1])
	}
	return money.Quotient(sum, money.Int(int64(p.Tied)))
}
