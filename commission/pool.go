package commission

import (
	"slices"

	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// pool (奖金池): money of a team, from what its members earned or from the
// company, shared out among them.
func pool() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "pool", Title: lang.T("奖金池", "Pool"), Section: "earnings", Stage: statement.Contests,
			Help: lang.T("of 写规则名列表时, 按 share 从各人的这些所得里提取; 写指标时由公司出 share, 或写一个 amount。再按 parts 分给大家: 同等, 或按 pro_rata 的比例, 分到分不差。没有人合条件的份不提取。",
				"Where of is a list of rules, share of what each earned by them goes in; where it is a measure the company pays share of it, or an amount. It is then shared out by parts: alike, or in proportion to pro_rata, exact to the fen. A part that nobody meets is not taken."),
			Fields:  []string{"per", "of", "share", "amount", "parts"},
			Needs:   []string{"parts"},
			Example: "pool:\n  title: 团队奖金池\n  of: [commission]\n  share: 25%\n  parts: [{share: 30%, for: role = leader}, {share: rest, when: days_worked >= 15}]\n",
		},
		Pay:      func(*rule.Rule, *rule.Subject) rule.Outcome { return rule.Outcome{} },
		Together: sharePool,
		Check:    checkPool,
	}
}

func checkPool(rd *yamldoc.Reader, r *rule.Rule) {
	switch of := r.Of != nil || len(r.OfRules) > 0; {
	case of == (r.Amount != nil):
		rd.Bad(r.Node, "missing-key", lang.F("%s: of 和 amount", "%s: of and amount", r.Path), lang.T("其中恰好一个", "exactly one of them"), lang.Same("of: [commission]"))
	case of && r.Share.IsZero():
		rd.Bad(r.Node, "missing-key", lang.F("%s 没有 share", "%s without share", r.Path), lang.T("提取多少", "how much of it"), lang.Same("share: 25%"))
	}
}

// sharePool funds the pool of a group and shares it out.
func sharePool(r *rule.Rule, group []*rule.Subject) []rule.Outcome {
	out := make([]rule.Outcome, len(group))
	var in []int // whom the rule is for
	for i, s := range group {
		if ok, why := r.Applies(s); ok {
			in = append(in, i)
		} else {
			out[i].Why = why
		}
	}
	if len(in) == 0 {
		return out
	}
	f, trouble := fundOf(r, group, in)
	if trouble != nil {
		out[in[0]].Problem = trouble
		return out
	}
	given := r.ShareOut(f.total, group)
	f.give(given.Total())
	for i, s := range group {
		if paid := f.in[i]; !paid.IsZero() {
			a := rule.Amounted{Value: money.Of(paid.Neg()), Steps: []statement.Step{statement.S("pool_in", statement.Figure(money.Of(f.of[i]), statement.Money), statement.Figure(r.Share, statement.Percent), statement.Figure(money.Of(paid), statement.Money))}}
			e := r.Earn(s, a, nil)
			e.Line.Title = lang.F("%s 缴入", "%s, paid in", r.Title)
			out[i].Lines = append(out[i].Lines, e)
		}
		if a := given.Of(i); a.Value.Sign() > 0 {
			a.Steps = append(append([]statement.Step{}, f.steps...), a.Steps...)
			e := r.Earn(s, a, nil)
			e.Line.Title = lang.F("%s 分得", "%s, shared out", r.Title)
			out[i].Lines = append(out[i].Lines, e)
		}
	}
	return out
}

// fund is what a pool has, and what of it each member put in.
type fund struct {
	total money.Decimal
	of    map[int]money.Decimal // what a member's contribution is taken of
	in    map[int]money.Decimal
	steps []statement.Step
}

func fundOf(r *rule.Rule, group []*rule.Subject, in []int) (fund, *rule.Trouble) {
	f := fund{of: map[int]money.Decimal{}, in: map[int]money.Decimal{}}
	first := group[in[0]]
	switch {
	case len(r.OfRules) > 0:
		for _, i := range in {
			for _, name := range r.OfRules {
				v, _ := group[i].Amounts(name)
				f.of[i] = f.of[i].Add(v)
			}
			f.in[i] = money.Max(money.Zero, money.Of(f.of[i]).Mul(r.Share).Round(2, r.Round))
			f.total = f.total.Add(f.in[i])
		}
		f.steps = []statement.Step{statement.S("pool_of", statement.Figure(money.Of(f.total), statement.Money), statement.Figure(money.Whole(int64(len(in))), statement.Plain))}
	case r.Amount != nil:
		a, trouble := r.AmountOf(first, first.Value)
		if trouble != nil {
			return f, trouble
		}
		f.total, f.steps = a.Value.Round(2, r.Round), a.Steps
	default:
		of := r.Of.Eval(first.Value)
		if !r.OfScope { // a member's own figure: the pool is of all of them
			of.Num = money.Ratio{}
			for _, i := range in {
				v := r.Of.Eval(group[i].Value)
				of.Num, of.NoBase = of.Num.Add(v.Num), of.NoBase || v.NoBase
			}
		}
		if of.NoBase {
			return f, &rule.Trouble{Code: "no-base", Node: r.Node, Found: lang.F("%s: %s 没有基数 (—)", "%s: %s has no base (—)", r.Path, lang.Same(r.Of.Source)), Want: lang.T("有基数的指标", "a measure with a base")}
		}
		sum := of.Num.Mul(r.Share)
		f.total = sum.Round(2, r.Round)
		f.steps = []statement.Step{statement.S("group", statement.Word(r.OfTitle(first)), statement.Figure(of.Num, rule.UnitOf(r.Of.Type())), statement.Figure(r.Share, statement.Percent), statement.Figure(sum, statement.Money))}
	}
	f.total = money.Max(money.Zero, f.total)
	return f, nil
}

// give keeps of what members put in only as much as is shared out.
func (f *fund) give(out money.Decimal) {
	if out.Equal(f.total) || len(f.in) == 0 {
		return
	}
	var at []int
	var weights []money.Ratio
	for i := range f.of {
		at = append(at, i)
	}
	slices.Sort(at)
	for _, i := range at {
		weights = append(weights, money.Of(f.in[i]))
	}
	for k, v := range money.Split(out, weights, 2) {
		f.in[at[k]] = v
	}
}
