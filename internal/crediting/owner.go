package crediting

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// AsOf says what was known: disputes opened up to Opened, rulings and voiding
// events up to Ruled. A month computed again after a later ruling keeps its
// own Opened.
type AsOf struct {
	Opened period.Day
	Ruled  period.Day
	Known  period.Month // exports up to this month; 0: up to the month itself
}

// ownership is who owns a deal, and why.
type ownership struct {
	owners  []owner
	why     lang.Text       // to an owner, where he is not the seller
	tell    lang.Text       // to the seller who owns nothing of it
	dispute *record.Dispute // set while the deal is in dispute: the credit is held
	void    bool
	overlay bool // owners are beside the others; they do not share
}

// owners finds who owns a deal: the first of the plan's ways that fits.
func (b *Book) owners(d *deal, asOf AsOf) ownership {
	dispute := b.disputeOf(d, asOf)
	if dispute != nil && dispute.open(asOf) {
		return ownership{owners: []owner{{d.Agent, money.One}}, dispute: &dispute.Dispute}
	}
	o := b.rightful(d, dispute, asOf, 0)
	for _, v := range b.voids {
		if v.Deal == d.ID && v.Date <= asOf.Ruled {
			o = o.without(v)
		}
	}
	return o
}

type dispute struct{ record.Dispute }

func (d dispute) open(asOf AsOf) bool {
	return d.Level != "settled" && (d.Ruled == period.NoDay || d.Ruled > asOf.Ruled)
}

// without strikes a person's share of a deal; without a person, the whole deal.
func (o ownership) without(v record.Event) ownership {
	var left []owner
	for _, w := range o.owners {
		if v.Agent != "" && w.agent != v.Agent {
			left = append(left, w)
			continue
		}
		left = append(left, owner{"", w.part})
	}
	why := lang.F("因 %s 作废 (%s)", "void for %s (%s)", v.Kind, v.Date.String())
	return ownership{owners: left, why: why, tell: why, void: true}
}

func (b *Book) rightful(d *deal, disp *dispute, asOf AsOf, depth int) ownership {
	for _, way := range b.in.Settings.Owner {
		var o ownership
		switch way {
		case "ruling":
			o = b.byRuling(disp, asOf)
		case "split":
			o = ownership{owners: d.shares, tell: lang.F("按份额归 %s", "shared by %s", sharesText(d.shares))}
		case "registration":
			o = b.byRegistration(d)
		case "referral":
			o = b.byReferral(d, asOf, depth)
		case "relation":
			o = b.byRelation(d)
		case "seller":
			o = ownership{owners: []owner{{d.Agent, money.One}}}
		}
		if len(o.owners) > 0 {
			return o
		}
	}
	return ownership{owners: []owner{{d.Agent, money.One}}}
}

func (b *Book) byRuling(disp *dispute, asOf AsOf) ownership {
	if disp == nil || disp.Ruled == period.NoDay || disp.Ruled > asOf.Ruled {
		return ownership{}
	}
	switch {
	case disp.Void:
		why := lang.F("%s 裁定作废", "%s ruled void", disp.ID)
		return ownership{owners: []owner{{"", money.One}}, why: why, tell: why, void: true}
	case len(disp.Shares) > 0:
		var os []owner
		rest := money.One
		for _, s := range disp.Shares {
			if !s.Rest {
				rest = rest.Sub(s.Part)
			}
		}
		for _, s := range disp.Shares {
			part := s.Part
			if s.Rest {
				part = rest
			}
			os = append(os, owner{s.Agent, part})
		}
		why := lang.F("%s 裁定分单 (%s)", "%s ruled a split (%s)", disp.ID, disp.Ruled.String())
		return ownership{owners: byID(os), why: why, tell: lang.F("%s: %s", "%s: %s", why, sharesText(byID(os)))}
	case disp.Owner != "":
		return ownership{owners: []owner{{disp.Owner, money.One}}, why: lang.F("%s 裁定归属 (%s)", "%s ruled (%s)", disp.ID, disp.Ruled.String()),
			tell: lang.F("%s 裁定归 %s (%s)", "%s ruled for %s (%s)", disp.ID, disp.Owner, disp.Ruled.String())}
	}
	return ownership{}
}

// byReferral: a new customer brought by an old one belongs to the old one's
// owner, along the chain, as long as the plan lets it last (manual row 47).
func (b *Book) byReferral(d *deal, asOf AsOf, depth int) ownership {
	if d.Referrer == "" || depth > 20 {
		return ownership{}
	}
	var from *deal
	for _, old := range b.customer[d.Referrer] {
		if old.Signed < d.Signed && old != d {
			from = old
		}
	}
	agent := b.known[d.Referrer]
	if from != nil {
		if b.expired(from.Signed, d.Signed) {
			return ownership{}
		}
		o := b.rightful(from, b.disputeOf(from, asOf), asOf, depth+1)
		if len(o.owners) != 1 {
			return ownership{}
		}
		agent = o.owners[0].agent
	}
	if agent == "" {
		return ownership{}
	}
	if p := b.people[agent]; p == nil || p.Leave != period.NoDay && p.Leave < d.Signed {
		if b.in.Settings.Leaver == "house" {
			why := lang.F("转介绍的原业务员 %s 已离职, 归公司", "referral of %s, who has left: house account", agent)
			return ownership{owners: []owner{{"", money.One}}, why: why, tell: why, void: true}
		}
		return ownership{}
	}
	why := lang.F("签单 %s; 老客户转介绍, 归你", "signed by %s; referral by an old customer of yours", d.Agent)
	if agent == d.Agent {
		why = lang.Text{}
	}
	return ownership{owners: []owner{{agent, money.One}}, why: why, tell: lang.F("老客户转介绍, 归 %s", "referral by an old customer of %s", agent)}
}

func (b *Book) expired(from, to period.Day) bool {
	return to > until(from, b.in.Settings.Referral)
}

func (b *Book) byRelation(d *deal) ownership {
	if d.Relation == "" || b.people[d.Relation] == nil {
		return ownership{}
	}
	why := lang.Text{}
	if d.Relation != d.Agent {
		why = lang.F("签单 %s; 你的亲友客户", "signed by %s; a friend or relative of yours", d.Agent)
	}
	return ownership{owners: []owner{{d.Relation, money.One}}, why: why, tell: lang.F("%s 的亲友客户", "a friend or relative of %s", d.Relation)}
}

// disputeOf finds the dispute that a deal stands in: by its id, or by the same
// lead, phone or company within the plan's window.
func (b *Book) disputeOf(d *deal, asOf AsOf) *dispute {
	for i := range b.disputes {
		x := b.disputes[i]
		if x.Opened > asOf.Opened {
			continue
		}
		if b.Claims(x, d.ID) {
			return &dispute{x}
		}
	}
	return nil
}

// Claims tells whether a dispute is about a deal.
func (b *Book) Claims(x record.Dispute, deal string) bool {
	d := b.deals[deal]
	return d != nil && (x.Deal == deal || x.Deal == "" && b.sameClaim(x, d))
}

func (b *Book) sameClaim(x record.Dispute, d *deal) bool {
	if apart := x.Opened - d.Signed; apart > period.Day(b.in.Settings.Within) || -apart > period.Day(b.in.Settings.Within) {
		return false
	}
	for _, same := range b.in.Settings.Same {
		switch {
		case same == "lead" && x.Lead != "" && x.Lead == d.Lead,
			same == "company" && x.Customer != "" && x.Customer == d.Customer,
			same == "phone" && x.Customer != "" && x.Customer == d.Phone:
			return true
		}
	}
	return false
}
