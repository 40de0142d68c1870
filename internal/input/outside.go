package input

import (
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// notLater notes a day behind the month's last one: the row waits for the month
// of its day, which is a slip of the year more often than a late export.
func (r *row) notLater(field string, day period.Day) {
	if day < r.opts.Cut.Span(r.opts.Month).To || r.fault != "" {
		return
	}
	r.remark(field, "later-date", lang.F("%s 在 %s 之后，本月不计", "%s, after %s; it does not count this month", day, r.opts.Month.String()),
		lang.T("若年月写错，改正日期；若确是以后的，放进那个月的文件夹", "mend the date if it is a slip; if it is true, the row belongs into the folder of its month"))
}

// employed notes a deal that somebody signed before the day of hire or after the
// last day; the plan says whose money it is.
func (r *row) employed(d record.Deal) {
	p := r.roster.byID(d.Agent)
	switch {
	case p == nil || r.fault != "" || d.Signed == period.NoDay:
	case d.Signed < p.Hire:
		r.remark("signed", "outside-employment", lang.F("%s 的成交 %s 签于 %s，早于入职 %s，合同额 %s", "deal %[2]s of %[1]s, signed on %[3]s, before the hire on %[4]s; value %[5]s", p.ID, d.ID, d.Signed, p.Hire, d.Value), mendOutside)
	case p.Leave != period.NoDay && d.Signed > p.Leave:
		r.remark("signed", "outside-employment", lang.F("%s 的成交 %s 签于 %s，晚于离职 %s，合同额 %s", "deal %[2]s of %[1]s, signed on %[3]s, after the last day %[4]s; value %[5]s", p.ID, d.ID, d.Signed, p.Leave, d.Value), mendOutside)
	}
}

var mendOutside = lang.T("核对工号、签约日和花名册；金额按方案归属，未改动", "check the id, the day and the roster; the money goes where the plan says, nothing was changed")

// byID returns somebody of the roster; nil for a stranger.
func (ro *Roster) byID(id string) *record.Person {
	if i, ok := ro.index[id]; ok {
		return &ro.People[i]
	}
	return nil
}

// remark notes something about a cell that changes no amount.
func (r *row) remark(field, code string, found, mend lang.Text) {
	p := diag.Problem{Code: code, Reach: diag.Note, Pos: r.table.Pos(r.Row, r.col(field))}
	if !r.list.Full(r.shown, code) {
		p.Line, p.Found, p.Mend = r.excerpt(r.col(field)), found, mend
	}
	r.list.Add(p)
}
