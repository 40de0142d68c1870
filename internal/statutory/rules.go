package statutory

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// Rules is what holds for the people of one city in one month. Insurance and
// fund are those of the month they are charged for, tax of the month of payment.
type Rules struct {
	City  string
	Month period.Month
	Used  []Used // the rows of the data files, for the run to print

	law       *law.Law
	settings  Settings
	insurance *law.Insurance // nil: not computed
	fund      *law.Fund
	rate      FundRate
}

// Used is a row of a data file that was relied on.
type Used struct {
	What lang.Text
	law.Origin
}

// For gathers the rules of a city in a month. A part that the plan asks for and
// the data do not have is a problem that stops everybody whom it concerns; it is
// never replaced by an older figure. The rules are nil then.
func For(l *law.Law, s Settings, city string, m period.Month) (*Rules, []diag.Problem) {
	r := &Rules{City: city, Month: m, law: l, settings: s}
	var ps []diag.Problem
	rate, hasFund := s.fundOf(city)
	if city == "" && (s.Insurance || hasFund) {
		ps = append(ps, noCity(m))
	} else {
		ps = append(ps, r.useInsurance()...)
		ps = append(ps, r.useFund(rate, hasFund)...)
	}
	if s.Tax {
		t, ok := l.Tax(law.Annual, m)
		if !ok {
			ps = append(ps, l.Missing(law.Taxes, law.Annual, m))
		}
		r.use(lang.T("工资预扣税率表", "table of wage tax"), t.Origin)
	}
	if len(ps) > 0 {
		return nil, ps
	}
	return r, nil
}

func (r *Rules) use(what lang.Text, o law.Origin) { r.Used = append(r.Used, Used{what, o}) }

func (r *Rules) useInsurance() []diag.Problem {
	if !r.settings.Insurance {
		return nil
	}
	in, ok := r.law.Insurance(r.City, r.Month)
	if !ok {
		return []diag.Problem{r.law.Missing(law.Insurances, r.City, r.Month)}
	}
	r.insurance = &in
	r.use(lang.F("%s社会保险", "social insurance of %s", r.City), in.Origin)
	return nil
}

func (r *Rules) useFund(rate FundRate, wanted bool) []diag.Problem {
	if !wanted {
		return nil
	}
	f, ok := r.law.Fund(r.City, r.Month)
	if !ok {
		return []diag.Problem{r.law.Missing(law.Funds, r.City, r.Month)}
	}
	r.fund, r.rate = &f, rate
	r.use(lang.F("%s住房公积金", "housing fund of %s", r.City), f.Origin)
	return fundRates(f, rate, rate.at)
}

// fundRates refuses shares that the city does not allow.
func fundRates(f law.Fund, rate FundRate, at diag.Pos) []diag.Problem {
	var ps []diag.Problem
	refuse := func(v money.Ratio, allowed lang.Text) {
		ps = append(ps, diag.Problem{Code: "fund-rate", Reach: diag.Person, Pos: at,
			Found: lang.F("%s公积金比例 %s", "a share of %[2]s for the housing fund of %[1]s", f.City, percent(v)), Want: allowed,
			Mend: lang.T("改成当地允许的比例; 当地规定变了, 在项目的 law/ 里写新的一行", "write a share that the city allows; where its rule has changed, a row of the project's own law/ says so")})
	}
	if !f.Rate.Has(rate.Rate) {
		refuse(rate.Rate, span(f.Rate))
	}
	switch s := f.Supplementary; {
	case rate.Supplementary.IsZero():
	case s == nil:
		refuse(rate.Supplementary, lang.T("没有补充公积金", "no supplementary fund"))
	case !s.Has(rate.Supplementary):
		refuse(rate.Supplementary, span(*s))
	}
	return ps
}

func span(r law.Range) lang.Text {
	return lang.F("%s 到 %s", "%s to %s", percent(r.Least), percent(r.Most))
}

func percent(v money.Ratio) string {
	return v.Mul(money.Whole(100)).Round(4, money.HalfUp).String() + "%"
}

func noCity(m period.Month) diag.Problem {
	return diag.Problem{Code: "law-missing", Reach: diag.Person, Pos: diag.Pos{File: "telepay.yaml"},
		Found: lang.T("职场没有写城市", "a site without its city"), Want: lang.F("%s 按哪个城市缴社保和公积金", "the city whose insurance and fund hold in %s", m.String()),
		Mend: lang.Same("sites: {昆明: {city: 昆明}}")}
}

func fig(d money.Decimal) statement.Term      { return statement.Figure(money.Of(d), statement.Money) }
func ratio(v money.Ratio) statement.Term      { return statement.Figure(v, statement.Money) }
func pct(v money.Ratio) statement.Term        { return statement.Figure(v, statement.Percent) }
func count(n int) statement.Term              { return statement.Figure(money.Whole(int64(n)), statement.Plain) }
func word(t lang.Text) statement.Term         { return statement.Word(t) }
func monthWord(m period.Month) statement.Term { return statement.Word(lang.Same(m.String())) }
