package payrun

import (
	"slices"
	"sort"

	"telepay/internal/crediting"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/kpi"
)

// holding is a part of what a rule earned that waits to be released.
type holding struct {
	release string       // the rule that holds it
	of      string       // the rule that earned it
	deal    string       // empty where it was earned on no deal
	month   period.Month // it was earned in
	money   period.Day   // of the payment behind it
	part    int          // of the release's parts
	amount  money.Decimal
}

// release holds back what the month earned and pays what has become due of it
// and of earlier months.
func (m *month) release(rl *rule.Rule) {
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		if ok, why := rl.Applies(s.subject); ok {
			m.holdBack(rl, s)
		} else if !slices.ContainsFunc(s.held, func(h holding) bool { return h.release == rl.Name }) {
			s.silent = append(s.silent, statement.Silent{Rule: rl.Name, PlanPath: rl.Path, Title: rl.Title, Steps: why})
		}
		m.payOut(rl, s)
	}
}

// holdBack cuts the month's earnings into parts and keeps those that are not due.
func (m *month) holdBack(rl *rule.Rule, s *sheet) {
	var steps []statement.Step
	var held money.Decimal
	for _, e := range m.earnedBy(rl, s) {
		shares := make([]money.Ratio, len(rl.Parts))
		for i, p := range rl.Parts {
			shares[i] = p.Share
		}
		for i, amount := range money.Split(e.amount, shares, m.run.in.Project.Places) {
			h := e
			h.part, h.amount = i, amount
			if amount.Sign() <= 0 || m.due(rl, s, h) {
				continue
			}
			s.held = append(s.held, h)
			held = held.Add(amount)
			steps = append(steps, statement.S("hold_part", statement.Word(nameOf(h)), fig(e.amount), statement.Figure(rl.Parts[i].Share, statement.Percent), fig(amount)))
		}
	}
	if held.IsZero() {
		return
	}
	m.post(rl, s, statement.Line{Title: lang.F("%s 暂存", "%s, held back", rl.Title), FactMonth: m.month, Amount: held.Neg(), Steps: steps})
}

func nameOf(h holding) lang.Text {
	if h.deal == "" {
		return lang.Same(h.of)
	}
	return lang.Same(h.deal)
}

// earnedBy lists what the rules of a release earned this month, by deal where
// they work on credits.
func (m *month) earnedBy(rl *rule.Rule, s *sheet) []holding {
	var out []holding
	last := map[string]period.Day{}
	for _, i := range m.data.CreditsOf(s.person.ID) {
		c := m.credits.Credits[i]
		last[c.Deal] = max(last[c.Deal], c.Date)
	}
	for i, l := range s.lines {
		if !slices.Contains(rl.OfRules, l.Rule) || l.Amount.Sign() <= 0 {
			continue
		}
		byDeal := map[string]money.Decimal{}
		for key, amount := range m.spread(s, i) {
			byDeal[key.Deal] = byDeal[key.Deal].Add(amount)
		}
		if len(byDeal) == 0 {
			out = append(out, holding{release: rl.Name, of: l.Rule, month: m.month, money: m.span.Last(), amount: l.Amount})
			continue
		}
		var deals []string
		for deal := range byDeal {
			deals = append(deals, deal)
		}
		sort.Strings(deals)
		for _, deal := range deals {
			day := last[deal]
			if day == 0 {
				day = m.span.Last()
			}
			out = append(out, holding{release: rl.Name, of: l.Rule, deal: deal, month: m.month, money: day, amount: byDeal[deal]})
		}
	}
	return out
}

// due tells whether a holding is to be paid this month.
func (m *month) due(rl *rule.Rule, s *sheet, h holding) bool {
	for _, d := range m.facts.Decisions {
		if d.What == "release" && m.span.Has(d.Date) && (d.Agent == "" || d.Agent == s.person.ID) && (d.Ref == h.deal && h.deal != "" || d.Ref == rl.Name) {
			m.released[d.At] = true
			return true
		}
	}
	w := rule.Waiting{Now: s.subject, Earned: s.subject, Money: h.money, Today: m.span.Last(), Milestones: m.milestones(s.person.ID, h.deal)}
	if h.month < m.month && m.run.months[h.month] != nil {
		w.Earned = m.run.subject(m.run.engine, s.person, h.month)
	}
	if h.deal != "" {
		w.Deal = m.dealEnv(h.deal)
	}
	return rl.Parts[h.part].Due(w, kpi.ToDate)
}

// milestones are the kinds of event of a deal, or of a person where there is none, by now.
func (m *month) milestones(agent, deal string) map[string]bool {
	out := map[string]bool{}
	for _, mi := range m.run.in.Months {
		for _, e := range mi.Facts.Events {
			if e.Date <= m.span.Last() && (deal != "" && e.Deal == deal || deal == "" && e.Agent == agent) {
				out[e.Kind] = true
			}
		}
	}
	return out
}

// dealEnv gives the fields of a deal, with what was collected on it by now.
func (m *month) dealEnv(id string) expr.Env {
	d, paid, ok := m.run.book.DealBy(id, m.month)
	if !ok {
		return nil
	}
	base := kpi.CreditEnv(crediting.Credit{Deal: d.ID, Product: d.Product, Source: d.Source, Channel: d.Channel, Value: d.Value, Fields: d.Fields, Row: &d}, "collected")
	return fields(base, map[string]expr.Value{"paid": expr.NumberOf(money.Of(paid)), "value": expr.NumberOf(money.Of(d.Value))})
}

// payOut releases what earlier months held and is due now, one line a month of
// origin; what has waited too long, or a leaver gives up, ends here and is said.
func (m *month) payOut(rl *rule.Rule, s *sheet) {
	var left []holding
	released := map[period.Month]statement.Line{}
	var months []period.Month
	for _, h := range s.held {
		switch {
		case h.release != rl.Name || h.month == m.month:
			left = append(left, h)
		case m.due(rl, s, h):
			l, seen := released[h.month]
			if !seen {
				months = append(months, h.month)
			}
			l.Amount = l.Amount.Add(h.amount)
			l.Steps = append(l.Steps, statement.S("release_part", statement.Word(nameOf(h)), fig(h.amount)))
			released[h.month] = l
		case rl.Lasts > 0 && m.month >= h.month.Add(rl.Lasts), rl.Leaver == "forfeit" && m.hasLeft(s):
			m.endHolding(rl, s, h)
		default:
			left = append(left, h)
		}
	}
	s.held = left
	slices.Sort(months)
	for _, at := range months {
		l := released[at]
		l.Title, l.FactMonth = lang.F("%s 发放 (%s)", "%s, released (%s)", rl.Title, at.String()), at
		m.post(rl, s, l)
	}
}

func (m *month) hasLeft(s *sheet) bool {
	return s.person.Leave != period.NoDay && s.person.Leave <= m.span.Last()
}

func (m *month) endHolding(rl *rule.Rule, s *sheet, h holding) {
	s.lines = append(s.lines, statement.Line{Stage: statement.Held, Rule: rl.Name, Kind: statement.Info, Title: lang.F("%s 不再发放 (%s)", "%s, no longer due (%s)", rl.Title, h.month.String()), PlanPath: rl.Path,
		FactMonth: h.month, PayMonth: m.month.Add(1), Nominal: h.amount, Steps: []statement.Step{statement.S("release_part", statement.Word(nameOf(h)), fig(h.amount))}})
	if rl.Leaver == "forfeit" && m.hasLeft(s) {
		m.problems = append(m.problems, diag.Problem{Code: "forfeited", Reach: diag.Note, Pos: diag.Pos{File: "plan.yaml"}, Found: lang.F("%s %s 离职, %s 的 %s 不再发放", "%s %s has left: %[4]s of %[3]s is no longer paid", s.person.ID, lang.Same(s.person.Name), rl.Title, lang.Same(h.amount.Fixed(2))),
			Want: lang.T("已赚取的提成离职后照发: 法院多判不得没收", "earned commission paid after leaving: courts mostly void a forfeiture"), Mend: lang.T("把 leaver 改成 keep", "write leaver: keep")})
	}
}

// post puts a line of a release on the sheet.
func (m *month) post(rl *rule.Rule, s *sheet, l statement.Line) {
	l.Stage, l.Rule, l.Kind, l.Clause, l.PlanPath = statement.Held, rl.Name, statement.Earning, rl.Clause, rl.Path
	l.PayMonth, l.Nominal = m.month.Add(rl.Pay.Months), l.Amount
	s.lines = append(s.lines, l)
	s.earned[rl.Name] = s.earned[rl.Name].Add(l.Amount)
}

// sayHeld prints what waits after this month and its refunds, in no sum.
func (m *month) sayHeld() {
	for _, rl := range m.run.in.Plan.Ordered {
		for _, s := range m.sheets {
			if rl.Kind.Name == "release" && s.stopped == nil {
				s.sayHeld(rl)
			}
		}
	}
}

func (s *sheet) sayHeld(rl *rule.Rule) {
	var sum money.Decimal
	var steps []statement.Step
	for _, h := range s.held {
		if h.release == rl.Name {
			sum = sum.Add(h.amount)
			steps = append(steps, statement.S("held_part", statement.Word(lang.Same(h.month.String())), statement.Word(nameOf(h)), fig(h.amount)))
		}
	}
	if !sum.IsZero() {
		s.lines = append(s.lines, statement.Line{Stage: statement.Held, Rule: rl.Name, Kind: statement.HeldBack, Title: lang.F("%s 余额", "%s, balance held", rl.Title), PlanPath: rl.Path,
			FactMonth: s.month.month, PayMonth: s.month.month.Add(1), Nominal: sum, Steps: steps})
	}
}

// takeHeld lets a refund take what is held of a deal's money first, last parts
// first; it returns what it took.
func (s *sheet) takeHeld(deal string, of period.Month, most money.Decimal) money.Decimal {
	var took money.Decimal
	for i := len(s.held) - 1; i >= 0 && took.Cmp(most) < 0; i-- {
		h := &s.held[i]
		if h.deal != deal || h.month != of {
			continue
		}
		x := money.Min(h.amount, most.Sub(took))
		h.amount, took = h.amount.Sub(x), took.Add(x)
	}
	s.held = slices.DeleteFunc(s.held, func(h holding) bool { return h.amount.IsZero() })
	return took
}

// openingHolding is what months before the first one held back.
func (r *Run) openingHolding(o record.Opening) (holding, bool) {
	for _, rl := range r.in.Plan.Rules {
		if rl.Kind.Name != "release" {
			continue
		}
		h := holding{release: rl.Name, month: o.Month, money: r.in.Project.Cut.Span(o.Month).Last(), part: len(rl.Parts) - 1, amount: o.Amount}
		if o.Ref != rl.Name {
			h.deal = o.Ref
		}
		return h, true
	}
	return holding{}, false
}
