package input

import (
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
)

// readAttendance reads one row per person and day.
func (s *session) readAttendance(places []place) []record.AttendanceDay {
	return fill(s, places, reading[record.AttendanceDay]{kind: "attendance", one: "attendance", read: (*row).attendanceDay, key: func(_ *row, d record.AttendanceDay) (string, string) {
		name := d.Agent + " " + d.Date.String()
		return name, name
	}})
}

func (r *row) attendanceDay() record.AttendanceDay {
	d := record.AttendanceDay{Agent: r.agent("agent"), Date: r.day("date"), Status: r.word("status"), Approved: r.yes("approved"), At: r.evidence()}
	d.In, d.Out = r.timeOfDay("in", d.Date), r.timeOfDay("out", d.Date)
	switch {
	case d.Status != "" || r.fault != "":
	case d.In >= 0 || d.Out >= 0: // whoever punched was there
		d.Status = "present"
	default: // missing is neither present nor absent
		r.demand("status", lang.T("状态 (正常、旷工、休息或假别)，或打卡时间", "a status (present, absent, rest or a leave word), or a punch"))
	}
	d.Late, d.HasLate = r.count("late")
	d.Early, d.HasEarly = r.count("early")
	missing := r.word("missing")
	d.MissingIn = missing == "in" || missing == "both"
	d.MissingOut = missing == "out" || missing == "both"
	d.LeaveHours, _ = r.count("leave_hours")
	d.Overtime, _ = r.count("overtime_hours")
	d.Shift = r.text("shift")
	d.Hours, d.HasHours = r.count("hours")
	return d
}

// readSummaries reads one row per person and month, of systems that give no days.
func (s *session) readSummaries(places []place) []record.AttendanceMonth {
	return fill(s, places, reading[record.AttendanceMonth]{kind: "monthly-attendance", one: "attendance", read: (*row).attendanceMonth, key: func(_ *row, a record.AttendanceMonth) (string, string) {
		name := a.Agent + " " + a.Month.String()
		return name, name
	}})
}

func (r *row) attendanceMonth() record.AttendanceMonth {
	a := record.AttendanceMonth{Agent: r.agent("agent"), Month: r.opts.Month, Leave: map[string]money.Decimal{}, Overtime: map[string]money.Decimal{}, At: r.evidence()}
	if v, ok := r.cell("month"); ok && v != "" {
		a.Month = r.month("month")
	}
	for _, f := range []struct {
		name string
		into *money.Decimal
	}{{"scheduled", &a.Scheduled}, {"worked", &a.Worked}, {"absent", &a.Absent}, {"late_times", &a.LateTimes}, {"late_minutes", &a.LateMinutes},
		{"early_times", &a.EarlyTimes}, {"early_minutes", &a.EarlyMinutes}, {"missing", &a.Missing}} {
		*f.into, _ = r.count(f.name)
	}
	for _, word := range profile.LeaveWords {
		a.Leave[word], _ = r.count(word)
	}
	for _, kind := range []string{"workday", "rest_day", "holiday"} {
		a.Overtime[kind], _ = r.count("overtime_" + kind)
	}
	return a
}
