package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/output/phrase"
	"telepay/internal/review"
	"telepay/internal/statement"
)

func (a *app) planTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test [PLAN]",
		Short: "运行方案旁边的算例 plan_test.yaml, 并试每个界限 / runs the worked examples beside the plan, and tries every bound",
		Long: `逐条运行 plan_test.yaml 的算例, 到分核对; 再在每个档位界限的下面、正上和上面各算一次。
Runs each case of plan_test.yaml to the cent, then computes just below, at and just above every bound of every step.`,
		Example: "  telepay plan test\n  telepay plan test plan-2027.yaml",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			w, b, cases, err := a.benchWithCases(first(args))
			if err != nil {
				return err
			}
			failed := w.runCases(b, cases)
			w.tryBounds(b)
			fmt.Fprintln(a.out, lang.F("%s 个算例, %d 个不符", "%s, %d failed", lang.Count(len(cases), "case", "cases"), failed).In(w.lang))
			if failed > 0 {
				return exit{status: exitProblems}
			}
			return nil
		},
	}
}

// runCases prints a line for each case, and what went wrong with its derivation.
func (w *workspace) runCases(b review.Bench, cases []review.Case) (failed int) {
	for _, c := range cases {
		r := b.Test(c)
		mark := "✓"
		if !r.OK() {
			failed++
			mark = "✗"
		}
		fmt.Fprintf(w.app.out, "%s  %s\n", mark, c.It.In(w.lang))
		for _, f := range r.Failed {
			w.failure(f, r)
		}
	}
	return failed
}

func (w *workspace) failure(f review.Failure, r review.Result) {
	name := f.Expect.Name
	if f.Expect.Part != "" && f.Expect.Part != "amount" {
		name += "." + f.Expect.Part
	}
	want := f.Expect.Code
	if f.Expect.Name != "problem" {
		want = statement.WriteMoney(f.Expect.Want)
	}
	fmt.Fprintln(w.app.out, "   "+lang.F("%s: %s 应为 %s, 算出 %s", "%s: %s should be %s and is %s", f.Expect.Node.Pos(), name, want, f.Got).In(w.lang))
	for _, l := range r.Lines {
		if l.Rule == f.Expect.Name {
			w.steps(l.Steps)
		}
	}
	for _, s := range r.Silent {
		if s.Rule == f.Expect.Name {
			w.steps(s.Steps)
		}
	}
}

// tryBounds prints what each rule pays just below, at and just above each bound.
func (w *workspace) tryBounds(b review.Bench) {
	t := newTable(lang.T("界限", "bound"), lang.T("按", "of"), lang.T("低一点", "just below"), lang.T("正好", "at"), lang.T("高一点", "just above"))
	t.right(2, 3, 4)
	all := b.ItemBounds()
	for _, r := range b.Plan.Rules {
		all = append(all, b.Bounds(r)...)
	}
	for _, x := range all {
		t.add(w.boundRow(x)...)
	}
	if len(t.rows) > 0 {
		fmt.Fprintln(w.app.out)
		t.print(w.app.out, w.lang)
		fmt.Fprintln(w.app.out)
	}
}

func (w *workspace) boundRow(x review.Bound) []string {
	cells := []string{x.Path, x.Of.In(w.lang), x.Why.In(w.lang), "", ""}
	for i, try := range x.Tries {
		switch {
		case !try.Why.IsEmpty():
			cells[2+i] = try.Why.In(w.lang)
		case x.Score:
			cells[2+i] = lang.F("%s 分", "scores %s", try.Pays.String()).In(w.lang)
		default:
			cells[2+i] = statement.WriteMoney(try.Pays)
		}
	}
	return cells
}

// derivation writes steps as sentences.
func derivation(steps []statement.Step, l lang.Lang) []string {
	var out []string
	for _, s := range steps {
		out = append(out, phrase.Step(s, l))
	}
	return out
}
