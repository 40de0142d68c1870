package payrun

import (
	"cmp"
	"maps"
	"slices"

	"telepay/internal/crediting"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/kpi"
	"telepay/penalties"
)

// kept is what a month earned on a credit: how much was credited, and what each
// earner (the owner, his leader by an override) was paid on it.
type kept struct {
	credited money.Decimal
	earned   map[earner]money.Decimal
}

// earner is whom a rule paid on a credit.
type earner struct{ agent, rule string }

// keepCredits spreads every line that works on credits over them, so that a later
// refund can take back exactly its part. What a rule to date pays on credits of
// earlier months of its span is kept with them.
func (m *month) keepCredits() {
	for _, c := range m.credits.Credits {
		if !c.Held {
			k := m.keep(rule.Credit{Owner: c.Agent, Deal: c.Deal, Month: m.month})
			k.credited = k.credited.Add(c.Amount)
		}
	}
	for _, s := range m.sheets {
		for line := range s.shares {
			for credit, amount := range m.spread(s, line) {
				k := m.keep(credit)
				by := earner{s.person.ID, s.lines[line].Rule}
				k.earned[by] = k.earned[by].Add(amount)
			}
		}
	}
}

func (m *month) keep(c rule.Credit) *kept {
	if m.kept[c] == nil {
		m.kept[c] = &kept{earned: map[earner]money.Decimal{}}
	}
	return m.kept[c]
}

// earnedOn is what a credit had earned each earner before this month.
func (m *month) earnedOn(c rule.Credit) map[earner]money.Decimal {
	out := map[earner]money.Decimal{}
	for at := c.Month; at < m.month; at++ {
		if was := m.run.months[at]; was != nil && was.kept[c] != nil {
			for by, amount := range was.kept[c].earned {
				out[by] = out[by].Add(amount)
			}
		}
	}
	return out
}

// spread allocates a line's amount over the credits behind it, by largest
// remainder. Over several months, what was due to date is allocated, less what the
// credits earned before.
func (m *month) spread(s *sheet, line int) map[rule.Credit]money.Decimal {
	shares, amount := s.shares[line], s.lines[line].Amount
	credits := slices.SortedFunc(maps.Keys(shares), func(a, b rule.Credit) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Owner, b.Owner))
	})
	weights, before := make([]money.Ratio, len(credits)), make([]money.Decimal, len(credits))
	by := earner{s.person.ID, s.lines[line].Rule}
	for i, c := range credits {
		weights[i] = money.MaxRatio(shares[c], money.Ratio{})
		if c.Month < m.month {
			before[i] = m.earnedOn(c)[by]
			amount = amount.Add(before[i])
		}
	}
	out := map[rule.Credit]money.Decimal{}
	for i, v := range money.Split(amount, weights, m.run.in.Project.Places) {
		out[credits[i]] = v.Sub(before[i])
	}
	return out
}

// takeBack is what one person earned on a deal in an earlier month, over all the
// owners of it that he earned by, and what of their credit was refunded.
type takeBack struct {
	crediting.Reversal
	earned   money.Decimal
	credited money.Decimal
}

// postReversals takes back what earlier months earned on money that went back in
// this one. It nets freely against this month's commission; what is left of it
// goes to the guard as recovery (semantics 26, 46).
func (m *month) postReversals() {
	type key struct {
		earner, deal string
		month        period.Month
	}
	found := map[key]*takeBack{}
	var order []key
	for _, rev := range m.credits.Reversals {
		earned, credited := m.reversed(rev)
		for _, earner := range slices.Sorted(maps.Keys(earned)) {
			k := key{earner, rev.Deal, rev.Month}
			x := found[k]
			if x == nil {
				x = &takeBack{Reversal: crediting.Reversal{Deal: rev.Deal, Month: rev.Month}}
				found[k], order = x, append(order, k)
			}
			x.earned, x.credited = x.earned.Add(earned[earner]), x.credited.Add(credited)
			x.Before, x.After = x.Before.Add(rev.Before), x.After.Add(rev.After)
			for _, at := range rev.At {
				if !slices.Contains(x.At, at) {
					x.At = append(x.At, at)
				}
			}
		}
	}
	for _, k := range order {
		m.reverse(found[k].Reversal, k.earner, found[k].earned, found[k].credited)
	}
}

// reversed is what everybody earned on the credit of a reversal, and the credit.
func (m *month) reversed(rev crediting.Reversal) (earned map[string]money.Decimal, credited money.Decimal) {
	if rev.Opening != nil {
		return map[string]money.Decimal{rev.Agent: rev.Opening.Amount}, rev.Opening.Credited
	}
	credit := rule.Credit{Owner: rev.Agent, Deal: rev.Deal, Month: rev.Month}
	was := m.run.months[rev.Month]
	if was == nil || was.kept[credit] == nil {
		return nil, money.Zero
	}
	earned = map[string]money.Decimal{}
	for by, amount := range m.earnedOn(credit) {
		if !m.netsToDate(by.rule, rev.Month) {
			earned[by.agent] = earned[by.agent].Add(amount)
		}
	}
	return earned, was.kept[credit].credited
}

// prize is what deals won one person in a month, by a bonus. It stays as long as
// one of them stands.
type prize struct {
	agent  string
	rule   string
	deals  []string
	amount money.Decimal
}

// keepPrizes remembers what a line paid on which deal, by largest remainder, or
// on which deals at once.
func (m *month) keepPrizes(agent string, e rule.Earned) {
	if e.Line.Amount.Sign() <= 0 {
		return
	}
	if len(e.AnyOf) > 0 {
		m.prizes = append(m.prizes, prize{agent, e.Line.Rule, e.AnyOf, e.Line.Amount})
		return
	}
	deals := slices.Sorted(maps.Keys(e.Deals))
	if len(deals) == 0 {
		return
	}
	weights := make([]money.Ratio, len(deals))
	for i, deal := range deals {
		weights[i] = money.MaxRatio(e.Deals[deal], money.Ratio{})
	}
	for i, v := range money.Split(e.Line.Amount, weights, m.run.in.Project.Places) {
		m.prizes = append(m.prizes, prize{agent, e.Line.Rule, deals[i : i+1], v})
	}
}

// gone tells whether none of a prize's deals counts any more by the end of a month.
func (r *Run) gone(p prize, m period.Month) bool {
	return !slices.ContainsFunc(p.deals, func(deal string) bool { return !r.book.Gone(deal, m) })
}

// reversePrizes takes back what was won with deals that stopped counting this
// month (semantics 31).
func (m *month) reversePrizes() {
	for at := m.run.in.Project.First; at < m.month; at++ {
		was := m.run.months[at]
		if was == nil {
			continue
		}
		for _, p := range was.prizes {
			if !m.run.gone(p, m.month) || m.run.gone(p, m.month-1) || p.amount.IsZero() {
				continue
			}
			last := slices.IndexFunc(p.deals, func(deal string) bool { return !m.run.book.Gone(deal, m.month-1) })
			one := money.Int(1)
			m.reverse(crediting.Reversal{Agent: p.agent, Deal: p.deals[last], Month: at, After: one, At: m.run.book.Ended(p.deals[last], m.month)}, p.agent, p.amount, one)
		}
	}
}

// returned is what of a rule's prizes of a month no longer stands by the end of
// another: a prize that is paid once may then be won again.
func (r *Run) returned(agent, rule string, at, by period.Month) (sum money.Decimal) {
	for _, p := range r.months[at].prizes {
		if p.agent == agent && p.rule == rule && r.gone(p, by) {
			sum = sum.Add(p.amount)
		}
	}
	return sum
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
