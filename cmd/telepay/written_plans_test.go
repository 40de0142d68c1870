package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/plan"
	"telepay/internal/review"
)

// TestWrittenPlans reads the plans that pages show and runs the cases beside
// them. A block is a plan, or a list of cases of the plan above it; one that is
// marked "refused CODE" is a plan that the reader must not take.
func TestWrittenPlans(t *testing.T) {
	for page, least := range map[string]int{"fixtures/constructs.md": 73, "docs/cookbook.md": 60, "docs/cookbook.zh-CN.md": 60} {
		t.Run(filepath.Base(page), func(t *testing.T) {
			ran := 0
			var bench *review.Bench
			for _, b := range blocksOf(t, filepath.Join(root, page)) {
				switch {
				case strings.HasPrefix(b.text, "- "):
					ran += runWritten(t, b, bench)
				case b.refused != "":
					holdRefused(t, b)
					ran++
				default:
					bench = benchFor(t, b)
				}
			}
			if ran < least {
				t.Errorf("%d cases, want at least %d", ran, least)
			}
		})
	}
}

// TestCookbooks: both languages show the same plans and cases.
func TestCookbooks(t *testing.T) {
	zh, en := blocksOf(t, filepath.Join(root, "docs", "cookbook.zh-CN.md")), blocksOf(t, filepath.Join(root, "docs", "cookbook.md"))
	if len(zh) != len(en) {
		t.Fatalf("%d blocks in Chinese, %d in English", len(zh), len(en))
	}
	for i := range zh {
		if zh[i].text != en[i].text {
			t.Errorf("%s and %s differ", zh[i], en[i])
		}
	}
}

// block is one fenced block of YAML, with the heading above it.
type block struct {
	heading, refused, text string
	line                   int
}

func (b block) String() string { return fmt.Sprintf("line %d, %s", b.line, b.heading) }

func blocksOf(t *testing.T, file string) []block {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	heading, open := "", false
	for i, line := range strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n") {
		switch info, fenced := strings.CutPrefix(line, "```"); {
		case fenced && open:
			open = false
		case fenced && strings.HasPrefix(info, "yaml"):
			open = true
			out = append(out, block{heading: heading, line: i + 1, refused: strings.TrimPrefix(strings.TrimPrefix(info, "yaml"), " refused ")})
		case open:
			out[len(out)-1].text += line + "\n"
		case strings.HasPrefix(line, "#"):
			heading = strings.TrimLeft(line, "# ")
		}
	}
	return out
}

// planHead are the lines that stand above every plan of a page that does not
// write its own.
const planHead = "plan: page\nsince: 2026-01\napproval: {discussed: 2025-12-10, announced: 2025-12-22, signed: 2025-12-30}\n"

func readWritten(b block) (*plan.Plan, []diag.Problem) {
	text := b.text
	if !strings.HasPrefix(text, "plan:") {
		text = planHead + text
	}
	return plan.Read("plan.yaml", []byte(text), plan.Context{})
}

func benchFor(t *testing.T, b block) *review.Bench {
	t.Helper()
	p, problems := readWritten(b)
	for _, x := range problems {
		if x.Reach != diag.Note {
			t.Errorf("%s: %s\nin\n%s", b, x.Format(lang.EN), b.text)
		}
	}
	l, bad := law.Load(nil)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	if p == nil {
		return nil
	}
	return &review.Bench{Plan: p, Project: review.Alone(), Law: l}
}

func holdRefused(t *testing.T, b block) {
	t.Helper()
	_, problems := readWritten(b)
	if !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Code == b.refused && p.Reach != diag.Note }) {
		t.Errorf("%s: not refused with %s but %v", b, b.refused, problems)
	}
}

func runWritten(t *testing.T, b block, bench *review.Bench) int {
	t.Helper()
	if bench == nil {
		t.Errorf("%s: cases without a plan", b)
		return 0
	}
	cases, problems := bench.ReadCases("cases", []byte(b.text))
	for _, x := range problems {
		t.Errorf("%s: %s", b, x.Format(lang.EN))
	}
	if len(problems) > 0 {
		return 0
	}
	for _, c := range cases {
		for _, f := range bench.Test(c).Failed {
			t.Errorf("%s: %s: %s %s is %s, want %s%s", b, c.It.EN, f.Expect.Name, f.Expect.Part, f.Got.EN, f.Expect.Want.Fixed(2), f.Expect.Code)
		}
	}
	return len(cases)
}
