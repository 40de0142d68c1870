package attendance

import (
	"slices"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
)

const day = 24 * 3600

// shift is working hours, in seconds of the day; a night shift ends beyond 24:00.
type shift struct {
	from, to int
	lunch    [2]int
}

func (s Settings) any() shift { return s.shifts["any"] }

// shiftOf returns the shift that a row names.
func (s Settings) shiftOf(r record.AttendanceDay) (shift, *Gap) {
	if r.Shift == "" {
		return s.any(), nil
	}
	if sh, ok := s.shifts[r.Shift]; ok {
		return sh, nil
	}
	if len(s.shifts) == 1 { // the plan has one shift, whatever the sheet calls it
		return s.any(), nil
	}
	var known []string
	for name := range s.shifts {
		known = append(known, name)
	}
	slices.Sort(known)
	return shift{}, &Gap{Code: "unknown-shift", Found: lang.F("班次 %s", "the shift %s", diag.Quote(r.Shift)), Want: lang.F("其中之一: %v", "one of: %v", known),
		Mend: lang.F("在 plan.yaml 写 attendance: {shift: {%s: 09:00-18:00}}", "write attendance: {shift: {%s: 09:00-18:00}} in plan.yaml", r.Shift), Source: r.At}
}

// length is the working time of a full day, in hours.
func (s shift) length() money.Ratio { return s.between(s.from, s.to) }

// between is the working time between two moments, lunch left out, in hours.
func (s shift) between(from, to int) money.Ratio {
	lunch := min(to, s.lunch[1]) - max(from, s.lunch[0])
	return seconds(to - from - max(0, lunch))
}

// HalfHours are the half hours of the day that lie in a shift whole, lunch left
// out, by their number from 0; what is past midnight is not among them.
func (s Settings) HalfHours(shift string) (out []int) {
	sh, ok := s.shifts[shift]
	if !ok {
		sh = s.any()
	}
	for n := range 48 {
		from, to := n*1800, (n+1)*1800
		if from >= sh.from && to <= sh.to && (to <= sh.lunch[0] || from >= sh.lunch[1]) {
			out = append(out, n)
		}
	}
	return out
}

func seconds(n int) money.Ratio { return money.Whole(int64(n)).Div(money.Whole(3600)) }

// after returns the last punch, on the next day's side of midnight where it is
// before the first one.
func (s shift) after(r record.AttendanceDay) int {
	if r.Out >= 0 && r.In >= 0 && r.Out < r.In && s.to > day {
		return r.Out + day
	}
	return r.Out
}
