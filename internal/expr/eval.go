package expr

// Eval computes the formula. Division by 0 and every sum with a value that has
// no base yield no base; a comparison with it is no.
func (f *Formula) Eval(env Env) Value { return f.Root.Eval(env) }

// Eval computes one part of a formula, as the numerator of a ratio.
func (n *Node) Eval(env Env) (v Value) {
	n.eval(&scope{named: env}, &v)
	return v
}

// Bound is a formula whose names were looked up beforehand, for who computes it
// for many rows.
type Bound struct{ root *Node }

// Bind gives every name the place that place knows it by.
func (f *Formula) Bind(place func(name string) int) Bound { return Bound{f.Root.bound(place)} }

func (n *Node) bound(place func(name string) int) *Node {
	own := *n
	own.Kids = nil
	for _, k := range n.Kids {
		own.Kids = append(own.Kids, k.bound(place))
	}
	if n.Op == OpName {
		own.place = place(n.Text)
	}
	return &own
}

// Places gives the value of a name by its place. It stays valid while a formula is computed.
type Places func(place int) *Value

// Eval computes the formula into v, and Holds tells whether it is met, which is a condition.
func (b Bound) Eval(at Places, v *Value) { b.root.eval(&scope{at: at}, v) }

func (b Bound) Holds(at Places) bool { return b.root.holds(&scope{at: at}) }

// scope is where names have their values: of a formula that is bound, by place.
type scope struct {
	named Env
	at    Places
}

func (n *Node) eval(s *scope, v *Value) {
	switch n.Op {
	case OpNumber:
		*v = NumberOf(n.Num)
	case OpText:
		*v = TextOf(n.Text)
	case OpName:
		switch {
		case n.Text == noneName:
			*v = None
		case s.at != nil:
			*v = *s.at(n.place)
		default:
			*v = s.named(n.Text)
		}
	case OpNot, OpAnd, OpOr, OpIn, OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		*v = Truth(n.holds(s))
	case OpCall:
		n.call(s, v)
	default:
		n.sum(s, v)
	}
}

func (n *Node) call(s *scope, v *Value) {
	if n.Text == "if" { // the branch that is not taken is not computed
		taken := n.Kids[2]
		if n.Kids[0].holds(s) {
			taken = n.Kids[1]
		}
		taken.eval(s, v)
		return
	}
	args := make([]Value, len(n.Kids))
	for i, k := range n.Kids {
		k.eval(s, &args[i])
	}
	*v = functions[n.Text].eval(args)
}

// holds tells whether a condition is met.
func (n *Node) holds(s *scope) bool {
	var a, b Value
	switch n.Op {
	case OpNot:
		return !n.Kids[0].holds(s)
	case OpAnd:
		return n.Kids[0].holds(s) && n.Kids[1].holds(s)
	case OpOr:
		return n.Kids[0].holds(s) || n.Kids[1].holds(s)
	case OpIn:
		n.Kids[0].eval(s, &a)
		for _, k := range n.Kids[1:] {
			if k.eval(s, &b); compare(OpEq, &a, &b) {
				return true
			}
		}
		return false
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		n.Kids[0].eval(s, &a)
		n.Kids[1].eval(s, &b)
		return compare(n.Op, &a, &b)
	}
	n.eval(s, &a)
	return a.Yes
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
func (n *Node) sum(s *scope, v *Value) {
	var a, b Value
	if n.Kids[0].eval(s, &a); n.Op != OpNeg {
		n.Kids[1].eval(s, &b)
	}
	switch {
	case a.NoBase || b.NoBase || n.Op == OpDiv && b.Num.IsZero():
		*v = None
	case n.Op == OpNeg:
		*v = NumberOf(a.Num.Neg())
	case n.Op == OpAdd:
		*v = NumberOf(a.Num.Add(b.Num))
	case n.Op == OpSub:
		*v = NumberOf(a.Num.Sub(b.Num))
	case n.Op == OpMul:
		*v = NumberOf(a.Num.Mul(b.Num))
	default:
		*v = NumberOf(a.Num.Div(b.Num))
	}
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
