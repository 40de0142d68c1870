package review

import (
	"slices"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
	"telepay/kpi"
)

// Case is one worked example of plan_test.yaml.
type Case struct {
	It     lang.Text
	Node   *yamldoc.Node
	Trial  Trial
	Expect []Expect
}

// Expect is one figure that a case wants: of a line, or of a total.
type Expect struct {
	Node *yamldoc.Node
	Name string // a rule, payable, gross, deductions, carried, net, problem
	Part string // amount; of a deduction also nominal, limit, carried
	Want money.Decimal
	Code string // of problem
}

// CaseFields is the table of a case's keys.
var CaseFields = []catalogue.Field{
	{Key: "it", Name: lang.T("说明", "it"), Kind: lang.T("文字, 或 {zh: …, en: …}", "text, or {zh: …, en: …}"), Help: lang.T("这个例子说明什么", "what the case shows"), Example: "it: 回款 12 万, 超额"},
	{Key: "month", Name: lang.T("月份", "month"), Kind: lang.T("月份", "a month"), Default: lang.T("方案的起始月", "the plan's first month"), Help: lang.T("哪个月", "which month"), Example: "month: 2026-10"},
	{Key: "who", Name: lang.T("人", "who"), Kind: lang.T("花名册的栏目", "columns of the roster"), Default: lang.T("业务员, 正式, 全职, 入职多年, 不参保不计税", "an agent, regular, full-time, here for years, without insurance and tax"), Help: lang.T("什么人", "what person"), Example: "who: {role: agent, grade: 高级}"},
	{Key: "given", Name: lang.T("指标", "given"), Kind: lang.T("指标: 值", "measure: value"), Help: lang.T("直接给出的指标, 代替由数据数出的", "measures, in the place of counted ones"), Example: "given: {collected: 12万, score.monthly: 85}"},
	{Key: "rows", Name: lang.T("行", "rows"), Kind: lang.T("导出种类: 行的列表", "kind of export: a list of rows"), Help: lang.T("给出数据行, 走完归属和考勤", "rows, which pass crediting and attendance"), Example: "rows: {events: [{kind: dispute, level: leadership}]}"},
	{Key: "expect", Name: lang.T("应得", "expect"), Kind: lang.T("规则名或合计: 金额", "rule or total: money"), Help: lang.T("应算出的金额, 到分; 或 problem: 代码", "what must come out, to the cent; or problem: CODE"), Example: "expect: {commission: 5600.00, payable: 9600.00}"},
}

// totals are the names beside rules that a case may expect.
var totals = []string{"payable", "net", "gross", "deductions", "carried", "problem"}

// own are the lines that telepay itself posts.
var own = []string{"one_off", "minimum_wage", "reversal", "ruling"}

var parts = []string{"amount", "nominal", "limit", "carried"}

// caseReader reads the cases of one plan.
type caseReader struct {
	*yamldoc.Reader
	Bench
}

// ReadCases reads plan_test.yaml. Cases with a problem are not to be run.
func (b Bench) ReadCases(file string, data []byte) ([]Case, []diag.Problem) {
	root, problems := yamldoc.Parse(file, data)
	if root == nil || len(problems) > 0 {
		return nil, problems
	}
	r := &caseReader{&yamldoc.Reader{}, b}
	if root.Kind != yamldoc.List {
		r.WantShape(root, lang.T("例子的列表: 每个以 - it: 开头", "a list of cases, each beginning with - it:"))
		return nil, r.Problems.All()
	}
	var out []Case
	for _, n := range root.Items {
		out = append(out, r.read(n))
	}
	return out, r.Problems.All()
}

func (r *caseReader) read(n *yamldoc.Node) Case {
	catalogue.Check(r.Reader, n, CaseFields)
	c := Case{It: r.Text(n.Get("it")), Node: n}
	c.Trial.Month = r.month(n.Get("month"))
	c.Trial.house = r.Plan.Crediting.House
	c.Trial.Who = r.who(n.Get("who"))
	c.Trial.Values = r.figures(n.Get("given"))
	r.rows(n.Get("rows"), &c.Trial)
	c.Expect = r.expect(n)
	return c
}

func (r *caseReader) month(n *yamldoc.Node) period.Month {
	if n == nil {
		return r.Plan.Since
	}
	m, err := period.ParseMonth(r.Word(n))
	if err != nil {
		r.Bad(n, "month", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2026-07 这样的月份", "a month such as 2026-07"), lang.Text{})
		return r.Plan.Since
	}
	if !r.Plan.Covers(m) {
		r.Bad(n, "month", lang.F("%s 不在方案 %s 的期间", "%s, in which the plan %s does not hold", m.String(), r.Plan.Name), lang.F("%s 到 %s", "%s to %s", r.Plan.Since.String(), r.Plan.Until.String()), lang.Text{})
	}
	return m
}

// columns of the roster that a case may name.
var columns = []string{"id", "team", "site", "region", "leader", "role", "grade", "status", "employment", "base", "hire", "leave", "insurance_base", "fund_base", "additional", "tax"}

func (r *caseReader) who(n *yamldoc.Node) record.Person {
	p := person("T1", usual())
	if n == nil {
		return p
	}
	if n.Kind != yamldoc.Map {
		r.WantShape(n, CaseFields[2].Kind)
		return p
	}
	st := &p.Spans[0]
	words := map[string]*string{"team": &st.Team, "site": &st.Site, "region": &st.Region, "leader": &st.Leader, "role": &st.Role, "grade": &st.Grade, "status": &st.Status, "employment": &st.Employment, "id": &p.ID, "tax": &p.Tax}
	known := columns
	for c := range r.Plan.Words.Columns {
		known = append(known, c)
	}
	slices.Sort(known)
	for _, e := range n.Entries {
		key := e.Key.Text
		_, column := r.Plan.Words.Columns[key]
		switch {
		case words[key] != nil:
			*words[key] = r.Word(e.Value)
		case key == "base":
			st.Base, st.HasBase = r.money(e.Value), true
		case key == "insurance_base":
			st.Insured.Insurance, st.Insured.InsuranceBase = "", r.base(e.Value)
		case key == "fund_base":
			st.Insured.Fund, st.Insured.FundBase = "", r.base(e.Value)
		case key == "additional":
			st.Insured.Additional = r.base(e.Value)
		case key == "hire":
			p.Hire = r.day(e.Value)
			st.Since = p.Hire
		case key == "leave":
			p.Leave = r.day(e.Value)
		case column:
			st.Fields[key] = r.Word(e.Value)
		default:
			r.UnknownKey(e.Key, n.Path, known)
		}
	}
	return p
}

func (r *caseReader) base(n *yamldoc.Node) *money.Decimal {
	d := r.money(n)
	return &d
}

// figures reads measures with their values, each of the measure's own unit.
func (r *caseReader) figures(n *yamldoc.Node) map[string]expr.Value {
	out := map[string]expr.Value{}
	if n == nil {
		return out
	}
	if n.Kind != yamldoc.Map {
		r.WantShape(n, CaseFields[3].Kind)
		return out
	}
	voc := r.Plan.Everywhere()
	for _, e := range n.Entries {
		d, ok := voc.Find(e.Key.Text)
		if !ok && r.placeOfWeeks(e.Key.Text) {
			d, ok = expr.Def{Type: expr.Type{Kind: expr.Number, Unit: expr.Count}}, true
		}
		if !ok {
			r.Bad(e.Key, "unknown-measure", lang.F("%s 里的 %s", "%[2]s in %[1]s", n.Path, e.Key.Text), lang.T("一个指标", "a measure"), lang.Same(diag.Nearest(e.Key.Text, voc.All())))
			continue
		}
		out[e.Key.Text] = r.figure(e.Value, d)
	}
	return out
}

// placeOfWeeks tells whether a name is the place on a board of weeks. No formula may
// name it, since a month has several; a case gives it for all of them.
func (r *caseReader) placeOfWeeks(name string) bool {
	board, ok := strings.CutPrefix(name, "place.")
	return ok && slices.ContainsFunc(r.Plan.Measures.Boards, func(b kpi.Board) bool { return b.Name == board && b.Each == "week" })
}

func (r *caseReader) figure(n *yamldoc.Node, d expr.Def) expr.Value {
	text := r.Word(n)
	switch {
	case text == "none":
		return expr.None
	case d.Type.Kind == expr.Word:
		return expr.TextOf(text)
	case d.Type.Kind == expr.YesNo:
		return expr.Truth(text == "true")
	}
	v, unit, fault := expr.Literal(text)
	switch {
	case fault != nil:
		r.Problems.Add(n.ProblemAt(fault.At, fault.Code, lang.F("%s: %s", "%s: %s", n.Path, fault.Found), d.Type.Describe(), lang.Text{}))
	case unit != d.Type.Unit && unit != expr.Plain, unit == expr.Plain && (d.Type.Unit == expr.Percent || d.Type.Unit == expr.Time):
		r.Bad(n, "units", lang.F("%s: %s", "%s: %s", n.Path, text), d.Type.Describe(), lang.Text{})
	}
	return expr.NumberOf(v)
}

func (r *caseReader) expect(c *yamldoc.Node) []Expect {
	n := c.Get("expect")
	if n == nil || n.Kind != yamldoc.Map || len(n.Entries) == 0 {
		at := n
		if at == nil {
			at = c
		}
		r.Bad(at, "missing-key", lang.T("例子没有 expect", "a case without expect"), lang.T("应算出什么", "what must come out"), lang.Same("expect: {commission: 5600.00}"))
		return nil
	}
	var names []string
	for _, x := range r.Plan.Rules {
		names = append(names, x.Name)
	}
	names = append(append(names, own...), totals...)
	var out []Expect
	for _, e := range n.Entries {
		name := e.Key.Text
		switch {
		case !slices.Contains(names, name):
			r.Bad(e.Key, "unknown-rule", lang.F("%s 里的 %s", "%[2]s in %[1]s", n.Path, name), lang.F("方案的规则, 或 %s", "a rule of the plan, or %s", strings.Join(totals, ", ")), lang.Same(diag.Nearest(name, names)))
		case name == "problem":
			out = append(out, Expect{Node: e.Value, Name: name, Code: r.code(e.Value)})
		case e.Value.Kind == yamldoc.Map:
			r.Known(e.Value, parts...)
			for _, p := range e.Value.Entries {
				out = append(out, Expect{Node: p.Value, Name: name, Part: p.Key.Text, Want: r.money(p.Value)})
			}
		default:
			out = append(out, Expect{Node: e.Value, Name: name, Part: "amount", Want: r.money(e.Value)})
		}
	}
	return out
}

// code reads the code of a problem.
func (r *caseReader) code(n *yamldoc.Node) string {
	var known []string
	for _, c := range diag.Codes {
		known = append(known, c.Code)
	}
	code := r.Word(n)
	if !slices.Contains(known, code) {
		r.Bad(n, "unknown-word", lang.F("%s: %s", "%s: %s", n.Path, code), lang.T("一个错误代码 (telepay help errors)", "the code of an error (telepay help errors)"), lang.Same(diag.Nearest(code, known)))
	}
	return code
}

// money reads an amount: 5600.00, −1200, 12万, to the cent.
func (r *caseReader) money(n *yamldoc.Node) money.Decimal {
	v, unit, fault := expr.Literal(r.Word(n))
	if fault != nil || unit != expr.Plain {
		r.Bad(n, "amount-unit", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("金额", "money"), lang.Text{})
		return money.Zero
	}
	d := v.Round(2, money.HalfUp)
	if v.Cmp(money.Of(d)) != 0 {
		r.Bad(n, "too-many-places", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("到分的金额", "money to the cent"), lang.Same(d.Fixed(2)))
	}
	return d
}

func (r *caseReader) day(n *yamldoc.Node) period.Day {
	d, err := period.ParseDay(r.Word(n))
	if err != nil {
		r.Bad(n, "date", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2026-10-01 这样的日期", "a date such as 2026-10-01"), lang.Text{})
	}
	return d
}
