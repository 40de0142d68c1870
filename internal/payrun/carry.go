package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// carryOn brings in what earlier months left below 0, and brings this month's
// result to 0 where it is negative; the rest comes back next month (semantics 38, 39).
func (m *month) carryOn(carried map[string]*balance) {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		since := m.month
		if b := carried[s.person.ID]; b != nil && b.negative.Sign() < 0 {
			since = b.since
			s.lines = append(s.lines, statement.Line{
				Stage: statement.Carry, Rule: "carried", Kind: statement.CarriedIn, Title: lang.F("%s 结转的负数", "Carried from %s", b.since.String()), PlanPath: "carried",
				FactMonth: b.since, PayMonth: m.month.Add(1), Nominal: b.negative, Amount: b.negative,
				Steps: []statement.Step{statement.S("carried_from", statement.Word(lang.Same(b.since.String())), fig(b.negative))},
			})
		}
		sum := s.sum()
		if sum.Sign() < 0 {
			s.below, s.belowSince = sum, since
			s.lines = append(s.lines, statement.Line{
				Stage: statement.Carry, Rule: "carried", Kind: statement.CarriedOut, Title: lang.T("结转下月", "Carried to next month"), PlanPath: "carried",
				FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: sum.Neg(), Amount: sum.Neg(), Carried: sum.Neg(),
				Steps: []statement.Step{statement.S("below_zero", fig(sum))},
			})
		}
	}
}

// bringIn gives everybody what earlier months hold of his, or are owed by him.
func (m *month) bringIn(carried map[string]*balance) {
	for _, s := range m.sheets {
		s.draws = map[string]money.Decimal{}
		if b := carried[s.person.ID]; b != nil {
			s.held = append([]holding(nil), b.held...)
			for name, v := range b.draws {
				s.draws[name] = v
			}
		}
	}
}

// keepBalances hands on what goes into the next month. Whoever has no statement
// keeps what he came with.
func (m *month) keepBalances(carried map[string]*balance) {
	for id, b := range carried {
		if s := m.byAgent[id]; s == nil || s.stopped != nil {
			m.carry[id] = b
		}
	}
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		out := &balance{debts: s.debts, negative: s.below, since: s.belowSince, tax: s.tax, fen: s.fen, advanced: s.advanced, held: s.held, draws: s.draws}
		if len(out.debts) > 0 || !out.negative.IsZero() || out.tax.Month != 0 || !out.fen.IsZero() || !out.advanced.IsZero() || len(out.held) > 0 || len(out.draws) > 0 {
			m.carry[s.person.ID] = out
		}
	}
}

func (s *sheet) sum() money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		sum = sum.Add(l.Amount)
	}
	return sum
}
