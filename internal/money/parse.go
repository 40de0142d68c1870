package money

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Parse reads a plain decimal: an optional minus, 1 to 15 digits, and up to 6
// more after a point. Signs of currency, separators, exponents, NaN, blanks and
// digits of other scripts are refused; a profile says where a file uses them.
func Parse(s string) (Decimal, error) {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if !onlyDigits(whole, 15) || point && !onlyDigits(frac, 6) {
		return Zero, fmt.Errorf("%q is not a plain number such as 1200 or 1200.50", s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Zero, fmt.Errorf("%q is not a plain number: %w", s, err)
	}
	return fromBig(d), nil
}

// MustParse is Parse for constants in code and tests; it panics on bad text.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func onlyDigits(s string, most int) bool {
	if s == "" || len(s) > most {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// MarshalText writes d in full, for JSON and manifests.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Decimal) UnmarshalText(b []byte) error {
	v, err := decimal.NewFromString(string(b))
	if err != nil {
		return err
	}
	*d = fromBig(v)
	return nil
}
