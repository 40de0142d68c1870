// Package payslip lays out the statement that an agent reads and signs: one
// statement.Statement comes in, the display list of its pages goes out, in the
// person's language with the other one small beside it. It never computes pay:
// every figure is one of the statement's, or a sum of figures that stand on the
// same page. It never shows a customer's name or number, and never cuts a text.
package payslip

import (
	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/statement"
)

// Title names the paper in a PDF's properties.
func Title(s statement.Statement) string {
	t := lang.F("薪酬结算单 %s %s %s", "Pay statement %s %s %s", s.Month, s.Person.ID, s.Person.Name)
	return t.In(s.Language)
}

// Layout returns the pages of a statement on A4.
func Layout(s statement.Statement, m page.Metrics) page.Document {
	l := s.Language
	if l == "" {
		l = lang.ZH
	}
	p := pen{m, l}
	sh := sheet{top: mm(211)}
	for _, b := range p.firstHead(s) {
		sh.place(b)
	}
	sh.placeTable(p.earnings(s))
	for _, n := range p.remarks(s) {
		sh.place(n)
	}
	sh.placeTable(p.scorecard(s))
	sh.placeTable(p.credits(s))
	sh.place(p.held(s))
	sh.place(p.deductions(s))
	sh.place(p.ranks(s))
	sh.place(p.signature(s))
	sh.finish(p, frameOf(s))
	return page.Document{Width: page.A4Width, Height: page.A4Height, Pages: sh.pages}
}

func frameOf(s statement.Statement) frame {
	return frame{draft: s.Draft, name: s.Person.Name, id: s.Person.ID, month: s.Month.String(),
		program: "telepay " + s.Version, plan: s.PlanHash, run: s.RunHash}
}
