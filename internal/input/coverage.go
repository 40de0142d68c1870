package input

import (
	"sort"

	"telepay/internal/money"
	"telepay/internal/record"
)

// coverage counts the rows that did not become facts.
type coverage struct{ at map[[3]string]*record.Bucket }

func newCoverage() *coverage { return &coverage{map[[3]string]*record.Bucket{}} }

func (c *coverage) add(file, bucket, reason string, amount money.Decimal, hasAmount bool) {
	b := c.bucket(file, bucket, reason, hasAmount)
	b.Rows++
	b.Amount = b.Amount.Add(amount)
}

func (c *coverage) addRows(file, bucket, reason string, rows int64, hasAmount bool) {
	c.bucket(file, bucket, reason, hasAmount).Rows += rows
}

func (c *coverage) bucket(file, bucket, reason string, hasAmount bool) *record.Bucket {
	key := [3]string{file, bucket, reason}
	if c.at[key] == nil {
		c.at[key] = &record.Bucket{File: file, Bucket: bucket, Reason: reason, HasAmount: hasAmount}
	}
	return c.at[key]
}

// list returns the buckets by file, bucket and reason.
func (c *coverage) list() []record.Bucket {
	var all []record.Bucket
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
