package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/output/index"
	"telepay/internal/output/page"
	"telepay/internal/output/payslip"
	"telepay/internal/output/pdf"
	"telepay/internal/output/publish"
	"telepay/internal/period"
	"telepay/internal/statement"
)

// papers writes a PDF for every statement into dir. Characters that no font has
// are printed as 〓 and come back as notes.
func (w *workspace) papers(dir string, r statement.Run) ([]diag.Problem, error) {
	fonts, err := pdf.Load()
	if err != nil {
		return nil, err
	}
	if err := folders(dir, r.Statements); err != nil {
		return nil, err
	}
	metrics := fonts.Metrics()
	missing := make([][]page.Missing, len(r.Statements))
	errs := make([]error, len(r.Statements))
	next := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				st := r.Statements[i]
				doc := payslip.Layout(st, metrics)
				missing[i] = metrics.Missing(doc)
				errs[i] = paper(fonts, dir, st, doc, w.project.Cut.Span(r.Month))
			}
		})
	}
	for i := range r.Statements {
		next <- i
	}
	close(next)
	group.Wait()
	var notes []diag.Problem
	teams := map[string][]index.Entry{}
	for i, st := range r.Statements {
		if errs[i] != nil {
			return nil, errs[i]
		}
		teams[st.Station.Team] = append(teams[st.Station.Team], index.Entry{Statement: st, File: publish.FileName(st.Station.Team, st.Person.ID, st.Person.Name)})
		for _, x := range missing[i] {
			notes = append(notes, diag.Problem{Code: "missing-glyph", Reach: diag.Note, Agent: st.Person.ID,
				Found: lang.F("%s 的工资单里的 %q (U+%04X), 字体没有这个字", "%[2]q (U+%04[3]X) on the statement of %[1]s, which no font has", st.Person.ID, x.Rune, x.Rune), Want: lang.T("字体里有的字; 已印作 〓", "a character that the font has; it is printed as 〓")})
		}
	}
	for team, entries := range teams {
		var b bytes.Buffer
		if err := index.Write(&b, r, team, entries, w.lang); err != nil {
			return nil, err
		}
		at := filepath.Join(dir, filepath.FromSlash(path.Dir(entries[0].File)), "index.html")
		if err := os.WriteFile(at, b.Bytes(), 0o600); err != nil {
			return nil, err
		}
	}
	return notes, nil
}

// paper draws one statement.
func paper(fonts *pdf.Fonts, dir string, st statement.Statement, doc page.Document, span period.Span) error {
	data, err := fonts.Draw(doc, pdf.Meta{Title: payslip.Title(st), Language: st.Language, Created: span.Last()})
	if err != nil {
		return fmt.Errorf("%s: %w", st.Person.ID, err)
	}
	return os.WriteFile(fileOf(dir, st), data, 0o600)
}

func fileOf(dir string, st statement.Statement) string {
	return filepath.Join(dir, filepath.FromSlash(publish.FileName(st.Station.Team, st.Person.ID, st.Person.Name)))
}

// folders makes those of the teams. From here on nothing makes a folder whose
// parent is gone: that is how an interrupted run is stopped.
func folders(dir string, sts []statement.Statement) error {
	for _, st := range sts {
		team := filepath.Dir(fileOf(dir, st))
		for _, folder := range []string{filepath.Dir(team), team} {
			if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
				return err
			}
		}
	}
	return nil
}
