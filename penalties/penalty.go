package penalties

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// penalty (扣款): an amount, or a rate of something, for each event of a kind or for the month.
func penalty() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "penalty", Title: lang.T("扣款", "Deduction"), Section: "deductions", Stage: statement.Deductions,
			Help: lang.T("逐个事件 (each) 或按月扣款。class 说明法律类别: absence 和 not_earned 减少收入; loss 和 discipline 从应发里扣, 一起受法定限额, 扣不完的结转。写了 against 时只从那一项里扣, 不会扣成负数。",
				"A deduction for each event, or for the month. class says which law it stands under: absence and not_earned lower what was earned; loss and discipline come off pay and pass the legal limit together, the excess is carried. With against it comes off that component only, which never falls below 0."),
			Fields:  []string{"each", "where", "of", "rate", "amount", "per_unit", "times", "at_most", "class", "against", "recover"},
			OneOf:   []string{"rate", "amount", "per_unit"},
			Example: "dispute:\n  title: 撞单\n  clause: 五-1\n  rate: {by level: {settled: 0%, manager: 30%, leadership: 50%}}\n",
		},
		Pay:   payPenalty,
		Check: checkPenalty,
	}
}

func checkPenalty(rd *yamldoc.Reader, r *rule.Rule) {
	switch {
	case r.Class == "" && r.Against == "":
		rd.Bad(r.Node, "missing-key", lang.F("%s 没有 class", "%s without class", r.Path), lang.T("法律类别: absence、not_earned、loss 或 discipline", "a class: absence, not_earned, loss or discipline"), lang.Same("class: discipline"))
	case r.Class == "":
		r.Class = statement.NotEarnedCl
	case r.Class == statement.Recovery:
		rd.Bad(r.Node, "class", lang.F("%s: class: recovery", "%s: class: recovery", r.Path), lang.T("absence、not_earned、loss 或 discipline; 追回由 crediting.reversals 处理", "absence, not_earned, loss or discipline; recovery is what crediting.reversals does"), lang.Text{})
	}
	switch r.Class {
	case statement.Absence:
		r.Stage = statement.BasePay
	case statement.NotEarnedCl:
		r.Stage = statement.NotEarned
	}
	if r.Amount == nil && r.Of == nil {
		rd.Bad(r.Node, "missing-key", lang.F("%s 没有 of", "%s without of", r.Path), lang.T("按什么计", "what it works on"), lang.Same("of: base"))
	}
	if r.Recover != nil && !r.Class.Guarded() {
		rd.Bad(r.Node.Get("recover"), "class", lang.F("%s: recover 和 class: %s", "%s: recover and class: %s", r.Path, r.Class), lang.T("loss 或 discipline: 只有从应发里扣的才分期", "loss or discipline: only what comes off pay is taken in parts"), lang.Text{})
	}
}

func payPenalty(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	var a rule.Amounted
	var evidence []record.Source
	var trouble *rule.Trouble
	if r.Each != "" {
		a, evidence, trouble = r.EachRow(s)
	} else {
		a, trouble = r.OnRow(s, s.Value)
	}
	if trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.MultiplyMonth(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.Limited(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	a.Value = a.Value.Neg()
	e := r.Earn(s, a, evidence)
	e.Line.Ground = ground(r, a.Steps)
	if r.Against != "" {
		r.ComeOff(s, &e)
	}
	if r.Class.Guarded() {
		e.Line.Amount = money.Zero // the guard says how much of it is applied
	}
	if e.Line.Nominal.IsZero() {
		return rule.Outcome{Why: rule.Zero(r, a.Steps)}
	}
	return rule.Outcome{Lines: []rule.Earned{e}}
}

// ground says by which clause, and for which cases, a deduction is made: the
// clause, then a line for each case.
func ground(r *rule.Rule, steps []statement.Step) lang.Text {
	g := lang.F("%s", "%s", r.Title)
	if r.Clause != "" {
		g = lang.F("制度 %s", "rule %s", r.Clause)
	}
	for _, st := range steps {
		if st.Key == "event" && len(st.Terms) > 1 {
			g = lang.F("%s\n%s, %s", "%s\n%s, %s", g, st.Terms[0].Text, st.Terms[1].Text)
		}
	}
	return g
}
