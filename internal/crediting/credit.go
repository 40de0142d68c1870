package crediting

import (
	"slices"
	"sort"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Credit is money that counts for one person: his share of a payment (or, with
// basis signed, of a deal) in a month. A held credit counts for nobody yet;
// Claimants claim it.
type Credit struct {
	Agent     string
	Deal      string
	Payment   string
	Date      period.Day
	Paid      period.Day    // the money's own day, also where it counts later
	Of        money.Decimal // the whole payment
	Share     money.Ratio
	Amount    money.Decimal // credited; negative where it nets a refund
	Why       lang.Text
	Seller    string
	Product   string
	Source    string
	Channel   string
	Customer  string // new or old
	Value     money.Decimal
	Fields    map[string]string
	Row       *record.Deal // as its export has it; nil where only opening.csv knows it
	Overlay   bool         // beside the owners: in no team's sums
	Held      bool
	Claimants []string
	Dispute   string
	At        record.Source
}

// Reversal takes back what an earlier month earned: of the credit of a deal in
// Month, Before had been refunded up to last month, After up to now.
type Reversal struct {
	Agent   string
	Deal    string
	Month   period.Month
	Before  money.Decimal // ≥ 0
	After   money.Decimal
	Opening *Earned         // of a deal that only opening.csv knows
	At      []record.Source // the refunds of this month
}

// Earned is what opening.csv says was earned on, and credited for, a deal.
type Earned struct {
	Amount   money.Decimal
	Credited money.Decimal
}

// Sale is a deal that counts in the month it was signed in, for one of its owners.
type Sale struct {
	Credit
	Key string // of the customer
	New bool   // the customer's first deal
}

// Elsewhere is a deal whose seller was credited nothing of it, with the money that
// came in the month and why it is not his.
type Elsewhere struct {
	Seller string
	Deal   string
	Amount money.Decimal
	Why    lang.Text
	At     []record.Source
}

// Month is what crediting says of one month.
type Month struct {
	Credits   []Credit
	Reversals []Reversal
	Sales     []Sale
	Elsewhere []Elsewhere
	Problems  []diag.Problem
}

// Of computes a month as it was known at asOf.
func (b *Book) Of(m period.Month, asOf AsOf) Month {
	var out Month
	if asOf.Known == 0 {
		asOf.Known = m
	}
	for _, d := range b.order {
		if d.Status == "opening" {
			b.openingReversals(d, m, &out)
			continue
		}
		if d.known > asOf.Known {
			continue
		}
		o := b.owners(d, asOf)
		for _, own := range []ownership{o, d.beside(o)} {
			switch {
			case len(own.owners) == 0:
			case b.in.Settings.Basis == "signed":
				b.signing(d, own, m, asOf.Known, &out)
			default:
				c := &chain{book: b, deal: d, own: own, month: m, known: asOf.Known, out: &out, revs: map[reversalKey]*Reversal{}}
				c.run()
				out.Reversals = append(out.Reversals, c.reversals()...)
			}
		}
		b.sale(d, o, m, &out)
		b.elsewhere(d, o, m, &out)
	}
	sort.Slice(out.Reversals, func(i, j int) bool {
		x, y := out.Reversals[i], out.Reversals[j]
		if x.Agent != y.Agent {
			return x.Agent < y.Agent
		}
		if x.Deal != y.Deal {
			return x.Deal < y.Deal
		}
		return x.Month < y.Month
	})
	sort.SliceStable(out.Credits, func(i, j int) bool {
		x, y := out.Credits[i], out.Credits[j]
		if x.Date != y.Date {
			return x.Date < y.Date
		}
		if x.Deal != y.Deal {
			return x.Deal < y.Deal
		}
		return x.Payment < y.Payment
	})
	return out
}

type reversalKey struct {
	agent string
	month period.Month
}

// chain follows the money of one deal, payment by payment.
type chain struct {
	book  *Book
	deal  *deal
	own   ownership
	month period.Month
	known period.Month
	out   *Month
	revs  map[reversalKey]*Reversal
	net   money.Decimal // collected so far
	live  []*piece      // payments that can still be refunded
}

type piece struct {
	payment    string
	month      period.Month
	gross, net money.Decimal // before and after fee and tax
	taken      money.Decimal // of gross
	places     int
}

// take takes gross money back and returns what that is net: in proportion, since a
// fee that a bank keeps is not the customer's.
func (l *piece) take(gross money.Decimal) money.Decimal {
	net := func() money.Decimal {
		if l.gross.IsZero() {
			return money.Zero
		}
		return money.Of(l.net).Mul(money.Of(l.taken)).Div(money.Of(l.gross)).Round(l.places, money.HalfUp)
	}
	before := net()
	l.taken = l.taken.Add(gross)
	return net().Sub(before)
}

func (c *chain) run() {
	for _, p := range c.deal.payments {
		if p.known > c.known || p.month > c.month && !c.rerates() {
			continue
		}
		if p.Amount.Sign() >= 0 {
			c.move(p, p.Amount, p.month)
			c.live = append(c.live, &piece{payment: p.ID, month: p.month, gross: p.gross, net: p.Amount, places: c.book.in.Places})
			continue
		}
		c.refund(p)
	}
	if over := c.net.Sub(c.deal.Value); over.Sign() > 0 && !c.own.overlay && c.book.in.Settings.OverValue == "report" && len(c.deal.payments) > 0 {
		c.over(over)
	}
}

func (c *chain) over(over money.Decimal) {
	last := c.deal.payments[len(c.deal.payments)-1]
	if last.month != c.month {
		return
	}
	c.out.Problems = append(c.out.Problems, diag.Problem{Code: "over-value", Reach: diag.Note, Pos: diag.Pos{File: last.At.File, Line: last.At.Row},
		Found: lang.F("成交 %s 的回款比合同额多 %s", "deal %s, which collected %s more than its value", c.deal.ID, over), Want: lang.T("不超过合同额; 超出部分没有计入", "at most its value; what is above was not credited"),
		Mend: lang.T("合同额变了就改成交表; 要全部计入, 在方案写 crediting: {over_value: credit}", "correct the value of the deal, or write crediting: {over_value: credit} in the plan to credit all of it")})
}

// refund takes money back from the payment it names, else from the latest ones.
func (c *chain) refund(p payment) {
	left := p.gross.Neg()
	for i := len(c.live) - 1; i >= 0 && left.Sign() > 0; i-- {
		l := c.live[i]
		if p.Reverses != "" && l.payment != p.Reverses {
			continue
		}
		take := money.Min(left, l.gross.Sub(l.taken))
		if take.IsZero() {
			continue
		}
		left = left.Sub(take)
		c.move(p, l.take(take).Neg(), l.month)
	}
	if left.Sign() > 0 && p.month == c.month {
		c.out.Problems = append(c.out.Problems, diag.Problem{Code: "refund-above-paid", Reach: diag.Row, Pos: diag.Pos{File: p.At.File, Line: p.At.Row},
			Found: lang.F("退款 %s 比成交 %s 的回款多 %s", "refund %s, which takes %[3]s more than deal %[2]s had collected", p.ID, c.deal.ID, left), Want: lang.T("不超过已回款的退款", "at most what was collected"), Mend: lang.T("改正金额, 或补上缺少的回款", "correct the amount, or add the payment that is missing")})
	}
}

// move adds amount to the deal's net and gives each owner the difference that
// makes to his part of the net to date: a cumulative split, so that any order
// and partition of payments, and a full refund, end exact (semantics 5). of is
// the month of the credit that a refund takes back.
func (c *chain) move(p payment, amount money.Decimal, of period.Month) {
	before, had := c.parts(), c.book.overLines(c.deal, c.net)
	c.net = c.net.Add(amount)
	after, has := c.parts(), c.book.overLines(c.deal, c.net)
	for line := range c.deal.lines {
		of1 := has[line].Sub(had[line])
		for i, o := range c.own.owners {
			delta := after[line][i].Sub(before[line][i])
			if len(c.deal.lines) > 1 && delta.IsZero() {
				continue
			}
			c.post(p, cell{line, o}, of, of1, delta)
		}
	}
}

// cell is an owner of a line of a deal.
type cell struct {
	line int
	owner
}

// post credits or reverses what an owner's part of a line has changed by; amount
// is what of the payment is the line's.
func (c *chain) post(p payment, at cell, of period.Month, amount, delta money.Decimal) {
	switch {
	case c.rerates(): // a refund belongs to the month of the money that it takes back
		if of == c.month {
			c.credit(p, at, amount, delta)
		}
	case of == p.month || c.book.in.Settings.Reversals == "current":
		if p.month == c.month {
			c.credit(p, at, amount, delta)
		}
	case at.agent != "":
		c.reverse(p, at.owner, of, delta)
	}
}

// parts splits the credit to date over the deal's lines, and each over the owners.
func (c *chain) parts() [][]money.Decimal {
	credit := c.net
	if c.book.in.Settings.OverValue == "report" {
		credit = money.Min(credit, c.deal.Value)
	}
	lines := c.book.overLines(c.deal, credit)
	out := make([][]money.Decimal, len(lines))
	for i, amount := range lines {
		if value := c.deal.lines[i].Value; c.book.in.Settings.Basis == "margin" && !value.IsZero() {
			amount = money.Of(amount).Mul(money.Of(value.Sub(c.deal.lines[i].Cost))).Div(money.Of(value)).Round(c.book.in.Places, money.HalfUp)
		}
		out[i] = c.book.split(amount, c.own)
	}
	return out
}

// rerates tells whether refunds of earlier months re-open those months.
func (c *chain) rerates() bool { return c.book.in.Settings.Reversals == "rerate" }

func (c *chain) credit(p payment, at cell, of, amount money.Decimal) {
	if at.agent == "" {
		reason := "void"
		if !c.own.void {
			reason = "house"
		}
		c.book.fate[p.At] = Fate{record.Excluded, reason}
		return
	}
	cr := c.book.newCredit(c.deal, c.own, at)
	cr.Payment, cr.Date, cr.Paid, cr.Of, cr.Amount, cr.At = p.ID, p.day, c.book.dated(p.Payment), of, amount, p.At
	if off := p.gross.Sub(p.Amount); !off.IsZero() && cr.Why.IsEmpty() {
		cr.Why = lang.F("回款 %s, 扣手续费和税 %s", "collected %s, less fee and tax %s", p.gross, off)
	}
	if c.rerates() && p.month > c.month {
		cr.Date, cr.Why = c.book.in.Cut.Span(c.month).Last(), lang.F("%s 退款, 冲回本月", "refunded on %s, taken off this month", p.day.String())
	}
	if p.late {
		cr.Why = lang.F("%s 到账, 补报在本月", "received %s, reported this month", c.book.dated(p.Payment).String())
	}
	if amount.Sign() < 0 && cr.Why.IsEmpty() {
		cr.Why = lang.T("退款, 当月冲抵", "refund, netted in the month")
	}
	if cr.Held {
		c.book.fate[p.At] = Fate{record.Held, "dispute"}
	}
	c.out.Credits = append(c.out.Credits, cr)
}

func (b *Book) newCredit(d *deal, own ownership, at cell) Credit {
	o, row := at.owner, &d.lines[at.line]
	cr := Credit{Agent: o.agent, Deal: d.ID, Share: o.part, Why: own.why, Seller: d.Agent, Product: row.Product, Source: row.Source,
		Channel: row.Channel, Customer: "old", Value: d.Value, Fields: row.Fields, Row: row}
	if d.isNew {
		cr.Customer = "new"
	}
	if own.overlay {
		cr.Overlay, cr.Why = true, lang.F("另计 %s", "overlay %s", percent(o.part))
		return cr
	}
	if len(own.owners) > 1 && cr.Why.IsEmpty() {
		cr.Why = splitWhy(own.owners, o)
	}
	if own.dispute != nil {
		cr.Held, cr.Claimants, cr.Dispute = true, own.dispute.Agents, own.dispute.ID
		if len(cr.Claimants) == 0 {
			cr.Claimants = []string{d.Agent}
		}
	}
	return cr
}

// beside is who is credited beside the owners; nobody while the deal is in dispute or void.
func (d *deal) beside(o ownership) ownership {
	if o.dispute != nil || o.void {
		return ownership{}
	}
	return ownership{owners: d.overlay, overlay: true}
}

// sharesText writes shares as deals do: A 60%; B 40%.
func sharesText(os []owner) string {
	var parts []string
	for _, o := range os {
		parts = append(parts, o.agent+" "+percent(o.part))
	}
	return strings.Join(parts, "; ")
}

// splitWhy names the others of a split and everybody's part.
func splitWhy(all []owner, me owner) lang.Text {
	others, parts := "", percent(me.part)
	for _, o := range all {
		if o.agent == me.agent {
			continue
		}
		others += " " + o.agent
		parts += " / " + percent(o.part)
	}
	return lang.F("与%s 分成 %s", "shared with%s, %s", others, parts)
}

// reverse notes a refund of an earlier month's credit: what had been refunded
// before this month, and what this month adds.
func (c *chain) reverse(p payment, o owner, of period.Month, delta money.Decimal) {
	k := reversalKey{o.agent, of}
	r := c.revs[k]
	if r == nil {
		r = &Reversal{Agent: o.agent, Deal: c.deal.ID, Month: of}
		c.revs[k] = r
	}
	r.After = r.After.Sub(delta)
	if p.month < c.month {
		r.Before = r.Before.Sub(delta)
		return
	}
	if !slices.Contains(r.At, p.At) { // once, however many lines the deal has
		r.At = append(r.At, p.At)
	}
}

// reversals returns those that this month adds to.
func (c *chain) reversals() []Reversal {
	var out []Reversal
	for _, r := range c.revs {
		if r.After.Cmp(r.Before) != 0 {
			out = append(out, *r)
		}
	}
	return out
}

// openingReversals spreads the refunds of a deal that only opening.csv knows over
// those it had been credited to, in proportion.
func (b *Book) openingReversals(d *deal, m period.Month, out *Month) {
	earned := map[string]*Earned{}
	months := map[string]period.Month{}
	var agents []string
	for _, o := range b.opening[d.ID] {
		if earned[o.Agent] == nil {
			earned[o.Agent] = &Earned{}
			agents = append(agents, o.Agent)
		}
		if o.What == "earned_on_credit" {
			earned[o.Agent].Amount, months[o.Agent] = o.Amount, o.Month
		} else {
			earned[o.Agent].Credited = o.Amount
		}
	}
	sort.Strings(agents)
	weights := make([]money.Ratio, len(agents))
	for i, a := range agents {
		weights[i] = money.Of(earned[a].Credited)
	}
	var before, after money.Decimal
	var at []record.Source
	for _, p := range d.payments {
		switch {
		case p.month < m:
			before = before.Sub(p.Amount)
		case p.month == m:
			at = append(at, p.At)
		}
		if p.month <= m {
			after = after.Sub(p.Amount)
		}
	}
	if len(at) == 0 {
		return
	}
	was, is := money.Split(before, weights, b.in.Places), money.Split(after, weights, b.in.Places)
	for i, a := range agents {
		out.Reversals = append(out.Reversals, Reversal{Agent: a, Deal: d.ID, Month: months[a], Before: was[i], After: is[i], Opening: earned[a], At: at})
	}
}
