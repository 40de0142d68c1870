package simulate

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/statement"
)

func yuan(s string) money.Decimal { return money.MustParse(s) }

func rated(title, base, rate, amount string) statement.Line {
	b, r := money.Of(yuan(base)), money.Of(yuan(rate))
	return statement.Line{Rule: title, Title: lang.Same(title), Kind: statement.Earning, Base: &b, Rate: &r, Amount: yuan(amount)}
}

func plainLine(title, amount string) statement.Line {
	return statement.Line{Rule: title, Title: lang.Same(title), Kind: statement.Earning, Amount: yuan(amount)}
}

// sliced is 50,000 at 3% and 20,000 at 5%: 2,500.
func sliced() statement.Line {
	l := plainLine("提成", "2500")
	for _, x := range [][3]string{{"0–5万", "50000", "0.03"}, {"满 5万", "20000", "0.05"}} {
		w, r := money.Of(yuan(x[1])), money.Of(yuan(x[2]))
		l.Steps = append(l.Steps, statement.S("slice", statement.Word(lang.Same(x[0])), statement.Figure(w, statement.Money), statement.Figure(r, statement.Percent), statement.Figure(w.Mul(r), statement.Money)))
	}
	return l
}

func person(id string, lines ...statement.Line) statement.Statement {
	st := statement.Statement{Person: record.Person{ID: id, Name: id}, Lines: lines}
	for _, l := range lines {
		st.Totals.Payable = st.Totals.Payable.Add(l.Amount)
	}
	return st
}

func paidParts(amount string, parts ...string) Paid {
	p := Paid{Amount: yuan(amount)}
	for i := 0; i < len(parts); i += 2 {
		p.Parts = append(p.Parts, Part{parts[i], yuan(parts[i+1])})
	}
	return p
}

// TestAgainst: each cause of a difference in one sentence. The figures are by hand.
func TestAgainst(t *testing.T) {
	base := plainLine("底薪", "3000")
	commission := rated("提成", "20000", "0.05", "1000")
	credits := []statement.CreditRow{{Deal: "D1", Payment: "P1", Credited: yuan("5980"), Source: record.Source{File: "payments.csv", Row: 2}}}
	rows := []struct {
		name string
		st   statement.Statement
		paid Paid
		want string
	}{
		{"the same", person("T1", base, commission), paidParts("4000"), ""},
		{"a rule that is not in the plan", person("T1", base), paidParts("3300", "底薪", "3000", "补贴", "300"), `they have "补贴" 300.00, for which the plan has no rule`},
		{"a rule that they have not", person("T1", base, plainLine("全勤奖", "200")), paidParts("3000"), `telepay has "全勤奖" 200.00, and they have not`},
		{"another rate: 6% of 20,000", person("T1", base, commission), paidParts("4200"), `"提成": they pay 6%, telepay 5%`},
		{"another rate in a slice: 50,000 at 3%, 20,000 at 6%", person("T1", base, sliced()), paidParts("5700"), `"提成": in the slice 满 5万 they pay 6%, telepay 5%`},
		{"no slices: 70,000 at 5%", person("T1", base, sliced()), paidParts("6500"), `"提成": they pay 5% on all of it, telepay by slices`},
		{"a row not counted: 5% of 5,980", with(person("T1", base, commission), credits), paidParts("3701"), "they do not count 5,980.00 of payment P1 (payments.csv#2)"},
		{"the same, their commission beside it", with(person("T1", base, commission), credits), paidParts("3701", "底薪", "3000", "提成", "701"), "they do not count 5,980.00 of payment P1 (payments.csv#2)"},
		{"rounded to the yuan", person("T1", base, plainLine("提成", "1000.40")), paidParts("4000"), "they round to whole units"},
		{"rounded at other steps", with(person("T1", base, plainLine("提成", "1000.44")), credits), paidParts("4000.42"), "rounding: 3 items are rounded at other steps"},
		{"a component that differs", person("T1", base, plainLine("提成", "1000")), paidParts("4012.34", "提成", "1012.34"), `"提成": theirs 1,012.34, telepay 1,000.00`},
		{"two causes: an allowance of 300, and 6% of 20,000", person("T1", base, commission), paidParts("4500", "底薪", "3000", "提成", "1200", "补贴", "300"), `"提成": they pay 6%, telepay 5%; and they have "补贴" 300.00, for which the plan has no rule`},
		{"nothing accounts for it", person("T1", base, commission), paidParts("4077.77"), `no single item accounts for it; the largest line is "底薪" 3,000.00`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			gaps := Against(statement.Run{Statements: []statement.Statement{row.st}}, &record.Facts{}, map[string]Paid{"T1": row.paid}, false)
			if len(gaps) != 1 || !strings.HasPrefix(gaps[0].Why.EN, row.want) || row.want == "" && gaps[0].Why.EN != "" {
				t.Errorf("said %q, want %q", gaps[0].Why.EN, row.want)
			}
			if gaps[0].Why.ZH == "" != (row.want == "") {
				t.Errorf("in Chinese %q", gaps[0].Why.ZH)
			}
		})
	}
}

func with(st statement.Statement, credits []statement.CreditRow) statement.Statement {
	st.Credits = credits
	return st
}

// TestAgainstPeople: whom only one side has is told, and the largest gap comes first.
func TestAgainstPeople(t *testing.T) {
	run := statement.Run{Statements: []statement.Statement{person("T1", plainLine("底薪", "3000")), person("T2", plainLine("底薪", "10"))}, Stopped: []statement.Stopped{{Agent: "T3", Code: "attendance-missing"}}}
	var got []string
	for _, g := range Against(run, &record.Facts{}, map[string]Paid{"T1": paidParts("3000.01"), "T3": paidParts("500"), "X9": paidParts("7000")}, false) {
		got = append(got, fmt.Sprintf("%s %s %s", g.ID, g.Difference(), g.Why.EN))
	}
	want := []string{"X9 7000 no statement this month: not on the roster, or not employed", "T3 500 telepay made no statement: attendance-missing", "T2 -10 the other table does not have this person", "T1 0.01 rounding"}
	for i := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

// TestAgainstFacts: a payment that does not count here may count there.
func TestAgainstFacts(t *testing.T) {
	facts := &record.Facts{Deals: []record.Deal{{ID: "D1", Agent: "T1"}}, Payments: []record.Payment{{ID: "P7", Deal: "D1", Amount: yuan("2000"), At: record.Source{File: "payments.csv", Row: 8}}}}
	st := person("T1", plainLine("底薪", "3000"), rated("提成", "20000", "0.05", "1000"))
	gaps := Against(statement.Run{Statements: []statement.Statement{st}}, facts, map[string]Paid{"T1": paidParts("4100")}, false)
	if want := "they count payment P7 (2,000.00, payments.csv#8), which telepay does not"; gaps[0].Why.EN != want {
		t.Errorf("said %q, want %q", gaps[0].Why.EN, want)
	}
}
