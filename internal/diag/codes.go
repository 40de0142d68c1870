package diag

import "telepay/internal/lang"

// Code is a kind of problem, with what it means.
type Code struct {
	Code  string
	Means lang.Text
}

// Codes lists every code, by name.
var Codes = []Code{
	{"accepted", lang.T("由决定接受", "accepted by a decision")},
}
