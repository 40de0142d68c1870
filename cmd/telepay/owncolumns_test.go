package main

import (
	"testing"

	"telepay/internal/input/profile"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// TestNoOwnColumnHidesAField: whatever a plan may name of deals, calls and events is refused
// as the name of a column of the company's own.
func TestNoOwnColumnHidesAField(t *testing.T) {
	set := kpi.ReadSet(&yamldoc.Reader{}, nil, kpi.Own{})
	for rows, kind := range map[string]string{"calls": "calls", "deals": "deals", "credits": "deals", "events": "events"} {
		k, _ := profile.Lookup(kind)
		for _, f := range set.Fields(rows) {
			if !k.Knows(f.Name) {
				t.Errorf("%s is a field of %s, and no name that profiles of %s refuse", f.Name, rows, kind)
			}
		}
	}
}
