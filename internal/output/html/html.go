// Package html writes a document as one page of HTML that needs nothing beside
// itself: no script, no font, no picture from elsewhere. It prints on A4.
package html

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/output/phrase"
	"telepay/internal/review"
)

//go:embed style.css
var style string

// Write returns the page in one language.
func Write(d review.Document, l lang.Lang) []byte {
	p := page{l: l}
	title := html.EscapeString(d.Title.In(l))
	p.line(`<!DOCTYPE html>`)
	p.line(`<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`, l)
	p.line(`<title>%s</title><style>`, title)
	p.WriteString(style)
	p.line("</style></head><body><main>\n<h1>%s</h1>", title)
	for _, b := range d.Blocks {
		p.block(b)
	}
	p.line(`</main></body></html>`)
	return []byte(p.String())
}

type page struct {
	strings.Builder
	l lang.Lang
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) say(t lang.Text) string { return html.EscapeString(t.In(p.l)) }

func (p *page) block(b review.Block) {
	switch {
	case !b.Heading.IsEmpty():
		note := ""
		if b.Note != "" {
			note = ` <small>` + html.EscapeString(b.Note) + `</small>`
		}
		p.line("<h%d>%s%s</h%d>", b.Level+1, p.say(b.Heading), note, b.Level+1)
	case b.Table != nil:
		p.table(*b.Table)
	case b.Sum != nil:
		p.sum(*b.Sum)
	case b.Sign != nil:
		p.line(`<div class="sign">`)
		for _, s := range b.Sign {
			p.line(`<div><span>%s</span></div>`, p.say(s))
		}
		p.line(`</div>`)
	default:
		p.line("<p>%s</p>", p.say(b.Text))
	}
}

func (p *page) table(t review.Table) {
	p.line(`<table><thead><tr>`)
	p.cells("th", t.Head, t.Right)
	p.line(`</tr></thead><tbody>`)
	for _, row := range t.Rows {
		p.WriteString("<tr>")
		p.cells("td", row, t.Right)
		p.line("</tr>")
	}
	p.line(`</tbody></table>`)
}

func (p *page) cells(tag string, cells []lang.Text, right int) {
	for i, c := range cells {
		class := ""
		if i >= len(cells)-right {
			class = ` class="n"`
		}
		fmt.Fprintf(p, "<%s%s>%s</%s>", tag, class, p.say(c), tag)
	}
}

func (p *page) sum(s review.Sum) {
	p.line(`<div class="sum"><p>%s</p>`, p.say(lang.F("例: %s", "Example: %s", s.Given)))
	for _, step := range s.Steps {
		p.line("<p>%s</p>", html.EscapeString(phrase.Step(step, p.l)))
	}
	p.line(`<p class="n">%s</p></div>`, p.say(lang.F("本项 %s", "comes to %s", s.Comes)))
}
