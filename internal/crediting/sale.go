package crediting

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// elsewhere tells the seller of a deal with money in the month that it is not his.
func (b *Book) elsewhere(d *deal, o ownership, m period.Month, out *Month) {
	if d.Agent == "" || o.dispute != nil || slices.ContainsFunc(o.owners, func(w owner) bool { return w.agent == d.Agent }) {
		return
	}
	e := Elsewhere{Seller: d.Agent, Deal: d.ID, Why: o.tell}
	if b.in.Settings.Basis == "signed" && d.month == m {
		e.Amount, e.At = d.Value, append(e.At, d.At)
	}
	for _, p := range d.payments {
		if p.month == m && b.in.Settings.Basis != "signed" {
			e.Amount, e.At = e.Amount.Add(p.Amount), append(e.At, p.At)
		}
	}
	if len(e.At) > 0 {
		out.Elsewhere = append(out.Elsewhere, e)
	}
}

// sale notes a deal that counts in the month it was signed in: not cancelled,
// not void, and not refunded to nothing within the month.
func (b *Book) sale(d *deal, o ownership, m period.Month, out *Month) {
	if d.month != m || b.gone(d, m) {
		return
	}
	for i, part := range b.split(d.Value, o.owners) {
		if o.owners[i].agent == "" {
			continue
		}
		out.Sales = append(out.Sales, Sale{Credit: b.signed(d, o, o.owners[i], part), Key: d.Customer, New: d.isNew})
	}
}

// signing credits the value of a deal when it is signed, and takes back what is
// refunded or cancelled afterwards.
func (b *Book) signing(d *deal, o ownership, m, known period.Month, out *Month) {
	if d.month > m || b.gone(d, d.month) {
		return
	}
	by := m
	if b.in.Settings.Reversals == "rerate" {
		by = known
	}
	after := b.split(d.Value.Sub(b.taken(d, by)), o.owners)
	before := b.split(d.Value.Sub(b.taken(d, m-1)), o.owners)
	for i, w := range o.owners {
		change := after[i].Sub(before[i])
		switch {
		case w.agent == "":
		case d.month == m:
			b.sign(d, o, w, after[i], out)
		case change.IsZero(), b.in.Settings.Reversals == "rerate":
		case b.in.Settings.Reversals == "current":
			cr := b.newCredit(d, o, w)
			cr.Date, cr.Of, cr.Amount, cr.At = b.in.Cut.Span(m).Last(), change, change, b.ending(d, m)[0]
			cr.Why = lang.T("取消或退款", "cancelled or refunded")
			out.Credits = append(out.Credits, cr)
		default:
			whole := b.split(d.Value.Sub(b.taken(d, d.month)), o.owners)[i]
			out.Reversals = append(out.Reversals, Reversal{Agent: w.agent, Deal: d.ID, Month: d.month, Before: whole.Sub(before[i]), After: whole.Sub(after[i]), At: b.ending(d, m)})
		}
	}
}

// sign is the credit of a deal in the month it is signed in.
func (b *Book) sign(d *deal, o ownership, w owner, amount money.Decimal, out *Month) {
	if amount.IsZero() {
		return
	}
	cr := b.signed(d, o, w, amount)
	if off := b.taken(d, d.month); !off.IsZero() && cr.Why.IsEmpty() {
		cr.Why = lang.F("签 %s, 当月退 %s", "signed %s, refunded %s in the month", d.Value, off)
	}
	if cr.Held {
		b.fate[d.At] = Fate{record.Held, "dispute"}
	}
	out.Credits = append(out.Credits, cr)
}

// signed is an owner's part of a deal on the day it was signed, or, where its row
// came late, on the first of the month it counts in.
func (b *Book) signed(d *deal, o ownership, w owner, part money.Decimal) Credit {
	cr := b.newCredit(d, o, w)
	cr.Date, cr.Of, cr.Amount, cr.At = d.Signed, d.Value, part, d.At
	if d.month != b.in.Cut.MonthOf(d.Signed) {
		cr.Date = b.in.Cut.Span(d.month).From
		cr.Why = lang.F("%s 签约, 补报在本月", "signed %s, reported this month", d.Signed.String())
	}
	return cr
}

func (b *Book) split(amount money.Decimal, owners []owner) []money.Decimal {
	weights := make([]money.Ratio, len(owners))
	for i, w := range owners {
		weights[i] = w.part
	}
	return money.Split(amount, weights, b.in.Places)
}

// taken is what of a signed value had gone back by the end of a month: all of it
// where the deal no longer counts, else what was refunded.
func (b *Book) taken(d *deal, m period.Month) money.Decimal {
	if b.gone(d, m) {
		return d.Value
	}
	var back money.Decimal
	for _, p := range d.payments {
		if p.month <= m && p.gross.Sign() < 0 {
			back = back.Sub(p.gross)
		}
	}
	return money.Min(back, d.Value)
}

// gone tells whether by the end of m a deal no longer counts (semantics 31).
func (b *Book) gone(d *deal, m period.Month) bool { return d.cancelled(m) || b.refunded(d, m) }

// refunded tells whether a deal had money and by the end of m has none left.
func (b *Book) refunded(d *deal, m period.Month) bool {
	var net money.Decimal
	any := false
	for _, p := range d.payments {
		if p.month <= m {
			net, any = net.Add(p.Amount), true
		}
	}
	return any && net.Sign() <= 0
}
