package scan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"telepay/internal/query"
)

// The oracle counts rows, one by one.

// withFirstLeg is a call with what its first connect says.
func (r *oRow) withFirstLeg() oRow {
	first := *r
	first.nums = maps.Clone(r.nums)
	if len(r.legs) > 0 {
		first.take(r.legs[0])
	}
	return first
}

func (o *oracle) count(r *oRow) {
	first := r.withFirstLeg()
	talkElsewhere := len(r.legs) > 0 && r.legs[0].nums["talk"] >= 0 && r.legs[0].cells["agent"] != "" && r.legs[0].cells["agent"] != r.cells["agent"]
	for i, m := range o.set.Measures {
		if !(talkElsewhere && m.Field == "talk" && m.Kind != query.Count) {
			o.add(i, m, &first)
		}
	}
	for i, rep := range o.set.Repeats {
		o.addRepeat(i, rep, &first)
	}
	for _, d := range o.set.Distincts {
		if v := first.text(d.Field); v != "" && passes(d.Where, &first) {
			days := sub(sub(o.distinct, d.Name), r.cells["agent"])
			if days[r.day] == nil {
				days[r.day] = map[string]bool{}
			}
			days[r.day][v] = true
		}
	}
	for _, m := range o.set.Moments {
		for _, key := range m.Keys {
			if query.Normal(key) == first.text(m.Field) && passes(m.Where, &first) {
				o.moments[m.Name] = append(o.moments[m.Name], query.Moment{Agent: r.cells["agent"], Key: key, Day: r.day, Clock: int32(r.clock)})
			}
		}
	}
	o.countLegs(r, &first, talkElsewhere)
}

// countLegs adds the talk of other people's legs.
func (o *oracle) countLegs(r, first *oRow, firstToo bool) {
	for n, c := range r.legs {
		agent := cmp.Or(c.cells["agent"], r.cells["agent"])
		if c.nums["talk"] < 0 || n == 0 && !firstToo {
			continue
		}
		leg := *first
		leg.cells, leg.nums = map[string]string{}, map[string]int64{}
		for k, v := range first.cells {
			leg.cells[k] = v
		}
		for k, v := range first.nums {
			leg.nums[k] = v
		}
		leg.take(c)
		leg.cells["agent"] = agent
		for i, m := range o.set.Measures {
			if m.Field == "talk" && m.Kind != query.Count {
				o.add(i, m, &leg)
			}
		}
	}
}

// take puts what a connect states in place of what the row states.
func (r *oRow) take(c *oRow) {
	cells := map[string]string{}
	for k, v := range r.cells {
		cells[k] = v
	}
	if c.cells["intent"] != "" {
		cells["intent"] = c.cells["intent"]
	}
	if c.cells["next_contact"] != "" {
		cells["next_contact"] = c.cells["next_contact"]
	}
	r.cells = cells
	for _, n := range []string{"talk", "ring"} {
		if c.nums[n] >= 0 {
			r.nums[n] = c.nums[n]
		}
	}
}

func sub[K comparable, L comparable, V any](m map[K]map[L]V, k K) map[L]V {
	if m[k] == nil {
		m[k] = map[L]V{}
	}
	return m[k]
}

func (o *oracle) cell(r *oRow) []int64 {
	days := sub(o.byAgent, r.cells["agent"])
	if days[r.day] == nil {
		days[r.day] = make([]int64, len(o.set.Measures)+len(o.set.Repeats)+len(o.set.Near))
	}
	return days[r.day]
}

func (o *oracle) add(i int, m query.Measure, r *oRow) {
	if !passes(m.Where, r) {
		return
	}
	c := o.cell(r)
	switch m.Kind {
	case query.Count:
		c[i]++
	case query.Sum:
		if v, has := r.number(m.Field); has {
			c[i] += v
		}
	case query.Max:
		v, has := r.number(m.Field)
		key := fmt.Sprint(r.cells["agent"], r.day, i)
		if has && (!o.known[key] || v > c[i]) {
			c[i], o.known[key] = v, true
		}
	case query.Slots:
		c[i] |= 1 << (r.clock / 1800)
	}
}

// countNear looks at every pair of rows.
func (o *oracle) countNear() {
	var rows []*oRow
	for _, r := range o.calls {
		if r.reason == "" {
			first := r.withFirstLeg()
			rows = append(rows, &first)
		}
	}
	for i, n := range o.set.Near {
		for _, r := range rows {
			follows := func(x *oRow) bool {
				apart := int(x.day - r.day)
				return apart >= n.From && apart <= n.To && apart != 0 && x.text(n.Field) == r.text(n.Field) && passes(n.Other, x)
			}
			if r.text(n.Field) != "" && passes(n.Where, r) && slices.ContainsFunc(rows, follows) {
				o.cell(r)[len(o.set.Measures)+len(o.set.Repeats)+i]++
			}
		}
	}
}

// addRepeat counts in the oracle's own way: rows of agent, day and value so far.
func (o *oracle) addRepeat(i int, rep query.Repeats, r *oRow) {
	v := r.text(rep.Field)
	if v == "" || !passes(rep.Where, r) {
		return
	}
	key := "repeat " + rep.Name + " " + v
	seen := sub(sub(o.distinct, key), r.cells["agent"])
	if seen[r.day] == nil {
		seen[r.day] = map[string]bool{}
	}
	seen[r.day][strconv.Itoa(len(seen[r.day]))] = true
	if int64(len(seen[r.day])) > rep.Allowed {
		o.cell(r)[len(o.set.Measures)+i]++
	}
}

func (r *oRow) text(field string) string { return query.Normal(r.cells[field]) }

func passes(f *query.Filter, r *oRow) bool {
	if f == nil {
		return true
	}
	v, has := r.number(f.Field)
	switch f.Op {
	case query.And:
		return !slices.ContainsFunc(f.Kids, func(k *query.Filter) bool { return !passes(k, r) })
	case query.Or:
		return slices.ContainsFunc(f.Kids, func(k *query.Filter) bool { return passes(k, r) })
	case query.Not:
		return !passes(f.Kids[0], r)
	case query.Equal:
		return slices.ContainsFunc(f.Texts, func(t string) bool { return passesEqual(f.Field, t, r) })
	case query.Has:
		if isNumberField(f.Field) {
			return has
		}
		return r.text(f.Field) != ""
	case query.Less:
		return has && v < f.Number
	case query.AtMost:
		return has && v <= f.Number
	case query.More:
		return has && v > f.Number
	case query.AtLeast:
		return has && v >= f.Number
	}
	return r.yes
}

func passesEqual(field, text string, r *oRow) bool {
	if isNumberField(field) {
		v, has := r.number(field)
		return has && text == strconv.FormatInt(v, 10)
	}
	return r.text(field) != "" && r.text(field) == query.Normal(text)
}
