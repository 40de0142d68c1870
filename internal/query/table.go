package query

import (
	"sort"

	"telepay/internal/period"
)

// Stretch is an agent on some days. A scope is a list of stretches: a person's
// month, a team's month by the team of the day, a week of a site.
type Stretch struct {
	Agent string
	Days  period.Span
}

// Moment is one row that a Moments query met: who, when, on which key.
type Moment struct {
	Agent string
	Key   string
	Day   period.Day
	Clock int32 // second of the day
}

// Table answers a Set for the days of one month. Build fills it; the methods read it.
type Table struct {
	days    period.Span
	agents  map[string]int
	measure map[string]int
	kinds   []Kind
	lifts   []int64 // of the measures: Lift or 0
	cells   []int64 // agents × days × measures
	logs    map[string]*log
	moments map[string][]Moment
	Rows    int64 // rows counted into cells

	mostSlots int // of a table of keys; see union
}

// NewTable returns an empty table for the measures and distincts of set (Repeats
// and Near count as measures), the agents in the order given, over days.
func NewTable(set Set, agents []string, days period.Span) *Table {
	t := &Table{days: days, agents: make(map[string]int, len(agents)), measure: map[string]int{}, logs: map[string]*log{}, moments: map[string][]Moment{}, mostSlots: maxSlots}
	for _, m := range set.Measures {
		t.measure[m.Name] = len(t.kinds)
		t.kinds = append(t.kinds, m.Kind)
	}
	t.lifts = make([]int64, len(t.kinds)+len(set.Repeats)+len(set.Near))
	for i, m := range set.Measures {
		t.lifts[i] = set.LiftOf(m)
	}
	for _, r := range set.Repeats {
		t.measure[r.Name] = len(t.kinds)
		t.kinds = append(t.kinds, Count)
	}
	for _, n := range set.Near {
		t.measure[n.Name] = len(t.kinds)
		t.kinds = append(t.kinds, Count)
	}
	for i, a := range agents {
		t.agents[a] = i
	}
	t.cells = make([]int64, len(agents)*days.Days()*len(t.kinds))
	for _, d := range set.Distincts {
		t.logs[d.Name] = &log{}
	}
	return t
}

// Cell returns the counters of an agent and day, one per measure in the order of
// the set, to be filled by whoever runs the queries.
func (t *Table) Cell(agent int, day period.Day) []int64 {
	n := len(t.kinds)
	at := (agent*t.days.Days() + int(day-t.days.From)) * n
	return t.cells[at : at+n : at+n]
}

// SetMoments sets what a Moments query met; it sorts by key, day, clock and agent.
func (t *Table) SetMoments(name string, ms []Moment) {
	sort.Slice(ms, func(i, j int) bool {
		a, b := ms[i], ms[j]
		switch {
		case a.Key != b.Key:
			return a.Key < b.Key
		case a.Day != b.Day:
			return a.Day < b.Day
		case a.Clock != b.Clock:
			return a.Clock < b.Clock
		}
		return a.Agent < b.Agent
	})
	t.moments[name] = ms
}

// Days returns the days the table covers.
func (t *Table) Days() period.Span { return t.days }

// Has tells whether the table answers the measure, distinct or moments query name.
func (t *Table) Has(name string) bool {
	_, m := t.measure[name]
	_, d := t.logs[name]
	_, k := t.moments[name]
	return m || d || k
}

// Value adds up (for Max takes the largest of, for Slots unites) a measure over a
// scope; of an own number in whole numbers of its unit.
func (t *Table) Value(name string, over []Stretch) int64 {
	v, _ := t.Known(name, over)
	return v
}

// Known is Value, and whether it is not 0 for want of any row.
func (t *Table) Known(name string, over []Stretch) (v int64, known bool) {
	at := t.measure[name]
	t.each(over, func(agent int, day period.Day) {
		c := t.Cell(agent, day)[at]
		switch t.kinds[at] {
		case Max:
			v = max(v, c)
		case Slots:
			v |= c
		default:
			v += c
		}
	})
	if known = v != 0; known {
		v -= t.lifts[at]
	}
	return v, known
}

func (t *Table) each(over []Stretch, f func(agent int, day period.Day)) {
	for _, s := range over {
		agent, ok := t.agents[s.Agent]
		if !ok {
			continue
		}
		days := s.Days.And(t.days)
		for d := days.From; d < days.To; d++ {
			f(agent, d)
		}
	}
}

// MomentsOf returns the moments of one key, in order of time.
func (t *Table) MomentsOf(name, key string) []Moment {
	ms := t.moments[name]
	from := sort.Search(len(ms), func(i int) bool { return ms[i].Key >= key })
	to := from
	for to < len(ms) && ms[to].Key == key {
		to++
	}
	return ms[from:to]
}
