package review

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// ops say how rows are gathered: {0} is the field, {1} the rows.
var ops = map[string]lang.Text{
	"count": lang.T("{1}的行数", "the number of {1}"), "sum": lang.T("{1}的{0}之和", "the sum of {0} of {1}"), "average": lang.T("{1}的{0}的平均", "the mean {0} of {1}"),
	"median": lang.T("{1}的{0}的中位数", "the median {0} of {1}"), "max": lang.T("{1}的{0}的最大值", "the largest {0} of {1}"), "distinct": lang.T("{1}里不同的{0}有几个", "how many different {0} {1} have"),
}

// counted says how a KPI is counted: by the plan's own words, else by its formula,
// or by what it gathers and from which rows.
func (b Bench) counted(k *kpi.KPI) lang.Text {
	if d := k.Node.Get("definition"); d != nil {
		return (&yamldoc.Reader{}).Text(d)
	}
	if k.Formula != nil {
		return b.Say(k.Formula)
	}
	field := lang.Same(k.Field)
	if d, ok := b.Plan.KPIs.Field(k.Of, k.Field); ok {
		field = d.Title
	}
	out := fill(lang.T(strings.ReplaceAll(ops[k.Op].ZH, "{1}", rule.KeyWord(k.Of).ZH), strings.ReplaceAll(ops[k.Op].EN, "{1}", rule.KeyWord(k.Of).EN)), field)
	if k.Where != nil {
		out = lang.F("%s, 其中 %s", "%s, where %s", out, b.Say(k.Where))
	}
	return out
}

// measuresUsed draws the KPIs that rules, targets, scorecards and boards read and
// the plan leaves as they are shipped, with how each is counted.
func (b Bench) measuresUsed() *Table {
	t := &Table{Head: []lang.Text{lang.T("指标", "KPI"), lang.T("怎么数", "How it is counted")}}
	for _, name := range b.Plan.Used() {
		if k := b.Plan.KPIs.ByName[name]; k != nil && b.Plan.Root.Get("kpis").Get(name) == nil {
			t.Rows = append(t.Rows, []lang.Text{k.Title, k.Define})
		}
	}
	return t
}
