package payrun

import (
	"slices"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/statutory"
	"telepay/kpi"
	"telepay/penalties"
)

// sheet is one person's month while it is computed.
type sheet struct {
	month      *month
	person     *record.Person
	station    record.Station
	subject    *rule.Subject
	lines      []statement.Line
	shares     map[int]map[rule.Credit]money.Ratio // line → exact parts
	earned     map[string]money.Decimal            // by rule, as rounded
	silent     []statement.Silent                  // rules that paid nothing
	stopped    *diag.Problem
	guard      *statement.GuardSummary
	debts      []penalties.Debt
	insurance  *statutory.Insurance
	tax        statutory.State          // of the year, after this month's payments
	fen        money.Decimal            // what rounding leaves for next month
	advanced   money.Decimal            // what the company pays for the person, ≥ 0
	recovery   []statement.Line         // what reversals could not net against commission
	held       []holding                // what waits to be released
	later      []penalties.Debt         // of reversals that are taken back in parts
	draws      map[string]money.Decimal // what draws are outstanding, by rule
	below      money.Decimal            // the result below 0, ≤ 0
	belowSince period.Month
}

func (m *month) open(p *record.Person) *sheet {
	s := &sheet{month: m, person: p, station: m.run.engine.Station(p, m.month), shares: map[int]map[rule.Credit]money.Ratio{}, earned: map[string]money.Decimal{}}
	s.subject = m.run.subject(m.run.engine, p, m.month)
	s.subject.Amounts = func(name string) (money.Decimal, bool) { v, ok := s.earned[name]; return v, ok }
	s.subject.Balance = func(name string) money.Decimal { return s.draws[name] }
	if gap := m.gapOf(p.ID); gap != nil {
		s.stop(*gap)
	}
	if f := m.facts.Waits[p.ID]; f.Code != "" && !m.accepted(f.At) && s.stopped == nil { // the row's own problem is told where it is
		s.stopped = &diag.Problem{Code: f.Code, Reach: diag.Person, Agent: p.ID}
	}
	m.sheets = append(m.sheets, s)
	m.byAgent[p.ID] = s
	return s
}

// subject is what rules may read of a person's month, over any engine: that of
// the month itself, or one where a dispute is settled differently.
func (r *Run) subject(e *kpi.Engine, p *record.Person, m period.Month) *rule.Subject {
	data := e.Months[m]
	env := e.Env(p, m)
	voc := r.in.Plan.KPIs.Measures(r.in.Plan.Words)
	s := &rule.Subject{Month: m, Person: *p, Station: e.Station(p, m), Value: env, Days: data.Attendance[p.ID]}
	s.Title = func(name string) lang.Text {
		if x := r.in.Plan.Rule(name); x != nil {
			return x.Title
		}
		d, _ := voc.Find(name)
		return d.Title
	}
	ofCredit := map[string]bool{}
	for _, f := range e.Set.Fields("credits") {
		ofCredit[f.Name] = true
	}
	s.Rows = func(measure string) ([]rule.Row, bool) {
		credits, ok := e.CreditRows(measure, p, m)
		var rows []rule.Row
		for _, c := range credits {
			rows = append(rows, creditRow(ofCredit, c, p, env))
		}
		return rows, ok
	}
	s.Before = func(name, span string) (money.Decimal, bool) { return r.before(p, m, name, span) }
	s.Each = func(kind string) []rule.Row { return r.each(e, p, m, kind) }
	s.Places = func(board string) []rule.Place { return placesOf(e, board, p.ID, m) }
	s.Segments = func() []rule.Segment { return r.segments(p, data.Span) }
	s.Amounts = func(string) (money.Decimal, bool) { return money.Zero, false }
	s.Balance = func(string) money.Decimal { return money.Zero }
	return s
}

// before is what a rule paid a person in the months of a span before m: as
// computed, or as opening.csv says. Months before his hire paid nothing.
func (r *Run) before(p *record.Person, m period.Month, name, span string) (money.Decimal, bool) {
	first := m
	switch span {
	case "quarter_to_date":
		first = m.Quarter()
	case "year_to_date":
		first = m.January()
	case "since_hire", "ever":
		first = r.in.Project.Cut.MonthOf(p.Hire)
	}
	first = max(first, r.in.Project.Cut.MonthOf(p.Hire))
	var sum money.Decimal
	for at := max(first, r.in.Project.First); at < m; at++ {
		was := r.months[at]
		if was == nil || was.byAgent[p.ID] == nil {
			continue
		}
		sum = sum.Add(was.byAgent[p.ID].earned[name]).Sub(r.returned(p.ID, name, at, m))
	}
	if first >= r.in.Project.First {
		return sum, true
	}
	known := false
	for _, o := range r.in.Opening {
		if o.Agent == p.ID && o.What == "to_date" && o.Ref == name && (o.Month == 0 || o.Month >= first) {
			sum, known = sum.Add(o.Amount), true
		}
	}
	return sum, known
}

func creditRow(fieldsOf map[string]bool, row kpi.CreditRow, p *record.Person, env expr.Env) rule.Row {
	c := row.Credit
	st := p.On(c.Date)
	fields := kpi.CreditEnv(c, "collected")
	out := rule.Row{Amount: row.Number, Date: c.Date, Deal: c.Deal, Source: c.At, Credit: rule.Credit{Owner: c.Agent, Deal: c.Deal, Month: row.Month}, Ref: lang.Same(c.Deal)}
	out.Env = func(name string) expr.Value {
		if fieldsOf[name] || c.Fields[name] != "" {
			return fields(name)
		}
		if text, ok := st.Field(name); ok { // the person as he was on the credit's day
			return expr.TextOf(text)
		}
		return env(name)
	}
	return out
}

// placesOf returns somebody's place of the month, or of each of its weeks.
func placesOf(e *kpi.Engine, board, id string, m period.Month) []rule.Place {
	b, places := e.Board(board, m)
	if b == nil {
		return nil
	}
	spans := []period.Span{{}}
	if b.Each != "" {
		spans = e.Cut.Span(m).WeeksEnding()
	}
	var out []rule.Place
	for _, week := range spans {
		at := rule.Place{Title: titleOf(b, week), Unknown: b.Each != "" && !slices.Contains(e.Weeks(m), week)}
		for _, p := range places {
			if p.ID == id && p.Week == week {
				at.Place, at.Tied, at.Of = p.Place, p.Tied, p.Of
			}
		}
		out = append(out, at)
	}
	return out
}

// titleOf names a board, one of weeks with its days.
func titleOf(b *kpi.Board, week period.Span) lang.Text {
	if week.Days() == 0 {
		return b.Title
	}
	return lang.F("%s（%s 至 %s）", "%s (%s to %s)", b.Title, week.From.String(), week.Last().String())
}

// weekText writes the days of a week as tables have them; empty for a month.
func weekText(week period.Span) string {
	if week.Days() == 0 {
		return ""
	}
	return week.From.String() + "/" + week.Last().String()
}

// segments cuts a person's employed days by his stations.
func (r *Run) segments(p *record.Person, span period.Span) []rule.Segment {
	employed := p.Employed(span)
	var out []rule.Segment
	for i, st := range p.Spans {
		days := period.Span{From: st.Since, To: employed.To}
		if i == 0 {
			days.From = employed.From
		}
		if i+1 < len(p.Spans) {
			days.To = p.Spans[i+1].Since
		}
		if days = days.And(employed); days.Days() > 0 {
			out = append(out, rule.Segment{Station: st, Days: days, Workdays: r.in.Law.Workdays(days)})
		}
	}
	if len(out) == 0 {
		out = []rule.Segment{{Station: p.On(span.Last()), Days: employed}}
	}
	return out
}

// contractBase is a person's base for a whole month, by the plan's base rule or the roster.
func (r *Run) contractBase(m period.Month, p *record.Person) (money.Ratio, bool) {
	st := r.engine.Station(p, m)
	if st.HasBase {
		return money.Of(st.Base), true
	}
	for _, x := range r.in.Plan.Rules {
		if x.Kind.Name != "base" || x.Amount == nil {
			continue
		}
		s := r.subject(r.engine, p, m)
		if x.For != nil && !x.For.Eval(s.Value).Yes {
			continue
		}
		if a, trouble := commission.ContractBase(x, s); trouble == nil {
			return a.Value, true
		}
	}
	return money.Ratio{}, false
}

// take puts the outcome of a rule on the sheet.
func (s *sheet) take(rl *rule.Rule, o rule.Outcome) {
	if o.Problem != nil {
		s.stop(s.trouble(o.Problem))
		return
	}
	if len(o.Why) > 0 {
		s.silent = append(s.silent, statement.Silent{Rule: rl.Name, PlanPath: rl.Path, Title: rl.Title, Steps: o.Why})
	}
	if _, ok := s.earned[rl.Name]; !ok {
		s.earned[rl.Name] = money.Zero
	}
	for _, e := range o.Lines {
		s.shares[len(s.lines)] = e.Shares
		s.month.keepPrizes(s.person.ID, e)
		s.lines = append(s.lines, e.Line)
		s.earned[rl.Name] = s.earned[rl.Name].Add(e.Line.Amount)
	}
}

func (s *sheet) trouble(t *rule.Trouble) diag.Problem {
	p := diag.Problem{Code: t.Code, Found: t.Found, Want: t.Want, Mend: t.Mend}
	if t.Node != nil {
		p = t.Node.Problem(t.Code, t.Found, t.Want, t.Mend)
	}
	return p
}

// stop ends a person's month: no statement, no register line.
func (s *sheet) stop(p diag.Problem) {
	p = s.about(p)
	s.stopped = &p
	s.month.problems = append(s.month.problems, p)
}

// about names the person in a problem that stops him.
func (s *sheet) about(p diag.Problem) diag.Problem {
	p.Reach, p.Agent = diag.Person, s.person.ID
	p.Found = lang.F("%s %s: %s", "%s %s: %s", s.person.ID, lang.Same(s.person.Name), p.Found)
	return p
}

// wage is the month's wage so far: what was earned for this month, less absence
// and what was not earned; what reversals take back is not taken off (semantics 46, 47).
func (s *sheet) wage() money.Decimal {
	var sum money.Decimal
	for _, l := range s.lines {
		if l.FactMonth != s.month.month || l.Stage == statement.Reversals {
			continue
		}
		if l.Kind == statement.Earning || l.Kind == statement.Deduction && !l.Class.Guarded() {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// attendance reads everybody's month; what is missing stops the person.
func (m *month) attendance() {
	rows := map[string][]record.AttendanceDay{}
	for _, a := range m.facts.Attendance {
		if m.accepted(a.At) {
			a.Approved = true
		}
		rows[a.Agent] = append(rows[a.Agent], a)
	}
	sums := map[string]*record.AttendanceMonth{}
	for i, a := range m.facts.Summaries {
		if a.Month == m.month {
			sums[a.Agent] = &m.facts.Summaries[i]
		}
	}
	there := m.facts.Present["attendance"] || m.facts.Present["monthly-attendance"] || m.run.in.Plan.Attendance.Written
	m.data.Attendance = map[string]attendance.Month{}
	for i := range m.run.in.People {
		p := &m.run.in.People[i]
		from := attendance.Sheet{Days: rows[p.ID], Summary: sums[p.ID], Present: there, Sick: func(day period.Day) money.Ratio { return m.sickShare(p, day) }}
		if f := m.facts.Waits[p.ID]; f.Code != "" && !m.accepted(f.At) {
			m.data.Out[p.ID] = true
		}
		a, gaps := attendance.Of(*p, m.span, from, m.run.in.Law, m.run.in.Plan.Attendance)
		m.data.Attendance[p.ID] = a
		for _, g := range gaps {
			m.data.Out[p.ID] = true
			m.gaps = append(m.gaps, personGap{p.ID, diag.Problem{Code: g.Code, Pos: m.placeOf(g), Found: g.Found, Want: g.Want, Mend: g.Mend}})
		}
	}
}

// placeOf is where a gap of attendance is mended: its row, else the month's sheet.
func (m *month) placeOf(g attendance.Gap) diag.Pos {
	if g.Source.File != "" {
		return diag.Pos{File: g.Source.File, Line: g.Source.Row}
	}
	for _, a := range m.facts.Attendance {
		return diag.Pos{File: a.At.File}
	}
	return diag.Pos{File: m.run.in.Project.Exports + "/" + m.month.String()}
}

type personGap struct {
	agent   string
	problem diag.Problem
}

func (m *month) gapOf(agent string) *diag.Problem {
	for i := range m.gaps {
		if m.gaps[i].agent == agent {
			return &m.gaps[i].problem
		}
	}
	return nil
}
