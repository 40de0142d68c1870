package attendance

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// sum reads a month from its summary. How long each lateness was is not known
// there, save where there was one.
func (m *Month) sum(r record.AttendanceMonth, sick money.Ratio, s Settings) []Gap {
	m.Summed = true
	m.Scheduled, m.Worked, m.Absent = money.Of(r.Scheduled), money.Of(r.Worked), money.Of(r.Absent)
	m.LateMinutes, m.EarlyMinutes = money.Of(r.LateMinutes), money.Of(r.EarlyMinutes)
	m.Lates, m.Earlies = times(r.LateTimes, r.LateMinutes, r.At), times(r.EarlyTimes, r.EarlyMinutes, r.At)
	m.Missing = times(r.Missing, r.Missing, r.At)
	if r.Absent.Sign() > 0 {
		m.Absences = []Incident{{Date: period.NoDay, Size: m.Absent, Nth: 1, Source: r.At}}
	}
	var gaps []Gap
	for _, word := range sorted(r.Leave) {
		if g := m.leave(Incident{Date: period.NoDay, Word: word, Size: money.Of(r.Leave[word]), Source: r.At}, sick, s); g != nil {
			gaps = append(gaps, *g)
		}
	}
	for _, kind := range sorted(r.Overtime) {
		m.Overtime = append(m.Overtime, Overtime{Date: period.NoDay, Kind: kind, Hours: money.Of(r.Overtime[kind]), Approved: true, Source: r.At})
	}
	m.Hours = m.Worked.Mul(s.any().length())
	if got := m.Worked.Add(m.Absent).Add(m.Leave); got.Cmp(m.Scheduled) != 0 {
		gaps = append(gaps, Gap{Code: "attendance-sum", Found: lang.F("应出勤 %s 天, 而出勤、旷工、请假共 %s 天", "%s scheduled days, but %s worked, absent and on leave", m.Scheduled.Round(4, money.HalfUp), got.Round(4, money.HalfUp)),
			Want: lang.T("两者相等", "the same"), Mend: lang.T("改正月汇总, 或用每日考勤", "correct the summary, or use day sheets"), Source: r.At})
	}
	return gaps
}

func times(n, minutes money.Decimal, at record.Source) []Incident {
	var out []Incident
	one := money.Int(1)
	for i := 1; money.Int(int64(i)).Cmp(n) <= 0; i++ {
		out = append(out, Incident{Date: period.NoDay, Size: money.Of(minutes), NoSize: !n.Equal(one), Nth: i, Source: at})
	}
	return out
}

func sorted(m map[string]money.Decimal) []string {
	var names []string
	for n, v := range m {
		if v.Sign() > 0 {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return names
}
