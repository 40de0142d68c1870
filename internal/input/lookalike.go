package input

import (
	"strings"

	"telepay/internal/input/profile"
)

// twins are Cyrillic and Greek letters that print like Latin ones. They are never
// taken for each other: an id with one of them is unknown, and only the hint says
// what it looks like. Source: Unicode Technical Standard 39, confusables.txt, the
// single letters that keyboards of Russia, Ukraine and Greece have.
var twins = map[rune]rune{
	'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Н': 'H', 'І': 'I', 'Ј': 'J', 'К': 'K', 'М': 'M', 'О': 'O', 'Р': 'P', 'Ѕ': 'S', 'Т': 'T', 'Х': 'X', 'У': 'Y',
	'а': 'a', 'с': 'c', 'е': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'о': 'o', 'р': 'p', 'ѕ': 's', 'х': 'x', 'у': 'y',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X', 'ο': 'o', 'ν': 'v',
}

// lookalike returns the id that prints like id but for letters of another script,
// and the first such letter.
func lookalike(id string, ids []string) (twin string, letter rune) {
	latin := strings.Map(func(r rune) rune {
		if t, ok := twins[r]; ok {
			if letter == 0 {
				letter = r
			}
			return t
		}
		return r
	}, profile.Show(id))
	if letter == 0 {
		return "", 0
	}
	for _, known := range ids {
		if profile.Fold(known) == profile.Fold(latin) {
			return known, letter
		}
	}
	return "", 0
}

// withZeros returns the one id that is id with zeros in front.
func withZeros(id string, ids []string) string {
	found := ""
	for _, known := range ids {
		if bare := strings.TrimLeft(known, "0"); bare != known && bare == profile.Show(id) {
			if found != "" {
				return ""
			}
			found = known
		}
	}
	return found
}
