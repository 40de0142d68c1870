package input

import (
	"path/filepath"
	"slices"

	"telepay/internal/input/profile"
	"telepay/internal/record"
)

// inspectCompany looks at the workbook in which a company keeps its roster, sheet
// by sheet; false where the file is none.
func (s *session) inspectCompany(in *Inspection, p place, sheets []string) bool {
	if len(sheets) < 2 {
		return false
	}
	quiet := newSession(s.opts)
	quiet.roster, quiet.like = s.roster, s.like
	kinds := quiet.sheetsOf(p)
	if len(kinds["roster"]) == 0 {
		return false
	}
	for _, name := range sheets {
		for kind, places := range kinds {
			if i := slices.IndexFunc(places, func(p place) bool { return p.sheet == name }); i >= 0 {
				in.Sheets = append(in.Sheets, quiet.inspectSheet(kind, places[i]))
			}
		}
	}
	k, _ := profile.Lookup("roster")
	in.Fits = []Fit{{Kind: k}}
	trial := newSession(s.opts)
	trial.rosterAlone([]place{p})
	in.Problems, in.Buckets = trial.list.All(), trial.cover.List()
	for _, f := range trial.files {
		lost := sumRows(slices.DeleteFunc(slices.Clone(in.Buckets), func(b record.Bucket) bool { return b.File != f.Name }))
		in.Buckets = append(in.Buckets, record.Bucket{File: f.Name, Bucket: record.Counted, Rows: f.Rows - lost})
	}
	return true
}

// inspectSheet looks at one sheet of the company's workbook.
func (s *session) inspectSheet(kind string, p place) *Inspection {
	k, _ := profile.Lookup(kind)
	in := &Inspection{Name: p.shown, Sheet: p.sheet}
	for _, prof := range s.profilesOf(k) {
		if prof.Name == "" || prof.Name == OwnColumns {
			prof = nil
		}
		f := s.fitOf(k, prof, p)
		if len(f.Why) == 0 {
			in.Fits = []Fit{f}
			if _, err := s.describe(in, p); err != nil {
				in.Problems = append(in.Problems, failed(p.shown, err))
			}
			in.Sheet = p.sheet
			return in
		}
		in.Nearest = &f
	}
	return in
}

// doubt takes telepay's own columns out of what reads a file, where more of its
// columns belong to another kind, which only lacks some: a list of contracts with a
// date, a seller and a status is no attendance. What the file's name says counts.
func (s *session) doubt(in *Inspection, p place, named profile.Kind) {
	if len(in.Fits) == 0 || in.Fits[0].Profile != nil {
		return
	}
	best := in.Fits[0]
	for _, k := range profile.Kinds() {
		more := 2
		if k.Name == named.Name {
			more = 0
		}
		if k.Name == best.Kind.Name || s.known(k, p) < best.Columns+more {
			continue
		}
		fit := s.fitOf(k, nil, p)
		if len(fit.Why) == 0 {
			continue // it fits as well, and the better one was taken
		}
		in.Fits = slices.DeleteFunc(in.Fits, func(f Fit) bool { return f.Profile == nil })
		in.Nearest = &fit
		return
	}
}

// FileName is what the file may be called in a project: as it is called, where
// that says what it holds.
func (in *Inspection) FileName(otherwise string) string {
	base := filepath.Base(in.Name)
	if k, ok := profile.KindOfFile(base); ok && len(in.Fits) > 0 && k.Name == in.Fits[0].Kind.Name {
		return base
	}
	if len(in.Sheets) > 0 {
		return "company" + filepath.Ext(otherwise)
	}
	return otherwise
}
