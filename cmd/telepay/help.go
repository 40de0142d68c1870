package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/project"
)

// topics are the helps that are no command.
var topics = map[string]func(a *app, l lang.Lang, args []string) error{
	"errors":   (*app).helpErrors,
	"fields":   (*app).helpFields,
	"kpis":     (*app).helpKPIs,
	"rules":    (*app).helpRules,
	"project":  (*app).helpProject,
	"profiles": (*app).helpProfiles,
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND | errors [CODE] | kpis [NAME] | rules [NAME] | project | profiles [NAME]]",
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
