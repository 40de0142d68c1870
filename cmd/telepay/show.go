package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	outcsv "telepay/internal/output/csv"
	"telepay/internal/output/sheet"
	"telepay/internal/payrun"
	"telepay/internal/statement"
)

// shown is how a show command prints: a table, CSV or JSON.
type shown struct {
	json, csv bool
}

func (a *app) showCommand() *cobra.Command {
	var s shown
	show := &cobra.Command{Use: "show", Short: "在终端看指标和排名 / tables of KPIs and rankings in the terminal", Args: usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	show.PersistentFlags().BoolVar(&s.json, "json", false, "JSON")
	show.PersistentFlags().BoolVar(&s.csv, "csv", false, "CSV")
	var scope string
	kpis := &cobra.Command{
		Use: "kpi [MONTH] [KPI ...]", Short: "指标; 写出名称就只算这些 / KPIs; where some are named, only these are counted",
		Example: "  telepay show kpi\n  telepay show kpi 2026-10 dials connect_rate --scope team",
		RunE:    func(_ *cobra.Command, args []string) error { return a.showKPIs(args, scope, s) },
	}
	kpis.Flags().StringVar(&scope, "scope", "agent", strings.Join(scopes, ", "))
	rank := &cobra.Command{
		Use: "rank [MONTH]", Short: "排名 / rankings", Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.show(first(args), nil, func(w *workspace, run *payrun.Run) (statement.Run, view) {
				r := run.Report()
				return r, rankView(r, w.lang)
			}, s)
		},
	}
	show.AddCommand(kpis, rank)
	return show
}

var scopes = []string{"agent", "team", "site", "region", "company"}

// showKPIs shows the KPIs that are named after the month, if one is, or all.
func (a *app) showKPIs(args []string, scope string, s shown) error {
	if !slices.Contains(scopes, scope) {
		return exit{exitUsage, lang.F("--scope %s: 只有 %s", "--scope %s: want one of %s", diag.Quote(scope), strings.Join(scopes, ", ")).In(a.language(lang.ZH))}
	}
	month := ""
	if len(args) > 0 && args[0] != "" && args[0][0] >= '0' && args[0][0] <= '9' {
		month, args = args[0], args[1:]
	}
	return a.show(month, args, func(w *workspace, run *payrun.Run) (statement.Run, view) {
		r := run.Frame()
		return r, kpiView(r, run.KPIs(scope, args), w.lang)
	}, s)
}

// view is one thing to show: for the eye, as JSON, and as the CSV that run writes too.
type view struct {
	table func() *columns
	json  func() any
	csv   sheet.Table
}

func (a *app) show(month string, kpis []string, build func(*workspace, *payrun.Run) (statement.Run, view), s shown) error {
	a.noDigest = true
	defer debug.SetGCPercent(debug.SetGCPercent(showGrowth))
	w, err := a.open()
	if err != nil {
		return err
	}
	w.asked = kpis
	run, err := w.computeMonth(month, filepath.Join(a.dir, "plan.yaml"))
	if err != nil {
		return err
	}
	r, v := build(w, run)
	switch {
	case s.json:
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(v.json()); err != nil {
			return err
		}
	case s.csv:
		if err := outcsv.Write(a.out, v.csv); err != nil {
			return err
		}
	default:
		v.table().print(a.out, w.lang)
	}
	return a.tell(w.lang, append(w.problems, r.Problems...))
}

// showGrowth is how much memory may grow before what is not used any more is looked
// for, in percent: most of it is logs of calls, which hold nothing to look through.
const showGrowth = 25

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

func kpiView(r statement.Run, values iter.Seq[statement.KPIValue], l lang.Lang) view {
	table := func() *columns {
		t := newTable(lang.T("范围", "scope"), lang.T("编号", "id"), lang.T("指标", "KPI"), lang.T("值", "value"), lang.T("目标", "target"), lang.T("完成率", "attainment"))
		t.right(3, 4, 5)
		for k := range values {
			j := kpiOf(k)
			t.add(j.Scope, j.ID, j.KPI, j.Value, j.Target, j.Attainment)
		}
		return t
	}
	data := func() any {
		var all []kpiJSON
		for k := range values {
			all = append(all, kpiOf(k))
		}
		return all
	}
	return view{table, data, sheet.KPIs(r, values, l)}
}

func kpiOf(k statement.KPIValue) kpiJSON {
	value := "—"
	if k.HasBase {
		value = statement.Write(k.Value, k.Unit)
	}
	return kpiJSON{Scope: k.Scope, ID: k.ID, KPI: k.KPI, Value: value, Target: optional(k.Target, k.Unit), Attainment: optional(k.Attainment, statement.Percent)}
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
	Week   string `json:"week,omitempty"` // 2026-10-05/2026-10-11
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
			j := rankJSON{Board: b.Board, Group: b.Group, Week: b.Week, Place: e.Place, ID: e.ID, Name: e.Name, Value: optional(e.Value, b.Unit), Before: e.Previous, Honour: e.Honour, WhyNot: e.WhyNot.In(l)}
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
	return view{func() *columns { return t }, func() any { return data }, sheet.Rankings(r, l)}
}
