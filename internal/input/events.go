package input

import "telepay/internal/record"

// readEvents reads what somebody noted of a person. Events have no id: rows
// that say the same in every column are one event.
func (s *session) readEvents(places []place) []record.Event {
	shelf := newShelf[record.Event]("duplicate-event")
	for _, p := range places {
		if src := s.open("events", p); src != nil {
			src.each(func(r *row) {
				e := r.event()
				shelf.put(r, r.content.String(), label(e.Agent, e.Date.String(), e.Kind), e)
			})
		}
	}
	return shelf.facts(s.cover)
}

func (r *row) event() record.Event {
	e := record.Event{Date: r.day("date"), Agent: r.agent("agent"), Kind: r.word("kind"), Level: r.text("level"), Deal: r.id("deal"),
		Author: r.text("author"), Ground: r.prose("ground"), At: r.evidence()}
	e.Score, e.HasScore = r.number("score")
	e.Amount, _ = r.sum("amount")
	return e
}
