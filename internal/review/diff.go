package review

import (
	"slices"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/plan"
	"telepay/internal/record"
	"telepay/internal/rule"
	"telepay/kpi"
)

// Change is a rule, or another part of a plan, that is not the same in two plans.
type Change struct {
	Section string
	Path    string
	Title   lang.Text
	What    string      // added, removed, changed
	Lines   []lang.Text // what is new, gone or otherwise, in the words of the explanation
	Whom    lang.Text   // of a rule: for whom, by its own condition
	rules   [2]*rule.Rule
	fits    []map[string]string // what the tables' lines that changed ask of a person; nil: of nobody in particular
	all     bool                // whether something changed that is for everybody whom the rule is for
}

// Diff says what changes from the plan of b to another.
func (b Bench) Diff(then Bench) []Change {
	out := b.headChanges(then)
	old, now := b.Parts(), then.Parts()
	for _, p := range now {
		i := slices.IndexFunc(old, func(q Part) bool { return q.Path == p.Path })
		if i < 0 {
			out = append(out, change(p, "added", nil, p.Rule))
			continue
		}
		if c := compare(old[i], p); len(c.Lines) > 0 {
			out = append(out, c)
		}
	}
	for _, p := range old {
		if !slices.ContainsFunc(now, func(q Part) bool { return q.Path == p.Path }) {
			out = append(out, change(p, "removed", p.Rule, nil))
		}
	}
	for i := range out {
		for _, r := range out[i].rules {
			if r != nil && r.For != nil {
				out[i].Whom = b.Say(r.For)
			}
		}
	}
	return out
}

// headChanges are the plan's name, its months and dates.
func (b Bench) headChanges(then Bench) []Change {
	c := Change{Title: lang.T("方案", "Plan"), What: "changed"}
	for _, f := range plan.Head {
		old, now := lang.Text{}, lang.Text{}
		if v := b.Plan.Root.Get(f.Key); v != nil {
			old = b.say(v, lang.Text{}, lang.Text{}).text
		}
		if v := then.Plan.Root.Get(f.Key); v != nil {
			now = then.say(v, lang.Text{}, lang.Text{}).text
		}
		if old != now {
			c.Lines = append(c.Lines, lang.F("%s: %s → %s", "%s: %s → %s", capital(f.Name), none(old), none(now)))
		}
	}
	if len(c.Lines) == 0 {
		return nil
	}
	return []Change{c}
}

func none(t lang.Text) lang.Text {
	if t.IsEmpty() {
		return lang.Same("—")
	}
	return t
}

// change is a part that is only in one of the plans, said in full.
func change(p Part, what string, old, now *rule.Rule) Change {
	c := Change{Section: p.Section, Path: p.Path, Title: p.Title, What: what, rules: [2]*rule.Rule{old, now}, all: true}
	if !p.Lead.IsEmpty() {
		c.Lines = append(c.Lines, p.Lead)
	}
	for _, it := range p.Items {
		c.Lines = append(c.Lines, inLines(it)...)
	}
	return c
}

// inLines says an item with its table, one row a line.
func inLines(it Item) []lang.Text {
	out := []lang.Text{it.Text}
	if it.Table != nil {
		for _, row := range it.Table.Rows {
			out = append(out, rowLine(it.Table, row))
		}
	}
	return out
}

// rowLine says a row: 满 5万, 不到 10万: 5%.
func rowLine(t *Table, row []lang.Text) lang.Text {
	n := len(row) - t.Right
	return lang.F("  %s: %s", "  %s: %s", rowName(t, row), join(row[n:], lang.T(" | ", " | ")))
}

func rowName(t *Table, row []lang.Text) lang.Text {
	var cells []lang.Text
	for _, c := range row[:len(row)-t.Right] {
		if !c.IsEmpty() {
			cells = append(cells, c)
		}
	}
	return join(cells, lang.T(", ", ", "))
}

// compare says what is not the same in a part of both plans.
func compare(old, now Part) Change {
	c := Change{Section: now.Section, Path: now.Path, Title: now.Title, What: "changed", rules: [2]*rule.Rule{old.Rule, now.Rule}}
	if old.Title != now.Title {
		c.Lines = append(c.Lines, lang.F("名称: %s → %s", "Title: %s → %s", old.Title, now.Title))
	}
	if old.Lead != now.Lead {
		c.say(lang.F("− %s", "− %s", old.Lead), lang.F("+ %s", "+ %s", now.Lead))
	}
	for _, it := range now.Items {
		i := slices.IndexFunc(old.Items, func(x Item) bool { return x.Path == it.Path })
		if i < 0 {
			c.say(marked("+ ", inLines(it))...)
			continue
		}
		c.item(old.Items[i], it)
	}
	for _, it := range old.Items {
		if !slices.ContainsFunc(now.Items, func(x Item) bool { return x.Path == it.Path }) {
			c.say(marked("− ", inLines(it))...)
		}
	}
	return c
}

func marked(mark string, lines []lang.Text) []lang.Text {
	for i := range lines {
		lines[i] = lang.F("%s%s", "%s%s", mark, lines[i])
	}
	return lines
}

// say notes what changed for everybody whom the rule is for.
func (c *Change) say(lines ...lang.Text) {
	c.Lines = append(c.Lines, lines...)
	c.all = true
}

func (c *Change) item(old, now Item) {
	if old.Table == nil || now.Table == nil || len(old.Table.Head) != len(now.Table.Head) {
		if a, b := inLines(old), inLines(now); !slices.Equal(a, b) {
			c.say(append(marked("− ", a), marked("+ ", b)...)...)
		}
		return
	}
	if old.Text != now.Text {
		c.say(lang.F("− %s", "− %s", old.Text), lang.F("+ %s", "+ %s", now.Text))
	}
	c.rows(now.Name, old.Table, now.Table)
}

// rows compares two tables of one shape line by line.
func (c *Change) rows(name lang.Text, old, now *Table) {
	before, after := linesOf(old), linesOf(now)
	line := func(t *Table, i int, text lang.Text) {
		c.Lines = append(c.Lines, text)
		if i < len(t.Fits) && t.Fits[i] != nil {
			c.fits = append(c.fits, t.Fits[i])
		} else {
			c.all = true
		}
	}
	for i, row := range old.Rows {
		label := rowName(old, row)
		if _, stays := after[label]; !stays {
			line(old, i, lang.F("− %s, %s: %s", "− %s, %s: %s", capital(name), label, before[label]))
		}
	}
	for i, row := range now.Rows {
		label := rowName(now, row)
		switch was, had := before[label]; {
		case !had:
			line(now, i, lang.F("+ %s, %s: %s", "+ %s, %s: %s", capital(name), label, after[label]))
		case was != after[label]:
			line(now, i, lang.F("%s, %s: %s → %s", "%s, %s: %s → %s", capital(name), label, was, after[label]))
		}
	}
}

// linesOf returns the values of a table by the names of its rows.
func linesOf(t *Table) map[lang.Text]lang.Text {
	out := map[lang.Text]lang.Text{}
	for _, row := range t.Rows {
		out[rowName(t, row)] = join(row[len(row)-t.Right:], lang.T(" | ", " | "))
	}
	return out
}

// People returns who of a roster a change is for, in a month: those whom the rule
// is for under either plan and, where only lines of tables changed, whom they fit.
func (b Bench) People(c Change, roster []record.Person, m period.Month) []record.Person {
	e := (&kpi.Engine{Set: b.Plan.KPIs, Plan: b.Plan.Measures, Months: map[period.Month]*kpi.Data{}, People: roster, Cut: b.Project.Cut, Base: noBase}).Start()
	var out []record.Person
	for i := range roster {
		p := &roster[i]
		if p.Employed(b.Project.Cut.Span(m)).Days() == 0 || !c.all && !fitsAny(e.Station(p, m), c.fits) {
			continue
		}
		for _, r := range c.rules {
			if r != nil && (r.For == nil || r.For.Eval(e.Env(p, m)).Yes) {
				out = append(out, *p)
				break
			}
		}
	}
	return out
}

func noBase(period.Month, *record.Person) (money.Ratio, bool) { return money.Ratio{}, false }

// fitsAny tells whether one of the lines is for a person, as far as it asks for
// fields of persons.
func fitsAny(st record.Station, fits []map[string]string) bool {
	return slices.ContainsFunc(fits, func(f map[string]string) bool {
		for field, value := range f {
			if have, column := st.Field(field); column && have != value {
				return false
			}
		}
		return true
	})
}
