package law

import (
	"maps"
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Treatment is what a jurisdiction lets a deduction do.
type Treatment string

const (
	Free       Treatment = "free"        // no limit
	Capped     Treatment = "cap"         // up to Percent and Floor
	ReportOnly Treatment = "report_only" // no ground in law: shown; a plan may choose otherwise in writing, up to Percent and Floor
	Forbidden  Treatment = "forbidden"   // against the law: shown, and no plan may choose otherwise
)

// classes are the classes of deductions, as package statement names them.
var classes = []string{"statutory", "court", "absence", "not_earned", "loss", "discipline", "recovery"}

// Limit is what a jurisdiction says of one class of deductions.
type Limit struct {
	Treat   Treatment
	Percent money.Ratio // most share of the month's wage
	Floor   bool        // whether what is left has to reach the local minimum wage
	Notice  bool        // whether reason and amount have to be given in writing beforehand
	Article lang.Text
	Note    lang.Text // what else has to be known, such as a sanction
	Origin
}

// Sick is what sick leave pays at least.
type Sick struct {
	OfMinimum money.Ratio // share of the local minimum wage, whatever else is said
	OfWage    money.Ratio // share of the normal wage, 0 where nothing is said
	Months    int         // Within holds for so many months away, After from then on
	Within    []Years
	After     []Years
	// EmployerBears tells whether the employer also bears the employee's own insurance and fund.
	EmployerBears bool
	Article       lang.Text
	Origin
}

// Years is the share of the wage that holds from a length of service on.
type Years struct {
	From    int
	Percent money.Ratio
}

// Share returns the share of the wage that a person with so many full years of
// service is paid in the given month away, counted from 1.
func (s Sick) Share(years, month int) money.Ratio {
	steps := s.Within
	if month > s.Months {
		steps = s.After
	}
	share := s.OfWage
	for _, y := range steps {
		if y.From <= years {
			share = money.MaxRatio(s.OfWage, y.Percent)
		}
	}
	return share
}

// Ratio is a share with the article that it stands in.
type Ratio struct {
	Percent money.Ratio
	Article lang.Text
}

// Hours are the most hours of overtime, with the article.
type Hours struct {
	Day, Month int
	Article    lang.Text
}

// Profile is what a jurisdiction says in a month. What it does not say itself is
// as in CN.
type Profile struct {
	Name      string
	Title     lang.Text
	limits    map[string]Limit
	national  map[string]Limit // where limits has none
	Probation *Ratio           // least share of the contract's wage
	Overtime  *Hours
	Sick      *Sick
	KeepYears int // how long pay records are kept
}

// Limit returns what holds for a class of deductions: statutory, court, absence,
// not_earned, loss, discipline, recovery.
func (p Profile) Limit(class string) Limit {
	if l, ok := p.limits[class]; ok {
		return l
	}
	return p.national[class]
}

type jurisdiction struct {
	title lang.Text
	rows  table[Profile]
}

func (l *Law) readJurisdictions(r reader, root *yamldoc.Node) {
	for _, e := range root.Entries {
		l.jurisdictions[e.Key.Text] = jurisdiction{r.Text(e.Value.Get("title")), rows(r, e.Value, r.profile, "title")}
	}
}

func (r reader) profile(n *yamldoc.Node) Profile {
	r.Known(n, append([]string{"until", "probation", "overtime", "sick", "keep_years"}, classes...)...)
	p := Profile{limits: map[string]Limit{}, KeepYears: r.whole(n.Get("keep_years"))}
	for _, c := range classes {
		if x := n.Get(c); x != nil {
			p.limits[c] = r.limit(x)
		}
	}
	if x := n.Get("probation"); x != nil {
		r.Known(x, "percent", "article")
		p.Probation = &Ratio{r.share(x.Get("percent")), r.Text(x.Get("article"))}
	}
	if x := n.Get("overtime"); x != nil {
		r.Known(x, "day", "month", "article")
		p.Overtime = &Hours{r.whole(x.Get("day")), r.whole(x.Get("month")), r.Text(x.Get("article"))}
	}
	if x := n.Get("sick"); x != nil {
		p.Sick = r.sick(x)
	}
	return p
}

func (r reader) limit(n *yamldoc.Node) Limit {
	r.Known(n, "treat", "percent", "leaves", "notice", "article", "note", "source", "confidence")
	return Limit{
		Treat:   Treatment(r.OneOf(n.Get("treat"), string(Free), string(Capped), string(ReportOnly), string(Forbidden))),
		Percent: r.share(n.Get("percent")), Floor: r.OneOf(n.Get("leaves"), "minimum_wage") != "", Notice: r.OneOf(n.Get("notice"), "written") != "",
		Article: r.Text(n.Get("article")), Note: r.Text(n.Get("note")), Origin: r.origin(n),
	}
}

func (r reader) sick(n *yamldoc.Node) *Sick {
	r.Known(n, "of_minimum", "of_wage", "months", "within", "after", "employer_bears", "article", "source", "confidence")
	return &Sick{
		OfMinimum: r.share(n.Get("of_minimum")), OfWage: r.share(n.Get("of_wage")), Months: r.whole(n.Get("months")),
		Within: r.years(n.Get("within")), After: r.years(n.Get("after")), EmployerBears: r.OneOf(n.Get("employer_bears"), "insurance_and_fund") != "",
		Article: r.Text(n.Get("article")), Origin: r.origin(n),
	}
}

// years reads {0: 60%, 2: 70%}: full years of service, and the share from there on.
func (r reader) years(n *yamldoc.Node) []Years {
	if n == nil {
		return nil
	}
	var ys []Years
	for _, e := range n.Entries {
		ys = append(ys, Years{r.whole(e.Key), r.share(e.Value)})
	}
	return ys
}

// National is the jurisdiction that every other one adds to.
const National = "CN"

// Jurisdiction returns what a jurisdiction says in m; false where nothing is known for m.
func (l *Law) Jurisdiction(name string, m period.Month) (Profile, bool) {
	p, ok := l.jurisdictions[National].rows.at(m)
	own, found := l.jurisdictions[name].rows.at(m)
	if !ok || !found {
		return Profile{}, false
	}
	p.limits, p.national = own.limits, p.limits
	p.Name, p.Title = name, l.jurisdictions[name].title
	if own.Probation != nil {
		p.Probation = own.Probation
	}
	if own.Overtime != nil {
		p.Overtime = own.Overtime
	}
	if own.Sick != nil {
		p.Sick = own.Sick
	}
	p.KeepYears = max(p.KeepYears, own.KeepYears)
	return p, true
}

// Jurisdictions returns the names of all jurisdictions, sorted.
func (l *Law) Jurisdictions() []string {
	return slices.Sorted(maps.Keys(l.jurisdictions))
}
