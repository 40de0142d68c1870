package scan

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// The oracle counts the same exports with encoding/csv, maps of texts and plain
// loops. It shares no code with the scan but the text form of comparison.

// export in tests: rows under a header.
type testFile struct {
	name    string
	columns []string
	text    string // data rows
	values  map[string]map[string]string
	layouts []string
}

var october = period.Span{From: period.MustDay("2026-10-01"), To: period.MustDay("2026-11-01")}

// roster knows T1 to T9 under several spellings.
func roster(id string) (string, bool) {
	key := normal(id)
	if len(key) == 2 && key[0] == 't' && key[1] >= '1' && key[1] <= '9' {
		return strings.ToUpper(key), true
	}
	return "", false
}

func (f testFile) source() Source {
	columns := map[string]int{}
	for i, c := range f.columns {
		columns[c] = i
	}
	return Source{File: f.name, Open: func() (io.Reader, error) { return strings.NewReader(f.text), nil }, FirstLine: 2, Comma: ',', Columns: columns, Width: len(f.columns), Values: f.values, Layouts: f.layouts}
}

func jobOf(set query.Set, calls, connects []testFile) Job {
	job := Job{Set: set, Days: october, Cut: period.Cut{StartDay: 1}, Zone: time.UTC, Known: roster}
	for _, f := range calls {
		job.Calls = append(job.Calls, f.source())
	}
	for _, f := range connects {
		job.Connects = append(job.Connects, f.source())
	}
	return job
}

// oRow is a row of the oracle: its cells by field, and what became of it.
type oRow struct {
	file   string
	cells  map[string]string
	reason string
	day    period.Day
	clock  int64
	nums   map[string]int64
	own    map[string]int64 // numbers of the company's own, where there are any
	yes    bool
	legs   []*oRow
}

type oracle struct {
	set      query.Set
	calls    []*oRow
	connects []*oRow
	joined   bool
	byAgent  map[string]map[period.Day][]int64
	known    map[string]bool // agent, day and maximum that has a row
	distinct map[string]map[string]map[period.Day]map[string]bool
	moments  map[string][]query.Moment
}

func newOracle(set query.Set, calls, connects []testFile) *oracle {
	o := &oracle{set: set, joined: len(connects) > 0, known: map[string]bool{}, byAgent: map[string]map[period.Day][]int64{}, distinct: map[string]map[string]map[period.Day]map[string]bool{}, moments: map[string][]query.Moment{}}
	need := o.fieldsAsked(calls)
	for _, f := range connects {
		o.connects = append(o.connects, readTestFile(f, "answered", map[string]bool{"talk": true, "ring": true, "intent": true}, false)...)
	}
	for _, f := range calls {
		o.calls = append(o.calls, readTestFile(f, "started", need, true)...)
	}
	o.join()
	o.findRepeats()
	o.closeConnects()
	for _, r := range o.calls {
		if r.reason == "" {
			o.count(r)
		}
	}
	o.countNear()
	return o
}

// fieldsAsked lists the word and number fields whose cells the set needs.
func (o *oracle) fieldsAsked(calls []testFile) map[string]bool {
	need := map[string]bool{}
	var walk func(f *query.Filter)
	walk = func(f *query.Filter) {
		if f == nil {
			return
		}
		need[f.Field] = true
		for _, k := range f.Kids {
			walk(k)
		}
	}
	for _, m := range o.set.Measures {
		need[m.Field] = true
		walk(m.Where)
	}
	for _, d := range o.set.Distincts {
		need[d.Field] = true
		walk(d.Where)
	}
	for _, r := range o.set.Repeats {
		need[r.Field] = true
		walk(r.Where)
	}
	for _, n := range o.set.Near {
		need[n.Field] = true
		walk(n.Where)
		walk(n.Other)
	}
	for _, m := range o.set.Moments {
		need[m.Field] = true
		walk(m.Where)
	}
	if need["connected"] && !o.joined {
		need[connectedBy(calls[0])] = true
	}
	return need
}

func connectedBy(f testFile) string {
	if slices.Contains(f.columns, "result") {
		return "result"
	}
	return "talk"
}

func readTestFile(f testFile, when string, need map[string]bool, calls bool) (rows []*oRow) {
	r := csv.NewReader(strings.NewReader(f.text))
	r.FieldsPerRecord = -1
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			panic(fmt.Sprintf("the generator wrote a file that encoding/csv refuses: %v", err))
		}
		if row := readTestRow(f, cells, when, need, calls); row != nil {
			rows = append(rows, row)
		}
	}
}

func readTestRow(f testFile, cells []string, when string, need map[string]bool, calls bool) *oRow {
	row := &oRow{file: f.name, cells: map[string]string{}, nums: map[string]int64{}, own: map[string]int64{}}
	if len(cells) != len(f.columns) {
		row.reason = "ragged-row"
		return row
	}
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	for i, c := range f.columns {
		row.cells[c] = strings.TrimSpace(cells[i])
	}
	at, err := time.Parse("2006-01-02 15:04:05", row.cells[when])
	if err != nil {
		row.reason = "bad-time"
		return row
	}
	row.day = period.DayOf(at.Year(), int(at.Month()), at.Day())
	row.clock = int64(at.Hour()*3600 + at.Minute()*60 + at.Second())
	switch {
	case calls && !october.Has(row.day):
		row.reason = "other_month"
		return row
	case normal(row.cells["call_id"]) == "":
		row.reason = "no-call-id"
		return row
	}
	if a := row.cells["agent"]; a != "" {
		id, ok := roster(a)
		if !ok {
			row.reason = "unknown-agent"
			return row
		}
		row.cells["agent"] = id
	}
	row.reason = readTestValues(f, row, need)
	return row
}

// readTestValues reads words in the order of the fields, then numbers.
func readTestValues(f testFile, row *oRow, need map[string]bool) string {
	why := ""
	for _, w := range []string{"direction", "result", "intent", "hangup"} {
		raw := normal(row.cells[w])
		if values := f.values[w]; need[w] && values != nil && raw != "" {
			word, ok := values[raw]
			if !ok {
				why = cmp.Or(why, "unknown-word")
			}
			row.cells[w] = word
		}
	}
	for _, n := range []string{"talk", "ring"} {
		row.nums[n] = -1
		if text := row.cells[n]; text != "" && need[n] {
			v, err := strconv.ParseInt(text, 10, 32)
			if err != nil || v < 0 {
				why = cmp.Or(why, "bad-number")
				v = -1
			}
			row.nums[n] = v
		}
	}
	for _, c := range ownColumns {
		if text := row.cells[c.Name]; !c.Text && text != "" && need[c.Name] {
			v, bad := ownOfText(text, c.Places)
			if why = cmp.Or(why, bad); bad == "" {
				row.own[c.Name] = v
			}
		}
	}
	row.nums["clock"] = row.clock
	row.nums["weekday"] = (int64(row.day)+3)%7 + 1
	return why
}

func (o *oracle) join() {
	byID := map[string][]*oRow{}
	for _, c := range o.connects {
		if c.reason == "" {
			id := normal(c.cells["call_id"])
			byID[id] = append(byID[id], c)
		}
	}
	for _, chain := range byID {
		settleTestChain(chain)
	}
	for _, r := range o.calls {
		if r.cells["call_id"] == "" {
			continue
		}
		for _, c := range byID[normal(r.cells["call_id"])] {
			if c.reason == "" {
				r.legs = append(r.legs, c)
			}
		}
		slices.SortFunc(r.legs, func(a, b *oRow) int {
			return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.clock, b.clock), cmp.Compare(a.cells["agent"], b.cells["agent"]))
		})
		for _, c := range r.legs {
			if r.cells["agent"] == "" {
				r.cells["agent"] = c.cells["agent"]
			}
		}
		if r.reason == "" && r.cells["agent"] == "" {
			r.reason = "no_agent"
		}
		r.yes = r.connected(o.joined)
	}
}

// connected is decided by the legs, or without connects by the row itself.
func (r *oRow) connected(joined bool) bool {
	if joined {
		return len(r.legs) > 0
	}
	if result, ok := r.cells["result"]; ok {
		return normal(result) == "answered"
	}
	return r.nums["talk"] > 0
}

func settleTestChain(chain []*oRow) {
	groups := map[string][]*oRow{}
	for _, c := range chain {
		key := fmt.Sprint(c.day, c.clock, c.cells["agent"])
		groups[key] = append(groups[key], c)
	}
	for _, g := range groups {
		same := true
		for _, c := range g {
			same = same && c.nums["talk"] == g[0].nums["talk"] && c.nums["ring"] == g[0].nums["ring"] && normal(c.cells["intent"]) == normal(g[0].cells["intent"])
		}
		for i, c := range g {
			if !same {
				c.reason = "duplicate-connect"
			} else if i > 0 {
				c.reason = "duplicate"
			}
		}
	}
}

func (o *oracle) findRepeats() {
	byID := map[string][]*oRow{}
	for _, r := range o.calls {
		if r.reason == "" {
			id := normal(r.cells["call_id"])
			byID[id] = append(byID[id], r)
		}
	}
	for _, rows := range byID {
		same := true
		for _, r := range rows {
			same = same && r.content() == rows[0].content()
		}
		for i, r := range rows {
			if !same {
				r.reason = "duplicate-call"
			} else if i > 0 {
				r.reason = "duplicate"
			}
		}
	}
}

// content is the cells in a fixed order; fields that a file lacks are empty.
func (r *oRow) content() string {
	var keys []string
	for k, v := range r.cells {
		if v != "" {
			keys = append(keys, k+"="+v)
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, "|")
}

func (o *oracle) closeConnects() {
	came := map[*oRow]int{}
	for _, r := range o.calls {
		rank := map[string]int{"": 3, "duplicate": 0, "other_month": 2}
		n, ok := rank[r.reason]
		if !ok {
			n = 1
		}
		for _, c := range r.legs {
			came[c] = max(came[c], n)
		}
	}
	for _, c := range o.connects {
		if c.reason == "" {
			c.reason = []string{"no_call", "call_left_out", "other_month", ""}[came[c]]
		}
	}
}

func (o *oracle) count(r *oRow) {
	first := *r
	first.nums = map[string]int64{}
	for k, v := range r.nums {
		first.nums[k] = v
	}
	if len(r.legs) > 0 {
		first.take(r.legs[0])
	}
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
			if normal(key) == first.text(m.Field) && passes(m.Where, &first) {
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
			first := *r
			first.nums = map[string]int64{}
			for k, v := range r.nums {
				first.nums[k] = v
			}
			if len(r.legs) > 0 {
				first.take(r.legs[0])
			}
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

func (r *oRow) text(field string) string { return normal(r.cells[field]) }

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
	return r.text(field) != "" && r.text(field) == normal(text)
}

// buckets of the oracle as text: file bucket reason rows.
func (o *oracle) buckets() (out []string) {
	counts := map[string]int{}
	for _, r := range slices.Concat(o.calls, o.connects) {
		counts[r.file+" "+r.reason]++
	}
	for k, n := range counts {
		out = append(out, fmt.Sprintf("%s %d", k, n))
	}
	slices.Sort(out)
	return out
}

func bucketTexts(bs []record.Bucket) (out []string) {
	for _, b := range bs {
		if b.Rows > 0 {
			out = append(out, fmt.Sprintf("%s %s %d", b.File, b.Reason, b.Rows))
		}
	}
	slices.Sort(out)
	return out
}

// compareTable holds a table against the oracle, whole.
func (o *oracle) compareTable(t *testing.T, table *query.Table) {
	t.Helper()
	agents := []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"}
	counted := 0
	for _, r := range o.calls {
		if r.reason == "" {
			counted++
		}
	}
	if table.Rows != int64(counted) {
		t.Errorf("%d rows counted, want %d", table.Rows, counted)
	}
	var names []string
	for _, m := range o.set.Measures {
		names = append(names, m.Name)
	}
	for _, r := range o.set.Repeats {
		names = append(names, r.Name)
	}
	for _, n := range o.set.Near {
		names = append(names, n.Name)
	}
	for _, a := range agents {
		for d := october.From; d < october.To; d++ {
			over := []query.Stretch{{Agent: a, Days: period.Span{From: d, To: d + 1}}}
			for i, name := range names {
				want := int64(0)
				if c := o.byAgent[a][d]; c != nil {
					want = c[i]
				}
				got, known := table.Known(name, over)
				if got != want {
					t.Errorf("%s of %s on %s: %d, want %d", name, a, d, got, want)
				}
				if i < len(o.set.Measures) && o.set.LiftOf(o.set.Measures[i]) > 0 && known != o.known[fmt.Sprint(a, d, i)] {
					t.Errorf("%s of %s on %s: any row: %t", name, a, d, known)
				}
			}
			o.compareDistinct(t, table, over)
		}
		o.compareDistinct(t, table, []query.Stretch{{Agent: a, Days: october}})
	}
	var all []query.Stretch
	for _, a := range agents {
		all = append(all, query.Stretch{Agent: a, Days: october})
	}
	o.compareDistinct(t, table, all)
	o.compareMoments(t, table)
}

func (o *oracle) compareDistinct(t *testing.T, table *query.Table, over []query.Stretch) {
	t.Helper()
	for _, d := range o.set.Distincts {
		union := map[string]bool{}
		for _, s := range over {
			for day, values := range o.distinct[d.Name][s.Agent] {
				for v := range values {
					union[v] = union[v] || s.Days.Has(day)
				}
			}
		}
		want := int64(0)
		for _, in := range union {
			if in {
				want++
			}
		}
		if got := table.Distinct(d.Name, over); got != want {
			t.Errorf("%s over %v: %d, want %d", d.Name, over, got, want)
		}
	}
}

func (o *oracle) compareMoments(t *testing.T, table *query.Table) {
	t.Helper()
	for _, m := range o.set.Moments {
		for _, key := range m.Keys {
			var want []query.Moment
			for _, w := range o.moments[m.Name] {
				if w.Key == key {
					want = append(want, w)
				}
			}
			slices.SortFunc(want, func(a, b query.Moment) int {
				return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Clock, b.Clock), cmp.Compare(a.Agent, b.Agent))
			})
			if got := table.MomentsOf(m.Name, key); !slices.Equal(got, want) {
				t.Errorf("%s of %q: %v, want %v", m.Name, key, got, want)
			}
		}
	}
}
