package sheet

import (
	"fmt"
	"sort"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/phrase"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Register has a row per person and a column per component.
func Register(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "register", Title: lang.T("工资表", "Register"), Columns: []Column{
		text("month", "月份", "month"), text("agent_id", "工号", "id"), text("name", "姓名", "name"), text("team", "团队", "team"),
		cash("gross", "应得", "gross"), cash("deductions", "扣款", "deductions"), cash("carried_in", "转入", "carried in"), cash("carried_out", "转出", "carried out"),
		cash("payable", "应发", "payable"), cash("statutory", "社保个税", "statutory"), cash("net", "实发", "net"),
	}}
	fixed := len(t.Columns)
	for _, c := range r.Rules {
		t.Columns = append(t.Columns, Column{"c:" + c.Rule, c.Title, Money})
	}
	sums := make([]money.Decimal, len(t.Columns))
	for _, st := range r.Statements {
		x := st.Totals
		row := []Cell{T(r.Month.String()), T(st.Person.ID), T(st.Person.Name), T(st.Station.Team), D(x.Gross), D(x.Deductions), D(x.CarriedIn), D(x.CarriedOut), D(x.Payable), statutory(x), net(x.Net)}
		byRule := map[string]money.Decimal{}
		for _, line := range st.Lines {
			byRule[line.Rule] = byRule[line.Rule].Add(line.Amount)
		}
		for _, c := range r.Rules {
			row = append(row, D(byRule[c.Rule]))
		}
		for i := 4; i < len(row); i++ {
			sums[i] = sums[i].Add(row[i].Number)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Totals = []Cell{T(lang.T("合计", "total").In(l)), T(fmt.Sprint(len(r.Statements))), {}, {}}
	for i := 4; i < len(t.Columns); i++ {
		t.Totals = append(t.Totals, D(sums[i]))
	}
	if len(r.Statements) == 0 || r.Statements[0].Totals.Net == nil {
		t.Totals[fixed-2], t.Totals[fixed-1] = Cell{}, Cell{}
	}
	return t
}

// statutory is empty, not 0, where the plan has no statutory part.
func statutory(x statement.Totals) Cell {
	if x.Net == nil {
		return Cell{}
	}
	return D(x.Statutory)
}

func net(d *money.Decimal) Cell {
	if d == nil {
		return Cell{}
	}
	return D(*d)
}

// Lines has every line of every statement.
func Lines(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "lines", Title: lang.T("明细", "Lines"), Columns: []Column{
		text("month", "月份", "month"), text("fact_month", "业绩月", "fact month"), text("pay_month", "发放月", "pay month"), text("agent_id", "工号", "id"), count("line_no", "行号", "no"),
		text("stage", "阶段", "stage"), text("rule", "规则", "rule"), text("kind", "类型", "kind"), text("class", "类别", "class"), text("title", "名称", "title"),
		number("base", "基数", "base"), number("rate", "比例", "rate"), number("quantity", "数量", "quantity"), cash("nominal", "名义", "nominal"), cash("limit", "限额", "limit"),
		cash("amount", "金额", "amount"), cash("carried", "结转", "carried"), text("currency", "币种", "currency"), text("ground", "依据", "ground"), text("evidence", "来源", "evidence"), text("plan_path", "方案", "plan path"),
	}}
	for _, st := range r.Statements {
		for _, x := range st.Lines {
			t.Rows = append(t.Rows, []Cell{T(r.Month.String()), T(x.FactMonth.String()), T(x.PayMonth.String()), T(st.Person.ID), whole(x.No),
				T(x.Stage.String()), T(x.Rule), T(string(x.Kind)), T(string(x.Class)), T(x.Title.In(l)),
				Optional(x.Base), Optional(x.Rate), Optional(x.Quantity), D(x.Nominal), net(x.Limit), D(x.Amount), D(x.Carried), T(r.Currency), T(x.Ground.In(l)), T(Evidence(x.Evidence)), T(x.PlanPath)})
		}
	}
	return t
}

// mostEvidence is how many rows a line names before it only counts them.
const mostEvidence = 20

// Evidence lists the rows behind a line: file#row; file#row, capped, with the count.
func Evidence(at []record.Source) string {
	var parts []string
	for i, s := range at {
		if i == mostEvidence {
			parts = append(parts, fmt.Sprintf("… (%d)", len(at)))
			break
		}
		parts = append(parts, s.String())
	}
	return strings.Join(parts, "; ")
}

// KPIs has every KPI of every scope.
func KPIs(r statement.Run, _ lang.Lang) Table {
	t := Table{Name: "kpis", Title: lang.T("指标", "KPIs"), Columns: []Column{
		text("month", "月份", "month"), text("scope", "范围", "scope"), text("id", "编号", "id"), text("team", "团队", "team"), text("kpi", "指标", "KPI"),
		number("numerator", "分子", "numerator"), number("denominator", "分母", "denominator"), number("value", "值", "value"), text("unit", "单位", "unit"), number("target", "目标", "target"), number("attainment", "完成率", "attainment"),
	}}
	for _, k := range r.KPIs {
		num, value := N(k.Num), Cell{}
		if k.HasBase {
			value = N(k.Value)
		} else if k.Den == nil {
			num = Cell{}
		}
		t.Rows = append(t.Rows, []Cell{T(r.Month.String()), T(k.Scope), T(k.ID), T(k.Team), T(k.KPI), num, Optional(k.Den), value, T(unitWord(k.Unit)), Optional(k.Target), Optional(k.Attainment)})
	}
	return t
}

func unitWord(u statement.Unit) string {
	return [...]string{"number", "money", "ratio", "seconds", "days"}[u]
}

// Rankings has everybody on every board.
func Rankings(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "rankings", Title: lang.T("排名", "Rankings"), Columns: []Column{
		text("month", "月份", "month"), text("board", "榜", "board"), text("scope", "范围", "scope"), count("place", "名次", "place"), text("id", "编号", "id"), text("name", "姓名", "name"),
		number("value", "值", "value"), count("previous_place", "上月", "previous"), text("honour", "称号", "honour"), text("why_not", "未参评原因", "why not"),
	}}
	for _, b := range r.Rankings {
		for _, e := range b.Entries {
			t.Rows = append(t.Rows, []Cell{T(r.Month.String()), T(b.Board), T(b.Of + " " + b.Group), place(e.Place), T(e.ID), T(e.Name), Optional(e.Value), place(e.Previous), T(e.Honour), T(e.WhyNot.In(l))})
		}
	}
	return t
}

func place(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return whole(n)
}

// Rows has every bucket of every file.
func Rows(r statement.Run, _ lang.Lang) Table {
	t := Table{Name: "rows", Title: lang.T("数据行", "Rows"), Columns: []Column{
		text("month", "月份", "month"), text("file", "文件", "file"), text("bucket", "去向", "bucket"), text("reason", "原因", "reason"), count("rows", "行数", "rows"), cash("amount", "金额", "amount")}}
	for _, b := range r.Rows {
		amount := Cell{}
		if b.HasAmount {
			amount = D(b.Amount)
		}
		t.Rows = append(t.Rows, []Cell{T(r.Month.String()), T(b.File), T(b.Bucket), T(b.Reason), D(money.Int(b.Rows)), amount})
	}
	return t
}

// Pay has what each person gets in which pay month.
func Pay(r statement.Run, _ lang.Lang) Table {
	t := Table{Name: "pay", Title: lang.T("发放月", "Pay months"), Columns: []Column{
		text("month", "月份", "month"), text("pay_month", "发放月", "pay month"), text("agent_id", "工号", "id"), text("name", "姓名", "name"), cash("amount", "金额", "amount")}}
	for _, st := range r.Statements {
		sums := map[string]money.Decimal{}
		for _, x := range st.Lines {
			sums[x.PayMonth.String()] = sums[x.PayMonth.String()].Add(x.Amount)
		}
		var months []string
		for m := range sums {
			months = append(months, m)
		}
		sort.Strings(months)
		for _, m := range months {
			t.Rows = append(t.Rows, []Cell{T(r.Month.String()), T(m), T(st.Person.ID), T(st.Person.Name), D(sums[m])})
		}
	}
	return t
}

// Problems has every problem of the run.
func Problems(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "problems", Title: lang.T("问题", "Problems"), Columns: []Column{
		text("reach", "影响", "reach"), text("code", "代码", "code"), text("file", "文件", "file"), text("line", "行", "line"), text("column", "列", "column"), text("message", "说明", "message"), text("mend", "改法", "mend"), text("agent_id", "工号", "id")}}
	for _, p := range r.Problems {
		line, col := "", ""
		if p.Pos.Line > 0 {
			line = fmt.Sprint(p.Pos.Line)
		}
		if p.Pos.Col > 0 {
			col = fmt.Sprint(p.Pos.Col)
		}
		file := p.Pos.File
		if p.Pos.Cell != "" {
			file = p.Pos.String()
		}
		message := lang.T("发现", "found ").In(l) + p.Found.In(l)
		if w := p.Want.In(l); w != "" {
			message += lang.T("; 应为", "; want ").In(l) + w
		}
		if p.Another > 0 {
			message += lang.F(" (同类还有 %d 处)", " (and %d more)", p.Another).In(l)
		}
		t.Rows = append(t.Rows, []Cell{T(p.Reach.String()), T(p.Code), T(file), T(line), T(col), T(message), T(p.Mend.In(l)), T(p.Agent)})
	}
	return t
}

// Deductions has nominal, limit, applied and carried of every deduction.
func Deductions(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "deductions", Title: lang.T("扣款", "Deductions"), Columns: []Column{
		text("agent_id", "工号", "id"), text("name", "姓名", "name"), text("title", "名称", "title"), text("class", "类别", "class"), text("fact_month", "业绩月", "fact month"),
		cash("nominal", "名义", "nominal"), cash("limit", "限额余", "limit left"), cash("applied", "本月扣", "applied"), cash("carried", "结转", "carried"), text("how", "怎么算", "how"), text("evidence", "来源", "evidence")}}
	for _, st := range r.Statements {
		for _, x := range st.Lines {
			if x.Kind != statement.Deduction {
				continue
			}
			t.Rows = append(t.Rows, []Cell{T(st.Person.ID), T(st.Person.Name), T(x.Title.In(l)), T(string(x.Class)), T(x.FactMonth.String()), D(x.Nominal), net(x.Limit), D(x.Amount), D(x.Carried), T(phrase.Steps(x.Steps, l)), T(Evidence(x.Evidence))})
		}
	}
	return t
}

// Held has every claim in dispute; it is in no sum.
func Held(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "held", Title: lang.T("待裁", "Held"), Columns: []Column{
		text("agent_id", "工号", "id"), text("name", "姓名", "name"), text("date", "日期", "date"), text("deal", "单号", "deal"), text("why", "原因", "why"), cash("amount", "金额", "amount"), cash("up_to", "最多", "up to")}}
	for _, st := range r.Statements {
		for _, h := range st.Held {
			t.Rows = append(t.Rows, []Cell{T(st.Person.ID), T(st.Person.Name), T(h.Date.String()), T(h.Deal), T(h.Why.In(l)), D(h.Amount), D(h.UpTo)})
		}
	}
	return t
}

// Summary says what was computed, from what, and with which choices.
func Summary(r statement.Run, l lang.Lang) Table {
	t := Table{Name: "summary", Title: lang.T("汇总", "Summary"), Columns: []Column{text("item", "项目", "item"), text("value", "值", "value"), text("from", "出处", "from")}}
	add := func(name lang.Text, value, from string) {
		t.Rows = append(t.Rows, []Cell{T(name.In(l)), T(value), T(from)})
	}
	var x statement.Totals
	for _, st := range r.Statements {
		x.Gross, x.Deductions, x.Payable = x.Gross.Add(st.Totals.Gross), x.Deductions.Add(st.Totals.Deductions), x.Payable.Add(st.Totals.Payable)
		x.CarryNext = x.CarryNext.Add(st.Totals.CarryNext)
	}
	add(lang.T("公司", "company"), r.Company.In(l), "telepay.yaml")
	add(lang.T("月份", "month"), r.Month.String(), "")
	add(lang.T("方案", "plan"), r.Plan, "plan.yaml")
	add(lang.T("备案", "filed"), r.Filed, "plan.yaml")
	add(lang.T("方案摘要", "plan digest"), r.PlanHash, "")
	add(lang.T("程序", "program"), "telepay "+r.Version, "")
	if r.Draft {
		add(lang.T("状态", "state"), lang.T("草稿, 未结账", "draft, not closed").In(l), "")
	}
	add(lang.T("人数", "people"), fmt.Sprint(len(r.Statements)), "")
	add(lang.T("没有工资单的人", "people without a statement"), fmt.Sprint(len(r.Stopped)), "")
	add(lang.T("应得合计", "gross"), statement.WriteMoney(x.Gross), "")
	add(lang.T("扣款合计", "deductions"), statement.WriteMoney(x.Deductions), "")
	add(lang.T("应发合计", "payable"), statement.WriteMoney(x.Payable), "")
	add(lang.T("结转下月", "carried to next month"), statement.WriteMoney(x.CarryNext), "")
	for _, s := range r.Stopped {
		add(lang.F("没有工资单: %s %s", "no statement: %s %s", s.Agent, lang.Same(s.Name)), s.Code, "")
	}
	for _, s := range r.Settings {
		add(s.Name, s.Value.In(l), s.From)
	}
	return t
}

// Data returns the tables that stand as CSV files.
func Data(r statement.Run, l lang.Lang) []Table {
	return []Table{Register(r, l), Lines(r, l), KPIs(r, l), Rankings(r, l), Rows(r, l), Pay(r, l), Problems(r, l)}
}

// Workbook returns the sheets of the register, in their order.
func Workbook(r statement.Run, l lang.Lang) []Table {
	return []Table{Summary(r, l), Problems(r, l), Register(r, l), Deductions(r, l), Pay(r, l), Lines(r, l), KPIs(r, l), Rankings(r, l), Held(r, l), Rows(r, l)}
}
