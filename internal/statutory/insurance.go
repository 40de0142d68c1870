package statutory

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// Insured is what has to be known of a person to charge insurance and fund.
type Insured struct {
	None bool // no social insurance, as for a re-employed pensioner or a partner
	// Base is the base that was declared for the contribution year. Out of bounds it
	// is a mistake of the roster, never quietly mended.
	Base *money.Decimal
	// Average is the average monthly wage of last calendar year, commission and
	// bonuses in, or a newcomer's first month. It is brought into the bounds.
	Average *money.Decimal

	NoFund    bool
	FirstFund bool           // joined this month and never had a fund: it begins next month
	FundBase  *money.Decimal // declared; nil: as Average, else as Base
	FundRate  *FundRate      // the person's own; nil: the plan's
	Local     bool           // local registered resident, where the employer pays more for them
	At        diag.Pos       // the roster row
}

// Insurance is a month's insurance and fund of a person. Employee and employer
// are sums of rounded items.
type Insurance struct {
	Month  period.Month
	Items  []Share
	Source law.Origin
	Notes  []statement.Step
	// FundLeast is the employee's fund at the city's lowest rate, for minimum wages
	// that leave only that much out.
	FundLeast money.Decimal
}

// Share is one item: what each side pays on a base.
type Share struct {
	Rule     string // pension, medical, …, fund, fund_supplementary
	Title    lang.Text
	Fund     bool
	Base     money.Decimal
	Employee money.Decimal
	Employer money.Decimal

	rates   [2]money.Ratio // employee's, employer's
	steps   [2][]statement.Step
	article lang.Text
}

// Insurance charges a person. With problems the result is not to be used, and
// the person has no statement.
func (r *Rules) Insurance(p Insured) (Insurance, []diag.Problem) {
	out := Insurance{Month: r.Month}
	var ps []diag.Problem
	if r.insurance != nil && !p.None {
		out.Source = r.insurance.Origin
		ps = append(ps, r.items(p, &out)...)
	}
	if r.fund != nil && !p.NoFund {
		ps = append(ps, r.funds(p, &out)...)
	}
	return out, ps
}

func (r *Rules) items(p Insured, out *Insurance) []diag.Problem {
	if p.Base == nil && p.Average == nil {
		return []diag.Problem{noBase(p, r.insurance.Bounds, lang.T("没有缴费基数", "no base for insurance"), "insurance_base", "insurance: none")}
	}
	if p.Base != nil && !r.widest().Has(*p.Base) {
		return []diag.Problem{outOfBounds(p, *p.Base, r.widest(), r.insurance.City, "insurance_base")}
	}
	for _, it := range r.insurance.Items {
		if v, ok := r.settings.injuryOf(r.City); ok && it.Name == "injury" {
			it.Employer = v
		}
		if p.Local {
			it.Employer = it.Employer.Add(it.Local)
		}
		base, from := charged(p.Base, p.Average, it.Bounds)
		out.Items = append(out.Items, Share{
			Rule: it.Name, Title: it.Title, Base: base,
			Employee: it.Rounding.Round(product(base, it.Employee).Add(money.Of(it.Plus))),
			Employer: it.Rounding.Round(product(base, it.Employer)),
			rates:    [2]money.Ratio{it.Employee, it.Employer},
			steps:    [2][]statement.Step{{from, shared(base, it.Employee, it.Plus, it.Rounding)}, {from, shared(base, it.Employer, money.Zero, it.Rounding)}},
			article:  lang.Same(r.insurance.Source),
		})
	}
	return nil
}

// widest are the bounds that hold for at least one item.
func (r *Rules) widest() law.Bounds {
	b := r.insurance.Bounds
	for _, it := range r.insurance.Items {
		b.Least = money.Min(b.Least, it.Bounds.Least)
		if b.Most = money.Max(b.Most, it.Bounds.Most); it.Bounds.Most.IsZero() {
			return law.Bounds{Least: b.Least}
		}
	}
	return b
}

func (r *Rules) funds(p Insured, out *Insurance) []diag.Problem {
	f := r.fund
	switch {
	case p.FundBase == nil && p.Average == nil && p.Base == nil:
		return []diag.Problem{noBase(p, f.Bounds, lang.T("没有公积金缴存基数", "no base for the housing fund"), "fund_base", "fund: none")}
	case p.FundBase != nil && !f.Bounds.Has(*p.FundBase):
		return []diag.Problem{outOfBounds(p, *p.FundBase, f.Bounds, f.City, "fund_base")}
	}
	rate := r.rate
	if p.FundRate != nil {
		if ps := fundRates(*f, *p.FundRate, p.At); len(ps) > 0 {
			return ps
		}
		rate = *p.FundRate
	}
	if p.FirstFund {
		out.Notes = append(out.Notes, statement.S("fund_begins", monthWord(r.Month+1)))
		return nil
	}
	base, from := fundBase(p, f.Bounds)
	out.FundLeast = f.Rounding.Round(product(base, f.Rate.Least))
	out.Items = append(out.Items, r.fundShare("fund", lang.T("住房公积金", "Housing fund"), base, rate.Rate, from))
	if !rate.Supplementary.IsZero() {
		out.Items = append(out.Items, r.fundShare("fund_supplementary", lang.T("补充住房公积金", "Supplementary housing fund"), base, rate.Supplementary, from))
	}
	return nil
}

// fundBase is what was declared for the fund, else the average wage, else what was
// declared for insurance, brought into the fund's own bounds.
func fundBase(p Insured, b law.Bounds) (money.Decimal, statement.Step) {
	if p.FundBase == nil && p.Average == nil {
		return clipped(*p.Base, lang.T("社保申报基数", "base declared for insurance"), b)
	}
	return charged(p.FundBase, p.Average, b)
}

// fundShare is the same for both sides, each rounded on its own.
func (r *Rules) fundShare(rule string, title lang.Text, base money.Decimal, rate money.Ratio, from statement.Step) Share {
	amount := r.fund.Rounding.Round(product(base, rate))
	steps := []statement.Step{from, shared(base, rate, money.Zero, r.fund.Rounding)}
	return Share{Rule: rule, Title: title, Fund: true, Base: base, Employee: amount, Employer: amount,
		rates: [2]money.Ratio{rate, rate}, steps: [2][]statement.Step{steps, steps}, article: lang.Same(r.fund.Source)}
}

// charged is the base that an item is charged on, with the step that says where it is from.
func charged(declared, average *money.Decimal, b law.Bounds) (money.Decimal, statement.Step) {
	if declared != nil {
		return clipped(*declared, lang.T("申报基数", "declared base"), b)
	}
	return clipped(*average, lang.T("上年月平均工资", "average wage of last year"), b)
}

func clipped(d money.Decimal, name lang.Text, b law.Bounds) (money.Decimal, statement.Step) {
	base := b.Clip(d)
	from := statement.Named(name, money.Of(d), statement.Money)
	if base.Equal(d) {
		return base, statement.S("base", from)
	}
	return base, statement.S("base_clipped", from, fig(b.Least), fig(b.Most), fig(base))
}

func product(base money.Decimal, rate money.Ratio) money.Ratio { return money.Of(base).Mul(rate) }

func shared(base money.Decimal, rate money.Ratio, plus money.Decimal, how law.Rounding) statement.Step {
	exact := product(base, rate).Add(money.Of(plus))
	amount := how.Round(exact)
	if exact.Cmp(money.Of(amount)) == 0 {
		return statement.S("share", fig(base), pct(rate), fig(plus), ratio(exact))
	}
	return statement.S("share", fig(base), pct(rate), fig(plus), ratio(exact), fig(amount), word(how.Title))
}

func noBase(p Insured, b law.Bounds, found lang.Text, column, none string) diag.Problem {
	return diag.Problem{Code: "insurance-base", Reach: diag.Person, Pos: p.At, Found: found, Want: lang.F("基数, %s", "a base, %s", limits(b)),
		Mend: lang.F("花名册填 %s (申报基数) 或 average_wage (上年月平均工资, 新人为首月工资); 没有的写 %s", "fill %s (as declared) or average_wage (of last year, a newcomer's first month) on the roster; %s for whoever has none", column, none)}
}

func outOfBounds(p Insured, base money.Decimal, b law.Bounds, city, column string) diag.Problem {
	return diag.Problem{Code: "insurance-base", Reach: diag.Person, Pos: p.At,
		Found: lang.F("%s %s", "%s %s", column, base), Want: lang.F("%s的基数, %s", "a base of %s, %s", city, limits(b)),
		Mend: lang.F("按申报改成 %s, 或改填 average_wage, 由 telepay 取上下限", "write the declared %s, or fill average_wage, which is brought into the bounds", b.Clip(base))}
}

func limits(b law.Bounds) lang.Text {
	if b.Most.IsZero() {
		return lang.F("不低于 %s", "at least %s", b.Least)
	}
	return lang.F("%s 到 %s", "%s to %s", b.Least, b.Most)
}

// Employee and Employer are the sums of each side, insurance and fund together.
func (i Insurance) Employee() money.Decimal {
	return i.sum(func(s Share) money.Decimal { return s.Employee })
}

func (i Insurance) Employer() money.Decimal {
	return i.sum(func(s Share) money.Decimal { return s.Employer })
}

func (i Insurance) sum(of func(Share) money.Decimal) money.Decimal {
	var sum money.Decimal
	for _, s := range i.Items {
		sum = sum.Add(of(s))
	}
	return sum
}

// Own returns the employee's share of insurance and of the fund, apart.
func (i Insurance) Own() (insurance, fund money.Decimal) {
	for _, s := range i.Items {
		if s.Fund {
			fund = fund.Add(s.Employee)
		} else {
			insurance = insurance.Add(s.Employee)
		}
	}
	return insurance, fund
}

// OutsideMinimum is what of the employee's own share does not count towards a
// minimum wage: the wage less this has to reach it.
func (i Insurance) OutsideMinimum(m law.Minimum) money.Decimal {
	insurance, fund := i.Own()
	var out money.Decimal
	if !m.OwnInsurance {
		out = out.Add(insurance)
	}
	switch {
	case m.OwnFund:
	case m.FundAtLowest:
		out = out.Add(i.FundLeast)
	default:
		out = out.Add(fund)
	}
	return out
}

// Lines are the statement's lines: what is withheld from the employee, then what
// the employer pays on top.
func (i Insurance) Lines(fact, pay period.Month) []statement.Line {
	var own, employer []statement.Line
	for _, s := range i.Items {
		if s.Employee.Sign() > 0 {
			own = append(own, s.line(0, fact, pay))
		}
		if s.Employer.Sign() > 0 {
			employer = append(employer, s.line(1, fact, pay))
		}
	}
	return append(own, employer...)
}

func (s Share) line(side int, fact, pay period.Month) statement.Line {
	base := money.Of(s.Base)
	l := statement.Line{
		Stage: statement.Statutory, Rule: s.Rule, Kind: statement.Withholding, Class: statement.StatutoryCl, Title: s.Title, PlanPath: "statutory.insurance",
		FactMonth: fact, PayMonth: pay, Base: &base, Rate: &s.rates[side], Nominal: s.Employee.Neg(), Amount: s.Employee.Neg(), Ground: s.article, Steps: s.steps[side],
	}
	if s.Fund {
		l.PlanPath = "statutory.fund"
	}
	if side == 1 {
		l.Kind, l.Title, l.Nominal, l.Amount = statement.Employer, lang.F("%s（单位）", "%s (employer)", s.Title), s.Employer, money.Zero
	}
	return l
}

// Cost is what a person costs the company.
type Cost struct{ Pay, Insurance, Fund, Total money.Decimal }

// Cost adds the employer's share to what a person is paid before insurance, fund
// and tax.
func (i Insurance) Cost(payable money.Decimal) Cost {
	c := Cost{Pay: payable}
	for _, s := range i.Items {
		if s.Fund {
			c.Fund = c.Fund.Add(s.Employer)
		} else {
			c.Insurance = c.Insurance.Add(s.Employer)
		}
	}
	c.Total = money.Sum(c.Pay, c.Insurance, c.Fund)
	return c
}
