// Package kpi holds what is measured: KPIs, targets, scorecards, boards. Their
// definitions are YAML, shipped ones beside this file, a plan's own over them.
// Facts and query tables come in; values go out as numerator and denominator,
// for any scope and month. It pays nothing.
package kpi

import (
	"embed"
	"slices"
	"sort"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/scale"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

//go:embed definitions/*.yaml
var definitions embed.FS

// Ops are the ways a KPI gathers rows.
var ops = []string{"count", "sum", "average", "median", "max", "distinct"}

// KPI is one declared measure.
type KPI struct {
	Name    string
	Title   lang.Text
	Define  lang.Text // definition in words
	Type    expr.Type
	Op      string // count, sum, average, median, max, distinct; empty for a formula
	Of      string // the rows: one of the sources
	Field   string
	Where   *expr.Formula
	Formula *expr.Formula
	Daily   bool   // per: day – the formula is of each person and day, then summed
	Group   string // per: [field, day] – calls are numbered within a value, person and day
	Beyond  int64  // having: nth > n – and counted from the one after this on
	Match   *Match
	Times   *scale.Scale // each row's number is multiplied by it
	Writes  string       // a key that a plan which pays by this KPI has to write itself

	// Exception says that a day on which the KPI is above 0 is to be looked at.
	Exception bool
	Node      *yamldoc.Node
	astray    bool // its formula leads into a circle
}

// Unit says how the KPI's value is written.
func (k *KPI) Unit() statement.Unit {
	switch k.Type.Unit {
	case expr.Money:
		return statement.Money
	case expr.Percent:
		return statement.Percent
	case expr.Time:
		return statement.Duration
	}
	return statement.Plain
}

// Fields is the table of a KPI's keys.
var Fields = []catalogue.Field{
	{Key: "title", Name: lang.T("名称", "title"), Kind: lang.T("文字, 或 {zh: …, en: …}", "text, or {zh: …, en: …}"), Help: lang.T("印在工资单上的名称", "as printed"), Example: "title: 拨打量"},
	{Key: "definition", Name: lang.T("定义", "definition"), Kind: lang.T("文字", "text"), Help: lang.T("一句话说清怎么数", "how it is counted, in one sentence"), Example: "definition: 打出的电话"},
	{Key: "of", Name: lang.T("数什么", "of"), Kind: lang.T("一个词", "a word"), Range: lang.Same("calls, deals, credits, events, leads, followups, reports, receivables, half_hours"), Help: lang.T("从哪种行里数", "which rows are counted"), Example: "of: calls"},
	{Key: "count", Name: lang.T("计数", "count"), Kind: lang.T("行的种类", "a kind of row"), Help: lang.T("行数", "how many rows"), Example: "count: calls"},
	{Key: "sum", Name: lang.T("求和", "sum"), Kind: lang.T("栏目", "a field"), Help: lang.T("栏目之和", "the sum of a field"), Example: "sum: talk"},
	{Key: "average", Name: lang.T("平均", "average"), Kind: lang.T("栏目", "a field"), Help: lang.T("栏目的平均: 和 ÷ 行数", "the mean of a field: its sum ÷ rows"), Example: "average: score"},
	{Key: "median", Name: lang.T("中位数", "median"), Kind: lang.T("栏目", "a field"), Help: lang.T("栏目的中位数; 对通话不行", "the middle value of a field; not of calls"), Example: "median: hours"},
	{Key: "max", Name: lang.T("最大", "max"), Kind: lang.T("栏目", "a field"), Help: lang.T("栏目的最大值", "the largest value of a field"), Example: "max: talk"},
	{Key: "distinct", Name: lang.T("不重复数", "distinct"), Kind: lang.T("栏目", "a field"), Help: lang.T("不同的值有几个, 精确", "how many different values, exactly"), Example: "distinct: customer"},
	{Key: "where", Name: lang.T("范围", "where"), Kind: lang.T("条件", "a condition"), Default: lang.T("每一行", "every row"), Help: lang.T("只数满足条件的行", "counts only rows that meet it"), Example: "where: talk >= 60s"},
	{Key: "like", Name: lang.T("同", "like"), Kind: lang.T("另一个 KPI", "another KPI"), Help: lang.T("用另一个 KPI 的 where, 除非自己写了", "uses the where of another KPI unless it has its own"), Example: "like: effective_talk"},
	{Key: "match", Name: lang.T("对应", "match"), Kind: lang.T("{calls: 栏目, within: 7d 或 before: 31d, where: …}, {deals: 栏目, within: 7d}, 或 {numbers: 栏目, list: do_not_call}", "{calls: FIELD, within: 7d or before: 31d, where: …}, {deals: FIELD, within: 7d}, or {numbers: FIELD, list: do_not_call}"), Help: lang.T("只数之后 (within) 或以前 (before) 若干天内有对应通话的行; 成交后若干天内给客户的通话; 或号码在名单上的通话", "counts only rows with such a call so many days after (within) or before; calls to the customer of a deal within so many days after it; or calls whose number stands on a list"), Example: "match: {calls: customer, within: 7d, where: connected}"},
	{Key: "per", Name: lang.T("每", "per"), Kind: lang.T("day, 或 [栏目, day]", "day, or [FIELD, day]"), Help: lang.T("day: 公式按每人每天算, 再相加; [phone, day]: 每人每天每个号码分别编号, 同 having 一起用", "day: the formula is of each person and day, then summed; [phone, day]: calls are numbered within each number, person and day, with having"), Example: "per: [phone, day]"},
	{Key: "having", Name: lang.T("第几个起", "having"), Kind: lang.Same("nth > 3"), Help: lang.T("从第几个以后才数", "counts from the one after this on"), Example: "having: nth > 3"},
	{Key: "times", Name: lang.T("乘", "times"), Kind: lang.T("系数或档位", "a factor or steps"), Help: lang.T("每行先乘以系数再求和, 如各产品折算; 只用于成交和回款的 sum", "each row times a factor, then summed, as products weighted; for a sum over deals or credits"), Example: "times: {by product: {年卡: 1, any: 0.5}}"},
	{Key: "exception", Name: lang.T("异常", "exception"), Kind: lang.T("yes", "yes"), Help: lang.T("大于 0 的日子列在异常表里", "days on which it is above 0 stand on the exceptions sheet"), Example: "exception: yes"},
	{Key: "formula", Name: lang.T("公式", "formula"), Kind: lang.T("公式", "a formula"), Help: lang.T("由其他 KPI 算出; 比率先分别合计再相除", "made of other KPIs; a ratio is of sums, never a mean of ratios"), Example: "formula: ratio(connects, dials, none)"},
	{Key: "plan_writes", Name: lang.T("方案必写", "plan writes"), Kind: lang.T("一个键", "a key"), Help: lang.T("用它发钱的方案必须自己写这个键", "a key that a plan which pays by this KPI must write"), Example: "plan_writes: where"},
	{Key: "example", Name: lang.T("例子", "example"), Kind: lang.T("行和结果", "rows and the value"), Help: lang.T("可运行的例子", "an example that runs"), Example: "example: {rows: [{direction: out}], value: 1}"},
}

// Shipped returns the definitions that telepay ships, by name.
func Shipped() map[string]catalogue.Definition { return catalogue.Load(definitions, "definitions") }

// Set is every KPI of a plan, shipped ones and its own.
type Set struct {
	ByName map[string]*KPI
	Names  []string
	Renews *expr.Formula // the calls that renew a lead's registration; nil: none
	Own    Own
	own    map[string]*yamldoc.Node // what the plan wrote
	nodes  map[string]*yamldoc.Node // shipped
	r      *yamldoc.Reader
	path   []string      // the KPIs that are being read, each named by the one before
	astray bool          // a circle was met; formulas that lead into it are not judged
	asked  map[*KPI]bool // nil: every one
}

// ReadSet reads the plan's section kpis (it may be nil) over the shipped KPIs, which
// may name the company's own columns.
func ReadSet(r *yamldoc.Reader, n *yamldoc.Node, own Own) *Set {
	s := &Set{Own: own, ByName: map[string]*KPI{}, own: map[string]*yamldoc.Node{}, nodes: map[string]*yamldoc.Node{}, r: r}
	for name, d := range Shipped() {
		s.nodes[name] = d.Node
	}
	if n != nil && n.Kind != yamldoc.Map {
		r.WantShape(n, lang.T("KPI 名: {…}", "name of a KPI: {…}"))
	} else if n != nil {
		for _, e := range n.Entries {
			catalogue.Check(r, e.Value, Fields)
			s.own[e.Key.Text] = e.Value
		}
	}
	for name := range s.nodes {
		s.Names = append(s.Names, name)
	}
	for name := range s.own {
		if s.nodes[name] == nil {
			s.Names = append(s.Names, name)
		}
	}
	sort.Strings(s.Names)
	for _, name := range s.Names {
		s.get(name)
	}
	return s
}

// get reads a KPI when it is first asked for, so that formulas may name any other.
func (s *Set) get(name string) *KPI {
	if k, ok := s.ByName[name]; ok {
		s.astray = s.astray || k.astray
		return k
	}
	own, shipped := s.own[name], s.nodes[name]
	if own == nil && shipped == nil {
		return nil
	}
	if at := slices.Index(s.path, name); at >= 0 {
		s.round(s.path[at:])
		return nil
	}
	s.path = append(s.path, name)
	k := s.read(name, own, shipped)
	s.path = s.path[:len(s.path)-1]
	s.ByName[name] = k
	return k
}

// round tells a circle of KPIs, with the place of each that the plan wrote.
func (s *Set) round(names []string) {
	s.astray = true
	var at []*yamldoc.Node
	for _, name := range names {
		if own := s.own[name]; own != nil {
			at = append(at, own)
		}
	}
	way := strings.Join(append(slices.Clone(names), names[0]), " → ")
	p := at[0].Problem("circle", lang.F("KPI 绕圈: %s", "KPIs in a circle: %s", way), lang.T("不绕圈的公式", "formulas without a circle"), lang.T("让其中一个不用下一个来算", "compute one of them without the next"))
	for _, n := range at[1:] {
		p.See = append(p.See, n.Pos())
	}
	s.r.Problems.Add(p)
}

// Circular tells whether KPIs lead in a circle: what they count is then unknown,
// and what uses them cannot be judged.
func (s *Set) Circular() bool { return s.astray }

type keys struct{ own, shipped *yamldoc.Node }

func (k keys) get(key string) *yamldoc.Node {
	if n := k.own.Get(key); n != nil {
		return n
	}
	return k.shipped.Get(key)
}

func (s *Set) read(name string, own, shipped *yamldoc.Node) *KPI {
	ks := keys{own, shipped}
	k := &KPI{Name: name, Title: lang.Same(name), Node: own}
	if k.Node == nil {
		k.Node = shipped
	}
	if t := ks.get("title"); t != nil {
		k.Title = s.r.Text(t)
	}
	k.Define = s.r.Text(ks.get("definition"))
	if w := shipped.Get("plan_writes"); w != nil && own.Get(w.Text) == nil {
		k.Writes = w.Text
	}
	k.Exception = s.r.OneOf(ks.get("exception"), "yes") != ""
	if f := ks.get("formula"); f != nil {
		k.Daily = s.r.OneOf(ks.get("per"), "day") != ""
		s.formula(k, f)
		return k
	}
	s.gather(k, ks)
	return k
}

func (s *Set) formula(k *KPI, n *yamldoc.Node) {
	voc := s.Vocabulary()
	if k.Daily {
		voc = s.dayVocabulary()
	}
	before := s.astray
	s.astray = false
	f, fault := expr.Compile(s.r.Word(n), voc)
	k.astray, s.astray = s.astray, s.astray || before
	if k.astray {
		return
	}
	if fault != nil {
		s.r.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), fault.Want, fault.Mend))
		return
	}
	k.Formula, k.Type = f, f.Type()
	if k.Daily && f.Type().Kind == expr.YesNo {
		k.Type = expr.Type{Kind: expr.Number, Unit: expr.Count} // how many days it holds
	}
	if k.Type.Kind != expr.Number {
		s.r.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个数", "a number"), lang.Text{})
	}
}

func (s *Set) gather(k *KPI, ks keys) {
	for _, op := range ops {
		if n := ks.get(op); n != nil {
			k.Op, k.Field = op, s.r.Word(n)
		}
	}
	if k.Op == "" {
		s.r.Bad(k.Node, "missing-key", lang.F("KPI %s 没有 count、sum、average、median、max、distinct 或 formula", "KPI %s without count, sum, average, median, max, distinct or formula", k.Name), lang.T("其中一个", "one of them"), lang.Text{})
		return
	}
	if k.Op == "count" {
		k.Of, k.Field = k.Field, ""
	}
	if of := ks.get("of"); of != nil {
		k.Of = s.r.Word(of)
	}
	src, ok := s.source(k.Of)
	if !ok {
		s.r.Bad(k.Node, "unknown-word", lang.F("KPI %s 的 of: %q", "of: %[2]q of KPI %[1]s", k.Name, k.Of), lang.F("其中之一: %s", "one of: %s", strings.Join(Sources(), ", ")), lang.Text{})
		return
	}
	k.Type = src.yields(k.Op, k.Field)
	counted := s.counted(k, src)
	if k.Of == "credits" && k.Op == "sum" && k.Field != "collected" && k.Field != "" {
		s.r.Bad(k.Node, "shape", lang.F("KPI %s: 回款的 sum: %s", "KPI %s: sum: %s of credits", k.Name, k.Field), lang.T("回款只能加 collected: 一单分几次收, 别的栏目会重复加", "collected: a deal that is paid in parts would count its other figures again with each"),
			lang.F("写 of: deals, sum: %s", "of: deals, sum: %s", k.Field))
	}
	k.Where = s.where(k, ks, src)
	if ks.own.Get("where") != nil && ks.own.Get("definition") == nil && k.Where != nil {
		k.Define = inWords(k.Where) // the plan's own condition says it better than a general sentence
	}
	k.Match = s.match(k, ks.get("match"))
	s.times(k, ks.get("times"), src)
	s.numbered(k, ks)
	if !counted {
		k.Op = "" // nothing is asked for it where the rest of the project is looked at
	}
}

// counted tells whether a KPI's field is there, and of the kind that its operation takes.
func (s *Set) counted(k *KPI, src source) bool {
	f, ok := src.find(k.Field)
	want := expr.Number
	if k.Op == "distinct" {
		want = expr.Word
	}
	switch {
	case k.Field == "":
		return true
	case k.Op == "median" && k.Of == "calls":
		s.r.Bad(k.Node, "shape", lang.F("KPI %s: 通话的 median", "KPI %s: median of calls", k.Name), lang.T("average、max 或 sum: 通话逐行读过, 不留下来排序", "average, max or sum: calls are read row by row and never kept to be sorted"), lang.Text{})
		return false
	case !ok:
		s.r.Bad(k.Node, "unknown-measure", lang.F("KPI %s 的栏目 %s", "field %[2]s of KPI %[1]s", k.Name, k.Field), lang.F("%s 的栏目之一: %s", "a field of %s: %s", k.Of, strings.Join(src.names(), ", ")), declare(k.Of, k.Field, lang.Text{}))
		return false
	case f.Type.Kind == want:
		return true
	}
	s.r.Bad(k.Node, "kinds", lang.F("KPI %s 的 %s: %s, 那是%s", "%[2]s: %[3]s of KPI %[1]s, which is %[4]s", k.Name, k.Op, k.Field, f.Type.Describe()), lang.T("distinct 数文字栏目, 其余的算数字栏目", "a text for distinct, a number for all others"), s.Own.redeclare(k.Of, f))
	return false
}

func (s *Set) where(k *KPI, ks keys, src source) *expr.Formula {
	n := ks.own.Get("where")
	if n == nil {
		if like := ks.get("like"); like != nil {
			if other := s.get(s.r.Word(like)); other != nil {
				k.Writes = other.Writes
				return other.Where
			}
		}
		n = ks.shipped.Get("where")
	}
	return s.condition(n, src)
}

func (s *Set) condition(n *yamldoc.Node, src source) *expr.Formula {
	if n == nil {
		return nil
	}
	f, fault := expr.Compile(s.r.Word(n), src.vocabulary())
	if fault != nil {
		switch fault.Code {
		case "unknown-measure":
			fault.Mend = declare(src.name, fault.Found.ZH, fault.Mend)
		case "kinds":
			for _, own := range s.Own.of(src.name) {
				if at := []rune(s.r.Word(n)); fault.At < len(at) && strings.HasPrefix(string(at[fault.At:]), own.Name) {
					fault.Mend = s.Own.redeclare(src.name, own)
				}
			}
		}
		s.r.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), fault.Want, fault.Mend))
		return nil
	}
	if f.Type().Kind != expr.YesNo {
		s.r.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个条件", "a condition"), lang.Text{})
		return nil
	}
	return f
}
