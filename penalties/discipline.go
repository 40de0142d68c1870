package penalties

import (
	"sort"
	"strconv"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/yamldoc"
)

// Ladder is the discipline ladder (semantics 44). It counts and suggests; the
// next rung is an event that somebody enters.
type Ladder struct {
	Rungs   []Rung
	Expires int // months that an event counts for; 0: it never expires
}

// Rung is one rung, and how many events of it lead to the next.
type Rung struct {
	Kind string
	Most int
}

// RungTitles are the rungs as people call them, lowest first.
var RungTitles = map[string]lang.Text{
	"warning": lang.T("警告", "warning"), "demerit": lang.T("记过", "demerit"), "major_demerit": lang.T("记大过", "major demerit"),
	"demotion": lang.T("降级", "demotion"), "dismissal": lang.T("解除劳动合同", "dismissal"),
}

// DisciplineFields is the table of the section discipline.
var DisciplineFields = []catalogue.Field{
	{Key: "ladder", Name: lang.T("阶梯", "ladder"), Kind: lang.T("事件种类: 几次到下一级, 从低到高", "kind of event: how many lead to the next, lowest first"), Help: lang.T("warning、demerit、major_demerit、demotion、dismissal; 只提示下一级, 由人决定", "warning, demerit, major_demerit, demotion, dismissal; the next rung is suggested, people decide"), Example: "ladder: {warning: 3, demerit: 3, major_demerit: 2, dismissal: 1}"},
	{Key: "expires", Name: lang.T("有效期", "expires"), Kind: lang.T("几个月", "so many months"), Default: lang.Same("12 months"), Help: lang.T("一个事件计多久", "how long an event counts"), Example: "expires: 12 months"},
}

// ReadLadder reads the section; nil where the plan has none.
func ReadLadder(r *yamldoc.Reader, n *yamldoc.Node) *Ladder {
	if n == nil {
		return nil
	}
	catalogue.Check(r, n, DisciplineFields)
	l := &Ladder{Expires: 12}
	if e := n.Get("expires"); e != nil {
		text, ok := strings.CutSuffix(strings.TrimSuffix(r.Word(e), "s"), " month")
		v, err := strconv.Atoi(text)
		if err != nil || !ok || v < 1 || v > 120 {
			r.Bad(e, "lasts", lang.F("%s: %s", "%s: %s", e.Path, e.Text), lang.T("12 months 这样的时长", "a span such as 12 months"), lang.Text{})
		}
		l.Expires = v
	}
	ladder := n.Get("ladder")
	if ladder == nil || ladder.Kind != yamldoc.Map {
		r.Bad(n, "missing-key", lang.F("%s 没有 ladder", "%s without ladder", n.Path), lang.T("各级和次数", "the rungs with their counts"), lang.Same("ladder: {warning: 3, demerit: 3, dismissal: 1}"))
		return l
	}
	for _, e := range ladder.Entries {
		kind := r.OneOf(e.Key, "warning", "demerit", "major_demerit", "demotion", "dismissal")
		most, err := strconv.Atoi(r.Word(e.Value))
		if err != nil || most < 1 || most > 100 {
			r.Bad(e.Value, "number", lang.F("%s: %s", "%s: %s", e.Value.Path, e.Value.Text), lang.F("%d 到 %d 的整数", "a whole number from %d to %d", 1, 100), lang.Text{})
		}
		l.Rungs = append(l.Rungs, Rung{kind, most})
	}
	return l
}

// Suggestion is what the ladder says of one person.
type Suggestion struct {
	Counts   []Count
	Next     string // the rung that is suggested, empty for none
	Evidence []record.Source
}

// Count is how many events of a rung still count, and how many there ever were this year.
type Count struct {
	Kind     string
	Valid    int
	ThisYear int
}

// Suggest counts a person's events as of a day. A rung that is full suggests the
// next one, until an event of a higher rung answers it. Nil: no event counts.
func (l *Ladder) Suggest(events []record.Event, asOf period.Day) *Suggestion {
	cut := period.Cut{StartDay: 1}
	now := cut.MonthOf(asOf)
	s := &Suggestion{}
	answered := period.NoDay // the last event of a higher rung
	for i := len(l.Rungs) - 1; i >= 0; i-- {
		rung := l.Rungs[i]
		var valid []record.Event
		count := Count{Kind: rung.Kind}
		for _, e := range events {
			at := cut.MonthOf(e.Date)
			if e.Kind != rung.Kind || e.Date > asOf {
				continue
			}
			if at.Year() == now.Year() {
				count.ThisYear++
			}
			if l.Expires == 0 || now < at.Add(l.Expires) {
				valid = append(valid, e)
			}
		}
		sort.SliceStable(valid, func(a, b int) bool { return valid[a].Date < valid[b].Date })
		count.Valid = len(valid)
		s.Counts = append([]Count{count}, s.Counts...)
		open := after(valid, answered)
		if s.Next == "" && i+1 < len(l.Rungs) && len(open) >= rung.Most {
			s.Next = l.Rungs[i+1].Kind
			for _, e := range open {
				s.Evidence = append(s.Evidence, e.At)
			}
		}
		if n := len(valid); n > 0 {
			answered = max(answered, valid[n-1].Date)
		}
	}
	for _, c := range s.Counts {
		if c.Valid > 0 {
			return s
		}
	}
	return nil
}

// after keeps the events that no higher rung has answered yet.
func after(events []record.Event, answered period.Day) []record.Event {
	var out []record.Event
	for _, e := range events {
		if e.Date > answered {
			out = append(out, e)
		}
	}
	return out
}
