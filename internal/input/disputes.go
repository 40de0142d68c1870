package input

import (
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// readDisputes reads the customers, leads and deals that several agents claim.
func (s *session) readDisputes(places []place) []record.Dispute {
	return fill(s, places, reading[record.Dispute]{kind: "disputes", one: "dispute", read: (*row).dispute, key: func(_ *row, d record.Dispute) (string, string) { return d.ID, d.ID }})
}

func (r *row) dispute() record.Dispute {
	d := record.Dispute{ID: r.id("dispute"), Customer: r.key("customer"), Lead: r.key("lead"), Deal: r.id("deal"), Agents: r.agents("agents"),
		Opened: r.day("opened"), Level: r.word("level"), Ruled: r.day("ruled"), Owner: r.agent("owner"), Shares: r.shares("shares"),
		Void: r.yes("void"), Innocent: r.agents("innocent"), Evidence: r.prose("evidence"), At: r.evidence()}
	if d.Customer == "" && d.Lead == "" && d.Deal == "" {
		r.demand("deal", lang.T("客户、线索或单号至少一项", "a customer, a lead or a deal"))
	}
	if len(d.Agents) == 1 && r.fault == "" {
		r.bad("agents", "one-claimant", lang.T("至少两名坐席，写作 T1; T2", "at least two agents, as T1; T2"), lang.T("补上另一方", "add the other party"))
	}
	for _, a := range d.Innocent {
		if !has(d.Agents, a) {
			r.badPart("innocent", a, "not-a-party", lang.T("撞单双方之一", "one of the parties"), lang.T("改正工号", "mend the id"))
		}
	}
	r.ruling(d)
	return d
}

// ruling holds date and outcome together: both or neither, and one outcome only.
func (r *row) ruling(d record.Dispute) {
	outcomes := 0
	for _, has := range []bool{d.Owner != "", len(d.Shares) > 0, d.Void} {
		if has {
			outcomes++
		}
	}
	switch {
	case r.fault != "":
	case outcomes > 1:
		r.bad("owner", "two-rulings", lang.T("归属、分成、作废三者之一", "one of owner, shares and void"), lang.T("只留裁决的那一种", "keep the one that was ruled"))
	case d.Ruled != period.NoDay && outcomes == 0:
		r.bad("ruled", "ruling-incomplete", lang.T("裁决日期和结果（归属、分成或作废）", "the date of the ruling with its outcome: owner, shares or void"), lang.T("补上结果；尚未裁决的不写日期", "add the outcome; leave the date out while it is open"))
	case d.Ruled == period.NoDay && outcomes == 1:
		r.demand("ruled", lang.T("裁决日期", "the date of the ruling"))
	case d.Ruled != period.NoDay && d.Ruled < d.Opened:
		r.bad("ruled", "ruled-before-opened", lang.T("不早于提出日期", "a day not before the dispute was opened"), lang.T("改正日期", "mend the date"))
	}
}

func has(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}
