package scan

import (
	"fmt"
	"slices"
	"strconv"

	"telepay/internal/query"
)

// program is a query set made ready to run: what to decode, the filters without
// duplicates and children first, the measures, and the logs behind distinct
// counts and repeats.
type program struct {
	nodes    []node
	measures []measure
	fours    [][4]int // filters of the counts, four and four
	width    int      // counters of measures in a cell
	logs     []logOf
	distinct []int // log of each distinct query
	repeats  []int // log of each repeats query
	near     []nearOf
	moments  []momentsOf
	counters int // in a cell: measures, repeats and near

	words     [len(wordFields)]bool
	ids       []bool // as fields.ids
	filled    []bool
	nums      []bool // as fields.numbers
	connected bool
}

// vector names a text column by its class and place there.
type vector struct {
	class class
	at    int
}

type class uint8

const (
	noClass class = iota
	wordClass
	idClass
	agentClass
)

// measure is one counter of a cell, at its place there. where is a node, or everyRow.
type measure struct {
	kind  query.Kind
	num   int
	where int
	at    int
	lift  int64 // what stands above its values; see query.Lift
}

// Filters that need no node.
const (
	everyRow = -1
	noRow    = -2
)

// logOf lists the values of a column in the rows that pass.
type logOf struct {
	of    vector
	where int
}

type momentsOf struct {
	of    vector
	where int
	keys  map[uint64][]int // code → places in Keys
}

// compiler keeps what is only needed while a set is compiled.
type compiler struct {
	*program
	e     *engine
	nodes map[string]int // by content, so that no filter is evaluated twice
	names map[string]bool
	err   error
}

func compile(set query.Set, e *engine) (*program, error) {
	c := &compiler{program: newProgram(set, e.fields), e: e, nodes: map[string]int{}, names: map[string]bool{}}
	c.checkOwn(set.Own)
	for _, m := range set.Measures {
		c.name(m.Name)
		c.measures = append(c.measures, c.measure(m, set.LiftOf(m)))
	}
	for _, d := range set.Distincts {
		c.name(d.Name)
		c.distinct = append(c.distinct, c.log(d.Field, d.Where))
	}
	for _, r := range set.Repeats {
		c.name(r.Name)
		c.repeats = append(c.repeats, c.log(r.Field, r.Where))
	}
	for _, n := range set.Near {
		c.name(n.Name)
		c.near = append(c.near, nearOf{c.log(n.Field, n.Where), c.log(n.Field, n.Other), span(n.From, n.To)})
	}
	for _, m := range set.Moments {
		c.name(m.Name)
		c.moments = append(c.moments, c.momentsOf(m))
	}
	c.place()
	return c.program, c.err
}

// checkOwn refuses columns of the company's own that are called like another field.
func (c *compiler) checkOwn(own []query.Column) {
	taken := slices.Concat([]string{"agent", "started", "count", "connected"}, wordFields[:], idFields[:], numberFields[:])
	for _, o := range own {
		if slices.Contains(taken, o.Name) {
			c.fail("two fields of a call are called %q", o.Name)
		}
		taken = append(taken, o.Name)
	}
}

func newProgram(set query.Set, f fields) *program {
	return &program{counters: len(set.Measures) + len(set.Repeats) + len(set.Near), ids: make([]bool, len(f.ids)), filled: make([]bool, len(f.ids)), nums: make([]bool, len(f.numbers))}
}

// place gives every measure its place in a cell. Counts come first: four of them
// are added up in one loop over the rows, the last four being filled with noRow.
func (p *program) place() {
	counts := 0
	for i := range p.measures {
		if m := &p.measures[i]; m.kind == query.Count {
			if counts%4 == 0 {
				p.fours = append(p.fours, [4]int{noRow, noRow, noRow, noRow})
			}
			p.fours[counts/4][counts%4] = m.where
			m.at = counts
			counts++
		}
	}
	p.width = 4 * len(p.fours)
	for i := range p.measures {
		if m := &p.measures[i]; m.kind != query.Count {
			m.at = p.width
			p.width++
		}
	}
}

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("scan: "+format, args...)
	}
}

func (c *compiler) name(name string) {
	if c.names[name] {
		c.fail("two queries are called %q", name)
	}
	c.names[name] = true
}

func (c *compiler) measure(m query.Measure, lift int64) measure {
	out := measure{kind: m.Kind, where: c.where(m.Where), lift: lift}
	if m.Kind != query.Count {
		out.num = c.number(m.Field)
	}
	return out
}

func (c *compiler) momentsOf(m query.Moments) momentsOf {
	out := momentsOf{of: c.vector(m.Field), where: c.where(m.Where), keys: map[uint64][]int{}}
	for i, key := range m.Keys {
		if code := c.codeOf(out.of, key); code != 0 {
			out.keys[code] = append(out.keys[code], i)
		}
	}
	return out
}

// codeOf is the code that a cell with this text would get.
func (c *compiler) codeOf(v vector, text string) uint64 {
	switch v.class {
	case idClass:
		return c.e.coder.code(text, &c.e.texts)
	case agentClass:
		code := c.e.people.code(text)
		if code >= odd {
			return 0
		}
		return uint64(code)
	}
	return uint64(c.e.words[v.at].code(query.Normal(text)))
}

func (c *compiler) log(field string, where *query.Filter) int {
	l := logOf{c.vector(field), c.where(where)}
	if i := slices.Index(c.logs, l); i >= 0 {
		return i
	}
	c.logs = append(c.logs, l)
	return len(c.logs) - 1
}

// vector finds a text field and has it decoded.
func (c *compiler) vector(field string) vector {
	if i := slices.Index(wordFields[:], field); i >= 0 {
		c.words[i] = true
		return vector{wordClass, i}
	}
	if i := slices.Index(c.e.fields.ids, field); i >= 0 {
		c.ids[i] = true
		return vector{idClass, i}
	}
	if field != "agent" {
		c.fail("a call has no text field %q", field)
	}
	return vector{agentClass, 0}
}

func (c *compiler) number(field string) int {
	i := slices.Index(c.e.fields.numbers, field)
	if i < 0 {
		c.fail("a call has no number field %q", field)
		return 0
	}
	c.nums[i] = true
	return i
}

// least is the smallest number that a field may have.
func (c *compiler) least(field string) int64 {
	if slices.Index(c.e.fields.numbers, field) < len(numberFields) {
		return 0
	}
	return -query.MostOwn
}

func (c *compiler) where(f *query.Filter) int {
	if f == nil {
		return everyRow
	}
	return c.node(f)
}

// node compiles a filter and its kids.
func (c *compiler) node(f *query.Filter) int {
	switch f.Op {
	case query.And, query.Or, query.Not:
		return c.branch(f)
	case query.Is:
		if f.Field != "connected" {
			c.fail("a call has no yes/no field %q", f.Field)
		}
		c.connected = true
		return c.add(node{op: isConnected})
	case query.Less:
		return c.add(node{op: numberBelow, at: c.number(f.Field), number: f.Number})
	case query.AtMost:
		return c.add(node{op: numberUpTo, at: c.number(f.Field), number: f.Number})
	case query.More:
		return c.add(node{op: numberAbove, at: c.number(f.Field), number: f.Number})
	case query.AtLeast:
		return c.add(node{op: numberFrom, at: c.number(f.Field), number: f.Number})
	case query.Has:
		return c.has(f)
	case query.Equal:
		return c.equal(f)
	}
	c.fail("a filter has no operation %d", f.Op)
	return 0
}

func (c *compiler) branch(f *query.Filter) int {
	n := node{op: allOf}
	if f.Op == query.Or {
		n.op = anyOf
	}
	if f.Op == query.Not {
		n.op = noneOf
		if len(f.Kids) != 1 {
			c.fail("not has %d filters below it, want one", len(f.Kids))
		}
	}
	for _, k := range f.Kids {
		n.kids = append(n.kids, c.node(k))
	}
	slices.Sort(n.kids)
	n.kids = slices.Compact(n.kids)
	return c.add(n)
}

func (c *compiler) has(f *query.Filter) int {
	if slices.Contains(c.e.fields.numbers, f.Field) {
		return c.add(node{op: numberFrom, at: c.number(f.Field), number: c.least(f.Field)})
	}
	if i := slices.Index(c.e.fields.ids, f.Field); i >= 0 {
		c.filled[i] = true
		return c.add(node{op: idFilled, at: i})
	}
	v := c.vector(f.Field)
	if v.class == agentClass {
		return c.add(node{op: agentFilled})
	}
	return c.add(node{op: wordFilled, at: v.at})
}

func (c *compiler) equal(f *query.Filter) int {
	if slices.Contains(c.e.fields.numbers, f.Field) {
		return c.equalNumber(f)
	}
	v := c.vector(f.Field)
	n := node{op: [...]nodeOp{wordClass: wordIn, idClass: idIn, agentClass: agentIn}[v.class], at: v.at}
	for _, t := range f.Texts {
		if code := c.codeOf(v, t); code != 0 {
			n.codes = append(n.codes, code)
		}
	}
	slices.Sort(n.codes)
	n.codes = slices.Compact(n.codes)
	switch {
	case v.class != idClass:
		n.table = tableOf(n.codes)
	case len(n.codes) > few:
		n.set = newCodeSet(n.codes)
	}
	return c.add(n)
}

// tableOf has a 1 for each code.
func tableOf(codes []uint64) (t []byte) {
	for _, c := range codes {
		t = append(t, make([]byte, int(c)+1-len(t))...)
		t[c] = 1
	}
	return t
}

// equalNumber is any of the numbers that the texts spell.
func (c *compiler) equalNumber(f *query.Filter) int {
	either, at := node{op: anyOf}, c.number(f.Field)
	for _, t := range f.Texts {
		v, err := strconv.ParseInt(t, 10, 64)
		if err != nil {
			c.fail("%q is compared with the number field %s", t, f.Field)
		}
		low := c.add(node{op: numberFrom, at: at, number: v})
		high := c.add(node{op: numberUpTo, at: at, number: v})
		either.kids = append(either.kids, c.add(node{op: allOf, kids: []int{low, high}}))
	}
	return c.add(either)
}

// add returns the place of n among the nodes, where it may stand already.
func (c *compiler) add(n node) int {
	key := fmt.Sprint(n.op, n.kids, n.at, n.number, n.codes)
	if i, ok := c.nodes[key]; ok {
		return i
	}
	c.program.nodes = append(c.program.nodes, n)
	c.nodes[key] = len(c.program.nodes) - 1
	return len(c.program.nodes) - 1
}
