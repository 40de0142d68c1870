package input

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// byName is the one person of a name; empty where nobody has it, or several.
func (ro *Roster) byName(name string) string { return ro.named[profile.Show(name)] }

// meant remembers that a name stood where an id belongs; end tells of it once.
func (src *source) meant(field, name, id string) {
	if src.names == nil {
		src.names = map[string]string{}
	}
	src.names[name] = id
	src.nameField = field
}

// noteNames says which names were taken for whom.
func noteNames(pos diag.Pos, column string, names map[string]string) diag.Problem {
	var all []string
	for name, id := range names {
		all = append(all, name+" = "+id)
	}
	all = sortedCopy(all)
	if len(all) > 10 {
		all = append(all[:10], "…")
	}
	return diag.Problem{Code: "by-name", Reach: diag.Note, Pos: pos, Found: lang.F("列“%s”里是姓名，按花名册认人：%s", "names in the column %q, taken by the roster: %s", column, strings.Join(all, ", ")),
		Mend: lang.T("最好导出工号：同名或改名会认不出人", "better export the ids: two people of one name cannot be told apart")}
}

// person finds who is meant by a name that an export uses instead of an id: an
// id, then the one person of that name (of that name and team, where several
// have it), then another system's name. A name that fits several people is
// nobody's: its rows are errors.
func (ro *Roster) person(name, team string, day period.Day) (string, bool) {
	key := profile.Fold(name)
	if ro.ids[key] != "" {
		return ro.ids[key], true
	}
	var found []record.Person
	for _, p := range ro.People {
		if profile.Fold(p.Name) == key {
			found = append(found, p)
		}
	}
	if len(found) > 1 && team != "" {
		found = inTeam(found, team, day)
	}
	switch len(found) {
	case 0:
		return ro.KnownOn(name, day)
	case 1:
		return found[0].ID, true
	}
	return "", false
}

// inTeam keeps the people of a team: of the team of the day, where one is known.
// A system may write a path of departments; its last part counts.
func inTeam(people []record.Person, team string, day period.Day) (kept []record.Person) {
	for _, p := range people {
		for _, st := range p.Spans {
			if day != period.NoDay && (day < st.Since || st.Until != period.NoDay && day >= st.Until) {
				continue
			}
			if sameTeam(st.Team, team) {
				kept = append(kept, p)
				break
			}
		}
	}
	return kept
}

func sameTeam(ours, theirs string) bool {
	a, b := profile.Fold(ours), profile.Fold(theirs)
	if a == b {
		return true
	}
	for _, sep := range []string{"-", "/", ">", "\\"} {
		if i := strings.LastIndex(b, sep); i >= 0 && strings.TrimSpace(b[i+1:]) == a {
			return true
		}
	}
	return false
}
