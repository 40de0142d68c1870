package sheet

import (
	"strings"

	"telepay/internal/money"
	"telepay/internal/statement"
)

// Places is how many digits after the point data files give a quotient that
// has no end.
const Places = 10

// IsText tells whether a program that opens the cell may read it as anything
// but a number, so that it must be guarded against being taken for a formula.
func (c Cell) IsText() bool { return c.Set && (c.Kind == Text || c.Kind == ID) }

// IsNumber tells whether the cell is a figure.
func (c Cell) IsNumber() bool {
	return c.Set && (c.Kind == Money || c.Kind == Number || c.Kind == Percent || c.Kind == Duration)
}

// Data returns the cell as data files write it: amounts with two places (more
// only where they have more), all numbers with at most Places, rounded half up,
// shares as 0.115, durations in seconds, days and months as 2026-10-31 and
// 2026-10; words by their code where they have one; nothing for an empty cell.
func (c Cell) Data() string {
	switch {
	case !c.Set:
		return ""
	case c.Kind == Money && !c.Exact:
		return MoneyText(c.Value.Round(Places, money.HalfUp))
	case c.IsNumber():
		return NumberText(c.Value)
	case c.Kind == Date:
		return c.Day.String()
	case c.Code != "":
		return c.Code
	}
	return c.Text
}

// Clock returns a duration as people read it: h:mm:ss.
func (c Cell) Clock() string { return statement.Write(c.Value, statement.Duration) }

// MoneyText writes an amount with two places, or with all of its own where it
// has more: a figure is never rounded by being printed.
func MoneyText(d money.Decimal) string {
	whole, frac, _ := strings.Cut(d.String(), ".")
	return whole + "." + frac + strings.Repeat("0", max(0, 2-len(frac)))
}

// NumberText writes a number in full, or rounded half up to Places.
func NumberText(v money.Ratio) string { return v.Round(Places, money.HalfUp).String() }
