//go:build samples

package input

import (
	"encoding/csv"
	"fmt"
	"io/fs"
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

// TestSampleRecognition: check FILE finds the right profile for every real file, and
// none for those that hold no rows of anybody.
func TestSampleRecognition(t *testing.T) {
	known := map[string]string{
		"calls-cdrstats-samples/import_voipcall_report.txt": "cdr-stats-voipcall", "calls-cdrstats-samples/import_cdr_100.txt": "cdr-stats-short", "calls-cdrstats-samples/import_cdr.txt": "cdr-stats-freeswitch",
		"calls-cdrstats-samples/CDRImport-2015-10-26.csv": "cdr-stats", "calls-phonenow-xlsx/Call-Center-Dataset.xlsx": "percall-workbook", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv": "daily-counters",
		"attendance-attlog/1_attlog.dat": "zkteco-attlog", "attendance-dingtalk-fixture/dingtalk-month-fixture.xlsx": "dingtalk-month", "deals-crm-pipeline/sales_pipeline.csv": "crm-pipeline", "deals-crm-pipeline/sales_teams.csv": "crm-roster",
		"payments-cn/alipay.csv": "alipay", "payments-cn/wechat.csv": "wechat", "payments-cn/wechat.xlsx": "wechat", "payments-cn/icbc-debit-v1.csv": "icbc", "payments-cn/abc-debit.csv": "abc", "payments-cn/cmb-debit.csv": "cmb",
		"payments-cn/hsbchk-debit.csv": "hsbc-hk", "payments-cn/td-headerless.csv": "bank-headerless", "payments-intl/stripe.csv": "stripe", "payments-intl/paypal-custom.csv": "paypal", "payments-intl/sample.fr.utf8.csv": "bank-fr", "payments-intl/sample.fr.cp1252.csv": "bank-fr",
		"calls-bank-telemarketing/bank-additional.csv": "", "calls-callmemaybe-2019-10/telecom_clients.csv": "", "deals-crm-pipeline/accounts.csv": "", "deals-crm-pipeline/products.csv": "", "deals-crm-pipeline/data_dictionary.csv": "",
	}
	top := os.Getenv("SAMPLES")
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "SOURCE.md" || e.Name() == "cases.json" { // these have a test of their own
			return err
		}
		name, err := filepath.Rel(top, path)
		if _, ok := known[filepath.ToSlash(name)]; !ok {
			t.Errorf("%s is in no test", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range known {
		in, err := Inspect(filepath.Join(os.Getenv("SAMPLES"), filepath.FromSlash(file)), file, Options{Zone: time.UTC, Places: 2, Cut: period.Cut{StartDay: 1}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(in.Fits) > 0 {
			got = in.Fits[0].Profile.Name
		}
		if got != want {
			t.Errorf("%s is taken for %q, want %q", file, got, want)
		}
		if want == "" && (len(in.Problems) == 0 || in.Problems[0].Code != "unknown-layout") {
			t.Errorf("%s is not refused: %+v", file, in.Problems)
		}
	}
}
