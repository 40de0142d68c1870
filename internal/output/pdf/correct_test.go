package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/signintech/gopdf"

	"telepay/internal/output/font"
)

// plain is a file as gopdf leaves it.
func plain(t *testing.T, texts ...string) []byte {
	t.Helper()
	f := fonts(t)
	var g gopdf.GoPdf
	g.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: *gopdf.PageSizeA4})
	if err := g.AddTTFFontDataWithOption(family(f.set.Regular), f.set.Regular.Data, gopdf.TtfOption{}); err != nil {
		t.Fatal(err)
	}
	g.AddPage()
	if err := g.SetFont(family(f.set.Regular), "", 10); err != nil {
		t.Fatal(err)
	}
	for _, s := range texts {
		g.SetXY(50, 50)
		if err := g.Text(s); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := g.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// When this fails, gopdf has learnt to write its own maps and correct can go.
func TestCorrectionIsStillNeeded(t *testing.T) {
	raw := plain(t, "𬱖")
	if !bytes.Contains(raw, []byte("<2CC56>")) {
		t.Error("gopdf no longer writes five bare hex digits: see whether correct is still needed")
	}
}

func TestMapsAreRight(t *testing.T) {
	f := fonts(t)
	var all strings.Builder
	n := 0
	for r := rune(0x4E00); n < 250; r++ {
		if f.set.Regular.Has(r) {
			all.WriteRune(r)
			n++
		}
	}
	all.WriteString("𬱖")
	out, err := correct(plain(t, all.String()), []*font.Face{f.set.Regular}, meta)
	if err != nil {
		t.Fatal(err)
	}
	update := out[bytes.Index(out, []byte("%%EOF"))+5:]
	g, _ := f.set.Regular.Glyph('𬱖')
	for _, want := range []string{fmt.Sprintf("<%04X> <D873DC56>\n", g), "<0000> <FFFF>", "100 beginbfchar", "51 beginbfchar",
		"/Lang (zh-CN)", "/DisplayDocTitle true", "/Title <FEFF85AA", "/Producer (telepay)", "(D:20261031000000Z)"} {
		if !bytes.Contains(update, []byte(want)) {
			t.Errorf("the update has no %q", want)
		}
	}
	if !regexp.MustCompile(`/ID \[<([0-9a-f]{32})><([0-9a-f]{32})>\]`).Match(update) {
		t.Error("the update has no file id")
	}
}

func TestOffsetsOfTheUpdate(t *testing.T) {
	f := fonts(t)
	out, err := correct(plain(t, "应发𬱖"), []*font.Face{f.set.Regular}, meta)
	if err != nil {
		t.Fatal(err)
	}
	tail := out[bytes.LastIndex(out, []byte("xref\n0 "))+1:]
	entries := regexp.MustCompile(`(?m)^(\d+) 1\n(\d{10}) 00000 n $`).FindAllSubmatch(tail, -1)
	if len(entries) != 3 {
		t.Fatalf("%d objects in the update, want catalog, map, Info", len(entries))
	}
	for _, e := range entries {
		if want := fmt.Sprintf("%d 0 obj\n", number(e[1])); !bytes.HasPrefix(out[number(e[2]):], []byte(want)) {
			t.Errorf("object %s is not at its offset", e[1])
		}
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	f := fonts(t)
	regular, both := []*font.Face{f.set.Regular}, []*font.Face{f.set.Regular, f.set.Bold}
	swap := func(from, to string) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) }
	}
	same := func(b []byte) []byte { return b }
	for _, c := range []struct {
		name  string
		faces []*font.Face
		spoil func([]byte) []byte
	}{
		{"other version", regular, swap("%PDF-1.7", "%PDF-1.6")},
		{"cut off", regular, func(b []byte) []byte { return b[:len(b)-3] }},
		{"nothing", regular, func([]byte) []byte { return nil }},
		{"one more key in the catalog", regular, swap("  /Pages 2 0 R\n>>", "  /Pages 2 0 R\n/A 1>>")},
		{"Info already there", regular, swap("/Root 1 0 R\n", "/Root 1 0 R\n/Info <<>>\n")},
		{"table elsewhere", regular, swap("startxref\n", "startxref\n9")},
		{"table far outside", regular, swap("startxref\n", "startxref\n99999999999999999999")},
		{"object moved", regular, swap("1 0 obj\n", " 1 0 obj\n")},
		{"a font that was not used", regular, swap("/BaseFont /AAAAAA+NotoSansSC-Regular\n/Desc", "/BaseFont /AAAAAA+NotoSansSC-Regulax\n/Desc")},
		{"fewer fonts than used", both, same},
		{"more fonts than used", nil, same},
		{"map cannot be read", regular, swap("<2CC56>", "<2cc56>")},
		{"map says another character", regular, swap("<2CC56>", "<2CC57>")},
		{"no map", regular, swap("begincmap", "beginxmap")},
		{"right file", regular, same},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, err := correct(c.spoil(plain(t, "应𬱖")), c.faces, meta)
			if c.name == "right file" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil {
				t.Errorf("passed with %d bytes", len(out))
			}
		})
	}
}
