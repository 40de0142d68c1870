package main

import (
	"bytes"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"telepay/fixtures/example"
	"telepay/fixtures/papertext"
)

// exampleProject writes the example and returns its folder.
func exampleProject(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if err := example.Write(dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	status, said := command(args...)
	if status != exitDone {
		t.Fatalf("telepay %v ended with %d:\n%s", args, status, said)
	}
	return said
}

// amounts returns what a run paid, without evidence, which names rows.
func amounts(t *testing.T, dir string) string {
	t.Helper()
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	data := filepath.Join(dir, "out", "2026-10", "data")
	var b strings.Builder
	for _, row := range pick(t, filepath.Join(data, "lines.csv"), "agent_id", "rule", "kind", "nominal", "limit", "amount", "carried") {
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	for _, row := range pick(t, filepath.Join(data, "kpis.csv"), "scope", "id", "kpi", "numerator", "denominator", "value", "attainment") {
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	return b.String()
}

// TestLaws: how rows come does not matter, only what they say.
func TestLaws(t *testing.T) {
	dir := exampleProject(t)
	want := amounts(t, dir)
	each := func(f func(t *testing.T, file string)) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			files, err := filepath.Glob(filepath.Join(dir, "exports", "*", "*.csv"))
			if err != nil || len(files) < 12 {
				t.Fatalf("%d exports (%v)", len(files), err)
			}
			for _, file := range files {
				f(t, file)
			}
		}
	}
	for name, change := range map[string]func(t *testing.T, dir string){
		"rows in another order": each(shuffleRows),
		"every file cut in two": each(cutInTwo),
		"every file given twice": each(func(t *testing.T, file string) {
			if !strings.HasSuffix(file, "decisions.csv") { // a decision is no export of a system
				copyFile(t, file, strings.TrimSuffix(file, ".csv")+"2.csv")
			}
		}),
		"columns the other way round": each(reverseColumns),
	} {
		t.Run(name, func(t *testing.T) {
			other := exampleProject(t)
			change(t, other)
			if got := amounts(t, other); got != want {
				t.Error(firstDifference(want, got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "want " + a[i] + "\n got " + b[i]
		}
	}
	return "one has more lines than the other"
}

func split(t *testing.T, file string) (head string, rows []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	return lines[0], lines[1:]
}

func join(t *testing.T, file, head string, rows []string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(head+"\n"+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func shuffleRows(t *testing.T, file string) {
	head, rows := split(t, file)
	r := rand.New(rand.NewPCG(1, uint64(len(rows))))
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	if !strings.HasSuffix(file, "decisions.csv") && !strings.HasSuffix(file, "attendance.csv") { // a decision names an attendance row by its place
		join(t, file, head, rows)
	}
}

func cutInTwo(t *testing.T, file string) {
	head, rows := split(t, file)
	if len(rows) < 2 || strings.HasSuffix(file, "attendance.csv") {
		return
	}
	join(t, file, head, rows[:len(rows)/2])
	join(t, strings.TrimSuffix(file, ".csv")+"-2.csv", head, rows[len(rows)/2:])
}

func copyFile(t *testing.T, from, to string) {
	head, rows := split(t, from)
	join(t, to, head, rows)
}

func reverseColumns(t *testing.T, file string) {
	rows := read(t, file)
	var b strings.Builder
	for _, row := range rows {
		for i := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(row[len(row)-1-i], `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

var (
	paperLine = regexp.MustCompile(`^ {0,6}(\d{1,2}) +\S.* (−?[\d,]+\.\d\d)$`)
	netFigure = regexp.MustCompile(`(?:实发|Net pay) ¥ ?(−?[\d,]+\.\d\d)`)
	bigFigure = regexp.MustCompile(`¥ ?(−?[\d,]+\.\d\d)`)
)

func number(s string) *big.Rat {
	v, ok := new(big.Rat).SetString(strings.NewReplacer(",", "", "−", "-").Replace(s))
	if !ok {
		panic(s)
	}
	return v
}

// TestPapersAddUp reads every PDF back and adds its own lines up to its own
// payable; nothing of a customer is on any output.
func TestPapersAddUp(t *testing.T) {
	dir := exampleProject(t)
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	files, err := filepath.Glob(filepath.Join(dir, "out", "2026-10", "statements", "*", "*.pdf"))
	if err != nil || len(files) != 24 {
		t.Fatalf("%d statements (%v), want 24", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		paper, err := papertext.Read(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		text := strings.Join(paper.Lines, "\n")
		payable := bigFigure.FindStringSubmatch(text)
		if payable == nil {
			t.Errorf("%s shows no payable", filepath.Base(file))
			continue
		}
		sum, lines := new(big.Rat), 0
		section, _, _ := strings.Cut(text, "绩效得分")
		section, withheld, _ := strings.Cut(section, "应发合计")
		for _, line := range strings.Split(section, "\n") {
			if m := paperLine.FindStringSubmatch(strings.TrimRight(line, " ")); m != nil {
				sum.Add(sum, number(m[2]))
				lines++
			}
		}
		if sum.Cmp(number(payable[1])) != 0 {
			t.Errorf("%s: its %d lines add up to %s, it says %s", filepath.Base(file), lines, sum.FloatString(2), payable[1])
		}
		net := netFigure.FindStringSubmatch(text)
		withheld, _, _ = strings.Cut(withheld, "不计入以上合计")
		for _, line := range strings.Split(withheld, "\n") {
			if m := paperLine.FindStringSubmatch(strings.TrimRight(line, " ")); m != nil {
				sum.Add(sum, number(m[2]))
			}
		}
		if net == nil || sum.Cmp(number(net[1])) != 0 {
			t.Errorf("%s: what is withheld leaves %s, it says %v", filepath.Base(file), sum.FloatString(2), net)
		}
		noCustomer(t, file, text)
	}
	err = filepath.WalkDir(filepath.Join(dir, "out"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".pdf") {
			return err
		}
		data, err := os.ReadFile(path)
		noCustomer(t, path, string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var customer = regexp.MustCompile(`KH\d{8}|XS\d{8}|199\d{8}`)

func noCustomer(t *testing.T, file, text string) {
	t.Helper()
	if found := customer.FindString(text); found != "" {
		t.Errorf("%s names a customer, lead or phone: %s", filepath.Base(file), found)
	}
}

// TestSameBytes: the same input gives the same files.
func TestSameBytes(t *testing.T) {
	dir := exampleProject(t)
	mustRun(t, "-C", dir, "--quiet", "run")
	first := bytesOf(t, filepath.Join(dir, "out"))
	mustRun(t, "-C", dir, "--quiet", "run")
	second := bytesOf(t, filepath.Join(dir, "out"))
	if len(first) < 30 || len(first) != len(second) {
		t.Fatalf("%d and %d files", len(first), len(second))
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func bytesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSimulateTheSamePlan: the plan in force gives all zeros.
func TestSimulateTheSamePlan(t *testing.T) {
	dir := exampleProject(t)
	said := mustRun(t, "-C", dir, "--quiet", "simulate", "--plan", filepath.Join(dir, "plan.yaml"), "--csv")
	rows := strings.Split(strings.TrimSpace(said), "\n")
	zeros := 0
	for _, row := range rows[1:] {
		switch {
		case strings.HasSuffix(row, ",0.00"):
			zeros++
		case strings.Contains(row, "note[") || strings.HasPrefix(row, " ") || !strings.Contains(row, ","):
		default:
			t.Errorf("not zero: %s", row)
		}
	}
	if zeros < 30 {
		t.Errorf("%d rows only", zeros)
	}
}
