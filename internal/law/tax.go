package law

import (
	"maps"
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Band holds above an amount: rate × the whole, less the quick deduction.
type Band struct {
	Above money.Decimal
	Rate  money.Ratio
	Quick money.Decimal
}

// Tax is one rule of tax. Only what the rule needs is filled.
type Tax struct {
	Basic     money.Decimal // deduction: a month, or of sixty_thousand a year
	Bands     []Band
	Cost      money.Decimal // labour: flat cost of a payment up to CostUntil
	CostUntil money.Decimal
	CostShare money.Ratio // share of what is paid that counts as cost
	Times     int         // severance: exempt up to so many times the local average wage of a year
	Article   lang.Text
	Origin
}

// Band returns the band that x falls into; an amount at a bound belongs to the band below it.
func (t Tax) Band(x money.Decimal) Band {
	b := t.Bands[0]
	for _, next := range t.Bands {
		if x.Cmp(next.Above) > 0 {
			b = next
		}
	}
	return b
}

// The rules of tax, by name.
const (
	Annual        = "annual"
	Bonus         = "bonus"
	Labour        = "labour"
	Platform      = "platform"
	Student       = "student"
	FirstJob      = "first_job"
	SixtyThousand = "sixty_thousand"
	Severance     = "severance"
)

// taxNeeds are the keys that each rule cannot do without.
var taxNeeds = map[string][]string{
	Annual: {"basic", "bands"}, Bonus: {"bands"}, Labour: {"bands", "cost", "cost_until", "cost_share"},
	Platform: {"cost_share"}, Student: {"cost_share"}, FirstJob: {}, SixtyThousand: {"basic"}, Severance: {"times"},
}

func (l *Law) readTax(r reader, root *yamldoc.Node) {
	r.Known(root, slices.Sorted(maps.Keys(taxNeeds))...)
	for _, e := range root.Entries {
		l.tax[e.Key.Text] = rows(r, e.Value, func(n *yamldoc.Node) Tax {
			r.need(n, append([]string{"source"}, taxNeeds[e.Key.Text]...)...)
			return r.tax(n)
		})
	}
}

func (r reader) tax(n *yamldoc.Node) Tax {
	r.Known(n, "until", "basic", "bands", "cost", "cost_until", "cost_share", "times", "article", "source", "confidence")
	return Tax{
		Basic: r.amount(n.Get("basic")), Bands: r.bands(n.Get("bands")), Cost: r.amount(n.Get("cost")), CostUntil: r.amount(n.Get("cost_until")),
		CostShare: r.share(n.Get("cost_share")), Times: r.whole(n.Get("times")), Article: r.Text(n.Get("article")), Origin: r.origin(n),
	}
}

// bands reads {0: [3%, 0], 36000: [10%, 2520]}, by rising amount.
func (r reader) bands(n *yamldoc.Node) []Band {
	if n == nil {
		return nil
	}
	var bs []Band
	for _, e := range n.Entries {
		if e.Value.Kind != yamldoc.List || len(e.Value.Items) != 2 {
			r.WantShape(e.Value, lang.T("[税率, 速算扣除数]", "[rate, quick deduction]"))
			continue
		}
		b := Band{r.amount(e.Key), r.share(e.Value.Items[0]), r.amount(e.Value.Items[1])}
		if k := len(bs); k > 0 && bs[k-1].Above.Cmp(b.Above) >= 0 || len(bs) == 0 && !b.Above.IsZero() {
			r.Bad(e.Key, "tier-order", lang.Same(e.Key.Text), lang.T("从 0 起、从低到高的界限", "bounds that rise from 0"), lang.Text{})
			continue
		}
		bs = append(bs, b)
	}
	return bs
}

// Tax returns a rule of tax in m; false where it is not in force in m.
func (l *Law) Tax(rule string, m period.Month) (Tax, bool) { return l.tax[rule].at(m) }
