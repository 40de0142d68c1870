package kpi

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/scale"
	"telepay/internal/yamldoc"
)

// Match keeps rows that have a partner: a call about the same thing some days
// after (From 1) or before (To −1), or a number on one of the company's lists.
type Match struct {
	Calls    string // field of calls that has to be the same
	Deals    string // field of calls that has to be a deal's customer
	From, To int    // days after the row's own
	Where    *expr.Formula
	Numbers  string // field of calls that has to stand on the list
	List     string
}

// keyed are the sources whose rows name somebody that calls may be about, with
// the first day that counts as after: a deal is signed in a call, a promise is
// kept on its day.
var keyed = map[string]int{"deals": 1, "followups": 0, "calls": 1}

func (s *Set) match(k *KPI, n *yamldoc.Node) *Match {
	if n == nil {
		return nil
	}
	s.r.Known(n, "calls", "deals", "within", "before", "where", "numbers", "list")
	calls, _ := s.source("calls")
	m := &Match{Calls: s.r.Word(n.Get("calls")), Deals: s.r.Word(n.Get("deals")), Numbers: s.r.Word(n.Get("numbers")), List: s.r.Word(n.Get("list")), Where: s.condition(n.Get("where"), calls)}
	for _, field := range []string{m.Calls, m.Deals, m.Numbers} {
		if field != "" && !slices.Contains(calls.words(), field) {
			s.r.Bad(n, "unknown-measure", lang.F("KPI %s 的 match: 栏目 %s", "match of KPI %s: field %s", k.Name, field), lang.F("calls 的文字栏目之一: %s", "a text of calls: %s", strings.Join(calls.words(), ", ")), declare("calls", field, lang.Text{}))
			return nil
		}
	}
	first, ok := keyed[k.Of]
	switch {
	case !ok, !m.one(), m.Calls == "" && k.Of != "calls", m.Numbers != "" && m.List == "", k.Of == "calls" && k.Op != "count":
		s.r.Bad(n, "shape", lang.F("KPI %s 的 match", "match of KPI %s", k.Name), lang.T("{calls: 栏目, within: 7d}, 用于 deals、followups 或计数的 calls; 或 {deals: 栏目, within: 7d}、{numbers: 栏目, list: 名单}, 用于计数的 calls",
			"{calls: FIELD, within: 7d} for deals, followups or a count of calls; {deals: FIELD, within: 7d} or {numbers: FIELD, list: LIST} for a count of calls"), lang.Text{})
	case m.Numbers != "":
	case n.Get("before") != nil && m.Calls != "" && k.Of == "calls":
		m.From, m.To = -s.days(n, "before", 1), -1
	default:
		m.From, m.To = first, s.days(n, "within", first)
	}
	return m
}

// one tells whether exactly one partner is named.
func (m *Match) one() bool {
	n := 0
	for _, field := range []string{m.Calls, m.Deals, m.Numbers} {
		if field != "" {
			n++
		}
	}
	return n == 1
}

// days reads a key such as within: 7d of a match.
func (s *Set) days(match *yamldoc.Node, key string, least int) int {
	text := s.r.Word(match.Get(key))
	days, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if err != nil || days < least {
		s.r.Bad(match, "lasts", lang.F("%s: {%s: %s}", "%s: {%s: %s}", match.Path, key, text), lang.F("%dd 以上的天数, 如 7d", "days from %dd on, such as 7d", least), lang.Text{})
	}
	return days
}

var beyond = regexp.MustCompile(`^nth > ([0-9]{1,4})$`)

// numbered reads per and having, which go together.
func (s *Set) numbered(k *KPI, ks keys) {
	per, having := ks.get("per"), ks.get("having")
	if per == nil && having == nil {
		return
	}
	calls, _ := s.source("calls")
	words, nth := s.r.Words(per), beyond.FindStringSubmatch(s.r.Word(having))
	if k.Of != "calls" || k.Op != "count" || len(words) != 2 || words[1] != "day" || nth == nil || !slices.Contains(calls.words(), words[0]) {
		s.r.Bad(k.Node, "shape", lang.F("KPI %s 的 per 和 having", "per and having of KPI %s", k.Name), lang.T("count: calls, per: [phone, day], having: nth > 3; 公式用 per: day", "count: calls, per: [phone, day], having: nth > 3; per: day for a formula"), lang.Text{})
		return
	}
	k.Group = words[0]
	k.Beyond, _ = strconv.ParseInt(nth[1], 10, 64)
}

// dayVocabulary is what a formula of one day may name: KPIs, and the part of the
// day that was worked.
func (s *Set) dayVocabulary() expr.Vocabulary {
	worked := def("day_worked", "当天出勤", "day worked", expr.Number, expr.Count)
	return expr.Vocabulary{
		Find: func(name string) (expr.Def, bool) {
			if k := s.get(name); k != nil {
				return expr.Def{Name: name, Title: k.Title, Type: k.Type}, true
			}
			return worked, name == worked.Name
		},
		All: func() []string { return append([]string{worked.Name}, s.Names...) },
	}
}

// times reads the factor of each row.
func (s *Set) times(k *KPI, n *yamldoc.Node, src source) {
	if n == nil {
		return
	}
	if k.Op != "sum" || k.Of != "deals" && k.Of != "credits" {
		s.r.Bad(n, "shape", lang.F("KPI %s 的 times", "times of KPI %s", k.Name), lang.T("只用于 of: deals 或 credits 的 sum", "a sum of deals or credits"), lang.Text{})
		return
	}
	k.Times = scale.Read(s.r, n, scale.Spec{Want: scale.Factor, Voc: src.vocabulary()})
}

// factor is what a row's number is multiplied by. A row that the table has no line
// for leaves the KPI without a base.
func (a *accumulator) factor(env expr.Env) money.Ratio {
	if a.kpi.Times == nil {
		return money.One
	}
	v, _, miss := a.kpi.Times.Value(scale.Context{Env: env, Month: a.month})
	if miss != nil || v.NoBase {
		a.none = true
	}
	return v.Num
}
