package scan

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// The oracle counts the same exports with encoding/csv, maps of texts and plain
// loops. It shares no code with the scan but the text form of comparison.

// export in tests: rows under a header.
type testFile struct {
	name    string
	columns []string
	text    string // data rows
	values  map[string]map[string]string
	layouts []string
}

var october = period.Span{From: period.MustDay("2026-10-01"), To: period.MustDay("2026-11-01")}

// roster knows T1 to T9 under several spellings.
func roster(id string) (string, bool) {
	key := query.Normal(id)
	if len(key) == 2 && key[0] == 't' && key[1] >= '1' && key[1] <= '9' {
		return strings.ToUpper(key), true
	}
	return "", false
}

func (f testFile) source() Source {
	columns := map[string]int{}
	for i, c := range f.columns {
		columns[c] = i
	}
	return Source{File: f.name, Open: func() (io.Reader, error) { return strings.NewReader(f.text), nil }, FirstLine: 2, Comma: ',', Columns: columns, Width: len(f.columns), Values: f.values, Layouts: f.layouts}
}

func jobOf(set query.Set, calls, connects []testFile) Job {
	job := Job{Set: set, Days: october, Cut: period.Cut{StartDay: 1}, Zone: time.UTC, Known: roster}
	for _, f := range calls {
		job.Calls = append(job.Calls, f.source())
	}
	for _, f := range connects {
		job.Connects = append(job.Connects, f.source())
	}
	return job
}

// oRow is a row of the oracle: its cells by field, and what became of it.
type oRow struct {
	file   string
	cells  map[string]string
	reason string
	day    period.Day
	clock  int64
	nums   map[string]int64
	own    map[string]int64 // numbers of the company's own, where there are any
	yes    bool
	legs   []*oRow
}

type oracle struct {
	set      query.Set
	calls    []*oRow
	connects []*oRow
	joined   bool
	byAgent  map[string]map[period.Day][]int64
	known    map[string]bool // agent, day and maximum that has a row
	distinct map[string]map[string]map[period.Day]map[string]bool
	moments  map[string][]query.Moment
}

func newOracle(set query.Set, calls, connects []testFile) *oracle {
	o := &oracle{set: set, joined: len(connects) > 0, known: map[string]bool{}, byAgent: map[string]map[period.Day][]int64{}, distinct: map[string]map[string]map[period.Day]map[string]bool{}, moments: map[string][]query.Moment{}}
	need := o.fieldsAsked(calls)
	for _, f := range connects {
		o.connects = append(o.connects, readTestFile(f, "answered", map[string]bool{"talk": true, "ring": true, "intent": true}, false)...)
	}
	for _, f := range calls {
		o.calls = append(o.calls, readTestFile(f, "started", need, true)...)
	}
	o.join()
	o.findRepeats()
	o.closeConnects()
	for _, r := range o.calls {
		if r.reason == "" {
			o.count(r)
		}
	}
	o.countNear()
	return o
}

// fieldsAsked lists the word and number fields whose cells the set needs.
func (o *oracle) fieldsAsked(calls []testFile) map[string]bool {
	need := map[string]bool{}
	var walk func(f *query.Filter)
	walk = func(f *query.Filter) {
		if f == nil {
			return
		}
		need[f.Field] = true
		for _, k := range f.Kids {
			walk(k)
		}
	}
	for _, m := range o.set.Measures {
		need[m.Field] = true
		walk(m.Where)
	}
	for _, d := range o.set.Distincts {
		need[d.Field] = true
		walk(d.Where)
	}
	for _, r := range o.set.Repeats {
		need[r.Field] = true
		walk(r.Where)
	}
	for _, n := range o.set.Near {
		need[n.Field] = true
		walk(n.Where)
		walk(n.Other)
	}
	for _, m := range o.set.Moments {
		need[m.Field] = true
		walk(m.Where)
	}
	if need["connected"] && !o.joined {
		need[connectedBy(calls[0])] = true
	}
	return need
}

// buckets of the oracle as text: file bucket reason rows.
func (o *oracle) buckets() (out []string) {
	counts := map[string]int{}
	for _, r := range slices.Concat(o.calls, o.connects) {
		counts[r.file+" "+r.reason]++
	}
	for k, n := range counts {
		out = append(out, fmt.Sprintf("%s %d", k, n))
	}
	slices.Sort(out)
	return out
}

func bucketTexts(bs []record.Bucket) (out []string) {
	for _, b := range bs {
		if b.Rows > 0 {
			out = append(out, fmt.Sprintf("%s %s %d", b.File, b.Reason, b.Rows))
		}
	}
	slices.Sort(out)
	return out
}

// compareTable holds a table against the oracle, whole.
func (o *oracle) compareTable(t *testing.T, table *query.Table) {
	t.Helper()
	agents := []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"}
	counted := 0
	for _, r := range o.calls {
		if r.reason == "" {
			counted++
		}
	}
	if table.Rows != int64(counted) {
		t.Errorf("%d rows counted, want %d", table.Rows, counted)
	}
	var names []string
	for _, m := range o.set.Measures {
		names = append(names, m.Name)
	}
	for _, r := range o.set.Repeats {
		names = append(names, r.Name)
	}
	for _, n := range o.set.Near {
		names = append(names, n.Name)
	}
	for _, a := range agents {
		for d := october.From; d < october.To; d++ {
			over := []query.Stretch{{Agent: a, Days: period.Span{From: d, To: d + 1}}}
			for i, name := range names {
				want := int64(0)
				if c := o.byAgent[a][d]; c != nil {
					want = c[i]
				}
				got, known := table.Known(name, over)
				if got != want {
					t.Errorf("%s of %s on %s: %d, want %d", name, a, d, got, want)
				}
				if i < len(o.set.Measures) && o.set.LiftOf(o.set.Measures[i]) > 0 && known != o.known[fmt.Sprint(a, d, i)] {
					t.Errorf("%s of %s on %s: any row: %t", name, a, d, known)
				}
			}
			o.compareDistinct(t, table, over)
		}
		o.compareDistinct(t, table, []query.Stretch{{Agent: a, Days: october}})
	}
	var all []query.Stretch
	for _, a := range agents {
		all = append(all, query.Stretch{Agent: a, Days: october})
	}
	o.compareDistinct(t, table, all)
	o.compareMoments(t, table)
}

func (o *oracle) compareDistinct(t *testing.T, table *query.Table, over []query.Stretch) {
	t.Helper()
	for _, d := range o.set.Distincts {
		union := map[string]bool{}
		for _, s := range over {
			for day, values := range o.distinct[d.Name][s.Agent] {
				for v := range values {
					union[v] = union[v] || s.Days.Has(day)
				}
			}
		}
		want := int64(0)
		for _, in := range union {
			if in {
				want++
			}
		}
		if got := table.Distinct(d.Name, over); got != want {
			t.Errorf("%s over %v: %d, want %d", d.Name, over, got, want)
		}
	}
}

func (o *oracle) compareMoments(t *testing.T, table *query.Table) {
	t.Helper()
	for _, m := range o.set.Moments {
		for _, key := range m.Keys {
			var want []query.Moment
			for _, w := range o.moments[m.Name] {
				if w.Key == key {
					want = append(want, w)
				}
			}
			slices.SortFunc(want, func(a, b query.Moment) int {
				return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Clock, b.Clock), cmp.Compare(a.Agent, b.Agent))
			})
			if got := table.MomentsOf(m.Name, key); !slices.Equal(got, want) {
				t.Errorf("%s of %q: %v, want %v", m.Name, key, got, want)
			}
		}
	}
}
