package statutory

import (
	"fmt"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// How a person is taxed: the words of the roster's column tax.
const (
	Wage     = "wage"     // employees, re-employed pensioners: cumulative
	Labour   = "labour"   // no employment: each payment by itself, those of a month being one
	Platform = "platform" // workers of a platform: cumulative since October 2025
	Student  = "student"  // interns: cumulative
	Untaxed  = "none"
)

// State is what a person's tax year has come to, by month of payment. The zero
// value is a year in which nothing was paid yet. Earlier employers do not enter.
type State struct {
	Month      period.Month  // the last month of payment in it; its year is the state's
	By         string        // how it was taxed: wage, platform, student
	Income     money.Decimal // all that was paid, before anything
	Exempt     money.Decimal
	Special    money.Decimal // employee's insurance and fund
	Additional money.Decimal // special additional deductions
	Other      money.Decimal // other lawful deductions
	Relief     money.Decimal // tax that was let off
	Withheld   money.Decimal
	Months     int  // months of deduction so far; of platform workers the unbroken ones
	Bonus      bool // whether the one bonus of the year that is taxed apart was paid
}

// Payment is what a person is paid in a month of payment, with all that tax
// depends on. Several payments of one month may come together or one by one.
type Payment struct {
	By         string
	Month      period.Month
	Income     money.Decimal // before insurance, fund and tax; without Bonus and Severance
	Exempt     money.Decimal // of Income
	Special    money.Decimal // employee's insurance and fund of this payment
	Additional money.Decimal // special additional deductions of this month
	// AdditionalToDate is the year's figure as the tax client exports it; it takes
	// the place of all that was added up. Nil: Additional is added.
	AdditionalToDate *money.Decimal
	Other            money.Decimal
	Relief           money.Decimal
	Hire             period.Month
	Leave            period.Month // 0 while employed
	FirstJob         bool         // by the employee's statement: no wage earlier in the year
	SixtyThousand    bool         // by HR: last year's twelve months here, at most 60,000
	// Bonus is a whole-year bonus that is to be taxed apart. A second one in a year
	// is income.
	Bonus money.Decimal
	// Severance is one-off compensation at leaving; what is above three times
	// AverageWage, the local average of last year, is taxed by itself.
	Severance   money.Decimal
	AverageWage money.Decimal
	At          diag.Pos // the roster row
}

// Charge is one tax that is withheld.
type Charge struct {
	Rule    string // tax, tax_bonus, tax_severance
	Title   lang.Text
	Taxable money.Decimal // to date where tax is cumulative
	Band    law.Band
	Amount  money.Decimal // withheld now, never below 0
	Months  int           // months of deduction
	Basic   money.Decimal // deduction for them
	Article lang.Text
	Steps   []statement.Step
	Notes   []statement.Step
}

// Tax withholds from a payment and returns the year's new state. Months of
// payment are computed in their order: a state of a later month, as opening.csv
// may have it, is a problem. It panics under rules of another month.
func (r *Rules) Tax(s State, p Payment) ([]Charge, State, []diag.Problem) {
	if p.Month != r.Month {
		panic(fmt.Sprintf("statutory: a payment of %s under rules of %s", p.Month, r.Month))
	}
	if !r.settings.Tax || p.By == Untaxed {
		return nil, s, nil
	}
	if s.Month > p.Month {
		return nil, s, []diag.Problem{{Code: "tax-data", Reach: diag.Person, Pos: p.At,
			Found: lang.F("累计数已到 %s, 本次发放在 %s", "a tax year that has come to %s, and a payment in %s", s.Month.String(), p.Month.String()), Want: lang.T("按发放月先后", "months of payment in their order"),
			Mend: lang.T("opening.csv 里 tax_ 各行的 month 写首月之前最后的发放月", "the month of the tax_ rows in opening.csv is the last month of payment before the first month")}}
	}
	if p.By == Labour {
		return r.labour(s, p)
	}
	if p.By == Platform && p.Income.IsZero() { // a month without pay breaks the count; it is not a payment
		return nil, s, nil
	}
	c := &taxing{Rules: r, s: s.begin(p), p: p}
	c.severance()
	c.bonus()
	c.cumulative()
	return c.charges, c.s, c.problems
}

// begin opens the state for a payment: a new year, and another way of being
// taxed, begin at nothing.
func (s State) begin(p Payment) State {
	if s.Month == 0 || s.Month.Year() != p.Month.Year() || s.By != "" && s.By != p.By {
		return State{By: p.By}
	}
	s.By = p.By
	return s
}

// taxing is one payment while it is computed.
type taxing struct {
	*Rules
	s        State
	p        Payment
	charges  []Charge
	problems []diag.Problem
	notes    []statement.Step
}

// rule returns a rule that the payment needs; where it is not in force in the
// month, that is a problem.
func (c *taxing) rule(name string) law.Tax {
	t, ok := c.law.Tax(name, c.Month)
	if !ok {
		c.problems = append(c.problems, c.law.Missing(law.Taxes, name, c.Month))
	}
	return t
}

// cumulative withholds on the year to date (wages, students, platform workers).
func (c *taxing) cumulative() {
	annual := c.rule(law.Annual)
	before := c.s
	months, basic, counted := c.basic(annual)
	c.add(months)
	cost := c.cost()
	article := annual.Article
	if cost.rule.Article != (lang.Text{}) {
		article = cost.rule.Article
	}
	if len(c.problems) > 0 {
		return
	}
	taxable := money.Of(c.s.Income).Sub(cost.amount).Sub(money.Of(money.Sum(c.s.Exempt, basic, c.s.Special, c.s.Additional, c.s.Other)))
	ch := Charge{Rule: "tax", Title: lang.T("个人所得税", "Income tax"), Months: months, Basic: basic, Article: article, Notes: c.notes}
	ch.Steps = append(ch.Steps, c.incomeStep(before), counted)
	if cost.amount.Sign() > 0 {
		ch.Steps = append(ch.Steps, statement.S("tax_cost", fig(c.s.Income), pct(cost.rule.CostShare), ratio(cost.amount)))
	}
	ch.Steps = append(ch.Steps, statement.S("taxable", fig(c.s.Income), ratio(cost.amount), fig(c.s.Exempt), fig(basic), fig(c.s.Special), fig(c.s.Additional), fig(c.s.Other), ratio(taxable)))
	due := c.due(&ch, annual, money.MaxRatio(taxable, money.Ratio{}))
	ch.Amount = money.Max(due.Round(2, money.HalfUp), money.Zero)
	ch.Steps = append(ch.Steps, c.withheldStep(ch, due))
	c.s.Withheld = c.s.Withheld.Add(ch.Amount)
	c.charges = append(c.charges, ch)
}

// due is what is still to be withheld: the year's tax so far, exact, less relief
// and what was withheld. Below 0 nothing is given back before the year's settlement.
func (c *taxing) due(ch *Charge, t law.Tax, taxable money.Ratio) money.Ratio {
	ch.Taxable = taxable.Round(4, money.HalfUp)
	ch.Band = t.Band(ch.Taxable)
	tax := taxable.Mul(ch.Band.Rate).Sub(money.Of(ch.Band.Quick))
	ch.Steps = append(ch.Steps, statement.S("tax_to_date", ratio(taxable), pct(ch.Band.Rate), fig(ch.Band.Quick), ratio(tax)))
	return tax.Sub(money.Of(c.s.Relief)).Sub(money.Of(c.s.Withheld))
}

func (c *taxing) incomeStep(before State) statement.Step {
	return statement.S("income_to_date", fig(before.Income), fig(c.s.Income.Sub(before.Income)), fig(c.s.Income))
}

func (c *taxing) withheldStep(ch Charge, due money.Ratio) statement.Step {
	tax := due.Add(money.Of(c.s.Relief)).Add(money.Of(c.s.Withheld))
	if due.Sign() < 0 {
		return statement.S("tax_below_zero", ratio(tax), fig(c.s.Relief), fig(c.s.Withheld))
	}
	return statement.S("tax_now", ratio(tax), fig(c.s.Relief), fig(c.s.Withheld), fig(ch.Amount))
}

// add puts the payment into the year.
func (c *taxing) add(months int) {
	s, p := &c.s, c.p
	s.Month, s.Months = p.Month, months
	s.Income = s.Income.Add(p.Income)
	s.Exempt = s.Exempt.Add(p.Exempt)
	s.Special = s.Special.Add(p.Special)
	s.Additional = s.Additional.Add(p.Additional)
	if p.AdditionalToDate != nil {
		s.Additional = *p.AdditionalToDate
	}
	s.Other = s.Other.Add(p.Other)
	s.Relief = s.Relief.Add(p.Relief)
}

// basic is the deduction for the months so far, with the step that counts them.
func (c *taxing) basic(annual law.Tax) (int, money.Decimal, statement.Step) {
	if c.p.By == Platform {
		return c.unbroken(annual)
	}
	if c.p.SixtyThousand && c.p.By == Wage {
		sixty := c.rule(law.SixtyThousand)
		if c.p.Hire > c.Month.January()-12 {
			c.problems = append(c.problems, diag.Problem{Code: "tax-data", Reach: diag.Person, Pos: c.p.At,
				Found: lang.F("sixty_thousand: yes, 入职 %s", "sixty_thousand: yes, hired %s", c.p.Hire.String()), Want: lang.F("%s 起一直在职的人", "somebody employed since %s", (c.Month.January() - 12).String()),
				Mend: lang.T("上年一月至十二月都在本单位申报工资的人才适用; 删去这一格", "it is for those on this employer's declarations in every month of last year; empty the cell")})
		}
		return 12, sixty.Basic, statement.S("basic_year", fig(sixty.Basic), word(sixty.Article))
	}
	from, why := max(c.p.Hire, c.Month.January()), lang.Text{}
	if c.p.FirstJob && c.p.By == Wage && from > c.Month.January() {
		from, why = c.Month.January(), c.rule(law.FirstJob).Article
	}
	to := c.Month
	if c.p.Leave != 0 {
		to = min(to, c.p.Leave)
	}
	months := max(0, int(to-from)+1)
	basic := annual.Basic.Mul(money.Int(int64(months)))
	return months, basic, statement.S("basic", fig(annual.Basic), count(months), fig(basic), monthWord(from), monthWord(to), word(why))
}

// unbroken counts the months in which a platform worker was paid without a gap
// up to this one; after a gap they are counted anew, income is not.
// Source: 国家税务总局公告2025年第16号第一条.
func (c *taxing) unbroken(annual law.Tax) (int, money.Decimal, statement.Step) {
	months := c.s.Months
	switch {
	case c.s.Month == c.Month:
	case c.s.Month == c.Month-1:
		months++
	default:
		if c.s.Month != 0 {
			c.notes = append(c.notes, statement.S("tax_gap", monthWord(c.s.Month), monthWord(c.Month)))
		}
		months = 1
	}
	basic := annual.Basic.Mul(money.Int(int64(months)))
	return months, basic, statement.S("basic", fig(annual.Basic), count(months), fig(basic), monthWord(c.Month-period.Month(months)+1), monthWord(c.Month))
}

type cost struct {
	rule   law.Tax
	amount money.Ratio
}

// cost is the share of labour income that counts as its cost; wages have none.
func (c *taxing) cost() cost {
	if c.p.By != Platform && c.p.By != Student {
		return cost{}
	}
	t := c.rule(c.p.By)
	return cost{t, money.Of(c.s.Income).Mul(t.CostShare)}
}

// bonus taxes the year's one bonus by itself: a twelfth of it finds the rate on
// the monthly table. A second one is income.
func (c *taxing) bonus() {
	b := c.p.Bonus
	if b.Sign() <= 0 {
		return
	}
	if c.s.Bonus || c.p.By != Wage {
		c.p.Income = c.p.Income.Add(b)
		c.notes = append(c.notes, statement.S("bonus_merged", fig(b)))
		return
	}
	t := c.rule(law.Bonus)
	if len(c.problems) > 0 {
		return
	}
	ch := Charge{Rule: "tax_bonus", Title: lang.T("个人所得税（全年一次性奖金）", "Income tax on the annual bonus"), Taxable: b, Article: t.Article}
	ch.Band, ch.Amount = bonusTax(t, b)
	ch.Steps = []statement.Step{
		statement.S("bonus_rate", fig(b), ratio(twelfth(b)), pct(ch.Band.Rate), fig(ch.Band.Quick)),
		statement.S("tax_to_date", fig(b), pct(ch.Band.Rate), fig(ch.Band.Quick), fig(ch.Amount)),
	}
	ch.Notes = cliff(t, b, ch)
	c.s.Bonus = true
	c.charges = append(c.charges, ch)
}

func twelfth(b money.Decimal) money.Ratio { return money.Of(b).Div(money.Whole(12)) }

func bonusTax(t law.Tax, b money.Decimal) (law.Band, money.Decimal) {
	band := t.Bands[0]
	for _, next := range t.Bands {
		if twelfth(b).Cmp(money.Of(next.Above)) > 0 {
			band = next
		}
	}
	return band, money.Of(b).Mul(band.Rate).Sub(money.Of(band.Quick)).Round(2, money.HalfUp)
}

// cliff warns where a smaller bonus, at the edge of the band below, would leave more.
func cliff(t law.Tax, b money.Decimal, ch Charge) []statement.Step {
	edge := ch.Band.Above.Mul(money.Int(12))
	if edge.IsZero() {
		return nil
	}
	_, tax := bonusTax(t, edge)
	left, atEdge := b.Sub(ch.Amount), edge.Sub(tax)
	if left.Cmp(atEdge) >= 0 {
		return nil
	}
	return []statement.Step{statement.S("bonus_cliff", fig(b), fig(left), fig(edge), fig(atEdge))}
}

// severance taxes what one-off compensation is above the exemption, by itself on
// the annual table and without any deduction.
func (c *taxing) severance() {
	if c.p.Severance.Sign() <= 0 || c.p.By != Wage {
		return
	}
	rule, annual := c.rule(law.Severance), c.rule(law.Annual)
	if c.p.AverageWage.Sign() <= 0 {
		c.problems = append(c.problems, diag.Problem{Code: "tax-data", Reach: diag.Person, Pos: c.p.At,
			Found: lang.F("经济补偿 %s, 没有当地上年平均工资", "severance of %s without the local average wage of last year", c.p.Severance), Want: lang.T("一年的当地平均工资", "the local average wage of a year")})
	}
	if len(c.problems) > 0 {
		return
	}
	free := c.p.AverageWage.Mul(money.Int(int64(rule.Times)))
	taxable := money.Max(c.p.Severance.Sub(free), money.Zero)
	ch := Charge{Rule: "tax_severance", Title: lang.T("个人所得税（经济补偿）", "Income tax on severance"), Taxable: taxable, Band: annual.Band(taxable), Article: rule.Article}
	tax := money.Of(taxable).Mul(ch.Band.Rate).Sub(money.Of(ch.Band.Quick))
	ch.Amount = tax.Round(2, money.HalfUp)
	ch.Steps = []statement.Step{
		statement.S("severance_free", fig(c.p.Severance), fig(c.p.AverageWage), count(rule.Times), fig(taxable)),
		statement.S("tax_to_date", fig(taxable), pct(ch.Band.Rate), fig(ch.Band.Quick), fig(ch.Amount)),
	}
	c.charges = append(c.charges, ch)
}

// labour taxes what a person without employment is paid in a month, by itself.
func (r *Rules) labour(s State, p Payment) ([]Charge, State, []diag.Problem) {
	t, ok := r.law.Tax(law.Labour, r.Month)
	if !ok {
		return nil, s, []diag.Problem{r.law.Missing(law.Taxes, law.Labour, r.Month)}
	}
	income := money.Max(p.Income.Add(p.Bonus).Sub(p.Exempt), money.Zero)
	cost := money.Min(t.Cost, income)
	if income.Cmp(t.CostUntil) > 0 {
		cost = money.Of(income).Mul(t.CostShare).Round(4, money.HalfUp)
	}
	taxable := income.Sub(cost)
	ch := Charge{Rule: "tax", Title: lang.T("个人所得税（劳务报酬）", "Income tax on labour remuneration"), Taxable: taxable, Band: t.Band(taxable), Article: t.Article}
	tax := money.Of(taxable).Mul(ch.Band.Rate).Sub(money.Of(ch.Band.Quick))
	ch.Amount = tax.Round(2, money.HalfUp)
	ch.Steps = []statement.Step{
		statement.S("labour_cost", fig(income), fig(cost), fig(taxable)),
		statement.S("tax_to_date", fig(taxable), pct(ch.Band.Rate), fig(ch.Band.Quick), ratio(tax)),
	}
	return []Charge{ch}, s, nil
}

// Line is the statement's line of a charge.
func (c Charge) Line(fact, pay period.Month) statement.Line {
	base := money.Of(c.Taxable)
	return statement.Line{
		Stage: statement.Statutory, Rule: c.Rule, Kind: statement.Withholding, Class: statement.StatutoryCl, Title: c.Title, PlanPath: "statutory.tax",
		FactMonth: fact, PayMonth: pay, Base: &base, Rate: &c.Band.Rate, Nominal: c.Amount.Neg(), Amount: c.Amount.Neg(),
		Ground: c.Article, Steps: c.Steps, Notes: c.Notes,
	}
}
