package review

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"telepay/commission"
	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
	"telepay/kpi"
	"telepay/penalties"
)

// Part is a rule, or a section or an entry of one, in words.
type Part struct {
	Section string
	Path    string
	Title   lang.Text
	Lead    lang.Text // what its kind is, or how it is counted
	Items   []Item
	Rule    *rule.Rule
}

// Item is one key of a part with its sentence; Table where the value has steps.
type Item struct {
	Path  string
	Name  lang.Text
	Text  lang.Text
	Value lang.Text // of a setting, with what it means
	Help  lang.Text
	Table *Table
	Node  *yamldoc.Node
}

// Parts puts every section of the plan into words, in the order of reading.
func (b Bench) Parts() []Part {
	var out []Part
	for _, s := range plan.Sections() {
		n := b.Plan.Root.Get(s.Key)
		if n == nil || n.Kind != yamldoc.Map {
			continue
		}
		switch {
		case s.Shape == plan.Rules:
			for _, e := range n.Entries {
				if r := b.Plan.Rule(e.Key.Text); r != nil {
					out = append(out, b.rulePart(s, r))
				}
			}
		case s.Shape == plan.Named:
			for _, e := range n.Entries {
				out = append(out, b.namedPart(s, e))
			}
		case s.Key == "targets":
			out = append(out, b.targets(s, n))
		default:
			p := Part{Section: s.Key, Path: s.Key, Title: s.Title}
			for _, f := range s.Fields {
				if v := n.Get(f.Key); v != nil {
					p.Items = append(p.Items, b.fieldItem(f, v, lang.Text{}))
				}
			}
			out = append(out, p)
		}
	}
	return out
}

// fieldItem says a key by its name in the table: 基础: 回款.
func (b Bench) fieldItem(f catalogue.Field, v *yamldoc.Node, of lang.Text) Item {
	sentence := lang.F("%s: {0}。", "%s: {0}.", capital(f.Name))
	it := b.item(f.Name, sentence, v, of)
	it.Value, it.Help = b.say(v, of, lang.Text{}).text, f.Help
	if !f.Range.IsEmpty() {
		it.Value = word(v)
		it.Text = fill(sentence, it.Value)
	}
	return it
}

func fill(sentence, value lang.Text) lang.Text {
	return lang.T(strings.ReplaceAll(sentence.ZH, "{0}", value.ZH), strings.ReplaceAll(sentence.EN, "{0}", value.EN))
}

func capital(t lang.Text) lang.Text {
	if t.EN == "" {
		return t
	}
	return lang.T(t.ZH, strings.ToUpper(t.EN[:1])+t.EN[1:])
}

func (b Bench) item(name, sentence lang.Text, v *yamldoc.Node, of lang.Text) Item {
	x := b.say(v, of, capital(name))
	it := Item{Path: v.Path, Name: name, Table: x.table, Node: v}
	it.Text = fill(sentence, x.text)
	if x.table != nil {
		it.Text = lang.T(strings.TrimRight(strings.Split(sentence.ZH, "{0}")[0], " "), strings.TrimRight(strings.Split(sentence.EN, "{0}")[0], " "))
		if !x.how.IsEmpty() {
			it.Text = lang.F("%s %s", "%s %s", it.Text, x.how)
		}
	}
	return it
}

// rulePart says a rule: its kind, then each key in the order of the frame, the
// shipped ones too.
func (b Bench) rulePart(s plan.Section, r *rule.Rule) Part {
	p := Part{Section: s.Key, Path: r.Path, Title: r.Title, Lead: kindSentences[r.Kind.Name], Rule: r}
	of := lang.T("当月", "the month")
	if r.Of != nil {
		of = b.Say(r.Of)
	}
	keys := r.Kind.Keys()
	for _, f := range rule.Frame {
		v := written(r, f.Key)
		sentence := keySentences[f.Key]
		if v == nil || sentence.IsEmpty() || !slices.Contains(keys, f.Key) {
			continue
		}
		p.Items = append(p.Items, b.keyItem(f, sentence, v, of))
	}
	return p
}

// keyItem says one key of a rule; a few are not words of the plan language.
func (b Bench) keyItem(f catalogue.Field, sentence lang.Text, v *yamldoc.Node, of lang.Text) Item {
	it := b.item(f.Name, sentence, v, of)
	switch {
	case f.Key == "board":
		it.Text = fill(sentence, b.boardTitle(v.Text))
	case f.Key == "pay":
		it.Text = fill(sentence, payDay(v.Text))
	case f.Key == "class":
		it.Text = fill(sentence, statement.Class(v.Text).Title())
	case f.Key == "against" && b.Plan.Rule(v.Text) != nil:
		it.Text = fill(sentence, b.Plan.Rule(v.Text).Title)
	case f.Key == "of" && v.Kind == yamldoc.List:
		var titles []lang.Text
		for _, i := range v.Items {
			if r := b.Plan.Rule(i.Text); r != nil {
				titles = append(titles, r.Title)
			}
		}
		it.Text = fill(sentence, join(titles, lang.T("、", ", ")))
	case !f.Range.IsEmpty():
		it.Text = fill(sentence, word(v))
	case slices.Contains([]string{"clause", "filed", "since", "until"}, f.Key):
		it.Text = fill(sentence, lang.Same(v.Text))
	}
	return it
}

func (b Bench) boardTitle(name string) lang.Text {
	for _, x := range b.Plan.Measures.Boards {
		if x.Name == name {
			return x.Title
		}
	}
	return lang.Same(name)
}

var payText = regexp.MustCompile(`^\+(\d+) months?(?: on (\d+))?$`)

// payDay says +1 month on 15 as people do.
func payDay(text string) lang.Text {
	m := payText.FindStringSubmatch(text)
	if m == nil {
		return lang.Same(text)
	}
	when := lang.F("%s 个月之后", "%s months later", m[1])
	if m[1] == "1" {
		when = lang.T("次月", "the month after")
	}
	if m[2] == "" {
		return when
	}
	return lang.F("%s %s 日", "%s, on the %s", when, m[2])
}

// written returns what a rule says at a key, of the plan or of the shipped rule.
func written(r *rule.Rule, key string) *yamldoc.Node {
	if v := r.Node.Get(key); v != nil {
		return v
	}
	if d, ok := shippedOf(r); ok {
		return d.Node.Get(key)
	}
	return nil
}

// shippedOf returns the shipped rule that a rule is made from.
func shippedOf(r *rule.Rule) (catalogue.Definition, bool) {
	name := r.Name
	if k := r.Node.Get("rule"); k != nil {
		name = k.Text
	}
	d, ok := shippedRules()[r.Kind.Section][name]
	return d, ok
}

// shippedRules are the shipped rules of both sections, which are read once.
var shippedRules = sync.OnceValue(func() map[string]map[string]catalogue.Definition {
	return map[string]map[string]catalogue.Definition{"earnings": commission.Shipped(), "deductions": penalties.Shipped()}
})

// namedPart says a KPI, a scorecard or a board.
func (b Bench) namedPart(s plan.Section, e yamldoc.Entry) Part {
	p := Part{Section: s.Key, Path: e.Value.Path, Title: lang.Same(e.Key.Text)}
	if t := e.Value.Get("title"); t != nil {
		p.Title = (&yamldoc.Reader{}).Text(t)
	}
	of := lang.T("总分", "total")
	if k := b.Plan.KPIs.ByName[e.Key.Text]; s.Key == "kpis" && k != nil {
		p.Title, p.Lead = k.Title, lang.F("怎么数: %s。", "How it is counted: %s.", b.counted(k))
		return p
	}
	for _, f := range s.Fields {
		v := e.Value.Get(f.Key)
		switch {
		case v == nil || f.Key == "title":
		case f.Key == "items":
			p.Items = append(p.Items, b.cardItems(v))
		default:
			p.Items = append(p.Items, b.fieldItem(f, v, of))
		}
	}
	return p
}

// cardItems draws the weighted items of a scorecard.
func (b Bench) cardItems(n *yamldoc.Node) Item {
	t := &Table{Head: []lang.Text{lang.T("指标", "KPI")}}
	for _, f := range kpi.ItemFields {
		t.Head = append(t.Head, capital(f.Name))
	}
	for _, e := range n.Entries {
		row := []lang.Text{b.title(e.Key.Text)}
		for _, f := range kpi.ItemFields {
			row = append(row, b.cardCell(e, f))
		}
		t.Rows = append(t.Rows, row)
	}
	return Item{Path: n.Path, Name: lang.T("项目", "items"), Text: lang.T("各项、权重和得分:", "Items, weights and scores:"), Table: t, Node: n}
}

func (b Bench) cardCell(e yamldoc.Entry, f catalogue.Field) lang.Text {
	v := e.Value.Get(f.Key)
	if v == nil && f.Default.IsEmpty() {
		return lang.Same("—")
	}
	if v == nil {
		return f.Default
	}
	x := b.say(v, b.title(e.Key.Text), lang.T("得分", "score"))
	if x.table == nil {
		return x.text
	}
	var rows []lang.Text
	for _, r := range x.table.Rows {
		rows = append(rows, join(r, lang.T(": ", ": ")))
	}
	return join(rows, lang.T("; ", "; "))
}

func (b Bench) targets(s plan.Section, n *yamldoc.Node) Part {
	p := Part{Section: s.Key, Path: s.Key, Title: s.Title, Lead: lang.T("任务表里的任务优先于这里的。入职离职当月按工作日折算 (百分比除外)。", "A target in the targets export wins over these. They are prorated by workdays in months of joining and leaving, save percentages.")}
	for _, e := range n.Entries {
		title := b.title(e.Key.Text)
		p.Items = append(p.Items, b.item(title, lang.F("%s: {0}。", "%s: {0}.", title), e.Value, title))
	}
	return p
}
