package kpi

import (
	"slices"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Queries returns what has to be counted over a month's calls to answer the KPIs,
// and to find the contacts that renew a registration of any of the months: it is
// known before any call is read. The month's facts give the keys of match, the
// lists, and the columns that the exports have; a KPI that no export can answer is
// left out, and has no base. After Ask, only what was asked is counted.
func (s *Set) Queries(f *record.Facts, months ...*record.Facts) query.Set {
	a := asking{own: s.Own, facts: f, keys: map[string][]string{}}
	a.set.Own = s.Own.Calls()
	slots := false
	for _, name := range s.Names {
		if k := s.ByName[name]; k != nil && k.Formula == nil && s.isAsked(k) {
			a.ask(k)
			slots = slots || k.Of == "half_hours"
		}
	}
	if slots {
		a.set.Measures = append(a.set.Measures, query.Measure{Name: slotsName, Kind: query.Slots, Field: "clock"})
	}
	if s.Renews != nil {
		a.contacts(s.Renews, months)
	}
	return a.set
}

// Ask has only the KPIs behind some measures counted over calls. Names that are no
// measure are passed over.
func (s *Set) Ask(names []string) {
	if s.asked == nil {
		s.asked = map[*KPI]bool{}
	}
	for _, name := range names {
		k := s.get(parseMeasure(name).name)
		if k == nil || s.asked[k] {
			continue
		}
		s.asked[k] = true
		if k.Formula != nil {
			s.Ask(k.Formula.Names())
		}
	}
}

func (s *Set) isAsked(k *KPI) bool { return s.asked == nil || s.asked[k] }

// asking gathers queries.
type asking struct {
	own   Own
	facts *record.Facts
	set   query.Set
	keys  map[string][]string // of lists and matches, by their name
}

func (a *asking) ask(k *KPI) {
	m := k.Match
	if m != nil && k.Of != "calls" {
		if where, ok := a.filter(m.Where); ok && a.column(m.Calls) {
			a.set.Moments = append(a.set.Moments, query.Moments{Name: k.Name, Field: m.Calls, Where: where, Keys: a.keysOf(k.Of)})
		}
		return
	}
	f, ok := a.filter(k.Where)
	if k.Of != "calls" || !ok || k.Field != "" && !a.column(k.Field) {
		return
	}
	switch {
	case m != nil && m.Deals != "":
		if a.column(m.Deals) {
			a.set.Moments = append(a.set.Moments, query.Moments{Name: k.Name, Field: m.Deals, Where: f, Keys: a.keysOf("deals")})
		}
	case m != nil && m.Numbers != "":
		if a.column(m.Numbers) && a.has("numbers") {
			a.set.Moments = append(a.set.Moments, query.Moments{Name: k.Name, Field: m.Numbers, Where: f, Keys: a.keysOf(m.List)})
		}
	case m != nil:
		if other, ok := a.filter(m.Where); ok && a.column(m.Calls) {
			a.set.Near = append(a.set.Near, query.Near{Name: k.Name, Field: m.Calls, Where: f, Other: other, From: m.From, To: m.To})
		}
	case k.Group != "":
		if a.column(k.Group) {
			a.set.Repeats = append(a.set.Repeats, query.Repeats{Name: k.Name, Field: k.Group, Where: f, Allowed: k.Beyond})
		}
	default:
		a.measure(k, f)
	}
}

func (a *asking) measure(k *KPI, f *query.Filter) {
	switch k.Op {
	case "count":
		a.set.Measures = append(a.set.Measures, query.Measure{Name: k.Name, Kind: query.Count, Where: f})
	case "sum":
		a.set.Measures = append(a.set.Measures, query.Measure{Name: k.Name, Kind: query.Sum, Field: k.Field, Where: f})
	case "max":
		a.set.Measures = append(a.set.Measures, query.Measure{Name: k.Name, Kind: query.Max, Field: k.Field, Where: f})
	case "average":
		present := &query.Filter{Op: query.AtLeast, Field: k.Field, Number: 0}
		if _, own := a.own.number(k.Field); own { // it may be negative
			present = &query.Filter{Op: query.Has, Field: k.Field}
		}
		if f != nil {
			present = &query.Filter{Op: query.And, Kids: []*query.Filter{f, present}}
		}
		a.set.Measures = append(a.set.Measures, query.Measure{Name: k.Name, Kind: query.Sum, Field: k.Field, Where: f},
			query.Measure{Name: k.Name + "#rows", Kind: query.Count, Where: present})
	case "distinct":
		a.set.Distincts = append(a.set.Distincts, query.Distinct{Name: k.Name, Field: k.Field, Where: f})
	}
}

// keysOf lists, each once, what a match looks for: the customers of deals or
// follow-ups, or the numbers of a list.
func (a *asking) keysOf(of string) []string {
	if keys, ok := a.keys[of]; ok {
		return keys
	}
	var all []string
	switch of {
	case "deals":
		for _, d := range a.facts.Deals {
			all = append(all, d.Customer)
		}
	case "followups":
		for _, f := range a.facts.FollowUps {
			all = append(all, f.Customer)
		}
	case "leads":
		for _, l := range a.facts.Leads {
			all = append(all, l.Phone)
		}
	default:
		for _, n := range a.facts.Numbers {
			if n.List == of {
				all = append(all, n.Number)
			}
		}
	}
	slices.Sort(all)
	a.keys[of] = slices.Compact(all)
	return a.keys[of]
}

// has tells whether the month has a kind of export.
func (a *asking) has(kind string) bool { return a.facts.Present[kind] }

// column tells whether calls can have a value of a field at all.
func (a *asking) column(field string) bool {
	switch field {
	case "clock", "weekday":
		return true
	case "connected":
		return a.has("connects") || a.has("calls.result") || a.has("calls.talk")
	case "agent", "talk", "ring", "intent", "next_contact":
		return a.has("calls."+field) || a.has("connects."+field)
	}
	return a.has("calls." + field)
}

// filter turns a condition into a query's filter for this month: lists in place
// of their names. It is false where no row could ever pass, or every row would,
// because a column or list is not there.
func (a *asking) filter(where *expr.Formula) (*query.Filter, bool) {
	f, fault := a.own.filter(where)
	if fault != nil {
		return nil, false // reported by CheckQueries
	}
	if f == nil {
		return nil, true
	}
	f, can := a.resolve(f)
	return f, can == maybe
}

// answer is whether rows can pass a filter.
type answer uint8

const (
	maybe   answer = iota
	never          // a column is not there, so that no row has the value
	unknown        // a column is not there, and the filter asks for rows without a value
)

func (a *asking) resolve(f *query.Filter) (*query.Filter, answer) {
	switch {
	case len(f.Kids) > 0 || f.Op == query.And || f.Op == query.Or:
		return a.resolveKids(f)
	case f.Op == query.Is && f.Field == "company_line":
		return a.onList(f, "numbers", "line", "company_line")
	case f.Op == query.Is && f.Field == "listed":
		return a.onList(f, "leads", "phone", "leads")
	case f.Op == query.Equal && (f.Field == "batch" || f.Field == "lead_grade"):
		return a.ofLeads(f)
	case !a.column(f.Field):
		return f, never
	}
	return f, maybe
}

// ofLeads makes "the lead with the row's phone is of such a batch" a comparison
// with the phones of those leads.
func (a *asking) ofLeads(f *query.Filter) (*query.Filter, answer) {
	if !a.has("leads") || !a.column("phone") {
		return f, unknown
	}
	var phones []string
	for _, l := range a.facts.Leads {
		if f.Field == "batch" && slices.Contains(f.Texts, l.Batch) || f.Field == "lead_grade" && slices.Contains(f.Texts, l.Grade) {
			phones = append(phones, l.Phone)
		}
	}
	return &query.Filter{Op: query.Equal, Field: "phone", Texts: phones}, maybe
}

// onList makes "the row's field stands on a list" a comparison with its numbers.
func (a *asking) onList(f *query.Filter, kind, field, list string) (*query.Filter, answer) {
	if !a.has(kind) || !a.column(field) {
		return f, unknown
	}
	return &query.Filter{Op: query.Equal, Field: field, Texts: a.keysOf(list)}, maybe
}

func (a *asking) resolveKids(f *query.Filter) (*query.Filter, answer) {
	out := &query.Filter{Op: f.Op}
	lost, kids := 0, f.Kids
	for _, k := range kids {
		kid, can := a.resolve(k)
		switch {
		case can == unknown, can == never && f.Op == query.Not && k.Op == query.Has:
			return f, unknown
		case can == never:
			lost++
		}
		out.Kids = append(out.Kids, kid)
	}
	switch {
	case f.Op == query.And && lost > 0, f.Op == query.Or && lost == len(kids) && lost > 0:
		return out, never
	}
	return out, maybe
}

// CheckQueries reports conditions over calls that a query cannot say.
func (s *Set) CheckQueries() {
	for _, name := range s.Names {
		k := s.ByName[name]
		if k == nil {
			continue
		}
		if k.Of == "calls" {
			s.checkFilter(k, "where", k.Where)
		}
		if k.Match != nil {
			s.checkFilter(k, "match", k.Match.Where)
		}
	}
}

func (s *Set) checkFilter(k *KPI, key string, where *expr.Formula) {
	if _, fault := s.Own.filter(where); fault != nil {
		s.r.Bad(k.Node, fault.Code, lang.F("KPI %s 的 %s: %s", "%[2]s of KPI %[1]s: %[3]s", k.Name, key, fault.Found), fault.Want, fault.Mend)
	}
}

// filter turns a condition over calls into a query's filter: a field on the left,
// a value on the right, joined by and, or, not.
func (o Own) filter(f *expr.Formula) (*query.Filter, *expr.Fault) {
	if f == nil {
		return nil, nil
	}
	return o.node(f.Root)
}

var joins = map[expr.Op]query.Op{expr.OpAnd: query.And, expr.OpOr: query.Or, expr.OpNot: query.Not}

func (o Own) node(n *expr.Node) (*query.Filter, *expr.Fault) {
	if op, ok := joins[n.Op]; ok {
		f := &query.Filter{Op: op}
		for _, k := range n.Kids {
			kid, fault := o.node(k)
			if fault != nil {
				return nil, fault
			}
			f.Kids = append(f.Kids, kid)
		}
		return f, nil
	}
	if n.Op == expr.OpName {
		return &query.Filter{Op: query.Is, Field: n.Text}, nil
	}
	if len(n.Kids) < 2 || n.Kids[0].Op != expr.OpName {
		return nil, tooMuch(n)
	}
	if n.Kids[0].Type.Kind == expr.Word {
		return words(n)
	}
	return o.compared(n)
}

func tooMuch(n *expr.Node) *expr.Fault {
	return &expr.Fault{Code: "query", At: n.At, Found: lang.T("对通话不能这样比较", "a comparison that calls cannot answer"), Want: lang.T("栏目 运算符 值, 如 talk >= 60s", "field, operator, value, as talk >= 60s")}
}

func words(n *expr.Node) (*query.Filter, *expr.Fault) {
	f := &query.Filter{Op: query.Equal, Field: n.Kids[0].Text}
	for _, k := range n.Kids[1:] {
		if k.Op != expr.OpText {
			return nil, tooMuch(n)
		}
		f.Texts = append(f.Texts, k.Text)
	}
	empty := len(f.Texts) == 1 && f.Texts[0] == ""
	switch {
	case n.Op == expr.OpNe && empty:
		return &query.Filter{Op: query.Has, Field: f.Field}, nil
	case n.Op == expr.OpEq && empty:
		return &query.Filter{Op: query.Not, Kids: []*query.Filter{{Op: query.Has, Field: f.Field}}}, nil
	case n.Op == expr.OpNe:
		return &query.Filter{Op: query.Not, Kids: []*query.Filter{f}}, nil
	case n.Op == expr.OpEq || n.Op == expr.OpIn:
		return f, nil
	}
	return nil, tooMuch(n)
}

var numberOps = map[expr.Op]query.Op{expr.OpLt: query.Less, expr.OpLe: query.AtMost, expr.OpGt: query.More, expr.OpGe: query.AtLeast}

// compared is a comparison of a number field with a number, or with several.
func (o Own) compared(n *expr.Node) (*query.Filter, *expr.Fault) {
	field := n.Kids[0].Text
	either := &query.Filter{Op: query.Or}
	for _, right := range n.Kids[1:] {
		v, fault := o.counter(field, right)
		if fault != nil {
			return nil, fault
		}
		if op, ok := numberOps[n.Op]; ok {
			return &query.Filter{Op: op, Field: field, Number: v}, nil
		}
		either.Kids = append(either.Kids, &query.Filter{Op: query.And, Kids: []*query.Filter{{Op: query.AtLeast, Field: field, Number: v}, {Op: query.AtMost, Field: field, Number: v}}})
	}
	switch n.Op {
	case expr.OpEq:
		return either.Kids[0], nil
	case expr.OpNe:
		return &query.Filter{Op: query.Not, Kids: either.Kids}, nil
	case expr.OpIn:
		return either, nil
	}
	return nil, tooMuch(n)
}
