package law

import (
	"slices"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

func rat(s string) money.Ratio { return money.Of(money.MustParse(s)) }

// TestRoundings: one figure for each way, at and beside its edge.
func TestRoundings(t *testing.T) {
	for _, c := range []struct{ word, in, want string }{
		{"fen", "34.105", "34.11"}, {"fen", "29.875", "29.88"}, {"fen", "188.655", "188.66"}, {"fen", "34.1049", "34.1"},
		{"jiao", "34.15", "34.2"}, {"jiao", "34.149", "34.1"}, {"yuan", "2584.47", "2584"}, {"yuan", "2584.5", "2585"},
		{"li_up", "12.301", "12.31"}, {"li_up", "12.3009", "12.3"}, {"fen_up", "12.31", "12.4"}, {"fen_up", "12.309", "12.3"}, {"fen_up", "12.3", "12.3"},
		{"jiao_up", "12.1", "13"}, {"jiao_up", "12.09", "12"}, {"yuan_up", "12.001", "13"}, {"yuan_up", "12", "12"},
		{"fen_down", "12.309", "12.3"}, {"jiao_down", "12.39", "12.3"}, {"yuan_down", "12.99", "12"},
	} {
		i := slices.IndexFunc(Roundings, func(r Rounding) bool { return r.Word == c.word })
		if got := Roundings[i].Round(rat(c.in)); got.String() != c.want {
			t.Errorf("%s of %s is %s, want %s", c.word, c.in, got, c.want)
		}
	}
}

// TestCitiesByMonth: figures hold in their contribution year and not a month longer.
func TestCitiesByMonth(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct{ city, month, least, most string }{ // least empty: not known
		{"北京", "2024-06", "", ""}, {"北京", "2024-07", "6821", "35283"}, {"北京", "2025-06", "6821", "35283"}, {"北京", "2025-07", "7162", "35811"}, {"北京", "2026-06", "7162", "35811"}, {"北京", "2026-07", "", ""},
		{"上海", "2024-06", "7310", "36549"}, {"上海", "2025-03", "7384", "36921"}, {"上海", "2026-06", "7460", "37302"}, {"上海", "2026-07", "7546", "37731"}, {"上海", "2027-07", "", ""},
		{"昆明", "2026-08", "", ""}, {"昆明", "2026-09", "4403", "22017"}, {"昆明", "2026-12", "4403", "22017"}, {"昆明", "2027-01", "", ""}, {"深圳", "2024-07", "4492", "27501"}, {"大理", "2026-10", "", ""},
	} {
		in, ok := l.Insurance(c.city, period.MustMonth(c.month))
		if ok != (c.least != "") || ok && (in.City != c.city || in.Bounds.Least.String() != c.least || in.Bounds.Most.String() != c.most) {
			t.Errorf("%s %s: %+v (%v)", c.city, c.month, in.Bounds, ok)
		}
	}
	for _, c := range []struct{ city, month, least, most, highest string }{
		{"上海", "2025-07", "2690", "37302", "0.07"}, {"上海", "2026-07", "2740", "37731", "0.07"}, {"北京", "2025-08", "2420", "35811", "0.12"}, {"北京", "2025-09", "2540", "35811", "0.12"}, {"昆明", "2026-10", "2270", "0", "0.12"}, {"昆明", "2026-08", "", "", ""},
	} {
		f, ok := l.Fund(c.city, period.MustMonth(c.month))
		if ok != (c.least != "") || ok && (f.Bounds.Least.String() != c.least || f.Bounds.Most.String() != c.most || f.Rate.Most.Cmp(rat(c.highest)) != 0 || f.Rounding.Word != "yuan" || (f.Supplementary != nil) != (c.city == "上海")) {
			t.Errorf("fund of %s %s: %+v (%v)", c.city, c.month, f, ok)
		}
	}
}

// TestEveryRowHasItsSource: nothing that is shipped comes from nowhere.
func TestEveryRowHasItsSource(t *testing.T) {
	l := load(t, nil)
	check := func(what string, since period.Month, o Origin) {
		if o.Source == "" || o.Confidence == "" {
			t.Errorf("%s since %s: no source or confidence", what, since)
		}
	}
	for city, rows := range l.insurance {
		for _, r := range rows {
			check("insurance of "+city, r.since, r.value.Origin)
			if r.until == 0 {
				t.Errorf("insurance of %s since %s has no end: a contribution year has one", city, r.since)
			}
			for _, it := range r.value.Items {
				if it.Title.ZH == "" || it.Bounds.Least.IsZero() {
					t.Errorf("%s, %s: %+v", city, it.Name, it)
				}
			}
		}
	}
	for city, rows := range l.fund {
		for _, r := range rows {
			check("fund of "+city, r.since, r.value.Origin)
		}
	}
	for rule := range taxNeeds {
		if len(l.tax[rule]) == 0 {
			t.Errorf("no rule %s", rule)
		}
		for _, r := range l.tax[rule] {
			check(rule, r.since, r.value.Origin)
			if r.value.Article.ZH == "" || r.value.Article.EN == "" {
				t.Errorf("%s names no article", rule)
			}
		}
	}
	for year := range notices {
		if o := l.HolidayOrigin(year); o.Source == "" || o.Confidence == "" {
			t.Errorf("holidays of %d come from nowhere", year)
		}
	}
}

// TestBands: the quick deductions make the annual and the labour tables
// continuous, and are those of the published tables; the bonus table is the
// annual one by twelfths, with the month's quick deduction only (its cliffs).
func TestBands(t *testing.T) {
	l, m := load(t, nil), period.MustMonth("2026-10")
	annual, _ := l.Tax(Annual, m)
	labour, _ := l.Tax(Labour, m)
	bonus, _ := l.Tax(Bonus, m)
	for _, x := range []Tax{annual, labour} {
		for i := 1; i < len(x.Bands); i++ {
			at, a, b := money.Of(x.Bands[i].Above), x.Bands[i-1], x.Bands[i]
			if at.Mul(a.Rate).Sub(money.Of(a.Quick)).Cmp(at.Mul(b.Rate).Sub(money.Of(b.Quick))) != 0 {
				t.Errorf("the table jumps at %s", b.Above)
			}
		}
	}
	if len(annual.Bands) != 7 || len(bonus.Bands) != 7 || len(labour.Bands) != 3 {
		t.Fatalf("%d, %d, %d bands", len(annual.Bands), len(bonus.Bands), len(labour.Bands))
	}
	for i, b := range bonus.Bands {
		twelve := money.Int(12)
		if a := annual.Bands[i]; b.Above.Mul(twelve).Cmp(a.Above) != 0 || b.Rate.Cmp(a.Rate) != 0 || b.Quick.Mul(twelve).Cmp(a.Quick) != 0 {
			t.Errorf("band %d of the month is not a twelfth of the year's", i)
		}
	}
	for _, c := range []struct{ taxable, rate string }{{"0", "0.03"}, {"36000", "0.03"}, {"36000.01", "0.1"}, {"960000", "0.35"}, {"960001", "0.45"}} {
		if got := annual.Band(money.MustParse(c.taxable)); got.Rate.Cmp(rat(c.rate)) != 0 {
			t.Errorf("%s falls into %s", c.taxable, got.Rate.Round(2, money.HalfUp))
		}
	}
	for _, c := range []struct {
		rule, month string
		want        bool
	}{{Bonus, "2027-12", true}, {Bonus, "2028-01", false}, {Platform, "2025-09", false}, {Platform, "2025-10", true}, {Annual, "2018-12", false}, {SixtyThousand, "2020-12", false}, {SixtyThousand, "2021-01", true}, {FirstJob, "2020-06", false}, {FirstJob, "2020-07", true}} {
		if _, ok := l.Tax(c.rule, period.MustMonth(c.month)); ok != c.want {
			t.Errorf("%s in %s: %v, want %v", c.rule, c.month, ok, c.want)
		}
	}
}

func TestMissingFigures(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct{ file, name, month, want string }{
		{Insurances, "北京", "2026-10", "law/insurance.yaml: error[law-missing]: found 北京 only 2024-07 to 2025-06, 2025-07 to 2026-06, not 2026-10"},
		{Funds, "深圳", "2026-10", "law/fund.yaml: error[law-missing]: found no 深圳"},
		{Taxes, Bonus, "2028-01", "law/tax.yaml: error[law-missing]: found bonus only 2019-01 to 2027-12, not 2028-01"},
	} {
		if got := l.Missing(c.file, c.name, period.MustMonth(c.month)).Format(lang.EN); !strings.HasPrefix(got, c.want) {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestOwnCityFilesWithMistakes(t *testing.T) {
	const head = "大理:\n  since 2026-01:\n    base: {least: 4000, most: 20000}\n    source: 通知\n"
	for _, c := range []struct{ name, file, text, code string }{
		{"no items", Insurances, head, "missing-key"}, {"no source", Insurances, "大理:\n  since 2026-01: {base: {least: 1}, items: {pension: {employee: 8%}}}\n", "missing-key"}, {"a share without its sign", Insurances, head + "    items: {pension: {employee: 8}}\n", "number"},
		{"an unknown rounding", Insurances, head + "    items: {pension: {employee: 8%, rounding: up}}\n", "unknown-word"}, {"a key", Insurances, head + "    items: {pension: {staff: 8%}}\n", "unknown-key"}, {"a base with a sign", Insurances, "大理:\n  since 2026-01: {base: {least: 4%}, items: {}, source: x}\n", "number"},
		{"fund without its rate", Funds, head, "missing-key"}, {"a rule of tax", Taxes, "yearly:\n  since 2026-01: {basic: 5000}\n", "unknown-key"}, {"bands that fall", Taxes, "annual:\n  since 2026-01: {basic: 1, source: x, bands: {0: [3%, 0], 5: [5%, 1], 2: [6%, 1]}}\n", "tier-order"},
		{"bands without the quick deduction", Taxes, "annual:\n  since 2026-01: {basic: 1, source: x, bands: {0: 3%}}\n", "shape"}, {"tax without bands", Taxes, "annual:\n  since 2026-01: {basic: 1, source: x}\n", "missing-key"}, {"confidence", Taxes, "annual:\n  since 2026-01: {basic: 1, source: x, bands: {0: [3%, 0]}, confidence: sure}\n", "unknown-word"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Load(map[string][]byte{c.file: []byte(c.text)})
			if len(ps) == 0 || ps[0].Code != c.code || ps[0].Pos.File != "law/"+c.file {
				t.Errorf("got %+v", ps)
			}
		})
	}
}

// TestOwnCity: a project's own city with an item of its own and the modes of older practice.
func TestOwnCity(t *testing.T) {
	l := load(t, map[string][]byte{Insurances: []byte("大理:\n  since 2026-01:\n    until: 2026-12\n    base: {least: 4000, most: 20000}\n    items:\n      pension: {employee: 8%, employer: 16%, rounding: fen_up}\n      disability: {title: {zh: 残保金, en: Disability levy}, employer: 1.5%}\n    source: 通知\n")})
	in, ok := l.Insurance("大理", period.MustMonth("2026-10"))
	if !ok || len(in.Items) != 2 || in.Items[0].Rounding.Title.ZH != "见分进角" || in.Items[1].Title.EN != "Disability levy" || in.Items[1].Rounding.Word != "fen" {
		t.Errorf("got %+v", in)
	}
	if _, ok := l.Insurance("上海", period.MustMonth("2026-10")); !ok {
		t.Error("an own city drove out the shipped ones")
	}
}
