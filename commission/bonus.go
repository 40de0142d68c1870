package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// bonus (奖金): an amount on a condition, per unit, or for each day, deal or event.
func bonus() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "bonus", Title: lang.T("奖金", "Bonus"), Section: "earnings", Stage: statement.Component,
			Help: lang.T("满足条件给一个金额, 或按件、按比例; 用 each 逐日、逐单、逐事件计算再相加。结果为负时写 against, 从那一项里扣, 不会扣到底薪。",
				"An amount on a condition, or per unit or rate of a measure; with each it is computed for every day, deal or event and summed. Where the sum may be negative, against names the component it comes off; it never reaches base."),
			Fields:  []string{"each", "where", "of", "amount", "per_unit", "rate", "plus", "times", "at_least", "at_most", "once", "against"},
			OneOf:   []string{"amount", "per_unit", "rate"},
			Example: "full_attendance:\n  rule: bonus\n  title: 全勤奖\n  amount: 200 - 50 * late_times\n  at_least: 0\n  when: absent_days = 0\n",
		},
		Pay:   payBonus,
		Check: checkBonus,
	}
}

func checkBonus(rd *yamldoc.Reader, r *rule.Rule) {
	if r.Amount == nil && r.Of == nil {
		rd.Bad(r.Node, "missing-key", lang.F("%s 没有 of", "%s without of", r.Path), lang.T("按什么计", "what it works on"), lang.Same("of: new_customers"))
	}
	if r.Where != nil && r.Each == "" {
		rd.Bad(r.Node.Get("where"), "scope", lang.F("%s 有 where 而没有 each", "%s with where but without each", r.Path), lang.T("each 说明 where 看的是哪种行", "each, to say which rows where looks at"), lang.T("对整月的条件写 when", "a condition on the month is when"))
	}
}

func payBonus(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	var a rule.Amounted
	var evidence []record.Source
	var trouble *rule.Trouble
	var deals map[string]money.Ratio
	switch {
	case r.Each != "":
		a, evidence, deals, trouble = r.EachDeal(s)
	case r.Amount != nil:
		a, trouble = r.AmountOf(s, s.Value)
	default:
		var rated rule.Rated
		rated, trouble = r.Rated(s)
		a, evidence = rated.Amounted, rated.Evidence
	}
	if trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.MultiplyMonth(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.Limited(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	if r.Once != "" && a.Value.Sign() > 0 {
		if why, trouble := r.PaidOnce(s); why != nil || trouble != nil {
			return rule.Outcome{Why: why, Problem: trouble}
		}
	}
	e := r.Earn(s, a, evidence)
	if e.Deals = deals; r.Once != "" && r.Each == "" {
		for _, row := range s.Each("deal") {
			e.AnyOf = append(e.AnyOf, row.Deal)
		}
	}
	if r.Against != "" && e.Line.Amount.Sign() < 0 {
		r.ComeOff(s, &e)
	}
	return r.NotEmpty(e)
}
