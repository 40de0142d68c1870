package input

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// evidence is the row as what a fact stands in.
func (r *row) evidence() record.Source { return record.Source{File: r.name, Row: r.Line} }

// mendAmount says how to write an amount that is not plain.
func mendAmount(v, field, header string) lang.Text {
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune(", '￥¥$元 ", c) {
			return -1
		}
		return c
	}, norm.NFKC.String(v))
	if strings.HasPrefix(plain, "(") && strings.HasSuffix(plain, ")") {
		plain = "-" + strings.Trim(plain, "()")
	}
	plain = strings.TrimPrefix(plain, "+")
	if _, err := money.Parse(plain); err == nil && plain != v {
		return lang.F("写成 %[1]s；整列都这样的，在导入配置里写 columns: {%[2]s: {of: %[3]s}}，就认千分位和货币符号", "write %[1]s; if the whole column is written so, a profile with columns: {%[2]s: {of: %[3]s}} takes separators and signs of currency", plain, field, header)
	}
	return lang.T("只写数字；不写千分位、货币符号、“万”或公式错误值", "write digits only: no separators, signs of currency, words or formula errors")
}

// number reads a plain number; 8% is 0.08.
func (r *row) number(field string) (d money.Decimal, ok bool) {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return d, false
	}
	d, err := money.Parse(strings.TrimSuffix(v, "%"))
	if err != nil {
		r.bad(field, "bad-number", lang.T("纯数字，如 12 或 12.5", "a plain number such as 12 or 12.5"), lang.T("只写数字", "write digits only"))
		return money.Zero, false
	}
	if strings.HasSuffix(v, "%") {
		d = d.Mul(money.New(1, 2))
	}
	r.note(d.String())
	return d, true
}

// count reads a number that is not negative.
func (r *row) count(field string) (d money.Decimal, ok bool) {
	d, ok = r.number(field)
	return d, ok && r.notNegative(field, d)
}

func (r *row) notNegative(field string, d money.Decimal) bool {
	if d.Sign() >= 0 {
		return true
	}
	r.bad(field, "negative-value", lang.T("不小于 0 的数", "a number that is not below 0"), lang.T("去掉负号，或改正这一行", "take the minus out, or mend the row"))
	return false
}

// spanOrNumber reads a number, or H:MM:SS as seconds.
func (r *row) spanOrNumber(field string) (money.Decimal, bool) {
	if v := r.raw(field); strings.Contains(v, ":") {
		if n, ok := clock(strings.TrimSpace(norm.NFKC.String(v)), 9999); ok {
			r.note(strconv.Itoa(n))
			return money.Int(int64(n)), true
		}
	}
	return r.number(field)
}

// clock reads 9:05 or 09:05:10 as seconds; hours go up to mostHours.
func clock(v string, mostHours int) (seconds int, ok bool) {
	parts := strings.Split(v, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		most := 59
		if i == 0 {
			most = mostHours
		}
		if err != nil || n < 0 || n > most || i > 0 && len(p) != 2 || p[0] == '+' || p[0] == '-' {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	if len(parts) == 2 {
		seconds *= 60
	}
	return seconds, true
}

// instant reads a cell by the layouts of the file, in the project's zone.
func (src *source) instant(v string) (t time.Time, ok bool) {
	for _, l := range src.columns.Layouts {
		if t, err := time.ParseInLocation(l.Go, v, src.opts.Zone); err == nil {
			t = t.In(src.opts.Zone)
			return t, t.Year() >= 1900 && t.Year() < 2200
		}
	}
	return time.Time{}, false
}

// day reads a civil day; of an instant it takes the day in the project's zone.
func (r *row) day(field string) period.Day {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return period.NoDay
	}
	t, ok := r.instant(v)
	if !ok {
		r.badDate(field)
		return period.NoDay
	}
	d := period.DayOf(t.Year(), int(t.Month()), t.Day())
	r.note(d.String())
	return d
}

// dayLast are dates with the year behind, which only a profile can tell apart.
var dayLast = regexp.MustCompile(`(?i)^(\d{1,2})([/.-])(\d{1,2})[/.-]\d{4}( \d{1,2}:\d\d)?(:\d\d)?( [ap]m)?$`)

// numberDates are the layouts of numbers, by how many digits they have.
var numberDates = map[int]string{5: "excel", 8: "yyyymmdd", 10: "epoch", 13: "epoch ms", 14: "yyyymmddhhmmss"}

var (
	digitsOnly = regexp.MustCompile(`^\d+(\.\d+)?$`)
	shortYear  = regexp.MustCompile(`^\d\d([-/.])\d{1,2}[-/.]\d{1,2}$`)
)

// layoutLike is a layout that a date may be written in; where the month and the
// day could both be the first, it names both. Empty where none would read it.
func layoutLike(v string) string {
	v = strings.TrimSpace(v)
	if m := shortYear.FindStringSubmatch(v); m != nil {
		return "yy" + m[1] + "m" + m[1] + "d"
	}
	if whole, _, _ := strings.Cut(v, "."); digitsOnly.MatchString(v) {
		return numberDates[len(whole)]
	}
	m := dayLast.FindStringSubmatch(v)
	if m == nil {
		return ""
	}
	clock := ""
	for i, words := range []string{" hh:mm", ":ss", " am"} {
		if m[4+i] != "" {
			clock += words
		}
	}
	month, day := "m"+m[2]+"d"+m[2]+"yyyy"+clock, "d"+m[2]+"m"+m[2]+"yyyy"+clock
	switch {
	case len(m[3]) == 2 && m[3] > "12":
		return month
	case len(m[1]) == 2 && m[1] > "12":
		return day
	}
	return month + "] / dates: [" + day
}

// minguo is a year of the Republic of China calendar: 115/10/08 is in 2026.
var minguo = regexp.MustCompile(`^(民国)?1\d\d[-/.年]`)

// mendDate says what helps a date that cannot be read.
func mendDate(v string) lang.Text {
	like := layoutLike(v)
	switch {
	case minguo.MatchString(v):
		return lang.T("民国年要换算成公元年 (加 1911)", "write the year of the common era: 1911 more than that of the Republic")
	case like == "":
		return lang.T("改正日期", "mend the date")
	}
	return lang.F("改正日期；若整列都是别的写法，在导入配置的 dates 里写明，例如 dates: [%s]", "mend the date; if the whole column is written otherwise, say so under dates in a profile, as in dates: [%s]", like)
}

func (r *row) badDate(field string) {
	want := lang.T("存在的日期，写作 2026-10-31，带时间写作 2026-10-31 09:05:10", "a date that exists, as 2026-10-31, or with a time as 2026-10-31 09:05:10")
	if l := r.columns.Layouts; len(l) > 0 && l[0] != profile.Standard[0] {
		var words []string
		for _, l := range l {
			words = append(words, l.Words)
		}
		want = lang.F("存在的日期，写法为 %s", "a date that exists, written %s", strings.Join(words, ", "))
	}
	r.bad(field, "bad-date", want, mendDate(strings.TrimSpace(r.raw(field))))
}

// month reads 2026-10, or a day of it as workbooks give; without a value it is the month being read.
func (r *row) month(field string) period.Month {
	v, ok := r.cell(field)
	if !ok && r.sheet != "" { // a workbook of all months
		r.demand(field, lang.T("月份，写作 2026-10", "a month, as 2026-10"))
		return 0
	}
	if !ok {
		r.note(r.opts.Month.String())
		return r.opts.Month
	}
	m, err := period.ParseMonth(v)
	if err != nil {
		t, ok := r.instant(v)
		if !ok {
			r.bad(field, "bad-month", lang.T("月份，写作 2026-10", "a month, as 2026-10"), lang.T("改正月份", "mend the month"))
			return 0
		}
		m = period.MonthIn(t.Year(), int(t.Month()))
	}
	r.note(m.String())
	return m
}

// timeOfDay reads the time of a punch on a day as seconds from that day's
// midnight, −1 where there is none. 次日 01:30 and a full time of the next
// morning lie beyond 24 hours.
func (r *row) timeOfDay(field string, day period.Day) int {
	v, ok := r.cell(field)
	if !ok {
		r.note("")
		return -1
	}
	seconds, ok := r.punch(norm.NFKC.String(v), day)
	if !ok {
		r.bad(field, "bad-time", lang.T("时间，写作 09:05 或 09:05:10", "a time, as 09:05 or 09:05:10"), lang.T("改正时间；第二天的写作“次日 01:30”", "mend the time; one of the next day is written 次日 01:30"))
		return -1
	}
	r.note(strconv.Itoa(seconds))
	return seconds
}

func (r *row) punch(v string, day period.Day) (int, bool) {
	for _, next := range []string{"次日", "翌日", "第二天"} {
		if rest, ok := strings.CutPrefix(v, next); ok {
			n, ok := clock(strings.TrimSpace(rest), 23)
			return n + 86400, ok
		}
	}
	if n, ok := clock(v, 23); ok {
		return n, true
	}
	t, ok := r.instant(v)
	if !ok || day == period.NoDay {
		return 0, false
	}
	later := int(period.DayOf(t.Year(), int(t.Month()), t.Day()) - day)
	return later*86400 + t.Hour()*3600 + t.Minute()*60 + t.Second(), later == 0 || later == 1
}

// currency refuses money of another currency than the project's.
func (r *row) currency() {
	v, ok := r.cell("currency")
	if !ok || r.opts.Currency == AnyCurrency {
		return
	}
	same := strings.EqualFold(v, r.opts.Currency)
	if r.opts.Currency == "CNY" {
		switch profile.Fold(v) {
		case "rmb", "人民币", "元", "¥", "人民币元":
			same = true
		}
	}
	if !same {
		r.bad("currency", "other-currency", lang.F("项目的币种 %s", "the project's currency, %s", r.opts.Currency), lang.T("按约定汇率换算后再放入，并注明", "convert it at the agreed rate first, and say so"))
	}
}

// demand reports an empty field that this row needs though the kind does not always.
func (r *row) demand(field string, want lang.Text) {
	r.bad(field, "missing-value", want, lang.T("补上", "fill it in"))
}

func sortedCopy(words []string) []string {
	c := append([]string(nil), words...)
	sort.Strings(c)
	return c
}
