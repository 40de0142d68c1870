package review

import (
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
)

// Say says a formula with the titles of what it names.
func (b Bench) Say(f *expr.Formula) lang.Text {
	return f.Show(func(n *expr.Node) string {
		if n.Text != "" {
			return n.Text
		}
		return statement.Write(n.Num, rule.UnitOf(n.Type))
	}, func(n *expr.Node) lang.Text {
		if n.Op == expr.OpText {
			return rule.KeyWord(n.Text)
		}
		if t := b.title(n.Text); t.ZH != n.Text || n.Def.Title.IsEmpty() {
			return t
		}
		return n.Def.Title // a field of calls or events, which rules may not name
	})
}

// groupWords are keys inside a group, where they are not said by words.
var groupWords = map[string]lang.Text{
	"share": lang.T("份额", "share"), "for": lang.T("给谁", "for whom"), "when": lang.T("条件", "when"), "where": lang.T("单的条件", "of the deal"), "after": lang.T("在此之后", "after"), "pro_rata": lang.T("按比例", "in proportion to"),
}

// recoverWords are the keys of recover, which say when and how a debt is taken.
var recoverWords = map[string]lang.Text{
	"for": lang.T("条件", "where"), "leaver": lang.T("离职时没有扣完的", "what a leaver still owes is"),
}

func groupWord(path, key string) lang.Text {
	if t, ok := recoverWords[key]; ok && strings.HasSuffix(path, ".recover") {
		return t
	}
	if t, ok := groupWords[key]; ok {
		return t
	}
	return rule.KeyWord(key)
}
