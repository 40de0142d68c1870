package crediting

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// addPayments puts the money of a month on its deals.
func (b *Book) addPayments(f *record.Facts) {
	for _, p := range f.Payments {
		day := b.dated(p)
		d := b.deals[p.Deal]
		switch {
		case b.in.First != 0 && b.in.Cut.MonthOf(day) < b.in.First:
			b.fate[p.At] = Fate{record.Excluded, "before_first_month"}
		case d != nil:
			if b.repeated(d, p) {
				continue
			}
			d.payments = append(d.payments, b.payment(p, f.Month))
			b.fate[p.At] = Fate{Bucket: record.Counted}
		case b.opening[p.Deal] != nil && p.Amount.Sign() < 0:
			b.openingRefund(b.payment(p, f.Month))
		case b.faulty[p.Deal]: // its row is told; its money waits
			b.fate[p.At] = Fate{record.Errored, "deal-not-readable"}
		default:
			b.row(p.At, "unknown-deal", lang.F("回款 %s 的单号 %q", "deal %[2]q of payment %[1]s", p.ID, p.Deal), lang.T("成交表里的单号", "a deal of the deals export"), lang.T("补上这单成交, 或改正单号", "add the deal, or correct its id"))
		}
	}
}

// CountsIn is the month that a row of a month's folder counts in: its own, or the
// folder's where it comes late. Before the first month it keeps its own.
func (b *Book) CountsIn(day period.Day, folder period.Month) period.Month {
	m := b.in.Cut.MonthOf(day)
	if m < b.in.First || b.in.Settings.Late == "restate" {
		return m
	}
	return max(m, folder)
}

func (b *Book) payment(p record.Payment, folder period.Month) payment {
	day := b.dated(p)
	x := payment{Payment: p, month: b.CountsIn(day, folder), day: day, known: folder, gross: p.Amount}
	x.Amount = b.net(p)
	if x.month != b.in.Cut.MonthOf(day) {
		x.late, x.day = true, b.in.Cut.Span(x.month).From
	}
	return x
}

// net is what of a payment counts: less fee and tax where the plan says so. A
// refund takes back of it in proportion to the payment's gross.
func (b *Book) net(p record.Payment) money.Decimal {
	off := money.Zero
	for _, of := range b.in.Settings.NetOf {
		off = off.Add(map[string]money.Decimal{"fee": p.Fee, "tax": p.Tax}[of])
	}
	if p.Amount.Sign() < 0 {
		return p.Amount // what of the fee comes back follows from the payment
	}
	return p.Amount.Sub(off.Abs())
}

func (b *Book) repeated(d *deal, p record.Payment) bool {
	for _, q := range d.payments {
		if q.ID != p.ID {
			continue
		}
		if q.gross.Cmp(p.Amount) == 0 && q.Paid == p.Paid {
			b.fate[p.At] = Fate{record.Excluded, "duplicate"}
		} else {
			b.row(p.At, "duplicate-payment", lang.F("流水 %s 与 %s 内容不同", "payment %s, unlike %s", p.ID, q.At), lang.T("一个流水号只有一种内容", "one content for one payment id"), lang.T("改正其中一行, 或换流水号", "correct one of the rows, or its id"))
		}
		return true
	}
	return false
}

// openingRefund keeps a refund of a deal that only opening.csv knows.
func (b *Book) openingRefund(p payment) {
	d := b.deals["opening:"+p.Deal]
	if d == nil {
		d = &deal{Deal: record.Deal{ID: p.Deal, Status: "opening", Signed: period.NoDay}}
		b.deals["opening:"+p.Deal] = d
	}
	d.payments = append(d.payments, p)
	b.fate[p.At] = Fate{Bucket: record.Counted}
}

func (b *Book) dated(p record.Payment) period.Day {
	if b.in.Settings.Dated == "cleared" && p.Cleared != period.NoDay {
		return p.Cleared
	}
	return p.Paid
}
