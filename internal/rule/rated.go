package rule

import (
	"fmt"
	"slices"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
)

// Rated is what a rate, or an amount per unit, gives on what a rule works on.
type Rated struct {
	Amounted
	Base     money.Ratio
	Rate     *money.Ratio           // where one rate held for everything
	Shares   map[Credit]money.Ratio // credit → what it earned before factor and limits; only their proportion matters
	Evidence []record.Source
}

// group is rows that the scale treats alike, summed.
type group struct {
	label  lang.Text
	own    []string // figures of the row itself by which it was set apart
	env    expr.Env
	amount money.Ratio
	rows   []Row
	cuts   []scale.Cut
	plus   money.Ratio
	factor *money.Ratio // of times, where it looks at the rows
}

// Rated rates what the rule works on. Rows behind it (credits) are grouped by
// the fields that the scale looks at; slices are apportioned over the groups by
// their part of the total, so that no order of rows matters (semantics 34).
func (r *Rule) Rated(s *Subject) (Rated, *Trouble) {
	out := Rated{Shares: map[Credit]money.Ratio{}}
	groups, total, t := r.groups(s)
	if t != nil {
		return out, t
	}
	out.Base = total
	unit := UnitOf(r.Of.Type())
	out.Steps = append(out.Steps, statement.S("of", statement.Named(r.OfTitle(s), total, unit)))
	for i := range groups {
		if t := r.cut(s, &groups[i], total); t != nil {
			return out, t
		}
	}
	perDeal, t := r.perDeal(s)
	if t != nil {
		return out, t
	}
	deals := map[string]money.Ratio{}
	for _, g := range groups {
		for _, row := range g.rows {
			earned := r.ofLeaver(s, row, g.earned(row.Amount, total))
			out.Value = out.Value.Add(earned)
			deals[row.Deal] = deals[row.Deal].Add(earned)
			if !row.Credit.IsZero() {
				out.Shares[row.Credit] = out.Shares[row.Credit].Add(earned)
			}
			out.Evidence = append(out.Evidence, row.Source)
		}
		if len(g.rows) == 0 {
			out.Value = out.Value.Add(g.earned(g.amount, total))
		}
	}
	if len(groups) > 1 && len(groups[0].cuts) > 1 {
		out.Steps = append(out.Steps, mix(groups, unit))
	}
	out.Steps = append(append(out.Steps, plusSteps(groups)...), factorSteps(groups)...)
	out.Steps = append(out.Steps, r.cutSteps(groups, total, unit)...)
	out.Steps = append(out.Steps, r.leaverStep(s, groups, out.Value)...)
	if perDeal != nil {
		out.capDeals(groups, deals, *perDeal)
	}
	out.Rate = oneRate(groups)
	out.Notes = r.nextTier(s, groups, total)
	return out, nil
}

// ofLeaver cuts what money that came after a person left earns, where the plan
// says so; without it all of it is paid (semantics 41).
func (r *Rule) ofLeaver(s *Subject, row Row, earned money.Ratio) money.Ratio {
	if r.LeaverPay == nil || s.Person.Leave == period.NoDay || row.Date <= s.Person.Leave {
		return earned
	}
	return earned.Mul(*r.LeaverPay)
}

// leaverStep says that money which came after the last day is paid in part.
func (r *Rule) leaverStep(s *Subject, groups []group, value money.Ratio) []statement.Step {
	if r.LeaverPay == nil || s.Person.Leave == period.NoDay {
		return nil
	}
	for _, g := range groups {
		for _, row := range g.rows {
			if row.Date > s.Person.Leave {
				return []statement.Step{statement.S("leaver", statement.Word(lang.Same(s.Person.Leave.String())), statement.Figure(*r.LeaverPay, statement.Percent), statement.Figure(value, statement.Money))}
			}
		}
	}
	return nil
}

// OfTitle names what a rule works on.
func (r *Rule) OfTitle(s *Subject) lang.Text {
	if r.Of.Root.Op == expr.OpName {
		return r.Of.Root.Def.Title
	}
	return s.Show(r.Of, s.Value)
}

// groups gathers what is rated. Without rows it is one group, the measure itself.
func (r *Rule) groups(s *Subject) ([]group, money.Ratio, *Trouble) {
	v := r.Of.Eval(s.Value)
	if v.NoBase {
		return nil, v.Num, &Trouble{Code: "no-base", Node: r.Node, Found: lang.F("%s: %s 没有基数 (—)", "%s: %s has no base (—)", r.Path, lang.Same(r.Of.Source)), Want: lang.T("有基数的指标", "a measure with a base"), Mend: r.openingLines(s)}
	}
	rows, ok := []Row(nil), false
	if r.Of.Root.Op == expr.OpName {
		rows, ok = s.Rows(r.Of.Root.Text)
	}
	if !ok {
		return []group{{env: s.Value, amount: v.Num}}, v.Num, nil
	}
	var groups []group
	at := map[string]int{}
	var total money.Ratio
	for _, row := range rows {
		if r.Where != nil && !r.Where.Eval(row.Env).Yes {
			continue
		}
		k := r.keyOf(s, row)
		key := strings.Join(k.parts, "\x00")
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key] = i
			groups = append(groups, group{label: label(k.words), own: k.own, env: row.Env})
		}
		groups[i].amount = groups[i].amount.Add(row.Amount)
		groups[i].rows = append(groups[i].rows, row)
		total = total.Add(row.Amount)
	}
	if len(groups) == 0 {
		groups = []group{{env: s.Value}}
	}
	return groups, total, nil
}

// openingLines are the lines of opening.csv without which a measure to date is not
// known: what it came to, and what the rule paid on it.
func (r *Rule) openingLines(s *Subject) lang.Text {
	if r.ToDate == "" {
		return lang.Text{}
	}
	_, name, _ := strings.Cut(r.Of.Root.Text, r.ToDate+".")
	return lang.F("首月在期中时, 在 opening.csv 写 %[1]s,to_date,%[2]s,月份,累计数 和 %[1]s,to_date,%[3]s,月份,已发数", "where the first month lies within the span, write %[1]s,to_date,%[2]s,MONTH,SUM and %[1]s,to_date,%[3]s,MONTH,PAID into opening.csv", s.Person.ID, name, r.Name)
}

// keyOf says which of the fields that the scale looks at a row has: rows that are
// rated alike are one group.
func (r *Rule) keyOf(s *Subject, row Row) *rowKey {
	k := &rowKey{subject: s, row: row}
	for _, sc := range []*scale.Scale{r.Rate, r.PerUnit, r.Plus, r.rowTimes()} {
		if sc != nil {
			sc.Walk(k.look)
		}
	}
	return k
}

// rowKey gathers what sets a row apart, and how that is called.
type rowKey struct {
	subject *Subject
	row     Row
	parts   []string
	words   []lang.Text
	own     []string
}

func (k *rowKey) look(x *scale.Scale) {
	switch {
	case x.Keys != nil:
		for _, f := range x.Keys.Fields {
			text := k.row.Env(f.Name).Text
			k.parts = append(k.parts, text)
			k.words = append(k.words, Word(text))
		}
	case x.Steps != nil && x.Steps.Measure.Name != "":
		k.step(x.Steps)
	case x.Grid != nil:
		k.value(x.Grid.Down.Name)
		k.value(x.Grid.Across.Name)
	case x.Leaf != nil:
		for _, name := range x.Leaf.Names() {
			k.value(name)
		}
	}
}

// value sets a row apart by a figure of its own; what is the month's is alike for all.
func (k *rowKey) value(name string) bool {
	own, month := k.row.Env(name), k.subject.Value(name)
	if own.NoBase == month.NoBase && own.Num.Cmp(month.Num) == 0 && own.Text == month.Text && own.Yes == month.Yes {
		return false
	}
	k.own = append(k.own, name)
	k.parts = append(k.parts, fmt.Sprint(name, own.NoBase, own.Yes, own.Text, own.Num.Num(), own.Num.Den()))
	return true
}

// step sets a row apart by the step that its own figure has reached.
func (k *rowKey) step(st *scale.Steps) {
	n := len(k.parts)
	if !k.value(st.Measure.Name) {
		return
	}
	own := k.row.Env(st.Measure.Name)
	bound, flat := st.StepOf(own.Num)
	if own.NoBase || !flat {
		return
	}
	k.parts = append(k.parts[:n], fmt.Sprint(st.Measure.Name, bound != nil))
	if bound != nil {
		k.parts = append(k.parts, fmt.Sprint(bound.Above, bound.Text))
		k.words = append(k.words, lang.F("%s%s", "%s %s", st.Measure.Title, bound.Label()))
	}
}

// rowTimes is the factor where it looks at the rows, nil elsewhere.
func (r *Rule) rowTimes() *scale.Scale {
	if r.ByRow {
		return r.Times
	}
	return nil
}

// label names a group by what sets it apart, each once.
func label(words []lang.Text) lang.Text {
	var zh, en []string
	for _, w := range words {
		if !w.IsEmpty() && !slices.Contains(zh, w.ZH) {
			zh, en = append(zh, w.ZH), append(en, w.EN)
		}
	}
	return lang.T(strings.Join(zh, ", "), strings.Join(en, ", "))
}

func (r *Rule) rateScale() *scale.Scale {
	if r.Rate != nil {
		return r.Rate
	}
	return r.PerUnit
}

func (r *Rule) cut(s *Subject, g *group, total money.Ratio) *Trouble {
	c := scale.Context{Env: g.env, Month: s.Month, X: &total}
	cuts, miss := r.rateScale().Cuts(c)
	if miss != nil {
		return Missing(r.Path, miss)
	}
	g.cuts = cuts
	if r.Plus != nil {
		v, _, miss := r.Plus.Value(c)
		if miss != nil {
			return Missing(r.Path+".plus", miss)
		}
		g.plus = v.Num
	}
	if sc := r.rowTimes(); sc != nil {
		v, _, miss := sc.Value(c)
		if miss != nil {
			return Missing(r.Path+".times", miss)
		}
		if v.NoBase {
			return r.noBase(sc, s)
		}
		g.factor = &v.Num
	}
	return nil
}

// earned returns what amount of the group earns: its part of every slice at the
// slice's rate. Where the total is 0 nothing is sliced and the last rate holds.
func (g group) earned(amount, total money.Ratio) money.Ratio {
	if g.factor != nil {
		amount = amount.Mul(*g.factor)
	}
	if total.IsZero() {
		if len(g.cuts) == 0 {
			return money.Ratio{}
		}
		return amount.Mul(g.cuts[len(g.cuts)-1].Value.Num.Add(g.plus))
	}
	if len(g.cuts) == 1 {
		return amount.Mul(g.cuts[0].Value.Num.Add(g.plus))
	}
	var sum money.Ratio
	for _, c := range g.cuts {
		sum = sum.Add(c.Width().Mul(c.Value.Num.Add(g.plus)))
	}
	return amount.Mul(sum).Div(total)
}

// plusSteps names the points that a group's rate has on top.
func plusSteps(groups []group) []statement.Step {
	var steps []statement.Step
	for _, g := range groups {
		if !g.plus.IsZero() {
			steps = append(steps, statement.S("plus_rate", statement.Word(g.label), statement.Figure(g.plus, statement.Percent)))
		}
	}
	return steps
}

// factorSteps names the factor that a group's rate has in it.
func factorSteps(groups []group) []statement.Step {
	var steps []statement.Step
	for _, g := range groups {
		if g.factor != nil && g.factor.Cmp(money.One) != 0 {
			steps = append(steps, statement.S("times_rate", statement.Word(g.label), statement.Figure(*g.factor, statement.Plain)))
		}
	}
	return steps
}

// mix names what each group brings: every slice is shared out in this proportion.
func mix(groups []group, unit statement.Unit) statement.Step {
	step := statement.Step{Key: "mix"}
	for _, g := range groups {
		step.Terms = append(step.Terms, statement.Named(g.label, g.amount, unit))
	}
	return step
}

// cutSteps shows slices for one group, amounts at their rates for several.
func (r *Rule) cutSteps(groups []group, total money.Ratio, unit statement.Unit) []statement.Step {
	var steps []statement.Step
	var sum money.Ratio
	n := 0
	for _, g := range groups {
		for _, c := range g.cuts {
			width := c.Width()
			if len(groups) > 1 && !total.IsZero() {
				width = width.Mul(g.amount).Div(total)
			} else if len(g.cuts) == 1 {
				width = g.amount
			}
			rate := c.Value.Num.Add(g.plus)
			if g.factor != nil {
				rate = rate.Mul(*g.factor)
			}
			product := width.Mul(rate)
			sum = sum.Add(product)
			steps = append(steps, statement.S("slice", statement.Word(cutLabel(g, c, len(groups) > 1)), statement.Figure(width, unit), statement.Figure(rate, r.rateUnit()), statement.Figure(product, statement.Money)))
			n++
		}
	}
	if n == 1 {
		if steps[0].Key = "group"; steps[0].Terms[0].Text.IsEmpty() {
			steps[0].Key, steps[0].Terms = "rate", steps[0].Terms[1:]
		}
		return steps
	}
	return append(steps, statement.S("sum", statement.Figure(sum, statement.Money)))
}

func (r *Rule) rateUnit() statement.Unit {
	if r.Rate != nil {
		return statement.Percent
	}
	return statement.Money
}

// cutLabel names a slice by its bounds: 5万–10万, 满 10万, and the group's key.
func cutLabel(g group, c scale.Cut, several bool) lang.Text {
	var label lang.Text
	for _, h := range c.Hits {
		switch {
		case h.Key != "" || h.Bound == nil && h.Next == nil:
		case slices.Contains(g.own, h.Field.Name): // each row of the group has its own
			if !several {
				label = g.label
			}
		case h.Field.Name != "":
			label = HitText(h)
		case h.Bound == nil:
			label = lang.F("不到 %s", "below %s", h.Next.Text)
		case h.Next == nil:
			label = h.Bound.Label()
		default:
			label = lang.Same(h.Bound.Text + "–" + h.Next.Text)
		}
	}
	if several && !g.label.IsEmpty() {
		if label.IsEmpty() {
			return g.label
		}
		return lang.F("%s, %s", "%s, %s", g.label, label)
	}
	if label.IsEmpty() {
		return g.label
	}
	return label
}

func oneRate(groups []group) *money.Ratio {
	if len(groups) != 1 || len(groups[0].cuts) != 1 {
		return nil
	}
	rate := groups[0].cuts[0].Value.Num.Add(groups[0].plus)
	if f := groups[0].factor; f != nil {
		rate = rate.Mul(*f)
	}
	return &rate
}

// nextTier notes how far the next bound is.
func (r *Rule) nextTier(s *Subject, groups []group, total money.Ratio) []statement.Step {
	for _, g := range groups {
		if len(g.cuts) == 0 {
			continue
		}
		for _, h := range g.cuts[len(g.cuts)-1].Hits {
			if h.Next != nil && h.Field.Name == "" && h.Next.At.Cmp(total) >= 0 {
				return r.nextStep(s, g, h, total)
			}
			if h.Next != nil && h.Field.Name != "" && !slices.Contains(g.own, h.Field.Name) {
				u := UnitOf(h.Field.Type)
				return []statement.Step{statement.S("next_bound", statement.Word(h.Field.Title), statement.Word(h.Next.Label()), statement.Figure(h.Value, u), statement.Figure(h.Next.At.Sub(h.Value), u))}
			}
		}
	}
	return nil
}

// nextStep says what is missing to the next bound, and the rate there.
func (r *Rule) nextStep(s *Subject, g group, h scale.Hit, total money.Ratio) []statement.Step {
	unit := UnitOf(r.Of.Type())
	beyond := h.Next.At.Add(money.Of(money.New(1, 2)))
	cuts, miss := r.rateScale().Cuts(scale.Context{Env: g.env, Month: s.Month, X: &beyond})
	if miss != nil || len(cuts) == 0 {
		return nil
	}
	rate := cuts[len(cuts)-1].Value.Num.Add(g.plus)
	return []statement.Step{statement.S("next_tier", statement.Word(h.Next.Label()), statement.Figure(h.Next.At, unit), statement.Figure(total, unit), statement.Figure(h.Next.At.Sub(total), unit), statement.Figure(rate, r.rateUnit()))}
}

func (r *Rule) perDeal(s *Subject) (*money.Ratio, *Trouble) {
	if r.AtMost.Deal == nil {
		return nil, nil
	}
	a, t := r.worth(s, s.Value, r.AtMost.Deal, statement.Money, r.Title)
	return &a.Value, t
}

// capDeals brings what each deal earned within a limit, before any factor.
func (out *Rated) capDeals(groups []group, deals map[string]money.Ratio, limit money.Ratio) {
	if len(deals) == 0 {
		return // a figure that is given has no deals to cap
	}
	var value money.Ratio
	for deal, earned := range deals {
		if earned.Cmp(limit) <= 0 {
			value = value.Add(earned)
			continue
		}
		value = value.Add(limit)
		for _, g := range groups {
			for _, row := range g.rows {
				if row.Deal == deal && !row.Credit.IsZero() {
					out.Shares[row.Credit] = out.Shares[row.Credit].Mul(limit).Div(earned)
				}
			}
		}
	}
	if value.Cmp(out.Value) != 0 {
		out.Steps = append(out.Steps, statement.S("at_most_deal", statement.Figure(limit, statement.Money), statement.Figure(out.Value, statement.Money), statement.Figure(value, statement.Money)))
		out.Value = value
	}
}
