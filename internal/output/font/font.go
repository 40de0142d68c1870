// Package font holds the two weights of Noto Sans SC that telepay prints with,
// and reads from them what layout needs: which characters have a glyph, and how
// wide each is. Font files come in, numbers and smaller fonts go out; it never
// draws and never changes an outline.
//
// Both files are prepared: every character has a glyph of its own, so that text
// copied out of a PDF is the text that was put in (one shared glyph would turn
// 金 into the radical ⾦). Source: Noto Sans SC 2.004-H2, the Bold cut to Latin,
// symbols and 通用规范汉字表; under the SIL Open Font License (OFL.txt).
package font

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

//go:embed NotoSansSC-Regular.ttf.gz
var regularGz []byte

//go:embed NotoSansSC-Bold.ttf.gz
var boldGz []byte

// Licence is the text that has to travel with the fonts.
//
//go:embed OFL.txt
var Licence string

// Set is the two weights. Bold has no Han characters outside the 8,105 of
// 通用规范汉字表; whoever draws takes Regular for those.
type Set struct {
	Regular *Face
	Bold    *Face
}

// Load unpacks the built-in fonts, once per process: about 70 ms, so nothing is
// unpacked until somebody prints.
var Load = sync.OnceValues(func() (*Set, error) {
	regular, err := unpack("NotoSansSC-Regular", regularGz)
	if err != nil {
		return nil, err
	}
	bold, err := unpack("NotoSansSC-Bold", boldGz)
	if err != nil {
		return nil, err
	}
	return &Set{Regular: regular, Bold: bold}, nil
})

func unpack(name string, gz []byte) (*Face, error) {
	r, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		return nil, fmt.Errorf("built-in font %s: %w", name, err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("built-in font %s: %w", name, err)
	}
	face, err := Parse(name, data)
	if err != nil {
		return nil, fmt.Errorf("built-in font %s: %w", name, err)
	}
	return face, nil
}
