// Package order ranks a list: by one value, then by others, with ties that share
// a place. Values come in, places go out.
package order

import (
	"sort"

	"telepay/internal/money"
)

// Item is something to rank. Keys are compared in turn, larger first; a nil key
// (no base) comes after every number.
type Item struct {
	ID   string
	Keys []*money.Ratio
}

// Ranked is an item with its place. Tied counts those on the place, itself in.
type Ranked struct {
	ID    string
	Place int
	Tied  int
}

// Rank puts items in places: 1, 1, 3 (competition) or, dense, 1, 1, 2. Items equal
// in every key tie; their order in the result is by id.
func Rank(items []Item, dense bool) []Ranked {
	items = append([]Item(nil), items...)
	sort.SliceStable(items, func(i, j int) bool {
		if c := compare(items[i], items[j]); c != 0 {
			return c > 0
		}
		return items[i].ID < items[j].ID
	})
	var out []Ranked
	place := 0
	for i := 0; i < len(items); {
		j := i
		for j < len(items) && compare(items[i], items[j]) == 0 {
			j++
		}
		if place++; !dense {
			place = i + 1
		}
		for _, it := range items[i:j] {
			out = append(out, Ranked{it.ID, place, j - i})
		}
		i = j
	}
	return out
}

func compare(a, b Item) int {
	for i := range a.Keys {
		x, y := a.Keys[i], b.Keys[i]
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			return -1
		case y == nil:
			return 1
		}
		if c := x.Cmp(*y); c != 0 {
			return c
		}
	}
	return 0
}
