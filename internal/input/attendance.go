package input

import "telepay/internal/record"

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
	d.Late, d.HasLate = r.count("late")
	d.Early, d.HasEarly = r.count("early")
	missing := r.word("missing")
	d.MissingIn = missing == "in" || missing == "both"
	d.MissingOut = missing == "out" || missing == "both"
	d.LeaveHours, _ = r.count("leave_hours")
	d.Overtime, _ = r.count("overtime_hours")
	return d
}
