package payrun

import (
	"slices"
	"sort"

	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/kpi"
)

// statement makes the paper of one person from his sheet.
func (m *month) statement(s *sheet) statement.Statement {
	in := m.run.in
	st := statement.Statement{
		Company: in.Project.Company, Plan: in.Plan.Name, Filed: in.Plan.Filed, Month: m.month, PayMonth: m.month.Add(1),
		PlanHash: in.Plan.Hash[:8], RunHash: in.Digest[:min(12, len(in.Digest))], Version: in.Version, Draft: true, Currency: in.Project.Currency, Language: in.Project.Language,
		Person: *s.person, Station: s.station, Worked: s.subject.Days.Worked, Scheduled: s.subject.Days.Scheduled, Guard: s.guard, Silent: s.silent,
	}
	if l, err := lang.Parse(s.person.Language); err == nil && s.person.Language != "" {
		st.Language = l
	}
	st.Objection = objection(m.span, in.Project.Objection)
	for i, l := range s.lines {
		l.No = i + 1
		l.Incomplete = l.Incomplete || m.incomplete() && shared(l)
		st.Lines = append(st.Lines, l)
	}
	sort.SliceStable(st.Lines, func(i, j int) bool { return printOrder(st.Lines[i]) < printOrder(st.Lines[j]) })
	for i := range st.Lines {
		st.Lines[i].No = i + 1
	}
	for _, x := range s.silent {
		if rl := in.Plan.Rule(x.Rule); rl != nil && rl.Kind.Section == "earnings" {
			st.Unpaid = append(st.Unpaid, x.Steps[0])
		}
	}
	m.kpis(&st, s)
	m.creditRows(&st, s)
	upTo := m.held(&st, s)
	m.ranks(&st, s)
	st.Next = next(st.Lines)
	st.Totals = totals(st, in.Plan.Statutory.Written)
	st.Totals.HeldUpTo = upTo
	st.Notes = m.notes(s)
	return st
}

// printOrder puts base pay first, then earnings, then what comes off.
func printOrder(l statement.Line) int {
	switch {
	case l.Kind == statement.Earning && l.Stage == statement.BasePay:
		return 0
	case l.Kind == statement.Earning:
		return 10 + int(l.Stage)
	case l.Kind == statement.Deduction && !l.Class.Guarded():
		return 40 + int(l.Stage)
	case l.Kind == statement.Deduction:
		return 60
	}
	return 70 + int(l.Stage)
}

// objection is the last day to object: so many days after the month's last one.
func objection(span period.Span, days int) period.Day { return span.Last() + period.Day(days) }

// incomplete tells whether somebody has no statement this month.
func (m *month) incomplete() bool {
	for _, s := range m.sheets {
		if s.stopped != nil {
			return true
		}
	}
	return false
}

// shared tells whether a line depends on other people's figures.
func shared(l statement.Line) bool { return l.Stage == statement.Contests || l.Rule == "override" }

func next(lines []statement.Line) []statement.Step {
	for _, l := range lines {
		if l.Stage == statement.Rate {
			for _, n := range l.Notes {
				if n.Key == "next_tier" || n.Key == "next_bound" {
					return []statement.Step{n}
				}
			}
		}
	}
	return nil
}

func totals(st statement.Statement, net bool) statement.Totals {
	var t statement.Totals
	for _, l := range st.Lines {
		switch l.Kind {
		case statement.Earning:
			t.Gross = t.Gross.Add(l.Amount)
			t.CarryNext = t.CarryNext.Add(l.Carried)
		case statement.Deduction:
			t.Deductions = t.Deductions.Add(l.Amount)
			t.CarryNext = t.CarryNext.Add(l.Carried)
		case statement.CarriedIn:
			t.CarriedIn = t.CarriedIn.Add(l.Amount)
		case statement.CarriedOut:
			t.CarriedOut = t.CarriedOut.Add(l.Amount)
			t.CarryNext = t.CarryNext.Add(l.Carried)
		case statement.Withholding:
			t.Statutory = t.Statutory.Add(l.Amount)
		}
	}
	t.Payable = money.Sum(t.Gross, t.Deductions, t.CarriedIn, t.CarriedOut)
	if net {
		sum := t.Payable.Add(t.Statutory)
		t.Net = &sum
	}
	return t
}

// creditRows lists the person's credits with what his credit lines earned on each deal.
func (m *month) creditRows(st *statement.Statement, s *sheet) {
	commission := map[string]money.Decimal{}
	has := map[string]bool{}
	for line := range s.shares {
		for credit, v := range m.spread(s, line) {
			if credit.Owner == s.person.ID && credit.Month == m.month {
				commission[credit.Deal] = commission[credit.Deal].Add(v)
				has[credit.Deal] = true
			}
		}
	}
	last := map[string]int{}
	for _, i := range m.data.CreditsOf(s.person.ID) {
		c := m.credits.Credits[i]
		if c.Held {
			continue
		}
		last[c.Deal] = len(st.Credits)
		st.Credits = append(st.Credits, statement.CreditRow{Date: c.Date, Deal: c.Deal, Payment: c.Payment, Product: c.Product, Why: c.Why, Amount: c.Of, Share: c.Share, Credited: c.Amount, Source: c.At})
	}
	for deal, i := range last {
		if has[deal] {
			v := commission[deal]
			st.Credits[i].Commission = &v
		}
	}
	sortByDeal(st.Credits)
}

// sortByDeal keeps the rows of one deal together, deals by their first day.
func sortByDeal(rows []statement.CreditRow) {
	first := map[string]period.Day{}
	for _, r := range rows {
		if d, ok := first[r.Deal]; !ok || r.Date < d {
			first[r.Deal] = r.Date
		}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		switch {
		case first[a.Deal] != first[b.Deal]:
			return first[a.Deal] < first[b.Deal]
		case a.Deal != b.Deal:
			return a.Deal < b.Deal
		}
		return a.Date < b.Date
	})
	moved := map[string]*money.Decimal{}
	for i := range rows {
		if rows[i].Commission != nil {
			moved[rows[i].Deal], rows[i].Commission = rows[i].Commission, nil
		}
	}
	for i := range rows {
		if i+1 == len(rows) || rows[i+1].Deal != rows[i].Deal {
			rows[i].Commission = moved[rows[i].Deal]
		}
	}
}

// held lists claims in dispute with what each would add if wholly won; in no
// sum. It returns what all of them together would add, which is not their sum
// where steps are reached.
func (m *month) held(st *statement.Statement, s *sheet) money.Decimal {
	claims := slices.DeleteFunc(slices.Clone(m.data.HeldCredits()), func(i int) bool {
		c := m.credits.Credits[i]
		return c.Agent != s.person.ID && !slices.Contains(c.Claimants, s.person.ID)
	})
	if len(claims) == 0 {
		return money.Zero
	}
	base := m.ratedSum(s)
	all := append(m.credits.Credits[:0:0], m.credits.Credits...)
	for _, i := range claims {
		c := m.credits.Credits[i]
		won := append(m.credits.Credits[:0:0], m.credits.Credits...)
		won[i].Held, won[i].Agent = false, s.person.ID
		all[i] = won[i]
		x := m.ifCredited(s, won)
		then := m.ratedSum(x)
		others := ""
		for _, id := range c.Claimants {
			if id != s.person.ID {
				others += " " + id
			}
		}
		row := statement.HeldRow{Date: c.Date, Deal: c.Deal, Product: c.Product, Why: lang.F("%s 与%s 撞单, 待裁定", "%s, disputed with%s", c.Dispute, others), Amount: c.Amount, UpTo: then.Sub(base)}
		for _, l := range x.lines {
			row.Steps = append(row.Steps, l.Steps...)
		}
		row.Steps = append(row.Steps, statement.S("if_won", fig(then), fig(base), fig(row.UpTo)))
		st.Held = append(st.Held, row)
	}
	return m.ratedSum(m.ifCredited(s, all)).Sub(base)
}

// ifCredited rates a person's month again with other credits.
func (m *month) ifCredited(s *sheet, credits []crediting.Credit) *sheet {
	e, _ := m.run.withCredits(m.month, credits, m.credits.Sales)
	x := &sheet{month: m, person: s.person, subject: m.run.subject(e, s.person, m.month), shares: map[int]map[rule.Credit]money.Ratio{}, earned: map[string]money.Decimal{}}
	x.rateOnly()
	return x
}

// ratedSum is what the rules that rate credits gave a person.
func (m *month) ratedSum(s *sheet) money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		if l.Stage == statement.Rate {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// ranks lists the boards that the person, or his team, stands on.
func (m *month) ranks(st *statement.Statement, s *sheet) {
	e := m.run.engine
	for i := range m.run.in.Plan.Measures.Boards {
		b := &m.run.in.Plan.Measures.Boards[i]
		id := map[string]string{"agents": s.person.ID, "teams": s.station.Team, "sites": s.station.Site}[b.Of]
		_, places := e.Board(b.Name, m.month)
		for _, p := range places {
			if p.ID != id {
				continue
			}
			r := statement.Rank{Board: b.Name, Title: titleOf(b, p.Week), Week: weekText(p.Week), Place: p.Place, Of: p.Of, Honour: p.Honour, Previous: previousPlace(e, b, id, m.month-1),
				Value: p.Value.Num, Unit: unitOf(b), Measure: b.Measure(), Rule: b.Rule(), Team: b.Of != "agents"}
			if p.WhyNot != nil {
				r.WhyNot = s.subject.Show(p.WhyNot, figuresOf(p, s))
			}
			if p.Place > 1 {
				behind := firstValue(places, p).Sub(p.Value.Num)
				r.Behind = &behind
			}
			st.Ranks = append(st.Ranks, r)
		}
	}
}

// figuresOf are what a condition of a board read: the month's, or a week's.
func figuresOf(p kpi.Place, s *sheet) expr.Env {
	if p.Week.Days() > 0 {
		return p.Env
	}
	return s.subject.Value
}

// firstValue is what the first has, where somebody else stands.
func firstValue(places []kpi.Place, behind kpi.Place) money.Ratio {
	for _, p := range places {
		if p.Group == behind.Group && p.Week == behind.Week && p.Place == 1 {
			return p.Value.Num
		}
	}
	return money.Ratio{}
}

// previousPlace is the place in a month, 0 on a board of weeks.
func previousPlace(e *kpi.Engine, b *kpi.Board, id string, m period.Month) int {
	if b.Each != "" {
		return 0
	}
	_, places := e.Board(b.Name, m)
	for _, p := range places {
		if p.ID == id {
			return p.Place
		}
	}
	return 0
}

// notes say what the reader of the paper has to know beside the figures.
func (m *month) notes(s *sheet) []statement.Step {
	var out []statement.Step
	note := func(t lang.Text) { out = append(out, statement.S("note", statement.Word(t))) }
	if m.incomplete() {
		note(lang.T("本月有人员数据未齐, 用到他人数字的项目 (竞赛、主管提成、排名) 为暂定。", "Some people's data are not complete: lines that use others' figures (contests, overrides, places) are provisional."))
	}
	if s.subject.Days.Assumed {
		note(lang.T("没有考勤表, 按全勤计算。", "There is no attendance export: full attendance is assumed."))
	}
	for _, e := range m.credits.Elsewhere {
		if e.Seller == s.person.ID {
			out = append(out, statement.S("elsewhere", statement.Word(lang.Same(e.Deal)), fig(e.Amount), statement.Word(e.Why)))
		}
	}
	if m.month > m.run.in.Project.First {
		note(lang.F("%s 及以前的月份尚未结账, 结转数为暂定。", "%s and earlier months are not closed: what they carry over is provisional.", (m.month - 1).String()))
	}
	return out
}
