package scale

import (
	"strings"
	"testing"

	"telepay/internal/lang"
)

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		spec  Spec
		scale string
		code  string
	}{
		{"a bare 5", rateSpec, "5", "rate-unit"}, {"a bare 0.5", rateSpec, "0.5", "rate-unit"}, {"money as a rate", rateSpec, "collected", "rate-unit"}, {"a bare rate in a step", rateSpec, "{mode: whole, from 0: 3%, from 5万: 5}", "rate-unit"},
		{"a percentage as money", amountSpec, "30%", "amount-unit"}, {"a time as money", amountSpec, "60s", "amount-unit"}, {"money as a factor", factorSpec, "collected", "kinds"}, {"a time as a score", pointSpec, "60s", "kinds"}, {"text", amountSpec, "grade", "kinds"},
		{"a range", rateSpec, "{mode: whole, 5万-10万: 5%}", "tier-to"}, {"a range after from", rateSpec, "{mode: whole, from 0: 3%, from 5万 to 10万: 5%}", "tier-to"}, {"a Chinese range", rateSpec, "{mode: whole, 5万至10万: 5%}", "tier-to"}, {"a wave", rateSpec, "{mode: whole, 5万～10万: 5%}", "tier-to"}, {"to", rateSpec, "{mode: whole, from 0: 3%, to 5万: 3%}", "tier-to"}, {"percentages", pointSpec, "{60%–89%: 60}", "tier-to"},
		{"falling bounds", rateSpec, "{mode: whole, from 10万: 8%, from 5万: 5%}", "tier-order"}, {"equal bounds", rateSpec, "{mode: whole, from 5万: 5%, from 50000: 6%}", "tier-order"}, {"above before from", rateSpec, "{mode: whole, above 5万: 5%, from 5万: 6%}", "tier-order"}, {"above twice", rateSpec, "{mode: whole, above 5万: 5%, above 50000: 6%}", "tier-order"},
		{"no mode", rateSpec, "{from 0: 3%, from 5万: 5%}", "mode-missing"}, {"no mode inside a key", rateSpec, "{by grade: {初级: {from 0: 3%, from 5万: 5%}}}", "mode-missing"}, {"no mode by what is rated", rateSpec, "{by collected: {from 0: 3%, from 5万: 5%}}", "mode-missing"}, {"no mode per unit", unitSpec, "{from 0: 50, from 10: 80}", "mode-missing"},
		{"marginal factor", factorSpec, "{by attainment.collected: {mode: marginal, from 0%: 1}}", "mode"}, {"marginal by another measure", rateSpec, "{by team.collected: {mode: marginal, from 0: 3%}}", "mode"}, {"another mode", rateSpec, "{mode: wole, from 0: 3%}", "unknown-word"},
		{"slices below 0", rateSpec, "{mode: marginal, from -5万: 3%, from 5万: 5%}", "bound-below-zero"}, {"slices above what is below 0", unitSpec, "{mode: marginal, above -1: 3, from 5: 5}", "bound-below-zero"}, {"slices of a negative attainment", rateSpec, "{by attainment.collected: {mode: marginal, from -10%: 3%}}", "bound-below-zero"}, {"slices from below 0 on", rateSpec, "{mode: {from -5万: marginal, from 5万: whole}, from -5万: 3%, from 5万: 5%}", "bound-below-zero"},
		{"a row one cell short", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%, 80%, 95%]\n    from 0%: [0, 0]", "grid-hole"}, {"a row one cell long", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%, 80%]\n    from 0%: [0, 0, 1]", "grid-hole"}, {"no columns", factorSpec, "\n  by attainment.collected, collection_rate:\n    from 0%: [0, 0]", "grid-shape"}, {"no rows", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%, 80%]", "grid-shape"}, {"columns that fall", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [80%, 0%]\n    from 0%: [0, 0]", "tier-order"}, {"rows that fall", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%]\n    from 90%: [0]\n    from 0%: [1]", "tier-order"}, {"a row that is no list", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%]\n    from 0%: 1", "shape"}, {"an unusable cell", factorSpec, "\n  by attainment.collected, collection_rate:\n    from: [0%]\n    from 0%: [60s]", "kinds"},
		{"two lines that tie", rateSpec, "\n  by product, source:\n    智云, any: 3%\n    any, 自拓: 5%", "lookup-tie"}, {"one line twice", rateSpec, "\n  by product, source:\n    智云, 自拓: 3%\n    智云,自拓: 5%", "lookup-tie"},
		{"a key inside a month", rateSpec, "{since 2026-07: {by grade: {any: 3%}}}", "nesting"}, {"bounds inside a month", rateSpec, "{since 2026-07: {mode: whole, from 0: 3%}}", "nesting"}, {"months that fall", rateSpec, "{since 2026-07: 3%, since 2026-01: 2%}", "since-order"}, {"no month", rateSpec, "{since July: 3%}", "since"}, {"a month beside bounds", rateSpec, "{since 2026-07: 3%, from 0: 2%}", "since"},
		{"a bound without %", factorSpec, "{by attainment.collected: {from 80: 0.5}}", "bound-unit"}, {"a bound with %", rateSpec, "{mode: whole, from 5%: 3%}", "bound-unit"}, {"a time bound without unit", factorSpec, "{by talk: {from 60: 1}}", "bound-unit"}, {"bounds of nothing", amountSpec, "{from 0: 100}", "bounds-of-nothing"},
		{"by beside bounds", rateSpec, "{by grade: {any: 3%}, from 0: 2%}", "scale-shape"}, {"by a formula", factorSpec, "{by deals + 1: {from 0: 1}}", "scale-shape"}, {"by three measures", factorSpec, "{by deals, collected, talk: {from 0: 1}}", "scale-shape"}, {"too few values in a key", rateSpec, "\n  by product, source:\n    智云: 3%", "scale-shape"}, {"no step at all", rateSpec, "{}", "scale-shape"}, {"only a mode", rateSpec, "{mode: whole}", "scale-shape"}, {"a key without cases", rateSpec, "{by grade: {}}", "scale-shape"}, {"by nothing known", rateSpec, "{by colour: {any: 3%}}", "unknown-measure"},
		{"an unknown word", rateSpec, "{mode: whole, form 0: 3%}", "unknown-key"}, {"from without a bound", rateSpec, "{mode: whole, from: 3%}", "unknown-key"}, {"a bound that is no number", rateSpec, "{mode: whole, from lots: 3%}", "unknown-measure"}, {"a list", rateSpec, "[3%, 5%]", "shape"}, {"nothing", rateSpec, "{mode: whole, from 0: }", "shape"},
		{"a formula that cannot be read", rateSpec, "3% *", "formula"}, {"a name that is unknown", rateSpec, "3% * colour", "unknown-measure"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := tryRead(t, c.spec, c.scale)
			if len(ps) != 1 || ps[0].Code != c.code {
				var got []string
				for _, p := range ps {
					got = append(got, p.Format(lang.EN))
				}
				t.Errorf("want one %s, got:\n%s", c.code, strings.Join(got, "\n"))
			}
		})
	}
}

// TestBelowZero: what may be negative, as growth, has bounds below 0 wherever nothing is cut.
func TestBelowZero(t *testing.T) {
	for _, c := range []struct {
		name  string
		spec  Spec
		scale string
	}{
		{"picked", factorSpec, "{by attainment.collected: {from -20%: 0.5, from 0%: 1}}"}, {"straight lines", factorSpec, "{by attainment.collected: {mode: interpolated, from -20%: 0, from 0%: 1}}"},
		{"the whole of it", unitSpec, "{mode: whole, from -100: 1, from 0: 2}"}, {"whole below, slices above", rateSpec, "{mode: {from -5万: whole, above 0: marginal}, from -5万: 3%, above 0: 5%}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, ps := tryRead(t, c.spec, c.scale); len(ps) > 0 {
				t.Error(ps[0].Format(lang.EN))
			}
		})
	}
}

// TestModeMissingSaysBoth: the message says what either reading would pay.
func TestModeMissingSaysBoth(t *testing.T) {
	for _, c := range []struct{ name, scale, zh, en string }{
		{"the worked example", "{from 0: 3%, from 5万: 5%, from 10万: 8%}", "120000 得 9600 或 5600", "120000 earns 9600 or 5600"},
		{"bounds of one step", "{from 10万: 5%}", "120000 得 6000 或 1000", "120000 earns 6000 or 1000"},
		{"a rate that is a formula", "{from 0: 3% * score.monthly, from 5万: 5%}", "whole (全额) 或 marginal (超额)", "whole (全额) or marginal (超额)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := tryRead(t, rateSpec, c.scale)
			if len(ps) != 1 || !strings.HasSuffix(ps[0].Want.ZH, c.zh) || !strings.HasSuffix(ps[0].Want.EN, c.en) {
				t.Errorf("got %+v", ps)
			}
		})
	}
}

func TestMends(t *testing.T) {
	for _, c := range []struct {
		name  string
		spec  Spec
		scale string
		want  string
	}{
		{"rate", rateSpec, "5", "5% (5 of 100) or 5‰ (5 of 1000)"}, {"amount", amountSpec, "30%", "30% * base, or of: base with rate: 30%"}, {"bound", factorSpec, "{by attainment.collected: {above 80: 1}}", "above 80%"},
		{"range", rateSpec, "{mode: whole, 5万-10万: 5%}", "write from 5万, and the next step as from 10万 (included) or above 10万 (not)"}, {"tie", rateSpec, "\n  by product, source:\n    智云, any: 3%\n    any, 自拓: 5%", `add "智云, 自拓"`}, {"word", rateSpec, "{mode: whole, form 0: 3%}", "from 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := tryRead(t, c.spec, c.scale)
			if len(ps) == 0 || ps[0].Mend.EN != c.want {
				t.Errorf("got %+v", ps)
			}
		})
	}
}

func TestFurtherPlaces(t *testing.T) {
	for name, scale := range map[string]string{"order": "\n  mode: whole\n  from 10万: 8%\n  from 5万: 5%", "tie": "\n  by product, source:\n    智云, any: 3%\n    any, 自拓: 5%"} {
		if _, ps := tryRead(t, rateSpec, scale); len(ps) != 1 || len(ps[0].See) != 1 || ps[0].See[0].Line >= ps[0].Pos.Line {
			t.Errorf("%s: %+v", name, ps)
		}
	}
}

// TestTieThatAFullerLineDecides: no tie where a further line says who wins.
func TestTieThatAFullerLineDecides(t *testing.T) {
	read(t, rateSpec, "\n  by product, source:\n    智云, any: 3%\n    any, 自拓: 5%\n    智云, 自拓: 8%")
}

// TestAllAtOnce: one scale with several mistakes reports each.
func TestAllAtOnce(t *testing.T) {
	_, ps := tryRead(t, rateSpec, "{mode: whole, from 10万: 8, from 5万: 5%, 5万-10万: 5%, form 20万: 9%}")
	var codes []string
	for _, p := range ps {
		codes = append(codes, p.Code)
	}
	if got := strings.Join(codes, " "); got != "rate-unit tier-order tier-to unknown-key" {
		t.Errorf("got %s", got)
	}
}
