// Package convert makes telepay's own rows of any system's export, as a profile
// with a layout says. The rows of a file come in as they stand; rows of the
// kind's fields go out, in the forms that telepay itself writes (2026-10-31
// 09:05:10, 1200.50, whole seconds), each cell with the place it was read from.
// The stages are those of profile.Layout: find the table, map, convert, drop,
// collapse. It guesses at nothing, opens no other file, knows nobody, and every
// row that does not go out is counted under a reason.
package convert

import (
	"strings"
	"time"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
)

// Options are what a file does not say itself.
type Options struct {
	Zone  *time.Location // of the project; nil: UTC
	Sheet string         // of a workbook; empty: as the profile says
	Head  int64          // read no more than the begin: of a text, the lines in so many bytes; 0: everything
	Like  *table.Table   // an open table of the same workbook; nil: none
	Lend  bool           // rows are valid until the next one is asked for
	Known *Reader        // of the same file by the same profile, which has read it before; nil: none

	NoDigest bool // see table.Options

	// Person finds who is meant by a name, on a day, in a team (both empty where
	// the file does not say). Without an answer the name stays as it is, and
	// whoever reads the row reports it.
	Person func(name, team string, day period.Day) (id string, ok bool)

	// Alias finds whose another system's id was on a day, where that depends on the
	// day; nil: it never does.
	Alias func(id string, day period.Day) (canonical string, ok bool)
}

// Reader is an export being converted. It is used by one goroutine.
type Reader struct {
	Table *table.Table

	path, name string
	kind       profile.Kind
	prof       *profile.Profile
	lay        *profile.Layout
	opts       Options

	heads   []string // headers of the file's columns; those of Days behind them
	days    []int    // columns that are days
	period  [2]period.Day
	head    table.Row // the line of the header
	unnamed bool      // there is none: the profile names the columns
	binds   []bind
	at      map[string]int // of a name in binds
	drops   []expr.Bound   // the conditions of the layout's Drop
	totals  []expr.Bound   // and of its Totals, where they have one
	fields  []int          // binds that go out
	extra   []ownColumn    // that go out behind them
	from    []int          // the file's column that each cell of a row that goes out comes from, −1 for none
	mapping profile.Mapping
	misfits []diag.Problem // columns in another unit than the profile says
	notes   []diag.Problem // of the file as a whole

	before   []string    // text of the lines before the header
	after    []string    // and of those after the table
	pending  []table.Row // rows met while the header was looked for
	past     bool        // the end of the table was met
	met      int         // rows of the table so far
	queue    []*rowOf
	rows     []*rowOf // of the row of the file that was read last
	spare    *rowOf   // one that is not used any more
	room     []byte   // of the key that was made last
	cells    []string // of the row that went out last
	winners  places   // of collapse: the rows that stay; nil: not yet known
	place    int64    // of the next row that can be converted
	quiet    bool     // a reading that only looks: nothing is counted or told
	err      error    // the file could not be read a second time
	ended    bool
	problems []diag.Problem
	left     map[Fate]*Left
	went     int64           // rows that went out
	sums     []money.Decimal // of the totals that the file states
}

// Fate is why a row does not go out: one of the profile's reasons to drop,
// footer, not_a_person, collapsed, or the code of its problem.
type Fate struct {
	Reason string
	Error  bool
}

// Left is the rows that went one way, with the kind's main amount in them.
type Left struct {
	Rows   int64
	Amount money.Decimal
}

// Open opens a file as the profile says. Where it cannot be used the reader is
// nil and the problems say why; the error is a failure of the machine.
func Open(path, name string, k profile.Kind, p *profile.Profile, opts Options) (*Reader, []diag.Problem, error) {
	if opts.Zone == nil {
		opts.Zone = time.UTC
	}
	r := &Reader{path: path, name: name, kind: k, prof: p, lay: p.Layout, opts: opts, left: map[Fate]*Left{}}
	problems, err := r.open()
	if err != nil || r.Table == nil {
		return nil, problems, err
	}
	if opts.Known != nil {
		r.winners = opts.Known.winners
	}
	r.lend()
	return r, problems, nil
}

// open tries the sheets of a workbook until one has the header.
func (r *Reader) open() ([]diag.Problem, error) {
	sheets := []string{r.lay.Sheet}
	if r.opts.Sheet != "" {
		sheets[0] = r.opts.Sheet
	}
	var first []diag.Problem
	for i := 0; i < len(sheets); i++ {
		t, problems, err := table.Open(r.path, r.name, r.tableOptions(sheets[i]))
		if err != nil || t == nil {
			return problems, err
		}
		if i == 0 && sheets[0] == "" && len(t.Sheets()) > 1 {
			sheets = append(sheets, t.Sheets()[1:]...)
		}
		r.Table = t
		found := r.locate()
		if found == nil {
			r.notes = withoutSheets(t.Problems())
			found = r.bind()
		}
		if len(found) == 0 {
			return append(r.notes, r.notesOfHeader()...), nil
		}
		t.Close()
		r.Table = nil
		if i == 0 {
			first = append(problems, found...)
		}
	}
	return first, nil
}

// withoutSheets keeps the notes on the file but that on other sheets: which one is
// read, the header decided.
func withoutSheets(notes []diag.Problem) (kept []diag.Problem) {
	for _, n := range notes {
		if n.Reach == diag.Note && n.Code != "other-sheets" {
			kept = append(kept, n)
		}
	}
	return kept
}

func (r *Reader) tableOptions(sheet string) table.Options {
	return table.Options{Encoding: r.prof.Encoding, Otherwise: r.lay.Otherwise, Comma: r.prof.Comma, Lenient: r.lay.Lenient, Sheet: sheet, Head: r.opts.Head, NoDigest: r.opts.NoDigest || r.opts.Head > 0, Whole: true, Like: r.opts.Like}
}

// Mapping says in which cell of the rows each field stands.
func (r *Reader) Mapping() profile.Mapping { return r.mapping }

// Header returns how the file calls the column of a cell.
func (r *Reader) Header(col int) string {
	if col >= len(r.fields) {
		return r.heads[r.extra[col-len(r.fields)].col]
	}
	b := r.binds[r.fields[col]]
	if len(b.cols) == 0 {
		return b.Name
	}
	var names []string
	for _, c := range b.cols {
		names = append(names, strings.TrimSpace(r.heads[c]))
	}
	return strings.Join(names, " + ")
}

// Column returns the column of the file, from 0, that a cell is read from; −1 for none.
func (r *Reader) Column(col int) int {
	switch {
	case col < 0 || col >= r.Width():
		return -1
	case col >= len(r.fields):
		return r.extra[col-len(r.fields)].col
	}
	return r.from[col]
}

// Width is how many cells the rows have.
func (r *Reader) Width() int { return len(r.fields) + len(r.extra) }

// Err returns the failure of the machine that ended the rows early, if any.
func (r *Reader) Err() error {
	if r.err != nil {
		return r.err
	}
	return r.Table.Err()
}

// Problems returns what is wrong with rows, and how the file's own totals differ.
// It is complete when Next has returned false.
func (r *Reader) Problems() []diag.Problem { return r.problems }

// Left returns the rows that did not go out.
func (r *Reader) Left() map[Fate]*Left { return r.left }

// Rows is how many rows were met so far, wherever they went; of Days, each day is one.
func (r *Reader) Rows() int64 {
	n := r.went
	for _, l := range r.left {
		n += l.Rows
	}
	return n
}

func (r *Reader) leave(f Fate, amount money.Decimal) {
	if r.quiet {
		return
	}
	l := r.left[f]
	if l == nil {
		l = &Left{}
		r.left[f] = l
	}
	l.Rows++
	l.Amount = l.Amount.Add(amount)
}

// Restart makes Next begin again at the first row of the table. Who wins a
// collapse stays known.
func (r *Reader) Restart() error {
	if err := r.Table.Restart(); err != nil {
		return err
	}
	r.place = 0
	r.met = 0
	r.before, r.after, r.pending, r.past, r.queue, r.ended, r.problems, r.left, r.went, r.sums = nil, nil, nil, false, nil, false, nil, map[Fate]*Left{}, 0, nil
	r.locate()
	r.bind()
	r.lend()
	return nil
}

// lend spares a list of cells for each row, from the first row of data on, where
// nobody keeps any.
func (r *Reader) lend() {
	r.Table.Lend(r.quiet || r.opts.Lend && (r.lay.Collapse == nil || len(r.lay.Collapse.With) == 0))
}

// Next returns the next row; its cells are those of Mapping.
func (r *Reader) Next() (table.Row, bool) {
	for len(r.queue) == 0 && !r.ended {
		switch c := r.lay.Collapse; {
		case c != nil && len(c.With) > 0:
			r.gather()
			r.ended = true
		case c != nil && r.winners == nil:
			if r.err = r.choose(); r.err == nil {
				r.err = r.Restart()
			}
			r.ended = r.err != nil
			continue
		default:
			r.ended = !r.fill()
		}
		if r.ended {
			r.finish()
		}
	}
	if len(r.queue) == 0 {
		return table.Row{}, false
	}
	x := r.queue[0]
	if r.went++; len(r.queue) == 1 {
		r.queue = r.queue[:0] // has room for the next
	} else {
		r.queue = r.queue[1:]
	}
	row := x.finished()
	r.free(x)
	return row, true
}

// fill converts the next row of the file into the queue; false at the end.
func (r *Reader) fill() bool {
	raw, ok := r.raw()
	if !ok {
		return false
	}
	for _, x := range r.rowsOf(raw) {
		r.place++
		if x.convert() && x.wins(r.place-1) {
			x.sum(true)
			r.queue = append(r.queue, x)
		} else {
			r.free(x)
		}
	}
	return true
}

// finish tells what is left to tell at the end of the file.
func (r *Reader) finish() {
	for _, p := range r.Table.Problems() {
		if p.Reach != diag.Note {
			r.problems = append(r.problems, p)
		}
	}
	for code, n := range r.Table.Bad() {
		l := r.left[Fate{code, true}]
		if l == nil {
			l = &Left{}
			r.left[Fate{code, true}] = l
		}
		l.Rows += n
	}
	r.compareTotals()
}

// compareTotals notes where the sums that a file states are not those of its rows.
func (r *Reader) compareTotals() {
	text := strings.Join(append(append([]string(nil), r.before...), r.after...), "\n")
	for i, t := range r.lay.Totals {
		m := t.Find.FindStringSubmatch(text)
		if m == nil || len(m) < 2 {
			continue
		}
		stated, ok := decimalOf(m[1], r.lay.Decimal)
		if !ok || i < len(r.sums) && stated.Equal(r.sums[i]) || i >= len(r.sums) && stated.IsZero() {
			continue
		}
		var sum money.Decimal
		if i < len(r.sums) {
			sum = r.sums[i]
		}
		r.problems = append(r.problems, diag.Problem{Code: "totals-differ", Reach: diag.Note, Pos: diag.Pos{File: r.name},
			Found: lang.F("文件自己写的合计 %s（“%s”）, 各行加起来是 %s", "a total of %s that the file states (%q), where its rows make %s", stated, firstCharacters(strings.Join(strings.Fields(m[0]), " "), 60), sum),
			Mend:  lang.T("只作参考: 文件可能只导出了一部分, 或统计口径不同", "for information: the file may be a part, or count otherwise")})
	}
}
