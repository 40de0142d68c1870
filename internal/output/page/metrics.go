package page

import (
	"strings"

	"telepay/internal/output/font"
)

// Geta is drawn in place of a character that no font has.
const Geta = '〓'

// Metrics measures text in the two weights.
type Metrics struct{ set *font.Set }

// NewMetrics measures with these fonts.
func NewMetrics(set *font.Set) Metrics { return Metrics{set} }

// Run is a piece of text that one weight draws.
type Run struct {
	S    string
	Bold bool
}

// drawn returns the character and weight that stand for r; found is false where
// neither weight has it and Geta stands in.
func (m Metrics) drawn(r rune, bold bool) (c rune, inBold, found bool) {
	switch {
	case bold && m.set.Bold.Has(r):
		return r, true, true
	case m.set.Regular.Has(r):
		return r, false, true
	}
	return Geta, bold, false
}

// Runs cuts a text into pieces of one weight: Han characters that Bold lacks
// fall back to Regular, characters that both lack become Geta.
func (m Metrics) Runs(s string, bold bool) []Run {
	var runs []Run
	var piece strings.Builder
	weight := bold
	flush := func() {
		if piece.Len() > 0 {
			runs = append(runs, Run{piece.String(), weight})
			piece.Reset()
		}
	}
	for _, r := range s {
		c, inBold, _ := m.drawn(r, bold)
		if inBold != weight {
			flush()
			weight = inBold
		}
		piece.WriteRune(c)
	}
	flush()
	return runs
}

func (m Metrics) advance(r rune, bold bool) int {
	c, inBold, _ := m.drawn(r, bold)
	if inBold {
		return m.set.Bold.Advance(c)
	}
	return m.set.Regular.Advance(c)
}

// Width returns how wide s is at a type size, rounded up.
func (m Metrics) Width(s string, size int, bold bool) int {
	sum := 0
	for _, r := range s {
		sum += m.advance(r, bold)
	}
	return scaled(sum, size)
}

// scaled turns thousandths of the type size into hundredths of a point.
func scaled(thousandths, size int) int { return (thousandths*size + 999) / 1000 }

// Missing is a character that no font has, and the text that it stands in.
type Missing struct {
	Rune rune
	In   string
}

// Missing lists the characters of a document that are drawn as Geta, in the
// order of the pages, each character once per text.
func (m Metrics) Missing(d Document) []Missing {
	var out []Missing
	seen := map[Missing]bool{}
	for _, p := range d.Pages {
		for _, it := range p.Items {
			t, ok := it.(Text)
			if !ok {
				continue
			}
			for _, r := range t.S {
				gap := Missing{r, t.S}
				if _, _, found := m.drawn(r, t.Bold); !found && !seen[gap] {
					seen[gap] = true
					out = append(out, gap)
				}
			}
		}
	}
	return out
}
