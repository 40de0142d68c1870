package input

import (
	"encoding/hex"
	"math"
	"strconv"

	"telepay/internal/diag"
	"telepay/internal/input/scan"
	"telepay/internal/lang"
	"telepay/internal/money"
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
			s.Rows = func() (func() ([]string, int, bool), error) { return src.counterRows(connected) }
			all = append(all, s)
		}
	}
	return all
}

// counterRows starts one half of each row. The half that is not connected tells
// nothing: the other one has told it.
func (src *source) counterRows(connected bool) (func() ([]string, int, bool), error) {
	own := *src.session
	own.list = &diag.List{}
	reading := *src
	reading.session = &own
	if connected {
		src.faults, src.faulty = nil, map[string]int64{}
	}
	return func() ([]string, int, bool) {
		for cells, ok := src.next(); ok; cells, ok = src.next() {
			r := &row{source: &reading, Row: cells}
			half := r.counterHalf(connected)
			if r.fault == "" {
				return half, r.Line, true
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
	return []string{hex.EncodeToString(digest[:]), r.raw("agent"), day.String() + " 00:00:00", r.raw("direction"), result, strconv.FormatInt(talk, 10), strconv.FormatInt(n, 10)}
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
