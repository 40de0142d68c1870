package input

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Roster is everybody who may appear in an export, and the names other systems
// have for them.
type Roster struct {
	People      []record.Person // by id
	Files       []FileInfo
	Rows        []record.Bucket           // rows with problems of their own
	ids         map[string]string         // folded id → id
	shared      map[string][]spell        // folded aliases that several people had, one after the other
	index       map[string]int            // id → place in People
	known       map[string]string         // folded id or alias → id
	faulty      map[string]bool           // folded ids, names and aliases of people whose rows have problems
	waits       []record.Station          // of those rows, as far as they could be read
	nameless    bool                      // one of them has an id that nobody can read
	faultyDeals map[string]bool           // of opening rows with problems
	sheets      map[string][]place        // of the workbook that the roster is in, by kind
	grades      map[string]record.Station // by folded grade
	targets     []record.Target           // of every month, from that workbook
	decisions   []record.Decision
	named       map[string]string // name → id, for hints; empty where two people have it
}

// ReadRoster reads the roster of a project.
func ReadRoster(opts Options) (*Roster, *diag.List) {
	s := newSession(opts)
	return s.readRoster(), s.list
}

// Known returns the roster's spelling of an id, or of the person whom an alias
// means. An alias that several people had means nobody here: see KnownOn.
func (ro *Roster) Known(id string) (string, bool) {
	canonical, ok := ro.known[profile.Fold(id)]
	return canonical, ok
}

// faultyRow remembers a row that cannot be used, so that its problem is told once
// and not again wherever the person or the team is named.
func (ro *Roster) faultyRow(row rosterRow) {
	id := row.person.ID
	ro.faulty[profile.Fold(id)] = true
	ro.faulty[profile.Fold(row.person.Name)] = true
	ro.nameless = ro.nameless || id == "" || exponent.MatchString(id)
	for _, a := range row.aliases {
		ro.faulty[profile.Fold(a)] = true
	}
	ro.waits = append(ro.waits, row.station)
}

// Waits tells whether an id that Known does not know may belong to a person whose
// row has a problem.
func (ro *Roster) Waits(id string) bool { return ro.nameless || ro.faulty[profile.Fold(id)] }

// absent tells that there is no roster at all: that is one problem, not one at every row.
func (ro *Roster) absent() bool { return len(ro.People) == 0 && len(ro.faulty) == 0 }

// hint says whom an unknown id may mean.
func (ro *Roster) hint(id string) lang.Text {
	if plain := unformula(id); plain != id {
		return lang.F("单元格写成了公式 %s；在导入配置里写 strip: ['=\"']，就只读 %s", "the cell is written as a formula, %s; with strip: ['=\"'] in a profile it is read as %s", id, plain)
	}
	if who, several := ro.named[profile.Show(id)]; several && who == "" {
		return lang.T("花名册里不止一人叫这个名字：改写工号，或写进那一个人的 aliases；导出里有部门一列的，在导入配置里写 agent: {of: 姓名列, by: name, team: 部门列}", "several people of the roster have this name: write the id, or put the name among the aliases of the one who is meant; where the export has a column of teams, a profile says agent: {of: NAMES, by: name, team: TEAMS}")
	}
	var ids []string
	for _, p := range ro.People {
		ids = append(ids, p.ID)
	}
	if twin, letter := lookalike(id, ids); twin != "" {
		return lang.F("看起来像 %[1]s，但其中的 %[2]c 是 U+%04[2]X，不是同一个字母；改正工号", "it looks like %[1]s, but its %[2]c is U+%04[2]X, another letter: mend the id", twin, letter)
	}
	if full := withZeros(id, ids); full != "" {
		return lang.F("是否为 %s？开头的 0 被表格软件去掉了；把这一列设为文本后重新导出", "did you mean %s? a spreadsheet took the zeros in front away: export again with this column as text", full)
	}
	if near := diag.Nearest(id, ids); near != "" {
		return lang.F("是否为 %s？若是新人，补进花名册", "did you mean %s? if the person is new, add them to the roster", near)
	}
	return lang.T("补进花名册；若是别的系统里的工号，写进花名册的 aliases", "add the person to the roster; if it is another system's id, put it among the aliases of the roster")
}

// places returns the names of a scope that the roster has, faulty rows included.
func (ro *Roster) places(scope string) []string {
	stations := slices.Clone(ro.waits)
	for _, p := range ro.People {
		stations = append(stations, p.Spans...)
	}
	seen := map[string]bool{}
	for _, st := range stations {
		if name, _ := st.Field(scope); name != "" {
			seen[name] = true
		}
	}
	var all []string
	for name := range seen {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

// rosterRow is one row before rows are joined to people.
type rosterRow struct {
	person  record.Person // its constant parts
	station record.Station
	stated  map[string]bool // columns that are not empty
	graded  bool            // the roster has a column of grades
	aliases []string
	pos     diag.Pos
	content string
}

func (s *session) readRoster() *Roster { return s.rosterOf(s.single("roster", true)) }

// rosterAlone reads a roster that lies in no project.
func (s *session) rosterAlone(files []place) {
	s.opts.Dir = ""
	ro := s.rosterOf(files)
	for _, b := range ro.Rows {
		s.cover.Add(b)
	}
	s.files = ro.Files
}

func (s *session) rosterOf(files []place) *Roster {
	ro := &Roster{shared: map[string][]spell{}, grades: map[string]record.Station{}, index: map[string]int{}, ids: map[string]string{}, known: map[string]string{}, faulty: map[string]bool{}, named: map[string]string{}}
	s.roster = ro
	rows := map[string][]rosterRow{}
	for _, p := range files {
		ro.sheets = s.sheetsOf(p)
	}
	for _, p := range ro.sheets["roster"] {
		if src := s.open("roster", p); src != nil {
			src.each(func(r *row) {
				row := r.rosterRow()
				key := profile.Fold(row.person.ID)
				if r.fault == "" {
					rows[key] = append(rows[key], row)
					return
				}
				ro.faultyRow(row)
			})
		}
	}
	for _, key := range sortedIDs(rows) {
		if p, ok := s.person(rows[key]); ok && !ro.faulty[key] {
			ro.People = append(ro.People, p)
			ro.known[key], ro.ids[key] = p.ID, p.ID
		} else {
			for _, row := range rows[key] {
				ro.faultyRow(row)
			}
		}
	}
	sort.Slice(ro.People, func(i, j int) bool { return ro.People[i].ID < ro.People[j].ID })
	for i, p := range ro.People {
		ro.index[p.ID] = i
	}
	s.noteAccounts()
	s.nameAliases(ro, rows)
	s.checkLeaders(ro, rows)
	s.readCompany(ro)
	ro.Files, ro.Rows = s.files, s.cover.List()
	s.files, s.cover = nil, &record.Coverage{}
	return ro
}

func sortedIDs(rows map[string][]rosterRow) []string {
	var ids []string
	for id := range rows {
		ids = append(ids, id)
	}
	return sortedCopy(ids)
}

// single finds the one file of a kind that lies in the project folder itself.
func (s *session) single(kind string, required bool) []place {
	if s.opts.Dir == "" {
		return nil
	}
	entries, err := os.ReadDir(s.opts.Dir)
	if err != nil {
		s.list.Add(missingFolder(filepath.ToSlash(s.opts.Dir), err))
		return nil
	}
	var found []place
	for _, e := range entries {
		k, ok := profile.KindOfFile(e.Name())
		if ok && k.Name == kind && !e.IsDir() && !aside(e.Name()) && isTable(e.Name()) {
			found = append(found, place{path: filepath.Join(s.opts.Dir, e.Name()), shown: e.Name(), name: e.Name()})
		}
	}
	k, _ := profile.Lookup(kind)
	switch {
	case len(found) == 0 && required:
		s.list.Add(diag.Problem{Code: "missing-" + kind, Reach: diag.Stop, Pos: diag.Pos{File: kind + ".csv"}, Found: lang.F("项目文件夹里没有%s", "no %[1]s in the project folder", k.Title),
			Want: lang.F("%[1]s.csv 或 %[1]s.xlsx", "%[1]s.csv or %[1]s.xlsx", kind), Mend: lang.T("每人一行，放进项目文件夹", "put it into the project folder, one row per person")})
	case len(found) > 1:
		s.list.Add(diag.Problem{Code: "two-" + kind + "s", Reach: diag.Stop, Pos: diag.Pos{File: found[1].shown}, See: []diag.Pos{{File: found[0].shown}}, Found: lang.F("不止一份%s", "more than one file: %s", k.Title),
			Want: lang.T("只有一份", "one"), Mend: lang.T("留下要用的那份，其余移走或改名", "keep the one that counts, and move or rename the others")})
		return nil
	}
	return found
}

func (r *row) rosterRow() rosterRow {
	p := record.Person{ID: r.id("agent"), Name: r.textOf("name"), Hire: r.dayOf("hire"), Leave: r.day("leave"), Tax: r.word("tax"), Language: r.word("language"), Account: r.account(), FirstJob: r.yes("first_job"), SixtyThousand: r.yes("sixty_thousand"), At: r.evidence()}
	st := record.Station{Since: r.day("since"), Team: r.textOf("team"), Site: r.text("site"), Region: r.text("region"), Leader: r.id("leader"),
		Role: r.wordOf("role"), Grade: r.textOf("grade"), Status: r.word("status"), Employment: r.word("employment"), Fields: r.own(), At: r.evidence()}
	if st.Base, st.HasBase = r.sum("base"); st.HasBase {
		r.notNegative("base", st.Base)
	}
	st.Insured = r.insured()
	r.note(r.raw("aliases"))
	row := rosterRow{person: p, station: st, stated: map[string]bool{}, graded: r.col("grade") >= 0, pos: r.table.Pos(r.Row, r.col("agent")), content: string(r.content)}
	for _, f := range r.kind.Fields {
		row.stated[f.Name] = strings.TrimSpace(r.raw(f.Name)) != ""
	}
	for _, a := range parts(r.raw("aliases")) {
		if _, name, ok := strings.Cut(profile.Show(a), ":"); ok {
			a = strings.TrimSpace(name)
		}
		row.aliases = append(row.aliases, profile.Show(a))
	}
	return row
}

// account reads a bank account. No pay depends on it: one that a spreadsheet
// turned into a number is left empty and told once for the whole file.
func (r *row) account() string {
	if v, ok := r.cell("account"); ok && exponent.MatchString(v) {
		r.lostAccounts = append(r.lostAccounts, r.table.Pos(r.Row, r.col("account")))
		return r.note("")
	}
	return r.id("account")
}

// noteAccounts tells of the accounts that lost their digits.
func (s *session) noteAccounts() {
	if len(s.lostAccounts) == 0 {
		return
	}
	s.list.Add(diag.Problem{Code: "account-digits", Reach: diag.Note, Pos: s.lostAccounts[0],
		Found: lang.F("%d 个银行账号被表格软件存成了数字，第 16 位起的数字已丢失，账号先留空", "bank accounts that a spreadsheet keeps as numbers, without their digits from the 16th on; they are left empty: %d", len(s.lostAccounts)),
		Mend:  lang.T("把这一列的格式设为“文本”，再从银行名单重新粘贴账号；工资不受影响", "set the column to text and paste the accounts again from the bank's list; no amount depends on them")})
}

// dated tells whether the row states a change. Columns that it leaves empty
// stay as they were, so that only a first row has to fill them all.
func (r *row) dated() bool { return strings.TrimSpace(r.raw("since")) != "" }

func (r *row) textOf(field string) string {
	if r.dated() && strings.TrimSpace(r.raw(field)) == "" {
		return r.note("")
	}
	return r.text(field)
}

func (r *row) wordOf(field string) string {
	if r.dated() && strings.TrimSpace(r.raw(field)) == "" {
		return r.note("")
	}
	return r.word(field)
}

func (r *row) dayOf(field string) period.Day {
	if r.dated() && strings.TrimSpace(r.raw(field)) == "" {
		r.note("")
		return period.NoDay
	}
	return r.day(field)
}

// checkLeaders gives leaders the roster's spelling; one who is not on the roster is noted.
func (s *session) checkLeaders(ro *Roster, rows map[string][]rosterRow) {
	for i := range ro.People {
		p := &ro.People[i]
		for j := range p.Spans {
			st := &p.Spans[j]
			if st.Leader == "" {
				continue
			}
			if id, ok := ro.Known(st.Leader); ok {
				st.Leader = id
				continue
			}
			if id := ro.byName(st.Leader); id != "" {
				st.Leader = id
				continue
			}
			s.list.Add(diag.Problem{Code: "unknown-leader", Reach: diag.Note, Pos: rows[profile.Fold(p.ID)][0].pos, Found: lang.F("%s 的主管 %s 不在花名册里", "the leader %[2]s of %[1]s, who is not on the roster", p.ID, diag.Quote(st.Leader)),
				Mend: lang.T("若主管有提成，补进花名册", "add the leader to the roster if he is paid by this plan")})
		}
	}
}

func rosterProblem(code string, pos diag.Pos, agent string, found, want, mend lang.Text) diag.Problem {
	return diag.Problem{Code: code, Reach: diag.Person, Pos: pos, Agent: agent, Found: found, Want: want, Mend: mend}
}
