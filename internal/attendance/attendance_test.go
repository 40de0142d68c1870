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
	p := record.Person{ID: "A", Hire: period.MustDay(hire), Leave: period.NoDay}
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
			m, gaps := Of(person("2025-01-01", ""), october, rows, l, settings(t, "attendance: {"+c.plan+"}\n"), true)
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
			m, _ := Of(p, october, nil, l, settings(t, "a: 1\n"), false)
			if m.EmployedDays != c.days || m.EmployedWorkdays != c.workdays || m.MonthWorkdays != 18 || m.MonthDays != 31 {
				t.Errorf("got %+v", m)
			}
			if !m.Assumed || m.Worked.Cmp(money.Whole(int64(c.workdays))) != 0 || len(m.Days) != c.workdays {
				t.Errorf("without an export %d days are taken, want all %d", len(m.Days), c.workdays)
			}
			full, gaps := Of(p, october, sheet(l, p.Employed(october), nil), l, settings(t, "a: 1\n"), true)
			if len(gaps) > 0 || full.Assumed || full.Worked.Cmp(m.Worked) != 0 {
				t.Errorf("with an export: %+v, %v", full.Worked, gaps)
			}
		})
	}
}

// TestHolidays: legal holidays on weekdays are paid days, those of the employed days apart.
func TestHolidays(t *testing.T) {
	m, _ := Of(person("2026-10-02", ""), october, nil, shippedLaw(t), settings(t, "a: 1\n"), false)
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
			m, gaps := Of(person("2025-01-01", ""), october, c.rows(sheet(l, october, nil)), l, s, true)
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
	m, _ := Of(person("2025-01-01", ""), october, rows, l, settings(t, "a: 1\n"), true)
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
	for _, c := range []struct {
		plan string
		want int
	}{{"", 8 * 3600}, {"shift: 08:30-17:30", 8 * 3600}, {"shift: 09:00-18:00, lunch: 12:00-13:30", 7*3600 + 1800}, {"shift: 13:00-21:00", 8 * 3600}, {"shift: 12:30-20:30", 7*3600 + 1800}, {"shift: 00:00-24:00", 23 * 3600}} {
		t.Run(c.plan, func(t *testing.T) {
			if got := settings(t, "attendance: {"+c.plan+"}\n").Hours(); got != c.want {
				t.Errorf("%d seconds, want %d", got, c.want)
			}
		})
	}
}
