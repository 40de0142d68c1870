package crediting

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// registration is a lead that was given to somebody on a day (报备).
type registration struct {
	agent string
	given period.Day
	names []string // lead and phone, as calls name them
}

// register remembers the leads, and the contacts that renew them.
func (b *Book) register() {
	if b.in.Settings.Registered == (Lasts{}) {
		return
	}
	b.leads, b.contacts = map[string][]registration{}, map[string][]period.Day{}
	for _, f := range b.in.Facts {
		for _, l := range f.Leads {
			if l.Agent == "" || l.Given == period.NoDay {
				continue
			}
			names := filled(l.Lead, l.Phone)
			for _, name := range names {
				b.leads[name] = append(b.leads[name], registration{l.Agent, l.Given, names})
			}
		}
		for _, u := range f.FollowUps {
			if u.Kept {
				b.contact(record.Contact{Agent: u.Agent, Key: u.Customer, Day: u.Due})
			}
		}
	}
	for _, c := range b.in.Contacts {
		b.contact(c)
	}
}

func (b *Book) contact(c record.Contact) {
	b.contacts[c.Agent+"\x00"+c.Key] = append(b.contacts[c.Agent+"\x00"+c.Key], c.Day)
}

// byRegistration: whoever registered the deal's lead or phone owns it while it is
// protected: so long from the registration, or from the last contact with that
// customer; longer once money has come in. The earliest live registration wins.
func (b *Book) byRegistration(d *deal) ownership {
	var best *registration
	for _, key := range filled(d.Lead, d.Phone, d.Customer) {
		for _, r := range b.leads[key] {
			if r.given <= d.Signed && b.protected(r, d) && (best == nil || r.given < best.given || r.given == best.given && r.agent < best.agent) {
				best = &r
			}
		}
	}
	if best == nil || b.people[best.agent] == nil {
		return ownership{}
	}
	o := ownership{owners: []owner{{best.agent, money.One}}, tell: lang.F("%s %s 报备, 在保护期内", "registered by %s on %s and protected", best.agent, best.given.String())}
	last := b.renewed(*best, d)
	if last > best.given {
		o.tell = lang.F("%s %s 报备, %s 联系过, 在保护期内", "registered by %s on %s, in contact on %s, and protected", best.agent, best.given.String(), last.String())
	}
	switch {
	case best.agent == d.Agent:
	case last > best.given:
		o.why = lang.F("签单 %s; 你 %s 报备, %s 联系过, 在保护期内", "signed by %s; registered by you on %s, in contact on %s, and protected", d.Agent, best.given.String(), last.String())
	default:
		o.why = lang.F("签单 %s; 你 %s 报备, 在保护期内", "signed by %s; registered by you on %s and protected", d.Agent, best.given.String())
	}
	return o
}

// filled returns the names that are not empty, each once.
func filled(names ...string) (out []string) {
	for _, name := range names {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// renewed is the day from which a registration's protection runs when a deal is
// signed: that of the last contact made while it still held, or its own.
func (b *Book) renewed(r registration, d *deal) period.Day {
	var days []period.Day
	for _, key := range filled(append(slices.Clone(r.names), d.Lead, d.Phone, d.Customer)...) {
		days = append(days, b.contacts[r.agent+"\x00"+key]...)
	}
	slices.Sort(days)
	from := r.given
	for _, day := range days {
		if day >= from && day <= d.Signed && day <= until(from, b.in.Settings.Registered) {
			from = day
		}
	}
	return from
}

func (b *Book) protected(r registration, d *deal) bool {
	last := until(b.renewed(r, d), b.in.Settings.Registered)
	if d.Signed <= last {
		return true
	}
	for _, p := range d.payments {
		if p.Amount.Sign() > 0 && p.day <= last && d.Signed <= until(p.day, b.in.Settings.Deposit) {
			return true
		}
	}
	return false
}

// until is the last day of a length of time from a day; Civil Code art. 203: where
// the last month has no such day, its last one.
func until(from period.Day, l Lasts) period.Day {
	if l.Days > 0 {
		return from + period.Day(l.Days)
	}
	plain := period.Cut{StartDay: 1}
	month := plain.Span(plain.MonthOf(from).Add(l.Months))
	return min(month.From+period.Day(from.MonthDay()-1), month.Last())
}
