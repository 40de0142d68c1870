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

// Input is what crediting looks at: every month's facts up to the one computed.
type Input struct {
	Settings Settings
	Cut      period.Cut
	First    period.Month // the project's first month
	People   []record.Person
	Facts    []*record.Facts // rising months
	Opening  []record.Opening
	Contacts []record.Contact // calls that renew a registration
	Places   int              // of the currency
}

// Book is all deals and money of the project, checked and put in order. It
// answers for any of its months.
type Book struct {
	in       Input
	people   map[string]*record.Person
	deals    map[string]*deal
	order    []*deal // by signing day, then id
	customer map[string][]*deal
	known    map[string]string // customers known before the first month → owner
	opening  map[string][]record.Opening
	disputes []record.Dispute
	voids    []record.Event
	leads    map[string][]registration // by lead and by phone
	contacts map[string][]period.Day   // follow-ups that were kept and calls that renew, by agent and key
	fate     map[record.Source]Fate    // what became of each row
	faulty   map[string]bool           // deals whose own row has a problem
	Problems []diag.Problem
}

// Fate is the bucket that a row ended in, with the reason.
type Fate struct {
	Bucket string
	Reason string
}

type deal struct {
	record.Deal // of its lines the first, with the value and cost of all
	lines       []record.Deal
	payments    []payment    // by month, day, then id
	shares      []owner      // explicit split, checked
	isNew       bool         // its customer had no deal before
	month       period.Month // it counts in; later than the month it was signed in where its row came late
	known       period.Month // whose export first had it
	ended       cancelling
	overlay     []owner // credited beside the owners
}

// cancelling is the export that first called a deal cancelled; zero: none.
type cancelling struct {
	month period.Month
	at    record.Source
}

// payment is money with the month it counts in. A row that comes with the export
// of a later month than its day's is late: it counts there, marked (semantics 11).
type payment struct {
	record.Payment
	month period.Month
	day   period.Day // its day, or the first of the month it counts in
	late  bool
	known period.Month  // whose export had it
	gross money.Decimal // before fee and tax
}

type owner struct {
	agent string
	part  money.Ratio
}

// NewBook checks the facts and puts them in order.
func NewBook(in Input) *Book {
	b := &Book{in: in, people: map[string]*record.Person{}, deals: map[string]*deal{}, customer: map[string][]*deal{},
		known: map[string]string{}, opening: map[string][]record.Opening{}, fate: map[record.Source]Fate{}, faulty: map[string]bool{}}
	for i := range in.People {
		b.people[in.People[i].ID] = &in.People[i]
	}
	for _, o := range in.Opening {
		switch o.What {
		case "known_customer":
			b.known[o.Ref] = o.Agent
		case "earned_on_credit", "to_date":
			b.opening[o.Ref] = append(b.opening[o.Ref], o)
		}
	}
	for _, f := range in.Facts {
		for id := range f.Faulty {
			b.faulty[id] = true
		}
		for _, d := range f.Deals {
			b.addDeal(d, f.Month)
		}
	}
	for _, f := range in.Facts {
		b.decideDeals(f)
	}
	b.register()
	for _, f := range in.Facts {
		b.addPayments(f)
		b.addDisputes(f)
		for _, e := range f.Events {
			if slices.Contains(in.Settings.Void, e.Kind) && e.Deal != "" {
				b.voids = append(b.voids, e)
			}
		}
	}
	b.sortDeals()
	return b
}

// row notes a problem of one row and puts the row into bucket error.
func (b *Book) row(at record.Source, code string, found, want, mend lang.Text) {
	b.fate[at] = Fate{record.Errored, code}
	b.Problems = append(b.Problems, diag.Problem{Code: code, Reach: diag.Row, Pos: diag.Pos{File: at.File, Line: at.Row}, Found: found, Want: want, Mend: mend})
}

func (b *Book) addDeal(d record.Deal, folder period.Month) {
	if d.Line != "" && b.faulty[d.ID] { // another line of it cannot be read
		b.fate[d.At] = Fate{record.Errored, "deal-not-readable"}
		return
	}
	if slices.ContainsFunc(b.in.Settings.House, func(h string) bool { return strings.EqualFold(h, d.Agent) }) {
		d.Agent = ""
	} else if b.people[d.Agent] == nil {
		b.faulty[d.ID] = true
		b.row(d.At, "unknown-agent", lang.F("成交 %s 的工号 %q", "agent %[2]q of deal %[1]s", d.ID, d.Agent), lang.T("花名册里的工号", "an id of the roster"), lang.T("在花名册加这个人, 或改正工号", "add the person to the roster, or correct the id"))
		return
	}
	shares, ok := b.checkShares(d)
	if !ok {
		b.faulty[d.ID] = true
		return
	}
	if first, again := b.deals[d.ID]; again {
		b.again(first, d, folder)
		return
	}
	if b.in.Settings.Basis == "margin" && !d.HasCost {
		b.faulty[d.ID] = true
		b.row(d.At, "no-cost", lang.F("成交 %s 没有成本, 而业绩按毛利", "deal %s without its cost, where the margin counts", d.ID), lang.T("成本 (cost) 一栏", "a cost"), lang.T("补上成本", "fill it in"))
		return
	}
	if len(shares) == 0 {
		if shares, ok = b.roleOwners(d, b.in.Settings.Shares, true); !ok {
			return
		}
	}
	overlay, ok := b.roleOwners(d, b.in.Settings.Overlay, false)
	if !ok {
		return
	}
	x := &deal{Deal: d, lines: []record.Deal{d}, shares: shares, overlay: overlay, month: b.CountsIn(d.Signed, folder), known: folder}
	x.follow(d, folder)
	b.deals[d.ID] = x
	b.fate[d.At] = Fate{Bucket: record.Counted}
}

// roleOwners are the people whom the role columns of a deal name. The share of an
// empty column is the seller's.
func (b *Book) roleOwners(d record.Deal, roles []Role, whole bool) ([]owner, bool) {
	parts := map[string]money.Ratio{}
	for _, role := range roles {
		id := d.Fields[role.Column]
		if role.Column == "agent" || id == "" && whole {
			id = d.Agent
		}
		if id == "" {
			continue
		}
		person := b.personOf(id)
		if person == "" {
			b.faulty[d.ID] = true
			b.row(d.At, "unknown-agent", lang.F("成交 %s 的 %s 是 %q", "%[2]s of deal %[1]s is %[3]q", d.ID, role.Column, id), lang.T("花名册里的工号", "an id of the roster"), lang.T("改正工号, 或留空", "correct the id, or leave it empty"))
			return nil, false
		}
		parts[person] = parts[person].Add(role.Part)
	}
	if _, seller := parts[d.Agent]; whole && seller && len(parts) == 1 {
		return nil, true // nobody else is named: no split, so that a registration or referral still counts
	}
	var out []owner
	for id, p := range parts {
		out = append(out, owner{id, p})
	}
	return byID(out), true
}

// personOf finds the roster's spelling of an id.
func (b *Book) personOf(id string) string {
	if b.people[id] != nil {
		return id
	}
	for known := range b.people {
		if strings.EqualFold(known, id) {
			return known
		}
	}
	return ""
}

// follow takes the status of a deal as an export has it.
func (d *deal) follow(row record.Deal, folder period.Month) {
	switch d.Status = row.Status; {
	case row.Status != "cancelled":
		d.ended = cancelling{}
	case d.ended.month == 0:
		d.ended = cancelling{folder, row.At}
	}
}

// cancelled tells whether a deal had been cancelled by the end of a month.
func (d *deal) cancelled(m period.Month) bool { return d.ended.month != 0 && d.ended.month <= m }

// again: a later month's export may repeat a deal, and may cancel it: it stops
// counting then, and the month it counted in stays as it was (semantics 31).
func (b *Book) again(first *deal, d record.Deal, folder period.Month) {
	line := slices.IndexFunc(first.lines, func(l record.Deal) bool { return l.Line == d.Line })
	alike := first.Agent == d.Agent && first.Customer == d.Customer && first.Signed == d.Signed
	if alike && line < 0 && d.Line != "" && first.Line != "" && folder == first.known {
		first.lines = append(first.lines, d)
		first.Value, first.Cost, first.Tax = first.Value.Add(d.Value), first.Cost.Add(d.Cost), first.Tax.Add(d.Tax)
		b.fate[d.At] = Fate{Bucket: record.Counted}
		return
	}
	if !alike || line < 0 || first.lines[line].Value.Cmp(d.Value) != 0 {
		b.row(d.At, "duplicate-deal", lang.F("成交 %s 与 %s 内容不同", "deal %s, unlike %s", d.ID, first.At), lang.T("一个单号只有一种内容", "one content for one deal id"), lang.T("改正其中一行, 或换单号; 一单几行 (几种产品) 时, 加 line (行号) 一栏, 各行的工号、客户、签约日相同", "correct one of the rows, or its id; a deal of several lines (products) has a column line, and the same agent, customer and day in each"))
		return
	}
	first.follow(d, folder)
	b.fate[d.At] = Fate{record.Excluded, "duplicate"}
	if first.ended.at == d.At {
		b.fate[d.At] = Fate{record.Excluded, "cancelled"}
	}
}

func (b *Book) checkShares(d record.Deal) ([]owner, bool) {
	var out []owner
	whole := money.One
	rest := -1
	for i, s := range d.Shares {
		if b.people[s.Agent] == nil {
			b.row(d.At, "unknown-agent", lang.F("成交 %s 分单里的工号 %q", "agent %[2]q in the shares of deal %[1]s", d.ID, s.Agent), lang.T("花名册里的工号", "an id of the roster"), lang.Text{})
			return nil, false
		}
		if s.Rest {
			rest = i
		} else {
			whole = whole.Sub(s.Part)
		}
		out = append(out, owner{s.Agent, s.Part})
	}
	if rest >= 0 {
		out[rest].part = whole
		whole = money.Ratio{}
	}
	if len(out) > 0 && (!whole.IsZero() || rest >= 0 && out[rest].part.Sign() < 0) {
		b.row(d.At, "shares", lang.F("成交 %s 的份额合计 %s", "shares of deal %s that add up to %s", d.ID, percent(money.One.Sub(whole))), lang.T("合计恰好 100%", "the whole, exactly"), lang.T("用 1/3 这样的分数, 或把最后一个写成 rest", "use fractions such as 1/3, or rest for the last"))
		return nil, false
	}
	return byID(out), true
}

// byID puts owners by id, since ties of a split go to the larger share, then to
// the id, whatever the order in the cell (semantics 5).
func byID(os []owner) []owner {
	sort.SliceStable(os, func(i, j int) bool { return os[i].agent < os[j].agent })
	return os
}

func percent(r money.Ratio) string {
	return r.Mul(money.Whole(100)).Round(2, money.HalfUp).String() + "%"
}

// decideDeals takes rulings and voids that name a deal itself: they settle it as
// a dispute would be, for nobody's account but the credit's.
func (b *Book) decideDeals(f *record.Facts) {
	for _, x := range f.Decisions {
		if x.What != "ruling" && x.What != "void" || b.deals[x.Ref] == nil {
			continue
		}
		b.disputes = append(b.disputes, record.Dispute{ID: x.Ref, Deal: x.Ref, Opened: x.Date, Level: "settled", Ruled: x.Date,
			Owner: x.Agent, Shares: x.Shares, Void: x.What == "void", At: x.At})
	}
}

// Decides tells whether a ruling or void names a dispute or deal that is there.
func (b *Book) Decides(ref string) bool {
	if b.deals[ref] != nil {
		return true
	}
	for _, d := range b.disputes {
		if d.ID == ref {
			return true
		}
	}
	return false
}

// addDisputes takes the disputes of a month; a ruling among the decisions wins over the row.
func (b *Book) addDisputes(f *record.Facts) {
	for _, d := range f.Disputes {
		for _, later := range b.in.Facts {
			for _, x := range later.Decisions {
				if x.What == "ruling" && x.Ref == d.ID {
					d.Ruled, d.Owner, d.Shares = x.Date, x.Agent, x.Shares
				}
				if x.What == "void" && x.Ref == d.ID {
					d.Ruled, d.Void = x.Date, true
				}
			}
		}
		bad := ""
		for _, a := range append(append([]string(nil), d.Agents...), d.Owner) {
			if a != "" && b.people[a] == nil {
				bad = a
			}
		}
		if bad != "" {
			b.row(d.At, "unknown-agent", lang.F("撞单 %s 里的工号 %q", "agent %[2]q of dispute %[1]s", d.ID, bad), lang.T("花名册里的工号", "an id of the roster"), lang.Text{})
			continue
		}
		b.fate[d.At] = Fate{Bucket: record.Counted}
		b.disputes = append(b.disputes, d)
	}
}

func (b *Book) sortDeals() {
	for _, d := range b.deals {
		sort.SliceStable(d.payments, func(i, j int) bool {
			if x, y := d.payments[i], d.payments[j]; x.month != y.month {
				return x.month < y.month
			} else if x.day != y.day {
				return x.day < y.day
			}
			// within a day money comes in before it goes back
			if x, y := d.payments[i].Amount.Sign(), d.payments[j].Amount.Sign(); x != y {
				return x > y
			}
			return d.payments[i].ID < d.payments[j].ID
		})
		b.order = append(b.order, d)
	}
	sort.Slice(b.order, func(i, j int) bool {
		if b.order[i].Signed != b.order[j].Signed {
			return b.order[i].Signed < b.order[j].Signed
		}
		return b.order[i].ID < b.order[j].ID
	})
	for _, d := range b.order {
		if d.Status == "opening" {
			continue
		}
		d.isNew = b.known[d.Customer] == "" && !slices.ContainsFunc(b.customer[d.Customer], func(old *deal) bool { return !old.cancelled(d.month) })
		b.customer[d.Customer] = append(b.customer[d.Customer], d)
	}
}

// DealBy returns a deal with what was collected on it, net, by the end of a month.
func (b *Book) DealBy(id string, m period.Month) (record.Deal, money.Decimal, bool) {
	d := b.deals[id]
	if d == nil {
		return record.Deal{}, money.Zero, false
	}
	var paid money.Decimal
	for _, p := range d.payments {
		if p.month <= m {
			paid = paid.Add(p.Amount)
		}
	}
	return d.Deal, paid, true
}

// Gone tells whether by the end of a month a deal no longer counts: its money has
// gone back to nothing, or it was cancelled.
func (b *Book) Gone(id string, m period.Month) bool {
	d := b.deals[id]
	return d != nil && b.gone(d, m)
}

// Ended returns the rows by which a deal stopped counting in a month.
func (b *Book) Ended(id string, m period.Month) []record.Source { return b.ending(b.deals[id], m) }

// ending are the rows by which a deal stopped counting in a month.
func (b *Book) ending(d *deal, m period.Month) (at []record.Source) {
	if d.ended.month == m {
		at = append(at, d.ended.at)
	}
	for _, p := range d.payments {
		if p.month == m && p.gross.Sign() < 0 {
			at = append(at, p.At)
		}
	}
	return at
}

// Late tells whether a row of a month's folder is of an earlier month.
func (b *Book) Late(day period.Day, folder period.Month) bool {
	return b.CountsIn(day, folder) != b.in.Cut.MonthOf(day)
}

// FateOf returns the bucket of a row of deals, payments or disputes.
func (b *Book) FateOf(at record.Source) (Fate, bool) {
	f, ok := b.fate[at]
	return f, ok
}

// Disputes returns the disputes that were read without fault.
func (b *Book) Disputes() []record.Dispute { return b.disputes }
