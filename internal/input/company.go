package input

import (
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// ofCompany are the kinds that a company keeps in one workbook beside its roster.
var ofCompany = []string{"roster", "grades", "targets", "decisions", "opening"}

// sheetsOf tells which sheet of the roster's workbook is what: by its name, else
// by its header. A file of one sheet is the roster.
func (s *session) sheetsOf(p place) map[string][]place {
	all := map[string][]place{}
	names := sheetNames(p)
	if len(names) < 2 {
		all["roster"] = []place{p}
		return all
	}
	var others []string
	for _, name := range names {
		sheet := p
		sheet.sheet, sheet.name = name, p.name+"!"+name
		if kind := s.kindOfSheet(sheet); kind != "" {
			all[kind] = append(all[kind], sheet)
		} else {
			others = append(others, name)
		}
	}
	if len(all["roster"]) == 0 {
		k, _ := profile.Lookup("roster")
		var wanted []string
		for _, f := range k.Fields {
			if f.Required {
				wanted = append(wanted, f.Headers[0])
			}
		}
		s.list.Add(diag.Problem{Code: "missing-roster", Reach: diag.Stop, Pos: diag.Pos{File: p.shown}, Found: lang.F("没有一张表像花名册：%s", "no sheet that is a roster: %s", strings.Join(names, ", ")),
			Want: lang.F("一张表的表头有 %s", "a sheet whose header has %s", strings.Join(wanted, ", ")), Mend: lang.T("把那张表改名为 花名册，会说明它缺哪些列", "call the sheet roster: then it says which columns are missing")})
		return all
	}
	if len(others) > 0 {
		s.list.Add(diag.Problem{Code: "other-sheets", Reach: diag.Note, Pos: diag.Pos{File: p.shown}, Found: lang.F("没有读取的表：%s", "sheets that are not read: %s", strings.Join(others, ", ")),
			Mend: lang.T("要读的表，名称以 花名册、职级、任务、决定 或 期初 开头", "let the name of one that counts begin with roster, grades, targets, decisions or opening")})
	}
	return all
}

func sheetNames(p place) []string {
	t, _, err := table.Open(p.path, p.shown, table.Options{Whole: true})
	if t == nil || err != nil {
		return nil // whoever opens it to read says why
	}
	defer t.Close()
	return t.Sheets()
}

// kindOfSheet takes a sheet by its name, else for the kind with most required
// columns among those whose header it has.
func (s *session) kindOfSheet(p place) string {
	name := profile.Fold(p.sheet)
	if k, ok := profile.KindOfFile(name); ok && has(ofCompany, k.Name) && !strings.HasPrefix(name, "公司") && !strings.HasPrefix(name, "company") { // a file is called so, a sheet may be anything
		return k.Name
	}
	best, most := "", 0
	for _, name := range ofCompany {
		k, _ := profile.Lookup(name)
		for _, prof := range s.profilesOf(k) {
			src, _ := s.openAs(k, prof, p, table.Options{})
			if src == nil {
				continue
			}
			src.table.Close()
			if n := required(k); n > most {
				best, most = name, n
			}
		}
	}
	return best
}

// kindByHeader tells what a file of the month's folder is whose name says nothing:
// the kind that most of its columns belong to, by two more than to any other.
func (s *session) kindByHeader(p place) string {
	t, _, err := table.Open(p.path, p.shown, table.Options{Narrowest: narrowest})
	if t == nil || err != nil {
		return ""
	}
	defer t.Close()
	best, most, second := "", 0, 0
	for _, k := range profile.Kinds() {
		if k.Name == "roster" || k.Name == "opening" || k.Name == "grades" {
			continue
		}
		for _, prof := range s.profilesOf(k) {
			if n := s.columnsOf(k, prof, p, t.Header.Cells); n > most {
				best, most, second = k.Name, n, most
			} else if n > second {
				second = n
			}
		}
	}
	if most < second+2 {
		return ""
	}
	k, _ := profile.Lookup(best)
	s.list.Add(diag.Problem{Code: "kind-by-header", Reach: diag.Note, Pos: diag.Pos{File: p.shown}, Found: lang.F("文件名看不出是什么；按表头当作%s读取", "a name that says nothing; by its header it is read as %s", k.Title),
		Mend: lang.F("改名为 %s 开头就不再猜", "let its name begin with %s, and nothing is inferred", k.Name)})
	return best
}

// columnsOf counts the columns of a file that a profile of a kind reads; 0 where
// one that it needs is not there.
func (s *session) columnsOf(k profile.Kind, prof *profile.Profile, p place, header []string) int {
	if prof.Layout != nil {
		src, _ := s.openAs(k, prof, p, table.Options{})
		if src == nil {
			return 0
		}
		src.table.Close()
		return len(src.columns.Columns)
	}
	m, problems := profile.Match(k, *prof, profile.Header{Cells: header, Pos: func(int) diag.Pos { return diag.Pos{} }})
	if unusable(problems) {
		return 0
	}
	return len(m.Columns)
}

func unusable(problems []diag.Problem) bool {
	for _, p := range problems {
		if p.Reach == diag.Stop {
			return true
		}
	}
	return false
}

func required(k profile.Kind) (n int) {
	for _, f := range k.Fields {
		if f.Required {
			n++
		}
	}
	return n
}

// readCompany reads what the roster's workbook holds beside the roster.
func (s *session) readCompany(ro *Roster) {
	for _, st := range s.readGrades(append(ro.sheets["grades"], s.single("grades", false)...)) {
		ro.grades[profile.Fold(st.Grade)] = st
	}
	for i := range ro.People {
		for j := range ro.People[i].Spans {
			ro.byGrade(&ro.People[i].Spans[j])
		}
	}
	if ro.sheets == nil {
		ro.sheets = map[string][]place{}
	}
	for _, kind := range []string{"targets", "decisions"} { // beside the roster, for all months
		ro.sheets[kind] = append(ro.sheets[kind], s.single(kind, false)...)
	}
	ro.targets = s.readTargets(ro.sheets["targets"])
	ro.decisions = s.readDecisions(ro.sheets["decisions"])
}

// byGrade fills what a station leaves empty from the table of its grade.
func (ro *Roster) byGrade(st *record.Station) {
	g, ok := ro.grades[profile.Fold(st.Grade)]
	if !ok {
		return
	}
	if !st.HasBase {
		st.Base, st.HasBase = g.Base, g.HasBase
	}
	fields := map[string]string{}
	for header, v := range st.Fields {
		fields[header] = v
	}
	for header, v := range g.Fields {
		if fields[header] == "" {
			fields[header] = v
		}
	}
	if len(fields) > 0 {
		st.Fields = fields
	}
}

// readGrades reads the company's table of grades: what a station of the grade
// has where the roster leaves it empty.
func (s *session) readGrades(places []place) []record.Station {
	return fill(s, places, reading[record.Station]{kind: "grades", one: "grade", read: (*row).gradeRow, key: func(_ *row, st record.Station) (string, string) { return st.Grade, st.Grade }})
}

func (r *row) gradeRow() record.Station {
	st := record.Station{Grade: r.text("grade"), Fields: r.own(), At: r.evidence()}
	var d money.Decimal
	if d, st.HasBase = r.sum("base"); st.HasBase && r.notNegative("base", d) {
		st.Base = d
	}
	return st
}

// ofMonth adds what the company's workbook holds for a month.
func (ro *Roster) ofMonth(facts *record.Facts, m period.Month, cut period.Cut) {
	for _, t := range ro.targets {
		if t.Month == m {
			facts.Targets = append(facts.Targets, t)
		}
	}
	for _, d := range ro.decisions {
		if cut.MonthOf(d.Date) == m {
			facts.Decisions = append(facts.Decisions, d)
		}
	}
	for _, kind := range []string{"targets", "decisions"} {
		if len(ro.sheets[kind]) > 0 {
			facts.Present[kind] = true
		}
	}
}
