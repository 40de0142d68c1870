package query

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Normal is the form in which texts are compared: NFKC, without blanks around,
// lower case. Leading zeros stay.
func Normal(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.TrimSpace(strings.ToLower(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(strings.TrimSpace(s))
}
