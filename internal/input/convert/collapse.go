package convert

import (
	"strings"

	"telepay/internal/expr"
	"telepay/internal/input/profile"
)

// collapse reads the whole file and makes one row of those that agree in the
// key, in the order in which keys are first met. The others are counted.
func (r *Reader) collapse() {
	groups := map[string][]*rowOf{}
	var order []string
	for {
		raw, ok := r.raw()
		if !ok {
			break
		}
		for _, x := range r.rowsOf(raw) {
			if !x.convert() {
				continue
			}
			key := x.key()
			if _, ok := groups[key]; !ok {
				order = append(order, key)
			}
			groups[key] = append(groups[key], x)
		}
	}
	for _, key := range order {
		x := r.one(groups[key])
		for _, other := range groups[key] {
			if other != x {
				other.leave(Fate{Reason: "collapsed"})
			}
		}
		x.sum()
		r.queue = append(r.queue, x)
	}
}

func (x *rowOf) key() string {
	var parts []string
	for _, name := range x.r.lay.Collapse.Key {
		if i, ok := x.r.at[name]; ok {
			parts = append(parts, profile.Fold(x.get(i).text))
		}
	}
	return strings.Join(parts, "\x00")
}

// one picks the row of a group and gives it the fields that come from others.
func (r *Reader) one(group []*rowOf) *rowOf {
	c := r.lay.Collapse
	x := pick(group, c.Take)
	values := map[int]value{}
	for name, p := range c.With {
		if i, ok := r.at[name]; ok {
			values[i] = pick(group, p).get(i)
		}
	}
	for i := range x.done { // formulas may use what comes from other rows
		if r.binds[i].Formula != nil {
			x.done[i] = false
		}
	}
	for i, v := range values {
		x.done[i], x.values[i] = true, v
	}
	for i := range x.done {
		x.get(i)
	}
	return x
}

// pick chooses a row; of equals the first.
func pick(group []*rowOf, p profile.Pick) *rowOf {
	best := group[0]
	if p.How == "last" {
		return group[len(group)-1]
	}
	for _, x := range group[1:] {
		if p.How == "highest" && x.above(best, p.Of) || p.How == "lowest" && best.above(x, p.Of) {
			best = x
		}
	}
	return best
}

// above tells whether a column's value is higher than another row's; none is lowest.
func (x *rowOf) above(other *rowOf, name string) bool {
	a, b := x.env(name), other.env(name)
	switch {
	case a.NoBase || b.NoBase:
		return b.NoBase && !a.NoBase
	case a.Kind == expr.Number:
		return a.Num.Cmp(b.Num) > 0
	case a.Kind == expr.YesNo:
		return a.Yes && !b.Yes
	}
	return a.Text > b.Text
}
