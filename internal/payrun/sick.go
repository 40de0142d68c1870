package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// payDays is the days that a month's pay is divided by (劳社部发〔2008〕3号, kept by
// the ministry's notice of 2025).
var payDays = money.Of(money.New(2175, 2))

// sickShare is the part of pay that the law of a person's site keeps in sickness,
// by his full years of service on the day and the months that he has been away.
func (m *month) sickShare(p *record.Person, day period.Day) money.Ratio {
	law, ok := m.run.in.Law.Jurisdiction(m.run.in.Project.JurisdictionOf(p.On(day).Site), m.month)
	if !ok || law.Sick == nil {
		return money.Ratio{}
	}
	away := 1
	for at := m.month - 1; ; at-- {
		was := m.run.months[at]
		if was == nil || was.data.Attendance[p.ID].Sick.IsZero() {
			break
		}
		away++
	}
	return law.Sick.Share(fullYears(p.Hire, day), away)
}

// sickPay lifts what base keeps of days of sickness to the law's share of the
// local minimum wage.
func (m *month) sickPay() {
	for _, s := range m.sheets {
		days := s.subject.Days.Sick
		if s.stopped != nil || days.IsZero() {
			continue
		}
		in := m.run.in
		law, _ := in.Law.Jurisdiction(in.Project.JurisdictionOf(s.station.Site), m.month)
		mw, ok := in.Law.MinimumWage(in.Project.MinimumOf(s.station.Site), m.month)
		if !ok || law.Sick == nil {
			continue
		}
		least := money.Of(mw.Amount).Mul(law.Sick.OfMinimum).Div(payDays).Mul(days)
		have := s.subject.Value("day_rate").Num.Mul(s.subject.Days.SickPaid)
		missing := least.Sub(have).Round(2, money.HalfUp)
		if missing.Sign() <= 0 {
			continue
		}
		s.lines = append(s.lines, statement.Line{Stage: statement.BasePay, Rule: "sick_pay", Kind: statement.Earning, Title: lang.T("病假工资补足", "Sick-pay top-up"), PlanPath: "attendance.leave",
			FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: missing, Amount: missing, Ground: law.Sick.Article,
			Steps: []statement.Step{
				statement.S("sick_least", fig(mw.Amount), statement.Figure(law.Sick.OfMinimum, statement.Percent), statement.Figure(days, statement.Days), statement.Figure(least, statement.Money)),
				statement.S("topup", statement.Figure(least, statement.Money), statement.Figure(have, statement.Money), fig(missing)),
			}})
		s.earned["sick_pay"] = missing
	}
}

// fullYears is how many years lie wholly between two days.
func fullYears(from, to period.Day) int {
	cut := period.Cut{StartDay: 1}
	a, b := cut.MonthOf(from), cut.MonthOf(to)
	years := int(b-a) / 12
	if int(b-a)%12 == 0 && to-cut.Span(b).From < from-cut.Span(a).From {
		years--
	}
	return max(0, years)
}
