package input

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"telepay/internal/diag"
	"telepay/internal/input/convert"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/record"
)

// Inspection is what telepay makes of one file that somebody dropped in.
type Inspection struct {
	Name      string
	Encoding  string // utf-8, gb18030, …; xlsx for workbooks
	Separator byte   // 0 for workbooks
	Sheet     string
	Sheets    []*Inspection // of a workbook in which the company keeps its roster and more: sheet by sheet
	Fits      []Fit         // the profiles that read it, best first
	Nearest   *Fit          // the one that came nearest, where none reads it

	// Of the best one:
	Header  int  // line or row of the header, or of the first row of data
	Unnamed bool // the file has no header
	Uses    []convert.Use
	Unread  []string
	Rows    []Preview
	Words   map[string]map[string]string // field → folded raw word → canonical word
	Agents  []Seen                       // who is in it, by rows
	Buckets []record.Bucket
	First   string // earliest and latest day that a row is dated
	Last    string

	Currencies map[string]int // in capitals, by rows

	Problems []diag.Problem
}

// Fit is how well a profile reads a file. Profile is nil for telepay's own columns.
type Fit struct {
	Kind    profile.Kind
	Profile *profile.Profile
	Columns int // of the file that it reads
	Share   int // it does not fit: how near it comes, in percent
	Good    int // rows of the first ones that have everything that the kind needs
	Bad     int
	Why     []diag.Problem // it does not fit: what stands against it
}

// Called is what the profile is called.
func (f Fit) Called() lang.Text {
	if f.Profile == nil {
		return lang.F("telepay 自己的列名（%s）", "telepay's own columns (%s)", f.Kind.Title)
	}
	if f.Profile.Title.IsEmpty() {
		return lang.Same(f.Profile.Name)
	}
	return lang.F("%s（%s）", "%s (%s)", f.Profile.Name, f.Profile.Called())
}

// Preview is a converted row.
type Preview struct {
	Line  int
	Cells []string // of Uses
}

// Seen is somebody in a file.
type Seen struct {
	ID   string
	Rows int
}

// Most of a file that is looked at to find out what it is.
const (
	headBytes = 256 << 10
	headRows  = 300
	previews  = 5
	near      = 25 // percent: what lacks more is not like the file at all
)

// Inspect finds out which profile reads a file, of a project's own ones and those
// that come with telepay, and what becomes of its rows. It writes nothing. The
// error is a failure of the machine.
func Inspect(path, name string, opts Options) (*Inspection, error) {
	opts.NoDigest = true
	s := newSession(opts)
	if s.roster == nil {
		s.roster = &Roster{}
	}
	in := &Inspection{Name: name}
	p := place{path: path, shown: name, name: name}
	t, problems, err := table.Open(path, name, table.Options{Whole: true, Head: headBytes, NoDigest: true})
	if err != nil {
		return nil, err
	}
	if t == nil && !onlyEncoding(problems) {
		in.Problems = problems
		return in, nil
	}
	if t != nil {
		in.Encoding, in.Separator = t.Info().Encoding, t.Comma
		s.like = t
		defer t.Close()
		if s.inspectCompany(in, p, t.Sheets()) {
			return in, nil
		}
	}
	fits := s.fits(p)
	named, _ := profile.KindOfFile(filepath.Base(p.name))
	for _, f := range fits {
		if len(f.Why) == 0 {
			in.Fits = append(in.Fits, f)
		} else if in.Nearest == nil && f.Share >= near && (f.Kind.Name != "opening" || named.Name == "opening") { // few files are balances
			in.Nearest = &f
		}
	}
	s.doubt(in, p, named)
	if len(in.Fits) == 0 {
		in.Problems = append(in.Problems, s.unknownLayout(p, in.Nearest))
		return in, nil
	}
	rows, err := s.describe(in, p)
	if err != nil {
		return nil, err
	}
	return in, s.rehearse(in, p, in.Fits[0], rows)
}

// onlyEncoding tells whether nothing but the encoding keeps a file from being
// read: some profile may name another one.
func onlyEncoding(problems []diag.Problem) bool {
	return len(problems) > 0 && problems[len(problems)-1].Code == "bad-encoding"
}

// fits tries every profile on the first lines, best first.
func (s *session) fits(p place) []Fit {
	var all []Fit
	for _, k := range profile.Kinds() {
		all = append(all, s.fitOf(k, nil, p))
	}
	for _, prof := range s.candidates() {
		k, _ := profile.Lookup(prof.Kind)
		all = append(all, s.fitOf(k, prof, p))
	}
	named, _ := profile.KindOfFile(filepath.Base(p.name))
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if (len(a.Why) == 0) != (len(b.Why) == 0) {
			return len(a.Why) == 0
		}
		if x, y := a.merit(named), b.merit(named); x != y {
			return x > y
		}
		return false
	})
	return all
}

// merit orders profiles: rows that can be read, then columns that are read, then
// the kind that the file's name says.
func (f Fit) merit(named profile.Kind) int {
	m := 4*f.Columns + f.Share
	if n := f.Good + f.Bad; n > 0 {
		m += 400 * f.Good / n
	}
	if f.Profile != nil { // it was made for such files
		m += 2
	}
	if f.Kind.Name == named.Name {
		m++
	}
	return m
}

// candidates are the project's own profiles and the shipped ones that it does not replace.
func (s *session) candidates() []*profile.Profile {
	var all []*profile.Profile
	own := map[string]bool{}
	entries, _ := os.ReadDir(filepath.Join(s.opts.Dir, "profiles")) // a project without profiles has no such folder
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".yaml")
		if !ok || s.opts.Dir == "" {
			continue
		}
		if p, problems, err := ReadProfile(s.opts.Dir, name); err == nil && p != nil && len(problems) == 0 {
			p.Name, own[name] = name, true
			all = append(all, p)
		}
	}
	for _, p := range profile.Shipped() {
		if !own[p.Name] {
			all = append(all, p)
		}
	}
	return all
}

func (s *session) fitOf(k profile.Kind, prof *profile.Profile, p place) Fit {
	f := Fit{Kind: k, Profile: prof}
	trial := newSession(s.opts)
	trial.roster, trial.head, trial.like = s.roster, headBytes, s.like
	if prof == nil {
		if f.Share = s.known(k, p); f.Share < 2 { // one column says nothing of a kind
			f.Share = 0
			f.Why = []diag.Problem{{Code: "header-not-found", Reach: diag.Stop, Pos: diag.Pos{File: p.shown}}}
			return f
		}
		f.Share = 0
		prof = &profile.Profile{}
	}
	src, problems := trial.openAs(k, prof, p, table.Options{})
	if src == nil {
		f.Why, f.Share = problems, nearness(problems)
		return f
	}
	defer src.table.Close()
	f.Columns = len(src.columns.Columns)
	if src.convert != nil {
		f.Columns = src.convert.Read()
	}
	for row, ok := src.next(); ok && f.Good+f.Bad < headRows; row, ok = src.next() {
		if src.complete(row) {
			f.Good++
		} else {
			f.Bad++
		}
	}
	for _, b := range src.left() {
		switch {
		case b.Bucket == record.Errored:
			f.Bad += int(b.Rows)
		case b.Reason == "collapsed":
			f.Good += int(b.Rows)
		}
	}
	if src.convert != nil && src.convert.Headless() && (f.Good < 2*f.Bad || f.Good == 0) { // nothing but its cells speaks for it
		f.Why = append(src.problems(), diag.Problem{Code: "header-not-found", Reach: diag.Stop, Pos: diag.Pos{File: p.shown}})
	}
	return f
}

// complete tells whether a row has everything that its kind needs of it, and days
// where there are days.
func (src *source) complete(line table.Row) bool {
	r := &row{source: src, Row: line}
	for _, f := range src.kind.Fields {
		cell := strings.TrimSpace(r.raw(f.Name))
		switch {
		case f.Required && cell == "" && f.Name != "deal":
			return false
		case cell != "" && (f.Value == profile.Day || f.Value == profile.Instant):
			if _, ok := r.instant(cell); !ok {
				return false
			}
		}
	}
	return true
}

// known counts the columns of a file that telepay knows as a kind's own.
func (s *session) known(k profile.Kind, p place) int {
	t, _, err := table.Open(p.path, p.shown, table.Options{Narrowest: narrowest, Head: headBytes, NoDigest: true, Sheet: p.sheet, Like: s.like})
	if err != nil || t == nil {
		return 0
	}
	defer t.Close()
	m, _ := profile.Match(k, profile.Profile{}, profile.Header{Cells: t.Header.Cells, Pos: func(int) diag.Pos { return diag.Pos{} }})
	return len(m.Columns)
}

// nearness is how few columns are missing where not all are there, in percent.
func nearness(problems []diag.Problem) int {
	for _, p := range problems {
		if p.Code == "missing-column" {
			return 100 / (2 + strings.Count(p.Want.EN, ", "))
		}
	}
	return 0
}

// unknownLayout says that no profile reads a file, and what it lacks.
func (s *session) unknownLayout(p place, nearest *Fit) diag.Problem {
	q := diag.Problem{Code: "unknown-layout", Reach: diag.Stop, Pos: diag.Pos{File: p.shown}, Found: lang.T("没有一个导入配置读得了这个文件", "a file that no profile reads"),
		Want: lang.T("telepay help profiles 列出的导出之一，或 telepay 自己的列名", "one of the exports that telepay help profiles lists, or telepay's own columns"),
		Mend: lang.T("复制最像的一个到 profiles/ 里，改成文件里的列名；没有坐席和日期的文件算不到任何人头上，请让系统导出带坐席和日期的明细", "copy the one that is most alike into profiles/ and write the file's own headers; a file without agents and days can be counted for nobody: have the system export rows with both")}
	if t, _, err := table.Open(p.path, p.shown, table.Options{Narrowest: narrowest, Head: headBytes, NoDigest: true}); err == nil && t != nil {
		q.Found = lang.F("没有一个导入配置读得了这个文件；第一行像样的是 %s", "a file that no profile reads; its first line with columns is %s", strings.Join(t.Header.Cells, " | "))
		t.Close()
	}
	if nearest != nil {
		for _, w := range nearest.Why {
			if w.Code == "missing-column" {
				q.Want = lang.F("若是%s：%s", "if it holds %[1]s: %[2]s", nearest.Kind.Title, w.Want)
			}
		}
	}
	return q
}

// used is the profile by which a file is read.
func (f Fit) used() *profile.Profile {
	if f.Profile == nil {
		return &profile.Profile{}
	}
	return f.Profile
}

// describe reads the whole file by the best profile, and returns how many rows it has.
func (s *session) describe(in *Inspection, p place) (rows int64, err error) {
	src, problems := s.openAs(in.Fits[0].Kind, in.Fits[0].used(), p, table.Options{Lend: true, NoDigest: true})
	if src == nil {
		in.Problems = append(in.Problems, problems...)
		return 0, nil
	}
	defer src.table.Close()
	info := src.table.Info()
	in.Encoding, in.Separator, in.Words = info.Encoding, src.table.Comma, src.columns.Words
	if sheets := src.table.Sheets(); len(sheets) > 0 {
		in.Sheet = sheets[0]
	}
	src.tellUses(in)
	seen := map[string]int{}
	for row, ok := src.next(); ok; row, ok = src.next() {
		src.notice(in, row, seen)
	}
	s.reader = src.convert
	for id, n := range seen {
		in.Agents = append(in.Agents, Seen{id, n})
	}
	sort.Slice(in.Agents, func(i, j int) bool { return in.Agents[i].ID < in.Agents[j].ID })
	return src.count(), src.err()
}

// tellUses says which column becomes which field.
func (src *source) tellUses(in *Inspection) {
	if src.convert != nil {
		in.Uses, in.Unread, in.Header, in.Unnamed = append(src.convert.Uses(), src.ownUses()...), src.convert.Unread(), src.convert.HeaderLine(), src.convert.Headless()
		return
	}
	in.Header = src.table.Header.Line
	used := map[int]bool{}
	for _, f := range src.kind.Fields {
		if col, ok := src.columns.Columns[f.Name]; ok {
			used[col] = true
			in.Uses = append(in.Uses, convert.Use{Field: f, Headers: []string{src.heading(col)}})
		}
	}
	for _, col := range src.columns.Extra {
		used[col] = true
	}
	in.Uses = append(in.Uses, src.ownUses()...)
	for col := range src.table.Header.Cells {
		if h := src.heading(col); !used[col] && h != "" {
			in.Unread = append(in.Unread, h)
		}
	}
}

// ownUses are the company's own columns; what a text of them holds may be personal.
func (src *source) ownUses() (all []convert.Use) {
	for _, h := range sortedHeaders(src.columns.Extra) {
		as := cmp.Or(src.columns.ExtraAs[h], "text")
		all = append(all, convert.Use{Field: profile.Field{Name: h, Personal: as == "text"}, Headers: []string{src.heading(src.columns.Extra[h])}, How: lang.F("公司自己的列，%s", "the company's own, %s", as)})
	}
	return all
}

// dated are the fields by which a row belongs to a month.
var dated = [...]string{"started", "answered", "date", "signed", "paid", "opened"}

// notice takes note of a row: the first ones in full, of all others who and when.
func (src *source) notice(in *Inspection, row table.Row, seen map[string]int) {
	cell := func(field string) string {
		col, ok := src.columns.Columns[field]
		if !ok {
			col, ok = src.columns.Extra[field]
		}
		if !ok {
			return ""
		}
		return unformula(strings.TrimSpace(row.Cells[col]))
	}
	if len(in.Rows) < previews {
		p := Preview{Line: row.Line}
		for _, u := range in.Uses {
			p.Cells = append(p.Cells, cell(u.Field.Name))
		}
		in.Rows = append(in.Rows, p)
	}
	if id := profile.Show(cell("agent")); id != "" && len(seen) < mostTexts {
		seen[strings.Clone(id)]++
	}
	if c := strings.ToUpper(profile.Show(cell("currency"))); c != "" && len(in.Currencies) < mostTexts {
		if in.Currencies == nil {
			in.Currencies = map[string]int{}
		}
		in.Currencies[strings.Clone(c)]++
	}
	for i, field := range dated {
		text := cell(field)
		named := dayText(text)
		if text == "" || named == src.days[i] {
			continue
		}
		at, ok := src.instant(text)
		if !ok {
			continue
		}
		src.days[i] = strings.Clone(named)
		day := at.Format(time.DateOnly)
		if in.First == "" || day < in.First {
			in.First = day
		}
		in.Last = max(in.Last, day)
	}
}

// dayText is the part of a cell that names its day, where that can be told without
// its layout, the year first and no zone behind; else all of it.
func dayText(cell string) string {
	day, clock, _ := strings.Cut(cell, " ")
	if len(day) < len("20261009") || strings.Trim(day[:4], "0123456789") != "" || strings.ContainsAny(clock, "+-Z") {
		return cell
	}
	return day
}

// Place names the header's place for people.
func (in *Inspection) Place() string {
	if in.Sheet != "" {
		return fmt.Sprintf("%s!%d", in.Sheet, in.Header)
	}
	return fmt.Sprint(in.Header)
}

// Shown is cell i of a previewed row as it may be shown: words as telepay reads
// them, and what is personal covered.
func (in *Inspection) Shown(i int, cell string) string {
	f := in.Uses[i].Field
	if f.Personal && cell != "" {
		rs := []rune(cell)
		return string(rs[:1]) + strings.Repeat("*", min(6, len(rs)-1))
	}
	if w, ok := in.Words[f.Name][profile.Fold(cell)]; ok && w != cell {
		return cell + " → " + w
	}
	return cell
}
