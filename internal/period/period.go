// Package period holds civil days and months. It knows no clock and no time
// zone: whoever reads an instant turns it into the project's civil day first.
package period

import (
	"fmt"
	"time"
)

// Day is a civil day, counted from 1970-01-01. Unset is NoDay.
type Day int32

// NoDay is a day that is not given.
const NoDay Day = -1 << 31

// DayOf returns the day of a civil date.
func DayOf(year, month, day int) Day {
	return Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads 2026-10-31; impossible dates are refused.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return NoDay, fmt.Errorf("%q is not a date such as 2026-10-31", s)
	}
	return DayOf(t.Year(), int(t.Month()), t.Day()), nil
}

// MustDay is ParseDay for constants in tests.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String returns 2026-10-31, or empty text for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.time().Format("2006-01-02")
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// Weekend tells whether d is a Saturday or Sunday.
func (d Day) Weekend() bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// MonthDay returns the day of the month, 1 to 31.
func (d Day) MonthDay() int { return d.time().Day() }

// Month is a month of a year: 2026-10. The zero value is no month.
type Month int32

// MonthIn returns the month of a year, month from 1 to 12.
func MonthIn(year, month int) Month { return Month(year*12 + month - 1) }

// ParseMonth reads 2026-10.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() == 0 { // which would be no month
		return 0, fmt.Errorf("%q is not a month such as 2026-10", s)
	}
	return MonthIn(t.Year(), int(t.Month())), nil
}

// MustMonth is ParseMonth for constants in tests.
func MustMonth(s string) Month {
	m, err := ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

func (m Month) Year() int  { return int(m) / 12 }
func (m Month) Month() int { return int(m)%12 + 1 }

// Add returns the month n months later.
func (m Month) Add(n int) Month { return m + Month(n) }

// String returns 2026-10, or empty text for no month.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Month())
}

// MarshalText and UnmarshalText write and read months and days in JSON.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }
func (d Day) MarshalText() ([]byte, error)   { return []byte(d.String()), nil }

// Quarter returns the first month of m's quarter.
func (m Month) Quarter() Month { return MonthIn(m.Year(), (m.Month()-1)/3*3+1) }

// January returns the first month of m's year.
func (m Month) January() Month { return MonthIn(m.Year(), 1) }

// Cut is how a company cuts time into months: StartDay is the day a month
// starts on, 1 for calendar months, else 2 to 28. A month from the 26th to the
// 25th has the name of the month it ends in.
type Cut struct{ StartDay int }

// MonthOf returns the month that d falls into.
func (c Cut) MonthOf(d Day) Month {
	t := d.time()
	m := MonthIn(t.Year(), int(t.Month()))
	if c.StartDay > 1 && t.Day() >= c.StartDay {
		return m + 1
	}
	return m
}

// Span returns the days of m.
func (c Cut) Span(m Month) Span {
	if c.StartDay > 1 {
		p := m - 1
		return Span{DayOf(p.Year(), p.Month(), c.StartDay), DayOf(m.Year(), m.Month(), c.StartDay)}
	}
	n := m + 1
	return Span{DayOf(m.Year(), m.Month(), 1), DayOf(n.Year(), n.Month(), 1)}
}

// Span is a half-open stretch of days: From is in, To is out.
type Span struct{ From, To Day }

// Has tells whether d lies in s.
func (s Span) Has(d Day) bool { return d >= s.From && d < s.To }

// Days returns how many days s has, never below 0.
func (s Span) Days() int { return max(0, int(s.To-s.From)) }

// Last returns the last day in s.
func (s Span) Last() Day { return s.To - 1 }

// WeeksEnding returns the weeks, Monday to Sunday, whose Sunday lies in s; the first
// may begin before s.
func (s Span) WeeksEnding() []Span {
	var out []Span
	for sunday := s.From + Day((7-s.From.Weekday())%7); s.Has(sunday); sunday += 7 {
		out = append(out, Span{sunday - 6, sunday + 1})
	}
	return out
}

// And returns the days that lie in both.
func (s Span) And(t Span) Span { return Span{max(s.From, t.From), min(s.To, t.To)} }
