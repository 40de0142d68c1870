package rule

import (
	"strconv"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Recover says how a deduction is taken in parts (semantics 46): over so many
// months, at most so much in each. Where both are written they collide, since
// neither the last instalment nor the number of months can hold; Wins says which.
type Recover struct {
	Instalments int
	AtMost      *scale.Scale
	Wins        string        // instalments or at_most
	For         *expr.Formula // of a draw: in which months it is taken back; nil: all
	Leaver      string        // of a draw: write_off, or empty: what is left is owed
}

// ReadRecover reads {instalments: 3, at_most: 20% * month_wage, wins: at_most}.
func ReadRecover(rd *yamldoc.Reader, n *yamldoc.Node, voc expr.Vocabulary) *Recover {
	rd.Known(n, "instalments", "at_most", "wins", "for", "leaver")
	out := &Recover{Wins: rd.OneOf(n.Get("wins"), "instalments", "at_most")}
	if x := n.Get("instalments"); x != nil {
		v, err := strconv.Atoi(rd.Word(x))
		if err != nil || v < 1 || v > 120 {
			rd.Bad(x, "number", lang.F("%s: %s", "%s: %s", x.Path, x.Text), lang.F("%d 到 %d 的整数", "a whole number from %d to %d", 1, 120), lang.Text{})
		}
		out.Instalments = v
	}
	if x := n.Get("at_most"); x != nil {
		out.AtMost = scale.Read(rd, x, scale.Spec{Voc: voc, Want: scale.Amount})
	}
	out.Leaver = rd.OneOf(n.Get("leaver"), "write_off")
	if x := n.Get("for"); x != nil {
		f, fault := expr.Compile(rd.Word(x), voc)
		if fault != nil {
			rd.Problems.Add(x.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", x.Path, fault.Found), fault.Want, fault.Mend))
		}
		out.For = f
	}
	switch {
	case out.Instalments > 0 && out.AtMost != nil && out.Wins == "":
		rd.Bad(n, "limits-collide", lang.F("%s: instalments 和 at_most", "%s: instalments and at_most", n.Path),
			lang.F("wins: 上限 1,600 时, 5,000 分 %d 期扣不完, 余 200", "wins: at most 1,600 a month, 5,000 in %d instalments leave 200", 3), lang.T("wins: at_most (多一期) 或 wins: instalments (末期扣完)", "wins: at_most (one month more) or wins: instalments (the last takes the rest)"))
	case out.Instalments == 0 && out.AtMost == nil && out.For == nil && out.Leaver == "":
		rd.Bad(n, "missing-key", lang.F("%s 没有 instalments 或 at_most", "%s without instalments or at_most", n.Path), lang.T("分几期, 或每月最多扣多少", "over how many months, or at most how much a month"), lang.Same("instalments: 3"))
	}
	return out
}

// Instalment is how much of a deduction one month takes, by the plan.
type Instalment struct {
	No, Of int // Of is 0 where only an amount a month is said
	Most   money.Decimal
}

// Part returns what the no-th month, from 1, takes of a whole sum. What a month
// could not take waits; once the instalments have run out all of it is asked for.
func (r *Recover) Part(s *Subject, no int, whole money.Decimal) *Instalment {
	p := &Instalment{No: no, Of: r.Instalments, Most: whole}
	if r.Instalments > 0 {
		upTo := func(n int) money.Decimal {
			return money.Of(whole).Mul(money.Whole(int64(n))).Div(money.Whole(int64(r.Instalments))).Round(2, money.HalfUp)
		}
		if no < r.Instalments || no == r.Instalments && r.Wins != "instalments" {
			p.Most = upTo(no).Sub(upTo(no - 1))
		}
	}
	last := r.Instalments > 0 && no >= r.Instalments
	if r.AtMost != nil && !(last && r.Wins == "instalments") {
		if v, _, miss := r.AtMost.Value(scale.Context{Env: s.Value, Month: s.Month}); miss == nil && !v.NoBase {
			p.Most = money.Min(p.Most, v.Num.Round(2, money.Down))
		}
	}
	return p
}

// Step says which instalment it is.
func (p Instalment) Step() statement.Step {
	if p.Of == 0 {
		return statement.S("a_month", statement.Figure(money.Of(p.Most), statement.Money))
	}
	n := func(v int) statement.Term { return statement.Figure(money.Whole(int64(v)), statement.Plain) }
	return statement.S("instalment", n(p.No), n(p.Of), statement.Figure(money.Of(p.Most), statement.Money))
}
