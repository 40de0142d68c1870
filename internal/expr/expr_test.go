package expr

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
)

// names are the measures that the tests may use.
var names = map[string]Type{
	"deals": {Number, Count}, "calls": {Number, Count}, "collected": {Number, Money}, "base": {Number, Money}, "rate": {Number, Percent},
	"attainment.collected": {Number, Percent}, "talk": {Number, Time}, "score": {Number, Plain}, "nothing": {Number, Percent},
	"connected": {Kind: YesNo}, "source": {Kind: Word}, "grade": {Kind: Word}, "回款": {Number, Money}, "team.last_month.collected": {Number, Money},
}

var voc = Vocabulary{
	Find: func(name string) (Def, bool) {
		t, ok := names[name]
		return Def{Name: name, Type: t, Title: lang.Same(name)}, ok
	},
	All: func() []string {
		var all []string
		for n := range names {
			all = append(all, n)
		}
		return all
	},
}

// values are what the names stand for; nothing has no base.
func values(name string) Value {
	switch name {
	case "deals":
		return NumberOf(money.Whole(3))
	case "calls":
		return NumberOf(money.Whole(180))
	case "collected", "回款":
		return NumberOf(money.Whole(120000))
	case "base":
		return NumberOf(money.Whole(4000))
	case "rate":
		return NumberOf(money.Of(money.MustParse("0.05")))
	case "attainment.collected":
		return NumberOf(money.Quotient(money.Int(2), money.Int(3)))
	case "talk":
		return NumberOf(money.Whole(5400))
	case "score":
		return NumberOf(money.Of(money.MustParse("89.5")))
	case "connected":
		return Truth(true)
	case "source":
		return TextOf("自拓")
	case "grade":
		return TextOf("3")
	case "nothing":
		return None
	}
	return NumberOf(money.Ratio{})
}

func show(v Value) string {
	switch {
	case v.NoBase:
		return "—"
	case v.Kind == YesNo:
		return fmt.Sprint(v.Yes)
	case v.Kind == Word:
		return v.Text
	}
	text, _ := v.Num.MarshalText()
	return string(text)
}

func TestEval(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"sum", "200 - 50 * deals", "50"}, {"product before sum", "2 + 3 * 4", "14"}, {"quotient before difference", "10 - 6 / 4", "8.5"},
		{"left to right", "10 - 4 - 3", "3"}, {"quotients left to right", "24 / 4 / 2", "3"}, {"brackets", "(2 + 3) * 4", "20"},
		{"minus of a bracket", "-(2 + 3)", "-5"}, {"two minuses", "--2", "2"}, {"a third is exact", "1 / 3 * 3", "1"}, {"minus binds closest", "-2 * 3", "-6"},
		{"a percentage of money", "collected * 5%", "6000"}, {"a rate of money", "rate * base", "200"}, {"money per head", "collected / deals", "40000"},
		{"equal", "deals = 3", "true"}, {"not equal", "deals != 3", "false"}, {"below", "deals < 3", "false"}, {"at most", "deals <= 3", "true"},
		{"above", "deals > 3", "false"}, {"at least", "deals >= 3", "true"}, {"in numbers", "deals in (1, 3)", "true"}, {"not in numbers", "deals in (1, 2)", "false"},
		{"comparison after sum", "deals + 1 > 3", "true"}, {"and", "deals = 3 and calls = 1", "false"}, {"or", "deals = 1 or calls = 180", "true"},
		{"not before and", "not deals = 3 and calls = 180", "false"}, {"not of a bracket", "not (deals = 1 or deals = 2)", "true"}, {"several ands", "deals = 3 and calls = 180 and connected", "true"},
		{"mixed with brackets", "(deals = 1 or calls = 180) and connected", "true"},
		{"a bare word after text", "source = 自拓", "true"}, {"a word that is a name too", "source = deals", "false"}, {"words in a list", "source in (公司, 自拓)", "true"},
		{"a quoted word", `source = "自 拓"`, "false"}, {"a number as text", "grade = 3", "true"}, {"text that is not", "source != 公司", "true"}, {"empty text", "source != ''", "true"},
		{"min", "min(deals, calls, 2)", "2"}, {"max", "max(1, deals)", "3"}, {"min of one", "min(deals)", "3"}, {"clamp below", "clamp(deals, 5, 9)", "5"}, {"clamp within", "clamp(deals, 1, 9)", "3"}, {"clamp above", "clamp(calls, 1, 9)", "9"},
		{"round up at half", "round(2.5, 0)", "3"}, {"round of a negative", "round(-2.5, 0)", "-3"}, {"round to places", "round(attainment.collected, 4)", "0.6667"},
		{"if", "if(deals >= 3, 100, 0)", "100"}, {"else", "if(deals >= 4, 100, 0)", "0"}, {"if of text", "if(deals >= 4, 'a', 'b')", "b"},
		{"ratio", "ratio(collected, base, none)", "30"}, {"ratio over nothing", "ratio(deals, 0 * deals, none)", "—"}, {"ratio with another value", "ratio(deals, 0 * deals, 1)", "1"},
		{"ten thousands", "1.5万", "15000"}, {"thousands", "3千", "3000"}, {"hundred millions", "1亿", "100000000"}, {"per mille", "0.5‰", "0.0005"}, {"seconds", "60s", "60"}, {"hours", "2h", "7200"}, {"minutes", "1.5min", "90"}, {"Chinese minutes", "2分钟", "120"},
		{"a Chinese name", "回款 >= 6万", "true"}, {"scope and span", "team.last_month.collected", "0"}, {"time", "talk >= 1.5h", "true"}, {"tabs and blanks", " deals\t=  3 ", "true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, fault := Compile(c.src, voc)
			if fault != nil {
				t.Fatalf("%s: %v", c.src, fault)
			}
			if got := show(f.Eval(values)); got != c.want {
				t.Errorf("%s is %s, want %s", c.src, got, c.want)
			}
		})
	}
}

// TestNoBase: what has no base is neither 0 nor 100%, in every operation.
func TestNoBase(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"division by 0", "deals / (calls - 180)", "—"}, {"in a sum", "nothing + 5%", "—"}, {"in a product", "base * nothing", "—"}, {"negated", "-nothing", "—"},
		{"min", "min(nothing, 5%)", "—"}, {"max", "max(5%, nothing)", "—"}, {"clamp", "clamp(nothing, 0%, 5%)", "—"}, {"round", "round(nothing, 2)", "—"}, {"ratio", "ratio(nothing, rate, none)", "—"},
		{"at least 0", "nothing >= 0%", "false"}, {"below 0", "nothing < 0%", "false"}, {"equal to itself", "nothing = nothing", "false"}, {"not equal", "nothing != 5%", "false"}, {"in", "nothing in (0%, 5%)", "false"},
		{"the other side", "5% > nothing", "false"}, {"not of it", "not nothing >= 0%", "true"}, {"if goes on", "if(nothing >= 0%, 1, 2)", "2"}, {"if gives it", "if(connected, nothing, 5%)", "—"}, {"none by name", "if(connected, none, 5)", "—"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, fault := Compile(c.src, voc)
			if fault != nil {
				t.Fatalf("%s: %v", c.src, fault)
			}
			if got := show(f.Eval(values)); got != c.want {
				t.Errorf("%s is %s, want %s", c.src, got, c.want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, src, code string
		at              int
	}{
		{"unknown name", "deals > colected", "unknown-measure", 8}, {"unknown function", "median(deals)", "formula", 6},
		{"and mixed with or", "connected and connected or connected", "formula", 24}, {"or mixed with and", "connected or connected and connected", "formula", 23},
		{"two comparisons", "1 < deals < 3", "formula", 10}, {"nothing after an operator", "deals +", "formula", 7}, {"empty", "", "formula", 0}, {"open bracket", "(deals", "formula", 6}, {"closing bracket", "deals)", "formula", 5},
		{"two values side by side", "deals calls", "formula", 6}, {"open quote", "source = 'a", "formula", 9}, {"a strange sign", "deals $ 3", "formula", 6}, {"double equals", "deals == 3", "formula", 6},
		{"full-width times", "deals × 3", "formula", 6}, {"full-width comma", "min(deals，3)", "formula", 9}, {"full-width greater", "deals ≥ 3", "formula", 6}, {"in without brackets", "source in 公司", "formula", 10}, {"empty brackets", "()", "formula", 1}, {"several in brackets", "(1, 2)", "formula", 0},
		{"separator", "collected > 1,200", "formula", 13}, {"exponent", "1e3", "number", 0}, {"two points", "1.2.3", "number", 0}, {"trailing point", "5.", "number", 0}, {"unknown unit", "5kg", "number", 0}, {"a factor where money is", "collected / 5元 > 3", "units", 15}, {"days", "3d", "number", 0}, {"full-width digit", "５", "formula", 0}, {"too many digits", "1234567890123456", "number", 0},
		{"money and a percentage", "collected + 5%", "units", 10}, {"percentage above a plain number", "attainment.collected >= 60", "units", 21}, {"time above a plain number", "talk >= 60", "units", 5}, {"time and a count", "talk + deals", "units", 5}, {"count and money", "deals + collected", "units", 6}, {"money times money", "collected * base", "units", 10}, {"time times money", "talk * base", "units", 5}, {"min of two kinds", "min(collected, talk)", "units", 0}, {"branches of two kinds", "if(connected, collected, talk)", "units", 0}, {"in of another kind", "talk in (60, 90)", "units", 5},
		{"a condition in a sum", "connected + 1", "kinds", 0}, {"a number as a condition", "deals and connected", "kinds", 0}, {"text below text", "source < 'a'", "kinds", 0}, {"not of a number", "not deals", "kinds", 4}, {"minus of text", "-source", "kinds", 1}, {"number equal to text", "deals = source", "kinds", 8}, {"text times a number", "source * 2", "kinds", 0}, {"if without a condition", "if(deals, 1, 2)", "kinds", 3}, {"places that are computed", "round(deals, deals)", "kinds", 13}, {"seven places", "round(deals, 7)", "kinds", 13}, {"half a place", "round(deals, 0.5)", "kinds", 13}, {"ratio of text", "ratio(source, deals, none)", "kinds", 6}, {"ratio with text", "ratio(deals, deals, 'x')", "kinds", 20}, {"branches of text and number", "if(connected, 'a', 1)", "kinds", 19},
		{"too few values", "clamp(deals, 1)", "formula", 0}, {"too many values", "round(deals, 1, 2)", "formula", 0}, {"ratio of two", "ratio(deals, calls)", "formula", 0},
		{"divided by 0", "deals + 1 / 0", "divided-by-zero", 10}, {"divided by what comes to 0", "deals / (3 - 3)", "divided-by-zero", 6}, {"divided by 0%", "collected / 0%", "divided-by-zero", 10}, {"divided by no base", "deals / none", "formula", 8}, {"a sum with none", "5 + none", "formula", 4}, {"less none", "deals * -none", "formula", 9}, {"least of none", "min(none, 3)", "formula", 4}, {"ratio over none", "ratio(deals, if(1 > 2, 1, none), 0)", "divided-by-zero", 0}, {"ratio over 0", "1 + ratio(deals, 0, none)", "divided-by-zero", 4}, {"by 0 in a branch", "if(connected, 1 / min(0, 1), 2)", "divided-by-zero", 16},
		{"brackets too deep", strings.Repeat("(", 51) + "1" + strings.Repeat(")", 51), "formula", 50}, {"too long", "1" + strings.Repeat("+1", 250), "formula", 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, fault := Compile(c.src, voc)
			if fault == nil {
				t.Fatalf("%s was taken, as %s", c.src, show(f.Eval(values)))
			}
			if fault.Code != c.code || fault.At != c.at {
				t.Errorf("%s: %s at %d (%v), want %s at %d", c.src, fault.Code, fault.At, fault, c.code, c.at)
			}
			if fault.Found.ZH == "" || fault.Want.EN == "" {
				t.Errorf("%s: nothing said: %+v", c.src, fault)
			}
		})
	}
}

func TestMends(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"nearest name", "colected > 1", "collected"}, {"full-width sign", "deals × 3", "*"}, {"percentage", "rate > 5", "a percentage has its %, as in 60%"}, {"time", "talk > 5", "a time has its unit, as in 60s or 2h"},
		{"a blank before the unit", "rate > 5 %", "the unit right behind its number, without a blank: 5%, 5万"}, {"a blank before 万", "collected > 5 万", "the unit right behind its number, without a blank: 5%, 5万"}, {"w for 万", "collected > 5w", "5万"}, {"double equals", "deals == 3", "="}, {"the arrow", "deals => 3", ">="}, {"and of programs", "connected && connected", "and"}, {"a word for =", "grade is 3", "="}, {"a Chinese word", "deals 大于 3", ">"}, {"curly quotes", "source = “公司”", "without quotes, or with plain ones"}, {"currency", "collected > ¥5", "the number alone, without a sign of currency"},
		{"brackets", "connected and connected or connected", "write a and (b or c), or (a and b) or c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, fault := Compile(c.src, voc)
			if fault == nil || fault.Mend.EN != c.want {
				t.Errorf("%s: %+v", c.src, fault)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for name, src := range map[string]string{"fifty brackets": strings.Repeat("(", 49) + "1" + strings.Repeat(")", 49), "five hundred tokens": "1" + strings.Repeat("+1", 249)} {
		if _, fault := Compile(src, voc); fault != nil {
			t.Errorf("%s: %v", name, fault)
		}
	}
}

func TestLiteral(t *testing.T) {
	for _, c := range []struct {
		src, want string // want empty: refused
		unit      Unit
	}{{"5万", "50000", Plain}, {"80%", "0.8", Percent}, {"1/3", "1/3", Plain}, {"-5", "-5", Plain}, {"60s", "60", Time}, {"deals", "", 0}, {"none", "", 0}, {"1/0", "", 0}, {"1 = 1", "", 0}, {"'a'", "", 0}, {"", "", 0}} {
		t.Run(c.src, func(t *testing.T) {
			v, unit, fault := Literal(c.src)
			if c.want == "" {
				if fault == nil {
					t.Errorf("taken as %s", show(NumberOf(v)))
				}
				return
			}
			if got := show(NumberOf(v)); fault != nil || got != c.want || unit != c.unit {
				t.Errorf("got %s of unit %d (%v)", got, unit, fault)
			}
		})
	}
}

func TestNamesAndRatio(t *testing.T) {
	f, _ := Compile("ratio(deals - calls, deals, none)", voc)
	if got := strings.Join(f.Names(), " "); got != "deals calls" {
		t.Errorf("names %s", got)
	}
	num, den, ok := f.Ratio()
	if !ok || show(num.Eval(values)) != "-177" || show(den.Eval(values)) != "3" {
		t.Error("the sides of a ratio")
	}
	sum, _ := Compile("deals / calls + 1%", voc)
	if _, _, ok := sum.Ratio(); ok || sum.Constant() {
		t.Error("a sum is no ratio and not constant")
	}
	if five, _ := Compile("5 + 1", voc); !five.Constant() {
		t.Error("5 + 1 is constant")
	}
}

func TestShow(t *testing.T) {
	number := func(n *Node) string { return n.Text }
	name := func(n *Node) lang.Text { return lang.Same(n.Text) }
	for _, c := range []struct{ src, zh, en string }{
		{"200 - 50 * deals", "200 − 50 × deals", "200 − 50 × deals"}, {"(1 + deals) * 2", "(1 + deals) × 2", "(1 + deals) × 2"}, {"10 - (4 - deals)", "10 − (4 − deals)", "10 − (4 − deals)"},
		{"deals >= 3 and not connected", "deals ≥ 3 且 非 connected", "deals ≥ 3 and not connected"}, {"connected or deals = 1", "connected 或 deals = 1", "connected or deals = 1"},
		{"source in (公司, 自拓)", "source 属于 (公司, 自拓)", "source in (公司, 自拓)"}, {"ratio(deals, calls, none)", "deals ÷ calls", "deals ÷ calls"}, {"min(deals, 3)", "min(deals, 3)", "min(deals, 3)"}, {"-deals", "−deals", "−deals"},
		{"not (connected and deals = 1)", "非 (connected 且 deals = 1)", "not (connected and deals = 1)"}, {"deals / (calls * 2)", "deals ÷ (calls × 2)", "deals ÷ (calls × 2)"}, {"if(connected, none, 1)", "if(connected, —, 1)", "if(connected, —, 1)"},
	} {
		t.Run(c.src, func(t *testing.T) {
			f, fault := Compile(c.src, voc)
			if fault != nil {
				t.Fatal(fault)
			}
			if got := f.Show(number, name); got.ZH != c.zh || got.EN != c.en {
				t.Errorf("got %q and %q", got.ZH, got.EN)
			}
		})
	}
}

// FuzzCompile: no text makes the compiler or a formula panic.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"200 - 50 * deals", "source in (a, b) and not connected", "round(rate, 2)", "ratio(collected, base, none)", "((((", "1.5万", "'", "-", "if(connected, none, 1)", "clamp(deals, 1, 2) >= 60%", "回款 ≥ 6万"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		formula, fault := Compile(src, voc)
		if fault != nil {
			if fault.Code == "" || fault.At < 0 || fault.At > len([]rune(src)) {
				t.Errorf("%q: a fault without a place: %+v", src, fault)
			}
			return
		}
		formula.Eval(values)
		formula.Show(func(n *Node) string { return n.Text }, func(n *Node) lang.Text { return lang.Same(n.Text) })
	})
}

// TestNamesCompare: where a vocabulary says so, a text may be compared with another name.
func TestNamesCompare(t *testing.T) {
	voc := Vocabulary{
		Find: func(name string) (Def, bool) {
			return Def{Name: name, Type: Type{Kind: Word}}, name == "a" || name == "b"
		},
		All: func() []string { return []string{"a", "b"} },
	}
	env := func(name string) Value { return TextOf(map[string]string{"a": "x", "b": "x"}[name]) }
	for _, row := range []struct {
		source string
		names  bool
		want   bool
	}{{"a = b", true, true}, {"a = b", false, false}, {"a = 'b'", true, false}, {"a = x", true, true}, {"a in (y, b)", true, false}, {"a != b", true, false}} {
		voc.NamesCompare = row.names
		f, fault := Compile(row.source, voc)
		if fault != nil {
			t.Fatal(fault)
		}
		if got := f.Eval(env).Yes; got != row.want {
			t.Errorf("%s with names %v is %v", row.source, row.names, got)
		}
	}
}

// TestMissingNumberOfARow: where a row says nothing of a number at all, no comparison
// with it holds, as with a number that has no base.
func TestMissingNumberOfARow(t *testing.T) {
	voc := Vocabulary{Find: func(name string) (Def, bool) { return Def{Name: name, Type: Type{Kind: Number, Unit: Count}}, true }, All: func() []string { return nil }}
	for _, src := range []string{"n >= 0", "n < 1", "n = 0", "n != 0", "n in (0, 1)"} {
		f, fault := Compile(src, voc)
		if fault != nil {
			t.Fatal(fault)
		}
		if f.Eval(func(string) Value { return TextOf("") }).Yes {
			t.Errorf("%s holds of nothing", src)
		}
	}
}
