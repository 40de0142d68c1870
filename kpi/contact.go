package kpi

import (
	"maps"
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
	calls, _ := s.source("calls")
	s.Renews = s.condition(n, calls)
	if _, fault := s.Own.filter(s.Renews); fault != nil {
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

// leadKeys are the names by which calls may know the leads that were given to
// somebody, each once: their ids and numbers, and the customers of their deals.
func leadKeys(months []*record.Facts) []string {
	keys := map[string]bool{}
	for _, f := range months {
		for _, l := range f.Leads {
			if l.Agent != "" {
				keys[l.Lead], keys[l.Phone] = true, true
			}
		}
	}
	delete(keys, "")
	var customers []string
	for _, f := range months {
		for _, d := range f.Deals {
			if d.Customer != "" && (keys[d.Lead] || keys[d.Phone]) {
				customers = append(customers, d.Customer)
			}
		}
	}
	for _, c := range customers {
		keys[c] = true
	}
	return slices.Sorted(maps.Keys(keys))
}

// Contacts returns the calls of a month that renew a registration of any of the
// months. It is false where nobody could tell: its calls say neither lead, phone
// nor customer, or lack a column of the condition.
func (s *Set) Contacts(t *query.Table, months ...*record.Facts) (found []record.Contact, told bool) {
	if s.Renews == nil || t == nil {
		return nil, s.Renews == nil
	}
	keys := leadKeys(months)
	for _, field := range customerFields {
		if !t.Has(contactName + field) {
			continue
		}
		told = true
		for _, key := range keys {
			for _, at := range t.MomentsOf(contactName+field, key) {
				found = append(found, record.Contact{Agent: at.Agent, Key: key, Day: at.Day})
			}
		}
	}
	return found, told
}
