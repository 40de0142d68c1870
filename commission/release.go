package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// release (分期, 质保金): holds back what rules earned, and pays it in stages. What
// waits is kept by payrun from month to month; here stands only when a part is due.
func release() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "release", Title: lang.T("分期发放", "Release in stages"), Section: "earnings", Stage: statement.Held,
			Help: lang.T("把 of 里各项当月所得按 parts 分期: 条件满足的当月发, 其余暂存, 以后满足时按原数发放, 归原来的月份, 不再进任何档位。where 看成交 (paid 已回款, value 合同额), after 是该单的事件或天数, when 看指标 (普通指标取所得的月份, 累计指标取到现在)。退款先冲暂存的部分。",
				"Pays what the rules in of earned this month in stages: parts whose condition holds at once, the rest is held and released at its original amount when it does; it keeps its month and counts for no bound again. where looks at the deal (paid, value), after is a milestone of the deal or a number of days, when looks at measures (a plain one of the month it was earned in, one to date as it stands now). A refund takes what is held first."),
			Fields:  []string{"of", "parts", "lasts", "leaver"},
			Needs:   []string{"of", "parts"},
			Example: "holdback:\n  rule: release\n  title: 质保金\n  of: [commission]\n  parts: [{share: 80%}, {share: 20%, after: 90d}]\n",
		},
		Pay:   func(*rule.Rule, *rule.Subject) rule.Outcome { return rule.Outcome{} },
		Check: checkRelease,
	}
}

func checkRelease(rd *yamldoc.Reader, r *rule.Rule) {
	if n := r.Node.Get("of"); n != nil && len(r.OfRules) == 0 {
		rd.WantShape(n, lang.T("规则名列表, 如 [commission]", "a list of rules such as [commission]"))
	}
}
