package review

import (
	"strings"
	"testing"

	"telepay/internal/period"
	"telepay/internal/record"
)

// said writes changes as plan diff does, without the people.
func saidOf(changes []Change) string {
	var out []string
	for _, c := range changes {
		out = append(out, c.What+" "+c.Title.EN+" ["+c.Whom.EN+"]")
		for _, l := range c.Lines {
			out = append(out, "  "+l.EN)
		}
	}
	return strings.Join(out, "\n")
}

const ruleBook = "earnings:\n  base: {amount: {by grade: {初级: 3400, 高级: 4600}}}\n  commission: {for: role = agent, of: collected, rate: {mode: marginal, from 0: 3%, from 5万: 5%}}\n"

// TestDiff: what changed is said in the words of explain, and nothing else is.
func TestDiff(t *testing.T) {
	for name, x := range map[string]struct{ from, to, want string }{
		"nothing":  {"", "", ""},
		"a line":   {"高级: 4600", "高级: 4800", "changed Base salary []\n  Amount, 高级: 4600 → 4800"},
		"a bound":  {"from 5万", "above 5万", "changed Commission [role = agent]\n  − Rate, 0 or more, below 5万: 3%\n  − Rate, 5万 or more: 5%\n  + Rate, 0 or more, up to 5万: 3%\n  + Rate, above 5万: 5%"},
		"the mode": {"mode: marginal", "mode: whole", "changed Commission [role = agent]\n  − Rate: Marginal: each slice has its own step.\n  + Rate: Whole: the step that is reached holds for everything."},
		"whom":     {"for: role = agent, ", "", "changed Commission [role = agent]\n  − For whom: role = agent."},
		"a key":    {"of: collected,", "of: collected, at_most: 5000,", "changed Commission [role = agent]\n  + At most (cap): 5000."},
		"a rule":   {"\n  commission", "\n  meals: {rule: bonus, amount: 500}\n  commission", "added meals []\n  A bonus where the condition is met.\n  Amount: 500."},
		"no rule":  {"  base: {amount: {by grade: {初级: 3400, 高级: 4600}}}\n", "  meals: {rule: bonus, amount: 500}\n", "added meals []\n  A bonus where the condition is met.\n  Amount: 500.\nremoved Base salary []\n  Fixed pay of the month.\n  Amount:\n    初级: 3400\n    高级: 4600"},
		"a month":  {"since: 2026-01", "since: 2026-07", "changed Plan []\n  Since: 2026-01 → 2026-07"},
		"section":  {"earnings:", "crediting: {basis: signed}\nearnings:", "added Whose money is whose []\n  Basis: signed."},
		"a KPI":    {"earnings:", "kpis: {effective_calls: {where: talk >= 90s}}\nearnings:", "added Effective calls []\n  How it is counted: the number of calls, where Talk time ≥ 90s."},
	} {
		t.Run(name, func(t *testing.T) {
			if x.from != "" && !strings.Contains(head+ruleBook, x.from) {
				t.Fatal("nothing to change")
			}
			old, now := benchFrom(t, head+ruleBook), benchFrom(t, strings.Replace(head+ruleBook, x.from, x.to, 1))
			if got := saidOf(old.Diff(now)); got != x.want {
				t.Errorf("says\n%s\nwant\n%s", got, x.want)
			}
		})
	}
}

// TestDiffPeople: a line of a table concerns whom it fits, anything else everybody
// whom the rule is for.
func TestDiffPeople(t *testing.T) {
	station := func(role, grade string) record.Station {
		st := usual()
		st.Role, st.Grade = role, grade
		return st
	}
	roster := []record.Person{person("A", station("agent", "初级")), person("B", station("agent", "高级")), person("C", station("leader", "高级")), person("D", station("agent", "高级"))}
	roster[3].Leave = period.MustDay("2026-01-31")
	old := benchFrom(t, head+ruleBook)
	for to, want := range map[string]string{"高级: 4800": "B C", "初级: 3500": "A", "for: role = leader": "A B C", "from 6万": "A B"} {
		from := map[string]string{"高级: 4800": "高级: 4600", "初级: 3500": "初级: 3400", "for: role = leader": "for: role = agent", "from 6万": "from 5万"}[to]
		now := benchFrom(t, strings.Replace(head+ruleBook, from, to, 1))
		var got []string
		for _, c := range old.Diff(now) {
			for _, p := range old.People(c, roster, period.MustMonth("2026-03")) {
				got = append(got, p.ID)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s concerns %v, want %s", to, got, want)
		}
	}
}
