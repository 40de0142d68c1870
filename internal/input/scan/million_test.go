package scan

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// spoilt writes a file whose rows are wrong, each in one way, and keeps its own
// account of it: how many rows went where, and what is first of each kind.
type spoilt struct {
	text   strings.Builder
	line   int // of the row that comes next
	rows   map[string]int64
	first  map[string][]string // by code: place and words of what a report shows, at most maxSamples
	kinds  map[string]int      // by code: how many a report counts; odd names once each
	named  map[string]int64    // rows of an odd name
	shown  map[string]int      // place in first of an odd name
	openID string              // a call id whose second row, with other content, has still to come
	openAt int
}

var spoiltColumns = []string{"call_id", "agent", "started", "result", "talk", "note"}

// The row that repeats are equal to; the only one that counts.
const goodRow = "good,T1,2026-10-05 10:00:00,接通,60,"

func newSpoilt(rows int) *spoilt {
	s := &spoilt{line: 2, rows: map[string]int64{}, first: map[string][]string{}, kinds: map[string]int{}, named: map[string]int64{}, shown: map[string]int{}}
	s.put(goodRow, "", 0, "")
	s.rows["counted"] = 1
	state := uint64(1)
	for i := 1; i < rows; i++ {
		state = state*6364136223846793005 + 1442695040888963407 // ways in an order that no block follows
		s.spoil(i, state>>33, i == rows-1)
	}
	return s
}

// spoil writes row i in one of the ways.
func (s *spoilt) spoil(i int, dice uint64, last bool) {
	id, note := fmt.Sprint("c", i), ""
	if dice%5 == 0 {
		note = "\"two\nlines\""
	}
	way := dice % 9
	if way == 8 && last && s.openID == "" { // nobody is left to differ from
		way = 0
	}
	if last && s.openID != "" {
		way = 8
	}
	switch way {
	case 0:
		s.put(id+",T1,31/10/2026,接通,60,"+note, "bad-time", 2, "")
	case 1:
		s.put(id+",T1,2026-10-05 10:00:00,接通", "ragged-row", -1, "")
	case 2:
		s.put(",T1,2026-10-05 10:00:00,接通,60,"+note, "no-call-id", 0, "")
	case 3:
		s.put(fmt.Sprintf("%s,X%d,2026-10-05 10:00:00,接通,60,%s", id, dice>>8%50, note), "unknown-agent", 1, fmt.Sprint("X", dice>>8%50))
	case 4:
		s.put(fmt.Sprintf("%s,T1,2026-10-05 10:00:00,转%d,60,%s", id, dice>>8%30, note), "unknown-word", 3, fmt.Sprint("转", dice>>8%30))
	case 5:
		s.put(id+",T1,2026-10-05 10:00:00,接通,60秒,"+note, "bad-number", 4, "")
	case 6:
		s.put(id+",T1,2026-09-05 10:00:00,接通,60,"+note, "other_month", 0, "")
	case 7:
		s.put(goodRow, "duplicate", 0, "")
	case 8:
		s.conflict(id, note)
	}
}

// put writes a row and accounts for it: a way that is an error is shown at the cell
// of column col, −1 for the row; an odd name once.
func (s *spoilt) put(row, code string, col int, name string) {
	s.text.WriteString(row + "\n")
	at := s.line
	s.line += 1 + strings.Count(row, "\n")
	if code == "" {
		return
	}
	s.rows[code]++
	if code == "other_month" || code == "duplicate" {
		return
	}
	if name != "" {
		if s.named[name]++; s.named[name] > 1 {
			return
		}
	}
	s.kinds[code]++
	if len(s.first[code]) == maxSamples {
		return
	}
	place := fmt.Sprintf("calls.csv:%d", at)
	if col >= 0 {
		cells := strings.SplitN(row, ",", col+1)
		place += fmt.Sprintf(":%d", utf8.RuneCountInString(strings.Join(cells[:col], ","))+min(col, 1)+1)
	}
	s.shown[name] = len(s.first[code])
	s.first[code] = append(s.first[code], place)
}

// conflict writes the second row of an id that differs from its first, or a first one.
func (s *spoilt) conflict(id, note string) {
	s.rows["duplicate-call"]++
	if s.openID == "" {
		s.openID, s.openAt = id, s.line
		s.put(id+",T1,2026-10-05 10:00:00,接通,60,"+note, "", 0, "")
		return
	}
	s.kinds["duplicate-call"]++
	if len(s.first["duplicate-call"]) < maxSamples {
		s.first["duplicate-call"] = append(s.first["duplicate-call"], fmt.Sprintf("calls.csv:%d see calls.csv:%d", s.openAt, s.line))
	}
	s.put(s.openID+",T1,2026-10-05 10:00:00,接通,61,"+note, "", 0, "")
	s.openID = ""
}

// holds compares a report with the account.
func (s *spoilt) holds(t *testing.T, buckets map[string]int64, problems []diag.Problem) {
	t.Helper()
	for code, rows := range s.rows {
		if buckets[code] != rows {
			t.Errorf("%d rows are %s, want %d", buckets[code], code, rows)
		}
	}
	got, more := map[string][]string{}, map[string]int{}
	for _, p := range problems {
		place := p.Pos.String()
		for _, see := range p.See {
			place += " see " + see.String()
		}
		got[p.Code] = append(got[p.Code], place)
		more[p.Code] += p.Another
	}
	if len(s.first) != 7 {
		t.Fatalf("errors of %d kinds, want 7", len(s.first))
	}
	for code, want := range s.first {
		if !slices.Equal(got[code], want) {
			t.Errorf("%s at\n%v, want\n%v", code, got[code], want)
		}
		if more[code] != s.kinds[code]-len(want) {
			t.Errorf("%d more of %s, want %d", more[code], code, s.kinds[code]-len(want))
		}
	}
	for _, p := range problems {
		if p.Code != "unknown-agent" && p.Code != "unknown-word" {
			continue
		}
		name := strings.Split(p.Found.EN, `"`)[1]
		if want := lang.Count(int(s.named[name]), "row", "rows").EN; !strings.HasSuffix(p.Found.EN, ", "+want) {
			t.Errorf("%s, want %s", p.Found.EN, want)
		}
	}
}

// TestMillionErrors: a file of a million rows of which one is right. Every row is
// counted under its reason, the first of each are shown at their physical lines and
// columns, by any number of workers over blocks of any size. Of a row nothing stays
// in memory but its place in the log; what is spent on the way is at most three small
// texts a row.
func TestMillionErrors(t *testing.T) {
	const rows = 1_000_000
	s := newSpoilt(rows)
	f := testFile{name: "calls.csv", columns: spoiltColumns, text: s.text.String(), values: wordValues}
	job := jobOf(talkSet, []testFile{f}, nil)
	for _, opt := range []options{{workers: 1}, {workers: 5}, {workers: 1, block: 4099}, {workers: 5, block: 65_537, budget: 1 << 20}} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		table, list, problems, err := run(job, opt)
		runtime.ReadMemStats(&after)
		if err != nil || table.Rows != 1 {
			t.Fatalf("%+v: %d rows count, %v", opt, table.Rows, err)
		}
		buckets, sum := map[string]int64{}, int64(0)
		for _, b := range list {
			buckets[cmp.Or(b.Reason, "counted")] += b.Rows
			sum += b.Rows
		}
		if sum != rows {
			t.Errorf("%+v: %d rows in all, want %d", opt, sum, rows)
		}
		s.holds(t, buckets, problems)
		if t.Failed() {
			t.Fatalf("%+v", opt)
		}
		if n, mb := after.Mallocs-before.Mallocs, (after.TotalAlloc-before.TotalAlloc)>>20; n > 3*rows || mb > 450 {
			t.Errorf("%+v: %d allocations, %d MB", opt, n, mb)
		}
		var kept runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&kept)
		if mb := int64(kept.HeapAlloc-before.HeapAlloc) >> 20; mb > 4 {
			t.Errorf("%+v: %d MB stay behind the answer", opt, mb)
		}
		runtime.KeepAlive(table)
		runtime.KeepAlive(problems)
	}
}
