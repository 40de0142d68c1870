package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"telepay/fixtures/example"
	"telepay/internal/lang"
)

func (a *app) initCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "init DIR [--from EXPORTS]",
		Short: "写一个可运行的例子, 或从一个文件夹的导出建立项目 / writes an example that runs, or makes a project of a folder of exports",
		Long: `在 DIR 写一个可运行的项目: 花名册、两个月的导出、薪酬方案。DIR 要不存在或是空的。
用 --from 时, 从一个文件夹里各系统的导出建立项目: 选好导入配置, 按导出里的人起草花名册, 要回答的问题写成注释。
Writes a project that runs into DIR, which must be new or empty: roster, two months of exports, a pay plan.
With --from, makes a project of a folder of any systems' exports: profiles chosen, a roster drafted of whoever is in them, open questions written as comments.`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			l := a.language(lang.ZH)
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
			if err := example.Write(args[0], example.Options{}); err != nil {
				return err
			}
			fmt.Fprintln(a.out, lang.F("例子已写到 %s。下一步: telepay -C %s run", "the example is in %s. Next: telepay -C %s run", args[0], args[0]).In(l))
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "", "各系统导出所在的文件夹 / folder with the exports")
	return c
}
