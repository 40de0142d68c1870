package font

import (
	"bytes"
	"slices"
	"testing"
)

// Every character of both weights is drawn in a subset as in the whole font, part by
// part, and is as wide. Subsets hold nothing else.
func TestSubsetsDrawAlike(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*Face{set.Regular, set.Bold} {
		var all []rune
		for r := rune(0); r < 0x30000; r++ {
			if f.Has(r) {
				all = append(all, r)
			}
		}
		for chunk := range slices.Chunk(all, 997) {
			s, err := f.Subset(chunk)
			if err != nil {
				t.Fatal(err)
			}
			whole, small := readerOf(t, f), readerOf(t, s)
			for _, r := range chunk {
				was, _ := f.Glyph(r)
				is, ok := s.Glyph(r)
				if !ok || s.Advance(r) != f.Advance(r) {
					t.Fatalf("%s: %q is glyph %d, width %d, want width %d", f.Name, r, is, s.Advance(r), f.Advance(r))
				}
				sameDrawing(t, whole, small, was, is)
				if a, b := whole.bearing(was), small.bearing(is); a != b {
					t.Fatalf("%s: %q has the bearing %d, want %d", f.Name, r, b, a)
				}
			}
			if other := all[(slices.Index(all, chunk[0])+1000)%len(all)]; !slices.Contains(chunk, other) && s.Has(other) {
				t.Errorf("%s: a subset without %q has it", f.Name, other)
			}
		}
	}
}

func readerOf(t *testing.T, f *Face) *subset {
	t.Helper()
	tables, err := directory(f.Data)
	if err != nil {
		t.Fatal(err)
	}
	return &subset{face: f, tables: tables}
}

func (s *subset) bearing(glyph int) int16 {
	n := len(s.face.advances)
	if glyph < n {
		return int16(u16(s.tables["hmtx"], 4*glyph+2))
	}
	return int16(u16(s.tables["hmtx"], 4*n+2*(glyph-n)))
}

// sameDrawing compares outlines; numbers of parts differ, what they draw does not.
func sameDrawing(t *testing.T, whole, small *subset, was, is int) {
	t.Helper()
	a, errA := whole.outline(was)
	b, errB := small.outline(is)
	if errA != nil || errB != nil || len(b) < len(a) || len(b) > len(padded(slices.Clone(a))) {
		t.Fatalf("glyph %d of %d bytes is glyph %d of %d: %v, %v", was, len(a), is, len(b), errA, errB)
	}
	a, b = slices.Clone(a), slices.Clone(b[:len(a)])
	eachPart(a, func(at int) {
		sameDrawing(t, whole, small, int(u16(a, at)), int(u16(b, at)))
		copy(b[at:], a[at:at+2])
	})
	if !bytes.Equal(a, b) {
		t.Fatalf("glyph %d is drawn as another", was)
	}
}

func TestSubsetsDependOnCharactersAlone(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	a, err := set.Bold.Subset([]rune("应发合计 𬱖 12"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := set.Bold.Subset([]rune("21计 合𬱖应发应𠮷")) // the last one is in no font
	if err != nil || !bytes.Equal(a.Data, b.Data) || b.Has('𠮷') || a.Has('扣') {
		t.Error("the same characters give another font", err)
	}
	if len(a.Data) > 20_000 {
		t.Errorf("a font of ten characters has %d bytes", len(a.Data))
	}
	if empty, err := set.Regular.Subset(nil); err != nil || empty.Has('1') {
		t.Error("a font of no characters:", err)
	}
}
