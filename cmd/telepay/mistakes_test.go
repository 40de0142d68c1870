package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"telepay/internal/diag"
)

// The museum of mistakes: fixtures/mistakes/CODE holds the files that differ from
// fixtures/mistakes/base by one mistake, and want.txt, what check says of it. A
// file whose name ends in .gone takes the base's away.
var museum = filepath.Join(root, "fixtures", "mistakes")

// elsewhere are the codes whose mistake is no small file, with where they are proved.
var elsewhere = map[string]string{
	"field-too-long":     "a cell above 1 MiB: internal/input/table",
	"record-too-long":    "a row above 4 MiB: internal/input/table",
	"long-row":           "a row of calls above 1 MiB: internal/input/scan",
	"file-too-large":     "a file above 4 GiB: TestMistakesOfTheMachine",
	"workbook-too-large": "a workbook that unpacks to too much: internal/input/table",
	"yaml-size":          "a plan above 1 MiB: internal/yamldoc",
	"file-changed":       "a file that changes while it is read: internal/input/table",
	"unreadable":         "a file that cannot be opened: TestMistakesOfTheMachine",
	"unknown-layout":     "check FILE: testdata/script/checkfile.txtar",
	"not-a-file":         "a device or pipe: internal/input/table",
}

func TestMistakes(t *testing.T) {
	known := map[string]bool{}
	for _, c := range diag.Codes {
		known[c.Code] = true
		_, err := os.Stat(filepath.Join(museum, c.Code))
		switch why, apart := elsewhere[c.Code]; {
		case err != nil && !apart:
			t.Errorf("code %s has no fixture in fixtures/mistakes", c.Code)
		case err == nil && apart:
			t.Errorf("code %s has a fixture and is said to be proved elsewhere (%s)", c.Code, why)
		}
	}
	entries, err := os.ReadDir(museum)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		code := e.Name()
		if code == "base" || code == "all-at-once" {
			continue
		}
		if !known[code] {
			t.Errorf("fixtures/mistakes/%s: no such code", code)
			continue
		}
		t.Run(code, func(t *testing.T) { mistake(t, code) })
	}
}

// spoken are words of the frame of a Chinese message.
var spoken = regexp.MustCompile(`发现|应为|改法|另见|同类`)

var codeOf = regexp.MustCompile(`(?:error|note)\[([a-z-]+)\]: `)

// mistake runs check over one fixture and holds what it says, to the byte.
func mistake(t *testing.T, code string) {
	dir := exhibit(t, code)
	command := "check"
	if code == "missing-glyph" {
		command = "run" // which draws the papers
	}
	status, said := tell(command, dir)
	golden(t, filepath.Join(museum, code, "want.txt"), said)
	var codes []string
	for _, m := range codeOf.FindAllStringSubmatch(said, -1) {
		codes = append(codes, m[1])
	}
	if !slices.Contains(codes, code) && !strings.Contains(said, "  "+code+"  ") {
		t.Errorf("%s is not among %v", code, codes)
	}
	slices.Sort(codes)
	if codes = slices.Compact(codes); len(codes) > 1+len(together[code]) {
		t.Errorf("one mistake gives several codes: %v", codes)
	}
	wantStatus := exitDone
	if strings.Contains(said, "error[") {
		wantStatus = exitProblems
	}
	if status != wantStatus {
		t.Errorf("ended with %d, want %d", status, wantStatus)
	}
	if again, english := tell(command, dir, "--lang", "en"); again != status || codeOf.FindString(english) != codeOf.FindString(said) || spoken.MatchString(english) {
		t.Errorf("in English it ends with %d and says\n%s", again, english)
	}
}

// together are mistakes that cannot come alone.
var together = map[string][]string{"duplicate-connect": {"no-later-connects"}, "more-connects": {"not-in-counters"}}

func check(dir string) (int, string) { return tell("check", dir) }

// tell runs a command and returns its status and what it said of problems.
func tell(command, dir string, flags ...string) (int, string) {
	var out, errs strings.Builder
	status := runWith(append(flags, "-C", dir, "--quiet", command), &out, &errs)
	said := errs.String()
	for _, row := range strings.SplitAfter(out.String(), "\n") {
		if code := reasonOf.FindString(row); code != "" && !strings.Contains(row, dir) && !strings.Contains(said, "["+code+"]") {
			said += row // a row in error whose reason is told elsewhere
		}
	}
	return status, said
}

// reasonOf finds a code among the reasons of rows.
var reasonOf = regexp.MustCompile(`[a-z]+(-[a-z]+)+`)

// exhibit lays the files of fixtures over the base.
func exhibit(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(museum, "base"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		lay(t, filepath.Join(museum, name), dir)
	}
	return dir
}

func lay(t *testing.T, from, dir string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(from), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == "want.txt" {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(path))
		if gone, ok := strings.CutSuffix(to, ".gone"); ok {
			return os.Remove(gone)
		}
		data, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(path)))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o755)
		}
		if err == nil {
			err = os.WriteFile(to, data, 0o644)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// golden holds a text against a file; with -update it writes the file.
func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil || strings.ReplaceAll(string(data), "\r\n", "\n") != text {
		t.Errorf("said\n%s\nwant\n%s(%v)", text, data, err)
	}
}

// TestAllMistakesAtOnce: one run names every mistake of plan, roster and exports,
// so that nobody mends them one run at a time.
func TestAllMistakesAtOnce(t *testing.T) {
	dir := exhibit(t, "all-at-once")
	status, said := check(dir)
	golden(t, filepath.Join(museum, "all-at-once", "want.txt"), said)
	if status != exitProblems {
		t.Errorf("ended with %d", status)
	}
	for _, code := range []string{
		"rate-unit", "amount-unit", "unknown-key", "tier-to", "tier-order", "mode-missing", "grid-hole", "lookup-tie", "nesting", "name-twice", "unknown-measure", "scope", "charged-twice",
		"units", "weights", "missing-key", "bad-date", "bad-amount", "bad-encoding", "unknown-agent", "duplicate-deal", "empty-file", "missing-column", "unknown-deal", "export-missing",
	} {
		if !strings.Contains(said, "["+code+"]") {
			t.Errorf("%s is not told in the same run", code)
		}
	}
}

// TestMistakesOfTheMachine makes the files that no repository can hold.
func TestMistakesOfTheMachine(t *testing.T) {
	for code, make := range map[string]func(file string) error{
		"file-too-large": func(file string) error { return sparse(file, 4<<30+1) },
		"unreadable":     func(file string) error { return os.Symlink(filepath.Base(file), file) }, // leads to itself
	} {
		t.Run(code, func(t *testing.T) {
			dir := exhibit(t)
			if err := make(filepath.Join(dir, "exports", "2026-10", "payments-2.csv")); err != nil {
				if runtime.GOOS != "windows" { // where links need a right of their own
					t.Fatal(err)
				}
				t.Skipf("this system cannot make the file: %v", err)
			}
			if status, said := check(dir); status != exitProblems || !strings.Contains(said, "payments-2.csv: error["+code+"]: ") {
				t.Errorf("ended with %d and said %s", status, said)
			}
		})
	}
}

// sparse makes a file of a size without writing it.
func sparse(file string, size int64) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := f.Truncate(size); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
