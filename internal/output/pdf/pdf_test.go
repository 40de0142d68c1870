package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"telepay/fixtures/papertext"
	"telepay/internal/lang"
	"telepay/internal/output/page"
	"telepay/internal/period"
)

var load = sync.OnceValues(Load)

func fonts(t *testing.T) *Fonts {
	t.Helper()
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var meta = Meta{Title: "薪酬结算单 赵𬱖 2026-10", Language: lang.ZH, Created: period.MustDay("2026-10-31")}

// sheet sets texts under one another, in both weights.
func sheet(texts ...string) page.Document {
	var p page.Page
	for i, s := range texts {
		y := page.MM(200 + 60*i)
		p.Add(page.Text{X: page.MM(160), Y: y, Size: 1000, S: s},
			page.Text{X: page.MM(1100), Y: y, Size: 1000, Bold: true, S: s})
	}
	return page.Document{Width: page.A4Width, Height: page.A4Height, Pages: []page.Page{p}}
}

func draw(t *testing.T, d page.Document) []byte {
	t.Helper()
	b, err := fonts(t).Draw(d, meta)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// back reads a file back.
func back(t *testing.T, pdf []byte) *papertext.Paper {
	t.Helper()
	p, err := papertext.Read(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTextComesBack(t *testing.T) {
	texts := []string{
		"骉垚犇喆燚䶮㛃𬱖𫖯𬘭", "金人戶羽⾦⼈", "买买提·吐尔逊•", "¥ −1,909.13", "0123456789",
		"(a\\b) <c> %", "①②⑩ ÷ × = → ≥ ▲ ■", "Commission, \"A\" grade", "𠮷 is not there",
	}
	lines := back(t, draw(t, sheet(texts...))).Lines
	for i, s := range texts {
		want := strings.ReplaceAll(s, "𠮷", "〓")
		if i >= len(lines) || strings.Count(squeeze(lines[i]), squeeze(want)) != 2 {
			t.Errorf("wrote %q twice, read back %q", s, lines[min(i, len(lines)-1)])
		}
	}
}

// squeeze drops blanks.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestInfo(t *testing.T) {
	p := back(t, draw(t, sheet("a")))
	if p.Info["Title"] != "薪酬结算单 赵𬱖 2026-10" || p.Info["Producer"] != "telepay" || p.Info["CreationDate"] != "D:20261031000000Z" || p.Version != "2.0" || p.Size != "0 0 595.28 841.89" {
		t.Errorf("it says of itself %v, version %s, %s", p.Info, p.Version, p.Size)
	}
}

func TestFontsAreEmbeddedSubsets(t *testing.T) {
	b := draw(t, sheet("薪酬"))
	if len(b) > 400_000 {
		t.Errorf("a page of two characters has %d bytes: the whole font is in it", len(b))
	}
	fonts := back(t, b).Fonts
	for _, f := range fonts {
		if !strings.Contains(f.Name, "+NotoSansSC-") || !f.Embedded || !f.Unicode {
			t.Errorf("font %+v", f)
		}
	}
	if len(fonts) != 2 {
		t.Errorf("%d fonts, want 2", len(fonts))
	}
}

// TestOthersReadIt asks programs of poppler and qpdf where they are installed; with
// PDF_TOOLS set, as .ci/run does once it has them, they have to be.
func TestOthersReadIt(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(in, draw(t, sheet("薪酬", "𬱖")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"pdftotext", in, "-"}, []string{"薪酬", "𬱖"}},
		{[]string{"pdfinfo", "-isodates", in}, []string{"薪酬结算单 赵𬱖 2026-10", "Producer:        telepay", "2026-10-31", "PDF version:     2.0", "(A4)"}},
		{[]string{"pdffonts", in}, []string{"+NotoSansSC-Regular", "+NotoSansSC-Bold", "yes yes yes"}},
		{[]string{"qpdf", "--check", in}, []string{"No syntax or stream encoding errors found"}},
	} {
		if _, err := exec.LookPath(c.args[0]); err != nil {
			if os.Getenv("PDF_TOOLS") != "" && c.args[0] != "qpdf" {
				t.Errorf("%s is not installed", c.args[0])
			}
			continue
		}
		out, err := exec.Command(c.args[0], c.args[1:]...).CombinedOutput()
		for _, w := range c.want {
			if err != nil || !strings.Contains(string(out), w) {
				t.Errorf("%v does not say %q (%v):\n%s", c.args, w, err, out)
			}
		}
	}
}

// Programs that merge files take fonts of one name for one font.
func TestOtherSubsetsHaveOtherNames(t *testing.T) {
	name := func(s string) string {
		return string(regexp.MustCompile(`/BaseFont /[A-Z]{6}\+NotoSansSC-Regular`).Find(draw(t, sheet(s))))
	}
	a, b := name("应发"), name("实发")
	if a == "" || a == b || a != name("发应") {
		t.Errorf("names %q, %q and %q", a, b, name("发应"))
	}
}

// The pause is longer than a second because a library that stamps the time
// looks repeatable inside one.
func TestSameBytesLater(t *testing.T) {
	d := sheet("薪酬结算单", "𬱖")
	first := draw(t, d)
	time.Sleep(1100 * time.Millisecond)
	if !bytes.Equal(first, draw(t, d)) {
		t.Error("the same pages gave other bytes a second later")
	}
}

func TestManyAtOnce(t *testing.T) {
	d := sheet("薪酬结算单", "戶𬱖")
	want := draw(t, d)
	f := fonts(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				if got, err := f.Draw(d, meta); err != nil || !bytes.Equal(got, want) {
					t.Errorf("drawn beside others: %v, same bytes: %v", err, bytes.Equal(got, want))
				}
			}
		})
	}
	wg.Wait()
}

func TestOneWeightOnly(t *testing.T) {
	for _, bold := range []bool{false, true} {
		d := page.Document{Width: page.A4Width, Height: page.A4Height, Pages: []page.Page{{
			Items: []page.Item{page.Text{X: 5000, Y: 5000, Size: 900, Bold: bold, S: "应发"}}}}}
		if got := back(t, draw(t, d)).Raw; got != "应发" {
			t.Errorf("bold %v: read back %q", bold, got)
		}
	}
}

func TestNoPagesIsAnError(t *testing.T) {
	if _, err := fonts(t).Draw(page.Document{Width: 1, Height: 1}, meta); err == nil {
		t.Error("a document without pages was drawn")
	}
}

func TestPageWithoutText(t *testing.T) {
	d := page.Document{Width: page.A4Width, Height: page.A4Height, Pages: []page.Page{{
		Items: []page.Item{page.Rect{W: 100, H: 100, Filled: true}, page.Line{X2: 100, Width: 50}}}}}
	draw(t, d)
}

// The standard characters (通用规范汉字表) are the Han characters of Bold; 196 of
// them lie beyond the basic plane, and they are there for names.
func TestEveryStandardCharacterComesBack(t *testing.T) {
	set := fonts(t).set
	var all []rune
	for r := rune(0x3400); r < 0x30000; r++ {
		if unicode.Is(unicode.Han, r) && set.Bold.Has(r) {
			all = append(all, r)
		}
	}
	if len(all) < 8105 {
		t.Fatalf("%d characters, want the 8,105", len(all))
	}
	d := page.Document{Width: page.A4Width, Height: page.A4Height}
	var want strings.Builder
	for chunk := range slices.Chunk(all, 40*60) {
		var p page.Page
		for i, line := range slices.Collect(slices.Chunk(chunk, 40)) {
			for _, bold := range []bool{false, true} {
				y := page.MM(150 + 40*i)
				if bold {
					y += page.MM(20)
				}
				p.Add(page.Text{X: page.MM(160), Y: y, Size: 500, Bold: bold, S: string(line)})
				want.WriteString(string(line))
			}
		}
		d.Pages = append(d.Pages, p)
	}
	if got := back(t, draw(t, d)).Raw; got != want.String() {
		t.Error("some of the standard characters come back as others")
	}
}
