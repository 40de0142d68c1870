package scan

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// everyByte calls f with each byte value at each of eight places of word.
func everyByte(word string, f func(b []byte)) {
	for place := range 8 {
		for v := range 256 {
			b := []byte(word)
			b[place] = byte(v)
			f(b)
		}
	}
}

func TestZeroBytesOverAllBytes(t *testing.T) {
	for _, word := range []string{"12345678", "\x00\x01\x00\x01\x00\x01\x00\x01", "\x80\x00\x80\x00\x80\x00\x80\x00", "\xff\x01\xff\x01\xff\x01\xff\x01"} {
		everyByte(word, func(b []byte) {
			var want uint64
			for i, c := range b {
				if c == 0 {
					want |= 1 << i
				}
			}
			if got := gather(zeroBytes(binary.LittleEndian.Uint64(b))); got != want {
				t.Fatalf("zero bytes of %q: %08b, want %08b", b, got, want)
			}
		})
	}
}

func TestGatherOverAllMasks(t *testing.T) {
	for mask := range 256 {
		var x uint64
		for i := range 8 {
			if mask>>i&1 == 1 {
				x |= 0x80 << (8 * i)
			}
		}
		if got := gather(x); got != uint64(mask) {
			t.Fatalf("gather(%016x) = %08b, want %08b", x, got, mask)
		}
	}
}

func isNumber(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func TestEightDigitsOverAllBytes(t *testing.T) {
	for _, word := range []string{"00000000", "99999999", "12345678", "90817263", "99\xfa99\xfa99"} {
		everyByte(word, func(b []byte) {
			n, ok := eightDigits(binary.LittleEndian.Uint64(b))
			if ok != isNumber(b) {
				t.Fatalf("%q read as digits: %v", b, ok)
			}
			if want, _ := strconv.ParseUint(string(b), 10, 64); ok && n != want {
				t.Fatalf("%q read as %d", b, n)
			}
		})
	}
}

func TestDigitsOfEveryLength(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; n <= 16; n++ {
		for range 200 {
			text := ""
			for range n {
				text += strconv.Itoa(r.IntN(10))
			}
			buf := []byte("x,9\"\xff000,-+ab,:/," + text)
			got, ok := digits(buf, len(buf), n)
			if want, _ := strconv.ParseUint(text, 10, 64); !ok || got != want {
				t.Fatalf("%q read as %d, %v", text, got, ok)
			}
			at := len(buf) - 1 - r.IntN(n)
			for v := range 256 {
				buf[at] = byte(v)
				if _, ok := digits(buf, len(buf), n); ok != isNumber(buf[len(buf)-n:]) {
					t.Fatalf("%q read as digits: %v", buf[len(buf)-n:], ok)
				}
			}
		}
	}
}

func TestClockOverAllBytes(t *testing.T) {
	for _, word := range []string{"00:00:00", "23:59:59", "19:05:10", "24:00:00", "10:60:00", "10:00:60"} {
		everyByte(word, func(b []byte) {
			got, ok := clockOf(binary.LittleEndian.Uint64(b))
			want, good := slowClock(string(b))
			if ok != good || ok && got != want {
				t.Fatalf("%q read as %d, %v; want %d, %v", b, got, ok, want, good)
			}
		})
	}
}

func slowClock(s string) (int32, bool) {
	h, m, c := s[:2], s[3:5], s[6:]
	if s[2] != ':' || s[5] != ':' || !isNumber([]byte(h+m+c)) {
		return 0, false
	}
	hh, _ := strconv.Atoi(h)
	mm, _ := strconv.Atoi(m)
	ss, _ := strconv.Atoi(c)
	return int32(hh*3600 + mm*60 + ss), hh < 24 && mm < 60 && ss < 60
}

// Both bodies read ids of every size with 0 to 8 fixed characters, and end at the
// same one where a byte at any place is any other.
func TestNumberedOverAllBytes(t *testing.T) {
	for size := 1; size <= 24; size++ {
		for fixed := max(0, size-maxDigits); fixed <= min(8, size-1); fixed++ {
			good := "Ab-#x_Z."[:fixed] + "918273645546372819"[:size-fixed]
			s, _, ok := shapeOf([]byte(good))
			if !ok {
				t.Fatalf("%q has no shape", good)
			}
			s.high = 3 << shapeBits
			for place := range size {
				for v := range 256 {
					bad := []byte(good)
					bad[place] = byte(v)
					text, cells := strings.Repeat("9", pad-1), column{width: 1}
					for _, id := range []string{good, string(bad), good, "9" + good, ""} {
						cells.pos = append(cells.pos, int32(len(text)))
						text += "," + id
					}
					cells.buf = []byte(text + strings.Repeat("9", slack))
					a, b, want := make([]uint64, 4), make([]uint64, 4), make([]uint64, 0, 4)
					for _, id := range []string{good, string(bad), good} {
						if code, ok := s.read([]byte(strings.Repeat(" ", pad)+id+strings.Repeat(" ", slack)), pad, pad+size); ok {
							want = append(want, code)
						} else {
							break
						}
					}
					n, m := s.numberedPortable(&cells, a, 0), s.numbered(&cells, b, 0)
					if n != m || !slices.Equal(a[:n], want) || !slices.Equal(b[:n], want) {
						t.Fatalf("%q: %v and %v, want %v", text, a[:n], b[:m], want)
					}
				}
			}
		}
	}
}

// Both bodies read numbers of every length, bare and in quotes, with every byte at
// every place, and stop at what readNumber has to look at.
func TestWholesOverAllBytes(t *testing.T) {
	for size := 0; size <= 9; size++ {
		for _, quote := range []string{"", `"`} {
			for at := range 256 * max(size, 1) {
				text := []byte("918273645"[:size])
				if size > 0 {
					text[at/256] = byte(at)
				}
				want, err := strconv.Atoi(string(text))
				digits := err == nil && text[0] >= '0' && size < 9
				if size == 0 {
					want, digits = int(missing), true
				}
				if quote == "" && size > 0 && text[0] == '"' {
					continue // no bare cell begins so
				}
				buf := strings.Repeat("9", pad) + ",77," + quote + string(text) + quote + ",8,"
				b := int32(pad + 4 + size + 2*len(quote))
				cells := column{buf: []byte(buf + strings.Repeat("9", slack)), pos: []int32{pad, pad + 3, b, b + 2}, width: 1, quote: '"'}
				for name, body := range map[string]func(*column, []int32, int) int{"portable": wholesPortable, "wide": wholes} {
					out := make([]int32, 3)
					n := body(&cells, out, 0)
					if digits != (n == 3) || !digits && n != 1 || out[0] != 77 || digits && (out[1] != int32(want) || out[2] != 8) {
						t.Fatalf("%s: %q: %d cells, %v", name, text, n, out)
					}
				}
			}
		}
	}
}

// Spellings, ids, numbers and instants are the same in quotes and bare.
func TestInnerCells(t *testing.T) {
	text := strings.Repeat("x", pad) + `,"ab","",a,"` + strings.Repeat("x", slack)
	cells := column{buf: []byte(text), pos: []int32{pad, pad + 5, pad + 8, pad + 10, pad + 12}, width: 1, quote: '"'}
	for r, want := range []string{"ab", "", "a"} {
		if from, to := cells.inner(r); text[from:to] != want {
			t.Errorf("cell %d is %q", r, text[from:to])
		}
	}
	cells.quote = 1 << 8 // all bare: a quote is a character
	if from, to := cells.inner(0); text[from:to] != `"ab"` {
		t.Errorf("a bare cell is %q", text[from:to])
	}
}

// An instant behind one of the same minute is read as if it stood alone, whatever
// byte is at any place.
func TestInstantsOverAllBytes(t *testing.T) {
	layouts := []layout{newLayout(defaultLayout, time.UTC)}
	for at := range 256 * len(defaultLayout) {
		const good = "2026-10-31 12:07:19"
		bad := []byte(good)
		bad[at/256] = byte(at)
		text, pos := strings.Repeat("x", pad), []int32{}
		for _, cell := range []string{good, string(bad), good, ""} {
			pos = append(pos, int32(len(text)))
			text += "," + cell
		}
		b := &batch{buf: []byte(text + strings.Repeat("x", slack)), pos: pos, rows: 3, width: 1, plain: true}
		var d, alone dateReader
		days, clock := make([]int32, 3), make([]int32, 3)
		d.column(b, 0, layouts, days, clock)
		for r := range 3 {
			from, to := b.bounds(r, 0)
			if day, second := alone.read(b, from, to, layouts); days[r] != day || day != badDay && clock[r] != second {
				t.Fatalf("%q: row %d is day %d, second %d; alone %d, %d", bad, r, days[r], clock[r], day, second)
			}
		}
	}
}
