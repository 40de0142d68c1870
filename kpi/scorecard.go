package kpi

import (
	"sort"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Card is a scorecard: weighted items, a grade and a factor (semantics 25).
type Card struct {
	Name   string
	Title  lang.Text
	Node   *yamldoc.Node
	Items  []Item
	NoBase money.Ratio // what an item without base scores
	Grade  *scale.Scale
	Factor *scale.Scale
	For    *expr.Formula
}

// Item is one KPI of a scorecard.
type Item struct {
	KPI     *KPI
	Weight  money.Ratio
	Score   *scale.Scale // nil: attainment × 100
	AtMost  *money.Ratio
	AtLeast *money.Ratio // below it the item scores 0
	When    *expr.Formula
}

// Score is a person's outcome on a card.
type Score struct {
	Card      *Card
	Items     []ItemScore
	Total     money.Ratio
	Grade     string
	Factor    money.Ratio
	HasFactor bool
	Miss      *scale.Miss
}

// ItemScore is a person's outcome on one item.
type ItemScore struct {
	Item   Item
	Score  money.Ratio
	Points money.Ratio
	How    lang.Text
}

// CardFields and ItemFields are the tables of a scorecard's keys.
var CardFields = []catalogue.Field{
	{Key: "title", Name: lang.T("名称", "title"), Kind: lang.T("文字", "text"), Help: lang.T("印在工资单上的名称", "as printed"), Example: "title: 月度绩效"},
	{Key: "for", Name: lang.T("适用", "for"), Kind: lang.T("条件", "a condition"), Default: lang.T("所有人", "everybody"), Help: lang.T("对什么人", "for whom"), Example: "for: role = agent"},
	{Key: "items", Name: lang.T("项目", "items"), Kind: lang.T("KPI: {weight, score, at_most, at_least, when}", "KPI: {weight, score, at_most, at_least, when}"), Help: lang.T("各项权重合计 100%", "the weights add up to 100%"), Example: "items: {dials: {weight: 30%, at_most: 120}}"},
	{Key: "no_base", Name: lang.T("无基数", "no base"), Kind: lang.T("分数", "a score"), Default: lang.Same("0"), Help: lang.T("没有基数的项得多少分", "what an item without base scores"), Example: "no_base: 0"},
	{Key: "grade", Name: lang.T("等级", "grade"), Kind: lang.T("总分的档位", "steps of the total"), Help: lang.T("总分到等级", "from total to grade"), Example: "grade: {from 0: D, from 60: C, from 80: B, from 95: A}"},
	{Key: "factor", Name: lang.T("系数", "factor"), Kind: lang.T("系数或档位", "a factor or steps"), Help: lang.T("等级或总分到系数", "from grade or total to factor"), Example: "factor: {by grade.monthly: {D: 0.8, C: 0.9, B: 1, A: 1.1}}"},
}

var ItemFields = []catalogue.Field{
	{Key: "weight", Name: lang.T("权重", "weight"), Kind: lang.T("百分比", "a percentage"), Help: lang.T("该项占总分的比重", "the item's part of the total"), Example: "weight: 30%"},
	{Key: "score", Name: lang.T("得分", "score"), Kind: lang.T("公式或档位", "a formula or steps"), Default: lang.T("完成率 × 100", "attainment × 100"), Help: lang.T("界限是该 KPI 的值", "bounds are of the KPI's value"), Example: "score: {from 3%: 60, from 5%: 100}"},
	{Key: "at_most", Name: lang.T("封顶", "at most"), Kind: lang.T("分数", "a score"), Help: lang.T("该项得分的上限", "most score of the item"), Example: "at_most: 120"},
	{Key: "at_least", Name: lang.T("起算分", "at least"), Kind: lang.T("分数", "a score"), Help: lang.T("低于它该项为 0 分", "below it the item scores 0"), Example: "at_least: 50"},
	{Key: "when", Name: lang.T("条件", "when"), Kind: lang.T("条件", "a condition"), Help: lang.T("不满足则该项为 0 分", "the item scores 0 where it fails"), Example: "when: attainment.close_rate >= 60%"},
}

// ReadCards reads the plan's section scorecards.
func ReadCards(r *yamldoc.Reader, n *yamldoc.Node, set *Set, w Words) []Card {
	if n == nil {
		return nil
	}
	voc := set.Measures(w)
	var cards []Card
	for _, e := range n.Entries {
		catalogue.Check(r, e.Value, CardFields)
		c := Card{Name: e.Key.Text, Title: lang.Same(e.Key.Text), Node: e.Value}
		if t := e.Value.Get("title"); t != nil {
			c.Title = r.Text(t)
		}
		c.For = condition(r, e.Value.Get("for"), PersonVocabulary(w))
		c.NoBase = points(r, e.Value.Get("no_base"))
		c.items(r, e.Value.Get("items"), set, voc)
		total := expr.Type{Kind: expr.Number, Unit: expr.Plain}
		if g := e.Value.Get("grade"); g != nil {
			c.Grade = scale.Read(r, g, scale.Spec{Want: scale.Grade, Voc: voc, Rated: total, HasRated: true})
		}
		if f := e.Value.Get("factor"); f != nil {
			c.Factor = scale.Read(r, f, scale.Spec{Want: scale.Factor, Voc: voc, Rated: total, HasRated: true})
		}
		cards = append(cards, c)
	}
	return cards
}

func condition(r *yamldoc.Reader, n *yamldoc.Node, voc expr.Vocabulary) *expr.Formula {
	if n == nil {
		return nil
	}
	f := formula(r, n, voc)
	if f != nil && f.Type().Kind != expr.YesNo {
		r.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个条件", "a condition"), lang.Text{})
		return nil
	}
	return f
}

func formula(r *yamldoc.Reader, n *yamldoc.Node, voc expr.Vocabulary) *expr.Formula {
	f, fault := expr.Compile(r.Word(n), voc)
	if fault != nil {
		r.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), fault.Want, fault.Mend))
		return nil
	}
	return f
}

func points(r *yamldoc.Reader, n *yamldoc.Node) money.Ratio {
	if n == nil {
		return money.Ratio{}
	}
	v, unit, fault := expr.Literal(r.Word(n))
	if fault != nil || unit != expr.Plain {
		r.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个分数", "a score"), lang.Text{})
	}
	return v
}

func (c *Card) items(r *yamldoc.Reader, n *yamldoc.Node, set *Set, voc expr.Vocabulary) {
	if n == nil || n.Kind != yamldoc.Map {
		r.Bad(c.Node, "missing-key", lang.F("%s 没有 items", "%s without items", c.Node.Path), lang.T("各项及权重", "items with weights"), lang.Text{})
		return
	}
	var sum money.Ratio
	for _, e := range n.Entries {
		k := set.ByName[e.Key.Text]
		if k == nil {
			r.Bad(e.Key, "unknown-measure", lang.F("%s 里的 %s", "%[2]s in %[1]s", n.Path, e.Key.Text), lang.T("一个 KPI", "a KPI"), nearest(e.Key.Text, set.Names))
			continue
		}
		catalogue.Check(r, e.Value, ItemFields)
		it := Item{KPI: k, When: condition(r, e.Value.Get("when"), voc)}
		if w := e.Value.Get("weight"); w != nil {
			it.Weight = weight(r, w)
		}
		sum = sum.Add(it.Weight)
		if s := e.Value.Get("score"); s != nil {
			it.Score = scale.Read(r, s, scale.Spec{Want: scale.Points, Voc: voc, Rated: k.Type, HasRated: true})
		}
		it.AtMost, it.AtLeast = optional(r, e.Value.Get("at_most")), optional(r, e.Value.Get("at_least"))
		c.Items = append(c.Items, it)
	}
	if sum.Cmp(money.One) != 0 {
		r.Bad(n, "weights", lang.F("%s 的权重合计 %s", "weights in %s that add up to %s", n.Path, lang.Same(statement.Write(sum, statement.Percent))), lang.Same("100%"), lang.Text{})
	}
}

func weight(r *yamldoc.Reader, n *yamldoc.Node) money.Ratio {
	v, unit, fault := expr.Literal(r.Word(n))
	if fault != nil || unit != expr.Percent {
		r.Bad(n, "rate-unit", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("百分比", "a percentage"), lang.F("%s%%", "%s%%", n.Text))
	}
	return v
}

func optional(r *yamldoc.Reader, n *yamldoc.Node) *money.Ratio {
	if n == nil {
		return nil
	}
	v := points(r, n)
	return &v
}

// Score computes a person's card for a month; false where the card is not for him.
func (e *Engine) Score(name string, p *record.Person, m period.Month) (Score, bool) {
	d := e.Months[m]
	if d == nil {
		return Score{}, false
	}
	key := name + "\x00" + p.ID
	if s, ok := d.scores[key]; ok {
		return s, s.Card != nil
	}
	d.scores[key] = Score{} // a card that asks for itself finds nothing
	for i := range e.Plan.Cards {
		c := &e.Plan.Cards[i]
		if c.Name != name || c.For != nil && !c.For.Eval(e.Env(p, m)).Yes {
			continue
		}
		s := e.score(c, p, m)
		d.scores[key] = s
		return s, true
	}
	return Score{}, false
}

func (e *Engine) score(c *Card, p *record.Person, m period.Month) Score {
	s := Score{Card: c}
	env := e.Env(p, m)
	for _, it := range c.Items {
		is := e.itemScore(c, it, p, m)
		s.Total = s.Total.Add(is.Points)
		s.Items = append(s.Items, is)
	}
	if v, ok := e.Given.of("score."+c.Name, p.ID, m); ok {
		s.Total = v.Num
	}
	total := s.Total
	if c.Grade != nil {
		v, _, miss := c.Grade.Value(scale.Context{Env: env, Month: m, X: &total})
		s.Grade, s.Miss = v.Text, miss
	}
	if c.Factor != nil && s.Miss == nil {
		own := func(name string) expr.Value {
			switch name {
			case "grade." + c.Name:
				return expr.TextOf(s.Grade)
			case "score." + c.Name:
				return expr.NumberOf(total)
			}
			return env(name)
		}
		v, _, miss := c.Factor.Value(scale.Context{Env: own, Month: m, X: &total})
		s.Factor, s.HasFactor, s.Miss = v.Num, true, miss
	}
	return s
}

func (e *Engine) itemScore(c *Card, it Item, p *record.Person, m period.Month) ItemScore {
	is := ItemScore{Item: it}
	env := e.Env(p, m)
	own := Scope{"agent", p.ID}
	var v expr.Value
	if it.Score == nil {
		if v = e.Attainment(it.KPI.Name, own, []period.Month{m}); !v.NoBase {
			v.Num = v.Num.Mul(money.Whole(100))
		}
	} else if x := e.Value(it.KPI, own, []period.Month{m}).Expr(); !x.NoBase {
		v, _, _ = it.Score.Value(scale.Context{Env: env, Month: m, X: &x.Num})
	} else {
		v = expr.None
	}
	is.Score = v.Num
	if v.NoBase {
		is.Score = c.NoBase
	}
	if it.AtMost != nil {
		is.Score = money.MinRatio(is.Score, *it.AtMost)
	}
	if it.AtLeast != nil && is.Score.Cmp(*it.AtLeast) < 0 || it.When != nil && !it.When.Eval(env).Yes {
		is.Score = money.Ratio{}
	}
	is.Points = is.Score.Mul(it.Weight)
	is.How = it.how()
	return is
}

// how says in short how an item scores: 满 3% 60 分, 满 5% 100 分.
func (it Item) how() lang.Text {
	if it.Score == nil || it.Score.Steps == nil {
		if it.AtMost != nil {
			return lang.F("达成 × 100, 封顶 %s", "attained × 100, at most %s", lang.Same(statement.Write(*it.AtMost, statement.Plain)))
		}
		return lang.T("达成 × 100", "attained × 100")
	}
	var zh, en []string
	for _, st := range it.Score.Steps.Steps {
		if st.Scale.Leaf == nil {
			return lang.T("按公式", "by formula")
		}
		l := st.Bound.Label()
		zh = append(zh, l.ZH+" "+st.Scale.Leaf.Source+" 分")
		en = append(en, l.EN+": "+st.Scale.Leaf.Source)
	}
	return lang.T(strings.Join(zh, ", "), strings.Join(en, ", "))
}

func (e *Engine) scoreMeasure(head, card string, p *record.Person, m period.Month) expr.Value {
	if p == nil {
		return expr.None
	}
	s, ok := e.Score(card, p, m)
	switch {
	case !ok && head == "grade":
		return expr.TextOf("")
	case !ok || head == "factor" && !s.HasFactor:
		return expr.None
	case head == "grade":
		return expr.TextOf(s.Grade)
	case head == "factor":
		return expr.NumberOf(s.Factor)
	}
	return expr.NumberOf(s.Total)
}

// CardNames returns the names of the cards at a node, before they are read.
func CardNames(n *yamldoc.Node) []string {
	if n == nil {
		return nil
	}
	names := n.Keys()
	sort.Strings(names)
	return names
}

// How says the card's table of grades and factors in short.
func (c *Card) How() lang.Text {
	if c.Grade == nil || c.Grade.Steps == nil {
		return lang.Text{}
	}
	factors := map[string]string{}
	if c.Factor != nil && c.Factor.Keys != nil {
		for _, cs := range c.Factor.Keys.Cases {
			if cs.Scale.Leaf != nil {
				factors[cs.Values[0]] = cs.Scale.Leaf.Source
			}
		}
	}
	var zh, en []string
	for _, st := range c.Grade.Steps.Steps {
		l := st.Bound.Label()
		zh = append(zh, strings.TrimSpace(l.ZH+" "+st.Scale.Word+" "+factors[st.Scale.Word]))
		en = append(en, strings.TrimSpace(l.EN+" "+st.Scale.Word+" "+factors[st.Scale.Word]))
	}
	return lang.T("等级与系数: "+strings.Join(zh, " · "), "grades and factors: "+strings.Join(en, ", "))
}
