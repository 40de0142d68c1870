package input

import (
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/scan"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/query"
)

// Counters are rows of which each stands for many calls: of an agent and a day,
// so many dialled, so many connected, so many seconds talked. The scan gets each
// as two rows of calls, which both carry their number: the connected ones, with
// the talk, and the rest. Both belong to one row of the file, so the rest come
// as a source of their own, whose buckets and problems nobody looks at.

// restOfCounters ends the name of such a source.
const restOfCounters = "\x00rest"

// counterFields are the columns of the rows that the scan gets.
var counterFields = []string{"call_id", "agent", "started", "direction", "result", "talk", "count"}

func feedCounters(from []*source) []scan.Source {
	var all []scan.Source
	for _, src := range from {
		for _, connected := range []bool{true, false} {
			s := scan.Source{File: src.name, Columns: map[string]int{}, Width: len(counterFields), Values: src.columns.Words}
			for i, f := range counterFields {
				s.Columns[f] = i
			}
			if !connected {
				s.File += restOfCounters
			}
			s.Rows = func() (func() ([][]byte, int, bool), error) { return src.counterRows(connected) }
			all = append(all, s)
		}
	}
	return all
}

// counterRows starts one half of each row. The half that is not connected tells
// nothing: the other one has told it.
func (src *source) counterRows(connected bool) (func() ([][]byte, int, bool), error) {
	own := *src.session
	own.list = &diag.List{}
	reading := *src
	reading.session = &own
	if connected {
		src.faults, src.faulty = nil, map[string]int64{}
	}
	var room packed
	return func() ([][]byte, int, bool) {
		for cells, ok := src.next(); ok; cells, ok = src.next() {
			r := &row{source: &reading, Row: cells}
			half := r.counterHalf(connected)
			if r.fault == "" {
				return room.of(half), r.Line, true
			}
			if connected {
				src.faulty[r.fault]++
			}
		}
		if connected {
			src.faults = own.list.All()
		}
		return nil, 0, false
	}, src.restart()
}

// counterHalf is one half of the row as a row of calls. Rows of the same content
// have the same id, whatever file they stand in, and so count once.
func (r *row) counterHalf(connected bool) []string {
	digest := r.Digest()
	day := r.day("date")
	dials, connects, talk := r.whole("dials"), r.whole("connects"), r.whole("talk")
	if r.fault == "" && connects > dials {
		r.bad("connects", "more-connects", lang.F("不超过拨打量 %d", "at most the %d dialled", dials), lang.T("改正这一行，或在导入配置里换成对的列", "mend the row, or name the right column in the profile"))
	}
	n, result := connects, "answered"
	if !connected {
		n, result, talk = dials-connects, "no_answer", 0
		digest[0] ^= 1
	}
	agent := r.raw("agent")
	if id, ok := r.roster.alias(agent, day); ok {
		agent = id
	}
	return []string{hex.EncodeToString(digest[:]), agent, day.String() + " 00:00:00", r.raw("direction"), result, strconv.FormatInt(talk, 10), strconv.FormatInt(n, 10)}
}

// whole reads a number of calls or seconds; none is 0.
func (r *row) whole(field string) int64 {
	d, ok := r.spanOrNumber(field)
	if !ok || !r.notNegative(field, d) {
		return 0
	}
	n, ok := d.Round(0, money.HalfUp).Int64()
	if !ok || n > math.MaxInt32 {
		r.bad(field, "bad-number", lang.F("不超过 %d 的数", "a number of at most %d", math.MaxInt32), lang.T("改正这一行", "mend the row"))
		return 0
	}
	return n
}

// answerable leaves out the queries that ask about single calls: counters could only
// answer them with nothing, which must not pass for none. A KPI whose query is
// left out has no base. They are named in a note.
func answerable(src *source, set query.Set) (query.Set, []diag.Problem) {
	kept := query.Set{}
	var names []string
	for _, m := range set.Measures {
		switch {
		case m.Kind == query.Slots: // of nobody's KPI; hours are simply not known
			kept.Measures = append(kept.Measures, m)
		case m.Kind == query.Max || m.Kind == query.Sum && m.Field != "talk" || asksSingle(m.Where):
			names = append(names, strings.TrimSuffix(m.Name, "#rows"))
		default:
			kept.Measures = append(kept.Measures, m)
		}
	}
	for _, d := range set.Distincts {
		names = append(names, d.Name)
	}
	for _, r := range set.Repeats {
		names = append(names, r.Name)
	}
	for _, m := range set.Moments {
		names = append(names, m.Name)
	}
	for _, n := range set.Near {
		names = append(names, n.Name)
	}
	return kept, unanswered(src, slices.Compact(names))
}

// unanswered names the KPIs that counters cannot tell: where pay depends on one,
// nobody may be paid as if it were 0.
func unanswered(src *source, names []string) (all []diag.Problem) {
	var paid, others []string
	for _, n := range names {
		if src.opts.Paying[n] {
			paid = append(paid, n)
		} else {
			others = append(others, n)
		}
	}
	if len(paid) > 0 {
		all = append(all, diag.Problem{Code: "not-in-counters", Reach: diag.Stop, Pos: diag.Pos{File: src.name}, Found: lang.F("方案按这些指标发钱，而通话计数里没有单通电话：%s", "KPIs on which the plan pays, where counters say nothing of single calls: %s", strings.Join(paid, ", ")),
			Want: lang.T("逐通的通话导出，一行一通", "an export of calls, a row for each"), Mend: lang.T("从系统导出通话明细，换掉通话计数；或改方案，用拨打量 dials、接通量 connects、通话时长 talk 和由它们算出的指标", "have the system export each call, in place of the counters; or let the plan use dials, connects, talk and what is computed of them")})
	}
	if len(others) > 0 {
		all = append(all, diag.Problem{Code: "not-in-counters", Reach: diag.Note, Pos: diag.Pos{File: src.name}, Found: lang.F("通话计数里没有单通电话，这些指标没有基数：%s", "counters say nothing of single calls, so these KPIs have no base: %s", strings.Join(others, ", ")),
			Mend: lang.T("方案不按它们发钱；要看这些指标，改用逐通的通话导出", "the plan does not pay on them; to see them, use an export with a row for each call")})
	}
	return all
}

// asksSingle tells whether a filter asks for what only a single call has.
func asksSingle(f *query.Filter) bool {
	if f == nil {
		return false
	}
	for _, k := range f.Kids {
		if asksSingle(k) && !(f.Op == query.Not && k.Field == "result") { // a call that was not connected is not known to be of any other kind
			return true
		}
	}
	switch f.Field {
	case "", "agent", "direction", "connected", "weekday":
		return false
	case "talk":
		return f.Op != query.AtLeast || f.Number != 0
	case "result":
		return f.Op != query.Equal || !slices.Equal(f.Texts, []string{"answered"})
	}
	return true
}
