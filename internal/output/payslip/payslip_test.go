package payslip

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"telepay/fixtures/papertext"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/page"
	"telepay/internal/output/pdf"
	"telepay/internal/output/phrase"
	"telepay/internal/statement"
)

var load = sync.OnceValues(pdf.Load)

func fonts(t interface{ Fatal(...any) }) *pdf.Fonts {
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var cases = []struct {
	name  string
	s     statement.Statement
	pages int
}{
	{"the sample", sample(), 2},
	{"the sample in English", english(sample()), 3},
	{"nothing happened", bare(), 1},
	{"nothing happened, in English", english(bare()), 1},
	{"60 deals and a line of 90 groups", busy(), 8},
	{"long figures", rich(), 3},
	{"long figures in English", english(rich()), 3},
	{"60 deals in English", english(busy()), 7},
	{"with a statutory part", withheld(), 3},
	{"with a statutory part, in English", english(withheld()), 3},
}

func texts(d page.Document) []page.Text {
	var out []page.Text
	for _, p := range d.Pages {
		for _, it := range p.Items {
			if t, ok := it.(page.Text); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

// rows gives the lines of a document as a reader sees them, left to right, top
// to bottom; texts of one line are parted by two blanks.
func rows(d page.Document) []string {
	var out []string
	for _, p := range d.Pages {
		all := texts(page.Document{Pages: []page.Page{p}})
		all = slices.DeleteFunc(all, func(t page.Text) bool { return t.Turned })
		sort.SliceStable(all, func(i, j int) bool {
			return all[i].Y < all[j].Y || all[i].Y == all[j].Y && all[i].X < all[j].X
		})
		for i, t := range all {
			if i > 0 && t.Y == all[i-1].Y {
				out[len(out)-1] += "  " + t.S
			} else {
				out = append(out, t.S)
			}
		}
	}
	return out
}

func TestPages(t *testing.T) {
	m := fonts(t).Metrics()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := Layout(c.s, m)
			if len(d.Pages) != c.pages {
				t.Errorf("%d pages, want %d", len(d.Pages), c.pages)
			}
			all := strings.Join(rows(d), "\n")
			for i := range d.Pages {
				zh, en := fmt.Sprintf("第 %d 页 / 共 %d 页", i+1, len(d.Pages)), fmt.Sprintf("Page %d of %d", i+1, len(d.Pages))
				if strings.Count(all, zh) != 1 || strings.Count(all, en) != 1 {
					t.Errorf("%q and %q do not stand there once", zh, en)
				}
			}
			if got := strings.Contains(all, "草稿"); got != c.s.Draft {
				t.Errorf("draft mark: %v, want %v", got, c.s.Draft)
			}
			if gaps := m.Missing(d); len(gaps) > 0 {
				t.Errorf("characters without a glyph: %v", gaps)
			}
		})
	}
}

// frameOfText is the room that a text takes, a little less than its line.
func frameOfText(m page.Metrics, t page.Text) (x1, y1, x2, y2 int) {
	w := m.Width(t.S, t.Size, t.Bold)
	x := t.X
	switch t.Align {
	case page.Right:
		x -= w
	case page.Center:
		x -= w / 2
	}
	return x, t.Y - t.Size*7/10, x + w, t.Y + t.Size/10
}

// Nothing lies outside the page, and no text lies on another.
func TestNothingIsCutOrOverprinted(t *testing.T) {
	m := fonts(t).Metrics()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for n, p := range Layout(c.s, m).Pages {
				checkPage(t, m, n+1, p)
			}
		})
	}
}

func checkPage(t interface{ Errorf(string, ...any) }, m page.Metrics, n int, p page.Page) {
	all := texts(page.Document{Pages: []page.Page{p}})
	all = slices.DeleteFunc(all, func(x page.Text) bool { return x.Turned || x.S == "▲" })
	for i, a := range all {
		x1, y1, x2, y2 := frameOfText(m, a)
		if x1 < leftEdge-1 || x2 > rightEdge+30 || y1 < 0 || y2 > mm(2880) {
			t.Errorf("page %d: %q lies outside the page", n, a.S)
		}
		if y2 > footRule && a.Size != footStyle.size {
			t.Errorf("page %d: %q lies in the foot", n, a.S)
		}
		for _, b := range all[i+1:] {
			u1, v1, u2, v2 := frameOfText(m, b)
			if x1 < u2 && u1 < x2 && y1 < v2 && v1 < y2 {
				t.Errorf("page %d: %q lies on %q", n, a.S, b.S)
			}
		}
	}
}

// What a PDF gives back is what layout put in.
func TestTextComesBackFromThePDF(t *testing.T) {
	f := fonts(t)
	for _, c := range cases[:3] {
		t.Run(c.name, func(t *testing.T) {
			d := Layout(c.s, f.Metrics())
			b, err := f.Draw(d, pdf.Meta{Title: Title(c.s), Language: c.s.Language})
			if err != nil {
				t.Fatal(err)
			}
			paper, err := papertext.Read(b)
			if err != nil {
				t.Fatal(err)
			}
			read := squeeze(paper.Raw)
			for _, x := range texts(d) {
				if !strings.Contains(read, squeeze(x.S)) {
					t.Errorf("%q does not come back", x.S)
				}
			}
		})
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestSameBytes(t *testing.T) {
	f := fonts(t)
	var files [2][]byte
	for i := range files {
		var err error
		if files[i], err = f.Draw(Layout(sample(), f.Metrics()), pdf.Meta{Title: Title(sample())}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("one statement gave two files")
	}
}

// Every figure of the statement stands on the paper.
func TestEveryFigureIsPrinted(t *testing.T) {
	s := withheld()
	all := strings.Join(rows(Layout(s, fonts(t).Metrics())), "\n")
	var want []money.Decimal
	for _, l := range s.Lines {
		want = append(want, l.Amount)
		if groupOf(l.Kind) == 3 {
			want[len(want)-1] = l.Nominal
		}
	}
	for _, r := range s.Credits {
		want = append(want, r.Amount, r.Credited)
		if r.Commission != nil {
			want = append(want, *r.Commission)
		}
	}
	for _, r := range s.Guard.Rows {
		want = append(want, r.Nominal, r.Left, r.Applied, r.Carried)
	}
	g := s.Guard
	want = append(want, g.Wage, g.Limit, g.Minimum, g.Nominal, g.Applied, g.Carried, s.Held[0].Amount, s.Held[0].UpTo,
		s.Totals.Gross, s.Totals.Payable, s.Totals.Statutory, *s.Totals.Net, s.Totals.HeldUpTo, s.Totals.CarryNext)
	for _, d := range want {
		if !strings.Contains(all, phrase.Money(d)) {
			t.Errorf("%s is not on the paper", phrase.Money(d))
		}
	}
}

// Sections 四 to 七 are never parted, and every page of deals has their head.
func TestBreaks(t *testing.T) {
	m := fonts(t).Metrics()
	d := Layout(busy(), m)
	for i, p := range d.Pages {
		all := rows(page.Document{Pages: []page.Page{p}})
		page := strings.Join(all, "\n")
		if credited := slices.ContainsFunc(all, isDeal); credited && !strings.Contains(page, "单号") {
			t.Errorf("page %d has deals and no head", i+1)
		}
		for _, pair := range [][2]string{{"四  待裁", "1,251.40"}, {"五  扣款", "限额依据"}, {"六  排名", "下月"}, {"七  确认", "签收不等于放弃异议"}} {
			if strings.Contains(page, pair[0]) && !strings.Contains(page, pair[1]) {
				t.Errorf("page %d: %s is parted from %s", i+1, pair[0], pair[1])
			}
		}
	}
}

// isDeal tells a row of section 三 by its share of a third.
func isDeal(row string) bool { return strings.Contains(row, "  1/3  ") }

func TestUnknownCharactersAreReported(t *testing.T) {
	s := sample()
	s.Person.Name = "𠮷田"
	m := fonts(t).Metrics()
	gaps := m.Missing(Layout(s, m))
	if len(gaps) == 0 || gaps[0] != (page.Missing{Rune: '𠮷', In: "𠮷田"}) {
		t.Errorf("reported %v", gaps)
	}
}

// However long names, grounds and rows are, each character stands on the paper
// and lies on no other.
func TestNoCharacterIsLost(t *testing.T) {
	m := fonts(t).Metrics()
	word := rapid.StringOfN(rapid.SampledFrom([]rune("犇喆燚骉 ab（）、，-·")), 1, 120, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := sample()
		s.Language = rapid.SampledFrom([]lang.Lang{lang.ZH, lang.EN}).Draw(t, "language")
		marks := []string{"垚", "鱻", "猋", "矗"}
		long := func(i int) string { return marks[i] + word.Draw(t, "text") + marks[i] }
		s.Station.Team = long(0)
		s.Credits[2].Why = lang.Same(long(1))
		s.Guard.Rows[0].Ground = lang.Same(long(2))
		s.Lines[2].Title = lang.Same(long(3))
		d := Layout(s, m)
		all := ""
		for _, x := range texts(d) {
			all += x.S
		}
		for i, want := range []string{s.Station.Team, s.Credits[2].Why.ZH, s.Guard.Rows[0].Ground.ZH, s.Lines[2].Title.ZH} {
			for _, r := range want {
				if !strings.ContainsRune(all, r) && r != ' ' {
					t.Fatalf("%q of %q is lost", r, want)
				}
			}
			if strings.Count(all, marks[i]) != 2 {
				t.Fatalf("%q stands there %d times", marks[i], strings.Count(all, marks[i]))
			}
		}
		for n, p := range d.Pages {
			checkPage(t, m, n+1, p)
		}
	})
}
