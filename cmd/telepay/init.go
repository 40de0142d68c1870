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
	return &cobra.Command{
		Use:   "init DIR",
		Short: "写一个可运行的例子: 两个月, 24 人 / writes an example that runs: two months, 24 people",
		Long: `在 DIR 写一个可运行的项目: 花名册、两个月的导出、薪酬方案。DIR 要不存在或是空的。
Writes a project that runs into DIR, which must be new or empty: roster, two months of exports, a pay plan.`,
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
			if err := example.Write(args[0], example.Options{}); err != nil {
				return err
			}
			fmt.Fprintln(a.out, lang.F("例子已写到 %s。下一步: telepay -C %s run", "the example is in %s. Next: telepay -C %s run", args[0], args[0]).In(l))
			return nil
		},
	}
}
