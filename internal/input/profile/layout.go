package profile

import (
	"strings"
	"time"
)

// Layout is one way to write a day or an instant.
type Layout struct {
	Words string // as the profile says it: yyyy/mm/dd hh:mm:ss
	Go    string // as package time says it
	Clock bool   // it has a time of day
}

// Standard are the layouts without a profile.
var Standard = []Layout{
	{"yyyy-mm-dd", "2006-01-02", false},
	{"yyyy-mm-dd hh:mm:ss", "2006-01-02 15:04:05", true},
	{"yyyy-mm-dd hh:mm", "2006-01-02 15:04", true},
	{"yyyy-mm-ddThh:mm:ss", "2006-01-02T15:04:05", true},
	{"yyyy-mm-ddThh:mm:ss+hh:mm", time.RFC3339, true},
}

// layoutWords are the parts of a layout, longest first. mm is the month before
// an hour and the minute after it.
var layoutWords = []struct{ word, date, clock string }{
	{"yyyy", "2006", "2006"}, {"mm", "01", "04"}, {"dd", "02", "02"}, {"hh", "15", "15"}, {"ss", "05", "05"},
	{"m", "1", "4"}, {"d", "2", "2"}, {"h", "15", "15"}, {"s", "5", "5"},
}

// ParseLayout reads yyyy/m/d hh:mm:ss, yyyy年m月d日 and the like. A layout has
// year, month and day once each; ok is false otherwise.
func ParseLayout(words string) (l Layout, ok bool) {
	var b strings.Builder
	seen := map[string]int{}
	rest := strings.ToLower(words)
	for rest != "" {
		part, size := layoutPart(rest, l.Clock)
		if size == 0 {
			if c := rest[0]; c >= 'a' && c <= 'z' && c != 't' || c >= '0' && c <= '9' {
				return Layout{}, false
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
	return l, once && seen["2006"] == 1 && seen["1"] == 1 && seen["2"] == 1
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
