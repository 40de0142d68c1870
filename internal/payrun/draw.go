package payrun

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// settleDraws adds what guarantees that are draws paid this month to what is
// owed, takes off what they recovered, and says what is left.
func (m *month) settleDraws() {
	for _, rl := range m.run.in.Plan.Ordered {
		if rl.Kind.Name != "guarantee" || rl.Recover == nil {
			continue
		}
		for _, s := range m.sheets {
			owed := s.draws[rl.Name].Add(s.earned[rl.Name])
			if s.stopped != nil || owed.IsZero() {
				delete(s.draws, rl.Name)
				continue
			}
			title := lang.F("%s 余额", "%s, still owed", rl.Title)
			if rl.Recover.Leaver == "write_off" && m.hasLeft(s) {
				title = lang.F("%s 离职免还", "%s, written off on leaving", rl.Title)
				delete(s.draws, rl.Name)
			} else {
				s.draws[rl.Name] = owed
			}
			s.lines = append(s.lines, statement.Line{Stage: statement.Guarantee, Rule: rl.Name, Kind: statement.Info, Title: title, PlanPath: rl.Path, FactMonth: m.month, PayMonth: m.month.Add(1),
				Nominal: owed, Steps: []statement.Step{statement.S("draw_balance", fig(owed.Sub(s.earned[rl.Name])), fig(money.Max(s.earned[rl.Name], money.Zero)), fig(money.Max(s.earned[rl.Name].Neg(), money.Zero)), fig(owed))}})
		}
	}
}
