package scan

import (
	"encoding/binary"

	"telepay/internal/query"
)

// nodeOp is what a node of the filter graph tests.
type nodeOp uint8

const (
	allOf nodeOp = iota
	anyOf
	noneOf
	wordIn
	wordFilled
	idIn
	idFilled
	agentIn
	agentFilled
	numberBelow
	numberUpTo
	numberAbove
	numberFrom
	isConnected
)

// node gives one byte per row, 1 where it passes. A missing value passes no leaf.
type node struct {
	op     nodeOp
	kids   []int
	at     int // column in its class
	number int64
	codes  []uint64 // sorted
	table  []byte   // the same codes of words and agents as a table: no text is compared per row
	set    *codeSet // the same codes of ids where they are many
}

// evaluate fills the masks of all nodes for the rows of f, children first. Masks
// are as long as the rows rounded up to eight; what lies beyond is never read.
func (p *program) evaluate(f *frame) {
	for len(f.masks) < len(p.nodes) {
		f.masks = append(f.masks, nil)
	}
	for i := range p.nodes {
		f.masks[i] = sized8(f.masks[i], f.rows)
		p.nodes[i].pass(f.masks[i], f)
	}
}

func sized8(mask []byte, rows int) []byte { return grown(mask, (rows+7)&^7) }

// grown returns s with length n; what it holds does not matter.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4+64)
	}
	return s[:n]
}

// pass fills out with what n says of each row.
func (n *node) pass(out []byte, f *frame) {
	switch n.op {
	case allOf:
		combine(out, n.kids, f.masks, eachByte, and)
	case anyOf:
		combine(out, n.kids, f.masks, 0, or)
	case noneOf:
		combine(out, n.kids, f.masks, eachByte, andNot)
	case wordIn:
		inTable(out, f.words[n.at][:f.rows], n.table)
	case agentIn:
		inTable(out, f.agent[:f.rows], n.table)
	case wordFilled:
		filledCodes(out, f.words[n.at][:f.rows])
	case agentFilled:
		filledCodes(out, f.agent[:f.rows])
	case idIn:
		inCodes(out, f.ids[n.at][:f.rows], n)
	case idFilled:
		copy(out, f.filled[n.at][:f.rows])
	case isConnected:
		copy(out, f.connected[:f.rows])
	default:
		if n.at >= len(numberFields) {
			compare(out, f.own[n.at-len(numberFields)][:f.rows], n, -query.MostOwn)
			return
		}
		compare(out, f.compared(n)[:f.rows], n, 0)
	}
}

// bitwise is how two masks of eight rows become one.
type bitwise uint8

const (
	and bitwise = iota
	or
	andNot
)

// combine works on eight rows a word.
func combine(out []byte, kids []int, masks [][]byte, begin uint64, how bitwise) {
	for i := 0; i+8 <= len(out); i += 8 {
		w := begin
		for _, k := range kids {
			x := binary.LittleEndian.Uint64(masks[k][i:])
			switch how {
			case and:
				w &= x
			case or:
				w |= x
			default:
				w &^= x
			}
		}
		binary.LittleEndian.PutUint64(out[i:], w)
	}
}

// inTable looks codes up; odd ones are never in. Nearly every column has few words,
// in no order: with 256 places, whether a code is beyond them is no branch.
func inTable(out []byte, codes []uint32, table []byte) {
	out = out[:len(codes)]
	if len(table) <= 256 {
		var all [256]byte
		copy(all[:], table)
		for r, c := range codes {
			out[r] = all[uint8(c)] & bit(c < 256)
		}
		return
	}
	for r, c := range codes {
		if int(c) < len(table) {
			out[r] = table[c]
		} else {
			out[r] = 0
		}
	}
}

func filledCodes(out []byte, codes []uint32) {
	out = out[:len(codes)]
	for r, c := range codes {
		out[r] = bit(c != 0)
	}
}

// few is how many codes are compared one by one.
const few = 8

func inCodes(out []byte, codes []uint64, n *node) {
	out = out[:len(codes)]
	clear(out)
	if n.set != nil {
		for r, c := range codes {
			out[r] = bit(c != 0 && n.set.has(c))
		}
		return
	}
	for _, w := range n.codes {
		for r, c := range codes {
			out[r] |= bit(c == w)
		}
	}
}

// compared is the column that a node compares. Whether there is any talk is known
// of rows that stand for many calls, too.
func (f *frame) compared(n *node) []int32 {
	if f.counts != nil && n.at == numTalk && n.op == numberFrom && n.number == 0 {
		return f.sums
	}
	return f.nums[n.at]
}

// compare tests a number; missing ones are below the least and never pass.
func compare[T int32 | int64](out []byte, values []T, n *node, least T) {
	out = out[:len(values)]
	switch n.op {
	case numberBelow:
		for r, v := range values {
			out[r] = bit(int64(v) < n.number) & bit(v >= least)
		}
	case numberUpTo:
		for r, v := range values {
			out[r] = bit(int64(v) <= n.number) & bit(v >= least)
		}
	case numberAbove:
		for r, v := range values {
			out[r] = bit(int64(v) > n.number) & bit(v >= least)
		}
	case numberFrom:
		for r, v := range values {
			out[r] = bit(int64(v) >= n.number) & bit(v >= least)
		}
	}
}

// bit compiles to a flag, not to a branch.
func bit(b bool) byte {
	var v byte
	if b {
		v = 1
	}
	return v
}
