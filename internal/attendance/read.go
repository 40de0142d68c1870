package attendance

import (
	"sort"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Sheet is what the exports say of one person's month.
type Sheet struct {
	Days    []record.AttendanceDay
	Summary *record.AttendanceMonth // of a system that has no days to give
	Present bool                    // whether there is an export at all
	// Sick is the part of pay that the law has kept on a day of sickness, for leave written as `law`.
	Sick func(period.Day) money.Ratio
}

func (f Sheet) sick(d period.Day) money.Ratio {
	if f.Sick == nil {
		return money.Ratio{}
	}
	return f.Sick(d)
}

// Of computes a person's month from what the exports say of him. Without an
// export full attendance is assumed and said so. People of a partner, and
// part-timers, have no scheduled days of their own: their rows are their days.
func Of(p record.Person, month period.Span, from Sheet, l *law.Law, s Settings) (Month, []Gap) {
	m := calendar(p, month, l)
	free := unscheduled(p, month)
	switch {
	case !from.Present && !free:
		m.assume(s)
		return m, nil
	case from.Summary != nil && len(from.Days) > 0:
		return m, []Gap{{Code: "attendance-twice", Found: lang.F("既有每日考勤又有月汇总 %s", "day sheets and a summary of the month, %s", from.Summary.At.String()),
			Want: lang.T("其中一种", "one of them"), Mend: lang.T("删去一份导出", "take one export out"), Source: from.Summary.At}}
	case from.Summary != nil:
		return m, m.sum(*from.Summary, from.sick(month.Last()), s)
	}
	return m, m.read(p.Employed(month), from, l, s, free)
}

// calendar counts the days of a month by law and by employment.
func calendar(p record.Person, month period.Span, l *law.Law) Month {
	employed := p.Employed(month)
	m := Month{MonthWorkdays: l.Workdays(month), EmployedWorkdays: l.Workdays(employed), MonthDays: month.Days(), EmployedDays: employed.Days()}
	m.Calendar = make([]period.Day, 0, m.EmployedDays)
	for d := month.From; d < month.To; d++ {
		switch kind := l.DayKind(d); {
		case kind == law.Statutory && !d.Weekend():
			m.MonthHolidays++
			if employed.Has(d) {
				m.Holidays++
			}
		case kind == law.Workday && employed.Has(d):
			m.Calendar = append(m.Calendar, d)
		}
	}
	m.Scheduled = money.Whole(int64(m.EmployedWorkdays))
	return m
}

// unscheduled tells whether a person works without a schedule: part-time, or for a partner.
func unscheduled(p record.Person, month period.Span) bool {
	switch p.On(month.Last()).Employment {
	case "part_time", "partner":
		return true
	}
	return false
}

func (m *Month) assume(s Settings) {
	m.Worked, m.Assumed = m.Scheduled, true
	m.Days = make([]Day, 0, len(m.Calendar))
	for _, d := range m.Calendar {
		m.Days = append(m.Days, Day{Date: d, Worked: money.One})
	}
	m.Hours = m.Worked.Mul(s.any().length())
}

func (m *Month) read(employed period.Span, from Sheet, l *law.Law, s Settings, free bool) []Gap {
	rows := append([]record.AttendanceDay(nil), from.Days...)
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].Date < rows[j].Date })
	seen := map[period.Day]bool{}
	swaps := swapped(rows, employed, l)
	var gaps []Gap
	for _, r := range rows {
		if !employed.Has(r.Date) {
			continue
		}
		seen[r.Date] = true
		kind := dayKind(l.DayKind(r.Date))
		switch {
		case free:
			kind = "workday"
		case r.Status == "rest" && kind == "workday":
			kind = "rest_day"
		case swaps > 0 && kind == "rest_day" && r.Status != "rest" && r.Overtime.IsZero():
			swaps--
			kind = "workday"
		}
		if g := m.row(r, kind, from, s, free); g != nil {
			gaps = append(gaps, *g)
		}
	}
	m.LateMinutes, m.EarlyMinutes = size(m.Lates), size(m.Earlies)
	if free {
		m.Scheduled = money.Whole(int64(len(m.Days)))
		return gaps
	}
	return append(gaps, missingDays(employed, seen, l)...)
}

// swapped counts the workdays that the sheet gives as rest: as many days off may
// be worked in their place, as a rota has it.
func swapped(rows []record.AttendanceDay, employed period.Span, l *law.Law) int {
	n := 0
	for _, r := range rows {
		if employed.Has(r.Date) && r.Status == "rest" && l.DayKind(r.Date) == law.Workday {
			n++
		}
	}
	return n
}

// row reads one day. What is worked on a day off is overtime, never a day of the month.
func (m *Month) row(r record.AttendanceDay, kind string, from Sheet, s Settings, free bool) *Gap {
	shift, g := s.shiftOf(r)
	if g != nil {
		return g
	}
	r.Out = shift.after(r)
	if kind != "workday" {
		m.overtime(r, shift, kind)
		return nil
	}
	before := m.Worked
	if g := m.day(r, shift, from.sick, s); g != nil {
		return g
	}
	if free {
		if r.Overtime.Sign() > 0 && !r.Approved {
			m.overtime(r, shift, kind)
		}
		return m.freeHours(r, shift)
	}
	m.Hours = m.Hours.Add(worked(r, shift, m.Worked.Sub(before)))
	m.overtime(r, shift, kind)
	return nil
}

func dayKind(k law.DayKind) string {
	switch k {
	case law.Statutory:
		return "holiday"
	case law.Workday:
		return "workday"
	}
	return "rest_day"
}

// worked is the hours of a scheduled day: the sheet's own, else what of the shift was worked.
func worked(r record.AttendanceDay, s shift, part money.Ratio) money.Ratio {
	if r.HasHours {
		return money.Of(r.Hours)
	}
	return part.Mul(s.length())
}

// freeHours adds the hours of somebody without a schedule, who is paid by them.
func (m *Month) freeHours(r record.AttendanceDay, s shift) *Gap {
	switch {
	case r.Status != "present":
	case r.HasHours:
		m.Hours = m.Hours.Add(money.Of(r.Hours))
	case r.In >= 0 && r.Out >= r.In:
		m.Hours = m.Hours.Add(s.between(r.In, r.Out))
	default:
		return &Gap{Code: "hours-missing", Found: lang.F("%s 出勤而没有工时, 也没有上下班打卡", "%s present, with neither hours nor both punches", r.Date.String()), Want: lang.T("hours, 或 in 和 out", "hours, or in and out"),
			Mend: lang.T("补上工时", "add the hours"), Source: r.At}
	}
	return nil
}

// longAfter is how many seconds after the shift a last punch is taken for work
// that nobody approved: an hour.
const longAfter = 3600

// overtime notes work beyond the shift or on a day off: the sheet's own hours,
// else what the punches show.
func (m *Month) overtime(r record.AttendanceDay, s shift, kind string) {
	o := Overtime{Date: r.Date, Kind: kind, Hours: money.Of(r.Overtime), Approved: r.Approved, Source: r.At}
	switch {
	case r.Overtime.Sign() > 0:
	case kind != "workday" && r.HasHours:
		o.Hours = money.Of(r.Hours)
	case kind != "workday" && r.In >= 0 && r.Out > r.In:
		o.Hours = s.between(r.In, r.Out)
	case kind == "workday" && r.Out >= s.to+longAfter && r.Status == "present":
		o.Hours, o.Approved = seconds(r.Out-s.to), false // who excuses a lateness orders no overtime
	default:
		return
	}
	m.Overtime = append(m.Overtime, o)
}

func missingDays(employed period.Span, seen map[period.Day]bool, l *law.Law) []Gap {
	var first period.Day
	n := 0
	for d := employed.From; d < employed.To; d++ {
		if l.DayKind(d) == law.Workday && !seen[d] {
			if n == 0 {
				first = d
			}
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []Gap{{Code: "attendance-missing", Found: lang.F("%d 个工作日没有考勤记录, 第一天 %s", "workdays without an attendance row: %d, the first %s", n, first),
		Want: lang.T("每个应出勤日一行", "a row for every scheduled day"), Mend: lang.T("补上考勤行 (present、absent 或假别)", "add the rows (present, absent or a leave word)")}}
}

func (m *Month) day(r record.AttendanceDay, sh shift, sick func(period.Day) money.Ratio, s Settings) *Gap {
	worked, leave := money.One, money.Ratio{}
	switch r.Status {
	case "present":
		leave = part(r, sh)
		worked = worked.Sub(leave)
		if leave.Sign() > 0 {
			m.off(Incident{Date: r.Date, Size: leave, Source: r.At}, money.Ratio{})
		}
	case "absent":
		missed := money.One
		if r.LeaveHours.Sign() > 0 {
			missed = part(r, sh)
		}
		worked = worked.Sub(missed)
		m.Absent = m.Absent.Add(missed)
		m.Absences = append(m.Absences, Incident{Date: r.Date, Size: missed, Nth: len(m.Absences) + 1, Source: r.At})
	default:
		leave = money.One
		if r.LeaveHours.Sign() > 0 {
			leave = part(r, sh)
		}
		if g := m.leave(Incident{Date: r.Date, Word: r.Status, Size: leave, Source: r.At}, sick(r.Date), s); g != nil {
			return g
		}
		worked = worked.Sub(leave)
	}
	m.Worked = m.Worked.Add(worked)
	m.Days = append(m.Days, Day{r.Date, worked, leave, r.At, r.Shift})
	if worked.Sign() > 0 {
		m.incidents(r, sh, s, worked.Cmp(money.One) < 0)
	}
	return nil
}

// leave counts days of one leave word at the part of pay that it keeps.
func (m *Month) leave(i Incident, sick money.Ratio, s Settings) *Gap {
	paid, ok := s.Leave[i.Word]
	switch {
	case s.Sick[i.Word]:
		paid = sick
		m.Sick, m.SickPaid = m.Sick.Add(i.Size), m.SickPaid.Add(i.Size.Mul(sick))
	case !ok:
		return &Gap{Code: "unknown-leave", Found: lang.F("考勤状态 %q", "the attendance status %q", i.Word), Want: lang.T("present、absent、rest, 或方案 attendance.leave 里的假别", "present, absent, rest, or a leave word of attendance.leave in the plan"),
			Mend: lang.F("在 plan.yaml 写 attendance: {leave: {%s: 发薪比例}}", "write attendance: {leave: {%s: its share of pay}} in plan.yaml", i.Word), Source: i.Source}
	}
	m.off(i, paid)
	return nil
}

// off counts time off of which a part is paid.
func (m *Month) off(i Incident, paid money.Ratio) {
	m.Leave = m.Leave.Add(i.Size)
	m.Unpaid = m.Unpaid.Add(i.Size.Mul(money.One.Sub(paid)))
	i.Nth = len(m.Leaves) + 1
	m.Leaves = append(m.Leaves, i)
}

// part turns leave hours into the part of a day, at most the whole.
func part(r record.AttendanceDay, s shift) money.Ratio {
	return money.MinRatio(money.One, money.Of(r.LeaveHours).Div(s.length()))
}

// incidents notes lateness, early leaving and missing punches. The sheet's own
// minutes win; without them punches are held against the shift, save on days
// with leave, whose hours the sheet does not place.
func (m *Month) incidents(r record.AttendanceDay, sh shift, s Settings, part bool) {
	late, early := r.Late, r.Early
	if !r.HasLate && r.In > sh.from && !part {
		late = minutes(r.In - sh.from)
	}
	if !r.HasEarly && r.Out >= 0 && r.Out < sh.to && !part {
		early = minutes(sh.to - r.Out)
	}
	if !r.Approved && late.Sign() > 0 && late.Cmp(s.Free) > 0 {
		m.Lates = append(m.Lates, Incident{Date: r.Date, Size: money.Of(late), Nth: len(m.Lates) + 1, Source: r.At})
	}
	if !r.Approved && early.Sign() > 0 {
		m.Earlies = append(m.Earlies, Incident{Date: r.Date, Size: money.Of(early), Nth: len(m.Earlies) + 1, Source: r.At})
	}
	for _, missing := range []bool{r.MissingIn, r.MissingOut} {
		if missing && !r.Approved {
			m.Missing = append(m.Missing, Incident{Date: r.Date, Size: money.One, Nth: len(m.Missing) + 1, Source: r.At})
		}
	}
}

func minutes(seconds int) money.Decimal {
	return money.Int(int64(seconds)).DivRound(money.Int(60), 4, money.HalfUp)
}
