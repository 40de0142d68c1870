// Package lang carries every text that people read in both languages of
// telepay, Chinese and English, and picks one of them at the last moment.
package lang

import "fmt"

// Lang is a language of the product.
type Lang string

const (
	ZH Lang = "zh-CN"
	EN Lang = "en"
)

// Parse reads a language as users write it; empty text is Chinese.
func Parse(s string) (Lang, error) {
	switch s {
	case "", "zh", "zh-CN", "zh_CN", "中文":
		return ZH, nil
	case "en", "en-US", "en-GB", "English":
		return EN, nil
	}
	return ZH, fmt.Errorf("%q is not a language of telepay; want zh-CN or en", s)
}

// Other returns the second language of a page that shows both.
func (l Lang) Other() Lang {
	if l == EN {
		return ZH
	}
	return EN
}

// Text is one thing said in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// T pairs a Chinese and an English text.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// Same is a text that reads alike in both languages: names, numbers, ids.
func Same(s string) Text { return Text{ZH: s, EN: s} }

// F fills two formats with the same arguments; arguments that are Texts are
// put in in their own language.
func F(zh, en string, args ...any) Text {
	z, e := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		z[i], e[i] = a, a
		if t, ok := a.(Text); ok {
			z[i], e[i] = t.ZH, t.EN
		}
	}
	return Text{ZH: fmt.Sprintf(zh, z...), EN: fmt.Sprintf(en, e...)}
}

// Count is a number of things: 3 in Chinese, where the measure word follows it
// in the sentence, "1 row" or "3 rows" in English.
func Count(n int, one, many string) Text {
	if n == 1 {
		many = one
	}
	return F("%d", "%d "+many, n)
}

// In returns the text in l, or in the other language where l has none.
func (t Text) In(l Lang) string {
	if l == EN && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// IsEmpty tells whether neither language says anything.
func (t Text) IsEmpty() bool { return t.ZH == "" && t.EN == "" }
