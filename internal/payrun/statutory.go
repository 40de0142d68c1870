package payrun

import (
	"fmt"
	"slices"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
	"telepay/internal/statutory"
)

// ruling are the statutory rules of a city in a month, or what keeps them from being known.
type ruling struct {
	rules    *statutory.Rules
	problems []diag.Problem
}

// insuranceRules are those of a city in the month, of what a person takes part
// in: figures that he does not need are not asked for.
func (m *month) insuranceRules(city string, who statutory.Insured) ruling {
	set := m.run.in.Plan.Statutory
	set.Tax, set.Insurance = false, set.Insurance && !who.None
	if who.NoFund {
		set.Fund = nil
	}
	return m.rules(set, city, m.month)
}

// taxRules are those of a month of payment: tax is the same in all cities.
func (m *month) taxRules(at period.Month) ruling {
	return m.rules(statutory.Settings{Written: true, Tax: m.run.in.Plan.Statutory.Tax}, "", at)
}

// rules gathers the statutory rules of a city once a month.
func (m *month) rules(set statutory.Settings, city string, at period.Month) ruling {
	key := fmt.Sprint(city, " ", at, set.Insurance, len(set.Fund) > 0, set.Tax)
	x, ok := m.rulings[key]
	if !ok {
		x.rules, x.problems = statutory.For(m.run.in.Law, set, city, at)
		m.rulings[key] = x
	}
	return x
}

// insure computes everybody's insurance and fund of the month. The guard and the
// minimum wage look at it; it is posted after them.
func (m *month) insure() {
	set := m.run.in.Plan.Statutory
	if !set.Insurance && len(set.Fund) == 0 {
		return
	}
	for _, s := range m.sheets {
		if s.stopped != nil || s.subject.Days.EmployedDays == 0 {
			continue
		}
		who := s.insured()
		if who.None && who.NoFund {
			continue
		}
		x := m.insuranceRules(m.run.in.Project.MinimumOf(s.station.Site), who)
		if s.stopAt(x.problems) {
			continue
		}
		in, problems := x.rules.Insurance(who)
		if !s.stopAt(problems) {
			s.insurance = &in
		}
	}
}

// stopAt stops a person at the first of the problems.
func (s *sheet) stopAt(problems []diag.Problem) bool {
	if len(problems) == 0 {
		return false
	}
	s.stop(problems[0])
	for _, p := range problems[1:] {
		s.month.problems = append(s.month.problems, s.about(p))
	}
	return true
}

// insured is what the roster says of a person; part-timers and people of a
// partner are insured only where it names a base.
func (s *sheet) insured() statutory.Insured {
	r := s.station.Insured
	free := (s.station.Employment == "part_time" || s.station.Employment == "partner" || s.taxedBy() != statutory.Wage) && r.InsuranceBase == nil
	who := statutory.Insured{None: r.Insurance == "none" || free, Base: r.InsuranceBase, Average: r.AverageWage,
		NoFund: r.Fund == "none" || free && r.FundBase == nil, FirstFund: r.Fund == "first" && civilMonth(s.person.Hire) == s.month.month, FundBase: r.FundBase, Local: r.Local,
		At: diag.Pos{File: s.station.At.File, Line: s.station.At.Row}}
	if r.FundRate != nil {
		who.FundRate = &statutory.FundRate{Rate: money.Of(*r.FundRate), Supplementary: s.month.run.in.Plan.Statutory.SupplementaryOf(s.month.run.in.Project.MinimumOf(s.station.Site))}
	}
	return who
}

// taxedBy is how a person is taxed: what the roster says, else as an employee.
func (s *sheet) taxedBy() string {
	switch {
	case s.person.Tax != "":
		return s.person.Tax
	case s.station.Employment == "partner":
		return statutory.Untaxed
	}
	return statutory.Wage
}

// ownInsurance is what of a person's own insurance and fund a minimum wage does not count.
func (s *sheet) ownInsurance(mw law.Minimum) money.Decimal {
	if s.insurance == nil {
		return money.Zero
	}
	return s.insurance.OutsideMinimum(mw)
}

// withhold posts insurance and fund, and the tax of every month of payment that
// the month's lines fall into by now.
func (m *month) withhold(carried map[string]*balance) {
	if !m.run.in.Plan.Statutory.Written {
		return
	}
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		if b := carried[s.person.ID]; b != nil {
			s.tax = b.tax
		}
		usual, paid := m.month.Add(1), s.wagesPaid()
		var own money.Decimal
		if s.insurance != nil {
			s.lines = append(s.lines, s.insurance.Lines(m.month, paid)...)
			own = s.insurance.Employee()
		}
		for _, at := range s.payMonths(usual) {
			special := money.Zero
			if at == paid {
				special = own
			}
			if !m.tax(s, at, special) {
				break
			}
		}
	}
}

// wagesPaid is the month of payment that insurance and fund come off: that of base
// pay, else of whatever the month earned that is paid first.
func (s *sheet) wagesPaid() period.Month {
	usual := s.month.month.Add(1)
	first := period.Month(0)
	for _, l := range s.lines {
		if l.Kind != statement.Earning || l.FactMonth != s.month.month {
			continue
		}
		if rl := s.month.run.in.Plan.Rule(l.Rule); rl != nil && rl.Kind.Name == "base" {
			return min(usual, l.PayMonth)
		}
		if first == 0 || l.PayMonth < first {
			first = l.PayMonth
		}
	}
	if first == 0 {
		return usual
	}
	return min(usual, first)
}

// payMonths are the months of payment, up to the usual one, that a month's own
// lines fall into. What is paid later is taxed when its month comes.
func (s *sheet) payMonths(usual period.Month) []period.Month {
	out := []period.Month{usual}
	for _, l := range s.lines {
		if l.PayMonth < usual && !slices.Contains(out, l.PayMonth) {
			out = append(out, l.PayMonth)
		}
	}
	slices.Sort(out)
	return out
}

// tax withholds from what a person is paid in one month of payment.
func (m *month) tax(s *sheet, at period.Month, special money.Decimal) bool {
	x := m.taxRules(at)
	if s.stopAt(x.problems) {
		return false
	}
	p := statutory.Payment{By: s.taxedBy(), Month: at, Special: special, FirstJob: s.person.FirstJob, SixtyThousand: s.person.SixtyThousand,
		Hire: civilMonth(s.person.Hire), At: diag.Pos{File: s.person.At.File, Line: s.person.At.Row}}
	if s.person.Leave != period.NoDay {
		p.Leave = civilMonth(s.person.Leave)
	}
	if m.month == m.run.in.Project.First && s.yearUnknown(p) {
		s.stop(diag.Problem{Code: "tax-opening", Pos: diag.Pos{File: "opening.csv"}, Found: lang.F("没有本年 %s 以前的累计收入和已扣税", "no income and tax of the year before %s", at.String()),
			Want: lang.T("tax_income (累计收入)、tax_deducted (累计三险一金和专项附加扣除, 不含每月 5,000)、tax_withheld (累计已扣税) 三行, month 为最后的发放月; 本年没有发过的写 0", "the rows tax_income, tax_deducted (own insurance, fund and additional deductions to date, without the 5,000 a month) and tax_withheld, with the last month of payment; 0 where nothing was paid"),
			Mend: lang.F("%s,tax_income,%s,0.00", "%s,tax_income,%s,0.00", s.person.ID, (at - 1).String())})
		return false
	}
	p.Income, p.Bonus = taxable(s.lines, at)
	if at == m.month.Add(1) {
		for _, was := range m.run.months { // what earlier months left to be paid now
			if x := was.byAgent[s.person.ID]; x != nil && was.month < m.month && was.month.Add(1) < at {
				income, bonus := taxable(x.lines, at)
				p.Income, p.Bonus = p.Income.Add(income), p.Bonus.Add(bonus)
			}
		}
		if a := s.station.Insured.Additional; a != nil {
			p.Additional = *a
		}
		for _, d := range m.facts.Tax {
			if d.Agent == s.person.ID && d.Month == at {
				p.AdditionalToDate, p.Other = &d.Additional, d.Other
			}
		}
	}
	p.Income = money.Max(p.Income, money.Zero)
	charges, state, problems := x.rules.Tax(s.tax, p)
	if s.stopAt(problems) {
		return false
	}
	s.tax = state
	for _, c := range charges {
		if !c.Amount.IsZero() {
			s.lines = append(s.lines, c.Line(m.month, at))
			continue
		}
		s.silent = append(s.silent, statement.Silent{Rule: c.Rule, PlanPath: "statutory.tax", Title: c.Title, Steps: append([]statement.Step{statement.S("zero", statement.Word(c.Title))}, c.Steps...)})
	}
	return true
}

// yearUnknown tells whether a person was paid here earlier in the tax year, by his
// hire, and nothing says what: cumulative tax would start from nothing.
func (s *sheet) yearUnknown(p statutory.Payment) bool {
	cumulative := p.By == statutory.Wage || p.By == statutory.Student
	return cumulative && s.tax.Month == 0 && p.Hire.Add(1) < p.Month && p.Month != p.Month.January() && s.month.run.in.Plan.Statutory.Tax
}

func civilMonth(d period.Day) period.Month { return period.Cut{StartDay: 1}.MonthOf(d) }

// taxable is what lines bring into the income of a month of payment. Absence and
// what was not earned lower it; losses, discipline and court orders come off what
// is paid, after tax (semantics 45). A whole-year bonus stands apart.
func taxable(lines []statement.Line, at period.Month) (income, bonus money.Decimal) {
	for _, l := range lines {
		if l.PayMonth != at {
			continue
		}
		switch {
		case l.Stage == statement.Rounding: // after tax
		case l.Nature == "annual_bonus":
			bonus = bonus.Add(l.Amount)
		case l.Kind == statement.Earning, l.Kind == statement.CarriedIn, l.Kind == statement.CarriedOut,
			l.Kind == statement.Deduction && l.Class != statement.Loss && l.Class != statement.Discipline && l.Class != statement.Court:
			income = income.Add(l.Amount)
		}
	}
	return income, bonus
}

// lawUsed lists the rows of the law's data that the month relied on.
func (m *month) lawUsed() []statement.Setting {
	var out []statement.Setting
	var keys []string
	for k := range m.rulings {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	seen := map[string]bool{}
	for _, k := range keys {
		if m.rulings[k].rules == nil {
			continue
		}
		for _, u := range m.rulings[k].rules.Used {
			if seen[u.What.ZH] {
				continue
			}
			seen[u.What.ZH] = true
			out = append(out, statement.Setting{Name: u.What, Value: lang.Same(u.Source), From: lang.F("可信度 %s", "confidence %s", u.Confidence).EN})
		}
	}
	return out
}

// openingTax reads what of the tax year was paid before the first month.
func openingTax(b *balance, o record.Opening) {
	b.tax.Month = max(b.tax.Month, o.Month)
	switch o.What {
	case "tax_income":
		b.tax.Income = b.tax.Income.Add(o.Amount)
	case "tax_deducted":
		b.tax.Special = b.tax.Special.Add(o.Amount)
	case "tax_months":
		if n, ok := o.Amount.Int64(); ok {
			b.tax.Months = int(n)
		}
	case "tax_withheld":
		b.tax.Withheld = b.tax.Withheld.Add(o.Amount)
	}
}

// isInsured tells whether anything is paid into social insurance for a person.
func (s *sheet) isInsured() bool {
	if s.insurance == nil {
		return false
	}
	own, _ := s.insurance.Own()
	return !own.IsZero()
}
