// Package jsonl writes statements as JSON, one a line, for other programs: a run
// comes in, text goes out that is not escaped for spreadsheets. Money and all
// other figures are text, exact (a quotient without end as "1/3"), so that no
// reader makes a float of them; steps come as data and as sentences in both
// languages. It never writes a bank account, nor the roster's own columns.
package jsonl

import (
	"encoding/json"
	"io"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/phrase"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Write writes one object a statement.
func Write(w io.Writer, r statement.Run) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.Statements {
		if err := enc.Encode(documentOf(&r.Statements[i])); err != nil {
			return err
		}
	}
	return nil
}

func documentOf(st *statement.Statement) document {
	return document{
		Month: st.Month, PayMonth: st.PayMonth, Draft: st.Draft, Company: st.Company, Currency: st.Currency,
		Plan: st.Plan, Filed: st.Filed, PlanHash: st.PlanHash, RunHash: st.RunHash, Version: st.Version,
		Agent: st.Person.ID, Name: st.Person.Name, Team: st.Station.Team, Site: st.Station.Site,
		Region: st.Station.Region, Role: st.Station.Role, Grade: st.Station.Grade,
		Worked: st.Worked, Scheduled: st.Scheduled, Objection: st.Objection,
		Totals: totalsOf(st.Totals), Lines: each(st.Lines, lineOf), Unpaid: each(st.Unpaid, stepOf),
		KPIs: each(st.KPIs, kpiOf), Scores: scoresOf(st.Scores), Cards: each(st.Scores, scoreOf), Credits: each(st.Credits, creditOf),
		Held: each(st.Held, heldOf), Guard: guardOf(st.Guard), Ranks: each(st.Ranks, rankOf),
		Next: each(st.Next, stepOf), Notes: each(st.Notes, stepOf),
	}
}

// each converts a list; no list is an empty one, so that a key always holds a list.
func each[From, To any](all []From, convert func(From) To) []To {
	out := make([]To, len(all))
	for i, x := range all {
		out[i] = convert(x)
	}
	return out
}

func totalsOf(t statement.Totals) totals {
	out := totals{Gross: t.Gross, Deductions: t.Deductions, CarriedIn: t.CarriedIn, CarriedOut: t.CarriedOut,
		Payable: t.Payable, Net: t.Net, HeldUpTo: t.HeldUpTo, CarryNext: t.CarryNext}
	if t.Net != nil {
		out.Statutory = &t.Statutory
	}
	return out
}

func lineOf(l statement.Line) line {
	return line{No: l.No, Stage: l.Stage.String(), Rule: l.Rule, Kind: string(l.Kind), Class: string(l.Class), Nature: l.Nature, Title: l.Title,
		Clause: l.Clause, PlanPath: l.PlanPath, Fact: l.FactMonth, Pay: l.PayMonth, Base: l.Base, Rate: l.Rate, Quantity: l.Quantity,
		Nominal: l.Nominal, Limit: l.Limit, Amount: l.Amount, Carried: l.Carried, Ground: l.Ground,
		How: each(l.Steps, stepOf), Notes: each(l.Notes, stepOf), Evidence: each(l.Evidence, record.Source.String), Incomplete: l.Incomplete}
}

func stepOf(s statement.Step) step {
	return step{Key: s.Key, Terms: each(s.Terms, termOf), ZH: phrase.Step(s, lang.ZH), EN: phrase.Step(s, lang.EN)}
}

func termOf(t statement.Term) term {
	if !t.Figure {
		return term{Text: t.Text}
	}
	return term{Text: t.Text, Value: &t.Value, Unit: unitOf(t.Unit)}
}

// unitOf says how a figure is meant, in the words of kpis.csv.
func unitOf(u statement.Unit) string {
	return [...]string{"number", "money", "ratio", "seconds", "days"}[u]
}

func kpiOf(k statement.KPIRow) kpi {
	out := kpi{KPI: k.KPI, Title: k.Title, Define: k.Define, Unit: unitOf(k.Unit), Num: k.Num, Den: k.Den, Target: k.Target, TargetHow: k.TargetHow,
		Attained: k.Attained, Last: k.Last, Weight: k.Weight, Score: k.Score, Points: k.Points, How: k.How}
	if k.HasBase {
		out.Value = &k.Value
	}
	return out
}

func scoresOf(all []statement.Score) map[string]money.Decimal {
	out := make(map[string]money.Decimal, len(all)) // JSON sorts the names
	for _, s := range all {
		out[s.Name] = s.Total.Round(4, money.HalfUp)
	}
	return out
}

func scoreOf(s statement.Score) score {
	return score{Name: s.Name, Title: s.Title, Total: s.Total, Grade: s.Grade, Factor: s.Factor, How: s.How}
}

func creditOf(c statement.CreditRow) credit {
	return credit{Date: c.Date, Deal: c.Deal, Payment: c.Payment, Product: c.Product, Why: c.Why, Amount: c.Amount,
		Share: c.Share, Credited: c.Credited, Commission: c.Commission, Evidence: c.Source.String()}
}

func heldOf(h statement.HeldRow) held {
	return held{Date: h.Date, Deal: h.Deal, Product: h.Product, Why: h.Why, Amount: h.Amount, UpTo: h.UpTo, How: each(h.Steps, stepOf)}
}

func guardOf(g *statement.GuardSummary) *guard {
	if g == nil {
		return nil
	}
	return &guard{Wage: g.Wage, Percent: g.Percent, Limit: g.Limit, Minimum: g.Minimum, Article: g.Article, Basis: g.Basis,
		Nominal: g.Nominal, Applied: g.Applied, Carried: g.Carried, Rows: each(g.Rows, guardedOf)}
}

func guardedOf(r statement.GuardRow) guarded {
	return guarded{Title: r.Title, Class: string(r.Class), Ground: r.Ground, Article: r.Article, Percent: r.Percent, Limit: r.Limit, Nominal: r.Nominal, Left: r.Left, Applied: r.Applied, Carried: r.Carried}
}

func rankOf(r statement.Rank) rank {
	return rank{Board: r.Board, Week: r.Week, Title: r.Title, Team: r.Team, Place: r.Place, Of: r.Of, Previous: r.Previous, Honour: r.Honour,
		Value: r.Value, Unit: unitOf(r.Unit), Measure: r.Measure, Behind: r.Behind, Rule: r.Rule, WhyNot: r.WhyNot}
}
