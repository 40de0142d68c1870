package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/review"
)

func (a *app) planDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "两个方案有什么不同, 对谁 / what changes from one plan to another, and for whom",
		Long: `用 plan explain 的话说明改了什么。在项目里运行时, 列出花名册上受影响的人。
Says what changed in the words of plan explain. In a project it names the people of the roster whom it concerns.`,
		Example: "  telepay plan diff plan.yaml plan-2027.yaml",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			w, old, err := a.bench(args[0])
			if err != nil {
				return err
			}
			now, err := w.benchOf(args[1])
			if err != nil {
				return err
			}
			w.printDiff(old, old.Diff(now))
			return nil
		},
	}
}

func (w *workspace) printDiff(b review.Bench, changes []review.Change) {
	out, l := w.app.out, w.lang
	if len(changes) == 0 {
		fmt.Fprintln(out, lang.T("两个方案没有不同", "the plans are the same").In(l))
		return
	}
	what := map[string]lang.Text{"added": lang.T("新增", "added"), "removed": lang.T("取消", "removed"), "changed": lang.T("改变", "changed")}
	month, err := w.month("")
	if err != nil {
		month = b.Plan.Since
	}
	for i, c := range changes {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("%s  %s  %s", what[c.What].In(l), c.Title.In(l), c.Path), " "))
		if !c.Whom.IsEmpty() {
			fmt.Fprintln(out, "  "+lang.F("适用的人: %s", "for whom: %s", c.Whom).In(l))
		}
		for _, line := range c.Lines {
			fmt.Fprintln(out, "  "+line.In(l))
		}
		w.printPeople(b.People(c, w.roster.People, month), month)
	}
}

// printPeople names at most a line of people.
func (w *workspace) printPeople(people []record.Person, m period.Month) {
	if len(people) == 0 {
		return
	}
	const most = 12
	var names []string
	for _, p := range people[:min(len(people), most)] {
		names = append(names, p.ID+" "+p.Name)
	}
	text := strings.Join(names, ", ")
	if len(people) > most {
		text += ", …"
	}
	fmt.Fprintln(w.app.out, "  "+lang.F("涉及 %s 人 (%s): %s", "concerns %s (%s): %s", lang.Count(len(people), "person", "people"), m.String(), text).In(w.lang))
}
