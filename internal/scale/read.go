package scale

import (
	"regexp"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Want is what a scale has to yield.
type Want uint8

const (
	Rate   Want = iota // a percentage
	Amount             // money
	Factor             // a plain number or a percentage
	Points             // a score
	Grade              // a word
	Time               // a time
)

// Spec says how a scale is read.
type Spec struct {
	Want     Want
	Voc      expr.Vocabulary
	Rated    expr.Type // of what bounds without a measure are bounds of
	HasRated bool
	Slices   bool     // whether what is rated may be cut, so that mode must be written
	OfNames  []string // names of what is rated: bounds by these are bounds of it
}

// Read reads a scale at n. Problems go to r; the result is then not to be used.
func Read(r *yamldoc.Reader, n *yamldoc.Node, spec Spec) *Scale {
	rd := reader{r, spec}
	return rd.read(n)
}

type reader struct {
	*yamldoc.Reader
	Spec
}

func (r reader) read(n *yamldoc.Node) *Scale {
	s := &Scale{Node: n}
	switch n.Kind {
	case yamldoc.Scalar:
		r.leaf(n, s)
	case yamldoc.Map:
		if !r.empty(n) {
			r.table(n, s)
		}
	default:
		r.WantShape(n, lang.T("一个值, 或以 by、from、above、since 开头的档位", "a value, or steps that begin with by, from, above or since"))
	}
	return s
}

// empty refuses a group without a step: it would quietly be 0 for everybody.
func (r reader) empty(n *yamldoc.Node) bool {
	for _, e := range n.Entries {
		if e.Key.Text != "mode" {
			return false
		}
	}
	r.Bad(n, "scale-shape", lang.F("%s 里一档也没有", "no step in %s", n.Path), lang.T("至少一档, 如 from 0: 3%", "at least one step, as in from 0: 3%"), lang.Text{})
	return true
}

func (r reader) leaf(n *yamldoc.Node, s *Scale) {
	if n.Text == "none" {
		s.Ended = true
		return
	}
	if r.Want == Grade {
		s.Word = n.Text
		return
	}
	f, fault := expr.Compile(n.Text, r.Voc)
	if fault != nil {
		r.fault(n, fault)
		return
	}
	if r.fits(n, f) {
		s.Leaf = f
	}
}

func (r reader) fault(n *yamldoc.Node, f *expr.Fault) {
	r.Problems.Add(n.ProblemAt(f.At, f.Code, lang.F("%s: %s", "%s: %s", lang.Same(n.Path), f.Found), f.Want, f.Mend))
}

// fits checks the unit of a value: a rate has its %, money has none.
func (r reader) fits(n *yamldoc.Node, f *expr.Formula) bool {
	t := f.Type()
	found := lang.F("%s: %s", "%s: %s", n.Path, n.Text)
	switch {
	case t.Kind != expr.Number:
		r.Bad(n, "kinds", found, lang.T("一个数", "a number"), lang.Text{})
	case r.Want == Rate && t.Unit != expr.Percent:
		r.Bad(n, "rate-unit", found, lang.T("百分比", "a percentage"), rateMend(n.Text))
	case r.Want == Amount && t.Unit == expr.Time:
		r.Bad(n, "amount-unit", found, lang.T("金额", "money"), lang.Text{})
	case r.Want == Amount && t.Unit == expr.Percent:
		r.Bad(n, "amount-unit", found, lang.T("金额", "money"), lang.F("%s * base, 或写 of: base 和 rate: %s", "%s * base, or of: base with rate: %s", n.Text, n.Text))
	case r.Want == Time && t.Unit != expr.Time:
		r.Bad(n, "units", found, lang.T("时长, 如 60s 或 2h", "a time such as 60s or 2h"), lang.Text{})
	case r.Want == Points && t.Unit == expr.Time, r.Want == Factor && (t.Unit == expr.Time || t.Unit == expr.Money):
		r.Bad(n, "kinds", found, lang.T("一个系数或分数", "a factor or a score"), shareOf(n.Text))
	default:
		return true
	}
	return false
}

// shareOf mends money ÷ a bare number where a share of that money is meant.
func shareOf(text string) lang.Text {
	of, by, cut := strings.Cut(text, "/")
	if by = strings.TrimSpace(by); !cut || !bareNumber.MatchString(by) {
		return lang.Text{}
	}
	return lang.Same(strings.TrimSpace(of) + " / " + by + "元")
}

var bareNumber = regexp.MustCompile(`^[0-9.]+万?$`)

func rateMend(text string) lang.Text {
	if _, err := money.Parse(text); err != nil {
		return lang.T("写成百分比, 如 5%; 若是金额, 用 amount", "write a percentage such as 5%; money is written as amount")
	}
	return lang.F("%s%% (百分之 %s) 或 %s‰ (千分之 %s)", "%s%% (%s of 100) or %s‰ (%s of 1000)", text, text, text, text)
}

// table reads a map: by, since, or bounds.
func (r reader) table(n *yamldoc.Node, s *Scale) {
	for _, e := range n.Entries {
		word, _, _ := strings.Cut(e.Key.Text, " ")
		switch word {
		case "by":
			if len(n.Entries) > 1 {
				r.Bad(e.Key, "scale-shape", lang.F("%s 旁边还有别的键", "%s beside other keys", e.Key.Text), lang.T("by 单独一组", "by alone in its group"), lang.Text{})
				return
			}
			r.by(e, s)
			return
		case "since":
			r.since(n, s)
			return
		}
	}
	r.steps(n, s, expr.Def{})
}

func (r reader) since(n *yamldoc.Node, s *Scale) {
	inner := r
	for _, e := range n.Entries {
		text, ok := strings.CutPrefix(e.Key.Text, "since ")
		m, err := period.ParseMonth(strings.TrimSpace(text))
		if !ok || err != nil {
			r.Bad(e.Key, "since", lang.Same(e.Key.Text), lang.T("since 2026-07 这样的起始月", "a month to start from, as since 2026-07"), lang.Text{})
			continue
		}
		if e.Value.Kind == yamldoc.Map && len(e.Value.Entries) > 0 {
			key := e.Value.Entries[0].Key
			r.Bad(key, "nesting", lang.F("%s 写在 %s 里面", "%s inside %s", key.Text, e.Key.Text), lang.T("月份写在最里面", "the month innermost"), lang.Text{})
			continue
		}
		if k := len(s.Dated); k > 0 && s.Dated[k-1].Since >= m {
			r.Bad(e.Key, "since-order", lang.F("%s 在 %s 之后", "%s after %s", e.Key.Text, s.Dated[k-1].Since), lang.T("月份从早到晚", "months that rise"), lang.Text{})
			continue
		}
		s.Dated = append(s.Dated, Dated{m, inner.read(e.Value)})
	}
}

// by reads a lookup by fields, or bounds of a named measure, or a two-way table.
func (r reader) by(e yamldoc.Entry, s *Scale) {
	var defs []expr.Def
	for _, name := range strings.Split(strings.TrimPrefix(e.Key.Text, "by"), ",") {
		f, fault := expr.Compile(strings.TrimSpace(name), r.Voc)
		if fault != nil {
			r.fault(e.Key, fault)
			return
		}
		if f.Root.Op != expr.OpName {
			r.Bad(e.Key, "scale-shape", lang.Same(e.Key.Text), lang.T("by 后面写栏目或指标的名称", "names of fields or measures after by"), lang.Text{})
			return
		}
		defs = append(defs, f.Root.Def)
	}
	if e.Value.Kind != yamldoc.Map {
		r.WantShape(e.Value, lang.T("一组档位", "a group of steps or keys"))
		return
	}
	if r.empty(e.Value) {
		return
	}
	switch {
	case defs[0].Type.Kind == expr.Word:
		r.keys(e.Value, s, defs)
	case len(defs) == 1:
		if r.isRated(defs[0].Name) {
			r.steps(e.Value, s, expr.Def{})
			return
		}
		r.steps(e.Value, s, defs[0])
		if s.Steps != nil {
			s.Steps.OfAttainment = r.ofAttainment(defs[0].Name)
		}
	case len(defs) == 2 && defs[1].Type.Kind == expr.Number:
		r.grid(e.Value, s, defs[0], defs[1])
	default:
		r.Bad(e.Key, "scale-shape", lang.Same(e.Key.Text), lang.T("几个栏目, 或两个指标", "several fields, or two measures"), lang.Text{})
	}
}

func (r reader) isRated(name string) bool {
	for _, of := range r.OfNames {
		if of == name {
			return true
		}
	}
	return false
}

func (r reader) ofAttainment(name string) bool {
	of, ok := strings.CutPrefix(name, "attainment.")
	return ok && r.isRated(of)
}

func (r reader) keys(n *yamldoc.Node, s *Scale, fields []expr.Def) {
	s.Keys = &Keys{Fields: fields}
	for _, e := range n.Entries {
		values := strings.Split(strings.ReplaceAll(e.Key.Text, "，", ","), ",")
		for i := range values {
			values[i] = strings.TrimSpace(values[i])
		}
		if len(values) != len(fields) {
			r.Bad(e.Key, "scale-shape", lang.Same(e.Key.Text), lang.F("%s 个值, 每个栏目一个", "%s, one for each field", lang.Count(len(fields), "value", "values")), lang.Text{})
			continue
		}
		s.Keys.Cases = append(s.Keys.Cases, Case{values, r.read(e.Value)})
	}
	r.ties(n, s.Keys)
}

// ties refuses two cases that fit one row equally well, unless a fuller one fits it too.
func (r reader) ties(n *yamldoc.Node, k *Keys) {
	for i, a := range k.Cases {
		for j := i + 1; j < len(k.Cases); j++ {
			both, ok := meet(a.Values, k.Cases[j].Values)
			if !ok || named(a.Values) != named(k.Cases[j].Values) || k.decides(both, i, j) {
				continue
			}
			p := n.Entries[j].Key.Problem("lookup-tie", lang.F("%q 和 %q 都适合 %s", "%q and %q, both fit %s", strings.Join(a.Values, ", "), strings.Join(k.Cases[j].Values, ", "), strings.Join(both, ", ")),
				lang.T("只有一个胜出", "one winner"), lang.F("加一行 %q", "add %q", strings.Join(both, ", ")))
			p.See = []diag.Pos{n.Entries[i].Key.Pos()}
			r.Problems.Add(p)
		}
	}
}

func meet(a, b []string) ([]string, bool) {
	out := make([]string, len(a))
	for i := range a {
		switch {
		case a[i] == b[i] || b[i] == Any:
			out[i] = a[i]
		case a[i] == Any:
			out[i] = b[i]
		default:
			return nil, false
		}
	}
	return out, true
}

func named(values []string) int {
	n := 0
	for _, v := range values {
		if v != Any {
			n++
		}
	}
	return n
}

// decides tells whether a case other than i and j is exactly values.
func (k *Keys) decides(values []string, i, j int) bool {
	for at, c := range k.Cases {
		if at != i && at != j && strings.Join(c.Values, ",") == strings.Join(values, ",") {
			return true
		}
	}
	return false
}
