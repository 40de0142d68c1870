package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/input"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/review"
)

func (a *app) planCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "plan",
		Short: "薪酬方案本身: 算例、说明、对比、格式 / the pay plan itself: worked examples, in plain words, what changed, schema",
		Args:  usage(cobra.NoArgs),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.planTestCommand(), a.planExplainCommand(), a.planDiffCommand(), a.planSchemaCommand())
	return c
}

// bench opens a plan for review: in a project with its settings, law and roster
// columns, else alone. Only problems of the plan are told; the rest is check's.
func (a *app) bench(file string) (*workspace, review.Bench, error) {
	w, err := a.openLoosely()
	if err != nil {
		return nil, review.Bench{}, err
	}
	b, err := w.benchOf(file)
	return w, b, err
}

func (w *workspace) benchOf(file string) (review.Bench, error) {
	if file == "" {
		file = filepath.Join(w.app.dir, "plan.yaml")
	}
	w.problems = nil
	p, err := w.readPlan(file)
	if err != nil {
		return review.Bench{}, err
	}
	if err := w.stops(); err != nil {
		return review.Bench{}, err
	}
	return review.Bench{Plan: p, Project: w.project, Law: w.law}, nil
}

// openLoosely opens the project where there is one; a plan alone needs none.
func (a *app) openLoosely() (*workspace, error) {
	if _, err := os.Stat(filepath.Join(a.dir, "telepay.yaml")); !errors.Is(err, fs.ErrNotExist) {
		return a.open()
	}
	l, problems := law.Load(nil)
	w := &workspace{app: a, project: review.Alone(), law: l, roster: &input.Roster{}, problems: problems, lang: a.language(lang.ZH)}
	return w, nil
}

// benchWithCases is bench with the worked examples beside the plan; what is wrong
// in them is told.
func (a *app) benchWithCases(file string) (*workspace, review.Bench, []review.Case, error) {
	w, b, err := a.bench(file)
	if err != nil {
		return nil, b, nil, err
	}
	cases, problems, err := w.cases(b, file)
	if err == nil && len(problems) > 0 {
		err = a.tell(w.lang, problems)
	}
	return w, b, cases, err
}

// cases reads the worked examples beside a plan: plan_test.yaml beside plan.yaml.
func (w *workspace) cases(b review.Bench, planFile string) ([]review.Case, []diag.Problem, error) {
	if planFile == "" {
		planFile = filepath.Join(w.app.dir, "plan.yaml")
	}
	file := strings.TrimSuffix(planFile, filepath.Ext(planFile)) + "_test.yaml"
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	cases, problems := b.ReadCases(filepath.Base(file), data)
	return cases, problems, nil
}
