package scan

import (
	"fmt"
	"math/rand/v2"
	"slices"
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

var callColumns = []string{"call_id", "agent", "started", "direction", "phone", "line", "lead", "customer", "result", "talk", "ring", "intent", "note", "next_contact", "hangup", "技能组", "任务", "质检分", "费用"}

// ownColumns are the last of callColumns, in another order.
var ownColumns = []query.Column{{Name: "质检分", Places: 6}, {Name: "技能组", Text: true}, {Name: "费用", Places: 2}, {Name: "任务", Text: true}}

var wordValues = map[string]map[string]string{
	"result":    {"接通": "answered", "answered": "answered", "未接": "no_answer", "忙": "busy", "no_answer": "no_answer"},
	"direction": {"呼出": "out", "out": "out", "呼入": "in", "in": "in"},
}

// calls writes a file of about n rows; ids start at first.
func (g *generator) calls(name string, n, first int) testFile {
	f := testFile{name: name, columns: callColumns, values: wordValues}
	if g.IntN(5) == 0 {
		f.columns = callColumns[:len(callColumns)-len(ownColumns)]
	}
	callRow := func(n int) string { return g.row(g.callCells(n)[:len(f.columns)]...) }
	var rows []string
	for i := range n {
		cells := g.callCells(first + i)[:len(f.columns)]
		row := g.row(slices.Clone(cells)...)
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
			rows = append(rows, strings.Repeat(",", len(f.columns)-1)+g.eol)
		case 3:
			rows = append(rows, callRow(first+i))
		case 4:
			cells[len(cells)-1] = "1"
			rows = append(rows, g.row(cells...)) // another cost, or hang-up
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

// ownNumber writes a number of up to so many places, seldom one that is none.
func (g *generator) ownNumber(places int) string {
	text := fmt.Sprint(g.IntN(200) - 60)
	if n := g.IntN(places + 1); n > 0 {
		text += "." + fmt.Sprintf("%06d", g.IntN(1000000))[:n]
	}
	text = g.seldom(30, g.pick("0", "-0.0", "00012.5", " 7 ", "3.1000000", "999999999", "-999999999.99", "0.10"), text)
	text = g.seldom(60, g.pick("85分", "1,250", "1e3", "1.", ".5", "-", "1000000000", "0.1234567", "3.1415", "1.2.3", "--1", "+1"), text)
	return g.seldom(3, "", text)
}

func (g *generator) callCells(n int) []string {
	talk := g.seldom(4, "", fmt.Sprint(g.IntN(600)))
	talk = g.seldom(100, g.pick("12x", "-3", "999999999999"), talk)
	return []string{
		g.seldom(150, "", g.id(n)), g.agent(), g.instant(), g.pick("呼出", "out", "呼入", "", " OUT "),
		fmt.Sprintf("1990000%04d", g.IntN(40)), g.pick("8001", "8002", ""), g.seldom(5, "", fmt.Sprintf(g.pick("L%d", "L%d", "00Q%dxY", "00Q%dXY"), g.IntN(60))),
		g.pick("甲公司", `"甲公司"`, `"ACME"`, "ACME", "acme", "乙,公司", ""), g.seldom(80, "挂机", g.pick("接通", "answered", "未接", "忙", "")),
		talk, g.seldom(3, "", fmt.Sprint(g.IntN(40))), g.pick("A", "b", "", "Ｂ"),
		g.pick("", "说 \"好\"", "两\n行", "甲,乙", "x"), g.pick("", "2026-10-20 10:00:00"), g.pick("agent", "customer", ""),
		g.pick("电销一组", "电销二组", "VIP", `"VIP"`, "vip", "", " ＶＩＰ ", "售后,夜班"), g.pick(fmt.Sprintf("T-%d", g.IntN(5000)), fmt.Sprintf("任务%d", g.IntN(9)), ""), g.ownNumber(6), g.ownNumber(2),
	}
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
		Own: ownColumns,
		Measures: []query.Measure{
			{Name: "dials", Kind: query.Count},
			{Name: "vip", Kind: query.Count, Where: in("技能组", "vip", "电销一组")},
			{Name: "no_group", Kind: query.Count, Where: tree(query.Not, has("技能组"))},
			{Name: "cost", Kind: query.Sum, Field: "费用"},
			{Name: "vip_cost", Kind: query.Sum, Field: "费用", Where: in("技能组", "VIP")},
			{Name: "cheap", Kind: query.Count, Where: tree(query.And, atom(query.AtMost, "费用", 125), atom(query.More, "费用", -2000))},
			{Name: "scored", Kind: query.Count, Where: has("质检分")},
			{Name: "unscored", Kind: query.Count, Where: tree(query.Not, atom(query.AtLeast, "质检分", -query.MostOwn))},
			{Name: "best", Kind: query.Max, Field: "质检分"},
			{Name: "best_below", Kind: query.Max, Field: "质检分", Where: atom(query.Less, "质检分", -10_000_000)},
			{Name: "score", Kind: query.Sum, Field: "质检分", Where: isConnectedYes},
			{Name: "talk_of_vip", Kind: query.Sum, Field: "talk", Where: tree(query.And, in("技能组", "vip"), atom(query.AtLeast, "费用", 0))},
			{Name: "one_score", Kind: query.Count, Where: in("费用", "0", "700", "10")},
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
			{Name: "groups", Field: "技能组"},
			{Name: "tasks", Field: "任务", Where: atom(query.More, "质检分", 0)},
		},
		Repeats: []query.Repeats{
			{Name: "repeat_phone", Field: "phone", Allowed: 1},
			{Name: "repeat_task", Field: "任务", Allowed: 1},
			{Name: "repeat_lead", Field: "lead", Allowed: 0, Where: in("direction", "out")},
		},
		Near: []query.Near{
			{Name: "after_warm", Field: "phone", Where: in("direction", "out"), Other: in("intent", "A", "b"), From: -31, To: -1},
			{Name: "after_busy", Field: "lead", Other: in("result", "busy"), From: -2, To: -1},
			{Name: "the_next_day", Field: "customer", Where: isConnectedYes, Other: isConnectedYes, From: 1, To: 1},
			{Name: "same_task", Field: "任务", Other: in("技能组", "vip"), From: -3, To: 5},
			{Name: "all_around", Field: "phone", Other: in("direction", "in"), From: -3, To: 5},
		},
		Moments: []query.Moments{
			{Name: "phones", Field: "phone", Keys: []string{"19900000001", "19900000002", "none"}},
			{Name: "companies", Field: "customer", Where: isConnectedYes, Keys: []string{"ACME", "acme", "乙,公司"}},
			{Name: "task", Field: "任务", Keys: []string{"任务3", "T-7"}},
			{Name: "results", Field: "result", Keys: []string{"answered"}},
		},
	}
}
