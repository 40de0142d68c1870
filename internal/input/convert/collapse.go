package convert

import (
	"crypto/sha256"

	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/money"
)

// Rows that agree in the key become one. Where only one row of each group counts,
// the file is read twice: first to find which, then to hand it out, so that what
// is kept is a few words for each group. Where fields are taken from other rows
// of the group, the rows are kept; that is how small files, punches, are read.

// winner is the row of a group that stays: its place among all rows of the file,
// and the value that it was chosen by.
type winner struct {
	place int64
	has   bool
	whole int64        // the value, where it is whole
	exact *money.Ratio // and where it is not
	text  string
}

// choose finds the winners, in readings that leave no trace. The first one only
// looks at keys: a row that is alone with its own stays. Most files have few others.
func (r *Reader) choose() error {
	r.quiet = true
	defer func() { r.quiet = false }()
	first := make(map[[16]byte]int64, r.Table.MostRows())
	var several places
	n := r.each(func(x *rowOf, place int64) {
		key := x.key()
		if other, met := first[key]; met {
			several.add(other)
			several.add(place)
		} else {
			first[key] = place
		}
	})
	first = nil
	r.winners = make(places, n/64+1)
	for i := range r.winners {
		r.winners[i] = ^uint64(0)
	}
	if several == nil {
		return nil
	}
	if err := r.Restart(); err != nil {
		return err
	}
	best := map[[16]byte]winner{}
	take := r.lay.Collapse.Take
	r.each(func(x *rowOf, place int64) {
		if !several.has(place) {
			return
		}
		r.winners.remove(place)
		if !x.convert() {
			return
		}
		now, key := x.winner(place, take.Of), x.key()
		if old, met := best[key]; !met || take.How == "last" || take.How == "highest" && now.above(old) || take.How == "lowest" && old.above(now) {
			best[key] = now
		}
	})
	for _, w := range best {
		r.winners.add(w.place)
	}
	return nil
}

// each calls f for every row, and returns how many there are.
func (r *Reader) each(f func(x *rowOf, place int64)) (n int64) {
	for raw, ok := r.raw(); ok; raw, ok = r.raw() {
		for _, x := range r.rowsOf(raw) {
			f(x, n)
			n++
			r.free(x)
		}
	}
	return n
}

// places is a set of rows by their number, a bit for each.
type places []uint64

func (p *places) add(i int64) {
	for i/64 >= int64(len(*p)) {
		*p = append(*p, 0)
	}
	(*p)[i/64] |= 1 << (i % 64)
}

func (p places) remove(i int64) { p[i/64] &^= 1 << (i % 64) }

func (p places) has(i int64) bool { return i/64 < int64(len(p)) && p[i/64]>>(i%64)&1 != 0 }

func (x *rowOf) winner(place int64, by string) winner {
	w := winner{place: place}
	if by == "" {
		return w
	}
	v := &none
	if i, ok := x.r.at[by]; ok {
		v = &x.get(i).Value
	}
	switch {
	case v.Kind == expr.Word:
		w.has, w.text = true, v.Text
	case v.Kind == expr.YesNo:
		w.has = true
		if v.Yes {
			w.whole = 1
		}
	case !v.NoBase:
		w.has = true
		if n, ok := v.Num.Num().Int64(); ok && v.Num.IsDecimal() && v.Num.Num().IsWhole() {
			w.whole = n
		} else {
			num := v.Num
			w.exact = &num
		}
	}
	return w
}

// above tells whether a value is higher than another one; none is lowest.
func (w winner) above(other winner) bool {
	switch {
	case !w.has || !other.has:
		return w.has && !other.has
	case w.text != other.text:
		return w.text > other.text
	case w.exact == nil && other.exact == nil:
		return w.whole > other.whole
	}
	return w.ratio().Cmp(other.ratio()) > 0
}

func (w winner) ratio() money.Ratio {
	if w.exact != nil {
		return *w.exact
	}
	return money.Whole(w.whole)
}

// wins decides over a converted row of a place in the last reading.
func (x *rowOf) wins(place int64) bool {
	if x.r.winners == nil || x.r.winners.has(place) {
		return true
	}
	x.leave(Fate{Reason: "collapsed"})
	return false
}

// gather reads the whole file and makes one row of each group, with fields of its
// other rows, in the order in which keys are first met.
func (r *Reader) gather() {
	groups := map[[16]byte][]*rowOf{}
	var order [][16]byte
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
			if _, met := groups[key]; !met {
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
		x.sum(true)
		r.queue = append(r.queue, x)
	}
}

// key is the digest of the fields in which rows agree.
func (x *rowOf) key() [16]byte {
	room := x.r.room[:0]
	for _, name := range x.r.lay.Collapse.Key {
		if i, ok := x.r.at[name]; ok {
			room = append(append(room, profile.Fold(x.get(i).text)...), 0)
		}
	}
	x.r.room = room
	sum := sha256.Sum256(room)
	return [16]byte(sum[:16])
}

// one picks the row of a group and gives it the fields that come from others.
func (r *Reader) one(group []*rowOf) *rowOf {
	c := r.lay.Collapse
	x := pick(group, c.Take)
	values := map[int]value{}
	for name, p := range c.With {
		if i, ok := r.at[name]; ok {
			values[i] = *pick(group, p).get(i)
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
		a, b := x.winner(0, p.Of), best.winner(0, p.Of)
		if p.How == "highest" && a.above(b) || p.How == "lowest" && b.above(a) {
			best = x
		}
	}
	return best
}
