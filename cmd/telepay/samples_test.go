//go:build samples

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// publishedCase is a commission with a published answer: SAMPLES has a file of them.
type publishedCase struct {
	ID   string
	Plan struct {
		Type       string
		Rate       string
		BaseSalary string `json:"base_salary"`
		PoolRate   string `json:"pool_rate"`
		Shares     map[string]string
		Tiers      []struct{ From, Rate string }
	}
	Input     struct{ Amount string }
	Published map[string]any
}

// rate writes the rate as a plan has it: 0.05 is 5%.
func (c publishedCase) rate(t *testing.T) string {
	percent := func(s string) string { return decimal(t, s).Mul(decimal(t, "100")).String() + "%" }
	switch c.Plan.Type {
	case "flat":
		return percent(c.Plan.Rate)
	case "split":
		return percent(c.Plan.PoolRate)
	}
	out := "{mode: marginal"
	for _, x := range c.Plan.Tiers {
		out += fmt.Sprintf(", from %s: %s", x.From, percent(x.Rate))
	}
	return out + "}"
}

// TestSampleCommissionCases runs each case as a month of a project: one deal, one
// payment, and the pay that was published for it.
func TestSampleCommissionCases(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(os.Getenv("SAMPLES"), "commission-cases", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []publishedCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			dir := t.TempDir()
			base := c.Plan.BaseSalary
			if base == "" {
				base = "0"
			}
			put(t, filepath.Join(dir, "telepay.yaml"), "company: 样例\nfirst_month: 2026-10\n")
			put(t, filepath.Join(dir, "plan.yaml"), "plan: 样例\nsince: 2026-10\nearnings:\n  base: {amount: "+base+"}\n  commission: {of: collected, rate: "+c.rate(t)+"}\n")
			put(t, filepath.Join(dir, "roster.csv"), "工号,姓名,团队,角色,职级,入职日期\nA,甲,一组,agent,P1,2025-01-01\nB,乙,一组,agent,P1,2025-01-01\n")
			shares := "A 100%"
			if len(c.Plan.Shares) > 0 {
				shares = "A " + c.Plan.Shares["A"] + "%; B " + c.Plan.Shares["B"] + "%"
			}
			put(t, filepath.Join(dir, "exports", "2026-10", "deals.csv"), "单号,工号,客户,合同额,签约日,分成\nD1,A,K1,"+c.Input.Amount+",2026-10-08,"+shares+"\n")
			put(t, filepath.Join(dir, "exports", "2026-10", "payments.csv"), "流水号,单号,到账日,金额\nP1,D1,2026-10-09,"+c.Input.Amount+"\n")
			do(t, exitDone, nil, "-C", dir, "--quiet", "run")
			got := column(t, dir, "payable")
			want := map[string]string{"A": fmt.Sprint(c.Published["total"])}
			if c.Plan.Type == "split" {
				want = map[string]string{"A": fmt.Sprint(c.Published["A"]), "B": fmt.Sprint(c.Published["B"])}
			}
			for id, w := range want {
				if !decimal(t, strings.TrimSpace(got[id])).Equal(decimal(t, w)) {
					t.Errorf("%s gets %s, published is %s", id, got[id], w)
				}
			}
		})
	}
	if len(cases) < 7 {
		t.Errorf("%d cases", len(cases))
	}
}
