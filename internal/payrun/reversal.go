package payrun

import (
	"fmt"
	"sort"
	"strings"

	"telepay/internal/crediting"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/kpi"
	"telepay/penalties"
)

// creditKey names the money that a deal brought one owner in a month.
type creditKey struct {
	owner string
	deal  string
}

// kept is what a month earned on a credit: how much was credited, and what each
// earner (the owner, his leader by an override) was paid on it.
type kept struct {
	credited money.Decimal
	earned   map[earner]money.Decimal
}

// earner is whom a rule paid on a credit.
type earner struct{ agent, rule string }

// keepCredits spreads every line that works on credits over them, by largest
// remainder, so that a later refund can take back exactly its part.
func (m *month) keepCredits() {
	for _, c := range m.credits.Credits {
		if !c.Held {
			k := m.keep(creditKey{c.Agent, c.Deal})
			k.credited = k.credited.Add(c.Amount)
		}
	}
	for _, s := range m.sheets {
		for line, shares := range s.shares {
			for key, amount := range m.spread(s.lines[line].Amount, shares) {
				k := m.keep(key)
				by := earner{s.person.ID, s.lines[line].Rule}
				k.earned[by] = k.earned[by].Add(amount)
			}
		}
	}
}

func (m *month) keep(key creditKey) *kept {
	if m.kept[key] == nil {
		m.kept[key] = &kept{earned: map[earner]money.Decimal{}}
	}
	return m.kept[key]
}

// spread allocates a line's amount over the deals behind it.
func (m *month) spread(amount money.Decimal, shares map[int]money.Ratio) map[creditKey]money.Decimal {
	sums := map[creditKey]money.Ratio{}
	var keys []creditKey
	for i, part := range shares {
		c := m.credits.Credits[i]
		key := creditKey{c.Agent, c.Deal}
		if _, seen := sums[key]; !seen {
			keys = append(keys, key)
		}
		sums[key] = sums[key].Add(part)
	}
	sort.SliceStable(keys, func(i, j int) bool {
		if keys[i].deal != keys[j].deal {
			return keys[i].deal < keys[j].deal
		}
		return keys[i].owner < keys[j].owner
	})
	weights := make([]money.Ratio, len(keys))
	for i, k := range keys {
		weights[i] = money.MaxRatio(sums[k], money.Ratio{})
	}
	out := map[creditKey]money.Decimal{}
	for i, v := range money.Split(amount, weights, m.run.in.Project.Places) {
		out[keys[i]] = v
	}
	return out
}

// postReversals takes back what earlier months earned on money that went back in
// this one. It nets freely against this month's commission; what is left of it
// goes to the guard as recovery (semantics 26, 46).
func (m *month) postReversals() {
	for _, rev := range m.credits.Reversals {
		if rev.Opening != nil {
			m.reverse(rev, rev.Agent, rev.Opening.Amount, rev.Opening.Credited)
			continue
		}
		was := m.run.months[rev.Month]
		if was == nil {
			continue
		}
		k := was.kept[creditKey{rev.Agent, rev.Deal}]
		if k == nil {
			continue
		}
		earned := map[string]money.Decimal{}
		var agents []string
		for by, amount := range k.earned {
			if m.netsToDate(by.rule, rev.Month) {
				continue
			}
			if _, seen := earned[by.agent]; !seen {
				agents = append(agents, by.agent)
			}
			earned[by.agent] = earned[by.agent].Add(amount)
		}
		sort.Strings(agents)
		for _, agent := range agents {
			m.reverse(rev, agent, earned[agent], k.credited)
		}
	}
}

// prize is what a deal won one person in a month, by a bonus.
type prize struct {
	agent  string
	deal   string
	amount money.Decimal
}

// keepPrizes remembers what a line paid on which deal, by largest remainder.
func (m *month) keepPrizes(agent string, e rule.Earned) {
	var deals []string
	for deal := range e.Deals {
		deals = append(deals, deal)
	}
	sort.Strings(deals)
	weights := make([]money.Ratio, len(deals))
	for i, deal := range deals {
		weights[i] = money.MaxRatio(e.Deals[deal], money.Ratio{})
	}
	if len(deals) == 0 || e.Line.Amount.Sign() <= 0 {
		return
	}
	for i, v := range money.Split(e.Line.Amount, weights, m.run.in.Project.Places) {
		m.prizes = append(m.prizes, prize{agent, deals[i], v})
	}
}

// reversePrizes takes back what was won with deals whose money has gone back to
// nothing this month (semantics 31).
func (m *month) reversePrizes() {
	for at := m.run.in.Project.First; at < m.month; at++ {
		was := m.run.months[at]
		if was == nil {
			continue
		}
		for _, p := range was.prizes {
			rows, gone := m.run.book.Returned(p.deal, m.month)
			if gone && !p.amount.IsZero() {
				one := money.Int(1)
				m.reverse(crediting.Reversal{Agent: p.agent, Deal: p.deal, Month: at, After: one, At: rows}, p.agent, p.amount, one)
			}
		}
	}
}

// netsToDate tells whether a refund of an earlier month's credit nets in the
// measure of a rule to date, because both lie in its span.
func (m *month) netsToDate(name string, origin period.Month) bool {
	rl := m.run.in.Plan.Rule(name)
	if rl == nil {
		return false
	}
	switch rl.ToDate {
	case "quarter_to_date":
		return origin >= m.month.Quarter()
	case "year_to_date":
		return origin >= m.month.January()
	case "since_hire":
		return true
	}
	return false
}

// nettings are the month's refunds of earlier months' credits, as negative credits.
func (m *month) nettings() []kpi.Netting {
	var out []kpi.Netting
	for _, rev := range m.credits.Reversals {
		was := m.run.months[rev.Month]
		if rev.Opening != nil || was == nil {
			continue
		}
		for _, c := range was.credits.Credits {
			if c.Agent == rev.Agent && c.Deal == rev.Deal && !c.Held {
				c.Date, c.Amount = m.span.From, rev.Before.Sub(rev.After)
				if len(rev.At) > 0 {
					c.At = rev.At[0]
				}
				out = append(out, kpi.Netting{Credit: c, Origin: rev.Month})
				break
			}
		}
	}
	return out
}

func (m *month) reverse(rev crediting.Reversal, earner string, earned, credited money.Decimal) {
	s := m.byAgent[earner]
	if s == nil {
		s = m.open(m.run.engine.Person(earner))
	}
	if s.stopped != nil || credited.IsZero() {
		return
	}
	part := func(refunded money.Decimal) money.Decimal {
		return money.Of(earned).Mul(money.Of(refunded)).Div(money.Of(credited)).Round(m.run.in.Project.Places, money.HalfUp)
	}
	already := part(rev.Before)
	take := part(rev.After).Sub(already)
	if take.IsZero() {
		return
	}
	held := s.takeHeld(rev.Deal, rev.Month, take)
	line := statement.Line{
		Stage: statement.Reversals, Rule: "reversal", Kind: statement.Earning, Class: statement.Recovery, Title: lang.F("退款冲回 %s", "Reversal of %s", rev.Deal),
		PlanPath: "crediting.reversals", FactMonth: rev.Month, PayMonth: m.month.Add(1), Nominal: take.Neg(), Evidence: rev.At,
		Steps: []statement.Step{statement.S("reversal", statement.Word(lang.F("%s (%s)", "%s (%s)", rev.Deal, rev.Month.String())), fig(earned), fig(rev.After), fig(credited), fig(already), fig(take))},
	}
	if held.Sign() > 0 {
		line.Steps = append(line.Steps, statement.S("held_first", fig(held), fig(take.Sub(held))))
		if take = take.Sub(held); take.IsZero() {
			line.Kind, line.Nominal = statement.Info, held
			s.lines = append(s.lines, line)
			return
		}
		line.Nominal = take.Neg()
	}
	if p := m.instalment(s, "reversal", m.month, take); p != nil && p.Most.Cmp(take) < 0 {
		line.Steps = append(line.Steps, p.Step())
		later := take.Sub(p.Most)
		s.later = append(s.later, penalties.Debt{Agent: earner, Rule: "reversal", Title: lang.F("退款冲回 %s", "Reversal of %s", rev.Deal), Class: statement.Recovery, Path: "crediting.recover",
			Month: m.month, Whole: take, Amount: later})
		take, line.Carried = p.Most, later // nominal stays the whole: applied and carried make it up
	}
	free := money.Min(take, s.commissionLeft())
	line.Amount = free.Neg()
	if rest := take.Sub(free); rest.Sign() > 0 {
		line.Steps = append(line.Steps, statement.S("beyond_commission", fig(free), fig(rest)))
		s.recovery = append(s.recovery, statement.Line{
			Stage: statement.Deductions, Rule: "reversal", Kind: statement.Deduction, Class: statement.Recovery, Title: lang.F("退款追回 %s, 超出本月提成", "Recovery of %s beyond this month's commission", rev.Deal),
			PlanPath: "crediting.reversals", FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: rest.Neg(), Evidence: rev.At,
		})
	}
	s.lines = append(s.lines, line)
}

func fig(d money.Decimal) statement.Term { return statement.Figure(money.Of(d), statement.Money) }

// commissionLeft is what the month's credits earned and reversals have not taken yet.
func (s *sheet) commissionLeft() money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		if l.Stage == statement.Rate || l.Stage == statement.Held || l.Stage == statement.Reversals {
			sum = sum.Add(l.Amount)
		}
	}
	return money.Max(sum, money.Zero)
}

// postRulings posts what a ruling of this month changes in an earlier one: the
// month is rated again as it is now known, and the difference is one dated line.
func (m *month) postRulings() {
	for at := m.run.in.Project.First; at < m.month; at++ {
		was := m.run.months[at]
		if was == nil {
			continue
		}
		ids := m.run.ruledSince(was, m)
		if len(ids) == 0 {
			continue
		}
		before := m.run.rateAgain(was, m.span.From-1)
		now := m.run.rateAgain(was, m.span.Last())
		for _, s := range m.run.sheetsBoth(m, before, now) {
			diff := now.total(s.person.ID).Sub(before.total(s.person.ID))
			if diff.IsZero() || s.stopped != nil {
				continue
			}
			s.lines = append(s.lines, statement.Line{
				Stage: statement.Held, Rule: "ruling", Kind: statement.Earning, Title: lang.F("%s 重算补差", "%s, computed again", at.String()), PlanPath: "crediting",
				FactMonth: at, PayMonth: m.month.Add(1), Nominal: diff, Amount: diff,
				Steps: []statement.Step{statement.S("ruled", statement.Word(lang.Same(at.String())), statement.Word(lang.Same(ids)), fig(now.total(s.person.ID)), fig(before.total(s.person.ID)), fig(diff))},
			})
		}
		was.kept = now.kept
	}
}

// ruledSince lists the deals with credits in an earlier month whose owners, or
// whose being held, changed by what was ruled in month m.
func (r *Run) ruledSince(was, m *month) string {
	marks := func(ruled period.Day) map[string]string {
		out := map[string]string{}
		for _, c := range r.book.Of(was.month, crediting.AsOf{Opened: was.span.Last(), Ruled: ruled, Known: r.in.Project.Cut.MonthOf(ruled)}).Credits {
			out[c.Deal] += fmt.Sprintf("%s %s %v;", c.Agent, c.Amount, c.Held)
		}
		return out
	}
	before, now := marks(m.span.From-1), marks(m.span.Last())
	changed := map[string]bool{}
	for deal := range before {
		changed[deal] = before[deal] != now[deal]
	}
	for deal := range now {
		changed[deal] = before[deal] != now[deal]
	}
	var deals []string
	for deal, yes := range changed {
		if yes {
			deals = append(deals, deal)
		}
	}
	sort.Strings(deals)
	return strings.Join(deals, ", ")
}

// again is a month rated once more, with other rulings known.
type again struct {
	totals map[string]money.Decimal
	kept   map[creditKey]*kept
}

func (a again) total(agent string) money.Decimal { return a.totals[agent] }

// rateAgain runs the rate stage of a month as it is known on a later day.
func (r *Run) rateAgain(was *month, ruled period.Day) again {
	credits := r.book.Of(was.month, crediting.AsOf{Opened: was.span.Last(), Ruled: ruled, Known: r.in.Project.Cut.MonthOf(ruled)})
	e, data := r.withCredits(was.month, credits.Credits, credits.Sales)
	e.Months[was.month] = data
	out := again{totals: map[string]money.Decimal{}}
	shadow := &month{run: r, month: was.month, span: was.span, credits: credits, kept: map[creditKey]*kept{}, byAgent: map[string]*sheet{}}
	for i := range r.in.People {
		p := &r.in.People[i]
		if was.byAgent[p.ID] == nil && !hasCredit(credits.Credits, p.ID) {
			continue
		}
		s := &sheet{month: shadow, person: p, subject: r.subject(e, p, was.month), shares: map[int]map[int]money.Ratio{}, earned: map[string]money.Decimal{}}
		s.rateOnly()
		for _, l := range s.lines {
			out.totals[p.ID] = out.totals[p.ID].Add(l.Amount)
		}
		shadow.sheets = append(shadow.sheets, s)
	}
	shadow.keepCredits()
	out.kept = shadow.kept
	return out
}

func hasCredit(cs []crediting.Credit, agent string) bool {
	for _, c := range cs {
		if c.Agent == agent && !c.Held {
			return true
		}
	}
	return false
}

// rateOnly runs the rules that rate credits, and nothing else.
func (s *sheet) rateOnly() {
	for _, rl := range s.month.run.in.Plan.Ordered {
		if rl.Stage == statement.Rate && s.stopped == nil {
			if o := rl.Kind.Pay(rl, s.subject); o.Problem == nil {
				s.take(rl, o)
			}
		}
	}
}

// withCredits returns an engine that differs in one month's credits.
func (r *Run) withCredits(m period.Month, credits []crediting.Credit, sales []crediting.Sale) (*kpi.Engine, *kpi.Data) {
	e := *r.engine
	e.Months = map[period.Month]*kpi.Data{}
	for k, v := range r.engine.Months {
		e.Months[k] = v
	}
	d := *r.engine.Months[m]
	d.Credits, d.Sales = credits, sales
	d.Index()
	e.Months[m] = &d
	return &e, &d
}

// sheetsBoth returns the sheets of everybody whom a re-rating may concern.
func (r *Run) sheetsBoth(m *month, a, b again) []*sheet {
	var out []*sheet
	for i := range r.in.People {
		id := r.in.People[i].ID
		if a.totals[id].Cmp(b.totals[id]) == 0 {
			continue
		}
		s := m.byAgent[id]
		if s == nil {
			s = m.open(&r.in.People[i])
		}
		out = append(out, s)
	}
	return out
}
