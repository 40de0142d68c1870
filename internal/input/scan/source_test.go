package scan

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// rowsOf makes a workbook of a text: rows of cells with their numbers, without
// the empty cells at the end.
func rowsOf(f testFile) Source {
	s := f.source()
	s.Open = nil
	s.Rows = func() (func() ([][]byte, int, bool), error) { return f.rows(), nil }
	return s
}

func (f testFile) rows() func() ([][]byte, int, bool) {
	r := csv.NewReader(strings.NewReader(f.text))
	r.FieldsPerRecord = -1
	line := 1
	return func() ([][]byte, int, bool) {
		cells, err := r.Read()
		if err != nil {
			return nil, 0, false
		}
		for len(cells) > 0 && len(cells) == len(f.columns) && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
			if len(cells) < len(f.columns)-2 {
				break
			}
		}
		line++
		return inBytes(cells), line, true
	}
}

func inBytes(cells []string) (all [][]byte) {
	for _, c := range cells {
		all = append(all, []byte(c))
	}
	return all
}

func TestRowsEqualText(t *testing.T) {
	for seed := range uint64(20) {
		g := newGenerator(seed)
		f := g.calls("calls", 150, 0)
		f.text = strings.ReplaceAll(f.text, "a,b,c"+g.eol, "") // a short row of a workbook is no fault
		o := newOracle(fullSet(), []testFile{f}, nil)
		for _, opt := range variants {
			job := jobOf(fullSet(), nil, nil)
			job.Calls = []Source{rowsOf(f)}
			table, buckets, _, err := run(job, opt)
			if err != nil {
				t.Fatal(err)
			}
			o.compareTable(t, table)
			if got, want := bucketTexts(buckets), o.buckets(); !slices.Equal(got, want) {
				t.Fatalf("seed %d, %+v: buckets %v, want %v", seed, opt, got, want)
			}
		}
	}
}

func TestRowsOfAWorkbook(t *testing.T) {
	f := testFile{name: "calls.xlsx", columns: []string{"call_id", "agent", "started", "talk"}}
	rows := [][]string{{"1", "T1", "2026-10-05 10:00:00", "5"}, {}, {"", " "}, {"2", "T1", "2026-10-05 10:00:00"}, {"3", "T1", "2026-10-05 10:00:00", "7", "", "x"}, {"4", "\"T1\"", "2026-10-05 10:00:00", "7"}, {"5", "T1", "2026-10-05 10:00:00", "8", ""}}
	s := f.source()
	s.Open, s.Rows = nil, func() (func() ([][]byte, int, bool), error) {
		at := 0
		return func() ([][]byte, int, bool) {
			if at == len(rows) {
				return nil, 0, false
			}
			at++
			return inBytes(rows[at-1]), at + 1, true
		}, nil
	}
	job := jobOf(talkSet, nil, nil)
	job.Calls = []Source{s}
	table, buckets, problems, err := Run(job)
	if err != nil {
		t.Fatal(err)
	}
	if got := month(table, talkSet, "T1"); got[0] != 3 || got[3] != 13 {
		t.Errorf("counted %v", got)
	}
	if got, want := bucketTexts(buckets), []string{"calls.xlsx  3", "calls.xlsx ragged-row 1", "calls.xlsx unknown-agent 1"}; !slices.Equal(got, want) {
		t.Errorf("buckets %q, want %q", got, want)
	}
	if got, want := positions(problems), []string{"calls.xlsx:6 ragged-row", "calls.xlsx:7:2 unknown-agent"}; !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

func positions(ps []diag.Problem) (out []string) {
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s %s", p.Pos, p.Code))
	}
	return out
}

// Where ids repeat, every file is opened a second time, and once more for each clash of codes.
func TestSecondReading(t *testing.T) {
	g := newGenerator(5)
	f := g.calls("calls", 200, 0)
	f.text += f.text
	o := newOracle(fullSet(), []testFile{f}, nil)
	for _, opt := range variants {
		job, opened := jobOf(fullSet(), []testFile{f}, nil), 0
		job.Calls[0].Open = func() (io.Reader, error) { opened++; return strings.NewReader(f.text), nil }
		table, buckets, _, err := run(job, opt)
		if err != nil {
			t.Fatal(err)
		}
		o.compareTable(t, table)
		if got, want := bucketTexts(buckets), o.buckets(); !slices.Equal(got, want) {
			t.Fatalf("%+v: buckets %v, want %v", opt, got, want)
		}
		if opened != 2+opt.weak {
			t.Errorf("%+v: the text was opened %d times", opt, opened)
		}
	}
}

// brokenDisk fails after some bytes.
type brokenDisk struct{ left io.Reader }

var errDisk = errors.New("disk on fire")

func (d brokenDisk) Read(b []byte) (int, error) {
	n, err := d.left.Read(b)
	if err == io.EOF {
		err = errDisk
	}
	return n, err
}

func TestFailingReaderIsAnError(t *testing.T) {
	job := jobOf(talkSet, nil, nil)
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started"}}
	job.Calls = []Source{f.source()}
	job.Calls[0].Open = func() (io.Reader, error) { return brokenDisk{strings.NewReader("1,T1,2026-10-05 10:00:00\n")}, nil }
	if _, _, _, err := Run(job); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "calls.csv") {
		t.Errorf("error %v", err)
	}
}

// Each kind of error is shown at its place, in both languages.
func TestProblems(t *testing.T) {
	text := strings.Join([]string{
		"1,T1,2026-10-05 10:00:00,接通,5",
		"2,T1,2026-10-05 10:00:00",
		"\"3\"x,T1,2026-10-05 10:00:00,接通,5",
		"4,T1,31/10/2026,接通,5",
		",T1,2026-10-05 10:00:00,接通,5",
		"6,王五,2026-10-05 10:00:00,接通,5",
		"7,\"T99\",2026-10-05 10:00:00,接通,5",
		"8,王五,2026-10-05 10:00:00,接通,5",
		"9,T1,2026-10-05 10:00:00,接通,5秒",
		"10,T1,2026-10-05 10:00:00,转人工,5",
		"11,T1,2026-10-05 10:00:00,接通,5",
		"11,T1,2026-10-05 10:00:00,接通,6",
		"12,,2026-10-05 10:00:00,接通,5",
	}, "\n") + "\n"
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started", "result", "talk"}, text: text, values: wordValues}
	_, _, problems, err := run(jobOf(talkSet, []testFile{f}, nil), options{block: 100})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"calls.csv:3 ragged-row", "calls.csv:4 stray-quote", "calls.csv:5:6 bad-time", "calls.csv:6:1 no-call-id", "calls.csv:7:3 unknown-agent",
		"calls.csv:8:3 unknown-agent", "calls.csv:10:29 bad-number", "calls.csv:11:27 unknown-word", "calls.csv:12 duplicate-call",
	}
	if got := positions(problems); !slices.Equal(got, want) {
		t.Fatalf("problems\n%q, want\n%q", got, want)
	}
	if p := problems[4]; p.Found.ZH != `工号 "王五", 共 2 行` || p.Found.EN != `agent "王五", 2 rows` {
		t.Errorf("unknown agent found as %q", p.Found)
	}
	if p := problems[7]; !strings.Contains(p.Want.ZH, "answered, busy, no_answer") || !strings.Contains(p.Found.EN, `"转人工" in column result, 1 row`) {
		t.Errorf("unknown word as %q, want %q", p.Found, p.Want)
	}
	if p := problems[8]; len(p.See) != 1 || p.See[0].String() != "calls.csv:13" {
		t.Errorf("conflict sees %v", p.See)
	}
	for _, p := range problems {
		if p.Reach != diag.Row || p.Found.ZH == "" || p.Found.EN == "" || p.Want.IsEmpty() || p.Mend.IsEmpty() || strings.Contains(p.Format(lang.EN)+p.Format(lang.ZH), "%!") {
			t.Errorf("%s: %s", p.Code, p.Format(lang.EN))
		}
	}
}

func TestManyErrorsAreCapped(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,T1,never\n%d,X%d,2026-10-05 10:00:00\n", i, 5000+i, i)
	}
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started"}, text: b.String()}
	for _, opt := range variants {
		_, _, problems, err := run(jobOf(talkSet, []testFile{f}, nil), opt)
		if err != nil {
			t.Fatal(err)
		}
		shown, hidden := map[string]int{}, map[string]int{}
		for _, p := range problems {
			shown[p.Code]++
			hidden[p.Code] += p.Another
		}
		for _, code := range []string{"bad-time", "unknown-agent"} {
			if shown[code] != maxSamples || hidden[code] != 1000-maxSamples {
				t.Errorf("%+v: %d shown, %d hidden of %s", opt, shown[code], hidden[code], code)
			}
		}
		if problems[0].Pos.Line != 2 || problems[39].Pos.Line != 41 {
			t.Errorf("%+v: not the first ones: %v", opt, positions(problems))
		}
	}
}

func TestFileOfAnotherMonthExplainsItself(t *testing.T) {
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started"}, text: "1,T1,2026-09-05 10:00:00\n"}
	_, _, problems, err := Run(jobOf(talkSet, []testFile{f}, nil))
	if err != nil || len(problems) != 1 || problems[0].Code != "nothing-counted" || problems[0].Reach != diag.Note || !strings.Contains(problems[0].Found.ZH, "2026-10") {
		t.Errorf("problems %v, error %v", problems, err)
	}
}
