package scan

import (
	"math"
	"strings"
	"time"

	"telepay/internal/period"
)

// badDay marks a row whose instant cannot be read.
const badDay = int32(math.MinInt32)

// dateReader reads instants into days and seconds. The last dates read are
// remembered, since most rows share them, and the last minute, since exports are
// mostly in the order of time.
type dateReader struct {
	minute seenMinute
	last   seenDate
	seen   [64]seenDate
}

// seenMinute is the text of an instant up to its minute, 2026-10- and 02 07:00, and
// what it says.
type seenMinute struct {
	date, rest uint64
	day, begin int32
}

type seenDate struct {
	date uint64 // 2026-10-
	day  uint16 // 02
	code int32
}

// column reads the cells of a column.
func (d *dateReader) column(b *batch, c int, layouts []layout, days, clock []int32) {
	cells, first := b.column(c), &layouts[0]
	for r := 0; r < len(days); r++ {
		if r += d.minute.run(&cells, days[r:], clock[r:], r); r == len(days) {
			return
		}
		if from, to := cells.inner(r); to-from == len(defaultLayout) && first.fixed {
			if days[r], clock[r] = d.fixed(b.buf, from, first); days[r] != badDay {
				d.minute = seenMinute{load(b.buf, from), load(b.buf, from+8), days[r], clock[r] - clock[r]%60}
				continue
			}
		}
		from, to := cells.cell(r)
		days[r], clock[r] = d.read(b, from, to, layouts)
	}
}

// run reads cells from cell first on, as long as they are of this minute, and returns how many.
func (m *seenMinute) run(cells *column, days, clock []int32, first int) int {
	minute := *m
	for r := range days {
		from, to := cells.inner(first + r)
		text := cells.buf[from : from+len(defaultLayout)]
		tens, ones := text[17]-'0', text[18]-'0'
		if to-from != len(defaultLayout) || load(text, 0) != minute.date || load(text, 8) != minute.rest || text[16] != ':' || tens > 5 || ones > 9 || minute.date == 0 {
			return r
		}
		days[r], clock[r] = minute.day, minute.begin+int32(tens*10+ones)
	}
	return len(days)
}

// read reads the cell buf[from:to], which stands in quotes or not, by the
// first layout that fits. A second's fraction is dropped.
func (d *dateReader) read(b *batch, from, to int, layouts []layout) (day, second int32) {
	at, end := from, to
	if at < end && !b.plain && b.buf[at] == '"' {
		at, end = at+1, end-1
	}
	for i := 0; end-at == len(defaultLayout) && i < len(layouts) && layouts[i].fixed; i++ {
		if day, second = d.fixed(b.buf, at, &layouts[i]); day != badDay {
			return day, second
		}
	}
	text := strings.TrimSpace(b.bare(b.buf[from:to]))
	for i := range layouts {
		if t, err := time.ParseInLocation(layouts[i].text, text, layouts[i].zone); err == nil && text != "" {
			t = t.In(layouts[i].zone)
			return int32(period.DayOf(t.Year(), int(t.Month()), t.Day())), int32(t.Hour()*3600 + t.Minute()*60 + t.Second())
		}
	}
	return badDay, -1
}

func (d *dateReader) fixed(buf []byte, at int, l *layout) (day, second int32) {
	second, ok := clockOf(load(buf, at+11))
	if !ok || buf[at+10] != l.space {
		return badDay, -1
	}
	date, dd := load(buf, at), uint16(buf[at+8])|uint16(buf[at+9])<<8
	if date == d.last.date && dd == d.last.day && date != 0 {
		return d.last.code, second
	}
	s := &d.seen[dd&3<<4|dd>>8&15] // the days of a month do not meet
	if s.date != date || s.day != dd || date == 0 {
		s.date, s.day, s.code = date, dd, dayOf(buf[at:at+10], l.date)
	}
	d.last = *s
	return s.code, second
}

// dayOf reads ten characters as a date; impossible ones are badDay.
func dayOf(b []byte, sep byte) int32 {
	for i, c := range b {
		if i == 4 || i == 7 {
			if c != sep {
				return badDay
			}
		} else if !isDigit(c) {
			return badDay
		}
	}
	two := func(i int) int { return int(b[i]-'0')*10 + int(b[i+1]-'0') }
	y, m, dd := two(0)*100+two(2), two(5), two(8)
	t := time.Date(y, time.Month(m), dd, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != dd || t.Month() != time.Month(m) {
		return badDay
	}
	return int32(period.DayOf(y, m, dd))
}

// Numbers are whole and not negative; missing is −1, unreadable −2.
const (
	missing   = int32(-1)
	badNumber = int32(-2)
)

// wholesPortable reads cells from cell first on, as long as they are up to eight
// digits or empty, and returns how many. Like mark it has a second body.
func wholesPortable(cells *column, out []int32, first int) int {
	for r := range out {
		from, to := cells.inner(first + r)
		n := to - from
		if n == 0 {
			out[r] = missing
			continue
		}
		if n > 8 {
			return r
		}
		cut := firstBytes[8-n]
		v, ok := eightDigits(load(cells.buf, to-8)&^cut | zeros&cut)
		if !ok {
			return r
		}
		out[r] = int32(v)
	}
	return len(out)
}

// readNumber reads seconds: digits, or H:MM:SS.
func readNumber(b *batch, from, to int) int32 {
	at, end := from, to
	if at < end && !b.plain && b.buf[at] == '"' {
		at, end = at+1, end-1
	}
	if n := end - at; n >= 1 && n <= 8 {
		if v, ok := digits(b.buf, end, n); ok {
			return int32(v)
		}
	}
	if at == end {
		return missing
	}
	return slowNumber(b.bare(b.buf[from:to]))
}

// slowNumber reads what is not up to eight bare digits: blanks around, 30.0, 0:02:05.
func slowNumber(text string) int32 {
	text = strings.TrimSpace(text)
	if text == "" {
		return missing
	}
	if h, rest, ok := strings.Cut(text, ":"); ok {
		m, s, ok := strings.Cut(rest, ":")
		hours, minutes, seconds := plainNumber(h, 5), plainNumber(m, 2), plainNumber(s, 2)
		if !ok || hours < 0 || minutes < 0 || seconds < 0 || minutes > 59 || seconds > 59 || len(m) != 2 || len(s) != 2 {
			return badNumber
		}
		return hours*3600 + minutes*60 + seconds
	}
	whole, fraction, point := strings.Cut(text, ".")
	if point && (fraction == "" || strings.Trim(fraction, "0") != "") {
		return badNumber
	}
	return plainNumber(whole, 9)
}

func plainNumber(s string, most int) int32 {
	if s == "" || len(s) > most {
		return badNumber
	}
	var v int32
	for i := range len(s) {
		if !isDigit(s[i]) {
			return badNumber
		}
		v = v*10 + int32(s[i]-'0')
	}
	return v
}
