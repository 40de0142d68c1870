package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"telepay/internal/lang"
	"telepay/internal/money"
	outcsv "telepay/internal/output/csv"
	"telepay/internal/output/sheet"
	"telepay/internal/statement"
)

// shown is how a show command prints: a table, CSV or JSON.
type shown struct {
	json, csv bool
}

func (a *app) showCommand() *cobra.Command {
	var s shown
	show := &cobra.Command{Use: "show", Short: "在终端看指标和排名 / tables of KPIs and rankings in the terminal"}
	show.PersistentFlags().BoolVar(&s.json, "json", false, "JSON")
	show.PersistentFlags().BoolVar(&s.csv, "csv", false, "CSV")
	var scope string
	kpis := &cobra.Command{
		Use: "kpi [MONTH]", Short: "指标 / KPIs", Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.show(args, func(w *workspace, r statement.Run) view { return kpiView(r, scope, w.lang) }, s)
		},
	}
	kpis.Flags().StringVar(&scope, "scope", "agent", "agent, team, site, region, company")
	rank := &cobra.Command{
		Use: "rank [MONTH]", Short: "排名 / rankings", Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.show(args, func(w *workspace, r statement.Run) view { return rankView(r, w.lang) }, s)
		},
	}
	show.AddCommand(kpis, rank)
	return show
}

// view is one thing to show: for the eye, as JSON, and as the CSV that run writes too.
type view struct {
	table *columns
	json  any
	csv   sheet.Table
}

func (a *app) show(args []string, build func(*workspace, statement.Run) view, s shown) error {
	a.noDigest = true
	w, err := a.open()
	if err != nil {
		return err
	}
	run, err := w.computeMonth(first(args), filepath.Join(a.dir, "plan.yaml"))
	if err != nil {
		return err
	}
	report := run.Report()
	v := build(w, report)
	switch {
	case s.json:
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(v.json); err != nil {
			return err
		}
	case s.csv:
		if err := outcsv.Write(a.out, v.csv); err != nil {
			return err
		}
	default:
		v.table.print(a.out, w.lang)
	}
	return a.tell(w.lang, append(w.problems, report.Problems...))
}

func (t *columns) csv(a *app, l lang.Lang) error {
	out := csv.NewWriter(a.out)
	head := make([]string, len(t.head))
	for i, h := range t.head {
		head[i] = h.In(l)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	return out.WriteAll(t.rows)
}

type kpiJSON struct {
	Scope      string `json:"scope"`
	ID         string `json:"id"`
	KPI        string `json:"kpi"`
	Value      string `json:"value"`
	Target     string `json:"target,omitempty"`
	Attainment string `json:"attainment,omitempty"`
}

func kpiView(r statement.Run, scope string, l lang.Lang) view {
	t := newTable(lang.T("范围", "scope"), lang.T("编号", "id"), lang.T("指标", "KPI"), lang.T("值", "value"), lang.T("目标", "target"), lang.T("完成率", "attainment"))
	t.right(3, 4, 5)
	var data []kpiJSON
	for _, k := range r.KPIs {
		if k.Scope != scope {
			continue
		}
		value := "—"
		if k.HasBase {
			value = statement.Write(k.Value, k.Unit)
		}
		j := kpiJSON{Scope: k.Scope, ID: k.ID, KPI: k.KPI, Value: value, Target: optional(k.Target, k.Unit), Attainment: optional(k.Attainment, statement.Percent)}
		data = append(data, j)
		t.add(j.Scope, j.ID, j.KPI, j.Value, j.Target, j.Attainment)
	}
	only := r
	only.KPIs = nil
	for _, k := range r.KPIs {
		if k.Scope == scope {
			only.KPIs = append(only.KPIs, k)
		}
	}
	return view{t, data, sheet.KPIs(only, l)}
}

func optional(v *money.Ratio, u statement.Unit) string {
	if v == nil {
		return ""
	}
	return statement.Write(*v, u)
}

type rankJSON struct {
	Board  string `json:"board"`
	Group  string `json:"group,omitempty"`
	Place  int    `json:"place"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Value  string `json:"value"`
	Before int    `json:"previous_place,omitempty"`
	Honour string `json:"honour,omitempty"`
	WhyNot string `json:"why_not,omitempty"`
}

func rankView(r statement.Run, l lang.Lang) view {
	t := newTable(lang.T("榜", "board"), lang.T("名次", "place"), lang.T("编号", "id"), lang.T("姓名", "name"), lang.T("值", "value"), lang.T("上月", "before"), lang.T("称号", "honour"))
	t.right(1, 4, 5)
	var data []rankJSON
	for _, b := range r.Rankings {
		for _, e := range b.Entries {
			j := rankJSON{Board: b.Board, Group: b.Group, Place: e.Place, ID: e.ID, Name: e.Name, Value: optional(e.Value, b.Unit), Before: e.Previous, Honour: e.Honour, WhyNot: e.WhyNot.In(l)}
			data = append(data, j)
			place := strconv.Itoa(e.Place)
			if e.Place == 0 {
				place = "—"
			}
			before := ""
			if e.Previous > 0 {
				before = fmt.Sprint(e.Previous)
			}
			t.add(b.Title.In(l), place, e.ID, e.Name, j.Value, before, e.Honour+e.WhyNot.In(l))
		}
	}
	return view{t, data, sheet.Rankings(r, l)}
}
