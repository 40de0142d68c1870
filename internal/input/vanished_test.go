package input

import (
	"testing"

	"telepay/internal/period"
	"telepay/internal/record"
)

// TestVanished: a later export that goes back over days of the month before, and no
// longer has a row of them, is noted; one that brings a late row alone is not.
func TestVanished(t *testing.T) {
	row := func(id, day, file string) record.Payment {
		return record.Payment{ID: id, Paid: period.MustDay(day), At: record.Source{File: file, Row: 2}}
	}
	september := &record.Facts{Payments: []record.Payment{row("P1", "2026-09-02", "s"), row("P2", "2026-09-20", "s"), row("P3", "2026-09-25", "s"), row("P4", "2026-09-30", "s")}}
	rows := []struct {
		name, want string
		october    []record.Payment
	}{
		{"nothing of September", "", []record.Payment{row("P5", "2026-10-01", "o")}},
		{"a late row alone", "", []record.Payment{row("P5", "2026-10-01", "o"), row("P9", "2026-09-25", "o")}},
		{"from the 20th on, whole", "", []record.Payment{row("p2", "2026-09-20", "o"), row("P3", "2026-09-25", "o"), row("P4", "2026-09-30", "o")}},
		{"from the 20th on, one row gone", "s:2 vanished-row", []record.Payment{row("P2", "2026-09-20", "o"), row("P4", "2026-09-30", "o")}},
	}
	for _, r := range rows {
		if got := places(t, Vanished(september, &record.Facts{Payments: r.october})); got != r.want {
			t.Errorf("%s: %q, want %q", r.name, got, r.want)
		}
	}
	deals := func(ids ...string) *record.Facts {
		f := &record.Facts{}
		for i, id := range ids {
			f.Deals = append(f.Deals, record.Deal{ID: id, Signed: period.MustDay("2026-09-10") + period.Day(i), At: record.Source{File: "d", Row: 3}})
		}
		return f
	}
	if got := places(t, Vanished(deals("D1", "D2"), deals("D1"))); got != "d:3 vanished-row" {
		t.Errorf("deals: %q", got)
	}
}
