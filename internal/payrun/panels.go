package payrun

import (
	"slices"
	"sort"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
	"telepay/penalties"
)

// suggestions asks the discipline ladder about everybody who works here.
func (m *month) suggestions() []statement.Suggestion {
	ladder := m.run.in.Plan.Ladder
	if ladder == nil {
		return nil
	}
	events := map[string][]record.Event{}
	for _, mi := range m.run.in.Months {
		for _, e := range mi.Facts.Events {
			events[e.Agent] = append(events[e.Agent], e)
		}
	}
	var out []statement.Suggestion
	for _, s := range m.sheets {
		x := ladder.Suggest(events[s.person.ID], m.span.Last())
		if x == nil {
			continue
		}
		row := statement.Suggestion{Agent: s.person.ID, Name: s.person.Name, Team: s.station.Team, Next: penalties.RungTitles[x.Next], Evidence: x.Evidence}
		for i, c := range x.Counts {
			sep := ", "
			if i == 0 {
				sep = ""
			}
			row.Counts = lang.F("%s%s%s %d (本年 %d)", "%s%s%s %d (this year %d)", row.Counts, sep, penalties.RungTitles[c.Kind], c.Valid, c.ThisYear)
		}
		out = append(out, row)
	}
	return out
}

// muchMoved is the change against last month from which a pay is odd: 30%.
var muchMoved = money.Of(money.New(3, 1))

// odd lists pay that somebody should look at before it is paid.
func (m *month) odd(sts []statement.Statement) []statement.Odd {
	var out []statement.Odd
	accounts := map[string][]string{}
	for _, st := range sts {
		if st.Person.Account != "" {
			accounts[st.Person.Account] = append(accounts[st.Person.Account], st.Person.ID)
		}
	}
	for i := range sts {
		st := &sts[i]
		before := m.before(st.Person.ID)
		add := func(code string, why lang.Text) {
			out = append(out, statement.Odd{Agent: st.Person.ID, Name: st.Person.Name, Team: st.Station.Team, Code: code, Why: why, Now: st.Totals.Payable, Before: before})
		}
		now := st.Totals.Payable
		if before != nil && before.Sign() > 0 {
			moved := money.Quotient(now.Sub(*before), *before)
			if money.MaxRatio(moved, moved.Neg()).Cmp(muchMoved) > 0 {
				add("moved", lang.F("比上月变动 %s", "moved %s against last month", statement.Write(moved, statement.Percent)))
			}
		}
		if now.IsZero() {
			add("zero", lang.T("应发为 0", "pays nothing"))
		}
		for _, l := range st.Lines {
			if slices.ContainsFunc(l.Steps, func(x statement.Step) bool { return x.Key == "at_most" }) && l.Kind == statement.Earning {
				add("capped", lang.F("%s 达到上限", "%s is at its cap", l.Title))
			}
		}
		if sharers := accounts[st.Person.Account]; len(sharers) > 1 {
			add("account", lang.F("共用一个银行账号: %s", "one bank account for %s", strings.Join(sharers, ", ")))
		}
	}
	return out
}

// before is a person's payable of last month, nil where he had none.
func (m *month) before(agent string) *money.Decimal {
	was := m.run.months[m.month-1]
	if was == nil || was.byAgent[agent] == nil || was.byAgent[agent].stopped != nil {
		return nil
	}
	var sum money.Decimal
	for _, l := range was.byAgent[agent].lines {
		sum = sum.Add(l.Amount)
	}
	return &sum
}

// payDays lists when what is paid, and by when it has to be: a pay day on a day
// off moves to the workday before it.
func (m *month) payDays() []statement.PayDay {
	type key struct {
		month period.Month
		day   int
	}
	holds := map[key]lang.Text{}
	for _, rl := range m.run.in.Plan.Rules {
		if rl.Kind.Section != "earnings" {
			continue
		}
		k := key{m.month.Add(rl.Pay.Months), rl.Pay.Day}
		if t, ok := holds[k]; ok {
			holds[k] = lang.F("%s, %s", "%s, %s", t, rl.Title)
			continue
		}
		holds[k] = rl.Title
	}
	var out []statement.PayDay
	for k, t := range holds {
		p := statement.PayDay{Month: k.month, Day: period.NoDay, PaidBy: period.NoDay, Holds: t, Kind: lang.T("方案没有写哪天发", "the plan does not say on which day")}
		if k.day > 0 {
			civil := period.Cut{StartDay: 1}.Span(k.month)
			p.Day = min(civil.From+period.Day(k.day)-1, civil.Last())
			p.Kind, p.PaidBy = dayWords[m.run.in.Law.DayKind(p.Day)], m.run.in.Law.PayBy(p.Day)
		}
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Month != out[j].Month {
			return out[i].Month < out[j].Month
		}
		return out[i].Day < out[j].Day
	})
	return out
}

var dayWords = map[law.DayKind]lang.Text{law.Workday: lang.T("工作日", "workday"), law.Weekend: lang.T("周末", "weekend"), law.Rest: lang.T("调休休息日", "day off in exchange"), law.Statutory: lang.T("法定节假日", "legal holiday")}

// overtime lists every piece of overtime, approved or not, and what it is worth.
func (m *month) overtime() []statement.Overtime {
	percent := map[string]int{"workday": law.Workday.OvertimeRate(), "rest_day": law.Rest.OvertimeRate(), "holiday": law.Statutory.OvertimeRate()}
	var out []statement.Overtime
	for _, s := range m.sheets {
		hour := s.subject.Value("hour_rate")
		for _, o := range s.subject.Days.Overtime {
			row := statement.Overtime{Agent: s.person.ID, Name: s.person.Name, Team: s.station.Team, Date: o.Date, Kind: o.Kind, Hours: o.Hours, Approved: o.Approved, Source: o.Source}
			if !hour.NoBase {
				row.Worth = hour.Num.Mul(o.Hours).Mul(money.Of(money.New(int64(percent[o.Kind]), 2)))
			}
			out = append(out, row)
		}
	}
	return out
}
