package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/output/phrase"
	"telepay/internal/record"
	"telepay/internal/statement"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain MONTH AGENT [LINE]",
		Short: "一个数是怎么来的: 公式、代入的数、命中的档位、源文件和行; 没有发的也说为什么 / how a number came about, or why nothing was paid",
		Long: `LINE 是工资单上的行号、规则名 (如 commission) 或单号。不写则解释整张工资单。
LINE is the number of a line on the statement, a rule's name, or a deal. Without it the whole statement is explained.`,
		Example: "  telepay explain 2026-10 T100002\n  telepay explain 2026-10 T100002 commission",
		Args:    usage(cobra.RangeArgs(2, 3)),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.open()
			if err != nil {
				return err
			}
			run, err := w.computeMonth(args[0], filepath.Join(a.dir, "plan.yaml"))
			if err != nil {
				return err
			}
			line := ""
			if len(args) == 3 {
				line = args[2]
			}
			return w.explain(run.Report(), args[1], line)
		},
	}
}

func (w *workspace) explain(r statement.Run, agent, line string) error {
	id, ok := w.roster.Known(agent)
	if !ok {
		return exit{exitProblems, lang.F("花名册里没有 %s%s", "%s is not on the roster%s", agent, meant(agent, w.called())).In(w.lang)}
	}
	for _, st := range r.Statements {
		if st.Person.ID == id {
			return w.explainStatement(st, line)
		}
	}
	for _, s := range r.Stopped {
		if s.Agent == id {
			for _, p := range r.Problems {
				if p.Agent == id {
					fmt.Fprintln(w.app.out, p.Format(w.lang))
				}
			}
			return exit{exitProblems, lang.F("%s 本月没有工资单, 原因如上", "%s has no statement this month, for the reason above", id).In(w.lang)}
		}
	}
	return exit{exitProblems, lang.F("%s 在 %s 不在职, 也没有业绩", "%s was not employed in %s and had no credits", id, r.Month.String()).In(w.lang)}
}

// called lists what people are called: their ids and names.
func (w *workspace) called() (out []string) {
	for _, p := range w.roster.People {
		out = append(out, p.ID, p.Name)
	}
	return out
}

// meant asks whether the nearest word was meant; nothing where none is near.
func meant(word string, words []string) lang.Text {
	if near := diag.Nearest(word, words); near != "" {
		return lang.F(" (是 %s 吗)", " (did you mean %s)", near)
	}
	return lang.Text{}
}

func (w *workspace) explainStatement(st statement.Statement, only string) error {
	out, l := w.app.out, w.lang
	fmt.Fprintf(out, "%s %s  %s  %s\n\n", st.Person.ID, st.Person.Name, st.Month, lang.F("方案 %s", "plan %s", st.Plan).In(l))
	shown := 0
	for _, x := range st.Lines {
		if only == "" || only == strconv.Itoa(x.No) || only == x.Rule {
			w.explainLine(x)
			shown++
		}
	}
	for _, s := range st.Silent {
		if only == "" || only == s.Rule {
			fmt.Fprintf(out, "–  %s  %s  0.00\n", s.Title.In(l), s.PlanPath)
			w.steps(s.Steps)
			fmt.Fprintln(out)
			shown++
		}
	}
	shown += w.explainCredits(st, only)
	if shown == 0 {
		var rules []string
		for _, x := range st.Lines {
			rules = append(rules, x.Rule)
		}
		return exit{exitProblems, lang.F("工资单上没有 %s%s; 行号 1 到 %d, 规则名或单号", "no line %s%s; want a number from 1 to %d, the name of a rule, or a deal", only, meant(only, rules), len(st.Lines)).In(l)}
	}
	if only == "" {
		w.explainHeld(st.Held)
		for _, n := range st.Notes {
			fmt.Fprintln(out, "*  "+phrase.Step(n, l))
		}
		t := st.Totals
		fmt.Fprintln(out, lang.F("应得 %s  扣款 %s  转入 %s  转出 %s  应发 %s", "gross %s  deductions %s  carried in %s  carried out %s  payable %s",
			statement.WriteMoney(t.Gross), statement.WriteMoney(t.Deductions), statement.WriteMoney(t.CarriedIn), statement.WriteMoney(t.CarriedOut), statement.WriteMoney(t.Payable)).In(l))
		if t.Net != nil {
			fmt.Fprintln(out, lang.F("社保、公积金、个税 %s  实发 %s", "insurance, fund and tax %s  net %s", statement.WriteMoney(t.Statutory), statement.WriteMoney(*t.Net)).In(l))
		}
	}
	return nil
}

func (w *workspace) explainLine(x statement.Line) {
	out, l := w.app.out, w.lang
	figure, beside := x.Amount, ""
	switch x.Kind { // these add nothing to pay: their figure stands beside it
	case statement.Employer, statement.HeldBack, statement.Info:
		figure, beside = x.Nominal, lang.T(" (不在应发内)", " (not part of pay)").In(l)
	}
	fmt.Fprintf(out, "%d  %s  %s  %s%s\n", x.No, x.Title.In(l), x.PlanPath, statement.WriteMoney(figure), beside)
	if x.Clause != "" {
		fmt.Fprintln(out, "   "+lang.F("条款 %s", "clause %s", x.Clause).In(l))
	}
	w.steps(x.Steps)
	for _, n := range x.Notes {
		fmt.Fprintln(out, "   * "+phrase.Step(n, l))
	}
	if len(x.Evidence) > 0 {
		fmt.Fprintln(out, "   "+lang.F("来源 %s", "from %s", evidence(x.Evidence)).In(l))
	}
	fmt.Fprintln(out)
}

func (w *workspace) steps(steps []statement.Step) {
	for _, s := range steps {
		fmt.Fprintln(w.app.out, "   "+phrase.Step(s, w.lang))
	}
}

func (w *workspace) explainHeld(held []statement.HeldRow) {
	for _, h := range held {
		fmt.Fprintf(w.app.out, "?  %s  %s  %s\n", h.Deal, h.Why.In(w.lang), lang.F("最多 %s", "up to %s", statement.WriteMoney(h.UpTo)).In(w.lang))
		w.steps(h.Steps)
		fmt.Fprintln(w.app.out)
	}
}

// explainCredits tells what money was credited and why: of the whole month, of a
// line that was asked for, or of one deal. It returns how much of it a deal was named by.
func (w *workspace) explainCredits(st statement.Statement, only string) (named int) {
	out, l := w.app.out, w.lang
	var rows []statement.CreditRow
	for _, c := range st.Credits {
		if strings.EqualFold(c.Deal, only) {
			named++
		}
		if only == "" || strings.EqualFold(c.Deal, only) || slices.ContainsFunc(st.Lines, func(x statement.Line) bool {
			return (only == strconv.Itoa(x.No) || only == x.Rule) && slices.Contains(x.Evidence, c.Source)
		}) {
			rows = append(rows, c)
		}
	}
	for _, n := range st.Notes {
		if only != "" && n.Key == "elsewhere" && strings.EqualFold(n.Terms[0].Text.In(l), only) {
			fmt.Fprintln(out, "*  "+phrase.Step(n, l))
			named++
		}
	}
	if len(rows) == 0 {
		return named
	}
	fmt.Fprintln(out, lang.T("计入的成交与回款", "Deals and payments credited").In(l))
	for _, c := range rows {
		fmt.Fprintf(out, "   %s  %s  %s  %s", c.Date, c.Deal, lang.F("计入 %s", "credited %s", statement.WriteMoney(c.Credited)).In(l), cmp.Or(c.Why.In(l), lang.T("你签的单", "signed by you").In(l)))
		if !c.Credited.Equal(c.Amount) {
			fmt.Fprint(out, "  ", lang.F("(收款 %s)", "(of %s)", statement.WriteMoney(c.Amount)).In(l))
		}
		if c.Commission != nil {
			fmt.Fprint(out, "  ", lang.F("分摊提成 %s", "commission of the deal %s", statement.WriteMoney(*c.Commission)).In(l))
		}
		fmt.Fprintf(out, "  %s\n", evidence([]record.Source{c.Source}))
	}
	fmt.Fprintln(out)
	return named
}

// evidence lists rows by file: deals.csv#12, 15, 20.
func evidence(at []record.Source) string {
	var files []string
	rows := map[string][]string{}
	for _, s := range at {
		if rows[s.File] == nil {
			files = append(files, s.File)
		}
		rows[s.File] = append(rows[s.File], strconv.Itoa(s.Row))
	}
	var parts []string
	for _, f := range files {
		parts = append(parts, f+"#"+strings.Join(rows[f], ", "))
	}
	return strings.Join(parts, "; ")
}
