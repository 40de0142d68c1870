package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"telepay/internal/lang"
	"telepay/internal/output/font"
	"telepay/internal/period"
)

// gopdf writes characters beyond U+FFFF into its text maps as five bare hex
// digits, so that every 𬱖 comes out wrong when text is copied or searched, and
// it knows neither language nor file id. correct appends what PDF calls an
// incremental update: new text maps, catalog and Info behind the finished file,
// no offset of which moves. A file that does not look as expected is refused.
func correct(raw []byte, faces []*font.Face, meta Meta) ([]byte, error) {
	f, err := read(raw)
	if err != nil {
		return nil, fmt.Errorf("pdf: the written file is not as expected: %w", err)
	}
	maps, err := f.textMaps(faces)
	if err != nil {
		return nil, fmt.Errorf("pdf: text maps: %w", err)
	}
	raw = bytes.Replace(raw, []byte(header17), []byte(header20), 1)
	for i, m := range maps {
		name := faces[i].Name
		raw = bytes.ReplaceAll(raw, []byte("/"+openTag+name), []byte("/"+m.tag()+name))
	}
	u := update{out: bytes.NewBuffer(raw)}
	u.object(f.root, catalog(f.pages, meta.Language))
	for _, m := range maps {
		body := m.program()
		u.object(m.object, fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(body), body))
	}
	u.object(f.size, info(meta))
	return u.finish(f), nil
}

const (
	header17 = "%PDF-1.7\n"
	header20 = "%PDF-2.0\n"
)

// update collects the appended objects.
type update struct {
	out   *bytes.Buffer
	table bytes.Buffer // their cross-reference entries
}

func (u *update) object(number int, body string) {
	fmt.Fprintf(&u.table, "%d 1\n%010d 00000 n \n", number, u.out.Len())
	fmt.Fprintf(u.out, "%d 0 obj\n%s\nendobj\n\n", number, body)
}

// finish writes the cross-reference table and the trailer. The file id is taken
// from the contents, so that equal papers are equal files.
func (u *update) finish(f file) []byte {
	at := u.out.Len()
	fmt.Fprintf(u.out, "xref\n%s", u.table.Bytes())
	sum := sha256.Sum256(u.out.Bytes())
	fmt.Fprintf(u.out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d /ID [<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		f.size+1, f.root, f.size, f.xref, sum[:16], sum[:16], at)
	return u.out.Bytes()
}

func catalog(pages int, l lang.Lang) string {
	if l == "" {
		l = lang.ZH
	}
	return fmt.Sprintf("<</Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences <</DisplayDocTitle true>>>>", pages, l)
}

func info(meta Meta) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<</Title <FEFF%s> /Producer (%s)", utf16Hex(meta.Title), Producer)
	if meta.Created != period.NoDay {
		fmt.Fprintf(&b, " /CreationDate (D:%s000000Z)", strings.ReplaceAll(meta.Created.String(), "-", ""))
	}
	b.WriteString(">>")
	return b.String()
}

// utf16Hex writes text as big-endian UTF-16, in hex.
func utf16Hex(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// textMap says which character each glyph of one embedded font stands for.
type textMap struct {
	object int
	glyphs []int
	runes  []rune
}

// tag is six letters drawn from the characters of the subset: programs that
// merge files take two fonts of one name for one font.
func (m textMap) tag() string {
	sorted := slices.Sorted(slices.Values(m.runes))
	sum := sha256.Sum256([]byte(string(sorted)))
	tag := []byte(openTag)
	for i := range 6 {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// program writes the map anew, at most 100 entries a block as the standard asks.
func (m textMap) program() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for at := 0; at < len(m.glyphs); at += 100 {
		end := min(at+100, len(m.glyphs))
		fmt.Fprintf(&b, "%d beginbfchar\n", end-at)
		for i := at; i < end; i++ {
			fmt.Fprintf(&b, "<%04X> <%s>\n", m.glyphs[i], utf16Hex(string(m.runes[i])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}

// check tells whether every glyph of the map is the one that face has for its
// character: the last net before a page would say one thing and copy another.
func (m textMap) check(face *font.Face) error {
	if len(m.glyphs) == 0 {
		return errors.New("a map without characters")
	}
	for i, r := range m.runes {
		if g, ok := face.Glyph(r); !ok || g != m.glyphs[i] {
			return fmt.Errorf("%U is mapped to glyph %d, font %s has it at %d", r, m.glyphs[i], face.Name, g)
		}
	}
	return nil
}
