package font

import (
	"encoding/binary"
	"errors"
	"maps"
	"math/bits"
	"slices"
)

// Subset returns a font with the glyphs of some characters alone, numbered anew, as
// small as a paper can carry it. Widths and outlines are those of f; what f does not
// have is left out. The same characters give the same bytes, in whatever order.
func (f *Face) Subset(characters []rune) (*Face, error) {
	tables, err := directory(f.Data)
	if err != nil {
		return nil, err
	}
	s := subset{face: f, tables: tables, number: map[int]int{0: 0}, glyphs: []int{0}}
	if err := s.choose(characters); err != nil {
		return nil, err
	}
	return Parse(f.Name, s.file())
}

// subset is a font in the making.
type subset struct {
	face   *Face
	tables map[string][]byte
	runes  []rune      // in order
	glyphs []int       // of f, by their new numbers; the first stands for what is missing
	number map[int]int // new numbers by those of f
}

// choose numbers the glyphs of the characters, and those that others are composed of.
func (s *subset) choose(characters []rune) error {
	s.runes = slices.Compact(slices.Sorted(slices.Values(characters)))
	s.runes = slices.DeleteFunc(s.runes, func(r rune) bool { return !s.face.Has(r) })
	for _, r := range s.runes {
		glyph, _ := s.face.Glyph(r)
		s.add(glyph)
	}
	for i := 0; i < len(s.glyphs); i++ { // parts of parts come behind
		outline, err := s.outline(s.glyphs[i])
		if err != nil {
			return err
		}
		if err := eachPart(outline, func(at int) { s.add(int(u16(outline, at))) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *subset) add(glyph int) {
	if _, ok := s.number[glyph]; !ok {
		s.number[glyph] = len(s.glyphs)
		s.glyphs = append(s.glyphs, glyph)
	}
}

// outline returns the drawing of a glyph of f; a blank has none.
func (s *subset) outline(glyph int) ([]byte, error) {
	loca, glyf := s.tables["loca"], s.tables["glyf"]
	size, unit := 4, 1
	if u16(s.tables["head"], 50) == 0 {
		size, unit = 2, 2
	}
	if len(loca) < size*(glyph+2) {
		return nil, errShort
	}
	place := func(i int) int {
		if size == 2 {
			return int(u16(loca, 2*i)) * unit
		}
		return int(u32(loca, 4*i))
	}
	from, to := place(glyph), place(glyph+1)
	if from > to || to > len(glyf) {
		return nil, errors.New("font has an outline outside its table")
	}
	return glyf[from:to], nil
}

// What the flags of a part say, by the standard for TrueType outlines (glyf).
const (
	wordArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	fourScales    = 1 << 7
)

// eachPart calls f with the places of the glyph numbers that an outline is composed of.
func eachPart(outline []byte, f func(at int)) error {
	if len(outline) < 10 || int16(u16(outline, 0)) >= 0 {
		return nil
	}
	for at := 10; ; {
		if at+4 > len(outline) {
			return errShort
		}
		flags := u16(outline, at)
		f(at + 2)
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return nil
		}
	}
}

// file writes the font with the tables that a reader of PDF files needs.
func (s *subset) file() []byte {
	glyf, loca := s.outlines()
	out := map[string][]byte{"glyf": glyf, "loca": loca, "cmap": s.characters(), "hmtx": s.widths()}
	for _, tag := range []string{"OS/2", "head", "hhea", "maxp", "name", "post", "prep", "cvt ", "fpgm"} {
		if t, ok := s.tables[tag]; ok {
			out[tag] = slices.Clone(t)
		}
	}
	binary.BigEndian.PutUint16(out["head"][50:], 1) // places in four bytes
	binary.BigEndian.PutUint16(out["hhea"][34:], uint16(len(s.glyphs)))
	binary.BigEndian.PutUint16(out["maxp"][4:], uint16(len(s.glyphs)))
	return assemble(out)
}

func (s *subset) outlines() (glyf, loca []byte) {
	loca = binary.BigEndian.AppendUint32(loca, 0)
	for _, g := range s.glyphs {
		outline, _ := s.outline(g) // choose has read it
		outline = slices.Clone(outline)
		eachPart(outline, func(at int) {
			binary.BigEndian.PutUint16(outline[at:], uint16(s.number[int(u16(outline, at))]))
		})
		glyf = padded(append(glyf, outline...))
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	return glyf, loca
}

// widths writes advance and left bearing of every glyph. Behind the last advance of f
// its table has bearings alone.
func (s *subset) widths() (hmtx []byte) {
	all, n := s.tables["hmtx"], len(s.face.advances)
	for _, g := range s.glyphs {
		bearing := 4*g + 2
		if g >= n {
			bearing = 4*n + 2*(g-n)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, s.face.advances[min(g, n-1)])
		hmtx = append(hmtx, all[bearing:bearing+2]...)
	}
	return hmtx
}

// characters writes both maps: format 4 for the basic plane, 12 for all.
func (s *subset) characters() []byte {
	four, twelve := s.format4(), s.format12()
	out := u16s(nil, 0, 2, 3, 1)
	out = binary.BigEndian.AppendUint32(out, 20)
	out = u16s(out, 3, 10)
	out = binary.BigEndian.AppendUint32(out, uint32(20+len(four)))
	return append(append(out, four...), twelve...)
}

func (s *subset) glyphOf(r rune) int {
	glyph, _ := s.face.Glyph(r)
	return s.number[glyph]
}

// format4 has a segment for each character, and the one that ends them.
func (s *subset) format4() []byte {
	var ends, starts, deltas, offsets []byte
	n := 0
	segment := func(r, delta uint16) {
		ends, starts, deltas, offsets = u16s(ends, r), u16s(starts, r), u16s(deltas, delta), u16s(offsets, 0)
		n++
	}
	for _, r := range s.runes {
		if r < 0xFFFF {
			segment(uint16(r), uint16(s.glyphOf(r))-uint16(r))
		}
	}
	segment(0xFFFF, 1)
	steps := bits.Len(uint(n)) - 1 // of a search by halves
	power := 1 << steps
	out := u16s(nil, 4, uint16(16+8*n), 0, uint16(2*n), uint16(2*power), uint16(steps), uint16(2*n-2*power))
	return slices.Concat(out, ends, []byte{0, 0}, starts, deltas, offsets)
}

func (s *subset) format12() []byte {
	out := u16s(nil, 12, 0)
	for _, v := range []int{16 + 12*len(s.runes), 0, len(s.runes)} {
		out = binary.BigEndian.AppendUint32(out, uint32(v))
	}
	for _, r := range s.runes {
		for _, v := range []int{int(r), int(r), s.glyphOf(r)} {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
	}
	return out
}

// assemble puts tables behind their directory, each with its check sum.
func assemble(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	out = u16s(out, uint16(len(tags)), 128, 3, uint16(16*len(tags)-128)) // 8 to 15 tables
	at := 12 + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		t := tables[tag]
		out = append(out, tag...)
		for _, v := range []uint32{sum(padded(slices.Clone(t))), uint32(at + len(body)), uint32(len(t))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = padded(append(body, t...))
	}
	return append(out, body...)
}

func sum(words []byte) (total uint32) {
	for i := 0; i < len(words); i += 4 {
		total += u32(words, i)
	}
	return total
}

// padded ends b at a word of four bytes.
func padded(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func u16s(b []byte, all ...uint16) []byte {
	for _, v := range all {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}
