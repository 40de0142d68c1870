package crediting

import (
	"testing"

	"telepay/internal/period"
	"telepay/internal/record"
)

// TestReferral: a new customer brought by an old one belongs to the old one's
// owner, along the chain, until it expires; D has left on 30 June.
func TestReferral(t *testing.T) {
	by := func(customer string) func(*record.Deal) {
		return func(d *record.Deal) { d.Referrer = customer }
	}
	chain := func(signed string) *facts {
		return (&facts{}).deal("D1", "A", "2026-01-31", "100").deal("D2", "B", "2026-02-10", "100", by("KD1")).deal("D3", "C", signed, "100", by("KD2")).pay("P", "D3", signed, "100")
	}
	for _, c := range []struct {
		name, settings, month string
		f                     *facts
		want                  string
	}{
		{"along the chain", "", "2026-03", chain("2026-03-01"), "A 100"},
		{"on the last day of twelve months", "", "2027-02", chain("2027-02-10"), "A 100"}, {"a day later: the seller's", "", "2027-02", chain("2027-02-11"), "C 100"},
		{"on the last of 30 days", "referral: {lasts: 30d}", "2026-03", chain("2026-03-12"), "A 100"}, {"a day later", "referral: {lasts: 30d}", "2026-03", chain("2026-03-13"), "C 100"},
		{"a month from the 31st ends where the month does", "referral: {lasts: 1 month}", "2026-02", (&facts{}).deal("D1", "A", "2026-01-31", "100").deal("D2", "B", "2026-02-28", "100", by("KD1")).pay("P", "D2", "2026-02-28", "100"), "A 100"},
		{"a day after it", "referral: {lasts: 1 month}", "2026-03", (&facts{}).deal("D1", "A", "2026-01-31", "100").deal("D2", "B", "2026-03-01", "100", by("KD1")).pay("P", "D2", "2026-03-01", "100"), "B 100"},
		{"brought on the day the old one signed: not yet old", "", "2026-01", (&facts{}).deal("D1", "A", "2026-01-31", "100").deal("D2", "B", "2026-01-31", "100", by("KD1")).pay("P", "D2", "2026-01-31", "100"), "B 100"},
		{"the owner has left: the seller's", "", "2026-07", (&facts{}).deal("D1", "D", "2026-01-31", "100").deal("D2", "B", "2026-07-01", "100", by("KD1")).pay("P", "D2", "2026-07-01", "100"), "B 100"},
		{"the owner's last day", "", "2026-06", (&facts{}).deal("D1", "D", "2026-01-31", "100").deal("D2", "B", "2026-06-30", "100", by("KD1")).pay("P", "D2", "2026-06-30", "100"), "D 100"},
		{"the owner has left: the house's", "referral: {leaver: house}", "2026-07", (&facts{}).deal("D1", "D", "2026-01-31", "100").deal("D2", "B", "2026-07-01", "100", by("KD1")).pay("P", "D2", "2026-07-01", "100"), ""},
		{"an explicit split comes first", "", "2026-03", (&facts{}).deal("D1", "A", "2026-01-31", "100").deal("D2", "B", "2026-03-01", "100", by("KD1"), shared("B 1/2", "C 1/2")).pay("P", "D2", "2026-03-01", "100"), "B 50, C 50"},
		{"a plan without referrals", "owner: [ruling, split, seller]", "2026-03", chain("2026-03-01"), "C 100"},
		{"a customer that nobody knows", "", "2026-03", (&facts{}).deal("D2", "B", "2026-03-01", "100", by("K?")).pay("P", "D2", "2026-03-01", "100"), "B 100"},
		{"a customer that brings himself", "", "2026-03", (&facts{}).deal("D2", "B", "2026-03-01", "100", by("KD2")).pay("P", "D2", "2026-03-01", "100"), "B 100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			check(t, "credited", credited(c.f.book(t, c.settings), c.month, end(c.month)), c.want)
		})
	}
}

// TestKnownCustomer: who brought a customer in before the first month owns his referrals.
func TestKnownCustomer(t *testing.T) {
	f := (&facts{}).deal("D2", "B", "2026-03-01", "100", func(d *record.Deal) { d.Referrer = "old" }).pay("P", "D2", "2026-03-01", "100")
	in := f.book(t, "").in
	in.Opening = []record.Opening{{Agent: "A", What: "known_customer", Ref: "old"}, {Agent: "C", What: "known_customer", Ref: "KD2"}}
	b := NewBook(in)
	check(t, "credited", credited(b, "2026-03", end("2026-03")), "A 100")
	if s := b.Of(period.MustMonth("2026-03"), end("2026-03")).Sales; len(s) != 1 || s[0].New {
		t.Errorf("sales %+v: the customer was known before", s)
	}
}

func TestRelation(t *testing.T) {
	of := func(agent string) func(*record.Deal) { return func(d *record.Deal) { d.Relation = agent } }
	check(t, "a friend of C", credited((&facts{}).deal("D1", "A", "2026-01-05", "100", of("C")).pay("P", "D1", "2026-01-05", "100").book(t, ""), "2026-01", end("2026-01")), "C 100")
	check(t, "a friend of nobody", credited((&facts{}).deal("D1", "A", "2026-01-05", "100", of("Z")).pay("P", "D1", "2026-01-05", "100").book(t, ""), "2026-01", end("2026-01")), "A 100")
}

// TestDisputes: held while open, by the ruling from the day it is ruled.
func TestDisputes(t *testing.T) {
	day := period.MustDay
	open := record.Dispute{ID: "X1", Deal: "D1", Agents: []string{"A", "B"}, Opened: day("2026-01-20"), Level: "manager", Ruled: period.NoDay}
	ruled := func(on string, change func(*record.Dispute)) record.Dispute {
		d := open
		d.Ruled = day(on)
		change(&d)
		return d
	}
	to := func(agent string) func(*record.Dispute) { return func(d *record.Dispute) { d.Owner = agent } }
	asOf := func(opened, ruled string) AsOf { return AsOf{Opened: day(opened), Ruled: day(ruled)} }
	for _, c := range []struct {
		name    string
		dispute record.Dispute
		asOf    AsOf
		want    string
	}{
		{"open", open, end("2026-01"), "(A) 100"}, {"the day before it was opened", open, asOf("2026-01-19", "2026-01-31"), "A 100"}, {"on the day it was opened", open, asOf("2026-01-20", "2026-01-31"), "(A) 100"},
		{"ruled in the month", ruled("2026-01-25", to("B")), end("2026-01"), "B 100"}, {"the day before the ruling", ruled("2026-01-25", to("B")), asOf("2026-01-31", "2026-01-24"), "(A) 100"}, {"on the day of the ruling", ruled("2026-01-25", to("B")), asOf("2026-01-31", "2026-01-25"), "B 100"},
		{"ruled next month, as January knew it", ruled("2026-02-12", to("B")), end("2026-01"), "(A) 100"}, {"ruled next month, as February knows January", ruled("2026-02-12", to("B")), asOf("2026-01-31", "2026-02-28"), "B 100"},
		{"ruled void", ruled("2026-01-25", func(d *record.Dispute) { d.Void = true }), end("2026-01"), ""}, {"ruled a split", ruled("2026-01-25", func(d *record.Dispute) {
			d.Shares = []record.Share{{Agent: "B", Rest: true}, {Agent: "A", Part: shareOf("1/3")}}
		}), end("2026-01"), "A 33.33, B 66.67"},
		{"settled between themselves: nothing is held", record.Dispute{ID: "X1", Deal: "D1", Agents: []string{"A", "B"}, Opened: day("2026-01-20"), Level: "settled", Ruled: period.NoDay}, end("2026-01"), "A 100"},
		{"by the lead, within 30 days", record.Dispute{ID: "X1", Lead: "L1", Agents: []string{"A", "B"}, Opened: day("2026-01-31"), Ruled: period.NoDay}, end("2026-01"), "(A) 100"}, {"by another lead", record.Dispute{ID: "X1", Lead: "L2", Agents: []string{"A", "B"}, Opened: day("2026-01-31"), Ruled: period.NoDay}, end("2026-01"), "A 100"},
		{"by the customer", record.Dispute{ID: "X1", Customer: "KD1", Agents: []string{"A", "B"}, Opened: day("2026-01-31"), Ruled: period.NoDay}, end("2026-01"), "(A) 100"}, {"by the phone", record.Dispute{ID: "X1", Customer: "T1", Agents: []string{"A", "B"}, Opened: day("2026-01-31"), Ruled: period.NoDay}, end("2026-01"), "(A) 100"},
		{"on the thirtieth day", record.Dispute{ID: "X1", Lead: "L1", Agents: []string{"A", "B"}, Opened: day("2026-02-04"), Ruled: period.NoDay}, asOf("2026-02-28", "2026-02-28"), "(A) 100"}, {"on the thirty-first", record.Dispute{ID: "X1", Lead: "L1", Agents: []string{"A", "B"}, Opened: day("2026-02-05"), Ruled: period.NoDay}, asOf("2026-02-28", "2026-02-28"), "A 100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := (&facts{}).deal("D1", "A", "2026-01-05", "100", func(d *record.Deal) { d.Lead, d.Phone = "L1", "T1" }).pay("P", "D1", "2026-01-06", "100").dispute(c.dispute)
			check(t, "credited", credited(f.book(t, ""), "2026-01", c.asOf), c.want)
		})
	}
}

// TestRulingByDecision: a ruling among the decisions counts from its own day.
func TestRulingByDecision(t *testing.T) {
	f := (&facts{}).deal("D1", "A", "2026-01-05", "100").pay("P", "D1", "2026-01-06", "100").
		dispute(record.Dispute{ID: "X1", Deal: "D1", Agents: []string{"A", "B"}, Opened: period.MustDay("2026-01-20"), Level: "manager", Ruled: period.NoDay})
	f.month("2026-02").Decisions = []record.Decision{{Date: period.MustDay("2026-02-12"), What: "ruling", Ref: "X1", Agent: "B"}}
	b := f.book(t, "")
	check(t, "as January knew it", credited(b, "2026-01", end("2026-01")), "(A) 100")
	check(t, "as February knows it", credited(b, "2026-01", AsOf{Opened: period.MustDay("2026-01-31"), Ruled: period.MustDay("2026-02-12")}), "B 100")
}

// TestVoid: an event voids a deal, or one person's part of it, from its day on.
func TestVoid(t *testing.T) {
	event := func(kind, agent, on string) func(f *facts) {
		return func(f *facts) {
			f.month("2026-01").Events = append(f.month("2026-01").Events, record.Event{Kind: kind, Agent: agent, Deal: "D1", Date: period.MustDay(on)})
		}
	}
	for _, c := range []struct {
		name string
		add  func(f *facts)
		want string
	}{
		{"poached by A", event("poaching", "A", "2026-01-20"), "B 50"}, {"the whole deal", event("upheld_complaint", "", "2026-01-20"), ""}, {"after the month", event("poaching", "A", "2026-02-01"), "A 50, B 50"}, {"an event that voids nothing", event("complaint", "A", "2026-01-20"), "A 50, B 50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := (&facts{}).deal("D1", "A", "2026-01-05", "100", shared("A 1/2", "B 1/2")).pay("P", "D1", "2026-01-06", "100")
			c.add(f)
			check(t, "credited", credited(f.book(t, ""), "2026-01", end("2026-01")), c.want)
		})
	}
}
