// Package input is the door that the exports come in by. A project folder goes
// in; the facts of one month come out, with a description of every file read,
// the rows that did not become facts, and every problem at once. Deals and all
// that is small become records; calls stay in their files until they are counted
// (Calls.Run). It never computes pay, never drops a row without a word, and
// never prints a customer's name or number.
package input

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"syscall"
	"time"

	"telepay/internal/diag"
	"telepay/internal/input/convert"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Options say which month of which project is read, and how.
type Options struct {
	Dir      string // the project
	Exports  string // folder of the exports inside it; empty: exports
	Month    period.Month
	Cut      period.Cut
	Zone     *time.Location
	Profiles map[string][]string // kind of export → names of profiles; of several, the first one that a file fits reads it
	Places   int                 // decimal places of the currency
	Currency string              // what a currency column may say; empty: CNY; AnyCurrency: anything
	Roster   *Roster             // of ReadRoster; nil: Read reads it
	Named    map[string][]string // kind of export → the company's own columns that the plan names
	House    []string            // names in the agent column of deals that mean the company
	Paying   map[string]bool     // KPIs on which the plan pays
	NoDigest bool                // spare the digests of calls and connects, which take longer than the rows
}

// AnyCurrency is asked of a file that belongs to no project yet.
const AnyCurrency = "*"

// Month is what one month's folder holds.
type Month struct {
	Facts *record.Facts
	Calls *Calls     // never nil; empty where there are no calls
	Files []FileInfo // every file read but those of calls and connects, which Calls.Files describes
}

// FileInfo describes a file for the manifest.
type FileInfo struct {
	Name     string // as evidence names it: exports/2026-10/deals.csv
	Kind     string
	Encoding string
	Size     int64
	SHA256   string
	Rows     int64
}

// session is one reading: where problems and coverage are gathered.
type session struct {
	opts     Options
	list     *diag.List
	cover    *record.Coverage
	roster   *Roster
	head     int64                         // of texts, how much is read; 0: everything
	like     *table.Table                  // an open table of the workbook that is looked at; nil: none
	reader   *convert.Reader               // that has read the file that is looked at; nil: none
	profiles map[string][]*profile.Profile // by kind; empty where none can be used
	columns  map[string]bool               // met in any file: deals.due
	files    []FileInfo

	lostAccounts []diag.Pos              // of the roster
	faultyDeals  map[string]bool         // ids of deals whose rows have problems
	waits        map[string]record.Fault // people of whom a row is in error
}

func newSession(opts Options) *session {
	if opts.Exports == "" {
		opts.Exports = "exports"
	}
	if opts.Zone == nil {
		opts.Zone = time.UTC
	}
	if opts.Currency == "" {
		opts.Currency = "CNY"
	}
	return &session{opts: opts, list: &diag.List{}, cover: &record.Coverage{}, roster: opts.Roster, profiles: map[string][]*profile.Profile{}, columns: map[string]bool{}, faultyDeals: map[string]bool{}, waits: map[string]record.Fault{}}
}

// Read reads the folder of a month. Facts.Opening is left empty; ReadOpening
// reads it. Facts.Rows holds the rows that did not become facts; whoever uses
// the facts closes the rest. A failure of the machine is a Stop problem as well,
// so that everything else is still told. Month.Calls must be closed.
func Read(opts Options) (Month, *diag.List) {
	s := newSession(opts)
	if s.roster == nil {
		s.roster = s.readRoster()
	}
	facts := &record.Facts{Month: opts.Month, People: s.roster.People, Present: map[string]bool{}}
	month := Month{Facts: facts, Calls: &Calls{s: s}}
	paths := s.folder(s.opts.Month)
	for kind := range paths {
		if kind == "call-counters" { // another way to tell of calls
			kind = "calls"
		}
		facts.Present[kind] = true
	}
	facts.Deals = s.readDeals(paths["deals"])
	facts.Payments = s.readPayments(paths["payments"])
	facts.Disputes = s.readDisputes(paths["disputes"])
	facts.Attendance = s.readAttendance(paths["attendance"])
	facts.Summaries = s.readSummaries(paths["monthly-attendance"])
	facts.Events = s.readEvents(paths["events"])
	facts.Targets = s.readTargets(paths["targets"])
	facts.Decisions = s.readDecisions(paths["decisions"])
	facts.Tax = s.readTax(paths["tax"])
	facts.Numbers = s.readNumbers(paths["numbers"])
	facts.Leads = s.readLeads(paths["leads"])
	facts.FollowUps = s.readFollowUps(paths["followups"])
	facts.Reports = s.readReports(paths["reports"])
	s.roster.ofMonth(facts, s.opts.Month, s.opts.Cut)
	facts.Faulty, facts.Waits = s.faultyDeals, s.waits
	for id := range s.roster.faultyDeals {
		facts.Faulty[id] = true
	}
	spellDeals(facts)
	month.Calls.open(paths)
	for column := range s.columns {
		facts.Present[column] = true
	}
	facts.Rows = s.cover.List()
	month.Files = s.files
	if opts.Roster == nil {
		month.Files = append(s.roster.Files, month.Files...)
	}
	return month, s.list
}

// place is a file to read.
type place struct {
	path  string // on disk
	shown string // in messages: exports/2026-10/deals.csv
	name  string // as evidence: exports/2026-10/deals.csv
	sheet string // of a workbook of the company's own; empty: the first one, or a text
}

// folder lists the exports of a month by kind, each in the order of the names.
func (s *session) folder(m period.Month) map[string][]place {
	dir := filepath.Join(s.opts.Exports, m.String())
	entries, err := os.ReadDir(filepath.Join(s.opts.Dir, dir))
	if err != nil {
		s.list.Add(missingFolder(filepath.ToSlash(dir), err))
		return nil
	}
	found := map[string][]place{}
	for _, e := range entries {
		p := place{path: filepath.Join(s.opts.Dir, dir, e.Name()), shown: filepath.ToSlash(filepath.Join(dir, e.Name())), name: filepath.ToSlash(filepath.Join(dir, e.Name()))}
		kind, ok := profile.KindOfFile(e.Name())
		switch {
		case aside(e.Name()):
		case e.IsDir() || !isTable(e.Name()) || kind.Name == "roster" || kind.Name == "opening" || kind.Name == "grades":
			s.list.Add(unknownFile(p.shown))
		case !ok:
			if name := s.kindByHeader(p); name != "" {
				found[name] = append(found[name], p)
			} else {
				s.list.Add(unknownFile(p.shown))
			}
		default:
			found[kind.Name] = append(found[kind.Name], p)
		}
	}
	for _, ps := range found {
		sort.Slice(ps, func(i, j int) bool { return ps[i].name < ps[j].name })
	}
	return found
}

// aside tells of files that programs leave behind: locks of open workbooks, hidden files.
func aside(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// isTable tells by the end of the name whether a file is meant as a table; what
// it really is, its content decides.
func isTable(name string) bool {
	ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")))
	switch ext {
	case ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls":
		return true
	}
	return false
}

func missingFolder(dir string, err error) diag.Problem {
	return diag.Problem{Code: "missing-folder", Reach: diag.Stop, Pos: diag.Pos{File: dir},
		Found: lang.F("打不开的文件夹（%v）", "a folder that cannot be opened (%v)", reason(err)), Want: lang.T("当月导出文件所在的文件夹", "the folder with the month's exports"),
		Mend: lang.F("建立 %s，放入当月的导出文件", "make %s and put the month's exports into it", dir)}
}

func unknownFile(name string) diag.Problem {
	return diag.Problem{Code: "unknown-file", Reach: diag.Note, Pos: diag.Pos{File: name}, Found: lang.T("不认识的文件，未读取", "a file of no known kind; it is not read"),
		Mend: lang.T("若是导出文件，文件名以 calls、connects、deals、payments、disputes、attendance、events、targets、decisions、numbers、leads、followups、reports 或 通话、接通、成交、回款、撞单、考勤、事件、任务、决定、号码、线索、回访、日报 开头，并以 .csv、.xlsx 或 .csv.gz 结尾",
			"if it is an export, let its name begin with calls, connects, deals, payments, disputes, attendance, events, targets, decisions, numbers, leads, followups or reports and end with .csv, .xlsx or .csv.gz")}
}

// failed reports that the machine could not read a file.
func failed(file string, err error) diag.Problem {
	return diag.Problem{Code: "unreadable", Reach: diag.Stop, Pos: diag.Pos{File: file}, Found: lang.F("无法读取（%v）", "a file that cannot be read (%v)", reason(err)),
		Want: lang.T("可以读取的文件", "a file that can be read"), Mend: lang.T("检查文件权限和磁盘，关闭占用它的程序", "check permissions and the disk, and close the program that holds it")}
}

// reason says why a file cannot be opened, without the path, which the message names already.
func reason(err error) any { return reasonOn(runtime.GOOS, err) }

// Windows says so where another program holds a file or a part of it: winerror.h,
// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
const sharing, locked = syscall.Errno(32), syscall.Errno(33)

func reasonOn(system string, err error) any {
	var p *os.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist): // alike on every system
		return lang.T("不存在", "it does not exist")
	case errors.Is(err, fs.ErrPermission):
		return lang.T("没有权限", "permission denied")
	case system == "windows" && (errors.Is(err, sharing) || errors.Is(err, locked)):
		return lang.T("被别的程序占用，例如在 Excel 里开着", "another program holds it, such as Excel")
	case errors.As(err, &p):
		return p.Err
	}
	return err
}

// source is an open file with its columns found.
type source struct {
	*session
	place
	kind      profile.Kind
	table     *table.Table
	convert   *convert.Reader // where a profile with a layout makes the rows; nil: the table does
	columns   profile.Mapping
	elsewhere []string          // the company's own numbers that only other profiles of the kind read
	texts     map[string]string // short texts seen so far
	twin      string            // an earlier file with the same bytes
	faults    []diag.Problem    // of calls in a workbook or a conversion: rows with an unusable cell
	faulty    map[string]int64  // and how many there are of each code

	names     map[string]string    // that stood where ids belong → whose they are
	nameField string               // in which they stood
	strangers map[string]*stranger // folded ids that nobody has
	spelt     respelling
	days      [len(dated)]string // days that were read last, as they were written
}

// each calls f for every good row, and closes the file. Rows that f leaves with
// a problem go to the bucket of errors with whatever money could be read.
func (src *source) each(f func(r *row)) {
	defer src.end()
	var content []byte
	for cells, ok := src.next(); ok; cells, ok = src.next() {
		r := &row{source: src, Row: cells, content: content[:0]}
		f(r)
		if r.fault != "" {
			src.cover.Add(record.Bucket{File: src.name, Bucket: record.Errored, Reason: r.fault, Rows: 1, Amount: r.amount, HasAmount: src.hasMoney()})
		}
		content = r.content
	}
}

// end gathers what the table found, and closes it.
func (src *source) end() {
	if err := src.err(); err != nil {
		src.list.Add(failed(src.shown, err))
	}
	if len(src.names) > 0 {
		src.list.Add(noteNames(diag.Pos{File: src.shown}, src.heading(src.columns.Columns[src.nameField]), src.names))
	}
	if src.spelt.known != nil {
		src.list.Add(src.spelt.note(src.agentColumn()))
	}
	src.tellStrangers()
	src.table.Close()
	src.list.AddAll(src.problems())
	for _, b := range src.left() {
		src.cover.Add(b)
	}
	info := src.table.Info()
	src.files = append(src.files, FileInfo{src.name, src.kind.Name, info.Encoding, info.Size, info.SHA256, src.count()})
}

// agentColumn is how the file calls the column of its agents.
func (src *source) agentColumn() string {
	for _, field := range []string{"agent", "agents", "id", "owner"} {
		if col, ok := src.columns.Columns[field]; ok {
			return src.heading(col)
		}
	}
	return "agent"
}

// hasMoney tells whether the rows of the file carry money.
func (src *source) hasMoney() bool {
	_, ok := src.columns.Columns[mainAmount[src.kind.Name]]
	return ok
}

// narrowest is how many columns every kind of export has at least; a line of
// fewer is a title, such as the name of a report.
const narrowest = 2

// mainAmount is the column whose sum the coverage of a kind shows.
var mainAmount = map[string]string{"deals": "value", "payments": "amount", "events": "amount", "decisions": "amount", "opening": "amount"}
