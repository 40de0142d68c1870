package expr

// Eval computes the formula. Division by 0 and every sum with a value that has
// no base yield no base; a comparison with it is no.
func (f *Formula) Eval(env Env) Value { return f.Root.eval(env) }

// Holds tells whether the formula, which is a condition, is met.
func (f *Formula) Holds(env Env) bool { return f.Root.holds(env) }

// Eval computes one part of a formula, as the numerator of a ratio.
func (n *Node) Eval(env Env) Value { return n.eval(env) }

func (n *Node) eval(env Env) Value {
	switch n.Op {
	case OpNumber:
		return NumberOf(n.Num)
	case OpText:
		return TextOf(n.Text)
	case OpName:
		if n.Text == noneName {
			return None
		}
		return env(n.Text)
	case OpNot, OpAnd, OpOr, OpIn, OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		return Truth(n.holds(env))
	case OpCall:
		if n.Text == "if" { // the branch that is not taken is not computed
			if n.Kids[0].holds(env) {
				return n.Kids[1].eval(env)
			}
			return n.Kids[2].eval(env)
		}
	}
	if n.Op != OpCall {
		return n.sum(env)
	}
	args := make([]Value, len(n.Kids))
	for i, k := range n.Kids {
		args[i] = k.eval(env)
	}
	return functions[n.Text].eval(args)
}

// holds tells whether a condition is met.
func (n *Node) holds(env Env) bool {
	switch n.Op {
	case OpNot:
		return !n.Kids[0].holds(env)
	case OpAnd:
		return n.Kids[0].holds(env) && n.Kids[1].holds(env)
	case OpOr:
		return n.Kids[0].holds(env) || n.Kids[1].holds(env)
	case OpIn:
		v := n.Kids[0].eval(env)
		for _, k := range n.Kids[1:] {
			if w := k.eval(env); compare(OpEq, &v, &w) {
				return true
			}
		}
		return false
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		a, b := n.Kids[0].eval(env), n.Kids[1].eval(env)
		return compare(n.Op, &a, &b)
	}
	return n.eval(env).Yes
}

func compare(op Op, a, b *Value) bool {
	if a.NoBase || b.NoBase {
		return false
	}
	c := 0
	switch a.Kind {
	case Word:
		if b.Kind != Word { // a number that a row does not have
			return false
		}
		if a.Text != b.Text {
			c = 1
		}
	case YesNo:
		if a.Yes != b.Yes {
			c = 1
		}
	default:
		c = a.Num.Cmp(b.Num)
	}
	switch op {
	case OpEq:
		return c == 0
	case OpNe:
		return c != 0
	case OpLt:
		return c < 0
	case OpLe:
		return c <= 0
	case OpGt:
		return c > 0
	}
	return c >= 0
}

// sum computes both sides before it looks at either.
func (n *Node) sum(env Env) Value {
	a, b := n.Kids[0].eval(env), Value{}
	if n.Op != OpNeg {
		b = n.Kids[1].eval(env)
	}
	switch {
	case a.NoBase || b.NoBase || n.Op == OpDiv && b.Num.IsZero():
		return None
	case n.Op == OpNeg:
		return NumberOf(a.Num.Neg())
	case n.Op == OpAdd:
		return NumberOf(a.Num.Add(b.Num))
	case n.Op == OpSub:
		return NumberOf(a.Num.Sub(b.Num))
	case n.Op == OpMul:
		return NumberOf(a.Num.Mul(b.Num))
	}
	return NumberOf(a.Num.Div(b.Num))
}

// Ratio returns the two sides of a formula that is one division, a / b or
// ratio(a, b, …), and false for every other formula.
func (f *Formula) Ratio() (num, den *Node, ok bool) {
	r := f.Root
	if r.Op == OpDiv || r.Op == OpCall && r.Text == "ratio" {
		return r.Kids[0], r.Kids[1], true
	}
	return nil, nil, false
}
