package payrun

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
	"telepay/penalties"
)

// openingBalances are what months before the first one left.
func openingBalances(in Input) map[string]*balance {
	out := map[string]*balance{}
	of := func(agent string) *balance {
		if out[agent] == nil {
			out[agent] = &balance{}
		}
		return out[agent]
	}
	for _, o := range in.Opening {
		switch o.What {
		case "carried_deduction":
			d := penalties.Debt{Agent: o.Agent, Rule: o.Ref, Title: lang.Same(o.Ref), Class: statement.Loss, Path: "opening.csv", Month: o.Month, Amount: o.Amount}
			if x := in.Plan.Rule(o.Ref); x != nil {
				d.Title, d.Class, d.Path, d.Clause = x.Title, x.Class, x.Path, x.Clause
			}
			b := of(o.Agent)
			b.debts = append(b.debts, d)
		case "debt":
			b := of(o.Agent)
			b.negative, b.since = b.negative.Sub(o.Amount), o.Month
		}
	}
	return out
}

// guard passes loss, discipline and what of recovery reaches base through the
// limit of the law, all together (semantics 46).
func (m *month) guard(carried map[string]*balance) {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		s.lines = append(s.lines, s.recovery...)
		var debts []penalties.Debt
		if b := carried[s.person.ID]; b != nil {
			debts = b.debts
		}
		var now []*statement.Line
		for i := range s.lines {
			l := &s.lines[i]
			if l.Kind == statement.Deduction && l.Class.Guarded() {
				now = append(now, l)
			}
		}
		g, ok := m.guardOf(s)
		if !ok && len(debts)+len(now) > 0 {
			s.stop(diag.Problem{Code: "jurisdiction-missing", Pos: diag.Pos{File: "telepay.yaml"},
				Found: lang.F("法域 %s 没有 %s 的数据", "no data of jurisdiction %s for %s", m.run.in.Project.JurisdictionOf(s.station.Site), m.month.String()),
				Want:  lang.T("扣款限额的数据", "data on limits of deductions"), Mend: lang.T("在 law/jurisdictions.yaml 里补上", "add it in law/jurisdictions.yaml")})
			continue
		}
		netted, debts := m.netRecovery(s, debts)
		old, left, sum := g.Pass(debts, now)
		old = append(netted, old...)
		for i := range left {
			left[i].Agent = s.person.ID
		}
		s.lines = insertOld(s.lines, old)
		s.debts, s.guard = left, sum
		for _, l := range now {
			s.earned[l.Rule] = s.earned[l.Rule].Add(l.Amount)
		}
	}
}

// netRecovery takes carried recovery off this month's commission, freely and
// oldest first; what is left of it passes the guard (semantics 46).
func (m *month) netRecovery(s *sheet, debts []penalties.Debt) ([]statement.Line, []penalties.Debt) {
	free := s.commissionLeft()
	var lines []statement.Line
	var rest []penalties.Debt
	for _, d := range debts {
		take := money.Min(d.Amount, free)
		if d.Class != statement.Recovery || take.IsZero() {
			rest = append(rest, d)
			continue
		}
		limit := free
		lines = append(lines, statement.Line{
			Stage: statement.Guard, Rule: d.Rule, Kind: statement.Deduction, Class: d.Class, Title: lang.F("%s, %s 结转", "%s, carried from %s", d.Title, d.Month.String()), Clause: d.Clause, PlanPath: d.Path,
			FactMonth: d.Month, PayMonth: m.month.Add(1), Nominal: take.Neg(), Limit: &limit, Amount: take.Neg(), Ground: d.Ground,
			Steps: []statement.Step{statement.S("carried_from", statement.Word(lang.Same(d.Month.String())), fig(d.Amount)), statement.S("netted", fig(take), fig(free))},
		})
		free = free.Sub(take)
		if d.Amount = d.Amount.Sub(take); !d.Amount.IsZero() {
			rest = append(rest, d)
		}
	}
	return lines, rest
}

// insertOld puts what was carried before the month's own deductions.
func insertOld(lines, old []statement.Line) []statement.Line {
	at := len(lines)
	for i, l := range lines {
		if l.Kind == statement.Deduction && l.Class.Guarded() {
			at = i
			break
		}
	}
	out := append([]statement.Line(nil), lines[:at]...)
	return append(append(out, old...), lines[at:]...)
}

func (m *month) guardOf(s *sheet) (penalties.Guard, bool) {
	p := m.run.in
	profile, ok := p.Law.Jurisdiction(p.Project.JurisdictionOf(s.station.Site), m.month)
	choice := p.Plan.Protections.Discipline
	g := penalties.Guard{Profile: profile, Apply: profile.Discipline == "apply", Filed: p.Plan.Filed, Wage: s.wage(), Minimum: m.minimum(s), Month: m.month}
	if choice != "" {
		g.Apply, g.ByPlan = choice == "apply", true
	}
	return g, ok
}

// minimum is the local minimum wage for the days that a person worked or was
// paid for: part of it where he joined, left or was away for his own reasons.
func (m *month) minimum(s *sheet) money.Decimal {
	mw, ok := m.run.in.Law.MinimumWage(m.run.in.Project.MinimumOf(s.station.Site), m.month)
	if !ok || s.station.Employment == "part_time" || s.station.Employment == "partner" {
		return money.Zero
	}
	a := s.subject.Days
	whole := money.Whole(int64(a.MonthWorkdays))
	if whole.IsZero() {
		return money.Zero
	}
	days := money.Whole(int64(a.EmployedWorkdays)).Sub(a.Absent).Sub(a.Unpaid)
	return money.Of(mw.Amount).Mul(money.MaxRatio(days, money.Ratio{})).Div(whole).Round(2, money.HalfUp)
}

// topUp lifts the month's wage to the local minimum. It is a floor under what
// was earned, not under what deductions leave; the guard keeps those above it.
func (m *month) topUp() {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		// a floor never lifts a negative amount: that is carried (semantics 38)
		minimum, wage := m.minimum(s), money.Max(s.wage(), money.Zero)
		missing := minimum.Sub(wage)
		if missing.Sign() <= 0 {
			continue
		}
		mw, _ := m.run.in.Law.MinimumWage(m.run.in.Project.MinimumOf(s.station.Site), m.month)
		a := s.subject.Days
		days := money.Whole(int64(a.EmployedWorkdays)).Sub(a.Absent).Sub(a.Unpaid)
		s.lines = append(s.lines, statement.Line{
			Stage: statement.MinimumWage, Rule: "minimum_wage", Kind: statement.Earning, Title: lang.T("最低工资补足", "Minimum-wage top-up"), PlanPath: "protections.minimum_wage",
			FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: missing, Amount: missing, Ground: lang.Same(mw.Source),
			Steps: []statement.Step{
				statement.S("minimum", statement.Word(lang.Same(mw.City)), fig(mw.Amount), statement.Figure(days, statement.Days), statement.Figure(money.Whole(int64(a.MonthWorkdays)), statement.Days), fig(minimum)),
				statement.S("topup", fig(minimum), fig(wage), fig(missing)),
			},
		})
		s.earned["minimum_wage"] = missing
	}
}

// carryOn brings in what earlier months left below 0, and brings this month's
// result to 0 where it is negative; the rest comes back next month (semantics 38, 39).
func (m *month) carryOn(carried map[string]*balance) {
	for _, s := range m.sheets {
		if s.stopped != nil {
			m.keepBalance(s.person.ID, carried)
			continue
		}
		b := carried[s.person.ID]
		since := m.month
		if b != nil && b.negative.Sign() < 0 {
			since = b.since
			s.lines = append(s.lines, statement.Line{
				Stage: statement.Carry, Rule: "carried", Kind: statement.CarriedIn, Title: lang.F("%s 结转的负数", "Carried from %s", b.since.String()), PlanPath: "carried",
				FactMonth: b.since, PayMonth: m.month.Add(1), Nominal: b.negative, Amount: b.negative,
				Steps: []statement.Step{statement.S("carried_from", statement.Word(lang.Same(b.since.String())), fig(b.negative))},
			})
		}
		sum := s.sum()
		out := &balance{debts: s.debts}
		if sum.Sign() < 0 {
			out.negative, out.since = sum, since
			s.lines = append(s.lines, statement.Line{
				Stage: statement.Carry, Rule: "carried", Kind: statement.CarriedOut, Title: lang.T("结转下月", "Carried to next month"), PlanPath: "carried",
				FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: sum.Neg(), Amount: sum.Neg(), Carried: sum.Neg(),
				Steps: []statement.Step{statement.S("below_zero", fig(sum))},
			})
		}
		if len(out.debts) > 0 || !out.negative.IsZero() {
			m.carry[s.person.ID] = out
		}
	}
	for id := range carried {
		if m.byAgent[id] == nil {
			m.keepBalance(id, carried)
		}
	}
}

// keepBalance hands on what a person without a statement owes.
func (m *month) keepBalance(id string, carried map[string]*balance) {
	if b := carried[id]; b != nil {
		m.carry[id] = b
	}
}

func (s *sheet) sum() money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		sum = sum.Add(l.Amount)
	}
	return sum
}
