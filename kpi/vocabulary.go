package kpi

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"telepay/internal/attendance"
	"telepay/internal/expr"
	"telepay/internal/lang"
)

// A measure is [scope.][span.]name, as team.quarter_to_date.collected.
type measure struct {
	scope string
	span  string
	head  string // target, attainment, score, factor, grade, place, earned; empty for plain names
	name  string
}

var spanNames = map[string]lang.Text{
	"last_month": lang.T("上月", "last month's"), "last_year": lang.T("去年同月", "last year's"),
	"quarter_to_date": lang.T("本季累计", "quarter-to-date"), "year_to_date": lang.T("本年累计", "year-to-date"), "since_hire": lang.T("入职以来", "since hire"),
}

var scopeNames = map[string]lang.Text{
	"team": lang.T("团队", "team"), "members": lang.T("所带成员", "members'"), "level2": lang.T("二级成员", "second-level"),
	"site": lang.T("职场", "site"), "region": lang.T("大区", "region"), "company": lang.T("公司", "company"),
}

var lastMonths = regexp.MustCompile(`^last_(\d{1,2})_months$`)

func spanTitle(s string) (lang.Text, bool) {
	if t, ok := spanNames[s]; ok {
		return t, true
	}
	if m := lastMonths.FindStringSubmatch(s); m != nil {
		if n, _ := strconv.Atoi(m[1]); n >= 2 && n <= 12 {
			return lang.F("近 %d 月", "last %d months'", n), true
		}
	}
	return lang.Text{}, false
}

var heads = map[string]lang.Text{
	"target": lang.T("任务", "target"), "attainment": lang.T("完成率", "attainment"), "score": lang.T("得分", "score"),
	"factor": lang.T("系数", "factor"), "grade": lang.T("等级", "grade"), "place": lang.T("名次", "place"), "earned": lang.T("所得", "earned"),
}

func parseMeasure(text string) measure {
	parts := strings.Split(text, ".")
	var m measure
	if len(parts) > 1 {
		if _, ok := scopeNames[parts[0]]; ok {
			m.scope, parts = parts[0], parts[1:]
		}
	}
	if len(parts) > 1 {
		if _, ok := spanTitle(parts[0]); ok {
			m.span, parts = parts[0], parts[1:]
		}
	}
	if len(parts) > 1 {
		if _, ok := heads[parts[0]]; ok {
			m.head, parts = parts[0], parts[1:]
		}
	}
	m.name = strings.Join(parts, ".")
	return m
}

// special are the measures that are neither KPI nor attendance figure.
var special = []expr.Def{
	def("base", "合同底薪", "contract base", expr.Number, expr.Money),
	def("day_rate", "日薪", "day rate", expr.Number, expr.Money),
	def("hour_rate", "时薪", "hour rate", expr.Number, expr.Money),
	def("month_wage", "当月工资", "month's wage", expr.Number, expr.Money),
	def("headcount", "人数", "headcount", expr.Number, expr.Count),
	def("service_month", "入职第几个月", "month of service", expr.Number, expr.Count),
	def("quarter_ends", "季末月", "quarter ends", expr.YesNo, 0),
	def("year_ends", "年末月", "year ends", expr.YesNo, 0),
}

// PersonFields are the roster's columns that conditions on a person may name.
var PersonFields = []expr.Def{
	def("role", "角色", "role", expr.Word, 0), def("grade", "职级", "grade", expr.Word, 0), def("team", "团队", "team", expr.Word, 0),
	def("site", "职场", "site", expr.Word, 0), def("region", "大区", "region", expr.Word, 0), def("leader", "主管", "leader", expr.Word, 0),
	def("status", "状态", "status", expr.Word, 0), def("employment", "用工", "employment", expr.Word, 0),
}

func findIn(defs []expr.Def, name string) (expr.Def, bool) {
	for _, d := range defs {
		if d.Name == name {
			return d, true
		}
	}
	return expr.Def{}, false
}

// Words are the names that the rest of the plan adds to the vocabulary.
type Words struct {
	Rules   []string
	Cards   []string
	Boards  []string             // that give one place a month
	Columns map[string]expr.Kind // the roster's own columns
}

// Vocabulary returns the measures that KPI formulas may name.
func (s *Set) Vocabulary() expr.Vocabulary { return s.Measures(Words{}) }

// Measures returns every measure that a plan may name.
func (s *Set) Measures(w Words) expr.Vocabulary {
	return expr.Vocabulary{
		Find: func(name string) (expr.Def, bool) { return s.find(name, w) },
		All:  func() []string { return s.all(w) },
		Mend: func(name string) string { return cmp.Or(s.inOrder(name, w), s.titled(name)) },
	}
}

// titled finds the measure that is called so on paper: collected for 回款. It reads
// no KPI that is not read yet.
func (s *Set) titled(title string) string {
	is := func(t lang.Text) bool { return t.ZH == title || strings.EqualFold(t.EN, title) }
	for _, name := range s.Names {
		if k := s.ByName[name]; k != nil && is(k.Title) {
			return name
		}
	}
	for _, f := range attendance.Figures {
		if is(f.Title) {
			return f.Name
		}
	}
	return ""
}

// inOrder finds the measure whose words a name has in another order:
// team.attainment.collected for attainment.team.collected.
func (s *Set) inOrder(name string, w Words) string {
	words := strings.Split(name, ".")
	if len(words) > 4 {
		return ""
	}
	var try func(done, left []string) string
	try = func(done, left []string) string {
		if text := strings.Join(done, "."); len(left) == 0 && text != name {
			if _, ok := s.find(text, w); ok {
				return text
			}
		}
		for i := range left {
			rest := slices.Concat(left[:i], left[i+1:])
			if found := try(append(slices.Clone(done), left[i]), rest); found != "" {
				return found
			}
		}
		return ""
	}
	return try(nil, words)
}

func (s *Set) find(text string, w Words) (expr.Def, bool) {
	m := parseMeasure(text)
	d, ok := s.plain(m, w)
	if !ok {
		return expr.Def{}, false
	}
	d.Name = text
	if t, ok := spanTitle(m.span); ok {
		d.Title = lang.F("%s%s", "%s %s", t, d.Title)
	}
	if t, ok := scopeNames[m.scope]; ok {
		d.Title = lang.F("%s%s", "%s %s", t, d.Title)
	}
	return d, true
}

func (s *Set) plain(m measure, w Words) (expr.Def, bool) {
	switch m.head {
	case "":
		return s.bare(m, w)
	case "target", "attainment":
		k := s.get(m.name)
		if k == nil {
			return expr.Def{}, false
		}
		d := expr.Def{Title: lang.F("%s%s", "%s %s", k.Title, heads[m.head]), Type: k.Type}
		if m.head == "attainment" {
			d.Type.Unit = expr.Percent
		}
		return d, true
	case "score", "factor", "grade":
		d := expr.Def{Title: heads[m.head], Type: expr.Type{Kind: expr.Number}}
		if m.head == "grade" {
			d.Type = expr.Type{Kind: expr.Word}
		}
		return d, has(w.Cards, m.name)
	case "place":
		return expr.Def{Title: heads["place"], Type: expr.Type{Kind: expr.Number, Unit: expr.Count}}, has(w.Boards, m.name)
	}
	return expr.Def{Title: heads["earned"], Type: expr.Type{Kind: expr.Number, Unit: expr.Money}}, has(w.Rules, m.name)
}

func (s *Set) bare(m measure, w Words) (expr.Def, bool) {
	if k := s.get(m.name); k != nil {
		return expr.Def{Title: k.Title, Type: k.Type}, true
	}
	for _, f := range attendance.Figures {
		if f.Name == m.name {
			return expr.Def{Title: f.Title, Type: expr.Type{Kind: expr.Number, Unit: expr.Count}}, true
		}
	}
	if d, ok := findIn(special, m.name); ok {
		return d, true
	}
	if m.scope == "" && m.span == "" {
		if d, ok := findIn(PersonFields, m.name); ok {
			return d, true
		}
		if k, ok := w.Columns[m.name]; ok {
			return expr.Def{Title: lang.Same(m.name), Type: expr.Type{Kind: k}}, true
		}
	}
	return expr.Def{}, false
}

func has(ws []string, w string) bool {
	for _, x := range ws {
		if x == w {
			return true
		}
	}
	return false
}

// all lists the names without scope and span, for nearest-name hints and help.
func (s *Set) all(w Words) []string {
	names := append([]string(nil), s.Names...)
	for _, f := range attendance.Figures {
		names = append(names, f.Name)
	}
	for _, defs := range [][]expr.Def{special, PersonFields} {
		for _, d := range defs {
			names = append(names, d.Name)
		}
	}
	for _, k := range s.Names {
		names = append(names, "target."+k, "attainment."+k)
	}
	for _, c := range w.Cards {
		names = append(names, "score."+c, "factor."+c, "grade."+c)
	}
	for _, b := range w.Boards {
		names = append(names, "place."+b)
	}
	for _, r := range w.Rules {
		names = append(names, "earned."+r)
	}
	for c := range w.Columns {
		names = append(names, c)
	}
	return names
}

// PersonVocabulary returns what a condition on a person (for) may name.
func PersonVocabulary(w Words) expr.Vocabulary {
	find := func(name string) (expr.Def, bool) {
		if d, ok := findIn(PersonFields, name); ok {
			return d, true
		}
		if k, ok := w.Columns[name]; ok {
			return expr.Def{Name: name, Title: lang.Same(name), Type: expr.Type{Kind: k}}, true
		}
		if name == "service_month" {
			return findIn(special, name)
		}
		return expr.Def{}, false
	}
	return expr.Vocabulary{Find: find, All: func() []string {
		names := []string{"service_month"}
		for _, d := range PersonFields {
			names = append(names, d.Name)
		}
		for c := range w.Columns {
			names = append(names, c)
		}
		return names
	}}
}

// weekly returns what a board of weeks may name: KPIs and figures of attendance,
// which days have; and how many people a team has.
func (s *Set) weekly() expr.Vocabulary {
	return expr.Vocabulary{
		Find: func(name string) (expr.Def, bool) {
			d, ok := s.find(name, Words{})
			return d, ok && s.ofDays(name)
		},
		All: func() []string {
			names := append([]string{"headcount"}, s.Names...)
			for _, f := range attendance.Figures {
				names = append(names, f.Name)
			}
			return names
		},
	}
}

// ofDays tells whether some days of a month have a figure of their own.
func (s *Set) ofDays(name string) bool {
	k := s.get(name)
	if k == nil {
		return name == "headcount" || slices.Equal(s.Sources(name), []string{"attendance"})
	}
	return k.Formula == nil || k.Daily || !slices.ContainsFunc(k.Formula.Names(), func(n string) bool { return !s.ofDays(n) })
}

// OfCredits tells whether a measure is made of credits, so that a rate may look
// at the fields of each: collected, members.collected, or an own sum of credits.
func (s *Set) OfCredits(text string) bool {
	m := parseMeasure(text)
	k := s.get(m.name)
	return m.head == "" && (m.span == "" || ToDate(text) != "") && k != nil && k.Of == "credits" && k.Op == "sum"
}

// Unwritten returns the KPI behind a measure whose condition a paying plan has
// to write and did not, nil where there is none.
func (s *Set) Unwritten(text string) *KPI {
	k := s.get(parseMeasure(text).name)
	if k == nil {
		return nil
	}
	if k.Writes != "" {
		return k
	}
	if k.Formula != nil {
		for _, n := range k.Formula.Names() {
			if n != k.Name {
				if x := s.Unwritten(n); x != nil {
					return x
				}
			}
		}
	}
	return nil
}

// Special returns the measures that are neither KPI nor attendance figure, for help.
func Special() []expr.Def { return append(append([]expr.Def(nil), special...), PersonFields...) }

// Sources returns the kinds of rows behind a measure: calls, deals, credits,
// events, or attendance.
func (s *Set) Sources(text string) []string {
	name := parseMeasure(text).name
	for _, f := range attendance.Figures {
		if f.Name == name {
			return []string{"attendance"}
		}
	}
	k := s.get(name)
	switch {
	case k == nil:
		return nil
	case k.Formula == nil:
		return []string{k.Of}
	}
	var out []string
	for _, n := range k.Formula.Names() {
		if parseMeasure(n).name != name {
			out = append(out, s.Sources(n)...)
		}
	}
	return out
}

// Span returns the span that a measure names, empty for this month.
func Span(text string) string { return parseMeasure(text).span }

// Head returns what a measure says of its name: target, attainment, score, factor,
// grade, place, earned; empty for the figure itself.
func Head(text string) string { return parseMeasure(text).head }

// ToDate returns the span of a measure that runs from the start of a quarter, a
// year or an employment to now; empty for any other.
func ToDate(text string) string {
	switch s := Span(text); s {
	case "quarter_to_date", "year_to_date", "since_hire":
		return s
	}
	return ""
}

// NameOf returns what a measure is of: collected of team.attainment.collected.
func NameOf(text string) string { return parseMeasure(text).name }

// ManyMonths tells whether a measure runs over several months.
func ManyMonths(text string) bool {
	switch Span(text) {
	case "", "last_month", "last_year":
		return false
	}
	return true
}

// Distinct tells whether a measure rests on a distinct count over calls.
func (s *Set) Distinct(text string) bool {
	name := parseMeasure(text).name
	k := s.get(name)
	switch {
	case k == nil:
		return false
	case k.Formula == nil:
		return k.Op == "distinct" && k.Of == "calls"
	}
	for _, n := range k.Formula.Names() {
		if parseMeasure(n).name != name && s.Distinct(n) {
			return true
		}
	}
	return false
}
