package statutory

import (
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/output/phrase"
	"telepay/internal/period"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

func dec(s string) money.Decimal { return money.MustParse(s) }
func ptr(s string) *money.Decimal {
	d := dec(s)
	return &d
}
func month(s string) period.Month { return period.MustMonth(s) }

func settings(t *testing.T, text string) Settings {
	t.Helper()
	n, ps := yamldoc.Parse("plan.yaml", []byte(text))
	r := &yamldoc.Reader{}
	r.Problems.AddAll(ps)
	s := Read(r, n)
	for _, p := range r.Problems.All() {
		t.Fatal(p.Format(lang.EN))
	}
	return s
}

func loaded(t *testing.T, own map[string][]byte) *law.Law {
	t.Helper()
	l, ps := law.Load(own)
	for _, p := range ps {
		t.Fatal(p.Format(lang.EN))
	}
	return l
}

// rules are those of a city and month under a section statutory.
func rules(t *testing.T, section, city, m string, own map[string][]byte) *Rules {
	t.Helper()
	r, ps := For(loaded(t, own), settings(t, section), city, month(m))
	for _, p := range ps {
		t.Fatal(p.Format(lang.EN))
	}
	return r
}

func insure(t *testing.T, r *Rules, p Insured) Insurance {
	t.Helper()
	got, ps := r.Insurance(p)
	for _, x := range ps {
		t.Fatal(x.Format(lang.EN))
	}
	return got
}

// levy is Shanghai in 2021, with the disability levy that the published table includes.
var levy = map[string][]byte{law.Insurances: []byte(`上海:
  since 2021-07:
    until: 2022-06
    base: {least: 5975, most: 31014}
    items:
      pension: {employee: 8%, employer: 16%}
      medical: {employee: 2%, employer: 10.5%}
      unemployment: {employee: 0.5%, employer: 0.5%}
      injury: {employer: 0.16%}
      disability: {title: 残保金, employer: 1.5%}
    source: 2021年度缴费标准
`)}

// TestPublishedTotals: totals that cities published, to the fen.
func TestPublishedTotals(t *testing.T) {
	for _, c := range []struct {
		name, city, month, base, employee, employer string
		own                                         map[string][]byte
	}{
		{"Beijing 2025, floor", "北京", "2025-07", "7162", "755.01", "1897.93", nil},
		{"Beijing 2024, floor", "北京", "2024-07", "6821", "719.21", "1807.57", nil},
		{"Shanghai 2024, floor", "上海", "2024-07", "7384", "775.32", "1968.57", nil},
		{"Shanghai 2024, ceiling", "上海", "2024-07", "36921", "3876.71", "9843.14", nil},
		{"Shanghai 2021, floor", "上海", "2021-07", "5975", "627.38", "1712.45", levy},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := insure(t, rules(t, "insurance: yes\n", c.city, c.month, c.own), Insured{Base: ptr(c.base)})
			if got.Employee().String() != c.employee || got.Employer().String() != c.employer {
				t.Errorf("employee %s, employer %s; want %s, %s", got.Employee(), got.Employer(), c.employee, c.employer)
			}
		})
	}
}

// TestPublishedFund: Shanghai's published least and most of each side's fund a month.
func TestPublishedFund(t *testing.T) {
	for _, c := range []struct{ month, base, rate, want string }{
		{"2026-07", "2740", "5%", "137"}, {"2025-07", "2690", "7%", "188"}, {"2025-07", "37302", "7%", "2611"}, {"2026-07", "37731", "7%", "2641"},
	} {
		got := insure(t, rules(t, "fund: "+c.rate+"\n", "上海", c.month, nil), Insured{FundBase: ptr(c.base)})
		if got.Employee().String() != c.want || got.Employer().String() != c.want {
			t.Errorf("%s of %s in %s: %s and %s, want %s each", c.rate, c.base, c.month, got.Employee(), got.Employer(), c.want)
		}
	}
	// 36,921 × 7% is 2,584 and 2,584, never 5,169; the limits 384, 5,282, 274, 3,774 of the pair prove it
	own := map[string][]byte{law.Funds: []byte("上海:\n  since 2024-07: {base: {least: 2740, most: 37731}, rate: {least: 5%, most: 7%}, source: 上限}\n")}
	for _, c := range []struct{ base, rate, pair string }{{"36921", "7%", "5168"}, {"2740", "7%", "384"}, {"37731", "7%", "5282"}, {"2740", "5%", "274"}, {"37731", "5%", "3774"}} {
		got := insure(t, rules(t, "fund: "+c.rate+"\n", "上海", "2026-07", own), Insured{FundBase: ptr(c.base)})
		if pair := got.Employee().Add(got.Employer()); pair.String() != c.pair {
			t.Errorf("%s of %s is %s for both, want %s", c.rate, c.base, pair, c.pair)
		}
	}
}

// TestShanghaiMinimum is the worked example of semantics 47: base 3,000, insurance
// 783.30 on the floor, fund 210; 2,006.70 are left of it.
func TestShanghaiMinimum(t *testing.T) {
	r := rules(t, "insurance: yes\nfund: 7%\n", "上海", "2026-05", nil)
	got := insure(t, r, Insured{Average: ptr("3000")})
	insurance, fund := got.Own()
	if insurance.String() != "783.3" || fund.String() != "210" {
		t.Fatalf("insurance %s, fund %s", insurance, fund)
	}
	l := loaded(t, nil)
	for _, c := range []struct{ city, want string }{{"上海", "993.3"}, {"昆明", "0"}, {"南京", "150"}} {
		m, _ := l.MinimumWage(c.city, month("2026-05"))
		if out := got.OutsideMinimum(m); out.String() != c.want {
			t.Errorf("%s: %s stays outside the minimum, want %s", c.city, out, c.want)
		}
	}
}

// TestItems: bounds, flat amounts, the company's own injury rate, what a city's other items do.
func TestItems(t *testing.T) {
	for _, c := range []struct {
		name, section, city, month string
		p                          Insured
		want                       string
	}{
		{"Kunming with fund", "insurance: {injury: 0.4%}\nfund: 12%\n", "昆明", "2026-10", Insured{Base: ptr("6000")}, "pension 480 960, medical 120 420, maternity 0 54, unemployment 18 42, injury 0 24, fund 720 720"},
		{"the city's own injury rate", "insurance: {injury: {上海: 1%, 昆明: 0.5%}}\n", "昆明", "2026-10", Insured{Base: ptr("6000")}, "pension 480 960, medical 120 420, maternity 0 54, unemployment 18 42, injury 0 30"},
		{"average below the floor", "insurance: yes\n", "昆明", "2026-10", Insured{Average: ptr("3000")}, "pension 352.24 704.48, medical 88.06 308.21, maternity 0 39.63, unemployment 13.21 30.82, injury 0 8.81"},
		{"average above the ceiling", "insurance: yes\n", "昆明", "2026-10", Insured{Average: ptr("50000")}, "pension 1761.36 3522.72, medical 440.34 1541.19, maternity 0 198.15, unemployment 66.05 154.12, injury 0 44.03"},
		{"flat 3.00 of Beijing", "insurance: yes\n", "北京", "2026-06", Insured{Base: ptr("10000")}, "pension 800 1600, medical 203 980, unemployment 50 50, injury 0 20"},
		{"Shenzhen, medical on a floor of its own, local resident", "insurance: yes\n", "深圳", "2025-06", Insured{Base: ptr("5000"), Local: true}, "pension 400 850, medical 134.66 336.65, unemployment 10 40, injury 0 10"},
		{"Shenzhen, from elsewhere", "insurance: yes\n", "深圳", "2025-06", Insured{Base: ptr("5000")}, "pension 400 800, medical 134.66 336.65, unemployment 10 40, injury 0 10"},
		{"supplementary fund apart", "fund: {上海: {rate: 7%, supplementary: 3%}}\n", "上海", "2026-10", Insured{FundBase: ptr("10007")}, "fund 700 700, fund_supplementary 300 300"},
		{"fund without a base of its own", "fund: 7%\n", "上海", "2026-10", Insured{Base: ptr("50000")}, "fund 2641 2641"},
		{"own fund rate", "fund: 7%\n", "上海", "2026-10", Insured{FundBase: ptr("10000"), FundRate: &FundRate{Rate: money.Of(dec("0.05"))}}, "fund 500 500"},
		{"pensioner", "insurance: yes\nfund: 7%\n", "上海", "2026-10", Insured{None: true, NoFund: true}, ""},
		{"first fund ever", "fund: 7%\n", "上海", "2026-10", Insured{FundBase: ptr("10000"), FirstFund: true}, ""},
		{"the plan asks for nothing", "tax: yes\n", "上海", "2026-10", Insured{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := insure(t, rules(t, c.section, c.city, c.month, nil), c.p)
			var parts []string
			for _, s := range got.Items {
				parts = append(parts, s.Rule+" "+s.Employee.String()+" "+s.Employer.String())
			}
			if text := strings.Join(parts, ", "); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
			if c.p.FirstFund == (len(got.Notes) == 0) {
				t.Errorf("notes %v", got.Notes)
			}
		})
	}
}

func TestLinesExplainThemselves(t *testing.T) {
	got := insure(t, rules(t, "insurance: yes\nfund: 7%\n", "北京", "2024-07", map[string][]byte{law.Funds: []byte("北京:\n  since 2024-07: {base: {least: 2420, most: 35283}, rate: {least: 5%, most: 12%}, source: 通知}\n")}), Insured{Average: ptr("5000")})
	lines := got.Lines(month("2024-07"), month("2024-08"))
	var says []string
	var sum, employer money.Decimal
	for _, l := range lines {
		says = append(says, l.Title.EN+": "+phrase.Steps(l.Steps, lang.EN))
		sum = sum.Add(l.Amount)
		if l.Kind == statement.Employer {
			employer = employer.Add(l.Nominal)
		}
		if l.Class != statement.StatutoryCl || l.Stage != statement.Statutory || l.Ground.IsEmpty() || l.FactMonth != month("2024-07") || l.PayMonth != month("2024-08") {
			t.Errorf("line %+v", l)
		}
	}
	want := []string{
		"Pension insurance: average wage of last year 5,000.00, at least 6,821.00, at most 35,283.00: 6,821.00; 6,821.00 × 8% = 545.68",
		"Medical insurance: average wage of last year 5,000.00, at least 6,821.00, at most 35,283.00: 6,821.00; 6,821.00 × 2% + 3.00 = 139.42",
		"Unemployment insurance: average wage of last year 5,000.00, at least 6,821.00, at most 35,283.00: 6,821.00; 6,821.00 × 0.5% = 34.105 → 34.11 (half up to fen)",
		"Housing fund: average wage of last year 5,000.00; 5,000.00 × 7% = 350.00",
	}
	if text := strings.Join(says[:4], "\n"); text != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", text, strings.Join(want, "\n"))
	}
	if len(lines) != 9 || sum.String() != "-1069.21" || employer.Cmp(got.Employer()) != 0 || lines[8].Title.EN != "Housing fund (employer)" {
		t.Errorf("%d lines, %s withheld, employer %s", len(lines), sum, employer)
	}
	if c := got.Cost(dec("8000")); c.Insurance.String() != "1807.57" || c.Fund.String() != "350" || c.Total.String() != "10157.57" {
		t.Errorf("costs %+v", c)
	}
}

// TestFundBase: each source of the fund's base says so.
func TestFundBase(t *testing.T) {
	r := rules(t, "fund: 7%\n", "上海", "2026-10", nil)
	for _, c := range []struct {
		p    Insured
		want string
	}{
		{Insured{FundBase: ptr("5000"), Average: ptr("6000"), Base: ptr("8000")}, "declared base 5,000.00; 5,000.00 × 7% = 350.00"},
		{Insured{Average: ptr("6000"), Base: ptr("8000")}, "average wage of last year 6,000.00; 6,000.00 × 7% = 420.00"},
		{Insured{Base: ptr("8000")}, "base declared for insurance 8,000.00; 8,000.00 × 7% = 560.00"},
		{Insured{Average: ptr("50000")}, "average wage of last year 50,000.00, at least 2,740.00, at most 37,731.00: 37,731.00; 37,731.00 × 7% = 2,641.17 → 2,641.00 (half up to yuan)"},
	} {
		if got := phrase.Steps(insure(t, r, c.p).Lines(r.Month, r.Month)[0].Steps, lang.EN); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// TestBasesThatStop: a declared base at, below and above each bound.
func TestBasesThatStop(t *testing.T) {
	at := diag.Pos{File: "roster.csv", Line: 7}
	r := rules(t, "insurance: yes\nfund: 7%\n", "上海", "2026-10", nil)
	for _, c := range []struct {
		name string
		p    Insured
		want string // empty: taken
	}{
		{"at the floor", Insured{Base: ptr("7546")}, ""}, {"at the ceiling", Insured{Base: ptr("37731")}, ""},
		{"below the floor", Insured{Base: ptr("7545.99")}, "roster.csv:7: error[insurance-base]: found insurance_base 7545.99; want a base of 上海, 7546 to 37731\n  mend: write the declared 7546, or fill average_wage, which is brought into the bounds"},
		{"above the ceiling", Insured{Base: ptr("37731.01")}, "write the declared 37731"},
		{"none", Insured{}, "found no base for insurance; want a base, 7546 to 37731"},
		{"fund below its floor", Insured{Base: ptr("8000"), FundBase: ptr("2739")}, "found fund_base 2739; want a base of 上海, 2740 to 37731"},
		{"no fund base where only the fund is asked", Insured{None: true}, "want a base, 2740 to 37731"},
		{"own fund rate too high", Insured{Base: ptr("8000"), FundRate: &FundRate{Rate: money.Of(dec("0.08"))}}, "error[fund-rate]: found a share of 8% for the housing fund of 上海; want 5% to 7%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.p.At = at
			_, ps := r.Insurance(c.p)
			if (len(ps) > 0) != (c.want != "") {
				t.Fatalf("problems %v", ps)
			}
			if len(ps) > 0 && (!strings.Contains(ps[0].Format(lang.EN), c.want) || ps[0].Reach != diag.Person || ps[0].Format(lang.ZH) == "") {
				t.Errorf("got %s", ps[0].Format(lang.EN))
			}
		})
	}
	// where the ceiling is not known, a base is taken as declared
	kunming := rules(t, "fund: 12%\n", "昆明", "2026-10", nil)
	if got := insure(t, kunming, Insured{FundBase: ptr("90000")}); got.Employee().String() != "10800" {
		t.Errorf("got %s", got.Employee())
	}
	if _, ps := kunming.Insurance(Insured{FundBase: ptr("2000")}); len(ps) != 1 || !strings.Contains(ps[0].Format(lang.EN), "at least 2270") {
		t.Errorf("got %v", ps)
	}
}

func TestFundRates(t *testing.T) {
	for _, c := range []struct{ section, city, want string }{
		{"fund: 12%\n", "上海", "plan.yaml:1:7: error[fund-rate]: found a share of 12% for the housing fund of 上海; want 5% to 7%"},
		{"fund: 4.99%\n", "上海", "4.99%"}, {"fund: {rate: 7%, supplementary: 6%}\n", "上海", "want 1% to 5%"}, {"fund: {rate: 7%, supplementary: 3%}\n", "昆明", "want no supplementary fund"},
		{"fund: 7%\n", "", "error[law-missing]: found a site without its city"}, {"fund: 7%\n", "大理", "found no 大理"}, {"insurance: yes\n", "北京", "found 北京 only 2024-07 to 2025-06, 2025-07 to 2026-06, not 2026-10"},
		{"fund: 5%\n", "上海", ""}, {"fund: 7%\n", "上海", ""}, {"fund: {上海: 7%}\n", "昆明", ""}, {"tax: yes\n", "", ""},
	} {
		r, ps := For(loaded(t, nil), settings(t, c.section), c.city, month("2026-10"))
		if (len(ps) > 0) != (c.want != "") || (r == nil) != (len(ps) > 0) {
			t.Errorf("%q in %s: %v", c.section, c.city, ps)
			continue
		}
		if len(ps) > 0 && !strings.Contains(ps[0].Format(lang.EN), c.want) {
			t.Errorf("got %s, want %s", ps[0].Format(lang.EN), c.want)
		}
	}
	r := rules(t, "insurance: yes\nfund: 7%\ntax: yes\n", "上海", "2026-10", nil)
	if len(r.Used) != 3 || r.Used[0].Source == "" || r.Used[2].Confidence != "high" {
		t.Errorf("used %+v", r.Used)
	}
}

func TestReadMistakes(t *testing.T) {
	for _, c := range []struct{ text, code string }{
		{"insurence: yes\n", "unknown-key"}, {"insurance: no\n", "unknown-word"}, {"insurance: {injury: 0.4}\n", "rate-unit"}, {"insurance: {rate: 1%}\n", "unknown-key"},
		{"fund: 12\n", "rate-unit"}, {"fund: {rate: 7%, extra: 1%}\n", "unknown-key"}, {"fund: {上海: 120%}\n", "rate-unit"}, {"tax: wage\n", "unknown-word"},
	} {
		n, _ := yamldoc.Parse("plan.yaml", []byte(c.text))
		r := &yamldoc.Reader{}
		Read(r, n)
		if ps := r.Problems.All(); len(ps) != 1 || ps[0].Code != c.code {
			t.Errorf("%q: %+v", c.text, ps)
		}
	}
	if s := Read(&yamldoc.Reader{}, nil); s.Written || s.Insurance || s.Tax {
		t.Error("a plan without the section computes nothing")
	}
}
