package review

import (
	"fmt"
	"slices"
	"strings"

	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// kinds are the rows that a case may give, with their columns. They are named as
// in the exports; what a case does not say is the plain case: the person himself,
// a day of the month, an id of its own.
var kinds = []struct {
	name string
	keys []string
	read func(g *given, t *Trial)
}{
	{"deals", []string{"deal", "line", "agent", "customer", "lead", "phone", "product", "source", "channel", "value", "signed", "status", "shares", "referrer", "relation", "cost", "quantity", "price", "list_price", "contract"}, (*given).deal},
	{"payments", []string{"payment", "deal", "amount", "paid", "cleared", "agent", "customer", "product", "source", "channel", "value", "fee", "tax"}, (*given).payment},
	{"disputes", []string{"dispute", "customer", "lead", "deal", "agents", "opened", "level", "ruled", "owner", "shares", "void", "innocent"}, (*given).dispute},
	{"attendance", []string{"date", "agent", "status", "late", "early", "missing", "leave_hours", "overtime_hours", "hours", "shift", "approved"}, (*given).attendance},
	{"events", []string{"kind", "date", "agent", "score", "level", "amount", "deal"}, (*given).event},
	{"calls", callKeys, (*given).call},
	{"leads", []string{"lead", "phone", "agent", "given", "source", "batch", "grade"}, (*given).lead},
	{"followups", []string{"agent", "customer", "due", "kind", "kept"}, (*given).followUp},
	{"targets", []string{"kpi", "target", "scope", "id"}, (*given).target},
	{"decisions", []string{"what", "ref", "agent", "amount", "date", "reason"}, (*given).decision},
	{"opening", []string{"what", "ref", "agent", "month", "amount"}, (*given).opening},
	{"workdays", nil, (*given).workday},
}

// CaseRow is a kind of rows that a case may give.
type CaseRow struct {
	Name    string
	Columns []string // empty: the measures of a day
}

// CaseRows lists the rows that a case may give.
func CaseRows() []CaseRow {
	var out []CaseRow
	for _, k := range kinds {
		out = append(out, CaseRow{k.name, k.keys})
	}
	return out
}

// given is one row of a case.
type given struct {
	*caseReader
	n    *yamldoc.Node
	at   record.Source
	who  string
	span period.Span
	i    int // which row of its kind, from 0
}

func (r *caseReader) rows(n *yamldoc.Node, t *Trial) {
	if n == nil {
		return
	}
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	r.Known(n, names...)
	for _, k := range kinds { // deals before their payments, whatever the order of writing
		list := n.Get(k.name)
		if list == nil {
			continue
		}
		if list.Kind != yamldoc.List {
			r.WantShape(list, lang.T("行的列表, 如 [{amount: 1000}]", "a list of rows such as [{amount: 1000}]"))
			continue
		}
		for i, item := range list.Items {
			if item.Kind != yamldoc.Map {
				r.WantShape(item, lang.F("一行: {%s}", "a row: {%s}", strings.Join(k.keys, ", ")))
				continue
			}
			if k.keys != nil {
				r.Known(item, r.columnsOf(k.name, k.keys)...)
			}
			k.read(&given{r, item, record.Source{File: k.name, Row: i + 1}, t.Who.ID, r.Project.Cut.Span(t.Month), i}, t)
		}
	}
}

// columnsOf adds the columns of deals that the plan itself names, and the company's own.
func (r *caseReader) columnsOf(kind string, keys []string) []string {
	out := slices.Clone(keys)
	if kind == "deals" {
		for _, role := range r.roles() {
			out = append(out, role.Column)
		}
	}
	for _, own := range r.Plan.KPIs.Own.Columns[kind] {
		out = append(out, own.Name)
	}
	return out
}

// roles are the columns of deals that name people beside the seller.
func (r *caseReader) roles() []crediting.Role {
	return slices.Concat(r.Plan.Crediting.Shares, r.Plan.Crediting.Overlay)
}

func (g *given) word(key, otherwise string) string {
	if n := g.n.Get(key); n != nil {
		return g.Word(n)
	}
	return otherwise
}

func (g *given) sum(key string) (money.Decimal, bool) {
	if n := g.n.Get(key); n != nil {
		return g.money(n), true
	}
	return money.Zero, false
}

// date is the day that a row says, else the tenth of the month.
func (g *given) date(key string) period.Day {
	if n := g.n.Get(key); n != nil {
		return g.day(n)
	}
	return g.span.From + 9
}

// agent is the person himself unless the row names another, who is then there too.
func (g *given) agent(key string, t *Trial) string {
	id := g.word(key, g.who)
	t.join(id)
	return id
}

// join puts somebody whom a row names beside the person: same team, same terms.
func (t *Trial) join(id string) {
	if id == t.Who.ID || id == "" || slices.Contains(t.house, id) {
		return
	}
	for _, p := range t.Others {
		if p.ID == id {
			return
		}
	}
	t.Others = append(t.Others, person(id, t.Who.Spans[0]))
}

// customer turns new and old into a customer of the row's own, who in the second
// case was one before.
func (g *given) customer(t *Trial) string {
	c := g.word("customer", "")
	switch c {
	case "", "new":
		return fmt.Sprintf("%s %d", g.at.File, g.at.Row)
	case "old":
		key := fmt.Sprintf("%s %d", g.at.File, g.at.Row)
		t.Opening = append(t.Opening, record.Opening{Agent: t.Who.ID, What: "known_customer", Ref: key, At: g.at})
		return key
	}
	return c
}

func (g *given) deal(t *Trial) {
	d := record.Deal{ID: g.word("deal", fmt.Sprintf("D%d", g.i+1)), Line: g.word("line", ""), Agent: g.agent("agent", t), Customer: g.customer(t), Lead: g.word("lead", ""), Phone: g.word("phone", ""),
		Product: g.word("product", ""), Source: g.word("source", ""), Channel: g.word("channel", ""), Signed: g.date("signed"), Status: g.word("status", "signed"),
		Shares: g.shares(t), Referrer: g.word("referrer", ""), Relation: g.word("relation", ""), At: g.at}
	t.join(d.Relation)
	d.Cost, d.HasCost = g.sum("cost")
	d.Quantity, _ = g.sum("quantity")
	d.Price, _ = g.sum("price")
	d.Contract = g.word("contract", "")
	d.Fields = map[string]string{"list_price": g.word("list_price", "")}
	g.ownColumns("deals", d.Fields, &d.Numbers)
	for _, role := range g.roles() {
		d.Fields[role.Column] = g.word(role.Column, "")
		t.join(d.Fields[role.Column])
	}
	value, ok := g.sum("value")
	if !ok {
		g.Bad(g.n, "missing-key", lang.F("%s 没有 value", "%s without value", g.n.Path), lang.T("合同额", "the deal's value"), lang.Same("value: 10000"))
	}
	d.Value = value
	t.Facts.Deals = append(t.Facts.Deals, d)
}

// ownColumns reads the company's own columns of a deal or an event.
func (g *given) ownColumns(kind string, texts map[string]string, numbers *map[string]*money.Decimal) {
	*numbers = map[string]*money.Decimal{}
	for _, own := range g.Plan.KPIs.Own.Columns[kind] {
		if own.Type.Kind == expr.Word {
			texts[own.Name] = g.word(own.Name, "")
			continue
		}
		(*numbers)[own.Name] = nil
		if v, ok := g.sum(own.Name); ok {
			(*numbers)[own.Name] = &v
		}
	}
}

// payment reads money; without a deal it is the whole of one signed the same day.
func (g *given) payment(t *Trial) {
	p := record.Payment{ID: g.word("payment", fmt.Sprintf("P%d", g.i+1)), Deal: g.word("deal", ""), Paid: g.date("paid"), Cleared: period.NoDay, Kind: "payment", At: g.at}
	amount, ok := g.sum("amount")
	if !ok {
		g.Bad(g.n, "missing-key", lang.F("%s 没有 amount", "%s without amount", g.n.Path), lang.T("金额, 退款为负", "an amount, negative for a refund"), lang.Same("amount: 10000"))
	}
	p.Amount = amount
	p.Fee, _ = g.sum("fee")
	p.Tax, _ = g.sum("tax")
	if amount.Sign() < 0 {
		p.Kind = "refund"
	}
	if g.n.Get("cleared") != nil {
		p.Cleared = g.date("cleared")
	}
	if p.Deal == "" {
		p.Deal = "D-" + p.ID
		value, ok := g.sum("value")
		if !ok {
			value = amount
		}
		t.Facts.Deals = append(t.Facts.Deals, record.Deal{ID: p.Deal, Agent: g.agent("agent", t), Customer: g.customer(t), Product: g.word("product", ""),
			Source: g.word("source", ""), Channel: g.word("channel", ""), Value: value, Signed: p.Paid, Status: "signed", At: g.at})
	}
	t.Facts.Payments = append(t.Facts.Payments, p)
}

// shares reads {T1: 60%, T2: rest}.
func (g *given) shares(t *Trial) []record.Share {
	n := g.n.Get("shares")
	if n == nil {
		return nil
	}
	if n.Kind != yamldoc.Map {
		g.WantShape(n, lang.T("各人的份额, 如 {T1: 60%, T2: rest}", "everybody's share such as {T1: 60%, T2: rest}"))
		return nil
	}
	var out []record.Share
	for _, e := range n.Entries {
		s := record.Share{Agent: e.Key.Text, Rest: e.Value.Text == "rest"}
		t.join(s.Agent)
		if !s.Rest {
			v, _, fault := expr.Literal(g.Word(e.Value))
			if fault != nil {
				g.Bad(e.Value, "bad-share", lang.F("%s: %s", "%s: %s", e.Value.Path, e.Value.Text), lang.T("60%、1/3 或 rest", "60%, 1/3 or rest"), lang.Text{})
			}
			s.Part = v
		}
		out = append(out, s)
	}
	return out
}

func (g *given) dispute(t *Trial) {
	d := record.Dispute{ID: g.word("dispute", fmt.Sprintf("Z%d", g.i+1)), Customer: g.word("customer", ""), Lead: g.word("lead", ""), Deal: g.word("deal", ""),
		Agents: g.Words(g.n.Get("agents")), Opened: g.date("opened"), Level: g.word("level", ""), Ruled: period.NoDay, Owner: g.word("owner", ""), Shares: g.shares(t),
		Void: g.word("void", "") == "true", Innocent: g.Words(g.n.Get("innocent")), At: g.at}
	if len(d.Agents) == 0 {
		d.Agents = []string{g.who, "T2"}
	}
	for _, a := range append(slices.Clone(d.Agents), d.Owner) {
		t.join(a)
	}
	if d.Level != "" || d.Owner != "" || len(d.Shares) > 0 || d.Void {
		d.Ruled = d.Opened
	}
	if g.n.Get("ruled") != nil {
		d.Ruled = g.date("ruled")
	}
	t.Facts.Disputes = append(t.Facts.Disputes, d)
}

// attendance reads a day, by default the next workday of the month.
func (g *given) attendance(t *Trial) {
	a := present(t.Who, g.workdate(g.i))
	a.Agent = g.agent("agent", t)
	a.At = g.at
	if g.n.Get("date") != nil {
		a.Date = g.date("date")
	}
	a.Status = g.word("status", "present")
	a.Late, a.HasLate = g.sum("late")
	a.Early, a.HasEarly = g.sum("early")
	missing := g.word("missing", "")
	a.MissingIn, a.MissingOut = missing == "in" || missing == "both", missing == "out" || missing == "both"
	a.LeaveHours, _ = g.sum("leave_hours")
	a.Overtime, _ = g.sum("overtime_hours")
	if h, ok := g.sum("hours"); ok {
		a.Hours, a.HasHours = h, true
	}
	a.Shift = g.word("shift", "")
	a.Approved = g.word("approved", "") == "true"
	t.Facts.Attendance = append(t.Facts.Attendance, a)
}

// workdate returns the n-th workday of the month.
func (g *given) workdate(n int) period.Day {
	for d := g.span.From; d < g.span.To; d++ {
		if g.Law.DayKind(d) == law.Workday {
			if n == 0 {
				return d
			}
			n--
		}
	}
	return g.span.Last()
}

func (g *given) event(t *Trial) {
	e := record.Event{Date: g.date("date"), Agent: g.agent("agent", t), Kind: g.word("kind", ""), Level: g.word("level", ""), Deal: g.word("deal", ""),
		Author: "plan_test", At: g.at}
	if e.Kind == "" {
		g.Bad(g.n, "missing-key", lang.F("%s 没有 kind", "%s without kind", g.n.Path), lang.T("事件种类", "the kind of event"), lang.Same("kind: complaint"))
	}
	e.Score, e.HasScore = g.sum("score")
	e.Amount, _ = g.sum("amount")
	e.Fields = map[string]string{}
	g.ownColumns("events", e.Fields, &e.Numbers)
	t.Facts.Events = append(t.Facts.Events, e)
}

func (g *given) target(t *Trial) {
	x := record.Target{Month: t.Month, Scope: g.word("scope", "agent"), ID: g.word("id", g.who), KPI: g.word("kpi", ""), ApprovedBy: "plan_test", At: g.at}
	if k := g.Plan.KPIs.ByName[x.KPI]; k == nil {
		g.Bad(g.n, "unknown-kpi", lang.F("%s 的 kpi: %s", "kpi: %[2]s of %[1]s", g.n.Path, x.KPI), lang.T("一个 KPI", "a KPI"), lang.Text{})
	} else if n := g.n.Get("target"); n != nil {
		x.Value = g.figure(n, expr.Def{Name: x.KPI, Type: k.Type}).Num.Round(8, money.HalfUp)
	}
	t.Facts.Targets = append(t.Facts.Targets, x)
}

func (g *given) decision(t *Trial) {
	x := record.Decision{Date: g.date("date"), Author: "plan_test", What: g.word("what", ""), Ref: g.word("ref", ""), Agent: g.agent("agent", t), Reason: g.word("reason", "plan_test"), At: g.at}
	x.Amount, _ = g.sum("amount")
	t.Facts.Decisions = append(t.Facts.Decisions, x)
}

func (g *given) opening(t *Trial) {
	x := record.Opening{Agent: g.agent("agent", t), What: g.word("what", ""), Ref: g.word("ref", ""), Month: t.Month - 1, At: g.at}
	if n := g.n.Get("month"); n != nil {
		m, err := period.ParseMonth(g.Word(n))
		if err != nil {
			g.Bad(n, "month", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2026-07 这样的月份", "a month such as 2026-07"), lang.Text{})
		}
		x.Month = m
	}
	x.Amount, _ = g.sum("amount")
	t.Opening = append(t.Opening, x)
}

// workday reads one day's figures, for rules that are computed for each workday.
func (g *given) workday(t *Trial) { t.Days = append(t.Days, g.figures(g.n)) }
