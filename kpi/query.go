package kpi

import (
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/query"
)

// Queries returns what has to be counted over calls to answer the KPIs: it is
// known before any file is read. Keys of match come from the deals of the month.
func (s *Set) Queries(buyers []string) query.Set {
	var q query.Set
	for _, name := range s.Names {
		k := s.ByName[name]
		if k == nil || k.Formula != nil {
			continue
		}
		if k.Match != nil {
			f, _ := filter(k.Match.Where)
			q.Moments = append(q.Moments, query.Moments{Name: k.Name, Field: k.Match.Field, Where: f, Keys: buyers})
		}
		if k.Of == "calls" {
			k.query(&q)
		}
	}
	return q
}

func (k *KPI) query(q *query.Set) {
	f, fault := filter(k.Where)
	if fault != nil {
		return // reported by CheckQueries
	}
	switch k.Op {
	case "count":
		q.Measures = append(q.Measures, query.Measure{Name: k.Name, Kind: query.Count, Where: f})
	case "sum":
		q.Measures = append(q.Measures, query.Measure{Name: k.Name, Kind: query.Sum, Field: k.Field, Where: f})
	case "max":
		q.Measures = append(q.Measures, query.Measure{Name: k.Name, Kind: query.Max, Field: k.Field, Where: f})
	case "average":
		present := &query.Filter{Op: query.AtLeast, Field: k.Field, Number: 0}
		if f != nil {
			present = &query.Filter{Op: query.And, Kids: []*query.Filter{f, present}}
		}
		q.Measures = append(q.Measures, query.Measure{Name: k.Name, Kind: query.Sum, Field: k.Field, Where: f},
			query.Measure{Name: k.Name + "#rows", Kind: query.Count, Where: present})
	case "distinct":
		q.Distincts = append(q.Distincts, query.Distinct{Name: k.Name, Field: k.Field, Where: f})
	}
}

// CheckQueries reports conditions over calls that a query cannot say.
func (s *Set) CheckQueries() {
	for _, name := range s.Names {
		k := s.ByName[name]
		if k == nil || k.Of != "calls" || k.Where == nil {
			continue
		}
		if _, fault := filter(k.Where); fault != nil {
			s.r.Bad(k.Node, fault.Code, lang.F("KPI %s 的 where: %s", "where of KPI %s: %s", name, fault.Found), fault.Want, fault.Mend)
		}
	}
}

// filter turns a condition over calls into a query's filter: a field on the left,
// a value on the right, joined by and, or, not.
func filter(f *expr.Formula) (*query.Filter, *expr.Fault) {
	if f == nil {
		return nil, nil
	}
	return node(f.Root)
}

var joins = map[expr.Op]query.Op{expr.OpAnd: query.And, expr.OpOr: query.Or, expr.OpNot: query.Not}

func node(n *expr.Node) (*query.Filter, *expr.Fault) {
	if op, ok := joins[n.Op]; ok {
		f := &query.Filter{Op: op}
		for _, k := range n.Kids {
			kid, fault := node(k)
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
	return number(n)
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

func number(n *expr.Node) (*query.Filter, *expr.Fault) {
	right := n.Kids[1]
	if right.Op != expr.OpNumber {
		return nil, tooMuch(n)
	}
	v, whole := right.Num.Round(6, money.HalfUp).Int64()
	if !whole {
		return nil, &expr.Fault{Code: "query", At: right.At, Found: lang.Same(right.Text), Want: lang.T("整秒", "whole seconds")}
	}
	field := n.Kids[0].Text
	if op, ok := numberOps[n.Op]; ok {
		return &query.Filter{Op: op, Field: field, Number: v}, nil
	}
	equal := &query.Filter{Op: query.And, Kids: []*query.Filter{{Op: query.AtLeast, Field: field, Number: v}, {Op: query.AtMost, Field: field, Number: v}}}
	switch n.Op {
	case expr.OpEq:
		return equal, nil
	case expr.OpNe:
		return &query.Filter{Op: query.Not, Kids: []*query.Filter{equal}}, nil
	}
	return nil, tooMuch(n)
}
