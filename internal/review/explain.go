package review

import (
	"regexp"
	"slices"
	"strings"

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
	shipped := commission.Shipped()
	if r.Kind.Section == "deductions" {
		shipped = penalties.Shipped()
	}
	d, ok := shipped[name]
	return d, ok
}

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

// ops say how rows are gathered: {0} is the field, {1} the rows.
var ops = map[string]lang.Text{
	"count": lang.T("{1}的行数", "the number of {1}"), "sum": lang.T("{1}的{0}之和", "the sum of {0} of {1}"), "average": lang.T("{1}的{0}的平均", "the mean {0} of {1}"),
	"median": lang.T("{1}的{0}的中位数", "the median {0} of {1}"), "max": lang.T("{1}的{0}的最大值", "the largest {0} of {1}"), "distinct": lang.T("{1}里不同的{0}有几个", "how many different {0} {1} have"),
}

// counted says how a KPI is counted: by the plan's own words, else by its formula,
// or by what it gathers and from which rows.
func (b Bench) counted(k *kpi.KPI) lang.Text {
	if d := k.Node.Get("definition"); d != nil {
		return (&yamldoc.Reader{}).Text(d)
	}
	if k.Formula != nil {
		return b.Say(k.Formula)
	}
	field := lang.Same(k.Field)
	if d, ok := kpi.FieldOf(k.Of, k.Field); ok {
		field = d.Title
	}
	out := fill(lang.T(strings.ReplaceAll(ops[k.Op].ZH, "{1}", keyWord(k.Of).ZH), strings.ReplaceAll(ops[k.Op].EN, "{1}", keyWord(k.Of).EN)), field)
	if k.Where != nil {
		out = lang.F("%s, 其中 %s", "%s, where %s", out, b.Say(k.Where))
	}
	return out
}

// measuresUsed draws the KPIs that rules, targets, scorecards and boards read and
// the plan leaves as they are shipped, with how each is counted.
func (b Bench) measuresUsed() *Table {
	t := &Table{Head: []lang.Text{lang.T("指标", "KPI"), lang.T("怎么数", "How it is counted")}}
	for _, name := range b.Plan.Used() {
		if k := b.Plan.KPIs.ByName[name]; k != nil && b.Plan.Root.Get("kpis").Get(name) == nil {
			t.Rows = append(t.Rows, []lang.Text{k.Title, k.Define})
		}
	}
	return t
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

// Explain writes the plan as a paper for an agent to sign: every rule in words
// with its tables and one worked sum, the order of calculation, every default.
// Worked sums are taken from the cases where they have one.
func (b Bench) Explain(cases []Case) Document {
	p := b.Plan
	d := Document{Title: lang.F("薪酬方案: %s", "Pay plan: %s", p.Name)}
	until := lang.T("没有截止", "no end")
	if p.Until != 0 {
		until = lang.F("%s 止", "until %s", p.Until.String())
	}
	d.text(lang.F("%s 起, %s, 两个月份都含。", "From %s, %s; both months are in.", p.Since.String(), until))
	d.approval(p)
	d.text(lang.T("“满 5 万”包含 5 万, “超过 5 万”不包含。金额四舍五入到分, 每项只在最后取整一次。工资单写明每一项的算法和所用的数。",
		"“5万 or more” has 5万 in; “above 5万” has it out (万 is 10,000). Money is rounded to the cent, each line once, at its end. The statement shows how each line is computed and from which figures."))
	section := ""
	for _, part := range b.Parts() {
		if part.Section != section {
			section = part.Section
			d.heading(1, sectionTitle(section), "")
		}
		b.explainPart(&d, part, cases)
	}
	if t := b.measuresUsed(); len(t.Rows) > 0 {
		d.heading(1, lang.T("用到的指标", "Measures that are used"), "")
		d.table(t)
	}
	b.order(&d)
	b.defaults(&d)
	d.heading(1, lang.T("签收", "Signature"), "")
	d.text(lang.T("我已阅读并理解以上方案。", "I have read and understood the plan above."))
	d.Blocks = append(d.Blocks, Block{Sign: []lang.Text{lang.T("姓名", "Name"), lang.T("工号", "Id"), lang.T("签名", "Signature"), lang.T("日期", "Date"), lang.T("人事", "HR"), lang.T("日期", "Date")}})
	return d
}

func (d *Document) approval(p *plan.Plan) {
	var parts []lang.Text
	for _, x := range []struct {
		name lang.Text
		text string
	}{{lang.T("讨论", "Discussed"), p.Discussed}, {lang.T("公示", "announced"), p.Announced}, {lang.T("签收", "signed"), p.Signed}, {lang.T("备案", "filed as"), p.Filed}} {
		if x.text != "" {
			parts = append(parts, lang.F("%s %s", "%s %s", x.name, x.text))
		}
	}
	if len(parts) > 0 {
		d.text(lang.F("%s。", "%s.", join(parts, lang.T(", ", ", "))))
	}
}

func sectionTitle(key string) lang.Text {
	for _, s := range plan.Sections() {
		if s.Key == key {
			return s.Title
		}
	}
	return lang.Same(key)
}

func (b Bench) explainPart(d *Document, p Part, cases []Case) {
	if p.Path != p.Section {
		d.heading(2, p.Title, p.Path)
	}
	d.text(p.Lead)
	if p.Path == p.Section && p.Section != "targets" {
		d.table(settings(p))
		return
	}
	for _, it := range p.Items {
		d.text(it.Text)
		d.table(it.Table)
	}
	if p.Rule != nil {
		if sum := b.worked(p.Rule, cases); sum != nil {
			d.Blocks = append(d.Blocks, Block{Sum: sum})
		}
	}
}

// settings draws a section of single keys: what is chosen, and what it is about.
func settings(p Part) *Table {
	t := &Table{Head: []lang.Text{lang.T("项目", "Setting"), lang.T("本方案", "This plan"), lang.T("说明", "What it is about")}}
	for _, it := range p.Items {
		t.Rows = append(t.Rows, []lang.Text{capital(it.Name), it.Value, it.Help})
	}
	return t
}

// worked is one worked sum of a rule: of the first case that expects it to pay, or
// of an invented month.
func (b Bench) worked(r *rule.Rule, cases []Case) *Sum {
	for _, c := range cases {
		for _, e := range c.Expect {
			if e.Name == r.Name && e.Want.Sign() != 0 {
				if sum := b.sum(r, c.Trial, c.It); sum != nil {
					return sum
				}
			}
		}
	}
	t, ok := b.Sample(r)
	if !ok {
		return nil
	}
	return b.sum(r, t, b.given(r, t))
}

func (b Bench) sum(r *rule.Rule, t Trial, given lang.Text) *Sum {
	st := statementOf(b.Run(t), t.Who.ID)
	if st == nil {
		return nil
	}
	for _, l := range st.Lines {
		if l.Rule == r.Name {
			return &Sum{Given: given, Steps: l.Steps, Comes: lang.Same(statement.WriteMoney(l.Amount))}
		}
	}
	return nil
}

// given says for whom and with which figures a sum was worked.
func (b Bench) given(r *rule.Rule, t Trial) lang.Text {
	var parts []lang.Text
	voc := b.Plan.Everywhere()
	for _, name := range names(r) {
		d, _ := voc.Find(name)
		v := t.value(name)
		text := lang.Same(rule.WriteValue(v, d.Type))
		if v.Text != "" {
			text = keyWord(v.Text)
		}
		_, known := t.Values[name]
		_, column := t.Who.Spans[0].Field(name)
		said := lang.F("%s %s", "%s %s", d.Title, text)
		if (known || column) && text.ZH != "" && !slices.Contains(parts, said) {
			parts = append(parts, said)
		}
	}
	if r.Board != "" {
		parts = append(parts, lang.F("%s第 1 名", "place 1 on %s", b.boardTitle(r.Board)))
	}
	return join(parts, lang.T(", ", ", "))
}

// order prints the stages in their order with the rules of each.
func (b Bench) order(d *Document) {
	d.heading(1, lang.T("计算顺序", "Order of calculation"), "")
	t := &Table{Head: []lang.Text{lang.T("步骤", "Step"), lang.T("本方案的项目", "Rules of this plan")}}
	t.Rows = append(t.Rows, []lang.Text{lang.T("业绩归属和指标", "Credits and measures"), lang.Same("")})
	for s := statement.Rate; s <= statement.Rounding; s++ {
		var titles []lang.Text
		for _, r := range b.Plan.Ordered {
			if r.Stage == s {
				titles = append(titles, r.Title)
			}
		}
		t.Rows = append(t.Rows, []lang.Text{s.Title(), join(titles, lang.T("、", ", "))})
	}
	d.table(t)
}

// defaults lists what the plan does not write and telepay fills in.
func (b Bench) defaults(d *Document) {
	d.heading(1, lang.T("方案没有写、按默认的", "What the plan does not write: defaults"), "")
	t := &Table{Head: []lang.Text{lang.T("哪里", "Where"), lang.T("什么", "What"), lang.T("默认", "Default")}}
	add := func(path string, name, value lang.Text) {
		t.Rows = append(t.Rows, []lang.Text{lang.Same(path), capital(name), b.defaultWords(value)})
	}
	settled := map[string]bool{"crediting": true, "protections": true} // said by the plan's own list of settings
	for _, s := range plan.Sections() {
		n := b.Plan.Root.Get(s.Key)
		switch {
		case s.Shape == plan.One && s.Key != "targets" && !settled[s.Key] && (n != nil || s.Key == "attendance"):
			b.unwritten(s.Fields, n, s.Key, add)
		case s.Shape == plan.Named && s.Key != "kpis" && n != nil:
			for _, e := range n.Entries {
				b.unwritten(s.Fields, e.Value, e.Value.Path, add)
			}
		}
	}
	for _, r := range b.Plan.Rules {
		for _, key := range r.Kind.Fields { // keys that every rule may have are said once, below
			if f := rule.FieldOf(key); written(r, key) == nil && !f.Default.IsEmpty() && f.Default.EN != "1" && key != "where" {
				add(r.Path+"."+key, f.Name, f.Default)
			}
		}
	}
	for _, key := range []string{"pay", "round"} {
		f := rule.FieldOf(key)
		t.Rows = append(t.Rows, []lang.Text{lang.T("每一项", "every rule"), capital(f.Name), b.defaultWords(f.Default)})
	}
	for _, s := range b.Plan.Settings {
		if s.From == "default" {
			t.Rows = append(t.Rows, []lang.Text{lang.Same(""), s.Name, b.defaultWords(s.Value)})
		}
	}
	d.table(t)
}

func (b Bench) unwritten(fields []catalogue.Field, n *yamldoc.Node, path string, add func(string, lang.Text, lang.Text)) {
	for _, f := range fields {
		if n.Get(f.Key) == nil && !f.Default.IsEmpty() && f.Key != "title" {
			add(path+"."+f.Key, f.Name, f.Default)
		}
	}
}

// defaultWords says a default of the tables, which may be a word of the plan language.
func (b Bench) defaultWords(t lang.Text) lang.Text {
	if first, _, _ := strings.Cut(t.EN, " ("); words[first].EN != "" {
		return words[first]
	}
	if t.ZH != t.EN {
		return t
	}
	if payText.MatchString(t.ZH) {
		return payDay(t.ZH)
	}
	var parts []lang.Text
	for _, w := range strings.Split(t.ZH, " → ") {
		parts = append(parts, keyWord(w))
	}
	return join(parts, lang.Same(" → "))
}
