package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestShowKPINamed: a KPI that is asked for by name, with whatever else, is what it
// is among all of them, though nothing but what it rests on is counted.
func TestShowKPINamed(t *testing.T) {
	dir := exampleProject(t)
	show := func(names ...string) (rows []string) {
		var out, errs bytes.Buffer
		if status := runWith(append([]string{"-C", dir, "--quiet", "show", "kpi", "--csv"}, names...), &out, &errs); status != exitDone {
			t.Fatal(status, errs.String())
		}
		return strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	}
	kpiOf := func(row string) string { return strings.Split(row, ",")[4] }
	all := show()
	var names []string
	for _, row := range all {
		names = append(names, kpiOf(row))
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) < 40 {
		t.Fatalf("%d KPIs", len(names))
	}
	for i := range 9 {
		var some, want []string
		for n, name := range names {
			if n%9 == i {
				some = append(some, name)
			}
		}
		for _, row := range all {
			if slices.Contains(some, kpiOf(row)) {
				want = append(want, row)
			}
		}
		if got := show(some...); !slices.Equal(got, want) {
			t.Errorf("%v: %d rows, want %d", some, len(got), len(want))
		}
	}
}
