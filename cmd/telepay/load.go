package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/input"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/money"
	"telepay/internal/payrun"
	"telepay/internal/period"
	"telepay/internal/plan"
	"telepay/internal/project"
	"telepay/internal/record"
	"telepay/kpi"
)

// workspace is an opened project folder.
type workspace struct {
	app      *app
	lang     lang.Lang
	project  *project.Project
	law      *law.Law
	roster   *input.Roster
	opening  []record.Opening
	files    []input.FileInfo // of roster and opening
	problems []diag.Problem
	data     data       // of computeMonth
	plan     *plan.Plan // of computeMonth
	asked    []string   // KPIs that are to be shown; none: all
}

// open reads what a project has beside its months: settings, law, roster, opening.
// Without settings nothing else can be read, and they alone are reported.
func (a *app) open() (*workspace, error) {
	data, bad, err := table.ReadDocument(filepath.Join(a.dir, "telepay.yaml"), "telepay.yaml")
	if bad != nil {
		return nil, a.tell(a.language(lang.ZH), []diag.Problem{*bad})
	}
	if err != nil {
		l := a.language(lang.ZH)
		if at, bad := os.Stat(a.dir); bad == nil && !at.IsDir() {
			return nil, exit{exitProblems, lang.F("%s 是文件; -C 后面写项目文件夹", "%s is a file; -C takes the project's folder", a.dir).In(l)}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, exit{exitProblems, lang.F("%s 里没有 telepay.yaml; 用 telepay init 建一个项目, 或用 -C 指到项目文件夹", "no telepay.yaml in %s; make a project with telepay init, or point to one with -C", a.dir).In(l)}
		}
		return nil, err
	}
	p, problems := project.Read("telepay.yaml", data)
	w := &workspace{app: a, project: p, problems: problems, lang: a.language(lang.ZH)}
	if p == nil || len(problems) > 0 {
		return nil, a.tell(w.lang, problems)
	}
	w.lang = a.language(p.Language)
	own, found, err := lawFiles(filepath.Join(a.dir, "law"))
	if err != nil {
		return nil, err
	}
	w.problems = append(w.problems, found...)
	w.law, found = law.Load(own)
	w.problems = append(w.problems, found...)
	opts := w.options(p.First)
	roster, list := input.ReadRoster(opts)
	w.roster = roster
	w.problems = append(w.problems, list.All()...)
	opts.Roster = roster
	opening, files, list := input.ReadOpening(opts)
	w.opening = opening
	w.files = append(append(w.files, roster.Files...), files...)
	w.problems = append(w.problems, list.All()...)
	return w, nil
}

// lawFiles reads a project's own statutory data.
func lawFiles(dir string) (map[string][]byte, []diag.Problem, error) {
	out := map[string][]byte{}
	var problems []diag.Problem
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		data, bad, err := table.ReadDocument(filepath.Join(dir, e.Name()), "law/"+e.Name())
		switch {
		case err != nil:
			return nil, nil, err
		case bad != nil:
			problems = append(problems, *bad)
		default:
			out[e.Name()] = data
		}
	}
	return out, problems, nil
}

func (w *workspace) options(m period.Month) input.Options {
	p := w.project
	return input.Options{Dir: w.app.dir, Exports: p.Exports, Month: m, Cut: p.Cut, Zone: p.Zone, Profiles: p.Profiles, Places: p.Places, Currency: p.Currency, Roster: w.roster, NoDigest: w.app.noDigest}
}

// month is the month an argument names, else the newest folder of exports. No month
// lies behind that one: whoever mistypes a year is told so once, not for every month between.
func (w *workspace) month(arg string) (period.Month, error) {
	if arg == "" {
		return w.newest()
	}
	m, err := period.ParseMonth(arg)
	if err != nil {
		return 0, exit{exitUsage, lang.F("%s 不是月份; 写作 2026-10", "%s is no month; write it as 2026-10", diag.Quote(arg)).In(w.lang)}
	}
	if m < w.project.First {
		return 0, exit{exitProblems, lang.F("%s 在首月 %s 之前 (telepay.yaml first_month)", "%s is before the first month %s (first_month in telepay.yaml)", m.String(), w.project.First.String()).In(w.lang)}
	}
	last, err := w.newest()
	if err == nil && m > last {
		return 0, exit{exitProblems, lang.F("没有 %s; 最新的月份是 %s", "no folder %s; the newest month is %s", filepath.ToSlash(filepath.Join(w.project.Exports, m.String())), last.String()).In(w.lang)}
	}
	return m, err
}

func (w *workspace) newest() (period.Month, error) {
	entries, _ := os.ReadDir(filepath.Join(w.app.dir, w.project.Exports))
	var months []period.Month
	for _, e := range entries {
		if m, err := period.ParseMonth(e.Name()); err == nil && e.IsDir() {
			months = append(months, m)
		}
	}
	if len(months) == 0 {
		return 0, exit{exitProblems, lang.F("%s 里没有月份文件夹 (如 %s)", "no folder of a month in %s (such as %s)", filepath.Join(w.app.dir, w.project.Exports), w.project.First.String()).In(w.lang)}
	}
	sort.Slice(months, func(i, j int) bool { return months[i] < months[j] })
	return months[len(months)-1], nil
}

// readPlan reads a pay plan; problems join the workspace's.
func (w *workspace) readPlan(path string) (*plan.Plan, error) {
	data, bad, err := table.ReadDocument(path, filepath.Base(path))
	if bad != nil {
		w.problems = append(w.problems, *bad)
		return nil, nil
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			w.problems = append(w.problems, diag.Problem{Code: "file-missing", Pos: diag.Pos{File: filepath.Base(path)}, Found: lang.T("没有这个文件", "no such file"), Want: lang.T("薪酬方案", "a pay plan"), Mend: lang.T("telepay init 会写一个例子", "telepay init writes an example")})
			return nil, nil
		}
		return nil, err
	}
	p, problems := plan.Read(filepath.Base(path), data, plan.Context{Columns: w.columns(), Own: w.ownColumns()})
	w.problems = append(w.problems, problems...)
	return p, nil
}

// columns are the roster's own columns: numbers where every value is one.
func (w *workspace) columns() map[string]expr.Kind {
	out := map[string]expr.Kind{}
	for _, p := range w.roster.People {
		for _, st := range p.Spans {
			for name, text := range st.Fields {
				kind := expr.Number
				if _, err := money.Parse(text); err != nil {
					kind = expr.Word
				}
				if was, seen := out[name]; !seen || was == expr.Number {
					out[name] = kind
				}
			}
		}
	}
	return out
}

// ownColumns are the company's own columns of deals, calls and events, as profiles name them.
func (w *workspace) ownColumns() kpi.Own {
	kinds := map[string]expr.Type{"text": {Kind: expr.Word}, "number": {Kind: expr.Number, Unit: expr.Count}, "money": {Kind: expr.Number, Unit: expr.Money}}
	own := kpi.Own{Columns: map[string][]expr.Def{}, Places: w.project.Places}
	for _, kind := range []string{"deals", "calls", "events"} {
		columns := input.CompanyColumns(w.options(w.project.First), kind)
		for _, name := range slices.Sorted(maps.Keys(columns)) {
			own.Columns[kind] = append(own.Columns[kind], expr.Def{Name: name, Title: lang.Same(name), Type: kinds[columns[name]]})
		}
	}
	return own
}

// data is every month up to one, as read for a plan.
type data struct {
	months []payrun.MonthInput
	files  []input.FileInfo
	name   string // digest of program, plan and files: it names the run
}

// read reads the exports of every month from the first to m, and then runs the
// plan's queries over their calls: which customers matter is known from all months.
func (w *workspace) read(m period.Month, p *plan.Plan) (data, error) {
	var out data
	var months []input.Month
	var facts []*record.Facts
	out.files = append(out.files, w.files...)
	for at := w.project.First; at <= m; at++ {
		w.app.progress(w.lang, lang.F("读取 %s …", "reading %s …", at.String()))
		opts := w.options(at)
		opts.Named, opts.House = map[string][]string{"deals": p.Crediting.Columns()}, p.Crediting.House
		opts.Paying = paying(p)
		month, list := input.Read(opts)
		defer month.Calls.Close()
		w.problems = append(w.problems, list.All()...)
		if n := len(facts); n > 0 {
			w.problems = append(w.problems, input.Vanished(facts[n-1], month.Facts)...)
		}
		months, facts = append(months, month), append(facts, month.Facts)
	}
	if len(facts) > 0 {
		facts[0].Rows = append(facts[0].Rows, w.roster.Rows...)
	}
	var joined map[string]int64
	for _, month := range months {
		mi, buckets, err := w.count(month, p, facts)
		if err != nil {
			return out, err
		}
		mi.Facts.Rows = append(mi.Facts.Rows, otherMonth(buckets, joined)...)
		joined = month.Calls.Joined()
		out.files = append(append(out.files, month.Files...), month.Calls.Files()...)
		out.months = append(out.months, mi)
	}
	out.name = out.digest(p)
	return out, nil
}

// paying is the KPIs on which a plan pays, and those that they are computed from.
func paying(p *plan.Plan) map[string]bool {
	all := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		k := p.KPIs.ByName[name]
		if k == nil || all[name] {
			return
		}
		all[name] = true
		if k.Formula != nil {
			for _, n := range k.Formula.Names() {
				add(kpi.NameOf(n))
			}
		}
	}
	for _, name := range p.Used() {
		add(name)
	}
	return all
}

// otherMonth moves connects that joined last month's calls out of those that
// have no call at all.
func otherMonth(buckets []record.Bucket, joined map[string]int64) []record.Bucket {
	var out []record.Bucket
	for _, b := range buckets {
		n := min(joined[b.File], b.Rows)
		if b.Reason != "no_call" || n == 0 {
			out = append(out, b)
			continue
		}
		out = append(out, record.Bucket{File: b.File, Bucket: record.Excluded, Reason: "other_month", Rows: n})
		if b.Rows -= n; b.Rows > 0 {
			out = append(out, b)
		}
	}
	return out
}

// count runs the plan's queries over a month's calls; facts are those of all months.
func (w *workspace) count(month input.Month, p *plan.Plan, facts []*record.Facts) (payrun.MonthInput, []record.Bucket, error) {
	mi := payrun.MonthInput{Facts: month.Facts}
	if !month.Calls.Any() || len(w.roster.People) == 0 { // a roster that cannot be read is one problem, not one for everybody in every file
		return mi, nil, nil
	}
	done := w.app.watch(w.lang, month.Calls.Passed)
	table, buckets, problems, err := month.Calls.Run(p.KPIs.Queries(month.Facts, facts...), w.roster.People)
	done()
	if err != nil {
		return mi, nil, fmt.Errorf("%s: %w", month.Facts.Month, err)
	}
	mi.Table = table
	w.problems = append(w.problems, problems...)
	return mi, buckets, nil
}

// compute computes a month under a plan.
func (w *workspace) compute(d data, p *plan.Plan) *payrun.Run {
	return payrun.Compute(w.input(d, p))
}

func (w *workspace) input(d data, p *plan.Plan) payrun.Input {
	return payrun.Input{Project: w.project, Plan: p, Law: w.law, People: w.roster.People, Opening: w.opening, Months: d.months, Version: version, Digest: d.name}
}

// digest names a run by its program, plan and every file it read.
func (d data) digest(p *plan.Plan) string {
	h := sha256.New()
	fmt.Fprintln(h, version, p.Hash)
	for _, f := range d.files {
		fmt.Fprintln(h, f.Kind, f.Name, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// stopped tells whether a problem forbids going on.
func (w *workspace) stopped() bool {
	var l diag.List
	l.AddAll(w.problems)
	return l.Stops()
}

// stops tells all problems where one of them forbids going on.
func (w *workspace) stops() error {
	if w.stopped() {
		return w.app.tell(w.lang, w.problems)
	}
	return nil
}
