package crediting

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// drawn is a deal with payments in fen, on drawn days of January to March.
type drawn struct {
	split []string
	rows  []row
}

type row struct {
	day period.Day
	fen int64
}

func draw(t *rapid.T) drawn {
	d := drawn{split: rapid.SampledFrom([][]string{{"A 1/1"}, {"A 1/2", "B 1/2"}, {"A 1/3", "B 1/3", "C rest"}, {"A 60/100", "B 40/100"}, {"C 1/7", "B 2/7", "A rest"}}).Draw(t, "split")}
	for range rapid.IntRange(1, 6).Draw(t, "payments") {
		d.rows = append(d.rows, row{period.MustDay("2026-01-05") + period.Day(rapid.IntRange(0, 80).Draw(t, "day")), rapid.Int64Range(1, 100_000).Draw(t, "fen")})
	}
	return d
}

func (d drawn) facts(rows []row) *facts {
	f := (&facts{}).deal("D1", "A", "2026-01-05", "1000000", shared(d.split...))
	for i, r := range rows {
		f.pay(fmt.Sprintf("P%02d", i), "D1", r.day.String(), money.New(r.fen, 2).Fixed(2))
	}
	return f
}

// to is what everybody has been credited by the end of March, less what was reversed.
func to(t *rapid.T, f *facts) string {
	b := f.book(t, "")
	sums := map[string]money.Decimal{"A": {}, "B": {}, "C": {}}
	for m := period.MustMonth("2026-01"); m <= period.MustMonth("2026-03"); m++ {
		of := b.Of(m, end(m.String()))
		for _, c := range of.Credits {
			sums[c.Agent] = sums[c.Agent].Add(c.Amount)
		}
		for _, r := range of.Reversals {
			sums[r.Agent] = sums[r.Agent].Sub(r.After.Sub(r.Before))
		}
	}
	return text(sums)
}

// TestCumulativeSplit: what a deal brings everybody depends on its net alone, not
// on the order of the rows or on how the money was cut into payments.
func TestCumulativeSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		var whole int64
		for _, r := range d.rows {
			whole += r.fen
		}
		want := to(t, d.facts([]row{{d.rows[0].day, whole}}))
		if got := to(t, d.facts(d.rows)); got != want {
			t.Fatalf("in %d payments %s, in one %s", len(d.rows), got, want)
		}
		if got := to(t, d.facts(rapid.Permutation(d.rows).Draw(t, "order"))); got != want {
			t.Fatalf("in another order %s, not %s", got, want)
		}
		var cut []row
		for _, r := range d.rows {
			part := rapid.Int64Range(0, r.fen).Draw(t, "cut")
			cut = append(cut, row{r.day, part}, row{r.day, r.fen - part})
		}
		if got := to(t, d.facts(cut)); got != want {
			t.Fatalf("cut further %s, not %s", got, want)
		}
	})
}

// TestFullRefund is P14: all of it refunded leaves nobody anything, in whichever month.
func TestFullRefund(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		rows := append([]row(nil), d.rows...)
		for _, r := range rapid.Permutation(d.rows).Draw(t, "order") {
			rows = append(rows, row{period.MustDay("2026-03-31"), -r.fen})
		}
		if got := to(t, d.facts(rows)); got != "A 0, B 0, C 0" {
			t.Fatalf("after a full refund %s", got)
		}
	})
}

// TestShuffledMonths is P6: the order of rows in their files changes no credit.
func TestShuffledMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		rows := append([]row(nil), d.rows...)
		if back := rapid.IntRange(0, len(rows)).Draw(t, "refunds"); back > 0 {
			rows = append(rows, row{period.MustDay("2026-03-31"), -rows[back-1].fen})
		}
		want := to(t, d.facts(rows))
		f := d.facts(rows)
		for _, m := range f.months {
			m.Payments = rapid.Permutation(m.Payments).Draw(t, "shuffled")
		}
		f.month("2026-02").Deals = append(f.month("2026-02").Deals, record.Deal{ID: "D0", Agent: "B", Customer: "other", Signed: period.MustDay("2026-02-01"), Status: "signed", At: record.Source{File: "other", Row: 2}})
		if got := to(t, f); got != want {
			t.Fatalf("shuffled, and beside another deal, %s, not %s", got, want)
		}
	})
}
