package record

import (
	"sort"

	"telepay/internal/money"
)

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

// Coverage gathers buckets: one for each file, way and reason.
type Coverage struct{ at map[bucketKey]*Bucket }

type bucketKey struct{ file, bucket, reason string }

// Add puts b's rows and money to those that went the same way.
func (c *Coverage) Add(b Bucket) {
	if b.Rows == 0 {
		return
	}
	if c.at == nil {
		c.at = map[bucketKey]*Bucket{}
	}
	k := bucketKey{b.File, b.Bucket, b.Reason}
	x := c.at[k]
	if x == nil {
		c.at[k] = &b
		return
	}
	x.Rows += b.Rows
	x.Amount = x.Amount.Add(b.Amount)
	x.HasAmount = x.HasAmount || b.HasAmount
}

// List returns the buckets by file, bucket and reason.
func (c *Coverage) List() []Bucket {
	var all []Bucket
	for _, b := range c.at {
		all = append(all, *b)
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Bucket != b.Bucket {
			return a.Bucket < b.Bucket
		}
		return a.Reason < b.Reason
	})
	return all
}
