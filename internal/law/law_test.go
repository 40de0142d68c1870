package law

import (
	"testing"

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

func TestJurisdiction(t *testing.T) {
	l := load(t, nil)
	cn, ok := l.Jurisdiction("CN", period.MustMonth("2026-10"))
	if !ok || cn.Percent.Cmp(money.Of(money.MustParse("0.2"))) != 0 || cn.Discipline != "report_only" || cn.Article.EN == "" || cn.Source == "" {
		t.Errorf("CN is %+v", cn)
	}
	if _, ok := l.Jurisdiction("CN", period.MustMonth("1994-12")); ok {
		t.Error("CN had a limit before the provisions")
	}
	if _, ok := l.Jurisdiction("XX", period.MustMonth("2026-10")); ok || len(l.Jurisdictions()) == 0 {
		t.Error("XX is a jurisdiction")
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
		{"a date", "holidays.yaml", "2027:\n  rest: [2027-02-30]\n", "date"}, {"a key", "holidays.yaml", "2027:\n  rst: [2027-02-03]\n", "unknown-key"}, {"an amount", "minimum_wage.yaml", "大理:\n  own_insurance: counts\n  amounts: {since 2026-01: 2,000}\n", "since"}, {"a month", "minimum_wage.yaml", "大理:\n  own_insurance: counts\n  amounts: {2026: 2000}\n", "since"}, {"a word", "minimum_wage.yaml", "大理:\n  own_insurance: yes\n", "unknown-word"}, {"broken", "jurisdictions.yaml", "CN: [\n", "yaml-syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Load(map[string][]byte{c.file: []byte(c.text)})
			if len(ps) == 0 || ps[0].Code != c.code || ps[0].Pos.File != "law/"+c.file {
				t.Errorf("got %+v", ps)
			}
		})
	}
}
