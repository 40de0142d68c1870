package penalties

import (
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/record"
)

func TestLadder(t *testing.T) {
	l := &Ladder{Expires: 12, Rungs: []Rung{{"warning", 3}, {"demerit", 2}, {"dismissal", 1}}}
	for _, c := range []struct{ name, events, want string }{
		{"two warnings", "warning 2026-03-01, warning 2026-04-01", "2 0 0"},
		{"three warnings suggest a demerit", "warning 2026-03-01, warning 2026-04-01, warning 2026-10-31", "3 0 0 demerit"},
		{"one of them has expired", "warning 2025-10-31, warning 2026-04-01, warning 2026-10-01", "2 0 0"},
		{"one of them is of the twelfth month back", "warning 2025-11-01, warning 2026-04-01, warning 2026-10-01", "3 0 0 demerit"},
		{"the demerit has been given", "warning 2026-03-01, warning 2026-04-01, warning 2026-05-01, demerit 2026-05-10", "3 1 0"},
		{"three more after it", "warning 2026-03-01, demerit 2026-05-10, warning 2026-06-01, warning 2026-07-01, warning 2026-08-01", "4 1 0 demerit"},
		{"two demerits suggest the last rung", "demerit 2026-05-10, demerit 2026-06-10", "0 2 0 dismissal"},
		{"the higher rung is suggested first", "warning 2026-03-01, warning 2026-04-01, warning 2026-05-01, demerit 2026-01-10, demerit 2026-02-10", "3 2 0 dismissal"},
		{"what comes after the day does not count", "warning 2026-09-01, warning 2026-10-01, warning 2026-11-01", "2 0 0"},
		{"nothing", "qa 2026-10-01", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var events []record.Event
			for _, text := range strings.Split(c.events, ", ") {
				kind, day, _ := strings.Cut(text, " ")
				events = append(events, record.Event{Kind: kind, Date: period.MustDay(day)})
			}
			got := ""
			if s := l.Suggest(events, period.MustDay("2026-10-31")); s != nil {
				for _, n := range s.Counts {
					got += string(rune('0'+n.Valid)) + " "
				}
				got = strings.TrimSpace(got + s.Next)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
