package scan

import (
	"io"
	"os"
	"runtime"
	"slices"
	"testing"

	"telepay/internal/query"
)

// A run beyond its budget goes by way of a temporary file that has no name, and
// gives the same table; what the table is asked later is still there.
func TestSpilling(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f := newGenerator(8).calls("calls.csv", 3000, 0)
	o := newOracle(fullSet(), []testFile{f}, nil)
	for _, opt := range []options{{workers: 1, block: 4096, budget: 1}, {workers: 3, block: 2048, budget: 100 << 10}} {
		e, err := newEngine(jobOf(fullSet(), []testFile{f}, nil), opt.filled(), nil)
		if err != nil {
			t.Fatal(err)
		}
		table, buckets, _, err := e.answer()
		if err != nil {
			t.Fatal(err)
		}
		if e.scratch.size == 0 {
			t.Errorf("%+v: nothing was written", opt)
		}
		o.compareTable(t, table)
		if got, want := bucketTexts(buckets), o.buckets(); !slices.Equal(got, want) {
			t.Errorf("%+v: buckets %v, want %v", opt, got, want)
		}
	}
	if left, _ := os.ReadDir(os.TempDir()); runtime.GOOS != "windows" && len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNoRoomForATemporaryFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	f := newGenerator(8).calls("calls.csv", 100, 0)
	if _, _, _, err := run(jobOf(fullSet(), []testFile{f}, nil), options{budget: 1}); err == nil {
		t.Error("a run without room for its temporary file ends well")
	}
}

// repeatedText is a text that comes again and again, under ids of its own: what
// is written of a month of any length without holding it.
type repeatedText struct {
	rows, at int
	rest     []byte
}

func (r *repeatedText) Read(b []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.at == r.rows {
			return 0, io.EOF
		}
		r.rest = r.rest[:0:cap(r.rest)]
		for i := 0; i < 1000 && r.at < r.rows; i++ {
			n := int64(r.at)
			r.rest = appendPadded(append(r.rest, 'C'), n, 12)
			r.rest = appendPadded(append(r.rest, ",T"...), 100000+n*7919%2000, 6)
			r.rest = appendPadded(append(r.rest, ",2026-10-"...), 1+n*30/int64(r.rows), 2)
			r.rest = appendPadded(append(r.rest, " 10:00:00,answered,65,L"...), n*104729%int64(r.rows), 9)
			r.rest = append(r.rest, '\n')
			r.at++
		}
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func appendPadded(b []byte, n int64, width int) []byte {
	at := len(b)
	b = append(b, "000000000000"[:width]...)
	for i := at + width - 1; i >= at; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

// Ten million rows stay below 120 MB of memory with a budget of 16 MB for the
// 80 MB of their logs.
func TestMemoryOfTenMillionRows(t *testing.T) {
	const rows = 10_000_000
	set := query.Set{
		Measures:  []query.Measure{{Name: "dials"}, {Name: "talk", Kind: query.Sum, Field: "talk"}},
		Distincts: []query.Distinct{{Name: "leads", Field: "lead"}},
	}
	job := jobOf(set, []testFile{{name: "calls.csv", columns: []string{"call_id", "agent", "started", "result", "talk", "lead"}}}, nil)
	job.Calls[0].Open = func() (io.Reader, error) { return &repeatedText{rows: rows}, nil }
	job.Known = func(id string) (string, bool) { return id, true }
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table, _, _, err := run(job, options{budget: 16 << 20})
	if err != nil || table.Rows != rows {
		t.Fatal(err, table)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys-before.Sys) >> 20; grown > 120 {
		t.Errorf("the process grew by %d MB", grown)
	}
	if n := after.Mallocs - before.Mallocs; n > 10_000*rows/1_000_000 {
		t.Errorf("%d allocations", n)
	}
	if got := table.Distinct("leads", []query.Stretch{{Agent: "T100000", Days: october}, {Agent: "T100001", Days: october}}); got != 2*rows/2000 {
		t.Errorf("%d leads of two agents, want %d", got, 2*rows/2000)
	}
}
