package kpi

import (
	"slices"
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
	def("month_day", "几号", "day of the month", expr.Number, expr.Count), // of signing, or of the money
	def("contract", "合同号", "contract", expr.Word, 0),
	def("receipt", "回执", "receipt", expr.Word, 0),
	def("quantity", "数量", "quantity", expr.Number, expr.Count),
	def("price", "单价", "unit price", expr.Number, expr.Money),
	def("list_price", "原价", "list price", expr.Number, expr.Money),
	def("discount", "折让", "discount", expr.Number, expr.Percent), // 1 − price ÷ list price
	def("mispriced", "单价总价不符", "quantity × price unlike value", expr.YesNo, 0),
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
		def("company_line", "公司号码", "company line", expr.YesNo, 0), // the line stands among the company's
		def("batch", "名单批次", "batch", expr.Word, 0),                // of the lead with the phone
		def("lead_grade", "线索等级", "lead grade", expr.Word, 0),      // of the lead with the phone
		def("listed", "名单内", "listed", expr.YesNo, 0),              // the phone stands among the leads
	}},
	"deals": {"deals", append([]expr.Def{
		def("buyer", "成交客户", "buyer", expr.Word, 0),
		def("signed", "签约额", "signed", expr.Number, expr.Money),
		def("referred", "转介绍", "referred", expr.YesNo, 0),
	}, dealFields...)},
	"credits": {"credits", append([]expr.Def{
		def("collected", "回款", "collected", expr.Number, expr.Money),
		def("paid_after", "回款天数", "days from signing to payment", expr.Number, expr.Count),
	}, dealFields...)},
	"events": {"events", []expr.Def{
		def("kind", "种类", "kind", expr.Word, 0),
		def("level", "级别", "level", expr.Word, 0),
		def("score", "分数", "score", expr.Number, expr.Plain),
		def("hours", "小时", "hours", expr.Number, expr.Time),
		def("amount", "金额", "amount", expr.Number, expr.Money),
	}},
	"leads": {"leads", []expr.Def{
		def("phone", "号码", "phone", expr.Word, 0),
		def("lead", "线索", "lead", expr.Word, 0),
		def("source", "来源", "source", expr.Word, 0),
		def("batch", "批次", "batch", expr.Word, 0),
		def("grade", "等级", "grade", expr.Word, 0),
	}},
	"followups": {"followups", []expr.Def{
		def("kind", "种类", "kind", expr.Word, 0),
		def("customer", "客户", "customer", expr.Word, 0),
		def("kept", "已完成", "kept", expr.YesNo, 0),
	}},
	"reports": {"reports", []expr.Def{
		def("kind", "种类", "kind", expr.Word, 0),
		def("submitted", "已提交", "submitted", expr.YesNo, 0),
		def("delay", "提交时刻", "handed in after", expr.Number, expr.Time), // from 00:00 of the day it is about
		def("differs", "与系统不符", "unlike the system", expr.YesNo, 0),
		def("dials", "自报拨打量", "dials as reported", expr.Number, expr.Count),
		def("connects", "自报接通量", "connects as reported", expr.Number, expr.Count),
		def("talk", "自报通话时长", "talk as reported", expr.Number, expr.Time),
		def("deals", "自报成交数", "deals as reported", expr.Number, expr.Count),
		def("collected", "自报回款", "collected as reported", expr.Number, expr.Money),
	}},
	"receivables": {"receivables", []expr.Def{
		def("deal", "单号", "deal", expr.Word, 0),
		def("product", "产品", "product", expr.Word, 0),
		def("amount", "未回款", "not collected", expr.Number, expr.Money),
		def("age", "逾期天数", "days overdue", expr.Number, expr.Count),
	}},
	"half_hours": {"half_hours", []expr.Def{
		def("called", "有通话", "a call began in it", expr.YesNo, 0),
	}},
}

// CallColumns are the columns that an export of calls may have, as the facts of a
// month name those that are there.
func (s *Set) CallColumns() []string {
	var out []string
	for _, f := range s.Fields("calls") {
		out = append(out, "calls."+f.Name)
	}
	return out
}

// source returns a kind of rows, with the company's own columns.
func (s *Set) source(name string) (source, bool) {
	src, ok := sources[name]
	src.fields = append(slices.Clip(src.fields), s.Own.of(name)...)
	return src, ok
}

// Field returns a field of a kind of rows.
func (s *Set) Field(rows, field string) (expr.Def, bool) {
	src, _ := s.source(rows)
	return src.find(field)
}

// Fields are the fields of a kind of rows: of credits, that rates may depend on; of
// deals, that rules may name.
func (s *Set) Fields(rows string) []expr.Def {
	src, _ := s.source(rows)
	return src.fields
}

// Sources lists the kinds of rows that KPIs count.
func Sources() []string {
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

// words are the fields that are text.
func (s source) words() []string {
	var ns []string
	for _, f := range s.fields {
		if f.Type.Kind == expr.Word {
			ns = append(ns, f.Name)
		}
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
