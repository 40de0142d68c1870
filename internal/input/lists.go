package input

import (
	"strings"

	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// readNumbers reads the company's lines and the numbers that must not be called.
func (s *session) readNumbers(places []place) []record.Number {
	return fill(s, places, reading[record.Number]{kind: "numbers", one: "number", read: (*row).listed, key: func(_ *row, n record.Number) (string, string) {
		return n.List + " " + n.Number, n.List
	}})
}

func (r *row) listed() record.Number {
	return record.Number{Number: r.key("number"), List: r.word("list"), Since: r.day("since"), At: r.evidence()}
}

// readLeads reads the numbers that the company gave out, each once.
func (s *session) readLeads(places []place) []record.Lead {
	return fill(s, places, reading[record.Lead]{kind: "leads", one: "lead", read: (*row).leadRow, key: func(_ *row, l record.Lead) (string, string) {
		return strings.Join([]string{l.Lead, l.Phone, l.Agent, l.Given.String()}, " "), l.Agent // numbers are never shown
	}})
}

func (r *row) leadRow() record.Lead {
	return record.Lead{Phone: r.key("phone"), Lead: r.key("lead"), Agent: r.agent("agent"), Given: r.day("given"), Source: r.text("source"),
		Batch: r.text("batch"), Grade: r.text("grade"), At: r.evidence()}
}

// readFollowUps reads contacts that were promised for a day.
func (s *session) readFollowUps(places []place) []record.FollowUp {
	return fill(s, places, reading[record.FollowUp]{kind: "followups", one: "followup", read: (*row).followUp, key: func(_ *row, f record.FollowUp) (string, string) {
		return strings.Join([]string{f.Agent, f.Customer, f.Due.String(), f.Kind}, " "), f.Agent + " " + f.Due.String()
	}})
}

func (r *row) followUp() record.FollowUp {
	return record.FollowUp{Agent: r.agent("agent"), Customer: r.key("customer"), Due: r.day("due"), Kind: r.word("kind"), Kept: r.yes("kept"), At: r.evidence()}
}

// readReports reads when people handed their reports in, and what they claim.
func (s *session) readReports(places []place) []record.Report {
	return fill(s, places, reading[record.Report]{kind: "reports", one: "report", read: (*row).handedIn, key: func(_ *row, p record.Report) (string, string) {
		name := strings.Join([]string{p.Agent, p.Date.String(), p.Kind}, " ")
		return name, name
	}})
}

// claimed are the figures that a report may state, called as the KPIs they are held against.
var claimed = []string{"dials", "connects", "talk", "deals", "collected"}

func (r *row) handedIn() record.Report {
	p := record.Report{Agent: r.agent("agent"), Date: r.day("date"), Kind: r.word("kind"), Figures: map[string]money.Decimal{}, At: r.evidence()}
	p.Submitted, p.Clock = r.moment("submitted")
	for _, f := range claimed {
		if v, ok := r.spanOrNumber(f); ok {
			p.Figures[f] = v
		}
	}
	return p
}

// moment reads an instant as a day and the second of it.
func (r *row) moment(field string) (period.Day, int) {
	d := r.day(field)
	if d == period.NoDay {
		return d, 0
	}
	v, _ := r.cell(field)
	t, _ := r.instant(v)
	clock := t.Hour()*3600 + t.Minute()*60 + t.Second()
	r.note(money.Int(int64(clock)).String())
	return d, clock
}
