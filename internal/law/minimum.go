package law

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Minimum is a city's minimum wage, with what it counts.
type Minimum struct {
	City   string
	Amount money.Decimal // a month, full time
	// OwnInsurance and OwnFund tell whether the employee's own share of insurance
	// and of the housing fund counts towards the minimum. Where one does not, it is
	// computed first and what is left has to reach the minimum.
	OwnInsurance bool
	OwnFund      bool
	// FundAtLowest limits what OwnFund leaves out to the share at the lowest rate.
	FundAtLowest bool
	// Excludes names what does not count beside: overtime, shift, heat, hazard,
	// benefits, and in places meal, transport, housing.
	Excludes []string
	Article  lang.Text
	Origin
}

// InsuranceFirst tells whether insurance or fund has to be known before the minimum is tested.
func (m Minimum) InsuranceFirst() bool { return !m.OwnInsurance || !m.OwnFund }

type city struct {
	minimum Minimum
	amounts table[money.Decimal]
	hourly  table[money.Decimal]
}

// excludable is what a minimum wage may leave out.
var excludable = []string{"overtime", "shift", "heat", "hazard", "benefits", "meal", "transport", "housing"}

func (l *Law) readMinimum(r reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		n := e.Value
		r.Known(n, "own_insurance", "own_fund", "excludes", "amounts", "hourly", "article", "source", "confidence")
		m := Minimum{City: e.Key.Text, Article: r.Text(n.Get("article")), Origin: r.origin(n)}
		m.OwnInsurance = r.OneOf(n.Get("own_insurance"), "counts", "excluded") == "counts"
		m.OwnFund = m.OwnInsurance
		if f := n.Get("own_fund"); f != nil {
			word := r.OneOf(f, "counts", "excluded", "lowest_excluded")
			m.OwnFund, m.FundAtLowest = word == "counts", word == "lowest_excluded"
		}
		for _, w := range items(n.Get("excludes")) {
			m.Excludes = append(m.Excludes, r.OneOf(w, excludable...))
		}
		l.minimum[e.Key.Text] = city{m, rows(r, n.Get("amounts"), r.amount), rows(r, n.Get("hourly"), r.amount)}
	}
}

func items(n *yamldoc.Node) []*yamldoc.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// MinimumWage returns a city's monthly minimum wage in m; false where none is known for m.
func (l *Law) MinimumWage(name string, m period.Month) (Minimum, bool) {
	return l.minimumOf(name, m, l.minimum[name].amounts)
}

// HourlyMinimum returns the least that a part-timer (非全日制) is paid an hour in m.
func (l *Law) HourlyMinimum(name string, m period.Month) (Minimum, bool) {
	return l.minimumOf(name, m, l.minimum[name].hourly)
}

func (l *Law) minimumOf(name string, m period.Month, amounts table[money.Decimal]) (Minimum, bool) {
	v, ok := amounts.at(m)
	out := l.minimum[name].minimum
	out.City, out.Amount = name, v
	return out, ok
}
