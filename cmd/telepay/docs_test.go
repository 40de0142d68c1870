package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/crediting"
	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/project"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

var update = flag.Bool("update", false, "write the pages that are made from tables in the code")

// TestDocs holds the generated pages against the tables that they are made from.
func TestDocs(t *testing.T) {
	for name, text := range map[string]string{
		"plan-reference.md": planReference(), "kpis.md": kpiPage(), "errors.md": errorPage(), "formats.md": formatsPage(),
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
	b.WriteString("Top keys: `" + strings.Join(planKeys, "` `") + "`.\n\n")
	b.WriteString("## 规则的框架 / the frame of a rule\n\n")
	fieldTable(&b, rule.Frame)
	b.WriteString("## 规则种类 / kinds of rules\n\n")
	for _, k := range Kinds() {
		fmt.Fprintf(&b, "### `%s` %s / %s\n\n%s\n\n%s\n\nSection `%s`, stage *%s*. Keys: `%s`.\n\n```yaml\n%s```\n\n", k.Name, k.Title.ZH, k.Title.EN, k.Help.ZH, k.Help.EN, k.Section, k.Stage, strings.Join(k.Keys(), "` `"), k.Example)
	}
	for _, s := range []struct {
		title  string
		fields []catalogue.Field
	}{
		{"`attendance` 考勤", attendance.Fields}, {"`crediting` 业绩归属", crediting.Fields}, {"`kpis` 指标", kpi.Fields},
		{"`scorecards` 绩效表", kpi.CardFields}, {"`scorecards` 的 `items`", kpi.ItemFields}, {"`rankings` 排名", kpi.BoardFields},
		{"`telepay.yaml` 项目设置", project.Fields},
	} {
		b.WriteString("## " + s.title + "\n\n")
		fieldTable(&b, s.fields)
	}
	b.WriteString("## `targets` 任务\n\nKPI: 数、档位或 `{per workday: 数}` / a value, steps, or so much per workday. A target in the targets export wins.\n\n")
	b.WriteString("## `protections` 保护\n\n`discipline`: `apply` 在法定限额内扣 / taken within the legal limit; `report_only` 只列出 / shown only. Default: as the jurisdiction says.\n")
	return b.String()
}

var planKeys = []string{"plan", "since", "until", "approval", "attendance", "kpis", "targets", "scorecards", "crediting", "earnings", "deductions", "protections", "rankings"}

func kpiPage() string {
	var b strings.Builder
	b.WriteString("# 指标 / KPIs\n\n" + generated)
	b.WriteString("Shipped KPIs. A plan changes one by naming it under `kpis`, or adds its own. 同名的写法在方案里优先。\n\n| KPI | 中文 | English | 定义 | definition |\n|---|---|---|---|---|\n")
	set := kpi.ReadSet(&yamldoc.Reader{}, nil)
	for _, name := range set.Names {
		k := set.ByName[name]
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", name, k.Title.ZH, k.Title.EN, k.Define.ZH, k.Define.EN)
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
	return b.String()
}

func errorPage() string {
	var b strings.Builder
	b.WriteString("# 错误 / Errors\n\n" + generated)
	b.WriteString("Every message says where, what was found, what was wanted and the mend; `telepay help errors CODE` says what a code means. A note never changes an amount.\n\n| code | 含义 | means |\n|---|---|---|\n")
	for _, c := range diag.Codes {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Code, c.Means.ZH, c.Means.EN)
	}
	return b.String()
}

func formatsPage() string {
	var b strings.Builder
	b.WriteString("# 导出格式 / Formats of the exports\n\n" + generated)
	b.WriteString("Files lie in `exports/2026-10/` and are told apart by how their name begins: `calls-1.csv`, `回款.xlsx`. CSV (UTF-8, with or without BOM, GB18030; comma, tab or semicolon; `.gz` too) and XLSX. Dates `2026-10-31`, times `2026-10-31 09:05:10`, money plain (`1200.50`), durations in seconds or `H:MM:SS`. Columns are found by header; **bold** is required.\n\n")
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
	b.WriteString("## 其他列名 / other headers\n\n`profiles/dialer.yaml`, named in `telepay.yaml` as `profiles: {calls: dialer}`:\n\n```yaml\nprofile: dialer\nkind: calls\ncolumns: {call_id: 流水, agent: 坐席, started: 呼叫时间, talk: 时长}\nvalues: {result: {answered: [成功, OK]}}\ndates: [yyyy/mm/dd hh:mm:ss]\n```\n")
	return b.String()
}

// TestCodes: every code that the program can emit is in the table, in order.
func TestCodes(t *testing.T) {
	known := map[string]bool{}
	for i, c := range diag.Codes {
		if i > 0 && diag.Codes[i-1].Code >= c.Code {
			t.Errorf("code %s is out of order", c.Code)
		}
		known[c.Code] = true
	}
	if len(known) < 100 {
		t.Errorf("%d codes only", len(known))
	}
}
