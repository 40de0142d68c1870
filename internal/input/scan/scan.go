// Package scan counts calls. Exports of calls and connects come in as text or
// rows, with a query set; one table per agent and day goes out, together with
// where every row went and what is wrong with some. It never holds the calls,
// opens no file of anybody's, knows no profile and no roster: whoever calls it
// says which column is which and who is known.
//
// One pass streams over the blocks of all files, a worker per core; what it logs
// beyond a budget goes to a temporary file without a name. Where call ids repeat,
// a second pass sets the rows concerned aside, compares them in full and counts
// each call once. docs/performance.md names the stages.
package scan

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"telepay/internal/diag"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Job is one question over the calls of one month.
type Job struct {
	Calls    []Source
	Connects []Source // empty where the company has no such export
	Set      query.Set
	Days     period.Span // the month; at most 32 days
	Cut      period.Cut  // names the month in messages
	Zone     *time.Location

	// Known returns the roster's spelling of an agent's id. It is asked about once
	// per spelling, file and worker, and by one goroutine at a time.
	Known func(id string) (canonical string, ok bool)

	// Waits tells of an id that the roster has in a row with a fault: its rows are in
	// error and nothing more is said of them. Nil: there are none.
	Waits func(id string) bool
}

// Source is one export after its header was understood.
type Source struct {
	File string

	// Open starts the data rows as UTF-8 text from the first one. It may be called
	// again: where ids repeat or quotes are out of order, a file is read twice.
	Open func() (io.Reader, error)

	// Prove tells that nobody has looked at the whole text yet. Where it is not
	// UTF-8 or holds control or private-use characters, the error is Unproven.
	Prove bool

	// Rows serves where Open is nil: it starts the rows of a workbook, cells and the
	// row's number in the sheet. Missing cells at the end of a row are empty cells.
	// The bytes are valid until the next row is asked for.
	Rows func() (next func() (cells [][]byte, line int, ok bool), err error)

	FirstLine int                          // physical line of the first data row
	Comma     byte                         // 0 is a comma
	Columns   map[string]int               // field, or the name of a column of the company's own → column, from 0
	Width     int                          // columns in the header
	Values    map[string]map[string]string // field → raw word → canonical word
	// A column count says how many calls a row stands for. Their talk is a sum: it is
	// added up, and no filter on the length of a call passes.
	Layouts []string // of instants, tried in order; empty: 2006-01-02 15:04:05
}

// options are what tests vary; results never depend on them.
type options struct {
	workers int
	block   int // bytes in a block
	record  int // most bytes in one row
	budget  int // bytes of logged rows in memory; what is beyond goes to a temporary file
	weak    int // readings in which the hashes of ids are too short to tell them apart
}

// Run answers the job. Buckets are in the order of the files, calls first; problems
// are of reach Row or Note. The error is a failure of the machine, a set that
// names no field of a call, or Unproven.
func Run(job Job) (*query.Table, []record.Bucket, []diag.Problem, error) {
	return run(job, options{})
}

// run answers the job. Where it meets a file with quotes out of order it begins
// again and reads that file with care; where two ids have one code, under another seed.
func run(job Job, opt options) (*query.Table, []record.Bucket, []diag.Problem, error) {
	careful := map[string]bool{}
	for ; ; opt.weak-- {
		e, err := newEngine(job, opt.filled(), careful)
		if err != nil {
			return nil, nil, nil, err
		}
		table, buckets, problems, err := e.answer()
		var odd irregular
		switch {
		case errors.As(err, &odd):
			careful[odd.file] = true
		case !errors.Is(err, met{}):
			return table, buckets, problems, err
		}
	}
}

// irregular is the error of a file whose quotes are out of order: where its
// blocks begin cannot be known from the number of quotes before.
type irregular struct{ file string }

func (i irregular) Error() string { return i.file + ": quotes out of order" }

func (e *engine) answer() (*query.Table, []record.Bucket, []diag.Problem, error) {
	if len(e.job.Connects) > 0 {
		if err := e.readConnects(); err != nil {
			return nil, nil, nil, err
		}
	}
	p, err := e.count(nil)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := e.proveCodes(p); err != nil {
		return nil, nil, nil, err
	}
	if again := repeated(p.takeIDs(), e.opt.workers, e.opt.budget); len(again) > 0 {
		if p, err = e.count(newCodeSet(again)); err != nil {
			return nil, nil, nil, err
		}
	}
	table := p.table()
	if err := e.scratch.failed(); err != nil {
		return nil, nil, nil, err
	}
	buckets, problems := p.report()
	return table, buckets, problems, nil
}

func (o options) filled() options {
	if o.workers == 0 {
		o.workers = runtime.GOMAXPROCS(0)
	}
	if o.block == 0 {
		o.block = 256 << 10
	}
	if o.record == 0 {
		o.record = 4 << 20
	}
	o.record = max(o.record, o.block)
	if o.budget == 0 {
		o.budget = 256 << 20
	}
	return o
}

// engine is what all passes share: the compiled set and the dictionaries.
type engine struct {
	job      Job
	opt      options
	prog     *program
	fields   fields
	compared []string // fields of which two rows of one id are compared
	people   *people
	words    [len(wordFields)]*dictionary
	coder    *coder
	textRoom textRoom
	texts    textLog // behind the codes of the set
	calls    []*export
	connects []*export
	chunks   []connectChunk // the connects; nil once all of them are in joined
	joined   *joined        // those of the reading at hand
	extra    *pass          // the pass over the connects, for its buckets; nil without an export of them
	scratch  *scratch
}

func newEngine(job Job, opt options, careful map[string]bool) (*engine, error) {
	if n := job.Days.Days(); n < 1 || n > maxDays {
		return nil, fmt.Errorf("scan: a month of %d days; a table covers 1 to %d", n, maxDays)
	}
	e := &engine{scratch: &scratch{}, fields: fieldsOf(job.Set.Own), compared: comparedOf(job.Calls), job: job, opt: opt, people: newPeople(job), coder: newCoder()}
	e.coder.weak = opt.weak > 0
	e.textRoom.budget, e.textRoom.scratch = int64(opt.budget), e.scratch
	e.texts.shared = &e.textRoom
	for i := range e.words {
		e.words[i] = newDictionary()
	}
	for i := range job.Calls {
		e.calls = append(e.calls, e.newExport(&job.Calls[i], "started", careful))
	}
	for i := range job.Connects {
		e.connects = append(e.connects, e.newExport(&job.Connects[i], "answered", careful))
	}
	var err error
	e.prog, err = compile(job.Set, e)
	return e, err
}
