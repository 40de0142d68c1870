package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"telepay/internal/statement"
	"testing"

	"github.com/xuri/excelize/v2"

	"telepay/internal/money"
)

// payroll is the example's register as a company keeps it: two lines of titles,
// a header of two rows, its own names, a row of totals, a second sheet.
type payroll struct {
	t    *testing.T
	head []string
	rows [][]string // by person: id, name, columns
}

func examplePayroll(t *testing.T, dir string) *payroll {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "out", "2026-10", "data", "register.csv"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p := &payroll{t: t, head: all[0]}
	p.rows = all[1:]
	return p
}

func (p *payroll) col(name string) int {
	for i, h := range p.head {
		if h == name {
			return i
		}
	}
	p.t.Fatalf("no column %s in %v", name, p.head)
	return -1
}

// add changes one person's component and the sum with it.
func (p *payroll) add(agent, column, amount string) {
	for _, row := range p.rows {
		if row[p.col("agent_id")] == agent {
			for _, c := range []int{p.col("c:" + column), p.col("payable")} {
				row[c] = decimal(p.t, row[c]).Add(decimal(p.t, amount)).String()
			}
			return
		}
	}
	p.t.Fatalf("nobody is %s", agent)
}

func decimal(t *testing.T, s string) money.Decimal {
	t.Helper()
	d, err := money.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (p *payroll) workbook(columns map[string]string, order []string, extra map[string]string) string {
	f := excelize.NewFile()
	defer f.Close()
	set := func(sheet, at string, v any) {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			p.t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "本簿说明：工资表见第二张")
	if _, err := f.NewSheet("10月工资"); err != nil {
		p.t.Fatal(err)
	}
	name := func(col, row int) string {
		at, err := excelize.CoordinatesToCellName(col+1, row)
		if err != nil {
			p.t.Fatal(err)
		}
		return at
	}
	set("10月工资", "A1", "某某公司 2026 年 10 月工资表")
	set("10月工资", "C2", "应发项目")
	set("10月工资", "A3", "序号")
	for i, c := range order {
		set("10月工资", name(i+1, 3), columns[c])
	}
	set("10月工资", name(len(order)+1, 3), "师傅津贴")
	for r, row := range p.rows {
		set("10月工资", name(0, r+4), r+1)
		for i, c := range order {
			v := row[p.col(c)]
			if d, err := money.Parse(v); err == nil && c != "payable" {
				set("10月工资", name(i+1, r+4), d.Fixed(2)) // text, as many systems write it
			} else if err == nil {
				f.SetCellDefault("10月工资", name(i+1, r+4), d.String())
			} else {
				set("10月工资", name(i+1, r+4), v)
			}
		}
		if v := extra[row[p.col("agent_id")]]; v != "" {
			set("10月工资", name(len(order)+1, r+4), v)
		}
	}
	set("10月工资", name(1, len(p.rows)+4), "合计")
	set("10月工资", name(len(order), len(p.rows)+4), "1,234,567.00")
	path := filepath.Join(p.t.TempDir(), "十月工资.xlsx")
	if err := f.SaveAs(path); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// TestAgainst holds the example's month against the company's own workbook, with
// differences of every kind put in.
func TestAgainst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var out, errs strings.Builder
	if status := runWith([]string{"init", dir}, &out, &errs); status != exitDone {
		t.Fatal(errs.String())
	}
	if status := runWith([]string{"-C", dir, "--quiet", "run"}, &out, &errs); status != exitDone {
		t.Fatal(errs.String())
	}
	w, err := (&app{dir: dir, lang: "en", quiet: true, out: &out, err: &errs}).open()
	if err != nil {
		t.Fatal(err)
	}
	run, err := w.computeMonth("2026-10", filepath.Join(dir, "plan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	report := run.Report()
	columns := map[string]string{"agent_id": "员工编号", "name": "姓名", "c:base": "底薪（元）", "c:commission": "提成", "c:full_attendance": "全勤", "payable": "应发工资（元）"}
	whole := []string{"agent_id", "name", "c:base", "c:commission", "payable"}
	credit := strings.Fields(commissionOf(t, dir, "T100002"))
	rows := []struct {
		name   string
		change func(p *payroll) map[string]string
		order  []string
		want   []string
		no     string
	}{
		{"the same", func(*payroll) map[string]string { return nil }, whole, []string{"24 people", "0.00"}, "\n1. "},
		{"names only", func(*payroll) map[string]string { return nil }, []string{"name", "payable"}, []string{`people by the column "姓名"`, "24 people"}, "\n1. "},
		{"a rule that is not in the plan", func(p *payroll) map[string]string {
			p.add("T100002", "one_off", "300")
			return map[string]string{"T100002": "300"}
		}, whole, []string{`1. T100002 赵𬱖 300.00: they have "师傅津贴" 300.00, for which the plan has no rule`}, "\n2. "},
		{"another rate", func(p *payroll) map[string]string { p.add("T100001", "override", "3044.66"); return nil }, []string{"agent_id", "payable"},
			[]string{`1. T100001 李慧云 3,044.66: "Leader's override": they pay 1.5%, telepay 1%`}, "\n2. "},
		{"a component", func(p *payroll) map[string]string { p.add("T100002", "commission", "12.34"); return nil }, whole, []string{`1. T100002 赵𬱖 12.34: "Commission on collections": theirs `}, "\n2. "},
		{"a deal not counted", func(p *payroll) map[string]string { p.add("T100002", "commission", "-"+credit[1]); return nil }, []string{"agent_id", "payable"},
			[]string{"T100002", "they do not", credit[0]}, "\n2. "},
		{"rounded to whole units", func(p *payroll) map[string]string {
			for _, row := range p.rows {
				c := p.col("payable")
				row[c] = decimal(t, row[c]).Round(0, money.HalfUp).String()
			}
			return nil
		}, []string{"agent_id", "payable"}, []string{"they round to whole units", "\n10. "}, "\n11. "},
		{"two causes", func(p *payroll) map[string]string {
			p.add("T100002", "commission", "-"+credit[1])
			p.add("T100002", "one_off", "300")
			return map[string]string{"T100002": "300"}
		}, []string{"agent_id", "payable"}, []string{"师傅津贴", "; and they do not"}, "\n2. "},
		{"no header that is known", func(p *payroll) map[string]string { p.add("T100002", "one_off", "300"); return nil }, whole, []string{`amounts from the column "这个月的"`, "1. T100002"}, "\n2. "},
		{"net alone, and a plan without it", func(*payroll) map[string]string { return nil }, []string{"agent_id", "payable"}, []string{"they are after insurance and tax, which the plan does not compute", "24 people"}, "\n1. "},
		{"nobody knows why", func(p *payroll) map[string]string { p.add("T100002", "one_off", "77.77"); return nil }, []string{"agent_id", "payable"}, []string{"no single item accounts for it; the largest line is"}, "\n2. "},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p := examplePayroll(t, dir)
			names := map[string]string{}
			for k, v := range columns {
				names[k] = v
			}
			if header := map[string]string{"no header that is known": "这个月的", "net alone, and a plan without it": "实发工资"}[row.name]; header != "" {
				names["payable"] = header
			}
			path := p.workbook(names, row.order, row.change(p))
			out.Reset()
			mine := report
			if row.name == "net alone, and a plan without it" {
				mine = withoutNet(report)
			}
			compare, err := w.against(mine, path)
			if err != nil {
				t.Fatalf("%v: %s", err, errs.String())
			}
			compare()
			for _, want := range row.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("not said: %s", want)
				}
			}
			if strings.Contains(out.String(), row.no) {
				t.Errorf("said: %s", row.no)
			}
			if t.Failed() {
				t.Log(out.String())
			}
		})
	}
}

// withoutNet is a run under a plan without its statutory part.
func withoutNet(r statement.Run) statement.Run {
	r.Statements = append([]statement.Statement(nil), r.Statements...)
	for i := range r.Statements {
		st := &r.Statements[i]
		st.Totals.Net, st.Totals.Statutory = nil, money.Zero
		st.Lines = slices.DeleteFunc(append([]statement.Line(nil), st.Lines...), func(l statement.Line) bool { return l.Stage == statement.Statutory })
	}
	return r
}

// commissionOf returns a deal of an agent and what was paid on it.
func commissionOf(t *testing.T, dir, agent string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "out", "2026-10", "data", "statements.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		if !strings.Contains(line, `"`+agent+`"`) {
			continue
		}
		_, rest, _ := strings.Cut(line, `"deal":"`)
		for rest != "" {
			deal, more, _ := strings.Cut(rest, `"`)
			row, next, _ := strings.Cut(more, `"deal":"`)
			if _, paid, ok := strings.Cut(row, `"commission":"`); ok {
				amount, _, _ := strings.Cut(paid, `"`)
				return deal + " " + amount
			}
			rest = next
		}
	}
	t.Fatalf("no deal of %s", agent)
	return ""
}
