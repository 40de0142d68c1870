package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// results says which file of a run a want file is about; its first row names the
// columns that it holds.
var results = map[string]string{
	"": "lines.csv", "payable": "register.csv", "pay": "pay.csv", "rows": "rows.csv",
	"problems": "problems.csv", "kpis": "kpis.csv", "rankings": "rankings.csv",
	"exceptions": "exceptions.csv", "weeks": "weeks.csv", "calls": "calls.csv", "callbacks": "callbacks.csv", "promotion": "promotion.csv", "discipline": "discipline.csv",
	"overtime": "overtime.csv", "odd": "odd_pay.csv", "days": "pay_days.csv",
}

func resultOf(t *testing.T, data, what string, columns []string) [][]string {
	t.Helper()
	if take := fromStatements[what]; take != nil {
		out := [][]string{columns}
		for _, st := range slipsOf(t, filepath.Join(data, "statements.jsonl")) {
			out = append(out, take(st)...)
		}
		return out
	}
	if results[what] == "" {
		t.Fatalf("nobody knows what want/*-%s.csv is about", what)
	}
	ask := append([]string(nil), columns...)
	for i, c := range ask {
		if c == "agent" {
			ask[i] = "agent_id"
		}
	}
	if what != "problems" {
		return pick(t, filepath.Join(data, results[what]), ask...)
	}
	out := [][]string{columns}
	for _, row := range pick(t, filepath.Join(data, results[what]), append(ask, "reach")...)[1:] {
		if last := len(row) - 1; row[last] != "note" {
			out = append(out, row[:last])
		}
	}
	return out
}

// slip is what the want files ask of a statement that stands in no table.
type slip struct {
	Agent string `json:"agent_id"`
	Lines []struct {
		Rule       string `json:"rule"`
		Incomplete bool   `json:"incomplete"`
	} `json:"lines"`
	Held []struct {
		Deal   string `json:"deal"`
		Amount string `json:"amount"`
		UpTo   string `json:"up_to"`
	} `json:"held"`
	Scores map[string]string `json:"scores"`
}

// fromStatements says what a want file that asks of the statements holds: claims
// in dispute, which are in no sum and so in no line; scores, as they
// are printed; lines that are marked, because somebody's figures are missing.
var fromStatements = map[string]func(slip) [][]string{
	"held": func(p slip) (rows [][]string) {
		for _, h := range p.Held {
			rows = append(rows, []string{p.Agent, h.Deal, h.Amount, h.UpTo})
		}
		return rows
	},
	"scores": func(p slip) (rows [][]string) {
		for name, total := range p.Scores {
			rows = append(rows, []string{p.Agent, name, total})
		}
		return rows
	},
	"marked": func(p slip) (rows [][]string) {
		for _, l := range p.Lines {
			if l.Incomplete {
				rows = append(rows, []string{p.Agent, l.Rule})
			}
		}
		return rows
	},
}

func slipsOf(t *testing.T, file string) []slip {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []slip
	for d := json.NewDecoder(bytes.NewReader(data)); d.More(); {
		var p slip
		if err := d.Decode(&p); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, p)
	}
	return out
}

func read(t *testing.T, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	rows, err := r.ReadAll()
	if err != nil && err != io.EOF {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}

// pick returns some columns of a result.
func pick(t *testing.T, file string, columns ...string) [][]string {
	t.Helper()
	rows := read(t, file)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, c := range columns {
		if _, ok := at[c]; !ok {
			t.Fatalf("%s has no column %s", filepath.Base(file), c)
		}
	}
	out := [][]string{columns}
	for _, row := range rows[1:] {
		var cells []string
		for _, c := range columns {
			cells = append(cells, row[at[c]])
		}
		out = append(out, cells)
	}
	return out
}
