package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/simulate"
	"telepay/internal/statement"
)

func (a *app) simulateCommand() *cobra.Command {
	var other string
	var asCSV bool
	c := &cobra.Command{
		Use:     "simulate --plan OTHER [MONTH]",
		Short:   "换一个方案算同一个月: 每人、每队、每条规则的差额 / the same month under another plan: who gains, who loses, what it costs",
		Example: "  telepay simulate --plan plan-whole.yaml 2026-10\n  telepay simulate --plan plan-whole.yaml --csv > diff.csv",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if other == "" {
				return exit{exitUsage, lang.T("要用 --plan 给出另一个方案", "want --plan and another plan").In(a.language(lang.ZH))}
			}
			return a.simulate(first(args), other, asCSV)
		},
	}
	c.Flags().StringVar(&other, "plan", "", "另一个方案文件 / the other plan")
	c.Flags().BoolVar(&asCSV, "csv", false, "CSV")
	return c
}

func (a *app) simulate(month, other string, asCSV bool) error {
	w, err := a.open()
	if err != nil {
		return err
	}
	now, err := w.readPlan(filepath.Join(a.dir, "plan.yaml"))
	if err != nil {
		return err
	}
	then, err := w.readPlan(other)
	if err != nil {
		return err
	}
	m, err := w.month(month)
	if err != nil {
		return err
	}
	if now == nil || then == nil || w.stopped() {
		return a.tell(w.lang, w.problems)
	}
	var runs [2]statement.Run
	for i, p := range []*plan.Plan{now, then} {
		if !p.Covers(m) {
			return exit{exitProblems, lang.F("方案 %s 不含 %s", "the plan %s does not hold in %s", p.Name, m.String()).In(w.lang)}
		}
		before := len(w.problems)
		d, err := w.read(m, p)
		if err != nil {
			return err
		}
		if err := w.stops(); err != nil {
			return err
		}
		if i == 1 {
			w.problems = w.problems[:before] // the data's problems are told once
		}
		runs[i] = w.compute(d, p).Report()
	}
	c := simulate.Compare(runs[0], runs[1])
	if asCSV {
		return a.csvOf(c, w.lang)
	}
	a.printComparison(c, w.lang)
	return a.tell(w.lang, append(w.problems, runs[1].Problems...))
}

func (a *app) csvOf(c simulate.Comparison, l lang.Lang) error {
	t := newTable(lang.Same("kind"), lang.Same("id"), lang.Same("name"), lang.Same("team"), lang.Same("old"), lang.Same("new"), lang.Same("difference"))
	add := func(kind string, r simulate.Row) {
		t.add(kind, r.ID, r.Name.In(l), r.Team, r.Old.Fixed(2), r.New.Fixed(2), r.Difference().Fixed(2))
	}
	for _, r := range c.Agents {
		add("agent", r)
	}
	for _, r := range c.Teams {
		add("team", r)
	}
	for _, r := range c.Rules {
		add("rule", r)
	}
	add("total", c.Total)
	return t.csv(a, l)
}

func (a *app) printComparison(c simulate.Comparison, l lang.Lang) {
	for _, part := range []struct {
		title lang.Text
		rows  []simulate.Row
	}{{lang.T("人", "agent"), c.Agents}, {lang.T("团队", "team"), c.Teams}, {lang.T("规则", "rule"), c.Rules}} {
		t := newTable(part.title, lang.T("名称", "name"), lang.T("现行", "in force"), lang.T("另一方案", "other"), lang.T("差额", "difference"))
		t.right(2, 3, 4)
		for _, r := range part.rows {
			note := statement.WriteMoney(r.Difference())
			if r.Missing != "" {
				note = lang.T("数据未齐", "incomplete").In(l)
			}
			t.add(r.ID, r.Name.In(l), statement.WriteMoney(r.Old), statement.WriteMoney(r.New), note)
		}
		t.print(a.out, l)
		fmt.Fprintln(a.out)
	}
	fmt.Fprintln(a.out, lang.F("应发合计 %s → %s, 差额 %s; %d 人增加, %d 人减少, %d 人不变", "payable %s → %s, difference %s; %d gain, %d lose, %d stay",
		statement.WriteMoney(c.Total.Old), statement.WriteMoney(c.Total.New), statement.WriteMoney(c.Total.Difference()), c.Winners, c.Losers, c.Same).In(l))
}
