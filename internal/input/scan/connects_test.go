package scan

import (
	"fmt"
	"slices"
	"testing"

	"telepay/internal/period"
	"telepay/internal/query"
)

var talkSet = query.Set{Measures: []query.Measure{
	{Name: "dials", Kind: query.Count},
	{Name: "connects", Kind: query.Count, Where: isConnectedYes},
	{Name: "effective", Kind: query.Count, Where: tree(query.And, isConnectedYes, atom(query.AtLeast, "talk", 60))},
	{Name: "talk", Kind: query.Sum, Field: "talk"},
	{Name: "longest", Kind: query.Max, Field: "talk"},
	{Name: "warm", Kind: query.Count, Where: in("intent", "A")},
}}

// month reads all measures of an agent over October.
func month(t *query.Table, set query.Set, agent string) (out []int64) {
	for _, m := range set.Measures {
		out = append(out, t.Value(m.Name, []query.Stretch{{Agent: agent, Days: october}}))
	}
	return out
}

func TestConnectsJoinTheirCalls(t *testing.T) {
	const head = "C1,T1,2026-10-05 10:00:00\n"
	for _, c := range []struct {
		name, calls, connects string
		t1, t2                []int64 // dials, connects, effective, talk, longest, warm
		buckets               []string
	}{
		{"no connect", head, "X,T1,2026-10-05 10:00:09,30,A\n",
			[]int64{1, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects no_call 1"}},
		{"one connect of the same agent", head, "c1,t1,2026-10-05 10:00:09,80,A\n",
			[]int64{1, 1, 1, 80, 80, 1}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects  1"}},
		{"answered after the month ended", "C1,T1,2026-10-31 23:59:50\n", "C1,T1,2026-11-01 00:00:05,80,\n",
			[]int64{1, 1, 1, 80, 80, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects  1"}},
		{"a call of September answered in October", "C1,T1,2026-09-30 23:59:50\n", "C1,T1,2026-10-01 00:00:05,80,\n",
			[]int64{0, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls other_month 1", "connects other_month 1"}},
		{"agent from the connect", "C1,,2026-10-05 10:00:00\n", "C1,T2,2026-10-05 10:00:09,80,\n",
			[]int64{0, 0, 0, 0, 0, 0}, []int64{1, 1, 1, 80, 80, 0}, []string{"calls  1", "connects  1"}},
		{"no agent anywhere", "C1,,2026-10-05 10:00:00\n", "C1,,2026-10-05 10:00:09,80,\n",
			[]int64{0, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls no_agent 1", "connects call_left_out 1"}},
		{"transfer: talk to each, the connect once", head, "C1,T2,2026-10-05 10:02:00,90,B\nC1,T1,2026-10-05 10:00:09,20,A\n",
			[]int64{1, 1, 0, 20, 20, 1}, []int64{0, 0, 0, 90, 90, 0}, []string{"calls  1", "connects  2"}},
		{"transfer there and back", head, "C1,T1,2026-10-05 10:00:09,20,\nC1,T2,2026-10-05 10:02:00,90,\nC1,T1,2026-10-05 10:04:00,70,\n",
			[]int64{1, 1, 0, 90, 70, 0}, []int64{0, 0, 0, 90, 90, 0}, []string{"calls  1", "connects  3"}},
		{"another agent took the call", head, "C1,T2,2026-10-05 10:00:09,80,\n",
			[]int64{1, 1, 1, 0, 0, 0}, []int64{0, 0, 0, 80, 80, 0}, []string{"calls  1", "connects  1"}},
		{"connect without talk", head, "C1,T1,2026-10-05 10:00:09,,\n",
			[]int64{1, 1, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects  1"}},
		{"connect twice", head, "C1,T1,2026-10-05 10:00:09,80,\nC1,T1,2026-10-05 10:00:09,80,\n",
			[]int64{1, 1, 1, 80, 80, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects  1", "connects duplicate 1"}},
		{"connect twice, different", head, "C1,T1,2026-10-05 10:00:09,80,\nC1,T1,2026-10-05 10:00:09,81,\n",
			[]int64{1, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects duplicate-connect 2"}},
		{"call twice", head + head, "C1,T1,2026-10-05 10:00:09,80,\n",
			[]int64{1, 1, 1, 80, 80, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "calls duplicate 1", "connects  1"}},
		{"call twice, different", head + "C1,T2,2026-10-05 10:00:00\n", "C1,T1,2026-10-05 10:00:09,80,\n",
			[]int64{0, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls duplicate-call 2", "connects call_left_out 1"}},
		{"two agents at one moment: the first id is first", head, "C1,T2,2026-10-05 10:00:09,90,B\nC1,T1,2026-10-05 10:00:09,20,A\n",
			[]int64{1, 1, 0, 20, 20, 1}, []int64{0, 0, 0, 90, 90, 0}, []string{"calls  1", "connects  2"}},
		{"connect in error joins nothing", head, "C1,T77,2026-10-05 10:00:09,80,\n",
			[]int64{1, 0, 0, 0, 0, 0}, []int64{0, 0, 0, 0, 0, 0}, []string{"calls  1", "connects unknown-agent 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls := testFile{name: "calls", columns: []string{"call_id", "agent", "started"}, text: c.calls}
			connects := testFile{name: "connects", columns: []string{"call_id", "agent", "answered", "talk", "intent"}, text: c.connects}
			table, buckets, _, err := Run(jobOf(talkSet, []testFile{calls}, []testFile{connects}))
			if err != nil {
				t.Fatal(err)
			}
			if got := month(table, talkSet, "T1"); !slices.Equal(got, c.t1) {
				t.Errorf("T1 has %v, want %v", got, c.t1)
			}
			if got := month(table, talkSet, "T2"); !slices.Equal(got, c.t2) {
				t.Errorf("T2 has %v, want %v", got, c.t2)
			}
			if got := bucketTexts(buckets); !slices.Equal(got, c.buckets) {
				t.Errorf("buckets %q, want %q", got, c.buckets)
			}
		})
	}
}

func TestConnectTakesTheDayOfItsCall(t *testing.T) {
	calls := testFile{name: "calls", columns: []string{"call_id", "agent", "started"}, text: "C1,T1,2026-10-30 23:59:50\n"}
	connects := testFile{name: "connects", columns: []string{"call_id", "agent", "answered", "talk"}, text: "C1,T2,2026-10-31 00:00:05,80\n"}
	table, _, _, err := Run(jobOf(talkSet, []testFile{calls}, []testFile{connects}))
	if err != nil {
		t.Fatal(err)
	}
	on := func(agent, name, day string) int64 {
		d := period.MustDay(day)
		return table.Value(name, []query.Stretch{{Agent: agent, Days: period.Span{From: d, To: d + 1}}})
	}
	if on("T1", "connects", "2026-10-30") != 1 || on("T2", "talk", "2026-10-30") != 80 || on("T2", "talk", "2026-10-31") != 0 {
		t.Error("the connect does not lie on the day of its call")
	}
}

func TestConnectedWithoutConnects(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []string
		text    string
		want    int64
	}{
		{"by result", []string{"call_id", "agent", "started", "result", "talk"}, "1,T1,2026-10-05 10:00:00,接通,0\n2,T1,2026-10-05 10:00:00,忙,50\n3,T1,2026-10-05 10:00:00,,50\n", 1},
		{"by talk", []string{"call_id", "agent", "started", "talk"}, "1,T1,2026-10-05 10:00:00,0\n2,T1,2026-10-05 10:00:00,50\n3,T1,2026-10-05 10:00:00,\n4,T1,2026-10-05 10:00:00,0:00:01\n", 2},
		{"by neither", []string{"call_id", "agent", "started"}, "1,T1,2026-10-05 10:00:00\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := testFile{name: "calls", columns: c.columns, text: c.text, values: wordValues}
			table, _, problems, err := Run(jobOf(talkSet, []testFile{f}, nil))
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			if got := table.Value("connects", []query.Stretch{{Agent: "T1", Days: october}}); got != c.want {
				t.Errorf("%d connects, want %d", got, c.want)
			}
		})
	}
}

// A canonical word stands for itself, in any spelling of it.
func TestWordsOfAProfile(t *testing.T) {
	f := testFile{name: "calls", columns: []string{"call_id", "agent", "started", "intent"}, values: map[string]map[string]string{"intent": {"意向强": "A", "一般": "B"}},
		text: "1,T1,2026-10-05 10:00:00,意向强\n2,T1,2026-10-05 10:00:00,A\n3,T1,2026-10-05 10:00:00,ａ\n4,T1,2026-10-05 10:00:00,B\n5,T1,2026-10-05 10:00:00,\n6,T1,2026-10-05 10:00:00,C\n"}
	table, buckets, _, err := Run(jobOf(talkSet, []testFile{f}, nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := table.Value("warm", []query.Stretch{{Agent: "T1", Days: october}}); got != 3 {
		t.Errorf("%d warm calls, want 3", got)
	}
	if got, want := bucketTexts(buckets), []string{"calls  5", "calls unknown-word 1"}; !slices.Equal(got, want) {
		t.Errorf("buckets %q, want %q", got, want)
	}
}

// Connects beyond the budget are joined part by part, from the temporary file, with
// the same table, buckets and problems.
func TestConnectsBeyondTheBudget(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	g := newGenerator(11)
	calls := []testFile{g.calls("calls-1.csv", 2000, 0), g.calls("calls-2.csv", 900, 1500)}
	connects := []testFile{g.connects("connects.csv", 3000)}
	var before string
	for _, opt := range []options{{workers: 2}, {workers: 1, budget: 20 << 10}, {workers: 3, block: 4096, budget: 1}} {
		e, err := newEngine(jobOf(fullSet(), calls, connects), opt.filled(), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, buckets, problems, err := e.answer()
		if err != nil {
			t.Fatal(err)
		}
		if one, whole := opt.budget == 1, e.joined.from == 0; whole != (opt.budget == 0) || one && e.joined.from != joinParts-1 {
			t.Errorf("%+v: the last reading joined parts %d to %d", opt, e.joined.from, e.joined.to)
		}
		if spilled := e.scratch.size > 0; spilled != (opt.budget > 0) {
			t.Errorf("%+v: a temporary file: %v", opt, spilled)
		}
		text := fmt.Sprint(buckets, problems)
		if before == "" {
			before = text
		}
		if text != before {
			t.Errorf("%+v: the report differs: %s", opt, firstDifference(text, before))
		}
	}
}
