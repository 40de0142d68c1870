package rule

import (
	"slices"
	"sort"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
)

// Applies tells whether a rule holds for a person this month, else why not.
func (r *Rule) Applies(s *Subject) (bool, []statement.Step) {
	title := statement.Word(r.Title)
	if s.Month < r.Since || r.Until != 0 && s.Month > r.Until {
		return false, []statement.Step{statement.S("not_now", title, statement.Word(lang.Same(r.Since.String())), statement.Word(lang.Same(r.Until.String())))}
	}
	if r.For != nil && !r.For.Eval(s.Value).Yes {
		return false, []statement.Step{statement.S("not_for", title, statement.Word(s.Show(r.For, s.Value)))}
	}
	if r.When != nil && !r.When.Eval(s.Value).Yes {
		return false, []statement.Step{statement.S("not_when", title, statement.Word(s.Show(r.When, s.Value)))}
	}
	return true, nil
}

// Show writes a formula with the numbers of a person put in.
func (s *Subject) Show(f *expr.Formula, env expr.Env) lang.Text {
	return f.Show(func(n *expr.Node) string {
		return statement.Write(n.Num, UnitOf(n.Type))
	}, func(n *expr.Node) lang.Text {
		if n.Op == expr.OpText {
			return Word(n.Text)
		}
		v := env(n.Text)
		if n.Type.Kind == expr.Word {
			return lang.F("%s (%s)", "%s (%s)", n.Def.Title, Word(v.Text))
		}
		return lang.F("%s %s", "%s %s", n.Def.Title, lang.Same(WriteValue(v, n.Type)))
	})
}

// WriteValue writes any value of a formula; a number without a base as —.
func WriteValue(v expr.Value, t expr.Type) string {
	switch {
	case v.NoBase:
		return "—"
	case v.Kind == expr.Word:
		return v.Text
	case v.Kind == expr.YesNo && v.Yes:
		return "√"
	case v.Kind == expr.YesNo:
		return "×"
	}
	return statement.Write(v.Num, UnitOf(t))
}

// UnitOf says how a number of a formula is written.
func UnitOf(t expr.Type) statement.Unit {
	switch t.Unit {
	case expr.Money:
		return statement.Money
	case expr.Percent:
		return statement.Percent
	case expr.Time:
		return statement.Duration
	}
	return statement.Plain
}

// Amounted is an exact amount with the steps that lead to it.
type Amounted struct {
	Value money.Ratio
	Steps []statement.Step
	Notes []statement.Step
}

// Amountof computes the amount of a rule, plus included, times not.
func (r *Rule) AmountOf(s *Subject, env expr.Env) (Amounted, *Trouble) {
	a, t := r.worth(s, env, r.Amount, statement.Money, r.Title)
	if t != nil || r.Plus == nil {
		return a, t
	}
	p, t := r.worth(s, env, r.Plus, statement.Money, lang.T("加", "plus"))
	if t != nil {
		return a, t
	}
	a.Value = a.Value.Add(p.Value)
	a.Steps = append(append(a.Steps, statement.S("plus", statement.Figure(p.Value, statement.Money))), p.Steps...)
	return a, nil
}

// worth evaluates a scale that yields one number and says how it came about.
func (r *Rule) worth(s *Subject, env expr.Env, sc *scale.Scale, u statement.Unit, title lang.Text) (Amounted, *Trouble) {
	v, hits, miss := sc.Value(scale.Context{Env: env, Month: s.Month})
	if miss != nil {
		return Amounted{}, Missing(r.Path, miss)
	}
	if v.NoBase {
		return Amounted{}, r.noBase(sc, s)
	}
	return Amounted{Value: v.Num, Steps: r.how(s, env, sc, v.Num, hits, u, title), Notes: nextBound(s, hits)}, nil
}

func (r *Rule) noBase(sc *scale.Scale, s *Subject) *Trouble {
	return &Trouble{Code: "no-base", Node: sc.Node, Found: lang.F("%s: 没有基数 (没有任务, 或除数为 0)", "%s without a base (no target, or a division by 0)", r.Path),
		Want: lang.T("有基数的数", "a number with a base"), Mend: lang.T("补上任务或数据; 或在公式里用 ratio(a, b, 0) 写明没有基数时怎么办", "add the target or the data, or say by ratio(a, b, 0) what holds without a base")}
}

// Missing turns a value that a table does not list into a person problem.
func Missing(path string, m *scale.Miss) *Trouble {
	if m.Value == "" {
		return &Trouble{Code: "no-base", Node: m.Scale.Node, Found: lang.F("%s: %s", "%s: %s", path, m.Text()), Want: lang.T("有基数的指标, 或有任务", "a measure with a base, or a target"), Mend: lang.T("补上任务或数据", "add the target or the data")}
	}
	return &Trouble{Code: "lookup-missing", Node: m.Scale.Node, Found: lang.F("%s: %s", "%s: %s", path, m.Text()), Want: lang.T("表中的一行", "a line of the table"), Mend: lang.F("加一行 %s, 或 any", "add %s, or any", lang.Same(m.Value))}
}

// how says where a value came from: a key, a bound, a formula, or the plain number.
func (r *Rule) how(s *Subject, env expr.Env, sc *scale.Scale, v money.Ratio, hits []scale.Hit, u statement.Unit, title lang.Text) []statement.Step {
	label, tier := title, lang.Text{}
	for _, h := range hits {
		switch {
		case h.Key != "":
			label = Word(h.Key)
		case h.Bound != nil || h.Next != nil:
			tier = HitText(h)
		}
	}
	if leaf := leafOf(sc, scale.Context{Env: env, Month: s.Month}); leaf != nil && !leaf.Constant() {
		return []statement.Step{statement.S("formula", statement.Word(s.Show(leaf, env)), statement.Figure(v, u))}
	}
	if !tier.IsEmpty() {
		return []statement.Step{statement.S("tier", statement.Word(tier), statement.Word(lang.Same(statement.Write(v, u))))}
	}
	return []statement.Step{statement.S("fixed", statement.Named(label, v, u))}
}

// HitText says which bound a measure reached: 回款 89,920.99 满 5万.
func HitText(h scale.Hit) lang.Text {
	name := lang.F("%s %s", "%s %s", h.Field.Title, lang.Same(statement.Write(h.Value, UnitOf(h.Field.Type))))
	if h.Bound == nil {
		return lang.F("%s, 未到 %s", "%s, below %s", name, lang.Same(h.Next.Text))
	}
	return lang.F("%s %s", "%s, %s", name, h.Bound.Label())
}

// leafOf finds the formula that a scale ends at, nil where it is a line between two.
func leafOf(sc *scale.Scale, c scale.Context) *expr.Formula {
	for sc != nil && sc.Leaf == nil {
		sc = sc.Next(c)
	}
	if sc == nil {
		return nil
	}
	return sc.Leaf
}

// nextBound notes the bound that a measure has not reached yet.
func nextBound(s *Subject, hits []scale.Hit) []statement.Step {
	for _, h := range hits {
		if h.Next != nil && h.Field.Name != "" {
			u := UnitOf(h.Field.Type)
			return []statement.Step{statement.S("next_bound", statement.Word(h.Field.Title), statement.Word(h.Next.Label()), statement.Figure(h.Value, u), statement.Figure(h.Next.At.Sub(h.Value), u))}
		}
	}
	return nil
}

// MultiplyMonth applies times to the month's amount; one that looks at each row was
// applied there.
func (r *Rule) MultiplyMonth(s *Subject, a Amounted) (Amounted, *Trouble) {
	if r.ByRow {
		return a, nil
	}
	return r.Multiply(s, s.Value, a)
}

// Multiply applies times to an amount.
func (r *Rule) Multiply(s *Subject, env expr.Env, a Amounted) (Amounted, *Trouble) {
	if r.Times == nil {
		return a, nil
	}
	v, hits, miss := r.Times.Value(scale.Context{Env: env, Month: s.Month})
	if miss != nil {
		return a, Missing(r.Path+".times", miss)
	}
	if v.NoBase {
		return a, r.noBase(r.Times, s)
	}
	a.Value = a.Value.Mul(v.Num)
	unit := statement.Plain
	name := lang.T("系数", "factor")
	if leaf := r.Times.Leaf; leaf != nil && leaf.Root.Op == expr.OpName {
		name, unit = leaf.Root.Def.Title, UnitOf(leaf.Type())
	} else if leaf != nil && !leaf.Constant() {
		name = s.Show(leaf, env)
	}
	for _, h := range hits {
		switch {
		case h.Key != "":
			name = Word(h.Key)
		case h.Bound != nil || h.Next != nil:
			name = HitText(h)
		}
	}
	if len(hits) > 0 && hits[len(hits)-1].Key != "" && v.Num.Cmp(money.One) == 0 {
		return a, nil // a key that changes nothing, as full-time × 1, is not worth a line
	}
	a.Steps = append(a.Steps, statement.S("times", statement.Named(name, v.Num, unit), statement.Figure(a.Value, statement.Money)))
	a.Notes = append(a.Notes, nextBound(s, hits)...)
	return a, nil
}

// Limited brings an amount of the month within at_least and at_most. A least
// amount never lifts what is negative by reversals: rules see no reversals.
func (r *Rule) Limited(s *Subject, a Amounted) (Amounted, *Trouble) {
	for _, l := range []struct {
		sc    *scale.Scale
		key   string
		bound func(v, limit money.Ratio) bool
	}{
		{r.AtMost.Month, "at_most", func(v, limit money.Ratio) bool { return v.Cmp(limit) > 0 }},
		{r.AtLeast.Month, "at_least", func(v, limit money.Ratio) bool { return v.Cmp(limit) < 0 }},
	} {
		if l.sc == nil {
			continue
		}
		limit, t := r.worth(s, s.Value, l.sc, statement.Money, r.Title)
		if t != nil {
			return a, t
		}
		if l.bound(a.Value, limit.Value) {
			a.Steps = append(a.Steps, statement.S(l.key, statement.Figure(limit.Value, statement.Money), statement.Figure(a.Value, statement.Money), statement.Figure(limit.Value, statement.Money)))
			a.Value = limit.Value
		}
	}
	return a, nil
}

// ComeOff lets a negative amount take at most what its component earned this month.
func (r *Rule) ComeOff(s *Subject, e *Earned) {
	left, _ := s.Amounts(r.Against)
	left = money.Max(left, money.Zero)
	if wanted := e.Line.Nominal.Neg(); wanted.Cmp(left) > 0 {
		e.Line.Steps = append(e.Line.Steps, statement.S("against", statement.Word(s.Title(r.Against)), statement.Figure(money.Of(left), statement.Money), statement.Figure(money.Of(wanted), statement.Money)))
		e.Line.Amount = left.Neg()
	}
}

// PaidOnce says why a rule that pays once pays no more, nil where it has not paid yet.
func (r *Rule) PaidOnce(s *Subject) ([]statement.Step, *Trouble) {
	span := map[string]string{"ever": "ever", "year": "year_to_date", "quarter": "quarter_to_date"}[r.Once]
	paid, known := s.Before(r.Name, span)
	switch {
	case !known:
		return nil, &Trouble{Code: "no-base", Node: r.Node, Found: lang.F("%s: 首月以前发过没有不知道", "%s: whether it was paid before the first month is not known", r.Path), Want: lang.T("以前发过的金额, 没有发过写 0", "what was paid before, 0 for nothing"),
			Mend: lang.F("在 opening.csv 写 %s,to_date,%s,0.00", "write %s,to_date,%s,0.00 into opening.csv", s.Person.ID, r.Name)}
	case paid.Sign() > 0:
		return []statement.Step{statement.S("once", statement.Word(r.Title), statement.Figure(money.Of(paid), statement.Money))}, nil
	}
	return nil, nil
}

// LessPaid takes off what a rule over a measure to date paid in earlier months.
// What was earned to date is rounded first, so that the months add up to it.
func (r *Rule) LessPaid(s *Subject, a Amounted) (Amounted, *Trouble) {
	if r.ToDate == "" {
		return a, nil
	}
	paid, known := s.Before(r.Name, r.ToDate)
	if !known {
		return a, &Trouble{Code: "no-base", Node: r.Node, Found: lang.F("%s: 期内早先月份发了多少不知道", "%s: what the earlier months of the span paid is not known", r.Path), Want: lang.T("期内各月都算过", "every month of the span computed"),
			Mend: lang.F("在 opening.csv 写 %s,to_date,%s,…", "write %s,to_date,%s,… into opening.csv", s.Person.ID, r.Name)}
	}
	total := money.Of(a.Value.Round(2, r.Round))
	a.Value = total.Sub(money.Of(paid))
	a.Steps = append(a.Steps, statement.S("paid_before", statement.Figure(total, statement.Money), statement.Figure(money.Of(paid), statement.Money), statement.Figure(a.Value, statement.Money)))
	return a, nil
}

// Earn makes the line of an earning, rounded once.
func (r *Rule) Earn(s *Subject, a Amounted, evidence []record.Source) Earned {
	amount := a.Value.Round(2, r.Round)
	evidence = inOrder(evidence)
	kind := statement.Earning
	if r.Kind.Section == "deductions" {
		kind = statement.Deduction
	}
	return Earned{Line: statement.Line{
		Stage: r.Stage, Rule: r.Name, Kind: kind, Class: r.Class, Nature: r.Nature, Title: r.Title, Clause: r.Clause, PlanPath: r.Path,
		FactMonth: s.Month, PayMonth: s.Month.Add(r.Pay.Months), Nominal: amount, Amount: amount,
		Steps: a.Steps, Notes: a.Notes, Evidence: evidence, Ground: lang.Same(r.Ground),
	}}
}

// Zero says that a rule gave 0, and how; what the sum comes to is the first step.
func Zero(r *Rule, steps []statement.Step) []statement.Step {
	return append([]statement.Step{statement.S("zero", statement.Word(r.Title))}, steps...)
}

// inOrder puts evidence by file and row, each row once.
func inOrder(at []record.Source) []record.Source {
	at = append([]record.Source(nil), at...)
	sort.Slice(at, func(i, j int) bool {
		if at[i].File != at[j].File {
			return at[i].File < at[j].File
		}
		return at[i].Row < at[j].Row
	})
	return slices.Compact(at)
}

// Bad makes an outcome of trouble.
func Bad(t *Trouble) Outcome { return Outcome{Problem: t} }

// NotEmpty keeps an outcome's line only where it is not 0; a zero says why.
func (r *Rule) NotEmpty(e Earned) Outcome {
	if e.Line.Amount.IsZero() {
		return Outcome{Why: append(Zero(r, e.Line.Steps), e.Line.Notes...)}
	}
	return Outcome{Lines: []Earned{e}}
}
