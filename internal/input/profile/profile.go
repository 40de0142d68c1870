package profile

import (
	"sort"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/yamldoc"
)

// Profile says how one layout of one system's export differs from the
// dictionary. The zero value differs in nothing.
type Profile struct {
	Name     string
	Kind     string
	Columns  map[string][]string            // field → its headers, the first one present counts
	Values   map[string]map[string][]string // field → word → what the export says for it
	Dates    []Moment                       // tried in this order and no other; empty: Standard
	Extra    []string                       // headers of the company's own columns that plans may read
	ExtraAs  map[string]string              // of them, those that are no text: number, money
	Planned  []string                       // of them, those that the plan itself names
	Comma    byte                           // separator; 0: from the header line
	Encoding string                         // utf-8, gb18030, utf-16, windows-1252; empty: by content

	Title    lang.Text
	About    lang.Text // what to know before using it
	Source   string    // where the layout is documented, or which sample it was held against
	Verified bool      // held against a real file; else made from documentation alone
	Shipped  bool      // it comes with telepay
	Layout   *Layout   // what more than other column names the file needs; nil: nothing
}

// Keys of a profile, in the order of the reference.
var Keys = []string{"profile", "kind", "title", "about", "source", "verified", "encoding", "separator", "quotes", "strip", "sheet", "header", "until", "ragged", "empty", "decimal", "zone", "period", "days",
	"columns", "also", "values", "dates", "extra", "drop", "not_people", "collapse", "totals"}

var separators = map[string]byte{",": ',', ";": ';', "|": '|', "tab": '\t'}

// Parse reads a profile; file is how messages call it.
func Parse(file string, data []byte) (*Profile, []diag.Problem) {
	root, problems := yamldoc.Parse(file, data)
	if root == nil || len(problems) > 0 {
		return nil, problems
	}
	r := reader{root: root, p: &Profile{Columns: map[string][]string{}, Values: map[string]map[string][]string{}}}
	r.Known(root, Keys...)
	if root.Kind != yamldoc.Map {
		return nil, r.Problems.All()
	}
	if r.questions(root); r.Problems.Len() > 0 {
		return nil, r.Problems.All()
	}
	r.head(root)
	r.values(root.Get("values"))
	r.dates(root.Get("dates"))
	if needsLayout(root) {
		r.layout(root)
	} else {
		r.columns(root.Get("columns"))
	}
	r.extra(root.Get("extra"))
	if r.Problems.Len() > 0 {
		return nil, r.Problems.All()
	}
	return r.p, nil
}

// Unanswered stands in a draft where somebody has to write a header or a layout.
const Unanswered = "?"

// questions refuses a draft whose questions are still open.
func (r *reader) questions(root *yamldoc.Node) {
	r.question(root.Get("dates"))
	columns := root.Get("columns")
	if columns == nil {
		return
	}
	for _, e := range columns.Entries {
		r.question(e.Value)
		for _, key := range []string{"of", "join", "dates"} {
			r.question(e.Value.Get(key))
		}
	}
}

func (r *reader) question(n *yamldoc.Node) {
	switch {
	case n == nil:
	case n.Kind == yamldoc.Scalar && n.Text == Unanswered:
		r.Bad(n, "unanswered", lang.F("%s: 还没有回答的 %s", "%s, a %s that is still to be answered", n.Path, diag.Quote(Unanswered)), lang.T("文件里的列名；dates 里是日期的写法", "a header of the file; under dates, a layout of dates"),
			lang.T("文件里的列写在草稿的开头；没有这一列的，让系统导出带这一列的明细", "the columns of the file stand at the head of the draft; where there is no such column, have the system export it"))
	case n.Kind == yamldoc.List:
		for _, item := range n.Items {
			r.question(item)
		}
	}
}

type reader struct {
	yamldoc.Reader
	root *yamldoc.Node
	p    *Profile
	kind Kind
}

func (r *reader) head(root *yamldoc.Node) {
	r.p.Name = r.Word(root.Get("profile"))
	var kinds []string
	for _, k := range Kinds() {
		kinds = append(kinds, k.Name)
	}
	if n := root.Get("kind"); n == nil {
		r.Bad(root, "missing-key", lang.T("没有 kind 的导入配置", "a profile without a kind"), lang.F("kind: 其中之一 %s", "kind: one of %s", strings.Join(kinds, ", ")),
			lang.T("写上 kind，例如 kind: deals", "add kind, as in kind: deals"))
	} else {
		r.p.Kind = r.OneOf(n, kinds...)
	}
	r.kind, _ = Lookup(r.p.Kind)
	r.p.Comma = separators[r.OneOf(root.Get("separator"), ",", ";", "|", "tab")]
	r.p.Encoding = r.encoding(root.Get("encoding"))
	r.p.Title, r.p.About, r.p.Source = r.Text(root.Get("title")), r.Text(root.Get("about")), r.Word(root.Get("source"))
	r.p.Verified = r.OneOf(root.Get("verified"), "yes", "no") == "yes"
}

func (r *reader) encoding(n *yamldoc.Node) string {
	if n != nil && n.Kind == yamldoc.List {
		return "" // a list: by content
	}
	e := r.OneOf(n, "utf-8", "gb18030", "gbk", "utf-16", "windows-1252")
	if e == "gbk" {
		return "gb18030"
	}
	return e
}

// extra reads a list of headers, or headers with what they hold.
func (r *reader) extra(n *yamldoc.Node) {
	if n == nil || n.Kind != yamldoc.Map {
		r.p.Extra = r.Words(n)
		r.notKnown(n, r.p.Extra...)
		return
	}
	r.p.ExtraAs = map[string]string{}
	for _, e := range n.Entries {
		r.p.Extra = append(r.p.Extra, e.Key.Text)
		r.notKnown(e.Key, e.Key.Text)
		if as := r.OneOf(e.Value, "text", "number", "money"); as != "text" {
			r.p.ExtraAs[e.Key.Text] = as
		}
	}
}

// notKnown refuses own columns called like a field: a plan would mean the field.
func (r *reader) notKnown(n *yamldoc.Node, headers ...string) {
	for _, h := range headers {
		if r.kind.Knows(h) {
			r.Bad(n, "own-column", lang.F("extra 里的 %s", "%s under extra", h), lang.F("不是%s栏目的列名", "a header that is no field of %s", r.kind.Title),
				lang.F("方案里可以直接写 %[1]s：从 extra 里删去，列名不同就写 columns: {%[1]s: 列名}", "plans may name %[1]s as it is: take it out, and where the header differs write columns: {%[1]s: the header}", h))
		}
	}
}

func (r *reader) columns(n *yamldoc.Node) {
	if n == nil || r.kind.Name == "" {
		return
	}
	r.Known(n, r.kind.Names()...)
	taken := map[string]*yamldoc.Node{}
	for _, e := range n.Entries {
		headers := r.Words(e.Value)
		for _, h := range headers {
			if first, ok := taken[headerKey(h)]; ok {
				p := e.Value.Problem("column-twice", lang.F("列名 %s 给了两个栏目", "the header %s given to two fields", diag.Quote(h)), lang.T("每个列名只用一次", "each header once"),
					lang.T("删去其中一处", "take one of them out"))
				p.See = []diag.Pos{first.Pos()}
				r.Problems.Add(p)
			}
			taken[headerKey(h)] = e.Value
		}
		r.p.Columns[e.Key.Text] = headers
	}
}

func (r *reader) values(n *yamldoc.Node) {
	if n == nil || r.kind.Name == "" {
		return
	}
	var worded []string
	for _, f := range r.kind.Fields {
		if f.Words != nil || f.Value == OpenWord || f.Value == Text {
			worded = append(worded, f.Name)
		}
	}
	r.Known(n, worded...)
	for _, e := range n.Entries {
		f, _ := r.kind.Field(e.Key.Text)
		if f.Value == Word || f.Value == YesNo {
			r.Known(e.Value, sortedKeys(f.Words)...)
		}
		r.p.Values[f.Name] = r.wordsOf(e.Value)
	}
}

// wordsOf reads {canonical: [raw, …]}; one raw word cannot mean two things.
func (r *reader) wordsOf(n *yamldoc.Node) map[string][]string {
	words, taken := map[string][]string{}, map[string]*yamldoc.Node{}
	for _, e := range n.Entries {
		words[e.Key.Text] = r.Words(e.Value)
		for _, raw := range words[e.Key.Text] {
			if first, ok := taken[Fold(raw)]; ok {
				p := e.Value.Problem("word-twice", lang.F("%s 有两个意思", "%s with two meanings", diag.Quote(raw)), lang.T("每个词只有一个意思", "one meaning for each word"),
					lang.T("删去其中一处", "take one of them out"))
				p.See = []diag.Pos{first.Pos()}
				r.Problems.Add(p)
			}
			taken[Fold(raw)] = e.Value
		}
	}
	return words
}

func (r *reader) dates(n *yamldoc.Node) {
	r.p.Dates = r.layouts(n)
}

func (r *reader) layouts(n *yamldoc.Node) (all []Moment) {
	for _, words := range r.Words(n) {
		l, ok := ParseLayout(words)
		if !ok {
			r.Bad(n, "date-layout", lang.F("日期写法 %s", "the date layout %s", diag.Quote(words)),
				lang.T("由 yyyy、m 或 mm、d 或 dd、hh、mm、ss 组成，年月日各出现一次", "yyyy, m or mm, d or dd, hh, mm and ss, with year, month and day once each"),
				lang.T("例如 yyyy/m/d hh:mm:ss", "for example yyyy/m/d hh:mm:ss"))
			continue
		}
		all = append(all, l)
	}
	return all
}

func sortedKeys(m map[string][]string) []string {
	var ks []string
	for k := range m {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return ks
}
