package convert

import (
	"time"

	"telepay/internal/input/profile"
)

// Reads tells whether a cell can be read as a column says, with point before the
// fraction of numbers; an empty cell can. It is asked where a profile is drafted.
func Reads(c profile.Column, point byte, text string) bool {
	r := &Reader{prof: &profile.Profile{}, lay: &profile.Layout{Decimal: point}, opts: Options{Zone: time.UTC}}
	b := &bind{Column: c, field: profile.Field{Value: c.Value}, zone: -1, team: -1}
	return r.parse(b, r.clean(b, text), time.UTC, &value{})
}
