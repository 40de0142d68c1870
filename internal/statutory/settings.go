// Package statutory computes what the law takes and adds: social insurance and
// housing fund of both sides, tax withheld, and what a person costs the company.
// Values come in, values go out; the figures of cities and tables come from
// package law, the person's from the roster. It reads no file, keeps no state,
// and rounds only where the law does.
package statutory

import (
	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/yamldoc"
)

// Settings is the plan's section statutory: which parts are computed, and the
// rates that are the company's own. A plan without the section has no net pay.
type Settings struct {
	Written   bool
	Insurance bool
	Injury    map[string]money.Ratio // employer's rate of work injury, by city; "" for all others
	Fund      map[string]FundRate    // by city; "" for all others. Empty: no fund
	Tax       bool
}

// FundRate is what each side pays to the housing fund.
type FundRate struct {
	Rate, Supplementary money.Ratio
	at                  diag.Pos // in the plan
}

// Fields is the table of the section's keys.
var Fields = []catalogue.Field{
	{Key: "insurance", Name: lang.T("社会保险", "social insurance"), Kind: lang.T("yes, 或 {injury: 比例}", "yes, or {injury: a percentage}"), Default: lang.T("不计", "not computed"), Help: lang.T("按职场所在城市计五险; injury 是本单位核定的工伤费率, 不写按最低一类; 可按城市分写", "social insurance of the site's city; injury is the company's own rate of work injury, else the lowest class; may be written by city"), Example: "insurance: {injury: {昆明: 0.4%, 上海: 0.2%}}"},
	{Key: "fund", Name: lang.T("住房公积金", "housing fund"), Kind: lang.T("百分比, 或 城市: {rate, supplementary}", "a percentage, or city: {rate, supplementary}"), Default: lang.T("不计", "not computed"), Help: lang.T("单位和个人各缴的比例, 须在城市允许的范围内; supplementary 是补充公积金", "what each side pays, within what the city allows; supplementary is the supplementary fund"), Example: "fund: {昆明: 12%, 上海: {rate: 7%, supplementary: 3%}}"},
	{Key: "tax", Name: lang.T("个人所得税", "income tax"), Kind: lang.T("yes", "yes"), Default: lang.T("不计", "not computed"), Help: lang.T("按发放月累计预扣; 各人的计税方式看花名册 tax 一栏", "withheld cumulatively by the month of payment; the roster's column tax says how each person is taxed"), Example: "tax: yes"},
}

// Read reads the section; n may be nil.
func Read(r *yamldoc.Reader, n *yamldoc.Node) Settings {
	s := Settings{Injury: map[string]money.Ratio{}, Fund: map[string]FundRate{}}
	if n == nil {
		return s
	}
	s.Written = true
	catalogue.Check(r, n, Fields)
	if v := n.Get("insurance"); v != nil && v.Kind == yamldoc.Map {
		s.Insurance = true
		r.Known(v, "injury")
		byCity(r, v.Get("injury"), s.Injury, share)
	} else if v != nil {
		s.Insurance = r.OneOf(v, "yes") != ""
	}
	byCity(r, n.Get("fund"), s.Fund, fundRate)
	if v := n.Get("tax"); v != nil {
		s.Tax = r.OneOf(v, "yes") != ""
	}
	return s
}

// byCity reads one value for every city, or city: value.
func byCity[T any](r *yamldoc.Reader, n *yamldoc.Node, into map[string]T, read func(*yamldoc.Reader, *yamldoc.Node) T) {
	switch {
	case n == nil:
	case n.Kind == yamldoc.Map && n.Get("rate") == nil:
		for _, e := range n.Entries {
			into[e.Key.Text] = read(r, e.Value)
		}
	default:
		into[""] = read(r, n)
	}
}

func fundRate(r *yamldoc.Reader, n *yamldoc.Node) FundRate {
	if n.Kind != yamldoc.Map {
		return FundRate{Rate: share(r, n), at: n.Pos()}
	}
	r.Known(n, "rate", "supplementary")
	f := FundRate{Rate: share(r, n.Get("rate")), at: n.Pos()}
	if x := n.Get("supplementary"); x != nil {
		f.Supplementary = share(r, x)
	}
	return f
}

func share(r *yamldoc.Reader, n *yamldoc.Node) money.Ratio {
	if n == nil {
		return money.Ratio{}
	}
	v, unit, fault := expr.Literal(r.Word(n))
	if fault != nil || unit != expr.Percent || v.Sign() < 0 || v.Cmp(money.One) > 0 {
		r.Bad(n, "rate-unit", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("百分比, 如 7%", "a percentage such as 7%"), lang.Text{})
		return money.Ratio{}
	}
	return v
}

// fundOf returns what the company pays in a city; false where it pays no fund there.
func (s Settings) fundOf(city string) (FundRate, bool) {
	if f, ok := s.Fund[city]; ok {
		return f, true
	}
	f, ok := s.Fund[""]
	return f, ok
}

// SupplementaryOf returns the supplementary fund that the company pays in a city, 0 for none.
func (s Settings) SupplementaryOf(city string) money.Ratio {
	f, _ := s.fundOf(city)
	return f.Supplementary
}

func (s Settings) injuryOf(city string) (money.Ratio, bool) {
	if v, ok := s.Injury[city]; ok {
		return v, true
	}
	v, ok := s.Injury[""]
	return v, ok
}
