// Package pdf draws a display list as a PDF file. Pages come in, bytes go out:
// the same pages and Meta give the same bytes, at any time and from any number
// of goroutines. Text can be selected, searched and copied exactly, whatever
// plane of Unicode a name comes from. It never lays out, never reads the clock,
// and never hands out a file whose text it could not make right.
package pdf

import (
	"bytes"
	"fmt"

	"github.com/signintech/gopdf"

	"telepay/internal/lang"
	"telepay/internal/output/font"
	"telepay/internal/output/page"
	"telepay/internal/period"
)

// Producer is the program named in every file.
const Producer = "telepay"

// Meta is what a file says about itself.
type Meta struct {
	Title    string
	Language lang.Lang
	Created  period.Day // a day of the run's month, never today; NoDay leaves it out
}

// Fonts is the unpacked fonts, shared by all documents.
type Fonts struct{ set *font.Set }

// Load unpacks and parses the built-in fonts; call it once.
func Load() (*Fonts, error) {
	set, err := font.Load()
	if err != nil {
		return nil, err
	}
	return &Fonts{set}, nil
}

// Metrics measures text as Draw will draw it.
func (f *Fonts) Metrics() page.Metrics { return page.NewMetrics(f.set) }

// Draw returns the file. Characters that no font has are drawn as 〓; ask
// Metrics().Missing for them.
func (f *Fonts) Draw(doc page.Document, meta Meta) ([]byte, error) {
	if len(doc.Pages) == 0 {
		return nil, fmt.Errorf("pdf: a document without pages")
	}
	faces, err := f.used(doc)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	p := painter{metrics: f.Metrics(), regular: family(f.set.Regular), bold: family(f.set.Bold)}
	p.pdf.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: gopdf.Rect{W: points(doc.Width), H: points(doc.Height)}})
	for _, face := range faces {
		if err := p.pdf.AddTTFFontDataWithOption(family(face), face.Data, gopdf.TtfOption{}); err != nil {
			return nil, fmt.Errorf("pdf: font %s: %w", face.Name, err)
		}
	}
	for _, pg := range doc.Pages {
		p.pdf.AddPage()
		for _, it := range pg.Items {
			if err := p.draw(it); err != nil {
				return nil, fmt.Errorf("pdf: %w", err)
			}
		}
	}
	var raw bytes.Buffer
	if _, err := p.pdf.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return correct(raw.Bytes(), faces, meta)
}

// used returns the fonts that the document needs, each with the characters that
// it draws and no other: whole ones have a hundred kilobytes of tables.
func (f *Fonts) used(doc page.Document) (faces []*font.Face, err error) {
	var regular, bold []rune
	m := f.Metrics()
	for _, pg := range doc.Pages {
		for _, it := range pg.Items {
			t, ok := it.(page.Text)
			if !ok {
				continue
			}
			for _, r := range m.Runs(t.S, t.Bold) {
				if r.Bold {
					bold = append(bold, []rune(r.S)...)
				} else {
					regular = append(regular, []rune(r.S)...)
				}
			}
		}
	}
	for _, of := range []struct {
		face  *font.Face
		runes []rune
	}{{f.set.Regular, regular}, {f.set.Bold, bold}} {
		if len(of.runes) == 0 {
			continue // a font without a character would be embedded broken
		}
		face, err := of.face.Subset(of.runes)
		if err != nil {
			return nil, err
		}
		faces = append(faces, face)
	}
	return faces, nil
}

// family is the name that a font is embedded under: as a subset, which the six
// letters say. correct puts letters of the document's own in their place.
func family(face *font.Face) string { return openTag + face.Name }

const openTag = "AAAAAA+"

// points turns hundredths of a point into the library's floats, at the last
// moment: it prints two decimals again.
func points(hundredths int) float64 { return float64(hundredths) / 100 }
