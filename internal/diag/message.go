package diag

import "telepay/internal/lang"

// Message returns what was found and what was wanted as one line, for tables.
func (p Problem) Message(l lang.Lang) string { return Clean(p.sentence(l)) }
