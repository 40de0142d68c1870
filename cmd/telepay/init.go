package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"telepay/fixtures/example"
	"telepay/internal/lang"
)

func (a *app) initCommand() *cobra.Command {
	var from, plan string
	c := &cobra.Command{
		Use:   "init DIR [--plan PLAN | --from EXPORTS]",
		Short: "写一个可运行的例子, 或从一个文件夹的导出建立项目 / writes an example that runs, or makes a project of a folder of exports",
		Long: `在 DIR 写一个可运行的项目: 花名册、两个月的导出、薪酬方案。DIR 要不存在或是空的。
--plan 选一份起步的方案: whole 全额, marginal 超额, manuals 公司制度 (不写就是它)。
用 --from 时, 从一个文件夹里各系统的导出建立项目: 选好导入配置, 按导出里的人起草花名册, 要回答的问题写成注释。
Writes a project that runs into DIR, which must be new or empty: roster, two months of exports, a pay plan.
--plan picks one to start from: whole tiers, slices (marginal), or the manuals of the company, which is the default.
With --from, makes a project of a folder of any systems' exports: profiles chosen, a roster drafted of whoever is in them, open questions written as comments.`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			l := a.language(lang.ZH)
			if !slices.Contains(example.Plans, plan) {
				return exit{exitUsage, lang.F("没有方案 %s; 有: %s", "no plan %s; there are: %s", plan, strings.Join(example.Plans, ", ")).In(l)}
			}
			entries, err := os.ReadDir(args[0])
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if len(entries) > 0 {
				return exit{exitProblems, lang.F("%s 里已有文件; 换一个新文件夹", "%s is not empty; take a new folder", args[0]).In(l)}
			}
			if from != "" {
				return a.initFrom(args[0], from)
			}
			if err := example.Write(args[0], example.Options{Plan: plan}); err != nil {
				return err
			}
			fmt.Fprintln(a.out, lang.F("例子已写到 %s。下一步: telepay -C %s run", "the example is in %s. Next: telepay -C %s run", args[0], args[0]).In(l))
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "", "各系统导出所在的文件夹 / folder with the exports")
	c.Flags().StringVar(&plan, "plan", "manuals", "起步的方案 / the plan to start from: "+strings.Join(example.Plans, ", "))
	c.MarkFlagsMutuallyExclusive("from", "plan")
	return c
}
