package kpi

import (
	"slices"
	"strings"
	"testing"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

var ownOfCalls = Own{Places: 2, Columns: map[string][]expr.Def{"calls": {
	def("技能组", "技能组", "技能组", expr.Word, 0), def("质检分", "质检分", "质检分", expr.Number, expr.Count), def("费用", "费用", "费用", expr.Number, expr.Money)}}}

// ownSet reads KPIs over calls with columns of the company's own.
func ownSet(t *testing.T, kpis string) (*Set, []string) {
	t.Helper()
	root, problems := yamldoc.Parse("plan.yaml", []byte(kpis))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r := &yamldoc.Reader{}
	s := ReadSet(r, root, ownOfCalls)
	s.CheckQueries()
	var told []string
	for _, p := range r.Problems.All() {
		told = append(told, p.Code+": "+p.Found.In(lang.EN)+"; "+p.Mend.In(lang.EN))
	}
	return s, told
}

// allPresent is a month whose calls have every column.
func allPresent(s *Set) *record.Facts {
	facts := &record.Facts{Present: map[string]bool{"calls": true}}
	for _, column := range s.CallColumns() {
		facts.Present[column] = true
	}
	return facts
}

// TestOwnColumnsOfCalls asks KPIs of nine calls whose answers are counted by hand.
func TestOwnColumnsOfCalls(t *testing.T) {
	month := period.Cut{StartDay: 1}.Span(period.MustMonth("2026-10"))
	var rows []query.Row
	call := func(day int, group string, score, cost int64, has string) {
		r := query.Row{Agent: "A", Day: month.From + period.Day(day-1), Texts: map[string]string{"技能组": group}, Numbers: map[string]int64{}, Flags: map[string]bool{}}
		if strings.Contains(has, "s") {
			r.Numbers["质检分"] = score
		}
		if strings.Contains(has, "c") {
			r.Numbers["费用"] = cost
		}
		rows = append(rows, r)
	}
	call(1, "一组", 85_500_000, 125, "sc")
	call(1, "一组", 60_000_000, 0, "sc")
	call(1, "一组", 0, 50, "c")
	call(2, "二组", -5_250_000, -30, "sc")
	call(2, "二组", 60_000_001, 0, "s")
	call(2, "", 0, 999, "c")
	call(3, "三组", -7_000_000, 0, "s")
	call(3, "一组", 100_000_000, 125, "sc")
	call(3, "二组", 0, 0, "")
	d := &Data{Month: period.MustMonth("2026-10"), Span: month}
	for _, c := range []struct{ name, kpi, want string }{
		{"equal", "{count: calls, where: 技能组 = 一组}", "4"},
		{"not equal passes the empty", "{count: calls, where: 技能组 != 一组}", "5"},
		{"in", "{count: calls, where: '技能组 in (一组, 三组)'}", "5"},
		{"not in", "{count: calls, where: 'not (技能组 in (一组, 三组))'}", "4"},
		{"filled", "{count: calls, where: \"技能组 != ''\"}", "8"},
		{"empty", "{count: calls, where: \"技能组 = ''\"}", "1"},
		{"at least, between the units", "{count: calls, where: 质检分 >= 60.000001}", "3"},
		{"above", "{count: calls, where: 质检分 > 60}", "3"},
		{"at most, below 0 too", "{count: calls, where: 质检分 <= 60}", "3"},
		{"below a negative", "{count: calls, where: 质检分 < -5.25}", "1"},
		{"exactly", "{count: calls, where: 质检分 = 85.5}", "1"},
		{"in numbers", "{count: calls, where: '质检分 in (85.5, 100, -7)'}", "3"},
		{"not below passes what says nothing", "{count: calls, where: not 质检分 < 60}", "7"},
		{"money", "{count: calls, where: 费用 >= 1.25元}", "3"},
		{"and, or, not", "{count: calls, where: '(技能组 = 一组 or 技能组 = 二组) and not 费用 > 0'}", "4"},
		{"sum", "{of: calls, sum: 质检分}", "293.250001"},
		{"sum of money", "{of: calls, sum: 费用}", "12.69"},
		{"sum where", "{of: calls, sum: 费用, where: 技能组 = 一组}", "3"},
		{"mean of what is there", "{of: calls, average: 费用, where: 技能组 = 一组}", "0.75"},
		{"largest", "{of: calls, max: 质检分}", "100"},
		{"largest of the negative", "{of: calls, max: 质检分, where: 质检分 < 0}", "-5.25"},
		{"largest of none", "{of: calls, max: 费用, where: 技能组 = 四组}", "0"},
		{"different groups", "{of: calls, distinct: 技能组}", "3"},
		{"beyond the first of a group and day", "{count: calls, per: [技能组, day], having: nth > 1}", "3"},
		{"a group that was called again within two days", "{count: calls, match: {calls: 技能组, within: 2d, where: 质检分 > 90}}", "3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, told := ownSet(t, "mine: "+c.kpi)
			if len(told) > 0 {
				t.Fatal(told)
			}
			facts := allPresent(s)
			d.Table = query.Answer(s.Queries(facts, facts), []string{"A"}, month, rows)
			acc := accumulator{e: &Engine{Set: s}, kpi: s.ByName["mine"]}
			acc.add(d.Index(), newGroup([]query.Stretch{{Agent: "A", Days: month}}), true)
			if got := acc.value().Expr(); got.NoBase || got.Num.Cmp(money.Of(money.MustParse(c.want))) != 0 {
				t.Errorf("%s, want %s", got.Num.Round(8, money.HalfUp), c.want)
			}
		})
	}
}

// TestOwnColumnsUndeclared: what no profile declares is told with how to declare it,
// and what a column cannot hold is no bound.
func TestOwnColumnsUndeclared(t *testing.T) {
	for _, c := range []struct{ kpi, code, mend string }{
		{"{count: calls, where: 任务 = 十月}", "unknown-measure", "extra: {任务: text}"},
		{"{of: calls, sum: 时薪}", "unknown-measure", "a profile of calls declares it: extra: {时薪: text}, or number, or money"},
		{"{of: deals, sum: 课时}", "unknown-measure", "a profile of deals"},
		{"{count: calls, match: {calls: 任务, within: 1d}}", "unknown-measure", "extra: {任务: text}"},
		{"{of: calls, sum: 技能组}", "kinds", "extra: {技能组: number} or {技能组: money}"},
		{"{of: calls, distinct: 质检分}", "kinds", "extra: {质检分: text}"},
		{"{count: calls, where: connected and 技能组 > 1}", "kinds", "extra: {技能组: number}"},
		{"{of: calls, sum: connected}", "kinds", ""},
		{"{of: calls, median: 费用}", "shape", ""},
		{"{count: calls, where: 费用 >= 1.255}", "query", ""},
		{"{count: calls, where: 质检分 >= 1000000000}", "query", ""},
		{"{count: calls, where: 质检分 >= 60%}", "units", ""},
	} {
		s, told := ownSet(t, "mine: "+c.kpi)
		if facts := allPresent(s); slices.ContainsFunc(s.Queries(facts, facts).Measures, func(m query.Measure) bool { return m.Name == "mine" && m.Kind == query.Sum }) {
			t.Errorf("%s is asked for", c.kpi)
		}
		if len(told) != 1 || !strings.HasPrefix(told[0], c.code) || !strings.Contains(told[0], c.mend) {
			t.Errorf("%s: %q, want %s … %s", c.kpi, told, c.code, c.mend)
		}
	}
}
