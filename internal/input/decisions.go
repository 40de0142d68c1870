package input

import "telepay/internal/record"

// readDecisions reads what people of the company decided. Decisions have no id:
// rows that say the same in every column are one decision.
func (s *session) readDecisions(places []place) []record.Decision {
	shelf := newShelf[record.Decision]("duplicate-decision")
	for _, p := range places {
		if src := s.open("decisions", p); src != nil {
			src.each(func(r *row) {
				d := r.decision()
				shelf.put(r, r.content.String(), label(d.Date.String(), d.What, d.Ref), d)
			})
		}
	}
	return shelf.facts(s.cover)
}

func (r *row) decision() record.Decision {
	d := record.Decision{Date: r.day("date"), Author: r.text("author"), What: r.word("what"), Ref: r.id("ref"), Agent: r.agent("agent"),
		Shares: r.shares("shares"), Reason: r.prose("reason"), At: r.evidence()}
	d.Amount, _ = r.sum("amount")
	return d
}
