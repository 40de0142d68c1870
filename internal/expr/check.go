package expr

import (
	"cmp"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// checker gives every node its type and refuses what does not go together.
type checker struct{ voc Vocabulary }

func (c checker) check(n *Node) *Fault {
	switch n.Op {
	case OpNumber, OpText:
		return nil
	case OpName:
		return c.name(n)
	case OpEq, OpNe, OpIn:
		return c.equality(n)
	}
	for _, k := range n.Kids {
		if f := c.check(k); f != nil {
			return f
		}
	}
	switch n.Op {
	case OpAnd, OpOr, OpNot:
		n.Type = Type{Kind: YesNo}
		return wantAll(n.Kids, Type{Kind: YesNo})
	case OpLt, OpLe, OpGt, OpGe:
		n.Type = Type{Kind: YesNo}
		_, f := together(n)
		return f
	case OpCall:
		if f := functions[n.Text].check(n); f != nil {
			return f
		}
	default:
		if f := arithmetic(n); f != nil {
			return f
		}
	}
	return based(n)
}

func (c checker) name(n *Node) *Fault {
	if n.Text == noneName {
		n.Type = Type{Number, Plain}
		return nil
	}
	def, ok := c.voc.Find(n.Text)
	if !ok {
		f := &Fault{Code: "unknown-measure", At: n.At, Found: lang.Same(n.Text), Want: lang.T("一个已知的指标或栏目 (telepay help kpis 列出全部)", "a measure or column (telepay help kpis lists them all)")}
		near := ""
		if c.voc.Mend != nil {
			near = c.voc.Mend(n.Text)
		}
		if near = cmp.Or(near, diag.Nearest(n.Text, c.voc.All())); near != "" {
			f.Mend = lang.Same(near)
		}
		return f
	}
	n.Def, n.Type = def, def.Type
	return nil
}

// equality: right of =, != and in after a text, a bare word is a value (see
// Vocabulary.NamesCompare).
func (c checker) equality(n *Node) *Fault {
	if f := c.check(n.Kids[0]); f != nil {
		return f
	}
	if n.Kids[0].Type.Kind == Word {
		for _, k := range n.Kids[1:] {
			if k.Op == OpName && (n.Op == OpIn || !c.compares(k.Text)) {
				k.Op, k.Type = OpText, Type{Kind: Word}
			}
			if k.Op == OpNumber {
				k.Op, k.Type = OpText, Type{Kind: Word}
			}
		}
	}
	for _, k := range n.Kids[1:] {
		if f := c.check(k); f != nil {
			return f
		}
	}
	n.Type = Type{Kind: YesNo}
	if n.Kids[0].Type.Kind == Number {
		_, f := together(n)
		return f
	}
	return wantAll(n.Kids, n.Kids[0].Type)
}

// compares tells whether a word right of = is a name of text there.
func (c checker) compares(word string) bool {
	if !c.voc.NamesCompare {
		return false
	}
	def, ok := c.voc.Find(word)
	return ok && def.Type.Kind == Word
}

func wantAll(kids []*Node, want Type) *Fault {
	for _, k := range kids {
		if k.Type.Kind != want.Kind {
			return kindFault(k, want.Describe())
		}
	}
	return nil
}

func kindFault(n *Node, want lang.Text) *Fault {
	return &Fault{Code: "kinds", At: n.At, Found: n.Type.Describe(), Want: want}
}

// together finds the unit that numbers to be added or compared share.
func together(n *Node) (Unit, *Fault) {
	unit := Plain
	for _, k := range n.Kids {
		if k.Type.Kind != Number {
			return unit, kindFault(k, lang.T("一个数", "a number"))
		}
		switch u := k.Type.Unit; {
		case k.Op == OpName && k.Text == noneName: // no base goes with every unit
		case u == unit || u == Plain && unit != Percent && unit != Time:
		case unit == Plain && (u == Count || u == Money || first(n, k)):
			unit = u
		default:
			return unit, &Fault{Code: "units", At: n.At,
				Found: lang.F("%s和%s放在一起", "%s with %s", unitNames[unit], unitNames[u]),
				Want:  lang.T("同一种数", "numbers of one kind"), Mend: mendUnit(unit, u)}
		}
	}
	return unit, nil
}

func first(n, k *Node) bool { return n.Kids[0] == k }

func mendUnit(a, b Unit) lang.Text {
	switch {
	case a == Percent || b == Percent:
		return lang.T("百分比要带 %, 如 60%", "a percentage has its %, as in 60%")
	case a == Time || b == Time:
		return lang.T("时长要带单位, 如 60s 或 2h", "a time has its unit, as in 60s or 2h")
	}
	return lang.Text{}
}

func arithmetic(n *Node) *Fault {
	switch n.Op {
	case OpNeg:
		n.Type = n.Kids[0].Type
		return wantAll(n.Kids, Type{Kind: Number})
	case OpAdd, OpSub:
		unit, f := together(n)
		n.Type = Type{Number, unit}
		return f
	}
	if f := wantAll(n.Kids, Type{Kind: Number}); f != nil {
		return f
	}
	a, b := n.Kids[0].Type.Unit, n.Kids[1].Type.Unit
	if n.Op == OpDiv {
		n.Type = Type{Number, quotient(a, b)}
		return nil
	}
	unit, ok := product(a, b)
	if !ok {
		return &Fault{Code: "units", At: n.At, Found: lang.F("%s乘以%s", "%s times %s", unitNames[a], unitNames[b]), Want: lang.T("其中一个是比例或个数", "one of them a rate or a count")}
	}
	n.Type = Type{Number, unit}
	return nil
}

// based refuses what has no base whatever the data say: a sum with none, a division by 0.
func based(n *Node) *Fault {
	for _, k := range n.Kids {
		if k.Op == OpName && k.Text == noneName && n.Text != "if" && n.Text != "ratio" {
			return &Fault{Code: "formula", At: k.At, Found: lang.T("none 参加运算", "none in a sum"), Want: lang.T("一个数; none 只能单独写, 或写在 if 和 ratio 里", "a number; none stands alone, or in if and ratio")}
		}
	}
	return divisor(n)
}

// divisor refuses to divide by a constant 0.
func divisor(n *Node) *Fault {
	if n.Op != OpDiv && !(n.Op == OpCall && n.Text == "ratio") || !n.Kids[1].constant() {
		return nil
	}
	if v := n.Kids[1].Eval(nil); !v.NoBase && !v.Num.IsZero() {
		return nil
	}
	return &Fault{Code: "divided-by-zero", At: n.At, Found: lang.T("除以 0", "a division by 0"), Want: lang.T("不是 0 的除数", "a divisor other than 0"),
		Mend: lang.T("写出除数; 除数是指标而可能为 0 时写 ratio(a, b, 0)", "write the number to divide by; where it is a measure that can be 0, ratio(a, b, 0)")}
}

func product(a, b Unit) (Unit, bool) {
	switch {
	case a == Plain || a == Percent && b != Plain:
		return b, true
	case b == Plain || b == Percent:
		return a, true
	case a == Count:
		return b, true
	case b == Count:
		return a, true
	}
	return Plain, false
}

func quotient(a, b Unit) Unit {
	switch {
	case a == b && a != Plain:
		return Percent
	case b == Plain || b == Percent || b == Count:
		return a
	}
	return Plain
}

// noneName is the word that stands for no base in ratio(a, b, none).
const noneName = "none"
