// Package profile is the dictionary of the exports: which columns each kind of
// export has, how people and systems call them, and what their words mean. A
// header line comes in, with a small YAML file of the user's where his system
// calls things otherwise; a mapping of fields to columns goes out. It reads no
// rows, converts no value and never guesses between two columns of money or dates.
package profile

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/lang"
)

// Value says what a cell of a field has to be.
type Value uint8

const (
	Text     Value = iota // any text
	ID                    // an id: compared without regard to case, blanks around and full-width forms
	Agent                 // an id of the roster
	Day                   // a civil day, or an instant that falls on it
	Instant               // a day with a time
	Clock                 // a time of day
	Month                 // a month
	Money                 // an amount
	Number                // a plain number; a percentage counts as its hundredth
	Seconds               // a number of seconds, or H:MM:SS
	Minutes               // a number of minutes
	Hours                 // a number of hours
	Word                  // one of Words
	OpenWord              // one of Words, or the company's own word
	Agents                // several agents, separated by semicolons
	Shares                // agents with their shares: T1 60%; T2 rest
	YesNo                 // yes or no; empty is no
)

// Field is a column that telepay knows.
type Field struct {
	Name     string   // as profiles and the templates call it
	Headers  []string // how exports call it, the likeliest first
	Value    Value
	Required bool
	Personal bool                // of a customer or a person's own: never shown in messages
	Words    map[string][]string // for Word and OpenWord: what the exports say for each word
}

// Kind is a kind of export.
type Kind struct {
	Name   string // the word that file names begin with, in English
	Title  lang.Text
	Files  []string // what file names begin with
	Fields []Field

	// Computed are the names that plans have for what follows from a row's fields; no
	// column of the company's own may be called so.
	Computed []string
}

// Knows tells whether plans have a meaning of their own for a name.
func (k Kind) Knows(name string) bool {
	_, ok := k.Field(name)
	return ok || slices.Contains(k.Computed, name)
}

// Fold is the form in which headers, ids and words are compared: NFKC, without
// blanks around, lower case.
func Fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.ToLower(Show(s))
		}
	}
	return strings.ToLower(strings.TrimSpace(s))
}

// Show is the form in which ids and words are kept: NFKC, without blanks around.
func Show(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.TrimSpace(norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")))
		}
	}
	return strings.TrimSpace(s)
}

// headerKey is Fold without the blanks, dashes and underscores inside: "Call ID" is call_id.
func headerKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '_', '-', '*', '\u00a0', '\t', '\r', '\n':
			return -1
		}
		return r
	}, Fold(s))
}

// HeaderKey is the form in which headers are compared.
func HeaderKey(s string) string { return headerKey(s) }

// HeaderName is HeaderKey without a unit in brackets at the end.
func HeaderName(s string) string {
	name, _ := splitUnit(s)
	return name
}

// Truth reads a yes or no as exports write it.
func Truth(s string) (yes, ok bool) {
	f := Fold(s)
	for word, raws := range yesNo {
		for _, raw := range append([]string{word}, raws...) {
			if Fold(raw) == f {
				return word == "yes", true
			}
		}
	}
	return false, false
}

// unit is what stands in brackets after a column's name.
type unit struct {
	value  Value
	titles []string
}

var units = []unit{
	{Money, []string{"元", "¥", "rmb", "cny", "人民币", "yuan"}},
	{Seconds, []string{"秒", "s", "sec", "secs", "second", "seconds"}},
	{Minutes, []string{"分", "分钟", "min", "mins", "minute", "minutes"}},
	{Hours, []string{"小时", "时", "h", "hour", "hours"}},
}

// splitUnit parts 通话时长(秒) into name and unit; other brackets belong to the name.
func splitUnit(header string) (name, word string) {
	h := Fold(header)
	if !strings.HasSuffix(h, ")") {
		return headerKey(h), ""
	}
	at := strings.LastIndex(h, "(")
	if at <= 0 {
		return headerKey(h), ""
	}
	word = strings.TrimSpace(h[at+1 : len(h)-1])
	if _, ok := unitOf(word); !ok && word != "万元" && word != "万" && word != "天" && word != "ms" && word != "毫秒" {
		return headerKey(h), ""
	}
	return headerKey(h[:at]), word
}

// unitWords are the units that a profile may state for a length of time, by what
// stands in brackets behind a header.
var unitWords = func() map[string]string {
	all := map[string]string{"ms": "ms", "毫秒": "ms"}
	for _, u := range units {
		for _, t := range u.titles {
			switch u.value {
			case Seconds:
				all[t] = "s"
			case Minutes:
				all[t] = "min"
			case Hours:
				all[t] = "h"
			}
		}
	}
	return all
}()

// UnitsOf returns the units that a profile may state for a value, by what stands
// in brackets behind a header; nil for what is no length of time.
func UnitsOf(v Value) map[string]string {
	if v == Seconds || v == Minutes || v == Hours {
		return unitWords
	}
	return nil
}

// HeaderUnit is the unit in brackets behind a header, as it stands there.
func HeaderUnit(h string) string {
	_, word := splitUnit(h)
	return word
}

// Named tells whether a header without its unit is one of the field's.
func (f Field) Named(name string) bool {
	if name == headerKey(f.Name) {
		return true
	}
	for _, h := range f.Headers {
		if headerKey(h) == name {
			return true
		}
	}
	return false
}

func unitOf(word string) (Value, bool) {
	for _, u := range units {
		for _, t := range u.titles {
			if t == word {
				return u.value, true
			}
		}
	}
	return Text, false
}

// Field returns a field of the kind by its name.
func (k Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Names returns the names of the kind's fields.
func (k Kind) Names() []string {
	var ns []string
	for _, f := range k.Fields {
		ns = append(ns, f.Name)
	}
	return ns
}

// Lookup returns a kind by its name.
func Lookup(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// KindOfFile tells by the name what kind of export a file is: an English
// prefix followed by no letter (calls-1.csv), or a Chinese one (通话记录.xlsx).
// The longest prefix wins: 考勤月汇总.xlsx is no day sheet.
func KindOfFile(name string) (Kind, bool) {
	base := Fold(name)
	var found Kind
	longest := 0
	for _, k := range Kinds() {
		for _, prefix := range k.Files {
			rest, ok := strings.CutPrefix(base, prefix)
			if ok && len(prefix) > longest && (prefix[0] >= 0x80 || rest == "" || rest[0] < 'a' || rest[0] > 'z') {
				found, longest = k, len(prefix)
			}
		}
	}
	return found, longest > 0
}
