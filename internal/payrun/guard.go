package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/penalties"
)

// openingBalances are what months before the first one left.
func (r *Run) openingBalances() map[string]*balance {
	in := r.in
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
			d.Whole = d.Amount
			b.debts = append(b.debts, d)
		case "draw":
			b := of(o.Agent)
			if b.draws == nil {
				b.draws = map[string]money.Decimal{}
			}
			b.draws[o.Ref] = b.draws[o.Ref].Add(o.Amount)
		case "holdback", "staged":
			if h, ok := r.openingHolding(o); ok {
				b := of(o.Agent)
				b.held = append(b.held, h)
			}
		case "tax_income", "tax_deducted", "tax_withheld", "tax_months":
			openingTax(of(o.Agent), o)
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
			debts = m.writtenOff(s, b.debts)
		}
		now := s.guarded()
		g, ok := m.guardOf(s)
		if !ok && len(debts)+len(now) > 0 {
			s.stop(m.run.in.Law.Missing(law.Jurisdictions, m.run.in.Project.JurisdictionOf(s.station.Site), m.month))
			continue
		}
		netted, debts, waiting := m.netRecovery(s, debts)
		var claims []penalties.Claim
		for i := range debts {
			part := m.instalment(s, debts[i].Rule, debts[i].Month, debts[i].Whole)
			if part != nil { // what was netted against commission is part of the month's instalment
				part.Most = money.Max(money.Zero, part.Most.Sub(debts[i].Netted))
			}
			claims = append(claims, penalties.Claim{Debt: &debts[i], Part: part})
		}
		for _, l := range now {
			claims = append(claims, penalties.Claim{Line: l, Part: m.instalment(s, l.Rule, m.month, l.Nominal.Neg())})
		}
		old, left, sum := g.Pass(claims)
		old = append(netted, old...)
		for i := range left {
			left[i].Agent = s.person.ID
		}
		s.debts, s.guard = append(append(left, waiting...), s.later...), sum
		for _, l := range now {
			s.earned[l.Rule] = s.earned[l.Rule].Add(l.Amount)
		}
		s.lines = insertOld(s.lines, old)
	}
}

// guarded are this month's deductions that the guard looks at.
func (s *sheet) guarded() []*statement.Line {
	var now []*statement.Line
	for i := range s.lines {
		if l := &s.lines[i]; l.Kind == statement.Deduction && l.Class.Guarded() {
			now = append(now, l)
		}
	}
	return now
}

// instalment says how much of a deduction of month since is taken this month, by
// its rule; nil where the rule does not say (semantics 46).
func (m *month) instalment(s *sheet, name string, since period.Month, whole money.Decimal) *rule.Instalment {
	recover := m.run.in.Plan.Recover
	if name != "reversal" {
		recover = nil
		if rl := m.run.in.Plan.Rule(name); rl != nil {
			recover = rl.Recover
		}
	}
	if recover == nil {
		return nil
	}
	return recover.Part(s.subject, int(m.month-since)+1, whole)
}

// writtenOff takes off a person's debts what somebody decided to forgive.
func (m *month) writtenOff(s *sheet, debts []penalties.Debt) []penalties.Debt {
	var out []penalties.Debt
	for _, d := range debts {
		for _, x := range m.facts.Decisions {
			if x.What != "write_off" || x.Agent != d.Agent || x.Ref != d.Rule || !m.span.Has(x.Date) {
				continue
			}
			off := d.Amount
			if x.Amount.Sign() > 0 {
				off = money.Min(off, x.Amount)
			}
			d.Amount = d.Amount.Sub(off)
			s.lines = append(s.lines, statement.Line{Stage: statement.Guard, Rule: d.Rule, Kind: statement.Info, Class: d.Class, Title: lang.F("%s, 免除", "%s, written off", d.Title), PlanPath: "decisions",
				FactMonth: d.Month, PayMonth: m.month.Add(1), Nominal: off, Evidence: []record.Source{x.At},
				Steps: []statement.Step{statement.S("decided", statement.Word(lang.Same(x.Reason)), statement.Word(lang.Same(x.Author)), statement.Word(lang.Same(x.Date.String())), fig(off))}})
		}
		if !d.Amount.IsZero() {
			out = append(out, d)
		}
	}
	return out
}

// netRecovery takes carried recovery off this month's commission, freely and
// oldest first; what is left of it passes the guard (semantics 46).
func (m *month) netRecovery(s *sheet, debts []penalties.Debt) (lines []statement.Line, rest, waiting []penalties.Debt) {
	free := s.commissionLeft()
	for _, d := range debts {
		take, due := money.Min(d.Amount, free), d.Amount
		part := m.instalment(s, d.Rule, d.Month, d.Whole)
		if part != nil {
			due = money.Min(due, part.Most)
			take = money.Min(take, due)
		}
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
		if left := d.Amount.Sub(take); take.Equal(due) && !left.IsZero() { // the month's instalment: the rest waits, and the guard has nothing to do
			last := &lines[len(lines)-1]
			last.Nominal, last.Carried = d.Amount.Neg(), left
			last.Steps = append(last.Steps, part.Step())
			free, d.Amount = free.Sub(take), left
			waiting = append(waiting, d)
			continue
		}
		free = free.Sub(take)
		if d.Amount = d.Amount.Sub(take); !d.Amount.IsZero() {
			d.Netted = take
			rest = append(rest, d)
		}
	}
	return lines, rest, waiting
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
	return penalties.Guard{Profile: profile, Choice: p.Plan.Protections.Choice, Filed: p.Plan.Filed, Wage: s.wage(), Minimum: m.floor(s).need, Month: m.month}, ok
}
