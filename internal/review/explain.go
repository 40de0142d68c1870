package review

import (
	"slices"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

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
			text = rule.KeyWord(v.Text)
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
	if first, _, _ := strings.Cut(t.EN, " ("); rule.KeyWord(first).EN != first {
		return rule.KeyWord(first)
	}
	if t.ZH != t.EN {
		return t
	}
	if payText.MatchString(t.ZH) {
		return payDay(t.ZH)
	}
	var parts []lang.Text
	for _, w := range strings.Split(t.ZH, " → ") {
		parts = append(parts, rule.KeyWord(w))
	}
	return join(parts, lang.Same(" → "))
}
