package scan

import (
	"fmt"
	"slices"
	"testing"
)

// variants are block sizes and numbers of workers; none may change anything.
var variants = []options{
	{workers: 1, block: 64}, {workers: 2, block: 64}, {workers: 5, block: 257}, {workers: 1, block: 4096}, {workers: 2}, {workers: 2, block: 512, budget: 1}, {workers: 3, block: 300, budget: 40 << 10}, {workers: 3, block: 300, budget: 4 << 10},
	{workers: 2, block: 512, weak: 1}, {workers: 3, block: 4096, budget: 60 << 10, weak: 2},
}

func checkAgainstOracle(t *testing.T, calls, connects []testFile) {
	t.Helper()
	o := newOracle(fullSet(), calls, connects)
	var before string
	for _, opt := range variants {
		table, buckets, problems, err := run(jobOf(fullSet(), calls, connects), opt)
		if err != nil {
			t.Fatal(err)
		}
		o.compareTable(t, table)
		if got, want := bucketTexts(buckets), o.buckets(); !slices.Equal(got, want) {
			t.Errorf("%+v: buckets\n%v, want\n%v", opt, got, want)
		}
		text := fmt.Sprint(buckets, problems)
		if before == "" {
			before = text
		}
		if text != before {
			t.Errorf("%+v: the report depends on workers or block size: %s", opt, firstDifference(text, before))
		}
		if t.Failed() {
			t.Fatalf("%+v", opt)
		}
	}
}

func TestScanEqualsPlainLoops(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			g := newGenerator(seed)
			calls := []testFile{g.calls("calls-1.csv", 120, 0), g.calls("calls-2.csv", 60, 100)}
			checkAgainstOracle(t, calls, nil)
		})
	}
}

func TestScanWithConnectsEqualsPlainLoops(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			g := newGenerator(seed)
			calls := []testFile{g.calls("calls-1.csv", 120, 0), g.calls("calls-2.csv", 60, 100)}
			connects := []testFile{g.connects("connects.csv", 200), g.connects("connects-11.csv", 60)}
			checkAgainstOracle(t, calls, connects)
		})
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-150)
	return fmt.Sprintf("…%s\n…%s", a[from:min(len(a), i+80)], b[from:min(len(b), i+80)])
}
