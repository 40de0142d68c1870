package penalties

import (
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// Debt is a deduction that was not taken yet, by the law or because it is taken
// in parts: what of it waits, and since when.
type Debt struct {
	Agent  string
	Rule   string
	Title  lang.Text
	Class  statement.Class
	Ground lang.Text
	Path   string
	Clause string
	Month  period.Month  // of the deduction itself
	Whole  money.Decimal // what it was at first
	Amount money.Decimal
	Netted money.Decimal // of it, against this month's commission, before the guard
}

// Claim is a deduction that asks to be taken: one of this month (Line), or one
// that waited (Debt).
type Claim struct {
	Line *statement.Line
	Debt *Debt
	Part *rule.Instalment // nil where it is not taken in parts
}

// Guard is what the legal guard is asked with.
type Guard struct {
	Profile law.Profile
	Choice  map[statement.Class]string // what the plan chose: apply or report_only; empty where it left it to the law
	Filed   string
	Wage    money.Decimal // the month's wage, before guarded deductions
	Minimum money.Decimal // what has to be left; 0 where the city's minimum is not known
	Month   period.Month
}

// Pass sends guarded deductions through the limits, what was carried first, oldest
// first, then this month's in their order (semantics 46). All of them stand under
// one limit together; where a class has its own share, it bounds the sum that has
// been taken when its turn comes. Lines of this month are changed in place; lines
// for what was carried come back with the new debts.
func (g Guard) Pass(claims []Claim) ([]statement.Line, []Debt, *statement.GuardSummary) {
	if len(claims) == 0 {
		return nil, nil, nil
	}
	sum := &statement.GuardSummary{Wage: g.Wage, Minimum: g.Minimum, Basis: g.basis()}
	var out []statement.Line
	var debts []Debt
	for _, c := range claims {
		if limit := g.limit(c.class()); sum.Article.IsEmpty() || limit.Cmp(sum.Limit) > 0 {
			sum.Limit, sum.Percent = limit, g.Profile.Limit(string(c.class())).Percent
			sum.Article = lang.F("限额依据%s。", "Limit by %s. ", g.Profile.Limit(string(c.class())).Article)
		}
		t := g.take(c, sum.Applied)
		sum.Rows = append(sum.Rows, t.row)
		sum.Nominal, sum.Applied, sum.Carried = sum.Nominal.Add(t.row.Nominal), sum.Applied.Add(t.row.Applied), sum.Carried.Add(t.row.Carried)
		if c.Line == nil {
			out = append(out, t.line(c.Debt, g.Month))
		} else {
			c.Line.Limit, c.Line.Amount, c.Line.Carried = &t.row.Left, t.row.Applied.Neg(), t.row.Carried
			c.Line.Steps = append(c.Line.Steps, t.steps...)
		}
		if !t.row.Carried.IsZero() {
			debts = append(debts, c.rest(t.row.Carried))
		}
	}
	return out, debts, sum
}

func (c Claim) class() statement.Class {
	if c.Line != nil {
		return c.Line.Class
	}
	return c.Debt.Class
}

// rest is the debt that goes on to the next month.
func (c Claim) rest(carried money.Decimal) Debt {
	if c.Debt != nil {
		d := *c.Debt
		d.Amount, d.Netted = carried, money.Zero
		return d
	}
	l := c.Line
	return Debt{Rule: l.Rule, Title: l.Title, Class: l.Class, Ground: l.Ground, Path: l.PlanPath, Clause: l.Clause, Month: l.FactMonth, Whole: l.Nominal.Neg(), Amount: carried}
}

// taken is what the guard did to one claim.
type taken struct {
	row   statement.GuardRow
	steps []statement.Step
}

func (g Guard) take(c Claim, before money.Decimal) taken {
	law, limit := g.Profile.Limit(string(c.class())), g.limit(c.class())
	t := taken{row: statement.GuardRow{Class: c.class(), Left: money.Max(money.Zero, limit.Sub(before)), Article: law.Article, Percent: law.Percent, Limit: limit}}
	if c.Line != nil {
		t.row.Title, t.row.Ground, t.row.Nominal = c.Line.Title, c.Line.Ground, c.Line.Nominal.Neg()
	} else {
		t.row.Title = lang.F("%s, %s 结转", "%s, carried from %s", c.Debt.Title, c.Debt.Month.String())
		t.row.Ground, t.row.Nominal = c.Debt.Ground, c.Debt.Amount
		t.steps = append(t.steps, statement.S("carried_from", statement.Word(lang.Same(c.Debt.Month.String())), fig(c.Debt.Amount)))
	}
	if why := g.shownOnly(c.class()); why != "" {
		t.steps = append(t.steps, statement.S(why, fig(t.row.Nominal)))
		return t
	}
	t.steps = append(t.steps, g.limitStep(law, limit))
	t.row.Applied = money.Min(t.row.Nominal, t.row.Left)
	if p := c.Part; p != nil {
		t.row.Applied = money.Min(t.row.Applied, p.Most)
		t.steps = append(t.steps, p.Step())
	}
	t.row.Carried = t.row.Nominal.Sub(t.row.Applied)
	t.steps = append(t.steps, statement.S("guard", fig(t.row.Nominal), fig(t.row.Left), fig(t.row.Applied), fig(t.row.Carried)))
	return t
}

// line is the line of what was carried from an earlier month.
func (t taken) line(d *Debt, month period.Month) statement.Line {
	return statement.Line{
		Stage: statement.Guard, Rule: d.Rule, Kind: statement.Deduction, Class: d.Class, Title: t.row.Title, Clause: d.Clause, PlanPath: d.Path,
		FactMonth: d.Month, PayMonth: month.Add(1), Nominal: d.Amount.Neg(), Limit: &t.row.Left, Amount: t.row.Applied.Neg(), Carried: t.row.Carried, Ground: d.Ground,
		Steps: t.steps,
	}
}

// limit is the share of the month's wage that the law gives a class, rounded down
// to the fen, and no more than lies above the minimum wage; never below 0.
func (g Guard) limit(class statement.Class) money.Decimal {
	l := g.Profile.Limit(string(class))
	most := money.Of(g.Wage).Mul(l.Percent).Round(2, money.Down)
	if l.Floor {
		most = money.Min(most, g.Wage.Sub(g.Minimum))
	}
	return money.Max(money.Zero, most)
}

// limitStep says how the limit of a class comes about, and by which article.
func (g Guard) limitStep(law law.Limit, limit money.Decimal) statement.Step {
	share := statement.Figure(law.Percent, statement.Percent)
	if money.Of(g.Wage).Mul(law.Percent).Round(2, money.Down).Equal(limit) {
		return statement.S("limit_share", fig(g.Wage), share, fig(limit), statement.Word(law.Article))
	}
	return statement.S("limit_floor", fig(g.Wage), fig(g.Minimum), fig(limit), statement.Word(law.Article))
}

// shownOnly says why a class of deductions is shown and neither taken nor carried.
func (g Guard) shownOnly(class statement.Class) string {
	choice := g.Choice[class]
	switch treat := g.Profile.Limit(string(class)).Treat; {
	case treat == law.Forbidden:
		return "forbidden"
	case choice == "report_only", treat == law.ReportOnly && choice != "apply":
		return "report_only"
	}
	return ""
}

func (g Guard) basis() lang.Text {
	limit, choice := g.Profile.Limit(string(statement.Discipline)), g.Choice[statement.Discipline]
	switch {
	case limit.Treat == law.Forbidden:
		return lang.F("纪律类扣款当地不允许 (%s), 只列出, 不扣; 方案也不能改", "deductions for discipline are not allowed here (%s): shown, not taken, whatever the plan says", limit.Article)
	case limit.Treat == law.Capped:
		return lang.T("超出部分结转, 不取消", "the excess is carried, not lost")
	case choice == "apply" && g.Filed != "":
		return lang.F("纪律类扣款为公司书面选择 (方案 protections.discipline: apply, 备案 %s); 超出部分结转, 不取消", "deductions for discipline are the company's written choice (protections.discipline: apply, filed %s); the excess is carried, not lost", g.Filed)
	case choice == "apply":
		return lang.T("纪律类扣款为公司书面选择 (方案 protections.discipline: apply); 超出部分结转, 不取消", "deductions for discipline are the company's written choice (protections.discipline: apply); the excess is carried, not lost")
	case choice == "report_only":
		return lang.T("纪律类扣款按方案只列出, 不扣 (protections.discipline: report_only)", "deductions for discipline are shown and not taken, by the plan (protections.discipline: report_only)")
	}
	return lang.T("纪律类扣款没有法律依据, 只列出, 不扣", "there is no ground in law for deductions for discipline: shown, not taken")
}

func fig(d money.Decimal) statement.Term { return statement.Figure(money.Of(d), statement.Money) }
