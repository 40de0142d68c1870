package input

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/scan"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/query"
	"telepay/internal/record"
)

// Calls are the exports of calls and connects of a month, open and their
// columns found, to be counted where they lie.
type Calls struct {
	s        *session
	calls    []*source
	counters []*source
	connects []*source
	mu       sync.Mutex      // of the lists, while Run runs
	later    map[string]bool // files of the next month: only what joins this month's calls matters
	rows     map[string]int64
	names    map[string]string // that stood where ids belong → whose they are
	unknown  map[string]string // unknown ids, as messages quote them → as the file has them
	joined   map[string]int64  // rows of the next month's connects that join calls of this one
}

// Joined returns how many rows of the next month's connects, by file, belong to
// calls of this month; that month has to put them into other_month.
func (c *Calls) Joined() map[string]int64 { return c.joined }

// open opens the files of a month, and the next month's connects, which may
// belong to calls of this month's last minutes.
func (c *Calls) open(paths map[string][]place) {
	c.later, c.rows = map[string]bool{}, map[string]int64{}
	c.calls = c.s.openAll("calls", paths["calls"])
	c.counters = c.s.openAll("call-counters", paths["call-counters"])
	if len(c.calls) > 0 {
		c.s.tellUnseen()
	}
	c.connects = c.s.openAll("connects", append(append([]place(nil), paths["connects"]...), c.next(len(paths["connects"]) > 0)...))
}

func (s *session) openAll(kind string, places []place) (all []*source) {
	for _, p := range places {
		if src := s.openStream(kind, p); src != nil {
			if src.convert == nil {
				s.list.AddAll(src.table.Problems())
			}
			all = append(all, src)
		}
	}
	return all
}

// tellUnseen notes the company's own columns of calls that the profiles declare and
// no file of the month has: KPIs of them have no base.
func (s *session) tellUnseen() {
	k, _ := profile.Lookup("calls")
	for _, p := range s.profilesOf(k) {
		for _, h := range p.Extra {
			if !s.columns["calls."+h] {
				s.list.Add(diag.Problem{Code: "own-column-missing", Reach: diag.Note, Pos: diag.Pos{File: filepath.ToSlash(filepath.Join(s.opts.Exports, s.opts.Month.String()))},
					Found: lang.F("导入配置 %s 声明的列 %s，这个月没有一份通话文件有", "no calls of the month have the column %[2]s, which the profile %[1]s declares", p.Name, diag.Quote(h)),
					Mend:  lang.T("用到它的指标这个月没有基数；补上那份文件，或从 extra 里删去", "KPIs that name it have no base this month; add the file, or take it out of extra")})
			}
		}
	}
}

// next finds the connects of the next month; where this month has some and the
// next one none, that is noted.
func (c *Calls) next(wanted bool) []place {
	if !wanted {
		return nil
	}
	month := c.s.opts.Month.Add(1).String()
	dir := filepath.Join(c.s.opts.Exports, month)
	var found []place
	entries, _ := os.ReadDir(filepath.Join(c.s.opts.Dir, dir)) // no folder yet is the usual case
	for _, e := range entries {
		k, ok := profile.KindOfFile(e.Name())
		if ok && k.Name == "connects" && !e.IsDir() && !aside(e.Name()) && isTable(e.Name()) {
			p := place{path: filepath.Join(c.s.opts.Dir, dir, e.Name()), shown: filepath.ToSlash(filepath.Join(dir, e.Name())), name: filepath.ToSlash(filepath.Join(dir, e.Name()))}
			found = append(found, p)
			c.later[p.name] = true
		}
	}
	if len(found) == 0 {
		c.s.list.Add(diag.Problem{Code: "no-later-connects", Reach: diag.Note, Pos: diag.Pos{File: filepath.ToSlash(dir)},
			Found: lang.T("没有下个月的接通文件：月末最后几分钟拨出、次月接通的通话可能少算", "no connects of the next month: calls of the last minutes that were connected after midnight may be missing"),
			Mend:  lang.T("有了之后放进去再运行一次", "put the file there when it exists, and run again")})
	}
	return found
}

// Any tells whether there are calls to count.
func (c *Calls) Any() bool { return len(c.calls)+len(c.counters) > 0 }

// Files describes the files of calls and connects; Rows is known after Run.
func (c *Calls) Files() []FileInfo {
	var all []FileInfo
	for _, src := range c.sources() {
		info := src.table.Info()
		all = append(all, FileInfo{src.name, src.kind.Name, info.Encoding, info.Size, info.SHA256, c.rows[src.name]})
	}
	return all
}

// Close closes the files.
func (c *Calls) Close() {
	for _, src := range c.sources() {
		src.table.Close()
	}
}

// Passed returns how many bytes of the files Run has passed, and how many there
// are. It may be called while Run runs; where a file has to be read again it goes back.
func (c *Calls) Passed() (bytes, of int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, src := range c.sources() {
		b, n := src.table.Passed()
		bytes, of = bytes+b, of+n
	}
	return bytes, of
}

// Run counts the calls of the month that set asks for, for people. It may run
// several times. Buckets cover every row of this month's files; of the next
// month's connects only what joins counts, and nothing else is told of them.
func (c *Calls) Run(set query.Set, people []record.Person) (*query.Table, []record.Bucket, []diag.Problem, error) {
	opts := c.s.opts
	c.names, c.unknown = map[string]string{}, map[string]string{}
	job := scan.Job{Set: set, Days: opts.Cut.Span(opts.Month), Cut: opts.Cut, Zone: opts.Zone, Known: c.known(people), Waits: c.s.roster.Waits}
	var problems diag.List
	if len(c.counters) > 0 {
		var notes []diag.Problem
		job.Set, notes = answerable(c.counters[0], set)
		problems.AddAll(notes)
	}
	job.Calls, job.Connects = append(feed(c.calls), feedCounters(c.counters)...), feed(c.connects)
	answer, buckets, found, err := scan.Run(job)
	var odd scan.Unproven
	for errors.As(err, &odd) {
		problems.AddAll(c.reopen(odd.File))
		job.Calls, job.Connects = append(feed(c.calls), feedCounters(c.counters)...), feed(c.connects)
		answer, buckets, found, err = scan.Run(job)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	extra := &record.Coverage{}
	for _, src := range c.sources() {
		c.after(src, extra, &problems)
	}
	if src := c.calls; len(c.names) > 0 && len(src) > 0 {
		problems.Add(noteNames(diag.Pos{File: src[0].shown}, src[0].heading(src[0].columns.Columns["agent"]), c.names))
	}
	if src := c.sources(); len(src) > 0 && src[0].spelt.known != nil {
		problems.Add(src[0].spelt.note(src[0].agentColumn()))
	}
	buckets = append(buckets, extra.List()...)
	return answer, c.thisMonth(buckets), append(c.hinted(c.ofThisMonth(found)), problems.All()...), nil
}

// hinted says of each unknown agent whom the roster has that may be meant.
func (c *Calls) hinted(found []diag.Problem) []diag.Problem {
	for i, p := range found {
		if p.Code != "unknown-agent" {
			continue
		}
		for quoted, id := range c.unknown {
			if strings.Contains(p.Found.EN, quoted) && !c.s.roster.absent() {
				found[i].Mend = c.s.roster.hint(id)
			}
		}
	}
	return found
}

// reopen opens a file again that turned out not to be plain UTF-8, and looks at
// all of it first. What was not told of the file before is returned.
func (c *Calls) reopen(name string) []diag.Problem {
	told := map[string]bool{}
	for _, p := range c.s.list.All() {
		told[p.Pos.String()+p.Code] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s := *c.s
	s.list = &diag.List{}
	for _, list := range []*[]*source{&c.calls, &c.connects} {
		for i, src := range *list {
			if src.name != name {
				continue
			}
			src.table.Close()
			again := s.open(src.kind.Name, src.place)
			if again != nil {
				s.list.AddAll(again.table.Problems())
				(*list)[i] = again
			} else {
				*list = slices.Delete(*list, i, i+1)
			}
			break
		}
	}
	return slices.DeleteFunc(s.list.All(), func(p diag.Problem) bool { return told[p.Pos.String()+p.Code] })
}

// respelt notes an id of calls that the roster writes otherwise.
func (c *Calls) respelt(written, known string) {
	if all := c.sources(); len(all) > 0 {
		all[0].respelt(strings.TrimSpace(written), known, diag.Pos{File: all[0].shown})
	}
}

// known resolves ids by the people given, and other systems' names by the roster.
func (c *Calls) known(people []record.Person) func(id string) (string, bool) {
	ids := map[string]string{}
	for _, p := range people {
		ids[profile.Fold(p.ID)] = p.ID
	}
	return func(id string) (string, bool) {
		if canonical, ok := ids[profile.Fold(id)]; ok {
			c.respelt(id, canonical)
			return canonical, true
		}
		canonical, ok := c.s.roster.Known(id)
		if who := c.s.roster.byName(id); !ok && who != "" {
			canonical, ok, c.names[id] = who, true, who
		}
		if ok {
			_, ok = ids[profile.Fold(canonical)]
		} else if len(c.unknown) < mostStrangers {
			c.unknown[diag.Quote(id)] = id
		}
		return canonical, ok
	}
}

// feed describes the files to the scan.
func feed(from []*source) []scan.Source {
	var all []scan.Source
	for _, src := range from {
		s := scan.Source{File: src.name, Columns: src.columns.All(), Width: src.width(), Values: src.columns.Words, Comma: src.table.Comma}
		for _, l := range src.columns.Layouts {
			if l.Clock {
				s.Layouts = append(s.Layouts, l.Go)
			}
		}
		if src.convert != nil || src.table.IsWorkbook() {
			s.Rows = src.rows
		} else {
			s.Prove, s.FirstLine = src.table.Unproven(), src.table.FirstLine()
			s.Open = src.table.Text
		}
		all = append(all, s)
	}
	return all
}

// rows starts the rows of a workbook or of a conversion; one with an unusable cell
// in a column that is read goes to the errors here.
func (src *source) rows() (func() ([][]byte, int, bool), error) {
	src.faults, src.faulty = nil, map[string]int64{}
	next := src.table.NextBytes
	if src.convert != nil {
		next = src.converted()
	}
	return func() ([][]byte, int, bool) {
		for r, ok := next(); ok; r, ok = next() {
			p := src.faultOf(r)
			if p == nil {
				return r.Bytes, r.Line, true
			}
			src.faults = append(src.faults, *p)
			src.faulty[p.Code]++
		}
		return nil, 0, false
	}, src.restart()
}

// converted hands out the rows of a conversion as bytes.
func (src *source) converted() func() (*table.Row, bool) {
	var room packed
	var r table.Row
	return func() (_ *table.Row, ok bool) {
		r, ok = src.convert.Next()
		r.Bytes = room.of(r.Cells)
		return &r, ok
	}
}

// packed holds the cells of a row as bytes; the next row takes their place.
type packed struct {
	text  []byte
	cells [][]byte
}

func (p *packed) of(cells []string) [][]byte {
	p.text, p.cells = p.text[:0], p.cells[:0]
	for _, c := range cells {
		from := len(p.text)
		p.text = append(p.text, c...)
		p.cells = append(p.cells, p.text[from:])
	}
	return p.cells
}

// faultOf returns the first unusable cell in the columns that are read, the company's own last.
func (src *source) faultOf(r *table.Row) *diag.Problem {
	if !r.Faulty() {
		return nil
	}
	for _, f := range src.kind.Fields {
		if col, ok := src.columns.Columns[f.Name]; ok {
			if p := src.table.Fault(*r, col); p != nil {
				return p
			}
		}
	}
	for _, col := range slices.Sorted(maps.Values(src.columns.Extra)) {
		if p := src.table.Fault(*r, col); p != nil {
			return p
		}
	}
	return nil
}

// after gathers what the rows of a workbook or a conversion came to, and whether a
// file changed meanwhile.
func (c *Calls) after(src *source, extra *record.Coverage, problems *diag.List) {
	if src.convert != nil || src.table.IsWorkbook() || src.kind.Name == "call-counters" {
		problems.AddAll(src.faults)
		for code, n := range src.faulty {
			extra.Add(record.Bucket{File: src.name, Bucket: record.Errored, Reason: code, Rows: n})
		}
		for _, p := range src.problems() {
			if p.Reach != diag.Note || src.convert != nil {
				problems.Add(p)
			}
		}
		for _, b := range src.left() {
			extra.Add(b)
		}
	}
	if err := src.err(); err != nil {
		problems.Add(failed(src.shown, err))
	}
	if p := src.table.Changed(); p != nil {
		problems.Add(*p)
	}
}

func (c *Calls) thisMonth(buckets []record.Bucket) []record.Bucket {
	clear(c.rows)
	c.joined = map[string]int64{}
	var own []record.Bucket
	for _, b := range buckets {
		if strings.HasSuffix(b.File, restOfCounters) {
			continue
		}
		c.rows[b.File] += b.Rows
		if !c.later[b.File] {
			own = append(own, b)
		} else if b.Bucket == record.Counted {
			c.joined[b.File] += b.Rows
		}
	}
	return own
}

// ofThisMonth drops what concerns the next month's files, and names places as
// all other messages do. The scan knows files by the name that evidence has.
func (c *Calls) ofThisMonth(problems []diag.Problem) []diag.Problem {
	sources := map[string]*source{}
	for _, src := range c.sources() {
		sources[src.name] = src
	}
	var own []diag.Problem
	for _, p := range problems {
		if c.later[p.Pos.File] || strings.HasSuffix(p.Pos.File, restOfCounters) {
			continue
		}
		p.Pos = placed(sources, p.Pos)
		p.See = append([]diag.Pos(nil), p.See...)
		for i := range p.See {
			p.See[i] = placed(sources, p.See[i])
		}
		own = append(own, p)
	}
	return own
}

// placed names a place in the user's file. The scan counts the columns of the rows
// that it is given; where these are converted, they stand elsewhere in the file.
func placed(sources map[string]*source, p diag.Pos) diag.Pos {
	src := sources[p.File]
	switch {
	case src == nil:
		return p
	case src.convert == nil && src.kind.Name != "call-counters":
		return src.table.Place(p.Line, p.Col)
	case src.convert == nil || !src.table.IsWorkbook():
		return src.table.Place(p.Line, 0)
	}
	return src.table.Place(p.Line, src.convert.Column(p.Col-1)+1)
}

// sources lists all files of calls and connects.
func (c *Calls) sources() []*source { return slices.Concat(c.calls, c.counters, c.connects) }
