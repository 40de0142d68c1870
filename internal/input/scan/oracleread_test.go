package scan

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
)

// The oracle reads its rows, joins connects with calls and finds repeats.

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
	case query.Normal(row.cells["call_id"]) == "":
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
		raw := query.Normal(row.cells[w])
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
			id := query.Normal(c.cells["call_id"])
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
		for _, c := range byID[query.Normal(r.cells["call_id"])] {
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
		return query.Normal(result) == "answered"
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
			same = same && c.nums["talk"] == g[0].nums["talk"] && c.nums["ring"] == g[0].nums["ring"] && query.Normal(c.cells["intent"]) == query.Normal(g[0].cells["intent"])
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
			id := query.Normal(r.cells["call_id"])
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
