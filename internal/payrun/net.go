package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// settleNet brings a net below 0, as where insurance is more than the pay, to 0; the
// company paid it for the person, and it comes back before tax is touched again.
// Then, where the plan says so, it brings what is paid to whole yuan; the fen come
// back next month (semantics 6, 38).
func (m *month) settleNet(carried map[string]*balance) {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		b := carried[s.person.ID]
		if b == nil {
			b = &balance{}
		}
		if !b.advanced.IsZero() {
			s.settle("advanced", statement.CarriedIn, lang.T("上月代垫, 扣回", "Advanced last month, taken back"), b.advanced.Neg(), statement.S("fixed", fig(b.advanced)))
		}
		if sum := s.sum(); sum.Sign() < 0 {
			s.advanced = sum.Neg()
			s.settle("advanced", statement.CarriedOut, lang.T("不够扣的由公司代垫, 结转下月", "What pay does not cover, advanced and carried to next month"), sum.Neg(), statement.S("below_zero", fig(sum)))
			s.fen = b.fen
			continue
		}
		if m.run.in.Plan.Rounding == "yuan" {
			s.roundNet(b.fen)
		}
	}
}

func (s *sheet) settle(name string, kind statement.Kind, title lang.Text, amount money.Decimal, step statement.Step) {
	m := s.month.month
	s.lines = append(s.lines, statement.Line{Stage: statement.Rounding, Rule: name, Kind: kind, Title: title, PlanPath: "rounding.net",
		FactMonth: m, PayMonth: m.Add(1), Nominal: amount, Amount: amount, Steps: []statement.Step{step}})
}

func (s *sheet) roundNet(fen money.Decimal) {
	if !fen.IsZero() {
		s.settle("rounding", statement.CarriedIn, lang.T("上月尾差", "Fen of last month"), fen, statement.S("fixed", fig(fen)))
	}
	sum := s.sum()
	whole := sum.Round(0, money.HalfUp)
	if left := sum.Sub(whole); !left.IsZero() {
		s.settle("rounding", statement.CarriedOut, lang.T("尾差结转下月", "Fen carried to next month"), left.Neg(), statement.S("whole_yuan", fig(sum), fig(whole), fig(left)))
		s.fen = left
	}
}
