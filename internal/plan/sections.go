package plan

import (
	"slices"
	"strings"

	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/rule"
	"telepay/internal/statutory"
	"telepay/kpi"
	"telepay/penalties"
)

// Shape says what stands under a section's key.
const (
	One   = "one"   // the keys of its fields
	Named = "named" // names of the company's own, each with the keys of its fields
	Rules = "rules" // names of rules
)

// Section is a part of the plan as the reader knows it: one list feeds the
// reference, the schema and the explanation.
type Section struct {
	catalogue.Section
	Shape string
}

var (
	textKind  = lang.T("文字", "text")
	monthKind = lang.T("月份", "a month")
)

// Head is the table of the keys that stand alone at the top of a plan.
var Head = []catalogue.Field{
	{Key: "plan", Name: lang.T("方案", "plan"), Kind: textKind, Help: lang.T("方案名, 印在工资单上", "the plan's name, as printed"), Example: "plan: 华信电销 2026"},
	{Key: "since", Name: lang.T("起", "since"), Kind: monthKind, Help: lang.T("第一个月, 含", "first month, in"), Example: "since: 2026-01"},
	{Key: "until", Name: lang.T("止", "until"), Kind: monthKind, Default: lang.T("没有截止", "no end"), Help: lang.T("最后一个月, 含", "last month, in"), Example: "until: 2026-12"},
	{Key: "approval", Name: lang.T("程序", "approval"), Kind: lang.Same("{discussed: 2025-12-10, announced: 2025-12-22, signed: 2025-12-30, filed: HX-2025-041, review_by: 2026-12-01}"), Help: lang.T("何时讨论、公示 (《劳动合同法》第四条)、签收, 备案号, 何时复核", "when it was discussed and announced (Labour Contract Law, art. 4) and signed, its filing reference, when to look at it again"), Example: "approval: {discussed: 2025-12-10, announced: 2025-12-22, signed: 2025-12-30, filed: HX-2025-041, review_by: 2026-12-01}"},
}

var targetFields = []catalogue.Field{
	{Key: "KPI", Name: lang.T("指标", "KPI"), Kind: lang.T("数、档位, 或 {per workday: 数}", "a value, steps, or {per workday: value}"), Help: lang.T("任务; 任务表里的优先", "the target; one in the targets export wins"), Example: "collected: {by grade: {初级: 6万, 中级: 8万}}"},
}

var protectionFields = []catalogue.Field{
	{Key: "discipline", Name: lang.T("纪律类扣款", "discipline"), Kind: lang.T("一个词", "a word"), Range: lang.Same("apply, report_only"), Default: lang.T("按法域的规定", "as the jurisdiction says"), Help: lang.T("apply 在法定限额内扣; report_only 只列出", "apply: taken within the legal limit; report_only: shown only"), Example: "discipline: apply"},
	{Key: "loss", Name: lang.T("赔偿损失", "loss"), Kind: lang.T("一个词", "a word"), Range: lang.Same("apply, report_only"), Default: lang.T("按法域的规定", "as the jurisdiction says"), Help: lang.T("同上, 对赔偿损失的扣款", "the same for compensation of a loss"), Example: "loss: apply"},
}

var roundingFields = []catalogue.Field{
	{Key: "net", Name: lang.T("实发", "net"), Kind: lang.T("一个词", "a word"), Range: lang.Same("yuan"), Default: lang.T("到分", "to the fen"), Help: lang.T("yuan: 发整元, 尾差作为一行结转下月", "yuan: whole yuan are paid, the fen go to next month as a line"), Example: "net: yuan"},
}

// Sections returns the parts of a plan in the order in which one reads it.
func Sections() []Section {
	s := func(key, shape, zh, en string, fields []catalogue.Field) Section {
		return Section{catalogue.Section{Key: key, Title: lang.T(zh, en), Fields: fields}, shape}
	}
	return []Section{
		s("attendance", One, "考勤", "Attendance", attendance.Fields),
		s("kpis", Named, "指标", "KPIs", kpi.Fields),
		s("targets", One, "任务", "Targets", targetFields),
		s("scorecards", Named, "绩效表", "Scorecards", kpi.CardFields),
		s("crediting", One, "业绩归属", "Whose money is whose", crediting.Fields),
		s("earnings", Rules, "收入", "Earnings", rule.Frame),
		s("deductions", Rules, "扣款", "Deductions", rule.Frame),
		s("protections", One, "保护", "Protections", protectionFields),
		s("discipline", One, "奖惩阶梯", "Discipline", penalties.DisciplineFields),
		s("statutory", One, "社保、公积金、个税", "Insurance, fund, tax", statutory.Fields),
		s("rounding", One, "取整", "Rounding", roundingFields),
		s("rankings", Named, "排名", "Rankings", kpi.BoardFields),
	}
}

// Keys returns every key that may stand at the top of a plan.
func Keys() []string {
	keys := catalogue.Keys(Head)
	for _, s := range Sections() {
		keys = append(keys, s.Key)
	}
	return keys
}

// Everywhere returns what a formula of this plan may name wherever it stands:
// measures, columns of a person, fields of rows. It serves to say a formula in words.
func (p *Plan) Everywhere() expr.Vocabulary {
	month := p.vocabulary("")
	rows := append([]string{"credit", "release"}, Eaches()...)
	return expr.Vocabulary{All: month.All, Find: func(name string) (expr.Def, bool) {
		if d, ok := month.Find(name); ok {
			if _, of, cut := strings.Cut(name, "earned."); cut && p.Rule(of) != nil {
				d.Title = p.Rule(of).Title
			}
			return d, true
		}
		for _, row := range rows {
			for _, f := range p.RowFields(row) {
				if f.Name == name {
					return f, true
				}
			}
		}
		return expr.Def{}, false
	}}
}

// Used returns the names of the KPIs that the plan's rules, targets, scorecards and
// boards read, in order.
func (p *Plan) Used() []string {
	var out []string
	for _, name := range p.paying() {
		if of := kpi.NameOf(name); p.KPIs.ByName[of] != nil {
			out = append(out, of)
		}
	}
	for name := range p.Measures.Targets {
		out = append(out, name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
