package scan

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"telepay/internal/query"
)

func TestLoweredOverAllBytes(t *testing.T) {
	for _, word := range []string{"aZ@[`{09", "ZZZZZZZZ", "~~~~~~~~"} {
		everyByte(word, func(b []byte) {
			if bytes.ContainsFunc(b, func(r rune) bool { return r >= 0x80 }) {
				return // never asked
			}
			var got [8]byte
			binary.LittleEndian.PutUint64(got[:], lowered(binary.LittleEndian.Uint64(b)))
			if want := bytes.ToLower(b); !bytes.Equal(got[:], want) {
				t.Fatalf("%q in lower case is %q, want %q", b, got, want)
			}
		})
	}
}

func TestEightHexOverAllBytes(t *testing.T) {
	for _, word := range []string{"00000000", "ffffffff", "9a8b7c6d", "FFFFFFFF", "A0B1C2D3", "\x10\x11\x19\x41\x46\x47\x06\x01", "\x40\x57\x60\x67\x3a\x3f\x2f\x70", "a9a9a9a9"} {
		everyByte(word, func(b []byte) {
			four, ok := eightHex(binary.LittleEndian.Uint64(b))
			want, err := hex.DecodeString(string(b))
			if good := err == nil; ok != good {
				t.Fatalf("%q read as hexadecimal: %v", b, ok)
			} else if ok && four != binary.LittleEndian.Uint32(want) {
				t.Fatalf("%q read as %x", b, four)
			}
		})
	}
}

// Packed texts are equal where the texts are, and only there; a cell with any byte at
// any place is coded as its text is.
func TestPackedTextsAreOneToOne(t *testing.T) {
	texts := map[string]string{}
	for _, id := range []string{
		"550e8400-e29b-41d4-a716-446655440000", "550e8400e29b41d4a716446655440000", "x550e8400-e29b-41d4-a716-446655440000",
		"ca550e8400e29b41d4a716446655440000", "5f2b9c1d3e4a5b6c7d8e9f0a", "1a", strings.Repeat("7b", 32),
	} {
		c := newCoder()
		for at := range 256 * len(id) {
			b := []byte(id)
			b[at/256] = byte(at)
			if c := byte(at); c < '!' || c > '~' || c == '"' {
				continue
			}
			text := query.Normal(string(b))
			packed := string(pack(nil, []byte(text)))
			if other, ok := texts[packed]; ok && other != text {
				t.Fatalf("%q and %q are packed alike", text, other)
			}
			texts[packed] = text
			out := []uint64{0}
			w := codeReader{coder: c}
			if w.column(oneCell(string(b)), 0, out); out[0] != c.code(text, nil) {
				t.Fatalf("%q is not coded as its text is", b)
			}
		}
	}
}

// Two ids that meet in one code are found, wherever their texts were kept.
func TestMetCodesAreFound(t *testing.T) {
	for _, budget := range []int{1, 100 << 10, 1 << 30} {
		for _, weak := range []int{0, 1} {
			e, err := newEngine(jobOf(fullSet(), nil, nil), options{workers: 2, budget: budget, weak: weak}.filled(), nil)
			if err != nil {
				t.Fatal(err)
			}
			p := e.newPass(nil, nil)
			for i := range 20_000 {
				id := fmt.Sprintf("5f2b-%06d-id", i%15_000)
				if code := e.coder.code(id, &p.workers[i%2].texts); code>>shapeBits != hashedKind {
					t.Fatalf("%q has the code %x", id, code)
				}
			}
			if err := e.proveCodes(p); (err != nil) != (weak > 0) {
				t.Errorf("budget %d, weak %d: %v", budget, weak, err)
			}
		}
	}
}
