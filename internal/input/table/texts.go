package table

// texts are the shared strings of a workbook, millions in a sheet of calls: their
// bytes one behind the other, in pieces that are never moved.
type texts struct {
	most     int // bytes that all of them take
	pieces   [][]byte
	begins   []uint32 // of each: its piece, and the place in it
	controls bool     // some of them have control characters
}

// A piece has room for two of the longest texts, so that a place in it needs no
// more than pieceBits; the size of all parts keeps the number of pieces in the rest.
const pieceBits = 21

func (t *texts) len() int { return len(t.begins) }

// add takes a text of at most maxField bytes; bare: all of them are, see isBare.
func (t *texts) add(text []byte, bare bool) {
	t.controls = t.controls || !bare && control(text) >= 0
	last := len(t.pieces) - 1
	if last < 0 || len(t.pieces[last])+len(text) >= 1<<pieceBits {
		t.pieces = append(t.pieces, make([]byte, 0, min(1<<pieceBits, t.most)))
		last++
	}
	t.begins = append(t.begins, uint32(last<<pieceBits+len(t.pieces[last])))
	t.pieces[last] = append(t.pieces[last], text...)
}

// at returns text i. Its bytes stay as they are.
func (t *texts) at(i int) []byte {
	begin := t.begins[i]
	piece := t.pieces[begin>>pieceBits]
	if i++; i < len(t.begins) && t.begins[i]>>pieceBits == begin>>pieceBits {
		piece = piece[:t.begins[i]&(1<<pieceBits-1)]
	}
	return piece[begin&(1<<pieceBits-1):]
}

// isControl tells of characters that no cell of text has; line ends and tabs are none.
func isControl(c byte) bool { return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f }

// control returns where the first control character of a text stands, −1 for none.
func control[text string | []byte](s text) int {
	for i := range len(s) {
		if isControl(s[i]) {
			return i
		}
	}
	return -1
}
