package record

import "telepay/internal/money"

// Where a row went. Every row of every file ends in exactly one of these.
const (
	Counted  = "counted"
	Held     = "held"
	Excluded = "excluded"
	Errored  = "error"
)

// Bucket is how many rows of one file went one way, and the money in them.
type Bucket struct {
	File      string
	Bucket    string
	Reason    string // why: empty for counted; other_month, duplicate, unknown-agent, …
	Rows      int64
	Amount    money.Decimal
	HasAmount bool // whether rows of this file carry money
}
