package table

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// standard2022 holds the two-byte codes of GB 18030-2005 and -2022 that the
// library lacks or gives a private-use character: vertical punctuation and
// characters of real names such as 龴.
// Source: GB 18030-2022, table of changed two-byte codes.
var standard2022 = map[uint16]rune{
	0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13, 0xA6DD: 0xFE14, 0xA6DE: 0xFE15, 0xA6DF: 0xFE16,
	0xA6EC: 0xFE17, 0xA6ED: 0xFE18, 0xA6F3: 0xFE19, 0xA8BC: 0x1E3F, 0xA8BF: 0x01F9,
	0xFE51: 0x20087, 0xFE52: 0x20089, 0xFE53: 0x200CC, 0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6, 0xFE67: 0x9FB7,
	0xFE6C: 0x215D7, 0xFE6D: 0x9FB8, 0xFE76: 0x2298F, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA, 0xFE91: 0x241FE, 0xFEA0: 0x9FBB,
}

// twoByte maps lead and trail byte to a character; 0 is none. The table is
// filled once from the library, which decodes byte by byte and too slowly.
var twoByte = sync.OnceValue(func() *[126][256]rune {
	var t [126][256]rune
	for lead := range 126 {
		for trail := 0x40; trail < 0xff; trail++ {
			if trail != 0x7f {
				t[lead][trail] = decodeCode([]byte{byte(lead + 0x81), byte(trail)})
			}
		}
	}
	for code, r := range standard2022 {
		t[code>>8-0x81][code&0xff] = r
	}
	return &t
})

// decodeCode decodes one code by the library; 0 where it knows none.
func decodeCode(code []byte) rune {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(code)
	r, size := utf8.DecodeRune(out)
	if err != nil || r == utf8.RuneError || size != len(out) {
		return 0
	}
	return r
}

// decodeGB18030 turns GB18030 into UTF-8; bad holds a code that stands for nothing.
func decodeGB18030(dst, src []byte, end bool) (nDst, nSrc int, bad []byte) {
	table := twoByte()
	for nSrc < len(src) && nDst+utf8.UTFMax <= len(dst) {
		b := src[nSrc]
		if b < 0x80 {
			dst[nDst] = b
			nDst, nSrc = nDst+1, nSrc+1
			continue
		}
		r, size := codeGB18030(table, src[nSrc:])
		if size == 0 && !end {
			return nDst, nSrc, nil // the rest of the code is still to come
		}
		if r == 0 {
			return nDst, nSrc, src[nSrc : nSrc+max(1, size)]
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// codeGB18030 returns the character at the start of src and the length of its
// code: r 0 for a code that stands for nothing, size 0 where src ends too early.
func codeGB18030(table *[126][256]rune, src []byte) (r rune, size int) {
	if src[0] == 0x80 || src[0] == 0xff {
		return 0, 1
	}
	if len(src) < 2 {
		return 0, 0
	}
	if src[1] < '0' || src[1] > '9' {
		return table[src[0]-0x81][src[1]], 2
	}
	if len(src) < 4 {
		return 0, 0
	}
	return decodeCode(src[:4]), 4
}
