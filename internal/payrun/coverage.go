package payrun

import (
	"slices"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// coverage puts every row of the month's files into exactly one bucket, with the
// money in it (semantics 13). Rows that never became facts were counted by input.
type coverage struct {
	m       *month
	buckets record.Coverage
}

func (m *month) coverage() []record.Bucket {
	c := &coverage{m: m}
	for _, b := range m.facts.Rows {
		c.buckets.Add(b)
	}
	c.deals()
	c.payments()
	for _, d := range m.facts.Disputes {
		c.fate(d.At, money.Zero, false)
	}
	c.people()
	c.others()
	c.lists()
	return c.buckets.List()
}

func (c *coverage) put(at record.Source, bucket, reason string, amount money.Decimal, has bool) {
	if bucket == record.Errored && c.m.accepted(at) {
		bucket, reason = record.Excluded, "accepted"
	}
	c.buckets.Add(record.Bucket{File: at.File, Bucket: bucket, Reason: reason, Rows: 1, Amount: amount, HasAmount: has})
}

// fate puts a row where crediting left it.
func (c *coverage) fate(at record.Source, amount money.Decimal, has bool) {
	f, ok := c.m.run.book.FateOf(at)
	if !ok {
		f.Bucket = record.Counted
	}
	c.put(at, f.Bucket, f.Reason, amount, has)
}

func (c *coverage) deals() {
	book := c.m.run.book
	for _, d := range c.m.facts.Deals {
		f, ok := c.m.run.book.FateOf(d.At)
		switch {
		case ok && f.Bucket != record.Counted:
			c.put(d.At, f.Bucket, f.Reason, d.Value, true)
		case d.Signed < c.m.first():
			c.put(d.At, record.Excluded, "before_first_month", d.Value, true)
		case c.restated(d.Signed):
			c.put(d.At, record.Counted, "restated", d.Value, true)
		case book.CountsIn(d.Signed, c.m.month) != c.m.month:
			c.put(d.At, record.Excluded, "other_month", d.Value, true)
		case d.Status == "cancelled":
			c.put(d.At, record.Excluded, "cancelled", d.Value, true)
		case book.Late(d.Signed, c.m.month):
			c.put(d.At, record.Counted, "late", d.Value, true)
		default:
			c.put(d.At, record.Counted, "", d.Value, true)
		}
	}
}

func (c *coverage) payments() {
	book := c.m.run.book
	for _, p := range c.m.facts.Payments {
		f, ok := c.m.run.book.FateOf(p.At)
		day := p.Paid
		if c.m.run.in.Plan.Crediting.Dated == "cleared" && p.Cleared >= 0 {
			day = p.Cleared
		}
		switch {
		case ok && (f.Bucket == record.Errored || f.Reason == "duplicate" || f.Reason == "before_first_month"):
			c.put(p.At, f.Bucket, f.Reason, p.Amount, true)
		case f.Bucket == record.Counted && c.restated(day):
			c.put(p.At, record.Counted, "restated", p.Amount, true)
		case book.CountsIn(day, c.m.month) != c.m.month:
			c.put(p.At, record.Excluded, "other_month", p.Amount, true)
		case f.Bucket == record.Counted && book.Late(day, c.m.month):
			c.put(p.At, record.Counted, "late", p.Amount, true)
		default:
			c.put(p.At, f.Bucket, f.Reason, p.Amount, true)
		}
	}
}

// restated tells whether a late row re-opens the month of its day.
func (c *coverage) restated(day period.Day) bool {
	return c.m.run.in.Plan.Crediting.Late == "restate" && c.m.run.in.Project.Cut.MonthOf(day) < c.m.month && day >= c.m.first()
}

// people are the rows that name an agent: attendance, events, targets, decisions.
func (c *coverage) people() {
	for _, a := range c.m.facts.Attendance {
		switch {
		case c.m.run.engine.Person(a.Agent) == nil:
			c.unknown(a.At, a.Agent)
		case !c.m.span.Has(a.Date):
			c.put(a.At, record.Excluded, "other_month", money.Zero, false)
		default:
			c.put(a.At, record.Counted, "", money.Zero, false)
		}
	}
	for _, a := range c.m.facts.Summaries {
		switch {
		case c.m.run.engine.Person(a.Agent) == nil:
			c.unknown(a.At, a.Agent)
		case a.Month != c.m.month:
			c.put(a.At, record.Excluded, "other_month", money.Zero, false)
		default:
			c.put(a.At, record.Counted, "", money.Zero, false)
		}
	}
	for _, e := range c.m.facts.Events {
		switch {
		case c.m.run.engine.Person(e.Agent) == nil:
			c.unknown(e.At, e.Agent)
		case !c.m.span.Has(e.Date):
			c.put(e.At, record.Excluded, "other_month", money.Zero, false)
		default:
			c.put(e.At, record.Counted, "", money.Zero, false)
		}
	}
}

func (c *coverage) unknown(at record.Source, agent string) {
	c.put(at, record.Errored, "unknown-agent", money.Zero, false)
	if c.m.accepted(at) {
		return
	}
	c.m.problems = append(c.m.problems, diag.Problem{Code: "unknown-agent", Reach: diag.Row, Pos: diag.Pos{File: at.File, Line: at.Row},
		Found: lang.F("工号 %s", "agent %s", diag.Quote(agent)), Want: lang.T("花名册里的工号", "an id of the roster"), Mend: lang.T("在花名册加这个人, 或改正工号", "add the person to the roster, or correct the id")})
}

func (c *coverage) others() {
	e := c.m.run.engine
	for _, t := range c.m.facts.Targets {
		switch {
		case t.Month != c.m.month:
			c.put(t.At, record.Excluded, "other_month", money.Zero, false)
		case e.Set.ByName[t.KPI] == nil:
			c.put(t.At, record.Errored, "unknown-kpi", money.Zero, false)
			c.m.problems = append(c.m.problems, diag.Problem{Code: "unknown-kpi", Reach: diag.Row, Pos: diag.Pos{File: t.At.File, Line: t.At.Row},
				Found: lang.F("任务的 KPI %s", "a target of the KPI %s", diag.Quote(t.KPI)), Want: lang.T("一个 KPI", "a KPI"), Mend: lang.Same(diag.Nearest(t.KPI, e.Set.Names))})
		default:
			c.put(t.At, record.Counted, "", money.Zero, false)
		}
	}
	known := []string{"ruling", "accept", "one_off", "void", "write_off", "release"}
	for _, d := range c.m.facts.Decisions {
		if !slices.Contains(known, d.What) {
			c.put(d.At, record.Errored, "unknown-decision", d.Amount, true)
			c.m.problems = append(c.m.problems, diag.Problem{Code: "unknown-decision", Reach: diag.Row, Pos: diag.Pos{File: d.At.File, Line: d.At.Row},
				Found: lang.F("决定 %s", "the decision %s", diag.Quote(d.What)), Want: lang.T("ruling、accept、one_off、void、write_off 或 release", "ruling, accept, one_off, void, write_off or release"), Mend: lang.T("删去这一行, 在系统外处理", "take the row out and settle it outside")})
			continue
		}
		if d.What == "release" && !c.m.released[d.At] && c.m.span.Has(d.Date) {
			c.put(d.At, record.Errored, "unknown-decision", d.Amount, true)
			c.m.problems = append(c.m.problems, diag.Problem{Code: "unknown-decision", Reach: diag.Row, Pos: diag.Pos{File: d.At.File, Line: d.At.Row},
				Found: lang.F("%s 针对的 %s", "a %s about %s", d.What, diag.Quote(d.Ref)), Want: lang.T("有暂存的成交单号, 或分期规则名", "a deal of which something is held, or the name of a release"), Mend: lang.T("改正 ref", "correct ref")})
			continue
		}
		if (d.What == "ruling" || d.What == "void") && !c.m.run.book.Decides(d.Ref) {
			c.put(d.At, record.Errored, "unknown-decision", d.Amount, true)
			c.m.problems = append(c.m.problems, diag.Problem{Code: "unknown-decision", Reach: diag.Row, Pos: diag.Pos{File: d.At.File, Line: d.At.Row},
				Found: lang.F("%s 针对的 %s", "a %s about %s", d.What, diag.Quote(d.Ref)), Want: lang.T("撞单号或成交单号", "the id of a dispute or a deal"), Mend: lang.T("改正 ref", "correct ref")})
			continue
		}
		c.put(d.At, record.Counted, "", d.Amount, true)
	}
}

// first is the first day that telepay computes.
func (m *month) first() period.Day { return m.run.in.Project.Cut.Span(m.run.in.Project.First).From }
