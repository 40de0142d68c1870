package kpi

import (
	"slices"
	"testing"

	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

func setOf(t *testing.T, text string) (*Set, []string) {
	t.Helper()
	n, ps := yamldoc.Parse("plan.yaml", []byte(text))
	r := &yamldoc.Reader{}
	set := ReadSet(r, n, Own{})
	set.CheckQueries()
	var codes []string
	for _, p := range append(ps, r.Problems.All()...) {
		codes = append(codes, p.Code)
	}
	return set, codes
}

// TestRefused: what the KPI language cannot say is refused where it is written.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"a sum cannot be matched":              {"x: {of: calls, sum: talk, match: {calls: phone, within: 1d}}", "shape"},
		"groups without from which one":        {"x: {count: calls, per: [phone, day]}", "shape"},
		"from which one without groups":        {"x: {count: calls, having: nth > 3}", "shape"},
		"groups of a number":                   {"x: {count: calls, per: [talk, day], having: nth > 3}", "shape"},
		"another condition on groups":          {"x: {count: calls, per: [phone, day], having: rows > 3}", "shape"},
		"groups of deals":                      {"x: {count: deals, per: [product, day], having: nth > 1}", "shape"},
		"events name nobody that was called":   {"x: {count: events, match: {calls: customer, within: 7d}}", "shape"},
		"a list without its name":              {"x: {count: calls, match: {numbers: phone}}", "shape"},
		"two partners":                         {"x: {count: calls, match: {calls: phone, deals: customer, within: 7d}}", "shape"},
		"deals matched with deals":             {"x: {count: deals, match: {deals: customer, within: 7d}}", "shape"},
		"no length of time":                    {"x: {count: calls, match: {deals: customer}}", "lasts"},
		"no day after":                         {"x: {of: deals, distinct: deal, match: {calls: customer, within: 0d}}", "lasts"},
		"a condition that calls cannot answer": {"x: {count: calls, match: {calls: phone, within: 1d, where: talk + ring > 60s}}", "query"},
		"a mean times a factor":                {"x: {of: events, average: score, times: 2}", "shape"},
		"a factor that is an amount":           {"x: {of: deals, sum: signed, times: {by product: {年卡: 3%, any: x}}}", "unknown-measure"},
		"a day has no target":                  {"x: {formula: target.dials, per: day}", "unknown-measure"},
		"another span of days":                 {"x: {formula: dials, per: week}", "unknown-word"},
		"an exception that is none":            {"x: {count: calls, exception: no}", "unknown-word"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, codes := setOf(t, c.text); !slices.Contains(codes, c.code) {
				t.Errorf("%s: refused with %v, want %s", c.text, codes, c.code)
			}
		})
	}
}

// TestAsked: a KPI is asked of calls only where the exports can answer it.
func TestAsked(t *testing.T) {
	all := []string{"calls", "calls.phone", "calls.line", "calls.result", "calls.direction", "calls.ring", "calls.note", "calls.talk", "numbers", "leads"}
	for name, c := range map[string]struct {
		text string
		lost string // the column or list that is not there
		want bool
	}{
		"everything is there":              {"count: calls, where: ring <= 15s", "", true},
		"a column that has to be there":    {"count: calls, where: ring <= 15s", "calls.ring", false},
		"one of two":                       {"count: calls, where: ring <= 15s or talk > 60s", "calls.ring", true},
		"both of two":                      {"count: calls, where: ring <= 15s and talk > 60s", "calls.ring", false},
		"a value that is not another":      {"count: calls, where: result != failed", "calls.result", true},
		"empty cells of no column":         {"count: calls, where: direction = out and note = ''", "calls.note", false},
		"filled cells of no column":        {"count: calls, where: note != ''", "calls.note", false},
		"answered, by nothing":             {"count: calls, where: connected", "calls.result", true},
		"what is summed":                   {"of: calls, sum: ring", "calls.ring", false},
		"not on a list that is not there":  {"count: calls, where: not company_line", "numbers", false},
		"not on a list without the column": {"count: calls, where: not company_line", "calls.line", false},
		"not among leads that are not":     {"count: calls, where: not listed", "leads", false},
		"a batch of no leads":              {"count: calls, where: batch = B1", "leads", false},
		"groups of no column":              {"{count: calls, per: [phone, day], having: nth > 3}", "calls.phone", false},
		"near calls of no column":          {"{count: calls, match: {calls: phone, before: 3d, where: result = busy}}", "calls.result", false},
	} {
		t.Run(name, func(t *testing.T) {
			text := c.text
			if text[0] != '{' {
				text = "{" + text + "}"
			}
			set, codes := setOf(t, "x: "+text)
			if len(codes) > 0 {
				t.Fatal(codes)
			}
			f := &record.Facts{Present: map[string]bool{}, Numbers: []record.Number{{Number: "l1", List: "company_line"}}, Leads: []record.Lead{{Phone: "p1", Batch: "B1"}}}
			for _, there := range all {
				f.Present[there] = there != c.lost
			}
			if got := asked(set.Queries(f)); got != c.want {
				t.Errorf("asked: %v", got)
			}
		})
	}
}

func asked(q query.Set) bool {
	for _, m := range q.Measures {
		if m.Name == "x" {
			return true
		}
	}
	for _, r := range q.Repeats {
		if r.Name == "x" {
			return true
		}
	}
	return slices.ContainsFunc(q.Near, func(n query.Near) bool { return n.Name == "x" })
}
