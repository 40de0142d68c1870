package input

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/query"
)

// TestOneFaultDoesNotSpread: what one row has wrong is told there, and not again
// at every row that leans on it.
func TestOneFaultDoesNotSpread(t *testing.T) {
	const head = "agent,name,team,role,grade,hire,account,aliases\n"
	good := "T1,张三,一组,agent,P1,2025-01-01,,\n"
	payments := "payment,deal,paid,amount\nP1,D1,2026-10-09,5\n"
	rows := []struct {
		name             string
		files            map[string]string
		problems, faulty string
	}{
		{"a person by the alias", map[string]string{"roster.csv": head + good + "T2,李四,二组,agent,P1,2025-99-01,,dialer:8002\n", "exports/2026-10/deals.csv": dealHead + "D1,8002,C1,5,2026-10-08,,,\n", "exports/2026-10/payments.csv": payments},
			"roster.csv:3:19 bad-date", "D1"},
		{"the team of a person", map[string]string{"roster.csv": head + good + "T2,李四,二组,agent,P1,2025-99-01,,\n", "exports/2026-10/targets.csv": "scope,id,kpi,target\nteam,二组,collected,5\n"},
			"roster.csv:3:19 bad-date", ""},
		{"both sides of a dispute", map[string]string{"roster.csv": head + good + "T2,李四,二组,agent,P1,2025-99-01,,\n", "exports/2026-10/disputes.csv": "dispute,customer,agents,opened\nX1,C1,T1;T2,2026-10-08\n"},
			"roster.csv:3:19 bad-date", ""},
		{"an id that nobody can read", map[string]string{"roster.csv": head + good + "6.2E+17,李四,二组,agent,P1,2025-01-01,,\n", "exports/2026-10/deals.csv": dealHead + "D1,620000000000000001,C1,5,2026-10-08,,,\n"},
			"roster.csv:3:1 id-exponent", "D1"},
		{"accounts that lost their digits", map[string]string{"roster.csv": head + "T1,张三,一组,agent,P1,2025-01-01,6.2E+18,\nT2,李四,二组,agent,P1,2025-01-01,6.20000000000001E+18,\n", "exports/2026-10/deals.csv": dealHead + "D1,T1,C1,5,2026-10-08,,,\n"},
			"roster.csv:2:30 account-digits", ""},
		{"a deal with a fault of its own", map[string]string{"roster.csv": head + good, "exports/2026-10/deals.csv": dealHead + "D1,T1,C1,1e3,2026-10-08,,,\n", "exports/2026-10/payments.csv": strings.ToLower(payments)},
			"deals.csv:2:10 bad-amount", "D1"},
		{"a deal with two contents", map[string]string{"roster.csv": head + good, "exports/2026-10/deals.csv": dealHead + "D1,T1,C1,5,2026-10-08,,,\nD1,T1,C1,6,2026-10-08,,,\n"},
			"deals.csv:3 duplicate-deal", "D1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			opts := project(t, row.files)
			ro, list := ReadRoster(opts)
			opts.Roster = ro
			month, more := Read(opts)
			month.Calls.Close()
			list.AddAll(more.All())
			if got := places(t, list.Sorted()); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
			var faulty []string
			for id := range month.Facts.Faulty {
				faulty = append(faulty, id)
			}
			if got := strings.Join(faulty, " "); got != row.faulty {
				t.Errorf("deals that wait %q, want %q", got, row.faulty)
			}
			for _, p := range month.Facts.Payments {
				if !month.Facts.Faulty[p.Deal] {
					t.Errorf("payment %s of deal %s does not wait for it", p.ID, p.Deal)
				}
			}
		})
	}
}

// TestHints: an id that is not on the roster is never taken for another one, and
// the mend says which one it may be, and why.
func TestHints(t *testing.T) {
	roster := "agent,name,team,role,grade,hire\nA001,张三,一组,agent,P1,2025-01-01\n007,李四,一组,agent,P1,2025-01-01\n0012,王五,一组,agent,P1,2025-01-01\n00012,王五,一组,agent,P1,2025-01-01\n"
	rows := []struct{ name, id, mend string }{
		{"Cyrillic letter", "А001", "looks like A001, but its А is U+0410"},
		{"Greek letter", "Α001", "U+0391"},
		{"full width is the same id", "Ａ００１", "respelt-id"},
		{"case is the same id", "a001", "respelt-id"},
		{"blanks around are the same id", " A001\u00a0", ""},
		{"lost zeros", "7", "did you mean 007? a spreadsheet took the zeros"},
		{"lost zeros of one of two", "12", "add the person"},
		{"a name is its person", "张三", "by-name"},
		{"a name of two", "王五", "several people of the roster have this name"},
		{"a slip", "A0O1", "did you mean A001?"},
		{"nobody", "X9", "add the person to the roster"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, ps := read(t, map[string]string{"roster.csv": roster, "exports/2026-10/deals.csv": dealHead + "D1," + row.id + ",C1,5,2026-10-08,,,\n"})
			switch {
			case row.mend == "" && len(ps) == 0:
			case len(ps) == 1 && ps[0].Reach == diag.Note && ps[0].Code == row.mend:
			case len(ps) != 1 || ps[0].Code != "unknown-agent" || row.mend == "" || !strings.Contains(ps[0].Mend.EN, row.mend):
				t.Errorf("problems %+v, want the mend %q", ps, row.mend)
			}
		})
	}
}

// TestHintsOfCalls: the same hints for agents of calls.
func TestHintsOfCalls(t *testing.T) {
	opts := project(t, map[string]string{"roster.csv": "agent,name,team,role,grade,hire\nA001,张三,一组,agent,P1,2025-01-01\n007,李四,一组,agent,P1,2025-01-01\n",
		"exports/2026-10/calls.csv": "通话编号,工号,开始时间,通话时长\nC1,А001,2026-10-09 09:00:00,5\nC2,7,2026-10-09 09:00:00,5\nC3,a001,2026-10-09 09:00:00,5\nC4,=\"A001\",2026-10-09 09:00:00,5\n"})
	month, _ := Read(opts)
	defer month.Calls.Close()
	_, _, ps, err := month.Calls.Run(query.Set{Measures: []query.Measure{{Name: "n", Kind: query.Count}}}, month.Facts.People)
	if err != nil {
		t.Fatal(err)
	}
	mends := map[string]string{}
	for _, p := range ps {
		mends[p.Code+" "+p.Found.EN] = p.Mend.EN
	}
	for found, mend := range map[string]string{`unknown-agent agent "А001", 1 row`: "looks like A001, but its А is U+0410", `unknown-agent agent "="A001"", 1 row`: "it is read as A001", `unknown-agent agent "7", 1 row`: "did you mean 007? a spreadsheet took the zeros", `respelt-id ids in the column "工号" that are written otherwise than in the roster: a001 = A001`: "capitals"} {
		if !strings.Contains(mends[found], mend) {
			t.Errorf("no %q of %q in %v", mend, found, mends)
		}
	}
}

// TestStrangers: an id that nobody has is told once for a file, with the number of
// its rows; every one of them is in error.
func TestStrangers(t *testing.T) {
	var rows strings.Builder
	for i := range 60 {
		rows.WriteString("D" + string(rune('A'+i/10)) + string(rune('0'+i%10)) + ",X" + string(rune('1'+i%2)) + ",C1,5,2026-10-08,,,\n")
	}
	facts, ps := read(t, map[string]string{"exports/2026-10/deals.csv": dealHead + rows.String()})
	if len(ps) != 2 || !strings.Contains(ps[0].Found.EN, "30 rows") || !strings.Contains(ps[1].Found.ZH, "共 30 行") {
		t.Errorf("problems %+v", ps)
	}
	if got := buckets(facts.Rows); got != "exports/2026-10/deals.csv error unknown-agent 60 300" {
		t.Errorf("buckets %s", got)
	}
}

// TestOverlap: exports that overlap, alike or not, and one file under two names.
func TestOverlap(t *testing.T) {
	rows := []struct{ name, first, second, problems, buckets string }{
		{"one file twice", "D1,T01,C1,5,2026-10-08,,,\nD2,T01,C1,6,2026-10-08,,,\n", "", "deals-2.csv same-file", "exports/2026-10/deals-2.csv excluded duplicate 2 11"},
		{"one row in both", "D1,T01,C1,5,2026-10-08,,,\nD2,T01,C1,6,2026-10-08,,,\n", "D2,T01,C1,6.00,2026-10-08,,,\nD3,T01,C1,7,2026-10-08,,,\n", "deals-2.csv:2 duplicate", "exports/2026-10/deals-2.csv excluded duplicate 1 6"},
		{"one id, two contents", "D1,T01,C1,5,2026-10-08,,,\n", "D1,T01,C1,6,2026-10-08,,,\nD3,T01,C1,7,2026-10-08,,,\n", "deals-2.csv:2 duplicate-deal", "exports/2026-10/deals.csv error duplicate-deal 1 5; exports/2026-10/deals-2.csv error duplicate-deal 1 6"},
		{"ids that differ in width and case", "Ｄ１,T01,C1,5,2026-10-08,,,\n", "d1,T01,C1,5,2026-10-08,,,\n", "deals-2.csv:2 duplicate", "exports/2026-10/deals-2.csv excluded duplicate 1 5"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if row.second == "" {
				row.second = row.first
			}
			facts, ps := read(t, map[string]string{"exports/2026-10/deals-1.csv": dealHead + row.first, "exports/2026-10/deals-2.csv": dealHead + row.second})
			if got := places(t, ps); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
			if got := strings.ReplaceAll(buckets(facts.Rows), "deals-1.csv", "deals.csv"); got != row.buckets {
				t.Errorf("buckets %q, want %q", got, row.buckets)
			}
		})
	}
}

// TestOutside: days that are right as days and wrong for the month or the person
// are noted; amounts stay what they are.
func TestOutside(t *testing.T) {
	rows := []struct{ name, kind, row, want string }{
		{"the last day of the month", "deals", "D1,T01,C1,5,2026-10-31,,,", ""},
		{"the day after", "deals", "D1,T01,C1,5,2026-11-01,,,", "deals.csv:2:13 later-date"},
		{"a slip of the year", "deals", "D1,T01,C1,5,2062-10-08,,,", "deals.csv:2:13 later-date"},
		{"an earlier month", "deals", "D1,T01,C1,5,2025-10-08,,,", ""},
		{"on the day of hire", "deals", "D1,T02,C1,5,2026-09-15,,,", ""},
		{"before the hire", "deals", "D1,T02,C1,5,2026-09-14,,,", "deals.csv:2:13 outside-employment"},
		{"on the last day", "deals", "D1,T04,C1,5,2026-10-20,,,", ""},
		{"after the last day", "deals", "D1,T04,C1,5,2026-10-21,,,", "deals.csv:2:13 outside-employment"},
		{"a payment of the next month", "payments", "P1,D1,2026-11-01,5", "payments.csv:2:7 later-date"},
	}
	heads := map[string]string{"deals": dealHead, "payments": "payment,deal,paid,amount\n"}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			facts, ps := read(t, map[string]string{"exports/2026-10/" + row.kind + ".csv": heads[row.kind] + row.row + "\n"})
			if got := places(t, ps); got != row.want {
				t.Errorf("problems %q, want %q", got, row.want)
			}
			if len(facts.Deals)+len(facts.Payments) != 1 {
				t.Errorf("%d deals and %d payments", len(facts.Deals), len(facts.Payments))
			}
		})
	}
}

// TestLayoutLike: what a date with the year behind may mean, and what it must.
func TestLayoutLike(t *testing.T) {
	for v, want := range map[string]string{
		"10/31/2026":          "m/d/yyyy",
		"31.10.2026":          "d.m.yyyy",
		"3/1/2026":            "m/d/yyyy] / dates: [d/m/yyyy",
		"10/31/2026 1:05 PM":  "m/d/yyyy hh:mm am",
		"31-10-2026 13:05:09": "d-m-yyyy hh:mm:ss",
		"soon":                "",
		"2026-02-30":          "",
		"26-10-08":            "yy-m-d",
		"20261008":            "yyyymmdd",
		"46303":               "excel",
		"1759885200":          "epoch",
		"1759885200000":       "epoch ms",
		"115/10/08":           "",
	} {
		if got := layoutLike(v); got != want {
			t.Errorf("%s: %s, want %s", v, got, want)
		}
	}
}

// TestReasons: why a file cannot be opened is said in the user's language, as far as
// the systems agree on it; on Windows, that Excel has it open.
func TestReasons(t *testing.T) {
	path := func(err error) error { return &os.PathError{Op: "open", Path: `C:\x\deals.xlsx`, Err: err} }
	for _, row := range []struct {
		system string
		err    error
		want   string
	}{
		{"windows", path(sharing), "another program holds it, such as Excel"},
		{"windows", path(locked), "another program holds it, such as Excel"},
		{"linux", path(locked), locked.Error()},
		{"windows", path(fs.ErrNotExist), "it does not exist"},
		{"linux", path(fs.ErrPermission), "permission denied"},
		{"linux", errors.New("odd"), "odd"},
	} {
		if got := failedBecause(reasonOn(row.system, row.err)); got != row.want {
			t.Errorf("%s, %v: %q, want %q", row.system, row.err, got, row.want)
		}
	}
}

func failedBecause(why any) string { return lang.F("%v", "%v", why).EN }
