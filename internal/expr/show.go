package expr

import (
	"strings"

	"telepay/internal/lang"
)

// Show writes the formula with the numbers put in: 200 − 50 × 迟到次数 2. The
// caller says how numbers, and names and texts, are written.
func (f *Formula) Show(number func(n *Node) string, name func(n *Node) lang.Text) lang.Text {
	return lang.Text{ZH: f.Root.show(lang.ZH, number, name, 0), EN: f.Root.show(lang.EN, number, name, 0)}
}

// marks are how operations print, with how strongly they bind.
var marks = map[Op]struct {
	text string
	bind int
}{
	OpOr: {" or ", 1}, OpAnd: {" and ", 2}, OpEq: {" = ", 4}, OpNe: {" ≠ ", 4}, OpLt: {" < ", 4}, OpLe: {" ≤ ", 4}, OpGt: {" > ", 4}, OpGe: {" ≥ ", 4},
	OpAdd: {" + ", 5}, OpSub: {" − ", 5}, OpMul: {" × ", 6}, OpDiv: {" ÷ ", 6},
}

var wordsZH = map[Op]string{OpOr: " 或 ", OpAnd: " 且 "}

func (n *Node) show(l lang.Lang, number func(n *Node) string, name func(n *Node) lang.Text, outer int) string {
	kid := func(i, bind int) string { return n.Kids[i].show(l, number, name, bind) }
	switch n.Op {
	case OpNumber:
		return number(n)
	case OpText:
		return name(n).In(l)
	case OpName:
		if n.Text == noneName {
			return "—"
		}
		return name(n).In(l)
	case OpNeg:
		return "−" + kid(0, 7)
	case OpNot:
		return lang.T("非 ", "not ").In(l) + kid(0, 3)
	case OpCall, OpIn:
		return n.showList(l, number, name)
	}
	m := marks[n.Op]
	text := m.text
	if l == lang.ZH && wordsZH[n.Op] != "" {
		text = wordsZH[n.Op]
	}
	s := kid(0, m.bind) + text + kid(1, m.bind+1)
	if m.bind < outer {
		return "(" + s + ")"
	}
	return s
}

func (n *Node) showList(l lang.Lang, number func(n *Node) string, name func(n *Node) lang.Text) string {
	var parts []string
	for _, k := range n.Kids {
		parts = append(parts, k.show(l, number, name, 0))
	}
	switch {
	case n.Op == OpIn:
		return parts[0] + lang.T(" 属于 (", " in (").In(l) + strings.Join(parts[1:], ", ") + ")"
	case n.Text == "ratio":
		return parts[0] + " ÷ " + parts[1]
	}
	return n.Text + "(" + strings.Join(parts, ", ") + ")"
}
