package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/output/html"
	"telepay/internal/review"
)

func (a *app) planExplainCommand() *cobra.Command {
	page := ""
	c := &cobra.Command{
		Use:   "explain [PLAN]",
		Short: "用平常话说明整个方案, 供员工签收 / the plan in plain words, for agents to sign",
		Long: `逐条说明: 适用谁、按什么、多少、什么条件, 档位画成表, 每条一个算例, 计算顺序和全部默认值, 最后是签名栏。
Every rule in words: for whom, of what, how much, on which condition; steps drawn as tables, one worked sum each, the order of calculation, every default, lines to sign.`,
		Example: "  telepay plan explain\n  telepay --lang en plan explain --html plan.html",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			w, b, cases, err := a.benchWithCases(first(args))
			if err != nil {
				return err
			}
			d := b.Explain(cases)
			if page != "" {
				return os.WriteFile(page, html.Write(d, w.lang), 0o644)
			}
			printDocument(a.out, d, w.lang)
			return nil
		},
	}
	c.Flags().StringVar(&page, "html", "", "写成一页 HTML / writes one page of HTML")
	return c
}

// printDocument writes a document for the terminal.
func printDocument(out io.Writer, d review.Document, l lang.Lang) {
	fmt.Fprintln(out, d.Title.In(l))
	for _, b := range d.Blocks {
		switch {
		case !b.Heading.IsEmpty() && b.Level == 1:
			fmt.Fprintf(out, "\n== %s ==\n", b.Heading.In(l))
		case !b.Heading.IsEmpty():
			fmt.Fprintf(out, "\n%s  (%s)\n", b.Heading.In(l), b.Note)
		case b.Table != nil:
			printTable(out, *b.Table, l)
		case b.Sum != nil:
			fmt.Fprintln(out, "  | "+lang.F("例: %s", "Example: %s", b.Sum.Given).In(l))
			for _, s := range derivation(b.Sum.Steps, l) {
				fmt.Fprintln(out, "  | "+strings.ReplaceAll(s, "\n", "\n  | "))
			}
			fmt.Fprintln(out, "  | "+lang.F("本项 %s", "comes to %s", b.Sum.Comes).In(l))
		case b.Sign != nil:
			for _, s := range b.Sign {
				fmt.Fprintf(out, "\n%s ____________________\n", s.In(l))
			}
		default:
			fmt.Fprintln(out, b.Text.In(l))
		}
	}
}

func printTable(out io.Writer, t review.Table, l lang.Lang) {
	c := newTable(t.Head...)
	for i := len(t.Head) - t.Right; i < len(t.Head); i++ {
		c.right(i)
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, x := range row {
			cells[i] = x.In(l)
		}
		c.add(cells...)
	}
	var b strings.Builder
	c.print(&b, l)
	fmt.Fprintln(out, "  "+strings.ReplaceAll(strings.TrimRight(b.String(), "\n"), "\n", "\n  "))
}
