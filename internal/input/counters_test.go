package input

import (
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/query"
)

const counterText = `工号,日期,方向,拨打量,接通量,通话时长
T01,2026-10-08,呼出,30,12,1800
T01,2026-10-08,呼出,30,12,1800
T01,2026-10-09,呼入,4,4,0:05:00
T02,2026-10-09,呼出,10,0,
T02,2026-11-01,呼出,99,9,900
T02,2026-10-10,呼出,5,6,60
T99,2026-10-10,呼出,7,1,60
`

// TestCounters: a row of counters counts as so many calls, in the same measures as
// calls, once however often it stands there; nothing is said about single calls.
func TestCounters(t *testing.T) {
	month, list := Read(project(t, map[string]string{"exports/2026-10/call-counters.csv": counterText, "exports/2026-10/call-counters-2.csv": counterText}))
	defer month.Calls.Close()
	if list.Stops() {
		t.Fatal(places(t, list.Sorted()))
	}
	set := callSet
	talk := func(op query.Op, n int64) *query.Filter { return &query.Filter{Op: op, Field: "talk", Number: n} }
	set.Measures = append(set.Measures[:3:3],
		query.Measure{Name: "all", Kind: query.Count},
		query.Measure{Name: "with talk", Kind: query.Count, Where: talk(query.AtLeast, 0)},
		query.Measure{Name: "long", Kind: query.Count, Where: talk(query.AtLeast, 60)},
		query.Measure{Name: "short", Kind: query.Count, Where: talk(query.Less, 60)},
		query.Measure{Name: "longest", Kind: query.Max, Field: "talk"},
		query.Measure{Name: "early", Kind: query.Count, Where: &query.Filter{Op: query.Less, Field: "clock", Number: 3600}})
	table, rows, ps, err := month.Calls.Run(set, month.Facts.People)
	if err != nil {
		t.Fatal(err)
	}
	days := period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))
	want := map[string]int64{
		"T01 dials": 30, "T01 connects": 16, "T01 talk": 2100, "T01 all": 34, "T01 with talk": 34,
		"T02 dials": 10, "T02 connects": 0, "T02 talk": 0, "T02 all": 10,
	}
	for key, w := range want {
		agent, name, _ := strings.Cut(key, " ")
		if got := table.Value(name, []query.Stretch{{Agent: agent, Days: days}}); got != w {
			t.Errorf("%s %d, want %d", key, got, w)
		}
	}
	for _, name := range []string{"long", "short", "longest", "early", "phones"} {
		if table.Has(name) {
			t.Errorf("%s has an answer", name)
		}
	}
	const wantRows = "exports/2026-10/call-counters-2.csv counted  3; exports/2026-10/call-counters-2.csv excluded other_month 1; exports/2026-10/call-counters-2.csv excluded duplicate 1; exports/2026-10/call-counters-2.csv error unknown-agent 1; " +
		"exports/2026-10/call-counters.csv counted  0; exports/2026-10/call-counters.csv excluded other_month 1; exports/2026-10/call-counters.csv excluded duplicate 4; exports/2026-10/call-counters.csv error unknown-agent 1; " +
		"exports/2026-10/call-counters-2.csv error more-connects 1; exports/2026-10/call-counters.csv error more-connects 1"
	if got := buckets(rows); got != wantRows {
		t.Errorf("rows %s, want %s", got, wantRows)
	}
	const wantProblems = "call-counters-2.csv:8 unknown-agent; call-counters.csv:8 unknown-agent; call-counters.csv nothing-counted; call-counters-2.csv not-in-counters; call-counters-2.csv:7:21 more-connects; call-counters.csv:7:21 more-connects"
	if got := places(t, ps); got != wantProblems {
		t.Errorf("problems %s, want %s", got, wantProblems)
	}
	for _, p := range ps {
		if p.Code == "not-in-counters" && !strings.Contains(p.Found.EN, "long, short, longest, early, phones") {
			t.Errorf("says %s", p.Found.EN)
		}
	}
}
