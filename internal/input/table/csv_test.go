package table

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// Text that comes byte by byte, where nothing can be passed over, gives the rows
// and the problems that it gives as a whole.
func TestTextInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	pieces := []string{"a", "bc", "张三", ",", ",", ",", `"`, `"`, `""`, "\n", "\n", "\r\n", "\r", " ", "\t", "long text ", `"x, y"`, "\"x\r\ny\"", "\"x\ry\""}
	for range 5000 {
		var text strings.Builder
		for range r.IntN(30) {
			text.WriteString(pieces[r.IntN(len(pieces))])
		}
		lenient := r.IntN(2) == 0
		whole, bytewise := records(text.String(), lenient, false), records(text.String(), lenient, true)
		if !slices.Equal(whole, bytewise) {
			t.Fatalf("%q, lenient %v\nas a whole %q\nby bytes    %q", text.String(), lenient, whole, bytewise)
		}
	}
	for _, long := range []string{strings.Repeat("x", maxField), strings.Repeat("x", maxField+1), `"` + strings.Repeat("x\n", maxField/2) + `"`, strings.Repeat(strings.Repeat("x", maxField-1)+",", 5), strings.Repeat(",", maxColumns-1), strings.Repeat(",", maxColumns)} {
		if whole, bytewise := records("a,"+long+",b\n", false, false), records("a,"+long+",b\n", false, true); !slices.Equal(whole, bytewise) {
			t.Errorf("%.20s…: as a whole %.200q, by bytes %.200q", long, whole, bytewise)
		}
	}
}

func records(text string, lenient, byBytes bool) (out []string) {
	src := io.Reader(strings.NewReader(text))
	if byBytes {
		src = iotest.OneByteReader(src)
	}
	tok := newTokenizer(src, "x.csv")
	tok.lenient = lenient
	for {
		row, p, err := tok.next()
		if err != nil {
			return append(out, err.Error())
		}
		out = append(out, fmt.Sprintf("%d %q %v", row.Line, row.Cells, tok.at))
		if p != nil {
			out = append(out, fmt.Sprint(p.Pos, p.Code))
			if p.Code != "stray-quote" { // nothing comes behind it
				return out
			}
		}
	}
}
