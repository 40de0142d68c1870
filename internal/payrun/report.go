package payrun

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/kpi"
)

// Frame gives the last month with its rows and problems: no statements and no tables.
func (r *Run) Frame() statement.Run {
	in := r.in
	out := statement.Run{Company: in.Project.Company, Month: r.last.month, Currency: in.Project.Currency, Plan: in.Plan.Name, Filed: in.Plan.Filed,
		PlanHash: in.Plan.Hash, Version: in.Version, Draft: true, Settings: in.Plan.Settings, Rows: r.last.coverage()}
	out.Problems = r.problems() // coverage adds its own
	return out
}

// Papers gives the statements of the last month with its problems, and no tables:
// what a worked example asks for.
func (r *Run) Papers() statement.Run {
	m := r.last
	var sts []statement.Statement
	var stopped []statement.Stopped
	for _, s := range m.sheets {
		if s.stopped != nil {
			stopped = append(stopped, statement.Stopped{Agent: s.person.ID, Name: s.person.Name, Team: s.station.Team, Code: s.stopped.Code})
			continue
		}
		sts = append(sts, m.statement(s))
	}
	out := r.Frame()
	out.Statements, out.Stopped = sts, stopped
	return out
}

// Report gives everything that outputs print of the last month.
func (r *Run) Report() statement.Run {
	m := r.last
	out := r.Papers()
	out.Rules = columns(r.in.Plan.Rules, out.Statements)
	out.KPIs, out.Rankings = m.kpiTable(), m.rankings()
	out.Law = m.lawUsed()
	out.Suggested, out.Odd, out.PayDays, out.Overtime = m.suggestions(), m.odd(out.Statements), m.payDays(), m.overtime()
	out.Reports = m.reports()
	return out
}

// columns are the components of the register: the plan's rules in their order,
// then what telepay itself posted.
func columns(rules []*rule.Rule, sts []statement.Statement) []statement.Column {
	var out []statement.Column
	seen := map[string]bool{}
	for _, x := range rules {
		kind := statement.Earning
		if x.Kind.Section == "deductions" {
			kind = statement.Deduction
		}
		out = append(out, statement.Column{Rule: x.Name, Title: x.Title, Kind: kind})
		seen[x.Name] = true
	}
	own := map[string]lang.Text{"one_off": lang.T("一次性奖励", "One-off"), "ruling": lang.T("裁定补差", "Rulings"), "reversal": lang.T("退款冲回", "Reversals"),
		"minimum_wage": lang.T("最低工资补足", "Minimum wage"), "sick_pay": lang.T("病假工资补足", "Sick pay"), "advanced": lang.T("代垫结转", "Advanced"), "rounding": lang.T("尾差", "Rounding"), "carried": lang.T("结转", "Carried")}
	for _, st := range sts {
		for _, l := range st.Lines {
			if seen[l.Rule] || l.Kind == statement.Employer { // what the employer pays is in no sum of the register
				continue
			}
			seen[l.Rule] = true
			title, several := own[l.Rule] // of lines that are titled one by one
			if !several {
				title = l.Title
			}
			out = append(out, statement.Column{Rule: l.Rule, Title: title, Kind: l.Kind})
		}
	}
	return out
}

// problems are those of the last month and of the facts behind it, less rows
// that a decision accepts.
func (r *Run) problems() []diag.Problem {
	var l diag.List
	for _, p := range slices.Concat(r.book.Problems, r.last.problems, r.last.legalNotes()) {
		if (p.Reach == diag.Row || p.Reach == diag.Note) && r.acceptedRow(p) {
			continue
		}
		l.Add(p)
	}
	return l.Sorted()
}

func (r *Run) acceptedRow(p diag.Problem) bool {
	for _, d := range r.last.facts.Decisions {
		if d.What == "accept" && d.Ref != "" && strings.HasSuffix(sourceText(p), d.Ref) {
			return true
		}
	}
	return false
}

func sourceText(p diag.Problem) string {
	return lang.F("%s#%d", "%s#%d", p.Pos.File, p.Pos.Line).EN
}

func unitOf(b *kpi.Board) statement.Unit { return unitOfType(b.By.Type()) }

func unitOfType(t expr.Type) statement.Unit { return rule.UnitOf(t) }

// Engine returns the measures behind the run, for show and explain.
func (r *Run) Engine() *kpi.Engine { return r.engine }

// Stops returns the problems, of any month, that forbid every result.
func (r *Run) Stops() []diag.Problem {
	var out []diag.Problem
	for _, mi := range r.in.Months {
		for _, p := range r.months[mi.Facts.Month].problems {
			if p.Reach == diag.Stop {
				out = append(out, p)
			}
		}
	}
	return out
}
