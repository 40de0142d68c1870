package payrun

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"telepay/internal/crediting"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// postRulings posts what a ruling of this month changes in an earlier one: the
// month is rated again as it is now known, and the difference is one dated line.
func (m *month) postRulings() {
	for at := m.run.in.Project.First; at < m.month; at++ {
		was := m.run.months[at]
		if was == nil {
			continue
		}
		deals := m.run.ruledSince(was, m)
		if len(deals) == 0 {
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
				FactMonth: at, PayMonth: m.month.Add(1), Nominal: diff, Amount: diff, Evidence: m.reopening(deals),
				Steps: append(slices.Clone(now.steps[s.person.ID]), statement.S("ruled", statement.Word(lang.Same(at.String())), statement.Word(lang.Same(strings.Join(deals, ", "))), fig(now.total(s.person.ID)), fig(before.total(s.person.ID)), fig(diff))),
			})
		}
		was.kept = now.kept
	}
}

// ruledSince lists the deals with credits in an earlier month whose owners, or
// whose being held, changed by what was ruled in month m.
func (r *Run) ruledSince(was, m *month) []string {
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
	return deals
}

// reopening are the rows of a month that change what deals were credited with
// before: rulings, and money and deals that came late or went back.
func (m *month) reopening(deals []string) (at []record.Source) {
	disputes := map[string]bool{}
	for _, d := range m.run.book.Disputes() {
		about := func(deal string) bool { return m.run.book.Claims(d, deal) }
		if m.span.Has(d.Ruled) && slices.ContainsFunc(deals, about) {
			disputes[d.ID] = true
			at = append(at, d.At)
		}
	}
	for _, d := range m.facts.Decisions {
		if (disputes[d.Ref] || slices.Contains(deals, d.Ref)) && !slices.Contains(at, d.At) {
			at = append(at, d.At)
		}
	}
	for _, d := range m.facts.Deals {
		if slices.Contains(deals, d.ID) {
			at = append(at, d.At)
		}
	}
	for _, p := range m.facts.Payments {
		if slices.Contains(deals, p.Deal) {
			at = append(at, p.At)
		}
	}
	return at
}

// again is a month rated once more, with other rulings known.
type again struct {
	totals map[string]money.Decimal
	steps  map[string][]statement.Step // how each total is made
	kept   map[rule.Credit]*kept
}

func (a again) total(agent string) money.Decimal { return a.totals[agent] }

// rateAgain runs the rate stage of a month as it is known on a later day.
func (r *Run) rateAgain(was *month, ruled period.Day) again {
	credits := r.book.Of(was.month, crediting.AsOf{Opened: was.span.Last(), Ruled: ruled, Known: r.in.Project.Cut.MonthOf(ruled)})
	e, data := r.withCredits(was.month, credits.Credits, credits.Sales)
	e.Months[was.month] = data
	out := again{totals: map[string]money.Decimal{}, steps: map[string][]statement.Step{}}
	shadow := &month{run: r, month: was.month, span: was.span, credits: credits, kept: map[rule.Credit]*kept{}, byAgent: map[string]*sheet{}}
	for i := range r.in.People {
		p := &r.in.People[i]
		if was.byAgent[p.ID] == nil && !hasCredit(credits.Credits, p.ID) {
			continue
		}
		s := &sheet{month: shadow, person: p, subject: r.subject(e, p, was.month), shares: map[int]map[rule.Credit]money.Ratio{}, earned: map[string]money.Decimal{}}
		s.rateOnly()
		for _, l := range s.lines {
			out.totals[p.ID] = out.totals[p.ID].Add(l.Amount)
			out.steps[p.ID] = append(out.steps[p.ID], l.Steps...)
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
