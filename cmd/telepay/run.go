package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/statement"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "run [MONTH]",
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.open()
			if err != nil {
				return err
			}
			run, err := w.computeMonth(first(args), filepath.Join(a.dir, "plan.yaml"))
			if err != nil {
				return err
			}
			r := run.Report()
			for _, st := range r.Statements {
				fmt.Fprintln(a.out, st.Person.ID, st.Person.Name, st.Station.Team, statement.WriteMoney(st.Totals.Gross), statement.WriteMoney(st.Totals.Deductions), statement.WriteMoney(st.Totals.Payable))
			}
			_ = lang.ZH
			return a.tell(w.lang, append(w.problems, r.Problems...))
		},
	}
}
