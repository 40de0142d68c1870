package period

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, day, month string
		dayOK, monthOK   bool
	}{
		{"plain", "2026-10-31", "2026-10", true, true},
		{"leap day", "2024-02-29", "2024-02", true, true},
		{"no leap day", "2026-02-29", "2026-13", false, false},
		{"31st of a short month", "2026-04-31", "2026-00", false, false},
		{"day first", "31/02/2026", "10/2026", false, false},
		{"without zeros", "2026-1-5", "2026-1", false, false},
		{"two digits", "26-10-31", "26-10", false, false},
		{"slashes", "2026/10/31", "2026/10", false, false},
		{"with a time", "2026-10-31 09:00", "2026-10-31", false, false},
		{"empty", "", "", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d, err := ParseDay(c.day); (err == nil) != c.dayOK || err == nil && d.String() != c.day {
				t.Errorf("day %q is %s (%v)", c.day, d, err)
			}
			if m, err := ParseMonth(c.month); (err == nil) != c.monthOK || err == nil && m.String() != c.month {
				t.Errorf("month %q is %s (%v)", c.month, m, err)
			}
		})
	}
	if NoDay.String() != "" || Month(0).String() != "" {
		t.Error("what is not given prints as text")
	}
}

// TestDays holds days against package time, and prints and reads them back (P25).
func TestDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 109000).Draw(t, "days"))
		d := DayOf(at.Year(), int(at.Month()), at.Day())
		back, err := ParseDay(d.String())
		if err != nil || back != d || d.String() != at.Format("2006-01-02") {
			t.Fatalf("%s comes back as %s (%v)", at, back, err)
		}
		weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		if d.Weekday() != at.Weekday() || d.Weekend() != weekend || d.MonthDay() != at.Day() {
			t.Fatalf("%s is a %s, the %d.", d, d.Weekday(), d.MonthDay())
		}
	})
}

func TestMonths(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"over the year's end", MustMonth("2026-11").Add(3).String(), "2027-02"},
		{"back over it", MustMonth("2026-02").Add(-3).String(), "2025-11"},
		{"quarter of March", MustMonth("2026-03").Quarter().String(), "2026-01"},
		{"quarter of April", MustMonth("2026-04").Quarter().String(), "2026-04"},
		{"quarter of December", MustMonth("2026-12").Quarter().String(), "2026-10"},
		{"January", MustMonth("2026-12").January().String(), "2026-01"},
		{"year and month", MonthIn(2026, 12).String(), "2026-12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %s, want %s", c.got, c.want)
			}
		})
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name       string
		start      int
		day, month string
		from, last string
	}{
		{"calendar, first", 1, "2026-10-01", "2026-10", "2026-10-01", "2026-10-31"},
		{"calendar, last", 1, "2026-10-31", "2026-10", "2026-10-01", "2026-10-31"},
		{"calendar, February", 1, "2024-02-29", "2024-02", "2024-02-01", "2024-02-29"},
		{"from the 26th, the day before", 26, "2026-10-25", "2026-10", "2026-09-26", "2026-10-25"},
		{"from the 26th, that day", 26, "2026-10-26", "2026-11", "2026-10-26", "2026-11-25"},
		{"from the 26th, over the year", 26, "2026-12-31", "2027-01", "2026-12-26", "2027-01-25"},
		{"from the 28th of February", 28, "2026-02-28", "2026-03", "2026-02-28", "2026-03-27"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cut := Cut{c.start}
			m := cut.MonthOf(MustDay(c.day))
			s := cut.Span(m)
			if m.String() != c.month || s.From.String() != c.from || s.Last().String() != c.last {
				t.Errorf("%s is of %s, %s to %s", c.day, m, s.From, s.Last())
			}
		})
	}
}

// TestCutPartsTime: every day lies in the span of its month and in no other.
func TestCutPartsTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cut := Cut{rapid.IntRange(1, 28).Draw(t, "start")}
		d := MustDay("2020-01-01") + Day(rapid.IntRange(0, 4000).Draw(t, "day"))
		m := cut.MonthOf(d)
		if !cut.Span(m).Has(d) || cut.Span(m-1).Has(d) || cut.Span(m+1).Has(d) || cut.Span(m).To != cut.Span(m+1).From {
			t.Fatalf("%s in months that start on day %d", d, cut.StartDay)
		}
	})
}

func TestSpan(t *testing.T) {
	s := Span{MustDay("2026-10-05"), MustDay("2026-10-08")}
	for _, c := range []struct {
		name string
		day  string
		in   bool
	}{{"the day before", "2026-10-04", false}, {"the first", "2026-10-05", true}, {"the last", "2026-10-07", true}, {"the day after", "2026-10-08", false}} {
		t.Run(c.name, func(t *testing.T) {
			if s.Has(MustDay(c.day)) != c.in {
				t.Errorf("%s is in: %v", c.day, !c.in)
			}
		})
	}
	apart := s.And(Span{MustDay("2026-10-08"), MustDay("2026-10-31")})
	if s.Days() != 3 || apart.Days() != 0 || s.And(Span{MustDay("2026-10-07"), MustDay("2026-10-31")}).Days() != 1 {
		t.Errorf("days %d, common with the next %d", s.Days(), apart.Days())
	}
}

func TestWeeksEnding(t *testing.T) {
	for _, c := range []struct{ name, from, last, want string }{
		{"a month that begins on a Thursday", "2026-10-01", "2026-10-31", "2026-09-28/2026-10-04 2026-10-05/2026-10-11 2026-10-12/2026-10-18 2026-10-19/2026-10-25"},
		{"on a Sunday", "2026-11-01", "2026-11-30", "2026-10-26/2026-11-01 2026-11-02/2026-11-08 2026-11-09/2026-11-15 2026-11-16/2026-11-22 2026-11-23/2026-11-29"},
		{"on a Monday", "2026-06-01", "2026-06-30", "2026-06-01/2026-06-07 2026-06-08/2026-06-14 2026-06-15/2026-06-21 2026-06-22/2026-06-28"},
		{"four whole weeks", "2027-02-01", "2027-02-28", "2027-02-01/2027-02-07 2027-02-08/2027-02-14 2027-02-15/2027-02-21 2027-02-22/2027-02-28"},
		{"no Sunday", "2026-10-05", "2026-10-10", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, w := range (Span{MustDay(c.from), MustDay(c.last) + 1}).WeeksEnding() {
				got = append(got, w.From.String()+"/"+w.Last().String())
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
