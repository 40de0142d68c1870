package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// TestHandWorkedMonths runs every project of fixtures/ that has a want folder and
// holds each line against the sums of its NOTE.md. The want files are made by
// hand; no flag writes them.
func TestHandWorkedMonths(t *testing.T) {
	wants, err := filepath.Glob(filepath.Join(root, "fixtures", "*", "want"))
	if err != nil || len(wants) < 100 {
		t.Fatalf("%d hand-worked months (%v), want at least 100", len(wants), err)
	}
	for _, want := range wants {
		project := filepath.Dir(want)
		t.Run(filepath.Base(project), func(t *testing.T) { handWorked(t, project) })
	}
}

func handWorked(t *testing.T, project string) {
	if _, err := os.Stat(filepath.Join(project, "NOTE.md")); err != nil {
		t.Fatal("no NOTE.md with the sums")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(project)); err != nil {
		t.Fatal(err)
	}
	if filepath.Base(project) == "statement-sample" {
		sampleCalls(t, filepath.Join(dir, "exports", "2026-10"))
	}
	files, err := filepath.Glob(filepath.Join(project, "want", "2*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing wanted (%v)", err)
	}
	ran := map[string]bool{}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".csv")
		month, what := name[:7], strings.TrimPrefix(name[7:], "-")
		if !ran[month] {
			runOf(t, dir, project, month)
			observe(t, dir, filepath.Base(project), month)
			ran[month] = true
		}
		want := read(t, f)
		got := resultOf(t, filepath.Join(dir, "out", month, "data"), what, want[0])
		same(t, strings.TrimSpace(month+" "+what), want, named(project, what, want, got))
	}
}

// runOf runs a month and holds that everybody on the register has his paper, and
// nobody else.
func runOf(t *testing.T, dir, project, month string) {
	t.Helper()
	status, said := command("-C", dir, "--quiet", "run", month)
	if wantStatus := wantedStatus(project, month); status != wantStatus {
		t.Fatalf("run %s ended with %d, want %d:\n%s", month, status, wantStatus, said)
	}
	out := filepath.Join(dir, "out", month)
	papers, err := filepath.Glob(filepath.Join(out, "statements", "*", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]int{}
	for _, p := range papers {
		left[strings.SplitN(filepath.Base(p), "-", 2)[0]]++
	}
	for _, row := range pick(t, filepath.Join(out, "data", "register.csv"), "agent_id")[1:] {
		left[row[0]]--
	}
	for id, n := range left {
		if n != 0 {
			t.Errorf("%s: %s has %+d statements more than lines in the register", month, id, n)
		}
	}
}

// named leaves out what a want file does not ask about: figures that it does not
// name, and people, where its project says that the others do not matter.
func named(project, what string, want, got [][]string) [][]string {
	key := 1
	if what == "kpis" {
		key = 3 // scope, id, kpi
	} else if _, err := os.Stat(filepath.Join(project, "want", "only-those-named")); err != nil {
		return got
	}
	asked := map[string]bool{}
	for _, row := range want[1:] {
		asked[strings.Join(row[:key], ",")] = true
	}
	out := got[:1:1]
	for _, row := range got[1:] {
		if asked[strings.Join(row[:key], ",")] {
			out = append(out, row)
		}
	}
	return out
}

// sampleCalls writes the calls, connects and attendance that the model statement counts.
func sampleCalls(t *testing.T, dir string) {
	t.Helper()
	var calls, connects, days strings.Builder
	calls.WriteString("call_id,agent,started,direction,phone,customer,result\n")
	connects.WriteString("call_id,agent,answered,talk,intent\n")
	days.WriteString("agent,date,status,late\n")
	for i := range 3726 {
		at := fmt.Sprintf("2026-10-%02d %02d:%02d:%02d", 12+i%5, 9+i%8, i/60%60, i%60)
		customer := fmt.Sprintf("C%d", i%127)
		if i >= 999 {
			customer = fmt.Sprintf("C%d", 127+i-999)
		}
		result, talk, intent := "no_answer", 0, ""
		switch {
		case i < 999:
			result, talk = "answered", 120
		case i < 999+685:
			result, talk = "answered", 30
		}
		if i < 38 {
			intent = "A"
		}
		fmt.Fprintf(&calls, "S%05d,T100001,%s,out,1990000%04d,%s,%s\n", i, at, i, customer, result)
		if talk > 0 {
			fmt.Fprintf(&connects, "S%05d,T100001,%s,%d,%s\n", i, at, talk, intent)
		}
	}
	for _, agent := range []string{"T100001", "T100017", "T100023", "T100031"} {
		for d := 8; d <= 31; d++ {
			if weekday := (d + 3) % 7; weekday == 0 || weekday == 6 && d != 10 { // Sunday the 11th is day 0
				continue
			}
			late := "0"
			if agent == "T100001" && (d == 13 || d == 21) {
				late = "7"
			}
			fmt.Fprintf(&days, "%s,2026-10-%02d,present,%s\n", agent, d, late)
		}
	}
	for name, text := range map[string]string{"calls.csv": calls.String(), "connects.csv": connects.String(), "attendance.csv": days.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func wantedStatus(project, month string) int {
	if _, err := os.Stat(filepath.Join(project, "want", month+"-problems.csv")); err == nil {
		return exitProblems
	}
	return exitDone
}

// command runs telepay in this process and returns its status and all it said.
func command(args ...string) (int, string) {
	var b strings.Builder
	return runWith(args, &b, &b), b.String()
}

// same compares rows both ways, in any order.
func same(t *testing.T, what string, want, got [][]string) {
	t.Helper()
	left := map[string]int{}
	for _, row := range want[1:] {
		left[strings.Join(row, ",")]++
	}
	for _, row := range got[1:] {
		left[strings.Join(row, ",")]--
	}
	var all []string
	for row := range left {
		all = append(all, row)
	}
	sort.Strings(all)
	for _, row := range all {
		switch n := left[row]; {
		case n > 0:
			t.Errorf("%s: missing %s", what, row)
		case n < 0:
			t.Errorf("%s: not wanted %s", what, row)
		}
	}
	if len(want) < 2 {
		t.Error(fmt.Sprintf("%s: nothing wanted", what))
	}
}
