// Package plan reads the pay plan: plan.yaml in, rules, KPIs and settings out,
// with every problem of the file at once. It computes nothing.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"telepay/commission"
	"telepay/internal/attendance"
	"telepay/internal/catalogue"
	"telepay/internal/crediting"
	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/rule"
	"telepay/internal/statement"
	"telepay/internal/statutory"
	"telepay/internal/yamldoc"
	"telepay/kpi"
	"telepay/penalties"
)

// Plan is a pay plan that has been read without a fault.
type Plan struct {
	Name        string
	Since       period.Month
	Until       period.Month
	Discussed   string
	Announced   string
	Filed       string
	Signed      string     // when agents signed the plan
	ReviewBy    period.Day // NoDay where the plan does not say
	Hash        string     // SHA-256 of the file
	Attendance  attendance.Settings
	Crediting   crediting.Settings
	Recover     *rule.Recover // how reversals are taken back; nil: all at once
	KPIs        *kpi.Set
	Measures    kpi.Plan
	Rules       []*rule.Rule // in the order of the file
	Ordered     []*rule.Rule // in the order of calculation
	Protections Protections
	Words       kpi.Words
	Statutory   statutory.Settings
	Rounding    string              // yuan, or empty: to the fen
	Ladder      *penalties.Ladder   // nil: the plan has none
	Settings    []statement.Setting // defaults that were used
	Root        *yamldoc.Node       // the file itself, to be said in words
	Notes       []diag.Problem
}

// Protections is what the plan chose under the law.
type Protections struct {
	// Choice is apply or report_only for a class of deductions; none: as the jurisdiction says.
	Choice map[statement.Class]string
}

// Context is what the reader has to know of the project.
type Context struct {
	Columns map[string]expr.Kind // the roster's own columns
	Own     kpi.Own              // the company's own columns of its exports
}

// Read reads a plan. Where there are problems that stop, the plan is not to be used.
func Read(file string, data []byte, ctx Context) (*Plan, []diag.Problem) {
	root, problems := yamldoc.Parse(file, data)
	if root == nil || len(problems) > 0 {
		return nil, problems
	}
	r := &yamldoc.Reader{}
	sum := sha256.Sum256(data)
	p := &Plan{Root: root, ReviewBy: period.NoDay, Hash: hex.EncodeToString(sum[:])}
	r.Known(root, Keys()...)
	p.head(r, root)
	p.Attendance = attendance.Read(r, root.Get("attendance"))
	p.Crediting = crediting.Read(r, root.Get("crediting"))
	p.KPIs = kpi.ReadSet(r, root.Get("kpis"), ctx.Own)
	if p.KPIs.Circular() {
		return nil, r.Problems.All()
	}
	p.KPIs.ReadRenewal(root.Get("crediting").Get("registration").Get("renewed_by"))
	p.Words = words(r, root, ctx)
	voc := p.KPIs.Measures(p.Words)
	if n := root.Get("crediting").Get("recover"); n != nil {
		p.Recover = rule.ReadRecover(r, n, voc)
	}
	p.Measures = kpi.Plan{
		Targets: kpi.ReadTargets(r, root.Get("targets"), p.KPIs, voc),
		Cards:   kpi.ReadCards(r, root.Get("scorecards"), p.KPIs, p.Words),
		Boards:  kpi.ReadBoards(r, root.Get("rankings"), p.KPIs, p.Words),
	}
	p.rules(r, root)
	p.protections(r, root.Get("protections"))
	p.Statutory = statutory.Read(r, root.Get("statutory"))
	p.rounding(r, root.Get("rounding"))
	p.Ladder = penalties.ReadLadder(r, root.Get("discipline"))
	p.KPIs.CheckQueries()
	p.Ordered = inOrder(r, p.Rules)
	p.checkPaying(r)
	p.chargedTwice(r)
	p.unfiled(r)
	p.spans(r)
	p.settings(root)
	return p, r.Problems.All()
}

// Unread stands for a plan that cannot be read: the shipped KPIs and settings,
// with which the rest of a project can still be checked.
func Unread() *Plan {
	r := &yamldoc.Reader{}
	return &Plan{Attendance: attendance.Read(r, nil), Crediting: crediting.Read(r, nil), KPIs: kpi.ReadSet(r, nil, kpi.Own{})}
}

func (p *Plan) head(r *yamldoc.Reader, root *yamldoc.Node) {
	p.Name = r.Word(root.Get("plan"))
	if p.Name == "" {
		r.Bad(root, "missing-key", lang.T("没有 plan (方案名)", "no plan (its name)"), lang.T("方案名", "the plan's name"), lang.Same("plan: 华信电销 2026"))
	}
	p.Since, p.Until = month(r, root, "since"), month(r, root, "until")
	if p.Since == 0 {
		r.Bad(root, "missing-key", lang.T("没有 since (起始月)", "no since (first month)"), lang.T("方案从哪个月起", "the month the plan starts in"), lang.Same("since: 2026-01"))
	}
	if p.Until != 0 && p.Until < p.Since {
		r.Bad(root.Get("until"), "since-order", lang.F("until: %s 早于 since: %s", "until: %s, before since: %s", p.Until.String(), p.Since.String()), lang.T("截止月不早于起始月", "a last month not before the first"), lang.Text{})
	}
	if a := root.Get("approval"); a != nil {
		r.Known(a, "discussed", "announced", "filed", "signed", "review_by")
		p.Discussed, p.Announced, p.Filed, p.Signed = r.Word(a.Get("discussed")), r.Word(a.Get("announced")), r.Word(a.Get("filed")), r.Word(a.Get("signed"))
		p.ReviewBy = day(r, a.Get("review_by"))
	}
	p.approved(r, root)
}

// approved notes which of the dates are missing by which a plan binds: discussed
// with staff and announced (Labour Contract Law, art. 4), and signed by them.
func (p *Plan) approved(r *yamldoc.Reader, root *yamldoc.Node) {
	var missing []string
	for _, x := range []struct{ key, have string }{{"discussed", p.Discussed}, {"announced", p.Announced}, {"signed", p.Signed}} {
		if x.have == "" {
			missing = append(missing, x.key)
		}
	}
	if len(missing) == 0 {
		return
	}
	n := root.Problem("approval-missing", lang.F("approval 里没有 %s", "no %s in approval", strings.Join(missing, ", ")),
		lang.T("讨论、公示的日期 (《劳动合同法》第四条) 和员工签收的日期 (由用人单位举证)", "the dates of discussion and announcement (Labour Contract Law, art. 4), and of signature by staff, which the employer has to prove"),
		lang.Same("approval: {discussed: 2025-12-10, announced: 2025-12-22, signed: 2025-12-30}"))
	n.Reach = diag.Note
	r.Problems.Add(n)
}

func day(r *yamldoc.Reader, n *yamldoc.Node) period.Day {
	if n == nil {
		return period.NoDay
	}
	d, err := period.ParseDay(r.Word(n))
	if err != nil {
		r.Bad(n, "date", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2026-10-31 这样的日期", "a date such as 2026-10-31"), lang.Text{})
	}
	return d
}

func month(r *yamldoc.Reader, root *yamldoc.Node, key string) period.Month {
	n := root.Get(key)
	if n == nil {
		return 0
	}
	m, err := period.ParseMonth(r.Word(n))
	if err != nil {
		r.Bad(n, "month", lang.F("%s: %s", "%s: %s", key, n.Text), lang.T("2026-07 这样的月份", "a month such as 2026-07"), lang.Text{})
	}
	return m
}

// words gathers the names that the plan itself adds to the vocabulary.
func words(r *yamldoc.Reader, root *yamldoc.Node, ctx Context) kpi.Words {
	w := kpi.Words{Columns: ctx.Columns, Cards: kpi.CardNames(root.Get("scorecards"))}
	if n := root.Get("rankings"); n != nil {
		for _, e := range n.Entries {
			if each := e.Value.Get("each"); each == nil || each.Text != "week" {
				w.Boards = append(w.Boards, e.Key.Text)
			}
		}
	}
	at := map[string]*yamldoc.Node{}
	for _, section := range []string{"earnings", "deductions"} {
		n := root.Get(section)
		if n == nil {
			continue
		}
		for _, e := range n.Entries {
			if first, again := at[e.Key.Text]; again {
				p := e.Key.Problem("name-twice", lang.F("%s 在 %s 里又出现", "%s again in %s", e.Key.Text, section), lang.T("每条规则一个名字", "a name of its own"), lang.Text{})
				p.See = []diag.Pos{first.Pos()}
				r.Problems.Add(p)
				continue
			}
			at[e.Key.Text] = e.Key
			w.Rules = append(w.Rules, e.Key.Text)
		}
	}
	return w
}

func (p *Plan) rules(r *yamldoc.Reader, root *yamldoc.Node) {
	sections := []struct {
		key     string
		kinds   map[string]*rule.Kind
		shipped map[string]catalogue.Definition
	}{
		{"earnings", commission.Kinds(), commission.Shipped()},
		{"deductions", penalties.Kinds(), penalties.Shipped()},
	}
	var boards []string
	for i := range p.Measures.Boards {
		boards = append(boards, p.Measures.Boards[i].Name)
	}
	for _, s := range sections {
		n := root.Get(s.key)
		if n == nil {
			continue
		}
		if n.Kind != yamldoc.Map {
			r.WantShape(n, lang.T("规则名: {…}", "name of a rule: {…}"))
			continue
		}
		ctx := rule.Context{Section: s.key, Kinds: s.kinds, Shipped: s.shipped, Voc: p.vocabulary, Boards: boards, Eaches: Eaches(),
			Since: p.Since, Until: p.Until, Credits: p.KPIs.OfCredits, ToDate: kpi.ToDate}
		for _, e := range n.Entries {
			if x := rule.Read(r, e.Value, ctx); x != nil {
				p.Rules = append(p.Rules, x)
			}
		}
	}
	if len(p.Rules) == 0 {
		r.Bad(root, "missing-key", lang.T("没有 earnings", "no earnings"), lang.T("至少一条规则", "at least one rule"), lang.Same("earnings: {base: {amount: 3000}}"))
	}
}

func (p *Plan) protections(r *yamldoc.Reader, n *yamldoc.Node) {
	p.Protections.Choice = map[statement.Class]string{}
	if n == nil {
		return
	}
	r.Known(n, "discipline", "loss")
	for _, class := range []statement.Class{statement.Discipline, statement.Loss} {
		if c := r.OneOf(n.Get(string(class)), "apply", "report_only"); c != "" {
			p.Protections.Choice[class] = c
		}
	}
}

func (p *Plan) rounding(r *yamldoc.Reader, n *yamldoc.Node) {
	if n == nil {
		return
	}
	r.Known(n, "net")
	p.Rounding = r.OneOf(n.Get("net"), "yuan")
}

// Rule returns the rule of a name, nil where there is none.
func (p *Plan) Rule(name string) *rule.Rule {
	for _, x := range p.Rules {
		if x.Name == name {
			return x
		}
	}
	return nil
}

// Covers tells whether the plan holds in a month.
func (p *Plan) Covers(m period.Month) bool {
	return m >= p.Since && (p.Until == 0 || m <= p.Until)
}
