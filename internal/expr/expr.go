// Package expr is the small language of formulas and conditions in a plan:
// exact numbers with units, yes/no, text. A formula is checked before any data
// is read; it cannot loop, and cannot reach anything but the names it is given.
package expr

import (
	"telepay/internal/lang"
	"telepay/internal/money"
)

// Kind is what a value is.
type Kind uint8

const (
	Number Kind = iota
	YesNo
	Word
)

// Unit is what a number counts. Numbers of different units are never added or
// compared; a plain number written in a plan goes with counts and with money.
type Unit uint8

const (
	Plain   Unit = iota // written in the plan without a unit, factors, scores
	Count               // pieces, days, times
	Money               // currency
	Percent             // rates, shares, attainments
	Time                // seconds
)

// Type is a kind and, for numbers, a unit.
type Type struct {
	Kind Kind
	Unit Unit
}

var unitNames = [...]lang.Text{lang.T("数字", "a number"), lang.T("个数", "a count"), lang.T("金额", "money"), lang.T("百分比", "a percentage"), lang.T("时长", "a time")}

// Describe names a type for a message.
func (t Type) Describe() lang.Text {
	switch t.Kind {
	case YesNo:
		return lang.T("是或否的条件", "a condition")
	case Word:
		return lang.T("文字", "text")
	}
	return unitNames[t.Unit]
}

// Value is the outcome of a formula. NoBase marks a number that has none, such
// as a rate over nothing: it is neither 0 nor 100%, and no comparison with it holds.
type Value struct {
	Kind   Kind
	Yes    bool
	NoBase bool
	Num    money.Ratio
	Text   string
}

// NumberOf, Truth and TextOf make values; None is the number without a base.
func NumberOf(r money.Ratio) Value { return Value{Kind: Number, Num: r} }
func Truth(b bool) Value           { return Value{Kind: YesNo, Yes: b} }
func TextOf(s string) Value        { return Value{Kind: Word, Text: s} }

var None = Value{Kind: Number, NoBase: true}

// Def is a name that a formula may use.
type Def struct {
	Name  string
	Type  Type
	Title lang.Text
}

// Vocabulary tells which names there are. Find may accept names that All does not list.
type Vocabulary struct {
	Find func(name string) (Def, bool)
	All  func() []string

	// Mend, where there is one, says how a name that is not found may be meant.
	Mend func(name string) string

	// NamesCompare lets texts be compared with each other: right of = and !=, a word
	// that is a text's name stands for it. Else such a word is a value, whatever it is.
	NamesCompare bool
}

// Env gives the value of a name that the vocabulary accepted.
type Env func(name string) Value

// Op is the operation of a node.
type Op uint8

const (
	OpNumber Op = iota
	OpText
	OpName
	OpNeg
	OpNot
	OpAdd
	OpSub
	OpMul
	OpDiv
	OpEq
	OpNe
	OpLt
	OpLe
	OpGt
	OpGe
	OpIn
	OpAnd
	OpOr
	OpCall
)

// Node is a part of a checked formula.
type Node struct {
	Op   Op
	Kids []*Node
	Num  money.Ratio
	Text string // of a text, a name, a function, and a number as it was written
	Type Type
	Def  Def // of a name
	At   int

	place int // of a name that is bound
}

// Formula is a checked formula.
type Formula struct {
	Source string
	Root   *Node
}

// Type returns what the formula yields.
func (f *Formula) Type() Type { return f.Root.Type }

// Constant tells whether the formula names nothing, and so is the same for everybody.
func (f *Formula) Constant() bool { return f.Root.constant() }

func (n *Node) constant() bool {
	names := false
	n.walk(func(k *Node) { names = names || k.Op == OpName && k.Text != noneName })
	return !names
}

// Names returns the names that the formula uses, in order, each once.
func (f *Formula) Names() []string {
	var names []string
	seen := map[string]bool{}
	f.Root.walk(func(n *Node) {
		if n.Op == OpName && n.Text != noneName && !seen[n.Text] {
			seen[n.Text] = true
			names = append(names, n.Text)
		}
	})
	return names
}

// Texts returns the texts and Numbers the numbers that the formula compares with
// or counts by, in order.
func (f *Formula) Texts() (texts []string) {
	f.Root.walk(func(n *Node) {
		if n.Op == OpText {
			texts = append(texts, n.Text)
		}
	})
	return texts
}

func (f *Formula) Numbers() (numbers []money.Ratio) {
	f.Root.walk(func(n *Node) {
		if n.Op == OpNumber {
			numbers = append(numbers, n.Num)
		}
	})
	return numbers
}

func (n *Node) walk(f func(*Node)) {
	f(n)
	for _, k := range n.Kids {
		k.walk(f)
	}
}
