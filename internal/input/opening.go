package input

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/record"
)

// ReadOpening reads what months before the first one left. A project without
// the file has none. People are resolved by Options.Roster, which must be there.
func ReadOpening(opts Options) ([]record.Opening, []FileInfo, *diag.List) {
	s := newSession(opts)
	if s.roster == nil {
		panic("input: opening balances are read after the roster")
	}
	all := fill(s, append(s.single("opening", false), s.roster.sheets["opening"]...), reading[record.Opening]{kind: "opening", one: "opening", read: (*row).opening, key: func(_ *row, o record.Opening) (string, string) {
		name := strings.Join([]string{o.Agent, o.What, o.Ref, o.Month.String()}, " ")
		return name, strings.Join(strings.Fields(name), " ")
	}})
	s.roster.faultyDeals = s.faultyDeals
	return all, s.files, s.list
}

func (r *row) opening() record.Opening {
	o := record.Opening{Agent: r.agent("agent"), What: r.word("what"), Ref: r.id("ref"), At: r.evidence()}
	if v, ok := r.cell("month"); ok && v != "" {
		o.Month = r.month("month")
	}
	if o.What == "known_customer" {
		o.Ref = r.key("ref") // in the form in which deals name their customers
	}
	o.Amount, _ = r.sum("amount")
	if r.fault != "" && o.Ref != "" {
		r.faultyDeals[o.Ref] = true
	}
	return o
}
