package review

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Result is what became of a case.
type Result struct {
	Case   Case
	Failed []Failure
	Lines  []statement.Line   // of the person, in the order of the statement
	Silent []statement.Silent // rules that paid nothing, and why
}

// Failure is one figure that did not come out.
type Failure struct {
	Expect Expect
	Got    lang.Text
}

// OK tells whether everything came out as expected.
func (r Result) OK() bool { return len(r.Failed) == 0 }

// Test runs a case through payrun and holds what it expects against what came out.
func (b Bench) Test(c Case) Result {
	run := b.Run(c.Trial)
	out := Result{Case: c}
	st := statementOf(run, c.Trial.Who.ID)
	if st != nil {
		out.Lines, out.Silent = st.Lines, st.Silent
	}
	for _, e := range c.Expect {
		if got, ok := meets(e, run, st, c.Trial.Who.ID); !ok {
			out.Failed = append(out.Failed, Failure{e, got})
		}
	}
	return out
}

func statementOf(run statement.Run, id string) *statement.Statement {
	for i := range run.Statements {
		if run.Statements[i].Person.ID == id {
			return &run.Statements[i]
		}
	}
	return nil
}

// meets tells whether an expectation holds, and what came out instead.
func meets(e Expect, run statement.Run, st *statement.Statement, id string) (lang.Text, bool) {
	if e.Name == "problem" {
		return hasProblem(e.Code, run)
	}
	if st == nil {
		for _, p := range run.Problems {
			if p.Agent == id || p.Agent == "" {
				return lang.F("没有工资单: %s [%s]", "no statement: %s [%s]", p.Found, p.Code), false
			}
		}
		return lang.T("没有工资单", "no statement"), false
	}
	got, ok := figureOf(e, *st)
	if !ok {
		return lang.T("方案没有法定部分, 没有实发", "the plan has no statutory part, so no net"), false
	}
	return lang.Same(statement.WriteMoney(got)), got.Cmp(e.Want) == 0
}

func hasProblem(code string, run statement.Run) (lang.Text, bool) {
	found := lang.T("没有问题", "no problem")
	for _, p := range run.Problems {
		if p.Code == code {
			return found, true
		}
		found = lang.Same(p.Code)
	}
	return found, false
}

// figureOf returns a total, or the sum of a rule's lines; false where there is none.
func figureOf(e Expect, st statement.Statement) (money.Decimal, bool) {
	t := st.Totals
	switch e.Name {
	case "payable":
		return t.Payable, true
	case "gross":
		return t.Gross, true
	case "deductions":
		return t.Deductions, true
	case "carried":
		return t.CarryNext, true
	case "net":
		if t.Net == nil {
			return money.Zero, false
		}
		return *t.Net, true
	}
	var sum money.Decimal
	for _, l := range st.Lines {
		if l.Rule == e.Name {
			sum = sum.Add(part(l, e.Part))
		}
	}
	return sum, true
}

func part(l statement.Line, name string) money.Decimal {
	switch name {
	case "nominal":
		return l.Nominal
	case "carried":
		return l.Carried
	case "limit":
		if l.Limit == nil {
			return money.Zero
		}
		return *l.Limit
	}
	return l.Amount
}
