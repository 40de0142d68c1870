// Package simulate compares one month under two plans. Two runs of the same
// facts come in, differences go out; it computes no pay of its own.
package simulate

import (
	"sort"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Row is what somebody, a team or a rule comes to under both plans.
type Row struct {
	ID   string
	Name lang.Text
	Team string // of an agent
	Old  money.Decimal
	New  money.Decimal
	// Side says where a person has no statement: old, new, both; empty: he has both.
	Missing string
}

// Difference is new less old.
func (r Row) Difference() money.Decimal { return r.New.Sub(r.Old) }

// Comparison is a month under the plan in force (old) and another (new).
type Comparison struct {
	Agents []Row // by size of the difference, largest first
	Teams  []Row
	Rules  []Row
	Total  Row
	// Winners and Losers count people whose payable rises or falls.
	Winners, Losers, Same int
}

// Compare holds a run under another plan against the one in force.
func Compare(old, new statement.Run) Comparison {
	var c Comparison
	agents, teams, rules := newRows(), newRows(), newRows()
	for i, run := range []statement.Run{old, new} {
		for _, st := range run.Statements {
			agents.add(i, st.Person.ID, lang.Same(st.Person.Name), st.Station.Team, st.Totals.Payable)
			teams.add(i, st.Station.Team, lang.Same(st.Station.Team), "", st.Totals.Payable)
			c.Total.add(i, st.Totals.Payable)
			for _, l := range st.Lines {
				rules.add(i, l.Rule, titleOf(run, l.Rule), "", l.Amount)
			}
		}
	}
	for _, s := range old.Stopped {
		agents.missing(s, "old")
	}
	for _, s := range new.Stopped {
		agents.missing(s, "new")
	}
	c.Agents, c.Teams, c.Rules = agents.sorted(), teams.sorted(), rules.sorted()
	for _, r := range c.Agents {
		switch r.Difference().Sign() {
		case 1:
			c.Winners++
		case -1:
			c.Losers++
		default:
			c.Same++
		}
	}
	return c
}

func titleOf(run statement.Run, rule string) lang.Text {
	for _, c := range run.Rules {
		if c.Rule == rule {
			return c.Title
		}
	}
	return lang.Same(rule)
}

func (r *Row) add(side int, v money.Decimal) {
	if side == 0 {
		r.Old = r.Old.Add(v)
	} else {
		r.New = r.New.Add(v)
	}
}

type rows struct {
	at  map[string]int
	all []Row
}

func newRows() *rows { return &rows{at: map[string]int{}} }

func (rs *rows) row(id string, name lang.Text, team string) *Row {
	i, ok := rs.at[id]
	if !ok {
		i = len(rs.all)
		rs.at[id] = i
		rs.all = append(rs.all, Row{ID: id, Name: name, Team: team})
	}
	return &rs.all[i]
}

func (rs *rows) add(side int, id string, name lang.Text, team string, v money.Decimal) {
	rs.row(id, name, team).add(side, v)
}

func (rs *rows) missing(s statement.Stopped, side string) {
	r := rs.row(s.Agent, lang.Same(s.Name), s.Team)
	if r.Missing != "" && r.Missing != side {
		side = "both"
	}
	r.Missing = side
}

// sorted puts the largest differences first, then by id.
func (rs *rows) sorted() []Row {
	sort.SliceStable(rs.all, func(i, j int) bool {
		a, b := rs.all[i].Difference().Abs(), rs.all[j].Difference().Abs()
		if c := a.Cmp(b); c != 0 {
			return c > 0
		}
		return rs.all[i].ID < rs.all[j].ID
	})
	return rs.all
}
