package sheet

import (
	"slices"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/sample"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// shownRows are the rows of a table as its workbook columns say them.
func shownRows(t Table) (rows []string) {
	line := func(row []Cell) string {
		var cells []string
		for i, c := range row {
			if t.Columns[i].Where != InFiles {
				cells = append(cells, said(c))
			}
		}
		return strings.Join(cells, "|")
	}
	for row := range t.Rows {
		rows = append(rows, line(row))
	}
	if t.Totals != nil {
		rows = append(rows, line(t.Totals))
	}
	return rows
}

func said(c Cell) string {
	switch {
	case !c.Set:
		return ""
	case c.Kind == Duration:
		return c.Clock()
	case c.IsNumber() || c.Kind == Date:
		return c.Data()
	}
	return c.Text
}

func TestReportsForPeople(t *testing.T) {
	run := sample.Run()
	run.Statements[0].Held = []statement.HeldRow{{Date: period.MustDay("2026-10-12"), Deal: "HX9", Product: "云坐席", Why: lang.T("撞单", "dispute"), Amount: money.MustParse("18000"), UpTo: money.MustParse("1251.4")}}
	for _, c := range []struct {
		name  string
		table Table
		want  []string
	}{
		{"register has a totals row", Register(run, lang.EN), []string{
			"2026-10|007|=1+1|一组|3845.65|-1909.13|0.00|0.00|1936.52|||0.00|3845.65|-1909.13|0.00|0.00",
			`2026-10|+cmd|x|＝HYPERLINK("x")|@组;=2|4600.10|0.00|0.00|0.05|4600.15|||4600.10|0.00|0.00|0.00|0.05`,
			"2026-10|T3|\t王,\"小\"\n明|一组|0.00|0.00|0.00|0.00|0.00|||0.00|0.00|0.00|0.00|0.00",
			"Total|3 people|||8445.75|-1909.13|0.00|0.05|6536.67|||4600.10|3845.65|-1909.13|0.00|0.05"}},
		{"deductions", Deductions(run, lang.ZH), []string{
			"007|=1+1|一组|2026-10|clash|撞单升级|违纪|-2300.00|1909.13|-1909.13|390.87||制度第 8 条||exports/2026-10/payments.csv#2",
			"合计|||||||-2300.00||-1909.13|390.87||||"}},
		{"held has claims and what is held back", Held(run, lang.ZH), []string{
			"007|=1+1|一组|争议|2026-10-12|HX9|云坐席|撞单|18000.00|1251.40",
			"007|=1+1|一组|暂存||||留存 10%||384.57"}},
		{"KPIs in their units", KPIs(run, slices.Values(run.KPIs), lang.ZH), []string{
			"坐席|007|=1+1|一组|成交率|1|3|0.3333333333|百分比|0.08|4.1666",
			"团队|一组|||通话时长|33:18:00||33:18:00|时长||",
			"公司||||成交率|0|0||百分比|0.08|",
			"坐席|T3|\t王,\"小\"\n明|一组|拨打量||||数值||"}},
		{"rows in words", Rows(run, lang.EN), []string{
			"exports/2026-10/calls.csv|Counted||12345|",
			"exports/2026-10/payments.csv|Excluded|Another month|2|-10.50",
			"exports/2026-10/payments.csv|Error|an id that is not on the roster|1|0.00",
			"Total|||12348|"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shownRows(c.table)
			for i := range max(len(got), len(c.want)) {
				g, w := "none", "none"
				if i < len(got) {
					g = got[i]
				}
				if i < len(c.want) {
					w = c.want[i]
				}
				if g != w {
					t.Errorf("row %d\ngot  %s\nwant %s", i, g, w)
				}
			}
		})
	}
}

func TestSummary(t *testing.T) {
	run := sample.Run()
	got := strings.Join(shownRows(Summary(run, lang.ZH)), "\n")
	for _, line := range []string{
		"概况|公司|启明电销|", "概况|月份|2026-10|", "概况|状态|草稿|", "概况|出单人数|3|", "概况|未出单人数|1|",
		"概况|问题: 该行不计|5|", "概况|问题: 提示|1|",
		"金额|应得|8445.75|", "金额|应发|6536.67|", "金额|社保个税||", "金额|实发||", "金额|留待下月扣|390.87|",
		"核对|明细金额合计|6536.67|", "核对|差额|0.00|",
		"团队应发|一组|1936.52|2 人", "团队应发|@组;=2|4600.15|1 人",
		"未出单|T9 赵停|no-target|一组", "数据行|读入|12348|", "数据行|错误|1|", "设置|退款|按原月|default",
	} {
		if !strings.Contains("\n"+got+"\n", "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, got)
		}
	}
}

// The proof of the summary shows a difference where lines and totals disagree.
func TestProofShowsADifference(t *testing.T) {
	run := sample.Run()
	run.Statements[0].Totals.Payable = money.MustParse("1936.53")
	if got := strings.Join(shownRows(Summary(run, lang.EN)), "\n"); !strings.Contains(got, "Proof|Difference|-0.01|") {
		t.Errorf("no difference in\n%s", got)
	}
}

// Whatever the lines, the components of a row add up to its lines, and so do the
// amounts of the pay months; a rule that the run does not list has a column too.
func TestComponentsAddUp(t *testing.T) {
	run := sample.Run()
	run.Rules = run.Rules[:1]
	run.Statements[2].Lines = []statement.Line{{Rule: "", Kind: statement.Withholding, Amount: money.MustParse("-1.01")}, {Rule: "one_off", Kind: statement.Earning, Amount: money.MustParse("0.5")}}
	register, pay := Register(run, lang.ZH), Pay(run, lang.ZH)
	paid := map[string]money.Decimal{}
	for row := range pay.Rows {
		paid[row[2].Text] = paid[row[2].Text].Add(row[5].Value.Round(2, money.HalfUp))
	}
	i := 0
	for row := range register.Rows {
		s, lines, components := &run.Statements[i], money.Zero, money.Zero
		for _, l := range s.Lines {
			lines = lines.Add(l.Amount)
		}
		for n, c := range row {
			if strings.HasPrefix(register.Columns[n].Key, "c:") {
				components = components.Add(c.Value.Round(2, money.HalfUp))
			}
		}
		if !components.Equal(lines) || !paid[s.Person.ID].Equal(lines) {
			t.Errorf("%s: lines %s, components %s, pay months %s", s.Person.ID, lines, components, paid[s.Person.ID])
		}
		i++
	}
	if i != len(run.Statements) {
		t.Errorf("%d rows, want %d", i, len(run.Statements))
	}
}

func TestNetAndStatutory(t *testing.T) {
	run := sample.Run()
	for i := range run.Statements {
		tt := &run.Statements[i].Totals
		tt.Statutory = money.MustParse("-10.01")
		net := tt.Payable.Add(tt.Statutory)
		tt.Net = &net
	}
	total := Register(run, lang.ZH).Totals
	if got := total[9].Data() + " " + total[10].Data(); got != "-30.03 6506.64" {
		t.Errorf("statutory and net %s", got)
	}
	run.Statements[1].Totals.Net = nil
	if got := TotalsOf(&run).Net; got != nil {
		t.Errorf("the net of some people, %s, is given as everybody's", got)
	}
}

func TestEvidence(t *testing.T) {
	sources := func(n int) (all []record.Source) {
		for i := range n {
			all = append(all, record.Source{File: "d.csv", Row: i + 1})
		}
		return all
	}
	for _, c := range []struct {
		name, ends string
		n, listed  int
	}{
		{"none", "", 0, 0}, {"one", "d.csv#1", 1, 1}, {"at the cap", "d.csv#20", 20, 20}, {"above the cap", "d.csv#20; … (21)", 21, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Evidence(sources(c.n))
			if !strings.HasSuffix(got, c.ends) || strings.Count(got, "#") != c.listed {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestData(t *testing.T) {
	for _, c := range []struct {
		name string
		cell Cell
		want string
	}{
		{"whole money", Amount(money.MustParse("1200")), "1200.00"},
		{"one place", Amount(money.MustParse("0.5")), "0.50"},
		{"negative", Amount(money.MustParse("-0.05")), "-0.05"},
		{"more places are kept", Amount(money.MustParse("1.005")), "1.005"},
		{"nothing", Amount(money.MustParse("0")), "0.00"},
		{"large", Amount(money.MustParse("123456789012345.67")), "123456789012345.67"},
		{"no limit", AmountIf(nil), ""},
		{"a third", Figure(sample.Third, statement.Percent), "0.3333333333"},
		{"two thirds, half up", Figure(sample.Third.Add(sample.Third), statement.Plain), "0.6666666667"},
		{"a third of money", Figure(sample.Third, statement.Money), "0.3333333333"},
		{"a measure of money is not filled up", Figure(money.Of(money.MustParse("630000")), statement.Money), "630000"},
		{"seconds", Figure(money.Of(money.MustParse("61")), statement.Duration), "61"},
		{"count", Count(3), "3"},
		{"no place", CountIf(0), ""},
		{"code", Coded("agent", "坐席"), "agent"},
		{"no code", Coded("", ""), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.cell.Data(); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		cell     string
		row, col int
	}{{"C17", 17, 3}, {"A1", 1, 1}, {"Z2", 2, 26}, {"AA10", 10, 27}, {"XFD1048576", 1048576, 16384}, {"", 0, 0}, {"17", 0, 0}, {"c3", 0, 0}, {"A1:B2", 0, 0}, {"第3行", 0, 0}} {
		if row, col := place(c.cell); row != c.row || col != c.col {
			t.Errorf("%q: row %d, column %d; want %d, %d", c.cell, row, col, c.row, c.col)
		}
	}
}

// Every stable word has a text in both languages.
func TestWordsAreComplete(t *testing.T) {
	check := func(word string, text lang.Text) {
		if text.ZH == "" || text.EN == "" || text.ZH == text.EN {
			t.Errorf("%s: %q, %q", word, text.ZH, text.EN)
		}
	}
	for s := statement.Rate; s <= statement.Rounding; s++ {
		check(s.String(), s.Title())
	}
	for _, k := range []statement.Kind{statement.Earning, statement.Deduction, statement.Withholding, statement.Employer, statement.HeldBack, statement.CarriedIn, statement.CarriedOut, statement.Info} {
		check(string(k), kindWords[k])
	}
	for _, c := range []statement.Class{statement.Absence, statement.NotEarnedCl, statement.Loss, statement.Discipline, statement.Recovery, statement.Court, statement.StatutoryCl} {
		check(string(c), c.Title())
	}
	for u := statement.Plain; u <= statement.Days; u++ {
		check(unitWords[u].code, unitWords[u].text)
	}
	for _, b := range []string{record.Counted, record.Held, record.Excluded, record.Errored} {
		check(b, bucketWords[b])
	}
	for r := diag.Stop; r <= diag.Note; r++ {
		check(r.String(), reachWords[r])
	}
	for _, t := range Workbook(sample.Run(), lang.ZH) {
		check(t.Name, t.Title)
	}
}

// Keys of columns are unique: a program picks columns by them.
func TestKeysAreUnique(t *testing.T) {
	for _, table := range Data(sample.Run(), lang.ZH) {
		seen := map[string]bool{}
		for _, c := range table.Columns {
			if c.Where != InWorkbook && seen[c.Key] {
				t.Errorf("%s has two columns %s", table.Name, c.Key)
			}
			if c.Where != InWorkbook {
				seen[c.Key] = true
			}
		}
	}
}

// A reader that stops early is not called again, and rows have a cell per column.
func TestRowsCanStop(t *testing.T) {
	for _, table := range Workbook(sample.Run(), lang.EN) {
		for row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Errorf("%s: %d cells for %d columns", table.Name, len(row), len(table.Columns))
			}
			break
		}
	}
}

// What is held back pays nothing, so that it makes no row of pay by itself; what
// the employer pays on top does, and is in no sum of the person.
func TestPayMonths(t *testing.T) {
	run := sample.Run()
	run.Statements = run.Statements[2:]
	jan, none := period.MustMonth("2027-01"), period.Month(0)
	run.Statements[0].Lines = []statement.Line{
		{Kind: statement.HeldBack, PayMonth: jan, Nominal: money.MustParse("100")},
		{Kind: statement.Info, PayMonth: jan, Nominal: money.MustParse("5")},
		{Kind: statement.Employer, PayMonth: jan.Add(-1), Nominal: money.MustParse("700.5")},
		{Kind: statement.Earning, PayMonth: none, Amount: money.MustParse("10")},
		{Kind: statement.Withholding, PayMonth: run.Month, Amount: money.MustParse("-1")},
	}
	var got []string
	pay := Pay(run, lang.EN)
	for row := range pay.Rows {
		got = append(got, row[1].Text+" "+row[5].Data()+" "+row[8].Data()+" "+row[11].Data())
	}
	if s := strings.Join(got, ", "); s != "2026-10 -1.00 -1.00 0.00, 2026-11 10.00 0.00 0.00, 2026-12 0.00 0.00 700.50" {
		t.Error(s)
	}
}
