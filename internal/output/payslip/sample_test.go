package payslip

import (
	"fmt"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
)

func dec(s string) money.Decimal     { return money.MustParse(s) }
func rat(s string) money.Ratio       { return money.Of(dec(s)) }
func ptr[T any](v T) *T              { return &v }
func w(zh, en string) statement.Term { return statement.Word(lang.T(zh, en)) }
func m2(s string) statement.Term     { return statement.Figure(rat(s), statement.Money) }
func pc(s string) statement.Term     { return statement.Figure(rat(s), statement.Percent) }
func nd(zh, en, v string, u statement.Unit) statement.Term {
	return statement.Named(lang.T(zh, en), rat(v), u)
}

var october = period.MustMonth("2026-10")

// sample is an invented month in which everything happens: slices, a factor, a
// late arrival, a prize, a deduction that the law cuts, a split, a refund, a
// dispute, two boards.
func sample() statement.Statement {
	return statement.Statement{
		Company: lang.T("华信电销", "Huaxin Telesales"), Plan: "华信电销 2026", Filed: "HX-2025-041",
		Month: october, PayMonth: october + 1, PlanHash: "ee139901", RunHash: "4e204b78f2f1", Version: "0.1",
		Draft: true, Currency: "CNY", Language: lang.ZH,
		Person:  record.Person{ID: "T100001", Name: "赵𬱖"},
		Station: record.Station{Grade: "高级 Senior", Team: "春城二组 K2", Site: "昆明 KMG"},
		Worked:  rat("18"), Scheduled: rat("18"),
		Lines:  sampleLines(),
		Unpaid: sampleUnpaid(),
		KPIs:   sampleKPIs(),
		Scores: []statement.Score{{Name: "monthly", Total: rat("97.4803"), Grade: "A", Factor: ptr(rat("1.1")),
			How: lang.T("得分 = 达成 × 100，拨打量、有效通话时长封顶 120；意向率按档。等级与系数：0 起 D 0.8 · 满 60 C 0.9 · 满 80 B 1 · 满 95 A 1.1", "")}},
		Credits: sampleCredits(),
		Held: []statement.HeldRow{{Date: period.MustDay("2026-10-22"), Deal: "HX26100242", Product: "智云客服 企业版",
			Why: lang.T("C-1024 与 T100031 同电话撞单，双方协商中", "C-1024 with T100031, one phone"), Amount: dec("18000"), UpTo: dec("1251.40"),
			Steps: []statement.Step{
				statement.S("note", w("若全部归你：计提 89,920.99 + 18,000.00 = 107,920.99；50,000 × 3% + 50,000 × 5% + 7,920.99 × 8% = 4,633.6792", "")),
				statement.S("note", w("4,633.6792 × 1.1 = 5,097.05；减已计 5,097.05 − 3,845.65 = 1,251.40", "")),
			}}},
		Guard:     sampleGuard(),
		Ranks:     sampleRanks(),
		Next:      []statement.Step{sampleNext()},
		Objection: period.MustDay("2026-11-12"),
		Totals: statement.Totals{Gross: dec("9545.65"), Deductions: dec("-1825.13"), CarriedIn: dec("-84"),
			Payable: dec("7636.52"), HeldUpTo: dec("1251.40"), CarryNext: dec("474.87")},
	}
}

func sampleLines() []statement.Line {
	return []statement.Line{
		{No: 1, Kind: statement.Earning, Stage: statement.BasePay, Title: lang.T("底薪", "Base salary"), PlanPath: "earnings.base", Amount: dec("4600"),
			Steps: []statement.Step{statement.S("whole_month", nd("高级", "Senior", "4600", statement.Money),
				statement.Figure(rat("18"), statement.Days), statement.Figure(rat("18"), statement.Days))}},
		{No: 2, Kind: statement.Earning, Stage: statement.Rate, Title: lang.T("回款提成", "Commission on collections"), Clause: "第八条",
			PlanPath: "earnings.commission", Amount: dec("3845.65"),
			Steps: []statement.Step{
				statement.S("of", nd("计提 回款", "Credited collections", "89920.99", statement.Money)),
				statement.S("slice", w("0–5 万", "0–50,000"), m2("50000"), pc("0.03"), m2("1500")),
				statement.S("slice", w("5–10 万", "50,000–100,000"), m2("39920.99"), pc("0.05"), m2("1996.0495")),
				statement.S("slice", w("满 10 万", "from 100,000"), m2("0"), pc("0.08"), m2("0")),
				statement.S("sum", m2("3496.0495")),
				statement.S("times", nd("A 级系数，见二", "grade A factor", "1.1", statement.Plain), m2("3845.65")),
			}},
		{No: 3, Kind: statement.Earning, Stage: statement.BasePay, Title: lang.T("全勤奖", "Full attendance"), PlanPath: "earnings.full_attendance", Amount: dec("100"),
			Steps: []statement.Step{
				statement.S("formula", w("200.00 − 50.00 × 迟到 2 次（10-13、10-21）", "200.00 − 50.00 × 2 late (10-13, 10-21)"), m2("100")),
				statement.S("note", w("旷工 0 天", "no absence"))}},
		{No: 4, Kind: statement.Earning, Stage: statement.Contests, Title: lang.T("销冠奖", "Contest prize"), PlanPath: "earnings.champion", Amount: dec("1000"),
			Steps: []statement.Step{statement.S("place", w("月度销冠榜", "Sales board"), statement.Figure(rat("2"), statement.Plain),
				statement.Figure(rat("23"), statement.Plain), m2("1000"), w("无并列", "no tie"))}},
		{No: 5, Kind: statement.CarriedIn, Stage: statement.Carry, Class: statement.Discipline, Title: lang.T("撞单，9 月结转", "Clash, carried from Sept"), Clause: "五-1",
			PlanPath: "deductions.dispute", Amount: dec("-84"),
			Steps: []statement.Step{statement.S("formula", w("上月名义 1,380.00 − 上月已扣 1,296.00", "last month's nominal 1,380.00 − applied 1,296.00"), m2("84")),
				statement.S("note", w("旧账先扣", "oldest first"))}},
		{No: 6, Kind: statement.Deduction, Stage: statement.Deductions, Class: statement.Discipline, Title: lang.T("撞单", "Clash, to leadership"), Clause: "五-1",
			PlanPath: "deductions.dispute", Amount: dec("-1825.13"), Nominal: dec("-2300"), Carried: dec("474.87"),
			Steps: []statement.Step{
				statement.S("formula", w("名义：底薪 4,600.00 × 50%", "nominal: base 4,600.00 × 50%"), m2("2300")),
				statement.S("note", w("本月可扣：限额 1,909.13 − 84.00 = 1,825.13（见五）", "cut to what the legal limit leaves")),
				statement.S("note", w("结转下月：2,300.00 − 1,825.13 = 474.87", "the rest is carried"))}},
	}
}

func sampleUnpaid() []statement.Step {
	return []statement.Step{
		statement.S("not_for", w("主管提成", "Override"), w("非主管", "no leader")),
		statement.S("not_when", w("新人保底", "Newcomer guarantee"), w("入职第 31 个月，限前 3 个月", "month 31, first 3 only")),
		statement.S("not_when", w("旷工", "Absence"), w("0 天", "0 days")),
	}
}

func sampleKPIs() []statement.KPIRow {
	return []statement.KPIRow{
		{Title: lang.T("拨打量", "Dials"), Define: lang.T("次", "calls"), HasBase: true, Value: rat("3726"), Target: ptr(rat("3240")), TargetHow: lang.T("180 × 18 工作日", "180 × 18 workdays"),
			Attained: ptr(rat("1.15")), Last: ptr(rat("0.982")), Weight: ptr(rat("0.3")), Score: ptr(rat("115")), Points: ptr(rat("34.5"))},
		{Title: lang.T("有效通话时长", "Effective talk, calls ≥ 60 s"), Unit: statement.Duration, HasBase: true, Value: rat("119880"), Target: ptr(rat("129600")),
			TargetHow: lang.T("2 小时 × 18 工作日", "2 hours × 18 workdays"), Attained: ptr(rat("0.925")), Last: ptr(rat("1.013")), Weight: ptr(rat("0.2")), Score: ptr(rat("92.5")), Points: ptr(rat("18.5"))},
		{Title: lang.T("客户意向率", "Intent rate"), Define: lang.T("意向客户 ÷ 接通客户", "intent ÷ reached customers"), Unit: statement.Percent, HasBase: true,
			Value: money.Quotient(dec("38"), dec("812")), Num: ptr(rat("38")), Den: ptr(rat("812")), Target: ptr(rat("0.05")), How: lang.T("满 5% 100 分，满 3% 60 分", "from 5% 100, from 3% 60"),
			Last: ptr(rat("0.042")), Weight: ptr(rat("0.2")), Score: ptr(rat("60")), Points: ptr(rat("12"))},
		{Title: lang.T("成交率", "Close rate"), Define: lang.T("成交客户 ÷ 有效通话客户", "won ÷ talked customers"), Unit: statement.Percent, HasBase: true,
			Value: money.Quotient(dec("11"), dec("127")), Num: ptr(rat("11")), Den: ptr(rat("127")), Target: ptr(rat("0.08")), How: lang.T("达成满 60% 才计分", "scored from 60%"),
			Attained: ptr(money.Quotient(dec("11"), dec("10.16"))), Last: ptr(rat("0.875")), Weight: ptr(rat("0.3")),
			Score: ptr(money.Quotient(dec("1100"), dec("10.16"))), Points: ptr(money.Quotient(dec("330"), dec("10.16")))},
		{Title: lang.T("回款", "Collected"), Unit: statement.Money, HasBase: true, Value: rat("89920.99"), Target: ptr(rat("120000")), TargetHow: lang.T("高级", "Senior"),
			Attained: ptr(money.Quotient(dec("89920.99"), dec("120000"))), Last: ptr(rat("0.4467"))},
	}
}

func sampleCredits() []statement.CreditRow {
	row := func(day, deal, product, why, amount, part, credited, commission string) statement.CreditRow {
		r := statement.CreditRow{Date: period.MustDay("2026-10-" + day), Deal: deal, Product: product, Why: lang.T(why, ""),
			Amount: dec(amount), Share: rat(part), Credited: dec(credited)}
		if commission != "" {
			r.Commission = ptr(dec(commission))
		}
		return r
	}
	return []statement.CreditRow{
		row("08", "HX26100112", "智云客服 企业版", "", "12800", "1", "12800", "547.42"),
		row("09", "HX26100131", "400 号码 三年", "", "3580", "1", "3580", "153.11"),
		row("10", "HX26100146", "智云外呼 标准版", "分两笔收齐", "6900", "1", "6900", ""),
		row("20", "HX26100146", "智云外呼 标准版", "", "6900", "1", "6900", "590.18"),
		row("12", "HX26100170", "智能质检 年费", "", "8400", "1", "8400", ""),
		row("27", "HX26100170", "智能质检 年费", "部分退款，当月冲抵", "-2400", "1", "-2400", "256.60"),
		row("13", "HX26100188", "云坐席包 10 席", "与 T100017 分成 60 / 40", "9999.99", "0.6", "5999.99", "256.60"),
		row("14", "HX26100203", "企业短信包 50 万条", "", "4651", "1", "4651", "198.91"),
		row("16", "HX26100219", "智云客服 专业版", "部分收款：合同 20,000.00", "10000", "1", "10000", "427.67"),
		row("19", "HX26100234", "企业通信 年费", "签单 T100023；老客户转介绍，归你", "7260", "1", "7260", "310.49"),
		row("21", "HX26100251", "智云 CRM Pro", "", "11450", "1", "11450", "489.68"),
		row("23", "HX26100266", "智云外呼 高级版", "分两笔收齐", "8000", "1", "8000", ""),
		row("30", "HX26100266", "智云外呼 高级版", "", "4000", "1", "4000", "513.20"),
		row("26", "HX26100279", "400 号码 一年", "", "2380", "1", "2380", "101.79"),
	}
}

func sampleGuard() *statement.GuardSummary {
	return &statement.GuardSummary{
		Wage: dec("9545.65"), Percent: rat("0.2"), Limit: dec("1909.13"), Minimum: dec("2270"),
		Article: lang.T("限额依据《工资支付暂行规定》第十六条。", "Limit: Interim Provisions on Payment of Wages, article 16."),
		Basis: lang.T("纪律类扣款为公司书面选择（方案 protections.discipline: apply，备案 HX-2025-041）；超出部分结转，不取消。",
			"Discipline deductions by the company's written choice (protections.discipline: apply); the rest is carried, not dropped."),
		Nominal: dec("2384"), Applied: dec("1909.13"), Carried: dec("474.87"),
		Rows: []statement.GuardRow{
			{Title: lang.T("撞单 C-0911", "Clash C-0911"), Class: statement.Discipline,
				Ground:  lang.T("制度 五-1，上报经理：底薪 4,600.00 × 30% = 1,380.00\n1,380.00 − 上月已扣 1,296.00 = 84.00", "rule 五-1, to the manager: base 4,600.00 × 30% = 1,380.00\n1,380.00 − applied last month 1,296.00 = 84.00"),
				Nominal: dec("84"), Percent: rat("0.2"), Limit: dec("1909.13"), Left: dec("1909.13"), Applied: dec("84")},
			{Title: lang.T("撞单 C-1009", "Clash C-1009"), Class: statement.Discipline,
				Ground:  lang.T("制度 五-1，上报公司领导：底薪 4,600.00 × 50%\n裁定：HX26100163 归 T100031，双方各扣", "rule 五-1, to leadership: base 4,600.00 × 50%\nruling: HX26100163 to T100031, both charged"),
				Nominal: dec("2300"), Percent: rat("0.2"), Limit: dec("1909.13"), Left: dec("1825.13"), Applied: dec("1825.13"), Carried: dec("474.87")},
		},
	}
}

func sampleRanks() []statement.Rank {
	return []statement.Rank{
		{Title: lang.T("月度销冠榜", "Sales board, agents"), Place: 2, Of: 23, Honour: "亚军", Previous: 6, Value: rat("89920.99"), Unit: statement.Money,
			Measure: lang.T("回款", "collected"), Behind: ptr(rat("4479.01")), Rule: lang.T("按回款，再按成交数、接通率；出勤满 10 天参评", "by collected, then deals, connect rate; from 10 days worked")},
		{Title: lang.T("团队榜", "Team board"), Place: 1, Of: 3, Honour: "冠军团队", Previous: 2, Value: rat("76560"), Unit: statement.Money,
			Measure: lang.T("人均回款 612,480.00 ÷ 8 人 =", "collected per head 612,480.00 ÷ 8 ="), Rule: lang.T("按人均回款", "by collected per head"), Team: true},
	}
}

func sampleNext() statement.Step {
	return statement.S("next_tier", w("满 100,000.00", "from 100,000.00"), m2("100000"), m2("89920.99"), m2("10079.01"), pc("0.08"),
		w("按 A 级，此后每 1,000.00 多得 1,000.00 × 8% × 1.1 = 88.00。下月从零起算。", "each further 1,000.00 gives 1,000.00 × 8% × 1.1 = 88.00; a month starts from zero."))
}

// busy is a sample of 60 deals, long names and a line of 90 groups.
func busy() statement.Statement {
	s := sample()
	s.Credits = nil
	for i := range 60 {
		for n := range 1 + i%2 {
			r := statement.CreditRow{Date: october1 + period.Day(i/2), Deal: fmt.Sprintf("HX2610%04d", i), Product: "智云客服 企业版 五百席位 三年期 含短信包与质检",
				Amount: dec("1000"), Share: money.Quotient(dec("1"), dec("3")), Credited: dec("333.33")}
			if i%7 == 0 {
				r.Why = lang.T("签单 T100023；老客户转介绍，按登记保护期归你；与 T100017、T100018 三人分成，经 2026-10-12 裁定，各三分之一", "signed by T100023; an old customer's referral, yours by registration; split in three by the ruling of 2026-10-12")
			}
			if n == i%2 {
				r.Commission = ptr(dec("16.67"))
			}
			s.Credits = append(s.Credits, r)
		}
	}
	s.Person.Name = "阿卜杜热合曼·买买提吐尔逊·艾合麦提江"
	s.Station.Team = "西南大区第十二营销中心春城二组（电话直销）"
	groups := []statement.Step{statement.S("of", nd("计提 回款", "Credited collections", "90000", statement.Money))}
	for i := range 90 {
		groups = append(groups, statement.S("group", w(fmt.Sprintf("产品 %d（自拓客户，企业版）", i), fmt.Sprintf("product %d", i)), m2("1000"), pc("0.05"), m2("50")))
	}
	s.Lines[1].Steps = append(groups, statement.S("sum", m2("4500")))
	return s
}

var october1 = period.MustDay("2026-10-01")

// bare is a statement of somebody for whom nothing happened.
func bare() statement.Statement {
	s := sample()
	s.Draft = false
	s.Lines, s.Unpaid, s.KPIs, s.Scores, s.Credits, s.Held, s.Guard, s.Ranks, s.Next = s.Lines[:1], nil, nil, nil, nil, nil, nil, nil, nil
	s.Totals = statement.Totals{Gross: dec("4600"), Payable: dec("4600")}
	return s
}

// withheld is a sample under a plan with a statutory part and lines outside all sums.
func withheld() statement.Statement {
	s := sample()
	s.Lines = append(s.Lines,
		statement.Line{No: 7, Kind: statement.Withholding, Stage: statement.Statutory, Class: statement.StatutoryCl, Title: lang.T("养老保险（个人）", "Pension, own part"), PlanPath: "statutory.insurance",
			Amount: dec("-368"), Steps: []statement.Step{statement.S("rate", nd("基数", "base", "4600", statement.Money), pc("0.08"), m2("368"))}},
		statement.Line{No: 8, Kind: statement.Employer, Stage: statement.Statutory, Title: lang.T("养老保险（单位）", "Pension, employer"), PlanPath: "statutory.insurance", Nominal: dec("736")},
		statement.Line{No: 9, Kind: statement.HeldBack, Stage: statement.Held, Title: lang.T("留存", "Holdback"), PlanPath: "earnings.holdback", Nominal: dec("500"),
			Notes: []statement.Step{statement.S("note", w("客户验收后发放", "released on acceptance"))}, FactMonth: october - 1, Incomplete: true})
	s.Totals.Statutory, s.Totals.Net = dec("-368"), ptr(dec("7268.52"))
	s.Notes = []statement.Step{statement.S("note", w("9 月尚未结账，结转数为暂定。", "September is not closed; what it carries is provisional."))}
	return s
}

func english(s statement.Statement) statement.Statement {
	s.Language = lang.EN
	return s
}

// rich is a sample with figures as long as they get.
func rich() statement.Statement {
	s := sample()
	much := dec("123456789.01")
	s.Totals.Gross, s.Totals.Payable, s.Totals.CarryNext, s.Totals.HeldUpTo = much, dec("98765432.10"), much, much
	for i := range s.Lines {
		s.Lines[i].Amount = much.Neg()
	}
	for i := range s.Credits {
		s.Credits[i].Amount, s.Credits[i].Credited, s.Credits[i].Commission = much.Neg(), much.Neg(), ptr(much)
		s.Credits[i].Share = money.Quotient(dec("12345"), dec("67891"))
	}
	s.Held[0].Amount, s.Held[0].UpTo = much, much
	g := s.Guard
	g.Wage, g.Limit, g.Nominal, g.Applied, g.Carried = much, much, much, much, much
	for i := range g.Rows {
		g.Rows[i].Nominal, g.Rows[i].Left, g.Rows[i].Applied, g.Rows[i].Carried = much, much, much, much
	}
	for i := range s.KPIs {
		k := &s.KPIs[i]
		k.Value, k.Target, k.Num, k.Den, k.NumUnit = money.Of(much), ptr(money.Of(much)), ptr(money.Of(much)), ptr(money.Of(much)), statement.Money
		k.Attained, k.Last = ptr(rat("1234.5678")), ptr(rat("1234.5678"))
	}
	s.Ranks[0].Place, s.Ranks[0].Of, s.Ranks[0].Value, s.Ranks[0].Behind = 12345, 67890, money.Of(much), ptr(money.Of(much))
	return s
}
