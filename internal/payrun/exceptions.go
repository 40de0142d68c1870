package payrun

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
	"telepay/kpi"
)

// exceptions lists what somebody has to look at: days on which a KPI marked as an
// exception is above 0, one row per person and KPI, and facts that do not fit,
// one row each. No row names a customer.
func (m *month) exceptions() []statement.Exception {
	var out []statement.Exception
	for _, w := range m.everybody() {
		for _, name := range m.run.engine.Set.Names {
			if k := m.run.engine.Set.ByName[name]; k.Exception {
				out = append(out, m.exceptionsOf(k, w.Agent)...)
			}
		}
		out = append(out, m.punches(w.Agent)...)
		out = append(out, m.uncalled(w.Agent)...)
	}
	out = append(out, m.blankFields()...)
	out = append(out, m.payers()...)
	out = append(out, m.claims()...)
	out = append(out, m.overdue()...)
	out = append(out, m.broken()...)
	out = append(out, m.unsampled()...)
	slices.SortStableFunc(out, func(a, b statement.Exception) int {
		return cmp.Or(cmp.Compare(a.Agent, b.Agent), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Ref, b.Ref))
	})
	return out
}

func (m *month) exceptionsOf(k *kpi.KPI, agent string) []statement.Exception {
	e := m.run.engine
	var out []statement.Exception
	switch k.Of {
	case "deals":
		for _, h := range e.Hits(k, agent, m.month) {
			out = append(out, statement.Exception{Agent: agent, Kind: k.Name, Title: k.Title, Date: h.Date, Count: 1, Ref: h.Deal, At: h.At})
		}
		return out
	case "reports":
		for _, p := range m.facts.Reports {
			if unlike := e.Unlike(p, m.month); p.Agent == agent && m.span.Has(p.Date) && len(unlike) > 0 {
				out = append(out, statement.Exception{Agent: agent, Kind: k.Name, Title: k.Title, Date: p.Date, Count: int64(len(unlike)), Detail: m.claimed(p, unlike), At: p.At})
			}
		}
		return out
	}
	days, counts := e.Daily(k, agent, m.month)
	if len(days) == 0 {
		return nil
	}
	x := statement.Exception{Agent: agent, Kind: k.Name, Title: k.Title, Date: days[0]}
	var list []string
	for i, d := range days {
		x.Count += counts[i]
		list = append(list, fmt.Sprintf("%s × %d", d.String()[5:], counts[i]))
	}
	x.Detail = lang.Same(strings.Join(list, ", "))
	return []statement.Exception{x}
}

// claimed sets a report's figures against the exports'.
func (m *month) claimed(p record.Report, unlike []*kpi.KPI) lang.Text {
	var zh, en []string
	for _, k := range unlike {
		ours := m.run.engine.OnDay(k, p.Agent, m.month, p.Date)
		theirs := statement.Write(money.Of(p.Figures[k.Name]), k.Unit())
		zh = append(zh, fmt.Sprintf("%s 自报 %s, 系统 %s", k.Title.ZH, theirs, statement.Write(ours.Num, k.Unit())))
		en = append(en, fmt.Sprintf("%s %s reported, %s by the system", k.Title.EN, theirs, statement.Write(ours.Num, k.Unit())))
	}
	return lang.T(strings.Join(zh, "; "), strings.Join(en, "; "))
}

// punches are clockings that are missing: a warning until somebody resolves it.
func (m *month) punches(agent string) []statement.Exception {
	var out []statement.Exception
	for _, i := range m.data.Attendance[agent].Missing {
		out = append(out, statement.Exception{Agent: agent, Kind: "missing_punch", Title: lang.T("缺卡", "Missing punch"), Date: i.Date, Count: 1, At: i.Source})
	}
	return out
}

// uncalled are the deals whose customer was not called back in time.
func (m *month) uncalled(agent string) []statement.Exception {
	var out []statement.Exception
	k := m.run.engine.Set.ByName["called_back"]
	if k == nil || k.Match == nil {
		return nil
	}
	for _, h := range m.run.engine.Unmatched(k, agent, m.month) {
		out = append(out, statement.Exception{Agent: agent, Kind: "no_callback", Title: lang.T("成交后未回访", "Deal not called back"), Date: h.Date, Count: 1, Ref: h.Deal,
			Detail: lang.F("%s 天内没有接通的通话", "no answered call within %s", lang.Count(k.Match.To, "day", "days")), At: h.At})
	}
	return out
}

// blanks are the fields that a deal has to have, where the export has the column.
var blanks = []struct {
	field string
	title lang.Text
	of    func(d *record.Deal) string
}{
	{"contract", lang.T("合同号", "contract"), func(d *record.Deal) string { return d.Contract }},
	{"receipt", lang.T("回执", "receipt"), func(d *record.Deal) string { return d.Fields["receipt"] }},
	{"source", lang.T("来源", "source"), func(d *record.Deal) string { return d.Source }},
	{"product", lang.T("产品", "product"), func(d *record.Deal) string { return d.Product }},
}

func (m *month) blankFields() []statement.Exception {
	var out []statement.Exception
	for _, d := range m.signed() {
		var zh, en []string
		for _, b := range blanks {
			if m.facts.Present["deals."+b.field] && b.of(d) == "" {
				zh, en = append(zh, b.title.ZH), append(en, b.title.EN)
			}
		}
		if len(zh) > 0 {
			out = append(out, statement.Exception{Agent: d.Agent, Kind: "blank_field", Title: lang.T("成交缺字段", "Deal with blank fields"), Date: d.Signed, Count: int64(len(zh)), Ref: d.ID,
				Detail: lang.T(strings.Join(zh, ", "), strings.Join(en, ", ")), At: d.At})
		}
	}
	return out
}

// signed are the month's deals that stand.
func (m *month) signed() []*record.Deal {
	var out []*record.Deal
	for i := range m.facts.Deals {
		if d := &m.facts.Deals[i]; d.Status == "signed" && m.span.Has(d.Signed) {
			out = append(out, d)
		}
	}
	return out
}

// payers are payments that somebody else than the customer made.
func (m *month) payers() []statement.Exception {
	if !m.facts.Present["payments.payer"] {
		return nil
	}
	customer := map[string]*record.Deal{}
	for _, mi := range m.run.in.Months {
		for i := range mi.Facts.Deals {
			customer[mi.Facts.Deals[i].ID] = &mi.Facts.Deals[i]
		}
	}
	var out []statement.Exception
	for _, p := range m.facts.Payments {
		d, ok := customer[p.Deal]
		if ok && p.Payer != "" && p.Payer != d.Customer && m.span.Has(p.Paid) {
			amount := p.Amount
			out = append(out, statement.Exception{Agent: d.Agent, Kind: "other_payer", Title: lang.T("付款人不是客户", "Paid by somebody else"), Date: p.Paid, Count: 1, Ref: p.Deal, Amount: &amount, At: p.At})
		}
	}
	return out
}

// claims are customers with deals of two sellers within the time of a dispute,
// of which no dispute speaks: one row for each deal but the first.
func (m *month) claims() []statement.Exception {
	told := map[string]bool{}
	for _, d := range m.run.book.Disputes() {
		told[d.Deal], told["customer "+d.Customer] = true, true
	}
	first := map[string]*record.Deal{}
	var out []statement.Exception
	for _, d := range m.signed() {
		f, again := first[d.Customer]
		if !again {
			first[d.Customer] = d
			continue
		}
		if f.Agent != d.Agent && len(d.Shares) == 0 && !told[d.ID] && !told["customer "+d.Customer] {
			out = append(out, statement.Exception{Agent: d.Agent, Kind: "possible_dispute", Title: lang.T("疑似撞单", "Possible disputed lead"), Date: d.Signed, Count: 1, Ref: d.ID,
				Detail: lang.F("与 %s 的 %s 同一客户", "same customer as %[2]s of %[1]s", f.Agent, f.ID), At: d.At})
		}
	}
	return out
}

// overdue are deals with money outstanding, with how long.
func (m *month) overdue() []statement.Exception {
	var out []statement.Exception
	for _, r := range m.data.Lists.Receivables {
		amount := r.Amount
		out = append(out, statement.Exception{Agent: r.Agent, Kind: "overdue", Title: lang.T("逾期应收", "Overdue"), Date: r.Due, Count: 1, Ref: r.Deal, Amount: &amount, Age: r.Age,
			Detail: ageing(r.Age), At: r.At})
	}
	return out
}

// ageing puts an age into the usual classes (账龄).
func ageing(days int) lang.Text {
	switch {
	case days <= 30:
		return lang.T("1–30 天", "1–30 days")
	case days <= 60:
		return lang.T("31–60 天", "31–60 days")
	case days <= 90:
		return lang.T("61–90 天", "61–90 days")
	}
	return lang.T("90 天以上", "over 90 days")
}

// broken are promised callbacks that were not made on their day.
func (m *month) broken() []statement.Exception {
	var out []statement.Exception
	k := m.run.engine.Set.ByName["callbacks_kept"]
	if k == nil {
		return nil
	}
	for _, f := range m.run.engine.Missed(k, m.month) {
		out = append(out, statement.Exception{Agent: f.Agent, Kind: "missed_callback", Title: lang.T("约定回访未兑现", "Promised callback missed"), Date: f.Due, Count: 1, At: f.At})
	}
	return out
}

// unsampled are people with calls of whom nobody scored one, where some were scored.
func (m *month) unsampled() []statement.Exception {
	e, now := m.run.engine, []period.Month{m.month}
	samples, calls := e.Set.ByName["qa_samples"], e.Set.ByName["answered_calls"]
	if samples == nil || calls == nil || e.Value(samples, kpi.Scope{Kind: "company"}, now).Num.IsZero() {
		return nil
	}
	var out []statement.Exception
	for _, w := range m.everybody() {
		own := kpi.Scope{Kind: "agent", ID: w.Agent}
		if n := e.Value(calls, own, now); e.Value(samples, own, now).Num.IsZero() && !n.NoBase && n.Num.Sign() > 0 {
			out = append(out, statement.Exception{Agent: w.Agent, Kind: "no_qa_sample", Title: lang.T("没有质检样本", "No QA sample"), Date: m.span.Last(), Count: 1})
		}
	}
	return out
}
