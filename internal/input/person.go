package input

import (
	"sort"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// person joins the rows of one id: a first row without a date, and dated rows
// for changes. ok is false where a problem forbids to use the person.
func (s *session) person(rows []rosterRow) (p record.Person, ok bool) {
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].station.Since < rows[j].station.Since })
	rows, ok = s.distinctRows(rows)
	if !ok {
		return p, false
	}
	p = rows[0].person
	for _, row := range rows[1:] {
		if !s.sameperson(&p, rows[0], row) {
			ok = false
		}
	}
	if !ok || !s.employment(p, rows) {
		return p, false
	}
	p.Spans = s.stations(p, rows)
	return p, true
}

// distinctRows drops repeated rows; two that start on one day with different
// contents are an error naming both lines.
func (s *session) distinctRows(rows []rosterRow) ([]rosterRow, bool) {
	var kept []rosterRow
	ok := true
	for _, row := range rows {
		var last *rosterRow
		if len(kept) > 0 {
			last = &kept[len(kept)-1]
		}
		switch {
		case last == nil || last.station.Since != row.station.Since:
			kept = append(kept, row)
		case last.content == row.content && last.person.ID == row.person.ID:
			s.list.Add(diag.Problem{Code: "duplicate", Reach: diag.Note, Pos: row.pos, See: []diag.Pos{last.pos}, Found: lang.F("%s 的重复行，内容相同", "%s once more, with the same content", row.person.ID)})
		default:
			p := rosterProblem("duplicate-person", row.pos, row.person.ID, lang.F("%s 有两行从同一天起，内容不同", "two rows of %s from the same day, with different contents", row.person.ID),
				lang.T("每人一行；变动另起一行，并写 since", "one row per person; a change is a further row with since"), lang.T("删去错误的一行，或写上变动日期", "delete the row that is wrong, or write the day of the change"))
			p.See = []diag.Pos{last.pos}
			s.list.Add(p)
			ok = false
		}
	}
	return kept, ok
}

// sameperson takes over what a further row adds and refuses what contradicts.
func (s *session) sameperson(p *record.Person, first, row rosterRow) bool {
	complain := func(what lang.Text) bool {
		prob := rosterProblem("two-people", row.pos, p.ID, lang.F("%s 两行的%s不同", "two rows of %s that differ in the %s", p.ID, what), lang.T("同一工号是同一个人", "one person for one id"),
			lang.T("改正其中一行；若是两个人，给其中一人换工号（大小写和全半角不算区别）", "mend one of the rows; if they are two people, give one another id (case and width do not tell ids apart)"))
		prob.See = []diag.Pos{first.pos}
		s.list.Add(prob)
		return false
	}
	q := row.person
	switch {
	case q.ID != p.ID:
		return complain(lang.T("工号写法", "spelling of the id"))
	case q.Name != "" && q.Name != p.Name:
		return complain(lang.T("姓名", "name"))
	case q.Hire != period.NoDay && p.Hire != period.NoDay && q.Hire != p.Hire:
		return complain(lang.T("入职日期", "day of hire"))
	case q.Leave != period.NoDay && p.Leave != period.NoDay && q.Leave != p.Leave:
		return complain(lang.T("离职日期", "last day"))
	case q.Account != "" && p.Account != "" && q.Account != p.Account:
		return complain(lang.T("银行账号", "bank account"))
	}
	p.Hire, p.Leave = max(p.Hire, q.Hire), max(p.Leave, q.Leave)
	p.FirstJob, p.SixtyThousand = p.FirstJob || q.FirstJob, p.SixtyThousand || q.SixtyThousand
	for _, add := range []struct{ to, from *string }{{&p.Name, &q.Name}, {&p.Account, &q.Account}, {&p.Tax, &q.Tax}, {&p.Language, &q.Language}} {
		if *add.from != "" {
			*add.to = *add.from
		}
	}
	return true
}

// employment checks the days of a person against each other.
func (s *session) employment(p record.Person, rows []rosterRow) bool {
	first := rows[0]
	switch {
	case p.Hire == period.NoDay || p.Name == "" || first.station.Team == "" || first.station.Role == "" || first.graded && first.station.Grade == "":
		s.list.Add(rosterProblem("first-row", first.pos, p.ID, lang.F("%s 的第一行没有填全", "a first row of %s that is not complete", p.ID), lang.T("姓名、团队、岗位、职级、入职日期都有", "name, team, role, grade and day of hire"), lang.T("补上；只有变动行可以留空", "fill them in; only rows of changes may leave them empty")))
		return false
	case p.Leave != period.NoDay && p.Leave < p.Hire:
		s.list.Add(rosterProblem("left-before-hired", first.pos, p.ID, lang.F("%s 离职 %s 早于入职 %s", "%s, who left on %s and was hired on %s", p.ID, p.Leave, p.Hire), lang.T("离职不早于入职", "a last day not before the day of hire"), lang.T("改正日期", "mend the dates")))
		return false
	}
	for _, row := range rows {
		since := row.station.Since
		if since != period.NoDay && (since < p.Hire || p.Leave != period.NoDay && since > p.Leave) {
			s.list.Add(rosterProblem("change-outside", row.pos, p.ID, lang.F("%s 的变动日 %s 不在任职期间", "a change of %s on %s, outside the employment", p.ID, since), lang.F("%s 起的任职期间之内", "a day of the employment, from %s on", p.Hire), lang.T("改正 since、入职或离职日期", "mend since, hire or leave")))
			return false
		}
	}
	return true
}

// stations turns rows into stations that cover hire to leave without overlap.
// A first row with a date later than the hire holds from the hire on, and is noted.
func (s *session) stations(p record.Person, rows []rosterRow) []record.Station {
	var all []record.Station
	for i, row := range rows {
		st := row.station
		switch {
		case i == 0 && st.Since > p.Hire:
			s.list.Add(diag.Problem{Code: "roster-gap", Reach: diag.Note, Pos: row.pos, Found: lang.F("%s 从入职到 %s 没有花名册行，按第一行处理", "no row of %s from the hire to %s; the first row is taken", p.ID, st.Since),
				Mend: lang.T("补上入职时的一行，不写 since", "add the row of the hire, without since")})
			st.Since = p.Hire
		case i == 0:
			st.Since = p.Hire
		case st.Since == all[len(all)-1].Since:
			all = all[:len(all)-1] // a change on the day of hire replaces the first row
			st = inherit(row, rows[i-1].station)
		default:
			st = inherit(row, all[len(all)-1])
		}
		all = append(all, st)
	}
	for i := range all {
		all[i].Until = period.NoDay
		switch {
		case i+1 < len(all):
			all[i].Until = all[i+1].Since
		case p.Leave != period.NoDay:
			all[i].Until = p.Leave + 1
		}
	}
	return all
}

// inherit fills what a dated row leaves empty from the station before.
func inherit(row rosterRow, before record.Station) record.Station {
	st := row.station
	for _, f := range []struct {
		name     string
		to, from *string
	}{{"team", &st.Team, &before.Team}, {"site", &st.Site, &before.Site}, {"region", &st.Region, &before.Region}, {"leader", &st.Leader, &before.Leader}, {"role", &st.Role, &before.Role},
		{"grade", &st.Grade, &before.Grade}, {"status", &st.Status, &before.Status}, {"employment", &st.Employment, &before.Employment}} {
		if !row.stated[f.name] {
			*f.to = *f.from
		}
	}
	st.Insured = inheritInsured(row, before.Insured)
	if !row.stated["base"] {
		st.Base, st.HasBase = before.Base, before.HasBase
	}
	fields := map[string]string{}
	for header, v := range before.Fields {
		fields[header] = v
	}
	for header, v := range st.Fields {
		if v != "" {
			fields[header] = v
		}
	}
	if len(fields) > 0 {
		st.Fields = fields
	}
	return st
}
