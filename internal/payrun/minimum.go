package payrun

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// floor is what a person's wage of the month has to reach: the local minimum for
// the days, or hours, that he worked or was paid for, and above it what the place
// does not count towards the minimum.
type floor struct {
	law     law.Minimum
	least   money.Decimal // the minimum for his days or hours
	outside money.Decimal // of the wage: what the minimum leaves out, as overtime
	own     money.Decimal // his own insurance and fund, where what is left after them has to reach it
	need    money.Decimal // the sum
	step    statement.Step
}

// floor returns the zero floor where no minimum holds: for people of a partner,
// and where the city of the site, or its figure, is not known.
func (m *month) floor(s *sheet) floor {
	city, a := m.run.in.Project.MinimumOf(s.station.Site), s.subject.Days
	var f floor
	var ok bool
	switch s.station.Employment {
	case "partner":
	case "part_time":
		f.law, ok = m.run.in.Law.HourlyMinimum(city, m.month)
		f.least = money.Of(f.law.Amount).Mul(a.Hours).Round(2, money.HalfUp)
		f.step = statement.S("minimum_hours", statement.Word(lang.Same(city)), fig(f.law.Amount), statement.Figure(a.Hours, statement.Plain), fig(f.least))
	default:
		f.law, ok = m.run.in.Law.MinimumWage(city, m.month)
		whole := money.Whole(int64(a.MonthWorkdays))
		ok = ok && !whole.IsZero()
		if !ok {
			break
		}
		days := money.MaxRatio(money.Whole(int64(a.EmployedWorkdays)).Sub(a.Absent).Sub(a.Unpaid), money.Ratio{})
		f.least = money.Of(f.law.Amount).Mul(days).Div(whole).Round(2, money.HalfUp)
		f.step = statement.S("minimum", statement.Word(lang.Same(city)), fig(f.law.Amount), statement.Figure(days, statement.Days), statement.Figure(whole, statement.Days), fig(f.least))
	}
	if !ok || f.least.IsZero() { // no day of the month is owed a minimum
		return floor{}
	}
	f.outside, f.own = s.outside(f.law), s.ownInsurance(f.law)
	f.need = money.Sum(f.least, f.outside, f.own)
	return f
}

// outside is what of the wage a minimum does not count.
func (s *sheet) outside(mw law.Minimum) money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		if l.Kind == statement.Earning && l.FactMonth == s.month.month && l.Nature != "" && slices.Contains(mw.Excludes, l.Nature) {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// topUp lifts the month's wage to the local minimum. It is a floor under what
// was earned, not under what deductions leave; the guard keeps those above it.
func (m *month) topUp() {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		// a floor never lifts a negative amount: that is carried (semantics 38)
		f, wage := m.floor(s), money.Max(s.wage(), money.Zero)
		missing := f.need.Sub(wage)
		if missing.Sign() <= 0 {
			continue
		}
		steps := []statement.Step{f.step}
		if !f.outside.IsZero() {
			steps = append(steps, statement.S("minimum_outside", fig(f.outside)))
		}
		if !f.own.IsZero() {
			steps = append(steps, statement.S("minimum_own", fig(f.own)))
		}
		s.lines = append(s.lines, statement.Line{
			Stage: statement.MinimumWage, Rule: "minimum_wage", Kind: statement.Earning, Title: lang.T("最低工资补足", "Minimum-wage top-up"), PlanPath: "protections.minimum_wage",
			FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: missing, Amount: missing, Ground: lang.Same(f.law.Source),
			Steps: append(steps, statement.S("topup", fig(f.need), fig(wage), fig(missing))),
		})
		s.earned["minimum_wage"] = missing
	}
}
