package payrun

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
	"telepay/kpi"
)

// checkTargets notes targets that nobody approved, and those of a team, site,
// region or the company that those handed to its people do not add up to.
func (m *month) checkTargets() []diag.Problem {
	var out []diag.Problem
	note := func(t record.Target, code string, found, want, mend lang.Text) {
		out = append(out, diag.Problem{Code: code, Reach: diag.Note, Pos: diag.Pos{File: t.At.File, Line: t.At.Row}, Found: found, Want: want, Mend: mend})
	}
	for _, t := range m.facts.Targets {
		k := m.run.engine.Set.ByName[t.KPI]
		if t.Month != m.month || k == nil {
			continue
		}
		if t.ApprovedBy == "" || t.ApprovedOn == period.NoDay {
			note(t, "target-approval", lang.F("%s %s 的任务没有批准人或批准日期", "a target of %s %s without who approved it, or when", scopeName(t), k.Title),
				lang.T("批准人和日期", "who approved it, and the day"), lang.T("填 approved_by 和 approved_on 两列", "fill in approved_by and approved_on"))
		}
		if t.Scope == "agent" {
			continue
		}
		sum, ok := m.run.engine.Handed(t.KPI, kpi.Scope{Kind: t.Scope, ID: t.ID}, m.month)
		if ok && sum.Cmp(money.Of(t.Value)) != 0 {
			note(t, "target-sum", lang.F("%s 的%s任务 %s, 成员合计 %s", "a target of %[3]s for %[1]s (%[2]s); its people's come to %[4]s", scopeName(t), k.Title, statement.Write(money.Of(t.Value), k.Unit()), statement.Write(sum, k.Unit())),
				lang.T("成员任务之和等于团队任务", "people's targets that add up to it"), lang.F("改正其中一个; 有意不同的在 decisions.csv 里接受: accept,%s", "correct one of them; where they are meant to differ, accept it in decisions.csv: accept,%s", t.At.String()))
		}
	}
	return out
}

func scopeName(t record.Target) string {
	if t.Scope == "company" {
		return "company"
	}
	return t.ID
}
