package kpi

import (
	"sort"

	"telepay/internal/expr"
	"telepay/internal/lang"
)

// source is a kind of row that KPIs count, with its fields.
type source struct {
	name   string
	fields []expr.Def
}

func def(name, zh, en string, k expr.Kind, u expr.Unit) expr.Def {
	return expr.Def{Name: name, Title: lang.T(zh, en), Type: expr.Type{Kind: k, Unit: u}}
}

var dealFields = []expr.Def{
	def("deal", "单号", "deal", expr.Word, 0),
	def("product", "产品", "product", expr.Word, 0),
	def("source", "来源", "source", expr.Word, 0),
	def("channel", "渠道", "channel", expr.Word, 0),
	def("customer", "客户", "customer", expr.Word, 0), // new or old
	def("value", "合同额", "deal value", expr.Number, expr.Money),
}

var sources = map[string]source{
	"calls": {"calls", []expr.Def{
		def("call_id", "通话编号", "call id", expr.Word, 0),
		def("direction", "方向", "direction", expr.Word, 0),
		def("result", "结果", "result", expr.Word, 0),
		def("phone", "号码", "phone", expr.Word, 0),
		def("line", "主叫", "line", expr.Word, 0),
		def("lead", "线索", "lead", expr.Word, 0),
		def("customer", "客户", "customer", expr.Word, 0),
		def("intent", "意向", "intent", expr.Word, 0),
		def("hangup", "挂断方", "hang-up", expr.Word, 0),
		def("next_contact", "下次联系", "next contact", expr.Word, 0),
		def("note", "备注", "note", expr.Word, 0),
		def("recording", "录音", "recording", expr.Word, 0),
		def("talk", "通话时长", "talk", expr.Number, expr.Time),
		def("ring", "振铃时长", "ring", expr.Number, expr.Time),
		def("clock", "拨打时刻", "time of day", expr.Number, expr.Time),
		def("weekday", "星期", "weekday", expr.Number, expr.Count),
		def("connected", "接通", "connected", expr.YesNo, 0),
	}},
	"deals": {"deals", append([]expr.Def{
		def("buyer", "成交客户", "buyer", expr.Word, 0),
		def("signed", "签约额", "signed", expr.Number, expr.Money),
		def("referred", "转介绍", "referred", expr.YesNo, 0),
	}, dealFields...)},
	"credits": {"credits", append([]expr.Def{
		def("collected", "回款", "collected", expr.Number, expr.Money),
	}, dealFields...)},
	"events": {"events", []expr.Def{
		def("kind", "种类", "kind", expr.Word, 0),
		def("level", "级别", "level", expr.Word, 0),
		def("score", "分数", "score", expr.Number, expr.Plain),
		def("amount", "金额", "amount", expr.Number, expr.Money),
	}},
}

// CreditFields are the fields of one credit that rates may depend on.
func CreditFields() []expr.Def { return sources["credits"].fields }

func sourceNames() []string {
	var ns []string
	for n := range sources {
		ns = append(ns, n)
	}
	sort.Strings(ns)
	return ns
}

func (s source) find(name string) (expr.Def, bool) {
	for _, f := range s.fields {
		if f.Name == name {
			return f, true
		}
	}
	return expr.Def{}, false
}

func (s source) names() []string {
	var ns []string
	for _, f := range s.fields {
		ns = append(ns, f.Name)
	}
	return ns
}

func (s source) vocabulary() expr.Vocabulary { return expr.Vocabulary{Find: s.find, All: s.names} }

// yields says what kind of number an operation on a field gives.
func (s source) yields(op, field string) expr.Type {
	if op == "count" || op == "distinct" {
		return expr.Type{Kind: expr.Number, Unit: expr.Count}
	}
	f, _ := s.find(field)
	return expr.Type{Kind: expr.Number, Unit: f.Type.Unit}
}
