package law

import (
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

func load(t *testing.T, own map[string][]byte) *Law {
	t.Helper()
	l, ps := Load(own)
	for _, p := range ps {
		t.Fatal(p.Format(lang.EN))
	}
	return l
}

// notice is the State Council's arrangement of a year, as published: days off
// from to, and weekend days that are worked.
type notice struct {
	off    [][2]string
	worked []string
	months [12]int // workdays of each month
}

// Source: 国办发明电〔2024〕12号 for 2025, the State Council's notice of November 2025 for 2026.
var notices = map[int]notice{
	2025: {[][2]string{{"01-01", "01-01"}, {"01-28", "02-04"}, {"04-04", "04-06"}, {"05-01", "05-05"}, {"05-31", "06-02"}, {"10-01", "10-08"}},
		[]string{"01-26", "02-08", "04-27", "09-28", "10-11"}, [12]int{19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23}},
	2026: {[][2]string{{"01-01", "01-03"}, {"02-15", "02-23"}, {"04-04", "04-06"}, {"05-01", "05-05"}, {"06-19", "06-21"}, {"09-25", "09-27"}, {"10-01", "10-07"}},
		[]string{"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}, [12]int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}},
}

func TestHolidaysAreAsPublished(t *testing.T) {
	l := load(t, nil)
	for year, n := range notices {
		off, worked := map[period.Day]bool{}, map[period.Day]bool{}
		for _, s := range n.off {
			for d := day(year, s[0]); d <= day(year, s[1]); d++ {
				off[d] = true
			}
		}
		for _, w := range n.worked {
			worked[day(year, w)] = true
		}
		for d := day(year, "01-01"); d <= day(year, "12-31"); d++ {
			want := worked[d] || !off[d] && !d.Weekend()
			if got := l.DayKind(d) == Workday; got != want {
				t.Errorf("%s is a workday: %v, by the notice %v", d, got, want)
			}
		}
		sum := 0
		for m := 1; m <= 12; m++ {
			got := l.Workdays(period.Cut{StartDay: 1}.Span(period.MonthIn(year, m)))
			if sum += got; got != n.months[m-1] {
				t.Errorf("%d-%02d has %d workdays, want %d", year, m, got, n.months[m-1])
			}
		}
		if sum != 248 || !l.HasYear(year) {
			t.Errorf("%d has %d workdays (known: %v), want 248: 365 less 104 and 13", year, sum, l.HasYear(year))
		}
	}
}

func day(year int, s string) period.Day {
	return period.MustDay(period.MonthIn(year, 1).String()[:4] + "-" + s)
}

// TestThirteenHolidays: thirteen legal holidays a year since 2025.
func TestThirteenHolidays(t *testing.T) {
	l := load(t, nil)
	for year := range notices {
		n := 0
		for d := day(year, "01-01"); d <= day(year, "12-31"); d++ {
			if l.DayKind(d) == Statutory {
				n++
			}
		}
		if n != 13 {
			t.Errorf("%d has %d legal holidays", year, n)
		}
	}
}

func TestDayKind(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct {
		name, day string
		want      DayKind
	}{
		{"legal holiday", "2026-10-01", Statutory}, {"a weekday off by exchange", "2026-10-05", Rest}, {"a Sunday worked", "2026-09-20", Workday}, {"a plain weekend", "2026-10-17", Weekend}, {"a plain weekday", "2026-10-12", Workday},
		{"New Year's Eve by the moon", "2026-02-16", Statutory}, {"a year without data: by the week", "2031-10-01", Workday},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := l.DayKind(period.MustDay(c.day)); got != c.want {
				t.Errorf("%s is %d, want %d", c.day, got, c.want)
			}
		})
	}
	if l.HasYear(2031) {
		t.Error("2031 is known")
	}
}

func TestMinimumWage(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct {
		name, city, month, want string // want empty: not known
		own                     bool
	}{
		{"Kunming, before the rise", "昆明", "2026-08", "2170", true}, {"Kunming, from the rise on", "昆明", "2026-09", "2270", true}, {"Kunming, before all data", "昆明", "2025-09", "", true},
		{"Shanghai, before the rise", "上海", "2025-06", "2690", false}, {"Shanghai, after own insurance", "上海", "2025-07", "2740", false}, {"Beijing", "北京", "2026-01", "2540", false}, {"Shenzhen", "深圳", "2026-10", "2520", true}, {"nowhere", "大理", "2026-10", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, ok := l.MinimumWage(c.city, period.MustMonth(c.month))
			if !ok != (c.want == "") {
				t.Fatalf("known: %v", ok)
			}
			if ok && (m.Amount.String() != c.want || m.OwnInsurance != c.own || m.Source == "") {
				t.Errorf("got %+v", m)
			}
		})
	}
}

// TestMinimumCounts: what counts towards the minimum, and what a part-timer is paid an hour.
func TestMinimumCounts(t *testing.T) {
	l, m := load(t, nil), period.MustMonth("2026-05")
	for _, c := range []struct {
		city, hourly             string // hourly empty: not known
		insurance, fund, atLeast bool
		excludes                 int
	}{
		{"昆明", "", true, true, false, 5}, {"上海", "25", false, false, false, 8}, {"北京", "27.7", false, false, false, 5}, {"南京", "24", true, false, true, 5}, {"广州", "23.7", true, true, false, 5},
	} {
		t.Run(c.city, func(t *testing.T) {
			got, _ := l.MinimumWage(c.city, m)
			if got.OwnInsurance != c.insurance || got.OwnFund != c.fund || got.FundAtLowest != c.atLeast || len(got.Excludes) != c.excludes || got.InsuranceFirst() == (c.insurance && c.fund) || got.Article.IsEmpty() || got.Confidence == "" {
				t.Errorf("got %+v", got)
			}
			h, ok := l.HourlyMinimum(c.city, m)
			if ok != (c.hourly != "") || ok && h.Amount.String() != c.hourly {
				t.Errorf("%s an hour (%v), want %s", h.Amount, ok, c.hourly)
			}
		})
	}
}

func TestJurisdiction(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct {
		place, class string
		treat        Treatment
		percent      string
		floor        bool
		notice       bool
		confidence   string
	}{
		{"CN", "loss", Capped, "0.2", true, false, "high"},
		{"CN", "discipline", ReportOnly, "0.2", true, false, "high"},
		{"CN", "recovery", Capped, "0.2", true, false, "medium"},
		{"CN", "absence", Free, "0", false, false, "medium"},
		{"广东", "loss", Capped, "0.2", true, true, "high"},
		{"广东", "discipline", Forbidden, "0", false, false, "high"},
		{"广东", "recovery", Capped, "0.2", true, false, "medium"}, // as in CN
		{"深圳", "discipline", Capped, "0.3", true, false, "medium"},
		{"深圳", "loss", Capped, "0.2", true, false, "medium"},
		{"上海", "loss", Capped, "0.2", true, false, "high"},
		{"上海", "discipline", ReportOnly, "0.2", true, false, "high"}, // as in CN
		{"江苏", "loss", ReportOnly, "0.2", true, false, "medium"},
		{"江苏", "discipline", Forbidden, "0", false, false, "high"},
		{"北京", "discipline", ReportOnly, "0.2", true, false, "medium"},
	} {
		t.Run(c.place+"/"+c.class, func(t *testing.T) {
			p, ok := l.Jurisdiction(c.place, period.MustMonth("2026-10"))
			got := p.Limit(c.class)
			if !ok || p.Name != c.place || p.Title.EN == "" || got.Treat != c.treat || got.Percent.Cmp(money.Of(money.MustParse(c.percent))) != 0 || got.Floor != c.floor || got.Notice != c.notice || got.Confidence != c.confidence {
				t.Errorf("got %+v", got)
			}
		})
	}
	if _, ok := l.Jurisdiction("CN", period.MustMonth("1994-12")); ok {
		t.Error("CN had a limit before the provisions")
	}
	if _, ok := l.Jurisdiction("XX", period.MustMonth("2026-10")); ok {
		t.Error("XX is a jurisdiction")
	}
}

// TestEveryLimitHasItsGround: each class of each jurisdiction names article, source and confidence.
func TestEveryLimitHasItsGround(t *testing.T) {
	l := load(t, nil)
	if len(l.Jurisdictions()) != 6 {
		t.Errorf("jurisdictions are %v", l.Jurisdictions())
	}
	for _, name := range l.Jurisdictions() {
		p, _ := l.Jurisdiction(name, period.MustMonth("2026-10"))
		for _, class := range classes {
			x := p.Limit(class)
			if x.Treat == "" || x.Article.ZH == "" || x.Article.EN == "" || x.Source == "" || x.Confidence == "" {
				t.Errorf("%s, %s: %+v", name, class, x)
			}
		}
		if p.Probation.Percent.Cmp(money.Of(money.MustParse("0.8"))) != 0 || p.Overtime.Month != 36 || p.Overtime.Day != 3 || p.KeepYears != 2 || p.Sick.Source == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestSickPay: Shanghai's table by full years of service and month away, Shenzhen's 60%, the national floor.
func TestSickPay(t *testing.T) {
	l := load(t, nil)
	for _, c := range []struct {
		place        string
		years, month int
		want         string
	}{
		{"上海", 0, 1, "0.6"}, {"上海", 1, 6, "0.6"}, {"上海", 2, 1, "0.7"}, {"上海", 3, 1, "0.7"}, {"上海", 4, 1, "0.8"}, {"上海", 6, 1, "0.9"}, {"上海", 8, 6, "1"}, {"上海", 20, 1, "1"},
		{"上海", 0, 7, "0.4"}, {"上海", 1, 7, "0.5"}, {"上海", 2, 9, "0.5"}, {"上海", 3, 7, "0.6"}, {"上海", 20, 7, "0.6"},
		{"深圳", 0, 1, "0.6"}, {"CN", 5, 1, "0"}, {"江苏", 5, 1, "0"},
	} {
		p, _ := l.Jurisdiction(c.place, period.MustMonth("2026-10"))
		if got := p.Sick.Share(c.years, c.month); got.Cmp(money.Of(money.MustParse(c.want))) != 0 || p.Sick.OfMinimum.Cmp(money.Of(money.MustParse("0.8"))) != 0 {
			t.Errorf("%s, %d years, month %d: %s, want %s", c.place, c.years, c.month, got.Round(4, money.HalfUp), c.want)
		}
	}
	if p, _ := l.Jurisdiction("江苏", period.MustMonth("2026-10")); !p.Sick.EmployerBears {
		t.Error("in Jiangsu the employer bears insurance and fund of the sick")
	}
}

// TestPayBy: wages agreed for a day of rest are paid on the workday before it.
func TestPayBy(t *testing.T) {
	l := load(t, nil)
	for day, want := range map[string]string{"2026-10-15": "2026-10-15", "2026-11-15": "2026-11-13", "2026-10-05": "2026-09-30", "2026-02-15": "2026-02-14", "2026-10-10": "2026-10-10"} {
		if got := l.PayBy(period.MustDay(day)); got.String() != want {
			t.Errorf("agreed for %s, to be paid by %s, want %s", day, got, want)
		}
	}
}

func TestOvertimeRate(t *testing.T) {
	l := load(t, nil)
	for day, want := range map[string]int{"2026-10-01": 300, "2026-10-05": 200, "2026-10-17": 200, "2026-10-12": 150, "2026-10-10": 150, "2026-02-16": 300} {
		if got := l.DayKind(period.MustDay(day)).OvertimeRate(); got != want {
			t.Errorf("%s pays %d%%, want %d%%", day, got, want)
		}
	}
}

// TestEndedRow: a row that has ended is never used, however new it is.
func TestEndedRow(t *testing.T) {
	l := load(t, map[string][]byte{"jurisdictions.yaml": []byte("甲:\n  title: 甲\n  since 2025-01: {until: 2025-06, keep_years: 5}\n  since 2026-01: {until: 2026-06}\n")})
	for month, want := range map[string]bool{"2024-12": false, "2025-01": true, "2025-06": true, "2025-07": false, "2025-12": false, "2026-01": true, "2026-06": true, "2026-07": false} {
		if _, ok := l.Jurisdiction("甲", period.MustMonth(month)); ok != want {
			t.Errorf("%s is known: %v, want %v", month, ok, want)
		}
	}
	if p, _ := l.Jurisdiction("甲", period.MustMonth("2025-03")); p.KeepYears != 5 || p.Limit("loss").Treat != Capped {
		t.Errorf("what 甲 does not say is as in CN: %+v", p)
	}
}

func TestMissing(t *testing.T) {
	l := load(t, map[string][]byte{"jurisdictions.yaml": []byte("甲:\n  title: 甲\n  since 2025-01: {until: 2025-06}\n")})
	for _, c := range []struct{ file, name, month, want string }{
		{Jurisdictions, "甲", "2026-07", "law/jurisdictions.yaml: error[law-missing]: found 甲 only 2025-01 to 2025-06, not 2026-07; want figures for 2026-07, with their source\n  mend: write 甲 in the project's law/jurisdictions.yaml with a row since 2026-07; it stands for the whole shipped entry"},
		{MinimumWages, "昆明", "2025-09", "found 昆明 only 2025-10 to 2026-08, from 2026-09, not 2025-09"},
		{MinimumWages, "大理", "2026-10", "found no 大理"},
		{Holidays, "2031", "2031-10", "found 2031 only 2025, 2026, not 2031-10"},
	} {
		p := l.Missing(c.file, c.name, period.MustMonth(c.month))
		if got := p.Format(lang.EN); !strings.Contains(got, c.want) || p.Reach != diag.Person || p.Format(lang.ZH) == "" {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestOwnFiles: a project's files stand over the shipped ones, entry by entry.
func TestOwnFiles(t *testing.T) {
	l := load(t, map[string][]byte{
		"minimum_wage.yaml": []byte("大理:\n  own_insurance: excluded\n  amounts: {since 2026-01: 2000}\n  source: 内部\n"),
		"holidays.yaml":     []byte("2027:\n  source: 公司\n  rest: [2027-01-01]\n"),
	})
	if m, ok := l.MinimumWage("大理", period.MustMonth("2026-10")); !ok || m.Amount.String() != "2000" || m.OwnInsurance {
		t.Errorf("大理 has %+v (%v)", m, ok)
	}
	if _, ok := l.MinimumWage("昆明", period.MustMonth("2026-10")); !ok {
		t.Error("own cities drove out the shipped ones")
	}
	if l.DayKind(period.MustDay("2027-01-01")) != Rest || l.DayKind(period.MustDay("2026-10-01")) != Statutory || !l.HasYear(2027) {
		t.Error("own holidays beside the shipped ones")
	}
}

func TestOwnFilesWithMistakes(t *testing.T) {
	for _, c := range []struct{ name, file, text, code string }{
		{"a date", "holidays.yaml", "2027:\n  rest: [2027-02-30]\n", "date"}, {"a key", "holidays.yaml", "2027:\n  rst: [2027-02-03]\n", "unknown-key"}, {"an amount", "minimum_wage.yaml", "大理:\n  own_insurance: counts\n  amounts: {since 2026-01: 2,000}\n", "comma-in-braces"}, {"a month", "minimum_wage.yaml", "大理:\n  own_insurance: counts\n  amounts: {2026: 2000}\n", "since"}, {"a word", "minimum_wage.yaml", "大理:\n  own_insurance: yes\n", "unknown-word"}, {"broken", "jurisdictions.yaml", "CN: [\n", "yaml-syntax"}, {"a name", "jurisdiction.yaml", "CN: 1\n", "unknown-file"}, {"an ending", "fund.yml", "CN: 1\n", "unknown-file"},
		{"a file that is a word", "holidays.yaml", "2027\n", "shape"}, {"a jurisdiction that is a word", "jurisdictions.yaml", "甲: 20%\n", "shape"}, {"a share without its sign", "jurisdictions.yaml", "甲:\n  since 2026-01: {loss: {treat: cap, percent: 20}}\n", "number"},
		{"a treatment", "jurisdictions.yaml", "甲:\n  since 2026-01: {loss: {treat: caps}}\n", "unknown-word"}, {"a class", "jurisdictions.yaml", "甲:\n  since 2026-01: {losses: {treat: cap}}\n", "unknown-key"}, {"months that fall", "jurisdictions.yaml", "甲:\n  since 2026-01: {keep_years: 2}\n  since 2025-01: {keep_years: 2}\n", "since-order"},
		{"a last month", "jurisdictions.yaml", "甲:\n  since 2026-01: {until: 2026}\n", "month"}, {"years", "jurisdictions.yaml", "甲:\n  since 2026-01: {keep_years: two}\n", "number"}, {"a row without its word", "jurisdictions.yaml", "甲:\n  2026-01: {keep_years: 2}\n", "unknown-key"}, {"what is excluded", "minimum_wage.yaml", "大理:\n  excludes: [food]\n", "unknown-word"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Load(map[string][]byte{c.file: []byte(c.text)})
			if len(ps) == 0 || ps[0].Code != c.code || ps[0].Pos.File != "law/"+c.file {
				t.Errorf("got %+v", ps)
			}
		})
	}
}
