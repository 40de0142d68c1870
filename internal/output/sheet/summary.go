package sheet

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Summary is the first page of the workbook: what run this is, its totals, the
// proof that lines and register agree, teams, who got no statement, where rows
// went, and what the plan left to defaults.
func Summary(r statement.Run, l lang.Lang) Table {
	run := &r
	t := Table{Name: "summary", Title: lang.T("汇总", "Summary"), Freeze: 1, Columns: []Column{
		text("section", "部分", "Section"), prose("item", "项目", "Item", 40), prose("value", "内容", "Value", 30), prose("note", "说明", "Note", 60)}}
	var rows [][]Cell
	for _, part := range []func(words, *statement.Run) [][]Cell{about, sums, proof, teams, stopped, coverage, settings, lawUsed, costs, signOff} {
		rows = append(rows, part(words{l}, run)...)
	}
	t.Rows = slices.Values(rows)
	return t
}

func about(w words, run *statement.Run) [][]Cell {
	line := w.section("概况", "Run")
	state := lang.T("已结账", "closed")
	if run.Draft {
		state = lang.T("草稿", "draft")
	}
	rows := [][]Cell{
		line("公司", "Company", w.say(run.Company)), line("月份", "Month", In(run.Month)),
		line("状态", "State", w.say(state)), line("薪酬方案", "Pay plan", Words(run.Plan)),
		line("备案号", "Filing reference", Words(run.Filed)), line("方案摘要", "Plan digest", Words(run.PlanHash[:min(16, len(run.PlanHash))])),
		line("程序版本", "Program version", Words(run.Version)), line("币种", "Currency", Words(run.Currency)),
		line("出单人数", "People with a statement", Count(int64(len(run.Statements)))),
		line("未出单人数", "People without a statement", Count(int64(len(run.Stopped)))),
	}
	for _, r := range []diag.Reach{diag.Stop, diag.Row, diag.Person, diag.Note} {
		title := lang.F("问题: %s", "Problems: %s", reachWords[r])
		rows = append(rows, line(title.ZH, title.EN, Count(problems(run, r))))
	}
	return rows
}

func problems(run *statement.Run, r diag.Reach) (n int64) {
	for _, p := range run.Problems {
		if p.Reach == r {
			n += 1 + int64(p.Another)
		}
	}
	return n
}

func sums(w words, run *statement.Run) [][]Cell {
	line, t := w.section("金额", "Amounts"), TotalsOf(run)
	return [][]Cell{
		line("应得", "Gross", Amount(t.Gross)), line("扣款", "Deductions", Amount(t.Deductions)),
		line("上月结转", "Carried in", Amount(t.CarriedIn)), line("结转下月", "Carried out", Amount(t.CarriedOut)),
		line("应发", "Payable", Amount(t.Payable)), line("社保个税", "Statutory", statutory(t)),
		line("实发", "Net", AmountIf(t.Net)), line("待裁 (不在以上合计)", "Held, in no sum above", Amount(t.HeldUpTo)),
		line("留待下月扣", "Deductions that wait for next month", Amount(t.CarryNext)),
	}
}

// proof compares two ways to the same sum; the difference must be 0.00.
func proof(w words, run *statement.Run) [][]Cell {
	line, t := w.section("核对", "Proof"), TotalsOf(run)
	var amounts money.Decimal
	for i := range run.Statements {
		for _, l := range run.Statements[i].Lines {
			amounts = amounts.Add(l.Amount)
		}
	}
	paid := t.Payable.Add(t.Statutory)
	return [][]Cell{
		line("明细金额合计", "Sum of all lines", Amount(amounts)),
		line("应发加社保个税", "Payable and statutory", Amount(paid)),
		line("差额", "Difference", Amount(amounts.Sub(paid))),
	}
}

func teams(w words, run *statement.Run) (rows [][]Cell) {
	line := w.section("团队应发", "Payable by team")
	var names []string
	count, payable := map[string]int{}, map[string]money.Decimal{}
	for i := range run.Statements {
		s := &run.Statements[i]
		if count[s.Station.Team] == 0 {
			names = append(names, s.Station.Team)
		}
		count[s.Station.Team]++
		payable[s.Station.Team] = payable[s.Station.Team].Add(s.Totals.Payable)
	}
	for _, name := range names {
		rows = append(rows, line(name, name, Amount(payable[name]), lang.F("%s 人", "%s", lang.Count(count[name], "person", "people")).In(w.l)))
	}
	return rows
}

func stopped(w words, run *statement.Run) (rows [][]Cell) {
	line := w.section("未出单", "No statement")
	for _, s := range run.Stopped {
		who := s.Agent + " " + s.Name
		rows = append(rows, line(who, who, Words(s.Code), s.Team))
	}
	return rows
}

func coverage(w words, run *statement.Run) (rows [][]Cell) {
	line := w.section("数据行", "Rows")
	var all int64
	count := map[string]int64{}
	for _, b := range run.Rows {
		count[b.Bucket] += b.Rows
		all += b.Rows
	}
	rows = append(rows, line("读入", "Read", Count(all)))
	for _, b := range []string{record.Counted, record.Held, record.Excluded, record.Errored} {
		rows = append(rows, line(bucketWords[b].ZH, bucketWords[b].EN, Count(count[b])))
	}
	return rows
}

func settings(w words, run *statement.Run) (rows [][]Cell) {
	line := w.section("设置", "Settings")
	for _, s := range run.Settings {
		rows = append(rows, line(s.Name.ZH, s.Name.EN, w.say(s.Value), s.From))
	}
	return rows
}

// costs sets what was earned against what came of it; empty where nothing did.
func costs(w words, run *statement.Run) [][]Cell {
	line, gross := w.section("人工成本", "Cost of pay"), money.Of(TotalsOf(run).Gross)
	per := func(name string) Cell {
		for _, k := range run.KPIs {
			if k.Scope == "company" && k.KPI == name && k.HasBase && k.Value.Sign() > 0 {
				if name == "deals" {
					return Amount(gross.Div(k.Value).Round(2, money.HalfUp))
				}
				return Figure(gross.Div(k.Value), statement.Percent)
			}
		}
		return Cell{}
	}
	return [][]Cell{line("应得 ÷ 回款", "Gross ÷ collected", per("collected")), line("应得 ÷ 成交数", "Gross ÷ deals", per("deals"))}
}

// signOff is where the departments sign: one answers for the figures, one for the
// money, one for the pay.
func signOff(w words, _ *statement.Run) (rows [][]Cell) {
	line := w.section("签核", "Sign-off")
	for _, t := range []lang.Text{
		lang.T("销售部: 确认业绩", "Sales: performance confirmed"), lang.T("财务部: 确认到账", "Finance: money received"),
		lang.T("人事部: 编制工资", "HR: pay prepared"), lang.T("总经理: 批准", "General manager: approved"),
	} {
		rows = append(rows, line(t.ZH, t.EN, w.say(lang.T("签名            日期", "signature            date"))))
	}
	return rows
}

func lawUsed(w words, run *statement.Run) (rows [][]Cell) {
	line := w.section("法定数据", "Statutory figures")
	for _, s := range run.Law {
		rows = append(rows, line(s.Name.ZH, s.Name.EN, w.say(s.Value), s.From))
	}
	return rows
}

// section returns a maker of rows of one part of the summary.
func (w words) section(zh, en string) func(zh, en string, value Cell, note ...string) []Cell {
	part := w.say(lang.T(zh, en))
	return func(zh, en string, value Cell, note ...string) []Cell {
		return []Cell{part, w.say(lang.T(zh, en)), value, Words(strings.Join(note, ""))}
	}
}
