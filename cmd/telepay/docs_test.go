package main

import (
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/project"
	"telepay/internal/review"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

var update = flag.Bool("update", false, "write the pages that are made from tables in the code")

// TestDocs holds the generated pages against the tables that they are made from.
func TestDocs(t *testing.T) {
	for name, text := range map[string]string{
		"plan-reference.md": planReference(), "kpis.md": kpiPage(t), "errors.md": errorPage(), "formats.md": formatsPage(),
	} {
		file := filepath.Join(root, "docs", name)
		if *update {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil || string(data) != text {
			t.Errorf("docs/%s is out of date; run make docs (%v)", name, err)
		}
	}
}

const generated = "<!-- Made from the tables in the code by make docs; change it there. -->\n\n"

// both writes a text in both languages where they differ.
func both(t lang.Text) string {
	s := t.ZH
	if t.EN != t.ZH && t.EN != "" {
		s += " / " + t.EN
	}
	return strings.ReplaceAll(s, "|", "\\|")
}

func fieldTable(b *strings.Builder, fields []catalogue.Field) {
	b.WriteString("| key | 中文 | what is written there | default | means | example |\n|---|---|---|---|---|---|\n")
	for _, f := range fields {
		kind := both(f.Kind)
		if !f.Range.IsEmpty() {
			kind += "<br>" + both(f.Range)
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | `%s` |\n", f.Key, f.Name.ZH, kind, both(f.Default), both(f.Help), strings.ReplaceAll(f.Example, "|", "\\|"))
	}
	b.WriteString("\n")
}

func planReference() string {
	var b strings.Builder
	b.WriteString("# 方案手册 / Plan reference\n\n" + generated)
	b.WriteString("`plan.yaml`: what each section and rule may contain. 一个值可以用五个小词来变化: `by` 按, `from` 满 (含), `above` 超过 (不含), `since` 自, `per` 每。\n\n")
	b.WriteString("Top keys: `" + strings.Join(plan.Keys(), "` `") + "`.\n\n")
	fieldTable(&b, plan.Head)
	b.WriteString("## 规则的框架 / the frame of a rule\n\n")
	fieldTable(&b, rule.Frame)
	b.WriteString("## 规则种类 / kinds of rules\n\n")
	for _, k := range Kinds() {
		fmt.Fprintf(&b, "### `%s` %s / %s\n\n%s\n\n%s\n\nSection `%s`, stage *%s*. Keys: `%s`.\n\n```yaml\n%s```\n\n", k.Name, k.Title.ZH, k.Title.EN, k.Help.ZH, k.Help.EN, k.Section, k.Stage, strings.Join(k.Keys(), "` `"), k.Example)
	}
	for _, s := range plan.Sections() {
		if s.Shape == plan.Rules {
			continue
		}
		fmt.Fprintf(&b, "## `%s` %s / %s\n\n", s.Key, s.Title.ZH, s.Title.EN)
		fieldTable(&b, s.Fields)
		if s.Key == "scorecards" {
			b.WriteString("### `items`\n\n")
			fieldTable(&b, kpi.ItemFields)
		}
	}
	b.WriteString("## 行的栏目 / fields of rows\n\n" + both(ownFields) + "\n\n")
	counted, each := rowFields()
	for i, group := range [][]namedFields{counted, each} {
		b.WriteString(both(fieldGroups[i]) + ":\n\n| | fields |\n|---|---|\n")
		for _, x := range group {
			var fields []string
			for _, f := range x.fields {
				fields = append(fields, "`"+f.Name+"` "+f.Title.ZH)
			}
			fmt.Fprintf(&b, "| `%s` | %s |\n", x.name, strings.Join(fields, ", "))
		}
		b.WriteString("\n")
	}
	b.WriteString("## `plan_test.yaml` 算例 / worked examples\n\n")
	fieldTable(&b, review.CaseFields)
	b.WriteString("`rows`:\n\n| export | columns |\n|---|---|\n")
	for _, k := range review.CaseRows() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", k.Name, strings.Join(k.Columns, ", "))
	}
	b.WriteString("\n")
	b.WriteString("## `telepay.yaml` 项目设置 / settings of a project\n\n")
	fieldTable(&b, project.Fields)
	return b.String()
}

func kpiPage(t *testing.T) string {
	var b strings.Builder
	b.WriteString("# 指标 / KPIs\n\n" + generated)
	b.WriteString("Shipped KPIs. A plan changes one by naming it under `kpis`, or adds its own. 同名的写法在方案里优先。\n\n| KPI | 中文 | English | 单位 / unit | 定义 | definition |\n|---|---|---|---|---|---|\n")
	set := kpi.ReadSet(&yamldoc.Reader{}, nil, kpi.Own{})
	for _, name := range set.Names {
		k := set.ByName[name]
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", name, k.Title.ZH, k.Title.EN, both(k.Type.Describe()), k.Define.ZH, k.Define.EN)
	}
	b.WriteString("\n## 考勤数 / attendance figures\n\n| name | 中文 | English |\n|---|---|---|\n")
	for _, f := range attendance.Figures {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, f.Title.ZH, f.Title.EN)
	}
	b.WriteString("\n## 其他 / others\n\n| name | 中文 | English |\n|---|---|---|\n")
	for _, d := range kpi.Special() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.Name, d.Title.ZH, d.Title.EN)
	}
	b.WriteString("\nScope in front: `team.` `members.` `level2.` `site.` `region.` `company.`; then a span: `last_month.` `last_year.` `last_3_months.` (2 to 12) `quarter_to_date.` `year_to_date.` `since_hire.`; then a name, or `target.K` `attainment.K` `score.S` `factor.S` `grade.S` `place.B` `earned.RULE`.\n")
	b.WriteString("\n## 写法 / how they are written\n\nEach stands in `kpi/definitions` with an example that runs as a test.\n")
	for _, name := range set.Names {
		data, err := os.ReadFile(filepath.Join(root, "kpi", "definitions", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n### `%s`\n\n```yaml\n%s```\n", name, data)
	}
	return b.String()
}

func errorPage() string {
	var b strings.Builder
	b.WriteString("# 错误 / Errors\n\n" + generated)
	b.WriteString("每条信息说明在哪里、发现了什么、应为什么、怎么改; `telepay help errors 代码` 说明一个代码的意思。提示 (note) 不改变任何金额。\n\n" +
		"Every message says where, what was found, what was wanted and the mend; `telepay help errors CODE` says what a code means. A note never changes an amount. The files behind each example lie in `fixtures/mistakes`.\n")
	for _, c := range diag.Codes {
		fmt.Fprintf(&b, "\n## `%s`\n\n%s / %s\n", c.Code, c.Means.ZH, c.Means.EN)
		if message := exampleOf(c.Code); message != "" {
			fmt.Fprintf(&b, "\n```\n%s```\n", message)
		}
	}
	return b.String()
}

// exampleOf returns the message of a code's fixture, empty where it has none.
func exampleOf(code string) string {
	data, err := os.ReadFile(filepath.Join(museum, code, "want.txt"))
	if err != nil {
		return ""
	}
	message := ""
	for _, line := range strings.SplitAfter(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n") {
		switch {
		case message == "" && (strings.Contains(line, "["+code+"]: ") || strings.Contains(line, "  "+code+"  ")):
			message = line
		case message != "" && strings.HasPrefix(line, "  "):
			message += line
		case message != "":
			return message
		}
	}
	return message
}

// openings is what each row of opening.csv stands for; the fixtures *-opening* prove it.
const openings = `## 期初里写什么 / what stands in opening.csv

首月以前留下的, 一行一项。Of what the months before ` + "`first_month`" + ` left, one row each.

| what | ref | month | amount | 意思 | meaning |
|---|---|---|---|---|---|
| ` + "`known_customer`" + ` | 客户编号 / customer | | 0 | 以前成交过的客户, 不算新客户 | a customer of before, so no new one |
| ` + "`earned_on_credit`" + ` | 单号 / deal | 计提的月份 / when earned | 提成 / commission | 在这单上得过多少提成; 以后退款按它冲回 | what was earned on the deal; a later refund takes it back |
| ` + "`to_date`" + ` | 单号 / deal | 计提的月份 / when earned | 业绩 / credit | 同一单计过多少业绩, 与上一行成对 | what was credited for it; the pair of the row above |
| ` + "`to_date`" + ` | KPI (collected) | 数到哪个月 / of or up to which month | 数 / figure | 季度、全年、入职以来累计里已有的部分; 可以一月一行 | what a quarter, a year, a time since hire already has; a row a month, or one |
| ` + "`to_date`" + ` | 规则 / rule | 同上 / likewise | 已发 / paid | 累计规则已发多少; 一次性奖金 (once) 领过多少 | what a rule to date paid; what somebody had of a rule with ` + "`once`" + ` |
| ` + "`holdback`" + `, ` + "`staged`" + ` | 单号 / deal | 计提的月份 / when earned | 还没发的 / not yet paid | 质保金、分期里还押着的 | what is still held of it |
| ` + "`draw`" + ` | 规则 / rule | 到哪个月 / up to | 还欠 / owed | 预支还欠多少 | what is still owed of a draw |
| ` + "`carried_deduction`" + ` | 规则 / rule | 哪个月的 / of which month | 没扣完的 / not yet taken | 超过法定限额、结转下来的扣款 | a deduction that the legal limit carried |
| ` + "`debt`" + ` | | 哪个月的 / of which month | 欠 / owed | 结果低于 0 结转下来的 | a result below 0 that was carried |
| ` + "`tax_income`" + `, ` + "`tax_deducted`" + `, ` + "`tax_withheld`" + ` | | 最后的发放月 / last month of payment | 本年累计 / this year | 个税累计预扣 | cumulative wage tax |

`

func formatsPage() string {
	var b strings.Builder
	b.WriteString("# 导出格式 / Formats of the exports\n\n" + generated)
	b.WriteString("Files lie in `exports/2026-10/` and are told apart by how their name begins (`calls-1.csv`, `回款.xlsx`), else by their header. CSV (UTF-8, with or without BOM, GB18030; comma, tab or semicolon; `.gz` too) and XLSX. Dates with the year first (`2026-10-31`, `2026/10/9`, `2026年10月9日`), times `2026-10-31 09:05:10`, money plain (`1200.50`), durations in seconds or `H:MM:SS`. Columns are found by header; **bold** is required.\n\n")
	for _, k := range profile.Kinds() {
		fmt.Fprintf(&b, "## %s\n\n| field | headers that are known |\n|---|---|\n", k.Name)
		for _, f := range k.Fields {
			name := "`" + f.Name + "`"
			if f.Required {
				name = "**" + name + "**"
			}
			fmt.Fprintf(&b, "| %s | %s |\n", name, strings.Join(f.Headers, ", "))
		}
		b.WriteString("\n")
	}
	profilesPart(&b)
	b.WriteString(openings)
	b.WriteString("## 其他列名 / other headers\n\n`profiles/dialer.yaml`, named in `telepay.yaml` as `profiles: {calls: dialer}`:\n\n```yaml\nprofile: dialer\nkind: calls\ncolumns: {call_id: 流水, agent: 坐席, started: 呼叫时间, talk: 时长}\nvalues: {result: {answered: [成功, OK]}}\ndates: [yyyy/mm/dd hh:mm:ss]\n```\n")
	b.WriteString("\n## 结果 / the results\n\n`data/*.csv`: UTF-8 with BOM, numbers bare and exact, no totals rows. Text that a spreadsheet would run as a formula carries a leading `'`; `statements.jsonl` is for programs and does not. `manifest.json` has size and SHA-256 of every file that went in and came out. 文字若像公式, CSV 里前面加 `'`。\n")
	return b.String()
}

// profilesPart tells of profiles: those that come with telepay, and what one may say.
func profilesPart(b *strings.Builder) {
	b.WriteString("## 自带的导入配置 / profiles that come with telepay\n\nNamed in `telepay.yaml`: `profiles: {calls: freepbx, payments: [alipay, wechat]}`; of several the first one that a file fits reads it, and `telepay` in such a list means the columns above. `telepay check FILE` says which one a file fits; `telepay help profiles NAME` prints one, to be copied into `profiles/` and changed.\n\n| profile | kind | 系统 | system | verified |\n|---|---|---|---|---|\n")
	for _, p := range profile.Shipped() {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", p.Name, p.Kind, p.Title.ZH, p.Title.EN, map[bool]string{true: "yes", false: "no: from documentation alone"}[p.Verified])
	}
	b.WriteString("\n## 导入配置的写法 / what a profile may say\n\nA profile that says only names, words and dates is enough for most files. The stages, in the order of a row's way: find the table, map, convert, drop, collapse, resolve people, compare totals. Every row that does not go on is counted with a reason.\n\n")
	for _, part := range []struct {
		title   string
		entries []profile.Entry
	}{{"key", profile.Reference}, {"of a column", profile.ColumnReference}} {
		fmt.Fprintf(b, "| %s | means | example |\n|---|---|---|\n", part.title)
		for _, e := range part.entries {
			fmt.Fprintf(b, "| `%s` | %s | `%s` |\n", e.Key, both(e.Means), strings.ReplaceAll(e.Example, "|", "\\|"))
		}
		b.WriteString("\n")
	}
}

// TestCodes: every code that the source may emit is in the table, in order, and
// the table holds no other.
func TestCodes(t *testing.T) {
	known := map[string]bool{}
	for i, c := range diag.Codes {
		if i > 0 && diag.Codes[i-1].Code >= c.Code {
			t.Errorf("code %s is out of order", c.Code)
		}
		if c.Means.ZH == "" || c.Means.EN == "" {
			t.Errorf("code %s has no meaning in both languages", c.Code)
		}
		known[c.Code] = true
	}
	words := literals(t)
	for w := range words {
		if hyphened.MatchString(w) && !known[w] && !noCode[w] {
			t.Errorf("%q is in the source and not among the codes", w)
		}
	}
	for code := range known {
		head, _, _ := strings.Cut(code, "-")
		if !words[code] && !words[head+"-"] {
			t.Errorf("nothing emits the code %s", code)
		}
	}
}

var hyphened = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

// noCode are words with a hyphen that are no codes.
var noCode = map[string]bool{"follow-up": true, "follow-ups": true, "quarter-to-date": true, "year-to-date": true, "hang-up": true, "part-time": true, "full-time": true, "second-level": true, "yyyy-mm-dd": true, "yyyy-m-d": true, "monthly-attendance": true, "call-counters": true}

// literals returns every string of the source, tests and the table of codes aside.
func literals(t *testing.T) map[string]bool {
	words := map[string]bool{}
	goFiles(t, func(pkg, path string, file *ast.File) {
		if filepath.Base(path) == "codes.go" || pkg == "output/sample" { // the sample's codes are told by nobody
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if w, err := strconv.Unquote(lit.Value); err == nil {
					words[w] = true
				}
			}
			return true
		})
	})
	return words
}
