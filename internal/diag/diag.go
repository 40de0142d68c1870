// Package diag holds problems in the user's files: what was found, what was
// wanted, where, and how to mend it. It never prints and never stops a run;
// failures of the machine are ordinary Go errors.
package diag

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"telepay/internal/lang"
)

// Reach says how far a problem spreads (semantics 14).
type Reach uint8

const (
	Stop   Reach = iota // the plan or a whole file cannot be used: nothing is written
	Row                 // the row is left out; the run is incomplete
	Person              // the person gets no statement; the run is incomplete
	Note                // amounts stand
)

// String returns the word that problems.csv prints.
func (r Reach) String() string { return [...]string{"stop", "row", "person", "note"}[r] }

// Pos is a place in a file of the user. Line and Col count from 1; a place in a
// workbook has Sheet and Cell instead. Zero Line and empty Cell mean the file as a whole.
type Pos struct {
	File  string
	Sheet string
	Cell  string
	Line  int
	Col   int
}

// String returns FILE:LINE:COLUMN or FILE!Sheet!C17.
func (p Pos) String() string {
	switch {
	case p.Cell != "":
		return p.File + "!" + p.Sheet + "!" + p.Cell
	case p.Line > 0 && p.Col > 0:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return p.File
}

// Problem is one thing to mend. Found and Want read after "found" and "want".
type Problem struct {
	Code    string
	Reach   Reach
	Pos     Pos
	See     []Pos  // further places, as of a value given twice
	Line    string // the user's own line, for the excerpt; empty where there is none
	Found   lang.Text
	Want    lang.Text
	Mend    lang.Text
	Agent   string // the person concerned, for Person problems
	Another int    // how many more of this code were left out after this one
}

// PerKind is how many problems of one code in one file are kept and shown in
// full; of the others only the number is, so that a million faulty rows cost nothing.
const PerKind = 20

// List collects problems; the zero value is ready.
type List struct {
	all   []Problem
	kinds map[kind]*kept
	n     int
	worst Reach
}

type kind struct{ file, code string }

// kept is what a list holds of one kind.
type kept struct {
	at   []int // in all
	more int   // how many were left out
}

// Add puts a problem on the list. Of one kind the first PerKind by place stay.
func (l *List) Add(p Problem) {
	if l.n == 0 || p.Reach < l.worst {
		l.worst = p.Reach
	}
	l.n += 1 + p.Another
	k := l.kind(p)
	k.more += p.Another
	p.Another = 0
	if len(k.at) < PerKind {
		k.at = append(k.at, len(l.all))
		l.all = append(l.all, p)
		return
	}
	k.more++
	last := k.at[0]
	for _, i := range k.at[1:] {
		if before(l.all[last], l.all[i]) {
			last = i
		}
	}
	if before(p, l.all[last]) {
		l.all[last] = p
	}
}

// Full tells whether a file has as many problems of a code as are kept: what comes
// behind them is only counted, and needs no words.
func (l *List) Full(file, code string) bool {
	k := l.kinds[kind{file, code}]
	return k != nil && len(k.at) == PerKind
}

func (l *List) kind(p Problem) *kept {
	key := kind{p.Pos.File, p.Code}
	k := l.kinds[key]
	if k == nil {
		if l.kinds == nil {
			l.kinds = map[kind]*kept{}
		}
		k = &kept{}
		l.kinds[key] = k
	}
	return k
}

// AddAll puts problems on the list.
func (l *List) AddAll(ps []Problem) {
	for _, p := range ps {
		l.Add(p)
	}
}

// Len returns how many problems there are, those left out included.
func (l *List) Len() int { return l.n }

// Worst returns the widest reach on the list; Note for an empty one.
func (l *List) Worst() Reach {
	if l.n == 0 {
		return Note
	}
	return l.worst
}

// Stops tells whether a problem forbids the whole run.
func (l *List) Stops() bool { return l.Worst() == Stop && l.n > 0 }

// Sorted returns the problems by place; the last of each kind says how many were left out.
func (l *List) Sorted() []Problem {
	all := append([]Problem(nil), l.all...)
	sort.SliceStable(all, func(i, j int) bool { return before(all[i], all[j]) })
	return l.counted(all)
}

// All returns the problems in the order in which they were found; the last of
// each kind says how many were left out.
func (l *List) All() []Problem { return l.counted(append([]Problem(nil), l.all...)) }

func (l *List) counted(all []Problem) []Problem {
	last := map[kind]int{}
	for i, p := range all {
		last[kind{p.Pos.File, p.Code}] = i
	}
	for k, i := range last {
		all[i].Another = l.kinds[k].more
	}
	return all
}

func before(a, b Problem) bool {
	if a.Pos.File != b.Pos.File {
		return a.Pos.File < b.Pos.File
	}
	if a.Pos.Sheet != b.Pos.Sheet {
		return a.Pos.Sheet < b.Pos.Sheet
	}
	if a.Pos.Line != b.Pos.Line {
		return a.Pos.Line < b.Pos.Line
	}
	if a.Pos.Col != b.Pos.Col {
		return a.Pos.Col < b.Pos.Col
	}
	if a.Code != b.Code {
		return a.Code < b.Code
	}
	return a.Agent < b.Agent
}

// Format writes p as users read it: place, code, found and want, the user's
// line with a marker, further places, the mend.
func (p Problem) Format(l lang.Lang) string {
	var b strings.Builder
	kind := "error"
	if p.Reach == Note {
		kind = "note"
	}
	if place := p.Pos.String(); place != "" {
		b.WriteString(place + ": ")
	}
	fmt.Fprintf(&b, "%s[%s]: %s", kind, p.Code, Clean(p.sentence(l)))
	if p.Line != "" {
		fmt.Fprintf(&b, "\n    %s", Clean(p.Line))
		if p.Pos.Col > 0 {
			fmt.Fprintf(&b, "\n    %s^", strings.Repeat(" ", columns(p.Line, p.Pos.Col-1)))
		}
	}
	for _, s := range p.See {
		fmt.Fprintf(&b, "\n  %s %s", lang.T("另见", "see").In(l), s)
	}
	if m := p.Mend.In(l); m != "" {
		fmt.Fprintf(&b, "\n  %s %s", lang.T("改法:", "mend:").In(l), Clean(m))
	}
	if p.Another > 0 {
		b.WriteString("\n  " + lang.F("同类问题还有 %d 处", "and %d more of this kind", p.Another).In(l))
	}
	return b.String()
}

func (p Problem) sentence(l lang.Lang) string {
	s := lead(lang.T("发现", "found"), p.Found, l)
	if !p.Want.IsEmpty() {
		s += lead(lang.T("; 应为", "; want"), p.Want, l)
	}
	return s
}

// lead puts a word in front of a text; Chinese runs on without a blank.
func lead(word, text lang.Text, l lang.Lang) string {
	s := text.In(l)
	if r, _ := utf8.DecodeRuneInString(s); l == lang.ZH && r >= 0x2e80 {
		return word.In(l) + s
	}
	return word.In(l) + " " + s
}

// columns returns the width in terminal cells of the first n characters of s as they are shown.
func columns(s string, n int) int {
	width := 0
	for _, r := range Clean(string([]rune(s)[:min(n, len([]rune(s)))])) {
		if width++; r >= 0x1100 && r != '—' && r != '…' && (r < 0x2010 || r > 0x2e7f) {
			width++
		}
	}
	return width
}

// Clean shows control and direction characters as code points, so that a file
// cannot write into the terminal, and cuts what is very long.
func Clean(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 2000 {
			b.WriteString("…")
			break
		}
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(' ')
		case r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Quote returns a piece of the user's text for a message, at most 60 characters.
func Quote(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return `"` + string(r[:59]) + `…"`
	}
	return `"` + s + `"`
}

// Nearest returns the word of words that is most like s, or empty text where
// none is near enough to be meant.
func Nearest(s string, words []string) string {
	best, bestAt := "", len([]rune(s))/3+2
	for _, w := range words {
		if d := distance([]rune(s), []rune(w)); d < bestAt || d == bestAt && best == "" && d < 2 {
			best, bestAt = w, d
		}
	}
	return best
}

// distance counts the letters to add, drop, change or swap with their neighbour.
func distance(a, b []rune) int {
	var above, row, last []int // of i-2, i-1 and i letters of a
	for i := range len(a) + 1 {
		above, row, last = row, last, make([]int, len(b)+1)
		for j := range last {
			switch {
			case i == 0 || j == 0:
				last[j] = i + j
			case a[i-1] == b[j-1]:
				last[j] = row[j-1]
			default:
				last[j] = 1 + min(row[j-1], row[j], last[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				last[j] = min(last[j], above[j-2]+1)
			}
		}
	}
	return last[len(b)]
}
