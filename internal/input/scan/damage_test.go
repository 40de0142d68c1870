package scan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/query"
)

// damaged cuts, stretches and sprinkles a file.
func (g *generator) damaged(text string) string {
	for range 1 + g.IntN(4) {
		at := g.IntN(len(text))
		switch g.IntN(7) {
		case 0:
			text = text[:at]
		case 1, 2:
			text = text[:at] + `"` + text[at:]
		case 3:
			text = text[:at] + "\r" + text[at:]
		case 4:
			text = text[:at] + "\n\n" + text[at:]
		case 5:
			text = text[:at] + strings.Repeat("x", 3000) + text[at:]
		case 6:
			text = strings.Replace(text, `"`, "", 1)
		}
		text += "\n"
	}
	return text
}

// dump writes down everything that a run says.
func dump(t *testing.T, e *engine) string {
	t.Helper()
	table, buckets, problems, err := e.answer()
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	fmt.Fprintln(&b, table.Rows, buckets)
	for _, p := range problems {
		fmt.Fprintf(&b, "%+v\n", p)
	}
	set := e.job.Set
	for _, agent := range []string{"T1", "T2", "T3", "T4"} {
		for d := october.From; d < october.To; d++ {
			over := []query.Stretch{{Agent: agent, Days: period.Span{From: d, To: d + 1}}}
			for _, m := range set.Measures {
				fmt.Fprint(&b, table.Value(m.Name, over), " ")
			}
			for _, m := range set.Distincts {
				fmt.Fprint(&b, table.Distinct(m.Name, over), " ")
			}
		}
	}
	return b.String()
}

// A file with quotes out of order, lone CRs, overlong rows or a cut end gives the
// same from the quick road and from a reader that goes row by row from the
// begin, whatever the size of the blocks and the number of workers.
func TestDamagedFilesReadAlike(t *testing.T) {
	irregularFiles := 0
	for seed := range uint64(150) {
		g := newGenerator(seed)
		f := g.calls("calls.csv", 80, 0)
		f.text = g.damaged(f.text)
		job := jobOf(fullSet(), []testFile{f}, nil)
		byRow, err := newEngine(job, options{workers: 1, block: 1 << 20, record: 2000}.filledAs(2000), map[string]bool{"calls.csv": true})
		if err != nil {
			t.Fatal(err)
		}
		want := dump(t, byRow)
		for _, opt := range []options{{workers: 1, block: 64}, {workers: 5, block: 257}, {workers: 2, block: 1999}} {
			careful := map[string]bool{}
			got := ""
			for range 2 {
				e, err := newEngine(job, opt.filledAs(2000), careful)
				if err != nil {
					t.Fatal(err)
				}
				if got = dump(t, e); got != (irregular{"calls.csv"}).Error() {
					break
				}
				careful["calls.csv"] = true
				irregularFiles++
			}
			if got != want {
				t.Fatalf("seed %d, %+v: %s", seed, opt, firstDifference(got, want))
			}
		}
	}
	if irregularFiles < 50 {
		t.Errorf("%d files were irregular", irregularFiles)
	}
}

// filledAs fills the options, with a limit for rows that the blocks do not raise.
func (o options) filledAs(record int) options {
	o = o.filled()
	o.record = record
	return o
}

// FuzzScan holds the quick road against the careful one over any bytes.
func FuzzScan(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(newGenerator(seed).calls("calls.csv", 6, 0).text, uint16(100))
	}
	f.Add("C1,T1,2026-10-05 10:00:00,,,,,,\"x\"y,5,,,,,\n\"C2\",T1,", uint16(3))
	f.Fuzz(func(t *testing.T, text string, block uint16) {
		file := testFile{name: "calls.csv", columns: callColumns, values: wordValues, text: text}
		job := jobOf(fullSet(), []testFile{file}, nil)
		var all []string
		for _, road := range []struct {
			opt     options
			careful bool
		}{{options{workers: 1, block: 1 << 16}, true}, {options{workers: 2, block: 16 + int(block%600)}, true}, {options{workers: 2, block: 16 + int(block%600)}, false}} {
			e, err := newEngine(job, road.opt.filledAs(1<<12), map[string]bool{"calls.csv": road.careful})
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(t, e); got != (irregular{"calls.csv"}).Error() {
				all = append(all, got)
			}
		}
		if all = slices.Compact(all); len(all) != 1 {
			t.Fatal(firstDifference(all[0], all[1]))
		}
	})
}
