package scan

import (
	"io"
	"maps"
	"slices"
	"time"

	"telepay/internal/query"
)

// Fields by the way they are read: words have few values and get a code per
// spelling, ids have many and are coded one to one. The company's own columns
// follow: texts behind the ids, numbers behind the numbers.
var (
	wordFields   = [...]string{"direction", "result", "intent", "hangup"}
	idFields     = [...]string{"call_id", "phone", "line", "lead", "customer", "next_contact", "note", "recording"}
	numberFields = [...]string{"talk", "ring", "clock", "weekday"}
)

// fields is every field that a job may name, beside words and agent.
type fields struct {
	ids     []string
	numbers []string
	own     []query.Column // the numbers beyond numberFields
}

func fieldsOf(own []query.Column) fields {
	f := fields{ids: slices.Clone(idFields[:]), numbers: slices.Clone(numberFields[:])}
	for _, c := range own {
		if c.Text {
			f.ids = append(f.ids, c.Name)
		} else {
			f.numbers, f.own = append(f.numbers, c.Name), append(f.own, c)
		}
	}
	return f
}

// comparedOf is every field of a call and every column of the company's own: what
// content means when two rows are compared. A missing column is an empty cell.
func comparedOf(calls []Source) []string {
	all := slices.Concat([]string{"agent", "started", "count"}, wordFields[:], idFields[:], numberFields[:numClock])
	for i := range calls {
		for _, name := range slices.Sorted(maps.Keys(calls[i].Columns)) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// Places in the lists above.
const (
	wordResult, wordIntent         = 1, 2
	idCall, idNext                 = 0, 5
	numTalk, numRing, numClock     = 0, 1, 2
	numWeekday                     = 3
	defaultLayout                  = "2006-01-02 15:04:05"
	answered                       = "answered"
	noColumn                   int = -1
)

// export is a source with its columns found.
type export struct {
	src     *Source
	comma   byte
	careful bool // blocks are cut with care, for quotes are out of order
	text    io.Reader
	rows    func() (cells [][]byte, line int, ok bool) // of a workbook

	agent, when int
	count       int // of calls that a row stands for; noColumn: each row is one
	words       [len(wordFields)]int
	ids         []int
	nums        []int
	values      [len(wordFields)]map[string]uint32 // normalised raw word → code; nil: words stand for themselves
	layouts     []layout
}

// newExport finds the columns of src; when names the column of the instant.
func (e *engine) newExport(src *Source, when string, careful map[string]bool) *export {
	x := &export{src: src, comma: src.Comma, careful: careful[src.File], agent: columnOf(src, "agent"), when: columnOf(src, when), count: columnOf(src, "count")}
	if x.comma == 0 {
		x.comma = ','
	}
	for i, f := range wordFields {
		x.words[i] = columnOf(src, f)
		x.values[i] = e.valuesOf(src.Values[f], i)
	}
	for _, f := range e.fields.ids {
		x.ids = append(x.ids, columnOf(src, f))
	}
	for _, f := range e.fields.numbers {
		x.nums = append(x.nums, columnOf(src, f))
	}
	x.nums[numClock], x.nums[numWeekday] = noColumn, noColumn // both come from the instant
	for _, l := range src.Layouts {
		x.layouts = append(x.layouts, newLayout(l, e.job.Zone))
	}
	if len(x.layouts) == 0 {
		x.layouts = []layout{newLayout(defaultLayout, e.job.Zone)}
	}
	return x
}

func columnOf(src *Source, field string) int {
	if c, ok := src.Columns[field]; ok {
		return c
	}
	return noColumn
}

// valuesOf numbers the canonical words of a field. A canonical word stands for itself.
func (e *engine) valuesOf(raw map[string]string, field int) map[string]uint32 {
	if len(raw) == 0 {
		return nil
	}
	m := map[string]uint32{}
	for _, canonical := range raw {
		m[query.Normal(canonical)] = e.words[field].code(query.Normal(canonical))
	}
	for spelling, canonical := range raw {
		m[query.Normal(spelling)] = e.words[field].code(query.Normal(canonical))
	}
	return m
}

// open makes the export ready to be read from its first row.
func (x *export) open() (err error) {
	if x.src.Open != nil {
		x.text, err = x.src.Open()
	} else {
		x.rows, err = x.src.Rows()
	}
	return err
}

// layout is one way to write an instant.
type layout struct {
	text  string
	fixed bool // 2006-01-02 15:04:05 with any separators of one byte in the date and before the time
	date  byte
	space byte
	zone  *time.Location
}

func newLayout(text string, zone *time.Location) layout {
	l := layout{text: text, zone: zone}
	if len(text) == len(defaultLayout) {
		l.date, l.space = text[4], text[10]
		d, s := string(rune(l.date)), string(rune(l.space))
		l.fixed = text == "2006"+d+"01"+d+"02"+s+"15:04:05" && !isDigit(l.date) && !isDigit(l.space)
	}
	return l
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
