package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"telepay/fixtures/workbook"
)

// put writes a file, its folder first.
func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// do runs a command and holds what it says on both streams.
func do(t *testing.T, status int, want []string, args ...string) {
	t.Helper()
	var out, errs strings.Builder
	if got := runWith(args, &out, &errs); got != status {
		t.Fatalf("%v ends with %d, want %d\n%s%s", args, got, status, out.String(), errs.String())
	}
	said := out.String() + errs.String()
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("%v does not say %q:\n%s", args, w, said)
		}
	}
}

// column returns a column of the register by agent.
func column(t *testing.T, dir, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "out", "2026-10", "data", "register.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for i, h := range rows[0] {
		if h == name {
			for _, r := range rows[1:] {
				out[r[1]] = r[i]
			}
		}
	}
	return out
}

// TestFirstHour goes the way of a new user whose exports come from five systems: a
// company's workbook with a header of two rows, FreePBX, HubSpot, Alipay in GB18030,
// a punch clock with NULs at its end. What was paid is the company's own workbook.
// By hand: 王建国 3,000 + 5% × (5,980 + 2,480) = 3,423 and 200 for a letter of
// praise; 李秀英 3,500 + 6% × 7,480 = 3,948.80.
func TestFirstHour(t *testing.T) {
	top := t.TempDir()
	drop, dir := filepath.Join(top, "导出"), filepath.Join(top, "云岭")
	put(t, filepath.Join(drop, "cdr.csv"), "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam\r\n"+
		"2026-10-09 09:00:00,x,8001,13900000001,from-internal,PJSIP/8001-01,PJSIP/trunk-01,Dial,,80,70,ANSWERED,3,,1.1,,,,8001,王建国\r\n"+
		"2026-10-09 09:10:00,x,8002,13900000002,from-internal,PJSIP/8002-02,,Dial,,20,0,BUSY,3,,1.2,,,,8002,李秀英\r\n")
	put(t, filepath.Join(drop, "hubspot-crm-exports-all-deals.csv"), "\ufeff\"Record ID\",\"Deal Name\",\"Deal Stage\",\"Close Date\",\"Deal owner\",\"Amount\",\"Associated Company\"\n"+
		"\"901\",\"a\",\"Closed Won\",\"2026-10-09 10:00\",\"王建国\",\"5980\",\"甲\"\n\"902\",\"b\",\"Closed Won\",\"2026-10-10 10:00\",\"李秀英\",\"7480\",\"乙\"\n\"903\",\"c\",\"Closed Lost\",\"2026-10-10 10:00\",\"李秀英\",\"1\",\"丙\"\n\"904\",\"d\",\"Closed Won\",\"2026-10-12 10:00\",\"王建国\",\"2480\",\"丁\"\n")
	bill := "支付宝账户：pay@example.com\r\n收入：3笔 15940.00元\r\n支出：1笔 300.00元\r\n\r\n交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\r\n" +
		"2026-10-11 18:00:00,商业服务,客户,1**,x,收入,5980.00,余额宝,交易成功,A1\t,901\t,,\r\n2026-10-12 18:00:00,商业服务,客户,1**,x,收入,7480.00,余额宝,交易成功,A2\t,902\t,,\r\n" +
		"2026-10-13 18:00:00,商业服务,客户,1**,x,收入,2480.00,余额宝,交易成功,A3\t,904\t,,\r\n2026-10-20 12:00:00,办公,文具店,1**,纸,支出,300.00,余额,交易成功,A4\t,\t,,\r\n"
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(bill)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(drop, "alipay_record.csv"), encoded)
	put(t, filepath.Join(drop, "1_attlog.dat"), "        1\t2026-10-09 08:55:00\t1\t0\t1\t0\r\n        1\t2026-10-09 18:05:00\t1\t0\t1\t0\r\n\x00\x00\x00")
	put(t, filepath.Join(drop, "公司.xlsx"), workbook.Of(t, []string{"花名册", "职级", "目标", "裁定", "说明"}, map[string][][]any{
		"花名册": {{"云岭科技花名册"}, {"序号", "员工工号", "姓名", "组织", "", "岗位", "职级", "入职日期", "系统账号"}, {"", "", "", "大区", "小组"},
			{1, "YL01", "王建国", "华东", "一组", "坐席", "初级", "2024-03-01", "8001; 1"}, {2, "YL02", "李秀英", "华东", "一组", "组长", "中级", "2023-07-15", "8002"}},
		"职级": {{"职级", "底薪"}, {"初级", 3000}, {"中级", 3500}},
		"目标": {{"月份", "范围", "对象", "指标", "目标值", "批准人", "批准日期"}, {"2026-10", "坐席", "YL01", "collected", 20000, "陈总", "2026-09-28"}},
		"裁定": {{"日期", "决定人", "事项", "对象", "工号", "金额", "理由"}, {"2026-10-25", "陈总", "一次性奖励", "YL01", "YL01", 200, "表扬信"}},
		"说明": {{"人事维护"}},
	}))
	do(t, exitDone, []string{"表          花名册", "YL01", "坐席 → agent", "表          裁定", "一次性奖励 → one_off", "下一步      放到项目的 公司.xlsx", "two-row-header"}, "check", filepath.Join(drop, "公司.xlsx"))
	do(t, exitDone, []string{"zkteco-attlog", "nul-tail", "发现文件末尾补的 3 个空字符"}, "check", filepath.Join(drop, "1_attlog.dat"))
	do(t, exitDone, []string{"公司.xlsx ", "exports/2026-10/payments.csv", "alipay", "exports/2026-10/attendance.txt", "hubspot-deals", "freepbx"}, "init", dir, "--from", drop)
	settings, err := os.ReadFile(filepath.Join(dir, "telepay.yaml"))
	if err != nil || strings.Contains(string(settings), "认不出是谁") || !strings.Contains(string(settings), "currency: CNY") {
		t.Fatalf("%s, %v", settings, err)
	}
	put(t, filepath.Join(dir, "plan.yaml"), "plan: 云岭 2026\nsince: 2026-10\napproval: {discussed: 2026-09-10, announced: 2026-09-20, signed: 2026-09-28}\nearnings:\n  base: {title: 底薪, amount: base}\n  commission: {title: 提成, of: collected, rate: {by grade: {初级: 5%, 中级: 6%}}}\n")
	do(t, exitProblems, []string{"attendance-missing"}, "-C", dir, "--quiet", "check")

	// The clock knows one day of one person: HR keeps attendance in another system.
	if err := os.Remove(filepath.Join(dir, "exports", "2026-10", "attendance.txt")); err != nil {
		t.Fatal(err)
	}
	do(t, exitDone, []string{"2 人  应得 7,571.80", "应发 7,571.80"}, "-C", dir, "--quiet", "run")
	if got := column(t, dir, "payable"); got["YL01"] != "3623.00" || got["YL02"] != "3948.80" {
		t.Errorf("payable %v", got)
	}
	put(t, filepath.Join(top, "10月工资表.xlsx"), workbook.Of(t, []string{"封面", "10月"}, map[string][][]any{"封面": {{"内部资料"}}, "10月": {{"工资表"}, {"序号", "姓名", "员工编号", "应发项目", "", "", "应发合计"}, {"", "", "", "底薪", "提成", "餐补"},
		{1, "王建国", "YL01", 3000, 299, 0, 3499}, {2, "李秀英", "YL02", 3500, 448.8, 300, 4248.8}, {"合计", "", "", 6500, 747.8, 300, 7747.8}}}))
	do(t, exitDone, []string{"按列“员工编号”找人，金额取列“应发合计”", "1. YL02 李秀英 300.00：对方有“餐补” 300.00，方案里没有这条规则", "2. YL01 王建国 −124.00：对方没有算单 904 的提成 124.00"}, "-C", dir, "--quiet", "run", "--against", filepath.Join(top, "10月工资表.xlsx"))
}

// TestFirstHourInEnglish: calls and deals in American ways of writing, PayPal, staff
// and quota in a workbook. By hand: Ann 3,000 + 5% × 4,000 + 8% × 3,500.55 = 3,480.04.
func TestFirstHourInEnglish(t *testing.T) {
	top := t.TempDir()
	drop, dir := filepath.Join(top, "drop"), filepath.Join(top, "hill")
	put(t, filepath.Join(drop, "calls", "October calls.csv"), "Call ID,Agent,Start Time,Direction,Customer Number,Disposition,Talk Time\nC1,Ann Lee,10/13/2026 9:05:10 AM,Outbound,+12025550001,Answered,1:05\nC2,Ann Lee,10/13/2026 9:15:10 PM,Outbound,+12025550002,Left Message,0:12\n")
	put(t, filepath.Join(drop, "report.csv"), "Opportunity Owner,Opportunity Name,Opportunity ID,Account Name,Stage,Amount,Close Date\nAnn Lee,x,O1,Acct 1,Closed Won,\"$7,500.55\",10/3/2026\nAnn Lee,y,O2,Acct 2,Negotiation,\"$1,000.00\",10/4/2026\n")
	put(t, filepath.Join(drop, "paypal.CSV"), "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,Item ID,Reference Txn ID\n10/04/2026,09:00:00,PDT,P,Website Payment,Completed,USD,\"7,500.55\",-3.00,x,p@example.com,T1,O1,\n")
	put(t, filepath.Join(drop, "People 2026.xlsx"), workbook.Of(t, []string{"Staff", "Quota"}, map[string][][]any{
		"Staff": {{"Employee ID", "Full Name", "Department", "Job Title", "Level", "Start Date", "Base Salary"}, {"E1", "Ann Lee", "Team A", "Sales Rep", "Senior", "2025-03-13", 3000}},
		"Quota": {{"Period", "Scope", "Name", "Measure", "Goal"}, {"2026-10", "person", "E1", "collected", 5000}},
	}))
	do(t, exitProblems, []string{"a draft to begin with", `started: {of: "Start Time", dates: ["m/d/yyyy h:mm:ss am"]}`}, "check", filepath.Join(drop, "calls", "October calls.csv"), "--lang", "en")
	do(t, exitDone, []string{"company.xlsx", "draft-october-calls", "salesforce-opportunities"}, "--lang", "en", "--quiet", "init", dir, "--from", drop)
	settings, err := os.ReadFile(filepath.Join(dir, "telepay.yaml"))
	if err != nil || !strings.Contains(string(settings), "currency: USD") || !strings.Contains(string(settings), "language: en") {
		t.Fatalf("%s, %v", settings, err)
	}
	draft := filepath.Join(dir, "profiles", "draft-october-calls.yaml")
	text, err := os.ReadFile(draft)
	if err != nil || !strings.Contains(string(text), `talk: {of: "Talk Time", unit: "mm:ss"}`) {
		t.Fatalf("%s, %v", text, err)
	}
	put(t, draft, string(text)+"values: {result: {no_answer: [Left Message]}}\n")
	put(t, filepath.Join(dir, "plan.yaml"), "plan: Blue Hill 2026\nsince: 2026-10\napproval: {discussed: 2026-09-10, announced: 2026-09-20, signed: 2026-09-28}\nearnings:\n  base: {title: Base, amount: base}\n  commission: {title: Commission, of: collected, rate: {mode: marginal, from 0: 5%, from 4000: 8%}}\n")
	do(t, exitDone, []string{"1 person  gross 3,480.04"}, "-C", dir, "--quiet", "run")
	put(t, filepath.Join(top, "paid.csv"), "Employee,Gross Pay\nAnn Lee,3585.06\n")
	do(t, exitDone, []string{`"Commission": in the slice from 4000 they pay 11%, telepay 8%`}, "-C", dir, "--quiet", "run", "--against", filepath.Join(top, "paid.csv"))
}

// TestQuestionsOfPeople: an account that the roster lacks is no question where the
// name beside it is on the roster; who is on it by neither is asked about.
func TestQuestionsOfPeople(t *testing.T) {
	for name, asked := range map[string]bool{"王兰": false, "孙某": true} {
		top := t.TempDir()
		drop, dir := filepath.Join(top, "drop"), filepath.Join(top, "firm")
		put(t, filepath.Join(drop, "员工信息.csv"), "工号,姓名,部门,岗位,职级,入职时间\nT1,王兰,一部,销售,P1,2024/5/6\n")
		put(t, filepath.Join(drop, "打卡月报.csv"), "姓名,账号,部门,应打卡天数,正常天数,迟到次数\n"+name+",wanglan0,一部,17,17,0\n")
		do(t, exitDone, []string{"wecom-attendance", "员工信息.csv", "roster.csv"}, "--quiet", "init", dir, "--from", drop)
		settings, err := os.ReadFile(filepath.Join(dir, "telepay.yaml"))
		if err != nil || strings.Contains(string(settings), "认不出是谁：wanglan0") != asked {
			t.Errorf("%s: %s, %v", name, settings, err)
		}
	}
}
