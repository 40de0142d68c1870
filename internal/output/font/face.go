package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
)

// Face is one font: which glyph a character has and how wide it is.
type Face struct {
	Name string
	Data []byte // the whole font file; not to be changed

	unitsPerEm int
	advances   []uint16 // by glyph; the last one holds for all glyphs after it
	basic      [1 << 16]uint16
	beyond     []group // characters above U+FFFF, in order
}

// group is a run of characters with consecutive glyphs.
type group struct{ first, last, glyph uint32 }

var errShort = errors.New("font file ends too early")

// Parse reads a TrueType font; data stays in use.
func Parse(name string, data []byte) (*Face, error) {
	tables, err := directory(data)
	if err != nil {
		return nil, err
	}
	f := &Face{Name: name, Data: data}
	if err := f.readAdvances(tables); err != nil {
		return nil, err
	}
	if err := f.readCharacters(tables["cmap"]); err != nil {
		return nil, err
	}
	return f, nil
}

// directory cuts the file into its tables.
func directory(data []byte) (map[string][]byte, error) {
	if len(data) < 12 {
		return nil, errShort
	}
	tables := map[string][]byte{}
	for i := range int(u16(data, 4)) {
		entry := data[min(12+16*i, len(data)):]
		if len(entry) < 16 {
			return nil, errShort
		}
		from, size := uint64(u32(entry, 8)), uint64(u32(entry, 12))
		if from+size > uint64(len(data)) {
			return nil, errShort
		}
		tables[string(entry[:4])] = data[from : from+size]
	}
	return tables, nil
}

func (f *Face) readAdvances(tables map[string][]byte) error {
	head, hhea, hmtx := tables["head"], tables["hhea"], tables["hmtx"]
	if len(head) < 20 || len(hhea) < 36 {
		return errShort
	}
	f.unitsPerEm = int(u16(head, 18))
	n := int(u16(hhea, 34))
	if f.unitsPerEm == 0 || n == 0 || len(hmtx) < 4*n {
		return errors.New("font has no widths")
	}
	f.advances = make([]uint16, n)
	for i := range n {
		f.advances[i] = u16(hmtx, 4*i)
	}
	return nil
}

// Glyph returns the glyph of r; ok is false where the font has none.
func (f *Face) Glyph(r rune) (glyph int, ok bool) {
	switch {
	case r < 0:
		return 0, false
	case r <= 0xFFFF:
		glyph = int(f.basic[r])
	default:
		i := sort.Search(len(f.beyond), func(i int) bool { return f.beyond[i].last >= uint32(r) })
		if i < len(f.beyond) && f.beyond[i].first <= uint32(r) {
			glyph = int(f.beyond[i].glyph + uint32(r) - f.beyond[i].first)
		}
	}
	return glyph, glyph != 0
}

// Has tells whether the font can draw r.
func (f *Face) Has(r rune) bool {
	_, ok := f.Glyph(r)
	return ok
}

// Advance returns the width of r in thousandths of the type size, 0 where the
// font has no such character.
func (f *Face) Advance(r rune) int {
	glyph, ok := f.Glyph(r)
	if !ok {
		return 0
	}
	return int(f.advances[min(glyph, len(f.advances)-1)]) * 1000 / f.unitsPerEm
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }

// readCharacters reads both maps of a font as the PDF writer does: format 4 for
// the basic plane, format 12 for what lies beyond.
func (f *Face) readCharacters(cmap []byte) error {
	four, err := subtable(cmap, 4)
	if err != nil {
		return err
	}
	if err := f.readFormat4(four); err != nil {
		return err
	}
	twelve, err := subtable(cmap, 12)
	if err != nil {
		return err
	}
	return f.readFormat12(twelve)
}

// subtable finds the character map of a format.
func subtable(cmap []byte, format uint16) ([]byte, error) {
	if len(cmap) < 4 {
		return nil, errShort
	}
	for i := range int(u16(cmap, 2)) {
		if len(cmap) < 4+8*(i+1) {
			return nil, errShort
		}
		at := uint64(u32(cmap, 4+8*i+4))
		if at+16 > uint64(len(cmap)) {
			return nil, errShort
		}
		if u16(cmap, int(at)) == format {
			return cmap[at:], nil
		}
	}
	return nil, fmt.Errorf("font has no character map of format %d", format)
}

func (f *Face) readFormat4(t []byte) error {
	segments := int(u16(t, 6)) / 2
	ends, starts := 14, 16+2*segments
	deltas, offsets := starts+2*segments, starts+4*segments
	if len(t) < offsets+2*segments {
		return errShort
	}
	for s := range segments {
		first, last := int(u16(t, starts+2*s)), int(u16(t, ends+2*s))
		delta, offset := u16(t, deltas+2*s), int(u16(t, offsets+2*s))
		for c := first; c <= last && c < 0xFFFF; c++ {
			glyph := uint16(c) + delta
			if offset != 0 {
				at := offsets + 2*s + offset + 2*(c-first)
				if len(t) < at+2 {
					return errShort
				}
				if glyph = u16(t, at); glyph != 0 {
					glyph += delta
				}
			}
			f.basic[c] = glyph
		}
	}
	return nil
}

func (f *Face) readFormat12(t []byte) error {
	n := uint64(u32(t, 12))
	if uint64(len(t)) < 16+12*n {
		return errShort
	}
	for i := range int(n) {
		g := group{u32(t, 16+12*i), u32(t, 20+12*i), u32(t, 24+12*i)}
		if g.last > 0xFFFF {
			f.beyond = append(f.beyond, g)
		}
	}
	return nil
}
