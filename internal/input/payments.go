package input

import "telepay/internal/record"

// readPayments reads payments and refunds. A refund is negative, whether the
// file says so by its kind, by its sign, or both.
func (s *session) readPayments(places []place) []record.Payment {
	return fill(s, places, reading[record.Payment]{kind: "payments", one: "payment", read: (*row).payment, key: func(_ *row, p record.Payment) (string, string) { return p.ID, p.ID }})
}

func (r *row) payment() record.Payment {
	p := record.Payment{ID: r.id("payment"), Deal: r.id("deal"), Paid: r.day("paid"), Cleared: r.day("cleared"), Kind: r.word("kind"),
		Reverses: r.id("reverses"), Payer: r.key("payer"), At: r.evidence()}
	p.Amount, _ = r.sum("amount")
	switch {
	case p.Kind == "refund" && p.Amount.Sign() > 0:
		p.Amount = p.Amount.Neg()
	case p.Amount.Sign() < 0:
		p.Kind = "refund"
	case p.Kind == "":
		p.Kind = "payment"
	}
	r.amount = p.Amount
	p.Fee, _ = r.sum("fee")
	p.Tax, _ = r.sum("tax")
	r.currency()
	r.notLater("paid", p.Paid)
	return p
}
