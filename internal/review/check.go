package review

import (
	"slices"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/payrun"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Checked is the month that a plan is checked on.
type Checked struct {
	Month     period.Month
	People    []record.Person
	Run       *payrun.Run
	Report    statement.Run
	Decisions []record.Decision // of every month that was read
	Jump      money.Decimal     // a cent more that pays so much more is told
}

// Check finds by computing what a plan has of cliffs and traps: pay that falls or
// jumps as more is sold, rules that nobody reaches, caps below their guarantee,
// targets that do not add up. What a decision accepts is not told.
func (b Bench) Check(c Checked) []diag.Problem {
	var out []diag.Problem
	for _, f := range append(append(b.cliffs(c), b.unreached(c.Report)...), b.caps()...) {
		if !accepted(f.ref, c.Decisions) {
			f.problem.Mend = lang.F("%s; 或在 decisions.csv 里接受: %s,姓名,accept,%s,,,,理由", "%s; or accept it in decisions.csv: %s,NAME,accept,%s,,,,REASON",
				f.problem.Mend, b.Project.Cut.Span(c.Month).Last().String(), f.ref)
			out = append(out, f.problem)
		}
	}
	return out
}

// finding is a problem with what a decision has to name to accept it.
type finding struct {
	problem diag.Problem
	ref     string
}

func accepted(ref string, decisions []record.Decision) bool {
	return slices.ContainsFunc(decisions, func(d record.Decision) bool { return d.What == "accept" && d.Ref == ref })
}

// at makes a finding about a place in the plan.
func at(n *yamldoc.Node, reach diag.Reach, code string, found, want, mend lang.Text) finding {
	p := n.Problem(code, found, want, mend)
	p.Reach = reach
	return finding{p, p.Pos.File + "#" + n.Path}
}

// unreached are rules whose for or when fits nobody in the month.
func (b Bench) unreached(run statement.Run) []finding {
	if len(run.Statements) == 0 {
		return nil
	}
	var out []finding
	for _, r := range b.Plan.Rules {
		why := map[string]int{}
		for _, st := range run.Statements {
			why[reasonOf(st, r.Name)]++
		}
		if why["not_for"]+why["not_when"] < len(run.Statements) {
			continue
		}
		out = append(out, at(r.Node, diag.Note, "rule-unreached", lang.F("%s: %s 的数据里无人能得 (%d 人不在 for 里, %d 人不满足 when)", "%s, which nobody reaches on the data of %s (%d not in for, %d not meeting when)", r.Path, run.Month.String(), why["not_for"], why["not_when"]),
			lang.T("有人能得的规则", "a rule that somebody can reach"), lang.T("改 for 或 when", "change for or when")))
	}
	return out
}

// reasonOf says why a rule paid a person nothing; empty where it paid or could have.
func reasonOf(st statement.Statement, name string) string {
	for _, s := range st.Silent {
		if s.Rule == name && len(s.Steps) > 0 {
			return s.Steps[0].Key
		}
	}
	return ""
}

// caps are guarantees that even the largest sale cannot earn, since something in
// them is capped below.
func (b Bench) caps() []finding {
	var out []finding
	huge := expr.NumberOf(money.Whole(1_000_000_000))
	for _, g := range b.Plan.Rules {
		if g.Kind.Name != "guarantee" {
			continue
		}
		t, ok := b.Sample(g)
		var capped *rule.Rule
		for _, name := range g.OfRules {
			r := b.Plan.Rule(name)
			if r == nil {
				continue
			}
			if r.AtMost.Month != nil {
				capped = r
			}
			if r.Of != nil {
				for _, of := range r.Of.Names() {
					t = t.with(of, huge)
				}
			}
		}
		if !ok || capped == nil {
			continue
		}
		if try := b.pays(t, g, money.Ratio{}); try.Why.IsEmpty() && try.Pays.Sign() > 0 {
			out = append(out, at(capped.Node.Get("at_most"), diag.Row, "cap-below-guarantee",
				lang.F("%s 封顶后, 做得再多, %s 仍要补 %s", "%s, whose cap leaves %s topping up %s however much is sold", capped.Path, g.Path, statement.WriteMoney(try.Pays)),
				lang.T("封顶高于保底", "a cap above the guarantee"), lang.T("提高封顶, 或降低保底", "raise the cap or lower the guarantee")))
		}
	}
	return out
}
