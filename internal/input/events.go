package input

import (
	"strings"

	"telepay/internal/record"
)

// readEvents reads what somebody noted of a person. Events have no id: rows
// that say the same in every column are one event.
func (s *session) readEvents(places []place) []record.Event {
	return fill(s, places, reading[record.Event]{kind: "events", one: "event", read: (*row).event, key: func(r *row, e record.Event) (string, string) {
		return string(r.content), strings.Join([]string{e.Agent, e.Date.String(), e.Kind}, " ")
	}})
}

func (r *row) event() record.Event {
	e := record.Event{Date: r.day("date"), Agent: r.agent("agent"), Kind: r.word("kind"), Level: r.text("level"), Deal: r.id("deal"),
		Author: r.text("author"), Ground: r.prose("ground"), At: r.evidence()}
	e.Score, e.HasScore = r.number("score")
	e.Hours, e.HasHours = r.count("hours")
	e.Amount, _ = r.sum("amount")
	e.Fields, e.Numbers = r.own(), r.ownNumbers()
	return e
}
