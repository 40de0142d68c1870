package phrase

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Step says one step of a derivation. A key without a phrase, or with fewer
// terms than its phrase has blanks, is said as its terms in a row; terms beyond
// the blanks follow after a semicolon.
func Step(s statement.Step, l lang.Lang) string {
	t, known := templates[s.Key]
	if !known || len(s.Terms) < t.need {
		return joined(s.Terms, " ", l)
	}
	out := fill(t.text.In(l), s.Terms, l)
	if len(s.Terms) > t.takes {
		out = strings.Join(nonEmpty(out, joined(s.Terms[t.takes:], " ", l)), semicolon(l))
	}
	return tidy.Replace(out)
}

// tidy takes out blanks beside full-width signs, which bring their own.
var tidy = strings.NewReplacer("） ", "）", " （", "（", "， ", "，", "； ", "；", "： ", "：", "。 ", "。")

// Steps says steps one after the other, parted by semicolons.
func Steps(steps []statement.Step, l lang.Lang) string {
	var all []string
	for _, s := range steps {
		all = append(all, nonEmpty(Step(s, l))...)
	}
	return strings.Join(all, semicolon(l))
}

// Term says a name, a figure, or a figure with its name before it.
func Term(t statement.Term, l lang.Lang) string {
	if !t.Figure {
		return t.Text.In(l)
	}
	return strings.Join(nonEmpty(t.Text.In(l), Figure(t.Value, t.Unit, l)), " ")
}

func semicolon(l lang.Lang) string {
	if l == lang.EN {
		return "; "
	}
	return "；"
}

func joined(terms []statement.Term, between string, l lang.Lang) string {
	var words []string
	for _, t := range terms {
		words = append(words, nonEmpty(Term(t, l))...)
	}
	return strings.Join(words, between)
}

func nonEmpty(words ...string) []string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// fill puts terms into the blanks {0} to {9} of a template. A part [3|text] is
// left out unless term 3 is there and says something other than nothing or 0;
// of {3|day|days} the first word stands where term 3 is 1, else the second.
func fill(template string, terms []statement.Term, l lang.Lang) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		switch {
		case template[i] == '{':
			blank, _, _ := strings.Cut(template[i+1:], "}")
			if n := int(blank[0] - '0'); n < len(terms) {
				b.WriteString(counted(blank[1:], Term(terms[n], l)))
			}
			i += len(blank) + 1
		case template[i] == '[':
			end := i + strings.IndexByte(template[i:], ']')
			if n := int(template[i+1] - '0'); says(terms, n) {
				b.WriteString(fill(template[i+len("[0|"):end], terms, l))
			}
			i = end
		default:
			b.WriteByte(template[i])
		}
	}
	return b.String()
}

// counted picks the word of "|day|days" that fits a number; without words it is the number.
func counted(words, number string) string {
	both := strings.Split(words, "|")
	switch {
	case len(both) < 3:
		return number
	case number == "1":
		return both[1]
	}
	return both[2]
}

// says tells whether term n is there and not empty or 0.
func says(terms []statement.Term, n int) bool {
	if n >= len(terms) {
		return false
	}
	t := terms[n]
	return t.Figure && !t.Value.IsZero() || !t.Figure && !t.Text.IsEmpty()
}
