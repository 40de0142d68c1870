package scale

import (
	"testing"

	"telepay/internal/money"
	"telepay/internal/period"
)

// TestCuts works rates over totals, at every bound a fen below, at and above.
func TestCuts(t *testing.T) {
	const (
		flat     = "5%"
		whole    = "{mode: whole, from 0: 0.2%, from 1万: 0.3%, from 3万: 0.4%, from 6万: 0.5%, from 10万: 0.6%}"
		above    = "{mode: whole, from 0: 0.2%, above 1万: 0.3%}"
		marginal = "{mode: marginal, from 0: 3%, from 5万: 5%, from 10万: 8%}"
		mixed    = "{mode: {from 0: whole, above 15万: marginal}, from 0: 3%, from 10万: 5%, above 15万: 8%}"
		late     = "{mode: marginal, from 100万: 1%}"
		nested   = "{mode: whole, from 0: 3%, from 30万: {mode: marginal, from 0: 4%, from 20万: 6%}}"
		byTeam   = "{by team.collected: {from 0: 4%, from 100万: 5%}}"
		bySelf   = "{by collected: {mode: marginal, from 0: 3%, from 5万: 5%}}"
		inGrade  = "{by grade: {初级: {mode: whole, from 0: 3%, from 10万: 5%}, 高级: {mode: whole, from 0: 4%, from 10万: 6%}}}"
		lines    = "{mode: interpolated, from 0: 2%, from 10万: 4%}"
	)
	for _, c := range []struct {
		name, scale, total, want string
		env                      []string
	}{
		{"flat", flat, "100", "5", nil}, {"flat of nothing", flat, "0", "0", nil}, {"flat of a negative month", flat, "-100", "-5", nil},
		{"whole, nothing", whole, "0", "0", nil}, {"whole, below a bound", whole, "9999.99", "20", nil}, {"whole, at it", whole, "10000", "30", nil}, {"whole, above it", whole, "10000.01", "30", nil},
		{"whole, last step below", whole, "99999.99", "500", nil}, {"whole, last step", whole, "100000", "600", nil}, {"whole, 95,000", whole, "95000", "475", nil}, {"whole, negative", whole, "-10", "0", nil},
		{"above, below it", above, "9999.99", "20", nil}, {"above, at it", above, "10000", "20", nil}, {"above, above it", above, "10000.01", "30", nil},
		{"marginal, first slice", marginal, "49999.99", "1500", nil}, {"marginal, at a bound", marginal, "50000", "1500", nil}, {"marginal, above it", marginal, "50000.20", "1500.01", nil}, {"marginal, 120,000", marginal, "120000", "5600", nil}, {"marginal, at the last", marginal, "100000", "4000", nil}, {"marginal, nothing", marginal, "0", "0", nil}, {"marginal, negative", marginal, "-500", "0", nil},
		{"mixed, below 10万", mixed, "99999.99", "3000", nil}, {"mixed, at 10万", mixed, "100000", "5000", nil}, {"mixed, at 15万", mixed, "150000", "7500", nil}, {"mixed, above 15万", mixed, "150000.50", "7500.04", nil}, {"mixed, 160,000", mixed, "160000", "8300", nil},
		{"below the first bound", late, "999999.99", "0", nil}, {"at the first bound", late, "1000000", "0", nil}, {"above the first bound", late, "1250000", "2500", nil},
		{"a step holds a scale, below", nested, "299999.99", "9000", nil}, {"a step holds a scale", nested, "300000", "14000", nil},
		{"picked by the team, below", byTeam, "60000", "2400", []string{"team.collected", "999999.99"}}, {"picked by the team", byTeam, "60000", "3000", []string{"team.collected", "1000000"}},
		{"bounds of what is rated, by name", bySelf, "60000", "2000", nil},
		{"a scale in a key", inGrade, "100000", "5000", []string{"grade", "初级"}}, {"a scale in another key", inGrade, "100000", "6000", []string{"grade", "高级"}},
		{"straight line at the start", lines, "0", "0", nil}, {"straight line half way", lines, "50000", "1500", nil}, {"straight line at its end", lines, "100000", "4000", nil}, {"beyond the line", lines, "200000", "8000", nil},
		{"ten fen of a third", "{mode: whole, from 0: 1/3 * 100%}", "0.10", "0.03", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pays(t, read(t, rateSpec, c.scale), num(c.total), given(c.env...)); !got.Equal(money.MustParse(c.want)) {
				t.Errorf("%s pays %s, want %s", c.total, got, c.want)
			}
		})
	}
}

func TestPerUnit(t *testing.T) {
	s := read(t, unitSpec, "{mode: marginal, from 0: 50, from 10: 80}")
	for _, c := range []struct{ deals, want string }{{"9", "450"}, {"10", "500"}, {"11", "580"}} {
		if got := pays(t, s, num(c.deals), given()); !got.Equal(money.MustParse(c.want)) {
			t.Errorf("%s deals pay %s, want %s", c.deals, got, c.want)
		}
	}
}

func TestValue(t *testing.T) {
	const grid = "\n  by attainment.collected, collection_rate:\n    from: [0%, 80%, 95%]\n    from 0%: [0, 0, 0.5]\n    from 90%: [0.5, 0.8, 1]\n    above 100%: [0.8, 1, 1.05]"
	const scores = "{by score.monthly: {from 60: score.monthly / 100, from 90: 1, above 100: 1 + 2 * (score.monthly - 100) / 100}}"
	const straight = "{by attainment.collected: {mode: interpolated, from 80%: 0.5, from 100%: 1, from 120%: 1.6}}"
	for _, c := range []struct {
		name, scale string
		env         []string
		want        string
	}{
		{"straight line below", straight, []string{"attainment.collected", "0.7999"}, "0"}, {"straight line at its foot", straight, []string{"attainment.collected", "0.8"}, "0.5"}, {"straight line between", straight, []string{"attainment.collected", "1.1"}, "1.3"}, {"straight line at a bend", straight, []string{"attainment.collected", "1"}, "1"}, {"beyond the last bound", straight, []string{"attainment.collected", "1.5"}, "1.6"}, {"no base", straight, []string{"attainment.collected", "—"}, "miss: attainment.collected has no base (—)"},
		{"score below 60", scores, []string{"score.monthly", "59"}, "0"}, {"score of 80", scores, []string{"score.monthly", "80"}, "0.8"}, {"between two steps", scores, []string{"score.monthly", "89.5"}, "0.895"}, {"score of 95", scores, []string{"score.monthly", "95"}, "1"}, {"score of 100", scores, []string{"score.monthly", "100"}, "1"}, {"score of 110", scores, []string{"score.monthly", "110"}, "1.2"},
		{"grid, the best corner", grid, []string{"attainment.collected", "1.01", "collection_rate", "0.95"}, "1.05"}, {"grid, 99.996% is not above 100%", grid, []string{"attainment.collected", "0.99996", "collection_rate", "0.95"}, "1"}, {"grid, at 100%", grid, []string{"attainment.collected", "1", "collection_rate", "0.9499"}, "0.8"}, {"grid, first cell", grid, []string{"attainment.collected", "0", "collection_rate", "0"}, "0"}, {"grid, no base", grid, []string{"attainment.collected", "1", "collection_rate", "—"}, "miss: collection_rate has no base (—)"}, {"grid, below the first row", grid, []string{"attainment.collected", "-0.1", "collection_rate", "1"}, "0"},
		{"ended", "none", nil, "0"}, {"a formula", "2 * deals", []string{"deals", "3"}, "6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := value(t, read(t, factorSpec, c.scale), Context{Env: given(c.env...)}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestKeys(t *testing.T) {
	const table = "\n  by product, source:\n    智云, 自拓: 8%\n    智云, any: 3%\n    any, 自拓: 5%\n    any, any: 2%"
	for _, c := range []struct {
		name, scale string
		env         []string
		want        string
	}{
		{"the fullest match", table, []string{"product", "智云", "source", "自拓"}, "0.08"}, {"one named, one any", table, []string{"product", "智云", "source", "公司"}, "0.03"}, {"the other one named", table, []string{"product", "年卡", "source", "自拓"}, "0.05"}, {"neither", table, []string{"product", "年卡", "source", "公司"}, "0.02"},
		{"no line for the value", "{by grade: {初级: 3%}}", []string{"grade", "实习"}, "miss: grade is 实习, which the table does not list"}, {"no value", "{by grade: {初级: 3%}}", []string{"grade", ""}, "miss: grade is (空), which the table does not list"}, {"no value, any", "{by grade: {初级: 3%, any: 1%}}", []string{"grade", ""}, "0.01"},
		{"full-width comma in a key", "\n  by product, source:\n    智云，自拓: 8%\n    any, any: 2%", []string{"product", "智云", "source", "自拓"}, "0.08"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := num("100")
			if got := value(t, read(t, rateSpec, c.scale), Context{Env: given(c.env...), X: &x}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestSince(t *testing.T) {
	s := read(t, rateSpec, "{by grade: {初级: {since 2026-03: 3%, since 2026-07: 3.5%, since 2026-10: none}, any: 2%}}")
	for _, c := range []struct{ month, grade, want string }{
		{"2026-02", "初级", "0"}, {"2026-03", "初级", "0.03"}, {"2026-06", "初级", "0.03"}, {"2026-07", "初级", "0.035"}, {"2026-09", "初级", "0.035"}, {"2026-10", "初级", "0"}, {"2026-02", "高级", "0.02"},
	} {
		t.Run(c.month+" "+c.grade, func(t *testing.T) {
			if got := value(t, s, Context{Env: given("grade", c.grade), Month: period.MustMonth(c.month)}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestGrades(t *testing.T) {
	s := read(t, gradeSpec, "{from 0: D, from 60: C, from 80: B, from 95: A}")
	for _, c := range []struct{ total, want string }{{"0", "D"}, {"59.99", "D"}, {"60", "C"}, {"79.9999", "C"}, {"80", "B"}, {"94.99", "B"}, {"95", "A"}, {"120", "A"}} {
		t.Run(c.total, func(t *testing.T) {
			x := num(c.total)
			if got := value(t, s, Context{X: &x}); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestHits(t *testing.T) {
	x := num("60000")
	_, hits, _ := read(t, rateSpec, "{by grade: {初级: {mode: whole, from 0: 3%, from 5万: 5%, above 10万: 8%}}}").Value(Context{Env: given("grade", "初级"), X: &x})
	if len(hits) != 2 || hits[0].Key != "初级" || hits[1].Bound.Label().ZH != "满 5万" || hits[1].Next.Label().ZH != "超过 10万" {
		t.Errorf("hits %+v", hits)
	}
	below := num("1")
	_, hits, _ = read(t, rateSpec, "{mode: whole, from 5万: 5%}").Value(Context{X: &below})
	if len(hits) != 1 || hits[0].Bound != nil || hits[0].Next.Text != "5万" {
		t.Errorf("below all bounds: %+v", hits)
	}
}

func TestNames(t *testing.T) {
	s := read(t, factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%, 80%]\n    from 0%: [0, score.monthly / 100]")
	if got := len(s.Names()); got != 3 {
		t.Errorf("names %v", s.Names())
	}
	k := read(t, rateSpec, "{by grade: {any: {by team.collected: {from 0: 3%}}}}")
	if got := k.Names(); len(got) != 2 || got[0] != "grade" || got[1] != "team.collected" {
		t.Errorf("names %v", got)
	}
}
