package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/project"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/kpi"
	"telepay/penalties"
)

// topics are the helps that are no command.
var topics = map[string]func(a *app, l lang.Lang, args []string) error{
	"errors":   (*app).helpErrors,
	"kpis":     (*app).helpKPIs,
	"rules":    (*app).helpRules,
	"project":  (*app).helpProject,
	"profiles": (*app).helpProfiles,
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND | errors [CODE] | kpis | rules [KIND] | project | profiles [NAME]]",
		Short: "命令、错误代码、指标、规则、设置和导入配置的说明 / help on commands, error codes, KPIs, rules, settings, import profiles",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Root().Help()
			}
			if topic, ok := topics[args[0]]; ok {
				return topic(a, a.language(lang.ZH), args[1:])
			}
			cmd, _, err := c.Root().Find(args)
			if err != nil || cmd == c.Root() {
				return exit{exitUsage, lang.F("没有 %s 这个主题; 有: 各命令, errors, kpis, rules, project, profiles", "no topic %s; there are the commands, errors, kpis, rules, project, profiles", args[0]).In(a.language(lang.ZH))}
			}
			return cmd.Help()
		},
	}
}

func (a *app) helpErrors(l lang.Lang, args []string) error {
	for _, c := range diag.Codes {
		if len(args) > 0 && c.Code != args[0] {
			continue
		}
		fmt.Fprintf(a.out, "%s\n    %s\n", c.Code, c.Means.In(l))
		if len(args) > 0 {
			return nil
		}
	}
	if len(args) > 0 {
		var known []string
		for _, c := range diag.Codes {
			known = append(known, c.Code)
		}
		near := diag.Nearest(args[0], known)
		if near == "" {
			return exit{exitUsage, lang.F("没有错误代码 %s; telepay help errors 列出全部", "no error code %s; telepay help errors lists them all", args[0]).In(l)}
		}
		return exit{exitUsage, lang.F("没有错误代码 %s; 最近的是 %s", "no error code %s; the nearest is %s", args[0], near).In(l)}
	}
	return nil
}

func (a *app) helpKPIs(l lang.Lang, _ []string) error {
	set := kpi.ReadSet(&yamldoc.Reader{}, nil)
	for _, name := range set.Names {
		k := set.ByName[name]
		fmt.Fprintf(a.out, "%-20s %s: %s\n", name, k.Title.In(l), k.Define.In(l))
	}
	fmt.Fprintln(a.out)
	for _, f := range attendance.Figures {
		fmt.Fprintf(a.out, "%-20s %s\n", f.Name, f.Title.In(l))
	}
	for _, d := range kpi.Special() {
		fmt.Fprintf(a.out, "%-20s %s\n", d.Name, d.Title.In(l))
	}
	fmt.Fprintln(a.out, "\n"+lang.T("前面可以加范围 team. members. level2. site. region. company. 和跨度 last_month. last_year. last_3_months. quarter_to_date. year_to_date. since_hire.; 名称也可以是 target.K attainment.K score.S factor.S grade.S place.B earned.规则",
		"In front may stand a scope, team. members. level2. site. region. company., and a span, last_month. last_year. last_3_months. quarter_to_date. year_to_date. since_hire.; names may also be target.K attainment.K score.S factor.S grade.S place.B earned.RULE").In(l))
	return nil
}

func (a *app) helpRules(l lang.Lang, args []string) error {
	for _, k := range Kinds() {
		if len(args) > 0 && args[0] != k.Name {
			continue
		}
		fmt.Fprintf(a.out, "%s  %s (%s, %s)\n    %s\n", k.Name, k.Title.In(l), k.Section, k.Stage, k.Help.In(l))
		if len(args) > 0 {
			for _, key := range k.Keys() {
				a.field(rule.FieldOf(key), l)
			}
		}
		fmt.Fprintln(a.out, "\n    "+strings.ReplaceAll(strings.TrimRight(k.Example, "\n"), "\n", "\n    ")+"\n")
	}
	return nil
}

func (a *app) helpProject(l lang.Lang, _ []string) error {
	for _, f := range project.Fields {
		a.field(f, l)
	}
	return nil
}

func (a *app) field(f catalogue.Field, l lang.Lang) {
	fmt.Fprintf(a.out, "    %-12s %s: %s", f.Key, f.Name.In(l), f.Help.In(l))
	if !f.Default.IsEmpty() {
		fmt.Fprintf(a.out, " (%s %s)", lang.T("默认", "default").In(l), f.Default.In(l))
	}
	fmt.Fprintf(a.out, "\n                 %s\n", f.Example)
}

// Kinds returns every kind of rule in the order of the help.
func Kinds() []*rule.Kind {
	var out []*rule.Kind
	earn, take := commission.Kinds(), penalties.Kinds()
	for _, name := range []string{"base", "commission", "bonus", "contest", "pool", "release", "guarantee"} {
		out = append(out, earn[name])
	}
	return append(out, take["penalty"])
}
