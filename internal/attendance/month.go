package attendance

import (
	"sort"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Month is one person's attendance in one month.
type Month struct {
	MonthWorkdays    int // of the whole month, by the calendar
	EmployedWorkdays int // of them while employed
	MonthDays        int
	EmployedDays     int
	Holidays         int // legal holidays on Monday to Friday while employed
	MonthHolidays    int
	Scheduled        money.Ratio // days to be worked
	Worked           money.Ratio
	Absent           money.Ratio // without leave
	Leave            money.Ratio
	Unpaid           money.Ratio  // of leave: days × the part that is not paid
	Calendar         []period.Day // workdays while employed
	Days             []Day
	Lates            []Incident
	Earlies          []Incident
	Missing          []Incident
	Absences         []Incident
	Assumed          bool // no export: full attendance taken
}

// Day is one scheduled day: which part of it was worked, and was leave.
type Day struct {
	Date   period.Day
	Worked money.Ratio
	Leave  money.Ratio
	Source record.Source
}

// Workdays returns how many workdays of employment lie in s.
func (m Month) Workdays(s period.Span) int {
	n := 0
	for _, d := range m.Calendar {
		if s.Has(d) {
			n++
		}
	}
	return n
}

// Within returns the figures of some days of the month: a team's part of somebody
// who changed teams. What is counted over the whole month alone stays as it is.
func (m Month) Within(s period.Span) Month {
	out := m
	out.Scheduled = money.Whole(int64(m.Workdays(s)))
	out.Worked, out.Absent, out.Leave = money.Ratio{}, money.Ratio{}, money.Ratio{}
	out.Days = nil
	for _, d := range m.Days {
		if s.Has(d.Date) {
			out.Days = append(out.Days, d)
			out.Worked, out.Leave = out.Worked.Add(d.Worked), out.Leave.Add(d.Leave)
		}
	}
	out.Lates, out.Earlies, out.Missing, out.Absences = within(m.Lates, s), within(m.Earlies, s), within(m.Missing, s), within(m.Absences, s)
	out.Absent = size(out.Absences)
	return out
}

func within(is []Incident, s period.Span) []Incident {
	var out []Incident
	for _, i := range is {
		if s.Has(i.Date) {
			out = append(out, i)
		}
	}
	return out
}

// Incident is one lateness, early leaving, missing punch or absence. Size is
// minutes, or days of absence; Nth counts them in the month from 1.
type Incident struct {
	Date   period.Day
	Size   money.Ratio
	Nth    int
	Source record.Source
}

// Gap says what keeps a person's month from being computed.
type Gap struct {
	Code   string
	Found  lang.Text
	Want   lang.Text
	Mend   lang.Text
	Source record.Source
}

// Of computes a person's month from his rows. Without an export (present false)
// full attendance is assumed and said so.
func Of(p record.Person, month period.Span, rows []record.AttendanceDay, l *law.Law, s Settings, present bool) (Month, []Gap) {
	employed := p.Employed(month)
	m := Month{MonthWorkdays: l.Workdays(month), EmployedWorkdays: l.Workdays(employed), MonthDays: month.Days(), EmployedDays: employed.Days()}
	for d := month.From; d < month.To; d++ {
		if l.DayKind(d) == law.Statutory && !d.Weekend() {
			m.MonthHolidays++
			if employed.Has(d) {
				m.Holidays++
			}
		}
	}
	for d := employed.From; d < employed.To; d++ {
		if l.DayKind(d) == law.Workday {
			m.Calendar = append(m.Calendar, d)
		}
	}
	m.Scheduled = money.Whole(int64(m.EmployedWorkdays))
	if !present {
		m.Worked, m.Assumed = m.Scheduled, true
		for _, d := range m.Calendar {
			m.Days = append(m.Days, Day{Date: d, Worked: money.One})
		}
		return m, nil
	}
	return m, m.read(employed, rows, l, s)
}

func (m *Month) read(employed period.Span, rows []record.AttendanceDay, l *law.Law, s Settings) []Gap {
	rows = append([]record.AttendanceDay(nil), rows...)
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].Date < rows[j].Date })
	seen := map[period.Day]bool{}
	var gaps []Gap
	for _, r := range rows {
		if !employed.Has(r.Date) {
			continue
		}
		seen[r.Date] = true
		if r.Status == "rest" {
			continue
		}
		if g := m.day(r, s); g != nil {
			gaps = append(gaps, *g)
		}
	}
	return append(gaps, missingDays(employed, seen, l)...)
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

func (m *Month) day(r record.AttendanceDay, s Settings) *Gap {
	worked, leave := money.One, money.Ratio{}
	switch r.Status {
	case "present":
		leave = m.hours(r, s)
		worked = worked.Sub(leave)
		m.Leave = m.Leave.Add(leave)
		m.Unpaid = m.Unpaid.Add(leave)
	case "absent":
		part := money.One
		if r.LeaveHours.Sign() > 0 {
			part = m.hours(r, s)
		}
		worked = worked.Sub(part)
		m.Absent = m.Absent.Add(part)
		m.Absences = append(m.Absences, Incident{r.Date, part, len(m.Absences) + 1, r.At})
	default:
		paid, ok := s.Leave[r.Status]
		if !ok {
			return &Gap{Code: "unknown-leave", Found: lang.F("考勤状态 %q", "the attendance status %q", r.Status), Want: lang.T("present、absent、rest, 或方案 attendance.leave 里的假别", "present, absent, rest, or a leave word of attendance.leave in the plan"),
				Mend: lang.F("在 plan.yaml 写 attendance: {leave: {%s: 发薪比例}}", "write attendance: {leave: {%s: its share of pay}} in plan.yaml", r.Status), Source: r.At}
		}
		leave = money.One
		if r.LeaveHours.Sign() > 0 {
			leave = m.hours(r, s)
		}
		worked = worked.Sub(leave)
		m.Leave = m.Leave.Add(leave)
		m.Unpaid = m.Unpaid.Add(leave.Mul(money.One.Sub(paid)))
	}
	m.Worked = m.Worked.Add(worked)
	m.Days = append(m.Days, Day{r.Date, worked, leave, r.At})
	if worked.Sign() > 0 {
		m.incidents(r, s, worked.Cmp(money.One) < 0)
	}
	return nil
}

// hours turns leave hours into the part of a day, at most the whole.
func (m *Month) hours(r record.AttendanceDay, s Settings) money.Ratio {
	return money.MinRatio(money.One, money.Of(r.LeaveHours).Mul(money.Whole(3600)).Div(money.Whole(int64(s.Hours()))))
}

// incidents notes lateness, early leaving and missing punches. The sheet's own
// minutes win; without them punches are held against the shift, save on days
// with leave, whose hours the sheet does not place.
func (m *Month) incidents(r record.AttendanceDay, s Settings, part bool) {
	late, early := r.Late, r.Early
	if !r.HasLate && r.In > s.From && !part {
		late = minutes(r.In - s.From)
	}
	if !r.HasEarly && r.Out >= 0 && r.Out < s.To && !part {
		early = minutes(s.To - r.Out)
	}
	if !r.Approved && late.Sign() > 0 && late.Cmp(s.Free) > 0 {
		m.Lates = append(m.Lates, Incident{r.Date, money.Of(late), len(m.Lates) + 1, r.At})
	}
	if !r.Approved && early.Sign() > 0 {
		m.Earlies = append(m.Earlies, Incident{r.Date, money.Of(early), len(m.Earlies) + 1, r.At})
	}
	for _, missing := range []bool{r.MissingIn, r.MissingOut} {
		if missing && !r.Approved {
			m.Missing = append(m.Missing, Incident{r.Date, money.One, len(m.Missing) + 1, r.At})
		}
	}
}

func minutes(seconds int) money.Decimal {
	return money.Int(int64(seconds)).DivRound(money.Int(60), 4, money.HalfUp)
}

// Figures are the attendance figures that plans may name.
var Figures = []struct {
	Name  string
	Title lang.Text
	Of    func(m Month) money.Ratio
}{
	{"scheduled_days", lang.T("应出勤天数", "scheduled days"), func(m Month) money.Ratio { return m.Scheduled }},
	{"days_worked", lang.T("出勤天数", "days worked"), func(m Month) money.Ratio { return m.Worked }},
	{"absent_days", lang.T("旷工天数", "days absent"), func(m Month) money.Ratio { return m.Absent }},
	{"leave_days", lang.T("请假天数", "days of leave"), func(m Month) money.Ratio { return m.Leave }},
	{"late_times", lang.T("迟到次数", "times late"), func(m Month) money.Ratio { return money.Whole(int64(len(m.Lates))) }},
	{"late_minutes", lang.T("迟到分钟", "minutes late"), func(m Month) money.Ratio { return size(m.Lates) }},
	{"early_times", lang.T("早退次数", "times left early"), func(m Month) money.Ratio { return money.Whole(int64(len(m.Earlies))) }},
	{"missing_punches", lang.T("缺卡次数", "missing punches"), func(m Month) money.Ratio { return money.Whole(int64(len(m.Missing))) }},
}

func size(is []Incident) money.Ratio {
	var sum money.Ratio
	for _, i := range is {
		sum = sum.Add(i.Size)
	}
	return sum
}
