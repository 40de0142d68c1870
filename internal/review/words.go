package review

import (
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// Say says a formula with the titles of what it names.
func (b Bench) Say(f *expr.Formula) lang.Text {
	voc := b.Plan.Everywhere()
	return f.Show(func(n *expr.Node) string {
		if n.Text != "" {
			return n.Text
		}
		return statement.Write(n.Num, rule.UnitOf(n.Type))
	}, func(n *expr.Node) lang.Text {
		if n.Op == expr.OpText {
			return rule.Word(n.Text)
		}
		if d, ok := voc.Find(n.Text); ok {
			return d.Title
		}
		return n.Def.Title
	})
}
