package expr

import (
	"telepay/internal/lang"
	"telepay/internal/money"
)

// Limits on a formula; the longest useful ones are a tenth of them.
const (
	maxTokens = 500
	maxNest   = 50
)

// Compile parses and checks a formula over a vocabulary.
func Compile(src string, voc Vocabulary) (*Formula, *Fault) {
	p := &parser{lex: lexer{src: []rune(src)}}
	if f := p.advance(); f != nil {
		return nil, f
	}
	root, f := p.or()
	if f != nil {
		return nil, f
	}
	if p.tok.kind != tokEnd {
		return nil, p.unexpected(lang.T("运算符或结尾", "an operator or the end"))
	}
	c := checker{voc: voc}
	if f := c.check(root); f != nil {
		return nil, f
	}
	return &Formula{Source: src, Root: root}, nil
}

// Literal reads a value that is only a number, as a bound of a scale is.
func Literal(src string) (money.Ratio, Unit, *Fault) {
	f, fault := Compile(src, Vocabulary{Find: func(string) (Def, bool) { return Def{}, false }, All: func() []string { return nil }})
	if fault != nil {
		return money.Ratio{}, Plain, fault
	}
	v := f.Eval(nil)
	if v.Kind != Number || v.NoBase {
		return money.Ratio{}, Plain, &Fault{"number", 0, lang.Same(src), lang.T("一个数", "a number"), lang.Text{}}
	}
	return v.Num, f.Type().Unit, nil
}

type parser struct {
	lex    lexer
	tok    token
	tokens int
	nest   int
}

func (p *parser) advance() *Fault {
	if p.tokens++; p.tokens > maxTokens {
		return &Fault{"formula", p.lex.at, lang.T("太长的公式", "a formula too long"), lang.F("不超过 %d 个词", "at most %d words", maxTokens), lang.Text{}}
	}
	t, f := p.lex.next()
	p.tok = t
	return f
}

func (p *parser) is(texts ...string) bool {
	if p.tok.kind != tokMark && p.tok.kind != tokWord {
		return false
	}
	for _, t := range texts {
		if p.tok.text == t {
			return true
		}
	}
	return false
}

func (p *parser) unexpected(want lang.Text) *Fault {
	found := lang.Same(p.tok.text)
	if p.tok.kind == tokEnd {
		found = lang.T("公式在这里结束", "the formula ends here")
	}
	return &Fault{"formula", p.tok.at, found, want, p.meant()}
}

// otherWords are words that people write for operators.
var otherWords = map[string]string{"is": "=", "equals": "=", "是": "=", "等于": "=", "大于": ">", "小于": "<", "不是": "!=", "AND": "and", "OR": "or", "NOT": "not", "且": "and", "或": "or"}

// meant says what a token out of place may be meant for.
func (p *parser) meant() lang.Text {
	if _, unit := suffixes[p.tok.text]; unit && p.tok.kind == tokWord {
		return unitBehind
	}
	return lang.Same(otherWords[p.tok.text])
}

func (p *parser) or() (*Node, *Fault) {
	left, f := p.not()
	mixed := ""
	for f == nil && p.is("and", "or") {
		word, at := p.tok.text, p.tok.at
		if mixed != "" && mixed != word {
			return nil, &Fault{"formula", at, lang.T("and 和 or 混用而没有括号", "and mixed with or, without brackets"), lang.T("括号", "brackets"), lang.T("写成 a and (b or c) 或 (a and b) or c", "write a and (b or c), or (a and b) or c")}
		}
		mixed = word
		if f = p.advance(); f != nil {
			break
		}
		var right *Node
		if right, f = p.not(); f == nil {
			op := OpAnd
			if word == "or" {
				op = OpOr
			}
			left = &Node{Op: op, Kids: []*Node{left, right}, At: at}
		}
	}
	return left, f
}

func (p *parser) not() (*Node, *Fault) {
	if p.is("not") {
		at := p.tok.at
		if f := p.advance(); f != nil {
			return nil, f
		}
		kid, f := p.not()
		return &Node{Op: OpNot, Kids: []*Node{kid}, At: at}, f
	}
	return p.comparison()
}

var comparisons = map[string]Op{"=": OpEq, "!=": OpNe, "<": OpLt, "<=": OpLe, ">": OpGt, ">=": OpGe}

func (p *parser) comparison() (*Node, *Fault) {
	left, f := p.sum()
	if f != nil {
		return nil, f
	}
	if p.is("in") {
		return p.in(left)
	}
	op, ok := comparisons[p.tok.text]
	if p.tok.kind != tokMark || !ok {
		return left, nil
	}
	at := p.tok.at
	if f = p.advance(); f != nil {
		return nil, f
	}
	right, f := p.sum()
	return &Node{Op: op, Kids: []*Node{left, right}, At: at}, f
}

func (p *parser) in(left *Node) (*Node, *Fault) {
	n := &Node{Op: OpIn, Kids: []*Node{left}, At: p.tok.at}
	if f := p.advance(); f != nil {
		return nil, f
	}
	kids, f := p.arguments()
	n.Kids = append(n.Kids, kids...)
	return n, f
}

func (p *parser) arguments() ([]*Node, *Fault) {
	if !p.is("(") {
		return nil, p.unexpected(lang.Same("("))
	}
	var kids []*Node
	for {
		if f := p.advance(); f != nil {
			return nil, f
		}
		kid, f := p.or()
		if f != nil {
			return nil, f
		}
		kids = append(kids, kid)
		if p.is(")") {
			return kids, p.advance()
		}
		if !p.is(",") {
			return nil, p.unexpected(lang.T(", 或 )", ", or )"))
		}
	}
}

func (p *parser) sum() (*Node, *Fault) {
	return p.chain(p.product, map[string]Op{"+": OpAdd, "-": OpSub})
}
func (p *parser) product() (*Node, *Fault) {
	return p.chain(p.unary, map[string]Op{"*": OpMul, "/": OpDiv})
}

func (p *parser) chain(part func() (*Node, *Fault), ops map[string]Op) (*Node, *Fault) {
	left, f := part()
	for f == nil && p.tok.kind == tokMark {
		op, ok := ops[p.tok.text]
		if !ok {
			break
		}
		at := p.tok.at
		if f = p.advance(); f != nil {
			break
		}
		var right *Node
		if right, f = part(); f == nil {
			left = &Node{Op: op, Kids: []*Node{left, right}, At: at}
		}
	}
	return left, f
}

func (p *parser) unary() (*Node, *Fault) {
	if p.nest++; p.nest > maxNest {
		return nil, &Fault{"formula", p.tok.at, lang.T("太深的括号", "brackets too deep"), lang.F("不超过 %d 层", "at most %d levels", maxNest), lang.Text{}}
	}
	defer func() { p.nest-- }()
	if p.is("-") {
		at := p.tok.at
		if f := p.advance(); f != nil {
			return nil, f
		}
		kid, f := p.unary()
		return &Node{Op: OpNeg, Kids: []*Node{kid}, At: at}, f
	}
	return p.atom()
}

func (p *parser) atom() (*Node, *Fault) {
	t := p.tok
	switch {
	case t.kind == tokNumber:
		return &Node{Op: OpNumber, Num: t.num, Text: t.text, Type: Type{Number, t.unit}, At: t.at}, p.advance()
	case t.kind == tokText:
		return &Node{Op: OpText, Text: t.text, Type: Type{Kind: Word}, At: t.at}, p.advance()
	case p.is("("):
		kids, f := p.arguments()
		if f != nil {
			return nil, f
		}
		if len(kids) != 1 {
			return nil, &Fault{"formula", t.at, lang.T("括号里有几个值", "several values in brackets"), lang.T("一个值", "one value"), lang.Text{}}
		}
		return kids[0], nil
	case t.kind == tokWord:
		if f := p.advance(); f != nil {
			return nil, f
		}
		if p.is("(") && functions[t.text] != nil {
			kids, f := p.arguments()
			return &Node{Op: OpCall, Text: t.text, Kids: kids, At: t.at}, f
		}
		return &Node{Op: OpName, Text: t.text, At: t.at}, nil
	}
	return nil, p.unexpected(lang.T("数字、名称或括号", "a number, a name or a bracket"))
}
