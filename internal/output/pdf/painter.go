package pdf

import (
	"fmt"

	"github.com/signintech/gopdf"

	"telepay/internal/output/page"
)

// painter draws items with gopdf.
type painter struct {
	pdf           gopdf.GoPdf
	metrics       page.Metrics
	regular, bold string // names of the fonts
}

func (p *painter) draw(it page.Item) error {
	switch it := it.(type) {
	case page.Text:
		return p.text(it)
	case page.Rect:
		p.rect(it)
	case page.Line:
		p.pdf.SetStrokeColor(it.Color.R, it.Color.G, it.Color.B)
		p.pdf.SetLineWidth(points(it.Width))
		p.pdf.Line(points(it.X1), points(it.Y1), points(it.X2), points(it.Y2))
	default:
		return fmt.Errorf("cannot draw %T", it)
	}
	return nil
}

func (p *painter) rect(r page.Rect) {
	style := "D"
	if r.Filled {
		style = "F"
		p.pdf.SetFillColor(r.Fill.R, r.Fill.G, r.Fill.B)
	}
	if r.Stroke > 0 {
		if r.Filled {
			style = "FD"
		}
		p.pdf.SetStrokeColor(r.Outline.R, r.Outline.G, r.Outline.B)
		p.pdf.SetLineWidth(points(r.Stroke))
	}
	if r.Filled || r.Stroke > 0 {
		p.pdf.RectFromUpperLeftWithStyle(points(r.X), points(r.Y), points(r.W), points(r.H), style)
	}
}

// text draws the runs of a text one after the other.
func (p *painter) text(t page.Text) error {
	runs := p.metrics.Runs(t.S, t.Bold)
	if t.Turned {
		p.pdf.Rotate(90, points(t.X), points(t.Y))
		defer p.pdf.RotateReset()
	}
	x := t.X - p.before(t)
	p.pdf.SetTextColor(t.Color.R, t.Color.G, t.Color.B)
	for _, r := range runs {
		name := p.regular
		if r.Bold {
			name = p.bold
		}
		if err := p.pdf.SetFont(name, "", points(t.Size)); err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		p.pdf.SetXY(points(x), points(t.Y))
		if err := p.pdf.Text(r.S); err != nil {
			return fmt.Errorf("text %q: %w", r.S, err)
		}
		x += p.metrics.Width(r.S, t.Size, r.Bold)
	}
	return nil
}

// before returns how much of a text lies before its X.
func (p *painter) before(t page.Text) int {
	switch t.Align {
	case page.Right:
		return p.metrics.Width(t.S, t.Size, t.Bold)
	case page.Center:
		return p.metrics.Width(t.S, t.Size, t.Bold) / 2
	}
	return 0
}
