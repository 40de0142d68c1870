package input

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/convert"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/record"
)

// open opens a file and finds its columns. Nil: it cannot be used, and the list says why.
func (s *session) open(kind string, p place) *source {
	return s.openWith(kind, p, table.Options{})
}

// openStream opens a file of calls or connects, which may be large: without a look
// at all of it first.
func (s *session) openStream(kind string, p place) *source {
	return s.openWith(kind, p, table.Options{Stream: true, Lend: true, NoDigest: s.opts.NoDigest})
}

func (s *session) openWith(kind string, p place, opts table.Options) *source {
	k, ok := profile.Lookup(kind)
	if !ok {
		panic(fmt.Sprintf("input: no kind of export %q", kind))
	}
	profiles := s.profilesOf(k)
	for i, prof := range profiles {
		src, problems := s.openAs(k, prof, p, opts)
		if src != nil || i == 0 && len(profiles) == 1 {
			if src == nil && s.hasOwnColumns(k, prof, p) {
				problems = inOwnColumns(problems, k, prof)
			}
			s.list.AddAll(problems)
			src.compareProfiles(profiles)
			src.meet()
			return src
		}
		if unreadable(problems) { // no other profile will read it either
			s.list.AddAll(problems)
			return nil
		}
	}
	if len(profiles) > 1 {
		s.list.Add(noneFits(p.shown, profiles))
	}
	return nil
}

// hasOwnColumns tells whether a file that a profile does not read is in telepay's
// own columns. It is not read so without being asked: the system's export may have
// changed, and the profile says what of it counts.
func (s *session) hasOwnColumns(k profile.Kind, prof *profile.Profile, p place) bool {
	if prof.Name == "" || prof.Name == OwnColumns {
		return false
	}
	src, _ := s.openAs(k, &profile.Profile{}, p, table.Options{NoDigest: true})
	if src != nil {
		src.table.Close()
	}
	return src != nil
}

func inOwnColumns(problems []diag.Problem, k profile.Kind, prof *profile.Profile) []diag.Problem {
	for i := range problems {
		if q := &problems[i]; q.Reach == diag.Stop && q.Code != "own-column" {
			q.Mend = lang.F("若这个文件就是用 telepay 自己的列名写的，在 telepay.yaml 里写 profiles: {%s: [%s, %s]}；%s", "if the file is meant in telepay's own columns, say so in telepay.yaml: profiles: {%s: [%s, %s]}; %s", k.Name, prof.Name, OwnColumns, q.Mend)
		}
	}
	return problems
}

// compareProfiles finds the company's own numbers that other systems' files have.
func (src *source) compareProfiles(profiles []*profile.Profile) {
	if src == nil {
		return
	}
	for _, p := range profiles {
		for h := range p.ExtraAs {
			if _, here := src.columns.Extra[h]; !here && p.ExtraAs[h] != "" && !slices.Contains(src.elsewhere, h) {
				src.elsewhere = append(src.elsewhere, h)
			}
		}
	}
}

// meet remembers which columns of the kind are there, in any of its files: what
// no file has cannot be counted.
func (src *source) meet() {
	if src == nil {
		return
	}
	kind := src.kind.Name
	if kind == "call-counters" { // they tell of calls, and which of them were connected
		kind = "calls"
		src.session.columns["calls.result"] = true
	}
	for field := range src.columns.All() {
		src.session.columns[kind+"."+field] = true
	}
}

// unreadable tells whether a file cannot be read whatever its columns are.
func unreadable(problems []diag.Problem) bool {
	for _, q := range problems {
		switch q.Code {
		case "missing-column", "header-not-found", "two-columns", "doubled-column", "wrong-unit", "ragged-row", "days-unlike-period":
		default:
			if q.Reach == diag.Stop {
				return true
			}
		}
	}
	return false
}

func noneFits(file string, profiles []*profile.Profile) diag.Problem {
	var names []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	return diag.Problem{Code: "no-profile-fits", Reach: diag.Stop, Pos: diag.Pos{File: file}, Found: lang.F("与导入配置 %s 都不符的文件", "a file that fits none of the profiles %s", strings.Join(names, ", ")),
		Want: lang.T("telepay.yaml 的 profiles 里有一个读得了它", "one under profiles in telepay.yaml that reads it"), Mend: lang.F("telepay check %s 会说明它像哪一种", "telepay check %s says which one it looks like", file)}
}

// openAs opens a file by one profile. A source that is nil comes with problems.
func (s *session) openAs(k profile.Kind, prof *profile.Profile, p place, opts table.Options) (*source, []diag.Problem) {
	src := &source{session: s, place: p, kind: k, texts: map[string]string{}}
	if prof.Layout != nil {
		return src.openLayout(prof, opts)
	}
	opts.Encoding, opts.Comma, opts.Narrowest, opts.Sheet, opts.Head = prof.Encoding, prof.Comma, narrowest, p.sheet, s.head
	opts.Like = s.like
	opts.NoDigest = opts.NoDigest || s.head > 0
	t, problems, err := table.Open(p.path, p.shown, opts)
	if err != nil {
		problems = append(problems, failed(p.shown, err))
	}
	if t == nil {
		return nil, problems
	}
	src.table = t
	head := t.Header
	m, found := profile.Match(k, *prof, profile.Header{Cells: head.Cells, Pos: func(col int) diag.Pos { return t.Pos(head, col) }, Line: t.Excerpt(head, func(int) bool { return true })})
	src.columns = m
	problems = append(problems, found...)
	for _, q := range found {
		if q.Reach == diag.Stop {
			t.Close()
			return nil, problems
		}
	}
	if len(s.roster.shared) > 0 && (k.Name == "calls" || k.Name == "connects") {
		t.Close() // whose an extension was depends on the day, which the pass over calls does not ask
		again, more := src.openLayout(prof.Spelled(k, m, head.Cells), opts)
		return again, append(problems, withoutNotes(more)...)
	}
	return src, problems
}

func withoutNotes(problems []diag.Problem) (kept []diag.Problem) {
	for _, p := range problems {
		if p.Reach != diag.Note {
			kept = append(kept, p)
		}
	}
	return kept
}

// openLayout opens a file whose profile says more than names, words and dates.
func (src *source) openLayout(prof *profile.Profile, as table.Options) (*source, []diag.Problem) {
	opts := convert.Options{Zone: src.opts.Zone, Sheet: src.sheet, Head: src.head, Lend: as.Lend, NoDigest: as.NoDigest, Like: src.like, Known: src.reader, Person: src.roster.person}
	if len(src.roster.shared) > 0 {
		opts.Alias = src.roster.alias
	}
	r, problems, err := convert.Open(src.path, src.shown, src.kind, prof, opts)
	if err != nil {
		problems = append(problems, failed(src.shown, err))
	}
	if r == nil {
		return nil, problems
	}
	src.convert, src.table, src.columns = r, r.Table, r.Mapping()
	return src, problems
}

// next returns the next good row.
func (src *source) next() (table.Row, bool) {
	if src.convert != nil {
		return src.convert.Next()
	}
	return src.table.Next()
}

func (src *source) restart() error {
	if src.convert != nil {
		return src.convert.Restart()
	}
	return src.table.Restart()
}

// err is the failure of the machine that ended the rows early, if any.
func (src *source) err() error {
	if src.convert != nil {
		return src.convert.Err()
	}
	return src.table.Err()
}

// width is how many cells the rows have.
func (src *source) width() int {
	if src.convert != nil {
		return src.convert.Width()
	}
	return len(src.table.Header.Cells)
}

// heading is how the file calls the column of a cell.
func (src *source) heading(col int) string {
	if src.convert != nil {
		return src.convert.Header(col)
	}
	return strings.TrimSpace(src.table.Header.Cells[col])
}

// problems are those of rows that next did not return, and what the file as a whole is noted for.
func (src *source) problems() []diag.Problem {
	if src.convert != nil {
		return src.convert.Problems()
	}
	return src.table.Problems()
}

// left is where the rows went that next did not return.
func (src *source) left() (all []record.Bucket) {
	if src.convert == nil {
		for code, n := range src.table.Bad() {
			all = append(all, record.Bucket{File: src.name, Bucket: record.Errored, Reason: code, Rows: n, HasAmount: src.hasMoney()})
		}
		return all
	}
	for fate, l := range src.convert.Left() {
		b := record.Bucket{File: src.name, Bucket: record.Excluded, Reason: fate.Reason, Rows: l.Rows, Amount: l.Amount, HasAmount: src.hasMoney()}
		if fate.Error {
			b.Bucket = record.Errored
		}
		all = append(all, b)
	}
	return all
}

// count is how many rows the file has, wherever they went.
func (src *source) count() int64 {
	if src.convert == nil {
		return src.table.Info().Rows
	}
	return src.convert.Rows()
}

// OwnColumns names telepay's own columns among the profiles of a kind.
const OwnColumns = "telepay"

// profilesOf returns the profiles of a kind, read once; none where none can be used.
func (s *session) profilesOf(k profile.Kind) []*profile.Profile {
	if ps, ok := s.profiles[k.Name]; ok {
		return ps
	}
	var all []*profile.Profile
	for _, name := range s.opts.Profiles[k.Name] {
		if name == OwnColumns {
			all = append(all, &profile.Profile{Name: name})
			continue
		}
		if p := s.loadProfile(k, name); p != nil {
			all = append(all, p)
		}
	}
	if len(s.opts.Profiles[k.Name]) == 0 {
		all = append(all, &profile.Profile{})
	}
	s.unlike(all)
	if own := s.opts.Named[k.Name]; len(own) > 0 {
		for i, p := range all {
			planned := *p
			planned.Planned = own
			all[i] = &planned
		}
	}
	s.profiles[k.Name] = all
	return all
}

// unlike tells of columns of the company's own that two profiles of a kind read as
// different things: a plan could mean either.
func (s *session) unlike(profiles []*profile.Profile) {
	first := map[string]*profile.Profile{}
	for _, p := range profiles {
		for _, h := range p.Extra {
			q := first[h]
			if q == nil {
				first[h] = p
			} else if as, was := cmp.Or(p.ExtraAs[h], "text"), cmp.Or(q.ExtraAs[h], "text"); as != was {
				s.list.Add(diag.Problem{Code: "own-column", Reach: diag.Stop, Pos: diag.Pos{File: "profiles/" + p.Name + ".yaml"}, See: []diag.Pos{{File: "profiles/" + q.Name + ".yaml"}},
					Found: lang.F("extra: {%[1]s: %[2]s}，而导入配置 %[4]s 里是 %[3]s", "extra: {%[1]s: %[2]s}, where the profile %[4]s says %[3]s", h, as, was, q.Name),
					Want:  lang.T("各导入配置里是同一种", "the same in every profile of the kind"), Mend: lang.T("改成一致；确实是两种东西的，在文件里改列名", "let them agree; where they are two things, rename the column of one file")})
			}
		}
	}
}

// loadProfile reads a profile of the project, else one that comes with telepay.
func (s *session) loadProfile(k profile.Kind, name string) *profile.Profile {
	file := "profiles/" + name + ".yaml"
	p, problems, err := ReadProfile(s.opts.Dir, name)
	s.list.AddAll(problems)
	switch {
	case err != nil:
		var known []string
		for _, p := range profile.Shipped() {
			known = append(known, p.Name)
		}
		mend := lang.T("建立这个文件，或在 telepay.yaml 里改名；telepay help profiles 列出自带的", "make this file, or change its name in telepay.yaml; telepay help profiles lists those that come with telepay")
		if near := diag.Nearest(name, known); near != "" {
			mend = lang.F("是否为 %s？telepay help profiles 列出自带的", "did you mean %s? telepay help profiles lists those that come with telepay", near)
		}
		s.list.Add(diag.Problem{Code: "unknown-profile", Reach: diag.Stop, Pos: diag.Pos{File: file}, Found: lang.F("打不开的导入配置（%v）", "an import profile that cannot be opened (%v)", reason(err)),
			Want: lang.F("%s 的导入配置 %s", "the import profile of %s, %s", k.Title, file), Mend: mend})
		return nil
	case p == nil:
		return nil
	case p.Kind != k.Name:
		s.list.Add(diag.Problem{Code: "profile-kind", Reach: diag.Stop, Pos: diag.Pos{File: file}, Found: lang.F("kind: %s 的导入配置", "a profile of kind %s", p.Kind),
			Want: lang.F("kind: %s", "kind: %s", k.Name), Mend: lang.F("改 kind，或在 telepay.yaml 里把它用于 %s", "change its kind, or use it for %s in telepay.yaml", p.Kind)})
		return nil
	}
	return p
}

// ReadProfile reads a project's own profile, else a shipped one of that name. The
// error says that there is neither.
func ReadProfile(dir, name string) (*profile.Profile, []diag.Problem, error) {
	file := "profiles/" + name + ".yaml"
	data, bad, err := table.ReadDocument(filepath.Join(dir, filepath.FromSlash(file)), file)
	if errors.Is(err, fs.ErrNotExist) {
		if p, ok := profile.ShippedAs(name); ok {
			return p, nil, nil
		}
	}
	if err != nil || bad != nil {
		return nil, list(bad), err
	}
	p, problems := profile.Parse(file, data)
	return p, problems, nil
}

// CompanyColumns returns the company's own columns of a kind of export that the
// project's profiles name, with what they hold: text, number, money. Problems of
// the profiles are told where the exports are read.
func CompanyColumns(opts Options, kind string) map[string]string {
	out := map[string]string{}
	for _, name := range opts.Profiles[kind] {
		p, _, err := ReadProfile(opts.Dir, name)
		if err != nil || p == nil {
			continue
		}
		for _, h := range p.Extra {
			out[h] = cmp.Or(p.ExtraAs[h], "text")
		}
	}
	return out
}

func list(p *diag.Problem) []diag.Problem {
	if p == nil {
		return nil
	}
	return []diag.Problem{*p}
}
