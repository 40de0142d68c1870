package scan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
)

// oneCell makes a batch of one row and cell.
func oneCell(cell string) *batch {
	b := &batch{width: 1, buf: make([]byte, pad)}
	b.begin()
	b.plain = false
	b.buf = append(b.buf, cell...)
	b.endCell()
	b.endRow(0, fine, 1)
	b.buf = append(b.buf, make([]byte, slack)...)
	return b
}

func TestReadNumber(t *testing.T) {
	for cell, want := range map[string]int32{
		"0": 0, "7": 7, "0012": 12, "12345678": 12345678, "999999999": 999999999, " 42 ": 42, `"42"`: 42, `" 42"`: 42, "30.0": 30, "30.000": 30,
		"0:02:05": 125, "12:00:00": 43200, `"1:00:01"`: 3601,
		"": missing, "  ": missing, `""`: missing,
		"-1": badNumber, "+1": badNumber, "1e3": badNumber, "1,200": badNumber, "30.5": badNumber, "30.": badNumber, ".5": badNumber, "1234567890": badNumber,
		"２３": badNumber, "2:05": badNumber, "0:60:00": badNumber, "0:2:05": badNumber, "1:00:00:00": badNumber, "12s": badNumber, "NaN": badNumber,
	} {
		b := oneCell(cell)
		from, to := b.bounds(0, 0)
		if got := readNumber(b, from, to); got != want {
			t.Errorf("%q read as %d, want %d", cell, got, want)
		}
	}
}

func TestReadInstant(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cell    string
		layouts []string
		day     string // empty: not readable
		second  int32
	}{
		{"2026-10-31 23:59:59", nil, "2026-10-31", 86399},
		{`"2026-10-31 00:00:00"`, nil, "2026-10-31", 0},
		{" 2026-10-31 00:00:01 ", nil, "2026-10-31", 1},
		{"2026-10-31 23:59:59.999", nil, "2026-10-31", 86399},
		{"2028-02-29 12:00:00", nil, "2028-02-29", 43200},
		{"2026-02-29 12:00:00", nil, "", 0},
		{"2026-13-01 12:00:00", nil, "", 0},
		{"2026-10-00 12:00:00", nil, "", 0},
		{"2026-10-31 24:00:00", nil, "", 0},
		{"2026-10-31T12:00:00", nil, "", 0},
		{"2026/10/31 12:00:00", nil, "", 0},
		{"2026-10-31", nil, "", 0},
		{"", nil, "", 0},
		{"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00 12:00:00", nil, "", 0},
		{"2026/10/31 12:00:00", []string{"2006/01/02 15:04:05"}, "2026-10-31", 43200},
		{"2026-10-31T12:00:00", []string{"2006-01-02T15:04:05"}, "2026-10-31", 43200},
		{"31.10.2026 7:05", []string{"2006-01-02 15:04:05", "02.01.2006 15:04"}, "2026-10-31", 25500},
		{"2026-10-31T16:00:00Z", []string{time.RFC3339}, "2026-11-01", 0},
		{"2026-10-31T15:59:59Z", []string{time.RFC3339}, "2026-10-31", 86399},
		{"2026-11-01T00:30:00+09:00", []string{time.RFC3339}, "2026-10-31", 84600},
	} {
		var layouts []layout
		for _, l := range c.layouts {
			layouts = append(layouts, newLayout(l, shanghai))
		}
		if layouts == nil {
			layouts = []layout{newLayout(defaultLayout, shanghai)}
		}
		want := badDay
		if c.day != "" {
			want = int32(period.MustDay(c.day))
		}
		b := oneCell(c.cell)
		from, to := b.bounds(0, 0)
		var d dateReader
		for range 2 { // the second time from memory
			day, second := d.read(b, from, to, layouts)
			if day != want || day != badDay && second != c.second {
				t.Errorf("%q read as %v, %d; want %s, %d", c.cell, period.Day(day), second, c.day, c.second)
			}
		}
	}
}

// Equal codes are equal normalised texts, whatever the ids look like and
// whoever codes them.
func TestCodesAreOneToOne(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	pieces := []string{"C", "c", "0", "00", "1", "7", "12", "999", "-", "_", "20261001", "12345678901", "a", "ff", "通", "Ａ", "１", " ", "", "\"\"", "550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000", "0123456789abcdef0123456789abcdef"}
	c := newCoder()
	readers := []*codeReader{{coder: c}, {coder: c}, {coder: c}}
	byText, byCode := map[string]uint64{}, map[uint64]string{}
	for range 40000 {
		id := ""
		for range 1 + r.IntN(5) {
			id += pieces[r.IntN(len(pieces))]
		}
		cell := id
		if strings.Contains(id, `"`) || r.IntN(4) == 0 {
			cell = `"` + id + `"`
			id = strings.ReplaceAll(id, `""`, `"`)
		}
		b := oneCell(cell)
		codes, text := []uint64{0}, query.Normal(id)
		readers[r.IntN(len(readers))].column(b, 0, codes)
		code := codes[0]
		if (code == 0) != (text == "") || code >= 1<<59 {
			t.Fatalf("%q has the code %x", cell, code)
		}
		if before, ok := byText[text]; ok && before != code {
			t.Fatalf("%q has the codes %x and %x", text, before, code)
		}
		if before, ok := byCode[code]; ok && before != text {
			t.Fatalf("%q and %q have one code", before, text)
		}
		byText[text], byCode[code] = code, text
	}
}

func TestShapes(t *testing.T) {
	for _, c := range []struct {
		id     string
		ok     bool
		groups int
	}{
		{"C000123", true, 1}, {"123", true, 1}, {"20261001-000123", true, 2}, {"2026-10-01 09", false, 0}, {"2026-10-01T09", false, 0},
		{"1234567890123456789", true, 1}, {"call/2026/10/000001", true, 3}, {"abc", false, 0}, {"a1b2", false, 0}, {"通话1", false, 0}, {"", false, 0},
		{"1-2-3-4-5-6", true, 6}, {"1-2-3-4-5-6-7", false, 0}, {strings.Repeat("9", 32), true, 1}, {strings.Repeat("9", 33), false, 0},
	} {
		s, _, ok := shapeOf([]byte(c.id))
		if ok != c.ok || ok && s.n != c.groups {
			t.Errorf("%q: %v with %d groups, want %v with %d", c.id, ok, s.n, c.ok, c.groups)
		}
	}
}

func TestRepeatedIDs(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks [][]uint64
		want   []uint64
	}{
		{"ascending", [][]uint64{{1, 2, 9}, {10, 11}}, nil},
		{"blocks in another order", [][]uint64{{10, 11}, {1, 2, 9}}, nil},
		{"overlapping without repeats", [][]uint64{{1, 5, 9}, {2, 6}}, nil},
		{"across ascending blocks", [][]uint64{{1, 5, 9}, {5, 6}}, []uint64{5}},
		{"at the border", [][]uint64{{1, 5}, {5, 6}}, []uint64{5}},
		{"in one block", [][]uint64{{7, 3, 7, 7, 3}}, []uint64{3, 7}},
		{"one id alone", [][]uint64{{7}, {7}}, []uint64{7}},
		{"large steps", [][]uint64{{1, 1 << 58}, {1 << 57, 1 << 58}}, []uint64{1 << 58}},
		{"empty", [][]uint64{{}, {0, 0}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var l idLog
			for _, ids := range c.blocks {
				cells := slices.Repeat([]uint32{64}, len(ids)+1)
				cells[len(ids)] = 0
				l.add(append(slices.Clone(ids), 5), cells) // the last row does not count
			}
			got := repeated(l.runs, 2, 1<<20)
			for _, budget := range []int{1, 1 << 9} { // part by part, from memory and from disk
				again := repeated(l.runs, 2, budget)
				slices.Sort(again)
				slices.Sort(got)
				if again, got = slices.Compact(again), slices.Compact(got); !slices.Equal(again, got) {
					t.Errorf("within %d bytes %v, want %v", budget, again, got)
				}
				if err := l.spill(&scratch{}); err != nil {
					t.Fatal(err)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			set := newCodeSet(got)
			for _, id := range slices.Concat(c.blocks...) {
				if id != 0 && set.has(id) != slices.Contains(c.want, id) {
					t.Errorf("the set has %d: %v", id, set.has(id))
				}
			}
		})
	}
}

// one codes the cell of a batch that has no other.
func (t *spellings) one(b *batch, ask func([]byte) uint32) uint32 {
	out := []uint32{0}
	t.column(b, 0, out, ask)
	return out[0]
}

func TestSpellingsKeepManyApart(t *testing.T) {
	var table spellings
	for round := range 2 {
		for i := range 3000 {
			cell := fmt.Sprintf("%*d", i%25, i)
			b := oneCell(cell)
			asked := false
			got := table.one(b, func([]byte) uint32 { asked = true; return uint32(i) })
			if got != uint32(i) || asked != (round == 0) {
				t.Fatalf("round %d: %q has %d, asked %v", round, cell, got, asked)
			}
		}
	}
}

func TestSpellingsTellLengthsApart(t *testing.T) {
	var table spellings
	for n, cell := range []string{"", "\x00", "a", "a\x00", "12345678", "12345678\x00"} {
		b := oneCell(cell)
		if got := table.one(b, func([]byte) uint32 { return uint32(n) }); got != uint32(n) {
			t.Errorf("%q is taken for spelling %d", cell, got)
		}
	}
}

func TestSetsThatNameNothingAreRefused(t *testing.T) {
	one := func(m query.Measure) query.Set { return query.Set{Measures: []query.Measure{m}} }
	for name, set := range map[string]query.Set{
		"number field":    one(query.Measure{Name: "a", Kind: query.Sum, Field: "lead"}),
		"text field":      {Distincts: []query.Distinct{{Name: "a", Field: "talk"}}},
		"flag":            one(query.Measure{Name: "a", Where: &query.Filter{Op: query.Is, Field: "talk"}}),
		"name twice":      {Measures: []query.Measure{{Name: "a"}}, Distincts: []query.Distinct{{Name: "a", Field: "lead"}}},
		"not of two":      one(query.Measure{Name: "a", Where: tree(query.Not, has("lead"), has("note"))}),
		"text for number": one(query.Measure{Name: "a", Where: in("weekday", "Monday")}),
		"unknown in or":   one(query.Measure{Name: "a", Where: tree(query.Or, in("colour", "red"))}),
	} {
		if _, _, _, err := Run(jobOf(set, nil, nil)); err == nil {
			t.Errorf("%s: the set was taken", name)
		}
	}
	job := jobOf(talkSet, nil, nil)
	job.Days.To += 3
	if _, _, _, err := Run(job); err == nil {
		t.Error("a month of 34 days was taken")
	}
}

// One filter in two places is evaluated once, one log serves two questions.
func TestProgramHasNoDuplicates(t *testing.T) {
	long := func() *query.Filter { return tree(query.And, atom(query.AtLeast, "talk", 90), has("lead")) }
	set := query.Set{
		Measures:  []query.Measure{{Name: "a", Where: long()}, {Name: "b", Where: tree(query.And, has("lead"), atom(query.AtLeast, "talk", 90))}},
		Distincts: []query.Distinct{{Name: "c", Field: "lead", Where: long()}},
		Repeats:   []query.Repeats{{Name: "d", Field: "lead", Where: long()}},
	}
	e, err := newEngine(jobOf(set, nil, nil), options{}.filled(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.prog.nodes) != 3 || len(e.prog.logs) != 1 {
		t.Errorf("%d nodes and %d logs, want 3 and 1", len(e.prog.nodes), len(e.prog.logs))
	}
}
