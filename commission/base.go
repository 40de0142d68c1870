package commission

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// base (底薪): the month's fixed pay, by grade or person, prorated for part months.
func base() *rule.Kind {
	return &rule.Kind{
		Kind: catalogue.Kind{
			Name: "base", Title: lang.T("底薪", "Base salary"), Section: "earnings", Stage: statement.BasePay,
			Help: lang.T("按职级或个人的底薪。月中变动按工作日分段; 入职、离职和不带薪的假按 part_month 折算。花名册的底薪栏优先。兼职按小时: of: hours_worked 和 per_unit, 不折算。",
				"Base pay by grade or person. A change in mid-month makes segments by workdays; joining, leaving and unpaid leave are prorated by part_month. A base on the roster wins. Part-timers are paid by the hour with of: hours_worked and per_unit, never prorated."),
			Fields:  []string{"amount", "of", "per_unit", "plus", "times", "part_month", "at_least", "at_most"},
			OneOf:   []string{"amount", "per_unit"},
			Example: "base:\n  title: 底薪\n  amount: {by grade: {初级: 3400, 中级: 4000}}\n  part_month: 21.75 backward\n",
		},
		Pay:   payBase,
		Check: checkBase,
	}
}

func checkBase(rd *yamldoc.Reader, r *rule.Rule) {
	if r.PerUnit != nil && r.Of == nil {
		rd.Bad(r.Node, "missing-key", lang.F("%s 没有 of", "%s without of", r.Path), lang.T("按什么计", "what it works on"), lang.Same("of: hours_worked"))
	}
}

func payBase(r *rule.Rule, s *rule.Subject) rule.Outcome {
	if ok, why := r.Applies(s); !ok {
		return rule.Outcome{Why: why}
	}
	a, trouble := fixedPay(r, s)
	if trouble != nil {
		return rule.Bad(trouble)
	}
	if a, trouble = r.Limited(s, a); trouble != nil {
		return rule.Bad(trouble)
	}
	return r.NotEmpty(r.Earn(s, a, nil))
}

// fixedPay is the base that is due: by the hour, or for the month.
func fixedPay(r *rule.Rule, s *rule.Subject) (rule.Amounted, *rule.Trouble) {
	if r.PerUnit != nil {
		a, trouble := r.OnRow(s, s.Value)
		if trouble != nil {
			return a, trouble
		}
		return r.Multiply(s, s.Value, a)
	}
	a, trouble := blended(s, func(seg rule.Segment) (rule.Amounted, *rule.Trouble) {
		a, trouble := segmentBase(r, s, seg)
		if trouble != nil {
			return a, trouble
		}
		return r.Multiply(s, seg.Env(s.Value), a)
	})
	if trouble != nil {
		return a, trouble
	}
	return prorate(r.PartMonth, s, a), nil
}

// ContractBase returns a person's base for the whole month: of the roster, else
// of the plan, without the factors that conditions put on it. Where it changes
// within the month, by workdays of the segments.
func ContractBase(r *rule.Rule, s *rule.Subject) (rule.Amounted, *rule.Trouble) {
	return blended(s, func(seg rule.Segment) (rule.Amounted, *rule.Trouble) { return segmentBase(r, s, seg) })
}

// blended is the mean, by workdays, of what the month's segments have.
func blended(s *rule.Subject, of func(rule.Segment) (rule.Amounted, *rule.Trouble)) (rule.Amounted, *rule.Trouble) {
	segments := s.Segments()
	var out rule.Amounted
	var parts []statement.Step
	var days, first money.Ratio
	same := true
	for i, seg := range segments {
		a, trouble := of(seg)
		if trouble != nil {
			return a, trouble
		}
		if i == 0 {
			first, out.Steps, out.Notes = a.Value, a.Steps, a.Notes
		}
		same = same && a.Value.Cmp(first) == 0
		n := money.Whole(int64(seg.Workdays))
		days = days.Add(n)
		out.Value = out.Value.Add(a.Value.Mul(n))
		parts = append(parts, statement.S("segment", statement.Word(lang.F("%s 起 %s", "from %s, %s", seg.Days.From.String(), lang.Same(seg.Station.Grade))), statement.Figure(a.Value, statement.Money), statement.Figure(n, statement.Days)))
	}
	if same || days.IsZero() {
		out.Value = first
		return out, nil
	}
	out.Value = out.Value.Div(days)
	out.Steps = append(parts, statement.S("blend", statement.Figure(days, statement.Days), statement.Figure(out.Value, statement.Money)))
	return out, nil
}

func segmentBase(r *rule.Rule, s *rule.Subject, seg rule.Segment) (rule.Amounted, *rule.Trouble) {
	if seg.Station.HasBase {
		v := money.Of(seg.Station.Base)
		return rule.Amounted{Value: v, Steps: []statement.Step{statement.S("fixed", statement.Named(lang.T("花名册", "roster"), v, statement.Money))}}, nil
	}
	return r.AmountOf(s, seg.Env(s.Value))
}

// wholeMonth says that nothing was prorated, in one step with the amount where it is a plain one.
func wholeMonth(worked money.Ratio, scheduled int, a rule.Amounted) rule.Amounted {
	amount := statement.Figure(a.Value, statement.Money)
	if n := len(a.Steps); n > 0 && a.Steps[n-1].Key == "fixed" {
		amount, a.Steps = a.Steps[n-1].Terms[0], a.Steps[:n-1]
	}
	a.Steps = append(a.Steps, statement.S("whole_month", amount, statement.Figure(worked, statement.Days), statement.Figure(money.Whole(int64(scheduled)), statement.Days)))
	return a
}

// prorate cuts a month's base to the part that is due, by the plan's method
// (semantics 42). A whole month without unpaid leave is never touched.
func prorate(method string, s *rule.Subject, a rule.Amounted) rule.Amounted {
	d := s.Days
	if d.EmployedDays == 0 {
		a.Value = money.Ratio{}
		a.Steps = append(a.Steps, statement.S("not_employed"))
		return a
	}
	month := money.Whole(int64(d.MonthWorkdays + d.MonthHolidays))
	due := money.Whole(int64(d.EmployedWorkdays + d.Holidays)).Sub(d.Unpaid)
	if due.Cmp(month) == 0 || month.IsZero() {
		return wholeMonth(d.Worked, d.EmployedWorkdays, a)
	}
	full := a.Value
	payDays := money.Of(money.New(2175, 2))
	forward := money.MinRatio(full, full.Mul(due).Div(payDays))
	backward := money.MaxRatio(money.Ratio{}, full.Sub(full.Mul(month.Sub(due)).Div(payDays)))
	num, den := due, month
	switch method {
	case "21.75 forward":
		a.Value, den = forward, payDays
	case "workdays":
		a.Value = full.Mul(due).Div(month)
	case "calendar_days":
		num = money.Whole(int64(d.EmployedDays)).Sub(d.Unpaid)
		den = money.Whole(int64(d.MonthDays))
		a.Value = full.Mul(num).Div(den)
	case "hybrid":
		if due.Mul(money.Whole(2)).Cmp(month) <= 0 {
			a.Value, den = forward, payDays
			break
		}
		fallthrough
	default: // 21.75 backward
		missing := month.Sub(due)
		a.Value = backward
		a.Steps = append(a.Steps, statement.S("backward", statement.Figure(full, statement.Money), statement.Figure(missing, statement.Days), statement.Figure(backward, statement.Money)))
		return a
	}
	a.Steps = append(a.Steps, statement.S("prorate", statement.Figure(full, statement.Money), statement.Figure(num, statement.Days), statement.Figure(den, statement.Days), statement.Word(lang.Same(method)), statement.Figure(a.Value, statement.Money)))
	return a
}
