package law

import (
	"strconv"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// DayKind says what a calendar day is by law.
type DayKind uint8

const (
	Workday   DayKind = iota // a weekday, or a weekend day worked in exchange
	Weekend                  // Saturday or Sunday
	Rest                     // a weekday off by exchange
	Statutory                // a legal holiday
)

func (l *Law) readHolidays(r reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		r.Known(e.Value, "source", "confidence", "statutory", "rest", "workdays")
		l.sources[e.Key.Text] = r.origin(e.Value)
		for key, kind := range map[string]DayKind{"statutory": Statutory, "rest": Rest, "workdays": Workday} {
			for _, text := range r.Words(e.Value.Get(key)) {
				d, err := period.ParseDay(text)
				if err != nil {
					r.Bad(e.Value.Get(key), "date", lang.Same(diag.Quote(text)), lang.T("2026-10-01 这样的日期", "a date such as 2026-10-01"), lang.Text{})
					continue
				}
				l.days[d] = kind
				l.years[period.Cut{}.MonthOf(d).Year()] = true
			}
		}
	}
}

// DayKind says what d is. Days of a year without holiday data count by the week alone; see HasYear.
func (l *Law) DayKind(d period.Day) DayKind {
	if k, ok := l.days[d]; ok {
		return k
	}
	if d.Weekend() {
		return Weekend
	}
	return Workday
}

// OvertimeRate is what an hour worked on d pays, in per cent of the hourly wage:
// 150 beyond the shift of a workday, 200 on a day of rest without time off in
// exchange, 300 on a legal holiday. Source: 《劳动法》第四十四条.
func (k DayKind) OvertimeRate() int {
	switch k {
	case Statutory:
		return 300
	case Weekend, Rest:
		return 200
	}
	return 150
}

// HasYear tells whether the holidays of a year are known.
func (l *Law) HasYear(year int) bool { return l.years[year] }

// HolidayOrigin says where the holidays of a year were taken from.
func (l *Law) HolidayOrigin(year int) Origin { return l.sources[strconv.Itoa(year)] }

// Workdays returns how many workdays lie in s.
func (l *Law) Workdays(s period.Span) int {
	n := 0
	for d := s.From; d < s.To; d++ {
		if l.DayKind(d) == Workday {
			n++
		}
	}
	return n
}

// PayBy returns the last day on which wages agreed for d have to be paid: d
// itself, or the workday before it where d is a holiday or a day of rest.
// Source: 《工资支付暂行规定》第七条.
func (l *Law) PayBy(d period.Day) period.Day {
	for l.DayKind(d) != Workday {
		d--
	}
	return d
}
