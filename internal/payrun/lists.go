package payrun

import (
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/kpi"
)

// lists are the month's small exports as KPIs count them.
func (r *Run) lists(f *record.Facts) kpi.Lists {
	return kpi.Lists{Numbers: f.Numbers, Leads: f.Leads, FollowUps: f.FollowUps, Reports: f.Reports, Present: f.Present, Shift: r.in.Plan.Attendance}
}

// lists puts the rows of the small exports into buckets. Follow-ups and reports
// count by their day; numbers and leads stand for the month whose folder they lie in.
func (c *coverage) lists() {
	dated := func(at record.Source, day period.Day) {
		if c.m.span.Has(day) {
			c.put(at, record.Counted, "", money.Zero, false)
		} else {
			c.put(at, record.Excluded, "other_month", money.Zero, false)
		}
	}
	for _, n := range c.m.facts.Numbers {
		c.put(n.At, record.Counted, "", money.Zero, false)
	}
	for _, l := range c.m.facts.Leads {
		c.put(l.At, record.Counted, "", money.Zero, false)
	}
	for _, f := range c.m.facts.FollowUps {
		dated(f.At, f.Due)
	}
	for _, p := range c.m.facts.Reports {
		dated(p.At, p.Date)
	}
}
