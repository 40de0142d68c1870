package main

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/payrun"
	"telepay/internal/plan"
	"telepay/internal/record"
	"telepay/internal/review"
	"telepay/internal/statement"
)

func (a *app) checkCommand() *cobra.Command {
	jump := ""
	c := &cobra.Command{
		Use:   "check [MONTH | FILE]",
		Short: "检查方案和数据, 一次列出全部问题, 不写任何文件 / every problem of plan and data at once; writes nothing",
		Long: `给月份 (或什么都不给) 时检查方案和那个月的数据; 给文件时说明它是哪种导出、用哪个导入配置读、每列读成什么、哪些行读不了, 在项目外也行。
With a month, or nothing, checks the plan and that month's data; with a file, says which export it is, which profile reads it, what becomes of each column and which rows are refused, outside a project too.`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if isFile(first(args)) {
				return a.checkFile(args[0])
			}
			a.noDigest = true
			w, err := a.open()
			if err != nil {
				return err
			}
			run, err := w.computeMonth(first(args), filepath.Join(a.dir, "plan.yaml"))
			if err != nil {
				return err
			}
			most, err := money.Parse(jump)
			if err != nil || most.Sign() <= 0 {
				return exit{exitUsage, lang.F("--jump %s: 要一个金额", "--jump %s: want an amount of money", jump).In(w.lang)}
			}
			report := run.Report()
			a.rows(w.lang, report.Rows)
			return a.tell(w.lang, append(append(w.problems, report.Problems...), w.traps(run, report, most)...))
		},
	}
	c.Flags().StringVar(&jump, "jump", "1000", "多卖一分多拿超过这个数就提示 / tell where one cent more pays more than this")
	return c
}

// traps are the cliffs and traps of the plan, found by computing on the month's people.
func (w *workspace) traps(run *payrun.Run, report statement.Run, jump money.Decimal) []diag.Problem {
	c := review.Checked{Month: report.Month, People: w.roster.People, Run: run, Report: report, Jump: jump}
	for _, m := range w.data.months {
		c.Decisions = append(c.Decisions, m.Facts.Decisions...)
	}
	return review.Bench{Plan: w.plan, Project: w.project, Law: w.law}.Check(c)
}

// computeMonth reads everything and computes a month; with problems that stop it
// tells them all and returns the status.
func (w *workspace) computeMonth(arg, planFile string) (*payrun.Run, error) {
	p, err := w.readPlan(planFile)
	if err != nil {
		return nil, err
	}
	m, err := w.month(arg)
	if err != nil {
		if w.stopped() {
			return nil, w.app.tell(w.lang, w.problems)
		}
		return nil, err
	}
	if p == nil {
		p = plan.Unread()
	} else if err := w.ask(p); err != nil {
		return nil, err
	}
	if !w.stopped() && !p.Covers(m) {
		return nil, exit{exitProblems, lang.F("方案 %s 不含 %s (since %s, until %s)", "the plan %s does not hold in %s (since %s, until %s)", p.Name, m.String(), p.Since.String(), p.Until.String()).In(w.lang)}
	}
	d, err := w.read(m, p)
	if err != nil {
		return nil, err
	}
	if w.stopped() {
		return nil, w.app.tell(w.lang, append(w.problems, w.beside(d, p, filepath.Base(planFile))...))
	}
	w.data, w.plan = d, p
	w.app.progress(w.lang, lang.F("计算 %s …", "computing %s …", m.String()))
	run := w.compute(d, p)
	if stop := run.Stops(); len(stop) > 0 {
		return nil, w.app.tell(w.lang, append(w.problems, stop...))
	}
	return run, nil
}

// ask has only the KPIs counted that are to be shown, where some are named.
func (w *workspace) ask(p *plan.Plan) error {
	for _, name := range w.asked {
		if p.KPIs.ByName[name] == nil {
			near := diag.Nearest(name, p.KPIs.Names)
			if near == "" {
				near = "telepay help kpi"
			}
			return exit{exitUsage, lang.F("没有 KPI %s; 是否为 %s", "no KPI %s; did you mean %s", diag.Quote(name), near).In(w.lang)}
		}
	}
	if len(w.asked) > 0 {
		p.Ask(w.asked)
	}
	return nil
}

// beside is what else is wrong where a problem stops the run, so that it is told
// in the same run. Where people or deals could not be read, their rows are not
// missed in every other file.
func (w *workspace) beside(d data, p *plan.Plan, planFile string) []diag.Problem {
	rows := true
	for _, q := range w.problems {
		kind, known := profile.KindOfFile(path.Base(q.Pos.File))
		if q.Reach == diag.Stop && q.Pos.File != planFile && (!known || kind.Name == "roster" || kind.Name == "deals") {
			rows = false
		}
	}
	return payrun.Check(w.input(d, p), rows)
}

// rows prints where every row of every file went.
func (a *app) rows(l lang.Lang, rows []record.Bucket) {
	t := newTable(lang.T("文件", "file"), lang.T("去向", "bucket"), lang.T("原因", "reason"), lang.T("行数", "rows"), lang.T("金额", "amount"))
	t.right(3, 4)
	for _, b := range rows {
		amount := ""
		if b.HasAmount {
			amount = statement.WriteMoney(b.Amount)
		}
		t.add(b.File, bucketName(b.Bucket).In(l), b.Reason, fmt.Sprint(b.Rows), amount)
	}
	t.print(a.out, l)
}

func bucketName(b string) lang.Text {
	switch b {
	case record.Counted:
		return lang.T("计入", "counted")
	case record.Held:
		return lang.T("待裁", "held")
	case record.Excluded:
		return lang.T("不计", "excluded")
	}
	return lang.T("错误", "error")
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
