package crediting

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// company is a small one: everybody hired in 2025, B gone after 2026-06-30.
func company() []record.Person {
	var people []record.Person
	for _, id := range []string{"A", "B", "C", "D"} {
		p := record.Person{ID: id, Hire: period.MustDay("2025-01-01"), Leave: period.NoDay}
		if id == "D" {
			p.Leave = period.MustDay("2026-06-30")
		}
		people = append(people, p)
	}
	return people
}

func settings(t interface{ Fatal(...any) }, text string) Settings {
	n, ps := yamldoc.Parse("plan.yaml", []byte("crediting: {"+text+"}\n"))
	r := &yamldoc.Reader{}
	s := Read(r, n.Get("crediting"))
	for _, p := range append(ps, r.Problems.All()...) {
		t.Fatal(p.Format(lang.EN))
	}
	return s
}

// facts gathers rows into the folders of their months.
type facts struct {
	months map[period.Month]*record.Facts
}

func (f *facts) month(m string) *record.Facts {
	if f.months == nil {
		f.months = map[period.Month]*record.Facts{}
	}
	at := period.MustMonth(m)
	if f.months[at] == nil {
		f.months[at] = &record.Facts{Month: at}
	}
	return f.months[at]
}

// deal adds a deal to the folder of the month it was signed in.
func (f *facts) deal(id, agent, signed, value string, change ...func(*record.Deal)) *facts {
	d := record.Deal{ID: id, Agent: agent, Customer: "K" + id, Value: money.MustParse(value), Signed: period.MustDay(signed), Status: "signed", At: record.Source{File: "deals " + signed[:7], Row: len(f.month(signed[:7]).Deals) + 2}}
	for _, c := range change {
		c(&d)
	}
	m := f.month(signed[:7])
	m.Deals = append(m.Deals, d)
	return f
}

func (f *facts) pay(id, deal, day, amount string, change ...func(*record.Payment)) *facts {
	p := record.Payment{ID: id, Deal: deal, Paid: period.MustDay(day), Cleared: period.NoDay, Amount: money.MustParse(amount), At: record.Source{File: "payments " + day[:7], Row: len(f.month(day[:7]).Payments) + 2}}
	for _, c := range change {
		c(&p)
	}
	m := f.month(day[:7])
	m.Payments = append(m.Payments, p)
	return f
}

func (f *facts) dispute(d record.Dispute) *facts {
	m := f.month(d.Opened.String()[:7])
	m.Disputes = append(m.Disputes, d)
	return f
}

func (f *facts) book(t interface{ Fatal(...any) }, s string) *Book {
	in := Input{Settings: settings(t, s), Cut: period.Cut{StartDay: 1}, First: period.MustMonth("2026-01"), People: company(), Places: 2}
	var ms []period.Month
	for m := range f.months {
		ms = append(ms, m)
	}
	sort.Slice(ms, func(i, j int) bool { return ms[i] < ms[j] })
	for _, m := range ms {
		in.Facts = append(in.Facts, f.months[m])
	}
	return NewBook(in)
}

// end is a month as it was known on its last day.
func end(m string) AsOf {
	last := period.Cut{StartDay: 1}.Span(period.MustMonth(m)).Last()
	return AsOf{Opened: last, Ruled: last}
}

// credited writes who got what in a month: "A 6.28, B 6.27"; held credits in brackets.
func credited(b *Book, m string, asOf AsOf) string {
	sums := map[string]money.Decimal{}
	for _, c := range b.Of(period.MustMonth(m), asOf).Credits {
		who := c.Agent
		if c.Held {
			who = "(" + who + ")"
		}
		sums[who] = sums[who].Add(c.Amount)
	}
	return text(sums)
}

// reversed writes who loses what of which month: "A 2026-01 5".
func reversed(b *Book, m string) string {
	sums := map[string]money.Decimal{}
	for _, r := range b.Of(period.MustMonth(m), end(m)).Reversals {
		k := r.Agent + " " + r.Month.String()
		sums[k] = sums[k].Add(r.After.Sub(r.Before))
	}
	return text(sums)
}

func text(sums map[string]money.Decimal) string {
	var out []string
	for k, v := range sums {
		out = append(out, fmt.Sprintf("%s %s", k, v))
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}

func problems(b *Book, m string) string {
	var out []string
	for _, p := range append(append(b.Problems[:0:0], b.Problems...), b.Of(period.MustMonth(m), end(m)).Problems...) {
		out = append(out, p.Code)
	}
	return strings.Join(out, " ")
}

// shared makes an explicit split: A 60%, B rest.
func shared(parts ...string) func(*record.Deal) {
	return func(d *record.Deal) {
		for _, p := range parts {
			agent, part, _ := strings.Cut(p, " ")
			if part == "rest" {
				d.Shares = append(d.Shares, record.Share{Agent: agent, Rest: true})
				continue
			}
			num, den, _ := strings.Cut(part, "/")
			d.Shares = append(d.Shares, record.Share{Agent: agent, Part: money.Quotient(money.MustParse(num), money.MustParse(den))})
		}
	}
}

func check(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func shareOf(fraction string) money.Ratio {
	num, den, _ := strings.Cut(fraction, "/")
	return money.Quotient(money.MustParse(num), money.MustParse(den))
}
