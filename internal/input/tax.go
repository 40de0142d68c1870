package input

import (
	"telepay/internal/money"
	"telepay/internal/record"
)

// readTax reads what the tax client exports of each person, by month of payment.
func (s *session) readTax(places []place) []record.TaxDeductions {
	return fill(s, places, reading[record.TaxDeductions]{kind: "tax", one: "tax", read: (*row).taxDeductions, key: func(_ *row, t record.TaxDeductions) (string, string) {
		name := t.Agent + " " + t.Month.String()
		return name, name
	}})
}

func (r *row) taxDeductions() record.TaxDeductions {
	t := record.TaxDeductions{Agent: r.agent("agent"), Month: r.opts.Month + 1, At: r.evidence()}
	if v, ok := r.cell("month"); ok && v != "" {
		t.Month = r.month("month")
	}
	t.Additional, _ = r.sum("additional")
	t.Other, _ = r.sum("other")
	return t
}

// insured reads the roster's columns of insurance, fund and tax.
func (r *row) insured() record.Insured {
	in := record.Insured{Local: r.yes("local")}
	if r.word("insurance") == "none" {
		in.Insurance = "none"
	}
	if w := r.word("fund"); w != "yes" {
		in.Fund = w
	}
	for _, f := range []struct {
		name string
		into **money.Decimal
	}{{"insurance_base", &in.InsuranceBase}, {"average_wage", &in.AverageWage}, {"fund_base", &in.FundBase}, {"additional", &in.Additional}} {
		if v, ok := r.sum(f.name); ok && r.notNegative(f.name, v) {
			*f.into = &v
		}
	}
	if v, ok := r.number("fund_rate"); ok {
		in.FundRate = &v
	}
	return in
}

// inheritInsured fills what a dated row leaves empty from the station before.
func inheritInsured(row rosterRow, before record.Insured) record.Insured {
	in := row.station.Insured
	for _, f := range []struct {
		name     string
		to, from **money.Decimal
	}{{"insurance_base", &in.InsuranceBase, &before.InsuranceBase}, {"average_wage", &in.AverageWage, &before.AverageWage}, {"fund_base", &in.FundBase, &before.FundBase},
		{"fund_rate", &in.FundRate, &before.FundRate}, {"additional", &in.Additional, &before.Additional}} {
		if !row.stated[f.name] {
			*f.to = *f.from
		}
	}
	if !row.stated["insurance"] {
		in.Insurance = before.Insurance
	}
	if !row.stated["fund"] && before.Fund == "none" { // the first month of a fund is one month
		in.Fund = before.Fund
	}
	if !row.stated["local"] {
		in.Local = before.Local
	}
	return in
}
