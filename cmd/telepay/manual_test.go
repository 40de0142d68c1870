package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/output/sample"
	"telepay/internal/output/sheet"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
	"telepay/penalties"
)

// outOfReach are the reasons why a rule of the manuals cannot live in telepay.
var outOfReach = []string{"content", "judgement", "live", "process", "market", "text", "decision"}

// manualRow is a row of docs/manual.md.
type manualRow struct {
	number int
	cells  []string
	claims []string
}

var claimText = regexp.MustCompile("`([a-z]+:[^`]+)`")

func manualRows(t *testing.T) (rows []manualRow) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "docs", "manual.md"))
	if err != nil {
		t.Fatal(err)
	}
	inside := false
	for _, line := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(line, "## ") {
			inside = strings.HasPrefix(line, "## D")
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		n, err := strconv.Atoi(cells[0])
		if !inside || err != nil {
			continue
		}
		row := manualRow{number: n, cells: cells}
		for _, m := range claimText.FindAllStringSubmatch(cells[len(cells)-1], -1) {
			row.claims = append(row.claims, m[1])
		}
		rows = append(rows, row)
	}
	return rows
}

// TestManual: every rule of the manuals lives where docs/manual.md says, or has a
// reason; what is named exists, and yields something in a project of fixtures/.
func TestManual(t *testing.T) {
	rows := manualRows(t)
	if len(rows) != 281 {
		t.Fatalf("%d rows, want 281", len(rows))
	}
	there, fired := existing(t), firings(t)
	for i, row := range rows {
		if row.number != i+1 || len(row.cells) != 5 || slices.Contains(row.cells, "") {
			t.Errorf("row %d of the page is %q", i+1, row.cells)
		}
		if len(row.claims) == 0 {
			t.Errorf("row %d says neither where it lives nor why not", row.number)
		}
		for _, c := range row.claims {
			switch {
			case !there[c]:
				t.Errorf("row %d: %s does not exist", row.number, c)
			case !fired[c] && !selfEvident(c):
				t.Errorf("row %d: %s yields nothing in any project of fixtures", row.number, c)
			}
		}
	}
}

// selfEvident are claims that no project's results can show: reasons, tests that
// run by themselves, commands that the scripts run, problems that the museum has.
func selfEvident(claim string) bool {
	kind, _, _ := strings.Cut(claim, ":")
	return kind == "out" || kind == "test" || kind == "command" || kind == "code"
}

// existing lists everything that a row may claim.
func existing(t *testing.T) map[string]bool {
	there := map[string]bool{}
	add := func(kind string, names ...string) {
		for _, n := range names {
			there[kind+":"+n] = true
		}
	}
	set := kpi.ReadSet(&yamldoc.Reader{}, nil, kpi.Own{})
	add("kpi", set.Names...)
	for _, f := range attendance.Figures {
		add("figure", f.Name)
	}
	voc := set.Measures(kpi.Words{})
	for _, name := range scopesAndSpans {
		if _, ok := voc.Find(name + ".collected"); ok {
			add("measure", name)
		}
	}
	for _, kinds := range []map[string]*rule.Kind{commission.Kinds(), penalties.Kinds()} {
		for name := range kinds {
			add("rule", name)
		}
	}
	for _, shipped := range []map[string]catalogue.Definition{commission.Shipped(), penalties.Shipped()} {
		for name := range shipped {
			add("rule", name)
		}
	}
	for _, table := range sheet.Workbook(sample.Run(), lang.EN) {
		add("sheet", table.Name)
	}
	add("file", "manifest.json", "statements.jsonl")
	add("out", outOfReach...)
	for _, k := range profile.Kinds() {
		for _, f := range k.Fields {
			add("column", k.Name+"."+f.Name)
			if k.Name == "events" && f.Name == "kind" {
				for w := range f.Words {
					add("event", w)
				}
			}
			if k.Name == "decisions" && f.Name == "what" {
				for w := range f.Words {
					add("decision", w)
				}
			}
		}
	}
	add("event", "private_dealing", "violation", "fine", "suspension")
	addKeys(add)
	for _, c := range diag.Codes {
		if _, err := os.Stat(filepath.Join(museum, c.Code)); err == nil || elsewhere[c.Code] != "" {
			add("code", c.Code)
		}
	}
	for _, c := range rootCommand(io.Discard, io.Discard).Commands() {
		add("command", c.Name())
	}
	for _, name := range testNames(t) {
		add("test", name)
	}
	return there
}

var scopesAndSpans = []string{"team", "members", "level2", "site", "region", "company", "last_month", "last_year", "quarter_to_date", "year_to_date", "since_hire"}

// addKeys lists the keys of the plan by their section; those of every rule as rule.KEY.
func addKeys(add func(kind string, names ...string)) {
	for _, f := range plan.Head {
		add("key", f.Key)
	}
	for _, s := range plan.Sections() {
		add("key", s.Key)
		for _, f := range s.Fields {
			add("key", s.Key+"."+f.Key)
		}
	}
	for _, f := range rule.Frame {
		add("key", "rule."+f.Key)
	}
}

// testNames lists the tests of the whole project.
func testNames(t *testing.T) (names []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
				names = append(names, f.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
