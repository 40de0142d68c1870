package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/yamldoc"
	"telepay/penalties"
)

// seen is what the projects that ran yielded, and which have run.
var seen, seenIn = map[string]bool{}, map[string]bool{}

// firings runs every hand-worked month that has not run yet, and the example, and
// returns what they yielded.
func firings(t *testing.T) map[string]bool {
	t.Helper()
	wants, err := filepath.Glob(filepath.Join(root, "fixtures", "*", "want", "2*.csv"))
	if err != nil || len(wants) == 0 {
		t.Fatal("no hand-worked months")
	}
	for _, want := range wants {
		project, month := filepath.Dir(filepath.Dir(want)), filepath.Base(want)[:7]
		if seenIn[filepath.Base(project)+month] {
			continue
		}
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(project)); err != nil {
			t.Fatal(err)
		}
		if filepath.Base(project) == "statement-sample" {
			sampleCalls(t, filepath.Join(dir, "exports", "2026-10"))
		}
		command("-C", dir, "--quiet", "run", month)
		observe(t, dir, filepath.Base(project), month)
	}
	dir := exampleProject(t)
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	observe(t, dir, "example", "2026-10")
	return seen
}

// observe notes what a project wrote, asked for, and got.
func observe(t *testing.T, dir, project, month string) {
	t.Helper()
	seenIn[project+month] = true
	out := filepath.Join(dir, "out", month)
	observePlan(t, dir, out)
	tables, err := filepath.Glob(filepath.Join(out, "data", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range tables {
		if len(read(t, file)) > 1 {
			seen["sheet:"+strings.TrimSuffix(filepath.Base(file), ".csv")] = true
			seen["sheet:summary"] = true
		}
	}
	for _, name := range []string{"manifest.json", "statements.jsonl"} {
		if info, err := os.Stat(filepath.Join(out, "data", name)); err == nil && info.Size() > 0 {
			seen["file:"+name] = true
		}
	}
	if _, err := os.Stat(filepath.Join(out, "data", "kpis.csv")); err == nil {
		for _, row := range pick(t, filepath.Join(out, "data", "kpis.csv"), "kpi", "value")[1:] {
			seen["kpi:"+row[0]] = seen["kpi:"+row[0]] || row[1] != "" && row[1] != "0"
		}
	}
	exports, err := filepath.Glob(filepath.Join(dir, "exports", "*", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(exports, filepath.Join(dir, "roster.csv")) {
		observeExport(t, file)
	}
}

// observePlan notes the keys that a plan writes, the measures it names, and the
// rules that paid or took something.
func observePlan(t *testing.T, dir, out string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "plan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := yamldoc.Parse("plan.yaml", data)
	paid := map[string]bool{}
	if _, err := os.Stat(filepath.Join(out, "data", "lines.csv")); err == nil {
		for _, row := range pick(t, filepath.Join(out, "data", "lines.csv"), "rule", "nominal", "kind")[1:] {
			paid[row[0]] = paid[row[0]] || row[1] != "0.00"
			seen["sheet:deductions"] = seen["sheet:deductions"] || row[2] == "deduction"
		}
	}
	for _, name := range scopesAndSpans {
		seen["measure:"+name] = seen["measure:"+name] || regexp.MustCompile(`\b`+name+`\.`).Match(data)
	}
	for _, f := range attendance.Figures {
		seen["figure:"+f.Name] = seen["figure:"+f.Name] || regexp.MustCompile(`\b`+f.Name+`\b`).Match(data)
	}
	for _, e := range doc.Entries {
		section := e.Key.Text
		seen["key:"+section] = true
		for _, name := range e.Value.Entries {
			seen["key:"+section+"."+name.Key.Text] = true
			for _, key := range name.Value.Entries {
				seen["key:"+section+"."+key.Key.Text] = true // of a section of names
				if section == "earnings" || section == "deductions" {
					seen["key:rule."+key.Key.Text] = true
				}
			}
			if (section == "earnings" || section == "deductions") && paid[name.Key.Text] {
				of := name.Key.Text
				if r := name.Value.Get("rule"); r != nil {
					of = r.Text
				}
				seen["rule:"+of] = true
				if d, ok := penalties.Shipped()[of]; ok {
					seen["rule:"+d.Node.Get("rule").Text] = true
				}
				if d, ok := commission.Shipped()[of]; ok {
					seen["rule:"+d.Node.Get("rule").Text] = true
				}
			}
		}
	}
}

// observeExport notes the columns that an export fills, and the events and
// decisions in it.
func observeExport(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	kind, ok := profile.KindOfFile(filepath.Base(file))
	if err != nil || !ok {
		return
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return
	}
	m, _ := profile.Match(kind, profile.Profile{}, profile.Header{Cells: rows[0], Pos: func(int) diag.Pos { return diag.Pos{} }})
	words := map[string]string{"events": "kind", "decisions": "what"}
	for field, col := range m.Columns {
		for _, row := range rows[1:] {
			if col >= len(row) || strings.TrimSpace(row[col]) == "" {
				continue
			}
			seen["column:"+kind.Name+"."+field] = true
			if field == words[kind.Name] {
				word := row[col]
				if w, ok := m.Words[field][profile.Fold(word)]; ok {
					word = w
				}
				seen[strings.TrimSuffix(kind.Name, "s")+":"+word] = true
			}
		}
	}
}
