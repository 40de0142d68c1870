package input

import (
	"math"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
)

// spell is the time during which an alias, an extension say, was one person's.
type spell struct {
	id       string
	from, to period.Day // to is out
	pos      diag.Pos
}

// KnownOn is Known for a row that is dated: an alias that went from one person to
// another means whoever had it on that day.
func (ro *Roster) KnownOn(id string, day period.Day) (string, bool) {
	for _, s := range ro.shared[profile.Fold(id)] {
		if day != period.NoDay && day >= s.from && day < s.to {
			return s.id, true
		}
	}
	return ro.Known(id)
}

// alias is KnownOn for aliases that several people had, and for nothing else.
func (ro *Roster) alias(id string, day period.Day) (string, bool) {
	if _, ok := ro.shared[profile.Fold(id)]; !ok {
		return "", false
	}
	return ro.KnownOn(id, day)
}

// nameAliases enters the other systems' names. One that two people have at the
// same time is an error; one that went from one to the other means who had it on
// the day.
func (s *session) nameAliases(ro *Roster, rows map[string][]rosterRow) {
	spells := map[string][]spell{}
	for _, p := range ro.People {
		if _, taken := ro.named[p.Name]; taken {
			ro.named[p.Name] = ""
		} else {
			ro.named[p.Name] = p.ID
		}
		for key, found := range spellsOf(p.ID, p.Hire, p.Leave, rows[profile.Fold(p.ID)]) {
			spells[key] = append(spells[key], found...)
		}
	}
	for _, key := range sortedAliases(spells) {
		s.enter(ro, key, spells[key])
	}
}

// spellsOf is the aliases of one person: those of a row hold from its day to the
// next row that states any.
func spellsOf(id string, hire, leave period.Day, rows []rosterRow) map[string][]spell {
	out := map[string][]spell{}
	for i, row := range rows {
		sp := spell{id: id, from: max(row.station.Since, hire), to: math.MaxInt32, pos: row.pos}
		if leave != period.NoDay {
			sp.to = leave + 1
		}
		for _, later := range rows[i+1:] {
			if len(later.aliases) > 0 {
				sp.to = later.station.Since
				break
			}
		}
		for _, a := range row.aliases {
			out[profile.Fold(a)] = append(out[profile.Fold(a)], sp)
		}
	}
	return out
}

func (s *session) enter(ro *Roster, key string, all []spell) {
	for i, a := range all {
		if other, ok := ro.ids[key]; ok && other != a.id {
			s.list.Add(taken(key, a, other, nil))
			return
		}
		for _, b := range all[:i] {
			if a.id != b.id && a.from < b.to && b.from < a.to {
				s.list.Add(taken(key, a, b.id, []diag.Pos{b.pos}))
				ro.known[key] = b.id
				return
			}
		}
	}
	for _, a := range all {
		if a.id != all[0].id {
			ro.shared[key] = all
			return
		}
	}
	ro.known[key] = all[0].id
}

func taken(alias string, a spell, other string, see []diag.Pos) diag.Problem {
	p := rosterProblem("alias-taken", a.pos, a.id, lang.F("别名 %s 已属于 %s", "the alias %s, which belongs to %s already", diag.Quote(alias), other), lang.T("每个别名同一时间只属于一人", "each alias for one person at a time"),
		lang.T("从其中一人删去；若是换了人，在后一人的变动行上写 since", "take it away from one of them; if it changed hands, write since on the row of the one who has it now"))
	p.See = see
	return p
}

// ownDay is the row's own date, NoDay where it has none that can be read.
func (r *row) ownDay() period.Day {
	for _, field := range dated {
		if col := r.col(field); col >= 0 {
			if t, ok := r.instant(r.Cells[col]); ok {
				return period.DayOf(t.Year(), int(t.Month()), t.Day())
			}
		}
	}
	return period.NoDay
}

func sortedAliases(m map[string][]spell) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	return sortedCopy(keys)
}
