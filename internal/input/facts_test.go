package input

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"telepay/internal/diag"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

const rosterText = `agent,name,team,leader,role,grade,status,base,hire,leave,aliases,since
T01,张三,一组,T03,agent,P1,正式,4000,2025-03-01,,dialer:8001;crm:zs,
T02,李四,一组,T03,agent,P2,试用,3500.50,2026-09-15,,,
T03,王五,一组,,leader,M1,正式,6000,2024-01-01,,,
T04,赵六,二组,,agent,P1,正式,4000,2025-01-01,2026-10-20,,
`

// project writes a project folder from file names and contents.
func project(t testing.TB, files map[string]string) Options {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["roster.csv"]; !ok {
		write(t, dir, "roster.csv", rosterText)
	}
	for name, content := range files {
		write(t, dir, name, content)
	}
	if err := os.MkdirAll(filepath.Join(dir, "exports/2026-10"), 0o700); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Dir: dir, Month: period.MustMonth("2026-10"), Cut: period.Cut{StartDay: 1}, Zone: zone, Places: 2}
}

func write(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// places lists problems as PLACE code, and demands both languages of each.
func places(t testing.TB, ps []diag.Problem) string {
	t.Helper()
	var all []string
	for _, p := range ps {
		if p.Found.ZH == "" || p.Found.EN == "" || p.Want.ZH == "" != (p.Want.EN == "") || p.Mend.ZH == "" != (p.Mend.EN == "") {
			t.Errorf("problem %+v lacks a language", p)
		}
		if p.Reach != diag.Note && (p.Want.IsEmpty() || p.Mend.IsEmpty()) {
			t.Errorf("problem %s says neither what is wanted nor how to mend it", p.Code)
		}
		all = append(all, strings.TrimPrefix(p.Pos.String(), "exports/2026-10/")+" "+p.Code)
	}
	return strings.Join(all, "; ")
}

func buckets(bs []record.Bucket) string {
	var all []string
	for _, b := range bs {
		s := fmt.Sprintf("%s %s %s %d", b.File, b.Bucket, b.Reason, b.Rows)
		if b.HasAmount {
			s += " " + b.Amount.String()
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func read(t testing.TB, files map[string]string) (*record.Facts, []diag.Problem) {
	t.Helper()
	month, list := Read(project(t, files))
	month.Calls.Close()
	return month.Facts, list.Sorted()
}

const dealHead = "deal,agent,customer,value,signed,status,product,shares\n"

func TestReadFacts(t *testing.T) {
	facts, ps := read(t, map[string]string{
		"exports/2026-10/deals.csv":      "deal,agent,customer,value,signed,status,product,shares,应收日期\nD1,t01,Ｃ1,1200.50,2026-10-08,已签约,年卡,,2026-11-07\nD2,8001,C2,800,2026-10-09 23:30:00,,月卡,T01 60%; T02 rest,\n",
		"exports/2026-10/payments.csv":   "流水号,单号,到账日期,金额,类型,手续费\nP1,d1,2026-10-08,1000,,3.00\nP2,D1,2026-10-20,200,退款,\nP3,D2,2026-10-21,-50,,\n",
		"exports/2026-10/disputes.csv":   "dispute,deal,agents,opened,level,ruled,owner,innocent\nX1,D2,T01；T02,2026-10-10,经理,2026-10-12,T02,T02\n",
		"exports/2026-10/attendance.csv": "工号,日期,状态,上班打卡,下班打卡,迟到(分钟),缺卡,请假小时,批准\nT01,2026-10-08,正常,09:12,次日 01:30,12,,,\nT02,2026-10-08,病假,,,,上班,8,是\n",
		"exports/2026-10/events.csv":     "date,agent,kind,score,hours,author,ground\n2026-10-11,T01,质检,92.5,,QA1,抽检第 3 通\n2026-10-12,T01,客诉,,1.5,QA1,电话投诉\n",
		"exports/2026-10/targets.csv":    "scope,id,kpi,target,approved_by\nagent,t02,collected,50000,总经理\nteam,一组,connect_rate,8%,总经理\n公司,,talk,1:30:00,总经理\n",
		"exports/2026-10/numbers.csv":    "list,number,since\n勿扰,19900000001,2026-10-10\n公司号码,0871 600,\n",
		"exports/2026-10/线索1.csv":        "phone,工号,来源,批次\n19900000002,t02,官网,A\n19900000003,,,\n",
		"exports/2026-10/followups.csv":  "agent,customer,due,kind,kept\nT01,Ｃ1,2026-10-12,回访,\nT01,C2,2026-10-13,预约,是\n",
		"exports/2026-10/reports.csv":    "agent,date,kind,submitted,dials,talk\nT01,2026-10-12,日报,2026-10-12 18:30:05,180,1:00:00\nT02,2026-10-12,daily,,,\n",
		"exports/2026-10/decisions.csv":  "date,author,what,ref,agent,amount,reason\n2026-10-30,王总,一次性,deals.csv#2,T01,200,补发\n",
	})
	if got := places(t, ps); got != "deals.csv:2:4 respelt-id; targets.csv:2:7 respelt-id; 线索1.csv:2:13 respelt-id" {
		t.Errorf("problems: %s", got)
	}
	day := period.MustDay
	rest, sixty := record.Share{Agent: "T02", Rest: true}, record.Share{Agent: "T01", Part: money.Quotient(money.Int(60), money.Int(100))}
	want := record.Facts{
		Deals: []record.Deal{
			{ID: "D1", Agent: "T01", Customer: "c1", Value: dec("1200.50"), Signed: day("2026-10-08"), Due: day("2026-11-07"), Status: "signed", Product: "年卡", At: record.Source{File: "exports/2026-10/deals.csv", Row: 2}},
			{ID: "D2", Agent: "T01", Customer: "c2", Value: dec("800"), Signed: day("2026-10-09"), Due: period.NoDay, Status: "signed", Product: "月卡", Shares: []record.Share{sixty, rest}, At: record.Source{File: "exports/2026-10/deals.csv", Row: 3}},
		},
		Payments: []record.Payment{
			{ID: "P1", Deal: "D1", Paid: day("2026-10-08"), Cleared: period.NoDay, Amount: dec("1000"), Kind: "payment", Fee: dec("3.00"), At: record.Source{File: "exports/2026-10/payments.csv", Row: 2}},
			{ID: "P2", Deal: "D1", Paid: day("2026-10-20"), Cleared: period.NoDay, Amount: dec("-200"), Kind: "refund", At: record.Source{File: "exports/2026-10/payments.csv", Row: 3}},
			{ID: "P3", Deal: "D2", Paid: day("2026-10-21"), Cleared: period.NoDay, Amount: dec("-50"), Kind: "refund", At: record.Source{File: "exports/2026-10/payments.csv", Row: 4}},
		},
		Disputes: []record.Dispute{{ID: "X1", Deal: "D2", Agents: []string{"T01", "T02"}, Opened: day("2026-10-10"), Level: "manager", Ruled: day("2026-10-12"), Owner: "T02", Innocent: []string{"T02"}, At: record.Source{File: "exports/2026-10/disputes.csv", Row: 2}}},
		Attendance: []record.AttendanceDay{
			{Agent: "T01", Date: day("2026-10-08"), Status: "present", In: 9*3600 + 12*60, Out: 25*3600 + 30*60, Late: dec("12"), HasLate: true, At: record.Source{File: "exports/2026-10/attendance.csv", Row: 2}},
			{Agent: "T02", Date: day("2026-10-08"), Status: "病假", In: -1, Out: -1, MissingIn: true, LeaveHours: dec("8"), Approved: true, At: record.Source{File: "exports/2026-10/attendance.csv", Row: 3}},
		},
		Numbers: []record.Number{
			{Number: "19900000001", List: "do_not_call", Since: day("2026-10-10"), At: record.Source{File: "exports/2026-10/numbers.csv", Row: 2}},
			{Number: "0871 600", List: "company_line", Since: period.NoDay, At: record.Source{File: "exports/2026-10/numbers.csv", Row: 3}},
		},
		Leads: []record.Lead{
			{Phone: "19900000002", Agent: "T02", Given: period.NoDay, Source: "官网", Batch: "A", At: record.Source{File: "exports/2026-10/线索1.csv", Row: 2}},
			{Phone: "19900000003", Given: period.NoDay, At: record.Source{File: "exports/2026-10/线索1.csv", Row: 3}},
		},
		FollowUps: []record.FollowUp{
			{Agent: "T01", Customer: "c1", Due: day("2026-10-12"), Kind: "callback", At: record.Source{File: "exports/2026-10/followups.csv", Row: 2}},
			{Agent: "T01", Customer: "c2", Due: day("2026-10-13"), Kind: "appointment", Kept: true, At: record.Source{File: "exports/2026-10/followups.csv", Row: 3}},
		},
		Reports: []record.Report{
			{Agent: "T01", Date: day("2026-10-12"), Kind: "daily", Submitted: day("2026-10-12"), Clock: 18*3600 + 30*60 + 5, Figures: map[string]money.Decimal{"dials": dec("180"), "talk": dec("3600")}, At: record.Source{File: "exports/2026-10/reports.csv", Row: 2}},
			{Agent: "T02", Date: day("2026-10-12"), Kind: "daily", Submitted: period.NoDay, Figures: map[string]money.Decimal{}, At: record.Source{File: "exports/2026-10/reports.csv", Row: 3}},
		},
		Events: []record.Event{{Date: day("2026-10-11"), Agent: "T01", Kind: "qa", Score: dec("92.5"), HasScore: true, Author: "QA1", Ground: "抽检第 3 通", At: record.Source{File: "exports/2026-10/events.csv", Row: 2}},
			{Date: day("2026-10-12"), Agent: "T01", Kind: "complaint", Hours: dec("1.5"), HasHours: true, Author: "QA1", Ground: "电话投诉", At: record.Source{File: "exports/2026-10/events.csv", Row: 3}}},
		Targets: []record.Target{
			{Month: period.MustMonth("2026-10"), Scope: "agent", ID: "T02", KPI: "collected", Value: dec("50000"), ApprovedBy: "总经理", ApprovedOn: period.NoDay, At: record.Source{File: "exports/2026-10/targets.csv", Row: 2}},
			{Month: period.MustMonth("2026-10"), Scope: "team", ID: "一组", KPI: "connect_rate", Value: dec("0.08"), ApprovedBy: "总经理", ApprovedOn: period.NoDay, At: record.Source{File: "exports/2026-10/targets.csv", Row: 3}},
			{Month: period.MustMonth("2026-10"), Scope: "company", KPI: "talk", Value: dec("5400"), ApprovedBy: "总经理", ApprovedOn: period.NoDay, At: record.Source{File: "exports/2026-10/targets.csv", Row: 4}},
		},
		Decisions: []record.Decision{{Date: day("2026-10-30"), Author: "王总", What: "one_off", Ref: "deals.csv#2", Agent: "T01", Amount: dec("200"), Reason: "补发", At: record.Source{File: "exports/2026-10/decisions.csv", Row: 2}}},
	}
	same(t, "deals", facts.Deals, want.Deals)
	same(t, "payments", facts.Payments, want.Payments)
	same(t, "disputes", facts.Disputes, want.Disputes)
	same(t, "attendance", facts.Attendance, want.Attendance)
	same(t, "events", facts.Events, want.Events)
	same(t, "targets", facts.Targets, want.Targets)
	same(t, "decisions", facts.Decisions, want.Decisions)
	same(t, "numbers", facts.Numbers, want.Numbers)
	same(t, "leads", facts.Leads, want.Leads)
	same(t, "follow-ups", facts.FollowUps, want.FollowUps)
	same(t, "reports", facts.Reports, want.Reports)
	if len(facts.Rows) != 0 {
		t.Errorf("buckets of rows that are no facts: %s", buckets(facts.Rows))
	}
}

func dec(s string) money.Decimal { return money.MustParse(s) }

// same compares by what is printed, so that 1.10 and 1.1 are one number.
func same[T any](t *testing.T, what string, got, want []T) {
	t.Helper()
	if g, w := printed(got), printed(want); !reflect.DeepEqual(g, w) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(g, "\n     "), strings.Join(w, "\n     "))
	}
}

func printed[T any](all []T) []string {
	var lines []string
	for _, x := range all {
		lines = append(lines, fmt.Sprintf("%+v", x))
	}
	return lines
}

// TestMistakes makes one mistake per row and demands its message, its place and its bucket.
func TestMistakes(t *testing.T) {
	deal := func(row string) map[string]string {
		return map[string]string{"exports/2026-10/deals.csv": dealHead + row + "\n"}
	}
	rows := []struct {
		name     string
		files    map[string]string
		problems string
		buckets  string
	}{
		{"separators", deal(`D1,T01,C1,"1,200",2026-10-08,,,`), "deals.csv:2:11 bad-amount", "exports/2026-10/deals.csv error bad-amount 1 0"},
		{"currency sign", deal(`D1,T01,C1,￥1200,2026-10-08,,,`), "deals.csv:2:11 bad-amount", "exports/2026-10/deals.csv error bad-amount 1 0"},
		{"formula error", deal(`D1,T01,C1,#REF!,2026-10-08,,,`), "deals.csv:2:11 bad-amount", "exports/2026-10/deals.csv error bad-amount 1 0"},
		{"third place", deal(`D1,T01,C1,12.345,2026-10-08,,,`), "deals.csv:2:11 too-many-places", "exports/2026-10/deals.csv error too-many-places 1 0"},
		{"zeros behind are no places", deal(`D1,T01,C1,12.3400,2026-10-08,,,`), "", ""},
		{"negative deal", deal(`D1,T01,C1,-5,2026-10-08,,,`), "deals.csv:2:11 negative-value", "exports/2026-10/deals.csv error negative-value 1 -5"},
		{"31 February", deal(`D1,T01,C1,5,2026-02-31,,,`), "deals.csv:2:13 bad-date", "exports/2026-10/deals.csv error bad-date 1 5"},
		{"year first, whatever the marks", deal("D1,T01,C1,5,2026/10/31,,,\nD2,T01,C1,5,2026/10/9 9:05,,,\nD3,T01,C1,5,2026年10月9日,,,\nD4,T01,C1,5,2026-10-9,,,"), "", ""},
		{"day first", deal(`D1,T01,C1,5,31/10/2026,,,`), "deals.csv:2:13 bad-date", "exports/2026-10/deals.csv error bad-date 1 5"},
		{"31 February with slashes", deal(`D1,T01,C1,5,2026/2/31,,,`), "deals.csv:2:13 bad-date", "exports/2026-10/deals.csv error bad-date 1 5"},
		{"two-digit year", deal(`D1,T01,C1,5,26-10-31,,,`), "deals.csv:2:13 bad-date", "exports/2026-10/deals.csv error bad-date 1 5"},
		{"unknown agent", deal(`D1,T09,C1,5,2026-10-08,,,`), "deals.csv:2:4 unknown-agent", "exports/2026-10/deals.csv error unknown-agent 1 5"},
		{"Cyrillic letter", deal(`D1,Т01,C1,5,2026-10-08,,,`), "deals.csv:2:4 unknown-agent", "exports/2026-10/deals.csv error unknown-agent 1 5"},
		{"zero-width blank in an id", deal("D\u200b1,T01,C1,5,2026-10-08,,,"), "deals.csv:2:1 hidden-character", "exports/2026-10/deals.csv error hidden-character 1 5"},
		{"spreadsheet id", deal(`1.23E+11,T01,C1,5,2026-10-08,,,`), "deals.csv:2:1 id-exponent", "exports/2026-10/deals.csv error id-exponent 1 5"},
		{"missing id", deal(`,T01,C1,5,2026-10-08,,,`), "deals.csv:2:1 missing-value", "exports/2026-10/deals.csv error missing-value 1 5"},
		{"unknown status", deal(`D1,T01,C1,5,2026-10-08,pending,,`), "deals.csv:2:24 unknown-word", "exports/2026-10/deals.csv error unknown-word 1 5"},
		{"shares above the whole", deal(`D1,T01,C1,5,2026-10-08,,,T01 60%; T02 50%`), "deals.csv:2:26 shares", "exports/2026-10/deals.csv error shares 1 5"},
		{"shares below the whole", deal(`D1,T01,C1,5,2026-10-08,,,T01 60%; T02 1/3`), "deals.csv:2:26 shares", "exports/2026-10/deals.csv error shares 1 5"},
		{"rest of nothing", deal(`D1,T01,C1,5,2026-10-08,,,T01 100%; T02 rest`), "deals.csv:2:26 shares", "exports/2026-10/deals.csv error shares 1 5"},
		{"share without a number", deal(`D1,T01,C1,5,2026-10-08,,,T01; T02 rest`), "deals.csv:2:26 bad-share", "exports/2026-10/deals.csv error bad-share 1 5"},
		{"share of a stranger", deal(`D1,T01,C1,5,2026-10-08,,,T01 50%; T77 rest`), "deals.csv:2:26 unknown-agent", "exports/2026-10/deals.csv error unknown-agent 1 5"},
		{"two faults in a row", deal(`D1,T09,C1,x,2026-10-08,,,`), "deals.csv:2:4 unknown-agent; deals.csv:2:11 bad-amount", "exports/2026-10/deals.csv error unknown-agent 1 0"},
		{"ragged", deal(`D1,T01,C1,5,2026-10-08`), "deals.csv:2 ragged-row", "exports/2026-10/deals.csv error ragged-row 1 0"},
		{"attendance that says nothing", map[string]string{"exports/2026-10/attendance.csv": "工号,日期,状态,上班打卡\nT01,2026-10-08,,\nT01,2026-10-09,,09:00\n"}, "attendance.csv:2:16 missing-value", "exports/2026-10/attendance.csv error missing-value 1"},
		{"texts that an export kept from a spreadsheet", map[string]string{"exports/2026-10/deals.csv": dealHead + "=\"D1\",=\"T01\",C1,5,2026-10-08,,,\nD1,T01,C1,5,2026-10-08,,,\n"}, "deals.csv:3 duplicate", "exports/2026-10/deals.csv excluded duplicate 1 5"},
		{"same row twice", deal("D1,T01,C1,5,2026-10-08,,,\nd1,t01,C1,5.00,2026-10-08,,,"), "deals.csv:3 duplicate; deals.csv:3:4 respelt-id", "exports/2026-10/deals.csv excluded duplicate 1 5"},
		{"one id, two contents", deal("D1,T01,C1,5,2026-10-08,,,\nD1,T01,C1,6,2026-10-08,,,"), "deals.csv:3 duplicate-deal", "exports/2026-10/deals.csv error duplicate-deal 2 11"},
		{"one id in two files", map[string]string{"exports/2026-10/deals-1.csv": dealHead + "D1,T01,C1,5,2026-10-08,,,\n", "exports/2026-10/deals-2.csv": dealHead + "D1,T01,C1,5,2026-10-08,,,\n"}, "deals-2.csv same-file", "exports/2026-10/deals-2.csv excluded duplicate 1 5"},
		{"wrong header", map[string]string{"exports/2026-10/deals.csv": "deal,agent,customer,valeu,signed\nD1,T01,C1,5,2026-10-08\n"}, "deals.csv:1 missing-column; deals.csv:1 unused-columns", ""},
		{"empty file", map[string]string{"exports/2026-10/deals.csv": ""}, "deals.csv empty-file", ""},
		{"header only", map[string]string{"exports/2026-10/deals.csv": dealHead}, "", ""},
		{"unknown file", map[string]string{"exports/2026-10/summary.csv": "a\n1\n", "exports/2026-10/~$deals.xlsx": "x"}, "summary.csv unknown-file", ""},
		{"other currency", map[string]string{"exports/2026-10/payments.csv": "payment,deal,paid,amount,currency\nP1,D1,2026-10-08,5,人民币\nP2,D1,2026-10-08,5,USD\n"}, "payments.csv:3:20 other-currency", "exports/2026-10/payments.csv error other-currency 1 5"},
		{"dispute of nothing", map[string]string{"exports/2026-10/disputes.csv": "dispute,customer,agents,opened\nX1,,T01; T02,2026-10-08\n"}, "disputes.csv:2 missing-value", "exports/2026-10/disputes.csv error missing-value 1"},
		{"dispute of one", map[string]string{"exports/2026-10/disputes.csv": "dispute,customer,agents,opened\nX1,C1,T01,2026-10-08\n"}, "disputes.csv:2:7 one-claimant", "exports/2026-10/disputes.csv error one-claimant 1"},
		{"ruling without an outcome", map[string]string{"exports/2026-10/disputes.csv": "dispute,customer,agents,opened,ruled,owner,void\nX1,C1,T01;T02,2026-10-08,2026-10-09,,\n"}, "disputes.csv:2:26 ruling-incomplete", "exports/2026-10/disputes.csv error ruling-incomplete 1"},
		{"two outcomes", map[string]string{"exports/2026-10/disputes.csv": "dispute,customer,agents,opened,ruled,owner,void\nX1,C1,T01;T02,2026-10-08,2026-10-09,T01,是\n"}, "disputes.csv:2:37 two-rulings", "exports/2026-10/disputes.csv error two-rulings 1"},
		{"outcome without a date", map[string]string{"exports/2026-10/disputes.csv": "dispute,customer,agents,opened,ruled,owner,void\nX1,C1,T01;T02,2026-10-08,,T01,\n"}, "disputes.csv:2:26 missing-value", "exports/2026-10/disputes.csv error missing-value 1"},
		{"a day twice", map[string]string{"exports/2026-10/attendance.csv": "agent,date,status\nT01,2026-10-08,present\nT01,2026-10-08,事假\n"}, "attendance.csv:3 duplicate-attendance", "exports/2026-10/attendance.csv error duplicate-attendance 2"},
		{"impossible time", map[string]string{"exports/2026-10/attendance.csv": "agent,date,in\nT01,2026-10-08,24:10\n"}, "attendance.csv:2:16 bad-time", "exports/2026-10/attendance.csv error bad-time 1"},
		{"unknown team", map[string]string{"exports/2026-10/targets.csv": "scope,id,kpi,target\nteam,三组,collected,5\n"}, "targets.csv:2:6 unknown-team", "exports/2026-10/targets.csv error unknown-team 1"},
		{"unknown decision", map[string]string{"exports/2026-10/decisions.csv": "date,author,what,ref,reason\n2026-10-08,王总,maybe,D1,x\n"}, "decisions.csv:2:15 unknown-word", "exports/2026-10/decisions.csv error unknown-word 1"},
		{"no ground", map[string]string{"exports/2026-10/events.csv": "date,agent,kind,author,ground\n2026-10-08,T01,warning,王总,\n"}, "events.csv:2:27 missing-value", "exports/2026-10/events.csv error missing-value 1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			facts, ps := read(t, row.files)
			if got := places(t, ps); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
			if got := buckets(facts.Rows); got != row.buckets {
				t.Errorf("buckets %q, want %q", got, row.buckets)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	_, ps := read(t, map[string]string{"exports/2026-10/deals.csv": "单号,工号,客户,手机号,合同额,签约日\nD1,T01,某某公司,13800000000,\"1,200\",2026-10-08\n"})
	if len(ps) != 1 {
		t.Fatalf("problems %+v", ps)
	}
	want := `exports/2026-10/deals.csv:2:25: error[bad-amount]: found "1,200" in the column "合同额"; want a plain amount such as 1200 or 1200.50
    D1,T01,＊＊＊＊,***********,"1,200",2026-10-08
                                ^
  mend: write 1200; if the whole column is written so, a profile with columns: {value: {of: 合同额}} takes separators and signs of currency`
	if got := ps[0].Format("en"); got != want {
		t.Errorf("message\n%s\nwant\n%s", got, want)
	}
}

// TestSameFacts reads one month in several dresses.
func TestSameFacts(t *testing.T) {
	text := "单号,工号,客户,合同额,签约日,产品\nD1,T01,C1,1200.5,2026-10-08,年卡\nD2,T02,C2,800,2026-10-09,月卡\n"
	plain, _ := read(t, map[string]string{"exports/2026-10/deals.csv": text})
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	dresses := map[string]string{"GBK": gbk, "BOM": "\ufeff" + text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"), "tabs": strings.ReplaceAll(text, ",", "\t"), "gzip": zipped(text),
		"workbook": oneSheet(t, [][]any{{"单号", "工号", "客户", "合同额", "签约日", "产品"}, {"D1", "T01", "C1", 1200.5, time.Date(2026, 10, 8, 0, 0, 0, 0, time.UTC), "年卡"}, {"D2", "T02", "C2", 800, time.Date(2026, 10, 9, 0, 0, 0, 0, time.UTC), "月卡"}})}
	for name, content := range dresses {
		t.Run(name, func(t *testing.T) {
			facts, ps := read(t, map[string]string{"exports/2026-10/deals.csv": content})
			for _, p := range ps {
				if p.Reach != diag.Note {
					t.Errorf("problem %s", p.Format("en"))
				}
			}
			same(t, "deals", facts.Deals, plain.Deals)
		})
	}
}

// TestLaws: any order of rows, any cut into files and doubled files give the same facts.
func TestLaws(t *testing.T) {
	lines := []string{"D1,T01,C1,5,2026-10-08,,,", "D2,T02,C2,6,2026-10-08,,,", "D3,T01,C3,7,2026-10-08,,,", "D3,T01,C3,8,2026-10-08,,,"}
	whole := dealHead + strings.Join(lines, "\n") + "\n"
	ids := func(files map[string]string) string {
		facts, _ := read(t, files)
		var all []string
		for _, d := range facts.Deals {
			all = append(all, d.ID+" "+d.Value.String())
		}
		sort.Strings(all)
		return strings.Join(all, "; ")
	}
	want := "D1 5; D2 6"
	rows := map[string]map[string]string{
		"whole":    {"exports/2026-10/deals.csv": whole},
		"reversed": {"exports/2026-10/deals.csv": dealHead + lines[3] + "\n" + lines[2] + "\n" + lines[1] + "\n" + lines[0] + "\n"},
		"cut":      {"exports/2026-10/deals-1.csv": dealHead + lines[0] + "\n" + lines[2] + "\n", "exports/2026-10/deals-2.csv": dealHead + lines[1] + "\n" + lines[3] + "\n"},
		"doubled":  {"exports/2026-10/deals-1.csv": whole, "exports/2026-10/deals-2.csv": whole},
	}
	for name, files := range rows {
		if got := ids(files); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestNoPersonalData: whatever is wrong with a row, no message shows a
// customer's name, key or number.
func TestNoPersonalData(t *testing.T) {
	const secret = "某某机密"
	head := "deal,agent,customer,lead,phone,value,signed,referrer\n"
	rows := map[string]string{
		"hidden character": "D1,T01,某某机密\u200b,,1390000\u200b1111,5,2026-10-08,\n",
		"spoiled number":   "D1,T01,某某机密,,1.39E+10,5,2026-10-08,\n",
		"bad amount":       "D1,T01,某某机密,某某机密,13900001111,\"1,200\",2026-10-08,某某机密\n",
		"twice":            "D1,T01,某某机密,,13900001111,5,2026-10-08,\nD1,T01,某某机密,,13900001111,6,2026-10-08,\n",
		"repeated":         "D1,T01,某某机密,,13900001111,5,2026-10-08,\nD1,T01,某某机密,,13900001111,5,2026-10-08,\n",
		"ragged":           "D1,T01,某某机密,,13900001111\n",
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			_, ps := read(t, map[string]string{"exports/2026-10/deals.csv": head + row})
			if len(ps) == 0 {
				t.Fatal("no problem at all")
			}
			for _, p := range ps {
				for _, text := range []string{p.Format("zh-CN"), p.Format("en")} {
					if strings.Contains(text, secret) || strings.Contains(text, "1390000") || strings.Contains(text, "1.39E") {
						t.Errorf("a message shows personal data:\n%s", text)
					}
				}
			}
		})
	}
}

func TestTitleLines(t *testing.T) {
	content := oneSheet(t, [][]any{{"十月成交明细"}, {}, {"单号", "工号", "客户", "合同额", "签约日"}, {"D1", "T01", "C1", 5, "2026-10-08"}})
	facts, ps := read(t, map[string]string{"exports/2026-10/deals.xlsx": content})
	if got := places(t, ps); got != "deals.xlsx!Sheet1!A1 title-lines" || len(facts.Deals) != 1 || facts.Deals[0].At.Row != 4 {
		t.Errorf("problems %s, deals %+v", got, facts.Deals)
	}
}
