package review

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/plan"
	"telepay/internal/yamldoc"
)

// plans returns every plan under fixtures with its text.
func plans(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("../../fixtures", func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err != nil || d.IsDir() || !strings.HasPrefix(name, "plan") || !strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, "_test.yaml") {
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(path)] = string(data)
		return err
	})
	if err != nil || len(out) < 50 {
		t.Fatalf("%d plans (%v)", len(out), err)
	}
	return out
}

// ofPages adds the plans that pages show, with what a plan of its own needs beside.
func ofPages(t *testing.T, into map[string]string) {
	t.Helper()
	for _, page := range []string{"plan-guide.md", "cookbook.md", "../fixtures/constructs.md"} {
		for i, text := range blocks(t, page) {
			if strings.HasPrefix(text, "- ") {
				continue
			}
			if !strings.HasPrefix(text, "plan:") {
				text = head + text
			}
			if !strings.Contains(text, "earnings:") {
				text += "earnings: {base: {amount: 3000}}\n"
			}
			into[fmt.Sprintf("%s, block %d", page, i+1)] = text
		}
	}
}

// TestSchemaOfFixtures: the schema takes every plan that the reader takes, and
// refuses every plan with a key that the reader does not know.
func TestSchemaOfFixtures(t *testing.T) {
	v := newValidator(t)
	taken, refused := 0, 0
	all := plans(t)
	ofPages(t, all)
	for path, text := range all {
		root, problems := yamldoc.Parse("plan.yaml", []byte(text))
		if root == nil || len(problems) > 0 || root.Kind != yamldoc.Map {
			continue
		}
		wrong := v.check(v.root, valueOf(root), "plan")
		_, problems = plan.Read("plan.yaml", []byte(text), plan.Context{})
		stops, unknown := false, false
		for _, p := range problems {
			stops = stops || p.Reach == 0
			unknown = unknown || p.Code == "unknown-key"
		}
		switch {
		case !stops && wrong != "":
			t.Errorf("%s is refused: %s", path, wrong)
		case !stops:
			taken++
		case unknown && wrong == "":
			t.Errorf("%s has an unknown key and is taken", path)
		case unknown:
			refused++
		}
	}
	if taken < 220 || refused < 2 {
		t.Errorf("%d plans taken, %d refused", taken, refused)
	}
}

// mistakes are the one-mistake folders that the schema refuses: all whose mistake is
// one of shape. What is left asks for names, units or sums, which only the reader has.
var mistakes = []string{"all-at-once", "amount-unit", "bound-below-zero", "bound-unit", "bounds-of-nothing", "class", "clock", "formula", "grid-shape", "lasts", "limits-collide",
	"missing-key", "mode", "mode-missing", "month", "nesting", "owner-last", "pay", "rate-unit", "scale-shape", "shape", "since", "tier-to", "unknown-key", "unknown-rule"}

func TestSchemaRefusesMistakes(t *testing.T) {
	v := newValidator(t)
	all := plans(t)
	for _, code := range mistakes {
		root, problems := yamldoc.Parse("plan.yaml", []byte(all["../../fixtures/mistakes/"+code+"/plan.yaml"]))
		if len(problems) > 0 || v.check(v.root, valueOf(root), "plan") == "" {
			t.Errorf("the schema takes the plan of fixtures/mistakes/%s (%v)", code, problems)
		}
	}
}

// TestSchemaOfValues holds reader and schema against each other, value by value: what
// the reader takes the schema takes, and each of these mistakes both refuse.
func TestSchemaOfValues(t *testing.T) {
	v := newValidator(t)
	for _, c := range []struct {
		name, text     string
		taken, refused []string
	}{
		{"rate", "earnings: {commission: {of: collected, rate: @}}", []string{"5%", "0.5‰", "5% * qa / 100", "{by grade: {高级: 5%, any: none}}", "{mode: 超额, from 0: 3%, above 1.5万: 5%}", "{mode: {from 0: whole, above 15万: marginal}, from 0: 3%}", "{since 2026-01: 3%, since 2026-07: 4%}", "{by attainment.collected: {from 80%: 3%, above 100%: 5%}}"},
			[]string{"5", "0.05", "5万", "[5%]", "{}", "{from 0: 3%}", "{mode: wole, from 0: 3%}", "{mode: marginal, from -1: 3%}", "{since 2026-13: 3%}", "{since 2026-07: {from 0: 3%}}", "{by grade: {}}", "{mode: whole, from 5万-10万: 3%}", "5% / 0", "{by grade: {any: 3%}, mode: whole}", "{mode: whole, from lots: 3%}"}},
		{"amount", "earnings: {base: {amount: 1}, prize: {rule: bonus, amount: @}}", []string{"500", "1.5万", "200 - 50 * late_times", "0.1% * base", "{by deals: {from 1: 100}}", "{\"by deals, collected\": {from: [0, 1万], from 1: [0, 5]}}", "{by growth: {from -10%: 100}}"},
			[]string{"5%", "60s", "{from 1: 100}", "{by deals: {mode: marginal, from 1: 100}}", "{\"by deals, collected\": {from 1: [0, 5]}}", "1 / 0", "[5]"}},
		{"per unit", "earnings: {base: {amount: 1}, prize: {rule: bonus, of: deals, per_unit: @}}", []string{"50", "{mode: marginal, from 0: 50, from 10: 80}", "{mode: whole, from -5: 1}"}, []string{"5%", "{from 0: 50}"}},
		{"times", "earnings: {base: {amount: 1, times: @}}", []string{"0.8", "80%", "qa / 100", "{by status: {试用: 0.8, any: 1}}"}, []string{"60s", "{from 1: 2}"}},
		{"prizes", "earnings: {base: {amount: 1}, c: {rule: contest, board: b, prizes: @}}\nrankings: {b: {by: collected}}", []string{"[2000, 1.5万]"}, []string{"5", "[]", "[5%]", "[60s]", "[many]"}},
		{"pay", "earnings: {base: {amount: 1, pay: @}}", []string{"+1 month", "+2 months on 31"}, []string{"1 month", "+1 month on 32", "next month"}},
		{"condition", "earnings: {base: {amount: 1, when: @}}", []string{"deals > 1", "quarter_ends", "deals > 1 and (dials > 2 or dials < 1)"}, []string{"5", "deals > 1 and dials > 2 or dials < 1", "[deals > 1]"}},
		{"months", "earnings: {base: {amount: 1, since: @}}", []string{"2026-07"}, []string{"2026-13", "2026-7", "July"}},
		{"recover", "earnings: {base: {amount: 1}}\ndeductions: {loss: {recover: @}}", []string{"{instalments: 3}", "{at_most: 20% * month_wage}", "{instalments: 3, at_most: 100, wins: at_most}"}, []string{"{}", "{instalments: 0}", "{instalments: 121}", "{instalments: 3, at_most: 100}", "{wins: both, instalments: 3}", "3"}},
		{"release", "earnings: {base: {amount: 1}, r: {rule: release, of: [base], parts: @}}", []string{"[{share: 80%}, {share: rest, after: 90d}]", "[{share: 1/3}, {share: 2/3, after: [contract, loan]}]"}, []string{"[]", "[{after: 90d}]", "[{share: 80}, {share: rest}]", "{share: 100%}"}},
		{"kinds of rules", "earnings: {base: {amount: 1}, x: @}", []string{"{rule: bonus, amount: 5}", "{rule: commission, of: collected, rate: 5%}", "{rule: first_deal, amount: 5}"}, []string{"{rule: bonus}", "{rule: bonus, amount: 5, per_unit: 5}", "{amount: 5}", "{rule: commission, rate: 5%}", "{rule: guarantee, of: [base]}", "{rule: contest, prizes: [5]}"}},
		{"deductions", "earnings: {base: {amount: 1}}\ndeductions: {x: @}", []string{"{rule: penalty, class: discipline, amount: 5}", "{rule: penalty, against: base, amount: 5}"}, []string{"{rule: penalty, amount: 5}", "{rule: penalty, class: recovery, amount: 5}", "{rule: penalty, class: fine, amount: 5}"}},
		{"attendance", "earnings: {base: {amount: 1}}\nattendance: @", []string{"{shift: 09:00-18:00, lunch: 12:00-13:00, free: 5min}", "{shift: {any: 09:00-18:00, 晚班: 22:00-06:00}, leave: {病假: law, 事假: 0%}}"}, []string{"{shift: 9-18}", "{shift: {晚班: 22:00-06:00}}", "{free: 5}", "{leave: {病假: 60}}", "{lunch: noon}"}},
		{"crediting", "earnings: {base: {amount: 1}}\ncrediting: @", []string{"{shares: {telesales: 1/3, closer: rest}, overlay: {key: 100%}}", "{referral: {lasts: 12 months, leaver: house}, dispute: {same: [lead], within: 30d}}", "{net_of: fee, void: [poaching], owner: [split, seller]}", "{registration: {lasts: 30d, renewed_by: talk >= 60s}}"},
			[]string{"{shares: {telesales: 60, closer: rest}}", "{referral: {lasts: a year}}", "{referral: {leaver: nobody}}", "{dispute: {same: [name]}}", "{net_of: [vat]}", "{owner: [luck, seller]}", "{basis: cash}", "{registration: {lasts: soon}}"}},
		{"kpis", "earnings: {base: {amount: 1}}\nkpis: {x: @}", []string{"{count: calls, where: talk >= 60s}", "{of: calls, sum: talk}", "{formula: deals / headcount}", "{count: calls, per: [phone, day], having: nth > 3}", "{count: deals, match: {calls: customer, within: 7d}}"}, []string{"{where: talk >= 60s}", "{count: cals}", "{count: calls, per: [phone, day], having: nth >= 3}", "{count: deals, match: {within: 7d}}", "{count: deals, match: {calls: customer, within: soon}}", "{formula: deals / 0}", "{count: calls, exception: maybe}"}},
		{"statutory", "earnings: {base: {amount: 1}}\nstatutory: @", []string{"{insurance: yes, fund: 12%, tax: yes}", "{insurance: {injury: {昆明: 0.4%}}, fund: {昆明: 12%, 上海: {rate: 7%, supplementary: 3%}}}"}, []string{"{insurance: no}", "{fund: 12}", "{tax: maybe}", "{insurance: {injury: 0.4}}"}},
		{"discipline", "earnings: {base: {amount: 1}}\ndiscipline: @", []string{"{ladder: {warning: 3, demerit: 2}, expires: 12 months}"}, []string{"{expires: 12 months}", "{ladder: {warning: 0}}", "{ladder: {slap: 3}}", "{ladder: {warning: 3}, expires: a year}"}},
		{"scorecards", "earnings: {base: {amount: 1}}\ntargets: {dials: 5}\nscorecards: {m: @}", []string{"{items: {dials: {weight: 100%, at_most: 120, score: {from 0: 60, from 5: 100}}}, grade: {from 0: D, from 60: C}, factor: {by grade.m: {D: 0.8, C: 1}}}", "{items: {dials: {weight: 100%}}, factor: {from 0: 0.5, from 60: 1}}"}, []string{"{title: x}", "{items: {dials: {weight: 100}}}", "{items: {dials: {weight: 100%, at_most: 5%}}}"}},
		{"rankings", "earnings: {base: {amount: 1}}\nrankings: {b: @}", []string{"{by: collected / headcount, then: [deals], honours: [金, 银]}", "{by: collected, of: teams, per: region}", "{by: dials, each: week}"}, []string{"{of: agents}", "{by: dials, each: day}", "{by: collected, of: people}", "{by: collected, ties: toss}"}},
		{"targets", "earnings: {base: {amount: 1}}\ntargets: {dials: @}", []string{"180", "{per workday: 180}", "{by grade: {初级: 5, any: 6}}"}, []string{"{per day: 180}", "{from 0: 5}", "[5]"}},
	} {
		read := func(value string) (byReader, bySchema string) {
			text := head + strings.Replace(c.text, "@", value, 1) + "\n"
			root, problems := yamldoc.Parse("plan.yaml", []byte(text))
			if root == nil || len(problems) > 0 {
				t.Fatalf("%s: %s: %v", c.name, value, problems)
			}
			_, problems = plan.Read("plan.yaml", []byte(text), plan.Context{})
			for _, p := range problems {
				if p.Reach == diag.Stop {
					byReader += p.Code + " "
				}
			}
			return byReader, v.check(v.root, valueOf(root), "plan")
		}
		for _, value := range c.taken {
			if byReader, bySchema := read(value); byReader != "" || bySchema != "" {
				t.Errorf("%s: %s is refused by the reader for %q, by the schema for %q", c.name, value, byReader, bySchema)
			}
		}
		for _, value := range c.refused {
			if byReader, bySchema := read(value); byReader == "" || bySchema == "" {
				t.Errorf("%s: %s is taken (reader: %q, schema: %q)", c.name, value, byReader, bySchema)
			}
		}
	}
}

// TestSchemaRefusesUnknownKeys puts a key that nobody knows into every group of
// the shipped plan in turn: where the reader refuses it, so does the schema.
func TestSchemaRefusesUnknownKeys(t *testing.T) {
	v := newValidator(t)
	text := plans(t)["../../fixtures/example/project/plan.yaml"]
	for _, extra := range []string{"title: {zh: 底薪, en: Base salary}", "times: factor.monthly", "when: absent_days = 0 and leave_days = 0", "against: full_attendance"} {
		if !strings.Contains(text, extra) {
			t.Fatalf("the shipped plan has no %s", extra)
		}
	}
	text = strings.Replace(text, "when: absent_days = 0 and leave_days = 0", "at_most: {per month: 300}", 1)
	text = strings.Replace(text, "\ndeductions:", "  pool: {of: [commission], share: 25%, parts: [{share: 30%, for: role = leader}, {share: rest}]}\n  held: {rule: release, of: [commission], parts: [{share: 80%}, {share: 20%, after: 90d}]}\n\ndeductions:", 1)
	text = strings.Replace(text, "clause: 五-1\n", "clause: 五-1\n    recover: {instalments: 3}\n", 1)
	root, problems := yamldoc.Parse("plan.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tried := 0
	var visit func(n *yamldoc.Node)
	visit = func(n *yamldoc.Node) {
		if n.Kind == yamldoc.Map {
			key := *n.Entries[0].Key
			key.Text = "zzz"
			n.Entries = append(n.Entries, yamldoc.Entry{Key: &key, Value: n.Entries[0].Value})
			if refusedByReader(flow(root)) {
				tried++
				if v.check(v.root, valueOf(root), "plan") == "" {
					t.Errorf("zzz in %q is taken by the schema", n.Path)
				}
			}
			n.Entries = n.Entries[:len(n.Entries)-1]
			for _, e := range n.Entries {
				visit(e.Value)
			}
		}
		for _, i := range n.Items {
			visit(i)
		}
	}
	visit(root)
	if tried < 35 {
		t.Errorf("%d groups only", tried)
	}
}

func refusedByReader(text string) bool {
	_, problems := plan.Read("plan.yaml", []byte(text), plan.Context{})
	for _, p := range problems {
		if p.Code == "unknown-key" && strings.Contains(p.Found.EN, "zzz") {
			return true
		}
	}
	return false
}

// flow writes the whole tree as YAML on one line.
func flow(n *yamldoc.Node) string {
	switch n.Kind {
	case yamldoc.Scalar:
		return quote(n.Text)
	case yamldoc.Empty:
		return ""
	}
	var parts []string
	for _, e := range n.Entries {
		parts = append(parts, quote(e.Key.Text)+": "+flow(e.Value))
	}
	for _, i := range n.Items {
		parts = append(parts, flow(i))
	}
	if n.Kind == yamldoc.List {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }
