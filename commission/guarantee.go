package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// guarantee (保底): tops up what some rules earned to an amount. It never pays a
// penalty back: deductions come after it (semantics 37).
func guarantee() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "guarantee", Title: lang.T("保底", "Guarantee"), Section: "earnings", Stage: statement.Guarantee,
			Help: lang.T("of 里各项之和不足 amount 时补足差额; 在扣款之前计算。写了 part_month 时, 入职离职当月的保底按它折算。写了 recover 就是预支: 补足的部分记账, 以后从所得里扣回。",
				"Tops up the sum of the rules in of to amount, before deductions. With part_month the amount is prorated in months of joining and leaving. With recover it is a draw: what was topped up is owed and recovered from later months."),
			Fields:  []string{"of", "amount", "part_month", "recover"},
			Needs:   []string{"of", "amount"},
			Example: "newcomer:\n  rule: guarantee\n  title: 新人保底\n  for: service_month <= 3\n  of: [base, commission]\n  amount: 4000\n",
		},
		Pay:   payGuarantee,
		Check: checkGuarantee,
	}
}

func checkGuarantee(rd *yamldoc.Reader, r *rule.Rule) {
	if n := r.Node.Get("of"); n != nil && len(r.OfRules) == 0 {
		rd.WantShape(n, lang.T("规则名列表, 如 [base, commission]", "a list of rules such as [base, commission]"))
	}
}

func payGuarantee(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	a, trouble := r.AmountOf(s, s.Value)
	if trouble != nil {
		return rule.Bad(trouble)
	}
	d := s.Days
	if r.PartMonth != "" && d.EmployedWorkdays < d.MonthWorkdays {
		a = prorate(r.PartMonth, s, a)
	}
	var have money.Decimal
	var terms []statement.Term
	for _, name := range r.OfRules {
		v, _ := s.Amounts(name)
		have = have.Add(v)
		terms = append(terms, statement.Named(s.Title(name), money.Of(v), statement.Money))
	}
	a.Steps = append(a.Steps, statement.Step{Key: "compared", Terms: terms})
	missing := a.Value.Sub(money.Of(have))
	if missing.Sign() <= 0 && r.Recover != nil {
		if o, ok := recoverDraw(r, s, missing.Neg()); ok {
			return o
		}
	}
	if missing.Sign() <= 0 {
		return rule.Outcome{Why: append([]statement.Step{statement.S("reached", statement.Word(r.Title), statement.Figure(a.Value, statement.Money), statement.Figure(money.Of(have), statement.Money))}, a.Steps...)}
	}
	a.Steps = append(a.Steps, statement.S("topup", statement.Figure(a.Value, statement.Money), statement.Figure(money.Of(have), statement.Money), statement.Figure(missing, statement.Money)))
	a.Value = missing
	return r.NotEmpty(r.Earn(s, a, nil))
}

// recoverDraw takes back of what was drawn what a month earned above the draw,
// within the plan's limit; false where nothing is owed or due.
func recoverDraw(r *rule.Rule, s *rule.Subject, above money.Ratio) (rule.Outcome, bool) {
	owed := s.Balance(r.Name)
	if owed.Sign() <= 0 || r.Recover.For != nil && !r.Recover.For.Eval(s.Value).Yes {
		return rule.Outcome{}, false
	}
	take := money.Min(owed, above.Round(2, money.Down))
	steps := []statement.Step{statement.S("draw_owed", statement.Figure(money.Of(owed), statement.Money), statement.Figure(above, statement.Money))}
	if p := r.Recover.Part(s, 1, owed); r.Recover.AtMost != nil || r.Recover.Instalments > 0 {
		take = money.Min(take, money.Max(p.Most, money.Zero))
		steps = append(steps, p.Step())
	}
	if take.Sign() <= 0 {
		return rule.Outcome{}, false
	}
	steps = append(steps, statement.S("draw_back", statement.Figure(money.Of(owed), statement.Money), statement.Figure(money.Of(take), statement.Money), statement.Figure(money.Of(owed.Sub(take)), statement.Money)))
	e := r.Earn(s, rule.Amounted{Value: money.Of(take.Neg()), Steps: steps}, nil)
	e.Line.Title, e.Line.Class = lang.F("%s 扣回", "%s, recovered", r.Title), statement.Recovery
	return rule.Outcome{Lines: []rule.Earned{e}}, true
}
