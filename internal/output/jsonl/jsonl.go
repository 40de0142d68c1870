// Package jsonl writes statements as JSON, one a line, for other programs. Money
// is text, so that no reader makes a float of it; steps come as data and as
// sentences in both languages.
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

type document struct {
	Month    string            `json:"month"`
	PayMonth string            `json:"pay_month"`
	Draft    bool              `json:"draft"`
	Plan     string            `json:"plan"`
	PlanHash string            `json:"plan_digest"`
	RunHash  string            `json:"run_digest"`
	Agent    string            `json:"agent_id"`
	Name     string            `json:"name"`
	Team     string            `json:"team"`
	Site     string            `json:"site"`
	Grade    string            `json:"grade"`
	Totals   totals            `json:"totals"`
	Lines    []line            `json:"lines"`
	Unpaid   []sentence        `json:"unpaid"`
	Credits  []credit          `json:"credits"`
	Held     []held            `json:"held"`
	Scores   map[string]string `json:"scores"`
}

type totals struct {
	Gross      money.Decimal  `json:"gross"`
	Deductions money.Decimal  `json:"deductions"`
	CarriedIn  money.Decimal  `json:"carried_in"`
	CarriedOut money.Decimal  `json:"carried_out"`
	Payable    money.Decimal  `json:"payable"`
	Net        *money.Decimal `json:"net"`
	HeldUpTo   money.Decimal  `json:"held_up_to"`
	CarryNext  money.Decimal  `json:"carried_to_next"`
}

type line struct {
	No       int            `json:"no"`
	Stage    string         `json:"stage"`
	Rule     string         `json:"rule"`
	Kind     string         `json:"kind"`
	Class    string         `json:"class,omitempty"`
	Title    lang.Text      `json:"title"`
	Clause   string         `json:"clause,omitempty"`
	PlanPath string         `json:"plan_path"`
	Fact     string         `json:"fact_month"`
	Pay      string         `json:"pay_month"`
	Nominal  money.Decimal  `json:"nominal"`
	Limit    *money.Decimal `json:"limit,omitempty"`
	Amount   money.Decimal  `json:"amount"`
	Carried  money.Decimal  `json:"carried"`
	How      []sentence     `json:"how"`
	Evidence []string       `json:"evidence"`
}

type sentence struct {
	Key string `json:"key"`
	ZH  string `json:"zh"`
	EN  string `json:"en"`
}

type credit struct {
	Date       string         `json:"date"`
	Deal       string         `json:"deal"`
	Payment    string         `json:"payment,omitempty"`
	Product    string         `json:"product,omitempty"`
	Why        lang.Text      `json:"why"`
	Amount     money.Decimal  `json:"amount"`
	Share      money.Ratio    `json:"share"`
	Credited   money.Decimal  `json:"credited"`
	Commission *money.Decimal `json:"commission,omitempty"`
	Evidence   string         `json:"evidence"`
}

type held struct {
	Deal   string        `json:"deal"`
	Why    lang.Text     `json:"why"`
	Amount money.Decimal `json:"amount"`
	UpTo   money.Decimal `json:"up_to"`
}

// Write writes one object a statement.
func Write(w io.Writer, r statement.Run) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, st := range r.Statements {
		if err := enc.Encode(documentOf(st)); err != nil {
			return err
		}
	}
	return nil
}

func documentOf(st statement.Statement) document {
	x := st.Totals
	d := document{Month: st.Month.String(), PayMonth: st.PayMonth.String(), Draft: st.Draft, Plan: st.Plan, PlanHash: st.PlanHash, RunHash: st.RunHash,
		Agent: st.Person.ID, Name: st.Person.Name, Team: st.Station.Team, Site: st.Station.Site, Grade: st.Station.Grade,
		Totals: totals{x.Gross, x.Deductions, x.CarriedIn, x.CarriedOut, x.Payable, x.Net, x.HeldUpTo, x.CarryNext},
		Unpaid: sentences(st.Unpaid), Lines: []line{}, Credits: []credit{}, Held: []held{}, Scores: map[string]string{}}
	for _, l := range st.Lines {
		d.Lines = append(d.Lines, line{l.No, l.Stage.String(), l.Rule, string(l.Kind), string(l.Class), l.Title, l.Clause, l.PlanPath,
			l.FactMonth.String(), l.PayMonth.String(), l.Nominal, l.Limit, l.Amount, l.Carried, sentences(l.Steps), sources(l.Evidence)})
	}
	for _, c := range st.Credits {
		d.Credits = append(d.Credits, credit{c.Date.String(), c.Deal, c.Payment, c.Product, c.Why, c.Amount, c.Share, c.Credited, c.Commission, c.Source.String()})
	}
	for _, h := range st.Held {
		d.Held = append(d.Held, held{h.Deal, h.Why, h.Amount, h.UpTo})
	}
	for _, s := range st.Scores {
		d.Scores[s.Name] = s.Total.Round(4, money.HalfUp).String()
	}
	return d
}

func sentences(steps []statement.Step) []sentence {
	out := []sentence{}
	for _, s := range steps {
		out = append(out, sentence{s.Key, phrase.Step(s, lang.ZH), phrase.Step(s, lang.EN)})
	}
	return out
}

func sources(at []record.Source) []string {
	out := []string{}
	for _, s := range at {
		out = append(out, s.String())
	}
	return out
}
