package input

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"telepay/internal/diag"
	"telepay/internal/period"
	"telepay/internal/query"
)

var callSet = query.Set{
	Measures: []query.Measure{
		{Name: "dials", Kind: query.Count, Where: &query.Filter{Op: query.Equal, Field: "direction", Texts: []string{"out"}}},
		{Name: "connects", Kind: query.Count, Where: &query.Filter{Op: query.Is, Field: "connected"}},
		{Name: "talk", Kind: query.Sum, Field: "talk"},
	},
	Distincts: []query.Distinct{{Name: "phones", Field: "phone"}},
}

const callText = `通话编号,工号,开始时间,呼叫方向,被叫,通话结果,通话时长(秒),坐席
A1,T01,2026-10-08 09:00:00,呼出,13800000001,已接通,65,张三
A2,8001,2026-10-08 09:05:00,呼出,13800000001,无人接听,0,张三
A3,t02,2026-10-31 23:59:59,呼入,13800000002,接通,0:01:30,李四
A4,T02,2026-11-01 00:00:00,呼出,13800000002,接通,5,李四
A5,T99,2026-10-08 09:00:00,呼出,13800000003,接通,5,某人
`

func run(t *testing.T, files map[string]string) (map[string]int64, string, []diag.Problem) {
	t.Helper()
	month, list := Read(project(t, files))
	defer month.Calls.Close()
	if list.Stops() {
		t.Fatal(places(t, list.Sorted()))
	}
	table, bs, ps, err := month.Calls.Run(callSet, month.Facts.People)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, agent := range []string{"T01", "T02"} {
		over := []query.Stretch{{Agent: agent, Days: period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))}}
		for _, m := range []string{"dials", "connects", "talk"} {
			got[agent+" "+m] = table.Value(m, over)
		}
		got[agent+" phones"] = table.Distinct("phones", over)
	}
	return got, buckets(bs), append(list.Sorted(), ps...)
}

func TestCalls(t *testing.T) {
	sheet := [][]any{}
	for i, line := range strings.Split(strings.TrimSpace(callText), "\n") {
		var row []any
		for j, cell := range strings.Split(line, ",") {
			if at, err := time.Parse("2006-01-02 15:04:05", cell); i > 0 && j == 2 && err == nil && at.Hour() > 0 {
				row = append(row, at) // at midnight the library would write a day without a time
				continue
			}
			row = append(row, cell)
		}
		sheet = append(sheet, row)
	}
	want := map[string]int64{"T01 dials": 2, "T01 connects": 1, "T01 talk": 65, "T01 phones": 1, "T02 dials": 0, "T02 connects": 1, "T02 talk": 90, "T02 phones": 1}
	lines := strings.SplitAfter(callText, "\n")
	dresses := map[string]map[string]string{
		"text":     {"calls.csv": callText},
		"CR":       {"calls.csv": strings.ReplaceAll(callText, "\n", "\r")},
		"gzip":     {"calls.csv.gz": zipped(callText)},
		"two":      {"calls-1.csv": strings.Join(lines[:3], ""), "calls-2.csv": lines[0] + strings.Join(lines[3:], "")},
		"doubled":  {"calls-1.csv": callText, "calls-2.csv": callText},
		"workbook": {"calls.xlsx": oneSheet(t, sheet)},
	}
	for name, files := range dresses {
		t.Run(name, func(t *testing.T) {
			full := map[string]string{}
			for f, content := range files {
				full["exports/2026-10/"+f] = content
			}
			got, bs, ps := run(t, full)
			for key, n := range want {
				if got[key] != n {
					t.Errorf("%s is %d, want %d", key, got[key], n)
				}
			}
			if !strings.Contains(bs, "other_month 1") || !strings.Contains(bs, "unknown-agent 1") {
				t.Errorf("buckets %s", bs)
			}
			if !strings.Contains(places(t, ps), "unknown-agent") {
				t.Errorf("problems %s", places(t, ps))
			}
		})
	}
}

func TestCallsOfNextMonth(t *testing.T) {
	got, bs, ps := run(t, map[string]string{
		"exports/2026-10/calls.csv":    "call_id,agent,started,direction\nA1,T01,2026-10-31 23:59:50,out\nA2,T01,2026-10-31 23:59:55,out\n",
		"exports/2026-10/connects.csv": "call_id,answered,talk\nA9,2026-10-09 10:00:00,5\n",
		"exports/2026-11/connects.csv": "call_id,answered,talk\nA1,2026-11-01 00:00:05,30\nB7,2026-11-02 10:00:00,30\n",
	})
	if got["T01 connects"] != 1 || got["T01 talk"] != 30 || got["T01 dials"] != 2 {
		t.Errorf("counted %v", got)
	}
	if strings.Contains(bs, "2026-11") || strings.Contains(places(t, ps), "2026-11") {
		t.Errorf("the next month's rows are told of: %s; %s", bs, places(t, ps))
	}
}

func TestNoLaterConnects(t *testing.T) {
	_, ps := read(t, map[string]string{"exports/2026-10/connects.csv": "call_id,answered,talk\nA9,2026-10-09 10:00:00,5\n"})
	if got := places(t, ps); got != "exports/2026-11 no-later-connects" {
		t.Errorf("problems %s", got)
	}
}

func TestCallsRunTwice(t *testing.T) {
	month, _ := Read(project(t, map[string]string{"exports/2026-10/calls.csv": callText, "exports/2026-10/calls-2.xlsx": oneSheet(t, [][]any{{"call_id", "started", "agent", "talk"}, {"Z1", "2026-10-08 09:00:00", "T01", 7}})}))
	defer month.Calls.Close()
	for i := range 2 {
		table, _, _, err := month.Calls.Run(callSet, month.Facts.People)
		if err != nil {
			t.Fatal(err)
		}
		over := []query.Stretch{{Agent: "T01", Days: period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))}}
		if n := table.Value("talk", over); n != 72 {
			t.Errorf("run %d: talk %d, want 72", i+1, n)
		}
	}
	files := month.Calls.Files()
	if len(files) != 2 || files[0].Rows != 1 || files[1].Rows != 5 || files[1].SHA256 == "" {
		t.Errorf("files %+v", files)
	}
}

// TestFaultyCellsOfCalls: a formula without a value in a column that is read
// makes its row an error; in a column that nobody reads it does not matter.
func TestFaultyCellsOfCalls(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"十月通话"}, {"call_id", "agent", "started", "talk", "合计"}, {"Z1", "T01", "2026-10-08 09:00:00", 7, nil}, {"Z2", "T01", "2026-10-08 09:00:00", nil, nil}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []string{"E3", "D4"} {
		if err := f.SetCellFormula("Sheet1", at, "1+1"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, bs, ps := run(t, map[string]string{"exports/2026-10/calls.xlsx": b.String()})
	if got["T01 talk"] != 7 || bs != "exports/2026-10/calls.xlsx counted  1; exports/2026-10/calls.xlsx error formula-without-value 1" {
		t.Errorf("talk %d, buckets %s", got["T01 talk"], bs)
	}
	if !strings.Contains(places(t, ps), "calls.xlsx!Sheet1!D4 formula-without-value") {
		t.Errorf("problems %s", places(t, ps))
	}
}
