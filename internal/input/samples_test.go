//go:build samples

package input

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
)

// TestSampleCounters counts a month of daily counters through the same pass as
// calls, and again by SQL over the same file, for every operator.
func TestSampleCounters(t *testing.T) {
	file := filepath.Join(os.Getenv("SAMPLES"), "calls-callmemaybe-2019-10", "telecom_dataset_2019-10.csv")
	want := bySQL(t, file, `select operator_id, sum(calls_count), sum(case when is_missed_call = 'False' then calls_count else 0 end), sum(call_duration)
		from (select distinct * from t) where operator_id <> 'unknown' and internal <> 'True' group by 1`)
	var roster strings.Builder
	roster.WriteString("工号,姓名,团队,岗位,职级,入职日期\n")
	for id := range want {
		fmt.Fprintf(&roster, "%s,%s,一组,坐席,P1,2019-01-01\n", id, id)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	opts := project(t, map[string]string{"roster.csv": roster.String(), "exports/2019-10/call-counters.csv": string(data)})
	opts.Month, opts.Profiles = period.MustMonth("2019-10"), map[string][]string{"call-counters": {"daily-counters"}}
	opts.Zone, err = time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	month, list := Read(opts)
	defer month.Calls.Close()
	if list.Stops() {
		t.Fatal(places(t, list.Sorted()))
	}
	set := query.Set{Measures: []query.Measure{{Name: "dials", Kind: query.Count}, {Name: "connects", Kind: query.Count, Where: &query.Filter{Op: query.Is, Field: "connected"}}, {Name: "talk", Kind: query.Sum, Field: "talk"}}}
	table, rows, problems, err := month.Calls.Run(set, month.Facts.People)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	span := period.Cut{StartDay: 1}.Span(opts.Month)
	for id, w := range want {
		over := []query.Stretch{{Agent: id, Days: span}}
		if got := fmt.Sprint(table.Value("dials", over), table.Value("connects", over), table.Value("talk", over)); got != w {
			t.Errorf("%s: dials, connects, talk %s; SQL says %s", id, got, w)
		}
	}
	var total int64
	for _, b := range rows {
		total += b.Rows
	}
	if len(want) < 500 || total != 18947 {
		t.Errorf("%d operators; rows %v make %d, want 18947", len(want), rows, total)
	}
}

// bySQL returns the columns after the first one, by the first one.
func bySQL(t *testing.T, file, sql string) map[string]string {
	t.Helper()
	out, err := exec.Command("sqlite3", ":memory:", fmt.Sprintf(".import --csv %q t", file), ".mode csv", sql).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3: %v: %s", err, out)
	}
	records, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, r := range records {
		id := strings.TrimSuffix(r[0], ".0")
		m[id] = strings.Join(r[1:], " ")
	}
	return m
}
