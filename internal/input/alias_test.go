package input

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/query"
)

// The extension 301 was T01's up to the 14th and is T02's from the 15th on.
const handedOver = "工号,姓名,团队,岗位,职级,入职日期,别名,生效日期\n" +
	"T01,张三,一组,坐席,P1,2025-01-01,ext:301,\nT01,,,,,,ext:305,2026-10-15\n" +
	"T02,李四,一组,坐席,P1,2025-01-01,ext:302,\nT02,,,,,,ext:301; ext:302,2026-10-15\n"

// TestDatedAliases: whose a call or deal under an extension is depends on its day,
// in calls of telepay's own columns, of a profile, in counters, and in deals.
func TestDatedAliases(t *testing.T) {
	const calls = "通话编号,工号,开始时间,呼叫方向,通话结果,通话时长\n" +
		"A1,301,2026-10-14 23:59:59,呼出,接通,10\nA2,301,2026-10-15 00:00:00,呼出,接通,20\nA3,305,2026-10-15 09:00:00,呼出,接通,40\nA4,302,2026-10-01 09:00:00,呼出,接通,80\nA5,305,2026-10-14 09:00:00,呼出,接通,160\n"
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"own columns", map[string]string{"exports/2026-10/calls.csv": calls}, "210 100"},
		{"a profile", map[string]string{"exports/2026-10/calls.csv": strings.ReplaceAll(calls, "工号", "分机"), "profiles/p.yaml": "profile: p\nkind: calls\nempty: [-]\ncolumns: {call_id: 通话编号, agent: 分机, started: 开始时间, direction: 呼叫方向, result: 通话结果, talk: 通话时长}\n"}, "210 100"},
		{"counters", map[string]string{"exports/2026-10/call-counters.csv": "工号,日期,方向,拨打量,接通量,通话时长\n301,2026-10-14,呼出,1,1,10\n301,2026-10-15,呼出,1,1,20\n305,2026-10-15,呼出,1,1,200\n302,2026-10-01,呼出,1,1,80\n"}, "210 100"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.files["roster.csv"] = handedOver
			opts := project(t, test.files)
			if test.name == "a profile" {
				opts.Profiles = map[string][]string{"calls": {"p"}}
			}
			month, list := Read(opts)
			defer month.Calls.Close()
			if list.Stops() {
				t.Fatal(places(t, list.Sorted()))
			}
			table, _, ps, err := month.Calls.Run(query.Set{Measures: []query.Measure{{Name: "talk", Kind: query.Sum, Field: "talk"}}}, month.Facts.People)
			if err != nil || len(ps) > 0 {
				t.Fatal(err, places(t, ps))
			}
			var got []string
			for _, id := range []string{"T01", "T02"} {
				got = append(got, fmt.Sprint(table.Value("talk", []query.Stretch{{Agent: id, Days: period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))}})))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("talk %v, want %s", got, test.want)
			}
		})
	}
	t.Run("deals", func(t *testing.T) {
		month, list := Read(project(t, map[string]string{"roster.csv": handedOver, "exports/2026-10/deals.csv": "单号,工号,客户,合同额,签约日\nD1,301,K1,1,2026-10-14\nD2,301,K2,1,2026-10-15\nD3,305,K3,1,2026-10-20\n"}))
		defer month.Calls.Close()
		var got []string
		for _, d := range month.Facts.Deals {
			got = append(got, d.Agent)
		}
		if strings.Join(got, " ") != "T01 T02 T01" || list.Stops() {
			t.Errorf("agents %v, %s", got, places(t, list.Sorted()))
		}
	})
}

// TestAliasOfTwo: two people with one alias at one time are an error still.
func TestAliasOfTwo(t *testing.T) {
	_, list := ReadRoster(project(t, map[string]string{"roster.csv": strings.Replace(handedOver, "ext:305,2026-10-15", ",2026-10-15", 1)}))
	if got := places(t, list.Sorted()); got != "roster.csv:5:1 alias-taken" {
		t.Errorf("problems %s", got)
	}
}

// TestNameOfTwo: a name that two people have is that of the one who has it among
// the aliases; without it, nobody's.
func TestNameOfTwo(t *testing.T) {
	const roster = "工号,姓名,团队,岗位,职级,入职日期,别名\nT1,王芳,一组,坐席,P1,2025-01-01,\nT2,王芳,二组,坐席,P1,2025-01-01,"
	const deals = "单号,销售,客户,合同额,签约日\nD1,王芳,K1,1,2026-10-14\n"
	for _, profiles := range []map[string][]string{nil, {"deals": {"p"}}} {
		for alias, want := range map[string]string{"": "", "王芳": "T2"} {
			opts := project(t, map[string]string{"roster.csv": roster + alias + "\n", "exports/2026-10/deals.csv": deals,
				"profiles/p.yaml": "profile: p\nkind: deals\nempty: [-]\ncolumns: {agent: {of: 销售, by: name}}\n"})
			opts.Profiles = profiles
			month, list := Read(opts)
			month.Calls.Close()
			got := ""
			for _, d := range month.Facts.Deals {
				got += d.Agent
			}
			if got != want {
				t.Errorf("%v, alias %q: %q, want %q: %s", profiles, alias, got, want, places(t, list.Sorted()))
			}
		}
	}
}
