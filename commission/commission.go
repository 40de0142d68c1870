package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// commission (提成): a rate, or an amount per unit, of what was sold or collected.
func commission() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "commission", Title: lang.T("提成", "Commission"), Section: "earnings", Stage: statement.Rate,
			Help: lang.T("按业绩的百分比, 或按件计。档位写下限; mode 说明是全额还是超额。按每笔业绩记账, 以后退款能按当时所得冲回。按累计指标 (quarter_to_date.collected) 时, 发的是累计应得减去已发; 期内的退款在累计里冲抵。",
				"A percentage of what was sold or collected, or so much per unit. Steps are lower bounds; mode says whether the reached rate holds for everything or each slice has its own. Kept per credit, so that a later refund can take back what was earned on it. Over a measure to date (quarter_to_date.collected) it pays what was earned to date less what was paid before; refunds within the span net in the measure."),
			Fields:  []string{"of", "where", "rate", "per_unit", "plus", "times", "at_least", "at_most", "leaver"},
			Needs:   []string{"of"},
			OneOf:   []string{"rate", "per_unit"},
			Example: "commission:\n  title: 回款提成\n  for: role = agent\n  of: collected\n  rate: {mode: marginal, from 0: 3%, from 5万: 5%, from 10万: 8%}\n  times: factor.monthly\n",
		},
		Pay: payCommission,
	}
}

func payCommission(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	rated, trouble := r.Rated(s)
	if trouble != nil {
		return rule.Bad(trouble)
	}
	a, trouble := r.MultiplyMonth(s, rated.Amounted)
	if trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.Limited(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.LessPaid(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	e := r.Earn(s, a, rated.Evidence)
	e.Line.Base, e.Line.Rate = &rated.Base, rated.Rate
	e.Shares = rated.Shares
	return r.NotEmpty(e)
}
