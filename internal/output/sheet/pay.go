package sheet

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// Pay has one row per person and month of payment: the amounts of his lines by
// kind, and what the employer pays on top. The sum of amount over a person is
// his net, or his payable where there is no statutory part.
func Pay(r statement.Run, l lang.Lang) Table {
	run := &r
	columns := []Column{monthColumn,
		{Key: "pay_month", Title: lang.T("发放月", "Pay month"), Kind: Month}, agentColumn, nameColumn, shown(teamColumn),
		sum("amount", "金额", "Amount"), sum("earnings", "应得", "Earnings"), sum("deductions", "扣款", "Deductions"), sum("withholdings", "代扣代缴", "Withholdings"),
		sum("carried_in", "上月结转", "Carried in"), sum("carried_out", "结转下月", "Carried out"),
		sum("employer", "单位承担", "Employer"), filed(teamColumn), filed(text("currency", "币种", "Currency"))}
	t := Table{Name: "pay", Title: lang.T("发放月", "Pay months"), Columns: columns, Freeze: 5}
	t.Rows = func(yield func([]Cell) bool) {
		for i := range run.Statements {
			s := &run.Statements[i]
			for _, p := range payMonths(run, s) {
				if !yield(payRow(run, s, p)) {
					return
				}
			}
		}
	}
	t.Totals = t.total(l)
	return t
}

// paid is what falls into one month of payment.
type paid struct {
	month  period.Month
	kinds  map[statement.Kind]money.Decimal
	amount money.Decimal
}

// payMonths adds up a person's lines by month of payment. A line that names
// none is paid with the statement. Held and informative lines pay nothing.
func payMonths(run *statement.Run, s *statement.Statement) []paid {
	var all []paid
	for _, l := range s.Lines {
		if l.Kind == statement.HeldBack || l.Kind == statement.Info {
			continue
		}
		m := l.PayMonth
		if m == 0 {
			m = s.PayMonth
		}
		if m == 0 {
			m = run.Month
		}
		at := slices.IndexFunc(all, func(p paid) bool { return p.month == m })
		if at < 0 {
			at = len(all)
			all = append(all, paid{month: m, kinds: map[statement.Kind]money.Decimal{}})
		}
		all[at].add(l)
	}
	slices.SortFunc(all, func(a, b paid) int { return int(a.month) - int(b.month) })
	return all
}

func (p *paid) add(l statement.Line) {
	figure := l.Amount
	if l.Kind == statement.Employer {
		figure = l.Nominal
	}
	p.kinds[l.Kind] = p.kinds[l.Kind].Add(figure)
	p.amount = p.amount.Add(l.Amount)
}

func payRow(run *statement.Run, s *statement.Statement, p paid) []Cell {
	row := []Cell{In(run.Month), In(p.month), Key(s.Person.ID), Words(s.Person.Name), Words(s.Station.Team), Amount(p.amount)}
	for _, k := range []statement.Kind{statement.Earning, statement.Deduction, statement.Withholding, statement.CarriedIn, statement.CarriedOut} {
		row = append(row, Amount(p.kinds[k]))
	}
	return append(row, Amount(p.kinds[statement.Employer]), Words(s.Station.Team), Words(currency(run, s)))
}
