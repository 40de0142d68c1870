package crediting

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// registration is a lead that was given to somebody on a day (报备).
type registration struct {
	agent string
	given period.Day
}

// register remembers the leads of a month, and the follow-ups that renew them.
func (b *Book) register(f *record.Facts) {
	if b.in.Settings.Registered == (Lasts{}) {
		return
	}
	if b.leads == nil {
		b.leads, b.kept = map[string][]registration{}, map[string][]period.Day{}
	}
	for _, l := range f.Leads {
		for _, key := range []string{l.Lead, l.Phone} {
			if key != "" && l.Agent != "" && l.Given != period.NoDay {
				b.leads[key] = append(b.leads[key], registration{l.Agent, l.Given})
			}
		}
	}
	for _, u := range f.FollowUps {
		if u.Kept {
			b.kept[u.Agent+"\x00"+u.Customer] = append(b.kept[u.Agent+"\x00"+u.Customer], u.Due)
		}
	}
}

// byRegistration: whoever registered the deal's lead or phone owns it while it is
// protected: so long from the registration, or from the last follow-up that was
// kept; longer once money has come in. The earliest live registration wins.
func (b *Book) byRegistration(d *deal) ownership {
	var best *registration
	for _, key := range []string{d.Lead, d.Phone, d.Customer} {
		if key == "" {
			continue
		}
		for _, r := range b.leads[key] {
			if r.given <= d.Signed && b.protected(r, d) && (best == nil || r.given < best.given || r.given == best.given && r.agent < best.agent) {
				best = &r
			}
		}
	}
	if best == nil || b.people[best.agent] == nil {
		return ownership{}
	}
	why := lang.Text{}
	if best.agent != d.Agent {
		why = lang.F("签单 %s; 你 %s 报备, 在保护期内", "signed by %s; registered by you on %s and protected", d.Agent, best.given.String())
	}
	return ownership{owners: []owner{{best.agent, money.One}}, why: why}
}

func (b *Book) protected(r registration, d *deal) bool {
	from := r.given
	for _, key := range []string{d.Customer, d.Phone, d.Lead} {
		for _, day := range b.kept[r.agent+"\x00"+key] {
			if key != "" && day >= from && day <= d.Signed && until(from, b.in.Settings.Registered) >= day {
				from = day
			}
		}
	}
	if d.Signed <= until(from, b.in.Settings.Registered) {
		return true
	}
	for _, p := range d.payments {
		if p.Amount.Sign() > 0 && p.day <= until(from, b.in.Settings.Registered) && d.Signed <= until(p.day, b.in.Settings.Deposit) {
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
