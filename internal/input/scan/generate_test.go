package scan

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"telepay/internal/query"
)

// generator writes exports with every oddity that encoding/csv can also read.
type generator struct {
	*rand.Rand
	eol    string
	quoted bool // every cell in quotes
}

func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 7)), eol: "\n"}
	if g.IntN(3) == 0 {
		g.eol = "\r\n"
	}
	g.quoted = g.IntN(4) == 0
	return g
}

func (g *generator) pick(words ...string) string { return words[g.IntN(len(words))] }

// seldom returns odd once in n times.
func (g *generator) seldom(n int, odd, usual string) string {
	if g.IntN(n) == 0 {
		return odd
	}
	return usual
}

func (g *generator) row(cells ...string) string {
	for i, c := range cells {
		if g.quoted || strings.ContainsAny(c, "\",\n\r") || g.IntN(40) == 0 {
			cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
	}
	return strings.Join(cells, ",") + g.eol
}

func (g *generator) instant() string {
	day := fmt.Sprintf("2026-10-%02d", 1+g.IntN(31))
	day = g.seldom(25, g.pick("2026-09-30", "2026-11-01", "2025-10-15"), day)
	day = g.seldom(200, g.pick("2026-02-30", "", "31/10/2026"), day)
	return day + fmt.Sprintf(" %02d:%02d:%02d", 8+g.IntN(13), g.IntN(60), g.IntN(60))
}

func (g *generator) agent() string {
	a := g.pick("T1", "T2", "T3", "T4", "t2", " T1 ", "Ｔ３")
	a = g.seldom(30, g.pick("T99", "王五"), a)
	return g.seldom(15, "", a)
}

func (g *generator) id(n int) string {
	id := fmt.Sprintf("C%06d", n)
	switch g.IntN(16) {
	case 0:
		id = fmt.Sprintf("c%06d", n)
	case 1:
		id = fmt.Sprintf("20261001-%06d", n)
	case 2:
		id = fmt.Sprintf("%08x-0a1b-4c2d-8e3f-%012x", n, n)
	case 3:
		id = fmt.Sprintf("通话%d", n)
	case 4:
		id = fmt.Sprintf("%08X-0A1B-4C2D-8E3F-%012X", n, n)
	case 5:
		id = g.pick("CA", "ca") + fmt.Sprintf("%032x", n)
	case 6:
		id = fmt.Sprintf("%024x", 0xa0000+n)
	case 7:
		id = fmt.Sprintf("call-of-the-month/7b/%060d", n)
	}
	return id
}

var callColumns = []string{"call_id", "agent", "started", "direction", "phone", "line", "lead", "customer", "result", "talk", "ring", "intent", "note", "next_contact", "hangup"}

var wordValues = map[string]map[string]string{
	"result":    {"接通": "answered", "answered": "answered", "未接": "no_answer", "忙": "busy", "no_answer": "no_answer"},
	"direction": {"呼出": "out", "out": "out", "呼入": "in", "in": "in"},
}

// calls writes a file of about n rows; ids start at first.
func (g *generator) calls(name string, n, first int) testFile {
	f := testFile{name: name, columns: callColumns, values: wordValues}
	var rows []string
	for i := range n {
		row := g.callRow(first + i)
		rows = append(rows, row)
		if g.IntN(20) == 0 {
			rows = append(rows, row)
		}
		switch g.IntN(60) {
		case 0:
			rows = append(rows, "a,b,c"+g.eol)
		case 1:
			rows = append(rows, g.eol)
		case 2:
			rows = append(rows, strings.Repeat(",", len(callColumns)-1)+g.eol)
		case 3:
			rows = append(rows, g.callRow(first+i))
		}
	}
	if g.IntN(2) == 0 {
		g.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	f.text = strings.Join(rows, "")
	if g.IntN(3) == 0 {
		f.text = strings.TrimSuffix(f.text, g.eol)
	}
	return f
}

func (g *generator) callRow(n int) string {
	talk := g.seldom(4, "", fmt.Sprint(g.IntN(600)))
	talk = g.seldom(100, g.pick("12x", "-3", "999999999999"), talk)
	return g.row(
		g.seldom(150, "", g.id(n)), g.agent(), g.instant(), g.pick("呼出", "out", "呼入", "", " OUT "),
		fmt.Sprintf("1990000%04d", g.IntN(40)), g.pick("8001", "8002", ""), g.seldom(5, "", fmt.Sprintf(g.pick("L%d", "L%d", "00Q%dxY", "00Q%dXY"), g.IntN(60))),
		g.pick("甲公司", "ACME", "acme", "乙,公司", ""), g.seldom(80, "挂机", g.pick("接通", "answered", "未接", "忙", "")),
		talk, g.seldom(3, "", fmt.Sprint(g.IntN(40))), g.pick("A", "b", "", "Ｂ"),
		g.pick("", "说 \"好\"", "两\n行", "甲,乙", "x"), g.pick("", "2026-10-20 10:00:00"), g.pick("agent", "customer", ""),
	)
}

var connectColumns = []string{"agent", "call_id", "answered", "talk", "ring", "intent"}

// connects writes connects for some of the ids from 0 to n, with transfers.
func (g *generator) connects(name string, n int) testFile {
	f := testFile{name: name, columns: connectColumns}
	for i := range n {
		for range g.IntN(3) {
			row := g.row(g.seldom(6, "", g.pick("T1", "T2", "T5")), g.id(i), g.instant(),
				g.seldom(6, "", fmt.Sprint(g.IntN(500))), g.seldom(3, "", fmt.Sprint(g.IntN(30))), g.pick("A", "", "C"))
			f.text += row
			if g.IntN(15) == 0 {
				f.text += row
			}
		}
	}
	return f
}

func atom(op query.Op, field string, n int64) *query.Filter {
	return &query.Filter{Op: op, Field: field, Number: n}
}

func in(field string, texts ...string) *query.Filter {
	return &query.Filter{Op: query.Equal, Field: field, Texts: texts}
}

func has(field string) *query.Filter { return &query.Filter{Op: query.Has, Field: field} }

func tree(op query.Op, kids ...*query.Filter) *query.Filter {
	return &query.Filter{Op: op, Kids: kids}
}

var isConnectedYes = &query.Filter{Op: query.Is, Field: "connected"}

// fullSet asks for every operation, kind and class of field.
func fullSet() query.Set {
	office := tree(query.And, atom(query.AtLeast, "clock", 9*3600), atom(query.Less, "clock", 18*3600))
	long := tree(query.And, isConnectedYes, atom(query.AtLeast, "talk", 90))
	return query.Set{
		Measures: []query.Measure{
			{Name: "dials", Kind: query.Count},
			{Name: "connects", Kind: query.Count, Where: isConnectedYes},
			{Name: "effective", Kind: query.Count, Where: long},
			{Name: "talk", Kind: query.Sum, Field: "talk"},
			{Name: "long_talk", Kind: query.Sum, Field: "talk", Where: long},
			{Name: "longest", Kind: query.Max, Field: "talk"},
			{Name: "longest_out", Kind: query.Max, Field: "talk", Where: in("direction", "out")},
			{Name: "ring", Kind: query.Sum, Field: "ring", Where: atom(query.AtMost, "ring", 15)},
			{Name: "outside", Kind: query.Count, Where: tree(query.Not, office)},
			{Name: "weekend", Kind: query.Count, Where: in("weekday", "6", "7")},
			{Name: "busy", Kind: query.Count, Where: in("result", "busy", "no_answer")},
			{Name: "no_talk", Kind: query.Count, Where: tree(query.Not, has("talk"))},
			{Name: "short", Kind: query.Count, Where: tree(query.Or, atom(query.Less, "talk", 10), tree(query.Not, atom(query.More, "ring", 20)))},
			{Name: "mine", Kind: query.Count, Where: in("agent", "T2", "ｔ３", "T98")},
			{Name: "any_agent", Kind: query.Count, Where: has("agent")},
			{Name: "one_phone", Kind: query.Count, Where: in("phone", "19900000007", "19900000008")},
			{Name: "noted", Kind: query.Count, Where: tree(query.And, has("note"), has("next_contact"))},
			{Name: "warm", Kind: query.Count, Where: in("intent", "A", "b")},
			{Name: "hung_up", Kind: query.Count, Where: tree(query.Or, in("hangup", "customer"), in("customer", "Acme"))},
			{Name: "nothing", Kind: query.Count, Where: tree(query.Or)},
			{Name: "all", Kind: query.Count, Where: tree(query.And)},
			{Name: "many_phones", Kind: query.Count, Where: in("phone", "19900000001", "19900000002", "19900000003", "19900000004", "19900000005", "19900000006", "19900000007", "19900000008", "19900000009", "nobody")},
			{Name: "half_hours", Kind: query.Slots, Field: "clock", Where: in("direction", "out")},
			{Name: "any_half_hour", Kind: query.Slots, Field: "clock"},
		},
		Distincts: []query.Distinct{
			{Name: "leads", Field: "lead"},
			{Name: "leads_connected", Field: "lead", Where: isConnectedYes},
			{Name: "customers", Field: "customer"},
			{Name: "directions", Field: "direction"},
			{Name: "callers", Field: "agent"},
			{Name: "plans", Field: "next_contact"},
		},
		Repeats: []query.Repeats{
			{Name: "repeat_phone", Field: "phone", Allowed: 1},
			{Name: "repeat_lead", Field: "lead", Allowed: 0, Where: in("direction", "out")},
		},
		Near: []query.Near{
			{Name: "after_warm", Field: "phone", Where: in("direction", "out"), Other: in("intent", "A", "b"), From: -31, To: -1},
			{Name: "after_busy", Field: "lead", Other: in("result", "busy"), From: -2, To: -1},
			{Name: "the_next_day", Field: "customer", Where: isConnectedYes, Other: isConnectedYes, From: 1, To: 1},
			{Name: "all_around", Field: "phone", Other: in("direction", "in"), From: -3, To: 5},
		},
		Moments: []query.Moments{
			{Name: "phones", Field: "phone", Keys: []string{"19900000001", "19900000002", "none"}},
			{Name: "companies", Field: "customer", Where: isConnectedYes, Keys: []string{"ACME", "acme", "乙,公司"}},
			{Name: "results", Field: "result", Keys: []string{"answered"}},
		},
	}
}
