package convert

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
)

// parse reads a cell's text as what the column holds. An empty cell is an empty value.
func (r *Reader) parse(b *bind, text string, zone *time.Location, v *value) (ok bool) {
	kind := b.field.Value
	switch {
	case text == "" && profile.TypeOf(kind).Kind == expr.Number:
		*v = value{Value: expr.None}
		return true
	case text == "":
		v.say("", "")
		return true
	}
	switch kind {
	case profile.Money, profile.Number:
		d, ok := decimalOf(text, r.lay.Decimal)
		v.count(d.String(), money.Of(d))
		return ok
	case profile.Seconds, profile.Minutes, profile.Hours:
		secs, ok := spanOf(text, b.Unit, kind, r.lay.Decimal)
		span(kind, secs, v)
		return ok
	case profile.Day, profile.Instant:
		if b.usual && kind == profile.Instant && zone == r.opts.Zone {
			if t, ok := asWritten(text, zone); ok {
				v.count(text, money.Whole(t.Unix()))
				return true
			}
		}
		t, ok := r.instant(b, text, zone)
		r.moment(kind, t, v)
		return ok
	case profile.Clock:
		return r.clock(b, text, zone, v)
	case profile.YesNo:
		yes, ok := profile.Truth(text)
		*v = value{yesNo(yes), expr.Truth(yes)}
		return ok
	}
	text = profile.Show(text)
	word := text
	if len(b.words) > 0 {
		if w, ok := b.words[profile.Fold(text)]; ok {
			word = w
		}
	}
	v.say(text, word)
	return true
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// written makes the text of what a formula yields.
func (r *Reader) written(b *bind, v *value) {
	switch {
	case v.Kind == expr.YesNo:
		v.text = yesNo(v.Yes)
		return
	case v.Kind == expr.Word:
		v.text = v.Text
		return
	case v.NoBase:
		v.text = ""
		return
	}
	switch kind := b.field.Value; kind {
	case profile.Seconds, profile.Minutes, profile.Hours:
		span(kind, v.Num, v)
	case profile.Day, profile.Instant:
		secs, _ := v.Num.Round(0, money.Down).Int64()
		r.moment(kind, time.Unix(secs, 0), v)
	case profile.Clock:
		secs, _ := v.Num.Round(0, money.Down).Int64()
		clockValue(secs, v)
	default:
		v.text = v.Num.Round(6, money.HalfUp).String()
	}
}

// span writes a length of time in the unit of the field, seconds in formulas.
func span(kind profile.Value, secs money.Ratio, v *value) {
	switch kind {
	case profile.Seconds:
		whole := secs.Round(0, money.HalfUp)
		v.count(whole.String(), money.Of(whole))
	case profile.Minutes:
		v.count(secs.Div(money.Whole(60)).Round(6, money.HalfUp).String(), secs)
	case profile.Hours:
		v.count(secs.Div(money.Whole(3600)).Round(6, money.HalfUp).String(), secs)
	}
}

// moment writes an instant in the project's zone, or the day that it falls on there.
func (r *Reader) moment(kind profile.Value, t time.Time, v *value) {
	t = t.In(r.opts.Zone)
	form := "2006-01-02 15:04:05"
	if kind == profile.Day { // its value is its midnight, so that an instant less its day is a time of day
		t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, r.opts.Zone)
		form = "2006-01-02"
	}
	v.count(t.Format(form), money.Whole(t.Unix()))
}

// zone returns the zone in which an instant without an offset is written.
func (x *rowOf) zone(b *bind) *time.Location {
	if b.zone >= 0 {
		return b.Zones[profile.Fold(x.cells[b.zone])] // nil: refused
	}
	for _, z := range []*time.Location{b.Zone, x.r.lay.Zone} {
		if z != nil {
			return z
		}
	}
	return x.r.opts.Zone
}

// layouts are those of the column, else of the profile, else the standard ones.
func (r *Reader) layouts(b *bind) []profile.Moment {
	for _, list := range [][]profile.Moment{b.Dates, r.prof.Dates} {
		if len(list) > 0 {
			return list
		}
	}
	return profile.Standard
}

// instant tries the layouts in the order in which they are stated, and no other.
func (r *Reader) instant(b *bind, text string, zone *time.Location) (time.Time, bool) {
	if zone == nil {
		return time.Time{}, false
	}
	for _, l := range r.layouts(b) {
		if l.Serial != "" {
			if t, ok := serial(text, l.Serial, zone); ok && sane(t) {
				return t, true
			}
			continue
		}
		if l.Go == "2006-01-02" && len(text) != len(l.Go) { // nearly every instant; a failed attempt is dear
			continue
		}
		if t, err := time.ParseInLocation(l.Go, text, zone); err == nil && sane(t) {
			return t, true
		}
	}
	return time.Time{}, false
}

// asWritten reads an instant that telepay writes in the same way.
func asWritten(text string, zone *time.Location) (t time.Time, ok bool) {
	const form = "0000-00-00 00:00:00"
	if len(text) != len(form) {
		return t, false
	}
	var parts [6]int
	at := 0
	for i := range len(form) {
		switch c := text[i]; {
		case form[i] == '0' && c >= '0' && c <= '9':
			parts[at] = parts[at]*10 + int(c-'0')
		case form[i] != '0' && c == form[i]:
			at++
		default:
			return t, false
		}
	}
	t = time.Date(parts[0], time.Month(parts[1]), parts[2], parts[3], parts[4], parts[5], 0, zone)
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return t, parts == [6]int{year, int(month), day, hour, minute, second} && sane(t)
}

func sane(t time.Time) bool { return t.Year() >= 1900 && t.Year() < 2200 }

var plainNumber = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,30})?$`)

// serial reads a number as an instant: seconds or milliseconds since 1970, or
// days as Excel counts them, where 29 February 1900 is a day.
func serial(text, how string, zone *time.Location) (time.Time, bool) {
	if !plainNumber.MatchString(text) {
		return time.Time{}, false
	}
	n, _ := new(big.Rat).SetString(text)
	switch how {
	case "epoch", "epoch ms":
		if how == "epoch ms" {
			n.Quo(n, big.NewRat(1000, 1))
		}
		secs := new(big.Int).Div(n.Num(), n.Denom())
		return time.Unix(secs.Int64(), 0), secs.IsInt64()
	}
	n.Mul(n, big.NewRat(86400, 1))
	secs := rounded(n)
	day := secs / 86400
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, zone)
	switch {
	case how == "excel 1904":
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, zone)
	case day < 1 || day == 60:
		return time.Time{}, false
	case day < 60:
		start = start.AddDate(0, 0, 1)
	}
	rest := secs % 86400
	d := start.AddDate(0, 0, int(day))
	return time.Date(d.Year(), d.Month(), d.Day(), int(rest/3600), int(rest%3600/60), int(rest%60), 0, zone), secs >= 0 && day < 3000000
}

func rounded(n *big.Rat) int64 {
	half := new(big.Rat).Add(n, big.NewRat(1, 2))
	return new(big.Int).Div(half.Num(), half.Denom()).Int64()
}

// clock reads a time of day: 9:05, 09:05:10, 次日 01:30, or that of an instant.
func (r *Reader) clock(b *bind, text string, zone *time.Location, v *value) bool {
	text = norm.NFKC.String(text)
	next := int64(0)
	for _, word := range []string{"次日", "翌日", "第二天"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			text, next = strings.TrimSpace(rest), 86400
		}
	}
	if secs, ok := colons(text, true); ok && secs < 86400 {
		clockValue(secs+next, v)
		return true
	}
	t, ok := r.instant(b, text, zone)
	t = t.In(r.opts.Zone)
	clockValue(int64(t.Hour()*3600+t.Minute()*60+t.Second())+next, v)
	return ok
}

// clockValue writes seconds of the day; those beyond midnight are of the next day.
func clockValue(secs int64, v *value) {
	of, word := secs, ""
	if secs >= 86400 {
		of, word = secs-86400, "次日 "
	}
	v.count(fmt.Sprintf("%s%02d:%02d:%02d", word, of/3600, of%3600/60, of%60), money.Whole(secs))
}

// colons reads H:MM:SS, or, where short is meant so, H:MM.
func colons(text string, short bool) (int64, bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 && !(short && len(parts) == 2) {
		return 0, false
	}
	var secs int64
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 32)
		if err != nil || i > 0 && (n > 59 || len(p) != 2) || len(p) > 5 {
			return 0, false
		}
		secs = secs*60 + int64(n)
	}
	if len(parts) == 2 {
		secs *= 60
	}
	return secs, true
}

// unitSeconds is how many seconds a unit has, as a fraction.
var unitSeconds = map[string][2]int64{"s": {1, 1}, "ms": {1, 1000}, "min": {60, 1}, "h": {3600, 1}, "day": {86400, 1}}

// spanOf reads a length of time in seconds: H:MM:SS, or a number in the unit
// that the profile states, else in the field's own.
func spanOf(text, unit string, v profile.Value, point byte) (money.Ratio, bool) {
	text = norm.NFKC.String(text)
	if unit == "mm:ss" {
		secs, ok := colons(text, true)
		return money.Whole(secs / 60), ok && strings.Count(text, ":") == 1
	}
	if unit == "" || unit == "s" {
		if n, err := strconv.ParseUint(text, 10, 31); err == nil && v == profile.Seconds { // nearly always
			return money.Whole(int64(n)), true
		}
	}
	if secs, ok := colons(text, false); ok {
		return money.Whole(secs), true
	}
	if unit == "" {
		unit = map[profile.Value]string{profile.Seconds: "s", profile.Minutes: "min", profile.Hours: "h"}[v]
	}
	if point == ',' {
		text = strings.Replace(text, ",", ".", 1)
	}
	if !plainNumber.MatchString(text) || text[0] == '-' {
		return money.Ratio{}, false
	}
	n, _ := new(big.Rat).SetString(text)
	size := unitSeconds[unit]
	n.Mul(n, big.NewRat(size[0], size[1]))
	if unit == "day" || unit == "ms" || v == profile.Seconds { // binary noise of workbooks; whole seconds are what counts
		return money.Whole(rounded(n)), true
	}
	num, den := n.Num(), n.Denom()
	if !num.IsInt64() || !den.IsInt64() {
		return money.Ratio{}, false
	}
	return money.Whole(num.Int64()).Div(money.Whole(den.Int64())), true
}

// currencyMarks are written around amounts and say nothing that the currency column does not.
var currencyMarks = regexp.MustCompile(`(?i)^(HK\$|US\$|\$|¥|€|£|CNY|RMB|USD|HKD|EUR|人民币)\s*|\s*(元|CNY|RMB|USD|HKD|EUR|€)$`)

var amounts = map[byte]*regexp.Regexp{
	'.': regexp.MustCompile(`^([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?$`),
	',': regexp.MustCompile(`^([0-9]{1,15}|[0-9]{1,3}([. \x{a0}][0-9]{3}){1,4})(,[0-9]{1,6})?$`),
}

// decimalOf reads an amount or number as exports write them: currency signs, a
// plus, separators of thousands in their places, a minus before or after,
// parentheses for a minus. Anything else is refused.
func decimalOf(text string, point byte) (money.Decimal, bool) {
	text = strings.TrimSpace(norm.NFKC.String(text))
	minus := false
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		minus, text = true, strings.Trim(text, "()")
	}
	sign := func() {
		switch {
		case strings.HasPrefix(text, "-"):
			minus, text = !minus, text[1:]
		case strings.HasPrefix(text, "+"):
			text = text[1:]
		case strings.HasSuffix(text, "-"):
			minus, text = !minus, text[:len(text)-1]
		default:
			return
		}
		text = strings.TrimSpace(text)
	}
	sign()
	signed := minus
	text = currencyMarks.ReplaceAllString(text, "")
	if text = strings.TrimSpace(text); !signed {
		sign()
	}
	if !amounts[point].MatchString(text) {
		return zero, false
	}
	if point == ',' {
		text = strings.NewReplacer(".", "", " ", "", "\u00a0", "", ",", ".").Replace(text)
	}
	d, err := money.Parse(strings.ReplaceAll(text, ",", ""))
	if minus {
		d = d.Neg()
	}
	return d, err == nil
}

// want is what a column may hold, for messages.
type want struct {
	code string
	want lang.Text
	mend lang.Text
}

func (r *Reader) wants(b *bind) want {
	switch b.field.Value {
	case profile.Money:
		return want{"bad-amount", lang.T("金额，如 1200.50 或 ¥1,200.50", "an amount such as 1200.50 or ¥1,200.50"), lang.T("改正这个单元格；若整列都是别的写法，在导入配置里写 pattern 或 decimal", "mend the cell; if the whole column is written otherwise, say so under pattern or decimal in the profile")}
	case profile.Number:
		return want{"bad-number", lang.T("数字，如 12 或 1,200", "a number such as 12 or 1,200"), lang.T("改正这个单元格", "mend the cell")}
	case profile.Seconds, profile.Minutes, profile.Hours:
		return want{"bad-number", lang.T("时长：H:MM:SS，或导入配置 unit 所说单位的数字", "a length of time: H:MM:SS, or a number in the unit that the profile states"), lang.T("改正这个单元格，或在导入配置里改 unit", "mend the cell, or the unit in the profile")}
	case profile.YesNo:
		return want{"unknown-word", lang.T("是或否", "yes or no"), lang.T("改正这个单元格", "mend the cell")}
	case profile.Clock:
		return want{"bad-time", lang.T("时间，如 09:05 或 次日 01:30", "a time such as 09:05, or 次日 01:30 of the next day"), lang.T("改正这个单元格", "mend the cell")}
	}
	var words []string
	for _, l := range r.layouts(b) {
		words = append(words, l.Words)
	}
	return want{"bad-date", lang.F("存在的日期，写法为 %s", "a date that exists, written %s", strings.Join(words, ", ")), lang.T("改正日期；若整列都是别的写法，在导入配置的 dates 里写明", "mend the date; if the whole column is written otherwise, say so under dates in the profile")}
}
