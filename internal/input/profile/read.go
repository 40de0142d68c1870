package profile

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/yamldoc"
)

// needsLayout tells whether a profile says more than names, words and dates.
func needsLayout(root *yamldoc.Node) bool {
	for _, key := range []string{"quotes", "strip", "sheet", "header", "until", "ragged", "empty", "decimal", "zone", "period", "days", "also", "drop", "not_people", "collapse", "totals"} {
		if root.Get(key) != nil {
			return true
		}
	}
	if cs := root.Get("columns"); cs != nil {
		for _, e := range cs.Entries {
			if e.Value.Kind == yamldoc.Map {
				return true
			}
		}
	}
	if e := root.Get("encoding"); e != nil && e.Kind == yamldoc.List {
		return true
	}
	for _, words := range (&yamldoc.Reader{}).Words(root.Get("dates")) {
		if slices.Contains(serials, words) {
			return true
		}
	}
	return false
}

// layout reads everything that package convert needs.
func (r *reader) layout(root *yamldoc.Node) {
	l := &Layout{Decimal: '.'}
	r.p.Layout = l
	l.Lenient = r.OneOf(root.Get("quotes"), "strict", "lenient") == "lenient"
	l.Strip, l.Empty, l.Sheet = r.Words(root.Get("strip")), r.Words(root.Get("empty")), r.Word(root.Get("sheet"))
	l.Pad = r.OneOf(root.Get("ragged"), "pad", "refuse") == "pad"
	if r.OneOf(root.Get("decimal"), ".", ",") == "," {
		l.Decimal = ','
	}
	if e := root.Get("encoding"); e != nil && e.Kind == yamldoc.List {
		l.Otherwise = r.otherwise(e)
	}
	l.Zone = r.zone(root.Get("zone"))
	r.header(root.Get("header"))
	l.Until, l.Period = r.pattern(root.Get("until")), r.pattern(root.Get("period"))
	r.days(root.Get("days"))
	for _, w := range r.Words(root.Get("not_people")) {
		l.NotPeople = append(l.NotPeople, Fold(w))
	}
	r.also(root.Get("also"))
	r.fields(root.Get("columns"))
	r.formulas()
	r.drop(root.Get("drop"))
	r.collapse(root.Get("collapse"))
	r.totals(root.Get("totals"))
}

// otherwise reads [utf-8, X]: what to take a text for that is no UTF-8.
func (r *reader) otherwise(n *yamldoc.Node) string {
	if len(n.Items) != 2 || r.Word(n.Items[0]) != "utf-8" {
		r.WantShape(n, lang.T("[utf-8, 另一种编码]", "[utf-8, another encoding]"))
		return ""
	}
	return r.encoding(n.Items[1])
}

func (r *reader) header(n *yamldoc.Node) {
	h := &r.p.Layout.Header
	switch {
	case n == nil:
	case n.Kind == yamldoc.List:
		h.Names = r.Words(n)
		h.Least = len(h.Names)
	default:
		r.Known(n, "find", "rows", "join", "names", "least")
		h.Find, h.Names, h.Join = r.Words(n.Get("find")), r.Words(n.Get("names")), r.Word(n.Get("join"))
		if r.OneOf(n.Get("rows"), "1", "2") == "2" {
			h.Rows = 2
		}
		h.Least = len(h.Names)
		if least := n.Get("least"); least != nil {
			h.Least = r.whole(least, 1, len(h.Names))
		}
	}
	if h.Join == "" {
		h.Join = " > "
	}
}

func (r *reader) whole(n *yamldoc.Node, least, most int) int {
	v := 0
	for _, c := range r.Word(n) {
		if c < '0' || c > '9' || v > most {
			v = most + 1
			break
		}
		v = v*10 + int(c-'0')
	}
	if v < least || v > most {
		r.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.F("%d 到 %d 的整数", "a whole number from %d to %d", least, most), lang.Text{})
		return least
	}
	return v
}

func (r *reader) days(n *yamldoc.Node) {
	if n == nil {
		return
	}
	r.Known(n, "headers", "date", "cell")
	r.p.Layout.Days = &Days{r.pattern(n.Get("headers")), r.Word(n.Get("date")), r.Word(n.Get("cell"))}
}

// pattern reads a regular expression; they run in linear time and are short.
func (r *reader) pattern(n *yamldoc.Node) *regexp.Regexp {
	text := r.Word(n)
	if text == "" {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil || len(text) > 500 {
		r.Bad(n, "pattern", lang.F("模式 %s", "the pattern %s", diag.Quote(text)), lang.T("500 字以内的正则表达式 (RE2)", "a regular expression (RE2) of at most 500 characters"), lang.Text{})
		return nil
	}
	return re
}

// zone reads a named zone or a fixed offset.
func (r *reader) zone(n *yamldoc.Node) *time.Location {
	name := r.Word(n)
	if name == "" {
		return nil
	}
	if at, err := time.Parse("-07:00", name); err == nil {
		return at.Location()
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		r.Bad(n, "zone", lang.Same(diag.Quote(name)), lang.T("Asia/Shanghai 这样的时区名, 或 +08:00", "a time zone such as Asia/Shanghai, or +08:00"), lang.Text{})
	}
	return loc
}

func (r *reader) also(n *yamldoc.Node) {
	if n == nil || n.Kind != yamldoc.Map {
		return
	}
	for _, e := range n.Entries {
		if _, ok := r.kind.Field(e.Key.Text); ok {
			r.Bad(e.Key, "column-twice", lang.F("also 里的 %s", "%s under also", e.Key.Text), lang.T("不是这种导出自己的栏目", "a name that is no field of the kind"), lang.T("写到 columns 里, 或换一个名字", "put it under columns, or give it another name"))
			continue
		}
		c := r.column(e.Key.Text, e.Value, true)
		r.p.Layout.Also = append(r.p.Layout.Also, c)
	}
}

func (r *reader) fields(n *yamldoc.Node) {
	if n == nil || r.kind.Name == "" {
		return
	}
	r.Known(n, r.kind.Names()...)
	for _, f := range r.kind.Fields {
		if v := n.Get(f.Name); v != nil {
			c := r.column(f.Name, v, false)
			c.Value = f.Value
			r.p.Layout.Columns = append(r.p.Layout.Columns, c)
		}
	}
}

var columnKeys = []string{"of", "join", "with", "is", "formula", "pattern", "empty", "else", "dates", "zone", "unit", "by", "team"}

// column reads one column; helper tells whether it may say what it is.
func (r *reader) column(name string, n *yamldoc.Node, helper bool) Column {
	c := Column{Name: name}
	if n.Kind != yamldoc.Map {
		c.Of = r.Words(n)
		return c
	}
	keys := columnKeys
	if helper {
		keys = append([]string{"as"}, keys...)
		c.Value = asWords[r.OneOf(n.Get("as"), sortedNames(asWords)...)]
	}
	r.Known(n, keys...)
	c.Of, c.Join, c.Is, c.With = r.Words(n.Get("of")), r.Words(n.Get("join")), r.Word(n.Get("is")), r.Word(n.Get("with"))
	if n.Get("with") == nil {
		c.With = " "
	}
	sources := 0
	for _, key := range []string{"of", "join", "is", "formula"} {
		if n.Get(key) != nil {
			sources++
		}
	}
	if sources != 1 {
		r.Bad(n, "missing-key", lang.F("%s: 有 %s 种来源", "%s: %s", name, lang.Count(sources, "source", "sources")), lang.T("of, join, is, formula 之一", "one of of, join, is and formula"), lang.Text{})
	}
	c.Pattern, c.Empty, c.Else, c.HasElse = r.pattern(n.Get("pattern")), r.Words(n.Get("empty")), r.Word(n.Get("else")), n.Get("else") != nil
	c.Dates = r.layouts(n.Get("dates"))
	c.Unit = r.OneOf(n.Get("unit"), "s", "ms", "min", "h", "day", "mm:ss")
	c.ByName = r.OneOf(n.Get("by"), "id", "name") == "name"
	c.Team = r.Word(n.Get("team"))
	r.columnZone(&c, n.Get("zone"))
	return c
}

// columnZone reads a zone, or {column: header, PDT: -07:00, …}.
func (r *reader) columnZone(c *Column, n *yamldoc.Node) {
	if n == nil || n.Kind != yamldoc.Map {
		c.Zone = r.zone(n)
		return
	}
	c.Zones = map[string]*time.Location{}
	for _, e := range n.Entries {
		if e.Key.Text == "column" {
			c.ZoneOf = r.Word(e.Value)
			continue
		}
		c.Zones[Fold(e.Key.Text)] = r.zone(e.Value)
	}
}

func sortedNames[V any](m map[string]V) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// formulas compiles the formulas of columns, once all names are known.
func (r *reader) formulas() {
	l := r.p.Layout
	for _, part := range []struct {
		key  string
		list []Column
	}{{"also", l.Also}, {"columns", l.Columns}} {
		for i := range part.list {
			c := &part.list[i]
			n := r.root.Get(part.key).Get(c.Name).Get("formula")
			if n == nil {
				continue
			}
			c.Formula = r.formula(n)
			if c.Formula != nil && c.Formula.Type().Kind != TypeOf(c.Value).Kind {
				r.Bad(n, "kinds", c.Formula.Type().Describe(), TypeOf(c.Value).Describe(), lang.Text{})
			}
		}
	}
	for _, list := range [][]Column{l.Also, l.Columns} {
		for _, c := range list {
			if r.leadsTo(c.Name, c.Name, 0) {
				n := r.root.Get("also").Get(c.Name)
				if n == nil {
					n = r.root.Get("columns").Get(c.Name)
				}
				r.Bad(n, "circle", lang.F("%s 的公式绕回自己", "the formula of %s, which leads back to it", c.Name), lang.T("不绕圈的公式", "formulas without a circle"), lang.Text{})
				return
			}
		}
	}
}

// leadsTo tells whether the formula of from uses to, directly or not.
func (r *reader) leadsTo(from, to string, depth int) bool {
	c, ok := r.p.Layout.Column(from)
	if !ok || c.Formula == nil || depth > 50 {
		return depth > 50
	}
	for _, name := range c.Formula.Names() {
		if name == to || r.leadsTo(name, to, depth+1) {
			return true
		}
	}
	return false
}

// formula compiles a formula or condition over the layout's columns.
func (r *reader) formula(n *yamldoc.Node) *expr.Formula {
	l := r.p.Layout
	voc := expr.Vocabulary{
		NamesCompare: true,
		Find: func(name string) (expr.Def, bool) {
			c, ok := l.Column(name)
			if !ok {
				return expr.Def{}, false
			}
			return expr.Def{Name: name, Type: TypeOf(c.Value), Title: lang.Same(name)}, true
		},
		All: func() []string {
			var names []string
			for _, list := range [][]Column{l.Also, l.Columns} {
				for _, c := range list {
					names = append(names, c.Name)
				}
			}
			return names
		},
	}
	f, fault := expr.Compile(r.Word(n), voc)
	if fault != nil {
		want := fault.Want
		if fault.Code == "unknown-measure" {
			want = lang.T("columns 或 also 里的名字", "a name under columns or also")
		}
		r.Problems.Add(n.ProblemAt(fault.At, fault.Code, fault.Found, want, fault.Mend))
		return nil
	}
	return f
}

func (r *reader) condition(n *yamldoc.Node) *expr.Formula {
	f := r.formula(n)
	if f != nil && f.Type().Kind != expr.YesNo {
		r.Bad(n, "kinds", f.Type().Describe(), lang.T("是或否的条件", "a condition"), lang.Text{})
		return nil
	}
	return f
}

func (r *reader) drop(n *yamldoc.Node) {
	if n == nil {
		return
	}
	for _, e := range n.Entries {
		if when := r.condition(e.Value); when != nil {
			r.p.Layout.Drop = append(r.p.Layout.Drop, Drop{e.Key.Text, when})
		}
	}
}

// collapse reads {key: [fields], take: highest talk, in: lowest in, …}.
func (r *reader) collapse(n *yamldoc.Node) {
	if n == nil {
		return
	}
	c := &Collapse{Take: Pick{How: "first"}, With: map[string]Pick{}}
	for _, e := range n.Entries {
		switch e.Key.Text {
		case "key":
			for _, name := range r.Words(e.Value) {
				r.name(e.Value, name)
				c.Key = append(c.Key, name)
			}
		case "take":
			c.Take = r.pick(e.Value)
		default:
			r.name(e.Key, e.Key.Text)
			c.With[e.Key.Text] = r.pick(e.Value)
		}
	}
	if len(c.Key) == 0 {
		r.Bad(n, "missing-key", lang.T("没有 key 的 collapse", "collapse without a key"), lang.T("key: 相同才合并的栏目", "key: the fields in which rows agree"), lang.Text{})
		return
	}
	r.p.Layout.Collapse = c
}

func (r *reader) pick(n *yamldoc.Node) Pick {
	how, of, _ := strings.Cut(r.Word(n), " ")
	p := Pick{how, strings.TrimSpace(of)}
	if how != "first" && how != "last" && how != "highest" && how != "lowest" || (p.Of == "") != (how == "first" || how == "last") {
		r.Bad(n, "unknown-word", lang.Same(diag.Quote(r.Word(n))), lang.T("first, last, 或 highest/lowest 加一个栏目", "first, last, or highest or lowest and a field"), lang.Text{})
		return Pick{How: "first"}
	}
	if p.Of != "" {
		r.name(n, p.Of)
	}
	return p
}

// name refuses what is no column of the layout.
func (r *reader) name(n *yamldoc.Node, name string) {
	if _, ok := r.p.Layout.Column(name); !ok {
		r.Bad(n, "unknown-word", lang.Same(diag.Quote(name)), lang.T("columns 或 also 里的名字", "a name under columns or also"), lang.Text{})
	}
}

func (r *reader) totals(n *yamldoc.Node) {
	if n == nil {
		return
	}
	for _, item := range n.Items {
		r.Known(item, "field", "when", "find")
		t := Total{Field: r.Word(item.Get("field")), Find: r.pattern(item.Get("find"))}
		r.name(item, t.Field)
		if w := item.Get("when"); w != nil {
			t.When = r.condition(w)
		}
		if t.Find != nil {
			r.p.Layout.Totals = append(r.p.Layout.Totals, t)
		}
	}
}
