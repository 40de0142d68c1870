package plan

import (
	"strings"
	"testing"

	"telepay/commission"
	"telepay/internal/catalogue"
	"telepay/internal/money"
	"telepay/internal/rule"
	"telepay/penalties"
)

// TestDefinitionsRun runs the example of every shipped rule, written into a plan.
func TestDefinitionsRun(t *testing.T) {
	for section, shipped := range map[string]map[string]catalogue.Definition{"earnings": commission.Shipped(), "deductions": penalties.Shipped()} {
		for name, d := range shipped {
			t.Run(section+"/"+name, func(t *testing.T) { runDefinition(t, section, name, d) })
		}
	}
}

func runDefinition(t *testing.T, section, name string, d catalogue.Definition) {
	example := d.Node.Get("example")
	if example.Get("expect") == nil {
		t.Fatal("no example that runs")
	}
	if title := d.Node.Get("title"); title.Get("zh") == nil || title.Get("en") == nil {
		t.Error("no title in both languages")
	}
	own := "{}"
	if r := example.Get("rule"); r != nil {
		own = flow(r)
	}
	text := head + scorecard + "earnings:\n  base: {amount: 4000}\n"
	if name != "full_attendance" {
		text += "  full_attendance: {amount: 200}\n"
	}
	if name != "performance" {
		text += "  performance: {amount: 1500}\n"
	}
	if section == "deductions" {
		text += "deductions:\n"
	}
	m := given{values: texts(example.Get("given"))}
	if rows := example.Get("rows"); rows != nil {
		for _, row := range rows.Items {
			m.rows = append(m.rows, texts(row))
		}
	}
	p := readPlan(t, text+"  "+name+": "+own+"\n")
	if got, want := pay(p, name, m), money.MustParse(example.Get("expect").Text).Fixed(2); got != want {
		t.Errorf("pays %s, want %s", got, want)
	}
}

// TestExamplesOfKindsAreRead: what the help and the plan reference show can be written so.
func TestExamplesOfKindsAreRead(t *testing.T) {
	for section, kinds := range map[string]map[string]*rule.Kind{"earnings": commission.Kinds(), "deductions": penalties.Kinds()} {
		for name, k := range kinds {
			t.Run(name, func(t *testing.T) {
				text := head + scorecard + "rankings: {sales: {by: collected}}\nearnings:\n  bottom: {rule: base, amount: 1}\n"
				example := "  " + strings.ReplaceAll(strings.TrimRight(k.Example, "\n"), "\n", "\n  ") + "\n"
				switch {
				case section == "deductions":
					text += "deductions:\n" + example
				case name == "guarantee", name == "pool", name == "release":
					text += "  base: {amount: 1}\n  commission: {of: collected, rate: 1%}\n" + example
				default:
					text += example
				}
				if p := readPlan(t, text); len(p.Rules) < 2 {
					t.Errorf("%d rules", len(p.Rules))
				}
			})
		}
	}
}
