package rule

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Context is what a rule is read with.
type Context struct {
	Section string // earnings or deductions
	Kinds   map[string]*Kind
	Shipped map[string]catalogue.Definition
	Voc     func(row string) expr.Vocabulary // "" the month's measures; "person"; "credit" or an each: the fields of one row
	Boards  []string
	Eaches  []string
	Since   period.Month
	Until   period.Month
	Credits func(measure string) bool   // whether a measure is made of credits
	ToDate  func(measure string) string // the span of a measure that runs to date
}

// reading is one rule while it is read: the plan's keys over the shipped ones.
type reading struct {
	*yamldoc.Reader
	Context
	node    *yamldoc.Node
	shipped *yamldoc.Node
	kind    *Kind
}

// Read reads the rule at n, whose key is its name. Nil means that even its kind is not known.
func Read(rd *yamldoc.Reader, n *yamldoc.Node, ctx Context) *Rule {
	name := n.LastKey()
	if n.Kind != yamldoc.Map {
		rd.WantShape(n, lang.T("一组键值", "a group of keys"))
		return nil
	}
	g := &reading{Reader: rd, Context: ctx, node: n}
	if !g.findKind(name) {
		return nil
	}
	rd.Known(n, g.kind.Keys()...)
	r := &Rule{Name: name, Kind: g.kind, Node: n, Path: n.Path, Stage: g.kind.Stage, Since: ctx.Since, Until: ctx.Until}
	g.words(r)
	g.conditions(r)
	g.sum(r)
	g.limits(r)
	g.required()
	if g.kind.Check != nil {
		g.kind.Check(rd, r)
	}
	return r
}

func (g *reading) findKind(name string) bool {
	want, at := name, g.node
	if k := g.node.Get("rule"); k != nil {
		want, at = g.Word(k), k
	}
	if def, ok := g.Shipped[want]; ok {
		g.shipped = def.Node
		want = g.shipped.Get("rule").Text
	}
	g.kind = g.Kinds[want]
	if g.kind == nil {
		var known []string
		for k := range g.Kinds {
			known = append(known, k)
		}
		for k := range g.Shipped {
			known = append(known, k)
		}
		sort.Strings(known)
		mend := lang.T("写上 rule: 加一个种类", "write rule: and a kind")
		if near := cmp.Or(g.titled(want), diag.Nearest(want, known)); near != "" {
			mend = lang.Same("rule: " + near)
		}
		g.Bad(at, "unknown-rule", lang.F("%s: 规则种类 %q", "%s: the kind of rule %q", g.node.Path, want), lang.F("其中之一: %s", "one of: %s", strings.Join(known, ", ")), mend)
		return false
	}
	return true
}

// titled finds the kind, or the shipped rule, that is called so on paper: commission for 提成.
func (g *reading) titled(title string) string {
	for _, name := range slices.Sorted(maps.Keys(g.Kinds)) {
		if g.Kinds[name].Title.ZH == title {
			return name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.Shipped)) {
		if g.Text(g.Shipped[name].Node.Get("title")).ZH == title {
			return name
		}
	}
	return ""
}

// get returns the plan's value of a key, else the shipped one.
func (g *reading) get(key string) *yamldoc.Node {
	if n := g.node.Get(key); n != nil {
		return n
	}
	return g.shipped.Get(key)
}

func (g *reading) words(r *Rule) {
	r.Title = lang.Same(r.Name)
	if t := g.get("title"); t != nil {
		r.Title = g.Text(t)
	}
	if g.node.Get("title") == nil && g.shipped == nil && r.Name == g.kind.Name {
		r.Title = g.kind.Title
	}
	r.Clause = g.Word(g.get("clause"))
	r.Filed = g.Word(g.get("filed"))
	r.Each = g.each()
	r.Board = g.board()
	r.Ties = g.OneOf(g.get("ties"), "share", "each")
	r.PartMonth = g.OneOf(g.get("part_month"), PartMonths...)
	r.Class = statement.Class(g.OneOf(g.get("class"), "absence", "not_earned", "loss", "discipline", "recovery"))
	r.Against = g.Word(g.get("against"))
	r.Once = g.OneOf(g.get("once"), "ever", "year", "quarter")
	r.Per = g.OneOf(g.get("per"), "team", "site", "region", "company")
	r.Nature = g.OneOf(g.get("nature"), Natures...)
	r.Round = map[string]money.Mode{"down": money.Down, "up": money.Up}[g.OneOf(g.get("round"), "half_up", "down", "up")]
	r.Since, r.Until = g.month("since", r.Since), g.month("until", r.Until)
	if r.Until != 0 && r.Until < r.Since {
		g.Bad(g.node, "since-order", lang.F("%s: 到 %s 为止, 从 %s 起", "%s, until %s and since %s", r.Path, r.Until.String(), r.Since.String()), lang.T("截止月不早于起始月", "a last month not before the first"), lang.Text{})
	}
	r.Pay = g.pay()
	r.Prizes = g.prizes()
	g.shared(r)
}

// Natures are what money can be for, as minimum wages tell it apart.
var Natures = []string{"overtime", "shift", "heat", "hazard", "benefits", "meal", "transport", "housing", "annual_bonus"}

// PartMonths are the methods that prorate part months (semantics 42).
var PartMonths = []string{"21.75 forward", "21.75 backward", "workdays", "calendar_days", "hybrid"}

func (g *reading) each() string {
	n := g.get("each")
	w := g.Word(n)
	if n == nil || w == "" {
		return ""
	}
	for _, e := range g.Eaches {
		if e == w {
			return w
		}
	}
	if !slices.Contains(g.kind.Keys(), "each") && w != "week" {
		return "" // which is told already
	}
	if w == "week" {
		g.Bad(n, "unknown-word", lang.F("%s: %s", "%s: %s", n.Path, w), lang.T("每周一次的奖是榜的事", "week by week only on a board"),
			lang.T("rankings: {榜: {each: week, by: …}}, 再用 rule: contest 和 board", "rankings: {BOARD: {each: week, by: …}}, then rule: contest with board"))
		return ""
	}
	if slices.Contains(otherRows, w) {
		g.Bad(n, "unknown-word", lang.F("%s: %s", "%s: %s", n.Path, w), lang.F("其中之一: %s; 或公司自己的事件种类", "one of: %s; or a kind of event of the company's own", strings.Join(g.Eaches, ", ")),
			lang.T("回款按 of: collected 和 rate 算, 通话、客户等先写成指标再用 of", "money is rated by of: collected and rate; calls, customers and the like are counted by a KPI, which of names"))
		return ""
	}
	if near := diag.Nearest(w, g.Eaches); near != "" {
		g.Bad(n, "unknown-word", lang.F("%s: %s", "%s: %s", n.Path, w), lang.F("其中之一: %s; 或公司自己的事件种类", "one of: %s; or a kind of event of the company's own", strings.Join(g.Eaches, ", ")),
			lang.F("%s; 真是另一种事件时写 each: event 和 where: kind = %s", "%s; where it is another kind of event, each: event with where: kind = %s", near, w))
		return ""
	}
	return w
}

// otherRows are words that mean rows, and no kind of event.
var otherRows = []string{"payment", "payments", "credit", "credits", "call", "calls", "connect", "lead", "leads", "customer", "customers", "hour", "day", "week", "month", "product"}

func (g *reading) board() string {
	n := g.get("board")
	if n == nil {
		return ""
	}
	return g.OneOf(n, g.Boards...)
}

func (g *reading) month(key string, otherwise period.Month) period.Month {
	n := g.get(key)
	if n == nil {
		return otherwise
	}
	m, err := period.ParseMonth(g.Word(n))
	if err != nil {
		g.Bad(n, "month", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2026-07 这样的月份", "a month such as 2026-07"), lang.Text{})
	}
	return m
}

var payText = regexp.MustCompile(`^\+(\d{1,2}) months?(?: on (\d{1,2}))?$`)

func (g *reading) pay() Pay {
	n := g.get("pay")
	if n == nil {
		return Pay{Months: 1}
	}
	m := payText.FindStringSubmatch(g.Word(n))
	if m == nil {
		g.Bad(n, "pay", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("+1 month 或 +1 month on 15", "+1 month, or +1 month on 15"), lang.Text{})
		return Pay{Months: 1}
	}
	months, _ := strconv.Atoi(m[1])
	day, _ := strconv.Atoi(m[2])
	if day > 31 {
		g.Bad(n, "pay", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("1 到 31 日", "a day from 1 to 31"), lang.Text{})
	}
	return Pay{Months: months, Day: day}
}

func (g *reading) prizes() []money.Decimal {
	n := g.get("prizes")
	if n == nil {
		return nil
	}
	if n.Kind != yamldoc.List || len(n.Items) == 0 {
		g.WantShape(n, lang.T("金额列表, 如 [2000, 1000, 500]", "a list of money such as [2000, 1000, 500]"))
		return nil
	}
	var out []money.Decimal
	for _, item := range n.Items {
		v, unit, fault := expr.Literal(item.Text)
		if fault != nil || unit != expr.Plain {
			g.Bad(item, "amount-unit", lang.F("%s: %s", "%s: %s", item.Path, item.Text), lang.T("金额", "money"), lang.Text{})
			continue
		}
		out = append(out, v.Round(2, money.HalfUp))
	}
	return out
}

func (g *reading) conditions(r *Rule) {
	r.For = g.condition("for", g.Voc("person"))
	r.When = g.condition("when", g.Voc(""))
	r.Where = g.condition("where", g.Voc(g.rowKind(r)))
	g.ofMonth(r.Where)
}

// ofMonth refuses a condition on rows that names the month's money: a row's own
// collected is a single payment, which nobody means by it.
func (g *reading) ofMonth(where *expr.Formula) {
	if where == nil {
		return
	}
	for _, name := range where.Names() {
		if name == "collected" || name == "signed" {
			n := g.get("where")
			g.Bad(n, "scope", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.F("单行的一个栏目; %s 是整月的数", "a field of one row; %s is a month's figure", name), lang.F("when: %s", "when: %s", n.Text))
			return
		}
	}
}

// rowKind names what one row is for a rule: each thing it counts, else a credit.
func (g *reading) rowKind(r *Rule) string {
	if r.Each != "" {
		return r.Each
	}
	return "credit"
}

func (g *reading) condition(key string, voc expr.Vocabulary) *expr.Formula {
	n := g.get(key)
	if n == nil {
		return nil
	}
	f := g.formula(n, voc, key)
	if f != nil && f.Type().Kind != expr.YesNo {
		g.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个条件, 如 collected >= 6万", "a condition such as collected >= 6万"), lang.Text{})
		return nil
	}
	return f
}

func (g *reading) formula(n *yamldoc.Node, voc expr.Vocabulary, key string) *expr.Formula {
	text := g.Word(n)
	if text == "" {
		return nil
	}
	f, fault := expr.Compile(text, voc)
	if fault == nil {
		return f
	}
	if _, known := g.Voc("").Find(fault.Found.EN); known && fault.Code == "unknown-measure" && key != "when" {
		want := lang.F("单行的一个栏目; %s 是整月的数", "a field of one row; %s is a month's figure", fault.Found)
		if key == "for" {
			want = lang.F("人的一个栏目; %s 是当月的数", "a column of the person; %s is a month's figure", fault.Found)
		}
		g.Problems.Add(n.ProblemAt(fault.At, "scope", lang.F("%s: %s", "%s: %s", n.Path, n.Text), want, lang.F("when: %s", "when: %s", n.Text)))
		return nil
	}
	g.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), fault.Want, fault.Mend))
	return nil
}
