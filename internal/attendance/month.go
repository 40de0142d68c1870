package attendance

import (
	"telepay/internal/lang"
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
	Unpaid           money.Ratio // of leave: days × the part that is not paid
	Sick             money.Ratio // of leave: days that the law's sick pay is for
	SickPaid         money.Ratio // of them: days × the part that is paid
	Hours            money.Ratio // hours worked
	LateMinutes      money.Ratio
	EarlyMinutes     money.Ratio
	Calendar         []period.Day // workdays while employed
	Days             []Day
	Lates            []Incident
	Earlies          []Incident
	Missing          []Incident
	Absences         []Incident
	Leaves           []Incident
	Overtime         []Overtime
	Assumed          bool // no export: full attendance taken
	Summed           bool // from a month's summary, without days
}

// Day is one scheduled day: which part of it was worked, and was leave.
type Day struct {
	Date   period.Day
	Worked money.Ratio
	Leave  money.Ratio
	Source record.Source
	Shift  string // as its sheet names it
}

// Incident is one lateness, early leaving, missing punch, absence or leave. Size
// is minutes, or days of absence or leave; Nth counts them in the month from 1.
// A month's summary has neither days nor sizes: Date is NoDay there, and NoSize
// says that Size is not known.
type Incident struct {
	Date   period.Day
	Word   string // of leave: which
	Size   money.Ratio
	NoSize bool
	Nth    int
	Source record.Source
}

// Overtime is work beyond the shift, or on a day off. Only what was approved is
// paid; the rest is shown, since it may be owed all the same.
type Overtime struct {
	Date     period.Day // NoDay of a month's summary
	Kind     string     // workday, rest_day, holiday
	Hours    money.Ratio
	Approved bool
	Source   record.Source
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
	if m.Summed { // a summary's figures have no days: they stand where the month ends
		if n := len(m.Calendar); n > 0 && s.Has(m.Calendar[n-1]) {
			return m
		}
		return Month{}
	}
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
	out.Lates, out.Earlies, out.Missing = within(m.Lates, s), within(m.Earlies, s), within(m.Missing, s)
	out.Absences, out.Leaves = within(m.Absences, s), within(m.Leaves, s)
	out.Absent, out.LateMinutes, out.EarlyMinutes = size(out.Absences), size(out.Lates), size(out.Earlies)
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

// Gap says what keeps a person's month from being computed.
type Gap struct {
	Code   string
	Found  lang.Text
	Want   lang.Text
	Mend   lang.Text
	Source record.Source
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
	{"late_times", lang.T("迟到次数", "times late"), func(m Month) money.Ratio { return count(m.Lates) }},
	{"late_minutes", lang.T("迟到分钟", "minutes late"), func(m Month) money.Ratio { return m.LateMinutes }},
	{"early_times", lang.T("早退次数", "times left early"), func(m Month) money.Ratio { return count(m.Earlies) }},
	{"early_minutes", lang.T("早退分钟", "minutes left early"), func(m Month) money.Ratio { return m.EarlyMinutes }},
	{"missing_punches", lang.T("缺卡次数", "missing punches"), func(m Month) money.Ratio { return count(m.Missing) }},
	{"hours_worked", lang.T("出勤小时", "hours worked"), func(m Month) money.Ratio { return m.Hours }},
	{"overtime_hours", lang.T("批准加班小时", "approved hours of overtime"), func(m Month) money.Ratio { return m.OvertimeHours(true) }},
	{"unapproved_hours", lang.T("未批准加班小时", "hours of overtime without approval"), func(m Month) money.Ratio { return m.OvertimeHours(false) }},
}

// OvertimeHours returns the hours of overtime that were approved, or were not.
func (m Month) OvertimeHours(approved bool) money.Ratio {
	var sum money.Ratio
	for _, o := range m.Overtime {
		if o.Approved == approved {
			sum = sum.Add(o.Hours)
		}
	}
	return sum
}

func count(is []Incident) money.Ratio { return money.Whole(int64(len(is))) }

func size(is []Incident) money.Ratio {
	var sum money.Ratio
	for _, i := range is {
		sum = sum.Add(i.Size)
	}
	return sum
}
