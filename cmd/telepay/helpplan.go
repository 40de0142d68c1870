package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
	"telepay/penalties"
)

// measure is a name that a plan may use, with what it means.
type measure struct {
	name  string
	title lang.Text
	means lang.Text // empty where the title says it all
	unit  lang.Text
}

// measures are the KPIs, the attendance figures and the rest, in this order.
func measures() [][]measure {
	set := kpi.ReadSet(&yamldoc.Reader{}, nil, kpi.Own{})
	var kpis, figures, others []measure
	for _, name := range set.Names {
		k := set.ByName[name]
		kpis = append(kpis, measure{name, k.Title, k.Define, k.Type.Describe()})
	}
	for _, f := range attendance.Figures {
		figures = append(figures, measure{name: f.Name, title: f.Title, unit: expr.Type{Unit: expr.Count}.Describe()})
	}
	for _, d := range kpi.Special() {
		others = append(others, measure{name: d.Name, title: d.Title, unit: d.Type.Describe()})
	}
	return [][]measure{kpis, figures, others}
}

var measureForms = lang.T("前面可以加范围 team. members. level2. site. region. company. 和跨度 last_month. last_year. last_3_months. quarter_to_date. year_to_date. since_hire.; 名称也可以是 target.K attainment.K score.S factor.S grade.S place.B earned.规则",
	"In front may stand a scope, team. members. level2. site. region. company., and a span, last_month. last_year. last_3_months. quarter_to_date. year_to_date. since_hire.; names may also be target.K attainment.K score.S factor.S grade.S place.B earned.RULE")

// helpKPIs lists every measure by name, or says all of one.
func (a *app) helpKPIs(l lang.Lang, args []string) error {
	if len(args) > 0 {
		return a.helpMeasure(l, args[0])
	}
	for _, group := range measures() {
		t := newTable(lang.T("名称", "name"), lang.T("中文名", "title"), lang.T("单位", "unit"), lang.T("定义", "definition"))
		for _, m := range group {
			t.add(m.name, m.title.In(l), m.unit.In(l), m.means.In(l))
		}
		t.print(a.out, l)
		fmt.Fprintln(a.out)
	}
	fmt.Fprintln(a.out, measureForms.In(l))
	return nil
}

func (a *app) helpMeasure(l lang.Lang, name string) error {
	var known []string
	for i, group := range measures() {
		for _, m := range group {
			known = append(known, m.name)
			if m.name != name {
				continue
			}
			fmt.Fprintf(a.out, "%s  %s (%s)\n", m.name, m.title.In(l), m.unit.In(l))
			if !m.means.IsEmpty() {
				fmt.Fprintln(a.out, "    "+m.means.In(l))
			}
			if i == 0 {
				fmt.Fprintln(a.out, "    "+lang.F("任务 target.%s, 完成率 attainment.%s, 团队的 team.%s, 上月的 last_month.%s", "target.%s, attainment.%s; the team's team.%s, last month's last_month.%s", name, name, name, name).In(l))
			}
			return nil
		}
	}
	return a.unknown(l, name, known)
}

// rowFields are the fields of one row that conditions and tables may name: of the
// rows that KPIs count, then of what a rule is computed for one by one.
func rowFields() (counted, each []namedFields) {
	p := plan.Unread()
	for _, name := range kpi.Sources() {
		counted = append(counted, namedFields{name, p.KPIs.Fields(name)})
	}
	said := map[string]bool{}
	for _, name := range plan.Eaches() {
		fields := p.RowFields(name)
		if said[name] || len(fields) == 4 && fields[0].Name == "amount" && name != "event" { // a kind of event
			continue
		}
		each = append(each, namedFields{name, fields})
	}
	return counted, append(each, namedFields{"release", p.RowFields("release")})
}

type namedFields struct {
	name   string
	fields []expr.Def
}

// helpFields lists the fields of each kind of row.
func (a *app) helpFields(l lang.Lang, args []string) error {
	counted, each := rowFields()
	var known []string
	shown := 0
	for i, group := range [][]namedFields{counted, each} {
		said := false
		for _, x := range group {
			known = append(known, x.name)
			if len(args) > 0 && args[0] != x.name {
				continue
			}
			if !said {
				fmt.Fprintln(a.out, fieldGroups[i].In(l))
				said = true
			}
			t := newTable(lang.Same(x.name), lang.T("中文名", "title"), lang.T("单位", "unit"))
			for _, f := range x.fields {
				t.add(f.Name, f.Title.In(l), f.Type.Describe().In(l))
			}
			t.print(a.out, l)
			fmt.Fprintln(a.out)
			shown++
		}
	}
	if shown == 0 {
		return a.unknown(l, args[0], known)
	}
	fmt.Fprintln(a.out, ownFields.In(l))
	return nil
}

var fieldGroups = []lang.Text{
	lang.T("指标数的行 (kpis 的 where; of: collected 的规则按 credits 的栏目)", "rows that KPIs count (where of kpis; a rule of: collected sees the fields of credits)"),
	lang.T("规则逐个计算的 (each) 和 release 的 where", "what a rule is computed for (each), and where of a release"),
}

var ownFields = lang.T("成交、通话、事件表里公司自己的列, 写在导入配置的 extra 里以后也可以用; each 也可以是公司自己的事件种类 (栏目同 event)",
	"The company's own columns of deals, calls and events may be named once a profile lists them under extra; each may also be a kind of event of the company's own (fields as of event)")

// unknown ends a help that has no such topic, with the nearest that there is.
func (a *app) unknown(l lang.Lang, name string, known []string) error {
	return exit{exitUsage, lang.F("没有 %s; 最近的是 %s", "no %s; the nearest is %s", name, diag.Nearest(name, known)).In(l)}
}

// helpRules lists the kinds of rules and the shipped rules, or says all of one, or
// of a section of the plan.
func (a *app) helpRules(l lang.Lang, args []string) error {
	shipped := shippedRules()
	names := slices.Sorted(maps.Keys(shipped))
	var known []string
	for _, k := range Kinds() {
		known = append(known, k.Name)
		if len(args) > 0 && args[0] != k.Name {
			continue
		}
		fmt.Fprintf(a.out, "%s  %s (%s, %s)\n    %s\n", k.Name, k.Title.In(l), k.Section, k.Stage.Title().In(l), k.Help.In(l))
		if len(args) > 0 {
			for _, key := range k.Keys() {
				a.field(rule.FieldOf(key), l)
			}
		}
		fmt.Fprintln(a.out, "\n    "+strings.ReplaceAll(strings.TrimRight(k.Example, "\n"), "\n", "\n    ")+"\n")
		if len(args) > 0 {
			return nil
		}
	}
	for _, name := range names {
		known = append(known, name)
		if len(args) == 0 || args[0] == name {
			a.shippedRule(l, name, shipped[name])
		}
		if len(args) > 0 && args[0] == name {
			return nil
		}
	}
	for _, s := range plan.Sections() {
		known = append(known, s.Key)
		if len(args) > 0 && args[0] == s.Key {
			for _, f := range s.Fields {
				a.field(f, l)
			}
			return nil
		}
	}
	if len(args) > 0 {
		return a.unknown(l, args[0], known)
	}
	return nil
}

func shippedRules() map[string]catalogue.Definition {
	out := commission.Shipped()
	maps.Copy(out, penalties.Shipped())
	return out
}

// shippedRule says what a shipped rule fills in, with its example.
func (a *app) shippedRule(l lang.Lang, name string, d catalogue.Definition) {
	title := (&yamldoc.Reader{}).Text(d.Node.Get("title"))
	fmt.Fprintf(a.out, "%s  %s\n", name, title.In(l))
	for _, e := range d.Node.Entries {
		if e.Key.Text != "title" && e.Key.Text != "example" {
			fmt.Fprintf(a.out, "    %s: %s\n", e.Key.Text, inOneLine(e.Value))
		}
	}
	own := "{}"
	if x := d.Node.Get("example").Get("rule"); x != nil {
		own = inOneLine(x)
	}
	fmt.Fprintf(a.out, "\n    %s: %s\n\n", name, own)
}

// inOneLine writes a value as YAML on one line.
func inOneLine(n *yamldoc.Node) string {
	var parts []string
	for _, e := range n.Entries {
		parts = append(parts, e.Key.Text+": "+inOneLine(e.Value))
	}
	for _, i := range n.Items {
		parts = append(parts, inOneLine(i))
	}
	switch n.Kind {
	case yamldoc.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	case yamldoc.List:
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if strings.ContainsAny(n.Text, ",:{}[]") {
		return `"` + n.Text + `"`
	}
	return n.Text
}

// Kinds returns every kind of rule: earnings first, each section in the order of
// calculation.
func Kinds() []*rule.Kind {
	var out []*rule.Kind
	for _, kinds := range []map[string]*rule.Kind{commission.Kinds(), penalties.Kinds()} {
		list := slices.Collect(maps.Values(kinds))
		slices.SortFunc(list, func(a, b *rule.Kind) int { return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Name, b.Name)) })
		out = append(out, list...)
	}
	return out
}
