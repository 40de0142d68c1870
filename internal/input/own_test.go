package input

import (
	"strconv"
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/query"
)

// ownText has columns of the company's own; C4 has a cost that is no money to the
// fen, C5 a score that is no number.
const ownText = `通话编号,工号,开始时间,技能组,费用,质检分
C1,T01,2026-10-08 09:00:00,电销一组,1.25,92.5
C2,T01,2026-10-08 09:05:00,ＶＩＰ,-0.30,-7
C3,T01,2026-10-09 09:00:00,vip,,60.000001
C4,T01,2026-10-09 09:05:00,vip,0.135,1
C5,T01,2026-10-09 09:10:00,vip,1,八十
C6,T01,2026-10-09 09:15:00,,3.6,
`

const ownProfile = "profile: c\nkind: calls\nextra: {技能组: text, 费用: money, 质检分: number}\n"

var ownSet = query.Set{
	Own: []query.Column{{Name: "技能组", Text: true}, {Name: "费用", Places: 2}, {Name: "质检分", Places: 6}},
	Measures: []query.Measure{
		{Name: "vip", Where: &query.Filter{Op: query.Equal, Field: "技能组", Texts: []string{"VIP"}}},
		{Name: "cost", Kind: query.Sum, Field: "费用"},
		{Name: "score", Kind: query.Sum, Field: "质检分"},
		{Name: "best", Kind: query.Max, Field: "质检分", Where: &query.Filter{Op: query.Less, Field: "质检分", Number: 0}},
	},
	Distincts: []query.Distinct{{Name: "groups", Field: "技能组"}},
}

// sheetOf is a text as the rows of a workbook; numbers are numbers there.
func sheetOf(text string) (rows [][]any) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var row []any
		for _, cell := range strings.Split(line, ",") {
			if v, err := strconv.ParseFloat(cell, 64); err == nil {
				row = append(row, v)
			} else {
				row = append(row, cell)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// TestOwnColumnsOnEveryRoad reads one set of calls as text, zipped, with quotes out
// of order, as a workbook, and converted by a profile with a layout of its own.
func TestOwnColumnsOnEveryRoad(t *testing.T) {
	title := "10月话单\n\n" + ownText
	layout := ownProfile + "header: {find: [通话编号, 开始时间]}\ncolumns: {call_id: 通话编号, agent: 工号, started: 开始时间}\n"
	for _, road := range []struct {
		name, file, content, profile string
		bad                          string // where the two faulty cells are
	}{
		{"text", "calls.csv", ownText, ownProfile, "calls.csv:5:32 too-many-places; calls.csv:6:34 bad-number"},
		{"zipped", "calls.csv.gz", zipped(ownText), ownProfile, "calls.csv.gz:5:32 too-many-places; calls.csv.gz:6:34 bad-number"},
		{"a stray quote", "calls.csv", ownText + "C7,T01,\"2026-10-09\"x 09:15:00,,,\n", ownProfile, "calls.csv:5:32 too-many-places; calls.csv:6:34 bad-number; calls.csv:8 stray-quote"},
		{"workbook", "calls.xlsx", oneSheet(t, sheetOf(ownText)), ownProfile, "calls.xlsx!Sheet1!E5 too-many-places; calls.xlsx!Sheet1!F6 bad-number"},
		{"converted text", "calls.csv", title, layout, "calls.csv:7 too-many-places; calls.csv:8 bad-number"},
		{"decimal commas", "calls.csv", strings.NewReplacer(",", ";", ".", ",").Replace(ownText), layout + "decimal: \",\"\n", "calls.csv:5 too-many-places; calls.csv:6 bad-number"},
		{"converted workbook", "calls.xlsx", oneSheet(t, sheetOf(ownText)), layout, "calls.xlsx!Sheet1!E5 too-many-places; calls.xlsx!Sheet1!F6 bad-number"},
	} {
		t.Run(road.name, func(t *testing.T) {
			opts := project(t, map[string]string{"exports/2026-10/" + road.file: road.content, "profiles/c.yaml": road.profile})
			opts.Profiles = map[string][]string{"calls": {"c"}}
			month, list := Read(opts)
			defer month.Calls.Close()
			if list.Stops() || !month.Facts.Present["calls.技能组"] || !month.Facts.Present["calls.费用"] {
				t.Fatal(places(t, list.Sorted()), month.Facts.Present)
			}
			table, _, problems, err := month.Calls.Run(ownSet, month.Facts.People)
			if err != nil {
				t.Fatal(err)
			}
			over := []query.Stretch{{Agent: "T01", Days: period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))}}
			for name, want := range map[string]int64{"vip": 2, "cost": 125 - 30 + 360, "score": 92_500_000 - 7_000_000 + 60_000_001, "best": -7_000_000} {
				if got := table.Value(name, over); got != want {
					t.Errorf("%s %d, want %d", name, got, want)
				}
			}
			if got := table.Distinct("groups", over); got != 2 {
				t.Errorf("%d groups, want 2", got)
			}
			var bad []string
			for _, p := range problems {
				if p.Code != "title-lines" {
					bad = append(bad, strings.TrimPrefix(p.Pos.String(), "exports/2026-10/")+" "+p.Code)
				}
			}
			if got := strings.Join(bad, "; "); got != road.bad {
				t.Errorf("problems %s, want %s", got, road.bad)
			}
		})
	}
}

// TestOwnColumnsThatAreNotThere: one that the profile lists and the file lacks, one
// that is read as a field, and one called like a field are refused with their place.
func TestOwnColumnsThatAreNotThere(t *testing.T) {
	for _, c := range []struct{ extra, want, mend string }{
		{"{技能: text}", "exports/2026-10/calls.csv:1 missing-column", `"技能组" → 技能`},
		{"{开始时间: text}", "exports/2026-10/calls.csv:1:9 own-column", "plans name it started"},
		{"{talk: number}", "profiles/c.yaml:3:9 own-column", "plans may name talk as it is"},
		{"[clock]", "profiles/c.yaml:3:8 own-column", ""},
		{"{技能组: words}", "profiles/c.yaml:3:14 unknown-word", ""},
	} {
		opts := project(t, map[string]string{"exports/2026-10/calls.csv": ownText, "profiles/c.yaml": "profile: c\nkind: calls\nextra: " + c.extra + "\n"})
		opts.Profiles = map[string][]string{"calls": {"c"}}
		month, list := Read(opts)
		month.Calls.Close()
		var found string
		for _, p := range list.Sorted() {
			if p.Pos.String()+" "+p.Code == c.want && strings.Contains(p.Mend.EN, c.mend) {
				found = c.want
			}
		}
		if found == "" || !list.Stops() {
			t.Errorf("extra: %s: %s, want %s (%s)", c.extra, places(t, list.Sorted()), c.want, c.mend)
		}
	}
}

// TestOwnColumnsOfTwoSystems: one column is the same kind of thing in every profile;
// what only one system has is missing in the other's rows, and noted where no file has it.
func TestOwnColumnsOfTwoSystems(t *testing.T) {
	other := "流水,工号,开始时间\nD1,T01,2026-10-08 09:00:00\n"
	read := func(old string, files ...string) string {
		all := map[string]string{"profiles/a.yaml": ownProfile, "profiles/b.yaml": "profile: b\nkind: calls\ncolumns: {call_id: 流水}\n" + old}
		for i, text := range files {
			all["exports/2026-10/calls-"+strconv.Itoa(i)+".csv"] = text
		}
		opts := project(t, all)
		opts.Profiles = map[string][]string{"calls": {"a", "b"}}
		month, list := Read(opts)
		defer month.Calls.Close()
		return places(t, list.Sorted())
	}
	if got := read("", ownText, other); got != "" {
		t.Errorf("one file of each: %s", got)
	}
	missing := "exports/2026-10 own-column-missing"
	if got, want := read("", other), strings.Join([]string{missing, missing, missing}, "; "); got != want {
		t.Errorf("the other's alone: %s, want %s", got, want)
	}
	if got := read("extra: {费用: number}\n", ownText); !strings.Contains(got, "profiles/b.yaml own-column") {
		t.Errorf("two kinds of cost: %s", got)
	}
}

// TestOwnColumnsLookedAt: check FILE shows own columns as read, covers their texts, and
// tells what a run would refuse in their numbers.
func TestOwnColumnsLookedAt(t *testing.T) {
	opts := project(t, map[string]string{"exports/2026-10/calls.csv": ownText, "profiles/c.yaml": ownProfile})
	in, err := Inspect(opts.Dir+"/exports/2026-10/calls.csv", "calls.csv", opts)
	if err != nil {
		t.Fatal(err)
	}
	var uses []string
	for i, u := range in.Uses[3:] {
		uses = append(uses, u.Field.Name+" "+u.How.EN+" "+in.Shown(3+i, in.Rows[0].Cells[3+i]))
	}
	if got, want := strings.Join(uses, "; "), "技能组 the company's own, text 电***; 质检分 the company's own, number 92.5; 费用 the company's own, money 1.25"; got != want || len(in.Unread) > 0 {
		t.Errorf("uses %s, unread %v, want %s", got, in.Unread, want)
	}
	if got, want := places(t, in.Problems), "calls.csv:5:32 too-many-places; calls.csv:6:34 bad-number"; got != want {
		t.Errorf("problems %s, want %s", got, want)
	}
}

// TestOwnNumbersOfAnotherSystem: a deal of a file without the column has the number,
// and it is empty: no condition holds of it.
func TestOwnNumbersOfAnotherSystem(t *testing.T) {
	opts := project(t, map[string]string{
		"profiles/a.yaml": "profile: a\nkind: deals\nextra: {课时: number, 校区: text}\n", "profiles/b.yaml": "profile: b\nkind: deals\ncolumns: {deal: 流水}\n",
		"exports/2026-10/deals-1.csv": "单号,工号,客户,合同额,签约日期,课时,校区\nD1,T01,K1,100,2026-10-08,12.5,城东\n",
		"exports/2026-10/deals-2.csv": "流水,工号,客户,合同额,签约日期\nD2,T01,K2,100,2026-10-08\n"})
	opts.Profiles = map[string][]string{"deals": {"a", "b"}}
	month, list := Read(opts)
	month.Calls.Close()
	if list.Stops() || len(month.Facts.Deals) != 2 {
		t.Fatal(places(t, list.Sorted()))
	}
	if n := month.Facts.Deals[0].Numbers["课时"]; n == nil || n.String() != "12.5" {
		t.Errorf("D1 has %v", n)
	}
	if n, there := month.Facts.Deals[1].Numbers["课时"]; n != nil || !there {
		t.Errorf("D2 has %v, %t", n, there)
	}
}
