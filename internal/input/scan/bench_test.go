package scan

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"telepay/internal/query"
)

// benchRows is a month of calls of 2,000 agents in order of time, a quoted
// field in a hundredth of the rows.
const benchRows = 1_000_000

var benchFile = sync.OnceValue(func() []byte {
	r := rand.New(rand.NewPCG(26, 10))
	var b bytes.Buffer
	b.Grow(benchRows * 116)
	results := []string{"answered", "no_answer", "busy", "rejected", "power_off", "invalid"}
	for i := range benchRows {
		day, second := 1+i*26/benchRows, 9*3600+i%(benchRows/26+1)*26*32400/benchRows
		note := "rec/" + strconv.Itoa(i) + ".wav"
		if r.IntN(100) == 0 {
			note = `"说好, ""下周""` + "\n" + `再打"`
		}
		talk := 0
		result := results[min(r.IntN(9), 5)]
		if result == "answered" {
			talk = r.IntN(400)
		}
		fmt.Fprintf(&b, "C2026%010d,T%06d,team%d,2026-10-%02d %02d:%02d:%02d,out,1990%07d,%s,%d,%d,L%08d,%c,%s\n",
			i, 100000+min(r.IntN(2000), r.IntN(2000)), r.IntN(60), day, second/3600%24, second/60%60, second%60,
			r.IntN(9999999), result, talk, r.IntN(40), r.IntN(5_000_000), 'A'+rune(r.IntN(4)), note)
	}
	return b.Bytes()
})

var benchColumns = []string{"call_id", "agent", "team", "started", "direction", "phone", "result", "talk", "ring", "lead", "intent", "recording"}

func benchJob() Job {
	eff := tree(query.And, in("result", "answered"), atom(query.AtLeast, "talk", 30))
	job := jobOf(query.Set{
		Measures: []query.Measure{
			{Name: "dials", Kind: query.Count},
			{Name: "connects", Kind: query.Count, Where: in("result", "answered")},
			{Name: "eff", Kind: query.Count, Where: eff},
			{Name: "talk", Kind: query.Sum, Field: "talk"},
		},
		Distincts: []query.Distinct{{Name: "leads", Field: "lead"}},
	}, []testFile{{name: "calls.csv", columns: benchColumns}}, nil)
	job.Calls[0].Open = func() (io.Reader, error) { return bytes.NewReader(benchFile()), nil }
	job.Known = func(id string) (string, bool) { return id, true }
	return job
}

func perRow(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

func BenchmarkScan(b *testing.B) {
	benchFile()
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers, " workers"), func(b *testing.B) {
			for b.Loop() {
				table, _, _, err := run(benchJob(), options{workers: workers})
				if err != nil || table.Rows != benchRows {
					b.Fatal(err, table.Rows)
				}
			}
			perRow(b)
		})
	}
}

func BenchmarkEncodingCSV(b *testing.B) {
	benchFile()
	for b.Loop() {
		plainLoop(b)
	}
	perRow(b)
}

// plainLoop answers the same question with encoding/csv and maps.
func plainLoop(b *testing.B) {
	r := csv.NewReader(bytes.NewReader(benchFile()))
	r.ReuseRecord = true
	type cell struct{ dials, connects, eff, talk int64 }
	cells, leads := map[string]*cell{}, map[string]bool{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		at, err := time.Parse("2006-01-02 15:04:05", row[3])
		if err != nil {
			b.Fatal(err)
		}
		key := row[1] + " " + at.Format("2006-01-02")
		c := cells[key]
		if c == nil {
			c = &cell{}
			cells[key] = c
		}
		talk, _ := strconv.ParseInt(row[7], 10, 64)
		c.dials++
		c.talk += talk
		if row[6] == "answered" {
			c.connects++
			if talk >= 30 {
				c.eff++
			}
		}
		if row[9] != "" {
			leads[key+row[9]] = true
		}
	}
	if len(cells) == 0 || len(leads) == 0 {
		b.Fatal("nothing counted")
	}
}

// Allocations per million rows stay below 10,000, whatever the number of workers:
// nothing is allocated per row.
func TestAllocationsPerMillionRows(t *testing.T) {
	benchFile()
	for _, workers := range []int{1, 2, 5} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if table, _, _, err := run(benchJob(), options{workers: workers}); err != nil || table.Rows != benchRows {
			t.Fatal(err, table.Rows)
		}
		runtime.ReadMemStats(&after)
		most := uint64(10_000 + 1_000*max(0, workers-2)) // a worker's own tables, which no row adds to
		if n := after.Mallocs - before.Mallocs; n > most {
			t.Errorf("%d workers: %d allocations for a million rows, want at most %d", workers, n, most)
		} else {
			t.Logf("%d workers: %d allocations, %d MB", workers, n, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
	}
}
