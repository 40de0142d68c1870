package input

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/record"
)

// readTargets reads what people, teams, sites, regions and the company were to reach.
func (s *session) readTargets(places []place) []record.Target {
	return fill(s, places, reading[record.Target]{kind: "targets", one: "target", read: (*row).target, key: func(_ *row, t record.Target) (string, string) {
		name := strings.Join([]string{t.Month.String(), t.Scope, t.ID, t.KPI}, " ")
		return name, name
	}})
}

func (r *row) target() record.Target {
	t := record.Target{Month: r.month("month"), Scope: r.word("scope"), KPI: r.text("kpi"), ApprovedBy: r.text("approved_by"), ApprovedOn: r.day("approved_on"), At: r.evidence()}
	t.ID = r.targetID(t.Scope)
	t.Value, _ = r.spanOrNumber("target")
	return t
}

// targetID reads whose target it is; the company needs no name.
func (r *row) targetID(scope string) string {
	if scope == "agent" {
		id := r.agent("id")
		if id == "" && r.fault == "" {
			r.demand("id", lang.T("工号", "an agent's id"))
		}
		return id
	}
	id := r.text("id")
	names := r.roster.places(scope)
	switch {
	case scope == "company" || scope == "":
	case id == "":
		r.demand("id", lang.T("团队、职场或大区的名称", "the name of a team, site or region"))
	case !has(names, id) && !r.roster.absent():
		mend := lang.T("改成花名册里的名称", "write it as in the roster")
		if near := diag.Nearest(id, names); near != "" {
			mend = lang.F("是否为 %s？", "did you mean %s?", near)
		}
		r.bad("id", "unknown-"+scope, lang.T("花名册里有的名称", "a name that the roster has"), mend)
	}
	return id
}
