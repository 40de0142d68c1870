package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"

	"telepay/internal/output/font"
)

// file is what the update has to know of a file that gopdf wrote.
type file struct {
	xref    int // offset of its cross-reference table
	size    int // one above its highest object number
	root    int
	pages   int
	objects [][]byte // bodies, by number
}

var (
	endForm     = regexp.MustCompile(`trailer\n<<\n/Size (\d+)\n/Root (\d+) 0 R\n>>\nstartxref\n(\d+)\n%%EOF\n$`)
	catalogForm = regexp.MustCompile(`^<<\n  /Type /Catalog\n  /Pages (\d+) 0 R\n>>\n$`)
	fontForm    = regexp.MustCompile(`^<<\n/BaseFont /(\S+)\n/DescendantFonts \[\d+ 0 R\]\n/Encoding /Identity-H\n/Subtype /Type0\n/ToUnicode (\d+) 0 R\n/Type /Font\n>>\n$`)
	entryForm   = regexp.MustCompile(`(?m)^<([0-9A-F]{4})><([0-9A-F]{4})><([0-9A-F]{4,6})>$`)
)

// read finds trailer, objects and catalog, each exactly in the form that the
// pinned gopdf writes: a newer one that differs is to be looked at, not guessed at.
func read(raw []byte) (file, error) {
	var f file
	if !bytes.HasPrefix(raw, []byte(header17)) {
		return f, fmt.Errorf("it does not begin with %q", header17)
	}
	end := endForm.FindSubmatch(raw[max(0, len(raw)-200):])
	if end == nil {
		return f, fmt.Errorf("its trailer is another")
	}
	f.size, f.root, f.xref = number(end[1]), number(end[2]), number(end[3])
	if err := f.readObjects(raw); err != nil {
		return f, err
	}
	if f.root < 1 || f.root >= f.size {
		return f, fmt.Errorf("its trailer names object %d of %d", f.root, f.size)
	}
	cat := catalogForm.FindSubmatch(f.objects[f.root])
	if cat == nil {
		return f, fmt.Errorf("its catalog is another")
	}
	f.pages = number(cat[1])
	return f, nil
}

// readObjects cuts the file at the offsets of its table. gopdf goes on when an
// object fails to write itself, so an empty one means a broken file.
func (f *file) readObjects(raw []byte) error {
	if f.xref < 0 || f.xref > len(raw) {
		return fmt.Errorf("its cross-reference table lies outside the file")
	}
	table, ok := bytes.CutPrefix(raw[f.xref:], fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", f.size))
	const entry = len("0000000000 00000 n \n")
	if !ok || f.size < 2 || len(table) < (f.size-1)*entry {
		return fmt.Errorf("its cross-reference table is another")
	}
	f.objects = make([][]byte, f.size)
	for n := 1; n < f.size; n++ {
		from := number(table[(n-1)*entry:][:10])
		to := f.xref
		if n+1 < f.size {
			to = number(table[n*entry:][:10])
		}
		if from < 0 || from > to || to > f.xref {
			return fmt.Errorf("object %d lies outside the file", n)
		}
		body, open := bytes.CutPrefix(raw[from:to], fmt.Appendf(nil, "%d 0 obj\n", n))
		body, closed := bytes.CutSuffix(body, []byte("endobj\n\n"))
		if !open || !closed || len(body) == 0 {
			return fmt.Errorf("object %d is broken or empty", n)
		}
		f.objects[n] = body
	}
	return nil
}

// textMaps reads the maps that gopdf wrote, one for each font, and checks each
// against its font.
func (f *file) textMaps(faces []*font.Face) ([]textMap, error) {
	var maps []textMap
	for _, body := range f.objects {
		m := fontForm.FindSubmatch(body)
		if m == nil {
			continue
		}
		if len(maps) == len(faces) || string(m[1]) != family(faces[len(maps)]) {
			return nil, fmt.Errorf("font %s was not asked for", m[1])
		}
		tm, err := f.textMap(number(m[2]))
		if err != nil {
			return nil, err
		}
		if err := tm.check(faces[len(maps)]); err != nil {
			return nil, err
		}
		maps = append(maps, tm)
	}
	if n := f.countMaps(); len(maps) != len(faces) || n != len(faces) {
		return nil, fmt.Errorf("%d fonts were used, the file has %d and %d maps", len(faces), len(maps), n)
	}
	return maps, nil
}

func (f *file) countMaps() int {
	n := 0
	for _, body := range f.objects {
		if bytes.Contains(body, []byte("begincmap")) {
			n++
		}
	}
	return n
}

var announced = regexp.MustCompile(`(\d+) beginbfrange\n`)

func (f *file) textMap(object int) (textMap, error) {
	m := textMap{object: object}
	if object < 1 || object >= f.size {
		return m, fmt.Errorf("object %d of %d", object, f.size)
	}
	body := f.objects[object]
	for _, e := range entryForm.FindAllSubmatch(body, -1) {
		glyph, r := hex(e[1]), hex(e[3])
		if glyph != hex(e[2]) {
			return m, fmt.Errorf("object %d has a range of more than one glyph", object)
		}
		m.glyphs, m.runes = append(m.glyphs, glyph), append(m.runes, rune(r))
	}
	n := announced.FindSubmatch(body)
	// The code space line looks like an entry of two and is not counted.
	if n == nil || number(n[1]) != len(m.glyphs) {
		return m, fmt.Errorf("object %d has %d entries that can be read", object, len(m.glyphs))
	}
	return m, nil
}

// number and hex read digits that a form above has found; a number too large
// for an int is −1, which no check lets pass.
func number(b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return -1
	}
	return n
}

func hex(b []byte) int {
	n, err := strconv.ParseInt(string(b), 16, 32)
	if err != nil {
		return -1
	}
	return int(n)
}
