package input

import (
	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// dayRow is a row with its key and day, of a kind that a later export may repeat.
type dayRow struct {
	id  string
	day period.Day
	at  record.Source
}

// Vanished notes rows of a month that the next month's export, which goes back
// over their days, no longer has. Nothing is taken back for that: a refund is a row
// of its own, and what was a mistake somebody decides.
func Vanished(before, after *record.Facts) []diag.Problem {
	var list diag.List
	for _, rows := range []func(*record.Facts) []dayRow{dealRows, paymentRows} {
		for _, p := range vanished(rows(before), rows(after)) {
			list.Add(p)
		}
	}
	return list.All()
}

func dealRows(f *record.Facts) (all []dayRow) {
	for _, d := range f.Deals {
		all = append(all, dayRow{d.ID, d.Signed, d.At})
	}
	return all
}

func paymentRows(f *record.Facts) (all []dayRow) {
	for _, p := range f.Payments {
		all = append(all, dayRow{p.ID, p.Paid, p.At})
	}
	return all
}

// vanished compares from the earliest row on that both exports have.
func vanished(before, after []dayRow) (all []diag.Problem) {
	later := map[string]dayRow{}
	for _, r := range after {
		later[profile.Fold(r.id)] = r
	}
	from, file := period.NoDay, ""
	for _, r := range before {
		if again, ok := later[profile.Fold(r.id)]; ok && (from == period.NoDay || r.day < from) {
			from, file = r.day, again.at.File
		}
	}
	for _, r := range before {
		if _, ok := later[profile.Fold(r.id)]; ok || from == period.NoDay || r.day < from {
			continue
		}
		all = append(all, diag.Problem{Code: "vanished-row", Reach: diag.Note, Pos: diag.Pos{File: r.at.File, Line: r.at.Row}, See: []diag.Pos{{File: file}},
			Found: lang.F("%s，后来的导出 %s 从 %s 起又列了一遍，却没有它了", "%s, which the later export %s, though it lists everything from %s on again, no longer has", r.id, file, from),
			Mend:  lang.T("金额不动。若是退款，要有一行退款；若是录错，写进 decisions；若是导出时条件不同，重新导出", "no amount is changed. A refund needs a row of its own; a mistake, a line in decisions; where the export was made with other conditions, make it again")})
	}
	return all
}
