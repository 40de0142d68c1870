package sheet

import (
	"telepay/internal/money"
	"telepay/internal/statement"
)

// TotalsOf adds up the totals of all statements. Net is nil where a statement
// has none: a sum of some people's net would be read as everybody's.
func TotalsOf(run *statement.Run) statement.Totals {
	var t statement.Totals
	net, all := money.Zero, len(run.Statements) > 0
	for i := range run.Statements {
		s := run.Statements[i].Totals
		t.Gross = t.Gross.Add(s.Gross)
		t.Deductions = t.Deductions.Add(s.Deductions)
		t.CarriedIn = t.CarriedIn.Add(s.CarriedIn)
		t.CarriedOut = t.CarriedOut.Add(s.CarriedOut)
		t.Payable = t.Payable.Add(s.Payable)
		t.Statutory = t.Statutory.Add(s.Statutory)
		t.HeldUpTo = t.HeldUpTo.Add(s.HeldUpTo)
		t.CarryNext = t.CarryNext.Add(s.CarryNext)
		if s.Net == nil {
			all = false
			continue
		}
		net = net.Add(*s.Net)
	}
	if all {
		t.Net = &net
	}
	return t
}
