package plan

import (
	"slices"
	"testing"
)

// TestSectionsAreAll: what the reader takes at the top of a plan is in the list
// that feeds the reference, the schema and the explanation, and the other way round.
func TestSectionsAreAll(t *testing.T) {
	keys := Keys()
	for _, k := range topKeys {
		if !slices.Contains(keys, k) {
			t.Errorf("the reader knows %s, the list of sections does not", k)
		}
	}
	if len(keys) != len(topKeys) {
		t.Errorf("%d keys in the list, %d in the reader", len(keys), len(topKeys))
	}
}
