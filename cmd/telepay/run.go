package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/csv"
	"telepay/internal/output/jsonl"
	"telepay/internal/output/manifest"
	"telepay/internal/output/publish"
	"telepay/internal/output/sheet"
	"telepay/internal/output/xlsx"
	"telepay/internal/statement"
)

func (a *app) runCommand() *cobra.Command {
	var paidFile string
	c := &cobra.Command{
		Use:   "run [MONTH]",
		Short: "计算一个月, 写出工资单、工资表和排名; 可反复运行 / computes a month and writes everything; repeatable",
		Long: `读取各月的导出, 按 plan.yaml 计算, 把结果写到 out/MONTH。不写 MONTH 时取最新的月份文件夹。
Reads the exports of the months, computes by plan.yaml, writes out/MONTH. Without MONTH the newest folder is taken.

某一行或某一个人的问题: 其余照写, 状态 3。方案或整个文件的问题: 什么都不写, 状态 3。
A problem of a row or a person: everything else is written, status 3. A problem of the plan or a whole file: nothing is written, status 3.`,
		Example: "  telepay run\n  telepay run 2026-10 --against paid.xlsx",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.runMonth(first(args), paidFile)
		},
	}
	c.Flags().StringVar(&paidFile, "against", "", "与公司自己的工资表对比 / the company's own payroll table to compare with")
	return c
}

func (a *app) runMonth(month, paidFile string) error {
	w, err := a.open()
	if err != nil {
		return err
	}
	run, err := w.computeMonth(month, filepath.Join(a.dir, "plan.yaml"))
	if err != nil {
		return err
	}
	r := run.Report()
	r.Problems = append(r.Problems, w.problems...)
	r.Stopped = append(r.Stopped, unreadable(w.problems, r.Stopped)...)
	compare := func() {}
	if paidFile != "" {
		if compare, err = w.against(r, paidFile); err != nil {
			return err
		}
	}
	out := filepath.Join(a.dir, w.project.Out)
	a.progress(w.lang, lang.F("写出 %s 张工资单和工资表 …", "writing %s and the register …", lang.Count(len(r.Statements), "statement", "statements")))
	if err := publish.Publish(out, r.Month.String(), func(dir string) error { return w.write(dir, &r, w.data.name) }); err != nil {
		return err
	}
	w.summary(r, filepath.Join(out, r.Month.String()))
	compare()
	return a.tell(w.lang, r.Problems)
}

// write fills a folder of results.
func (w *workspace) write(dir string, r *statement.Run, digest string) error {
	notes, err := w.papers(dir, *r)
	if err != nil {
		return err
	}
	r.Problems = append(r.Problems, notes...)
	var list diag.List
	list.AddAll(r.Problems)
	r.Problems = list.Sorted()
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		return err
	}
	if err := atOnce(
		func() error { return w.writeTables(filepath.Join(dir, "data"), r) },
		func() error {
			return writeFile(filepath.Join(dir, "register.xlsx"), func(b *bytes.Buffer) error { return xlsx.Write(b, sheet.Workbook(*r, w.lang), w.lang) })
		},
		func() error {
			return writeFile(filepath.Join(dir, "data", "statements.jsonl"), func(b *bytes.Buffer) error { return jsonl.Write(b, *r) })
		},
	); err != nil {
		return err
	}
	return manifest.Write(dir, *r, digest, w.inputs())
}

func (w *workspace) writeTables(dir string, r *statement.Run) error {
	for _, t := range sheet.Data(*r, w.lang) {
		if err := writeFile(filepath.Join(dir, t.Name+".csv"), func(b *bytes.Buffer) error { return csv.Write(b, t) }); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file that its owner alone may read.
func writeFile(path string, fill func(b *bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}

// atOnce does things beside each other and returns the first error of the list.
func atOnce(all ...func() error) error {
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	for i, do := range all {
		wait.Go(func() { errs[i] = do() })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workspace) inputs() []manifest.File {
	var out []manifest.File
	for _, f := range w.data.files {
		out = append(out, manifest.File{Name: f.Name, Kind: f.Kind, Bytes: f.Size, SHA256: f.SHA256, Rows: f.Rows})
	}
	return out
}

// summary says what was computed and where it lies.
func (w *workspace) summary(r statement.Run, dir string) {
	var gross, deductions, payable, net money.Decimal
	hasNet := false
	for _, st := range r.Statements {
		gross, deductions, payable = gross.Add(st.Totals.Gross), deductions.Add(st.Totals.Deductions), payable.Add(st.Totals.Payable)
		if st.Totals.Net != nil {
			net, hasNet = net.Add(*st.Totals.Net), true
		}
	}
	out := w.app.out
	line := lang.F("%s  %s 人  应得 %s  扣款 %s  应发 %s", "%s  %s  gross %s  deductions %s  payable %s", r.Month.String(), lang.Count(len(r.Statements), "person", "people"),
		statement.WriteMoney(gross), statement.WriteMoney(deductions), statement.WriteMoney(payable))
	if hasNet {
		line = lang.F("%s  实发 %s", "%s  net %s", line, statement.WriteMoney(net))
	}
	fmt.Fprintln(out, line.In(w.lang))
	if len(r.Stopped) > 0 {
		fmt.Fprintln(out, lang.F("%s 人没有工资单, 结果不完整", "%s without a statement: the results are incomplete", lang.Count(len(r.Stopped), "person", "people")).In(w.lang))
	}
	fmt.Fprintln(out, lang.F("结果在 %s: statements/ 工资单, register.xlsx 工资表, data/", "the results lie in %s: statements/, register.xlsx, data/", dir).In(w.lang))
}

// unreadable are the people whom a problem of the roster itself keeps out: they are
// in no month, and still have no statement.
func unreadable(problems []diag.Problem, known []statement.Stopped) []statement.Stopped {
	seen := map[string]bool{}
	for _, s := range known {
		seen[s.Agent] = true
	}
	var out []statement.Stopped
	for _, p := range problems {
		if p.Reach == diag.Person && p.Agent != "" && !seen[p.Agent] {
			seen[p.Agent] = true
			out = append(out, statement.Stopped{Agent: p.Agent, Code: p.Code})
		}
	}
	return out
}
