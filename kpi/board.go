package kpi

import (
	"sort"

	"telepay/internal/catalogue"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/order"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// Board is a ranking: of agents, teams or sites, by a measure (semantics 54), of the
// month or of each of its weeks. A week runs from Monday to Sunday and belongs to
// the month in which it ends, so that none is cut and none is ranked twice.
type Board struct {
	Name    string
	Title   lang.Text
	Node    *yamldoc.Node
	Of      string // agents, teams, sites
	Per     string // team, site, region: ranked within each; empty or company: all together
	Each    string // week; empty: the month
	By      *expr.Formula
	Then    []*expr.Formula
	When    *expr.Formula
	For     *expr.Formula
	Ties    string // competition, dense
	Honours []string
}

// Place is somebody's place on a board. 0: not ranked.
type Place struct {
	ID     string
	Group  string
	Week   period.Span // that it is the place of; empty: the month
	Place  int
	Tied   int
	Of     int // how many are ranked in the group
	Value  expr.Value
	WhyNot *expr.Formula // the condition that failed
	Env    expr.Env      // what the condition read
	Honour string
}

// BoardFields is the table of a board's keys.
var BoardFields = []catalogue.Field{
	{Key: "title", Name: lang.T("名称", "title"), Kind: lang.T("文字", "text"), Help: lang.T("榜名", "the board's name"), Example: "title: 月度销冠榜"},
	{Key: "of", Name: lang.T("排谁", "of"), Kind: lang.T("一个词", "a word"), Range: lang.Same("agents, teams, sites"), Default: lang.Same("agents"), Help: lang.T("排人、排队还是排职场", "who is ranked"), Example: "of: agents"},
	{Key: "per", Name: lang.T("分组", "per"), Kind: lang.T("一个词", "a word"), Range: lang.Same("company, region, site, team"), Default: lang.Same("company"), Help: lang.T("在多大范围内排", "within what they are ranked"), Example: "per: region"},
	{Key: "each", Name: lang.T("每", "each"), Kind: lang.T("一个词", "a word"), Range: lang.Same("month, week"), Default: lang.Same("month"), Help: lang.T("每月排, 或每周 (周一至周日) 各排一次; 跨月的周算在周日所在的月; 每周的榜只用能按天数的指标", "ranked by the month, or anew in each week from Monday to Sunday; a week that crosses months belongs to that of its Sunday. A board of weeks reads figures that days have"), Example: "each: week"},
	{Key: "for", Name: lang.T("适用", "for"), Kind: lang.T("条件", "a condition"), Default: lang.T("所有人", "everybody"), Help: lang.T("哪些人参加", "who takes part"), Example: "for: role = agent"},
	{Key: "by", Name: lang.T("按", "by"), Kind: lang.T("指标或公式", "a measure or formula"), Help: lang.T("按什么排, 大者在前", "what decides, larger first"), Example: "by: collected"},
	{Key: "then", Name: lang.T("再按", "then"), Kind: lang.T("列表", "a list"), Help: lang.T("相同时再比", "what decides between equals"), Example: "then: [deals, connect_rate]"},
	{Key: "when", Name: lang.T("条件", "when"), Kind: lang.T("条件", "a condition"), Help: lang.T("参评的最低要求", "the least needed to be ranked"), Example: "when: days_worked >= 10"},
	{Key: "ties", Name: lang.T("并列", "ties"), Kind: lang.T("一个词", "a word"), Range: lang.Same("competition, dense"), Default: lang.Same("competition"), Help: lang.T("1,1,3 或 1,1,2", "1,1,3 or 1,1,2"), Example: "ties: competition"},
	{Key: "honours", Name: lang.T("称号", "honours"), Kind: lang.T("列表, 第一名在前", "a list, first place first"), Help: lang.T("名次的称号", "titles of the places"), Example: "honours: [销冠, 亚军, 季军]"},
}

// ReadBoards reads the plan's section rankings.
func ReadBoards(r *yamldoc.Reader, n *yamldoc.Node, set *Set, w Words) []Board {
	if n == nil {
		return nil
	}
	voc := set.Measures(w)
	var boards []Board
	for _, e := range n.Entries {
		v := e.Value
		catalogue.Check(r, v, BoardFields)
		b := Board{Name: e.Key.Text, Title: lang.Same(e.Key.Text), Node: v, Of: "agents", Ties: "competition", Per: "company"}
		if t := v.Get("title"); t != nil {
			b.Title = r.Text(t)
		}
		for key, set := range map[string]struct {
			into  *string
			words []string
		}{"of": {&b.Of, []string{"agents", "teams", "sites"}}, "per": {&b.Per, []string{"company", "region", "site", "team"}}, "ties": {&b.Ties, []string{"competition", "dense"}}} {
			if x := v.Get(key); x != nil {
				*set.into = r.OneOf(x, set.words...)
			}
		}
		voc := voc
		if r.OneOf(v.Get("each"), "month", "week") == "week" {
			b.Each, voc = "week", set.weekly()
		}
		if by := v.Get("by"); by != nil {
			b.By = formula(r, by, voc)
		} else {
			r.Bad(v, "missing-key", lang.F("%s 没有 by", "%s without by", v.Path), lang.T("按什么排", "what decides"), lang.Same("by: collected"))
		}
		if then := v.Get("then"); then != nil {
			for _, item := range then.Items {
				if f := formula(r, item, voc); f != nil {
					b.Then = append(b.Then, f)
				}
			}
		}
		b.When, b.For = condition(r, v.Get("when"), voc), condition(r, v.Get("for"), PersonVocabulary(w))
		b.Honours = r.Words(v.Get("honours"))
		set.addUp(r, b)
		boards = append(boards, b)
	}
	return boards
}

// addUp refuses a board of weeks by different customers: those of two months do not
// add up to the week that crosses them.
func (s *Set) addUp(r *yamldoc.Reader, b Board) {
	if b.Each == "" {
		return
	}
	for _, f := range append([]*expr.Formula{b.By, b.When}, b.Then...) {
		if f == nil {
			continue
		}
		for _, name := range f.Names() {
			if s.Distinct(name) {
				r.Bad(b.Node, "distinct-span", lang.F("%s, 每周一榜: %s", "%s, a board of weeks: %s", b.Node.Path, name), lang.T("不跨月的不重复数: 跨月的周里两个月的不能相加", "a count that adds up: those of the two months of a week that crosses them do not"), lang.Text{})
				return
			}
		}
	}
}

// Board returns the places of a board in a month, group by group, best first; of a
// board of weeks, week by week.
func (e *Engine) Board(name string, m period.Month) (*Board, []Place) {
	d := e.Months[m]
	for i := range e.Plan.Boards {
		b := &e.Plan.Boards[i]
		if b.Name != name || d == nil {
			continue
		}
		if ps, ok := d.boards[name]; ok {
			return b, ps
		}
		d.boards[name] = nil // a board that asks for itself finds nobody
		if b.Each == "" {
			d.boards[name] = e.Given.places(name, e.rank(b, m, period.Span{}))
			return b, d.boards[name]
		}
		var all []Place
		for _, week := range e.Weeks(m) {
			all = append(all, e.Given.places(name, e.rank(b, m, week))...)
		}
		d.boards[name] = all
		return b, all
	}
	return nil, nil
}

// Weeks returns the weeks that belong to a month: those that end in it and of which
// every day is of a month that is known.
func (e *Engine) Weeks(m period.Month) []period.Span {
	var out []period.Span
	for _, week := range e.Cut.Span(m).WeeksEnding() {
		if e.Months[e.Cut.MonthOf(week.From)] != nil {
			out = append(out, week)
		}
	}
	return out
}

type contender struct {
	id, group string
	env       expr.Env
}

// rank ranks a month, or one week of it.
func (e *Engine) rank(b *Board, m period.Month, week period.Span) []Place {
	var out, outside []Place
	items := map[string][]order.Item{}
	values := map[string]expr.Value{}
	var groups []string
	for _, c := range e.contenders(b, m, week) {
		v := b.By.Eval(c.env)
		values[c.id] = v
		if b.When != nil && !b.When.Eval(c.env).Yes {
			outside = append(outside, Place{ID: c.id, Group: c.group, Week: week, Value: v, WhyNot: b.When, Env: c.env})
			continue
		}
		if items[c.group] == nil {
			groups = append(groups, c.group)
		}
		items[c.group] = append(items[c.group], order.Item{ID: c.id, Keys: keysOf(b, v, c.env)})
	}
	for _, g := range groups {
		ranked := order.Rank(items[g], b.Ties == "dense")
		for _, r := range ranked {
			p := Place{ID: r.ID, Group: g, Week: week, Place: r.Place, Tied: r.Tied, Of: len(ranked), Value: values[r.ID]}
			if r.Place <= len(b.Honours) {
				p.Honour = b.Honours[r.Place-1]
			}
			out = append(out, p)
		}
	}
	return append(out, outside...)
}

func keysOf(b *Board, v expr.Value, env expr.Env) []*money.Ratio {
	keys := []*money.Ratio{key(v)}
	for _, f := range b.Then {
		keys = append(keys, key(f.Eval(env)))
	}
	return keys
}

func key(v expr.Value) *money.Ratio {
	if v.NoBase {
		return nil
	}
	return &v.Num
}

// contenders are those who take part, with their figures. In a week those do who
// were employed in it, and still in the month that pays it.
func (e *Engine) contenders(b *Board, m period.Month, week period.Span) []contender {
	span := e.Cut.Span(m)
	weekly := week.Days() > 0
	var out []contender
	if b.Of == "agents" {
		for i := range e.People {
			p := &e.People[i]
			env := e.Env(p, m)
			if weekly && p.Employed(week).Days() == 0 || p.Employed(span).Days() == 0 || e.Months[m].Out[p.ID] || b.For != nil && !b.For.Eval(env).Yes {
				continue
			}
			st := e.Station(p, m)
			if weekly {
				st, env = p.On(p.Employed(week).Last()), e.envOf(Scope{"agent", p.ID}, week)
			}
			group, _ := st.Field(b.Per)
			out = append(out, contender{p.ID, group, env})
		}
		return out
	}
	kind := map[string]string{"teams": "team", "sites": "site"}[b.Of]
	for _, id := range e.Units(kind, m) {
		s := Scope{kind, id}
		env := func(name string) expr.Value { return e.scoped(name, s, []period.Month{m}) }
		if weekly {
			env = e.envOf(s, week)
		}
		out = append(out, contender{id, e.groupOf(kind, id, b.Per, m), env})
	}
	return out
}

func (e *Engine) envOf(s Scope, days period.Span) expr.Env {
	return func(name string) expr.Value { return e.partOf(name, s, days) }
}

// Units returns the teams, sites or regions that people belonged to in a month, by name.
func (e *Engine) Units(kind string, m period.Month) []string {
	seen := map[string]bool{}
	var out []string
	e.eachStation(m, func(p *record.Person, st record.Station) {
		if name, _ := st.Field(kind); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	})
	sort.Strings(out)
	return out
}

func (e *Engine) eachStation(m period.Month, f func(p *record.Person, st record.Station)) {
	span := e.Cut.Span(m)
	for i := range e.People {
		p := &e.People[i]
		for j, st := range p.Spans {
			if stationDays(p, j).And(p.Employed(span)).Days() > 0 {
				f(p, st)
			}
		}
	}
}

func (e *Engine) groupOf(kind, id, per string, m period.Month) string {
	group := ""
	e.eachStation(m, func(p *record.Person, st record.Station) {
		if name, _ := st.Field(kind); name == id && group == "" {
			group, _ = st.Field(per)
		}
	})
	return group
}

func (e *Engine) placeMeasure(board string, p *record.Person, m period.Month) expr.Value {
	if p == nil {
		return expr.None
	}
	_, places := e.Board(board, m)
	for _, pl := range places {
		if pl.ID == p.ID && pl.Place > 0 {
			return expr.NumberOf(money.Whole(int64(pl.Place)))
		}
	}
	return expr.None
}

// Measure names in words what a board ranks by.
func (b *Board) Measure() lang.Text { return inWords(b.By) }

// Rule says in short how a board decides: by what, then by what, least activity.
func (b *Board) Rule() lang.Text {
	zh, en := "按"+inWords(b.By).ZH, "by "+inWords(b.By).EN
	for _, f := range b.Then {
		zh, en = zh+", 再按"+inWords(f).ZH, en+", then "+inWords(f).EN
	}
	if b.Each != "" {
		zh, en = "每周 (周一至周日) "+zh, "each week from Monday to Sunday, "+en
	}
	if b.When != nil {
		zh, en = zh+"; 参评条件: "+inWords(b.When).ZH, en+"; ranked where "+inWords(b.When).EN
	}
	return lang.T(zh, en)
}

// inWords writes a formula with the names of its measures.
func inWords(f *expr.Formula) lang.Text {
	return f.Show(func(n *expr.Node) string { return n.Text }, func(n *expr.Node) lang.Text {
		if n.Op == expr.OpText {
			return lang.Same(n.Text)
		}
		return n.Def.Title
	})
}
