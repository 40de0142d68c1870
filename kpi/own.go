package kpi

import (
	"slices"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Own is the company's own columns, as the profiles of its exports declare them.
type Own struct {
	Columns map[string][]expr.Def // by kind of export: deals, calls, events
	Places  int                   // of the currency
}

// of returns the columns that the rows of a source have.
func (o Own) of(source string) []expr.Def {
	if source == "credits" {
		source = "deals"
	}
	return o.Columns[source]
}

// Calls are the own columns of calls as queries name them.
func (o Own) Calls() (all []query.Column) {
	for _, d := range o.Columns["calls"] {
		c := query.Column{Name: d.Name, Text: d.Type.Kind == expr.Word}
		switch {
		case c.Text:
		case d.Type.Unit == expr.Money:
			c.Places = o.Places
		default:
			c.Places = query.PlainPlaces
		}
		all = append(all, c)
	}
	return all
}

// number returns the own number of calls with a name.
func (o Own) number(field string) (query.Column, bool) {
	for _, c := range o.Calls() {
		if c.Name == field && !c.Text {
			return c, true
		}
	}
	return query.Column{}, false
}

// value is what a counter of a field of calls says: an own number stands there in its unit.
func (o Own) value(field string, counter int64) money.Ratio {
	c, _ := o.number(field)
	return c.Value(counter)
}

// counter is a number that a condition compares a field of calls with, as its
// counters have it: whole seconds, or the unit of an own number.
func (o Own) counter(field string, n *expr.Node) (int64, *expr.Fault) {
	v := n.Num
	if n.Op == expr.OpNeg {
		n = n.Kids[0]
		v = n.Num.Neg()
	}
	if n.Op != expr.OpNumber {
		return 0, tooMuch(n)
	}
	want := lang.T("整秒", "whole seconds")
	c, own := o.number(field)
	i, ok := c.Counter(v)
	if own {
		want = NumberWant(c)
	}
	if !ok {
		return 0, &expr.Fault{Code: "query", At: n.At, Found: lang.Same(n.Text), Want: want}
	}
	return i, nil
}

// NumberWant says which numbers an own column of calls may have.
func NumberWant(c query.Column) lang.Text {
	return lang.F("小数点前最多 %d 位、小数点后最多 %d 位", "at most %d digits before the point and %d behind it", query.OwnDigits, c.Places)
}

// Event is what an event says in a column of the company's own.
func (o Own) Event(ev record.Event, column expr.Def) expr.Value {
	if column.Type.Kind == expr.Word {
		return expr.TextOf(ev.Fields[column.Name])
	}
	return numberOrNone(ev.Numbers[column.Name])
}

// redeclare says how a column of the company's own becomes a number, or a text.
func (o Own) redeclare(source string, column expr.Def) lang.Text {
	if _, own := findIn(o.of(source), column.Name); !own {
		return lang.Text{}
	}
	if column.Type.Kind == expr.Word {
		return lang.F("若是数字，在导入配置里写 extra: {%[1]s: number} 或 {%[1]s: money}", "if it is a number, the profile says extra: {%[1]s: number} or {%[1]s: money}", column.Name)
	}
	return lang.F("若是文字，在导入配置里写 extra: {%s: text}", "if it is text, the profile says extra: {%s: text}", column.Name)
}

// declarable are the sources whose own columns plans may name.
var declarable = []string{"calls", "deals", "credits", "events"}

// declare says how a name that a source does not have could be a column of the
// company's own; near is what else it may be.
func declare(source, name string, near lang.Text) lang.Text {
	if !slices.Contains(declarable, source) {
		return near
	}
	kind := source
	if kind == "credits" {
		kind = "deals"
	}
	mend := lang.F("若是公司自己的一列，在 %s 的导入配置里声明：extra: {%s: text}，数字写 number，金额写 money", "if it is a column of the company's own, a profile of %s declares it: extra: {%s: text}, or number, or money", kind, name)
	if near.IsEmpty() {
		return mend
	}
	return lang.F("%s；%s", "%s; %s", near, mend)
}
