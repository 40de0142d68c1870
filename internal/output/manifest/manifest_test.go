package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
)

func dec(s string) money.Decimal { return money.MustParse(s) }

func run() statement.Run {
	of := func(gross, deductions, payable string) statement.Statement {
		return statement.Statement{Totals: statement.Totals{Gross: dec(gross), Deductions: dec(deductions), Payable: dec(payable)}}
	}
	return statement.Run{Month: period.MustMonth("2026-10"), Version: "1.0", PlanHash: "ab", Draft: true, Currency: "CNY",
		Statements: []statement.Statement{of("9545.65", "-1909.13", "7636.52"), of("0.1", "0", "0.1")},
		Stopped:    []statement.Stopped{{Agent: "T9"}}, Problems: []diag.Problem{{Code: "a", Another: 2}, {Code: "b"}}}
}

var files = map[string]string{"register.xlsx": "book", "data/a.csv": "", "statements/一组/1-李-ab.pdf": "paper"}

func results(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inputs := []File{{Name: "roster.csv", Kind: "roster", Bytes: 5, SHA256: "cd", Rows: 2}, {Name: "plan.yaml", Bytes: 4, SHA256: "ef"}}
	if err := Write(dir, run(), "run", inputs); err != nil {
		t.Fatal(err)
	}
	if inputs[0].Name != "roster.csv" {
		t.Error("the caller's list was sorted")
	}
	return dir
}

func TestWrite(t *testing.T) {
	dir := results(t)
	data, err := os.ReadFile(filepath.Join(dir, "data", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Program, Month, Gross, Deductions, Payable string
		Net                                        *string
		People, Stopped, Problems                  int
		Draft                                      bool
		Inputs, Outputs                            []map[string]any
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Program != "telepay 1.0" || got.Month != "2026-10" || got.Gross != "9545.75" || got.Deductions != "-1909.13" || got.Payable != "7636.62" || got.Net != nil ||
		got.People != 2 || got.Stopped != 1 || got.Problems != 4 || !got.Draft {
		t.Errorf("%s", data)
	}
	if len(got.Inputs) != 2 || got.Inputs[0]["name"] != "plan.yaml" || got.Inputs[1]["rows"] != any(float64(2)) {
		t.Errorf("inputs %v", got.Inputs)
	}
	var names []string
	for _, o := range got.Outputs {
		name := o["name"].(string)
		sum := sha256.Sum256([]byte(files[name]))
		if o["sha256"] != hex.EncodeToString(sum[:]) || o["bytes"] != any(float64(len(files[name]))) {
			t.Errorf("%v", o)
		}
		names = append(names, name)
	}
	if strings.Join(names, " ") != "data/a.csv register.xlsx statements/一组/1-李-ab.pdf" {
		t.Errorf("outputs %v", names)
	}
}

func TestNetOfAll(t *testing.T) {
	net, r := dec("7000"), run()
	r.Statements[0].Totals.Net, r.Statements[1].Totals.Net = &net, &net
	var d document
	d.add(r.Statements)
	if d.Net == nil || !d.Net.Equal(dec("14000")) {
		t.Errorf("net %v", d.Net)
	}
	r.Statements[1].Totals.Net = nil
	d = document{}
	if d.add(r.Statements); d.Net != nil {
		t.Errorf("the net of some people, %s, is given as everybody's", d.Net)
	}
}

func TestSameBytesTwice(t *testing.T) {
	var all [2]string
	for i := range all {
		data, err := os.ReadFile(filepath.Join(results(t), "data", "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		all[i] = string(data)
	}
	if all[0] != all[1] {
		t.Errorf("%s\n%s", all[0], all[1])
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, says string
		spoil      func(dir string) error
	}{
		{"whole", "", func(string) error { return nil }},
		{"a byte changed", "register.xlsx", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "register.xlsx"), []byte("bock"), 0o600)
		}},
		{"a file missing", "data/a.csv", func(dir string) error { return os.Remove(filepath.Join(dir, "data", "a.csv")) }},
		{"the last file missing", "lists 3 files", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "statements")) }},
		{"a file too many", "aaa", func(dir string) error { return os.WriteFile(filepath.Join(dir, "aaa"), nil, 0o600) }},
		{"no manifest", "manifest.json", func(dir string) error { return os.Remove(filepath.Join(dir, "data", "manifest.json")) }},
		{"a broken manifest", "manifest.json", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "data", "manifest.json"), []byte("{"), 0o600)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := results(t)
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
			err := Check(dir)
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}
