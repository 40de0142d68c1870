package review

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/scale"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// said is a value of the plan in words: in a phrase, or, where it has steps, drawn
// as a table. How says what its mode means.
type said struct {
	text  lang.Text
	table *Table
	how   lang.Text
}

// say puts the value at a node into words. of names what its bounds are bounds of,
// value what stands in the last column.
func (b Bench) say(n *yamldoc.Node, of, value lang.Text) said {
	switch {
	case n == nil || n.Kind == yamldoc.Empty:
		return said{text: lang.Same("—")}
	case n.Kind == yamldoc.Scalar:
		return said{text: b.leaf(n)}
	case n.Kind == yamldoc.List && len(n.Items) > 0 && n.Items[0].Kind == yamldoc.Map:
		return said{table: b.list(n)}
	case n.Kind == yamldoc.List:
		var parts []lang.Text
		for _, i := range n.Items {
			parts = append(parts, b.say(i, of, value).text)
		}
		return said{text: join(parts, lang.T("、", ", "))}
	case depends(n):
		return b.drawn(n, of, value)
	}
	var parts []lang.Text
	for _, e := range n.Entries {
		parts = append(parts, lang.F("%s %s", "%s %s", groupWord(n.Path, e.Key.Text), b.say(e.Value, of, value).text))
	}
	return said{text: join(parts, lang.T("; ", "; "))}
}

// list draws a list of groups: a line each, a column for every key.
func (b Bench) list(n *yamldoc.Node) *Table {
	var keys []string
	for _, i := range n.Items {
		for _, key := range i.Keys() {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	t := &Table{Right: len(keys)}
	t.Head = append(t.Head, lang.T("份", "Part"))
	for _, key := range keys {
		t.Head = append(t.Head, capital(groupWord(n.Path, key)))
	}
	for no, i := range n.Items {
		row := []lang.Text{lang.Same(strconv.Itoa(no + 1))}
		for _, key := range keys {
			row = append(row, b.say(i.Get(key), lang.Text{}, lang.Text{}).text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// depends tells whether a map is a value that depends, by its small words.
func depends(n *yamldoc.Node) bool {
	if n.Kind != yamldoc.Map || len(n.Entries) == 0 {
		return false
	}
	for _, e := range n.Entries {
		word, _, _ := strings.Cut(e.Key.Text, " ")
		switch word {
		case "by", "from", "above", "since", "mode":
		default:
			return false
		}
	}
	return true
}

func join(parts []lang.Text, by lang.Text) lang.Text {
	var zh, en []string
	for _, p := range parts {
		zh, en = append(zh, p.ZH), append(en, p.EN)
	}
	return lang.T(strings.Join(zh, by.ZH), strings.Join(en, by.EN))
}

// length is a length of time in days or months.
var length = regexp.MustCompile(`^(\d+) ?(d|days?|months?)$`)

// dated is a month or a day, which is no subtraction.
var dated = regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)

// leaf says one number, formula or word.
func (b Bench) leaf(n *yamldoc.Node) lang.Text {
	if m := length.FindStringSubmatch(n.Text); m != nil {
		number, _ := strconv.Atoi(m[1])
		if m[2][0] == 'd' {
			return lang.F("%s 天", "%s", lang.Count(number, "day", "days"))
		}
		return lang.F("%s 个月", "%s", lang.Count(number, "month", "months"))
	}
	if dated.MatchString(n.Text) {
		return lang.Same(n.Text)
	}
	if f, fault := expr.Compile(n.Text, b.Plan.Everywhere()); fault == nil {
		return b.Say(f)
	}
	return rule.KeyWord(n.Text)
}

// word says one of a closed list of words.
func word(n *yamldoc.Node) lang.Text {
	if n.Kind != yamldoc.List {
		return rule.KeyWord(n.Text)
	}
	var parts []lang.Text
	for _, i := range n.Items {
		parts = append(parts, rule.KeyWord(i.Text))
	}
	return join(parts, lang.T("、", ", "))
}

// drawn draws a value that depends: a two-way table as it stands, all else as one
// row for each end, with what leads there.
func (b Bench) drawn(n *yamldoc.Node, of, value lang.Text) said {
	if g := b.grid(n); g != nil {
		return said{table: g}
	}
	t := &Table{Right: 1}
	d := drawing{bench: b, table: t}
	d.rows(n, nil, of)
	for i := range t.Rows { // a branch with fewer columns leaves them empty
		for len(t.Rows[i]) < len(t.Head)+1 {
			last := len(t.Rows[i]) - 1
			t.Rows[i] = append(t.Rows[i][:last:last], lang.Text{}, t.Rows[i][last])
		}
	}
	t.Head = append(t.Head, value)
	return said{table: t, how: join(d.how, lang.T(" ", " "))}
}

type drawing struct {
	bench Bench
	table *Table
	how   []lang.Text
	fits  map[string]string // of the lookups around the row
}

func (d *drawing) column(i int, title lang.Text) {
	if i == len(d.table.Head) {
		d.table.Head = append(d.table.Head, title)
	}
}

func (d *drawing) rows(n *yamldoc.Node, before []lang.Text, of lang.Text) {
	if !depends(n) {
		value := d.bench.say(n, of, lang.Text{})
		text := value.text
		if n.Text == "none" {
			text = rule.KeyWord("none")
		}
		d.table.Rows = append(d.table.Rows, append(before[:len(before):len(before)], text))
		d.table.Fits = append(d.table.Fits, d.fits)
		return
	}
	first := n.Entries[0].Key.Text
	switch {
	case strings.HasPrefix(first, "by "):
		d.by(n.Entries[0], before, of)
	case strings.HasPrefix(first, "since "):
		d.column(len(before), lang.T("起始月", "Since"))
		for _, e := range n.Entries {
			d.rows(e.Value, append(before[:len(before):len(before)], lang.Same(strings.TrimPrefix(e.Key.Text, "since "))), of)
		}
	default:
		d.steps(n, before, of)
	}
}

// by draws a lookup, or the bounds of a named measure.
func (d *drawing) by(e yamldoc.Entry, before []lang.Text, of lang.Text) {
	var titles []lang.Text
	names := strings.Split(strings.TrimPrefix(e.Key.Text, "by "), ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
		titles = append(titles, d.bench.title(names[i]))
	}
	title := join(titles, lang.T("、", ", "))
	if depends(e.Value) {
		d.rows(e.Value, before, title)
		return
	}
	d.column(len(before), title)
	around := d.fits
	defer func() { d.fits = around }()
	for _, c := range e.Value.Entries {
		var keys []lang.Text
		d.fits = maps.Clone(around)
		if d.fits == nil {
			d.fits = map[string]string{}
		}
		for i, k := range strings.Split(strings.ReplaceAll(c.Key.Text, "，", ","), ",") {
			k = strings.TrimSpace(k)
			keys = append(keys, rule.KeyWord(k))
			if i < len(names) && k != scale.Any {
				d.fits[names[i]] = k
			}
		}
		d.rows(c.Value, append(before[:len(before):len(before)], join(keys, lang.T("、", ", "))), of)
	}
}

// title names a measure or field; of a scorecard, together with the card.
func (b Bench) title(name string) lang.Text {
	def, ok := b.Plan.Everywhere().Find(name)
	if !ok {
		return lang.Same(name)
	}
	_, of, _ := strings.Cut(name, ".")
	switch kpi.Head(name) {
	case "score", "factor", "grade":
		for _, c := range b.Plan.Measures.Cards {
			if c.Name == of {
				return lang.F("%s%s", "%s: %s", c.Title, def.Title)
			}
		}
	case "place":
		return lang.F("%s%s", "%s: %s", b.boardTitle(of), def.Title)
	}
	return def.Title
}

// steps draws bounds, each up to the next.
func (d *drawing) steps(n *yamldoc.Node, before []lang.Text, of lang.Text) {
	d.column(len(before), of)
	var bounds []yamldoc.Entry
	for _, e := range n.Entries {
		if e.Key.Text == "mode" {
			d.mode(e.Value)
			continue
		}
		bounds = append(bounds, e)
	}
	for i, e := range bounds {
		next := ""
		if i+1 < len(bounds) {
			next = bounds[i+1].Key.Text
		}
		d.rows(e.Value, append(before[:len(before):len(before)], between(e.Key.Text, next)), of)
	}
}

// between says a step by its own bound and the next one.
func between(at, next string) lang.Text {
	word, x, _ := strings.Cut(at, " ")
	low := lang.F("满 %s", "%s or more", x)
	if word == "above" {
		low = lang.F("超过 %s", "above %s", x)
	}
	word, y, _ := strings.Cut(next, " ")
	switch {
	case word == "":
		return low
	case y == x:
		return lang.F("恰好 %s", "exactly %s", x)
	case word == "above":
		return lang.F("%s, 到 %s (含)", "%s, up to %s", low, y)
	}
	return lang.F("%s, 不到 %s", "%s, below %s", low, y)
}

// modes are what the ways of counting mean.
var modes = map[string]lang.Text{
	"whole":        lang.T("全额: 达到哪一档, 全部按那一档。", "Whole: the step that is reached holds for everything."),
	"marginal":     lang.T("超额: 每一段各按自己的一档。", "Marginal: each slice has its own step."),
	"interpolated": lang.T("插值: 两个界限之间按直线。", "Interpolated: straight lines between the bounds."),
}

var modeNames = map[string]string{"全额": "whole", "超额": "marginal", "插值": "interpolated"}

func (d *drawing) mode(n *yamldoc.Node) {
	say := func(text string) lang.Text {
		if name, ok := modeNames[text]; ok {
			text = name
		}
		return modes[text]
	}
	add := say(n.Text)
	if n.Kind == yamldoc.Map {
		var parts []lang.Text
		for i, e := range n.Entries {
			next := ""
			if i+1 < len(n.Entries) {
				next = n.Entries[i+1].Key.Text
			}
			parts = append(parts, lang.F("%s: %s", "%s: %s", between(e.Key.Text, next), say(e.Value.Text)))
		}
		add = join(parts, lang.T(" ", " "))
	}
	for _, h := range d.how {
		if h == add {
			return
		}
	}
	d.how = append(d.how, add)
}

// grid draws a two-way table, nil where the value is none.
func (b Bench) grid(n *yamldoc.Node) *Table {
	e := n.Entries[0]
	names := strings.Split(strings.TrimPrefix(e.Key.Text, "by "), ",")
	if len(n.Entries) != 1 || len(names) != 2 || e.Value.Kind != yamldoc.Map || len(e.Value.Entries) < 2 || e.Value.Entries[0].Value.Kind != yamldoc.List {
		return nil
	}
	down, across := b.title(strings.TrimSpace(names[0])), b.title(strings.TrimSpace(names[1]))
	t := &Table{Head: []lang.Text{lang.F("%s ↓  %s →", "%s ↓  %s →", down, across)}, Right: len(e.Value.Entries[0].Value.Items)}
	head := e.Value.Entries[0]
	for i, c := range head.Value.Items {
		next := ""
		if i+1 < len(head.Value.Items) {
			next = head.Key.Text + " " + head.Value.Items[i+1].Text
		}
		t.Head = append(t.Head, between(head.Key.Text+" "+c.Text, next))
	}
	for i, row := range e.Value.Entries[1:] {
		next := ""
		if i+2 < len(e.Value.Entries) {
			next = e.Value.Entries[i+2].Key.Text
		}
		cells := []lang.Text{between(row.Key.Text, next)}
		for _, c := range row.Value.Items {
			cells = append(cells, b.leaf(c))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
