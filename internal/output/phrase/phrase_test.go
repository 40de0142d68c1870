package phrase

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

func dec(s string) money.Decimal { return money.MustParse(s) }
func rat(s string) money.Ratio   { return money.Of(dec(s)) }

func amount(s string) statement.Term { return statement.Figure(rat(s), statement.Money) }
func rate(s string) statement.Term   { return statement.Figure(rat(s), statement.Percent) }
func count(s string) statement.Term  { return statement.Figure(rat(s), statement.Plain) }
func days1(s string) statement.Term  { return statement.Figure(rat(s), statement.Days) }
func word(zh, en string) statement.Term {
	return statement.Word(lang.T(zh, en))
}
func named(zh, en, v string, u statement.Unit) statement.Term {
	return statement.Named(lang.T(zh, en), rat(v), u)
}

func TestFigure(t *testing.T) {
	third := money.Quotient(money.Int(1), money.Int(3))
	for _, c := range []struct {
		name   string
		v      money.Ratio
		u      statement.Unit
		zh, en string
	}{
		{"money, whole", rat("2000"), statement.Money, "2,000.00", "2,000.00"},
		{"money, one place", rat("0.5"), statement.Money, "0.50", "0.50"},
		{"money, three places", rat("1.005"), statement.Money, "1.005", "1.005"},
		{"money, four places", rat("3496.0495"), statement.Money, "3,496.0495", "3,496.0495"},
		{"money, five places", rat("3496.04955"), statement.Money, "3,496.0496", "3,496.0496"},
		{"money, a third", third, statement.Money, "0.3333", "0.3333"},
		{"money, negative", rat("-1825.13"), statement.Money, "−1,825.13", "−1,825.13"},
		{"money, nothing", rat("0"), statement.Money, "0.00", "0.00"},
		{"money, millions", rat("1234567.8"), statement.Money, "1,234,567.80", "1,234,567.80"},
		{"money, hundreds", rat("100"), statement.Money, "100.00", "100.00"},
		{"percent, whole", rat("0.03"), statement.Percent, "3%", "3%"},
		{"percent, half", rat("0.005"), statement.Percent, "0.5%", "0.5%"},
		{"percent, two places", rat("0.1275"), statement.Percent, "12.75%", "12.75%"},
		{"percent, a third", third, statement.Percent, "33.33%", "33.33%"},
		{"percent, negative", rat("-0.02"), statement.Percent, "−2%", "−2%"},
		{"percent, over a thousand", rat("12.5"), statement.Percent, "1,250%", "1,250%"},
		{"duration", rat("119880"), statement.Duration, "33:18:00", "33:18:00"},
		{"duration, seconds", rat("61"), statement.Duration, "0:01:01", "0:01:01"},
		{"duration, half a second", rat("59.5"), statement.Duration, "0:01:00", "0:01:00"},
		{"duration, negative", rat("-61"), statement.Duration, "−0:01:01", "−0:01:01"},
		{"plain", rat("97.4803"), statement.Plain, "97.4803", "97.4803"},
		{"plain, five places", rat("97.48034"), statement.Plain, "97.4803", "97.4803"},
		{"plain, whole", rat("3726"), statement.Plain, "3,726", "3,726"},
		{"days", rat("18"), statement.Days, "18 天", "18 days"},
		{"one day", rat("1"), statement.Days, "1 天", "1 day"},
		{"half a day", rat("0.5"), statement.Days, "0.5 天", "0.5 days"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if zh, en := Figure(c.v, c.u, lang.ZH), Figure(c.v, c.u, lang.EN); zh != c.zh || en != c.en {
				t.Errorf("got %q and %q, want %q and %q", zh, en, c.zh, c.en)
			}
		})
	}
}

func TestFixedPercent(t *testing.T) {
	if got := FixedPercent(rat("1.15")); got != "115.00%" {
		t.Errorf("got %q", got)
	}
}

func TestStep(t *testing.T) {
	for _, c := range []struct {
		name   string
		s      statement.Step
		zh, en string
	}{
		{"of", statement.S("of", named("回款", "collections", "89920.99", statement.Money)), "回款 89,920.99", "collections 89,920.99"},
		{"slice", statement.S("slice", word("0–5 万", "0–50,000"), amount("50000"), rate("0.03"), amount("1500")),
			"0–5 万  50,000.00 × 3% = 1,500.00", "0–50,000  50,000.00 × 3% = 1,500.00"},
		{"slice without a label", statement.S("slice", word("", ""), amount("50000"), rate("0.03"), amount("1500")),
			"50,000.00 × 3% = 1,500.00", "50,000.00 × 3% = 1,500.00"},
		{"group", statement.S("group", word("智云", "Zhiyun"), amount("100"), rate("0.08"), amount("8")),
			"智云：100.00 × 8% = 8.00", "Zhiyun: 100.00 × 8% = 8.00"},
		{"times", statement.S("times", named("A 级系数", "grade A factor", "1.1", statement.Plain), amount("3845.65445")),
			"× A 级系数 1.1 = 3,845.6545", "× grade A factor 1.1 = 3,845.6545"},
		{"plus without a result", statement.S("plus", named("新客加点", "new customers", "0.005", statement.Percent)),
			"加 新客加点 0.5%", "plus new customers 0.5%"},
		{"workdays", statement.S("blend", count("21"), amount("4600")), "合计 ÷ 21 个工作日 = 4,600.00", "sum ÷ 21 workdays = 4,600.00"},
		{"one workday", statement.S("segment", word("初级", "Junior"), amount("3400"), count("1")), "初级：3,400.00 × 1 个工作日", "Junior: 3,400.00 × 1 workday"},
		{"formula", statement.S("formula", word("200.00 − 50.00 × 迟到 2 次", "200.00 − 50.00 × 2 late"), amount("100")),
			"200.00 − 50.00 × 迟到 2 次 = 100.00", "200.00 − 50.00 × 2 late = 100.00"},
		{"prorate", statement.S("prorate", amount("4600"), days1("17"), days1("18"), word("按实际工作日", "by workdays"), amount("4344.4444")),
			"4,600.00 × 17 天 ÷ 18 天 = 4,344.4444（按实际工作日）", "4,600.00 × 17 days ÷ 18 days = 4,344.4444 (by workdays)"},
		{"whole month", statement.S("whole_month", named("高级", "Senior", "4600", statement.Money), days1("18"), days1("18")),
			"高级 4,600.00；应出勤 18 天，实出勤 18 天，全月，不折算", "Senior 4,600.00; worked 18 days of 18 days, full month, not prorated"},
		{"place without a tie", statement.S("place", word("月度销冠榜", "Sales board"), count("2"), count("23"), amount("1000"), word("", "")),
			"月度销冠榜第 2 名（共 23 名）；奖金 1,000.00", "Sales board: place 2 of 23; prize 1,000.00"},
		{"place with a tie", statement.S("place", word("销冠榜", "Board"), count("2"), count("23"), amount("750"), word("2 人并列", "2 tied")),
			"销冠榜第 2 名（共 23 名），2 人并列；奖金 750.00", "Board: place 2 of 23, 2 tied; prize 750.00"},
		{"guard carries", statement.S("guard", amount("2300"), amount("1825.13"), amount("1825.13"), amount("474.87")),
			"名义 2,300.00，限额余 1,825.13，本月扣 1,825.13；结转下月 2,300.00 − 1,825.13 = 474.87",
			"nominal 2,300.00, limit leaves 1,825.13, applied 1,825.13; carried 2,300.00 − 1,825.13 = 474.87"},
		{"guard carries nothing", statement.S("guard", amount("84"), amount("1909.13"), amount("84"), amount("0")),
			"名义 84.00，限额余 1,909.13，本月扣 84.00", "nominal 84.00, limit leaves 1,909.13, applied 84.00"},
		{"not for", statement.S("not_for", word("主管提成", "Override"), word("非主管", "no leader")), "主管提成（非主管）", "Override (no leader)"},
		{"reversal, first", statement.S("reversal", word("HX1", "HX1"), amount("500"), amount("10000"), amount("100000"), amount("0"), amount("50")),
			"HX1：当时计 500.00 × 累计退款 10,000.00 ÷ 计入 100,000.00 = 50.00", "HX1: earned 500.00 × refunded 10,000.00 ÷ credited 100,000.00 = 50.00"},
		{"unknown key", statement.S("magic", word("甲", "A"), amount("1"), word("乙", "B")), "甲 1.00 乙", "A 1.00 B"},
		{"too few terms", statement.S("rate", amount("1"), rate("0.5")), "1.00 50%", "1.00 50%"},
		{"more terms than blanks", statement.S("note", word("甲", "A"), amount("1"), amount("2")), "甲；1.00 2.00", "A; 1.00 2.00"},
		{"nothing", statement.S("note"), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if zh, en := Step(c.s, lang.ZH), Step(c.s, lang.EN); zh != c.zh || en != c.en {
				t.Errorf("got\n%q\n%q, want\n%q\n%q", zh, en, c.zh, c.en)
			}
		})
	}
}

var blank = regexp.MustCompile(`\{(\d)\}`)

// Both languages of a phrase use every term it takes.
func TestTemplatesUseTheirTerms(t *testing.T) {
	for key, tp := range templates {
		for l, text := range map[string]string{"zh": tp.text.ZH, "en": tp.text.EN} {
			var used []string
			for _, m := range blank.FindAllStringSubmatch(text, -1) {
				used = append(used, m[1])
			}
			slices.Sort(used)
			if got := len(slices.Compact(used)); got != tp.takes {
				t.Errorf("%s in %s uses %d terms, takes %d", key, l, got, tp.takes)
			}
			if tp.need > tp.takes || strings.Count(text, "[") != strings.Count(text, "]") {
				t.Errorf("%s in %s: %q needs %d of %d", key, l, text, tp.need, tp.takes)
			}
		}
	}
}

// Whatever a step holds is said, but for what says 0 in a part that can be left out.
func TestNoTermIsLost(t *testing.T) {
	for key, tp := range templates {
		for n := range 9 {
			var terms []statement.Term
			for i := range n {
				terms = append(terms, statement.Word(lang.Same("T"+string(rune('a'+i)))))
			}
			got := Step(statement.S(key, terms...), lang.ZH)
			for _, term := range terms {
				if !strings.Contains(got, term.Text.ZH) {
					t.Errorf("%s with %d of %d terms: %q has no %s", key, n, tp.takes, got, term.Text.ZH)
				}
			}
		}
	}
}

func TestSteps(t *testing.T) {
	steps := []statement.Step{statement.S("fixed", amount("1")), statement.S("note"), statement.S("sum", amount("2"))}
	if got := Steps(steps, lang.ZH); got != "1.00；合计 2.00" {
		t.Errorf("got %q", got)
	}
	if got := Steps(steps, lang.EN); got != "1.00; sum 2.00" {
		t.Errorf("got %q", got)
	}
}
