package order

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telepay/internal/money"
)

// item makes one from whole keys; "—" has no base.
func item(id string, keys ...string) Item {
	it := Item{ID: id}
	for _, k := range keys {
		if k == "—" {
			it.Keys = append(it.Keys, nil)
			continue
		}
		r := money.Of(money.MustParse(k))
		it.Keys = append(it.Keys, &r)
	}
	return it
}

func TestRank(t *testing.T) {
	for _, c := range []struct {
		name  string
		items []Item
		dense bool
		want  string
	}{
		{"two tied first", []Item{item("C", "1"), item("B", "5"), item("A", "5")}, false, "A1/2 B1/2 C3/1"}, {"two tied first, dense", []Item{item("C", "1"), item("B", "5"), item("A", "5")}, true, "A1/2 B1/2 C2/1"},
		{"a second key decides", []Item{item("A", "5", "1"), item("B", "5", "2")}, false, "B1/1 A2/1"}, {"no base comes after 0", []Item{item("A", "—"), item("B", "0"), item("C", "-3")}, false, "B1/1 C2/1 A3/1"}, {"two without a base tie", []Item{item("A", "—"), item("B", "—")}, false, "A1/2 B1/2"}, {"nobody", nil, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range Rank(c.items, c.dense) {
				got = append(got, fmt.Sprintf("%s%d/%d", r.ID, r.Place, r.Tied))
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %s, want %s", text, c.want)
			}
		})
	}
}

// TestRankLaws is P23: a better value never ranks lower, equals share a place, the order of the list does not matter.
func TestRankLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 8).Draw(t, "values")
		var items []Item
		for i, v := range values {
			items = append(items, item(fmt.Sprint(i), fmt.Sprint(v)))
		}
		place := map[string]Ranked{}
		for _, r := range Rank(items, false) {
			place[r.ID] = r
		}
		for _, r := range Rank(rapid.Permutation(items).Draw(t, "shuffled"), false) {
			if place[r.ID] != r {
				t.Fatalf("in another order %+v, not %+v", r, place[r.ID])
			}
		}
		for i, v := range values {
			better, tied := 0, 0
			for _, w := range values {
				if w > v {
					better++
				} else if w == v {
					tied++
				}
			}
			if r := place[fmt.Sprint(i)]; r.Place != better+1 || r.Tied != tied {
				t.Fatalf("%d of %v is on place %d with %d, want %d with %d", v, values, r.Place, r.Tied, better+1, tied)
			}
		}
	})
}
