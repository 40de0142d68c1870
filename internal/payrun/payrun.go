// Package payrun computes months: facts and a plan come in, statements and the
// balances that go on to the next month come out. It is pure: no file, no clock.
// The order of calculation stands in one place, the function compute.
package payrun

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"telepay/internal/crediting"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/plan"
	"telepay/internal/project"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/statutory"
	"telepay/kpi"
	"telepay/penalties"
)

// Input is all that a run looks at.
type Input struct {
	Project *project.Project
	Plan    *plan.Plan
	Law     *law.Law
	People  []record.Person
	Opening []record.Opening
	Months  []MonthInput // from the project's first month to the one to be computed
	Version string
	Digest  string     // of every input and the plan: it names the run
	Given   *kpi.Given // figures of a worked example, in the place of counted ones; nil for a real month
}

// MonthInput is one month's facts, with the table of its calls.
type MonthInput struct {
	Facts *record.Facts
	Table *query.Table // nil where there is no calls export
}

// Run is a computed month and the months before it.
type Run struct {
	in     Input
	book   *crediting.Book
	engine *kpi.Engine
	months map[period.Month]*month
	last   *month
}

// month is one month while, and after, it is computed.
type month struct {
	run      *Run
	month    period.Month
	span     period.Span
	facts    *record.Facts
	credits  crediting.Month
	data     *kpi.Data
	sheets   []*sheet
	byAgent  map[string]*sheet
	kept     map[rule.Credit]*kept
	prizes   []prize
	problems []diag.Problem
	gaps     []personGap
	rulings  map[string]ruling
	released map[record.Source]bool // decisions that let something go
	carry    map[string]*balance    // what goes on to the next month
}

// balance is what a person takes into the next month.
type balance struct {
	debts    []penalties.Debt
	negative money.Decimal // pay below 0 that was brought to 0, ≤ 0
	since    period.Month
	tax      statutory.State
	fen      money.Decimal // what rounding to yuan left, either sign
	advanced money.Decimal // what the company paid for the person, ≥ 0
	held     []holding
	draws    map[string]money.Decimal
}

// Compute computes every month of the input in turn; each hands its balances on.
func Compute(in Input) *Run {
	r := &Run{in: in, months: map[period.Month]*month{}}
	r.book = newBook(in)
	r.engine = r.newEngine()
	carried := r.openingBalances()
	for _, mi := range in.Months {
		m := r.newMonth(mi, map[string]bool{})
		m.compute(carried)
		for m.lost() { // once more without them: whoever has no statement takes no place or prize
			m = r.newMonth(mi, m.without())
			m.compute(carried)
		}
		carried = m.carry
		r.months[m.month], r.last = m, m
	}
	return r
}

func newBook(in Input) *crediting.Book {
	var facts []*record.Facts
	var contacts []record.Contact
	for _, m := range in.Months {
		facts = append(facts, m.Facts)
	}
	for _, m := range in.Months {
		found, _ := in.Plan.KPIs.Contacts(m.Table, facts...)
		contacts = append(contacts, found...)
	}
	return crediting.NewBook(crediting.Input{Settings: in.Plan.Crediting, Cut: in.Project.Cut, First: in.Project.First,
		People: in.People, Facts: facts, Opening: in.Opening, Contacts: contacts, Places: in.Project.Places})
}

// compute is the order of calculation (semantics 37).
func (m *month) compute(carried map[string]*balance) {
	m.gather()
	m.bringIn(carried)
	for stage := statement.Rate; stage <= statement.Rounding; stage++ {
		switch stage {
		case statement.Component:
			m.oneOffs()
		case statement.Held:
			m.postRulings()
		case statement.Reversals:
			m.postReversals()
			m.reversePrizes()
		case statement.Guard:
			m.insure()
			m.guard(carried)
		case statement.MinimumWage:
			m.topUp()
		case statement.Carry:
			m.carryOn(carried)
		case statement.Statutory:
			m.withhold(carried)
		case statement.Rounding:
			m.settleNet(carried)
		}
		for _, rl := range m.run.in.Plan.Ordered {
			switch {
			case rl.Stage != stage:
			case rl.Kind.Name == "release":
				m.release(rl)
			case rl.Kind.Together != nil:
				m.together(rl)
			default:
				m.pay(rl)
			}
		}
		switch stage {
		case statement.BasePay:
			m.sickPay()
		case statement.Reversals:
			m.sayHeld()
		case statement.Guarantee:
			m.settleDraws()
		}
	}
	m.keepCredits()
	m.keepBalances(carried)
}

func (r *Run) newEngine() *kpi.Engine {
	e := &kpi.Engine{Set: r.in.Plan.KPIs, Plan: r.in.Plan.Measures, Months: map[period.Month]*kpi.Data{}, People: r.in.People, Cut: r.in.Project.Cut, Given: r.in.Given}
	e.Base = r.contractBase
	e.Earned = func(m period.Month, agent, name string) (money.Decimal, bool) {
		if x := r.monthOf(m); x != nil && x.byAgent[agent] != nil {
			v, ok := x.byAgent[agent].earned[name]
			return v, ok
		}
		return money.Zero, false
	}
	e.Wage = func(m period.Month, agent string) money.Ratio {
		if x := r.monthOf(m); x != nil && x.byAgent[agent] != nil {
			return money.Of(x.byAgent[agent].wage())
		}
		return money.Ratio{}
	}
	e.Opening = func(agent, name string, from, before period.Month) (money.Ratio, bool) {
		var sum money.Decimal
		known := false
		for _, o := range r.in.Opening {
			if o.What == "to_date" && o.Agent == agent && o.Ref == name && o.Month >= from && o.Month < before {
				sum, known = sum.Add(o.Amount), true
			}
		}
		return money.Of(sum), known
	}
	return e.Start()
}

// monthOf returns a computed month, or the one that is being computed.
func (r *Run) monthOf(m period.Month) *month {
	if r.last != nil && r.last.month == m {
		return r.last
	}
	return r.months[m]
}

func (r *Run) newMonth(mi MonthInput, out map[string]bool) *month {
	m := &month{run: r, month: mi.Facts.Month, span: r.in.Project.Cut.Span(mi.Facts.Month), facts: mi.Facts,
		byAgent: map[string]*sheet{}, kept: map[rule.Credit]*kept{}, carry: map[string]*balance{}, rulings: map[string]ruling{}, released: map[record.Source]bool{}}
	m.data = &kpi.Data{Month: m.month, Span: m.span, Table: mi.Table, Events: eventsIn(mi.Facts, m.span), Targets: mi.Facts.Targets, Out: out, Lists: r.lists(mi.Facts)}
	r.engine.Months[m.month] = m.data
	r.last = m
	return m
}

func eventsIn(f *record.Facts, s period.Span) []record.Event {
	var out []record.Event
	for _, e := range f.Events {
		if s.Has(e.Date) {
			out = append(out, e)
		}
	}
	return out
}

// lost tells whether somebody's month stopped who was still counted among those
// who are there.
func (m *month) lost() bool {
	for _, s := range m.sheets {
		if s.stopped != nil && !m.data.Out[s.person.ID] {
			return true
		}
	}
	return false
}

// without returns everybody who has no statement.
func (m *month) without() map[string]bool {
	out := map[string]bool{}
	for _, s := range m.sheets {
		if s.stopped != nil {
			out[s.person.ID] = true
		}
	}
	return out
}

// asOf is what was known at the end of the month: a later ruling is posted in
// the month it is made in.
func (m *month) asOf() crediting.AsOf {
	return crediting.AsOf{Opened: m.span.Last(), Ruled: m.span.Last(), Known: m.month}
}

// gather credits the month's money, reads attendance and opens a sheet for
// everybody who works here or is owed or owes something.
func (m *month) gather() {
	m.problems = append(append(m.problems, exportsThere(m.run.in, m.facts)...), m.contactsTold()...)
	m.problems = append(m.problems, m.eventsUnseen()...)
	m.credits = m.run.book.Of(m.month, m.asOf())
	m.problems = append(m.problems, m.credits.Problems...)
	m.data.Credits, m.data.Sales, m.data.Nettings = m.credits.Credits, m.credits.Sales, m.nettings()
	m.data.Lists.Receivables = m.run.book.Overdue(m.month)
	m.attendance()
	m.data.Index()
	m.problems = append(m.problems, m.checkTargets()...)
	concerned := map[string]bool{}
	for _, c := range m.credits.Credits {
		concerned[c.Agent] = true
	}
	for _, rev := range m.credits.Reversals {
		concerned[rev.Agent] = true
	}
	for i := range m.run.in.People {
		p := &m.run.in.People[i]
		if m.run.engine.Station(p, m.month).Employment == "partner" { // counted and ranked, not paid
			continue
		}
		if p.Employed(m.span).Days() > 0 || concerned[p.ID] {
			m.open(p)
		}
	}
	sort.Slice(m.sheets, func(i, j int) bool {
		a, b := m.sheets[i], m.sheets[j]
		if a.station.Team != b.station.Team {
			return a.station.Team < b.station.Team
		}
		return a.person.ID < b.person.ID
	})
}

// contactsTold stops the run where registrations are renewed by calls, and the
// calls cannot tell which of them were contacts with a lead.
func (m *month) contactsTold() []diag.Problem {
	if _, told := m.run.in.Plan.KPIs.Contacts(m.data.Table, m.facts); told || m.data.Table == nil {
		return nil
	}
	return []diag.Problem{{Code: "missing-column", Reach: diag.Stop, Pos: diag.Pos{File: m.month.String()},
		Found: lang.F("通话表里看不出哪些通话使报备续期 (crediting.registration.renewed_by: %s)", "calls that cannot tell which of them renew a registration (crediting.registration.renewed_by: %s)", m.run.in.Plan.Crediting.RenewedBy),
		Want:  lang.T("phone、lead 或 customer 一栏, 和条件里的各栏", "a column phone, lead or customer, and those of the condition"),
		Mend:  lang.T("在导出里加上这些栏, 或改 renewed_by", "export those columns too, or change renewed_by")}}
}

// eventsUnseen notes rules that count a kind of event of the company's own which no
// export up to now has: a word misspelt looks just so.
func (m *month) eventsUnseen() (notes []diag.Problem) {
	seen := map[string]bool{}
	for _, mi := range m.run.in.Months {
		for _, e := range mi.Facts.Events {
			seen[e.Kind] = true
		}
	}
	for _, x := range m.run.in.Plan.Rules {
		if x.Each == "" || seen[x.Each] || slices.Contains(plan.Eaches(), x.Each) {
			continue
		}
		notes = append(notes, diag.Problem{Code: "event-unseen", Reach: diag.Note, Pos: diag.Pos{File: "plan.yaml"}, Found: lang.F("%s 的 each: %s, 而事件里从来没有这一种", "%s with each: %s, of which the events have none", x.Path, x.Each),
			Want: lang.F("事件表 kind 一栏里的词 (现有: %s)", "a word of the column kind of events (there are: %s)", strings.Join(slices.Sorted(maps.Keys(seen)), ", ")), Mend: lang.T("核对两边的写法", "compare how both spell it")})
	}
	return notes
}

// pay computes one rule for everybody.
func (m *month) pay(rl *rule.Rule) {
	for _, s := range m.sheets {
		if s.stopped == nil {
			s.take(rl, rl.Kind.Pay(rl, s.subject))
		}
	}
}

// together computes a rule for the people of each team, or of whatever the rule
// is per, at once.
func (m *month) together(rl *rule.Rule) {
	groups := map[string][]*sheet{}
	var names []string
	for _, s := range m.sheets {
		if s.stopped != nil {
			continue
		}
		name := map[string]string{"": s.station.Team, "team": s.station.Team, "site": s.station.Site, "region": s.station.Region, "company": ""}[rl.Per]
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], s)
	}
	sort.Strings(names)
	for _, name := range names {
		group := groups[name]
		sort.Slice(group, func(i, j int) bool { return group[i].person.ID < group[j].person.ID })
		var subjects []*rule.Subject
		for _, s := range group {
			subjects = append(subjects, s.subject)
		}
		for i, o := range rl.Kind.Together(rl, subjects) {
			group[i].take(rl, o)
		}
	}
}

// oneOffs posts the bonuses that somebody decided by name.
func (m *month) oneOffs() {
	for _, d := range m.facts.Decisions {
		s := m.byAgent[d.Agent]
		if d.What != "one_off" || s == nil || !m.span.Has(d.Date) {
			continue
		}
		if d.Amount.Sign() < 0 {
			m.problems = append(m.problems, diag.Problem{Code: "one-off-negative", Reach: diag.Row, Pos: diag.Pos{File: d.At.File, Line: d.At.Row},
				Found: lang.F("一次性金额 %s", "a one-off of %s", d.Amount), Want: lang.T("正数; 扣款要有规则和法律类别", "a positive amount; a deduction needs a rule and a class"), Mend: lang.T("在方案 deductions 里写一条规则, 用事件触发", "write a rule under deductions, and an event for it")})
			continue
		}
		s.lines = append(s.lines, statement.Line{Stage: statement.Component, Rule: "one_off", Kind: statement.Earning, Title: lang.T("一次性奖励", "One-off bonus"),
			PlanPath: "decisions", FactMonth: m.month, PayMonth: m.month.Add(1), Nominal: d.Amount, Amount: d.Amount, Evidence: []record.Source{d.At},
			Steps: []statement.Step{statement.S("decided", statement.Word(lang.Same(d.Reason)), statement.Word(lang.Same(d.Author)), statement.Word(lang.Same(d.Date.String())), statement.Figure(money.Of(d.Amount), statement.Money))}})
		s.earned["one_off"] = s.earned["one_off"].Add(d.Amount)
	}
}

// Check returns what can be told of a month that cannot be computed, because its
// plan or a file is at fault: exports that are missing and, where people and deals
// were read (rows), rows that do not fit together.
func Check(in Input, rows bool) []diag.Problem {
	var problems []diag.Problem
	if rows {
		problems = newBook(in).Problems
	}
	if n := len(in.Months); n > 0 && len(in.Months[n-1].Facts.Present) > 0 {
		problems = append(problems, exportsThere(in, in.Months[n-1].Facts)...)
	}
	return problems
}

// exportsThere stops the run where pay depends on an export that is not there at
// all: nothing counted is not the same as nothing done.
func exportsThere(in Input, facts *record.Facts) (problems []diag.Problem) {
	needs, folder, month := in.Plan.Needs(), in.Project.Exports, facts.Month.String()
	for _, kind := range []string{"calls", "deals", "payments", "attendance"} {
		if !needs[kind] || facts.Present[kind] || kind == "attendance" && facts.Present["monthly-attendance"] {
			continue
		}
		problems = append(problems, diag.Problem{Code: "export-missing", Reach: diag.Stop, Pos: diag.Pos{File: month},
			Found: lang.F("没有 %s 的导出, 而方案要用", "no export of %s, on which the plan pays", kind), Want: lang.F("%s/%s/%s.csv 或 .xlsx", "%s/%s/%s.csv or .xlsx", folder, month, kind),
			Mend: lang.T("放进导出文件; 真的一行也没有时放只有表头的文件", "put the file there; where there is truly not one row, a file with the header alone")})
	}
	return problems
}
