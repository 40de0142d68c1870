package scan

// An id is coded one to one in 59 bits: equal codes are equal normalised texts.
// Nearly every id is digits between fixed characters, as C20261001-000123. Its
// shape, the fixed characters and the places of the digits, is numbered as it
// is first met, and the digits, 16 at most, are a number below 2^54. Of any other
// id the code is a hash, and its text is kept until it is proved that no two of them
// met in one code; see texts.go.
const (
	shapeBits  = 54
	maxDigits  = 16
	maxLength  = 32
	maxGroups  = 6
	lastShape  = 30 // numbers 1 to 30; of more digits the first ones are fixed characters
	digitPlace = '\x00'
)

// digitGroup is digits that stand side by side.
type digitGroup struct{ end, size uint8 }

// shape is a shape as it is spelled in a file.
type shape struct {
	size   int
	words  int // of fixed that hold anything
	fixed  [maxLength / 8]uint64
	mask   [maxLength / 8]uint64
	groups [maxGroups]digitGroup
	n      int
	high   uint64 // number of the shape, in place
}

// tens[i] is 10 to the power of i.
var tens = func() (t [maxDigits + 1]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

// read codes buf[from:to] if it has this shape.
func (s *shape) read(buf []byte, from, to int) (code uint64, ok bool) {
	if to-from != s.size {
		return 0, false
	}
	for i := range s.words {
		if (load(buf, from+8*i)^s.fixed[i])&s.mask[i] != 0 {
			return 0, false
		}
	}
	for _, g := range s.groups[:s.n] {
		v, ok := digits(buf, from+int(g.end), int(g.size))
		if !ok {
			return 0, false
		}
		code = code*tens[g.size] + v
	}
	return code | s.high, true
}

// run codes cells from cell first on, as long as they have this shape, and
// returns how many. Ids with one group of digits at the end, nearly all, are written out.
func (s *shape) run(cells *column, out []uint64, first int) int {
	if s.n == 1 && s.words <= 1 && int(s.groups[0].end) == s.size {
		return s.numbered(cells, out, first)
	}
	for r := range out {
		from, to := cells.inner(first + r)
		code, ok := s.read(cells.buf, from, to)
		if !ok {
			return r
		}
		out[r] = code
	}
	return len(out)
}

// numberedPortable is run for up to eight fixed characters and one group of digits
// behind them. Like mark it has a second body, which reads up to 16 characters at once.
func (s *shape) numberedPortable(cells *column, out []uint64, first int) int {
	fixed, mask, n := s.fixed[0], s.mask[0], int(s.groups[0].size)
	low, high := firstBytes[8-min(n, 8)], firstBytes[16-max(n, 8)]
	last, above := uint64(zeros), s.high // the digits before the last eight, mostly those of the id before, and their value
	for r := range out {
		from, to := cells.inner(first + r)
		if to-from != s.size || (load(cells.buf, from)^fixed)&mask != 0 {
			return r
		}
		v, ok := eightDigits(load(cells.buf, to-8)&^low | zeros&low)
		if x := load(cells.buf, to-16)&^high | zeros&high; x != last && n > 8 {
			more, good := eightDigits(x)
			if ok = ok && good; ok {
				last, above = x, more*100000000+s.high
			}
		}
		if !ok {
			return r
		}
		out[r] = v + above
	}
	return len(out)
}

// shapeOf finds the shape of an id in plain ASCII, and the key under which its
// normalised form is numbered. Letters stand before the first digit only, so that hashes
// do not use up the numbers.
func shapeOf(id []byte) (s shape, key shapeKey, ok bool) {
	n := countDigits(id)
	if n == 0 || len(id) > maxLength {
		return s, key, false
	}
	s.size, key.size = len(id), len(id)
	fixedDigits, seen := max(0, n-maxDigits), 0
	for i, c := range id {
		digit := isDigit(c)
		if c < '!' || c > '~' || !digit && seen > 0 && isLetter(c) {
			return s, key, false
		}
		if digit {
			seen++
		}
		if digit && seen > fixedDigits {
			key.form[i] = digitPlace
			ok = s.addDigit(i)
		} else {
			key.form[i] = lowerOf(c)
			ok = true
			s.fixed[i/8] |= uint64(c) << (i % 8 * 8)
			s.mask[i/8] |= 0xff << (i % 8 * 8)
			s.words = i/8 + 1
		}
		if !ok {
			return s, key, false
		}
	}
	return s, key, true
}

// shapeKey is the normalised fixed characters of a shape, digitPlace for each digit.
type shapeKey struct {
	form [maxLength]byte
	size int
}

// shapeless tells that an id has no shape, at less cost than shapeOf; where it says no,
// there may be none nevertheless.
func shapeless(id []byte) bool {
	if len(id) > maxLength {
		return true
	}
	digit := false
	for _, c := range id {
		if isLetter(c) && digit {
			return true
		}
		digit = digit || isDigit(c)
	}
	return false
}

func (s *shape) addDigit(i int) bool {
	if s.n > 0 && int(s.groups[s.n-1].end) == i {
		s.groups[s.n-1].end++
		s.groups[s.n-1].size++
		return true
	}
	if s.n == maxGroups {
		return false
	}
	s.groups[s.n] = digitGroup{uint8(i + 1), 1}
	s.n++
	return true
}

func countDigits(id []byte) (n int) {
	for _, c := range id {
		n += int(bit(isDigit(c)))
	}
	return n
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func lowerOf(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// value returns the digits of id that the shape leaves open, as a number.
func (s *shape) value(id []byte) (v uint64) {
	for _, g := range s.groups[:s.n] {
		for i := g.end - g.size; i < g.end; i++ {
			v = v*10 + uint64(id[i]-'0')
		}
	}
	return v
}
