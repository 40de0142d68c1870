package simulate

import (
	"sort"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Paid is what somebody was paid by another reckoning, with its components where
// they are known.
type Paid struct {
	Amount money.Decimal
	Parts  []Part
}

// Part is a component as the other reckoning calls it.
type Part struct {
	Title  string
	Amount money.Decimal
}

// Gap is the difference of one person, and the cause that accounts for all of it.
type Gap struct {
	ID, Name    string
	Mine, Yours money.Decimal
	Why         lang.Text
}

// Difference is theirs less ours.
func (g Gap) Difference() money.Decimal { return g.Yours.Sub(g.Mine) }

// Against holds a run against what was paid, largest difference first. net says
// that the others' amounts are after insurance and tax. facts are the month's
// rows, to find those that did not count.
func Against(run statement.Run, facts *record.Facts, paid map[string]Paid, net bool) []Gap {
	var all []Gap
	seen := map[string]bool{}
	for _, st := range run.Statements {
		seen[st.Person.ID] = true
		g := Gap{ID: st.Person.ID, Name: st.Person.Name, Mine: owed(st, net)}
		theirs, there := paid[st.Person.ID]
		g.Yours = theirs.Amount
		switch {
		case !there:
			g.Why = lang.T("对方表里没有此人", "the other table does not have this person")
		case !g.Difference().IsZero():
			g.Why = newSearch(run, st, facts, theirs).explain(g.Difference(), g.Yours)
		}
		all = append(all, g)
	}
	for id, theirs := range paid {
		if !seen[id] {
			all = append(all, Gap{ID: id, Yours: theirs.Amount, Why: absent(run, id)})
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if c := all[i].Difference().Abs().Cmp(all[j].Difference().Abs()); c != 0 {
			return c > 0
		}
		return all[i].ID < all[j].ID
	})
	return all
}

func owed(st statement.Statement, net bool) money.Decimal {
	if net && st.Totals.Net != nil {
		return *st.Totals.Net
	}
	return st.Totals.Payable
}

func absent(run statement.Run, id string) lang.Text {
	for _, s := range run.Stopped {
		if s.Agent == id {
			return lang.F("telepay 没有出他的工资单：%s", "telepay made no statement: %s", s.Code)
		}
	}
	return lang.T("本月没有工资单（不在花名册或不在职）", "no statement this month: not on the roster, or not employed")
}

// cause is something that would move the others' pay by an amount.
type cause struct {
	moves money.Decimal
	says  lang.Text
}

// search looks for the cause, or the two causes, that make up a difference to the cent.
type search struct {
	st     statement.Statement
	theirs Paid
	causes []cause
	plain  []cause         // that only say where the difference is
	told   map[string]bool // rules that the other table has a column for
}

func newSearch(run statement.Run, st statement.Statement, facts *record.Facts, theirs Paid) *search {
	s := &search{st: st, theirs: theirs, told: map[string]bool{}}
	rules := s.rules(run)
	s.parts(rules)
	s.withoutRule(rules)
	s.credits()
	s.held()
	s.uncounted(facts)
	return s
}

// ruleSum is what a rule comes to on the statement.
type ruleSum struct {
	name  string
	title lang.Text
	sum   money.Decimal
}

func (s *search) rules(run statement.Run) []*ruleSum {
	at := map[string]*ruleSum{}
	var all []*ruleSum
	for _, c := range run.Rules {
		at[c.Rule] = &ruleSum{name: c.Rule, title: c.Title}
		all = append(all, at[c.Rule])
	}
	for _, l := range s.st.Lines {
		if at[l.Rule] == nil {
			at[l.Rule] = &ruleSum{name: l.Rule, title: l.Title}
			all = append(all, at[l.Rule])
		}
		at[l.Rule].sum = at[l.Rule].sum.Add(l.Amount)
	}
	return all
}

// parts compares the others' components with the rules of the same name; a
// component without a rule is a cause of its own.
func (s *search) parts(rules []*ruleSum) {
	for _, p := range s.theirs.Parts {
		r := named(p, rules)
		if r == nil {
			says := lang.F("对方有“%s” %s，方案里没有这条规则", "they have %q %s, for which the plan has no rule", p.Title, statement.WriteMoney(p.Amount))
			s.causes = append(s.causes, cause{p.Amount, says}, cause{p.Amount.Neg(), says})
			continue
		}
		s.told[r.name] = true
		theirs := p.Amount
		if r.sum.Sign() < 0 && theirs.Sign() > 0 { // deductions are often written without their sign
			theirs = theirs.Neg()
		}
		if off := theirs.Sub(r.sum); !off.IsZero() {
			if rate := s.otherRate(r.title, off); !rate.IsEmpty() {
				s.causes = append(s.causes, cause{off, rate})
			}
			s.plain = append(s.plain, cause{off, lang.F("“%s”：对方 %s，telepay %s", "%q: theirs %s, telepay %s", r.title, statement.WriteMoney(theirs), statement.WriteMoney(r.sum))})
		}
	}
}

// named finds the rule that a component is called after; of several whose names
// hold or are held by its own, the one with the nearest sum.
func named(p Part, rules []*ruleSum) *ruleSum {
	key := fold(p.Title)
	var found *ruleSum
	for _, r := range rules {
		for _, t := range []string{r.title.ZH, r.title.EN} {
			switch t = fold(t); {
			case t == key:
				return r
			case t != "" && key != "" && (strings.Contains(t, key) || strings.Contains(key, t)):
				if found == nil || p.Amount.Sub(r.sum).Abs().Cmp(p.Amount.Sub(found.sum).Abs()) < 0 {
					found = r
				}
			}
		}
	}
	return found
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// withoutRule: the others may not have one of the rules at all.
func (s *search) withoutRule(rules []*ruleSum) {
	for _, r := range rules {
		if !r.sum.IsZero() && !s.told[r.name] {
			s.causes = append(s.causes, cause{r.sum.Neg(), lang.F("telepay 有“%s” %s，对方没有", "telepay has %q %s, and they have not", r.title, statement.WriteMoney(r.sum))})
		}
	}
}

// credits: a row that counts here may not count there.
func (s *search) credits() {
	for _, c := range s.st.Credits {
		if c.Commission != nil && !c.Commission.IsZero() {
			s.causes = append(s.causes, cause{c.Commission.Neg(), lang.F("对方没有算单 %s 的提成 %s（%s）", "they do not pay %[2]s on deal %[1]s (%[3]s)", c.Deal, statement.WriteMoney(*c.Commission), c.Source)})
		}
		for _, rate := range s.rates() {
			v := money.Of(c.Credited).Mul(rate).Round(2, money.HalfUp)
			s.causes = append(s.causes, cause{v.Neg(), lang.F("对方没有算回款 %s 的 %s（%s）", "they do not count %[2]s of payment %[1]s (%[3]s)", c.Payment, statement.WriteMoney(c.Credited), c.Source)})
		}
	}
}

// held: what waits for a ruling here may be paid there.
func (s *search) held() {
	for _, h := range s.st.Held {
		if !h.UpTo.IsZero() {
			s.causes = append(s.causes, cause{h.UpTo, lang.F("对方算了待裁的单 %s，telepay 先不计 %s", "they pay deal %s, which is in dispute; telepay holds %s", h.Deal, statement.WriteMoney(h.UpTo))})
		}
	}
}

// uncounted: a row that does not count here may count there.
func (s *search) uncounted(facts *record.Facts) {
	counted := map[record.Source]bool{}
	for _, c := range s.st.Credits {
		counted[c.Source] = true
	}
	seller := map[string]string{}
	for _, d := range facts.Deals {
		seller[d.ID] = d.Agent
	}
	for _, p := range facts.Payments {
		if seller[p.Deal] != s.st.Person.ID || counted[p.At] {
			continue
		}
		for _, rate := range s.rates() {
			v := money.Of(p.Amount).Mul(rate).Round(2, money.HalfUp)
			s.causes = append(s.causes, cause{v, lang.F("对方算了 telepay 未计的回款 %s（%s，%s）", "they count payment %s (%s, %s), which telepay does not", p.ID, statement.WriteMoney(p.Amount), p.At)})
		}
	}
}

// rates are the plain rates on this statement.
func (s *search) rates() (all []money.Ratio) {
	for _, l := range s.st.Lines {
		if l.Rate != nil && l.Kind == statement.Earning && l.Rate.Sign() > 0 && l.Rate.Cmp(money.One) < 0 {
			all = append(all, *l.Rate)
		}
	}
	return all
}

// explain says in one sentence what makes up a difference.
func (s *search) explain(off, yours money.Decimal) lang.Text {
	if says, ok := single(s.causes, off); ok {
		return says
	}
	if rate := s.otherRate(lang.Text{}, off); !rate.IsEmpty() {
		return rate
	}
	if t := s.rounded(off, yours); !t.IsEmpty() {
		return t
	}
	if says, ok := single(s.plain, off); ok {
		return says
	}
	if a, b, ok := pair(append(s.causes, s.plain...), off); ok {
		return lang.F("%s；%s", "%s; and %s", a.says, b.says)
	}
	return s.largest()
}

func single(causes []cause, off money.Decimal) (lang.Text, bool) {
	for _, c := range causes {
		if c.moves.Equal(off) {
			return c.says, true
		}
	}
	return lang.Text{}, false
}

// pair finds two different causes that make up a difference together.
func pair(causes []cause, off money.Decimal) (a, b cause, ok bool) {
	at := map[string]int{}
	for i, c := range causes {
		if j, there := at[off.Sub(c.moves).String()]; there && causes[j].says != c.says {
			return causes[j], c, true
		}
		if _, there := at[c.moves.String()]; !there {
			at[c.moves.String()] = i
		}
	}
	return a, b, false
}

// largest is what is said where no cause makes up the difference.
func (s *search) largest() lang.Text {
	var best statement.Line
	for _, x := range s.st.Lines {
		if x.Amount.Abs().Cmp(best.Amount.Abs()) > 0 {
			best = x
		}
	}
	if best.Title.IsEmpty() {
		return lang.T("telepay 没有任何一项", "telepay has no line at all")
	}
	return lang.F("没有单独一项对得上；最大的一项是“%s” %s，逐项看 telepay explain %s %s", "no single item accounts for it; the largest line is %q %s; see each with telepay explain %s %s",
		best.Title, statement.WriteMoney(best.Amount), s.st.Month.String(), s.st.Person.ID)
}
