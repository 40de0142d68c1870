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
	credited := slices.Concat(o.owners, d.beside(o).owners)
	if d.Agent == "" || o.dispute != nil || slices.ContainsFunc(credited, func(w owner) bool { return w.agent == d.Agent }) {
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
	b.eachCell(d, o, d.Value, func(at cell, part money.Decimal) {
		out.Sales = append(out.Sales, Sale{Credit: b.signed(d, o, at, part), Key: d.Customer, New: d.isNew})
	})
}

// eachCell splits an amount of a deal over its lines and each over the owners, and
// hands over the part of everybody who is somebody.
func (b *Book) eachCell(d *deal, o ownership, amount money.Decimal, f func(at cell, part money.Decimal)) {
	for line, of := range b.overLines(d, amount) {
		for i, part := range b.split(of, o) {
			if o.owners[i].agent != "" {
				f(cell{line, o.owners[i]}, part)
			}
		}
	}
}

// overLines allocates an amount over the lines of a deal, by their value.
func (b *Book) overLines(d *deal, amount money.Decimal) []money.Decimal {
	if len(d.lines) == 1 {
		return []money.Decimal{amount}
	}
	weights := make([]money.Ratio, len(d.lines))
	for i, l := range d.lines {
		weights[i] = money.Of(l.Value)
	}
	return money.Split(amount, weights, b.in.Places)
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
	type key struct {
		line  int
		agent string
	}
	left := func(m period.Month) map[key]money.Decimal {
		parts := map[key]money.Decimal{}
		b.eachCell(d, o, d.Value.Sub(b.taken(d, m)), func(at cell, part money.Decimal) { parts[key{at.line, at.agent}] = part })
		return parts
	}
	whole, before, after := left(d.month), left(m-1), left(by)
	b.eachCell(d, o, d.Value, func(at cell, _ money.Decimal) {
		k := key{at.line, at.agent}
		change := after[k].Sub(before[k])
		switch {
		case d.month == m:
			b.sign(d, o, at, after[k], out)
		case change.IsZero(), b.in.Settings.Reversals == "rerate":
		case b.in.Settings.Reversals == "current":
			cr := b.newCredit(d, o, at)
			cr.Date, cr.Of, cr.Amount, cr.At = b.in.Cut.Span(m).Last(), change, change, b.ending(d, m)[0]
			cr.Why = lang.T("取消或退款", "cancelled or refunded")
			out.Credits = append(out.Credits, cr)
		default:
			out.reverse(Reversal{Agent: at.agent, Deal: d.ID, Month: d.month, Before: whole[k].Sub(before[k]), After: whole[k].Sub(after[k]), At: b.ending(d, m)})
		}
	})
}

// reverse adds to the reversal of a person's credit, however many lines it has.
func (out *Month) reverse(r Reversal) {
	for i := range out.Reversals {
		if x := &out.Reversals[i]; x.Agent == r.Agent && x.Deal == r.Deal && x.Month == r.Month {
			x.Before, x.After = x.Before.Add(r.Before), x.After.Add(r.After)
			return
		}
	}
	out.Reversals = append(out.Reversals, r)
}

// sign is the credit of a deal in the month it is signed in.
func (b *Book) sign(d *deal, o ownership, at cell, amount money.Decimal, out *Month) {
	if amount.IsZero() {
		return
	}
	cr := b.signed(d, o, at, amount)
	if off := b.taken(d, d.month); !off.IsZero() && cr.Why.IsEmpty() {
		cr.Why = lang.F("签 %s, 当月退 %s", "signed %s, refunded %s in the month", d.Value, off)
	}
	if cr.Held {
		b.fate[cr.At] = Fate{record.Held, "dispute"}
	}
	out.Credits = append(out.Credits, cr)
}

// signed is an owner's part of a deal on the day it was signed, or, where its row
// came late, on the first of the month it counts in.
func (b *Book) signed(d *deal, o ownership, at cell, part money.Decimal) Credit {
	cr := b.newCredit(d, o, at)
	cr.Date, cr.Of, cr.Amount, cr.At = d.Signed, d.lines[at.line].Value, part, d.lines[at.line].At
	if d.month != b.in.Cut.MonthOf(d.Signed) {
		cr.Date = b.in.Cut.Span(d.month).From
		cr.Why = lang.F("%s 签约, 补报在本月", "signed %s, reported this month", d.Signed.String())
	}
	return cr
}

// split gives every owner his part of an amount, by largest remainder. Whoever is
// credited beside the owners has his part of the whole; such people share nothing.
func (b *Book) split(amount money.Decimal, o ownership) []money.Decimal {
	weights, beside := make([]money.Ratio, len(o.owners)), make([]money.Decimal, len(o.owners))
	for i, w := range o.owners {
		weights[i], beside[i] = w.part, money.Of(amount).Mul(w.part).Round(b.in.Places, money.HalfUp)
	}
	if o.overlay {
		return beside
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
