package scan

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// readAll reads text the way a scan does, and writes each row down: its line,
// its cells or what is wrong with it.
func readAll(text string, width int, opt options) (out []string) {
	src := &Source{File: "f", Open: func() (io.Reader, error) { return strings.NewReader(text), nil }, Width: width, FirstLine: 1}
	if out, ok := readRows(src, opt.filled(), false); ok {
		return out
	}
	out, ok := readRows(src, opt.filled(), true)
	if !ok {
		panic("a careful reading gives up")
	}
	return out
}

func readRows(src *Source, opt options, careful bool) (out []string, ok bool) {
	x := &export{src: src, comma: ',', careful: careful}
	x.open()
	width := src.Width
	f := &feed{exports: []*export{x}, opt: opt}
	var k block
	var split, own batch
	line := int32(1)
	for f.next(&k) {
		b := split.split(&k, x, &own, f.opt.record)
		if b == nil {
			return nil, false
		}
		for r := range b.rows {
			if len(b.why) > 0 && b.why[r] != fine {
				out = append(out, fmt.Sprintf("%d %s %d", line+b.line(r), reasonWords[b.why[r]], b.found[r]))
				continue
			}
			var cells []string
			for c := range width {
				cells = append(cells, b.text(r, c))
			}
			out = append(out, fmt.Sprintf("%d %q", line+b.line(r), cells))
		}
		line += int32(b.height)
	}
	return out, f.err == nil
}

func TestRowsOfIrregularText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"plain", "a,b\nc,d\n", []string{`1 ["a" "b"]`, `2 ["c" "d"]`}},
		{"no newline at the end", "a,b\nc,d", []string{`1 ["a" "b"]`, `2 ["c" "d"]`}},
		{"CRLF", "a,b\r\nc,\r\n", []string{`1 ["a" "b"]`, `2 ["c" ""]`}},
		{"CR alone", "a,b\rc,d\r", []string{`1 ["a" "b"]`, `2 ["c" "d"]`}},
		{"mixed ends", "a,b\r\nc,d\re,f\n", []string{`1 ["a" "b"]`, `2 ["c" "d"]`, `3 ["e" "f"]`}},
		{"blank lines", "\na,b\n\n\r\nc,d\n\n", []string{`2 ["a" "b"]`, `5 ["c" "d"]`}},
		{"newline in quotes", "\"a\nx\",b\nc,d\n", []string{`1 ["a\nx" "b"]`, `3 ["c" "d"]`}},
		{"doubled quotes", "\"a\"\"\",\"\"\n", []string{`1 ["a\"" ""]`}},
		{"too few, too many", "a\na,b,c\nd,e\n", []string{`1 ragged-row 1`, `2 ragged-row 3`, `3 ["d" "e"]`}},
		{"quote inside a bare cell", "a\"x,b\nc,\"d\"\n", []string{`1 ["a\"x" "b"]`, `2 ["c" "d"]`}},
		{"text behind a closing quote", "\"a\"x,b\nc,d\n", []string{`1 stray-quote 0`, `2 ["c" "d"]`}},
		{"blanks behind a closing quote", "\"a\" ,\"b\"\t\nc,\"d\" x\ne,f\n", []string{`1 ["a" "b"]`, `2 stray-quote 0`, `3 ["e" "f"]`}},
		{"quote never closed", "a,b\n\"c,d\ne,f\n", []string{`1 ["a" "b"]`, `2 stray-quote 0`, `3 ["e" "f"]`}},
		{"quote closed by the next row's", "\"a,b\n\"c\",d\ne,f\n", []string{`1 stray-quote 0`, `2 ["c" "d"]`, `3 ["e" "f"]`}},
		{"stray quote before good multi-line cells", "a,\"b\n\"x\ny\",d\n", []string{`1 stray-quote 0`, `2 ["x\ny" "d"]`}},
		{"quoted cell, CR alone", "\"a\",\"b\"\rc,d\r", []string{`1 ["a" "b"]`, `2 ["c" "d"]`}},
		{"last cell quoted, no newline", "a,\"b\"", []string{`1 ["a" "b"]`}},
		{"nothing", "", nil},
		{"only blank lines", "\n\r\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for block := 1; block < 40; block++ {
				if got := readAll(c.text, 2, options{block: block, record: 1 << 10}); !slices.Equal(got, c.want) {
					t.Fatalf("block %d: %q, want %q", block, got, c.want)
				}
			}
		})
	}
}

func TestRowsOfOneColumn(t *testing.T) {
	want := []string{`1 ["a"]`, `2 ["b"]`, `4 ["c"]`, `5 ragged-row 2`}
	for block := 1; block < 20; block++ {
		if got := readAll("a\rb\n\nc\r\nd,e\n", 1, options{block: block, record: 1 << 10}); !slices.Equal(got, want) {
			t.Fatalf("block %d: %q, want %q", block, got, want)
		}
	}
}

func TestLongRowsAreRefused(t *testing.T) {
	long := strings.Repeat("x", 300)
	text := "a,b\n\"" + long + "\n" + long + "\",c\nd,e\nf,\"" + long + "\ng,h\n"
	want := []string{`1 ["a" "b"]`, `2 stray-quote 0`, `3 long-row 0`, `4 ["d" "e"]`, `5 stray-quote 0`, `6 ["g" "h"]`}
	for _, block := range []int{16, 50, 200} {
		if got := readAll(text, 2, options{block: block, record: 200}); !slices.Equal(got, want) {
			t.Errorf("block %d: %q, want %q", block, got, want)
		}
	}
}

// FuzzRows holds the block reader against encoding/csv wherever that accepts a
// text, and against itself at other block sizes always.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d\n", "\"a\"\"\",b\r\n,\n", "\"a\nb\",c\n\"\",\"\"", "a\"b,c\n\"d\"e,f\n", "\r\n\ra,\"b\r", "\"a\",\"\"\"\"\r\nb,c", "\"\n,\",\"x\"\n"} {
		f.Add(seed, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		width := 1 + strings.Count(strings.SplitN(text, "\n", 2)[0], ",")
		whole := readAll(text, width, options{block: 1 << 16, record: 1 << 16})
		small := readAll(text, width, options{block: 1 + int(size), record: 1 << 16})
		if !slices.Equal(whole, small) {
			t.Fatalf("blocks of %d bytes give %q, one block gives %q", 1+int(size), small, whole)
		}
		if want, ok := csvRows(text, width); ok && !slices.Equal(whole, want) {
			t.Fatalf("%q, encoding/csv reads %q", whole, want)
		}
	})
}

// csvRows reads text with encoding/csv; ok is false where that refuses it, or
// where the two differ by intent: CR alone, and CRLF in quotes.
func csvRows(text string, width int) (out []string, ok bool) {
	if strings.Count(text, "\r") != 0 || len(text) > 1<<15 {
		return nil, false
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return out, true
		}
		if err != nil {
			return nil, false
		}
		line, _ := r.FieldPos(0)
		if len(cells) != width {
			out = append(out, fmt.Sprintf("%d ragged-row %d", line, len(cells)))
		} else {
			out = append(out, fmt.Sprintf("%d %q", line, cells))
		}
	}
}
