package profile

import (
	"slices"
	"strings"
	"time"
)

// Moment is one way to write a day or an instant.
type Moment struct {
	Words string // as the profile says it: yyyy/mm/dd hh:mm:ss
	Go    string // as package time says it
	Clock bool   // it has a time of day

	// Serial is a number instead of a date: epoch, epoch ms, excel or excel 1904.
	// Go is empty then.
	Serial string
}

var serials = []string{"epoch", "epoch ms", "excel", "excel 1904"}

// Standard are the layouts without a profile: those with the year first, which
// nobody can read in two ways. Spreadsheets in China write 2026/10/9.
var Standard = []Moment{
	{"yyyy-mm-dd", "2006-01-02", false, ""},
	{"yyyy-mm-dd hh:mm:ss", "2006-01-02 15:04:05", true, ""},
	{"yyyy/mm/dd hh:mm:ss", "2006/01/02 15:04:05", true, ""},
	{"yyyy-mm-ddThh:mm:ss", "2006-01-02T15:04:05", true, ""},
	{"yyyy-mm-dd hh:mm", "2006-01-02 15:04", true, ""},
	{"yyyy-mm-ddThh:mm:ss+hh:mm", time.RFC3339, true, ""},
	{"yyyy/m/d", "2006/1/2", false, ""},
	{"yyyy/m/d hh:mm:ss", "2006/1/2 15:04:05", true, ""},
	{"yyyy/m/d hh:mm", "2006/1/2 15:04", true, ""},
	{"yyyy-m-d", "2006-1-2", false, ""},
	{"yyyy-m-d hh:mm:ss", "2006-1-2 15:04:05", true, ""},
	{"yyyy-m-d hh:mm", "2006-1-2 15:04", true, ""},
	{"yyyy.m.d", "2006.1.2", false, ""},
	{"yyyy年m月d日", "2006年1月2日", false, ""},
	{"yyyy年m月d日 hh:mm:ss", "2006年1月2日 15:04:05", true, ""},
	{"yyyy年m月d日 hh:mm", "2006年1月2日 15:04", true, ""},
}

// layoutWords are the parts of a layout, longest first. mm is the month before
// an hour and the minute after it.
var layoutWords = []struct{ word, date, clock string }{
	{"yyyy", "2006", "2006"}, {"yy", "06", "06"}, {"mm", "01", "04"}, {"dd", "02", "02"}, {"hh", "15", "15"}, {"ss", "05", "05"}, {"am", "PM", "PM"},
	{"m", "1", "4"}, {"d", "2", "2"}, {"h", "15", "15"}, {"s", "5", "5"},
}

// ParseLayout reads yyyy/m/d hh:mm:ss, yyyy年m月d日 and the like. A layout has
// year, month and day once each; +hh:mm at its end is an offset, am after the
// time a clock of twelve hours. epoch, epoch ms, excel and excel 1904 are
// numbers. ok is false for anything else.
func ParseLayout(words string) (l Moment, ok bool) {
	if slices.Contains(serials, words) {
		return Moment{Words: words, Clock: true, Serial: words}, true
	}
	var b strings.Builder
	seen := map[string]int{}
	rest, offset := strings.CutSuffix(strings.ToLower(words), "+hh:mm")
	for rest != "" {
		part, size := layoutPart(rest, l.Clock)
		if size == 0 {
			if c := rest[0]; c >= 'a' && c <= 'z' && c != 't' || c >= '0' && c <= '9' {
				return Moment{}, false
			}
			b.WriteString(strings.Replace(rest[:1], "t", "T", 1))
			rest = rest[1:]
			continue
		}
		seen[strings.TrimLeft(part, "0")]++
		l.Clock = l.Clock || part == "15"
		b.WriteString(part)
		rest = rest[size:]
	}
	once := true
	for _, n := range seen {
		once = once && n == 1
	}
	l.Words, l.Go = words, b.String()
	if offset {
		l.Go += "Z07:00"
	}
	if seen["PM"] > 0 {
		l.Go = strings.Replace(l.Go, "15", "3", 1)
	}
	return l, once && seen["2006"]+seen["6"] == 1 && seen["1"] == 1 && seen["2"] == 1
}

func layoutPart(s string, clock bool) (part string, size int) {
	for _, w := range layoutWords {
		if strings.HasPrefix(s, w.word) {
			if clock {
				return w.clock, len(w.word)
			}
			return w.date, len(w.word)
		}
	}
	return "", 0
}
