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

// stranger is an id that nobody has, with its first row.
type stranger struct {
	first diag.Problem
	rows  int
}

// mostStrangers is how many unknown ids of a file are told apart.
const mostStrangers = 1000

// stranger sends the row to the errors. An id is told once for the whole file,
// however many rows it has.
func (r *row) stranger(field, part, id string) {
	key := profile.Fold(id)
	if s := r.strangers[key]; s != nil {
		s.rows++
		r.spoil("unknown-agent")
		return
	}
	col := r.col(field)
	p := r.problem(col, "unknown-agent", r.quoted(col, part), lang.T("花名册里的工号", "an id of the roster"), r.roster.hint(id))
	if len(r.strangers) == mostStrangers {
		r.tell(p)
		return
	}
	if r.strangers == nil {
		r.source.strangers = map[string]*stranger{}
	}
	r.strangers[key] = &stranger{first: p, rows: 1}
	r.spoil(p.Code)
}

// tellStrangers puts them on the list.
func (src *source) tellStrangers() {
	for _, s := range src.strangers {
		p := s.first
		if s.rows > 1 {
			p.Found = lang.F("%s，共 %s 行", "%s, %s", p.Found, lang.Count(s.rows, "row", "rows"))
		}
		src.list.Add(p)
	}
}

// respelling is ids that the roster writes otherwise, and the place of the first one.
type respelling struct {
	first diag.Pos
	known map[string]string // as the file writes it → as the roster does
}

// respelt notes an id that the roster has in another spelling: in capitals, in
// full-width digits.
func (src *source) respelt(written, known string, at diag.Pos) {
	if written == known || profile.Fold(written) != profile.Fold(known) {
		return // an alias is no spelling
	}
	if src.spelt.known == nil {
		src.spelt = respelling{at, map[string]string{}}
	}
	if len(src.spelt.known) < mostStrangers {
		src.spelt.known[written] = known
	}
}

func (x respelling) note(column string) diag.Problem {
	var all []string
	for written, known := range x.known {
		all = append(all, written+" = "+known)
	}
	all = sortedCopy(all)
	if len(all) > 10 {
		all = append(all[:10], "…")
	}
	return diag.Problem{Code: "respelt-id", Reach: diag.Note, Pos: x.first, Found: lang.F("列“%s”里写法不同的编号，按花名册认人：%s", "ids in the column %q that are written otherwise than in the roster: %s", column, strings.Join(all, ", ")),
		Mend: lang.T("大小写和全角半角不区分；若其实是两个人，改正编号", "capitals and full-width forms do not count; if these are two people, mend the ids")}
}

// person finds who is meant by a name that an export uses instead of an id: an
// id, then the one person of that name (of that name and team, where several
// have it), then whoever has it among the aliases. A name that fits several people
// is nobody's: its rows are errors.
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
	if len(found) == 1 {
		return found[0].ID, true
	}
	return ro.KnownOn(name, day)
}

// Meets tells whether an export's id or name means somebody.
func (ro *Roster) Meets(id string) bool {
	_, ok := ro.person(id, "", period.NoDay)
	return ok
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
