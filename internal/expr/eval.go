package expr

// Eval computes the formula. Division by 0 and every sum with a value that has
// no base yield no base; a comparison with it is no.
func (f *Formula) Eval(env Env) Value { return f.Root.eval(env) }

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
	case OpNot:
		return Truth(!n.Kids[0].eval(env).Yes)
	case OpAnd:
		return Truth(n.Kids[0].eval(env).Yes && n.Kids[1].eval(env).Yes)
	case OpOr:
		return Truth(n.Kids[0].eval(env).Yes || n.Kids[1].eval(env).Yes)
	case OpIn:
		return n.evalIn(env)
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		return Truth(compare(n.Op, n.Kids[0].eval(env), n.Kids[1].eval(env)))
	case OpCall:
		if n.Text == "if" { // the branch that is not taken is not computed
			if n.Kids[0].eval(env).Yes {
				return n.Kids[1].eval(env)
			}
			return n.Kids[2].eval(env)
		}
	}
	args := make([]Value, len(n.Kids))
	for i, k := range n.Kids {
		args[i] = k.eval(env)
	}
	if n.Op == OpCall {
		return functions[n.Text].eval(args)
	}
	return sum(n.Op, args)
}

func (n *Node) evalIn(env Env) Value {
	v := n.Kids[0].eval(env)
	for _, k := range n.Kids[1:] {
		if compare(OpEq, v, k.eval(env)) {
			return Truth(true)
		}
	}
	return Truth(false)
}

func compare(op Op, a, b Value) bool {
	if a.NoBase || b.NoBase {
		return false
	}
	c := 0
	switch a.Kind {
	case Word:
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

func sum(op Op, args []Value) Value {
	for _, a := range args {
		if a.NoBase {
			return None
		}
	}
	switch op {
	case OpNeg:
		return NumberOf(args[0].Num.Neg())
	case OpAdd:
		return NumberOf(args[0].Num.Add(args[1].Num))
	case OpSub:
		return NumberOf(args[0].Num.Sub(args[1].Num))
	case OpMul:
		return NumberOf(args[0].Num.Mul(args[1].Num))
	}
	if args[1].Num.IsZero() {
		return None
	}
	return NumberOf(args[0].Num.Div(args[1].Num))
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
