package input

import (
	"strings"

	"telepay/internal/record"
)

// readDecisions reads what people of the company decided. Decisions have no id:
// rows that say the same in every column are one decision.
func (s *session) readDecisions(places []place) []record.Decision {
	return fill(s, places, reading[record.Decision]{kind: "decisions", one: "decision", read: (*row).decision, key: func(r *row, d record.Decision) (string, string) {
		return string(r.content), strings.Join([]string{d.Date.String(), d.What, d.Ref}, " ")
	}})
}

func (r *row) decision() record.Decision {
	d := record.Decision{Date: r.day("date"), Author: r.text("author"), What: r.word("what"), Ref: r.id("ref"), Agent: r.agent("agent"),
		Shares: r.shares("shares"), Reason: r.prose("reason"), At: r.evidence()}
	d.Amount, _ = r.sum("amount")
	return d
}
