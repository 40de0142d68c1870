package crediting

import (
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Receivable is what a deal still owes after the day it was due (逾期).
type Receivable struct {
	Agent   string // the seller, who has to ask for it
	Deal    string
	Product string
	Due     period.Day
	Amount  money.Decimal // value less collected to date, > 0
	Age     int           // days from the due day to the month's end, ≥ 1
	At      record.Source
}

// Overdue lists, by deal, the money that was due before the last day of month m
// and had not come in by then. Deals without a due day are never overdue.
func (b *Book) Overdue(m period.Month) []Receivable {
	end := b.in.Cut.Span(m).Last()
	var out []Receivable
	for _, d := range b.order {
		if d.Status != "signed" || d.Due == period.NoDay || d.Due >= end || d.month > m {
			continue
		}
		left := d.Value
		for _, p := range d.payments {
			if p.month <= m {
				left = left.Sub(p.Amount)
			}
		}
		if left.Sign() > 0 {
			out = append(out, Receivable{Agent: d.Agent, Deal: d.ID, Product: d.Product, Due: d.Due, Amount: left, Age: int(end - d.Due), At: d.At})
		}
	}
	return out
}
