// Package sample is an invented month for the tests of the reports; only tests import it.
package sample

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
)

func dec(s string) money.Decimal   { return money.MustParse(s) }
func pdec(s string) *money.Decimal { d := dec(s); return &d }
func rat(s string) money.Ratio     { return money.Of(dec(s)) }
func prat(s string) *money.Ratio   { r := rat(s); return &r }

// Third is a figure whose digits have no end.
var Third = money.Quotient(money.Int(1), money.Int(3))

// Run is an invented month of three people, two of them with hostile names.
func Run() statement.Run {
	oct, nov := period.MustMonth("2026-10"), period.MustMonth("2026-11")
	var many []record.Source
	for i := range 23 {
		many = append(many, record.Source{File: "exports/2026-10/payments.csv", Row: i + 2})
	}
	commission := statement.Line{No: 1, Stage: statement.Rate, Rule: "commission", Kind: statement.Earning, Title: lang.T("提成", "Commission"),
		PlanPath: "earnings.commission", FactMonth: oct, PayMonth: nov, Base: prat("89920.99"), Rate: &Third, Quantity: prat("3"),
		Nominal: dec("3845.65"), Amount: dec("3845.65"), Evidence: many}
	clash := statement.Line{No: 2, Stage: statement.Guard, Rule: "clash", Kind: statement.Deduction, Class: statement.Discipline,
		Title: lang.T("撞单升级", "Clash"), PlanPath: "deductions.clash", FactMonth: oct, PayMonth: nov, Nominal: dec("-2300"), Limit: pdec("1909.13"),
		Amount: dec("-1909.13"), Carried: dec("390.87"), Ground: lang.T("制度第 8 条", "rule 8"), Evidence: many[:1]}
	back := statement.Line{No: 3, Stage: statement.Held, Rule: "holdback", Kind: statement.HeldBack, Title: lang.T("留存 10%", "Holdback"),
		PlanPath: "earnings.holdback", FactMonth: oct, PayMonth: nov, Nominal: dec("384.57")}
	late := statement.Line{No: 1, Stage: statement.BasePay, Rule: "base", Kind: statement.Earning, Title: lang.T("底薪", "Base"),
		PlanPath: "earnings.base", FactMonth: oct, PayMonth: oct, Nominal: dec("4600.123456"), Amount: dec("4600.1")}
	carried := statement.Line{No: 2, Stage: statement.Carry, Rule: "carried", Kind: statement.CarriedOut, Title: lang.T("结转下月", "Carried"),
		PlanPath: "carried", FactMonth: oct, PayMonth: nov, Nominal: dec("0.05"), Amount: dec("0.05")}
	person := func(id, name, team string, t statement.Totals, lines ...statement.Line) statement.Statement {
		return statement.Statement{Month: oct, PayMonth: nov, Currency: "CNY", Person: record.Person{ID: id, Name: name, Account: "6222000011112222"},
			Station: record.Station{Team: team}, Lines: lines, Totals: t}
	}
	return statement.Run{
		Company: lang.T("启明电销", "Qiming"), Month: oct, Currency: "CNY", Plan: "2026 版", PlanHash: "ab12", Version: "1.0", Draft: true,
		Rules: []statement.Column{{Rule: "base", Title: lang.T("底薪", "Base")}, {Rule: "commission", Title: lang.T("提成", "Commission")}, {Rule: "clash", Title: lang.T("撞单升级", "Clash")}},
		Statements: []statement.Statement{
			person("007", "=1+1", "一组", statement.Totals{Gross: dec("3845.65"), Deductions: dec("-1909.13"), Payable: dec("1936.52"), CarryNext: dec("390.87")}, commission, clash, back),
			person("+cmd|x", "＝HYPERLINK(\"x\")", "@组;=2", statement.Totals{Gross: dec("4600.1"), CarriedOut: dec("0.05"), Payable: dec("4600.15")}, late, carried),
			person("T3", "\t王,\"小\"\n明", "一组", statement.Totals{}),
		},
		Stopped: []statement.Stopped{{Agent: "T9", Name: "赵停", Team: "一组", Code: "no-target"}},
		KPIs: []statement.KPIValue{
			{Scope: "agent", ID: "007", Team: "一组", KPI: "conversion", Title: lang.T("成交率", "Conversion"), Num: rat("1"), Den: prat("3"), HasBase: true, Value: Third, Unit: statement.Percent, Target: prat("0.08"), Attainment: prat("4.1666")},
			{Scope: "team", ID: "一组", KPI: "talk", Title: lang.T("通话时长", "Talk"), Num: rat("119880"), HasBase: true, Value: rat("119880"), Unit: statement.Duration},
			{Scope: "company", ID: "", KPI: "conversion", Title: lang.T("成交率", "Conversion"), Num: rat("0"), Den: prat("0"), Unit: statement.Percent, Target: prat("0.08")},
			{Scope: "agent", ID: "T3", Team: "一组", KPI: "dials", Title: lang.T("拨打量", "Dials"), Num: rat("0"), Unit: statement.Plain},
		},
		Rankings: []statement.Ranking{{Board: "sales", Title: lang.T("销冠榜", "Sales"), Of: "agents", Unit: statement.Money, Entries: []statement.RankEntry{
			{Place: 1, ID: "007", Name: "=1+1", Value: prat("89920.99"), Previous: 2, Honour: "销冠"},
			{ID: "T3", Name: "-3", WhyNot: lang.T("不足 5 单", "under 5 deals"), Part: true}}},
			{Board: "sales", Title: lang.T("销冠榜", "Sales"), Of: "agents", Group: "一组", Unit: statement.Money, Entries: []statement.RankEntry{{Place: 1, ID: "007", Name: "=1+1", Value: &Third}}}},
		Rows: []record.Bucket{
			{File: "exports/2026-10/calls.csv", Bucket: record.Counted, Rows: 12345},
			{File: "exports/2026-10/payments.csv", Bucket: record.Excluded, Reason: "other_month", Rows: 2, Amount: dec("-10.5"), HasAmount: true},
			{File: "exports/2026-10/payments.csv", Bucket: record.Errored, Reason: "unknown-agent", Rows: 1, Amount: dec("0"), HasAmount: true}},
		Problems: []diag.Problem{
			{Code: "unknown-agent", Reach: diag.Row, Pos: diag.Pos{File: "exports/2026-10/payments.csv", Line: 7, Col: 3}, Line: "13912345678,secret row", Found: lang.T("工号 T8", "agent T8"), Want: lang.T("花名册里的工号", "an agent of the roster"), Mend: lang.T("=加入花名册", "=add the person"), Another: 4},
			{Code: "bad-amount", Reach: diag.Person, Pos: diag.Pos{File: "deals.xlsx", Sheet: "成交", Cell: "AB17"}, Found: lang.T("\x1b[31m红", "\x1b[31mred"), Agent: "T9", See: []diag.Pos{{File: "roster.csv", Line: 2}}},
			{Code: "title-lines", Reach: diag.Note, Pos: diag.Pos{File: "roster.csv"}, Found: lang.T("说明", "titles")}},
		Suggested: []statement.Suggestion{{Agent: "007", Name: "=1+1", Team: "一组", Counts: lang.T("警告 3 (本年 3)", "warning 3 (this year 3)"), Next: lang.T("记过", "demerit"), Evidence: []record.Source{{File: "events.csv", Row: 4}}}},
		Odd:       []statement.Odd{{Agent: "T3", Name: "-3", Team: "一组", Code: "zero", Why: lang.T("应发为 0", "pays nothing"), Before: pdec("12.3")}},
		PayDays:   []statement.PayDay{{Month: nov, Day: period.MustDay("2026-11-15"), PaidBy: period.MustDay("2026-11-13"), Kind: lang.T("周末", "weekend"), Holds: lang.T("底薪", "Base")}, {Month: nov, Day: period.NoDay, PaidBy: period.NoDay, Holds: lang.T("提成", "Commission")}},
		Overtime:  []statement.Overtime{{Agent: "007", Name: "=1+1", Team: "一组", Date: period.MustDay("2026-10-11"), Kind: "rest_day", Hours: rat("7.5"), Worth: Third, Source: record.Source{File: "attendance.csv", Row: 9}}},
		Reports: statement.Reports{
			Exceptions: []statement.Exception{
				{Agent: "007", Kind: "off_hours", Title: lang.T("时段外外呼", "Calls outside hours"), Date: period.MustDay("2026-10-12"), Count: 3, Detail: lang.Same("10-12 × 1, 10-15 × 2")},
				{Agent: "T9", Kind: "overdue", Title: lang.T("逾期应收", "Overdue"), Date: period.MustDay("2026-09-20"), Count: 1, Ref: "=D1", Amount: pdec("1200.5"), Age: 41, Detail: lang.T("31–60 天", "31–60 days"), At: record.Source{File: "exports/2026-10/deals.csv", Row: 7}}},
			Weeks: statement.FigureTable{KPIs: []statement.FigureColumn{{KPI: "dials", Title: lang.T("拨打量", "Dials")}, {KPI: "connect_rate", Title: lang.T("接通率", "Connect rate"), Unit: statement.Percent}},
				Rows: []statement.FigureRow{{Scope: "team", ID: "一组", From: period.MustDay("2026-10-01"), To: period.MustDay("2026-10-04"), Values: []*money.Ratio{prat("12"), &Third}},
					{Scope: "company", From: period.MustDay("2026-10-05"), To: period.MustDay("2026-10-11"), Values: []*money.Ratio{prat("0"), nil}}}},
			Calls: statement.FigureTable{KPIs: []statement.FigureColumn{{KPI: "talk", Title: lang.T("通话时长", "Talk"), Unit: statement.Duration}},
				Rows: []statement.FigureRow{{Scope: "agent", ID: "007", Team: "一组", From: period.MustDay("2026-10-01"), To: period.MustDay("2026-10-31"), Values: []*money.Ratio{prat("3661")}}}},
			Promotion: []statement.Attainment{{Agent: "007", Team: "一组", Grade: "P1", KPI: "collected", Title: lang.T("回款", "Collected"), Known: 3, Met: 2, InRow: 1}}},
		Settings: []statement.Setting{{Name: lang.T("退款", "Reversals"), Value: lang.T("按原月", "original"), From: "default"}},
	}
}
