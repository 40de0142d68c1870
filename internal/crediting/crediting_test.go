package crediting

import (
	"testing"

	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

func TestSplits(t *testing.T) {
	half := shared("A 1/2", "B 1/2")
	for _, c := range []struct {
		name  string
		split func(*record.Deal)
		rows  []string // amounts, a day apart
		want  string
	}{
		{"nobody shares", func(*record.Deal) {}, []string{"12.55"}, "A 12.55"}, {"halves of an odd fen", half, []string{"12.55"}, "A 6.28, B 6.27"}, {"twice", half, []string{"12.55", "12.55"}, "A 12.55, B 12.55"}, {"and all of it back", half, []string{"12.55", "12.55", "-25.10"}, "A 0, B 0"},
		{"60 and 40", shared("A 60/100", "B 40/100"), []string{"100"}, "A 60, B 40"}, {"the rest", shared("A 1/3", "B 1/3", "C rest"), []string{"100"}, "A 33.34, B 33.33, C 33.33"}, {"ties go by id, not by the order of the cell", shared("B 1/2", "A 1/2"), []string{"0.01"}, "A 0.01, B 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := (&facts{}).deal("D1", "A", "2026-03-01", "1000", c.split)
			for i, amount := range c.rows {
				f.pay("P"+string(rune('1'+i)), "D1", "2026-03-"+string([]byte{'1', byte('0' + i)}), amount)
			}
			check(t, "credited", credited(f.book(t, ""), "2026-03", end("2026-03")), c.want)
		})
	}
}

func TestSharesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		split func(*record.Deal)
		code  string
	}{
		{"99.99%", shared("A 3333/10000", "B 3333/10000", "C 3333/10000"), "shares"}, {"more than the whole", shared("A 60/100", "B 60/100"), "shares"}, {"less than nothing left", shared("A 60/100", "B 60/100", "C rest"), "shares"}, {"somebody unknown", shared("A 60/100", "Z 40/100"), "unknown-agent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := (&facts{}).deal("D1", "A", "2026-03-01", "1000", c.split).pay("P1", "D1", "2026-03-02", "10").book(t, "")
			if got := problems(b, "2026-03"); got != c.code { // the payment waits for its deal
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestRefunds(t *testing.T) {
	year := func() *facts {
		return (&facts{}).deal("D1", "A", "2026-01-05", "1000").pay("P1", "D1", "2026-01-10", "100").pay("P2", "D1", "2026-02-10", "50")
	}
	of := func(id string) func(*record.Payment) { return func(p *record.Payment) { p.Reverses = id } }
	for _, c := range []struct {
		name, settings     string
		f                  *facts
		credits, reversals string
		problems           string
	}{
		{"in its own month it nets", "", year().pay("R1", "D1", "2026-02-20", "-20"), "A 30", "", ""},
		{"of an earlier month it reverses", "", year().pay("R1", "D1", "2026-02-20", "-20", of("P1")), "A 50", "A 2026-01 20", ""},
		{"the latest payments go first", "", year().pay("R1", "D1", "2026-02-20", "-70"), "A 0", "A 2026-01 20", ""},
		{"all of it", "", year().pay("R1", "D1", "2026-02-20", "-150"), "A 0", "A 2026-01 100", ""},
		{"more than was paid", "", year().pay("R1", "D1", "2026-02-20", "-151"), "A 0", "A 2026-01 100", "refund-above-paid"},
		{"more than the payment it names", "", year().pay("R1", "D1", "2026-02-20", "-60", of("P2")), "A 0", "", "refund-above-paid"},
		{"of a payment that is not there", "", year().pay("R1", "D1", "2026-02-20", "-60", of("P9")), "A 50", "", "refund-above-paid"},
		{"current: a negative credit now", "reversals: current", year().pay("R1", "D1", "2026-02-20", "-20", of("P1")), "A 30", "", ""},
		{"before the money of the day: money first", "", year().pay("R0", "D1", "2026-02-10", "-150"), "A 0", "A 2026-01 100", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := c.f.book(t, c.settings)
			check(t, "credits", credited(b, "2026-02", end("2026-02")), c.credits)
			check(t, "reversals", reversed(b, "2026-02"), c.reversals)
			check(t, "problems", problems(b, "2026-02"), c.problems)
		})
	}
}

// TestReversalsOverMonths: what was taken back in one month is not taken again in the next.
func TestReversalsOverMonths(t *testing.T) {
	b := (&facts{}).deal("D1", "A", "2026-01-05", "1000").pay("P1", "D1", "2026-01-10", "100").pay("R1", "D1", "2026-02-20", "-30").pay("R2", "D1", "2026-03-20", "-70").book(t, "")
	check(t, "January", credited(b, "2026-01", end("2026-01")), "A 100")
	check(t, "February", reversed(b, "2026-02"), "A 2026-01 30")
	check(t, "March", reversed(b, "2026-03"), "A 2026-01 70")
	march := b.Of(period.MustMonth("2026-03"), end("2026-03")).Reversals
	if len(march) != 1 || march[0].Before.String() != "30" || march[0].After.String() != "100" {
		t.Errorf("in March %+v", march)
	}
}

func TestOverValue(t *testing.T) {
	f := func() *facts {
		return (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P1", "D1", "2026-01-10", "80").pay("P2", "D1", "2026-01-11", "30")
	}
	check(t, "reported", credited(f().book(t, ""), "2026-01", end("2026-01")), "A 100")
	check(t, "reported as", problems(f().book(t, ""), "2026-01"), "over-value")
	check(t, "credited", credited(f().book(t, "over_value: credit"), "2026-01", end("2026-01")), "A 110")
	exact := (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P1", "D1", "2026-01-10", "100").book(t, "")
	check(t, "the value exactly", problems(exact, "2026-01"), "")
}

func TestDated(t *testing.T) {
	cleared := func(p *record.Payment) { p.Cleared = period.MustDay("2026-02-01") }
	f := func() *facts {
		f := (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P1", "D1", "2026-01-31", "80", cleared)
		f.month("2026-02")
		return f
	}
	check(t, "by the day paid", credited(f().book(t, ""), "2026-01", end("2026-01")), "A 80")
	check(t, "by the day cleared", credited(f().book(t, "dated: cleared"), "2026-01", end("2026-01")), "")
	check(t, "by the day cleared, a month on", credited(f().book(t, "dated: cleared"), "2026-02", end("2026-02")), "A 80")
}

func TestSigned(t *testing.T) {
	b := (&facts{}).deal("D1", "A", "2026-01-05", "100", shared("A 1/2", "B 1/2")).deal("D2", "A", "2026-01-06", "50", func(d *record.Deal) { d.Status = "cancelled" }).book(t, "basis: signed")
	check(t, "signed", credited(b, "2026-01", end("2026-01")), "A 50, B 50")
}

func TestRowsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		f    *facts
		want string
	}{
		{"a deal of nobody", (&facts{}).deal("D1", "Z", "2026-01-05", "100"), "unknown-agent"}, {"a payment of no deal", (&facts{}).pay("P1", "D9", "2026-01-05", "1"), "unknown-deal"},
		{"a deal twice, alike", (&facts{}).deal("D1", "A", "2026-01-05", "100").deal("D1", "A", "2026-01-05", "100"), ""}, {"a deal twice, unlike", (&facts{}).deal("D1", "A", "2026-01-05", "100").deal("D1", "A", "2026-01-05", "101"), "duplicate-deal"},
		{"a payment twice, alike", (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P1", "D1", "2026-01-06", "5").pay("P1", "D1", "2026-01-06", "5"), ""}, {"a payment twice, unlike", (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P1", "D1", "2026-01-06", "5").pay("P1", "D1", "2026-01-06", "6"), "duplicate-payment"},
		{"a dispute of nobody", (&facts{}).dispute(record.Dispute{ID: "X", Agents: []string{"A", "Z"}, Opened: period.MustDay("2026-01-05"), Ruled: period.NoDay}), "unknown-agent"},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, "problems", problems(c.f.book(t, ""), "2026-01"), c.want) })
	}
}

// TestFates: every row of deals and payments has a bucket.
func TestFates(t *testing.T) {
	f := (&facts{}).deal("D1", "A", "2026-01-05", "100").deal("D2", "Z", "2026-01-05", "100").pay("P1", "D1", "2026-01-06", "5").pay("P1", "D1", "2026-01-06", "5").pay("P2", "D9", "2026-01-06", "5")
	f.month("2026-01").Payments = append(f.month("2026-01").Payments, record.Payment{ID: "P0", Deal: "D1", Paid: period.MustDay("2025-12-31"), Cleared: period.NoDay, Amount: money.Int(1), At: record.Source{File: "payments 2026-01", Row: 9}})
	b := f.book(t, "")
	for _, c := range []struct {
		at             record.Source
		bucket, reason string
	}{
		{record.Source{File: "deals 2026-01", Row: 2}, record.Counted, ""}, {record.Source{File: "deals 2026-01", Row: 3}, record.Errored, "unknown-agent"},
		{record.Source{File: "payments 2026-01", Row: 2}, record.Counted, ""}, {record.Source{File: "payments 2026-01", Row: 3}, record.Excluded, "duplicate"}, {record.Source{File: "payments 2026-01", Row: 4}, record.Errored, "unknown-deal"}, {record.Source{File: "payments 2026-01", Row: 9}, record.Excluded, "before_first_month"},
	} {
		got, ok := b.FateOf(c.at)
		if !ok || got.Bucket != c.bucket || got.Reason != c.reason {
			t.Errorf("%s went to %+v, want %s %s", c.at, got, c.bucket, c.reason)
		}
	}
}

func TestNewCustomersAndSales(t *testing.T) {
	same := func(d *record.Deal) { d.Customer = "K" }
	b := (&facts{}).deal("D1", "A", "2026-01-05", "100", same).deal("D2", "B", "2026-01-06", "100", same).deal("D3", "A", "2026-01-07", "100").
		pay("P3", "D3", "2026-01-08", "10").pay("R3", "D3", "2026-01-09", "-10").book(t, "")
	var got []string
	for _, s := range b.Of(period.MustMonth("2026-01"), end("2026-01")).Sales {
		got = append(got, s.Deal+" "+s.Customer)
	}
	if len(got) != 2 || got[0] != "D1 new" || got[1] != "D2 old" {
		t.Errorf("sales %v: the second deal of a customer is old, a deal refunded to nothing is none", got)
	}
}
