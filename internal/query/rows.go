package query

import (
	"slices"

	"telepay/internal/period"
)

// Row is one call as a handful of them is given by hand, in a worked example:
// files of calls are read by package input/scan.
type Row struct {
	Agent   string
	Day     period.Day
	Texts   map[string]string
	Numbers map[string]int64 // clock and weekday too; own ones in their units
	Flags   map[string]bool
}

// Answer runs a set over rows, by plain loops.
func Answer(set Set, agents []string, days period.Span, rows []Row) *Table {
	t := NewTable(set, agents, days)
	rows = slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { _, ok := t.agents[r.Agent]; return !ok || !days.Has(r.Day) })
	t.Rows = int64(len(rows))
	for i := range rows {
		rows[i].Texts = normalised(rows[i].Texts)
	}
	for i, m := range set.Measures {
		for _, r := range rows {
			if passes(m.Where, r) {
				r.count(m, &t.Cell(t.agents[r.Agent], r.Day)[i], t.lifts[i])
			}
		}
	}
	for i, p := range set.Repeats {
		t.countRepeats(p, rows, len(set.Measures)+i)
	}
	for i, n := range set.Near {
		t.countNear(n, rows, len(set.Measures)+len(set.Repeats)+i)
	}
	for _, d := range set.Distincts {
		t.logValues(d, rows)
	}
	for _, m := range set.Moments {
		var found []Moment
		for _, r := range rows {
			if !passes(m.Where, r) {
				continue
			}
			for _, key := range m.Keys {
				if Normal(key) != "" && Normal(key) == r.Texts[m.Field] {
					found = append(found, Moment{Agent: r.Agent, Key: key, Day: r.Day, Clock: int32(r.Numbers["clock"])})
				}
			}
		}
		t.SetMoments(m.Name, found)
	}
	return t
}

func normalised(texts map[string]string) map[string]string {
	out := make(map[string]string, len(texts))
	for field, text := range texts {
		out[field] = Normal(text)
	}
	return out
}

func (r Row) count(m Measure, cell *int64, lift int64) {
	number, there := r.Numbers[m.Field]
	switch m.Kind {
	case Count:
		*cell++
	case Sum:
		*cell += number
	case Max:
		if there {
			*cell = max(*cell, number+lift)
		}
	case Slots:
		*cell |= 1 << (number / Slot)
	}
}

func (t *Table) countRepeats(p Repeats, rows []Row, at int) {
	type key struct {
		agent, value string
		day          period.Day
	}
	seen := map[key]int64{}
	for _, r := range rows {
		if k := (key{r.Agent, r.Texts[p.Field], r.Day}); k.value != "" && passes(p.Where, r) {
			if seen[k]++; seen[k] > p.Allowed {
				t.Cell(t.agents[r.Agent], r.Day)[at]++
			}
		}
	}
}

func (t *Table) countNear(n Near, rows []Row, at int) {
	for _, r := range rows {
		near := func(o Row) bool {
			apart := int(o.Day - r.Day)
			return o.Texts[n.Field] == r.Texts[n.Field] && apart >= n.From && apart <= n.To && passes(n.Other, o)
		}
		if r.Texts[n.Field] != "" && passes(n.Where, r) && slices.ContainsFunc(rows, near) {
			t.Cell(t.agents[r.Agent], r.Day)[at]++
		}
	}
}

// logValues gives every value a number of its own.
func (t *Table) logValues(d Distinct, rows []Row) {
	codes := map[string]uint64{}
	words := make([][]uint64, len(t.agents))
	for _, r := range rows {
		value := r.Texts[d.Field]
		if value == "" || !passes(d.Where, r) {
			continue
		}
		if codes[value] == 0 {
			codes[value] = uint64(len(codes) + 1)
		}
		agent := t.agents[r.Agent]
		words[agent] = append(words[agent], codes[value]<<wordDay|uint64(r.Day-t.days.From))
	}
	t.SetLog(d.Name, func(agent int, each func([]uint64)) { each(words[agent]) }, 1)
}

// passes tells whether a row passes a filter; nil passes every row.
func passes(f *Filter, r Row) bool {
	if f == nil {
		return true
	}
	number, there := r.Numbers[f.Field]
	switch f.Op {
	case And:
		return !slices.ContainsFunc(f.Kids, func(k *Filter) bool { return !passes(k, r) })
	case Or:
		return slices.ContainsFunc(f.Kids, func(k *Filter) bool { return passes(k, r) })
	case Not:
		return !passes(f.Kids[0], r)
	case Equal:
		return r.Texts[f.Field] != "" && slices.ContainsFunc(f.Texts, func(t string) bool { return Normal(t) == r.Texts[f.Field] })
	case Has:
		return there || r.Texts[f.Field] != ""
	case Is:
		return r.Flags[f.Field]
	case Less:
		return there && number < f.Number
	case AtMost:
		return there && number <= f.Number
	case More:
		return there && number > f.Number
	}
	return there && number >= f.Number
}
