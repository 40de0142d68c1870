package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// app is what every command shares: the project folder, the language, where to write.
type app struct {
	dir    string
	lang   string
	quiet  bool
	strict bool

	noDigest bool // the command writes nothing that names its inputs
	out      io.Writer
	err      io.Writer
}

// doubleClicked is what Windows shows to whoever starts the program with the mouse.
const doubleClicked = `telepay 在命令行里运行: 在项目文件夹的地址栏输入 cmd 回车, 再输入 telepay check
telepay runs in a terminal: type cmd into the address bar of the project's folder, then telepay check
`

func rootCommand(out, errs io.Writer) *cobra.Command {
	a := &app{out: out, err: errs}
	cobra.MousetrapHelpText = doubleClicked
	root := &cobra.Command{
		Use:   "telepay",
		Short: "电销团队的月末绩效与提成 / month-end performance and commission for telesales teams",
		Long: `telepay 读入一个月的通话、接通、成交、回款、考勤等导出, 按薪酬方案算出每人的工资单、工资表和排名。
telepay reads a month's exports and a pay plan, and produces a statement for every agent, a payroll register and rankings.

开始 / to begin:
  telepay init demo          一个可运行的例子 / an example that runs
  telepay -C demo run        算最近一个月 / computes the newest month
  telepay -C demo explain 2026-10 T100002`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		Args:              usage(cobra.NoArgs),
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.knownLanguage() },
	}
	root.SetOut(out)
	root.SetErr(errs)
	f := root.PersistentFlags()
	f.StringVarP(&a.dir, "dir", "C", ".", "项目文件夹 / project folder")
	f.StringVar(&a.lang, "lang", "", "zh-CN 或 en (默认按 telepay.yaml) / language")
	f.BoolVar(&a.quiet, "quiet", false, "不报进度 / no progress")
	f.BoolVar(&a.strict, "strict", false, "有提示也以状态 4 结束 / notes end with status 4")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return exit{exitUsage, fmt.Sprintf("%v\n%s", err, c.UsageString())}
	})
	root.AddCommand(a.initCommand(), a.checkCommand(), a.runCommand(), a.explainCommand(), a.showCommand(), a.simulateCommand(), a.planCommand(), a.versionCommand())
	root.SetHelpCommand(a.helpCommand())
	return root
}

// usage makes cobra's argument checks end with the status for usage, in words of our own.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check(c, args) == nil {
			return nil
		}
		flag, _ := c.Flags().GetString("lang")
		l, _ := lang.Parse(flag)
		if c.HasAvailableSubCommands() {
			return exit{exitUsage, unknownCommand(c, args[0]).In(l)}
		}
		said := lang.F("%s 后面写了 %s 个参数, 应该这样写:", "%s with %s; it is called so:", c.CommandPath(), lang.Count(len(args), "argument", "arguments"))
		return exit{exitUsage, said.In(l) + "\n" + c.UsageString()}
	}
}

// unknownCommand says which command may have been meant, or which there are.
func unknownCommand(c *cobra.Command, word string) lang.Text {
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	if near := diag.Nearest(word, names); near != "" {
		return lang.F("没有 %[1]s %[2]s 这个命令; 是 %[1]s %[3]s 吗", "no command %s %s; did you mean %[1]s %[3]s", c.CommandPath(), word, near)
	}
	return lang.F("没有 %s %s 这个命令; 有: %s", "no command %s %s; there are %s", c.CommandPath(), word, strings.Join(names, ", "))
}

// knownLanguage refuses a language that telepay does not speak.
func (a *app) knownLanguage() error {
	if _, err := lang.Parse(a.lang); err != nil {
		return exit{exitUsage, lang.F("--lang %s: 要 zh-CN 或 en", "--lang %s: want zh-CN or en", a.lang).In(lang.ZH) + " / want zh-CN or en"}
	}
	return nil
}

// language is the language of messages: the flag's, else the project's.
func (a *app) language(project lang.Lang) lang.Lang {
	if a.lang == "" {
		return project
	}
	l, err := lang.Parse(a.lang)
	if err != nil {
		return project
	}
	return l
}

// progress writes one line on what is under way.
func (a *app) progress(l lang.Lang, t lang.Text) {
	if !a.quiet {
		fmt.Fprintln(a.err, t.In(l))
	}
}

// tell prints problems, worst news last so that it stands above the prompt, and
// returns the status that they ask for.
func (a *app) tell(l lang.Lang, problems []diag.Problem) error {
	var list diag.List
	list.AddAll(problems)
	errors, notes := 0, 0
	for _, p := range list.Sorted() {
		fmt.Fprintln(a.err, p.Format(l))
		if p.Reach == diag.Note {
			notes += 1 + p.Another
		} else {
			errors += 1 + p.Another
		}
	}
	if errors+notes > 0 {
		fmt.Fprintln(a.err, lang.F("%s 个问题, %s 条提示", "%s, %s", lang.Count(errors, "problem", "problems"), lang.Count(notes, "note", "notes")).In(l))
	}
	switch {
	case errors > 0:
		return exit{status: exitProblems}
	case notes > 0 && a.strict:
		return exit{status: exitStrict}
	}
	return nil
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "版本 / version", Args: usage(cobra.NoArgs), RunE: func(*cobra.Command, []string) error {
		fmt.Fprintln(a.out, "telepay "+version)
		return nil
	}}
}
