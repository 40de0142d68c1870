package plan

import (
	"testing"

	"telepay/commission"
	"telepay/internal/catalogue"
	"telepay/internal/money"
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
