package input

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
)

// readDeals reads deals: one row per deal.
func (s *session) readDeals(places []place) []record.Deal {
	return fill(s, places, reading[record.Deal]{kind: "deals", one: "deal", read: (*row).deal, key: func(_ *row, d record.Deal) (string, string) { return d.ID + "\x00" + d.Line, d.ID }})
}

func (r *row) deal() record.Deal {
	d := record.Deal{ID: r.id("deal"), Line: r.id("line"), Agent: r.agent("agent"), Customer: r.key("customer"), Lead: r.key("lead"), Phone: r.key("phone"),
		Product: r.text("product"), Source: r.word("source"), Channel: r.text("channel"), Signed: r.day("signed"), Due: r.day("due"), Status: r.word("status"),
		Shares: r.shares("shares"), Referrer: r.key("referrer"), Relation: r.agent("relation"), Contract: r.id("contract"), At: r.evidence()}
	var ok bool
	if d.Value, ok = r.sum("value"); ok {
		r.notNegative("value", d.Value)
	}
	if d.Status == "" {
		d.Status = "signed"
	}
	d.Quantity, _ = r.count("quantity")
	d.Price, _ = r.sum("price")
	d.Cost, d.HasCost = r.sum("cost")
	d.Tax, _ = r.sum("tax")
	r.currency()
	d.Fields = r.own("list_price", "receipt")
	d.Numbers = r.ownNumbers()
	r.notLater("signed", d.Signed)
	r.employed(d)
	return d
}

// key reads the key of a customer, lead or phone in the form in which it is compared.
func (r *row) key(field string) string { return profile.Fold(r.id(field)) }

// own reads the company's own columns, and fields that records keep by name only.
func (r *row) own(fields ...string) map[string]string {
	m := map[string]string{}
	for _, f := range fields {
		if r.col(f) >= 0 {
			m[f] = r.text(f)
		}
	}
	for _, header := range sortedHeaders(r.columns.Extra) {
		if r.columns.ExtraAs[header] != "" {
			continue
		}
		m[header] = r.note(r.intern(profile.Show(r.Cells[r.columns.Extra[header]])))
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

// ownNumbers reads the company's own columns that hold numbers; nil where the cell is
// empty, or only another system's files have the column.
func (r *row) ownNumbers() map[string]*money.Decimal {
	var m map[string]*money.Decimal
	for _, h := range r.elsewhere {
		if m == nil {
			m = map[string]*money.Decimal{}
		}
		m[h] = nil
	}
	for _, header := range sortedHeaders(r.columns.Extra) {
		if r.columns.ExtraAs[header] == "" {
			continue
		}
		if m == nil {
			m = map[string]*money.Decimal{}
		}
		col := r.columns.Extra[header]
		m[header] = nil
		text := strings.TrimSpace(r.Cells[col])
		if fault := r.table.Fault(r.Row, col); fault != nil {
			r.tell(*fault)
		} else if v, err := money.Parse(text); err == nil {
			r.note(v.String())
			m[header] = &v
		} else if text != "" {
			r.report(col, "bad-number", lang.F("%s（列“%s”）", "%s in the column %q", diag.Quote(text), header), lang.T("纯数字，如 12 或 12.5", "a plain number such as 12 or 12.5"),
				lang.T("只写数字；若是文字，在导入配置的 extra 里写 text", "write digits only; if it is text, say so under extra in the profile"))
		}
	}
	return m
}

func sortedHeaders(m map[string]int) []string {
	var hs []string
	for h := range m {
		hs = append(hs, h)
	}
	return sortedCopy(hs)
}

// spellDeals gives deal ids in other exports the spelling that deals have.
func spellDeals(f *record.Facts) {
	spelling := map[string]string{}
	for id := range f.Faulty {
		spelling[profile.Fold(id)] = id
	}
	for _, d := range f.Deals {
		spelling[profile.Fold(d.ID)] = d.ID
	}
	respell := func(id *string) {
		if s, ok := spelling[profile.Fold(*id)]; ok {
			*id = s
		}
	}
	for i := range f.Payments {
		respell(&f.Payments[i].Deal)
	}
	for i := range f.Disputes {
		respell(&f.Disputes[i].Deal)
	}
	for i := range f.Events {
		respell(&f.Events[i].Deal)
	}
	for i := range f.Decisions {
		respell(&f.Decisions[i].Ref)
	}
}
