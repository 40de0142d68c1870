package expr

import (
	"telepay/internal/lang"
	"telepay/internal/money"
)

// function is one of the few functions of the language.
type function struct {
	check func(n *Node) *Fault
	eval  func(args []Value) Value
}

var functions = map[string]*function{
	"min":   {sameUnit("min(a, b, …)", 1, 20), fold(money.MinRatio)},
	"max":   {sameUnit("max(a, b, …)", 1, 20), fold(money.MaxRatio)},
	"clamp": {sameUnit("clamp(x, least, most)", 3, 3), clamp},
	"round": {checkRound, round},
	"if":    {checkIf, nil}, /* Eval takes the branch itself */
	"ratio": {checkRatio, ratio},
}

func count(n *Node, usage string, least, most int) *Fault {
	if len(n.Kids) >= least && len(n.Kids) <= most {
		return nil
	}
	return &Fault{Code: "formula", At: n.At, Found: lang.F("%s 的 %s 个值", "%[2]s for %[1]s", n.Text, lang.Count(len(n.Kids), "value", "values")), Want: lang.Same(usage)}
}

func sameUnit(usage string, least, most int) func(n *Node) *Fault {
	return func(n *Node) *Fault {
		if f := count(n, usage, least, most); f != nil {
			return f
		}
		unit, f := together(n)
		n.Type = Type{Number, unit}
		return f
	}
}

func fold(pick func(a, b money.Ratio) money.Ratio) func([]Value) Value {
	return func(args []Value) Value {
		v := args[0].Num
		for _, a := range args {
			if a.NoBase {
				return None
			}
			v = pick(v, a.Num)
		}
		return NumberOf(v)
	}
}

func clamp(args []Value) Value {
	if args[0].NoBase || args[1].NoBase || args[2].NoBase {
		return None
	}
	return NumberOf(money.MinRatio(money.MaxRatio(args[0].Num, args[1].Num), args[2].Num))
}

func checkRound(n *Node) *Fault {
	if f := count(n, "round(x, places)", 2, 2); f != nil {
		return f
	}
	if places, ok := n.Kids[1].Num.Num().Int64(); n.Kids[1].Op != OpNumber || !ok || places > 6 {
		return kindFault(n.Kids[1], lang.T("0 到 6 的位数", "a number of places from 0 to 6"))
	}
	n.Type = n.Kids[0].Type
	return wantAll(n.Kids, Type{Kind: Number})
}

func round(args []Value) Value {
	if args[0].NoBase {
		return None
	}
	places, _ := args[1].Num.Num().Int64()
	return NumberOf(money.Of(args[0].Num.Round(int(places), money.HalfUp)))
}

func checkIf(n *Node) *Fault {
	if f := count(n, "if(condition, then, else)", 3, 3); f != nil {
		return f
	}
	if n.Kids[0].Type.Kind != YesNo {
		return kindFault(n.Kids[0], lang.T("一个条件", "a condition"))
	}
	branches := &Node{Kids: n.Kids[1:], At: n.At}
	if n.Kids[1].Type.Kind != Number {
		n.Type = n.Kids[1].Type
		return wantAll(branches.Kids, n.Type)
	}
	unit, f := together(branches)
	n.Type = Type{Number, unit}
	return f
}

// ratio(a, b, none): a ÷ b, and what to give where b is 0; the word none gives no base.
func checkRatio(n *Node) *Fault {
	if f := count(n, "ratio(a, b, none)", 3, 3); f != nil {
		return f
	}
	if f := wantAll(n.Kids[:2], Type{Kind: Number}); f != nil {
		return f
	}
	n.Type = Type{Number, quotient(n.Kids[0].Type.Unit, n.Kids[1].Type.Unit)}
	if last := n.Kids[2]; last.Type.Kind != Number {
		return kindFault(last, lang.T("none 或一个数", "none, or a number"))
	}
	return nil
}

func ratio(args []Value) Value {
	switch {
	case args[0].NoBase || args[1].NoBase:
		return None
	case args[1].Num.IsZero():
		return args[2]
	}
	return NumberOf(args[0].Num.Div(args[1].Num))
}
