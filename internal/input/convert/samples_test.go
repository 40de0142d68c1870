//go:build samples

// Real files of real systems, which are no part of the project: make full runs
// these tests where SAMPLES names a folder that has them.

package convert

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"telepay/internal/input/profile"
	"telepay/internal/money"
)

func sample(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SAMPLES")
	if dir == "" {
		t.Fatal("SAMPLES names no folder")
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// converted is what a profile makes of a file.
type converted struct {
	fields []string
	rows   [][]string
	left   map[string]int64
	sums   map[string]string // of the main amount, by reason
	codes  []string          // of the problems
}

func convertFile(t *testing.T, name, file string) converted {
	t.Helper()
	p, ok := profile.ShippedAs(name)
	if !ok {
		t.Fatalf("no profile %s", name)
	}
	k, _ := profile.Lookup(p.Kind)
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	r, problems, err := Open(file, filepath.Base(file), k, p, Options{Zone: zone})
	if err != nil || r == nil {
		t.Fatal(err, problems)
	}
	defer r.Table.Close()
	out := converted{left: map[string]int64{}, sums: map[string]string{}}
	for _, f := range k.Fields {
		if _, ok := r.Mapping().Columns[f.Name]; ok {
			out.fields = append(out.fields, f.Name)
		}
	}
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		out.rows = append(out.rows, row.Cells)
	}
	for f, l := range r.Left() {
		out.left[f.Reason], out.sums[f.Reason] = l.Rows, l.Amount.String()
	}
	for _, p := range r.Problems() {
		out.codes = append(out.codes, p.Code)
	}
	return out
}

func (c converted) cell(row []string, field string) string {
	return row[slices.Index(c.fields, field)]
}

// by adds up a column by another one; "" counts rows.
func (c converted) by(t *testing.T, key, sum string) map[string]string {
	t.Helper()
	totals := map[string]money.Decimal{}
	for _, row := range c.rows {
		d := money.Int(1)
		if sum != "" {
			var err error
			if text := c.cell(row, sum); text == "" {
				d = money.Zero
			} else if d, err = money.Parse(text); err != nil {
				t.Fatal(err)
			}
		}
		k := ""
		if key != "" {
			k = c.cell(row, key)
		}
		totals[k] = totals[k].Add(d)
	}
	out := map[string]string{}
	for k, d := range totals {
		out[k] = d.String()
	}
	return out
}

// sql runs a query over a text file with the sqlite3 program: a second reader and
// a second arithmetic.
func sql(t *testing.T, load, query string) map[string]string {
	t.Helper()
	cmd := exec.Command("sqlite3", ":memory:")
	cmd.Stdin = strings.NewReader(load + "\n.mode csv\n" + query + ";\n")
	out, err := cmd.Output() // it warns of ragged rows beside it
	if err != nil {
		t.Fatalf("sqlite3: %v: %s", err, out)
	}
	records, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, r := range records {
		d, err := money.Parse(strings.TrimSuffix(r[1], ".0"))
		if err != nil {
			t.Fatalf("%q: %v", r, err)
		}
		m[r[0]] = d.String()
	}
	return m
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s: %v, SQL says %v", what, got, want)
	}
	if len(want) == 0 {
		t.Errorf("%s: SQL found nothing", what)
	}
}

func importCSV(file string) string { return fmt.Sprintf(".import --csv %q t", file) }

func headerless(file string, columns int) string {
	var names []string
	for i := range columns {
		names = append(names, fmt.Sprintf("c%d", i+1))
	}
	return "create table t(" + strings.Join(names, ",") + ");\n.mode csv\n" + fmt.Sprintf(".import %q t", file)
}

// TestSampleFigures holds rows and sums against the figures that come with the files.
func TestSampleFigures(t *testing.T) {
	rows := []struct {
		profile, file string
		rows          int
		left          map[string]int64
		field, sum    string
	}{
		{"daily-counters", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv", 14053, map[string]int64{"internal": 2059, "not_a_person": 2835}, "", "14053"},
		{"percall-workbook", "calls-phonenow-xlsx/Call-Center-Dataset.xlsx", 5000, nil, "talk", "911837"},
		{"cdr-stats", "calls-cdrstats-samples/CDRImport-2015-10-26.csv", 5, nil, "talk", "110"},
		{"cdr-stats-freeswitch", "calls-cdrstats-samples/import_cdr.txt", 5, nil, "talk", "154"},
		{"cdr-stats-short", "calls-cdrstats-samples/import_cdr_100.txt", 99, map[string]int64{"bad-number": 1}, "", "99"},
		{"cdr-stats-voipcall", "calls-cdrstats-samples/import_voipcall_report.txt", 9, map[string]int64{"ragged-row": 1}, "talk", "258"},
		{"crm-pipeline", "deals-crm-pipeline/sales_pipeline.csv", 4238, map[string]int64{"lost": 2473, "open": 2089}, "value", "10005534"},
		{"crm-roster", "deals-crm-pipeline/sales_teams.csv", 35, nil, "", "35"},
		{"alipay", "payments-cn/alipay.csv", 1, map[string]int64{"expense": 5, "not_income": 4}, "amount", "222228.5"},
		{"wechat", "payments-cn/wechat.csv", 5, map[string]int64{"expense": 11, "neutral": 11}, "amount", "28.49"},
		{"wechat", "payments-cn/wechat.xlsx", 5, map[string]int64{"expense": 11, "neutral": 11}, "amount", "28.49"},
		{"icbc", "payments-cn/icbc-debit-v1.csv", 5, map[string]int64{"expense": 6, "footer": 1}, "amount", "2841.74"},
		{"abc", "payments-cn/abc-debit.csv", 2, map[string]int64{"expense": 2, "nothing": 1}, "amount", "10000.01"},
		{"cmb", "payments-cn/cmb-debit.csv", 1, map[string]int64{"expense": 4}, "amount", "1234"},
		{"hsbc-hk", "payments-cn/hsbchk-debit.csv", 4, map[string]int64{"expense": 6}, "amount", "25505.45"},
		{"bank-headerless", "payments-cn/td-headerless.csv", 2, map[string]int64{"expense": 7}, "amount", "332.23"},
		{"stripe", "payments-intl/stripe.csv", 2, nil, "amount", "11.23"},
		{"paypal", "payments-intl/paypal-custom.csv", 1, map[string]int64{"expense": 3, "not_completed": 3}, "amount", "10"},
		{"bank-fr", "payments-intl/sample.fr.utf8.csv", 1, map[string]int64{"expense": 2}, "amount", "50"},
		{"bank-fr", "payments-intl/sample.fr.cp1252.csv", 1, map[string]int64{"expense": 2}, "amount", "50"},
		{"zkteco-attlog", "attendance-attlog/1_attlog.dat", 3, map[string]int64{"collapsed": 10}, "", "3"},
		{"dingtalk-month", "attendance-dingtalk-fixture/dingtalk-month-fixture.xlsx", 248, nil, "", "248"},
		{"dingtalk-month-totals", "attendance-dingtalk-fixture/dingtalk-month-fixture.xlsx", 8, nil, "worked", "133"},
	}
	for _, row := range rows {
		t.Run(row.file, func(t *testing.T) {
			c := convertFile(t, row.profile, sample(t, row.file))
			if len(c.rows) != row.rows || !maps.Equal(c.left, row.left) && len(c.left)+len(row.left) > 0 {
				t.Errorf("%d rows and %v, want %d and %v", len(c.rows), c.left, row.rows, row.left)
			}
			if got := c.by(t, "", row.field)[""]; got != row.sum {
				t.Errorf("%s adds up to %s, want %s", row.field, got, row.sum)
			}
		})
	}
}

// TestSamplesAgainstSQL holds sums per agent against SQL over the same files.
func TestSamplesAgainstSQL(t *testing.T) {
	rows := []struct {
		profile, file, load, field, query string
	}{
		{"cdr-stats", "calls-cdrstats-samples/CDRImport-2015-10-26.csv", "csv", "talk", "select accountcode, sum(billsec) from t group by 1"},
		{"cdr-stats-freeswitch", "calls-cdrstats-samples/import_cdr.txt", "16", "talk", "select trim(c1), sum(c5) from t group by 1"},
		{"cdr-stats-short", "calls-cdrstats-samples/import_cdr_100.txt", "8", "talk", "select trim(c1), sum(c5) from t where cast(c5 as integer) >= 0 group by 1"},
		{"cdr-stats-voipcall", "calls-cdrstats-samples/import_voipcall_report.txt", "7", "talk", "select trim(c1), sum(c5) from t where c7 is not null group by 1"},
		{"crm-pipeline", "deals-crm-pipeline/sales_pipeline.csv", "csv", "value", "select sales_agent, sum(close_value) from t where deal_stage = 'Won' group by 1"},
		{"crm-pipeline", "deals-crm-pipeline/sales_pipeline.csv", "csv", "", "select sales_agent, count(*) from t where deal_stage = 'Won' group by 1"},
		{"daily-counters", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv", "csv", "dials", "select operator_id, sum(calls_count) from t where operator_id <> 'unknown' and internal <> 'True' group by 1"},
		{"daily-counters", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv", "csv", "connects", "select operator_id, sum(case when is_missed_call = 'False' then calls_count else 0 end) from t where operator_id <> 'unknown' and internal <> 'True' group by 1"},
		{"daily-counters", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv", "csv", "talk", "select operator_id, sum(call_duration) from t where operator_id <> 'unknown' and internal <> 'True' group by 1"},
	}
	for _, row := range rows {
		t.Run(row.file+" "+row.field, func(t *testing.T) {
			file := sample(t, row.file)
			load := importCSV(file)
			if n, err := strconv.Atoi(row.load); err == nil {
				load = headerless(file, n)
			}
			same(t, row.field, convertFile(t, row.profile, file).by(t, "agent", row.field), sql(t, load, row.query))
		})
	}
}

// TestPaymentsAgainstSQL holds what counts of a statement against SQL over the same
// file, where SQL can read it as it stands.
func TestPaymentsAgainstSQL(t *testing.T) {
	rows := []struct{ profile, file, load, query string }{
		{"cmb", "payments-cn/cmb-debit.csv", "csv", "select '', sum(replace(交易金额, ',', '')) from t where replace(交易金额, ',', '') + 0 > 0"},
		{"bank-headerless", "payments-cn/td-headerless.csv", "5", "select '', sum(c4) from t where c4 <> ''"},
		{"stripe", "payments-intl/stripe.csv", "csv", "select '', sum(gross) from t where reporting_category in ('charge', 'refund')"},
		{"paypal", "payments-intl/paypal-custom.csv", "csv", "select '', sum(Gross) from t where Status = 'Completed' and Gross + 0 > 0"},
		{"bank-fr", "payments-intl/sample.fr.utf8.csv", "csv", "select '', sum(Montant) from t where Montant + 0 > 0"},
	}
	for _, row := range rows {
		t.Run(row.file, func(t *testing.T) {
			file := sample(t, row.file)
			load := importCSV(file)
			if n, err := strconv.Atoi(row.load); err == nil {
				load = headerless(file, n)
			}
			same(t, "amount", convertFile(t, row.profile, file).by(t, "", "amount"), sql(t, load, row.query))
		})
	}
}

// TestWorkbookAgainstSQL reads the workbook by another reader and adds it up by SQL.
func TestWorkbookAgainstSQL(t *testing.T) {
	file := sample(t, "calls-phonenow-xlsx/Call-Center-Dataset.xlsx")
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := book.GetRows(book.GetSheetList()[0], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "calls.csv")
	f, err := os.Create(text)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	for _, r := range cells {
		for len(r) < len(cells[0]) {
			r = append(r, "")
		}
		w.Write(r)
	}
	w.Flush()
	f.Close()
	c := convertFile(t, "percall-workbook", file)
	same(t, "calls", c.by(t, "agent", ""), sql(t, importCSV(text), "select Agent, count(*) from t group by 1"))
	same(t, "talk", c.by(t, "agent", "talk"), sql(t, importCSV(text), "select Agent, cast(sum(round(AvgTalkDuration * 86400)) as integer) from t group by 1"))
	n := 0
	for _, row := range c.rows {
		if c.cell(row, "result") == "Y" {
			n++
		}
	}
	if n != 4054 {
		t.Errorf("%d calls answered, want 4054", n)
	}
}

// TestPunchesAgainstSQL: first and last punch of a day by SQL.
func TestPunchesAgainstSQL(t *testing.T) {
	file := sample(t, "attendance-attlog/1_attlog.dat")
	c := convertFile(t, "zkteco-attlog", file)
	out, err := exec.Command("sqlite3", ":memory:", "create table t(id,at,c3,c4,c5,c6)", ".mode tabs", fmt.Sprintf(".import %q t", file),
		"select trim(id) || ' ' || date(at) || ' ' || time(min(at)) || ' ' || time(max(at)) from t group by trim(id), date(at) order by 1").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got []string
	for _, row := range c.rows {
		got = append(got, strings.Join([]string{c.cell(row, "agent"), c.cell(row, "date"), c.cell(row, "in"), c.cell(row, "out")}, " "))
	}
	slices.Sort(got)
	if want := strings.TrimSpace(string(out)); strings.Join(got, "\n") != want {
		t.Errorf("got %s, SQL says %s", got, want)
	}
}

// TestDingTalkDays holds each person's days against the figures that come with the
// workbook: days worked, minutes late, hours of leave, missing punches.
func TestDingTalkDays(t *testing.T) {
	c := convertFile(t, "dingtalk-month", sample(t, "attendance-dingtalk-fixture/dingtalk-month-fixture.xlsx"))
	want := map[string]string{"001": "19 26 0 1", "002": "19 0 3.5 1", "A0003": "19 0 0 0", "0004": "19 54 7 1", "0005": "19 43 0 3", "A0006": "19 0 3.5 0", "张三丰": "19 52 0 0", "0008": "0 0 0 0"}
	got := map[string]string{}
	for agent := range want {
		days, missing := 0, 0
		late, leave := money.Zero, money.Zero
		for _, row := range c.rows {
			if c.cell(row, "agent") != agent {
				continue
			}
			if c.cell(row, "in") != "" || c.cell(row, "out") != "" {
				days++
			}
			if c.cell(row, "missing") != "" {
				missing++
			}
			late, leave = late.Add(number(t, c.cell(row, "late"))), leave.Add(number(t, c.cell(row, "leave_hours")))
		}
		got[agent] = fmt.Sprint(days, late, leave, missing)
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func number(t *testing.T, text string) money.Decimal {
	if text == "" {
		return money.Zero
	}
	d, err := money.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
