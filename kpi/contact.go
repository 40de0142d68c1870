package kpi

import (
	"slices"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/query"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// customerFields are the fields of a call by which its customer may be a lead's.
var customerFields = []string{"lead", "phone", "customer"}

const contactName = "#contact by "

// ReadRenewal reads the condition on the calls that renew a registration; n may be nil.
func (s *Set) ReadRenewal(n *yamldoc.Node) {
	s.Renews = s.condition(n, sources["calls"])
	if _, fault := filter(s.Renews); fault != nil {
		s.r.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), fault.Want, fault.Mend))
	}
}

// contacts asks when the leads that are somebody's were called.
func (a *asking) contacts(where *expr.Formula, months []*record.Facts) {
	f, ok := a.filter(where)
	if !ok {
		return
	}
	keys := leadKeys(months)
	for _, field := range customerFields {
		if a.column(field) {
			a.set.Moments = append(a.set.Moments, query.Moments{Name: contactName + field, Field: field, Where: f, Keys: keys})
		}
	}
}

// leadKeys are the ids and numbers of the leads that were given to somebody, each once.
func leadKeys(months []*record.Facts) (keys []string) {
	for _, f := range months {
		for _, l := range f.Leads {
			for _, key := range []string{l.Lead, l.Phone} {
				if key != "" && l.Agent != "" {
					keys = append(keys, key)
				}
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Contacts returns the calls of the last of the months that renew a registration.
// It is false where nobody could tell: its calls say neither lead, phone nor
// customer, or lack a column of the condition.
func (s *Set) Contacts(t *query.Table, months ...*record.Facts) (found []record.Contact, told bool) {
	if s.Renews == nil || t == nil {
		return nil, s.Renews == nil
	}
	for _, field := range customerFields {
		if !t.Has(contactName + field) {
			continue
		}
		told = true
		for _, key := range leadKeys(months) {
			for _, at := range t.MomentsOf(contactName+field, key) {
				found = append(found, record.Contact{Agent: at.Agent, Key: key, Day: at.Day})
			}
		}
	}
	return found, told
}
