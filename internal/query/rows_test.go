package query

import (
	"testing"

	"telepay/internal/period"
)

// TestAnswer holds the plain loops against sums worked by hand.
func TestAnswer(t *testing.T) {
	month := period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))
	row := func(agent string, day int, phone string, talk, clock int64) Row {
		return Row{Agent: agent, Day: month.From + period.Day(day-1), Texts: map[string]string{"phone": phone}, Numbers: map[string]int64{"talk": talk, "clock": clock}, Flags: map[string]bool{"connected": talk > 0}}
	}
	rows := []Row{row("A", 1, "1", 60, 9*3600), row("A", 1, "1", 59, 9*3600), row("A", 1, " １", 0, 36000), row("A", 2, "2", 90, 0), row("B", 2, "1", 61, 0), row("X", 2, "1", 61, 0), row("B", 40, "1", 61, 0), row("B", 3, "", 5, 0)}
	long := &Filter{Op: AtLeast, Field: "talk", Number: 60}
	set := Set{
		Measures: []Measure{{Name: "n", Kind: Count}, {Name: "long", Kind: Sum, Field: "talk", Where: long}, {Name: "most", Kind: Max, Field: "talk"}, {Name: "slots", Kind: Slots, Field: "clock"},
			{Name: "other", Kind: Count, Where: &Filter{Op: And, Kids: []*Filter{{Op: Not, Kids: []*Filter{{Op: Equal, Field: "phone", Texts: []string{"1"}}}}, {Op: Is, Field: "connected"}}}},
			{Name: "few", Kind: Count, Where: &Filter{Op: Or, Kids: []*Filter{{Op: Less, Field: "talk", Number: 1}, {Op: More, Field: "talk", Number: 89}}}},
			{Name: "upto", Kind: Count, Where: &Filter{Op: And, Kids: []*Filter{{Op: AtMost, Field: "talk", Number: 59}, {Op: Has, Field: "phone"}}}}},
		Distincts: []Distinct{{Name: "phones", Field: "phone"}},
		Moments:   []Moments{{Name: "at", Field: "phone", Where: long, Keys: []string{"1"}}},
		Repeats:   []Repeats{{Name: "again", Field: "phone", Allowed: 1}},
		Near:      []Near{{Name: "next", Field: "phone", Other: long, From: 1, To: 1}},
	}
	table := Answer(set, []string{"A", "B"}, month, rows)
	both := []Stretch{{"A", month}, {"B", month}}
	for _, c := range []struct {
		name string
		over []Stretch
		want int64
	}{
		{"n", both, 6}, {"n", both[:1], 4}, {"long", both, 60 + 90 + 61}, {"most", both[1:], 61}, {"slots", both[:1], 1 | 1<<18 | 1<<20}, {"other", both, 2}, {"few", both, 2}, {"upto", both, 2},
		{"again", both, 2}, {"next", both, 3}, // each of A's three on the first is near B's of the second
	} {
		if got := table.Value(c.name, c.over); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := table.Distinct("phones", both); got != 2 || table.Distinct("phones", both[1:]) != 1 {
		t.Errorf("%d phones", got)
	}
	if got := table.MomentsOf("at", "1"); len(got) != 2 || got[0].Agent != "A" || got[0].Clock != 9*3600 || got[1].Agent != "B" || table.Rows != 6 {
		t.Errorf("moments %+v, rows %d", got, table.Rows)
	}
}
