package commission

import (
	"testing"

	"telepay/internal/attendance"
	"telepay/internal/money"
	"telepay/internal/rule"
)

// days makes a month: workdays of the month, holidays on weekdays among its pay
// days, workdays employed, days of the month, days employed, days of unpaid leave.
func days(workdays, holidays, employed, employedHolidays, monthDays, employedDays int, unpaid string) attendance.Month {
	return attendance.Month{MonthWorkdays: workdays, MonthHolidays: holidays, EmployedWorkdays: employed, Holidays: employedHolidays,
		MonthDays: monthDays, EmployedDays: employedDays, Unpaid: money.Of(money.MustParse(unpaid))}
}

// TestProrate works the methods of part months. The first month is the published
// pair: 2,175 a month, July 2024 with 23 workdays, one unpaid day.
func TestProrate(t *testing.T) {
	july := days(23, 0, 23, 0, 31, 31, "1")
	for _, c := range []struct {
		name, method string
		base         string
		days         attendance.Month
		want         string
	}{
		{"a whole month is never touched", "21.75 forward", "2175", days(23, 0, 23, 0, 31, 31, "0"), "2175.00"}, {"a short month, whole", "21.75 forward", "2175", days(18, 4, 18, 4, 28, 28, "0"), "2175.00"},
		{"one unpaid day, by workdays", "workdays", "2175", july, "2080.43"}, {"one unpaid day, backward", "21.75 backward", "2175", july, "2075.00"}, {"one unpaid day, forward, capped at the base", "21.75 forward", "2175", july, "2175.00"}, {"one unpaid day, by the calendar", "calendar_days", "2175", july, "2104.84"}, {"one unpaid day, hybrid goes backward", "hybrid", "2175", july, "2075.00"}, {"not said: backward", "", "2175", july, "2075.00"},
		{"two unpaid days, forward", "21.75 forward", "2175", days(23, 0, 23, 0, 31, 31, "2"), "2100.00"}, {"half an unpaid day", "21.75 backward", "2175", days(23, 0, 23, 0, 31, 31, "0.5"), "2125.00"},
		{"joined late, forward", "21.75 forward", "4350", days(23, 0, 5, 0, 31, 7, "0"), "1000.00"}, {"joined late, backward", "21.75 backward", "4350", days(23, 0, 5, 0, 31, 7, "0"), "750.00"}, {"joined late, hybrid goes forward", "hybrid", "4350", days(23, 0, 5, 0, 31, 7, "0"), "1000.00"}, {"joined late, workdays", "workdays", "4600", days(23, 0, 5, 0, 31, 7, "0"), "1000.00"}, {"joined late, calendar", "calendar_days", "3100", days(23, 0, 5, 0, 31, 7, "0"), "700.00"},
		{"hybrid at exactly half", "hybrid", "2175", days(22, 0, 11, 0, 30, 15, "0"), "1100.00"}, {"hybrid just above half", "hybrid", "2175", days(22, 0, 12, 0, 30, 16, "0"), "1175.00"},
		{"holidays are paid days", "21.75 backward", "2175", days(18, 5, 17, 5, 31, 30, "0"), "2075.00"}, {"one day of a 23-day month, backward is not below 0", "21.75 backward", "2175", days(23, 0, 1, 0, 31, 1, "0"), "0.00"},
		{"not employed", "21.75 backward", "2175", days(23, 0, 0, 0, 31, 0, "0"), "0.00"}, {"a month without a workday", "workdays", "2175", attendance.Month{EmployedDays: 7}, "2175.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := prorate(c.method, &rule.Subject{Days: c.days}, rule.Amounted{Value: money.Of(money.MustParse(c.base))})
			if got := a.Value.Round(2, money.HalfUp).Fixed(2); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if len(a.Steps) == 0 {
				t.Error("no step says how")
			}
		})
	}
}
