package attendance

import (
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// October 2026 has 18 workdays: 8, 9, 10 (a Saturday worked), 12 to 16, 19 to 23, 26 to 30.
var october = period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))

func settings(t *testing.T, text string) Settings {
	t.Helper()
	n, ps := yamldoc.Parse("plan.yaml", []byte(text))
	r := &yamldoc.Reader{}
	s := Read(r, n.Get("attendance"))
	for _, p := range append(ps, r.Problems.All()...) {
		t.Fatal(p.Format(lang.EN))
	}
	return s
}

func shippedLaw(t *testing.T) *law.Law {
	t.Helper()
	l, ps := law.Load(nil)
	if len(ps) > 0 {
		t.Fatal(ps[0].Format(lang.EN))
	}
	return l
}

func person(hire, leave string) record.Person {
	p := record.Person{ID: "A", Hire: period.MustDay(hire), Leave: period.NoDay, Spans: []record.Station{{}}}
	if leave != "" {
		p.Leave = period.MustDay(leave)
	}
	return p
}

// sheet is a full month of presence, with some days changed.
func sheet(l *law.Law, days period.Span, change map[string]record.AttendanceDay) []record.AttendanceDay {
	var rows []record.AttendanceDay
	for d := days.From; d < days.To; d++ {
		if l.DayKind(d) != law.Workday {
			continue
		}
		r := record.AttendanceDay{Status: "present", In: -1, Out: -1}
		if c, ok := change[d.String()]; ok {
			r = c
		}
		r.Agent, r.Date = "A", d
		rows = append(rows, r)
	}
	return rows
}

func dec(s string) money.Decimal { return money.MustParse(s) }

func TestOf(t *testing.T) {
	at := func(h, m, s int) int { return h*3600 + m*60 + s }
	in := func(second int) record.AttendanceDay {
		return record.AttendanceDay{Status: "present", In: second, Out: -1}
	}
	out := func(second int) record.AttendanceDay {
		return record.AttendanceDay{Status: "present", In: -1, Out: second}
	}
	sheetLate := func(minutes string) record.AttendanceDay {
		return record.AttendanceDay{Status: "present", In: -1, Out: -1, Late: dec(minutes), HasLate: true}
	}
	leave := func(word, hours string) record.AttendanceDay {
		return record.AttendanceDay{Status: word, In: -1, Out: -1, LeaveHours: dec(hours)}
	}
	for _, c := range []struct {
		name, plan string
		day        record.AttendanceDay
		want       string // worked absent leave unpaid late late-minutes early missing
	}{
		{"present", "", in(-1), "18 0 0 0 0 0 0 0"},
		{"in on the dot", "", in(at(9, 0, 0)), "18 0 0 0 0 0 0 0"}, {"a second late", "", in(at(9, 0, 1)), "18 0 0 0 1 0.0167 0 0"}, {"ten minutes and a half late", "", in(at(9, 10, 30)), "18 0 0 0 1 10.5 0 0"},
		{"late within the free minutes", "free: 5min", in(at(9, 5, 0)), "18 0 0 0 0 0 0 0"}, {"a second beyond the free minutes", "free: 5min", in(at(9, 5, 1)), "18 0 0 0 1 5.0167 0 0"},
		{"the sheet's minutes win", "", record.AttendanceDay{Status: "present", In: at(9, 20, 0), Out: -1, HasLate: true}, "18 0 0 0 0 0 0 0"}, {"late by the sheet", "", sheetLate("12"), "18 0 0 0 1 12 0 0"},
		{"late, excused", "", record.AttendanceDay{Status: "present", In: at(9, 30, 0), Out: -1, Approved: true}, "18 0 0 0 0 0 0 0"}, {"another shift", "shift: 08:30-17:30", in(at(8, 40, 0)), "18 0 0 0 1 10 0 0"},
		{"out on the dot", "", out(at(18, 0, 0)), "18 0 0 0 0 0 0 0"}, {"a second early", "", out(at(17, 59, 59)), "18 0 0 0 0 0 1 0"}, {"early, excused", "", record.AttendanceDay{Status: "present", In: -1, Out: at(15, 0, 0), Approved: true}, "18 0 0 0 0 0 0 0"},
		{"a punch missing", "", record.AttendanceDay{Status: "present", In: -1, Out: -1, MissingIn: true}, "18 0 0 0 0 0 0 1"}, {"both punches missing", "", record.AttendanceDay{Status: "present", In: -1, Out: -1, MissingIn: true, MissingOut: true}, "18 0 0 0 0 0 0 2"}, {"missing, excused", "", record.AttendanceDay{Status: "present", In: -1, Out: -1, MissingIn: true, Approved: true}, "18 0 0 0 0 0 0 0"},
		{"absent", "", leave("absent", "0"), "17 1 0 0 0 0 0 0"}, {"absent half a day", "", leave("absent", "4"), "17.5 0.5 0 0 0 0 0 0"}, {"absent more hours than a day has", "", leave("absent", "12"), "17 1 0 0 0 0 0 0"},
		{"paid leave", "", leave("年假", "0"), "17 0 1 0 0 0 0 0"}, {"leave at 60%", "leave: {病假: 60%}", leave("病假", "0"), "17 0 1 0.4 0 0 0 0"}, {"half a day at 60%", "leave: {病假: 60%}", leave("病假", "4"), "17.5 0 0.5 0.2 0 0 0 0"}, {"unpaid leave", "leave: {事假: 0%}", leave("事假", "0"), "17 0 1 1 0 0 0 0"},
		{"some hours off a day of presence", "", leave("present", "2"), "17.75 0 0.25 0.25 0 0 0 0"}, {"late in on a day with leave is not placed", "", record.AttendanceDay{Status: "present", In: at(13, 0, 0), Out: -1, LeaveHours: dec("4")}, "17.5 0 0.5 0.5 0 0 0 0"}, {"absent all day is not late too", "", record.AttendanceDay{Status: "absent", In: -1, Out: -1, HasLate: true, Late: dec("60")}, "17 1 0 0 0 0 0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := shippedLaw(t)
			rows := sheet(l, october, map[string]record.AttendanceDay{"2026-10-12": c.day})
			m, gaps := Of(person("2025-01-01", ""), october, Sheet{Days: rows, Present: true}, l, settings(t, "attendance: {"+c.plan+"}\n"))
			if len(gaps) > 0 {
				t.Fatal(gaps[0].Found.EN)
			}
			got := []string{m.Worked.Round(4, money.HalfUp).String(), m.Absent.Round(4, money.HalfUp).String(), m.Leave.Round(4, money.HalfUp).String(), m.Unpaid.Round(4, money.HalfUp).String()}
			for _, name := range []string{"late_times", "late_minutes", "early_times", "missing_punches"} {
				got = append(got, figure(t, name, m))
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %s, want %s", text, c.want)
			}
		})
	}
}

func figure(t *testing.T, name string, m Month) string {
	t.Helper()
	for _, f := range Figures {
		if f.Name == name {
			return f.Of(m).Round(4, money.HalfUp).String()
		}
	}
	t.Fatalf("no figure %s", name)
	return ""
}

func TestEmployment(t *testing.T) {
	l := shippedLaw(t)
	for _, c := range []struct {
		name, hire, leave string
		days, workdays    int
	}{
		{"the whole month", "2025-01-01", "", 31, 18}, {"from the 19th on", "2026-10-19", "", 13, 10}, {"until the 9th", "2025-01-01", "2026-10-09", 9, 2}, {"one day", "2026-10-12", "2026-10-12", 1, 1}, {"left before", "2025-01-01", "2026-09-30", 0, 0}, {"comes later", "2026-11-01", "", 0, 0}, {"hired on the last day", "2026-10-31", "", 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := person(c.hire, c.leave)
			m, _ := Of(p, october, Sheet{}, l, settings(t, "a: 1\n"))
			if m.EmployedDays != c.days || m.EmployedWorkdays != c.workdays || m.MonthWorkdays != 18 || m.MonthDays != 31 {
				t.Errorf("got %+v", m)
			}
			if !m.Assumed || m.Worked.Cmp(money.Whole(int64(c.workdays))) != 0 || len(m.Days) != c.workdays {
				t.Errorf("without an export %d days are taken, want all %d", len(m.Days), c.workdays)
			}
			full, gaps := Of(p, october, Sheet{Days: sheet(l, p.Employed(october), nil), Present: true}, l, settings(t, "a: 1\n"))
			if len(gaps) > 0 || full.Assumed || full.Worked.Cmp(m.Worked) != 0 {
				t.Errorf("with an export: %+v, %v", full.Worked, gaps)
			}
		})
	}
}

// TestHolidays: legal holidays on weekdays are paid days, those of the employed days apart.
func TestHolidays(t *testing.T) {
	m, _ := Of(person("2026-10-02", ""), october, Sheet{}, shippedLaw(t), settings(t, "a: 1\n"))
	if m.MonthHolidays != 2 || m.Holidays != 1 { // 1 and 2 October are weekdays, the 3rd is a Saturday
		t.Errorf("%d holidays in the month, %d in employment", m.MonthHolidays, m.Holidays)
	}
}

func TestGaps(t *testing.T) {
	l := shippedLaw(t)
	s := settings(t, "attendance: {leave: {病假: 60%}}\n")
	for _, c := range []struct {
		name string
		rows func(rows []record.AttendanceDay) []record.AttendanceDay
		code string
		says string
	}{
		{"a day missing", func(r []record.AttendanceDay) []record.AttendanceDay { return r[1:] }, "attendance-missing", "workdays without an attendance row: 1, the first 2026-10-08"},
		{"two days missing", func(r []record.AttendanceDay) []record.AttendanceDay { return append(r[:2:2], r[4:]...) }, "attendance-missing", "workdays without an attendance row: 2, the first 2026-10-10"},
		{"nothing at all", func([]record.AttendanceDay) []record.AttendanceDay { return nil }, "attendance-missing", "workdays without an attendance row: 18, the first 2026-10-08"},
		{"a leave that the plan does not pay", func(r []record.AttendanceDay) []record.AttendanceDay { r[3].Status = "婚假2"; return r }, "unknown-leave", `the attendance status "婚假2"`},
		{"a day of rest in place of work", func(r []record.AttendanceDay) []record.AttendanceDay { r[3].Status = "rest"; return r }, "", ""},
		{"rows before hire do not count", func(r []record.AttendanceDay) []record.AttendanceDay {
			return append([]record.AttendanceDay{{Agent: "A", Date: period.MustDay("2026-09-30"), Status: "absent"}}, r...)
		}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, gaps := Of(person("2025-01-01", ""), october, Sheet{Days: c.rows(sheet(l, october, nil)), Present: true}, l, s)
			switch {
			case c.code == "" && len(gaps) > 0:
				t.Errorf("got %+v", gaps)
			case c.code != "" && (len(gaps) != 1 || gaps[0].Code != c.code || gaps[0].Found.EN != c.says):
				t.Errorf("got %+v", gaps)
			}
			if !m.Absent.IsZero() {
				t.Error("what is missing was taken as absence")
			}
		})
	}
}

// TestNth: lateness is counted in the order of the days, whatever the order of the rows.
func TestNth(t *testing.T) {
	l := shippedLaw(t)
	late := record.AttendanceDay{Status: "present", In: 9*3600 + 600, Out: -1}
	rows := sheet(l, october, map[string]record.AttendanceDay{"2026-10-28": late, "2026-10-12": late, "2026-10-20": late})
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	m, _ := Of(person("2025-01-01", ""), october, Sheet{Days: rows, Present: true}, l, settings(t, "a: 1\n"))
	var got []string
	for i, x := range m.Lates {
		if x.Nth != i+1 {
			t.Errorf("number %d of %d", x.Nth, i+1)
		}
		got = append(got, x.Date.String())
	}
	if text := strings.Join(got, " "); text != "2026-10-12 2026-10-20 2026-10-28" {
		t.Errorf("late on %s", text)
	}
}

func TestHours(t *testing.T) {
	for _, c := range []struct{ plan, want string }{
		{"", "8"}, {"shift: 08:30-17:30", "8"}, {"shift: 09:00-18:00, lunch: 12:00-13:30", "7.5"}, {"shift: 13:00-21:00", "8"}, {"shift: 12:30-20:30", "7.5"}, {"shift: 00:00-24:00", "23"}, {"shift: 22:00-06:00", "8"},
	} {
		t.Run(c.plan, func(t *testing.T) {
			if got := settings(t, "attendance: {"+c.plan+"}\n").any().length().Round(4, money.HalfUp).String(); got != c.want {
				t.Errorf("%s hours, want %s", got, c.want)
			}
		})
	}
}

// TestOvertime: what the sheet says, what punches show, and days off worked.
func TestOvertime(t *testing.T) {
	at := func(h, m int) int { return h*3600 + m*60 }
	row := func(day, status string, in, out int, hours string, approved bool) record.AttendanceDay {
		return record.AttendanceDay{Date: period.MustDay(day), Status: status, In: in, Out: out, Overtime: dec(hours), Approved: approved}
	}
	for _, c := range []struct {
		name string
		row  record.AttendanceDay
		want string // approved, not approved, kind, days worked
	}{
		{"two hours, approved", row("2026-10-12", "present", -1, -1, "2", true), "2 0 workday 18"},
		{"two hours, nobody approved", row("2026-10-12", "present", -1, -1, "2", false), "0 2 workday 18"},
		{"an hour less a minute after the shift is no overtime", row("2026-10-12", "present", at(9, 0), at(18, 59), "0", false), "0 0 - 18"},
		{"an hour and a half after the shift is shown", row("2026-10-12", "present", at(9, 0), at(19, 30), "0", false), "0 1.5 workday 18"},
		{"an excused lateness orders no overtime", row("2026-10-12", "present", at(10, 0), at(19, 30), "0", true), "0 1.5 workday 18"},
		{"a Sunday", row("2026-10-11", "present", at(9, 0), at(18, 0), "0", true), "8 0 rest_day 18"},
		{"a Sunday that nobody ordered", row("2026-10-11", "present", at(9, 0), at(18, 0), "0", false), "0 8 rest_day 18"},
		{"a legal holiday", row("2026-10-01", "present", -1, -1, "8", true), "8 0 holiday 18"},
		{"a rest day of the exchange is no legal holiday", row("2026-10-05", "present", -1, -1, "8", true), "8 0 rest_day 18"},
		{"a Saturday worked in exchange is a workday", row("2026-10-10", "present", -1, -1, "1", true), "1 0 workday 18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := shippedLaw(t)
			rows := sheet(l, october, nil)
			for i := range rows {
				if rows[i].Date == c.row.Date {
					rows = append(rows[:i], rows[i+1:]...)
					break
				}
			}
			c.row.Agent = "A"
			m, gaps := Of(person("2025-01-01", ""), october, Sheet{Days: append(rows, c.row), Present: true}, l, settings(t, "a: 1\n"))
			if len(gaps) > 0 {
				t.Fatal(gaps[0].Found.EN)
			}
			kind := "-"
			if len(m.Overtime) > 0 {
				kind = m.Overtime[0].Kind
			}
			got := strings.Join([]string{figure(t, "overtime_hours", m), figure(t, "unapproved_hours", m), kind, figure(t, "days_worked", m)}, " ")
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestRota: a day off worked in place of a workday of rest is a day worked.
func TestRota(t *testing.T) {
	l := shippedLaw(t)
	rows := sheet(l, october, map[string]record.AttendanceDay{"2026-10-14": {Status: "rest", In: -1, Out: -1}})
	rows = append(rows, record.AttendanceDay{Agent: "A", Date: period.MustDay("2026-10-17"), Status: "present", In: -1, Out: -1})
	m, _ := Of(person("2025-01-01", ""), october, Sheet{Days: rows, Present: true}, l, settings(t, "a: 1\n"))
	if figure(t, "days_worked", m) != "18" || len(m.Overtime) != 0 {
		t.Errorf("%s days worked, %d of overtime", figure(t, "days_worked", m), len(m.Overtime))
	}
}

// TestShifts: the sheet names the day's shift; a night shift ends on the next day.
func TestShifts(t *testing.T) {
	l := shippedLaw(t)
	day := func(shift string, in, out int) record.AttendanceDay {
		return record.AttendanceDay{Status: "present", Shift: shift, In: in, Out: out}
	}
	rows := sheet(l, october, map[string]record.AttendanceDay{
		"2026-10-12": day("晚班", 12*3600+600, 21*3600), // ten minutes late for 12:00
		"2026-10-13": day("夜班", 22*3600, 5*3600+1800), // half an hour early for 06:00
		"2026-10-14": day("", 9*3600, 18*3600),
	})
	m, gaps := Of(person("2025-01-01", ""), october, Sheet{Days: rows, Present: true}, l, settings(t, "attendance: {shift: {any: 09:00-18:00, 晚班: 12:00-21:00, 夜班: 22:00-06:00}}\n"))
	if len(gaps) > 0 || figure(t, "late_minutes", m) != "10" || figure(t, "early_minutes", m) != "30" {
		t.Errorf("%v; %s late, %s early", gaps, figure(t, "late_minutes", m), figure(t, "early_minutes", m))
	}
	rows[0].Shift = "中班"
	if _, gaps := Of(person("2025-01-01", ""), october, Sheet{Days: rows, Present: true}, l, settings(t, "attendance: {shift: {any: 09:00-18:00, 晚班: 12:00-21:00}}\n")); len(gaps) != 2 || gaps[0].Code != "unknown-shift" || gaps[1].Code != "unknown-shift" {
		t.Errorf("%v", gaps)
	}
}

// TestSummary: a month that a system sums up; its parts have to make up the days.
func TestSummary(t *testing.T) {
	sum := record.AttendanceMonth{Scheduled: dec("18"), Worked: dec("16"), Absent: dec("0.5"), LateTimes: dec("2"), LateMinutes: dec("35"), Missing: dec("1"),
		Leave: map[string]money.Decimal{"事假": dec("1.5")}, Overtime: map[string]money.Decimal{"rest_day": dec("8")}}
	of := func(s record.AttendanceMonth) (Month, []Gap) {
		return Of(person("2025-01-01", ""), october, Sheet{Summary: &s, Present: true}, shippedLaw(t), settings(t, "attendance: {leave: {事假: 0%}}\n"))
	}
	m, gaps := of(sum)
	var got []string
	for _, name := range []string{"days_worked", "absent_days", "leave_days", "late_times", "late_minutes", "missing_punches", "overtime_hours"} {
		got = append(got, figure(t, name, m))
	}
	if text := strings.Join(got, " "); len(gaps) > 0 || text != "16 0.5 1.5 2 35 1 8" || !m.Lates[0].NoSize {
		t.Errorf("%v %s", gaps, text)
	}
	sum.Worked = dec("17")
	if _, gaps := of(sum); len(gaps) != 1 || gaps[0].Code != "attendance-sum" {
		t.Errorf("%v", gaps)
	}
}

// TestByTheHour: a part-timer has no schedule; his hours are the sheet's or the punches'.
func TestByTheHour(t *testing.T) {
	p := person("2025-01-01", "")
	p.Spans = []record.Station{{Employment: "part_time"}}
	rows := []record.AttendanceDay{
		{Date: period.MustDay("2026-10-10"), Status: "present", In: -1, Out: -1, Hours: dec("4.5"), HasHours: true},
		{Date: period.MustDay("2026-10-11"), Status: "present", In: 10 * 3600, Out: 15 * 3600}, // lunch between
	}
	m, gaps := Of(p, october, Sheet{Days: rows, Present: true}, shippedLaw(t), settings(t, "a: 1\n"))
	if len(gaps) > 0 || figure(t, "hours_worked", m) != "8.5" || figure(t, "days_worked", m) != "2" {
		t.Errorf("%v: %s hours", gaps, figure(t, "hours_worked", m))
	}
	rows[0].HasHours = false
	if _, gaps := Of(p, october, Sheet{Days: rows, Present: true}, shippedLaw(t), settings(t, "a: 1\n")); len(gaps) != 1 || gaps[0].Code != "hours-missing" {
		t.Errorf("%v", gaps)
	}
}
