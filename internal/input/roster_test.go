package input

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/period"
	"telepay/internal/record"
)

func roster(t *testing.T, text string) (*Roster, []diag.Problem) {
	t.Helper()
	ro, list := ReadRoster(project(t, map[string]string{"roster.csv": text}))
	return ro, list.Sorted()
}

// spans writes a person as SINCE..UNTIL team/role/grade/base.
func spans(p record.Person) string {
	var all []string
	for _, st := range p.Spans {
		all = append(all, fmt.Sprintf("%s..%s %s/%s/%s/%s/%s", st.Since, st.Until, st.Team, st.Role, st.Grade, st.Base, st.Leader))
	}
	return strings.Join(all, "; ")
}

const rosterHead = "agent,name,team,role,grade,base,hire,leave,leader,since\n"

func TestRoster(t *testing.T) {
	rows := []struct{ name, text, want, problems string }{
		{"one row", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\n", "2025-03-01.. 一组/agent/P1/4000/", ""},
		{"left", "T1,张三,一组,agent,P1,4000,2025-03-01,2026-10-20,,\n", "2025-03-01..2026-10-21 一组/agent/P1/4000/", ""},
		{"change inherits what is empty", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nT1,,二组,,P2,,,,,2026-10-16\n", "2025-03-01..2026-10-16 一组/agent/P1/4000/; 2026-10-16.. 二组/agent/P2/4000/", ""},
		{"change before the first row", "T1,,二组,,,5000,,,,2026-10-16\nt1,张三,一组,坐席,P1,4000,2025-03-01,,,\n", "", "roster.csv:2:1 two-people"},
		{"changes in any order", "T1,,二组,,,5000,,,,2026-10-16\nT1,张三,一组,坐席,P1,4000,2025-03-01,,,\n", "2025-03-01..2026-10-16 一组/agent/P1/4000/; 2026-10-16.. 二组/agent/P1/5000/", ""},
		{"all rows dated", "T1,张三,一组,agent,P1,4000,2025-03-01,,,2025-06-01\n", "2025-03-01.. 一组/agent/P1/4000/", "roster.csv:2:1 roster-gap"},
		{"change on the day of hire", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nT1,,二组,,,,,,,2025-03-01\n", "2025-03-01.. 二组/agent/P1/4000/", ""},
		{"same row twice", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nT1,张三,一组,agent,P1,4000.00,2025-03-01,,,\n", "2025-03-01.. 一组/agent/P1/4000/", "roster.csv:3:1 duplicate"},
		{"two rows, two contents", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nT1,张三,二组,agent,P1,4000,2025-03-01,,,\n", "", "roster.csv:3:1 duplicate-person"},
		{"two ids of one key", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nｔ1,李四,一组,agent,P1,4000,2025-03-01,,,2025-06-01\n", "", "roster.csv:3:1 two-people"},
		{"another name", "T1,张三,一组,agent,P1,4000,2025-03-01,,,\nT1,李四,一组,agent,P1,4000,2025-03-01,,,2025-06-01\n", "", "roster.csv:3:1 two-people"},
		{"left before hired", "T1,张三,一组,agent,P1,4000,2025-03-01,2025-02-01,,\n", "", "roster.csv:2:1 left-before-hired"},
		{"change after leaving", "T1,张三,一组,agent,P1,4000,2025-03-01,2026-01-31,,\nT1,,二组,,,,,,,2026-02-01\n", "", "roster.csv:3:1 change-outside"},
		{"first row not complete", "T1,,二组,agent,P1,,2025-03-01,,,2026-02-01\n", "", "roster.csv:2:1 first-row"},
		{"bad base", "T1,张三,一组,agent,P1,4千,2025-03-01,,,\n", "", "roster.csv:2:19 bad-amount"},
		{"leader by another spelling", "T1,张三,一组,agent,P1,4000,2025-03-01,,t1,\n", "2025-03-01.. 一组/agent/P1/4000/T1", ""},
		{"leader not on the roster", "T1,张三,一组,agent,P1,4000,2025-03-01,,老板,\n", "2025-03-01.. 一组/agent/P1/4000/老板", "roster.csv:2:1 unknown-leader"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			ro, ps := roster(t, rosterHead+row.text)
			got := ""
			if len(ro.People) > 0 {
				got = spans(ro.People[0])
			}
			if got != row.want {
				t.Errorf("person %q, want %q", got, row.want)
			}
			if got := places(t, ps); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
		})
	}
}

func TestRosterFiles(t *testing.T) {
	opts := project(t, map[string]string{"花名册.csv": rosterText})
	_, list := ReadRoster(opts)
	if got := places(t, list.Sorted()); got != "花名册.csv two-rosters" {
		t.Errorf("problems %s", got)
	}
	opts.Dir = t.TempDir()
	_, list = ReadRoster(opts)
	if got := places(t, list.Sorted()); got != "roster.csv missing-roster" {
		t.Errorf("problems %s", got)
	}
}

// TestNoRosterIsOneProblem: without a roster no row complains of its agent.
func TestNoRosterIsOneProblem(t *testing.T) {
	_, ps := read(t, map[string]string{"roster.csv": "", "exports/2026-10/deals.csv": dealHead + "D1,T01,C1,5,2026-10-08,,,\n"})
	if got := places(t, ps); got != "roster.csv empty-file" {
		t.Errorf("problems %s", got)
	}
}

// TestFaultyPersonIsOneProblem: a person whose own row is faulty is not unknown as well.
func TestFaultyPersonIsOneProblem(t *testing.T) {
	facts, ps := read(t, map[string]string{
		"roster.csv":                rosterHead + "T1,张三,一组,agent,P1,4000,2025-02-31,,,\nT2,李四,一组,agent,P1,4000,2025-02-01,,,\n",
		"exports/2026-10/deals.csv": dealHead + "D1,T1,C1,5,2026-10-08,,,\nD2,T2,C1,6,2026-10-08,,,\n"})
	if got := places(t, ps); got != "roster.csv:2:24 bad-date" {
		t.Errorf("problems %s", got)
	}
	if ps[0].Reach != diag.Person || ps[0].Agent != "T1" {
		t.Errorf("a faulty row of the roster concerns its person: %+v", ps[0])
	}
	if got := buckets(facts.Rows); got != "exports/2026-10/deals.csv error agent-not-readable 1 5" || len(facts.Deals) != 1 {
		t.Errorf("buckets %s", got)
	}
}

func TestAliases(t *testing.T) {
	ro, ps := roster(t, "agent,name,team,role,grade,hire,aliases\nT1,张三,一组,agent,P1,2025-01-01,dialer:8001; crm：ZS\nT2,李四,一组,agent,P1,2025-01-01,8001;t1\n")
	if got := places(t, ps); got != "roster.csv:3:1 alias-taken; roster.csv:3:1 alias-taken" {
		t.Errorf("problems %s", got)
	}
	for id, want := range map[string]string{"8001": "T1", "zs": "T1", "Ｔ２": "T2", "t1": "T1", "T3": ""} {
		if got, _ := ro.Known(id); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
}

func TestRosterDetails(t *testing.T) {
	opts := project(t, map[string]string{
		"roster.csv":       "工号,姓名,部门,岗位,职级,状态,用工形式,底薪,入职日期,个税,语言,银行卡号,城市\n007,张三,一组,主管,P1,转正,全职,4000,2025-03-01,工资薪金,英文,6222000000000000,成都\n",
		"profiles/hr.yaml": "profile: hr\nkind: roster\nextra: [城市]\n",
	})
	opts.Profiles = map[string][]string{"roster": {"hr"}}
	ro, list := ReadRoster(opts)
	if list.Len() > 0 {
		t.Fatal(places(t, list.Sorted()))
	}
	p := ro.People[0]
	st := p.Spans[0]
	city, _ := st.Field("城市")
	got := strings.Join([]string{p.ID, p.Name, p.Tax, p.Language, p.Account, st.Role, st.Status, st.Employment, city}, " ")
	if got != "007 张三 wage en 6222000000000000 leader 正式 full_time 成都" || !st.HasBase {
		t.Errorf("person %s", got)
	}
	if len(ro.Files) != 1 || ro.Files[0].Kind != "roster" || ro.Files[0].Rows != 1 {
		t.Errorf("files %+v", ro.Files)
	}
}

func TestOpening(t *testing.T) {
	opts := project(t, map[string]string{"opening.csv": "agent,what,ref,month,amount\nT01,holdback,D1,2026-09,100\nT01,累计收入,,,5000.00\nT01,debt,,,x\n"})
	ro, _ := ReadRoster(opts)
	opts.Roster = ro
	all, files, list := ReadOpening(opts)
	if got := places(t, list.Sorted()); got != "opening.csv:4:12 bad-amount" {
		t.Errorf("problems %s", got)
	}
	want := []record.Opening{
		{Agent: "T01", What: "holdback", Ref: "D1", Month: period.MustMonth("2026-09"), Amount: dec("100"), At: record.Source{File: "opening.csv", Row: 2}},
		{Agent: "T01", What: "tax_income", Amount: dec("5000"), At: record.Source{File: "opening.csv", Row: 3}},
	}
	same(t, "opening", all, want)
	if len(files) != 1 {
		t.Errorf("files %+v", files)
	}
}

func TestProfiles(t *testing.T) {
	text := "签单号|员工|客户|签单额|时间|情况\nD1|T01|C1|1200|2026/1/8 09:00:00|已退订\n"
	profile := "profile: crm\nkind: deals\ncolumns: {deal: 签单号, value: 签单额, signed: 时间, status: 情况}\nvalues: {status: {cancelled: [已退订]}}\ndates: [yyyy/m/d hh:mm:ss]\nseparator: \"|\"\n"
	rows := []struct{ name, profile, problems string }{
		{"good", profile, ""},
		{"of another kind", "profile: crm\nkind: payments\n", "profiles/crm.yaml profile-kind"},
		{"broken", "profile: crm\nkind: deals\ncolums: {}\n", "profiles/crm.yaml:3:1 unknown-key"},
		{"other layout", strings.Replace(profile, "yyyy/m/d hh:mm:ss", "d.m.yyyy", 1), "deals.csv:2:16 bad-date"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			opts := project(t, map[string]string{"exports/2026-10/deals.csv": text, "profiles/crm.yaml": row.profile})
			opts.Profiles = map[string][]string{"deals": {"crm"}}
			month, list := Read(opts)
			if got := places(t, list.Sorted()); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
			if row.problems == "" && (len(month.Facts.Deals) != 1 || month.Facts.Deals[0].Status != "cancelled" || month.Facts.Deals[0].Signed != period.MustDay("2026-01-08")) {
				t.Errorf("deals %+v", month.Facts.Deals)
			}
		})
	}
	opts := project(t, nil)
	opts.Profiles = map[string][]string{"roster": {"none"}}
	_, list := ReadRoster(opts)
	if got := places(t, list.Sorted()); !strings.HasPrefix(got, "profiles/none.yaml unknown-profile") {
		t.Errorf("problems %q", got)
	}
}

func TestMissingMonth(t *testing.T) {
	opts := project(t, nil)
	opts.Month = period.MustMonth("2026-12")
	_, list := Read(opts)
	if got := places(t, list.Sorted()); got != "exports/2026-12 missing-folder" {
		t.Errorf("problems %q", got)
	}
}
