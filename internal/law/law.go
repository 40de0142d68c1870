// Package law holds dated statutory data: holidays, minimum wages, and what a
// jurisdiction lets an employer deduct. The data are YAML files with a source
// each, shipped inside the program and replaceable by a project's own. It
// answers by month or day and computes no pay.
package law

import (
	"embed"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

//go:embed data/*.yaml
var shipped embed.FS

// DayKind says what a calendar day is by law.
type DayKind uint8

const (
	Workday   DayKind = iota // a weekday, or a weekend day worked in exchange
	Weekend                  // Saturday or Sunday
	Rest                     // a weekday off by exchange
	Statutory                // a legal holiday
)

// Law answers for one set of data files.
type Law struct {
	days          map[period.Day]DayKind
	years         map[int]bool
	minimum       map[string]city
	jurisdictions map[string]jurisdiction
}

type city struct {
	ownInsurance bool
	amounts      []datedNumber
	source       string
}

type jurisdiction struct {
	profile Profile
	percent []datedNumber
}

type datedNumber struct {
	since period.Month
	value money.Ratio
}

// Profile is what a jurisdiction says of deductions in a month.
type Profile struct {
	Name       string
	Title      lang.Text
	Percent    money.Ratio // most share of the month's wage
	Article    lang.Text
	Discipline string // apply, or report_only where the law gives no ground
	Source     string
}

// Minimum is a city's monthly minimum wage.
type Minimum struct {
	City   string
	Amount money.Decimal
	// OwnInsurance tells whether the employee's own insurance counts towards the minimum.
	OwnInsurance bool
	Source       string
}

// Load reads the shipped files, and over them files of the same names in a project's law folder.
func Load(own map[string][]byte) (*Law, []diag.Problem) {
	l := &Law{days: map[period.Day]DayKind{}, years: map[int]bool{}, minimum: map[string]city{}, jurisdictions: map[string]jurisdiction{}}
	r := &yamldoc.Reader{}
	for name, read := range map[string]func(*yamldoc.Reader, *yamldoc.Node){
		"holidays.yaml": l.holidays, "minimum_wage.yaml": l.minimumWage, "jurisdictions.yaml": l.readJurisdictions,
	} {
		data, err := shipped.ReadFile("data/" + name)
		if err != nil {
			panic("law: a shipped data file is missing: " + name)
		}
		for _, d := range [][]byte{data, own[name]} {
			if d == nil {
				continue
			}
			n, problems := yamldoc.Parse("law/"+name, d)
			r.Problems.AddAll(problems)
			if n != nil {
				read(r, n)
			}
		}
	}
	return l, r.Problems.All()
}

func (l *Law) holidays(r *yamldoc.Reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		r.Known(e.Value, "source", "statutory", "rest", "workdays")
		for key, kind := range map[string]DayKind{"statutory": Statutory, "rest": Rest, "workdays": Workday} {
			for _, text := range r.Words(e.Value.Get(key)) {
				d, err := period.ParseDay(text)
				if err != nil {
					r.Bad(e.Value.Get(key), "date", lang.Same(diag.Quote(text)), lang.T("2026-10-01 这样的日期", "a date such as 2026-10-01"), lang.Text{})
					continue
				}
				l.days[d] = kind
				l.years[int(l.yearOf(d))] = true
			}
		}
	}
}

func (l *Law) yearOf(d period.Day) int { return period.Cut{}.MonthOf(d).Year() }

func (l *Law) minimumWage(r *yamldoc.Reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		r.Known(e.Value, "own_insurance", "amounts", "source")
		l.minimum[e.Key.Text] = city{
			ownInsurance: r.OneOf(e.Value.Get("own_insurance"), "counts", "excluded") == "counts",
			amounts:      dated(r, e.Value.Get("amounts")),
			source:       r.Word(e.Value.Get("source")),
		}
	}
}

func (l *Law) readJurisdictions(r *yamldoc.Reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		r.Known(e.Value, "title", "percent", "article", "loss", "discipline", "recovery", "source")
		l.jurisdictions[e.Key.Text] = jurisdiction{
			profile: Profile{
				Name: e.Key.Text, Title: r.Text(e.Value.Get("title")), Article: r.Text(e.Value.Get("article")),
				Discipline: r.OneOf(e.Value.Get("discipline"), "apply", "report_only"),
				Source:     r.Word(e.Value.Get("source")),
			},
			percent: dated(r, e.Value.Get("percent")),
		}
	}
}

// dated reads {since 2025-10: 2170, …}.
func dated(r *yamldoc.Reader, n *yamldoc.Node) []datedNumber {
	if n == nil || n.Kind != yamldoc.Map {
		return nil
	}
	var out []datedNumber
	for _, e := range n.Entries {
		m, err := period.ParseMonth(trimSince(e.Key.Text))
		v, _, fault := expr.Literal(e.Value.Text)
		if err != nil || fault != nil {
			r.Bad(e.Key, "since", lang.F("%s: %s", "%s: %s", e.Key.Text, e.Value.Text), lang.T("since 2026-07: 数", "since 2026-07: a number"), lang.Text{})
			continue
		}
		out = append(out, datedNumber{m, v})
	}
	return out
}

func trimSince(s string) string {
	if len(s) > 6 && s[:6] == "since " {
		return s[6:]
	}
	return s
}

func at(ds []datedNumber, m period.Month) (money.Ratio, bool) {
	var v money.Ratio
	found := false
	for _, d := range ds {
		if d.since <= m {
			v, found = d.value, true
		}
	}
	return v, found
}

// DayKind says what d is. Days of a year without holiday data count by the week alone; see HasYear.
func (l *Law) DayKind(d period.Day) DayKind {
	if k, ok := l.days[d]; ok {
		return k
	}
	if d.Weekend() {
		return Weekend
	}
	return Workday
}

// HasYear tells whether the holidays of a year are known.
func (l *Law) HasYear(year int) bool { return l.years[year] }

// Workdays returns how many workdays lie in s.
func (l *Law) Workdays(s period.Span) int {
	n := 0
	for d := s.From; d < s.To; d++ {
		if l.DayKind(d) == Workday {
			n++
		}
	}
	return n
}

// MinimumWage returns a city's monthly minimum wage in m.
func (l *Law) MinimumWage(name string, m period.Month) (Minimum, bool) {
	c, ok := l.minimum[name]
	v, dated := at(c.amounts, m)
	return Minimum{City: name, Amount: v.Round(2, money.HalfUp), OwnInsurance: c.ownInsurance, Source: c.source}, ok && dated
}

// Jurisdiction returns what a jurisdiction says of deductions in m.
func (l *Law) Jurisdiction(name string, m period.Month) (Profile, bool) {
	j, ok := l.jurisdictions[name]
	v, dated := at(j.percent, m)
	j.profile.Percent = v
	return j.profile, ok && dated
}

// Jurisdictions returns the names of all jurisdictions.
func (l *Law) Jurisdictions() []string {
	var names []string
	for n := range l.jurisdictions {
		names = append(names, n)
	}
	return names
}
