package penalties

import (
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// Debt is a deduction that the law did not let through yet: what of it waits,
// and since when.
type Debt struct {
	Agent  string
	Rule   string
	Title  lang.Text
	Class  statement.Class
	Ground lang.Text
	Path   string
	Clause string
	Month  period.Month // of the deduction itself
	Amount money.Decimal
}

// Guard is what the legal guard is asked with.
type Guard struct {
	Profile law.Profile
	Apply   bool // whether discipline deductions are applied at all
	ByPlan  bool // whether the plan chose so itself
	Filed   string
	Wage    money.Decimal // the month's wage, before guarded deductions
	Minimum money.Decimal // 0 where the city's is not known
	Month   period.Month
}

// Pass sends guarded deductions through the limit, what was carried first, oldest
// first, then this month's in their order (semantics 46). Lines of this month are
// changed in place; lines for what was carried come back with the new debts.
func (g Guard) Pass(carried []Debt, lines []*statement.Line) ([]statement.Line, []Debt, *statement.GuardSummary) {
	if len(carried) == 0 && len(lines) == 0 {
		return nil, nil, nil
	}
	sum := &statement.GuardSummary{Wage: g.Wage, Percent: g.Profile.Percent, Limit: g.limit(), Minimum: g.Minimum, Article: lang.F("限额依据%s。", "Limit by %s. ", g.Profile.Article), Basis: g.basis()}
	left := sum.Limit
	var out []statement.Line
	var debts []Debt
	for _, d := range carried {
		row, l := g.old(d, left)
		left = left.Sub(row.Applied)
		if !row.Carried.IsZero() {
			d.Amount = row.Carried
			debts = append(debts, d)
		}
		sum.Rows, out = append(sum.Rows, row), append(out, l)
	}
	for _, l := range lines {
		row := g.now(l, left)
		left = left.Sub(row.Applied)
		if !row.Carried.IsZero() {
			debts = append(debts, Debt{Rule: l.Rule, Title: l.Title, Class: l.Class, Ground: l.Ground, Path: l.PlanPath, Clause: l.Clause, Month: l.FactMonth, Amount: row.Carried})
		}
		sum.Rows = append(sum.Rows, row)
	}
	for _, r := range sum.Rows {
		sum.Nominal, sum.Applied, sum.Carried = sum.Nominal.Add(r.Nominal), sum.Applied.Add(r.Applied), sum.Carried.Add(r.Carried)
	}
	return out, debts, sum
}

// limit is the smaller of the share of the month's wage, rounded down to the
// fen, and what lies above the minimum wage; never below 0.
func (g Guard) limit() money.Decimal {
	share := money.Of(g.Wage).Mul(g.Profile.Percent).Round(2, money.Down)
	return money.Max(money.Zero, money.Min(share, g.Wage.Sub(g.Minimum)))
}

func (g Guard) basis() lang.Text {
	switch {
	case g.ByPlan && g.Apply && g.Filed != "":
		return lang.F("纪律类扣款为公司书面选择 (方案 protections.discipline: apply, 备案 %s); 超出部分结转, 不取消", "deductions for discipline are the company's written choice (protections.discipline: apply, filed %s); the excess is carried, not lost", g.Filed)
	case g.ByPlan && g.Apply:
		return lang.T("纪律类扣款为公司书面选择 (方案 protections.discipline: apply); 超出部分结转, 不取消", "deductions for discipline are the company's written choice (protections.discipline: apply); the excess is carried, not lost")
	case g.Apply:
		return lang.T("超出部分结转, 不取消", "the excess is carried, not lost")
	}
	return lang.T("纪律类扣款没有法律依据, 只列出, 不扣", "there is no ground in law for deductions for discipline: shown, not taken")
}

// let returns what of a claim passes, and what waits. Discipline without a
// ground in law is shown and neither taken nor carried.
func (g Guard) let(class statement.Class, claim, left money.Decimal) (applied, carried money.Decimal) {
	if class == statement.Discipline && !g.Apply {
		return money.Zero, money.Zero
	}
	applied = money.Min(claim, left)
	return applied, claim.Sub(applied)
}

func (g Guard) old(d Debt, left money.Decimal) (statement.GuardRow, statement.Line) {
	applied, carried := g.let(d.Class, d.Amount, left)
	title := lang.F("%s, %s 结转", "%s, carried from %s", d.Title, d.Month.String())
	row := statement.GuardRow{Title: title, Class: d.Class, Ground: d.Ground, Nominal: d.Amount, Left: left, Applied: applied, Carried: carried}
	limit := left
	l := statement.Line{
		Stage: statement.Guard, Rule: d.Rule, Kind: statement.Deduction, Class: d.Class, Title: title, Clause: d.Clause, PlanPath: d.Path,
		FactMonth: d.Month, PayMonth: g.Month.Add(1), Nominal: d.Amount.Neg(), Limit: &limit, Amount: applied.Neg(), Carried: carried, Ground: d.Ground,
		Steps: []statement.Step{
			statement.S("carried_from", statement.Word(lang.Same(d.Month.String())), statement.Figure(money.Of(d.Amount), statement.Money)),
			statement.S("guard", fig(d.Amount), fig(left), fig(applied), fig(carried)),
		},
	}
	return row, l
}

func (g Guard) now(l *statement.Line, left money.Decimal) statement.GuardRow {
	claim := l.Nominal.Neg()
	applied, carried := g.let(l.Class, claim, left)
	limit := left
	l.Limit, l.Amount, l.Carried = &limit, applied.Neg(), carried
	if l.Class == statement.Discipline && !g.Apply {
		l.Steps = append(l.Steps, statement.S("report_only", fig(claim)))
	} else {
		l.Steps = append(l.Steps, statement.S("guard", fig(claim), fig(left), fig(applied), fig(carried)))
	}
	return statement.GuardRow{Title: l.Title, Class: l.Class, Ground: l.Ground, Nominal: claim, Left: left, Applied: applied, Carried: carried}
}

func fig(d money.Decimal) statement.Term { return statement.Figure(money.Of(d), statement.Money) }
